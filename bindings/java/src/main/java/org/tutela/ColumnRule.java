// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/**
 * How one fact is read from a table of Arrow where its name or the usual reading does not do.
 *
 * @param fact its name
 * @param column the name of its column; the fact's where empty
 * @param nulls what a null says
 * @param wholeDoubles true reads a column of doubles that holds whole numbers; otherwise doubles are refused
 * @param nanIsNull true reads a NaN of such a column as a null; otherwise it refuses the table
 */
public record ColumnRule(String fact, String column, State nulls, boolean wholeDoubles, boolean nanIsNull) {
  static final int BYTES = 48;

  /** The fact has a column of another name. */
  public ColumnRule(String fact, String column) {
    this(fact, column, State.UNKNOWN, false, false);
  }

  /** Writes a {@code tutela_column_rule}. */
  void write(Frame frame, long place) {
    Calls.putInt(place, BYTES);
    Calls.putInt(place + 4, nulls == State.UNKNOWN ? 0 : nulls == State.NONE ? 1 : 2);
    Calls.putInt(place + 8, wholeDoubles ? 1 : 0);
    Calls.putInt(place + 12, nanIsNull ? 1 : 0);
    frame.putView(place + 16, fact);
    frame.putView(place + 32, column);
  }
}
