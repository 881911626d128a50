// SPDX-License-Identifier: Apache-2.0
// What else can be asked from .NET: what to ask next, how an answer runs over time, what could change it, scores, routes.
// Add it to a project beside Tutela.cs.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

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

    /// <summary>For whom and why a score is computed.</summary>
    public sealed class ScoreOptions
    {
        /// <summary>ISO 3166 code of the person's legal order; null is not said.</summary>
        public string Jurisdiction { get; set; }

        /// <summary>The day whose facts are read; facts of any day where null.</summary>
        public DateTime? On { get; set; }

        /// <summary>Only facts recorded by this day count; all where null.</summary>
        public DateTime? KnownOn { get; set; }

        /// <summary>True for study only: limits of norming do not stop it, and the score says so.</summary>
        public bool Research { get; set; }

        /// <summary>True makes a fact that the scale does not read an error.</summary>
        public bool AnswersOnly { get; set; }
    }

    /// <summary>The numbers that are possible; both ends are the same once it is settled, null where there is no end.</summary>
    public sealed class ScoreRange
    {
        public double? Lowest { get; }
        public double? Highest { get; }

        internal ScoreRange(Json json)
        {
            Json settled = json["value"];
            Lowest = (settled ?? json["lowest"]).Number();
            Highest = (settled ?? json["highest"]).Number();
        }
    }

    /// <summary>How a published scale comes out for one person: a finding for a human, within its bounds.</summary>
    public sealed class Score
    {
        /// <summary>known, open (facts are missing, bounds stand in), not_applicable or error.</summary>
        public string State { get; }

        /// <summary>Null where there is no number.</summary>
        public ScoreRange Total { get; }

        /// <summary>What the scale makes of the total, by ids.</summary>
        public IReadOnlyDictionary<string, ScoreRange> Outputs { get; }

        /// <summary>Null unless one is settled.</summary>
        public string Band { get; }

        /// <summary>The bands that are still possible, where there are several.</summary>
        public IReadOnlyList<string> PossibleBands { get; }

        /// <summary>The facts that would settle it.</summary>
        public IReadOnlyList<string> Missing { get; }

        /// <summary>The facts that cannot be known.</summary>
        public IReadOnlyList<string> Uncertain { get; }

        /// <summary>Why there is no number, by language; empty where there is one.</summary>
        public IReadOnlyDictionary<string, string> Reason { get; }

        /// <summary>All of it, with contributions and norm.</summary>
        public string Json { get; }

        internal Score(string text)
        {
            Json json = Tutela.Json.Read(text);
            State = json["state"].String();
            Total = json["total"] == null ? null : new ScoreRange(json["total"]);
            Outputs = json["outputs"] == null ? new Dictionary<string, ScoreRange>() : json["outputs"].Members.ToDictionary(one => one.Key, one => new ScoreRange(one.Value));
            Band = json["band"]?.String();
            PossibleBands = json["possible_bands"]?.Strings() ?? new string[0];
            Missing = json["missing"]?.Strings() ?? new string[0];
            Uncertain = json["uncertain"]?.Strings() ?? new string[0];
            Reason = json["reason"]?.Texts() ?? new Dictionary<string, string>();
            Json = text;
        }
    }

    /// <summary>What is known of something that holds or does not.</summary>
    public enum Truth { Unknown, Yes, No }

    /// <summary>What a goal of a route names.</summary>
    public enum Goal { Kind, Service, Agency }

    /// <summary>For services that take one only.</summary>
    public enum Sex { Female = 1, Male }

    /// <summary>Who issued an act.</summary>
    public enum Issuer { Court, Prosecutor, Commission }

    /// <summary>An act in the file that opens services.</summary>
    public sealed class HeldAct
    {
        public Issuer Issuer { get; set; }

        /// <summary>Number or name; may be empty.</summary>
        public string Reference { get; set; } = "";

        /// <summary>The kinds of service that it opens.</summary>
        public IReadOnlyList<string> Services { get; set; } = new string[0];

        /// <summary>The first day on which it can be relied on; any where null.</summary>
        public DateTime? ValidFrom { get; set; }

        /// <summary>The first day on which it no longer can; none where null.</summary>
        public DateTime? ValidUntil { get; set; }
    }

    /// <summary>A question to a network about one person. What is left out is unknown.</summary>
    public sealed class RouteRequest
    {
        /// <summary>Id of the agency or unit that refers.</summary>
        public string From { get; set; } = "";
        public Goal GoalIs { get; set; }

        /// <summary>Id of the service or agency, or the kind of service.</summary>
        public string Goal { get; set; } = "";

        /// <summary>The day; always needed.</summary>
        public DateTime? On { get; set; }
        public DateTime? BirthDate { get; set; }
        public Sex? Sex { get; set; }

        /// <summary>Whether there is danger to life or health now; then a route never waits.</summary>
        public Truth Danger { get; set; }

        /// <summary>What the referral is for; each must be allowed on each hop.</summary>
        public IReadOnlyList<string> Purposes { get; set; } = new string[0];

        /// <summary>Categories of data that must travel, and whether the person agrees to that. Keep to the least.</summary>
        public IReadOnlyDictionary<string, Truth> Data { get; set; } = new Dictionary<string, Truth>();

        /// <summary>Acts in the file.</summary>
        public IReadOnlyList<HeldAct> Acts { get; set; } = new HeldAct[0];

        /// <summary>Codes of the areas the person lives in; not known where there are none.</summary>
        public IReadOnlyList<string> Areas { get; set; } = new string[0];

        /// <summary>Free places seen more days ago than this are unknown.</summary>
        public int FreshDays { get; set; } = 7;
    }

    /// <summary>What stands in the way of a hop.</summary>
    public sealed class Obstacle
    {
        /// <summary>Such as agreement_not_in_force.</summary>
        public string Kind { get; }

        /// <summary>yes, no or unknown.</summary>
        public string Holds { get; }
        public string Subject { get; }
        public string Detail { get; }

        /// <summary>The facts that would tell.</summary>
        public IReadOnlyList<string> Ask { get; }

        internal Obstacle(Json json)
        {
            Kind = json["kind"].String();
            Holds = json["holds"].String();
            Subject = json["subject"].String();
            Detail = json["detail"].String();
            Ask = json["ask"].Strings();
        }
    }

    /// <summary>From one agency to the next.</summary>
    public sealed class Hop
    {
        public string From { get; }
        public string To { get; }

        /// <summary>certain, possible or blocked.</summary>
        public string State { get; }

        /// <summary>What it rests on: an agreement, a competence, an act, danger.</summary>
        public string Kind { get; }

        /// <summary>Id of the agreement, or empty.</summary>
        public string Agreement { get; }
        public IReadOnlyList<Obstacle> Obstacles { get; }

        internal Hop(Json json)
        {
            From = json["from"].String();
            To = json["to"].String();
            State = json["state"].String();
            Kind = json["kind"].String();
            Agreement = json["agreement"].String();
            Obstacles = json["obstacles"].Select(one => new Obstacle(one));
        }
    }

    /// <summary>A path.</summary>
    public sealed class Route
    {
        /// <summary>certain or possible.</summary>
        public string State { get; }
        public IReadOnlyList<Hop> Hops { get; }

        /// <summary>Where it ends, or empty.</summary>
        public string Service { get; }

        /// <summary>The facts that would make it certain.</summary>
        public IReadOnlyList<string> Ask { get; }

        internal Route(Json json)
        {
            State = json["state"].String();
            Hops = json["hops"].Select(one => new Hop(one));
            Service = json["service"].String();
            Ask = json["ask"].Strings();
        }
    }

    /// <summary>The best lawful path, or why there is none. No path is an answer, not a failure.</summary>
    public sealed class RouteAnswer
    {
        /// <summary>certain, possible or blocked.</summary>
        public string State { get; }

        /// <summary>The best path of certain hops; null where there is none.</summary>
        public Route Certain { get; }

        /// <summary>The best path that may be open, where it would be better; null where there is none.</summary>
        public Route Possible { get; }

        /// <summary>The hops that block, with what stands in the way.</summary>
        public IReadOnlyList<Hop> Blocked { get; }

        /// <summary>All of it, with the duties to report.</summary>
        public string Json { get; }

        internal RouteAnswer(string text)
        {
            Json json = Tutela.Json.Read(text);
            State = json["state"].String();
            Certain = json["certain"].IsNull ? null : new Route(json["certain"]);
            Possible = json["possible"].IsNull ? null : new Route(json["possible"]);
            Blocked = json["blocked"].Select(one => new Hop(one));
            Json = text;
        }
    }

    /// <summary>What is different between two versions of a pack: of one decision, or of one fact.</summary>
    public sealed class PackChange
    {
        /// <summary>Name of the decision; null where this is about a fact.</summary>
        public string Decision { get; }

        /// <summary>Name of the fact; null where this is about a decision.</summary>
        public string Fact { get; }

        /// <summary>In words of the command line: same, different, added and others.</summary>
        public string Change { get; }

        /// <summary>The name in the newer version; null where it is the same.</summary>
        public string RenamedTo { get; }

        /// <summary>What else changed.</summary>
        public IReadOnlyList<string> Notes { get; }

        /// <summary>All of it, as the command line writes it: with a case that both versions answer differently, and both answers.</summary>
        public string Json { get; }

        internal PackChange(string text)
        {
            Json json = Tutela.Json.Read(text);
            Decision = json["decision"]?.String();
            Fact = json["fact"]?.String();
            Change = json["change"].String();
            RenamedTo = json["renamed_to"]?.String();
            Notes = json["notes"]?.Strings() ?? new string[0];
            Json = text;
        }
    }

    public sealed partial class Pack
    {
        /// <summary>What a careful reader would object to although the pack loads: gaps, overlaps, rules that never apply, law without
        /// source. Errors come first.</summary>
        public IReadOnlyList<Diagnostic> Check()
        {
            Native.Check(Native.tutela_pack_check(this, IntPtr.Zero, out IntPtr findings, out IntPtr error), error);
            return Native.Findings(findings);
        }

        /// <summary>What is different in a newer version, for each decision and for each fact that changed; without a day on one day of
        /// every state of the law.</summary>
        public IReadOnlyList<PackChange> Compare(Pack newer, DateTime? on = null)
        {
            var day = new Native.Date(on);
            int status = on == null
                ? Native.tutela_pack_compare(this, newer, IntPtr.Zero, out Native.Text lines, out IntPtr error)
                : Native.tutela_pack_compare(this, newer, ref day, out lines, out error);
            Native.Check(status, error);
            return Native.Taken(ref lines).Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries).Select(line => new PackChange(line)).ToArray();
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

    public sealed partial class Instrument
    {
        /// <summary>Scores one person from facts, one JSON object. Bounds and possible bands stand in for facts that are missing.</summary>
        public Score Score(string facts, ScoreOptions options)
        {
            byte[] bytes = Native.Utf8(facts);
            using (var given = new Given())
            {
                var how = new Native.ScoreOptions
                {
                    StructSize = Given.SizeOf<Native.ScoreOptions>(),
                    Research = options.Research ? 1 : 0,
                    On = new Native.Date(options.On),
                    KnownOn = new Native.Date(options.KnownOn),
                    AnswersOnly = options.AnswersOnly ? 1 : 0,
                    Jurisdiction = given.View(options.Jurisdiction ?? "")
                };
                Native.Check(Native.tutela_instrument_score(this, bytes, Native.Size(bytes), ref how, out Native.Text json, out IntPtr error), error);
                return new Score(Native.Taken(ref json));
            }
        }
    }

    public sealed partial class Network
    {
        /// <summary>The best lawful path, or why there is none. Admission is judged by what services publish; a case that is
        /// assessed is judged by the rules too.</summary>
        public RouteAnswer Route(RouteRequest request)
        {
            using (var given = new Given())
            {
                string[] categories = request.Data.Keys.ToArray();
                var asked = new Native.RouteOptions
                {
                    StructSize = Given.SizeOf<Native.RouteOptions>(),
                    GoalIs = (int)request.GoalIs,
                    From = given.View(request.From),
                    Goal = given.View(request.Goal),
                    On = new Native.Date(request.On),
                    BirthDate = new Native.Date(request.BirthDate),
                    Danger = (int)request.Danger,
                    Sex = (int)(request.Sex ?? 0),
                    Consent = given.Pinned(categories.Select(one => (int)request.Data[one]).ToArray()),
                    Acts = given.Pinned(request.Acts.Select(act => given.Act(act)).ToArray()),
                    ActCount = (UIntPtr)(uint)request.Acts.Count,
                    FreshDays = request.FreshDays
                };
                asked.Purposes = given.Views(request.Purposes, out asked.PurposeCount);
                asked.Data = given.Views(categories, out asked.DataCount);
                asked.Areas = given.Views(request.Areas, out asked.AreaCount);
                Native.Check(Native.tutela_network_route(this, ref asked, out Native.Text json, out IntPtr error), error);
                return new RouteAnswer(Native.Taken(ref json));
            }
        }
    }

    /// <summary>What is given to one call: arrays and texts that stay where they are until it is over.</summary>
    internal sealed class Given : IDisposable
    {
        private readonly List<GCHandle> handles = new List<GCHandle>();

        internal static uint SizeOf<T>() => (uint)Marshal.SizeOf(typeof(T));

        /// <summary>The address of an array or of a structure; the latter is boxed.</summary>
        internal IntPtr Pinned(object values)
        {
            GCHandle handle = GCHandle.Alloc(values, GCHandleType.Pinned);
            handles.Add(handle);
            return handle.AddrOfPinnedObject();
        }

        internal Native.View View(string text)
        {
            byte[] bytes = Native.Utf8(text);
            return new Native.View { Data = Pinned(bytes), Length = Native.Size(bytes) };
        }

        internal IntPtr Views(IReadOnlyList<string> texts, out UIntPtr count)
        {
            count = (UIntPtr)(uint)texts.Count;
            return Pinned(texts.Select(View).ToArray());
        }

        internal IntPtr Decide(DecideOptions options) => Pinned(new Native.DecideOptions
        {
            StructSize = SizeOf<Native.DecideOptions>(),
            IncludeUnverified = options.IncludeUnverified ? 1 : 0,
            On = new Native.Date(options.On),
            LawOn = new Native.Date(options.LawOn),
            KnownOn = new Native.Date(options.KnownOn),
            Jurisdiction = View(options.Jurisdiction ?? "")
        });

        internal Native.Act Act(HeldAct act)
        {
            var given = new Native.Act { StructSize = SizeOf<Native.Act>(), Issuer = (int)act.Issuer, Reference = View(act.Reference), ValidFrom = new Native.Date(act.ValidFrom), ValidUntil = new Native.Date(act.ValidUntil) };
            given.Services = Views(act.Services, out given.ServiceCount);
            return given;
        }

        public void Dispose()
        {
            foreach (GCHandle handle in handles) handle.Free();
            handles.Clear();
        }
    }

    /// <summary>One value of a JSON text that the library wrote, as far as the classes here need it. Numbers stay text, so that no
    /// digit is lost. It is not meant for texts of others: those go to the library, which says what is wrong with them.</summary>
    internal sealed class Json
    {
        private readonly string text;
        private readonly List<Json> elements = new List<Json>();

        internal Dictionary<string, Json> Members { get; } = new Dictionary<string, Json>();

        internal static Json Read(string text)
        {
            int place = 0;
            return new Json(text, ref place);
        }

        private Json(string all, ref int place)
        {
            char first = Next(all, ref place);
            int start = place;
            if (first == '{')
                for (++place; !Ended(all, ref place, '}');)
                {
                    string key = new Json(all, ref place).String();
                    Next(all, ref place);
                    ++place; // the colon
                    Members[key] = new Json(all, ref place);
                }
            else if (first == '[')
                for (++place; !Ended(all, ref place, ']');) elements.Add(new Json(all, ref place));
            else if (first == '"')
            {
                while (all[++place] != '"') if (all[place] == '\\') ++place;
                ++place;
            }
            else
                while (place < all.Length && ",]} \n".IndexOf(all[place]) < 0) ++place;
            text = all.Substring(start, place - start);
        }

        private static char Next(string all, ref int place)
        {
            while (char.IsWhiteSpace(all[place])) ++place;
            return all[place];
        }

        /// <summary>Goes over the comma before the next part, or over the end.</summary>
        private static bool Ended(string all, ref int place, char end)
        {
            char next = Next(all, ref place);
            if (next == ',' || next == end) ++place;
            return next == end;
        }

        /// <summary>The member of an object; null where it has none of that name.</summary>
        internal Json this[string key] => Members.TryGetValue(key, out Json found) ? found : null;

        internal bool IsNull => text == "null";
        internal bool IsTrue => text == "true";

        /// <summary>The value as it is written.</summary>
        public override string ToString() => text;

        internal IReadOnlyList<T> Select<T>(Func<Json, T> read) => elements.Select(read).ToArray();

        internal IReadOnlyList<string> Strings() => Select(one => one.String());

        internal IReadOnlyDictionary<string, string> Texts() => Members.ToDictionary(one => one.Key, one => one.Value.String());

        internal double? Number() => IsNull ? (double?)null : double.Parse(text, CultureInfo.InvariantCulture);

        internal DateTime Day() => DateTime.ParseExact(String(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

        /// <summary>The characters of a string; null for null.</summary>
        internal string String()
        {
            if (IsNull) return null;
            var characters = new StringBuilder();
            for (int i = 1; i < text.Length - 1; ++i)
            {
                if (text[i] != '\\') { characters.Append(text[i]); continue; }
                char escaped = text[++i];
                int known = "bfnrt".IndexOf(escaped);
                if (escaped == 'u')
                {
                    characters.Append((char)int.Parse(text.Substring(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 4;
                }
                else characters.Append(known < 0 ? escaped : "\b\f\n\r\t"[known]);
            }
            return characters.ToString();
        }
    }

    internal static partial class Native
    {
        [StructLayout(LayoutKind.Sequential)]
        internal struct AskOptions
        {
            internal uint StructSize, Reserved;
            internal IntPtr Decide, Decisions;
            internal UIntPtr DecisionCount;
            internal IntPtr HeldFacts, Holders;
            internal UIntPtr HeldCount;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ScoreOptions
        {
            internal uint StructSize;
            internal int Research;
            internal Date On, KnownOn;
            internal int AnswersOnly, Reserved;
            internal View Jurisdiction;
            internal IntPtr Limits;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Act
        {
            internal uint StructSize;
            internal int Issuer;
            internal View Reference;
            internal IntPtr Services;
            internal UIntPtr ServiceCount;
            internal Date ValidFrom, ValidUntil;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct RouteOptions
        {
            internal uint StructSize;
            internal int GoalIs;
            internal View From, Goal;
            internal Date On, BirthDate;
            internal int Danger, Sex;
            internal IntPtr Purposes;
            internal UIntPtr PurposeCount;
            internal IntPtr Data, Consent;
            internal UIntPtr DataCount;
            internal IntPtr Acts;
            internal UIntPtr ActCount;
            internal IntPtr Areas;
            internal UIntPtr AreaCount;
            internal int FreshDays, Reserved;
        }

        [DllImport(Library)] internal static extern int tutela_pack_check(Pack pack, IntPtr limits, out IntPtr findings, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_pack_compare(Pack before, Pack after, ref Date on, out Text lines, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_pack_compare(Pack before, Pack after, IntPtr on, out Text lines, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_ask(Session session, ref AskOptions options, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_timeline(Session session, byte[] decision, UIntPtr length, Date start, Date end, IntPtr options, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_counterfactual(Session session, byte[] decision, UIntPtr length, IntPtr options, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_instrument_score(Instrument instrument, byte[] facts, UIntPtr length, ref ScoreOptions options, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_network_route(Network network, ref RouteOptions options, out Text json, out IntPtr error);
    }
}
