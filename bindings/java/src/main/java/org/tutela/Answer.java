// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/**
 * The latest answer of a session, without its reasons. There is one for each session, so that asking allocates nothing:
 * read it before the session is asked again.
 */
public final class Answer {
  private static final int BYTES = 32;

  private final Session session;
  final long place; // of the tutela_answer, in the memory of the session

  Answer(Session session, Frame frame) {
    this.session = session;
    place = frame.room(BYTES);
    Calls.putInt(place, BYTES);
    Calls.putInt(place + 4, Outcome.UNKNOWN.ordinal());
    Calls.putInt(place + 8, -1);
  }

  private int number(int offset) {
    session.address(); // the memory is that of the session, which must not be closed
    return Calls.getInt(place + offset);
  }

  /** How it ended. */
  public Outcome outcome() {
    return Outcome.of(number(4));
  }

  /** True when the answer is known and is true. What is unknown is neither this nor {@link #isFalse}. */
  public boolean isTrue() {
    return number(8) == 1;
  }

  /** True when the answer is known and is false. */
  public boolean isFalse() {
    return number(8) == 0;
  }

  /** The answer as JSON, or null unless the outcome is {@link Outcome#KNOWN}. Each call makes a text. */
  public String value() {
    return outcome() == Outcome.KNOWN ? Frame.text(place + 16) : null;
  }
}
