// SPDX-License-Identifier: Apache-2.0
// What to ask next, how an answer runs over time, what could change it.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Tutela
{
    /// <summary>What is to be settled by questions, and how.</summary>
    public sealed class AskOptions
    {
        public DecideOptions Decide { get; set; } = new DecideOptions();

        /// <summary>The decisions to settle; all of the pack where there are none.</summary>
        public IReadOnlyList<string> Decisions { get; set; } = new string[0];

        /// <summary>Facts that other agencies have on record and may share, each with its agency.</summary>
        public IReadOnlyDictionary<string, string> Holders { get; set; } = new Dictionary<string, string>();
    }

    /// <summary>One fact to find out. Texts are by language: en, ro, uk, ru.</summary>
    public sealed class FactQuestion
    {
        public string Fact { get; }
        public IReadOnlyDictionary<string, string> Label { get; }

        /// <summary>How to ask for it.</summary>
        public IReadOnlyDictionary<string, string> Text { get; }

        /// <summary>Who knows it, as the pack says.</summary>
        public string AskedOf { get; }

        /// <summary>The agency that has it on record and may share it, or empty; then nobody is asked again.</summary>
        public string Holder { get; }

        /// <summary>The decisions whose answers it can change.</summary>
        public IReadOnlyList<string> Decisions { get; }

        internal FactQuestion(Json json)
        {
            Fact = json["fact"].String();
            Label = json["label"].Texts();
            Text = json["text"].Texts();
            AskedOf = json["asked_of"].String();
            Holder = json["holder"].String();
            Decisions = json["decisions"].Strings();
        }
    }

    /// <summary>What must be known of an open answer before anything is asked.</summary>
    public sealed class OpenCaution
    {
        public string Decision { get; }
        public IReadOnlyDictionary<string, string> Label { get; }

        /// <summary>not_excluded: protection may be due, look to safety first; not_supported: nothing bears the restriction yet.</summary>
        public string Caution { get; }

        internal OpenCaution(Json json)
        {
            Decision = json["decision"].String();
            Label = json["label"].Texts();
            Caution = json["caution"].String();
        }
    }

    /// <summary>What to find out next about one person; it is over when Ask is empty.</summary>
    public sealed class Questions
    {
        /// <summary>To be read before anything is asked.</summary>
        public IReadOnlyList<OpenCaution> Cautions { get; }

        /// <summary>The facts that can still change an answer, best first.</summary>
        public IReadOnlyList<FactQuestion> Ask { get; }

        /// <summary>Those that only a trained interviewer may ask.</summary>
        public IReadOnlyList<FactQuestion> Referred { get; }

        /// <summary>Decisions that no question can change any more.</summary>
        public IReadOnlyList<string> Settled { get; }
        public IReadOnlyList<string> Open { get; }

        /// <summary>Decisions without a rule; neither open nor settled.</summary>
        public IReadOnlyList<string> NotAvailable { get; }

        /// <summary>Facts that matter and cannot be known; they are not asked.</summary>
        public IReadOnlyList<string> Uncertain { get; }

        /// <summary>All of it, as the command line writes it.</summary>
        public string Json { get; }

        internal Questions(string text)
        {
            Json json = Tutela.Json.Read(text);
            Cautions = json["cautions"].Select(one => new OpenCaution(one));
            Ask = json["ask"].Select(one => new FactQuestion(one));
            Referred = json["referred"].Select(one => new FactQuestion(one));
            Settled = json["settled"].Strings();
            Open = json["open"].Strings();
            NotAvailable = json["not_available"].Strings();
            Uncertain = json["uncertain"].Strings();
            Json = text;
        }
    }

    /// <summary>Days with one answer.</summary>
    public sealed class TimelineSpan
    {
        public DateTime From { get; }

        /// <summary>The first day after.</summary>
        public DateTime Until { get; }
        public Outcome Outcome { get; }

        /// <summary>The answer as JSON; null unless the outcome is known.</summary>
        public string Value { get; }

        /// <summary>The facts that would settle it.</summary>
        public IReadOnlyList<string> Missing { get; }

        /// <summary>What happens on the first day, in words; empty at the start.</summary>
        public IReadOnlyList<string> BeganWith { get; }

        /// <summary>Where it is written.</summary>
        public IReadOnlyList<string> Citations { get; }

        internal TimelineSpan(Json json)
        {
            From = json["from"].Day();
            Until = json["until"].Day();
            Outcome = (Outcome)Enum.Parse(typeof(Outcome), json["outcome"].String().Replace("_", ""), true);
            Value = Outcome == Outcome.Known ? json["value"].ToString() : null;
            Missing = json["missing"].Strings();
            BeganWith = json["began_with"].Select(turn => turn["text"].String());
            Citations = json["citations"].Strings();
        }
    }

    /// <summary>How the answer to a decision runs over time: its spans, without gaps.</summary>
    public sealed class Timeline
    {
        public string Decision { get; }
        public IReadOnlyList<TimelineSpan> Spans { get; }

        /// <summary>True when every day had to be evaluated.</summary>
        public bool DayByDay { get; }

        /// <summary>All of it, as the command line writes it.</summary>
        public string Json { get; }

        internal Timeline(string text)
        {
            Json json = Tutela.Json.Read(text);
            Decision = json["decision"].String();
            Spans = json["spans"].Select(one => new TimelineSpan(one));
            DayByDay = json["day_by_day"].IsTrue;
            Json = text;
        }
    }

    /// <summary>One fact that would have to be another.</summary>
    public sealed class Change
    {
        public string Fact { get; }

        /// <summary>The value as JSON, or the values that do.</summary>
        public string To { get; }

        /// <summary>What the agency can do, by language; never advice to the person.</summary>
        public IReadOnlyDictionary<string, string> AgencyCould { get; }

        internal Change(Json json)
        {
            Fact = json["fact"].String();
            To = json["to"].ToString();
            AgencyCould = json["agency_could"].Texts();
        }
    }

    /// <summary>A smallest set of changes, and the answer then, as JSON.</summary>
    public sealed class ChangeSet
    {
        public IReadOnlyList<Change> Changes { get; }
        public string Answer { get; }

        internal ChangeSet(Json json)
        {
            Changes = json["changes"].Select(one => new Change(one));
            Answer = json["answer"].ToString();
        }
    }

    /// <summary>What a service could do so that an answer changes.</summary>
    public sealed class Counterfactuals
    {
        /// <summary>Fewest changes first; each was evaluated again.</summary>
        public IReadOnlyList<ChangeSet> Ways { get; }

        /// <summary>The known facts of the decision that the pack marks as changeable.</summary>
        public IReadOnlyList<string> Changeable { get; }

        /// <summary>False where a way that was found did not hold when it was evaluated again.</summary>
        public bool Complete { get; }

        /// <summary>All of it, as the command line writes it.</summary>
        public string Json { get; }

        internal Counterfactuals(string text)
        {
            Json json = Tutela.Json.Read(text);
            Ways = json["ways"].Select(one => new ChangeSet(one));
            Changeable = json["changeable"].Strings();
            Complete = json["complete"].IsTrue;
            Json = text;
        }
    }

    public sealed partial class Session
    {
        /// <summary>Which missing fact to ask next, of whom, and when to stop. The facts stay.</summary>
        public Questions Ask(AskOptions options)
        {
            using (var given = new Given())
            {
                var facts = options.Holders.Keys.ToArray();
                var asked = new Native.AskOptions { StructSize = Given.SizeOf<Native.AskOptions>(), Decide = given.Decide(options.Decide) };
                asked.Decisions = given.Views(options.Decisions, out asked.DecisionCount);
                asked.HeldFacts = given.Views(facts, out asked.HeldCount);
                asked.Holders = given.Views(facts.Select(fact => options.Holders[fact]).ToArray(), out asked.HeldCount);
                Native.Check(Native.tutela_session_ask(this, ref asked, out Native.Text json, out IntPtr error), error);
                return new Questions(Native.Taken(ref json));
            }
        }

        /// <summary>How the answer runs from a day until another, which is the first day after; at most 200 years. The day of
        /// the options is not used.</summary>
        public Timeline Timeline(string decision, DateTime from, DateTime until, DecideOptions options = null)
        {
            byte[] name = Native.Utf8(decision);
            using (var given = new Given())
            {
                IntPtr how = given.Decide(options ?? new DecideOptions());
                Native.Check(Native.tutela_session_timeline(this, name, Native.Size(name), new Native.Date(from), new Native.Date(until), how, out Native.Text json, out IntPtr error), error);
                return new Timeline(Native.Taken(ref json));
            }
        }

        /// <summary>What a service could do so that an answer changes; only facts that the pack marks as changeable are proposed.</summary>
        public Counterfactuals Counterfactual(string decision, DecideOptions options)
        {
            byte[] name = Native.Utf8(decision);
            using (var given = new Given())
            {
                Native.Check(Native.tutela_session_counterfactual(this, name, Native.Size(name), given.Decide(options), out Native.Text json, out IntPtr error), error);
                return new Counterfactuals(Native.Taken(ref json));
            }
        }
    }
}
