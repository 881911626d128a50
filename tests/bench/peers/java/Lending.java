// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the applicants of the lending model, checks each answer of an engine against Tutela's and measures it. */
final class Lending {
  /** One applicant and the answers of Tutela, by the names in the first line of the file. */
  record Applicant(Map<String, String> inputs, Map<String, String> answers) {
    BigDecimal number(String name) { return new BigDecimal(inputs.get(name)); }

    boolean truth(String name) { return Boolean.parseBoolean(inputs.get(name)); }

    String text(String name) { return inputs.get(name); }
  }

  /** All decisions of the model for the applicant of that number; the same objects go in each time. */
  interface Engine {
    Map<String, Object> decide(int applicant);
  }

  private static final double WARM_UP_SECONDS = 8;
  private static final double REPETITION_SECONDS = 0.7;
  private static final int REPETITIONS = 9;

  private Lending() {}

  /** The columns before the empty one are inputs, those after it answers; an empty answer is null. */
  static List<Applicant> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> names = List.of(lines.get(0).split("\t", -1));
    int inputs = names.indexOf("");
    List<Applicant> applicants = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      applicants.add(new Applicant(part(names, cells, 0, inputs), part(names, cells, inputs + 1, names.size())));
    }
    return applicants;
  }

  private static Map<String, String> part(List<String> names, String[] cells, int from, int until) {
    return IntStream.range(from, until).boxed().collect(Collectors.toMap(names::get, i -> cells[i]));
  }

  /** Checks, warms up, measures, and prints one line of JSON. Time is that of this thread alone: no compiler, no collector. */
  static void run(String name, List<Applicant> applicants, Engine engine) {
    for (int i = 0; i < applicants.size(); ++i) check(name, i, applicants.get(i), engine.decide(i));
    measure(applicants.size(), engine, WARM_UP_SECONDS);
    double best = Double.MAX_VALUE;
    for (int i = 0; i < REPETITIONS; ++i) best = Math.min(best, measure(applicants.size(), engine, REPETITION_SECONDS));
    System.out.printf(Locale.ROOT, "{\"peer\": \"%s\", \"subject\": \"lending\", \"nanoseconds\": %.1f}%n", name, best);
  }

  private static void check(String engine, int number, Applicant applicant, Map<String, Object> answers) {
    for (Map.Entry<String, String> expected : applicant.answers().entrySet()) {
      if (agrees(expected.getValue(), answers.get(expected.getKey()))) continue;
      throw new IllegalStateException(engine + ", applicant " + number + ", " + expected.getKey() + ": "
          + answers.get(expected.getKey()) + " instead of " + expected.getValue());
    }
  }

  private static boolean agrees(String expected, Object answer) {
    if (answer == null) return expected.isEmpty();
    if (!(answer instanceof BigDecimal number)) return expected.equals(answer.toString());
    return !expected.isEmpty() && new BigDecimal(expected).subtract(number).abs().compareTo(new BigDecimal("1e-8")) < 0;
  }

  private static double measure(int count, Engine engine, double seconds) {
    var clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    long spent = 0;
    long decided = 0;
    int sink = 0;
    while (spent < seconds * 1e9) {
      for (int i = 0; i < count; ++i) sink += engine.decide(i).size();
      decided += count;
      spent = clock.getCurrentThreadCpuTime() - start;
    }
    if (sink == 0) throw new IllegalStateException("nothing was decided");
    return (double) spent / decided;
  }
}
