// SPDX-License-Identifier: Apache-2.0
// A table gets the answers that its rows get one by one, is refused with everything that is wrong with it, and the classes of
// further questions say what their texts say. Usage: tables_test.exe SWIMMING_DMN (from the top of the repository)
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Tutela;

internal static class TablesTest
{
    private static readonly DateTime On = new DateTime(2026, 3, 2);
    private static int failures;

    private static void Same<T>(T wanted, T given, string what)
    {
        if (EqualityComparer<T>.Default.Equals(wanted, given)) return;
        ++failures;
        Console.Error.WriteLine(what + ": " + given + " instead of " + wanted);
    }

    private static TutelaException Refused(Action call, string what)
    {
        try { call(); }
        catch (TutelaException wrong) { return wrong; }
        throw new InvalidOperationException("not refused: " + what);
    }

    private static int Main(string[] arguments)
    {
        EveryRowHasTheAnswerThatItHasAlone();
        using (Pack pool = Pack.Parse(File.ReadAllText(arguments[0])))
        {
            EveryKindOfColumnIsRead(pool);
            EverythingThatIsWrongIsToldAtOnce(pool);
        }
        AnswersOfEveryTypeAreRead(File.ReadAllText(arguments[0]));
        ClassesSayWhatTheTextsSay();
        return failures == 0 ? 0 : 1;
    }

    private static void EveryRowHasTheAnswerThatItHasAlone()
    {
        var random = new Random(20260302);
        foreach (int rows in new[] { 0, 1, 7, 8, 9, 64, 500 })
        {
            DateTime?[] born = Enumerable.Range(0, rows).Select(row => random.Next(5) == 0 ? null : (DateTime?)On.AddDays(-random.Next(8000))).ToArray();
            bool?[] vulnerable = Enumerable.Range(0, rows).Select(row => random.Next(3) == 0 ? null : (bool?)(random.Next(2) == 0)).ToArray();
            // What lies under a row that is not known must not matter.
            Column flags = Column.Booleans("family.vulnerable", vulnerable.Select((one, row) => one ?? row % 3 == 1).ToArray()).Known(vulnerable.Select(one => one != null).ToArray());
            Column days = Column.Dates("person.birth_date", born);
            var options = new BatchOptions { Decide = new DecideOptions { On = On }, Decisions = new[] { "day_service", "is_child" }, Missing = true };
            using (Pack law = Pack.Load("md/child-protection"))
            using (Batch batch = law.Batch(options, days, flags))
            using (Session child = law.Session())
            {
                Answers answers = batch.Decide(rows, flags, days); // the order does not matter
                Same(rows, answers.Rows, "rows");
                for (int row = 0; row < rows; ++row)
                {
                    child.Clear();
                    if (born[row] != null) child.Set(law.Slot("person.birth_date"), born[row].Value);
                    if (vulnerable[row] != null) child.Set(law.Slot("family.vulnerable"), vulnerable[row].Value);
                    foreach (string decision in options.Decisions)
                        using (Verdict verdict = child.Decide(decision, On))
                        {
                            Same(verdict.Outcome, answers.Outcome(decision, row), decision + " of row " + row);
                            Same(verdict.Boolean, answers.Boolean(decision, row), decision + " of row " + row);
                            Same(string.Join(" ", verdict.Missing()), string.Join(" ", answers.Missing(decision, row)), decision + " of row " + row);
                        }
                }
            }
        }
    }

    private static void EveryKindOfColumnIsRead(Pack pool)
    {
        decimal[] heights = { 1, 1, 2, 0, 3 };
        foreach (Column height in new[]
        {
            Column.Integers("child.height", new sbyte[] { 1, 1, 2, 0, 3 }), Column.Integers("child.height", new short[] { 1, 1, 2, 0, 3 }),
            Column.Integers("child.height", 1, 1, 2, 0, 3), Column.Integers("child.height", 1L, 1L, 2L, 0L, 3L),
            Column.Decimals("child.height", 2, 100, 100, 200, 0, 300)
        }) Compare(pool, heights, height);
        Compare(pool, new[] { 1.19m, 1.20m, 2.50m, 0m, 1.21m }, Column.Decimals("child.height", 2, 119, 120, 250, 0, 121));
    }

    private static void Compare(Pack pool, decimal[] heights, Column height)
    {
        string[] groups = { "herons", null, "otters", "herons", null };
        DateTime?[] born = { new DateTime(2015, 12, 31), null, new DateTime(2016, 1, 1), new DateTime(2020, 2, 29), null };
        Column[] columns = { height, Column.Bits("child.guardian_agrees", 0x0b), Column.Texts("child.group", groups), Column.Dates("child.birth_date", born) };
        using (Batch batch = pool.Batch(new BatchOptions(), columns))
        using (Session swimmer = pool.Session())
        {
            Answers answers = batch.Decide(5, columns);
            for (int row = 0; row < 5; ++row)
            {
                swimmer.Clear();
                swimmer.Set(pool.Slot("child.height"), heights[row]);
                swimmer.Set(pool.Slot("child.guardian_agrees"), (0x0b >> row & 1) == 1);
                if (groups[row] != null) swimmer.Set(pool.Slot("child.group"), groups[row]);
                if (born[row] != null) swimmer.Set(pool.Slot("child.birth_date"), born[row].Value);
                using (Verdict swims = swimmer.Decide("may_swim", (DateTime?)null))
                using (Verdict lane = swimmer.Decide("lane", (DateTime?)null))
                {
                    Same(swims.Boolean, answers.Boolean("may_swim", row), height.Layout + " of row " + row);
                    Same(lane.Outcome, answers.Outcome("lane", row), "lane of row " + row);
                    Same(lane.Value, answers["lane"].Text(row) == null ? null : "\"" + answers["lane"].Text(row) + "\"", "lane of row " + row);
                }
            }
        }
    }

    private static void AnswersOfEveryTypeAreRead(string swimming)
    {
        string fees = swimming.Replace("name=\"lane\" typeRef=\"string\"", "name=\"lane\" typeRef=\"number\"").Replace("\"deep\"", "12.50").Replace("\"shallow\"", "-0.125").Replace("\"middle\"", "123456789012345");
        Column born = Column.Dates("child.birth_date", new DateTime(2015, 1, 1), new DateTime(2016, 1, 1), new DateTime(2017, 1, 1), null);
        Column group = Column.Texts("child.group", null, "otters", "herons", null);
        using (Pack pool = Pack.Parse(fees))
        using (Batch batch = pool.Batch(new BatchOptions { Rules = true }, born, group))
        {
            Answers answers = batch.Decide(4, born, group);
            for (int row = 0; row < 4; ++row) Same(new decimal?[] { 12.5m, -0.125m, 123456789012345m, null }[row], answers["lane"].Decimal(row), "number of row " + row);
            Same(1, answers["lane.rule"].Number(0), "rule");
        }
        string wide = fees.Replace("123456789012345", "-123456789012345678901234567890123").Replace("12.50", "12345678901234567890.5").Replace("-0.125", "-9223372036854775808.5");
        using (Pack pool = Pack.Parse(wide))
        using (Batch batch = pool.Batch(new BatchOptions(), born, group))
        {
            AnswerColumn lane = batch.Decide(4, born, group)["lane"];
            Same(12345678901234567890.5m, lane.Decimal(0), "more than 64 bits");
            Same(-9223372036854775808.5m, lane.Decimal(1), "more than 64 bits, below zero");
            bool refused = false;
            try { lane.Decimal(2); } catch (OverflowException) { refused = true; }
            Same(true, refused, "more than a decimal holds");
        }
        Column admitted = Column.Dates("need.crisis_admission_date", On.AddDays(-3), null);
        using (Pack law = Pack.Load("md/child-protection"))
        using (Batch batch = law.Batch(new BatchOptions { Decide = new DecideOptions { On = On, IncludeUnverified = true }, Decisions = new[] { "crisis_placement_last_day" } }, admitted))
        using (Session person = law.Session())
        {
            person.Set(law.Slot("need.crisis_admission_date"), On.AddDays(-3));
            DateTime? last = batch.Decide(2, admitted)["crisis_placement_last_day"].Date(0);
            Same(true, last != null, "there is a last day");
            using (Verdict verdict = person.Decide("crisis_placement_last_day", new DecideOptions { On = On, IncludeUnverified = true }))
                Same(verdict.Value, last == null ? null : last.Value.ToString("\\\"yyyy-MM-dd\\\""), "day");
        }
    }

    private static string Places(TutelaException wrong) => string.Join(", ", wrong.Diagnostics.Select(one => one.Code + " " + one.Pointer));

    private static void EverythingThatIsWrongIsToldAtOnce(Pack pool)
    {
        Column height = Column.Integers("child.height", 1, 2);
        Column agrees = Column.Booleans("child.guardian_agrees", true, false);
        TutelaException wrong = Refused(() => pool.Batch(new BatchOptions(), Column.Integers("child.heigth", 1), height, height, Column.Integers("child.birth_date", 1), Column.Days("child.guardian_agrees", 1)), "types");
        Same("203 703 200 200", string.Join(" ", wrong.Diagnostics.Select(one => one.Code)), "types");
        Same(4, wrong.Message.Split('\n').Length, "lines");
        Refused(() => pool.Batch(new BatchOptions()), "no columns");
        using (Batch batch = pool.Batch(new BatchOptions(), height, agrees))
        {
            wrong = Refused(() => batch.Decide(9, Column.Integers("child.height", 1L), Column.Texts("child.group", "herons")), "columns");
            Same("200 child.height, 600 child.height, 704 child.group, 600 child.group, 600 child.group, 705 child.guardian_agrees", Places(wrong), "columns");
            wrong = Refused(() => batch.Decide(2, height, agrees.Known(new byte[2]), agrees), "lengths");
            Same("600 child.guardian_agrees, 703 child.guardian_agrees", Places(wrong), "lengths");
        }
    }

    private static void ClassesSayWhatTheTextsSay()
    {
        using (Pack law = Pack.Load("md/child-protection"))
        using (Session child = law.Session())
        {
            var wanted = new AskOptions { Decide = new DecideOptions { On = On }, Decisions = new[] { "is_child" }, Holders = new Dictionary<string, string> { ["person.birth_date"] = "school-12" } };
            Questions questions = child.Ask(wanted);
            Same("Когда родился этот человек?", questions.Ask.Single().Text["ru"], "question");
            Same("school-12", questions.Ask.Single().Holder, "holder");
            child.Set(law.Slot("person.birth_date"), new DateTime(2010, 5, 5));
            Same("is_child", child.Ask(wanted).Settled.Single(), "settled");
            var explained = new ExplainOptions { Decide = new DecideOptions { On = On }, Language = "ro" };
            Same(true, child.Explain("is_child", explained).Contains("5 mai 2010"), "the officer reads the value");
            explained.Reader = Reader.Child;
            explained.Age = 15;
            explained.Form = ExplanationForm.Json;
            Same(true, child.Explain("is_child", explained).Contains("\"view\":\"child\""), "page of the child");
            explained.Age = null;
            Same(Status.InvalidInput, Refused(() => child.Explain("is_child", explained), "age").Status, "no age");
            TimelineSpan grown = child.Timeline("is_child", new DateTime(2026, 1, 1), new DateTime(2032, 1, 1)).Spans[1];
            Same(new DateTime(2028, 5, 5), grown.From, "first day");
            Same("false", grown.Value, "value");
            Same("person.birth_date: 18 years", grown.BeganWith.Single(), "turn");
            Same(Outcome.RuleNotAvailable, child.Timeline("no_such_rule", On, On.AddDays(1)).Spans[0].Outcome, "no rule");
            child.Set(law.Slot("need.cash_help_requested"), true);
            child.Set(law.Slot("need.complex_assessment_done"), true);
            child.Set(law.Slot("need.commission_opinion_given"), false);
            Counterfactuals found = child.Counterfactual("cash_help_next_step", new DecideOptions { On = On });
            Same("need.commission_opinion_given", found.Ways.Single(way => way.Answer == "\"ready_for_decision\"").Changes.Single().Fact, "change");
        }
        using (Instrument scale = Instrument.Load("uk/ogrs3"))
        {
            Score none = scale.Score("{}", new ScoreOptions { Jurisdiction = "MD" });
            Same("not_applicable", none.State, "state");
            Same(null, none.Total, "total");
            Same(true, none.Reason["en"].Contains("no sanction"), "reason");
            Same(2, Refused(() => scale.Score("{\"a\":[[1]],\"b\":{}}", new ScoreOptions()), "facts").Diagnostics.Count, "findings");
        }
        using (Network network = Network.Load("examples/data/chisinau/network.json"))
        {
            RouteAnswer answer = network.Route(new RouteRequest { From = "probation-office", GoalIs = Goal.Agency, Goal = "lumos", On = new DateTime(2015, 7, 10), Purposes = new[] { "reoffending_prevention" } });
            Same("blocked", answer.State, "route");
            Same(null, answer.Certain, "path");
            Same("agreement_not_in_force", answer.Blocked[0].Obstacles[0].Kind, "obstacle");
        }
    }
}
