// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.Locale;

/** How a decision ended. All of these are findings, none of them a failure. */
public enum Outcome {
  /** One answer, whatever the missing facts are. */
  KNOWN,
  /** Asking the missing facts may settle it. */
  UNKNOWN,
  /** Only facts that cannot be known keep it open: a human has to decide. */
  UNDETERMINABLE,
  /** It would rest on a protected fact where the law forbids that. */
  REFUSED,
  /** No text of the rule was in force on that day. */
  NO_LAW_IN_FORCE,
  /** The pack has no such rule, or none that is verified well enough. */
  RULE_NOT_AVAILABLE,
  /** The rule cannot be computed from these facts. */
  ERROR;

  private static final Outcome[] ALL = values();

  static Outcome of(int number) {
    return ALL[number];
  }

  /** The word that Tutela uses in every language: {@code rule_not_available}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
