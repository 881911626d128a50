// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;
import java.util.List;

/** What concerns the library as a whole, and assessments of cases. */
public final class Tutela {
  private static final int OPTIONS_BYTES = 80;

  private Tutela() {}

  /** Version of the library that runs: {@code 0.1.0}. */
  public static String version() {
    int version = Calls.tutela_version();
    return version / 1_000_000 + "." + version / 1_000 % 1_000 + "." + version % 1_000;
  }

  /** How the library is called: {@code FFM} from Java 22 on, {@code JNA} before. */
  public static String door() {
    return Calls.door();
  }

  /**
   * Assesses cases: what the law grants, how high the risk is, which agency can take the person.
   *
   * @param cases cases in {@code tutela-case/1}: one JSON object, an array, or one object a line
   * @param on the day asked about
   * @return one assessment a line, as JSON, in the order of the cases
   * @throws TutelaException with everything that is wrong with the cases; then none is assessed
   */
  public static String assess(
      String cases, LocalDate on, List<Pack> packs, List<Instrument> instruments, List<Network> networks) {
    try (Frame frame = new Frame()) {
      byte[] bytes = Frame.utf8(cases);
      long options = frame.room(OPTIONS_BYTES);
      long places = frame.room(24);
      Calls.putInt(options, OPTIONS_BYTES);
      Frame.putDate(options + 8, on);
      put(frame, options + 24, packs);
      put(frame, options + 40, instruments);
      put(frame, options + 56, networks);
      int status = Calls.tutela_assess(options, frame.copy(bytes), bytes.length, places, places + 16);
      TutelaException.check(status, places + 16);
      return Frame.taken(places);
    }
  }

  /** Writes address and length of an array of handles. */
  private static void put(Frame frame, long place, List<? extends Handle> handles) {
    Calls.putLong(place, frame.addresses(handles));
    Calls.putLong(place + 8, handles.size());
  }
}
