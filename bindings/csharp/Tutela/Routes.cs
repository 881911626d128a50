// SPDX-License-Identifier: Apache-2.0
// The best lawful path between agencies, or what stands in the way.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Tutela
{
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
}
