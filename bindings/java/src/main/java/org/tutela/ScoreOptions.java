// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;

/**
 * For whom and why a score is computed.
 *
 * @param jurisdiction ISO 3166 code of the person's legal order; null is <em>not said</em>
 * @param on the day whose facts are read; facts of any day where null
 * @param knownOn only facts recorded by this day count; all where null
 * @param research true for study only: limits of norming do not stop it, and the score says so
 * @param answersOnly true makes a fact that the scale does not read an error
 */
public record ScoreOptions(String jurisdiction, LocalDate on, LocalDate knownOn, boolean research, boolean answersOnly) {
  private static final int BYTES = 64;

  /** For work with a person of that legal order. */
  public ScoreOptions(String jurisdiction) {
    this(jurisdiction, null, null, false, false);
  }

  /** A {@code tutela_score_options}; it lives as long as the frame. */
  long write(Frame frame) {
    long place = frame.room(BYTES);
    Calls.putInt(place, BYTES);
    Calls.putInt(place + 4, research ? 1 : 0);
    Frame.putDate(place + 8, on);
    Frame.putDate(place + 20, knownOn);
    Calls.putInt(place + 32, answersOnly ? 1 : 0);
    if (jurisdiction != null) frame.putView(place + 40, jurisdiction);
    return place;
  }
}
