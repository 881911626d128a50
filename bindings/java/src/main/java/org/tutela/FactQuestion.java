// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.List;
import java.util.Map;

/**
 * One fact to find out.
 *
 * @param fact its name
 * @param label what it is, by language: {@code en}, {@code ro}, {@code uk}, {@code ru}
 * @param text how to ask for it, by language
 * @param askedOf who knows it, as the pack says
 * @param holder the agency that has it on record and may share it, or empty; then nobody is asked again
 * @param decisions the decisions whose answers it can change
 */
public record FactQuestion(
    String fact, Map<String, String> label, Map<String, String> text, String askedOf, String holder, List<String> decisions) {
  static FactQuestion read(Json json) {
    return new FactQuestion(
        json.get("fact").string(),
        Json.texts(json.get("label")),
        Json.texts(json.get("text")),
        json.get("asked_of").string(),
        json.get("holder").string(),
        json.get("decisions").strings());
  }
}
