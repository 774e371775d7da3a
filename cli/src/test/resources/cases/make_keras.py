# SPDX-License-Identifier: Apache-2.0
"""Makes golden cases of Keras layers and of functions of Keras and TensorFlow for add_cases.py.

    python make_keras.py OUT [NAME ...]     # tensorflow-cpu 2.21, Keras 3, scipy
    python add_cases.py --to keras OUT/*/*.zip

Each is a frozen graph of what a user writes in a line or two, with the outputs that TensorFlow computes.
OUT/layers and OUT/functions are the two groups.
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
K = keras.ops
rng = np.random.default_rng(0)
CASES = {"layers": {}, "functions": {}}


def f(*shape):
    return rng.standard_normal(shape).astype(np.float32)


def u(*shape):
    return rng.random(shape).astype(np.float32)


def ints(high, *shape):
    return rng.integers(0, high, shape).astype(np.int32)


IMAGE = u(2, 16, 16, 8)
RGB = u(2, 16, 16, 3)
STEPS = f(2, 20, 8)


def layers(name, x, *made):
    """A chain of layers with an open batch."""

    def make():
        inputs = keras.Input(x.shape[1:], dtype=x.dtype.name)
        y = inputs
        for layer in made:
            y = layer(y)
        return model(inputs, y, [x])

    CASES["layers"][name] = make


def model(inputs, outputs, data, specs=None):
    m = keras.Model(inputs, outputs)
    for v in m.weights:
        if v.path.rsplit("/", 1)[-1] in ("bias", "beta", "moving_mean") and "float" in str(v.dtype):
            v.assign(f(*v.shape) / 10)
    specs = specs or [tf.TensorSpec([None, *d.shape[1:]], d.dtype) for d in data]
    return (lambda *a: m(a[0] if len(a) == 1 else list(a), training=False)), specs, data


def graph_case(build):
    CASES["layers"][build.__name__] = build
    return build


def function(name, call, *data, open_dims=(0,)):
    """A function of its inputs, whose dims named are open."""

    def make():
        specs = [tf.TensorSpec([None if i in open_dims else d for i, d in enumerate(x.shape)], x.dtype) for x in data]
        return call, specs, list(data)

    CASES["functions"][name] = make


# Convolutions.
layers("separable", IMAGE, L.SeparableConv2D(12, 3, strides=2, padding="same", depth_multiplier=2, activation="gelu"))
layers("separable_1d", STEPS, L.SeparableConv1D(12, 3, padding="same"))
layers("depthwise_1d", STEPS, L.DepthwiseConv1D(3, strides=2, padding="same", depth_multiplier=2))
layers("causal", STEPS, L.Conv1D(6, 3, padding="causal", dilation_rate=2, activation="selu"))
layers("transposed_1d", STEPS, L.Conv1DTranspose(6, 3, strides=2, padding="same"))
layers("transposed_3d", f(1, 4, 5, 6, 3), L.Conv3DTranspose(4, 3, strides=2, padding="valid", output_padding=1))
layers("groups_mish", IMAGE, L.Conv2D(12, 3, groups=4, padding="same", activation="mish"))
layers("dilated_hard_swish", IMAGE, L.Conv2D(4, (3, 2), dilation_rate=(2, 1), padding="same", activation="hard_swish"))
layers("spectral", IMAGE, L.SpectralNormalization(L.Conv2D(4, 3)))
layers("conv_lstm_2d", f(2, 4, 8, 8, 3), L.ConvLSTM2D(4, 3, padding="same", return_sequences=True))
layers("conv_lstm_1d", f(2, 4, 8, 3), L.ConvLSTM1D(4, 3, padding="same"))
layers("time_distributed", f(2, 4, 12, 12, 3), L.TimeDistributed(L.Conv2D(4, 3)), L.TimeDistributed(L.GlobalAveragePooling2D()), L.LSTM(5))
# Normalisation and activations.
layers("group_norm", IMAGE, L.GroupNormalization(4), L.Activation("relu"))
layers("group_norm_of_instances", IMAGE, L.GroupNormalization(-1))
layers("unit_norm", f(3, 8), L.UnitNormalization())
layers("rms_norm", f(3, 5, 8), L.RMSNormalization())
layers("prelu_shared", IMAGE, L.PReLU(shared_axes=[1, 2]))
layers("rectifiers", IMAGE - 0.5, L.LeakyReLU(0.2), L.ELU(0.5), L.ReLU(6, negative_slope=0.1, threshold=0.2))
layers("softmax_of_two_axes", IMAGE, L.Softmax(axis=[1, 2]))
for activation in (
    "celu glu hard_shrink hard_sigmoid hard_tanh log_sigmoid log_softmax relu6 silu soft_shrink softplus softsign"
    " sparse_plus sparse_sigmoid sparsemax squareplus tanh_shrink exponential"
).split():
    layers("activation_" + activation, f(3, 8), L.Activation(activation))
# Images.
layers("upsample_bicubic", IMAGE, L.UpSampling2D(2, interpolation="bicubic"))
layers("upsample_lanczos", IMAGE, L.UpSampling2D(2, interpolation="lanczos3"))
layers("upsample_3d", f(1, 3, 4, 5, 2), L.UpSampling3D(2))
layers("resize_area", IMAGE, L.Resizing(8, 8, interpolation="area"))
layers("resize_and_crop", IMAGE, L.Resizing(9, 13, crop_to_aspect_ratio=True))
layers("resize_and_pad", IMAGE, L.Resizing(9, 13, pad_to_aspect_ratio=True))
layers("centre_crop", IMAGE, L.CenterCrop(9, 11), L.Rescaling(1 / 127.5, -1))
layers("crop_and_pad", IMAGE, L.Cropping2D(((1, 2), (0, 3))), L.ZeroPadding2D(((2, 1), (1, 0))))
layers("pools_of_both_kinds", IMAGE, L.MaxPooling2D(3, 2, padding="same"), L.AveragePooling2D(2, 1, padding="same"))
layers("pools_3d", f(1, 6, 6, 6, 2), L.MaxPooling3D(2), L.AveragePooling3D(2, padding="same"), L.GlobalMaxPooling3D())
# Features.
layers("discretise", f(4, 3), L.Discretization([-0.5, 0, 0.7]))
layers("multi_hot", ints(5, 4, 3), L.CategoryEncoding(5, output_mode="multi_hot"))
layers("counted", ints(5, 4, 3), L.CategoryEncoding(5, output_mode="count"))
layers("normalise", f(4, 3), L.Normalization(mean=[1.0, 2, 3], variance=[0.5, 1, 2]))
layers("reorder", f(3, 6), L.RepeatVector(4), L.Permute((2, 1)), L.Reshape((3, -1)), L.Flatten())
layers("einsum_dense", f(2, 5, 8), L.EinsumDense("abc,cde->abde", output_shape=(None, 3, 4), bias_axes="de"))
# Sequences.
layers("mel", f(2, 2000) / 10, L.MelSpectrogram(fft_length=256, sequence_stride=64, sampling_rate=8000, num_mel_bins=16))
layers("stft", f(2, 500, 1), L.STFTSpectrogram(mode="log", frame_length=64, frame_step=32))
layers("rnn_both_ways", f(2, 6, 4), L.Bidirectional(L.SimpleRNN(3, return_sequences=True), merge_mode="mul"), L.Bidirectional(L.GRU(2, reset_after=False), merge_mode="ave"))
layers("cells_of_three_kinds", f(2, 6, 4), L.RNN([L.LSTMCell(3), L.GRUCell(4), L.SimpleRNNCell(2)], return_sequences=True))


@graph_case
def attention_over_another_sequence():
    q, k, m = keras.Input((5, 8)), keras.Input((7, 8)), keras.Input((5, 7), dtype="bool")
    y = L.MultiHeadAttention(2, 4)(q, k, attention_mask=m, return_attention_scores=True)
    return model([q, k, m], list(y), [f(2, 5, 8), f(2, 7, 8), rng.random((2, 5, 7)) > 0.3])


@graph_case
def attention_causal():
    q = keras.Input((None, 8))
    y = L.MultiHeadAttention(2, 4)(q, q, use_causal_mask=True)
    return model(q, y, [f(2, 6, 8)], [tf.TensorSpec([None, None, 8])])


@graph_case
def attention_with_grouped_queries():
    q = keras.Input((6, 8))
    return model(q, L.GroupQueryAttention(4, 4, 2)(q, q), [f(2, 6, 8)])


@graph_case
def attention_of_one_head():
    q, v = keras.Input((5, 8)), keras.Input((7, 8))
    y = [L.Attention(use_scale=True)([q, v]), L.AdditiveAttention()([q, v])]
    return model([q, v], y, [f(2, 5, 8), f(2, 7, 8)])


@graph_case
def masked_embedding():
    tokens = keras.Input((None,), dtype="int32")
    x = L.Bidirectional(L.LSTM(4, return_sequences=True))(L.Embedding(20, 6, mask_zero=True)(tokens))
    data = ints(20, 3, 7)
    data[1, 4:] = 0
    return model(tokens, L.GlobalAveragePooling1D()(x), [data], [tf.TensorSpec([None, None], tf.int32)])


@graph_case
def merges():
    a, b = keras.Input((4, 6)), keras.Input((4, 6))
    kinds = [L.Add(), L.Subtract(), L.Multiply(), L.Average(), L.Maximum(), L.Minimum(), L.Dot(axes=2, normalize=True), L.Concatenate(axis=1)]
    return model([a, b], [k([a, b]) for k in kinds], [f(2, 4, 6), f(2, 4, 6)])


# Functions of Keras.
def affine(x):
    return K.image.affine_transform(x, tf.constant([[1.0, 0.1, 2, 0.05, 0.9, 1, 0, 0]]), interpolation="bilinear", fill_mode="reflect")


def eye_added(x, n):
    return x + n * tf.eye(3)


def best_path(x, lengths):
    """Forward part of a Viterbi search: two inputs that only a loop brings together, and lists of unknown elements."""
    moves = tf.constant(f(4, 4))
    back = tf.TensorArray(tf.int32, size=tf.shape(x)[1] - 1, element_shape=[None, 4])

    def step(t, score, back):
        options = score[:, :, None] + moves
        goes_on = (t < lengths)[:, None]
        score = tf.where(goes_on, tf.reduce_max(options, 1) + x[:, t], score)
        stay = tf.tile(tf.range(4)[None], [tf.shape(x)[0], 1])
        return t + 1, score, back.write(t - 1, tf.where(goes_on, tf.argmax(options, 1, output_type=tf.int32), stay))

    _, score, back = tf.while_loop(lambda t, *_: t < tf.shape(x)[1], step, [tf.constant(1), x[:, 0], back])
    return [score, back.stack()]


def wide_steps(x):
    """Strides longer than the window, over open extents."""
    w = tf.constant(f(3, 3, 3, 2))
    pools = [tf.nn.max_pool2d(x, 2, 5, "SAME"), tf.nn.avg_pool2d(x, (3, 2), (4, 3), "SAME")]
    return [tf.nn.conv2d(x, w, 8, "SAME"), tf.nn.depthwise_conv2d(x, w, [1, 4, 4, 1], "SAME"), *pools]


def padded_to_multiple(x):
    down, right = -tf.shape(x)[1] % 8, -tf.shape(x)[2] % 8
    y = tf.pad(x, [[0, 0], [0, down], [0, right], [0, 0]])
    y = tf.nn.depthwise_conv2d(y, tf.ones([3, 3, tf.shape(y)[3], 1]), [1, 1, 1, 1], "SAME")
    return [y, tf.pad(x, tf.stack([[0, 0], [down // 2, down], [0, right], [0, 0]]), "SYMMETRIC")]


def squared(x):
    return K.matmul(x, K.transpose(x, (0, 2, 1)))


CORNERS = tf.constant([[[0.0, 0], [15, 0], [0, 15], [15, 15]]])
MOVED = tf.constant([[[1.0, 1], [14, 0], [0, 14], [15, 13]]])
function("affine", affine, IMAGE)
function("map_coordinates", lambda x, c: K.image.map_coordinates(x, [c, c * 0.5], order=1, fill_mode="constant", fill_value=1.0), u(9, 9), u(4, 5) * 9, open_dims=())
function("perspective", lambda x: K.image.perspective_transform(x, CORNERS, MOVED), u(1, 16, 16, 3))
function("patches", lambda x: K.image.extract_patches(x, (3, 3), strides=2, padding="same"), IMAGE)
function("gaussian_blur", lambda x: K.image.gaussian_blur(x, (5, 5), (1.2, 1.2)), IMAGE)
function("segment_sum", lambda x: K.segment_sum(x, tf.constant([0, 0, 1, 2, 2, 4]), num_segments=5), f(6, 3), open_dims=())
function("top_k", lambda x: list(K.top_k(x, 3)), f(4, 9))
function("real_fft", lambda x: list(K.rfft(x, fft_length=32)), f(3, 30))
function("stft_and_back", lambda x: K.istft(K.stft(x, 64, 16, 64), 64, 16, 64), f(2, 256), open_dims=())
function("associative_scan", lambda x: K.associative_scan(lambda a, b: a + b, x, axis=1), f(2, 8), open_dims=())
function("vectorized_map", lambda x: K.vectorized_map(lambda r: K.sum(r * r) + r[0], x), f(5, 4), open_dims=())
function("fori_loop", lambda x: K.fori_loop(0, 5, lambda i, a: a * 1.1 + K.cast(i, "float32"), x), f(3, 4))
function("cond", lambda x: K.cond(K.sum(x) > 0, lambda: x * 2, lambda: x - 1), f(3, 4))
function("switch", lambda x, i: K.switch(i, [lambda a: a, lambda a: a * 2, lambda a: a - 3], x), f(3, 4), np.int32(1))
function("slice_update", lambda x: K.slice_update(x, [1, 1], tf.ones([2, 2])), f(4, 4), open_dims=())
function("scatter", lambda x: K.scatter(tf.constant([[0], [3]]), x, (5, 4)), f(2, 4), open_dims=())
function("factors", lambda x: [K.cholesky(eye_added(squared(x), 3)), K.det(x), K.inv(eye_added(x, 3))], f(2, 3, 3), open_dims=())
function("solve", lambda x, b: [K.solve(eye_added(x, 4), b), K.norm(x, axis=(1, 2))], f(2, 3, 3), f(2, 3, 1), open_dims=())
function("qr", lambda x: K.qr(x)[1], f(4, 3), open_dims=())
function("logarithms", lambda x: [K.erfinv(x * 0.9 - 0.45), K.logsumexp(x, axis=1), K.logaddexp(x, x * 2), K.rsqrt(x + 0.1)], u(3, 4))
function("order_and_spread", lambda x: [K.argsort(x), K.sort(x, axis=0), K.median(x, axis=1), K.quantile(x, 0.3, axis=1), K.cumprod(x, axis=1), K.std(x, axis=0), K.var(x)], f(4, 5), open_dims=())
function("moved_elements", lambda x: [K.roll(x, 2, axis=1), K.flip(x, axis=0), K.rot90(x), K.tril(x), K.trace(x), K.diagonal(x), K.diff(x)], f(4, 5), open_dims=())
function("correlate", lambda x, w: K.correlate(x, w, mode="same"), f(9), f(3), open_dims=())
function("dot_product_attention", lambda x: K.nn.dot_product_attention(x, x, x, is_causal=True), f(2, 6, 2, 4), open_dims=())
# Functions of TensorFlow.
function("map_fn", lambda x: tf.map_fn(lambda r: tf.nn.softmax(r) * tf.reduce_sum(r), x), f(4, 5))
function("scan", lambda x: tf.scan(lambda a, b: a * 0.5 + b, x), f(6, 3))
function("foldl", lambda x: tf.foldl(lambda a, b: a + b * b, x), f(6, 3))
function("boolean_mask", lambda x: tf.boolean_mask(x, x[:, 0] > 0), f(6, 3))
function("unique", lambda x: tf.unique(tf.reshape(x, [-1]))[0], ints(4, 3, 4))
function("crop_and_resize", lambda x: tf.image.crop_and_resize(x, tf.constant([[0.1, 0.2, 0.7, 0.9], [0, 0, 1.2, 1]]), tf.constant([0, 1]), (5, 6)), IMAGE)
function("adjusted_colours", lambda x: [tf.image.adjust_contrast(x, 1.5), tf.image.adjust_hue(x, 0.2), tf.image.adjust_saturation(x, 0.7), tf.image.per_image_standardization(x)], RGB)
function("colour_spaces", lambda x: [tf.image.rgb_to_yuv(x), tf.image.rgb_to_yiq(x), tf.image.sobel_edges(x), tf.image.total_variation(x)], RGB)
function("resize_smoothly", lambda x: [tf.image.resize(x, (7, 9), antialias=True), tf.image.resize(x, (30, 33), method="mitchellcubic"), tf.image.resize(x, (7, 9), method="gaussian")], IMAGE)
function("resize_with_pad", lambda x: tf.image.resize_with_pad(x, 20, 31), IMAGE)
function("ssim", lambda x: tf.image.ssim(x, x * 0.9 + 0.02, 1.0), u(2, 24, 24, 3))
function("cosine_transforms", lambda x: [tf.signal.dct(x), tf.signal.idct(x), tf.signal.mdct(x, 8)], f(2, 32), open_dims=())
function("spectrum_2d", lambda x: tf.abs(tf.signal.fft2d(tf.complex(x, x * 0.5))), f(2, 8, 8), open_dims=())
function("ragged_to_tensor", lambda x: tf.RaggedTensor.from_row_lengths(x, tf.constant([2, 0, 3, 1], tf.int64)).to_tensor(-1.0), f(6), open_dims=())
function("sparse_product", lambda x: tf.sparse.sparse_dense_matmul(tf.sparse.from_dense(tf.constant([[0.0, 1, 0], [2, 0, 3]])), x), f(3, 4), open_dims=())
function("einsums", lambda a, b: [tf.einsum("bij,bjk->bik", a, b), tf.einsum("...ij->...ji", a), tf.einsum("bii->bi", a[:, :3, :3]), tf.einsum("bij,bkj->", a, tf.transpose(b, [0, 2, 1]))], f(2, 3, 4), f(2, 4, 5))
function("special", lambda x: [tf.math.bessel_i0e(x), tf.math.digamma(x + 0.5), tf.math.lgamma(x + 0.5), tf.math.igamma(x + 1, x + 0.5), tf.math.betainc(x + 1, x + 2, x * 0.5 + 0.2), tf.math.polygamma(1.0, x + 1), tf.math.ndtri(x * 0.9 + 0.05)], u(3, 4))
function("dilation_and_erosion", lambda x: [tf.nn.dilation2d(x, tf.constant(f(3, 3, 8) / 10), [1, 1, 1, 1], "SAME", "NHWC", [1, 2, 2, 1]), tf.nn.erosion2d(x, tf.constant(f(3, 3, 8) / 10), [1, 1, 1, 1], "VALID", "NHWC", [1, 1, 1, 1])], IMAGE)
function("eigenvalues", lambda x: [tf.linalg.expm(x * 0.1), tf.linalg.eigvalsh(x + tf.transpose(x, [0, 2, 1])), tf.linalg.pinv(x)], f(2, 3, 3), open_dims=())
function("bytes_to_floats", lambda x: [tf.cast(x, tf.float32) / 255.0, x + tf.constant(200, tf.uint8), tf.cast(tf.image.resize(x, (5, 5)), tf.uint8)], rng.integers(0, 255, (1, 8, 8, 3)).astype(np.uint8))
function("grid_of_the_shape", lambda x: [*tf.meshgrid(tf.range(tf.shape(x)[0]), tf.range(tf.shape(x)[1]), indexing="ij"), tf.reshape(x, [tf.shape(x)[0] * 2, -1])], f(4, 6), open_dims=(0, 1))
function("best_path", best_path, f(3, 5, 4), np.array([5, 2, 4], np.int32), open_dims=(0, 1))
function("strides_longer_than_windows", wide_steps, f(2, 17, 35, 3), open_dims=(0, 1, 2))
function("padded_to_multiple", padded_to_multiple, f(1, 13, 18, 3), open_dims=(0, 1, 2))
function("phase_of_spectrum", lambda x: tf.math.angle(tf.signal.rfft(x)), f(3, 32))
function("complex_of_a_number", lambda x: tf.math.real(tf.signal.ifft2d(tf.signal.fft2d(tf.complex(x, 0.5)) * 2.0)), f(2, 8, 8))


def freeze(call, specs, data):
    """The frozen graph, its inputs and outputs, and the values of the latter."""
    named = [tf.TensorSpec(s.shape, s.dtype, name=f"x{i}") for i, s in enumerate(specs)]

    @tf.function(input_signature=named)
    def whole(*args):
        y = call(*args)
        return [tf.identity(v, name=f"y{i}") for i, v in enumerate(y if isinstance(y, (list, tuple)) else [y])]

    frozen = convert_variables_to_constants_v2(whole.get_concrete_function(), lower_control_flow=False)
    values = frozen(*[tf.constant(d) for d in data])
    return frozen, [v.numpy() for v in values]


def npy(array):
    out = io.BytesIO()
    np.save(out, np.ascontiguousarray(array).reshape(array.shape))
    return out.getvalue()


def write(path, group, name, make):
    frozen, values = freeze(*(made := make()))
    inputs = [(t.name.split(":")[0], d, s) for t, d, s in zip(frozen.inputs, made[2], made[1])]
    outputs = [(t.name, v) for t, v in zip(frozen.outputs, values)]
    meta = {
        "op": group,
        "case": name,
        "inputs": [{"name": n, "dtype": np.asarray(d).dtype.name, "shape": [-1 if e is None else e for e in s.shape], "file": f"in/{n}.npy"} for n, d, s in inputs],
        "outputs": [{"name": n, "dtype": v.dtype.name, "shape": list(v.shape), "file": f"out/{n}.npy"} for n, v in outputs],
        "init": [],
        "check": "values",
        "tolerance": {"rtol": 1e-4, "atol": 1e-5},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("graph.pb", frozen.graph.as_graph_def().SerializeToString(deterministic=True))
        z.writestr("meta.json", json.dumps(meta))
        for n, d, _ in inputs:
            z.writestr(f"in/{n}.npy", npy(np.asarray(d)))
        for n, v in outputs:
            z.writestr(f"out/{n}.npy", npy(v))


def main(out, *names):
    for group, cases in CASES.items():
        for name, make in cases.items():
            if not names or name in names:
                write(pathlib.Path(out) / group / (name + ".zip"), group, name, make)
                print(group, name, flush=True)


main(*sys.argv[1:])
