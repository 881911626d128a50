// SPDX-License-Identifier: Apache-2.0
/*
 * SHOWS: an interview that asks only what can still change an answer, in the family's language; then on which day the
 * answer will change. EASIER FIRST: FirstVerdict.java. RUN: as FirstVerdict.java. (The family is made up.)
 */
import java.time.LocalDate;
import java.util.Map;
import org.tutela.AskOptions;
import org.tutela.FactQuestion;
import org.tutela.Pack;
import org.tutela.Questions;
import org.tutela.Session;
import org.tutela.State;
import org.tutela.Timeline;

public final class Interview {
  public static void main(String[] arguments) {
    AskOptions wanted = new AskOptions(LocalDate.of(2026, 3, 2), "day_service");
    Map<String, String> family = Map.of("person.birth_date", "2025-01-10", "family.vulnerable", "yes");
    try (Pack law = Pack.load("md/child-protection");
        Session child = law.session()) {
      Questions questions = child.ask(wanted);
      while (!questions.ask().isEmpty()) {
        FactQuestion next = questions.ask().get(0); // best first
        System.out.println("? " + next.text().get("ro"));
        String said = family.get(next.fact());
        if (said == null) child.set(law.slot(next.fact()), State.UNCERTAIN); // never asked again, never a "no"
        else if (said.equals("yes")) child.set(law.slot(next.fact()), true);
        else child.set(law.slot(next.fact()), LocalDate.parse(said));
        questions = child.ask(wanted);
      }
      for (Timeline.Span span : child.timeline("day_service", LocalDate.of(2026, 3, 2), LocalDate.of(2029, 1, 1)).spans())
        System.out.println("from " + span.from() + ": " + (span.value() != null ? span.value() : "open, ask " + span.missing().get(0)));
    }
  }
}
