// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.List;
import java.util.Map;

/**
 * What to find out next about one person. It is over when {@link #ask} is empty.
 *
 * @param cautions to be read before anything is asked
 * @param ask the facts that can still change an answer, best first
 * @param referred those that only a trained interviewer may ask
 * @param settled decisions that no question can change any more
 * @param open the other decisions
 * @param notAvailable decisions without a rule; neither open nor settled
 * @param uncertain facts that matter and cannot be known; they are not asked
 * @param json all of it, as the command line writes it
 */
public record Questions(
    List<Caution> cautions,
    List<FactQuestion> ask,
    List<FactQuestion> referred,
    List<String> settled,
    List<String> open,
    List<String> notAvailable,
    List<String> uncertain,
    String json) {
  /**
   * What must be known of an open answer before anything is asked.
   *
   * @param decision its name
   * @param label what it is, by language
   * @param caution {@code not_excluded}: protection may be due, look to safety first; {@code not_supported}: nothing bears
   *     the restriction yet
   */
  public record Caution(String decision, Map<String, String> label, String caution) {}

  static Questions read(String text) {
    Json json = Json.read(text);
    return new Questions(
        json.get("cautions").list().stream()
            .map(one -> new Caution(one.get("decision").string(), Json.texts(one.get("label")), one.get("caution").string()))
            .toList(),
        json.get("ask").list().stream().map(FactQuestion::read).toList(),
        json.get("referred").list().stream().map(FactQuestion::read).toList(),
        json.get("settled").strings(),
        json.get("open").strings(),
        json.get("not_available").strings(),
        json.get("uncertain").strings(),
        text);
  }
}
