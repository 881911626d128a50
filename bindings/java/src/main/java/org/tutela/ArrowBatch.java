// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/**
 * The decisions of a pack, compiled for tables of Arrow of one type; for one thread at a time. Tables come and go by the
 * addresses of the structs of Arrow's C data interface, so that no version of Arrow's own classes is bound: these are
 * {@code ArrowArray.memoryAddress()} of {@code org.apache.arrow.c}, or {@code MemorySegment.address()}. An address that is
 * not that of such a struct ends the program.
 */
public final class ArrowBatch extends CompiledBatch {
  private ArrowBatch(long address) {
    super(address);
  }

  static ArrowBatch compiled(Pack pack, BatchOptions options, long schema) {
    try (Frame frame = new Frame()) {
      long places = frame.room(16);
      long how = options.write(frame);
      int status = TableCalls.tutela_batch_new(pack.address(), schema, how, places, places + 8);
      TutelaException.check(status, places + 8);
      return new ArrowBatch(Calls.getLong(places));
    }
  }

  /**
   * Answers every row of one array.
   *
   * @param rows address of the {@code ArrowArray} of a struct; read in place, not kept and not released
   * @param answers address of an {@code ArrowArray} that is overwritten; whoever reads it calls its release
   * @throws TutelaException with what is wrong with the array, never with a value of a person
   */
  public void decide(long rows, long answers) {
    try (Frame frame = new Frame()) {
      long error = frame.room(8);
      TutelaException.check(TableCalls.tutela_batch_decide(address(), rows, answers, error), error);
    }
  }

  /**
   * The type of the answers.
   *
   * @param schema address of an {@code ArrowSchema} that is overwritten; whoever reads it calls its release
   */
  public void schema(long schema) {
    writeSchema(schema);
  }
}
