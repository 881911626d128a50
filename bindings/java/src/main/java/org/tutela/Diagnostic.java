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
    int code, int severity, int line, int column, String file, String pointer, String what, String mend) {}
