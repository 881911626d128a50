// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The decisions of a pack, compiled for plain arrays of some types; for one thread at a time. */
public final class Batch extends CompiledBatch {
  private static final int INVALID_REQUEST = 600;
  private static final int WRONG_TYPE = 200;
  private static final int DUPLICATE_KEY = 703;
  private static final int UNKNOWN_KEY = 704;
  private static final int MISSING_KEY = 705;

  /** A column that the batch was made for, with its place and slot. */
  private record Wanted(Column type, int place, long slot) {}

  private final Map<String, Wanted> wanted;
  private final List<Answers.Field> fields;

  private Batch(long address, Map<String, Wanted> wanted) {
    super(address);
    this.wanted = wanted;
    try (Frame frame = new Frame()) {
      long schema = frame.room(Answers.SCHEMA_BYTES);
      writeSchema(schema);
      fields = Answers.fields(schema);
    }
  }

  /** Compiles for columns of these types; everything that is wrong is told at once. */
  static Batch compiled(Pack pack, BatchOptions options, Column... types) {
    List<Diagnostic> wrong = new ArrayList<>();
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    for (Column type : types) {
      try {
        Wanted one = new Wanted(type, wanted.size(), pack.slot(type.fact()).number);
        if (wanted.putIfAbsent(type.fact(), one) != null)
          wrong.add(finding(DUPLICATE_KEY, type.fact(), "the fact has two columns", "leave one of them out"));
      } catch (TutelaException unknown) {
        wrong.addAll(unknown.diagnostics());
      }
    }
    try (Frame frame = new Frame()) {
      long columns = frame.room(Column.BYTES * wanted.size());
      for (Wanted one : wanted.values()) one.type().writeType(columns + (long) Column.BYTES * one.place(), one.slot());
      long places = frame.room(16);
      long how = options.write(frame);
      int status = wanted.isEmpty() && !wrong.isEmpty() ? 0
          : TableCalls.tutela_batch_new_columns(pack.address(), columns, wanted.size(), how, places, places + 8);
      long address = Calls.getLong(places);
      if (!wrong.isEmpty()) throw refused(wrong, status, places + 8, address);
      TutelaException.check(status, places + 8);
      return new Batch(address, wanted);
    }
  }

  /** What is wrong here together with what the library found. */
  private static TutelaException refused(List<Diagnostic> wrong, int status, long error, long made) {
    if (made != 0) TableCalls.tutela_batch_free(made);
    try {
      TutelaException.check(status, error);
    } catch (TutelaException further) {
      wrong.addAll(further.diagnostics());
    }
    return TutelaException.of(TutelaException.Status.INVALID_INPUT, wrong);
  }

  private static Diagnostic finding(int code, String fact, String what, String mend) {
    return new Diagnostic(code, 0, 0, 0, "", fact, what, mend);
  }

  /**
   * Answers every row.
   *
   * @param rows their number
   * @param columns one for each fact that the batch was made for, of the same types, in any order
   * @throws TutelaException with everything that is wrong with the columns, never with a value of a person
   */
  public Answers decide(int rows, Column... columns) {
    if (rows < 0) throw new IllegalArgumentException("the number of rows is negative");
    check(rows, columns);
    try (Frame frame = new Frame()) {
      long table = frame.room(Column.BYTES * columns.length);
      for (Column column : columns) {
        Wanted one = wanted.get(column.fact());
        column.write(frame, table + (long) Column.BYTES * one.place(), one.slot());
      }
      long answers = frame.room(Answers.ARRAY_BYTES);
      long error = frame.room(8);
      TutelaException.check(
          TableCalls.tutela_batch_decide_columns(address(), table, columns.length, rows, answers, error), error);
      java.lang.ref.Reference.reachabilityFence(columns); // their buffers are read in place
      return Answers.taken(fields, answers);
    }
  }

  private void check(int rows, Column[] columns) {
    List<Diagnostic> wrong = new ArrayList<>();
    Map<String, Column> given = new LinkedHashMap<>();
    for (Column column : columns) {
      Wanted one = wanted.get(column.fact());
      if (given.put(column.fact(), column) != null)
        wrong.add(finding(DUPLICATE_KEY, column.fact(), "the fact has two columns", "leave one of them out"));
      else if (one == null)
        wrong.add(finding(UNKNOWN_KEY, column.fact(), "the batch was made without a column for this fact", "make a batch with it"));
      else if (!column.fits(one.type()))
        wrong.add(finding(WRONG_TYPE, column.fact(), "the column is of another type than the batch was made for", "give " + one.type().layout()));
      for (String length : column.wrongLengths(rows))
        wrong.add(finding(INVALID_REQUEST, column.fact(), length, "give one value for each of the " + rows + " rows"));
    }
    for (String fact : wanted.keySet())
      if (!given.containsKey(fact)) wrong.add(finding(MISSING_KEY, fact, "the fact has no column", "make a batch without it"));
    if (!wrong.isEmpty()) throw TutelaException.of(TutelaException.Status.INVALID_INPUT, wrong);
  }
}
