// SPDX-License-Identifier: Apache-2.0
import java.time.LocalDate;
import org.tutela.Outcome;
import org.tutela.Pack;
import org.tutela.Session;
import org.tutela.Verdict;

public final class FirstVerdict {
  public static void main(String[] arguments) {
    LocalDate on = LocalDate.of(2026, 3, 2); // there is no clock: the day is always an argument
    try (Pack law = Pack.load("md/child-protection"); // throws TutelaException with all that is wrong
        Session child = law.session()) {
      child.set(law.slot("person.birth_date"), LocalDate.of(2025, 1, 10));
      try (Verdict verdict = child.decide("day_service", on)) {
        if (verdict.outcome() == Outcome.UNKNOWN) { // a missing fact is never a "no"
          System.out.println("unknown: ask " + verdict.missing().get(0));
        }
      }
      child.set(law.slot("family.vulnerable"), true);
      try (Verdict verdict = child.decide("day_service", on)) {
        System.out.println(verdict.outcome() + ": " + verdict.value()); // verdict.explain("ro") says why
      }
    }
  }
}
