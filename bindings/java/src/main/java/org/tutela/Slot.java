// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** A fact of one pack, looked up once by {@link Pack#slot}. A slot of another pack is recognised and refused. */
public final class Slot {
  final long number;
  private final String fact;

  Slot(long number, String fact) {
    this.number = number;
    this.fact = fact;
  }

  /** The name of the fact. */
  @Override
  public String toString() {
    return fact;
  }
}
