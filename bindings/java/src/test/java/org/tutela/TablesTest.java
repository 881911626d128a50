// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A table gets the answers that its rows get one by one, and is refused with everything that is wrong with it. */
final class TablesTest {
  private static final Path ROOT = Path.of(System.getProperty("tutela.root"));
  private static final LocalDate ON = LocalDate.of(2026, 3, 2);

  private static Pack swimming() throws Exception {
    return Pack.parse(Files.readString(ROOT.resolve("tests/c/swimming.dmn")));
  }

  /** Facts of made-up children; null is not known. */
  private record Child(LocalDate born, Boolean vulnerable, Boolean onRecord) {
    static Child drawn(Random random) {
      LocalDate born = random.nextInt(5) == 0 ? null : ON.minusDays(random.nextInt(8000));
      return new Child(born, flag(random), flag(random));
    }

    private static Boolean flag(Random random) {
      return random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean();
    }

    static Column column(String fact, List<Boolean> values) {
      boolean[] known = new boolean[values.size()];
      boolean[] held = new boolean[values.size()];
      for (int row = 0; row < known.length; ++row) {
        known[row] = values.get(row) != null;
        held[row] = known[row] ? values.get(row) : random(row);
      }
      return Column.booleans(fact, held).known(known);
    }

    private static boolean random(int row) {
      return row % 3 == 1; // what lies under a row that is not known must not matter
    }
  }

  @Test
  void everyRowHasTheAnswerThatItHasAlone() {
    Random random = new Random(20260302);
    for (int rows : new int[] {0, 1, 7, 8, 9, 64, 1000}) {
      List<Child> children = IntStream.range(0, rows).mapToObj(row -> Child.drawn(random)).toList();
      Column[] columns = {
        Column.dates("person.birth_date", children.stream().map(Child::born).toArray(LocalDate[]::new)),
        Child.column("person.on_record", children.stream().map(child -> child.onRecord).collect(java.util.stream.Collectors.toList())),
        Child.column("family.vulnerable", children.stream().map(child -> child.vulnerable).collect(java.util.stream.Collectors.toList())),
      };
      BatchOptions options = new BatchOptions(ON, "day_service", "is_child").withMissing();
      try (Pack law = Pack.load("md/child-protection");
          Batch batch = law.batch(options, columns);
          Session session = law.session()) {
        Column last = columns[2];
        columns[2] = columns[0]; // the order does not matter
        columns[0] = last;
        Answers answers = batch.decide(rows, columns);
        assertEquals(rows, answers.rows());
        assertEquals(6, answers.columns().size());
        for (int row = 0; row < rows; ++row) compare(law, session, children.get(row), answers, row);
      }
    }
  }

  private static void compare(Pack law, Session session, Child child, Answers answers, int row) {
    session.clear();
    if (child.born != null) session.set(law.slot("person.birth_date"), child.born);
    if (child.vulnerable != null) session.set(law.slot("family.vulnerable"), child.vulnerable);
    if (child.onRecord != null) session.set(law.slot("person.on_record"), child.onRecord);
    for (String decision : List.of("day_service", "is_child")) {
      try (Verdict verdict = session.decide(decision, ON)) {
        assertEquals(verdict.outcome(), answers.outcome(decision, row));
        assertEquals(verdict.isTrue(), answers.isTrue(decision, row));
        assertEquals(verdict.isFalse(), answers.isFalse(decision, row));
        assertEquals(verdict.missing(), answers.missing(decision, row));
      }
    }
  }

  @Test
  void everyKindOfColumnIsRead() throws Exception {
    int[] heights = {119, 120, 250, 0, 121};
    String[] groups = {"herons", null, "otters", "herons", null};
    LocalDate[] born = {LocalDate.of(2015, 12, 31), null, LocalDate.of(2016, 1, 1), LocalDate.of(2020, 2, 29), null};
    boolean[] agrees = {true, true, false, true, false};
    try (Pack pool = swimming()) {
      Column guardian = Column.booleans("child.guardian_agrees", agrees);
      Column group = Column.texts("child.group", groups);
      Column birth = Column.dates("child.birth_date", born);
      long[] units = IntStream.of(heights).asLongStream().toArray();
      compare(pool, heights, agrees, groups, born, Column.decimals("child.height", 2, units), guardian, group, birth);
      int[] whole = {1, 1, 2, 0, 3};
      int[] hundreds = IntStream.of(whole).map(height -> 100 * height).toArray();
      byte[] bytes = {1, 1, 2, 0, 3};
      short[] shorts = {1, 1, 2, 0, 3};
      ByteBuffer direct = ByteBuffer.allocateDirect(24).order(ByteOrder.nativeOrder());
      direct.putInt(77).putInt(1).putInt(1).putInt(2).putInt(0).putInt(3).flip().position(4); // read from its position
      for (Column height :
          List.of(
              Column.integers("child.height", bytes),
              Column.integers("child.height", shorts),
              Column.integers("child.height", whole),
              Column.integers("child.height", 1L, 1L, 2L, 0L, 3L),
              Column.direct("child.height", Layout.INT32, direct)))
        compare(pool, hundreds, agrees, groups, born, height, guardian, group, birth);
    }
  }

  /** Heights are in hundredths. */
  private static void compare(
      Pack pool, int[] heights, boolean[] agrees, String[] groups, LocalDate[] born, Column... columns) {
    try (Batch batch = pool.batch(new BatchOptions((LocalDate) null), columns);
        Session swimmer = pool.session()) {
      Answers answers = batch.decide(heights.length, columns);
      for (int row = 0; row < heights.length; ++row) {
        swimmer.clear();
        swimmer.set(pool.slot("child.height"), BigDecimal.valueOf(heights[row], 2));
        swimmer.set(pool.slot("child.guardian_agrees"), agrees[row]);
        if (groups[row] != null) swimmer.set(pool.slot("child.group"), groups[row]);
        if (born[row] != null) swimmer.set(pool.slot("child.birth_date"), born[row]);
        try (Verdict swims = swimmer.decide("may_swim", (LocalDate) null);
            Verdict lane = swimmer.decide("lane", (LocalDate) null)) {
          assertEquals(swims.isTrue(), answers.isTrue("may_swim", row));
          assertEquals(lane.outcome(), answers.outcome("lane", row));
          assertEquals(lane.outcome() == Outcome.KNOWN, answers.column("lane").isKnown(row));
          if (lane.value() != null) assertEquals(lane.value(), '"' + answers.column("lane").text(row) + '"');
        }
      }
    }
  }

  @Test
  void whatANullSaysIsSaid() {
    try (Pack law = Pack.load("md/child-protection")) {
      for (State state : State.values()) {
        Column amount = Column.integers("need.cash_help_amount", 0L).known(false).nulls(state);
        try (Batch batch = law.batch(new BatchOptions(ON, "cash_help_within_ceiling"), amount);
            Session person = law.session()) {
          person.set(law.slot("need.cash_help_amount"), state);
          Answers answers = batch.decide(1, amount);
          try (Verdict verdict = person.decide("cash_help_within_ceiling", ON)) {
            assertEquals(verdict.outcome(), answers.outcome("cash_help_within_ceiling", 0));
            assertEquals(verdict.isFalse(), answers.isFalse("cash_help_within_ceiling", 0));
          }
        }
      }
    }
  }

  @Test
  void answersOfEveryTypeAreReadAsTheVerdictsHaveThem() {
    LocalDate[] days = {ON.minusDays(3), ON.minusDays(40), null, ON.minusDays(200)};
    String[] kinds = {"criminal", "contravention", null, "criminal"};
    int[] hours = {4, 2, 6, 3};
    boolean[] flags = {true, false, true, true};
    Column[] columns = {
      Column.dates("need.crisis_admission_date", days),
      Column.texts("probation.community_work_kind", kinds),
      Column.integers("probation.community_work_hours_per_day", hours),
      Column.booleans("probation.works_or_studies", flags),
      Column.booleans("probation.agrees_to_longer_day", flags),
      Column.dates("person.birth_date", LocalDate.of(2012, 5, 5), LocalDate.of(2008, 1, 1), null, LocalDate.of(2025, 1, 1)),
    };
    DecideOptions how = new DecideOptions(ON).withUnverified();
    BatchOptions options = new BatchOptions(how, List.of(), true, true, true, 1, List.of(), List.of(), false);
    java.util.Set<AnswerColumn.Type> seen = java.util.EnumSet.noneOf(AnswerColumn.Type.class);
    try (Pack law = Pack.load("md/child-protection");
        Batch batch = law.batch(options, columns);
        Session person = law.session()) {
      Answers answers = batch.decide(4, columns);
      for (int row = 0; row < 4; ++row) {
        person.clear();
        if (days[row] != null) person.set(law.slot("need.crisis_admission_date"), days[row]);
        if (kinds[row] != null) person.set(law.slot("probation.community_work_kind"), kinds[row]);
        person.set(law.slot("probation.community_work_hours_per_day"), hours[row]);
        person.set(law.slot("probation.works_or_studies"), flags[row]);
        person.set(law.slot("probation.agrees_to_longer_day"), flags[row]);
        LocalDate born = List.of(LocalDate.of(2012, 5, 5), LocalDate.of(2008, 1, 1), LocalDate.MIN, LocalDate.of(2025, 1, 1)).get(row);
        if (born != LocalDate.MIN) person.set(law.slot("person.birth_date"), born);
        for (AnswerColumn column : answers.columns()) {
          if (column.name().contains(".")) continue; // what is about an answer
          try (Verdict verdict = person.decide(column.name(), how)) {
            assertEquals(verdict.outcome(), answers.outcome(column.name(), row), column.name());
            assertEquals(verdict.missing(), answers.missing(column.name(), row), column.name());
            boolean known = verdict.value() != null && !verdict.value().equals("{\"state\":\"none\"}");
            assertEquals(known, column.isKnown(row), column.name());
            if (known) assertEquals(verdict.value(), written(column, row), column.name());
            if (known) seen.add(column.type());
          }
        }
      }
      assertEquals(AnswerColumn.Type.WHOLE, answers.column("is_child.rule").type());
    }
    assertEquals(
        java.util.EnumSet.of(AnswerColumn.Type.BOOLEAN, AnswerColumn.Type.DATE, AnswerColumn.Type.TEXT), seen);
  }

  @Test
  void exactNumbersStayExact() throws Exception {
    String fees =
        Files.readString(ROOT.resolve("tests/c/swimming.dmn"))
            .replace("name=\"lane\" typeRef=\"string\"", "name=\"lane\" typeRef=\"number\"")
            .replace("\"deep\"", "12.50")
            .replace("\"shallow\"", "-0.125")
            .replace("\"middle\"", "123456789012345");
    Column born = Column.dates("child.birth_date", LocalDate.of(2015, 1, 1), LocalDate.of(2016, 1, 1), LocalDate.of(2017, 1, 1), null);
    Column group = Column.texts("child.group", null, "otters", "herons", null);
    try (Pack pool = Pack.parse(fees);
        Batch batch = pool.batch(new BatchOptions(null, "lane"), born, group)) {
      AnswerColumn lane = batch.decide(4, born, group).column("lane");
      assertEquals(AnswerColumn.Type.NUMBER, lane.type());
      assertEquals(0, new BigDecimal("12.5").compareTo(lane.decimal(0)));
      assertEquals(0, new BigDecimal("-0.125").compareTo(lane.decimal(1)));
      assertEquals(0, new BigDecimal("123456789012345").compareTo(lane.decimal(2)));
      assertEquals(List.of(true, true, true, false), IntStream.range(0, 4).mapToObj(lane::isKnown).toList());
    }
  }

  /** A value as a verdict writes it. */
  private static String written(AnswerColumn column, int row) {
    return switch (column.type()) {
      case BOOLEAN -> String.valueOf(column.bit(row));
      case DATE -> '"' + column.date(row).toString() + '"';
      default -> '"' + column.text(row) + '"';
    };
  }

  private static List<String> places(TutelaException wrong) {
    return wrong.diagnostics().stream().map(one -> one.code() + " " + one.pointer()).toList();
  }

  @Test
  @SuppressWarnings("try") // closing is what is tried
  void everythingThatIsWrongWithColumnsIsToldAtOnce() throws Exception {
    BatchOptions options = new BatchOptions((LocalDate) null);
    Column height = Column.integers("child.height", 1, 2);
    Column agrees = Column.booleans("child.guardian_agrees", true, false);
    try (Pack pool = swimming()) {
      TutelaException wrong =
          assertThrows(
              TutelaException.class,
              () ->
                  pool.batch(
                      options,
                      Column.integers("child.heigth", 1),
                      height,
                      height,
                      Column.integers("child.birth_date", 1),
                      Column.days("child.guardian_agrees", 1)));
      assertEquals(TutelaException.Status.INVALID_INPUT, wrong.status());
      assertEquals(List.of(203, 703, 200, 200), wrong.diagnostics().stream().map(Diagnostic::code).toList());
      assertEquals(4, wrong.getMessage().lines().count());

      try (Batch batch = pool.batch(options, height, agrees)) {
        wrong =
            assertThrows(
                TutelaException.class,
                () -> batch.decide(9, Column.integers("child.height", 1L), Column.texts("child.group", "herons")));
        assertEquals(
            List.of("200 child.height", "600 child.height", "704 child.group", "600 child.group", "600 child.group", "705 child.guardian_agrees"),
            places(wrong));
        wrong = assertThrows(TutelaException.class, () -> batch.decide(2, height, agrees.known(new byte[2]), agrees));
        assertEquals(List.of("600 child.guardian_agrees", "703 child.guardian_agrees"), places(wrong));
        assertThrows(TutelaException.class, () -> batch.decide(2));
        assertThrows(IllegalArgumentException.class, () -> batch.decide(-1, height, agrees));
        assertThrows(IllegalArgumentException.class, () -> batch.decide(2, height, agrees).column("may_dive"));
        assertThrows(IllegalStateException.class, () -> batch.decide(2, height, agrees).column("lane").bit(0));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.decide(2, height, agrees).isTrue("may_swim", 2));
        batch.close();
        assertThrows(IllegalStateException.class, () -> batch.decide(2, height, agrees));
      }
      assertThrows(TutelaException.class, () -> pool.batch(options));
    }
  }
}
