// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** Native memory for one call, or for as long as a session lives: arguments, places for results, texts. */
final class Frame implements AutoCloseable {
  private long[] blocks = new long[8];
  private int count;

  /** Memory of that many bytes, all zero, aligned for every type. */
  long room(int bytes) {
    return copy(new byte[bytes]);
  }

  /** A text in UTF-8; its length in bytes is that of the array. */
  long copy(byte[] text) {
    if (count == blocks.length) blocks = Arrays.copyOf(blocks, 2 * count);
    long address = Calls.allocate(Math.max(text.length, 1));
    blocks[count++] = address;
    if (text.length > 0) Calls.putBytes(address, text);
    return address;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text of a {@code tutela_view} or {@code tutela_text}. */
  static String text(long view) {
    return new String(Calls.getBytes(Calls.getLong(view), Calls.getLong(view + 8)), StandardCharsets.UTF_8);
  }

  /** The text of a {@code tutela_text}, which is given back. */
  static String taken(long text) {
    try {
      return text(text);
    } finally {
      Calls.tutela_text_free(text);
    }
  }

  /** Writes a {@code tutela_date}; null is the day that is left out. */
  static void putDate(long place, LocalDate date) {
    Calls.putInt(place, date == null ? 0 : date.getYear());
    Calls.putInt(place + 4, date == null ? 0 : date.getMonthValue());
    Calls.putInt(place + 8, date == null ? 0 : date.getDayOfMonth());
  }

  @Override
  public void close() {
    while (count > 0) Calls.release(blocks[--count]);
  }
}
