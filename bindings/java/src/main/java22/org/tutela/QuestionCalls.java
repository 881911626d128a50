// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of {@code questions.h}, from Java 22 on. Each of them takes longer than a call that boxes its arguments. */
final class QuestionCalls {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final StructLayout DAY = MemoryLayout.structLayout(INT, INT, INT);
  private static final MethodHandle ASK = found("tutela_session_ask", LONG, LONG, LONG, LONG);
  private static final MethodHandle TIMELINE =
      found("tutela_session_timeline", LONG, LONG, LONG, DAY, DAY, LONG, LONG, LONG);
  private static final MethodHandle COUNTERFACTUAL =
      found("tutela_session_counterfactual", LONG, LONG, LONG, LONG, LONG, LONG);
  private static final MethodHandle EXPLAIN =
      found("tutela_session_explain", LONG, LONG, LONG, LONG, LONG, LONG);
  private static final MethodHandle SCORE = found("tutela_instrument_score", LONG, LONG, LONG, LONG, LONG, LONG);
  private static final MethodHandle ROUTE = found("tutela_network_route", LONG, LONG, LONG, LONG);
  private static final MethodHandle CHECK = found("tutela_pack_check", LONG, LONG, LONG, LONG);
  private static final MethodHandle COMPARE = found("tutela_pack_compare", LONG, LONG, LONG, LONG, LONG);

  private QuestionCalls() {}

  private static MethodHandle found(String name, MemoryLayout... parameters) {
    return Calls.find(Calls.LIBRARY, name, INT, parameters);
  }

  static int ask(long session, long options, long text, long error) {
    return Calls.invoked(ASK, session, options, text, error);
  }

  /** The days are two {@code tutela_date}, one after the other; C takes them by value. */
  static int timeline(long session, long decision, long length, long days, long options, long text, long error) {
    return Calls.invoked(
        TIMELINE,
        session,
        decision,
        length,
        Calls.MEMORY.asSlice(days, DAY.byteSize()),
        Calls.MEMORY.asSlice(days + DAY.byteSize(), DAY.byteSize()),
        options,
        text,
        error);
  }

  static int counterfactual(long session, long decision, long length, long options, long text, long error) {
    return Calls.invoked(COUNTERFACTUAL, session, decision, length, options, text, error);
  }

  static int explain(long session, long decision, long length, long options, long text, long error) {
    return Calls.invoked(EXPLAIN, session, decision, length, options, text, error);
  }

  static int score(long instrument, long facts, long length, long options, long text, long error) {
    return Calls.invoked(SCORE, instrument, facts, length, options, text, error);
  }

  static int route(long network, long options, long text, long error) {
    return Calls.invoked(ROUTE, network, options, text, error);
  }

  static int check(long pack, long limits, long findings, long error) {
    return Calls.invoked(CHECK, pack, limits, findings, error);
  }

  static int compare(long before, long after, long on, long text, long error) {
    return Calls.invoked(COMPARE, before, after, on, text, error);
  }
}
