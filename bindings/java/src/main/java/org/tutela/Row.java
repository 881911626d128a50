// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;

/**
 * Some facts of one person as a row of values, which {@link Session#answer(Decision, Row)} sets and answers from in one
 * call. The places are those of the slots that {@link Session#row} was given, from 0; a value that was never set is unknown.
 * What the pack does not take is refused when the answer is asked for. The row lives as long as its session.
 */
public final class Row {
  private static final int VALUE_BYTES = 40;
  private static final int BOOLEAN = 1;
  private static final int INTEGER = 2;
  private static final int DATE = 3;
  private static final int STRING = 4;

  final Session session;
  final long values; // an array of tutela_value, in the memory of the session
  final int count;
  private final Frame frame;
  private final int[] textRoom; // bytes that a place has for its text

  Row(Session session, Frame frame, Slot[] slots) {
    this.session = session;
    this.frame = frame;
    count = slots.length;
    textRoom = new int[count];
    values = frame.room(count * VALUE_BYTES);
    for (int i = 0; i < count; ++i) {
      long value = value(i);
      Calls.putInt(value, VALUE_BYTES);
      Calls.putLong(value + 8, slots[i].number);
      set(i, State.UNKNOWN);
    }
  }

  private long value(int place) {
    session.address(); // must not be closed
    if (place < 0 || place >= count) throw new IndexOutOfBoundsException("the row has " + count + " places");
    return values + (long) place * VALUE_BYTES;
  }

  private void set(int place, int kind, long number) {
    long value = value(place);
    Calls.putInt(value + 4, kind);
    Calls.putLong(value + 16, number);
  }

  /** Sets a Boolean. */
  public void set(int place, boolean value) {
    set(place, BOOLEAN, value ? 1 : 0);
  }

  /** Sets a whole number. */
  public void set(int place, long value) {
    set(place, INTEGER, value);
  }

  /** Sets a day of the calendar. */
  public void set(int place, LocalDate value) {
    set(place, DATE, value.toEpochDay());
  }

  /** Sets a text, or the word of an enumeration. */
  public void set(int place, String text) {
    long value = value(place);
    byte[] bytes = Frame.utf8(text);
    if (bytes.length > textRoom[place]) {
      int room = Math.max(bytes.length, 2 * textRoom[place]); // what was too small is given back with the session
      Calls.putLong(value + 24, frame.room(room));
      textRoom[place] = room;
    }
    Calls.putBytes(Calls.getLong(value + 24), bytes);
    Calls.putLong(value + 32, bytes.length);
    Calls.putInt(value + 4, STRING);
  }

  /** Makes a fact none, unknown or uncertain. */
  public void set(int place, State state) {
    set(place, 0, state.ordinal() + 1);
  }
}
