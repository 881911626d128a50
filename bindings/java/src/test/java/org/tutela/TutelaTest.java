// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
