# SPDX-License-Identifier: Apache-2.0
"""Makes model.pb and io.npz: Conv2D, my_custom_op, a dense layer.

TensorFlow has no op my_custom_op, as with a model whose op lives in a library of its own. A graph
with it is written all the same, for a GraphDef is only data: nodes are added to it by hand. What the
op computes is done in NumPy here.

    my_custom_op(x, scale; alpha) = sign(x) * max(|x| - alpha, 0) * scale
"""

import os

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(7)
kernel = rng.normal(0, 0.3, (3, 3, 3, 8)).astype("float32")
scale = rng.uniform(0.5, 1.5, 8).astype("float32")
weights = rng.normal(0, 0.5, (8, 4)).astype("float32")
bias = rng.normal(0, 0.1, 4).astype("float32")
ALPHA = 0.25


def my_custom_op(x):
    return (np.sign(x) * np.maximum(np.abs(x) - np.float32(ALPHA), 0) * scale).astype("float32")


def before(image):
    return tf.nn.conv2d(image, kernel, strides=2, padding="SAME", name="conv")


def after(x):
    pooled = tf.reduce_mean(x, axis=[1, 2], name="pool")
    return tf.nn.softmax(tf.nn.bias_add(tf.matmul(pooled, weights), bias), name="probabilities")


# The graph: both halves, and between them a node of an op that no registry knows.
with tf.Graph().as_default() as graph:
    image = tf.compat.v1.placeholder(tf.float32, [None, 16, 16, 3], name="image")
    before(image)
    tf.constant(scale, name="scale")
    after(tf.compat.v1.placeholder(tf.float32, [None, 8, 8, 8], name="custom"))
graph_def = graph.as_graph_def()
custom = next(node for node in graph_def.node if node.name == "custom")
custom.Clear()
custom.name = "custom"
custom.op = "my_custom_op"
custom.input.extend(["conv", "scale"])
custom.attr["alpha"].f = ALPHA
custom.attr["T"].type = tf.float32.as_datatype_enum
with open("model.pb", "wb") as file:
    file.write(graph_def.SerializeToString(deterministic=True))

images = rng.uniform(-1, 1, (2, 16, 16, 3)).astype("float32")
probabilities = after(tf.constant(my_custom_op(before(images).numpy()))).numpy()
np.savez("io.npz", **{"in/image": images, "out/probabilities": probabilities})
