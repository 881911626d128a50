// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.util.ArrayList;
import java.util.List;

/** Everything that was wrong with one call. The message has one line for each finding, without a person's data. */
public final class TutelaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why a call failed. */
  public enum Status {
    /** Something in the input is wrong. */
    INVALID_INPUT,
    /** A bound on input or work was reached. */
    LIMIT,
    /** The caller broke a rule, for example left out the day where the law is dated. */
    MISUSE,
    /** There is not enough memory. */
    NO_MEMORY,
    /** The library broke a promise of its own; please report it. */
    INTERNAL
  }

  private static final int DIAGNOSTIC_BYTES = 88;

  private final Status status;
  private final transient List<Diagnostic> diagnostics;

  private TutelaException(Status status, String message, List<Diagnostic> diagnostics) {
    super(message);
    this.status = status;
    this.diagnostics = diagnostics;
  }

  /** Why the call failed. */
  public Status status() {
    return status;
  }

  /** All findings, in the order of the input. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** Throws what a call reports. The place is where the call wrote the address of its error object */
  static void check(int status, long place) {
    if (status != 0) throw taken(status, Calls.getLong(place));
  }

  /** What is wrong was found before a call. */
  static TutelaException of(Status status, List<Diagnostic> found) {
    String message = found.stream().map(Diagnostic::toString).collect(java.util.stream.Collectors.joining("\n"));
    return new TutelaException(status, message, List.copyOf(found));
  }

  private static TutelaException taken(int status, long error) {
    List<Diagnostic> found = List.of();
    String message = "status " + status;
    if (error != 0) {
      try (Frame frame = new Frame()) {
        long view = frame.room(16);
        Calls.tutela_error_message(error, view);
        message = Frame.text(view);
        found = findings(error);
      } finally {
        Calls.tutela_error_free(error);
      }
    }
    return new TutelaException(Status.values()[status - 1], message, found);
  }

  /** All findings of an error object; none of one that is not there. */
  static List<Diagnostic> findings(long error) {
    List<Diagnostic> found = new ArrayList<>();
    try (Frame frame = new Frame()) {
      long place = frame.room(DIAGNOSTIC_BYTES);
      Calls.putInt(place, DIAGNOSTIC_BYTES);
      for (long i = 0; error != 0 && Calls.tutela_error_at(error, i, place) == 0; ++i) found.add(read(place));
    }
    return List.copyOf(found);
  }

  private static Diagnostic read(long place) {
    return new Diagnostic(
        Calls.getInt(place + 4),
        Calls.getInt(place + 8),
        Calls.getInt(place + 12),
        Calls.getInt(place + 16),
        Frame.text(place + 24),
        Frame.text(place + 40),
        Frame.text(place + 56),
        Frame.text(place + 72));
  }
}
