// SPDX-License-Identifier: Apache-2.0
// The answers of the golden corpus from .NET. Usage: golden.exe QUESTIONS SWIMMING_DMN
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Tutela;

internal static class Golden
{
    private static string swimming;

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2) return 2;
        swimming = File.ReadAllText(arguments[1]);
        var lines = new StringBuilder();
        foreach (string line in File.ReadAllText(arguments[0]).Split('\n').Where(line => line != "" && line[0] != '#'))
        {
            string[] question = line.Split('\t');
            lines.Append("{\"id\":\"" + question[0] + "\"" + Answer(question) + "}\n");
        }
        byte[] bytes = Encoding.UTF8.GetBytes(lines.ToString());
        Console.OpenStandardOutput().Write(bytes, 0, bytes.Length);
        return 0;
    }

    /// <summary>The word that Tutela uses in every language: rule_not_available.</summary>
    private static string Word(object value) => Regex.Replace(value.ToString(), "(?<=.)([A-Z])", "_$1").ToLowerInvariant();

    private static string Answer(string[] question)
    {
        try
        {
            switch (question[1])
            {
                case "assess": return Assessment(question);
                case "ask": case "timeline": case "change": return InterviewOf(question);
                case "score": return ScoreOf(question);
                case "route": return RouteOf(question);
                case "check": case "compare": return PacksOf(question);
                default: return AnswerOf(question);
            }
        }
        catch (TutelaException refused)
        {
            string found = string.Join(",", refused.Diagnostics.Select(one => "{\"code\":" + one.Code + ",\"pointer\":\"" + one.Pointer + "\"}"));
            return ",\"refused\":\"" + Word(refused.Status) + "\",\"diagnostics\":[" + found + "],\"message\":\"" + Digest(refused.Message) + "\"";
        }
    }

    private static DateTime? Day(string text) => text == "-" ? (DateTime?)null : DateTime.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Pack PackNamed(string name) => name == "swimming" ? Pack.Parse(swimming) : Pack.Load(name);

    private static string AnswerOf(string[] question)
    {
        using (Pack pack = PackNamed(question[2]))
        using (Session session = pack.Session())
        {
            if (question[1] == "case") session.SetCase(question[6]);
            else if (question[6] != "-") foreach (string item in question[6].Split(';')) Set(pack, session, item);
            using (Decision decision = pack.Decision(question[3], Day(question[4])))
            using (Verdict verdict = session.Verdict(decision))
            {
                Compare(pack, session, decision, question, verdict);
                return ",\"outcome\":\"" + Word(verdict.Outcome) + "\",\"value\":" + (verdict.Value ?? "null") + ",\"missing\":["
                    + string.Join(",", verdict.Missing().Select(name => "\"" + name + "\"")) + "],\"explanation\":\""
                    + Digest(verdict.Explain(question[5])) + "\",\"verdict\":\"" + Digest(verdict.Json()) + "\"";
            }
        }
    }

    /// <summary>The answer alone, and the verdict by the decision's name, must say what the verdict says.</summary>
    private static void Compare(Pack pack, Session session, Decision decision, string[] question, Verdict verdict)
    {
        Answer answer = session.Answer(decision);
        bool same = answer.Outcome == verdict.Outcome && answer.Value == verdict.Value && answer.Boolean == verdict.Boolean;
        using (Verdict named = session.Decide(question[3], Day(question[4])))
            if (!same || named.Json() != verdict.Json() || !SameByRow(pack, session, decision, question)) throw new InvalidOperationException("two answers to " + question[0]);
    }

    /// <summary>The answer of the same facts as a row, where a row can hold them all.</summary>
    private static bool SameByRow(Pack pack, Session session, Decision decision, string[] question)
    {
        if (question[1] != "slots" || question[6] == "-") return true;
        string[][] items = question[6].Split(';').Select(item => item.Split(new[] { '=', ':' }, 3)).ToArray();
        Row row = session.Row(items.Select(item => pack.Slot(item[0])).ToArray());
        Answer answer = session.Answer(decision);
        Outcome outcome = answer.Outcome;
        string value = answer.Value;
        for (int i = 0; i < items.Length; ++i)
        {
            string text = items[i][2];
            switch (items[i][1])
            {
                case "boolean": row.Set(i, text == "true"); break;
                case "integer": row.Set(i, long.Parse(text, CultureInfo.InvariantCulture)); break;
                case "date": row.Set(i, Day(text).Value); break;
                case "state": row.Set(i, (State)Enum.Parse(typeof(State), text, true)); break;
                default: return true;
            }
        }
        session.Clear();
        row.Answer(decision);
        return answer.Outcome == outcome && answer.Value == value;
    }

    private static void Set(Pack pack, Session session, string item)
    {
        string[] parts = item.Split(new[] { '=', ':' }, 3);
        Slot slot = pack.Slot(parts[0]);
        switch (parts[1])
        {
            case "boolean": session.Set(slot, parts[2] == "true"); break;
            case "integer": session.Set(slot, long.Parse(parts[2], CultureInfo.InvariantCulture)); break;
            case "number": session.SetNumber(slot, parts[2]); break;
            case "string": session.Set(slot, parts[2]); break;
            case "state": session.Set(slot, (State)Enum.Parse(typeof(State), parts[2], true)); break;
            default:
                int[] date = parts[2].Split('-').Select(int.Parse).ToArray();
                session.SetDate(slot, date[0], date[1], date[2]);
                break;
        }
    }

    private static string Line(string key, string json) => ",\"" + key + "\":\"" + Digest(json) + "\"";

    private static string InterviewOf(string[] question)
    {
        using (Pack pack = PackNamed(question[2]))
        using (Session session = pack.Session())
        {
            if (question[6] != "-") foreach (string item in question[6].Split(';')) Set(pack, session, item);
            if (question[1] == "timeline")
            {
                string[] days = question[4].Split('/');
                return Line("timeline", session.Timeline(question[3], Day(days[0]).Value, Day(days[1]).Value).Json);
            }
            var how = new DecideOptions { On = Day(question[4]) };
            if (question[1] == "change") return Line("change", session.Counterfactual(question[3], how).Json);
            string[] decisions = question[3] == "-" ? new string[0] : question[3].Split(',');
            return Line("questions", session.Ask(new AskOptions { Decide = how, Decisions = decisions }).Json);
        }
    }

    /// <summary>What is wrong with a pack, or with another version of the document, in which one text stands in place of another.</summary>
    private static string PacksOf(string[] question)
    {
        string[] replaced = question[6].Split(new[] { "=>" }, StringSplitOptions.None);
        using (Pack before = PackNamed(question[2]))
        using (Pack after = replaced.Length == 2 ? Pack.Parse(swimming.Replace(replaced[0], replaced[1])) : PackNamed(question[2]))
        {
            if (question[1] == "compare") return Line("compare", string.Concat(before.Compare(after, Day(question[4])).Select(change => change.Json + "\n")));
            return Line("check", string.Concat(after.Check().Select(finding => finding + "\n")));
        }
    }

    private static string ScoreOf(string[] question)
    {
        using (Instrument scale = Instrument.Load(question[2]))
            return Line("score", scale.Score(question[6], new ScoreOptions { Jurisdiction = question[3] == "-" ? null : question[3], On = Day(question[4]) }).Json);
    }

    private static T Of<T>(string word) => (T)Enum.Parse(typeof(T), word, true);

    private static string RouteOf(string[] question)
    {
        string[] goal = question[3].Split(':');
        ILookup<string, string> parts = question[6].Split(';').ToLookup(item => item.Split('=')[0], item => item.Split('=')[1]);
        var request = new RouteRequest { GoalIs = Of<Goal>(goal[0]), Goal = goal[1], On = Day(question[4]), From = parts["from"].Single(), Purposes = parts["purpose"].ToArray(), Areas = parts["area"].ToArray() };
        foreach (string danger in parts["danger"]) request.Danger = Of<Truth>(danger);
        foreach (string day in parts["birth_date"]) request.BirthDate = Day(day);
        foreach (string sex in parts["sex"]) request.Sex = Of<Sex>(sex);
        request.Data = parts["data"].ToDictionary(item => item.Split(':')[0], item => Of<Truth>(item.Split(':')[1]));
        request.Acts = parts["act"].Select(item => item.Split(':')).Select(act => new HeldAct { Issuer = Of<Issuer>(act[0]), Reference = act[1], Services = new[] { act[2] }, ValidFrom = Day(act[3]) }).ToArray();
        using (Network network = Network.Load(question[2])) return Line("route", network.Route(request).Json);
    }

    private static string Assessment(string[] question)
    {
        bool byScale = question[2].StartsWith("uk/");
        using (Pack pack = byScale ? null : PackNamed(question[2]))
        using (Instrument scale = byScale ? Instrument.Load(question[2]) : null)
        {
            var packs = byScale ? new Pack[0] : new[] { pack };
            var scales = byScale ? new[] { scale } : new Instrument[0];
            return Line("assessment", Assessments.Assess(question[6], Day(question[4]).Value, packs, scales, new Network[0]));
        }
    }

    /// <summary>FNV-1a with 64 bits: enough to see that a text changed.</summary>
    private static string Digest(string text)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (byte unit in Encoding.UTF8.GetBytes(text)) hash = unchecked((hash ^ unit) * 0x100000001b3);
        return hash.ToString("x16");
    }
}
