// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** One decision of a pack under fixed options, looked up once by {@link Pack#decision}; shared by any number of threads. */
public final class Decision extends Handle {
  Decision(long address) {
    super(address);
  }

  @Override
  void free(long address) {
    Calls.tutela_decision_free(address);
  }
}
