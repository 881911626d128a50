// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** The decisions of a pack, compiled for tables of one type; for one thread at a time. */
public abstract sealed class CompiledBatch extends Handle permits Batch, ArrowBatch {
  CompiledBatch(long address) {
    super(address);
  }

  /** What the batch does, as JSON: the decisions, which of them run row by row and why, facts without column. */
  public String describe() {
    try (Frame frame = new Frame()) {
      return frame.asked((text, error) -> TableCalls.tutela_batch_describe(address(), text, error));
    }
  }

  /** Overwrites an {@code ArrowSchema} with the type of the answers. */
  final void writeSchema(long schema) {
    try (Frame frame = new Frame()) {
      long error = frame.room(8);
      TutelaException.check(TableCalls.tutela_batch_schema(address(), schema, error), error);
    }
  }

  @Override
  void free(long address) {
    TableCalls.tutela_batch_free(address);
  }
}
