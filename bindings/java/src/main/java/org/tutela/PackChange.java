// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.List;

/**
 * What is different between two versions of a pack, of one decision or of one fact.
 *
 * @param decision its name; null where this is about a fact
 * @param fact its name; null where this is about a decision
 * @param change in words of the command line: {@code same}, {@code different}, {@code added} and others
 * @param renamedTo the name in the newer version, or null where it is the same
 * @param notes what else changed
 * @param json all of it, as the command line writes it: with a case that both versions answer differently, and both answers
 */
public record PackChange(String decision, String fact, String change, String renamedTo, List<String> notes, String json) {
  static PackChange read(String text) {
    Json json = Json.read(text);
    return new PackChange(
        word(json, "decision"), word(json, "fact"), word(json, "change"), word(json, "renamed_to"),
        json.get("notes") == null ? List.of() : json.get("notes").strings(), text);
  }

  private static String word(Json json, String key) {
    return json.get(key) == null ? null : json.get(key).string();
  }
}
