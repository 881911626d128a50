// SPDX-License-Identifier: Apache-2.0
using System;
using Tutela;

internal static class FirstVerdict
{
    private static void Main()
    {
        var on = new DateTime(2026, 3, 2); // there is no clock: the day is always an argument
        using (Pack law = Pack.Load("md/child-protection")) // throws TutelaException with all that is wrong
        using (Session child = law.Session())
        {
            child.Set(law.Slot("person.birth_date"), new DateTime(2025, 1, 10));
            using (Verdict verdict = child.Decide("day_service", on))
                if (verdict.Outcome == Outcome.Unknown) // a missing fact is never a "no"
                    Console.WriteLine("unknown: ask " + verdict.Missing()[0]);
            child.Set(law.Slot("family.vulnerable"), true);
            using (Verdict verdict = child.Decide("day_service", on)) // verdict.Explain("ro") says why
                if (verdict.Outcome == Outcome.Known)
                    Console.WriteLine("known: " + verdict.Value);
        }
    }
}
