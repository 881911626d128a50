// SPDX-License-Identifier: Apache-2.0
// SHOWS: an interview that asks only what can still change an answer, in the family's language; then on which day the answer
// will change. EASIER FIRST: FirstVerdict.cs. RUN: mcs -recurse:'Tutela/*.cs' Interview.cs (The family is made up.)
using System;
using System.Collections.Generic;
using Tutela;

internal static class Interview
{
    private static void Main()
    {
        var on = new DateTime(2026, 3, 2);
        var wanted = new AskOptions { Decide = new DecideOptions { On = on }, Decisions = new[] { "day_service" } };
        var family = new Dictionary<string, object> { ["person.birth_date"] = new DateTime(2025, 1, 10), ["family.vulnerable"] = true };
        using (Pack law = Pack.Load("md/child-protection"))
        using (Session child = law.Session())
        {
            for (Questions questions = child.Ask(wanted); questions.Ask.Count > 0; questions = child.Ask(wanted))
            {
                FactQuestion next = questions.Ask[0]; // best first
                Console.WriteLine("? " + next.Text["ro"]);
                family.TryGetValue(next.Fact, out object said);
                if (said is bool flag) child.Set(law.Slot(next.Fact), flag);
                else if (said is DateTime day) child.Set(law.Slot(next.Fact), day);
                else child.Set(law.Slot(next.Fact), State.Uncertain); // never asked again, never a "no"
            }
            foreach (TimelineSpan span in child.Timeline("day_service", on, new DateTime(2029, 1, 1)).Spans)
                Console.WriteLine($"from {span.From:yyyy-MM-dd}: {span.Value ?? "open, ask " + span.Missing[0]}");
        }
    }
}
