// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The facts of one person at a time. A fact that was never set is unknown. One thread at a time may use a session;
 * make one for each thread, it is cheap.
 */
public final class Session extends Handle {
  private final Frame frame = new Frame();
  private final long error = frame.room(16);
  private final long verdict = error + 8;
  private final Answer answer = new Answer(this, frame);

  Session(long address) {
    super(address);
  }

  private void check(int status) {
    if (status != 0) TutelaException.check(status, error);
  }

  /**
   * Sets a Boolean.
   *
   * @throws TutelaException like all setters, when the pack declares the fact otherwise
   */
  public void set(Slot slot, boolean value) {
    check(Calls.tutela_session_set_boolean(address(), slot.number, value ? 1 : 0, error));
  }

  /** Sets a whole number. */
  public void set(Slot slot, long value) {
    check(Calls.tutela_session_set_integer(address(), slot.number, value, error));
  }

  /** Sets a number, exactly; a {@code double} has no place here. */
  public void set(Slot slot, BigDecimal value) {
    setNumber(slot, value.toString());
  }

  /** Sets a number from decimal text such as {@code 1250.50}, exactly. */
  public void setNumber(Slot slot, String text) {
    try (Frame texts = new Frame()) {
      byte[] bytes = Frame.utf8(text);
      check(Calls.tutela_session_set_number(address(), slot.number, texts.copy(bytes), bytes.length, error));
    }
  }

  /** Sets a day of the calendar. */
  public void set(Slot slot, LocalDate value) {
    setDate(slot, value.getYear(), value.getMonthValue(), value.getDayOfMonth());
  }

  /** Sets a day of the calendar by its numbers; what is no day is refused. */
  public void setDate(Slot slot, int year, int month, int day) {
    check(Calls.tutela_session_set_date(address(), slot.number, year, month, day, error));
  }

  /** Sets a text. */
  public void set(Slot slot, String value) {
    try (Frame texts = new Frame()) {
      byte[] bytes = Frame.utf8(value);
      check(Calls.tutela_session_set_string(address(), slot.number, texts.copy(bytes), bytes.length, error));
    }
  }

  /** Makes a fact none, unknown or uncertain. */
  public void set(Slot slot, State state) {
    check(Calls.tutela_session_set_state(address(), slot.number, state.ordinal() + 1, error));
  }

  /**
   * Replaces all facts by those of one case, JSON in the format {@code tutela-case/1}.
   *
   * @throws TutelaException with everything that is wrong; the session is as it was
   */
  public void setCase(String json) {
    try (Frame texts = new Frame()) {
      byte[] bytes = Frame.utf8(json);
      check(Calls.tutela_session_set_case(address(), texts.copy(bytes), bytes.length, error));
    }
  }

  /** Makes every fact unknown again, for the next person. */
  public void clear() {
    check(Calls.tutela_session_clear(address(), error));
  }

  /**
   * Answers one decision from the facts that are set, and says why.
   *
   * @param decision name of the decision; one that the pack lacks is the outcome {@link Outcome#RULE_NOT_AVAILABLE}
   * @param on the day asked about; null only for an undated pack
   */
  public Verdict decide(String decision, LocalDate on) {
    return decide(decision, new DecideOptions(on));
  }

  /** The same with all that can be asked for. */
  public Verdict decide(String decision, DecideOptions options) {
    try (Frame texts = new Frame()) {
      byte[] bytes = Frame.utf8(decision);
      long how = options.write(texts);
      check(Calls.tutela_session_decide(address(), texts.copy(bytes), bytes.length, how, verdict, error));
      return new Verdict(Calls.getLong(verdict));
    }
  }

  /**
   * The answer alone, at full speed: nothing is allocated, nothing has to be closed.
   *
   * @param decision of the pack of this session
   * @return the answer of this session, the same object each time; read it before the session is asked again
   */
  public Answer answer(Decision decision) {
    check(Calls.tutela_session_answer(address(), decision.address(), answer.place, error));
    return answer;
  }

  /**
   * Places for the same facts of many people, one after another: they are filled without a call, and one call sets them all
   * and answers.
   *
   * @param facts of the pack of this session; their order numbers the places from 0
   * @return the places, all unknown; they live as long as the session
   */
  public Row row(Slot... facts) {
    address();
    return new Row(this, frame, facts);
  }

  /** The answer from the facts of a row, which then are set. */
  Answer answer(Decision decision, long row, int count) {
    check(Calls.tutela_session_answer_row(address(), row, count, decision.address(), answer.place, error));
    return answer;
  }

  /** The whole verdict on a decision that was looked up. */
  public Verdict verdict(Decision decision) {
    check(Calls.tutela_session_verdict(address(), decision.address(), verdict, error));
    return new Verdict(Calls.getLong(verdict));
  }

  /** Which missing fact to ask next, of whom, and when to stop. The facts stay. */
  public Questions ask(AskOptions options) {
    try (Frame texts = new Frame()) {
      long how = options.write(texts);
      return Questions.read(texts.asked((text, failed) -> QuestionCalls.ask(address(), how, text, failed)));
    }
  }

  /**
   * How the answer to a decision runs over time. The facts stay.
   *
   * @param decision name of the decision
   * @param from the first day
   * @param until the first day after; at most 200 years later
   * @param options how to ask; the day in it is not used
   */
  public Timeline timeline(String decision, LocalDate from, LocalDate until, DecideOptions options) {
    try (Frame texts = new Frame()) {
      long days = texts.room(24);
      long how = options.write(texts);
      Frame.putDate(days, from);
      Frame.putDate(days + 12, until);
      return Timeline.read(texts.asked(
          decision, (name, length, text, failed) -> QuestionCalls.timeline(address(), name, length, days, how, text, failed)));
    }
  }

  /** The same, asked in the usual way. */
  public Timeline timeline(String decision, LocalDate from, LocalDate until) {
    return timeline(decision, from, until, new DecideOptions(null));
  }

  /**
   * What a service could do so that an answer changes; only facts that the pack marks as changeable are proposed. The facts
   * stay.
   */
  public Counterfactuals counterfactual(String decision, DecideOptions options) {
    try (Frame texts = new Frame()) {
      long how = options.write(texts);
      return Counterfactuals.read(texts.asked(
          decision, (name, length, text, failed) -> QuestionCalls.counterfactual(address(), name, length, how, text, failed)));
    }
  }

  /** The same for a day; null only for an undated pack. */
  public Counterfactuals counterfactual(String decision, LocalDate on) {
    return counterfactual(decision, new DecideOptions(on));
  }

  /**
   * Why an answer is what it is, in words, from the decision down to facts and articles, and what is in the way of a yes. The
   * officer's page holds the values of facts. The facts stay.
   */
  public String explain(String decision, ExplainOptions options) {
    try (Frame texts = new Frame()) {
      long how = options.write(texts);
      return texts.asked(
          decision, (name, length, text, failed) -> QuestionCalls.explain(address(), name, length, how, text, failed));
    }
  }

  @Override
  void free(long address) {
    Calls.tutela_session_free(address);
    frame.close();
  }
}
