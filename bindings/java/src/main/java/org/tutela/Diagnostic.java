// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/**
 * One finding about an input; it never holds a person's data.
 *
 * @param code stable number, printed as {@code TUT-312}
 * @param severity 0 error, 1 warning, 2 note
 * @param line line from 1, or 0 when not known
 * @param column column in bytes from 1, or 0 when not known
 * @param file file as the caller named it, or empty
 * @param pointer JSON pointer, path of a model element or name of a fact; may be empty
 * @param what what is wrong
 * @param mend how to mend it, or empty
 */
public record Diagnostic(
    int code, int severity, int line, int column, String file, String pointer, String what, String mend) {
  /** One line for a log, as the library writes it. */
  @Override
  public String toString() {
    String place = file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
    if (!pointer.isEmpty()) place += (place.isEmpty() ? "" : " ") + pointer;
    String word = severity == 0 ? "error" : severity == 1 ? "warning" : "note";
    return (place.isEmpty() ? "" : place + ": ") + word + " TUT-" + code + ": " + what + (mend.isEmpty() ? "" : "; " + mend);
  }
}
