# SPDX-License-Identifier: Apache-2.0
"""Makes golden cases of recurrent layers of Keras and of TensorFlow 1 for add_cases.py.

    python make_recurrent.py OUT [NAME ...]     # tensorflow-cpu 2.21, Keras 3

Each is a frozen graph that keeps its loops as While, with the outputs that TensorFlow computes.
"""
import io
import json
import os
import pathlib
import sys
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

L = keras.layers
CASES = {}


def case(build):
    """A function without arguments that gives (callable, TensorSpecs, arrays)."""
    CASES[build.__name__] = build
    return build


def randomised(model):
    """Biases too, which start as zeros."""
    rng = np.random.default_rng(5)
    model.set_weights([rng.normal(0, 0.5, w.shape).astype(w.dtype) for w in model.get_weights()])
    return model


def sequence(time=6, batch=3, features=4):
    return np.random.default_rng(7).normal(0, 1, (batch, time, features)).astype(np.float32)


def with_gaps():
    """Masked steps at the start, inside and at the end; one sample without any step, one with all."""
    tokens = np.random.default_rng(3).integers(1, 9, (4, 6)).astype(np.int32)
    tokens[0, [0, 3]] = 0
    tokens[1, [2, 4, 5]] = 0
    tokens[2, :] = 0
    return tokens


def keras_case(layers, x, states=0):
    def make():
        inputs = keras.Input(x.shape[1:], dtype=x.dtype.name)
        y = inputs
        for layer in layers():
            y = layer(y)
        model = randomised(keras.Model(inputs, y))
        return (lambda x: model(x, training=False)), [tf.TensorSpec([None, *x.shape[1:]], x.dtype)], [x]

    return make


def add(name, layers, x):
    CASES[name] = keras_case(layers, x)


for kind in ("LSTM", "GRU", "SimpleRNN"):
    cell = getattr(L, kind)
    low = kind.lower()
    add(f"keras_{low}_masked_last", lambda c=cell: [L.Embedding(9, 4, mask_zero=True), c(3)], with_gaps())
    add(f"keras_{low}_masked_all", lambda c=cell: [L.Embedding(9, 4, mask_zero=True), c(3, return_sequences=True)], with_gaps())
    add(f"keras_{low}_backwards", lambda c=cell: [c(3, go_backwards=True, return_sequences=True)], sequence())
    add(f"keras_{low}_states", lambda c=cell: [c(3, return_sequences=True, return_state=True)], sequence())
    add(f"keras_{low}_two_ways", lambda c=cell: [L.Bidirectional(c(3, return_sequences=True)), L.Bidirectional(c(2))], sequence())
    add(f"keras_{low}_stacked", lambda c=cell: [c(3, return_sequences=True), c(2)], sequence())
add("keras_lstm_two_ways_masked", lambda: [L.Embedding(9, 4, mask_zero=True), L.Bidirectional(L.LSTM(3, return_sequences=True)), L.Bidirectional(L.LSTM(2))], with_gaps())
add("keras_lstm_masking_layer", lambda: [L.Masking(0.0), L.LSTM(3, return_sequences=True)], sequence() * (with_gaps()[:3, :, None] != 0).astype(np.float32))
add("keras_lstm_masked_states", lambda: [L.Embedding(9, 4, mask_zero=True), L.LSTM(3, return_state=True)], with_gaps())
add("keras_lstm_hard", lambda: [L.LSTM(3, recurrent_activation="hard_sigmoid", activation="relu")], sequence())
add("keras_lstm_no_bias", lambda: [L.LSTM(3, use_bias=False)], sequence())
add("keras_gru_reset_before", lambda: [L.GRU(3, reset_after=False, return_sequences=True)], sequence())
add("keras_stacked_cells", lambda: [L.RNN([L.LSTMCell(3), L.LSTMCell(2)], return_sequences=True)], sequence())
add("keras_stacked_mixed_cells", lambda: [L.RNN([L.GRUCell(3), L.SimpleRNNCell(2)])], sequence())


@case
def keras_lstm_initial_state():
    x = keras.Input((6, 4))
    h, c = (L.Dense(3)(x[:, 0]) for _ in range(2))
    model = randomised(keras.Model(x, L.LSTM(3)(x, initial_state=[h, c])))
    return (lambda x: model(x, training=False)), [tf.TensorSpec([None, 6, 4])], [sequence()]


@case
def keras_lstm_masked_initial_state():
    """One sample takes no step at all."""
    x = keras.Input((6,), dtype="int32")
    e = L.Embedding(9, 4)(x)
    h, c = (L.Dense(3)(e[:, 0]) for _ in range(2))
    y = L.LSTM(3, return_state=True)(e, initial_state=[h, c], mask=keras.ops.not_equal(x, 0))
    model = randomised(keras.Model(x, y))
    return (lambda x: model(x, training=False)), [tf.TensorSpec([None, 6], tf.int32)], [with_gaps()]


@case
def keras_lstm_open_time():
    inputs = keras.Input((None, 4))
    model = randomised(keras.Model(inputs, L.LSTM(3, return_sequences=True)(inputs)))
    return (lambda x: model(x, training=False)), [tf.TensorSpec([None, None, 4])], [sequence()]


@case
def keras_gru_masked_open_time():
    inputs = keras.Input((None,), dtype="int32")
    y = L.Bidirectional(L.GRU(3, return_sequences=True))(L.Embedding(9, 4, mask_zero=True)(inputs))
    model = randomised(keras.Model(inputs, y))
    return (lambda x: model(x, training=False)), [tf.TensorSpec([None, None], tf.int32)], [with_gaps()]


def weight(rng, *shape):
    return tf.constant(rng.normal(0, 0.5, shape).astype(np.float32))


def tf1_loop(step, states, time_major, lengths=None):
    """What dynamic_rnn does: a while loop over tensor arrays."""

    def run(x, *more):
        n = more[0] if lengths else None
        steps = x if time_major else tf.transpose(x, [1, 0, 2])
        time = tf.shape(steps)[0]
        batch = tf.shape(steps)[1]
        source = tf.TensorArray(tf.float32, time).unstack(steps)
        out = tf.TensorArray(tf.float32, time)
        start = tuple(tf.zeros([batch, s]) for s in states)

        def body(t, out, state):
            y, new = step(source.read(t), state)
            if n is not None:
                done = (t >= n)[:, None]
                y = tf.where(done, tf.zeros_like(y), y)
                new = tuple(tf.where(done, old, v) for old, v in zip(state, new))
            return t + 1, out.write(t, y), new

        _, out, state = tf.while_loop(lambda t, *_: t < time, body, (0, out, start))
        y = out.stack()
        return (y if time_major else tf.transpose(y, [1, 0, 2]), *state)

    return run


def peephole_step(rng, features, hidden):
    """tf.compat.v1.nn.rnn_cell.LSTMCell(use_peepholes=True): gates i, j, f, o of [x, h]."""
    w = weight(rng, features + hidden, 4 * hidden)
    b = weight(rng, 4 * hidden)
    pi, pf, po = (weight(rng, hidden) for _ in range(3))

    def step(x, state):
        c, h = state
        i, j, f, o = tf.split(tf.matmul(tf.concat([x, h], 1), w) + b, 4, 1)
        new = tf.sigmoid(f + 1.0 + pf * c) * c + tf.sigmoid(i + pi * c) * tf.tanh(j)
        y = tf.sigmoid(o + po * new) * tf.tanh(new)
        return y, (new, y)

    return step


def block_step(rng, features, hidden, peephole):
    w = weight(rng, features + hidden, 4 * hidden)
    b = weight(rng, 4 * hidden)
    p = [weight(rng, hidden) for _ in range(3)] if peephole else [tf.zeros([hidden])] * 3

    def step(x, state):
        c, h = state
        r = tf.raw_ops.LSTMBlockCell(
            x=x, cs_prev=c, h_prev=h, w=w, wci=p[0], wcf=p[1], wco=p[2], b=b, forget_bias=1.0, cell_clip=-1.0, use_peephole=peephole
        )
        return r.h, (r.cs, r.h)

    return step


def tf1_case(name, step, time_major=False, lengths=False):
    def make():
        rng = np.random.default_rng(11)
        run = tf1_loop(step(rng), (3, 3), time_major, lengths)
        x = sequence()
        if time_major:
            x = np.ascontiguousarray(x.transpose(1, 0, 2))
        specs = [tf.TensorSpec([6, None, 4] if time_major else [None, 6, 4])]
        data = [x]
        if lengths:
            specs.append(tf.TensorSpec([None], tf.int32))
            data.append(np.array([6, 2, 0], np.int32))
        return run, specs, data

    CASES[name] = make


tf1_case("tf1_lstm_peepholes", lambda rng: peephole_step(rng, 4, 3))
tf1_case("tf1_lstm_peepholes_lengths", lambda rng: peephole_step(rng, 4, 3), lengths=True)
tf1_case("tf1_block_cell", lambda rng: block_step(rng, 4, 3, False), time_major=True)
tf1_case("tf1_block_cell_peepholes", lambda rng: block_step(rng, 4, 3, True), time_major=True)


@case
def tf1_two_ways_lengths():
    """What bidirectional_dynamic_rnn does."""
    rng = np.random.default_rng(12)
    there = tf1_loop(block_step(rng, 4, 3, False), (3, 3), False, True)
    back = tf1_loop(block_step(rng, 4, 3, False), (3, 3), False, True)

    def run(x, n):
        y, *_ = there(x, n)
        z, c, h = back(tf.reverse_sequence(x, n, seq_axis=1, batch_axis=0), n)
        return tf.concat([y, tf.reverse_sequence(z, n, seq_axis=1, batch_axis=0)], 2), c, h

    specs = [tf.TensorSpec([None, 6, 4]), tf.TensorSpec([None], tf.int32)]
    return run, specs, [sequence(), np.array([6, 2, 0], np.int32)]


def npy(array):
    out = io.BytesIO()
    np.lib.format.write_array(out, np.asarray(array), version=(1, 0), allow_pickle=False)
    return out.getvalue()


def slim(graph):
    """Without what only TensorFlow's gradients, placement and debugging need."""
    functions = {f.signature.name: f for f in graph.library.function}
    called, queue = {}, [graph.node]
    while queue:
        for node in queue.pop():
            node.ClearField("experimental_debug_info")
            for key in list(node.attr):
                if key.startswith("_") or key in ("output_shapes", "parallel_iterations"):
                    del node.attr[key]
                elif node.attr[key].func.name in functions and node.attr[key].func.name not in called:
                    called[node.attr[key].func.name] = None
                    queue.append(functions[node.attr[key].func.name].node_def)
    kept = [functions[n] for n in called]
    for f in kept:
        f.attr.clear()
        f.arg_attr.clear()
        for arg in [*f.signature.input_arg, *f.signature.output_arg]:
            arg.ClearField("handle_data")
    del graph.library.function[:]
    del graph.library.gradient[:]
    graph.library.function.extend(kept)
    graph.ClearField("versions")
    return graph


def freeze(call, specs):
    function = tf.function(call).get_concrete_function(*specs)
    return convert_variables_to_constants_v2(function, lower_control_flow=False)


def store(folder, op, name, frozen, data, outputs):
    """A case of the op: a frozen function, its inputs and what they give."""
    graph = slim(frozen.graph.as_graph_def())
    meta = {"op": op, "case": name, "inputs": [], "outputs": [], "check": "values", "tolerance": {"rtol": 1e-4, "atol": 1e-5}}
    files = {"graph.pb": graph.SerializeToString(deterministic=True)}
    for tensor, d in zip(frozen.inputs, data):
        node = tensor.op.name
        shape = [-1 if n is None else n for n in tensor.shape.as_list()]
        meta["inputs"].append({"name": node, "dtype": d.dtype.name, "shape": shape, "file": f"in/{node}.npy"})
        files[f"in/{node}.npy"] = npy(d)
    for tensor, value in zip(frozen.outputs, map(np.asarray, outputs)):
        file = f"out/{tensor.name}.npy"
        meta["outputs"].append({"name": tensor.name, "dtype": value.dtype.name, "shape": list(value.shape), "file": file})
        files[file] = npy(value)
    files["meta.json"] = json.dumps(meta)
    path = folder / op / f"{name}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for n, content in files.items():
            z.writestr(zipfile.ZipInfo(n, (1980, 1, 1, 0, 0, 0)), content)
    print(path, path.stat().st_size)


def write(folder, name, make):
    keras.utils.set_random_seed(1)
    call, specs, data = make()
    frozen = freeze(call, specs)
    store(folder, "While", name, frozen, data, frozen(*[tf.constant(d) for d in data]))


if __name__ == "__main__":
    for wanted in sys.argv[2:] or CASES:
        write(pathlib.Path(sys.argv[1]), wanted, CASES[wanted])
