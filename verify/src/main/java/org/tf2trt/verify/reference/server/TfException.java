// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference.server;

/** TensorFlow refused or failed; the message is TensorFlow's. */
final class TfException extends RuntimeException {
  TfException(String message) {
    super(message);
  }
}
