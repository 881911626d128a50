// SPDX-License-Identifier: Apache-2.0
// What one decision from five facts costs from .NET, and what the border alone costs. Usage: Bench.exe
using System;
using System.Diagnostics;
using Tutela;

internal static class Bench
{
    public static volatile int Seen; // what a turn saw, so that it is not left out

    /// <summary>Nanoseconds for one turn, the least of 500 rounds, short ones, so that some run undisturbed.</summary>
    private static double Best(int turns, Action turn)
    {
        double best = double.MaxValue;
        for (int round = 0; round < 500; ++round)
        {
            Stopwatch watch = Stopwatch.StartNew();
            for (int i = 0; i < turns; ++i) turn();
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds * 1e6 / turns);
        }
        return best;
    }

    private static void Main()
    {
        using (Pack law = Pack.Load("md/child-protection"))
        using (Decision dayService = law.Decision("day_service", new DateTime(2026, 3, 2)))
        using (Session child = law.Session())
        {
            Slot born = law.Slot("person.birth_date");
            Slot[] yes = Array.ConvertAll(new[] { "family.vulnerable", "person.lives_in_chisinau", "person.on_record", "person.is_mother" }, law.Slot);
            Action five = () =>
            {
                child.SetDate(born, 2025, 1, 10);
                foreach (Slot slot in yes) child.Set(slot, true);
            };
            double border = Best(20000, () => Seen = (int)Native.tutela_version());
            double facts = Best(2000, five);
            double answer = Best(2000, () =>
            {
                five();
                Seen = child.Answer(dayService).Boolean == true ? 1 : 0;
            });
            Row row = child.Row(born, yes[0], yes[1], yes[2], yes[3]);
            double together = Best(2000, () =>
            {
                row.SetDate(0, 2025, 1, 10);
                for (int i = 1; i < 5; ++i) row.Set(i, true);
                Seen = row.Answer(dayService).Boolean == true ? 1 : 0;
            });
            double decision = Best(50, () =>
            {
                five();
                using (Verdict verdict = child.Verdict(dayService)) Seen = verdict.Boolean == true ? 1 : 0;
            });
            bool mono = Type.GetType("Mono.Runtime") != null;
            Console.WriteLine(FormattableString.Invariant($"C# by {(mono ? "Mono" : ".NET")} {Environment.Version}: empty call {border:F1} ns, five facts set {facts:F0} ns, five facts and the answer {answer:F0} ns, as a row {together:F0} ns, five facts and a verdict with reasons {decision:F0} ns"));
        }
    }
}
