// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.cuda.cudart.CUhostFn;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * C++ objects of TensorRT and their end. TensorRT's objects are freed by {@code delete}, for which
 * the bindings have no method. Their destructors are virtual: the Itanium C++ ABI, which all
 * compilers for Linux follow, keeps the deleting destructor in the object's table of functions, and
 * a binding of CUDA that calls any {@code void (*)(void *)} calls it.
 *
 * <p>A scope frees what it owns in the reverse order of creation.
 */
public final class NativeObjects implements AutoCloseable {
  /** Where the destructor is the first virtual function: slots 0 (base) and 1 (deleting). */
  private static final int FIRST = 1;

  /** No object lies in the first page. */
  private static final long LOWEST = 4096;

  private record Owned(Pointer object, int slot) {}

  private final Deque<Owned> owned = new ArrayDeque<>();

  /**
   * Owns an object whose class derives from INoCopy.
   *
   * @param object null when TensorRT failed to make it
   * @param what for the message, for example {@code the network}
   */
  public <T extends Pointer> T own(T object, String what) {
    return own(object, what, FIRST);
  }

  /** Owns an object whose deleting destructor is in this slot of its table. */
  public <T extends Pointer> T own(T object, String what, int slot) {
    if (isMissing(object)) {
      throw DiagnosticException.of(
          Code.GPU_FAILED, "TensorRT", "cannot make " + what, "see the messages of TensorRT above");
    }
    owned.push(new Owned(object, slot));
    return object;
  }

  /**
   * True when TensorRT made nothing. Where it fails early its functions may leave a small number
   * instead of a null pointer.
   */
  public static boolean isMissing(Pointer object) {
    return object == null || Long.compareUnsigned(object.address(), LOWEST) < 0;
  }

  /** Frees an object whose destructor is its first virtual function. */
  public static void delete(Pointer object) {
    delete(object, FIRST);
  }

  private static void delete(Pointer object, int slot) {
    long table = new LongPointer(object).get(0);
    new CUhostFn(new Address(table + (long) slot * Long.BYTES)).call(object);
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      Owned last = owned.pop();
      delete(last.object(), last.slot());
    }
  }

  /** A pointer to a place that is given by number. */
  static final class Address extends Pointer {
    Address(long value) {
      super((Pointer) null);
      address = value;
    }
  }
}
