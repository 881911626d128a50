// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a published scale comes out for one person: a finding for a human, within its bounds.
 *
 * @param state {@code known}, {@code open} (facts are missing, bounds stand in), {@code not_applicable} or {@code error}
 * @param total null where there is no number
 * @param outputs what the scale makes of the total, by their ids
 * @param band null unless one is settled
 * @param possibleBands the bands that are still possible, where there are several
 * @param missing the facts that would settle it
 * @param uncertain the facts that cannot be known
 * @param reason why there is no number, by language; empty where there is one
 * @param json all of it, with contributions and norm
 */
public record Score(
    String state,
    Range total,
    Map<String, Range> outputs,
    String band,
    List<String> possibleBands,
    List<String> missing,
    List<String> uncertain,
    Map<String, String> reason,
    String json) {
  /**
   * The numbers that are possible; both ends are the same once it is settled.
   *
   * @param lowest null where there is no end
   * @param highest null where there is no end
   */
  public record Range(Double lowest, Double highest) {
    static Range read(Json json) {
      Json settled = json.get("value");
      return new Range(number(settled == null ? json.get("lowest") : settled), number(settled == null ? json.get("highest") : settled));
    }

    private static Double number(Json json) {
      return json.isNull() ? null : Double.valueOf(json.toString());
    }
  }

  static Score read(String text) {
    Json json = Json.read(text);
    Map<String, Range> outputs = new LinkedHashMap<>();
    if (json.get("outputs") != null) json.get("outputs").members().forEach((id, one) -> outputs.put(id, Range.read(one)));
    return new Score(
        json.get("state").string(),
        json.get("total") == null ? null : Range.read(json.get("total")),
        java.util.Collections.unmodifiableMap(outputs),
        json.get("band") == null ? null : json.get("band").string(),
        strings(json.get("possible_bands")),
        strings(json.get("missing")),
        strings(json.get("uncertain")),
        Json.texts(json.get("reason")),
        text);
  }

  private static List<String> strings(Json list) {
    return list == null ? List.of() : list.strings();
  }
}
