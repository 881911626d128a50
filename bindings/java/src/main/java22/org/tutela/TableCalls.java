// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/** The functions of {@code columns.h}, from Java 22 on. Each of them takes longer than a call that boxes its arguments. */
final class TableCalls {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MethodHandle NEW = found("tutela_batch_new", 5);
  private static final MethodHandle NEW_COLUMNS = found("tutela_batch_new_columns", 6);
  private static final MethodHandle FREE = Calls.find(Calls.LIBRARY, "tutela_batch_free", null, LONG);
  private static final MethodHandle DESCRIBE = found("tutela_batch_describe", 3);
  private static final MethodHandle SCHEMA = found("tutela_batch_schema", 3);
  private static final MethodHandle DECIDE = found("tutela_batch_decide", 4);
  private static final MethodHandle DECIDE_COLUMNS = found("tutela_batch_decide_columns", 6);
  private static final MethodHandle DECIDE_STREAM = found("tutela_pack_decide_stream", 5);

  private TableCalls() {}

  private static MethodHandle found(String name, int parameters) {
    MemoryLayout[] all = new MemoryLayout[parameters];
    java.util.Arrays.fill(all, LONG);
    return Calls.find(Calls.LIBRARY, name, ValueLayout.JAVA_INT, all);
  }

  static int tutela_batch_new(long pack, long schema, long options, long batch, long error) {
    return Calls.invoked(NEW, pack, schema, options, batch, error);
  }

  static int tutela_batch_new_columns(long pack, long columns, long count, long options, long batch, long error) {
    return Calls.invoked(NEW_COLUMNS, pack, columns, count, options, batch, error);
  }

  static void tutela_batch_free(long batch) {
    try {
      FREE.invokeExact(batch);
    } catch (Throwable thrown) {
      throw Calls.impossible(thrown);
    }
  }

  static int tutela_batch_describe(long batch, long json, long error) {
    return Calls.invoked(DESCRIBE, batch, json, error);
  }

  static int tutela_batch_schema(long batch, long schema, long error) {
    return Calls.invoked(SCHEMA, batch, schema, error);
  }

  static int tutela_batch_decide(long batch, long rows, long answers, long error) {
    return Calls.invoked(DECIDE, batch, rows, answers, error);
  }

  static int tutela_batch_decide_columns(long batch, long columns, long count, long rows, long answers, long error) {
    return Calls.invoked(DECIDE_COLUMNS, batch, columns, count, rows, answers, error);
  }

  static int tutela_pack_decide_stream(long pack, long table, long options, long answers, long error) {
    return Calls.invoked(DECIDE_STREAM, pack, table, options, answers, error);
  }

  /** Calls the {@code release} of a struct of Arrow. */
  static void release(long function, long struct) {
    if (function == 0) return;
    try {
      Calls.LINKER.downcallHandle(MemorySegment.ofAddress(function), FunctionDescriptor.ofVoid(LONG)).invokeExact(struct);
    } catch (Throwable thrown) {
      throw Calls.impossible(thrown);
    }
  }

  /** A text that ends with a NUL. */
  static String text(long address) {
    return Calls.MEMORY.getString(address);
  }

  /** Where the bytes of a direct buffer are. */
  static long address(ByteBuffer direct) {
    return MemorySegment.ofBuffer(direct).address();
  }

  /** Copies an array of whole numbers. */
  static void copy(Object array, long address) {
    MemorySegment values =
        array instanceof byte[] bytes ? MemorySegment.ofArray(bytes)
            : array instanceof short[] shorts ? MemorySegment.ofArray(shorts)
            : array instanceof int[] ints ? MemorySegment.ofArray(ints)
            : MemorySegment.ofArray((long[]) array);
    MemorySegment.copy(values, 0, Calls.MEMORY, address, values.byteSize());
  }
}
