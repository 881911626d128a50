// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Answers the questions of the golden corpus (tests/golden/faces), one line of JSON each. */
final class Golden {
  private static final Path ROOT = Path.of(System.getProperty("tutela.root"));

  private final String swimming;

  Golden(Path swimmingDmn) throws IOException {
    swimming = Files.readString(swimmingDmn);
  }

  String answers(Path questions) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String line : Files.readAllLines(questions)) {
      if (line.startsWith("#")) continue;
      String[] question = line.split("\t");
      lines.append("{\"id\":\"").append(question[0]).append('"').append(answer(question)).append("}\n");
    }
    return lines.toString();
  }

  private String answer(String[] question) {
    try {
      return switch (question[1]) {
        case "assess" -> assessment(question);
        case "ask", "timeline", "change" -> interview(question);
        case "check", "compare" -> packs(question);
        case "score" -> score(question);
        case "route" -> route(question);
        default -> verdict(question);
      };
    } catch (TutelaException refused) {
      String found =
          refused.diagnostics().stream()
              .map(finding -> "{\"code\":" + finding.code() + ",\"pointer\":\"" + finding.pointer() + "\"}")
              .collect(Collectors.joining(","));
      String status = refused.status().name().toLowerCase(Locale.ROOT);
      return ",\"refused\":\"" + status + "\",\"diagnostics\":[" + found + "],\"message\":\""
          + digest(refused.getMessage()) + '"';
    }
  }

  private Pack pack(String name) {
    return name.equals("swimming") ? Pack.parse(swimming) : Pack.load(name);
  }

  private static LocalDate day(String text) {
    return text.equals("-") ? null : LocalDate.parse(text);
  }

  private String verdict(String[] question) {
    try (Pack pack = pack(question[2]);
        Session session = pack.session()) {
      if (question[1].equals("case")) session.setCase(question[6]);
      else if (!question[6].equals("-")) for (String item : question[6].split(";")) set(pack, session, item);
      try (Decision decision = pack.decision(question[3], day(question[4]));
          Verdict verdict = session.verdict(decision)) {
        compare(pack, session, decision, question, verdict);
        String missing = verdict.missing().stream().map(name -> '"' + name + '"').collect(Collectors.joining(","));
        return ",\"outcome\":\"" + verdict.outcome() + "\",\"value\":" + verdict.value() + ",\"missing\":[" + missing
            + "],\"explanation\":\"" + digest(verdict.explain(question[5])) + "\",\"verdict\":\""
            + digest(verdict.json()) + '"';
      }
    }
  }

  /** The answer alone, and the verdict by the decision's name, must say what the verdict says. */
  private static void compare(Pack pack, Session session, Decision decision, String[] question, Verdict verdict) {
    Answer answer = session.answer(decision);
    boolean same =
        answer.outcome() == verdict.outcome()
            && Objects.equals(answer.value(), verdict.value())
            && answer.isTrue() == verdict.isTrue()
            && answer.isFalse() == verdict.isFalse();
    try (Verdict named = session.decide(question[3], day(question[4]))) {
      if (question[1].equals("slots") && !question[6].equals("-")) same &= sameByRow(pack, session, decision, question);
      if (!same || !named.json().equals(verdict.json())) throw new AssertionError("two answers to " + question[0]);
    }
  }

  /** The answer of the same facts as a row, those of it that a row can hold. */
  private static boolean sameByRow(Pack pack, Session session, Decision decision, String[] question) {
    String[] items = question[6].split(";");
    Row row = session.row(Arrays.stream(items).map(item -> pack.slot(item.split("=")[0])).toArray(Slot[]::new));
    Answer answer = session.answer(decision);
    Outcome outcome = answer.outcome();
    String value = answer.value();
    for (int i = 0; i < items.length; ++i) {
      String[] parts = items[i].split("[=:]", 3);
      switch (parts[1]) {
        case "boolean" -> row.set(i, parts[2].equals("true"));
        case "integer" -> row.set(i, Long.parseLong(parts[2]));
        case "date" -> row.set(i, LocalDate.parse(parts[2]));
        case "state" -> row.set(i, State.valueOf(parts[2].toUpperCase(Locale.ROOT)));
        default -> {
          return true;
        }
      }
    }
    session.clear();
    row.answer(decision);
    return answer.outcome() == outcome && Objects.equals(answer.value(), value);
  }

  private static void set(Pack pack, Session session, String item) {
    String[] parts = item.split("[=:]", 3);
    Slot slot = pack.slot(parts[0]);
    switch (parts[1]) {
      case "boolean" -> session.set(slot, parts[2].equals("true"));
      case "integer" -> session.set(slot, Long.parseLong(parts[2]));
      case "number" -> session.setNumber(slot, parts[2]);
      case "string" -> session.set(slot, parts[2]);
      case "state" -> session.set(slot, State.valueOf(parts[2].toUpperCase(Locale.ROOT)));
      default -> {
        String[] date = parts[2].split("-");
        session.setDate(slot, Integer.parseInt(date[0]), Integer.parseInt(date[1]), Integer.parseInt(date[2]));
      }
    }
  }

  private String interview(String[] question) {
    try (Pack pack = pack(question[2]);
        Session session = pack.session()) {
      if (!question[6].equals("-")) for (String item : question[6].split(";")) set(pack, session, item);
      return switch (question[1]) {
        case "ask" -> {
          String[] decisions = question[3].equals("-") ? new String[0] : question[3].split(",");
          yield line("questions", session.ask(new AskOptions(day(question[4]), decisions)).json());
        }
        case "timeline" -> {
          String[] days = question[4].split("/");
          yield line("timeline", session.timeline(question[3], day(days[0]), day(days[1])).json());
        }
        default -> line("change", session.counterfactual(question[3], day(question[4])).json());
      };
    }
  }

  /** What is wrong with a pack, or with another version of the document, in which one text stands in place of another. */
  private String packs(String[] question) {
    String[] replaced = question[6].split("=>", -1);
    try (Pack before = pack(question[2]);
        Pack after = replaced.length == 2 ? Pack.parse(swimming.replace(replaced[0], replaced[1])) : pack(question[2])) {
      if (question[1].equals("compare"))
        return line("compare", before.compare(after, day(question[4])).stream().map(change -> change.json() + "\n").collect(Collectors.joining()));
      return line("check", after.check().stream().map(finding -> finding + "\n").collect(Collectors.joining()));
    }
  }

  private static String line(String key, String json) {
    return ",\"" + key + "\":\"" + digest(json) + '"';
  }

  private static String score(String[] question) {
    try (Instrument scale = Instrument.load(question[2])) {
      String order = question[3].equals("-") ? null : question[3];
      return line("score", scale.score(question[6], new ScoreOptions(order, day(question[4]), null, false, false)).json());
    }
  }

  private static String route(String[] question) {
    String[] goal = question[3].split(":");
    LocalDate on = day(question[4]);
    RouteRequest request = null;
    for (String item : question[6].split(";")) {
      String[] part = item.split("=", 2);
      String[] parts = part[1].split(":");
      request =
          switch (part[0]) {
            case "from" ->
                goal[0].equals("agency") ? RouteRequest.toAgency(part[1], goal[1], on)
                    : goal[0].equals("service") ? RouteRequest.toService(part[1], goal[1], on)
                    : RouteRequest.toKind(part[1], goal[1], on);
            case "purpose" -> request.withPurposes(part[1]);
            case "danger" -> request.withDanger(RouteRequest.Truth.valueOf(part[1].toUpperCase(Locale.ROOT)));
            case "birth_date" -> request.withBirthDate(day(part[1]));
            case "sex" -> request.withSex(RouteRequest.Sex.valueOf(part[1].toUpperCase(Locale.ROOT)));
            case "data" -> request.withData(parts[0], RouteRequest.Truth.valueOf(parts[1].toUpperCase(Locale.ROOT)));
            case "act" -> request.withActs(
                new HeldAct(HeldAct.Issuer.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1], List.of(parts[2]), day(parts[3]), null));
            default -> request.withAreas(part[1]);
          };
    }
    try (Network network = Network.load(ROOT.resolve(question[2]).toString())) {
      return line("route", network.route(request).json());
    }
  }

  private String assessment(String[] question) {
    LocalDate on = day(question[4]);
    if (question[2].startsWith("uk/")) {
      try (Instrument scale = Instrument.load(question[2])) {
        return line("assessment", Tutela.assess(question[6], on, List.of(), List.of(scale), List.of()));
      }
    }
    try (Pack pack = pack(question[2])) {
      return line("assessment", Tutela.assess(question[6], on, List.of(pack), List.of(), List.of()));
    }
  }

  /** FNV-1a with 64 bits: enough to see that a text changed. */
  private static String digest(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ (unit & 0xff)) * 0x100000001b3L;
    return String.format("%016x", hash);
  }
}
