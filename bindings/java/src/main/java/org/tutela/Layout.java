// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** How the values of a column lie in memory. The order is that of {@code tutela_layout}. */
public enum Layout {
  /** Booleans, one bit each, the lowest bit of a byte first. */
  BITS(0),
  /** Whole numbers of 8 bits. */
  INT8(1),
  /** Whole numbers of 16 bits. */
  INT16(2),
  /** Whole numbers of 32 bits. */
  INT32(4),
  /** Whole numbers of 64 bits. */
  INT64(8),
  /** Whole numbers of 64 bits, some digits of which stand after the point. */
  DECIMAL64(8),
  /** Days since 1970-01-01, 32 bits. */
  DAYS32(4),
  /** Texts, one after the other. */
  TEXT(4),
  /** Texts as numbers of 32 bits that count the entries of a list of words from 0. */
  CODES32(4);

  private final int bytes;

  Layout(int bytes) {
    this.bytes = bytes;
  }

  int number() {
    return ordinal() + 1;
  }

  /** Bytes of that many values. */
  long bytes(long rows) {
    return this == BITS ? (rows + 7) / 8 : bytes * rows;
  }
}
