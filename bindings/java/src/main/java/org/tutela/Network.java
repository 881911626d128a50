// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** A network of agencies: immutable, shared by any number of threads. */
public final class Network extends Handle {
  private Network(long address) {
    super(address);
  }

  /**
   * Loads it and checks all of it.
   *
   * @param name a path
   * @throws TutelaException with everything that is wrong
   */
  public static Network load(String name) {
    return new Network(loaded(Calls::tutela_network_load, 0, name));
  }

  /**
   * Reads it from JSON in the format {@code tutela-network/1}.
   *
   * @throws TutelaException with everything that is wrong
   */
  public static Network parse(String json) {
    return new Network(loaded(Calls::tutela_network_load, 1, json));
  }

  @Override
  void free(long address) {
    Calls.tutela_network_free(address);
  }
}
