// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One column of answers, in memory of Java. A row may be read where {@link #isKnown} says that there is a value; a column is
 * read as what it is, anything else throws {@link IllegalStateException}.
 */
public final class AnswerColumn {
  /** What the values are. */
  public enum Type {
    /** True or false: {@link AnswerColumn#bits}, {@link AnswerColumn#bit}. */
    BOOLEAN,
    /** Days since 1970-01-01: {@link AnswerColumn#numbers}, {@link AnswerColumn#date}. */
    DATE,
    /** Exact numbers: {@link AnswerColumn#decimal}. */
    NUMBER,
    /** Words: {@link AnswerColumn#numbers} count {@link AnswerColumn#words} from 0; {@link AnswerColumn#text}. */
    TEXT,
    /** Whole numbers of 32 bits: {@link AnswerColumn#numbers}. */
    WHOLE,
    /** What a scale computes: {@link AnswerColumn#doubles}. */
    DOUBLE,
    /** Several texts for each row: {@link AnswerColumn#texts}. */
    TEXTS
  }

  private final Answers.Field field;
  private final int rows;
  private final byte[] known; // null: all are
  private final ByteBuffer values;
  private final List<String> words;
  private final ByteBuffer starts; // of several texts: where those of a row begin

  /** Copies an {@code ArrowArray} that the library made: its arrays begin with their first value. */
  AnswerColumn(Answers.Field field, int rows, long array) {
    this.field = field;
    this.rows = rows;
    long buffers = Calls.getLong(array + 40);
    long bits = Calls.getLong(buffers);
    known = bits == 0 ? null : Calls.getBytes(bits, Layout.BITS.bytes(rows));
    boolean several = field.type() == Type.TEXTS;
    starts = several ? copied(Calls.getLong(buffers + 8), 8L * (rows + 1L)) : null;
    long items = several ? Calls.getLong(Calls.getLong(array + 48)) : array;
    long count = Calls.getLong(items);
    long address = Calls.getLong(Calls.getLong(items + 40) + 8);
    values = copied(address, field.width() == 0 ? Layout.BITS.bytes(count) : field.width() * count);
    long dictionary = Calls.getLong(items + 56);
    words = dictionary == 0 ? List.of() : wordsOf(dictionary);
  }

  private static ByteBuffer copied(long address, long bytes) {
    return ByteBuffer.wrap(Calls.getBytes(address, bytes)).order(ByteOrder.nativeOrder());
  }

  private static List<String> wordsOf(long array) {
    int count = Math.toIntExact(Calls.getLong(array));
    long buffers = Calls.getLong(array + 40);
    ByteBuffer ends = copied(Calls.getLong(buffers + 8), 4L * (count + 1L));
    byte[] bytes = Calls.getBytes(Calls.getLong(buffers + 16), ends.getInt(4 * count));
    List<String> words = new ArrayList<>(count);
    for (int i = 0; i < count; ++i) {
      int start = ends.getInt(4 * i);
      words.add(new String(bytes, start, ends.getInt(4 * i + 4) - start, StandardCharsets.UTF_8));
    }
    return List.copyOf(words);
  }

  private int place(int row, Type... wanted) {
    for (Type one : wanted) if (one == field.type()) return Objects.checkIndex(row, rows);
    throw new IllegalStateException("the column " + field.name() + " is " + field.type());
  }

  /** Name of the decision, with what it is about the answer: {@code day_service.outcome}. */
  public String name() {
    return field.name();
  }

  /** What the values are. */
  public Type type() {
    return field.type();
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Whether a row has a value. */
  public boolean isKnown(int row) {
    Objects.checkIndex(row, rows);
    return known == null || (known[row / 8] >> row % 8 & 1) == 1;
  }

  /** Which rows have a value, eight rows to a byte, the lowest bit first; null where all have. A copy. */
  public byte[] known() {
    return known == null ? null : known.clone();
  }

  /** The Booleans, eight rows to a byte, the lowest bit first. A copy. */
  public byte[] bits() {
    if (field.type() != Type.BOOLEAN) place(0, Type.BOOLEAN);
    return values.array().clone();
  }

  /** The Boolean of a row. */
  public boolean bit(int row) {
    place(row, Type.BOOLEAN);
    return (values.get(row / 8) >> row % 8 & 1) == 1;
  }

  /** Days since 1970-01-01, places of words, or whole numbers, one for each row. A copy. */
  public int[] numbers() {
    return IntStream.range(0, rows).map(this::number).toArray();
  }

  /** The day, the place of the word, or the whole number of a row. */
  public int number(int row) {
    place(row, Type.DATE, Type.TEXT, Type.WHOLE);
    return field.width() == 1 ? Byte.toUnsignedInt(values.get(row)) : values.getInt(4 * row);
  }

  /** The words that numbers count. */
  public List<String> words() {
    return words;
  }

  /** The word of a row. */
  public String text(int row) {
    place(row, Type.TEXT);
    return words.get(number(row));
  }

  /** The day of a row. */
  public LocalDate date(int row) {
    place(row, Type.DATE);
    return LocalDate.ofEpochDay(number(row));
  }

  /** The exact number of a row. */
  public BigDecimal decimal(int row) {
    place(row, Type.NUMBER);
    byte[] digits = new byte[16];
    for (int i = 0; i < 16; ++i)
      digits[i] = values.get(16 * row + (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? i : 15 - i));
    return new BigDecimal(new BigInteger(digits), field.scale());
  }

  /** What a scale computes, one for each row. A copy. */
  public double[] doubles() {
    if (field.type() != Type.DOUBLE) place(0, Type.DOUBLE);
    double[] copy = new double[rows];
    values.asDoubleBuffer().get(0, copy);
    return copy;
  }

  /** The texts of a row. */
  public List<String> texts(int row) {
    place(row, Type.TEXTS);
    int start = (int) starts.getLong(8 * row);
    int end = (int) starts.getLong(8 * row + 8);
    return IntStream.range(start, end).mapToObj(i -> words.get(values.getInt(4 * i))).toList();
  }
}
