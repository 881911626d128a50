// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.Random;

/** What a table costs from Java, with its columns as arrays and as direct buffers. Usage: TableBench */
public final class TableBench {
  private static final int ROWS = 1 << 20;

  private TableBench() {}

  /** Milliseconds of processor time for one table, the least of many. */
  private static double least(Batch batch, Column... columns) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 200; ++round) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      batch.decide(ROWS, columns);
      least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    }
    return least / 1e6;
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  public static void main(String[] arguments) {
    Random random = new Random(1);
    int[] days = random.ints(ROWS, 20514 - 8000, 20514).toArray();
    byte[] flags = new byte[ROWS / 8];
    byte[] known = new byte[ROWS / 8];
    random.nextBytes(flags);
    random.nextBytes(known);
    Column born = Column.days("person.birth_date", days);
    Column vulnerable = Column.bits("family.vulnerable", flags).known(known);
    ByteBuffer dayBuffer = direct(4 * ROWS);
    dayBuffer.asIntBuffer().put(days);
    Column bornInPlace = Column.direct("person.birth_date", Layout.DAYS32, dayBuffer);
    Column vulnerableInPlace = Column.direct("family.vulnerable", Layout.BITS, direct(ROWS / 8).put(flags).flip().order(ByteOrder.nativeOrder()));
    BatchOptions options = new BatchOptions(LocalDate.of(2026, 3, 2), "day_service").withoutOutcomes();
    try (Pack law = Pack.load("md/child-protection");
        Batch batch = law.batch(options, born, vulnerable)) {
      double copied = least(batch, born, vulnerable);
      double inPlace = least(batch, bornInPlace, vulnerableInPlace.known(known));
      System.out.printf(
          "Java %s by %s: a table of %d rows from arrays %.2f ms of processor time, from direct buffers %.2f ms%n",
          Runtime.version().feature(), Tutela.door(), ROWS, copied, inPlace);
    }
  }
}
