// SPDX-License-Identifier: Apache-2.0

/**
 * What models are fed with, one call after another in bounded memory: made-up data, NumPy files,
 * folders of images, TFRecords of tf.Example, CSV.
 */
package org.tf2trt.verify.samples;
