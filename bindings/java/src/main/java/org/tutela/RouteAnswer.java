// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.List;

/**
 * The best lawful path from an agency to a service, or why there is none. No path is an answer, not a failure.
 *
 * @param state {@code certain}, {@code possible} or {@code blocked}
 * @param certain the best path of certain hops; null where there is none
 * @param possible the best path that may be open, where it would be better; null where there is none
 * @param blocked the hops that block, with what stands in the way
 * @param json all of it, with the duties to report
 */
public record RouteAnswer(String state, Route certain, Route possible, List<Hop> blocked, String json) {
  /**
   * A path.
   *
   * @param state {@code certain} or {@code possible}
   * @param hops in order
   * @param service where it ends, or empty
   * @param ask the facts that would make it certain
   */
  public record Route(String state, List<Hop> hops, String service, List<String> ask) {
    static Route read(Json json) {
      if (json.isNull()) return null;
      return new Route(
          json.get("state").string(), RouteAnswer.hops(json.get("hops")), json.get("service").string(), json.get("ask").strings());
    }
  }

  /**
   * From one agency to the next.
   *
   * @param from id of the agency or unit that refers
   * @param to id of the one that takes
   * @param state {@code certain}, {@code possible} or {@code blocked}
   * @param kind what it rests on: an agreement, a competence, an act, danger
   * @param agreement id of the agreement, or empty
   * @param obstacles what stands in the way
   */
  public record Hop(String from, String to, String state, String kind, String agreement, List<Obstacle> obstacles) {
    static Hop read(Json json) {
      return new Hop(
          json.get("from").string(),
          json.get("to").string(),
          json.get("state").string(),
          json.get("kind").string(),
          json.get("agreement").string(),
          json.get("obstacles").list().stream().map(Obstacle::read).toList());
    }
  }

  /**
   * What stands in the way of a hop.
   *
   * @param kind such as {@code agreement_not_in_force}
   * @param holds {@code yes}, {@code no} or {@code unknown}
   * @param subject what it is about
   * @param detail more about it, or empty
   * @param ask the facts that would tell
   */
  public record Obstacle(String kind, String holds, String subject, String detail, List<String> ask) {
    static Obstacle read(Json json) {
      return new Obstacle(
          json.get("kind").string(),
          json.get("holds").string(),
          json.get("subject").string(),
          json.get("detail").string(),
          json.get("ask").strings());
    }
  }

  private static List<Hop> hops(Json json) {
    return json.list().stream().map(Hop::read).toList();
  }

  static RouteAnswer read(String text) {
    Json json = Json.read(text);
    return new RouteAnswer(
        json.get("state").string(),
        Route.read(json.get("certain")),
        Route.read(json.get("possible")),
        hops(json.get("blocked")),
        text);
  }
}
