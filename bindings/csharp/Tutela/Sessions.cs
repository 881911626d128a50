// SPDX-License-Identifier: Apache-2.0
// The facts of one person, and the answers to them.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Tutela
{
    /// <summary>How a decision ended. All of these are findings, none of them a failure.</summary>
    public enum Outcome { Known, Unknown, Undeterminable, Refused, NoLawInForce, RuleNotAvailable, Error }

    /// <summary>What is known about a fact that has no value; a fact that was never set is unknown.</summary>
    public enum State { None = 1, Unknown = 2, Uncertain = 3 }

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
}
