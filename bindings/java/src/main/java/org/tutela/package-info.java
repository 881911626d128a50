// SPDX-License-Identifier: Apache-2.0
/**
 * Tutela from Java: eligibility rules and risk scales for software that serves children in difficulty and people on
 * probation.
 *
 * <p>A {@link org.tutela.Pack} is loaded once and shared by all threads; each thread has a {@link org.tutela.Session}
 * of its own, sets the facts of one person by {@link org.tutela.Slot} and asks for a {@link org.tutela.Verdict}.
 * <em>Unknown</em> is an answer, with the facts that would settle it; it is never an error and never a "no". What is
 * wrong with input is a {@link org.tutela.TutelaException} with every finding.
 *
 * <p>The library itself is that of the system property {@code tutela.library} (a path); without the property that
 * inside the jar, where there is one for this machine; else {@code tutela_c} where the system looks for libraries.
 * There is no clock: the day is always an argument.
 */
package org.tutela;
