// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The functions of {@code tutela.h} and the memory they read, on Java 17 to 21: through JNA.
 *
 * <p>From Java 22 on, the class of the same name below {@code META-INF/versions/22} takes its place. Addresses are
 * numbers, so that both have the same signatures; nothing outside this package sees one.
 */
final class Calls {
  /** How the library is called, for bug reports. */
  static String door() {
    return "JNA";
  }

  /** Opened once, for the other classes of calls too. */
  static final NativeLibrary LIBRARY;

  static {
    try {
      LIBRARY = Library.opened(name -> NativeLibrary.getInstance(name, Calls.class.getClassLoader()));
      Native.register(Calls.class, LIBRARY);
    } catch (NoClassDefFoundError missing) {
      String mend = "Java 17 to 21 call the library through JNA: put jna-5.14.0.jar on the class path, or take Java 22";
      throw (Error) new NoClassDefFoundError(mend).initCause(missing);
    }
  }

  private Calls() {}

  static native int tutela_version();

  static native void tutela_text_free(long text);

  static native void tutela_error_free(long error);

  static native int tutela_error_message(long error, long message);

  static native int tutela_error_at(long error, long index, long diagnostic);

  static native int tutela_pack_load(int from, long text, long length, long limits, long pack, long error);

  static native void tutela_pack_free(long pack);

  static native int tutela_pack_describe(long pack, long json, long error);

  static native int tutela_instrument_load(int from, long text, long length, long limits, long instrument, long error);

  static native void tutela_instrument_free(long instrument);

  static native int tutela_network_load(int from, long text, long length, long limits, long network, long error);

  static native void tutela_network_free(long network);

  static native int tutela_pack_slot(long pack, long name, long length, long slot, long error);

  static native int tutela_session_new(long pack, long session, long error);

  static native void tutela_session_free(long session);

  static native int tutela_session_set_boolean(long session, long slot, int value, long error);

  static native int tutela_session_set_integer(long session, long slot, long value, long error);

  static native int tutela_session_set_number(long session, long slot, long text, long length, long error);

  static native int tutela_session_set_date(long session, long slot, int year, int month, int day, long error);

  static native int tutela_session_set_string(long session, long slot, long text, long length, long error);

  static native int tutela_session_set_state(long session, long slot, int state, long error);

  static native int tutela_session_set_case(long session, long json, long length, long error);

  static native int tutela_session_clear(long session, long error);

  static native int tutela_session_decide(long session, long decision, long length, long options, long verdict, long error);

  static native int tutela_decision_new(
      long pack, long name, long length, long options, long decision, long error);

  static native void tutela_decision_free(long decision);

  static native int tutela_session_answer(long session, long decision, long answer, long error);

  static native int tutela_session_answer_row(
      long session, long row, long count, long decision, long answer, long error);

  static native int tutela_session_verdict(long session, long decision, long verdict, long error);

  static native void tutela_verdict_free(long verdict);

  static native int tutela_verdict_summarise(long verdict, long summary);

  static native int tutela_verdict_missing(long verdict, long index, long fact);

  static native int tutela_verdict_explain(long verdict, long language, long length, long text, long error);

  static native int tutela_verdict_json(long verdict, long json, long error);

  static native int tutela_assess(long options, long cases, long length, long assessments, long error);

  static long allocate(long bytes) {
    long address = Native.malloc(bytes);
    if (address == 0) throw new OutOfMemoryError("no native memory");
    return address;
  }

  static void release(long address) {
    Native.free(address);
  }

  static int getInt(long address) {
    return new Pointer(address).getInt(0);
  }

  static long getLong(long address) {
    return new Pointer(address).getLong(0);
  }

  static void putInt(long address, int value) {
    new Pointer(address).setInt(0, value);
  }

  static void putLong(long address, long value) {
    new Pointer(address).setLong(0, value);
  }

  static byte[] getBytes(long address, long length) {
    return length == 0 ? new byte[0] : new Pointer(address).getByteArray(0, Math.toIntExact(length));
  }

  static void putBytes(long address, byte[] bytes) {
    new Pointer(address).write(0, bytes, 0, bytes.length);
  }
}
