// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;

/** What one decision from five facts costs from Java, and what the border alone costs. Usage: Bench */
public final class Bench {
  private Bench() {}

  private static volatile long sink;

  /** Nanoseconds for one turn, the least of 500 rounds, short ones, so that some run undisturbed. */
  private static double best(int turns, Runnable turn) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 500; ++round) {
      long start = System.nanoTime();
      for (int i = 0; i < turns; ++i) turn.run();
      best = Math.min(best, (double) (System.nanoTime() - start) / turns);
    }
    return best;
  }

  public static void main(String[] arguments) {
    try (Pack law = Pack.load("md/child-protection");
        Decision dayService = law.decision("day_service", LocalDate.of(2026, 3, 2));
        Session child = law.session()) {
      Slot born = law.slot("person.birth_date");
      Slot vulnerable = law.slot("family.vulnerable");
      Slot chisinau = law.slot("person.lives_in_chisinau");
      Slot record = law.slot("person.on_record");
      Slot mother = law.slot("person.is_mother");
      Runnable five =
          () -> {
            child.setDate(born, 2025, 1, 10);
            child.set(vulnerable, true);
            child.set(chisinau, true);
            child.set(record, true);
            child.set(mother, true);
          };
      double border = best(20_000, () -> sink = Calls.tutela_version());
      double facts = best(2_000, five);
      double answer =
          best(
              2_000,
              () -> {
                five.run();
                sink = child.answer(dayService).isTrue() ? 1 : 0;
              });
      Row row = child.row(born, vulnerable, chisinau, record, mother);
      double together =
          best(
              2_000,
              () -> {
                row.setDate(0, 2025, 1, 10);
                row.set(1, true);
                row.set(2, true);
                row.set(3, true);
                row.set(4, true);
                sink = row.answer(dayService).isTrue() ? 1 : 0;
              });
      double decision =
          best(
              200,
              () -> {
                five.run();
                try (Verdict verdict = child.verdict(dayService)) {
                  sink = verdict.isTrue() ? 1 : 0;
                }
              });
      System.out.printf(
          "Java %s by %s: empty call %.1f ns, five facts set %.0f ns, five facts and the answer %.0f ns, "
              + "as a row %.0f ns, five facts and a verdict with reasons %.0f ns%n",
          Runtime.version().feature(), Tutela.door(), border, facts, answer, together, decision);
    }
  }
}
