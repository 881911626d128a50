// SPDX-License-Identifier: Apache-2.0
// Tutela from .NET: the C library through P/Invoke, for .NET 5 and later, .NET Framework 4.6 and Mono. Add this file to a
// project; with Questions.cs also interviews, timelines, scores and routes, with Tables.cs (and Questions.cs) tables. The
// library is found as tutela_c where the system looks for libraries.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Tutela
{
    /// <summary>How a decision ended. All of these are findings, none of them a failure.</summary>
    public enum Outcome { Known, Unknown, Undeterminable, Refused, NoLawInForce, RuleNotAvailable, Error }

    /// <summary>What is known about a fact that has no value; a fact that was never set is unknown.</summary>
    public enum State { None = 1, Unknown = 2, Uncertain = 3 }

    /// <summary>Why a call failed.</summary>
    public enum Status { InvalidInput = 1, Limit, Misuse, NoMemory, Internal }

    /// <summary>One finding about an input, with place and how to mend it; it never holds a person's data.</summary>
    public sealed class Diagnostic
    {
        public int Code { get; internal set; }
        public int Severity { get; internal set; }
        public int Line { get; internal set; }
        public int Column { get; internal set; }
        public string File { get; internal set; }
        public string Pointer { get; internal set; }
        public string What { get; internal set; }
        public string Mend { get; internal set; }

        /// <summary>One line for a log, as the library writes it.</summary>
        public override string ToString()
        {
            string place = File + (Line > 0 ? ":" + Line + (Column > 0 ? ":" + Column : "") : "");
            if (Pointer != "") place += (place == "" ? "" : " ") + Pointer;
            string word = Severity == 0 ? "error" : Severity == 1 ? "warning" : "note";
            return (place == "" ? "" : place + ": ") + word + " TUT-" + Code + ": " + What + (Mend == "" ? "" : "; " + Mend);
        }
    }

    /// <summary>Everything that was wrong with one call; the message has one line for each finding.</summary>
    public sealed class TutelaException : Exception
    {
        public Status Status { get; }
        public IReadOnlyList<Diagnostic> Diagnostics { get; }

        internal TutelaException(Status status, string message, IReadOnlyList<Diagnostic> diagnostics) : base(message)
        {
            Status = status;
            Diagnostics = diagnostics;
        }
    }

    /// <summary>A fact of one pack, looked up once.</summary>
    public struct Slot
    {
        internal readonly ulong Number;
        internal Slot(ulong number) { Number = number; }
    }

    /// <summary>How to ask.</summary>
    public sealed class DecideOptions
    {
        /// <summary>The day asked about; null only for an undated pack.</summary>
        public DateTime? On { get; set; }

        /// <summary>The day whose text of the law is applied; On where null.</summary>
        public DateTime? LawOn { get; set; }

        /// <summary>Only facts recorded by this day count; all where null.</summary>
        public DateTime? KnownOn { get; set; }

        /// <summary>True also runs texts that are graded C, D or unverified.</summary>
        public bool IncludeUnverified { get; set; }

        /// <summary>ISO 3166 code of the person's legal order; the pack's own where null.</summary>
        public string Jurisdiction { get; set; }

        internal delegate int Call(ref Native.DecideOptions options, out IntPtr made, out IntPtr error);

        /// <summary>Asks in this way and gives what was made.</summary>
        internal IntPtr Ask(Call call)
        {
            byte[] code = Native.Utf8(Jurisdiction ?? "");
            GCHandle pinned = GCHandle.Alloc(code, GCHandleType.Pinned);
            try
            {
                var options = new Native.DecideOptions
                {
                    StructSize = (uint)Marshal.SizeOf(typeof(Native.DecideOptions)),
                    IncludeUnverified = IncludeUnverified ? 1 : 0,
                    On = new Native.Date(On),
                    LawOn = new Native.Date(LawOn),
                    KnownOn = new Native.Date(KnownOn),
                    Jurisdiction = new Native.View { Data = pinned.AddrOfPinnedObject(), Length = Native.Size(code) }
                };
                Native.Check(call(ref options, out IntPtr made, out IntPtr error), error);
                return made;
            }
            finally { pinned.Free(); }
        }
    }

    /// <summary>Something that the library holds; freed by Dispose, or by the runtime when nobody uses it any more.</summary>
    public abstract class Handle : SafeHandle
    {
        internal Handle() : base(IntPtr.Zero, true) { }
        public override bool IsInvalid => handle == IntPtr.Zero;

        internal delegate int Loader(int from, byte[] text, UIntPtr length, IntPtr limits, out IntPtr made, out IntPtr error);

        internal void Load(Loader loader, int from, string text)
        {
            byte[] bytes = Native.Utf8(text);
            Native.Check(loader(from, bytes, Native.Size(bytes), IntPtr.Zero, out IntPtr made, out IntPtr error), error);
            SetHandle(made);
        }
    }

    /// <summary>The rules of one legal order, or of one DMN file: immutable, shared by any number of threads.</summary>
    public sealed partial class Pack : Handle
    {
        /// <summary>Loads a shipped id such as md/child-protection, a pack folder or a .dmn file.</summary>
        public static Pack Load(string name) { var pack = new Pack(); pack.Load(Native.tutela_pack_load, 0, name); return pack; }

        /// <summary>Reads the text of a DMN file.</summary>
        public static Pack Parse(string dmn) { var pack = new Pack(); pack.Load(Native.tutela_pack_load, 1, dmn); return pack; }

        /// <summary>What the pack says about itself, as JSON.</summary>
        public string Describe()
        {
            Native.Check(Native.tutela_pack_describe(this, out Native.Text json, out IntPtr error), error);
            return Native.Taken(ref json);
        }

        /// <summary>Looks up a fact by its dotted name: person.birth_date.</summary>
        public Slot Slot(string fact)
        {
            byte[] name = Native.Utf8(fact);
            Native.Check(Native.tutela_pack_slot(this, name, Native.Size(name), out ulong slot, out IntPtr error), error);
            return new Slot(slot);
        }

        /// <summary>Looks up a decision, so that asking it often costs no search; it may outlive the pack.</summary>
        public Decision Decision(string name, DecideOptions options) => new Decision(this, name, options);

        /// <summary>The same for a day; null only for an undated pack.</summary>
        public Decision Decision(string name, DateTime? on) => Decision(name, new DecideOptions { On = on });

        /// <summary>A session in which every fact is unknown, for one thread; it may outlive the pack.</summary>
        public Session Session() => new Session(this);

        protected override bool ReleaseHandle() { Native.tutela_pack_free(handle); return true; }
    }

    /// <summary>One decision of a pack under fixed options, looked up once; shared by any number of threads.</summary>
    public sealed class Decision : Handle
    {
        internal Decision(Pack pack, string name, DecideOptions options)
        {
            byte[] bytes = Native.Utf8(name);
            SetHandle(options.Ask((ref Native.DecideOptions how, out IntPtr made, out IntPtr error) =>
                Native.tutela_decision_new(pack, bytes, Native.Size(bytes), ref how, out made, out error)));
        }

        protected override bool ReleaseHandle() { Native.tutela_decision_free(handle); return true; }
    }

    /// <summary>A risk or needs scale: immutable.</summary>
    public sealed partial class Instrument : Handle
    {
        /// <summary>Loads a shipped id such as uk/ogrs3, or a path.</summary>
        public static Instrument Load(string name) { var scale = new Instrument(); scale.Load(Native.tutela_instrument_load, 0, name); return scale; }

        protected override bool ReleaseHandle() { Native.tutela_instrument_free(handle); return true; }
    }

    /// <summary>A network of agencies: immutable.</summary>
    public sealed partial class Network : Handle
    {
        /// <summary>Loads it from a path.</summary>
        public static Network Load(string name) { var network = new Network(); network.Load(Native.tutela_network_load, 0, name); return network; }

        /// <summary>Reads JSON in the format tutela-network/1.</summary>
        public static Network Parse(string json) { var network = new Network(); network.Load(Native.tutela_network_load, 1, json); return network; }

        protected override bool ReleaseHandle() { Native.tutela_network_free(handle); return true; }
    }

    /// <summary>The facts of one person at a time; one thread at a time may use it.</summary>
    public sealed partial class Session : Handle
    {
        private readonly Answer answer;

        /// <summary>For the calls that take nanoseconds: a session belongs to one thread, so nobody disposes of it meanwhile, and
        /// KeepAlive after the call keeps it from the runtime. Counting its users would cost more than the call.</summary>
        private IntPtr Address => IsClosed ? throw new ObjectDisposedException(nameof(Session)) : handle;

        private void Check(int status, IntPtr error)
        {
            GC.KeepAlive(this);
            if (status != 0) Native.Check(status, error);
        }

        internal Session(Pack pack)
        {
            Native.Check(Native.tutela_session_new(pack, out IntPtr made, out IntPtr error), error);
            SetHandle(made);
            answer = new Answer(this);
        }

        public void Set(Slot slot, bool value) => Check(Native.tutela_session_set_boolean(Address, slot.Number, value ? 1 : 0, out IntPtr error), error);

        public void Set(Slot slot, long value) => Check(Native.tutela_session_set_integer(Address, slot.Number, value, out IntPtr error), error);

        public void Set(Slot slot, decimal value) => SetNumber(slot, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

        /// <summary>Sets a number from decimal text such as 1250.50, exactly.</summary>
        public void SetNumber(Slot slot, string text)
        {
            byte[] bytes = Native.Utf8(text);
            Native.Check(Native.tutela_session_set_number(this, slot.Number, bytes, Native.Size(bytes), out IntPtr error), error);
        }

        public void Set(Slot slot, DateTime day) => SetDate(slot, day.Year, day.Month, day.Day);

        /// <summary>Sets a day of the calendar; what is no day is refused.</summary>
        public void SetDate(Slot slot, int year, int month, int day) => Check(Native.tutela_session_set_date(Address, slot.Number, year, month, day, out IntPtr error), error);

        public void Set(Slot slot, string text)
        {
            byte[] bytes = Native.Utf8(text);
            Native.Check(Native.tutela_session_set_string(this, slot.Number, bytes, Native.Size(bytes), out IntPtr error), error);
        }

        public void Set(Slot slot, State state) => Native.Check(Native.tutela_session_set_state(this, slot.Number, (int)state, out IntPtr error), error);

        /// <summary>Replaces all facts by those of one case, JSON in the format tutela-case/1.</summary>
        public void SetCase(string json)
        {
            byte[] bytes = Native.Utf8(json);
            Native.Check(Native.tutela_session_set_case(this, bytes, Native.Size(bytes), out IntPtr error), error);
        }

        /// <summary>Makes every fact unknown again, for the next person.</summary>
        public void Clear() => Native.Check(Native.tutela_session_clear(this, out IntPtr error), error);

        /// <summary>Answers one decision and says why; the day may be left out only for an undated pack.</summary>
        public Verdict Decide(string decision, DateTime? on) => Decide(decision, new DecideOptions { On = on });

        /// <summary>The same with all that can be asked for.</summary>
        public Verdict Decide(string decision, DecideOptions options)
        {
            byte[] name = Native.Utf8(decision);
            return new Verdict(options.Ask((ref Native.DecideOptions how, out IntPtr made, out IntPtr error) =>
                Native.tutela_session_decide(this, name, Native.Size(name), ref how, out made, out error)));
        }

        /// <summary>The answer alone, at full speed: nothing is allocated, nothing has to be disposed of. It is the same
        /// object each time; read it before the session is asked again.</summary>
        public Answer Answer(Decision decision)
        {
            Check(Native.tutela_session_answer(Address, Lease(decision), ref answer.Given, out IntPtr error), error);
            return answer;
        }

        /// <summary>Places for the same facts of many people, one after another: filled without a call, set and answered by
        /// one. All are unknown at first; the order of the facts numbers them from 0.</summary>
        public Row Row(params Slot[] facts) => new Row(this, facts);

        private Decision leased; // kept from the runtime while this session asks it again and again

        /// <summary>Counting the users of a decision costs more than an answer, so the one that is asked is counted once.</summary>
        private IntPtr Lease(Decision decision)
        {
            if (ReferenceEquals(decision, leased) && !decision.IsClosed) return decision.DangerousGetHandle();
            bool added = false;
            decision.DangerousAddRef(ref added); // throws when it is disposed of
            leased?.DangerousRelease();
            leased = decision;
            return decision.DangerousGetHandle();
        }

        internal Answer Answer(Decision decision, Native.Cell[] row)
        {
            Check(Native.tutela_session_answer_row(Address, ref row[0], (UIntPtr)(uint)(row.Length - 1), Lease(decision), ref answer.Given, out IntPtr error), error);
            return answer;
        }

        /// <summary>The whole verdict on a decision that was looked up.</summary>
        public Verdict Verdict(Decision decision)
        {
            Native.Check(Native.tutela_session_verdict(this, decision, out IntPtr made, out IntPtr error), error);
            return new Verdict(made);
        }

        protected override bool ReleaseHandle()
        {
            leased?.DangerousRelease();
            Native.tutela_session_free(handle);
            return true;
        }
    }

    /// <summary>The same facts of many people, one after another: what is put into it costs no call into the library. A place
    /// that nothing was put into is unknown. Put every fact of the next person, or Clear first.</summary>
    public sealed class Row
    {
        private readonly Session session;
        private readonly Native.Cell[] cells; // and one that is not used, so that there is a first one

        internal Row(Session session, Slot[] facts)
        {
            this.session = session;
            cells = new Native.Cell[facts.Length + 1];
            for (int i = 0; i < facts.Length; ++i) cells[i].Slot = facts[i].Number;
        }

        private void Put(int place, int holds, long value)
        {
            if (place == cells.Length - 1) throw new IndexOutOfRangeException();
            ref Native.Cell cell = ref cells[place]; // looked up once
            cell.Value = value;
            cell.Holds = holds;
        }

        public void Set(int place, bool value) => Put(place, 3, value ? 1 : 0);

        public void Set(int place, long value) => Put(place, 4, value);

        public void Set(int place, DateTime day) => SetDate(place, day.Year, day.Month, day.Day);

        /// <summary>Puts a day of the years 1 to 32,767; what is no day is refused when the row is answered.</summary>
        public void SetDate(int place, int year, int month, int day)
        {
            bool possible = year > 0 && month >= 0 && month < 100 && day >= 0 && day < 100;
            Put(place, 5, possible ? year * 10000L + month * 100 + day : 0);
        }

        public void Set(int place, State state) => Put(place, state == State.Unknown ? 0 : state == State.None ? 1 : 2, 0);

        /// <summary>Makes every place unknown.</summary>
        public void Clear()
        {
            for (int i = 0; i < cells.Length - 1; ++i) Put(i, 0, 0);
        }

        /// <summary>Sets the facts of all places in the session and answers, in one call; facts without a place stay as they
        /// are. After an exception every fact of the session is unknown. The answer is that of the session: read it before
        /// the session is asked again.</summary>
        public Answer Answer(Decision decision) => session.Answer(decision, cells);
    }

    /// <summary>The latest answer of a session, without its reasons; read it before the session is asked again.</summary>
    public sealed class Answer
    {
        private readonly Session session;
        internal Native.Answer Given;

        internal Answer(Session session)
        {
            this.session = session;
            Given.StructSize = (uint)Marshal.SizeOf(typeof(Native.Answer));
            Given.Outcome = (int)Tutela.Outcome.Unknown;
            Given.Boolean = -1;
        }

        public Outcome Outcome => (Outcome)Given.Outcome;

        /// <summary>The answer where it is a known Boolean, otherwise null: unknown is never false.</summary>
        public bool? Boolean => Given.Boolean < 0 ? (bool?)null : Given.Boolean == 1;

        /// <summary>The answer as JSON; null unless the outcome is known. Each call makes a text.</summary>
        public string Value
        {
            get
            {
                if (Outcome != Outcome.Known) return null;
                if (session.IsClosed) throw new ObjectDisposedException(nameof(Session)); // it has the memory of the text
                string text = Given.Value.ToString();
                GC.KeepAlive(session);
                return text;
            }
        }
    }

    /// <summary>The answer to one decision for one person on one day, and why: a finding for a human.</summary>
    public sealed class Verdict : Handle
    {
        public Outcome Outcome { get; }

        /// <summary>The answer as JSON; null unless the outcome is known.</summary>
        public string Value { get; }

        /// <summary>The answer where it is a known Boolean, otherwise null: unknown is never false.</summary>
        public bool? Boolean { get; }

        private readonly uint missing;

        internal Verdict(IntPtr made)
        {
            SetHandle(made);
            var summary = new Native.Summary { StructSize = (uint)Marshal.SizeOf(typeof(Native.Summary)) };
            Native.Check(Native.tutela_verdict_summarise(this, ref summary), IntPtr.Zero);
            Outcome = (Outcome)summary.Outcome;
            Value = Outcome == Outcome.Known ? summary.Value.ToString() : null;
            Boolean = summary.Boolean < 0 ? (bool?)null : summary.Boolean == 1;
            missing = summary.MissingCount;
        }

        /// <summary>The facts that would settle it, in the order in which to ask them.</summary>
        public IReadOnlyList<string> Missing()
        {
            var names = new List<string>();
            for (uint i = 0; i < missing; ++i)
            {
                Native.Check(Native.tutela_verdict_missing(this, (UIntPtr)i, out Native.View name), IntPtr.Zero);
                names.Add(name.ToString());
            }
            return names;
        }

        /// <summary>Why, for people, in en, ro, uk or ru.</summary>
        public string Explain(string language)
        {
            byte[] code = Native.Utf8(language);
            Native.Check(Native.tutela_verdict_explain(this, code, Native.Size(code), out Native.Text text, out IntPtr error), error);
            return Native.Taken(ref text);
        }

        /// <summary>The whole verdict as JSON.</summary>
        public string Json()
        {
            Native.Check(Native.tutela_verdict_json(this, out Native.Text json, out IntPtr error), error);
            return Native.Taken(ref json);
        }

        protected override bool ReleaseHandle() { Native.tutela_verdict_free(handle); return true; }
    }

    /// <summary>Assessments of whole cases.</summary>
    public static class Assessments
    {
        /// <summary>One assessment a line, as JSON, in the order of the cases (tutela-case/1: object, array or NDJSON).</summary>
        public static string Assess(string cases, DateTime on, IReadOnlyList<Pack> packs, IReadOnlyList<Instrument> instruments, IReadOnlyList<Network> networks)
        {
            byte[] bytes = Native.Utf8(cases);
            var held = new List<Handle>();
            var arrays = new List<GCHandle>();
            try
            {
                var options = new Native.AssessOptions { StructSize = (uint)Marshal.SizeOf(typeof(Native.AssessOptions)), On = new Native.Date(on) };
                options.Packs = Array(packs, held, arrays, out options.PackCount);
                options.Instruments = Array(instruments, held, arrays, out options.InstrumentCount);
                options.Networks = Array(networks, held, arrays, out options.NetworkCount);
                Native.Check(Native.tutela_assess(ref options, bytes, Native.Size(bytes), out Native.Text text, out IntPtr error), error);
                return Native.Taken(ref text);
            }
            finally
            {
                foreach (GCHandle array in arrays) array.Free();
                foreach (Handle one in held) one.DangerousRelease();
            }
        }

        private static IntPtr Array(IReadOnlyList<Handle> handles, List<Handle> held, List<GCHandle> arrays, out UIntPtr count)
        {
            count = (UIntPtr)(uint)handles.Count;
            var addresses = new IntPtr[handles.Count];
            for (int i = 0; i < addresses.Length; ++i)
            {
                bool added = false;
                handles[i].DangerousAddRef(ref added);
                held.Add(handles[i]);
                addresses[i] = handles[i].DangerousGetHandle();
            }
            GCHandle pinned = GCHandle.Alloc(addresses, GCHandleType.Pinned);
            arrays.Add(pinned);
            return pinned.AddrOfPinnedObject();
        }
    }

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
