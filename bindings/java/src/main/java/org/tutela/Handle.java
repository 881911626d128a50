// SPDX-License-Identifier: Apache-2.0
package org.tutela;

/** Something that the library holds. Close it, best by try-with-resources; closing twice is allowed. */
abstract class Handle implements AutoCloseable {
  private long address;

  Handle(long address) {
    this.address = address;
  }

  /** The address, for a call. */
  final long address() {
    if (address == 0) throw new IllegalStateException(getClass().getSimpleName() + " is closed");
    return address;
  }

  /** Gives the object back to the library. */
  abstract void free(long address);

  @Override
  public void close() {
    long given = address;
    address = 0;
    if (given != 0) free(given);
  }

  /** A function that loads something: {@code tutela_pack_load} and its like. */
  interface Loader {
    int load(int from, long text, long length, long limits, long handle, long error);
  }

  /** Calls a loader; 0 is by name, 1 the document itself. */
  static long loaded(Loader loader, int from, String text) {
    try (Frame frame = new Frame()) {
      byte[] bytes = Frame.utf8(text);
      long places = frame.room(16);
      TutelaException.check(loader.load(from, frame.copy(bytes), bytes.length, 0, places, places + 8), places + 8);
      return Calls.getLong(places);
    }
  }
}
