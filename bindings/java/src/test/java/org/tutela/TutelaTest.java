// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jar answers as every other language does, and says everything that is wrong. */
final class TutelaTest {
  private static final Path ROOT = Path.of(System.getProperty("tutela.root"));

  @Test
  void answersAreTheGoldenOnes() throws Exception {
    Path folder = ROOT.resolve("tests/golden/faces");
    String printed = new Golden(ROOT.resolve("tests/c/swimming.dmn")).answers(folder.resolve("questions.tsv"));
    assertEquals(Files.readString(folder.resolve("answers.ndjson")), printed);
  }

  @Test
  void theDoorIsThatOfTheRuntime() {
    assertEquals(Runtime.version().feature() >= 22 ? "FFM" : "JNA", Tutela.door());
    assertTrue(Tutela.version().matches("\\d+\\.\\d+\\.\\d+"));
  }

  @Test
  void everythingThatIsWrongIsTold() {
    String broken = "{\"format\":\"tutela-network/1\",\"colour\":1}";
    TutelaException wrong = assertThrows(TutelaException.class, () -> Network.parse(broken));
    assertEquals(TutelaException.Status.INVALID_INPUT, wrong.status());
    assertTrue(wrong.diagnostics().size() > 1);
    assertTrue(wrong.diagnostics().stream().anyMatch(one -> one.code() == 704 && one.pointer().equals("/colour")));
    assertTrue(wrong.diagnostics().stream().noneMatch(one -> one.what().isEmpty()));
  }

  @Test
  void aSetterNamesTheFactThatItRefuses() {
    try (Pack law = Pack.load("md/child-protection");
        Session child = law.session()) {
      Slot born = law.slot("person.birth_date");
      TutelaException wrong = assertThrows(TutelaException.class, () -> child.set(born, true));
      assertEquals(
          "person.birth_date: error TUT-200: the fact is a boolean but is declared as a date; give a date: 2026-03-01",
          wrong.getMessage());
      assertEquals("person.birth_date", born.toString());
    }
  }

  @Test
  void whatIsPrintedByMistakeTellsNoAnswer() {
    try (Pack law = Pack.load("md/child-protection");
        Session child = law.session()) {
      child.set(law.slot("person.birth_date"), LocalDate.of(2025, 1, 10));
      child.set(law.slot("family.vulnerable"), true);
      try (Verdict verdict = child.decide("day_service", LocalDate.of(2026, 3, 2))) {
        assertEquals("Verdict: known", verdict.toString());
      }
    }
  }

  @Test
  void aLibraryThatCannotBeOpenedIsToldWithTheWayOut() {
    String before = System.getProperty("tutela.library", "");
    try {
      for (String named : List.of("/no/such/library.so", "")) {
        System.setProperty("tutela.library", named);
        Error wrong = assertThrows(UnsatisfiedLinkError.class, () -> Library.opened(path -> {
          throw new IllegalArgumentException("cannot open " + path);
        }));
        assertTrue(wrong.getMessage().contains(named) && wrong.getMessage().contains("-Dtutela.library"), wrong.getMessage());
        assertTrue(wrong.getCause().getMessage().startsWith("cannot open"));
      }
    } finally {
      System.setProperty("tutela.library", before);
    }
  }

  @Test
  void whatIsClosedCannotBeUsed() {
    Pack law = Pack.load("md/child-protection");
    Session child = law.session();
    law.close();
    law.close();
    try (Verdict open = child.decide("day_service", LocalDate.of(2026, 3, 2))) {
      assertEquals(Outcome.UNKNOWN, open.outcome()); // the session keeps what it needs of the pack
      assertEquals(List.of("family.vulnerable", "need.day_service_accepts_age", "person.birth_date"), open.missing());
    }
    child.close();
    assertThrows(IllegalStateException.class, child::clear);
    assertThrows(IllegalStateException.class, law::session);
  }

  @Test
  @SuppressWarnings("try") // closed by hand, to see what lives on
  void theAnswerAloneIsThatOfTheVerdict() throws Exception {
    LocalDate day = LocalDate.of(2026, 3, 2);
    try (Pack pool = Pack.parse(Files.readString(ROOT.resolve("tests/c/swimming.dmn")));
        Pack law = Pack.load("md/child-protection");
        Session swimmer = pool.session();
        Decision maySwim = pool.decision("may_swim", (LocalDate) null);
        Decision lane = pool.decision("lane", (LocalDate) null);
        Decision foreign = law.decision("day_service", day)) {
      pool.close(); // session and decisions keep what they need of the pack
      Answer answer = swimmer.answer(maySwim);
      assertEquals(Outcome.UNKNOWN, answer.outcome());
      assertTrue(!answer.isTrue() && !answer.isFalse() && answer.value() == null);
      swimmer.setCase(
          "{\"format\":\"tutela-case/1\",\"id\":\"s\",\"synthetic\":true,\"jurisdiction\":\"MD\",\"kind\":\"child_protection\","
              + "\"facts\":{\"child.height\":1.1,\"child.birth_date\":\"2015-12-31\"}}");
      assertSame(answer, swimmer.answer(maySwim)); // nothing is made
      assertTrue(answer.isFalse());
      assertEquals("false", answer.value());
      assertEquals("\"deep\"", swimmer.answer(lane).value());
      TutelaException wrong = assertThrows(TutelaException.class, () -> swimmer.answer(foreign));
      assertEquals(TutelaException.Status.MISUSE, wrong.status());
      swimmer.close();
      assertThrows(IllegalStateException.class, answer::value);
    }
  }

  @Test
  void anOpenAnswerIsFollowedByItsReasons() {
    LocalDate on = LocalDate.of(2026, 3, 2);
    StringBuilder printed = new StringBuilder();
    try (Pack law = Pack.load("md/child-protection");
        Session child = law.session()) {
      Slot born = law.slot("person.birth_date");
      Slot vulnerable = law.slot("family.vulnerable");
/* [answer] */
      try (Decision dayService = law.decision("day_service", on)) { // once, for all threads
        child.clear(); // and for each child:
        child.setDate(born, 2025, 1, 10);
        Answer answer = child.answer(dayService);
        if (answer.outcome() == Outcome.UNKNOWN) {
          try (Verdict why = child.verdict(dayService)) { // the reasons, where somebody wants them
            printed.append("ask ").append(why.missing().get(0));
          }
        }
        child.set(vulnerable, true);
        if (child.answer(dayService).isTrue()) printed.append(", then yes");
      }
/* [answer] */
      Decision dayService = law.decision("day_service", on);
/* [row] */
      Row row = child.row(born, vulnerable); // once; the places are numbered from 0
      row.set(0, LocalDate.of(2025, 1, 10)); // for each child
      row.set(1, true);
      if (row.answer(dayService).isTrue()) printed.append(", and by a row");
/* [row] */
      dayService.close();
    }
    assertEquals("ask family.vulnerable, then yes, and by a row", printed.toString());
  }

  @Test
  @SuppressWarnings("try") // closing is what is tried
  void aRowIsFilledInPlaceAndRefusedAsAWhole() throws Exception {
    try (Pack pool = Pack.parse(Files.readString(ROOT.resolve("tests/c/swimming.dmn")));
        Session swimmer = pool.session();
        Decision maySwim = pool.decision("may_swim", (LocalDate) null);
        Decision lane = pool.decision("lane", (LocalDate) null)) {
      Row row = swimmer.row(pool.slot("child.height"), pool.slot("child.guardian_agrees"), pool.slot("child.birth_date"));
      assertEquals(Outcome.UNKNOWN, row.answer(maySwim).outcome()); // memory that holds nothing says nothing
      row.set(0, 2);
      row.set(1, true);
      row.set(2, LocalDate.of(2015, 12, 31));
      assertTrue(row.answer(maySwim).isTrue());
      assertEquals("\"deep\"", row.answer(lane).value());
      try (Verdict why = swimmer.verdict(maySwim)) { // the facts stay for the reasons
        assertTrue(why.isTrue());
      }
      row.set(1, State.UNCERTAIN);
      assertEquals(Outcome.UNDETERMINABLE, row.answer(maySwim).outcome());
      row.setDate(2, 2015, 2, 30);
      row.set(0, false);
      TutelaException wrong = assertThrows(TutelaException.class, () -> row.answer(maySwim));
      assertEquals(2, wrong.diagnostics().size());
      row.clear();
      assertEquals(Outcome.UNKNOWN, row.answer(maySwim).outcome());
      row.setDate(2, 2015, 1, 132);
      assertThrows(TutelaException.class, () -> row.answer(lane));
      assertThrows(IndexOutOfBoundsException.class, () -> row.set(3, true));
      swimmer.close();
      assertThrows(IllegalStateException.class, () -> row.set(0, 2));
    }
  }

  @Test
  void optionsReachTheDecision() {
    DecideOptions usual = new DecideOptions(LocalDate.of(2026, 3, 2));
    assertEquals(Outcome.RULE_NOT_AVAILABLE, outcome("local_guardianship_authority", usual));
    assertEquals(Outcome.UNKNOWN, outcome("local_guardianship_authority", usual.withUnverified()));
    assertEquals(Outcome.UNKNOWN, outcome("day_service", usual.withJurisdiction("MD")));
    assertEquals(Outcome.RULE_NOT_AVAILABLE, outcome("day_service", usual.withJurisdiction("UA")));
    DecideOptions before = usual.withLawOn(LocalDate.of(2020, 8, 13)); // the text is from the day after
    assertEquals(Outcome.NO_LAW_IN_FORCE, outcome("child_opinion_required", before));
    assertEquals(Outcome.UNKNOWN, outcome("child_opinion_required", usual));
  }

  /** The outcome by both ways to ask, for a person of whom nothing is known. */
  private static Outcome outcome(String decision, DecideOptions options) {
    try (Pack law = Pack.load("md/child-protection");
        Session person = law.session();
        Decision prepared = law.decision(decision, options);
        Verdict verdict = person.decide(decision, options)) {
      assertEquals(verdict.outcome(), person.answer(prepared).outcome());
      return verdict.outcome();
    }
  }

  @Test
  void threadsShareAPack() {
    try (Pack law = Pack.load("md/child-protection")) {
      Slot born = law.slot("person.birth_date");
      long minors =
          java.util.stream.IntStream.range(0, 400)
              .parallel()
              .filter(
                  day -> {
                    try (Session child = law.session()) {
                      child.set(born, LocalDate.of(2008, 3, 2).plusDays(day - 200));
                      try (Verdict verdict = child.decide("is_child", LocalDate.of(2026, 3, 2))) {
                        return verdict.isTrue();
                      }
                    }
                  })
              .count();
      assertEquals(199, minors); // who was born on 2 March 2008 is eighteen
    }
  }
}
