// SPDX-License-Identifier: Apache-2.0
// SHOWS: the law for every row of a table, from plain arrays: answers and the facts to ask; and a table that is refused
// with everything that is wrong. EASIER FIRST: FirstVerdict.cs. RUN: mcs -recurse:'Tutela/*.cs' DecideTable.cs
// (The children are made up.)
using System;
using Tutela;

internal static class DecideTable
{
    private static void Main()
    {
        Column born = Column.Dates("person.birth_date", new DateTime(2025, 1, 10), new DateTime(2025, 1, 10), new DateTime(2003, 2, 15));
        Column vulnerable = Column.Booleans("family.vulnerable", true, false, true).Known(true, false, true);
        var options = new BatchOptions { Decide = new DecideOptions { On = new DateTime(2026, 3, 2) }, Decisions = new[] { "day_service" }, Missing = true };
        using (Pack law = Pack.Load("md/child-protection"))
        using (Batch batch = law.Batch(options, born, vulnerable)) // compiled once, for all tables of these types
        {
            Answers answers = batch.Decide(3, born, vulnerable);
            for (int row = 0; row < answers.Rows; ++row)
            {
                bool? yes = answers.Boolean("day_service", row);
                Console.WriteLine(yes == null ? "open, ask " + answers.Missing("day_service", row)[0] : yes.Value ? "yes" : "no");
            }
            try { batch.Decide(4, born); }
            catch (TutelaException wrong) { Console.WriteLine(wrong.Message); }
        }
    }
}
