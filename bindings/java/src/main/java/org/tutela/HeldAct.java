// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;
import java.util.List;

/**
 * An act in the file that opens services.
 *
 * @param issuer who issued it
 * @param reference number or name; may be empty
 * @param services the kinds of service that it opens; empty when it names none
 * @param validFrom the first day on which it can be relied on; any where null
 * @param validUntil the first day on which it no longer can; none where null
 */
public record HeldAct(Issuer issuer, String reference, List<String> services, LocalDate validFrom, LocalDate validUntil) {
  /** Who issued an act. The order is that of {@code tutela_act}. */
  public enum Issuer {
    /** A court. */
    COURT,
    /** A prosecutor. */
    PROSECUTOR,
    /** A commission. */
    COMMISSION
  }

  static final int BYTES = 64;

  /** Copies what is given. */
  public HeldAct {
    services = List.copyOf(services);
  }

  /** Writes a {@code tutela_act}. */
  void write(Frame frame, long place) {
    Calls.putInt(place, BYTES);
    Calls.putInt(place + 4, issuer.ordinal());
    frame.putView(place + 8, reference);
    Calls.putLong(place + 24, frame.views(services));
    Calls.putLong(place + 32, services.size());
    Frame.putDate(place + 40, validFrom);
    Frame.putDate(place + 52, validUntil);
  }
}
