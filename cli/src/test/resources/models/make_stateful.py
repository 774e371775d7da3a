# SPDX-License-Identifier: Apache-2.0
"""Makes stateful.zip: a SavedModel whose calls change its variables, and what TensorFlow gives for
six calls in a row.  make_stateful.py OUT.zip"""
import json
import pathlib
import shutil
import sys
import tempfile

import numpy as np
import tensorflow as tf


class Stateful(tf.Module):
    def __init__(self):
        super().__init__()
        self.count = tf.Variable(2, dtype=tf.int32, name="count")
        self.mean = tf.Variable(tf.zeros([3]), name="mean")
        self.ring = tf.Variable(tf.ones([4, 3]), name="ring")
        self.last = tf.Variable(tf.zeros([3]), name="last")
        self.scale = tf.Variable([1.0, 2.0, 3.0], name="scale")

    @tf.function
    def push(self, row):
        """A call in the call: one row of the ring, by position."""
        at = self.count % 4
        self.ring.scatter_update(tf.IndexedSlices(row, at))
        return tf.reduce_sum(self.ring, 0)

    @tf.function(input_signature=[tf.TensorSpec([3], tf.float32, name="x")])
    def step(self, x):
        before = self.mean.read_value()
        self.mean.assign_sub((before - x * self.scale) * 0.25)
        middle = self.mean.read_value()
        self.mean.assign_add(0.5 * tf.ones([3]))
        total = self.push(x)
        self.count.assign_add(1)
        again = self.push(-x)
        shown = tf.cond(x[0] > 0, lambda: self.mean + 1.0, lambda: self.mean * 2.0)
        self.last[1:].assign(x[:2])
        return {"before": before, "middle": middle, "shown": shown, "total": total,
                "again": again, "count": tf.identity(self.count),
                "last": self.last.read_value()}


def main(out):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        tf.saved_model.save(Stateful(), str(folder / "saved_model"))
        shutil.rmtree(folder / "saved_model/assets", ignore_errors=True)
        (folder / "saved_model/fingerprint.pb").unlink(missing_ok=True)
        call = tf.saved_model.load(str(folder / "saved_model")).signatures["serving_default"]
        x = np.random.default_rng(7).standard_normal([6, 3]).astype(np.float32)
        calls = [call(x=tf.constant(row)) for row in x]
        arrays = {"in/x": x}
        for name in calls[0]:
            arrays["out/" + name] = np.stack([c[name].numpy() for c in calls])
        np.savez(folder / "io.npz", **arrays)
        meta = {"name": "stateful", "kind": "saved_model", "model": "saved_model",
                "tags": ["serve"], "signature": "serving_default",
                "inputs": [{"name": "x", "dtype": "float32", "shape": [3]}],
                "outputs": sorted(calls[0]), "goldens": [{"file": "io.npz", "sequence": 6}]}
        (folder / "META.json").write_text(json.dumps(meta, indent=1))
        shutil.make_archive(out.removesuffix(".zip"), "zip", folder)


if __name__ == "__main__":
    main(sys.argv[1])
