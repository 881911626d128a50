// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * How the answer to a decision runs over time.
 *
 * @param decision its name
 * @param spans without gaps; neighbours differ
 * @param dayByDay true when every day had to be evaluated
 * @param json all of it, as the command line writes it
 */
public record Timeline(String decision, List<Span> spans, boolean dayByDay, String json) {
  /**
   * Days with one answer.
   *
   * @param from the first of them
   * @param until the first day after
   * @param outcome how the decision ends on these days
   * @param value the answer as JSON, or null unless the outcome is {@link Outcome#KNOWN}
   * @param missing the facts that would settle it
   * @param beganWith what happens on the first day, in words; empty at the start
   * @param citations where it is written
   */
  public record Span(
      LocalDate from,
      LocalDate until,
      Outcome outcome,
      String value,
      List<String> missing,
      List<String> beganWith,
      List<String> citations) {
    static Span read(Json json) {
      Outcome outcome = Outcome.valueOf(json.get("outcome").string().toUpperCase(Locale.ROOT));
      return new Span(
          LocalDate.parse(json.get("from").string()),
          LocalDate.parse(json.get("until").string()),
          outcome,
          outcome == Outcome.KNOWN ? json.get("value").toString() : null,
          json.get("missing").strings(),
          json.get("began_with").list().stream().map(turn -> turn.get("text").string()).toList(),
          json.get("citations").strings());
    }
  }

  static Timeline read(String text) {
    Json json = Json.read(text);
    List<Span> spans = json.get("spans").list().stream().map(Span::read).toList();
    return new Timeline(json.get("decision").string(), spans, json.get("day_by_day").isTrue(), text);
  }
}
