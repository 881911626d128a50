// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** The functions of {@code columns.h} on Java 17 to 21. From Java 22 on another class of this name takes its place. */
final class TableCalls {
  static {
    Native.register(TableCalls.class, Calls.LIBRARY);
  }

  private TableCalls() {}

  static native int tutela_batch_new(long pack, long schema, long options, long batch, long error);

  static native int tutela_batch_new_columns(long pack, long columns, long count, long options, long batch, long error);

  static native void tutela_batch_free(long batch);

  static native int tutela_batch_describe(long batch, long json, long error);

  static native int tutela_batch_schema(long batch, long schema, long error);

  static native int tutela_batch_decide(long batch, long rows, long answers, long error);

  static native int tutela_batch_decide_columns(
      long batch, long columns, long count, long rows, long answers, long error);

  static native int tutela_pack_decide_stream(long pack, long table, long options, long answers, long error);

  /** Calls the {@code release} of a struct of Arrow. */
  static void release(long function, long struct) {
    if (function != 0) Function.getFunction(new Pointer(function)).invokeVoid(new Object[] {new Pointer(struct)});
  }

  /** A text that ends with a NUL. */
  static String text(long address) {
    return new Pointer(address).getString(0, "UTF-8");
  }

  /** Where the bytes of a direct buffer are. */
  static long address(ByteBuffer direct) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
  }

  /** Copies an array of whole numbers. */
  static void copy(Object array, long address) {
    Pointer place = new Pointer(address);
    if (array instanceof byte[] values) place.write(0, values, 0, values.length);
    else if (array instanceof short[] values) place.write(0, values, 0, values.length);
    else if (array instanceof int[] values) place.write(0, values, 0, values.length);
    else place.write(0, (long[]) array, 0, ((long[]) array).length);
  }
}
