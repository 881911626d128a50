// SPDX-License-Identifier: Apache-2.0
// How a published scale comes out for one person.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Tutela
{
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
}
