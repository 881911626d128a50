// SPDX-License-Identifier: Apache-2.0
/*
 * SHOWS: the law for every row of a table, from plain arrays: answers and the facts to ask; and a table that is
 * refused with everything that is wrong. EASIER FIRST: FirstVerdict.java. RUN: as FirstVerdict.java. (The children are made up.)
 */
import java.time.LocalDate;
import org.tutela.Answers;
import org.tutela.Batch;
import org.tutela.BatchOptions;
import org.tutela.Column;
import org.tutela.Pack;
import org.tutela.TutelaException;

public final class DecideTable {
  public static void main(String[] arguments) {
    int born = (int) LocalDate.of(2025, 1, 10).toEpochDay();
    Column days = Column.days("person.birth_date", born, born, born - 8000);
    Column vulnerable = Column.booleans("family.vulnerable", true, false, true).known(true, false, true);
    BatchOptions options = new BatchOptions(LocalDate.of(2026, 3, 2), "day_service").withMissing();
    try (Pack law = Pack.load("md/child-protection");
        Batch batch = law.batch(options, days, vulnerable)) { // compiled once, for all tables of these types
      Answers answers = batch.decide(3, days, vulnerable);
      for (int row = 0; row < answers.rows(); ++row)
        System.out.println(
            answers.isTrue("day_service", row) ? "yes"
                : answers.isFalse("day_service", row) ? "no" : "open, ask " + answers.missing("day_service", row).get(0));
      try {
        batch.decide(4, days);
      } catch (TutelaException wrong) {
        System.out.println(wrong.getMessage());
      }
    }
  }
}
