// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;
import java.util.Objects;

/**
 * The same facts of many people, one after another, as one block of memory of a session: what is put into it costs no call
 * into the library. A place that nothing was put into is unknown. Put every fact of the next person, or {@link #clear} first.
 */
public final class Row {
  private static final int BYTES = 24; // of a tutela_cell: slot, value, what it holds
  private static final int VALUE = 8;
  private static final int HOLDS = 16;
  private static final int BOOLEAN = 3;
  private static final int INTEGER = 4;
  private static final int DATE = 5;

  private final Session session;
  private final long start;
  private final int count;

  Row(Session session, Frame frame, Slot[] facts) {
    this.session = session;
    count = facts.length;
    start = frame.room(BYTES * count);
    for (int i = 0; i < count; ++i) Calls.putLong(start + (long) BYTES * i, facts[i].number);
  }

  private void put(int place, int holds, long value) {
    session.address(); // the memory is that of the session, which must not be closed
    long cell = start + (long) BYTES * Objects.checkIndex(place, count);
    Calls.putLong(cell + VALUE, value);
    Calls.putInt(cell + HOLDS, holds);
  }

  /** Puts a Boolean at a place. */
  public void set(int place, boolean value) {
    put(place, BOOLEAN, value ? 1 : 0);
  }

  /** Puts a whole number at a place. */
  public void set(int place, long value) {
    put(place, INTEGER, value);
  }

  /** Puts a day of the years 1 to 32,767 at a place. */
  public void set(int place, LocalDate value) {
    setDate(place, value.getYear(), value.getMonthValue(), value.getDayOfMonth());
  }

  /** Puts a day at a place by its numbers; what is no day is refused when the row is answered. */
  public void setDate(int place, int year, int month, int day) {
    boolean possible = year > 0 && month >= 0 && month < 100 && day >= 0 && day < 100;
    put(place, DATE, possible ? year * 10_000L + month * 100L + day : 0);
  }

  /** Makes the fact of a place none, unknown or uncertain. */
  public void set(int place, State state) {
    put(place, state == State.UNKNOWN ? 0 : state == State.NONE ? 1 : 2, 0);
  }

  /** Makes every place unknown. */
  public void clear() {
    for (int i = 0; i < count; ++i) put(i, 0, 0);
  }

  /**
   * Sets the facts of all places in the session and answers, in one call. Facts without a place stay as they are.
   *
   * @return the answer of the session, the same object each time; read it before the session is asked again
   * @throws TutelaException with everything that is wrong; then every fact of the session is unknown
   */
  public Answer answer(Decision decision) {
    return session.answer(decision, start, count);
  }
}
