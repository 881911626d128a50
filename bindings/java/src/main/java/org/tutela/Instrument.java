// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** A risk or needs scale: immutable, shared by any number of threads. */
public final class Instrument extends Handle {
  private Instrument(long address) {
    super(address);
  }

  /**
   * Loads it and checks all of it.
   *
   * @param name a shipped id such as {@code uk/ogrs3}, or a path
   * @throws TutelaException with everything that is wrong
   */
  public static Instrument load(String name) {
    return new Instrument(loaded(Calls::tutela_instrument_load, 0, name));
  }

  /**
   * Reads it from JSON in the format {@code tutela-instrument/1}.
   *
   * @throws TutelaException with everything that is wrong
   */
  public static Instrument parse(String json) {
    return new Instrument(loaded(Calls::tutela_instrument_load, 1, json));
  }

  /**
   * Scores one person. Bounds and possible bands stand in for facts that are missing.
   *
   * @param facts one JSON object, as the map {@code facts} of {@code tutela-case/1}
   * @throws TutelaException with everything that is wrong with the text; facts that contradict each other are the state
   *     {@code error} of a score
   */
  public Score score(String facts, ScoreOptions options) {
    try (Frame frame = new Frame()) {
      long how = options.write(frame);
      return Score.read(frame.asked(
          facts, (bytes, length, text, failed) -> QuestionCalls.score(address(), bytes, length, how, text, failed)));
    }
  }

  @Override
  void free(long address) {
    Calls.tutela_instrument_free(address);
  }
}
