// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Native memory for one call, or for as long as a session lives: arguments, places for results, texts. */
final class Frame implements AutoCloseable {
  private long[] blocks = new long[8];
  private int count;

  /** Memory of that many bytes, all zero, aligned for every type. */
  long room(int bytes) {
    return copy(new byte[bytes]);
  }

  /** Memory of that many bytes that is about to be written. */
  long reserve(long bytes) {
    if (count == blocks.length) blocks = Arrays.copyOf(blocks, 2 * count);
    long address = Calls.allocate(Math.max(bytes, 1));
    blocks[count++] = address;
    return address;
  }

  /** A text in UTF-8; its length in bytes is that of the array. */
  long copy(byte[] text) {
    long address = reserve(text.length);
    if (text.length > 0) Calls.putBytes(address, text);
    return address;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a {@code tutela_view} of a text. */
  void putView(long place, String text) {
    byte[] bytes = utf8(text);
    Calls.putLong(place, copy(bytes));
    Calls.putLong(place + 8, bytes.length);
  }

  /** An array of {@code tutela_view}. */
  long views(List<String> texts) {
    long array = room(16 * texts.size());
    for (int i = 0; i < texts.size(); ++i) putView(array + 16L * i, texts.get(i));
    return array;
  }

  /** An array of the addresses of handles. */
  long addresses(List<? extends Handle> handles) {
    long array = room(8 * handles.size());
    for (int i = 0; i < handles.size(); ++i) Calls.putLong(array + 8L * i, handles.get(i).address());
    return array;
  }

  /** A function that takes a text, as its bytes and their number, and writes a {@code tutela_text} or an error. */
  interface Telling {
    int tell(long bytes, long length, long text, long error);
  }

  /** The text that a function gives for one that it is told. */
  String asked(String told, Telling telling) {
    byte[] bytes = utf8(told);
    long place = copy(bytes);
    return asked((text, error) -> telling.tell(place, bytes.length, text, error));
  }

  /** A function that writes a {@code tutela_text} and, when it fails, an error. */
  interface Asking {
    int ask(long text, long error);
  }

  /** The text that a function gives. */
  String asked(Asking asking) {
    long places = room(24);
    TutelaException.check(asking.ask(places, places + 16), places + 16);
    return taken(places);
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
