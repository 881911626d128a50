// SPDX-License-Identifier: Apache-2.0
// The functions and structures of tutela.h, under the names that they have there.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Tutela
{
    /// <summary>The functions and structures of tutela.h, under the names that they have there.</summary>
    internal static partial class Native
    {
        private const string Library = "tutela_c";

        [StructLayout(LayoutKind.Sequential)]
        internal struct View
        {
            internal IntPtr Data;
            internal UIntPtr Length;

            public override string ToString()
            {
                var bytes = new byte[(int)Length];
                if (bytes.Length > 0) Marshal.Copy(Data, bytes, 0, bytes.Length);
                return Encoding.UTF8.GetString(bytes);
            }
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Text { internal View View; }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Date
        {
            internal int Year, Month, Day;
            internal Date(DateTime? day) { Year = day?.Year ?? 0; Month = day?.Month ?? 0; Day = day?.Day ?? 0; }
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct DecideOptions
        {
            internal uint StructSize;
            internal int IncludeUnverified;
            internal Date On, LawOn, KnownOn;
            internal int Reserved;
            internal IntPtr Limits;
            internal View Jurisdiction;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Cell
        {
            internal ulong Slot;
            internal long Value;
            internal int Holds, Reserved;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Answer
        {
            internal uint StructSize;
            internal int Outcome, Boolean, Reserved;
            internal View Value;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct AssessOptions
        {
            internal uint StructSize;
            internal int IncludeUnverified;
            internal Date On;
            internal int Reserved;
            internal IntPtr Packs;
            internal UIntPtr PackCount;
            internal IntPtr Instruments;
            internal UIntPtr InstrumentCount;
            internal IntPtr Networks;
            internal UIntPtr NetworkCount;
            internal IntPtr Limits;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Summary
        {
            internal uint StructSize;
            internal int Outcome, Boolean;
            internal uint MissingCount;
            internal View Value;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Found
        {
            internal uint StructSize, Code, Severity, Line, Column, Reserved;
            internal View File, Pointer, What, Mend;
        }

        internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

        internal static UIntPtr Size(byte[] bytes) => (UIntPtr)(uint)bytes.Length;

        internal static string Taken(ref Text text)
        {
            try { return text.View.ToString(); }
            finally { tutela_text_free(ref text); }
        }

        internal static void Check(int status, IntPtr error)
        {
            if (status == 0) return;
            string message = "status " + status;
            if (error != IntPtr.Zero)
            {
                tutela_error_message(error, out View text);
                message = text.ToString();
            }
            throw new TutelaException((Status)status, message, Findings(error));
        }

        /// <summary>All findings of an error object, which is given back; none of one that is not there.</summary>
        internal static List<Diagnostic> Findings(IntPtr error)
        {
            var found = new List<Diagnostic>();
            if (error == IntPtr.Zero) return found;
            var one = new Found { StructSize = (uint)Marshal.SizeOf(typeof(Found)) };
            for (uint i = 0; tutela_error_at(error, (UIntPtr)i, ref one) == 0; ++i)
                found.Add(new Diagnostic { Code = (int)one.Code, Severity = (int)one.Severity, Line = (int)one.Line, Column = (int)one.Column, File = one.File.ToString(), Pointer = one.Pointer.ToString(), What = one.What.ToString(), Mend = one.Mend.ToString() });
            tutela_error_free(error);
            return found;
        }

        [DllImport(Library)] internal static extern uint tutela_version();
        [DllImport(Library)] internal static extern void tutela_text_free(ref Text text);
        [DllImport(Library)] internal static extern void tutela_error_free(IntPtr error);
        [DllImport(Library)] internal static extern int tutela_error_message(IntPtr error, out View message);
        [DllImport(Library)] internal static extern int tutela_error_at(IntPtr error, UIntPtr index, ref Found found);
        [DllImport(Library)] internal static extern int tutela_pack_load(int from, byte[] text, UIntPtr length, IntPtr limits, out IntPtr pack, out IntPtr error);
        [DllImport(Library)] internal static extern void tutela_pack_free(IntPtr pack);
        [DllImport(Library)] internal static extern int tutela_pack_describe(Pack pack, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_instrument_load(int from, byte[] text, UIntPtr length, IntPtr limits, out IntPtr instrument, out IntPtr error);
        [DllImport(Library)] internal static extern void tutela_instrument_free(IntPtr instrument);
        [DllImport(Library)] internal static extern int tutela_network_load(int from, byte[] text, UIntPtr length, IntPtr limits, out IntPtr network, out IntPtr error);
        [DllImport(Library)] internal static extern void tutela_network_free(IntPtr network);
        [DllImport(Library)] internal static extern int tutela_pack_slot(Pack pack, byte[] name, UIntPtr length, out ulong slot, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_new(Pack pack, out IntPtr session, out IntPtr error);
        [DllImport(Library)] internal static extern void tutela_session_free(IntPtr session);
        [DllImport(Library)] internal static extern int tutela_session_set_boolean(IntPtr session, ulong slot, int value, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_set_integer(IntPtr session, ulong slot, long value, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_set_number(Session session, ulong slot, byte[] text, UIntPtr length, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_set_date(IntPtr session, ulong slot, int year, int month, int day, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_set_string(Session session, ulong slot, byte[] text, UIntPtr length, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_set_state(Session session, ulong slot, int state, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_set_case(Session session, byte[] json, UIntPtr length, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_clear(Session session, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_decide(Session session, byte[] decision, UIntPtr length, ref DecideOptions options, out IntPtr verdict, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_decision_new(Pack pack, byte[] name, UIntPtr length, ref DecideOptions options, out IntPtr decision, out IntPtr error);
        [DllImport(Library)] internal static extern void tutela_decision_free(IntPtr decision);
        [DllImport(Library)] internal static extern int tutela_session_answer(IntPtr session, IntPtr decision, ref Answer answer, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_answer_row(IntPtr session, ref Cell row, UIntPtr count, IntPtr decision, ref Answer answer, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_verdict(Session session, Decision decision, out IntPtr verdict, out IntPtr error);
        [DllImport(Library)] internal static extern void tutela_verdict_free(IntPtr verdict);
        [DllImport(Library)] internal static extern int tutela_verdict_summarise(Verdict verdict, ref Summary summary);
        [DllImport(Library)] internal static extern int tutela_verdict_missing(Verdict verdict, UIntPtr index, out View fact);
        [DllImport(Library)] internal static extern int tutela_verdict_explain(Verdict verdict, byte[] language, UIntPtr length, out Text text, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_verdict_json(Verdict verdict, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_assess(ref AssessOptions options, byte[] cases, UIntPtr length, out Text assessments, out IntPtr error);
    }
}
