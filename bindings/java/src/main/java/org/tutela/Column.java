// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The values of one fact for all rows of a table. Arrays are read when the table is decided, and copied once for that; a
 * direct buffer is read where it lies. What lies under a row that is not known is never looked at.
 */
public final class Column {
  private final String fact;
  private final Layout layout;
  private final Object values; // an array, or a direct ByteBuffer
  private final int scale;
  private final List<String> words;
  private byte[] known;
  private State nulls = State.UNKNOWN;

  private Column(String fact, Layout layout, Object values, int scale, List<String> words) {
    this.fact = Objects.requireNonNull(fact, "the name of a fact");
    this.layout = layout;
    this.values = Objects.requireNonNull(values, "the values of a column");
    this.scale = scale;
    this.words = words;
  }

  private static Column plain(String fact, Layout layout, Object values) {
    return new Column(fact, layout, values, 0, List.of());
  }

  /** Booleans; they are packed into bits first, which {@link #bits} saves. */
  public static Column booleans(String fact, boolean... values) {
    return plain(fact, Layout.BITS, packed(values));
  }

  /** Booleans, eight rows to a byte, the lowest bit first. */
  public static Column bits(String fact, byte... bits) {
    return plain(fact, Layout.BITS, bits);
  }

  /** Whole numbers. */
  public static Column integers(String fact, byte... values) {
    return plain(fact, Layout.INT8, values);
  }

  /** Whole numbers. */
  public static Column integers(String fact, short... values) {
    return plain(fact, Layout.INT16, values);
  }

  /** Whole numbers. */
  public static Column integers(String fact, int... values) {
    return plain(fact, Layout.INT32, values);
  }

  /** Whole numbers. */
  public static Column integers(String fact, long... values) {
    return plain(fact, Layout.INT64, values);
  }

  /** Numbers, exactly: {@code 125050} with the scale 2 is 1250.50. The scale is 0 to 18. */
  public static Column decimals(String fact, int scale, long... units) {
    return new Column(fact, Layout.DECIMAL64, units, scale, List.of());
  }

  /** Days, as {@link LocalDate#toEpochDay} numbers them. */
  public static Column days(String fact, int... days) {
    return plain(fact, Layout.DAYS32, days);
  }

  /** Days; null is not known. */
  public static Column dates(String fact, LocalDate... dates) {
    int[] days = new int[dates.length];
    boolean[] known = new boolean[dates.length];
    for (int row = 0; row < dates.length; ++row) {
      known[row] = dates[row] != null;
      if (known[row]) days[row] = Math.toIntExact(dates[row].toEpochDay());
    }
    return days(fact, days).known(known);
  }

  /** Texts, or words of an enumeration; null is not known. */
  public static Column texts(String fact, String... texts) {
    Map<String, Integer> places = new LinkedHashMap<>();
    int[] codes = new int[texts.length];
    boolean[] known = new boolean[texts.length];
    for (int row = 0; row < texts.length; ++row) {
      known[row] = texts[row] != null;
      if (!known[row]) continue;
      Integer place = places.putIfAbsent(texts[row], places.size());
      codes[row] = place == null ? places.size() - 1 : place;
    }
    return codes(fact, List.copyOf(places.keySet()), codes).known(known);
  }

  /** Texts as numbers that count the words from 0. */
  public static Column codes(String fact, List<String> words, int... codes) {
    return new Column(fact, Layout.CODES32, codes, 0, List.copyOf(words));
  }

  /**
   * Values that lie outside of Java's heap already, read in place.
   *
   * @param layout of the values; not {@link Layout#TEXT} and {@link Layout#CODES32}, and {@link Layout#DECIMAL64} without
   *     digits after the point
   * @param values a direct buffer in native order, from its position to its limit; it must not be written to meanwhile
   */
  public static Column direct(String fact, Layout layout, ByteBuffer values) {
    if (layout == Layout.TEXT || layout == Layout.CODES32) throw new IllegalArgumentException("texts are not one buffer");
    boolean nativeOrder = values.order() == ByteOrder.nativeOrder();
    if (!values.isDirect() || !nativeOrder) throw new IllegalArgumentException("the buffer is not direct and in native order");
    return plain(fact, layout, values.slice());
  }

  /** The same; the rows whose bit is 0 are not known. Eight rows to a byte, the lowest bit first. */
  public Column known(byte... bits) {
    Column copy = copy();
    copy.known = Objects.requireNonNull(bits);
    return copy;
  }

  /** The same; the rows that are false are not known. */
  public Column known(boolean... rows) {
    return known(packed(rows));
  }

  /** The same; a row that is not known is none, unknown (so unless said otherwise) or uncertain. */
  public Column nulls(State state) {
    Column copy = copy();
    copy.nulls = Objects.requireNonNull(state);
    return copy;
  }

  private Column copy() {
    Column copy = new Column(fact, layout, values, scale, words);
    copy.known = known;
    copy.nulls = nulls;
    return copy;
  }

  private static byte[] packed(boolean[] values) {
    byte[] bits = new byte[(values.length + 7) / 8];
    for (int row = 0; row < values.length; ++row) if (values[row]) bits[row / 8] |= (byte) (1 << row % 8);
    return bits;
  }

  /** Name of the fact. */
  public String fact() {
    return fact;
  }

  /** How the values lie. */
  public Layout layout() {
    return layout;
  }

  /** Whether a batch that was made for the other column can take this one. */
  boolean fits(Column other) {
    return layout == other.layout && scale == other.scale && nulls == other.nulls;
  }

  /** What does not go together with that many rows. */
  List<String> wrongLengths(int rows) {
    List<String> wrong = new ArrayList<>();
    if (values instanceof ByteBuffer buffer && buffer.remaining() != layout.bytes(rows))
      wrong.add("the buffer has " + buffer.remaining() + " bytes instead of " + layout.bytes(rows));
    long elements = layout == Layout.BITS ? layout.bytes(rows) : rows;
    if (!(values instanceof ByteBuffer) && Array.getLength(values) != elements)
      wrong.add("the array has " + Array.getLength(values) + " elements instead of " + elements);
    if (known != null && known.length != Layout.BITS.bytes(rows))
      wrong.add("its bits of known rows have " + known.length + " bytes instead of " + Layout.BITS.bytes(rows));
    return wrong;
  }

  static final int BYTES = 64;

  /** Writes the part of a {@code tutela_column} that a batch is made for. */
  void writeType(long place, long slot) {
    Calls.putInt(place, BYTES);
    Calls.putInt(place + 4, layout.number());
    Calls.putLong(place + 8, slot);
    Calls.putInt(place + 16, scale);
    Calls.putInt(place + 20, nulls == State.UNKNOWN ? 0 : nulls == State.NONE ? 1 : 2);
  }

  /** Writes a {@code tutela_column}; it lives as long as the frame and, if a buffer has the values, as the column. */
  void write(Frame frame, long place, long slot) {
    writeType(place, slot);
    if (known != null) Calls.putLong(place + 24, frame.copy(known));
    Calls.putLong(place + 32, values instanceof ByteBuffer buffer ? TableCalls.address(buffer) : copied(frame));
    Calls.putLong(place + 48, frame.views(words));
    Calls.putLong(place + 56, words.size());
  }

  private long copied(Frame frame) {
    int count = Array.getLength(values);
    long place = frame.reserve(layout == Layout.BITS ? count : layout.bytes(count));
    if (count > 0) TableCalls.copy(values, place);
    return place;
  }
}
