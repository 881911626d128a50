// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.ArrayList;
import java.util.List;

/** The answer to one decision for one person on one day, and why: a finding for a human. Immutable. */
public final class Verdict extends Handle {
  private static final int SUMMARY_BYTES = 32;

  private final Outcome outcome;
  private final int truth;
  private final int missing;
  private final String value;

  Verdict(long address) {
    super(address);
    try (Frame frame = new Frame()) {
      long summary = frame.room(SUMMARY_BYTES);
      Calls.putInt(summary, SUMMARY_BYTES);
      Calls.tutela_verdict_summarise(address, summary);
      outcome = Outcome.of(Calls.getInt(summary + 4));
      truth = Calls.getInt(summary + 8);
      missing = Calls.getInt(summary + 12);
      value = outcome == Outcome.KNOWN ? Frame.text(summary + 16) : null;
    }
  }

  /** How it ended. */
  public Outcome outcome() {
    return outcome;
  }

  /** The answer as JSON, or null unless the outcome is {@link Outcome#KNOWN}. */
  public String value() {
    return value;
  }

  /** True when the answer is known and is true. What is unknown is neither this nor {@link #isFalse}. */
  public boolean isTrue() {
    return truth == 1;
  }

  /** True when the answer is known and is false. */
  public boolean isFalse() {
    return truth == 0;
  }

  /** The facts that would settle it, in the order in which to ask them. */
  public List<String> missing() {
    List<String> names = new ArrayList<>(missing);
    try (Frame frame = new Frame()) {
      long view = frame.room(16);
      for (int i = 0; i < missing; ++i) {
        Calls.tutela_verdict_missing(address(), i, view);
        names.add(Frame.text(view));
      }
    }
    return names;
  }

  /**
   * Why, for people: the answer, the facts to ask, the rules and their articles.
   *
   * @param language {@code en}, {@code ro}, {@code uk} or {@code ru}
   */
  public String explain(String language) {
    try (Frame frame = new Frame()) {
      return frame.asked(
          language, (code, length, text, error) -> Calls.tutela_verdict_explain(address(), code, length, text, error));
    }
  }

  /** The whole verdict as JSON. */
  public String json() {
    try (Frame frame = new Frame()) {
      return frame.asked((text, error) -> Calls.tutela_verdict_json(address(), text, error));
    }
  }

  /** How it ended, without the answer: what is printed by mistake says nothing of a person. */
  @Override
  public String toString() {
    return "Verdict: " + outcome;
  }

  @Override
  void free(long address) {
    Calls.tutela_verdict_free(address);
  }
}
