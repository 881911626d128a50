// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** What is known about a fact that has no value. The order is that of {@code tutela_state}. */
public enum State {
  /** Asked: there is none, or it does not apply. */
  NONE,
  /** Not asked yet. A fact that was never set is unknown, never false, zero or none. */
  UNKNOWN,
  /** Asked, and cannot be known. */
  UNCERTAIN
}
