// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** A risk or needs scale: immutable, shared by any number of threads. */
public final class Instrument extends Handle {
  private Instrument(long address) {
    super(address);
  }

  /**
   * Loads it and checks all of it.
   *
   * @param name a shipped id such as {@code uk/ogrs3}, or a path
   * @throws TutelaException with everything that is wrong
   */
  public static Instrument load(String name) {
    return new Instrument(loaded(Calls::tutela_instrument_load, 0, name));
  }

  /**
   * Reads it from JSON in the format {@code tutela-instrument/1}.
   *
   * @throws TutelaException with everything that is wrong
   */
  public static Instrument parse(String json) {
    return new Instrument(loaded(Calls::tutela_instrument_load, 1, json));
  }

  @Override
  void free(long address) {
    Calls.tutela_instrument_free(address);
  }
}
