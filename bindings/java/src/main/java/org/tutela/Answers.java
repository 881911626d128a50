// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers for all rows of a table: for each decision {@code d} the column {@code d}, which is not known unless the answer
 * is, and those that were asked for: {@code d.outcome}, {@code d.rule}, {@code d.missing}. Nothing has to be closed.
 */
public final class Answers {
  static final int SCHEMA_BYTES = 72; // of Arrow's structs
  static final int ARRAY_BYTES = 80;

  /** Name and type of a column; the width is that of a value in bytes, 0 for bits. */
  record Field(String name, AnswerColumn.Type type, int scale, int width) {}

  private final int rows;
  private final Map<String, AnswerColumn> columns;

  private Answers(int rows, Map<String, AnswerColumn> columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Reads the fields of an {@code ArrowSchema} and releases it. */
  static List<Field> fields(long schema) {
    try {
      List<Field> fields = new ArrayList<>();
      long children = Calls.getLong(schema + 40);
      for (long i = 0; i < Calls.getLong(schema + 32); ++i) fields.add(field(Calls.getLong(children + 8 * i)));
      return fields;
    } finally {
      TableCalls.release(Calls.getLong(schema + 56), schema);
    }
  }

  private static Field field(long schema) {
    String name = TableCalls.text(Calls.getLong(schema + 8));
    String format = TableCalls.text(Calls.getLong(schema));
    boolean words = Calls.getLong(schema + 48) != 0;
    return switch (format.startsWith("d:") ? "d" : format) {
      case "b" -> new Field(name, AnswerColumn.Type.BOOLEAN, 0, 0);
      case "tdD" -> new Field(name, AnswerColumn.Type.DATE, 0, 4);
      case "d" -> new Field(name, AnswerColumn.Type.NUMBER, Integer.parseInt(format.split("[:,]")[2]), 16);
      case "g" -> new Field(name, AnswerColumn.Type.DOUBLE, 0, 8);
      case "+L" -> new Field(name, AnswerColumn.Type.TEXTS, 0, 4);
      case "C" -> new Field(name, AnswerColumn.Type.TEXT, 0, 1);
      case "i" -> new Field(name, words ? AnswerColumn.Type.TEXT : AnswerColumn.Type.WHOLE, 0, 4);
      default -> throw new IllegalStateException("a column of answers has the type " + format);
    };
  }

  /** Copies the answers out of an {@code ArrowArray} and releases it. */
  static Answers taken(List<Field> fields, long array) {
    try {
      int rows = Math.toIntExact(Calls.getLong(array));
      long children = Calls.getLong(array + 48);
      Map<String, AnswerColumn> columns = new LinkedHashMap<>();
      for (int i = 0; i < fields.size(); ++i)
        columns.put(fields.get(i).name(), new AnswerColumn(fields.get(i), rows, Calls.getLong(children + 8L * i)));
      return new Answers(rows, columns);
    } finally {
      TableCalls.release(Calls.getLong(array + 64), array);
    }
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** The columns, in the order of the decisions that were asked. */
  public List<AnswerColumn> columns() {
    return List.copyOf(columns.values());
  }

  /**
   * The column of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public AnswerColumn column(String name) {
    AnswerColumn column = columns.get(name);
    if (column == null) throw new IllegalArgumentException("there is no column " + name + " among " + columns.keySet());
    return column;
  }

  /** How a decision ended for a row; it must have been asked with outcomes. */
  public Outcome outcome(String decision, int row) {
    return Outcome.of(column(decision + ".outcome").number(row));
  }

  /** True where the answer is known and is true. What is unknown is neither this nor {@link #isFalse}. */
  public boolean isTrue(String decision, int row) {
    AnswerColumn answers = column(decision);
    return answers.isKnown(row) && answers.bit(row);
  }

  /** True where the answer is known and is false. */
  public boolean isFalse(String decision, int row) {
    AnswerColumn answers = column(decision);
    return answers.isKnown(row) && !answers.bit(row);
  }

  /** The facts to ask for a row; it must have been asked with missing facts. */
  public List<String> missing(String decision, int row) {
    return column(decision + ".missing").texts(row);
  }
}
