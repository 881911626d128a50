// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;

/** The functions of {@code questions.h} on Java 17 to 21. From Java 22 on another class of this name takes its place. */
final class QuestionCalls {
  static {
    Native.register(QuestionCalls.class, Calls.LIBRARY);
  }

  private QuestionCalls() {}

  /** A {@code tutela_date}, which C takes by value. */
  @Structure.FieldOrder({"year", "month", "day"})
  public static final class Day extends Structure implements Structure.ByValue {
    /** Its numbers. */
    public int year, month, day;

    /** A day that is left out; JNA makes one to see how it is laid out. */
    public Day() {}

    Day(long address) {
      super(new Pointer(address));
      read();
    }
  }

  static int ask(long session, long options, long text, long error) {
    return tutela_session_ask(session, options, text, error);
  }

  /** The days are two {@code tutela_date}, one after the other. */
  static int timeline(long session, long decision, long length, long days, long options, long text, long error) {
    return tutela_session_timeline(session, decision, length, new Day(days), new Day(days + 12), options, text, error);
  }

  static int counterfactual(long session, long decision, long length, long options, long text, long error) {
    return tutela_session_counterfactual(session, decision, length, options, text, error);
  }

  static int explain(long session, long decision, long length, long options, long text, long error) {
    return tutela_session_explain(session, decision, length, options, text, error);
  }

  static int score(long instrument, long facts, long length, long options, long text, long error) {
    return tutela_instrument_score(instrument, facts, length, options, text, error);
  }

  static int route(long network, long options, long text, long error) {
    return tutela_network_route(network, options, text, error);
  }

  static int check(long pack, long limits, long findings, long error) {
    return tutela_pack_check(pack, limits, findings, error);
  }

  static int compare(long before, long after, long on, long text, long error) {
    return tutela_pack_compare(before, after, on, text, error);
  }

  private static native int tutela_pack_check(long pack, long limits, long findings, long error);

  private static native int tutela_pack_compare(long before, long after, long on, long text, long error);

  private static native int tutela_session_ask(long session, long options, long text, long error);

  private static native int tutela_session_timeline(
      long session, long decision, long length, Day start, Day end, long options, long text, long error);

  private static native int tutela_session_counterfactual(
      long session, long decision, long length, long options, long text, long error);

  private static native int tutela_session_explain(
      long session, long decision, long length, long options, long text, long error);

  private static native int tutela_instrument_score(
      long instrument, long facts, long length, long options, long text, long error);

  private static native int tutela_network_route(long network, long options, long text, long error);
}
