// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The functions of {@code tutela.h} and the memory they read, from Java 22 on: through the foreign function interface.
 *
 * <p>An address is passed as a 64-bit number, which 64-bit machines pass as they pass a pointer.
 */
final class Calls {
  /** How the library is called, for bug reports. */
  static String door() {
    return "FFM";
  }

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  static final Linker LINKER = Linker.nativeLinker();
  static final SymbolLookup LIBRARY = Library.opened(Calls::open);
  static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Calls() {}

  private static SymbolLookup open(String name) {
    return name.contains("/") || name.contains("\\")
        ? SymbolLookup.libraryLookup(Path.of(name), Arena.global())
        : SymbolLookup.libraryLookup(name.contains(".") ? name : System.mapLibraryName(name), Arena.global());
  }

  static MethodHandle find(SymbolLookup where, String name, MemoryLayout result, MemoryLayout... parameters) {
    FunctionDescriptor descriptor =
        result == null ? FunctionDescriptor.ofVoid(parameters) : FunctionDescriptor.of(result, parameters);
    return LINKER.downcallHandle(where.find(name).orElseThrow(() -> new UnsatisfiedLinkError(name)), descriptor);
  }

  static AssertionError impossible(Throwable thrown) {
    return new AssertionError("a call into the library threw", thrown);
  }

  /** Calls a function that gives a status; it takes some hundred nanoseconds more than a call that knows its types. */
  static int invoked(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle VERSION = find(LIBRARY, "tutela_version", INT);

  static int tutela_version() {
    try {
      return (int) VERSION.invokeExact();
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle TEXT_FREE = find(LIBRARY, "tutela_text_free", null, LONG);

  static void tutela_text_free(long text) {
    try {
      TEXT_FREE.invokeExact(text);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle ERROR_FREE = find(LIBRARY, "tutela_error_free", null, LONG);

  static void tutela_error_free(long error) {
    try {
      ERROR_FREE.invokeExact(error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle ERROR_MESSAGE = find(LIBRARY, "tutela_error_message", INT, LONG, LONG);

  static int tutela_error_message(long error, long message) {
    try {
      return (int) ERROR_MESSAGE.invokeExact(error, message);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle ERROR_AT = find(LIBRARY, "tutela_error_at", INT, LONG, LONG, LONG);

  static int tutela_error_at(long error, long index, long diagnostic) {
    try {
      return (int) ERROR_AT.invokeExact(error, index, diagnostic);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle PACK_LOAD =
      find(LIBRARY, "tutela_pack_load", INT, INT, LONG, LONG, LONG, LONG, LONG);

  static int tutela_pack_load(int from, long text, long length, long limits, long pack, long error) {
    try {
      return (int) PACK_LOAD.invokeExact(from, text, length, limits, pack, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle PACK_FREE = find(LIBRARY, "tutela_pack_free", null, LONG);

  static void tutela_pack_free(long pack) {
    try {
      PACK_FREE.invokeExact(pack);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle PACK_DESCRIBE = find(LIBRARY, "tutela_pack_describe", INT, LONG, LONG, LONG);

  static int tutela_pack_describe(long pack, long json, long error) {
    try {
      return (int) PACK_DESCRIBE.invokeExact(pack, json, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle INSTRUMENT_LOAD =
      find(LIBRARY, "tutela_instrument_load", INT, INT, LONG, LONG, LONG, LONG, LONG);

  static int tutela_instrument_load(int from, long text, long length, long limits, long instrument, long error) {
    try {
      return (int) INSTRUMENT_LOAD.invokeExact(from, text, length, limits, instrument, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle INSTRUMENT_FREE = find(LIBRARY, "tutela_instrument_free", null, LONG);

  static void tutela_instrument_free(long instrument) {
    try {
      INSTRUMENT_FREE.invokeExact(instrument);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle NETWORK_LOAD =
      find(LIBRARY, "tutela_network_load", INT, INT, LONG, LONG, LONG, LONG, LONG);

  static int tutela_network_load(int from, long text, long length, long limits, long network, long error) {
    try {
      return (int) NETWORK_LOAD.invokeExact(from, text, length, limits, network, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle NETWORK_FREE = find(LIBRARY, "tutela_network_free", null, LONG);

  static void tutela_network_free(long network) {
    try {
      NETWORK_FREE.invokeExact(network);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle PACK_SLOT = find(LIBRARY, "tutela_pack_slot", INT, LONG, LONG, LONG, LONG, LONG);

  static int tutela_pack_slot(long pack, long name, long length, long slot, long error) {
    try {
      return (int) PACK_SLOT.invokeExact(pack, name, length, slot, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_NEW = find(LIBRARY, "tutela_session_new", INT, LONG, LONG, LONG);

  static int tutela_session_new(long pack, long session, long error) {
    try {
      return (int) SESSION_NEW.invokeExact(pack, session, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_FREE = find(LIBRARY, "tutela_session_free", null, LONG);

  static void tutela_session_free(long session) {
    try {
      SESSION_FREE.invokeExact(session);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_SET_BOOLEAN =
      find(LIBRARY, "tutela_session_set_boolean", INT, LONG, LONG, INT, LONG);

  static int tutela_session_set_boolean(long session, long slot, int value, long error) {
    try {
      return (int) SESSION_SET_BOOLEAN.invokeExact(session, slot, value, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_SET_INTEGER =
      find(LIBRARY, "tutela_session_set_integer", INT, LONG, LONG, LONG, LONG);

  static int tutela_session_set_integer(long session, long slot, long value, long error) {
    try {
      return (int) SESSION_SET_INTEGER.invokeExact(session, slot, value, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_SET_NUMBER =
      find(LIBRARY, "tutela_session_set_number", INT, LONG, LONG, LONG, LONG, LONG);

  static int tutela_session_set_number(long session, long slot, long text, long length, long error) {
    try {
      return (int) SESSION_SET_NUMBER.invokeExact(session, slot, text, length, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_SET_DATE =
      find(LIBRARY, "tutela_session_set_date", INT, LONG, LONG, INT, INT, INT, LONG);

  static int tutela_session_set_date(long session, long slot, int year, int month, int day, long error) {
    try {
      return (int) SESSION_SET_DATE.invokeExact(session, slot, year, month, day, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_SET_STRING =
      find(LIBRARY, "tutela_session_set_string", INT, LONG, LONG, LONG, LONG, LONG);

  static int tutela_session_set_string(long session, long slot, long text, long length, long error) {
    try {
      return (int) SESSION_SET_STRING.invokeExact(session, slot, text, length, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_SET_STATE =
      find(LIBRARY, "tutela_session_set_state", INT, LONG, LONG, INT, LONG);

  static int tutela_session_set_state(long session, long slot, int state, long error) {
    try {
      return (int) SESSION_SET_STATE.invokeExact(session, slot, state, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_SET_CASE =
      find(LIBRARY, "tutela_session_set_case", INT, LONG, LONG, LONG, LONG);

  static int tutela_session_set_case(long session, long json, long length, long error) {
    try {
      return (int) SESSION_SET_CASE.invokeExact(session, json, length, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_CLEAR = find(LIBRARY, "tutela_session_clear", INT, LONG, LONG);

  static int tutela_session_clear(long session, long error) {
    try {
      return (int) SESSION_CLEAR.invokeExact(session, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_DECIDE =
      find(LIBRARY, "tutela_session_decide", INT, LONG, LONG, LONG, LONG, LONG, LONG);

  static int tutela_session_decide(long session, long decision, long length, long options, long verdict, long error) {
    try {
      return (int) SESSION_DECIDE.invokeExact(session, decision, length, options, verdict, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle DECISION_NEW =
      find(LIBRARY, "tutela_decision_new", INT, LONG, LONG, LONG, LONG, LONG, LONG);

  static int tutela_decision_new(long pack, long name, long length, long options, long decision, long error) {
    try {
      return (int) DECISION_NEW.invokeExact(pack, name, length, options, decision, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle DECISION_FREE = find(LIBRARY, "tutela_decision_free", null, LONG);

  static void tutela_decision_free(long decision) {
    try {
      DECISION_FREE.invokeExact(decision);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_ANSWER =
      find(LIBRARY, "tutela_session_answer", INT, LONG, LONG, LONG, LONG);

  static int tutela_session_answer(long session, long decision, long answer, long error) {
    try {
      return (int) SESSION_ANSWER.invokeExact(session, decision, answer, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_ANSWER_ROW =
      find(LIBRARY, "tutela_session_answer_row", INT, LONG, LONG, LONG, LONG, LONG, LONG);

  static int tutela_session_answer_row(long session, long row, long count, long decision, long answer, long error) {
    try {
      return (int) SESSION_ANSWER_ROW.invokeExact(session, row, count, decision, answer, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle SESSION_VERDICT =
      find(LIBRARY, "tutela_session_verdict", INT, LONG, LONG, LONG, LONG);

  static int tutela_session_verdict(long session, long decision, long verdict, long error) {
    try {
      return (int) SESSION_VERDICT.invokeExact(session, decision, verdict, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle VERDICT_FREE = find(LIBRARY, "tutela_verdict_free", null, LONG);

  static void tutela_verdict_free(long verdict) {
    try {
      VERDICT_FREE.invokeExact(verdict);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle VERDICT_SUMMARISE = find(LIBRARY, "tutela_verdict_summarise", INT, LONG, LONG);

  static int tutela_verdict_summarise(long verdict, long summary) {
    try {
      return (int) VERDICT_SUMMARISE.invokeExact(verdict, summary);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle VERDICT_MISSING = find(LIBRARY, "tutela_verdict_missing", INT, LONG, LONG, LONG);

  static int tutela_verdict_missing(long verdict, long index, long fact) {
    try {
      return (int) VERDICT_MISSING.invokeExact(verdict, index, fact);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle VERDICT_EXPLAIN =
      find(LIBRARY, "tutela_verdict_explain", INT, LONG, LONG, LONG, LONG, LONG);

  static int tutela_verdict_explain(long verdict, long language, long length, long text, long error) {
    try {
      return (int) VERDICT_EXPLAIN.invokeExact(verdict, language, length, text, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle VERDICT_JSON = find(LIBRARY, "tutela_verdict_json", INT, LONG, LONG, LONG);

  static int tutela_verdict_json(long verdict, long json, long error) {
    try {
      return (int) VERDICT_JSON.invokeExact(verdict, json, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle ASSESS = find(LIBRARY, "tutela_assess", INT, LONG, LONG, LONG, LONG, LONG);

  static int tutela_assess(long options, long cases, long length, long assessments, long error) {
    try {
      return (int) ASSESS.invokeExact(options, cases, length, assessments, error);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static final MethodHandle MALLOC = find(LINKER.defaultLookup(), "malloc", LONG, LONG);
  private static final MethodHandle FREE = find(LINKER.defaultLookup(), "free", null, LONG);

  static long allocate(long bytes) {
    long address;
    try {
      address = (long) MALLOC.invokeExact(bytes);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
    if (address == 0) throw new OutOfMemoryError("no native memory");
    return address;
  }

  static void release(long address) {
    try {
      FREE.invokeExact(address);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  static int getInt(long address) {
    return MEMORY.get(INT, address);
  }

  static long getLong(long address) {
    return MEMORY.get(LONG, address);
  }

  static void putInt(long address, int value) {
    MEMORY.set(INT, address, value);
  }

  static void putLong(long address, long value) {
    MEMORY.set(LONG, address, value);
  }

  static byte[] getBytes(long address, long length) {
    byte[] bytes = new byte[Math.toIntExact(length)];
    MemorySegment.copy(MEMORY, ValueLayout.JAVA_BYTE, address, bytes, 0, bytes.length);
    return bytes;
  }

  static void putBytes(long address, byte[] bytes) {
    MemorySegment.copy(bytes, 0, MEMORY, ValueLayout.JAVA_BYTE, address, bytes.length);
  }
}
