// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;

/**
 * How to ask.
 *
 * @param on the day asked about; null only for an undated pack
 * @param lawOn the day whose text of the law is applied; {@code on} where null
 * @param knownOn only facts recorded by this day count; all where null
 * @param includeUnverified true also runs texts that are graded C, D or unverified
 * @param jurisdiction ISO 3166 code of the person's legal order; the pack's own where null
 */
public record DecideOptions(
    LocalDate on, LocalDate lawOn, LocalDate knownOn, boolean includeUnverified, String jurisdiction) {
  private static final int BYTES = 72;

  /** The usual way to ask about a day. */
  public DecideOptions(LocalDate on) {
    this(on, null, null, false, null);
  }

  /** The same, with the text of the law of another day. */
  public DecideOptions withLawOn(LocalDate day) {
    return new DecideOptions(on, day, knownOn, includeUnverified, jurisdiction);
  }

  /** The same, from what was recorded by a day. */
  public DecideOptions withKnownOn(LocalDate day) {
    return new DecideOptions(on, lawOn, day, includeUnverified, jurisdiction);
  }

  /** The same, with texts that are graded C, D or unverified. */
  public DecideOptions withUnverified() {
    return new DecideOptions(on, lawOn, knownOn, true, jurisdiction);
  }

  /** The same, for a person of that legal order. */
  public DecideOptions withJurisdiction(String code) {
    return new DecideOptions(on, lawOn, knownOn, includeUnverified, code);
  }

  /** A {@code tutela_decide_options}; it lives as long as the frame. */
  long write(Frame frame) {
    long place = frame.room(BYTES);
    Calls.putInt(place, BYTES);
    Calls.putInt(place + 4, includeUnverified ? 1 : 0);
    Frame.putDate(place + 8, on);
    Frame.putDate(place + 20, lawOn);
    Frame.putDate(place + 32, knownOn);
    if (jurisdiction != null) {
      byte[] code = Frame.utf8(jurisdiction);
      Calls.putLong(place + 56, frame.copy(code));
      Calls.putLong(place + 64, code.length);
    }
    return place;
  }
}
