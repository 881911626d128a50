// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;
import java.util.List;

/**
 * How to ask for many rows. {@link #BatchOptions(LocalDate, String...)} has the usual answers, each {@code with} asks for
 * more.
 *
 * @param decide the day, the text of the law and the legal order of all rows
 * @param decisions the decisions to answer; all where there are none
 * @param outcomes true adds the outcome of each row
 * @param missing true adds the facts to ask
 * @param rules true adds the number of the rule that settles a row
 * @param threads threads for a stream; 0 takes one for each processor
 * @param columns facts of tables of Arrow that are read in another way
 * @param instruments scales that are scored in the same run
 * @param research true scores for study only
 */
public record BatchOptions(
    DecideOptions decide,
    List<String> decisions,
    boolean outcomes,
    boolean missing,
    boolean rules,
    int threads,
    List<ColumnRule> columns,
    List<Instrument> instruments,
    boolean research) {
  private static final int BYTES = 128;

  /** Copies what is given. */
  public BatchOptions {
    decisions = List.copyOf(decisions);
    columns = List.copyOf(columns);
    instruments = List.copyOf(instruments);
    if (decide.knownOn() != null) throw new IllegalArgumentException("a table does not say when a value was recorded");
  }

  /** These decisions on a day, with their outcomes. */
  public BatchOptions(LocalDate on, String... decisions) {
    this(new DecideOptions(on), List.of(decisions), true, false, false, 1, List.of(), List.of(), false);
  }

  /** The same, with the facts to ask for each row. */
  public BatchOptions withMissing() {
    return new BatchOptions(decide, decisions, outcomes, true, rules, threads, columns, instruments, research);
  }

  /** The same, without outcomes: only answers, and which of them are known. */
  public BatchOptions withoutOutcomes() {
    return new BatchOptions(decide, decisions, false, missing, rules, threads, columns, instruments, research);
  }

  /** The same, with rules for the columns of a table of Arrow. */
  public BatchOptions withColumns(ColumnRule... rules) {
    return new BatchOptions(decide, decisions, outcomes, missing, this.rules, threads, List.of(rules), instruments, research);
  }

  /** The same, with scales that are scored in the same run. */
  public BatchOptions withInstruments(Instrument... scales) {
    return new BatchOptions(decide, decisions, outcomes, missing, rules, threads, columns, List.of(scales), research);
  }

  /** A {@code tutela_batch_options}; it lives as long as the frame. */
  long write(Frame frame) {
    long place = frame.room(BYTES);
    long read = frame.room(ColumnRule.BYTES * columns.size());
    for (int i = 0; i < columns.size(); ++i) columns.get(i).write(frame, read + (long) ColumnRule.BYTES * i);
    Calls.putInt(place, BYTES);
    Calls.putInt(place + 4, decide.includeUnverified() ? 1 : 0);
    Frame.putDate(place + 8, decide.on());
    Frame.putDate(place + 20, decide.lawOn());
    Calls.putInt(place + 32, outcomes ? 1 : 0);
    Calls.putInt(place + 36, missing ? 1 : 0);
    Calls.putInt(place + 40, rules ? 1 : 0);
    Calls.putInt(place + 44, threads);
    Calls.putLong(place + 48, frame.views(decisions));
    Calls.putLong(place + 56, decisions.size());
    Calls.putLong(place + 64, read);
    Calls.putLong(place + 72, columns.size());
    if (decide.jurisdiction() != null) frame.putView(place + 88, decide.jurisdiction());
    Calls.putLong(place + 104, frame.addresses(instruments));
    Calls.putLong(place + 112, instruments.size());
    Calls.putInt(place + 120, research ? 1 : 0);
    return place;
  }
}
