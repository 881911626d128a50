// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** A network of agencies: immutable, shared by any number of threads. */
public final class Network extends Handle {
  private Network(long address) {
    super(address);
  }

  /**
   * Loads it and checks all of it.
   *
   * @param name a path
   * @throws TutelaException with everything that is wrong
   */
  public static Network load(String name) {
    return new Network(loaded(Calls::tutela_network_load, 0, name));
  }

  /**
   * Reads it from JSON in the format {@code tutela-network/1}.
   *
   * @throws TutelaException with everything that is wrong
   */
  public static Network parse(String json) {
    return new Network(loaded(Calls::tutela_network_load, 1, json));
  }

  /**
   * The best lawful path, or why there is none. Admission is judged by what services publish; a case that is assessed is
   * judged by the rules too ({@link Tutela#assess}).
   *
   * @throws TutelaException with everything that is wrong with the question
   */
  public RouteAnswer route(RouteRequest request) {
    try (Frame frame = new Frame()) {
      long asked = request.write(frame);
      return RouteAnswer.read(frame.asked((text, failed) -> QuestionCalls.route(address(), asked, text, failed)));
    }
  }

  @Override
  void free(long address) {
    Calls.tutela_network_free(address);
  }
}
