#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The C library as another language sees it: through Python's ctypes, from several threads.

Usage: through_ctypes.py LIBRARY SWIMMING_DMN
"""
import ctypes
import json
import pathlib
import sys
import threading
import unittest
from ctypes import POINTER, byref, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p

OK, INVALID_INPUT, LIMIT, MISUSE, NO_MEMORY, INTERNAL, END = range(7)
KNOWN, UNKNOWN = 0, 1


class View(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("length", c_size_t)]

    def text(self):
        return ctypes.string_at(self.data, self.length).decode()


class Date(ctypes.Structure):
    _fields_ = [("year", c_int32), ("month", c_int32), ("day", c_int32)]


class Diagnostic(ctypes.Structure):
    _fields_ = [(name, c_uint32) for name in ("struct_size", "code", "severity", "line", "column", "reserved")]
    _fields_ += [(name, View) for name in ("file", "pointer", "what", "mend")]


class Summary(ctypes.Structure):
    _fields_ = [("struct_size", c_uint32), ("outcome", c_int32), ("boolean", c_int32), ("missing_count", c_uint32), ("value", View)]


class DecideOptions(ctypes.Structure):
    _fields_ = [("struct_size", c_uint32), ("include_unverified", c_int32), ("on", Date), ("law_on", Date), ("known_on", Date),
                ("reserved", c_int32), ("limits", c_void_p)]


class Refused(Exception):
    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


library = ctypes.CDLL(sys.argv[1])
document = pathlib.Path(sys.argv[2]).read_bytes()


def call(name, *arguments):
    """Calls a function whose last argument is the place for the error, and raises what it reports."""
    error = c_void_p()
    status = getattr(library, name)(*arguments, byref(error))
    if status == OK:
        return
    view = View()
    library.tutela_error_message(error, byref(view))
    text = view.text()
    library.tutela_error_free(error)
    raise Refused(status, text)


def text_of(name, *arguments):
    text = View()  # tutela_text has the same layout
    call(name, *arguments, byref(text))
    result = text.text()
    library.tutela_text_free(byref(text))
    return result


def sized(text):
    data = text if isinstance(text, bytes) else text.encode()
    return c_char_p(data), c_size_t(len(data))


class Pack:
    def __init__(self):
        self.handle = c_void_p()
        call("tutela_pack_load", c_int32(1), *sized(document), None, byref(self.handle))

    def slot(self, name):
        slot = c_uint64()
        call("tutela_pack_slot", self.handle, *sized(name), byref(slot))
        return slot

    def session(self):
        session = c_void_p()
        call("tutela_session_new", self.handle, byref(session))
        return session


def decide(session, decision):
    verdict, summary = c_void_p(), Summary(ctypes.sizeof(Summary))
    call("tutela_session_decide", session, *sized(decision), None, byref(verdict))
    assert library.tutela_verdict_summarise(verdict, byref(summary)) == OK
    answer = (summary.outcome, summary.boolean, summary.missing_count, summary.value.text())
    whole = json.loads(text_of("tutela_verdict_json", verdict))
    library.tutela_verdict_free(verdict)
    return answer, whole


class Library(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pack = Pack()
        cls.height, cls.agrees = cls.pack.slot("child.height"), cls.pack.slot("child.guardian_agrees")

    def test_decision(self):
        session = self.pack.session()
        self.assertEqual(decide(session, "may_swim")[0], (UNKNOWN, -1, 2, ""))
        call("tutela_session_set_number", session, self.height, *sized("1.20"))
        answer, whole = decide(session, "may_swim")
        self.assertEqual(answer, (UNKNOWN, -1, 1, ""))
        self.assertEqual(whole["missing"], ["child.guardian_agrees"])
        call("tutela_session_set_boolean", session, self.agrees, c_int32(1))
        answer, whole = decide(session, "may_swim")
        self.assertEqual(answer, (KNOWN, 1, 0, "true"))
        self.assertIs(whole["value"], True)
        library.tutela_session_free(session)

    def test_describe(self):
        about = json.loads(text_of("tutela_pack_describe", self.pack.handle))
        self.assertEqual([decision["name"] for decision in about["decisions"]], ["lane", "may_swim"])
        self.assertIn("child.group", [fact["name"] for fact in about["facts"]])

    def test_handles_of_another_type_are_refused(self):
        with self.assertRaises(Refused) as refused:
            call("tutela_session_clear", self.pack.handle)
        self.assertEqual(refused.exception.status, MISUSE)

    def test_diagnostics_have_code_and_place(self):
        error = c_void_p()
        handle = c_void_p(1)
        status = library.tutela_network_load(c_int32(1), *sized('{"format": "tutela-network/1", "colour": 1}'), None, byref(handle), byref(error))
        self.assertEqual(status, INVALID_INPUT)
        self.assertIsNone(handle.value)
        found, index = [], 0
        diagnostic = Diagnostic(ctypes.sizeof(Diagnostic))
        while library.tutela_error_at(error, c_size_t(index), byref(diagnostic)) == OK:
            found.append((diagnostic.code, diagnostic.pointer.text(), diagnostic.what.text()))
            index += 1
        library.tutela_error_free(error)
        self.assertIn((704, "/colour"), [entry[:2] for entry in found])
        self.assertGreater(len(found), 1)
        self.assertTrue(all(what for _, _, what in found))

    def test_older_caller_with_a_shorter_structure(self):
        short = (c_uint32 * 3)(12, 99, 99)  # only size, outcome and Boolean, as a first version might have had it
        session, verdict = self.pack.session(), c_void_p()
        call("tutela_session_decide", session, *sized("may_swim"), None, byref(verdict))
        self.assertEqual(library.tutela_verdict_summarise(verdict, byref(short)), OK)
        self.assertEqual(list(short), [12, UNKNOWN, 0xFFFFFFFF])
        library.tutela_verdict_free(verdict)
        library.tutela_session_free(session)

    def test_threads_share_a_pack(self):
        wrong = []

        def work(number):
            session = self.pack.session()
            for step in range(200):
                tall = (number + step) % 2 == 0
                call("tutela_session_set_integer", session, self.height, c_int64(2 if tall else 1))
                call("tutela_session_set_boolean", session, self.agrees, c_int32(1))
                if decide(session, "may_swim")[0][1] != int(tall):
                    wrong.append((number, step))
            library.tutela_session_free(session)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
