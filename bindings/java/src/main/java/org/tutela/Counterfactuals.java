// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.List;
import java.util.Map;

/**
 * What a service could do so that an answer changes; never advice to the person.
 *
 * @param ways fewest changes first; each was evaluated again
 * @param changeable the known facts of the decision that the pack marks as changeable
 * @param complete false where a way that was found did not hold when it was evaluated again
 * @param json all of it, as the command line writes it
 */
public record Counterfactuals(List<ChangeSet> ways, List<String> changeable, boolean complete, String json) {
  /**
   * A smallest set of changes.
   *
   * @param changes what would have to be another
   * @param answer the answer then, as JSON
   */
  public record ChangeSet(List<Change> changes, String answer) {}

  /**
   * One fact that would have to be another.
   *
   * @param fact its name
   * @param to the value as JSON, or the values that do
   * @param agencyCould what the agency can do, by language
   */
  public record Change(String fact, String to, Map<String, String> agencyCould) {}

  static Counterfactuals read(String text) {
    Json json = Json.read(text);
    return new Counterfactuals(
        json.get("ways").list().stream().map(Counterfactuals::way).toList(),
        json.get("changeable").strings(),
        json.get("complete").isTrue(),
        text);
  }

  private static ChangeSet way(Json json) {
    List<Change> changes =
        json.get("changes").list().stream()
            .map(one -> new Change(one.get("fact").string(), one.get("to").toString(), Json.texts(one.get("agency_could"))))
            .toList();
    return new ChangeSet(changes, json.get("answer").toString());
  }
}
