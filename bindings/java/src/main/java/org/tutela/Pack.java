// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;
import java.util.List;

/** The rules of one legal order, or of one DMN file: immutable, shared by any number of threads. */
public final class Pack extends Handle {
  private Pack(long address) {
    super(address);
  }

  /**
   * Loads a pack and checks all of it.
   *
   * @param name a shipped id such as {@code md/child-protection}, a pack folder or a {@code .dmn} file
   * @throws TutelaException with everything that is wrong
   */
  public static Pack load(String name) {
    return new Pack(loaded(Calls::tutela_pack_load, 0, name));
  }

  /**
   * Reads a pack from the text of a DMN file.
   *
   * @throws TutelaException with everything that is wrong
   */
  public static Pack parse(String dmn) {
    return new Pack(loaded(Calls::tutela_pack_load, 1, dmn));
  }

  /** What the pack says about itself, as JSON: id, version, digest, decisions and facts. */
  public String describe() {
    try (Frame frame = new Frame()) {
      return frame.asked((text, error) -> Calls.tutela_pack_describe(address(), text, error));
    }
  }

  /**
   * What a careful reader would object to although the pack loads: gaps, overlaps, rules that never apply, law without
   * source. Errors come first.
   */
  public List<Diagnostic> check() {
    try (Frame frame = new Frame()) {
      long places = frame.room(16);
      TutelaException.check(QuestionCalls.check(address(), 0, places, places + 8), places + 8);
      long findings = Calls.getLong(places);
      try {
        return TutelaException.findings(findings);
      } finally {
        Calls.tutela_error_free(findings);
      }
    }
  }

  /**
   * What is different in a newer version, for each decision and for each fact that changed.
   *
   * @param on the day asked about; null asks about one day of every state of the law
   */
  public List<PackChange> compare(Pack newer, LocalDate on) {
    try (Frame frame = new Frame()) {
      long day = frame.room(12);
      Frame.putDate(day, on);
      String lines =
          frame.asked((text, error) -> QuestionCalls.compare(address(), newer.address(), on == null ? 0 : day, text, error));
      return lines.lines().map(PackChange::read).toList();
    }
  }

  /**
   * Looks up a fact; the slot is for every session of this pack.
   *
   * @param fact dotted name: {@code person.birth_date}
   * @throws TutelaException when the pack reads no such fact
   */
  public Slot slot(String fact) {
    try (Frame frame = new Frame()) {
      byte[] bytes = Frame.utf8(fact);
      long places = frame.room(16);
      int status = Calls.tutela_pack_slot(address(), frame.copy(bytes), bytes.length, places, places + 8);
      TutelaException.check(status, places + 8);
      return new Slot(Calls.getLong(places), fact);
    }
  }

  /**
   * Looks up a decision, so that asking it often costs no search. It may outlive the pack.
   *
   * @param name of the decision; one that the pack lacks is the outcome {@link Outcome#RULE_NOT_AVAILABLE}
   */
  public Decision decision(String name, DecideOptions options) {
    try (Frame frame = new Frame()) {
      byte[] bytes = Frame.utf8(name);
      long places = frame.room(16);
      long how = options.write(frame);
      int status =
          Calls.tutela_decision_new(address(), frame.copy(bytes), bytes.length, how, places, places + 8);
      TutelaException.check(status, places + 8);
      return new Decision(Calls.getLong(places));
    }
  }

  /** The same for a day; null only for an undated pack. */
  public Decision decision(String name, LocalDate on) {
    return decision(name, new DecideOptions(on));
  }

  /** A session in which every fact is unknown, for one thread. It may outlive the pack. */
  public Session session() {
    try (Frame frame = new Frame()) {
      long places = frame.room(16);
      TutelaException.check(Calls.tutela_session_new(address(), places, places + 8), places + 8);
      return new Session(Calls.getLong(places));
    }
  }

  /**
   * Compiles decisions for plain arrays, for one thread. It may outlive the pack.
   *
   * @param types a column for each fact that will be given; only their facts and types count. Facts without a column are
   *     unknown in every row
   * @throws TutelaException with every column that does not fit its fact
   */
  public Batch batch(BatchOptions options, Column... types) {
    return Batch.compiled(this, options, types);
  }

  /** The same for tables of Arrow; the address is that of an {@code ArrowSchema}, which is read and not released. */
  public ArrowBatch arrowBatch(BatchOptions options, long schema) {
    return ArrowBatch.compiled(this, options, schema);
  }

  /**
   * Answers every row of a stream of tables of Arrow.
   *
   * @param table address of an {@code ArrowArrayStream}; it is read to its end and released
   * @param answers address of an {@code ArrowArrayStream} that is overwritten; whoever reads it calls its release
   * @throws TutelaException with everything that is wrong with the type of the table
   */
  public void decideStream(BatchOptions options, long table, long answers) {
    try (Frame frame = new Frame()) {
      long error = frame.room(8);
      long how = options.write(frame);
      TutelaException.check(TableCalls.tutela_pack_decide_stream(address(), table, how, answers, error), error);
    }
  }

  @Override
  void free(long address) {
    Calls.tutela_pack_free(address);
  }
}
