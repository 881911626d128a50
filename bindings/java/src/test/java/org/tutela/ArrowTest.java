// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Tables come from Arrow's own classes and go back to them, by the C data interface alone. */
final class ArrowTest {
  private static final LocalDate ON = LocalDate.of(2026, 3, 2);
  private static final int ROWS = 100;

  /** The day of birth of a row, and whether its family is vulnerable; null is not known. */
  private static LocalDate born(int row) {
    return row % 7 == 3 ? null : ON.minusDays(40L * row);
  }

  private static Boolean vulnerable(int row) {
    return row % 5 == 2 ? null : (Boolean) (row % 2 == 0);
  }

  private static VectorSchemaRoot table(BufferAllocator allocator) {
    DateDayVector days = new DateDayVector("born", allocator);
    BitVector flags = new BitVector("family.vulnerable", allocator);
    for (int row = 0; row < ROWS; ++row) {
      if (born(row) == null) days.setNull(row);
      else days.setSafe(row, (int) born(row).toEpochDay());
      if (vulnerable(row) == null) flags.setNull(row);
      else flags.setSafe(row, vulnerable(row) ? 1 : 0);
    }
    days.setValueCount(ROWS);
    flags.setValueCount(ROWS);
    return VectorSchemaRoot.of(days, flags);
  }

  private static BatchOptions options(String... decisions) {
    return new BatchOptions(ON, decisions).withColumns(new ColumnRule("person.birth_date", "born"));
  }

  /** Each row of a column of answers is what a session says. */
  private static void compare(Pack law, String decision, FieldVector answers, int row) {
    try (Session child = law.session()) {
      if (born(row) != null) child.set(law.slot("person.birth_date"), born(row));
      if (vulnerable(row) != null) child.set(law.slot("family.vulnerable"), vulnerable(row));
      try (Verdict verdict = child.decide(decision, ON)) {
        Object want = verdict.isTrue() ? Boolean.TRUE : verdict.isFalse() ? Boolean.FALSE : null;
        assertEquals(want, answers.getObject(row), decision + " of row " + row);
      }
    }
  }

  /** Hands a table over, and its answers back. */
  private static void decided(Pack law, VectorSchemaRoot table, BatchOptions options, BiConsumer<ArrowBatch, VectorSchemaRoot> check) {
    BufferAllocator allocator = table.getVector(0).getAllocator();
    try (CDataDictionaryProvider words = new CDataDictionaryProvider();
        ArrowSchema type = ArrowSchema.allocateNew(allocator);
        ArrowArray rows = ArrowArray.allocateNew(allocator);
        ArrowSchema answerType = ArrowSchema.allocateNew(allocator);
        ArrowArray unread = ArrowArray.allocateNew(allocator);
        ArrowArray answers = ArrowArray.allocateNew(allocator)) {
      Data.exportVectorSchemaRoot(allocator, table, null, rows, type);
      try (ArrowBatch batch = law.arrowBatch(options, type.memoryAddress())) {
        batch.schema(answerType.memoryAddress());
        batch.decide(rows.memoryAddress(), answers.memoryAddress());
        batch.decide(rows.memoryAddress(), unread.memoryAddress()); // the rows were read, not released
        unread.release();
        try (VectorSchemaRoot read = Data.importVectorSchemaRoot(allocator, answers, answerType, words)) {
          check.accept(batch, read);
        }
      } finally {
        rows.release();
        type.release();
      }
    }
  }

  @Test
  void aTableOfArrowHasTheAnswersOfItsRows() {
    try (BufferAllocator allocator = new RootAllocator();
        Pack law = Pack.load("md/child-protection");
        VectorSchemaRoot table = table(allocator)) {
      decided(law, table, options("day_service", "is_child").withMissing(), (batch, answers) -> {
        assertEquals(ROWS, answers.getRowCount());
        assertEquals(
            List.of("day_service", "day_service.outcome", "day_service.missing", "is_child", "is_child.outcome", "is_child.missing"),
            answers.getSchema().getFields().stream().map(field -> field.getName()).toList());
        assertTrue(batch.describe().contains("\"facts_without_column\""));
        for (int row = 0; row < ROWS; ++row)
          for (String decision : List.of("day_service", "is_child")) compare(law, decision, answers.getVector(decision), row);
      });
    }
  }

  @Test
  void aStreamHasTheAnswersOfItsRows() throws Exception {
    try (BufferAllocator allocator = new RootAllocator();
        Pack law = Pack.load("md/child-protection");
        ArrowArrayStream in = ArrowArrayStream.allocateNew(allocator);
        ArrowArrayStream out = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, new OneTable(allocator), in);
      law.decideStream(options("is_child"), in.memoryAddress(), out.memoryAddress());
      int seen = 0;
      try (ArrowReader answers = Data.importArrayStream(allocator, out)) {
        while (answers.loadNextBatch()) {
          VectorSchemaRoot rows = answers.getVectorSchemaRoot();
          for (int row = 0; row < rows.getRowCount(); ++row) compare(law, "is_child", rows.getVector("is_child"), row);
          seen += rows.getRowCount();
        }
      }
      assertEquals(ROWS, seen);
    }
  }

  /** A reader that gives the table once. */
  private static final class OneTable extends ArrowReader {
    private boolean read;

    OneTable(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      if (read) return false;
      read = true;
      try (VectorSchemaRoot table = table(allocator);
          ArrowRecordBatch rows = new VectorUnloader(table).getRecordBatch()) {
        new VectorLoader(getVectorSchemaRoot()).load(rows);
      }
      return true;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      try (VectorSchemaRoot table = table(allocator)) {
        return table.getSchema();
      }
    }
  }

  @Test
  void scalesAreScoredWhileTheTableIsRead() {
    try (BufferAllocator allocator = new RootAllocator();
        Pack law = Pack.load("md/child-protection");
        Instrument scale = Instrument.load("uk/ogrs3")) {
      List<FieldVector> columns =
          List.of(
              days(allocator, "person.birth_date", "1972-09-09"),
              days(allocator, "probation.first_sanction_date", "1986-09-09"),
              days(allocator, "probation.conviction_date", "2009-09-09"),
              days(allocator, "probation.risk_start_date", "2015-09-15"),
              sanctions(allocator),
              words(allocator, "probation.offence_group", "criminal_damage", "criminal_damage"),
              words(allocator, "person.sex", "female", null));
      DecideOptions how = new DecideOptions(ON).withJurisdiction("GB-EAW");
      BatchOptions options =
          new BatchOptions(how, List.of("is_child"), true, true, false, 1, List.of(), List.of(scale), false);
      Score open = scale.score(answers(""), new ScoreOptions("GB-EAW", ON, null, false, false));
      Score known = scale.score(answers(",\"person.sex\":\"female\""), new ScoreOptions("GB-EAW", ON, null, false, false));
      try (VectorSchemaRoot table = new VectorSchemaRoot(columns)) {
        table.setRowCount(2);
        decided(law, table, options, (batch, scored) -> {
          Float8Vector lowest = (Float8Vector) scored.getVector("uk/ogrs3.total.lowest");
          assertEquals(known.total().lowest(), lowest.get(0));
          assertEquals(open.total().lowest(), lowest.get(1));
          Float8Vector total = (Float8Vector) scored.getVector("uk/ogrs3.total");
          assertEquals(known.total().highest(), total.get(0));
          assertNull(total.getObject(1)); // not settled while the sex is not known
          assertEquals(open.total().highest(), ((Float8Vector) scored.getVector("uk/ogrs3.total.highest")).get(1));
        });
      }
    }
  }

  private static String answers(String further) {
    return "{\"person.birth_date\":\"1972-09-09\",\"probation.first_sanction_date\":\"1986-09-09\","
        + "\"probation.conviction_date\":\"2009-09-09\",\"probation.risk_start_date\":\"2015-09-15\","
        + "\"probation.previous_sanctions\":3,\"probation.offence_group\":\"criminal_damage\"" + further + "}";
  }

  private static DateDayVector days(BufferAllocator allocator, String name, String day) {
    DateDayVector vector = new DateDayVector(name, allocator);
    for (int row : IntStream.range(0, 2).toArray()) vector.setSafe(row, (int) LocalDate.parse(day).toEpochDay());
    vector.setValueCount(2);
    return vector;
  }

  private static IntVector sanctions(BufferAllocator allocator) {
    IntVector vector = new IntVector("probation.previous_sanctions", allocator);
    vector.setSafe(0, 3);
    vector.setSafe(1, 3);
    vector.setValueCount(2);
    return vector;
  }

  private static VarCharVector words(BufferAllocator allocator, String name, String... texts) {
    VarCharVector vector = new VarCharVector(name, allocator);
    vector.allocateNew();
    for (int row = 0; row < texts.length; ++row)
      if (texts[row] != null) vector.setSafe(row, texts[row].getBytes(StandardCharsets.UTF_8));
    vector.setValueCount(texts.length);
    return vector;
  }

  @Test
  void everyColumnThatDoesNotFitIsTold() {
    try (BufferAllocator allocator = new RootAllocator();
        Pack law = Pack.load("md/child-protection");
        VectorSchemaRoot table =
            VectorSchemaRoot.of(words(allocator, "person.birth_date", "2025-01-10"), words(allocator, "family.vulnerable", "yes"))) {
      BatchOptions options = new BatchOptions(ON, "day_service");
      TutelaException wrong =
          assertThrows(TutelaException.class, () -> decided(law, table, options, (batch, answers) -> {}));
      assertEquals(List.of(200, 200), wrong.diagnostics().stream().map(Diagnostic::code).toList());
    }
  }
}
