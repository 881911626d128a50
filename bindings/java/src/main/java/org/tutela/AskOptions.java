// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What is to be settled by questions, and how.
 *
 * @param decide how to decide
 * @param decisions the decisions to settle; all of the pack where there are none
 * @param holders facts that other agencies have on record and may share, each with its agency
 */
public record AskOptions(DecideOptions decide, List<String> decisions, Map<String, String> holders) {
  private static final int BYTES = 56;

  /** Copies what is given. */
  public AskOptions {
    decisions = List.copyOf(decisions);
    holders = Map.copyOf(holders);
  }

  /** These decisions on a day, nothing on record elsewhere. */
  public AskOptions(LocalDate on, String... decisions) {
    this(new DecideOptions(on), List.of(decisions), Map.of());
  }

  /** A {@code tutela_ask_options}; it lives as long as the frame. */
  long write(Frame frame) {
    long place = frame.room(BYTES);
    List<String> facts = List.copyOf(holders.keySet());
    Calls.putInt(place, BYTES);
    Calls.putLong(place + 8, decide.write(frame));
    Calls.putLong(place + 16, frame.views(decisions));
    Calls.putLong(place + 24, decisions.size());
    Calls.putLong(place + 32, frame.views(facts));
    Calls.putLong(place + 40, frame.views(facts.stream().map(holders::get).toList()));
    Calls.putLong(place + 48, facts.size());
    return place;
  }
}
