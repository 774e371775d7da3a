# SPDX-License-Identifier: Apache-2.0
"""Makes golden cases of cuDNN's recurrent layers for add_cases.py.

    python make_cudnn.py OUT [NAME ...]     # tensorflow-cpu 2.21, Keras 3

The ops have no kernel on a CPU. The cases keras_* are the graphs that Keras writes where there is a GPU, with what the
same layers give on the CPU. The others hold the op alone, with what cuDNN's documented equations give in numpy; these
are first compared with Keras on the CPU.
"""
import pathlib
import sys
from unittest import mock

from make_recurrent import L, freeze, keras, np, randomised, sequence, store, tf

UNITS = 3
FEATURES = 4
GATES = {"lstm": 4, "gru": 3, "rnn_tanh": 1, "rnn_relu": 1}
CASES = {}


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


def cell(mode, x, h, c, weights):
    """One step of a sample: the equations of cudnnRNNMode_t, gates in the order of its linLayerID."""
    w, r, bw, br = weights
    a = [w[g] @ x + bw[g] for g in range(GATES[mode])]
    b = [r[g] @ h + br[g] for g in range(GATES[mode])]
    if mode == "lstm":
        i, f, o = (sigmoid(a[g] + b[g]) for g in (0, 1, 3))
        c = f * c + i * np.tanh(a[2] + b[2])
        return o * np.tanh(c), c
    if mode == "gru":
        reset, update = (sigmoid(a[g] + b[g]) for g in (0, 1))
        return (1 - update) * np.tanh(a[2] + reset * b[2]) + update * h, c
    return (np.tanh(a[0] + b[0]) if mode == "rnn_tanh" else np.maximum(a[0] + b[0], 0)), c


def reference(mode, x, h, c, weights, directions, lengths=None):
    """Time first; weights of all layers, the two directions of each side by side."""
    x, h, c = (v.astype(np.float64) for v in (x, h, c))
    time, batch, _ = x.shape
    lengths = [time] * batch if lengths is None else lengths
    h, c = h.copy(), c.copy()
    for first in range(0, len(weights), directions):
        y = np.zeros((time, batch, directions * UNITS))
        for d in range(directions):
            k = first + d
            for n in range(batch):
                for t in range(lengths[n]) if d == 0 else reversed(range(lengths[n])):
                    h[k, n], c[k, n] = cell(mode, x[t, n], h[k, n], c[k, n], weights[k])
                    y[t, n, d * UNITS : (d + 1) * UNITS] = h[k, n]
        x = y
    return x, h, c


def random_weights(mode, layers, directions, seed=21):
    rng = np.random.default_rng(seed)
    g = GATES[mode]
    result = []
    for k in range(layers * directions):
        width = FEATURES if k < directions else directions * UNITS
        shapes = (g, UNITS, width), (g, UNITS, UNITS), (g, UNITS), (g, UNITS)
        result.append([rng.normal(0, 0.5, s).astype(np.float32) for s in shapes])
    return result


def opaque(weights):
    """All matrices, then all biases: _standardize_cudnn_weights of Keras, of several layers."""
    matrices = [m for w, r, _, _ in weights for m in (w, r)]
    biases = [b for _, _, bw, br in weights for b in (bw, br)]
    return np.concatenate([v.ravel() for v in matrices + biases])


def of_keras(mode, layer):
    """The weights of a Keras layer in cuDNN's order of gates."""
    kernel, recurrent, bias = layer.get_weights()
    gates = [1, 0, 2] if mode == "gru" else range(GATES[mode])
    split = lambda v: np.stack([np.split(v.T, GATES[mode])[g] for g in gates])
    if mode == "gru":
        return split(kernel), split(recurrent), split(bias[0]), split(bias[1])
    return split(kernel), split(recurrent), np.zeros_like(split(bias)), split(bias)


def check_reference():
    """The equations against Keras on the CPU: each mode, two layers, both directions, lengths."""
    makers = {
        "lstm": lambda **k: L.LSTM(UNITS, **k),
        "gru": lambda **k: L.GRU(UNITS, **k),
        "rnn_tanh": lambda **k: L.SimpleRNN(UNITS, **k),
        "rnn_relu": lambda **k: L.SimpleRNN(UNITS, activation="relu", **k),
    }
    x = sequence()
    lengths = np.array([6, 2, 4])
    mask = np.arange(6) < lengths[:, None]
    for mode, make in makers.items():
        for directions in (1, 2):
            stack = [make(return_sequences=True, return_state=True) for _ in range(2)]
            if directions == 2:
                stack = [L.Bidirectional(layer) for layer in stack]
            inputs, given = keras.Input(x.shape[1:]), keras.Input((6,), dtype="bool")
            first = stack[0](inputs, mask=given)
            second = stack[1](first[0], mask=given)
            model = randomised(keras.Model([inputs, given], [*first[1:], *second]))
            *out, = (np.asarray(v) for v in model([x, mask], training=False))
            cells = [c for layer in stack for c in ([layer.forward_layer, layer.backward_layer] if directions == 2 else [layer])]
            zeros = np.zeros((2 * directions, 3, UNITS))
            y, h, c = reference(mode, x.transpose(1, 0, 2), zeros, zeros, [of_keras(mode, cell) for cell in cells], directions, lengths)
            per = 2 if mode == "lstm" else 1
            states = out[: per * directions] + out[per * directions + 1 :]
            np.testing.assert_allclose(np.where(mask[:, :, None], out[per * directions], 0), y.transpose(1, 0, 2), rtol=1e-4, atol=1e-6)
            np.testing.assert_allclose(np.stack(states[::per]), h, rtol=1e-4, atol=1e-6)
            if mode == "lstm":
                np.testing.assert_allclose(np.stack(states[1::per]), c, rtol=1e-4, atol=1e-6)


def op_case(op, name, mode, layers=1, directions=1, lengths=None, time_major=True, states=True, dtype=np.float32, static=False):
    """The op alone. The first states are inputs, or zeros; batch and time are open, or not."""

    def make():
        weights = random_weights(mode, layers, directions)
        params = opaque(weights).astype(dtype)
        x = sequence().transpose(1, 0, 2)
        count, batch = layers * directions, x.shape[1]
        h, c = (np.random.default_rng(8 + i).normal(0, 1, (count, batch, UNITS)) if states else np.zeros((count, batch, UNITS)) for i in range(2))
        y, last_h, last_c = reference(mode, x, h, c, weights, directions, lengths)
        # The kernel hands the memory of states to cuDNN as it is, whatever comes first.
        placed = lambda v: v if time_major else v.reshape(batch, count, UNITS)
        moved = lambda v: np.ascontiguousarray(v if time_major else v.transpose(1, 0, 2))
        lstm = mode == "lstm"
        attrs = {"rnn_mode": mode, "direction": ("unidirectional", "bidirectional")[directions - 1], "is_training": False}
        if op == "CudnnRNNV3":
            attrs["time_major"] = time_major

        def call(x, *more):
            more = list(more)
            n = more.pop() if lengths is not None else None
            start = tf.shape(x)[1 if time_major else 0]
            zeros = tf.zeros([count, start, UNITS] if time_major else [start, count, UNITS], dtype)
            first = more if states else [zeros] * 2
            inputs = {"input": x, "input_h": first[0], "input_c": first[1] if lstm else tf.zeros([], dtype), "params": tf.constant(params)}
            if op == "CudnnRNNV3":
                full = tf.fill([start], tf.shape(x)[0 if time_major else 1])
                inputs["sequence_lengths"] = full if n is None else n
            made = getattr(tf.raw_ops, op)(**inputs, **attrs)
            return (made.output, made.output_h, *([made.output_c] if lstm else []))

        data = [moved(x), *([placed(h), placed(c)][: 2 if lstm else 1] if states else [])]
        data = [v.astype(dtype) for v in data] + ([np.array(lengths, np.int32)] if lengths is not None else [])
        open_axes = lambda i, v: v.shape if static else (None, None, FEATURES) if i == 0 else (None,) if v.ndim == 1 else (count, None, UNITS) if time_major else (None, count, UNITS)
        specs = [tf.TensorSpec(open_axes(i, v), v.dtype) for i, v in enumerate(data)]
        outputs = [moved(y), placed(last_h), *([placed(last_c)] if lstm else [])]
        return op, freeze(call, specs), data, [v.astype(dtype) for v in outputs]

    CASES[f"{op}/{name}"] = make


def keras_case(name, layers, x, open_time=False, mask=None):
    """What Keras writes where it finds a GPU, with what it gives without one."""

    def make():
        inputs = keras.Input(x.shape[1:], dtype=x.dtype.name)
        y = inputs
        for layer in layers():
            y = layer(y)
        model = randomised(keras.Model(inputs, y))
        call = lambda v: model(v, training=False)
        spec = tf.TensorSpec([None, None if open_time else x.shape[1], *x.shape[2:]], x.dtype)
        outputs = call(tf.constant(x))
        build = dict(tf.sysconfig.get_build_info(), is_cuda_build=True, is_rocm_build=False)
        with mock.patch("keras.src.backend.tensorflow.rnn._is_gpu_available", lambda: True), mock.patch.object(tf.sysconfig, "get_build_info", lambda: build):
            frozen = freeze(call, [spec])
        return "CudnnRNNV3", frozen, [x], outputs if isinstance(outputs, (list, tuple)) else [outputs]

    CASES[f"CudnnRNNV3/{name}"] = make


def padded():
    """Tokens with as many steps as a sample has at its front, as cuDNN asks for."""
    tokens = np.random.default_rng(3).integers(1, 9, (4, 6)).astype(np.int32)
    for n, length in enumerate((6, 2, 5, 1)):
        tokens[n, length:] = 0
    return tokens


op_case("CudnnRNN", "lstm_two_layers", "lstm", layers=2)
op_case("CudnnRNN", "gru_two_ways", "gru", directions=2)
op_case("CudnnRNN", "relu_zero_states", "rnn_relu", states=False, static=True)
op_case("CudnnRNN", "lstm_double", "lstm", dtype=np.float64)
op_case("CudnnRNNV2", "tanh_two_layers_two_ways", "rnn_tanh", layers=2, directions=2)
op_case("CudnnRNNV2", "relu_two_layers", "rnn_relu", layers=2, states=False)
op_case("CudnnRNNV2", "lstm_static", "lstm", static=True)
op_case("CudnnRNNV2", "gru_zero_states", "gru", states=False)
op_case("CudnnRNNV3", "lstm_two_layers_two_ways_lengths", "lstm", layers=2, directions=2, lengths=[6, 2, 4])
op_case("CudnnRNNV3", "gru_two_layers_lengths_zero_states", "gru", layers=2, lengths=[1, 6, 3], states=False)
op_case("CudnnRNNV3", "tanh_lengths_batch_major", "rnn_tanh", lengths=[3, 6, 1], time_major=False)
op_case("CudnnRNNV3", "relu_two_ways_whole", "rnn_relu", directions=2)
op_case("CudnnRNNV3", "gru_batch_major", "gru", time_major=False)
op_case("CudnnRNNV3", "lstm_two_layers_batch_major", "lstm", layers=2, time_major=False)
op_case("CudnnRNNV3", "gru_two_ways_batch_major_static", "gru", directions=2, time_major=False, lengths=[6, 2, 4], static=True)
for kind in ("LSTM", "GRU"):
    cell_of = getattr(L, kind)
    low = kind.lower()
    keras_case(f"keras_{low}_stacked", lambda c=cell_of: [c(3, return_sequences=True), c(2)], sequence(), open_time=True)
    keras_case(f"keras_{low}_backwards", lambda c=cell_of: [c(3, go_backwards=True, return_sequences=True)], sequence(), open_time=True)
    keras_case(f"keras_{low}_two_ways", lambda c=cell_of: [L.Bidirectional(c(3, return_sequences=True)), L.Bidirectional(c(2))], sequence())
    keras_case(f"keras_{low}_states", lambda c=cell_of: [c(3, return_sequences=True, return_state=True)], sequence())
    keras_case(f"keras_{low}_masked_last", lambda c=cell_of: [L.Embedding(9, 4, mask_zero=True), c(3)], padded())
    keras_case(f"keras_{low}_two_ways_masked", lambda c=cell_of: [L.Embedding(9, 4, mask_zero=True), L.Bidirectional(c(3, return_sequences=True)), L.Bidirectional(c(2))], padded())
# Weights that are not folded while lowering.
keras_case("keras_lstm_wide", lambda: [L.LSTM(16)], np.tile(sequence(), (1, 1, 16)))


if __name__ == "__main__":
    check_reference()
    for wanted in sys.argv[2:] or CASES:
        keras.utils.set_random_seed(1)
        op, frozen, data, outputs = CASES[wanted]()
        store(pathlib.Path(sys.argv[1]), op, wanted.split("/")[1], frozen, data, outputs)
