// SPDX-License-Identifier: Apache-2.0
// Tables of Arrow as any implementation of its C data interface hands them over: the structs are written here byte by byte, so
// that nothing of the library vouches for itself.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Tutela;

internal static class ArrowTest
{
    private const int Rows = 100;
    private static readonly DateTime On = new DateTime(2026, 3, 2);
    private static int failures;

    private static void Same(object want, object got, string what)
    {
        if (Equals(want, got)) return;
        Console.WriteLine(what + ": " + (got ?? "null") + " instead of " + (want ?? "null"));
        ++failures;
    }

    /// <summary>Structs and buffers of a table, and how often its release was called.</summary>
    private sealed class Table : IDisposable
    {
        internal const int SchemaBytes = 72, ArrayBytes = 80, ReleaseOfSchema = 56, ReleaseOfArray = 64;
        private delegate void Release(IntPtr self);
        private readonly List<IntPtr> blocks = new List<IntPtr>();
        private readonly List<IntPtr> types = new List<IntPtr>(), arrays = new List<IntPtr>();
        private readonly Release releaseArray, releaseSchema;
        internal int Released;

        internal Table()
        {
            releaseArray = self => { ++Released; Marshal.WriteIntPtr(self, ReleaseOfArray, IntPtr.Zero); };
            releaseSchema = self => Marshal.WriteIntPtr(self, ReleaseOfSchema, IntPtr.Zero);
        }

        internal IntPtr Room(int bytes)
        {
            IntPtr block = Marshal.AllocHGlobal(bytes + 8);
            Marshal.Copy(new byte[bytes + 8], 0, block, bytes + 8);
            blocks.Add(block);
            return block;
        }

        private IntPtr Bytes(byte[] bytes)
        {
            IntPtr block = Room(bytes.Length);
            Marshal.Copy(bytes, 0, block, bytes.Length);
            return block;
        }

        private IntPtr Addresses(IReadOnlyList<IntPtr> all)
        {
            IntPtr block = Room(8 * all.Count);
            Marshal.Copy(all.ToArray(), 0, block, all.Count);
            return block;
        }

        private IntPtr Schema(string format, string name, IReadOnlyList<IntPtr> children)
        {
            IntPtr schema = Room(SchemaBytes);
            Marshal.WriteIntPtr(schema, 0, Bytes(Encoding.UTF8.GetBytes(format)));
            Marshal.WriteIntPtr(schema, 8, Bytes(Encoding.UTF8.GetBytes(name)));
            Marshal.WriteInt64(schema, 24, 2); // nullable
            Marshal.WriteInt64(schema, 32, children.Count);
            Marshal.WriteIntPtr(schema, 40, Addresses(children));
            Marshal.WriteIntPtr(schema, ReleaseOfSchema, Marshal.GetFunctionPointerForDelegate(releaseSchema));
            return schema;
        }

        private IntPtr Array(long length, long offset, IReadOnlyList<IntPtr> buffers, IReadOnlyList<IntPtr> children)
        {
            IntPtr array = Room(ArrayBytes);
            Marshal.WriteInt64(array, 0, length);
            Marshal.WriteInt64(array, 8, -1); // nulls were not counted
            Marshal.WriteInt64(array, 16, offset);
            Marshal.WriteInt64(array, 24, buffers.Count);
            Marshal.WriteInt64(array, 32, children.Count);
            Marshal.WriteIntPtr(array, 40, Addresses(buffers));
            Marshal.WriteIntPtr(array, 48, Addresses(children));
            Marshal.WriteIntPtr(array, ReleaseOfArray, Marshal.GetFunctionPointerForDelegate(releaseArray));
            return array;
        }

        private static byte[] Bits(IEnumerable<bool> rows)
        {
            bool[] all = rows.ToArray();
            var bits = new byte[all.Length / 8 + 1];
            for (int row = 0; row < all.Length; ++row) if (all[row]) bits[row / 8] |= (byte)(1 << row % 8);
            return bits;
        }

        /// <summary>A column; its known rows may begin behind others that nobody asked for.</summary>
        private Table Add(string format, string name, bool[] known, int offset, params byte[][] buffers)
        {
            var shifted = Enumerable.Repeat(true, offset).Concat(known);
            types.Add(Schema(format, name, new IntPtr[0]));
            arrays.Add(Array(known.Length, offset, new[] { Bytes(Bits(shifted)) }.Concat(buffers.Select(Bytes)).ToArray(), new IntPtr[0]));
            return this;
        }

        internal Table Days(string name, int offset, params DateTime?[] days)
        {
            var numbers = Enumerable.Repeat(12345, offset).Concat(days.Select(day => day == null ? 77 : (day.Value - new DateTime(1970, 1, 1)).Days));
            return Add("tdD", name, days.Select(day => day != null).ToArray(), offset, numbers.SelectMany(BitConverter.GetBytes).ToArray());
        }

        internal Table Booleans(string name, int offset, params bool?[] values) =>
            Add("b", name, values.Select(one => one != null).ToArray(), offset, Bits(Enumerable.Repeat(true, offset).Concat(values.Select(one => one ?? true))));

        internal Table Integers(string name, params int[] values) =>
            Add("i", name, values.Select(one => true).ToArray(), 0, values.SelectMany(BitConverter.GetBytes).ToArray());

        internal Table Texts(string name, params string[] texts)
        {
            var ends = new List<int> { 0 };
            foreach (string text in texts) ends.Add(ends.Last() + Encoding.UTF8.GetByteCount(text ?? ""));
            return Add("u", name, texts.Select(text => text != null).ToArray(), 0, ends.SelectMany(BitConverter.GetBytes).ToArray(), Encoding.UTF8.GetBytes(string.Concat(texts)));
        }

        internal IntPtr Type() => Schema("+s", "", types);

        internal IntPtr All(int rows) => Array(rows, 0, new[] { IntPtr.Zero }, arrays);

        public void Dispose() { foreach (IntPtr block in blocks) Marshal.FreeHGlobal(block); }
    }

    private static DateTime? Born(int row) => row % 7 == 3 ? null : (DateTime?)On.AddDays(-40 * row);

    private static bool? Vulnerable(int row) => row % 5 == 2 ? null : (bool?)(row % 2 == 0);

    private static Table People() => new Table()
        .Days("born", 3, Enumerable.Range(0, Rows).Select(Born).ToArray())
        .Booleans("family.vulnerable", 5, Enumerable.Range(0, Rows).Select(Vulnerable).ToArray());

    private static BatchOptions Options(params string[] decisions) => new BatchOptions
    {
        Decide = new DecideOptions { On = On },
        Decisions = decisions,
        Missing = true,
        Columns = new[] { new ColumnRule { Fact = "person.birth_date", Column = "born" } }
    };

    /// <summary>Each row is what a session says.</summary>
    private static void Compare(Pack law, string decision, Answers answers)
    {
        Same(Rows, answers.Rows, "rows");
        using (Session child = law.Session())
            for (int row = 0; row < Rows; ++row)
            {
                child.Clear();
                if (Born(row) != null) child.Set(law.Slot("person.birth_date"), Born(row).Value);
                if (Vulnerable(row) != null) child.Set(law.Slot("family.vulnerable"), Vulnerable(row).Value);
                using (Verdict verdict = child.Decide(decision, On))
                {
                    Same(verdict.Boolean, answers.Boolean(decision, row), decision + " of row " + row);
                    Same(verdict.Outcome, answers.Outcome(decision, row), decision + " of row " + row);
                    Same(string.Join(" ", verdict.Missing()), string.Join(" ", answers.Missing(decision, row)), decision + " of row " + row);
                }
            }
    }

    private static void ATableHasTheAnswersOfItsRows(Pack law)
    {
        using (Table people = People())
        {
            IntPtr rows = people.All(Rows);
            using (ArrowBatch batch = law.ArrowBatch(Options("day_service", "is_child"), people.Type()))
            {
                Answers answers = batch.Decide(rows);
                foreach (string decision in new[] { "day_service", "is_child" }) Compare(law, decision, answers);
                Same(true, batch.Describe().Contains("\"facts_without_column\""), "description");
                Same(0, people.Released, "a table that was only read"); // and may be read again:
                IntPtr type = people.Room(Table.SchemaBytes), array = people.Room(Table.ArrayBytes);
                batch.Schema(type);
                batch.Decide(rows, array);
                Same(6L, Marshal.ReadInt64(type, 32), "columns");
                Same((long)Rows, Marshal.ReadInt64(array, 0), "rows");
                Release(type, Table.ReleaseOfSchema);
                Release(array, Table.ReleaseOfArray);
            }
        }
    }

    private delegate void ReleaseCall(IntPtr self);
    private delegate int NextCall(IntPtr self, IntPtr next);

    private static T Function<T>(IntPtr structure, int place) => Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(structure, place));

    private static void Release(IntPtr structure, int place)
    {
        Function<ReleaseCall>(structure, place)(structure);
        Same(IntPtr.Zero, Marshal.ReadIntPtr(structure, place), "released");
    }

    private static void AStreamHasTheAnswersOfItsRows(Pack law)
    {
        using (Table people = People())
        {
            IntPtr stream = people.Room(40), answers = people.Room(40), array = people.Room(Table.ArrayBytes);
            int left = 3;
            NextCall schema = (self, next) => { Copy(people.Type(), next, Table.SchemaBytes); return 0; };
            NextCall rows = (self, next) => { Copy(left-- > 0 ? people.All(Rows) : people.Room(Table.ArrayBytes), next, Table.ArrayBytes); return 0; };
            ReleaseCall release = self => Marshal.WriteIntPtr(self, 24, IntPtr.Zero);
            Marshal.WriteIntPtr(stream, 0, Marshal.GetFunctionPointerForDelegate(schema));
            Marshal.WriteIntPtr(stream, 8, Marshal.GetFunctionPointerForDelegate(rows));
            Marshal.WriteIntPtr(stream, 24, Marshal.GetFunctionPointerForDelegate(release));
            law.DecideStream(Options("is_child"), stream, answers);
            NextCall nextOf = Function<NextCall>(answers, 8);
            long seen = 0;
            while (nextOf(answers, array) == 0 && Marshal.ReadIntPtr(array, Table.ReleaseOfArray) != IntPtr.Zero)
            {
                seen += Marshal.ReadInt64(array, 0);
                Release(array, Table.ReleaseOfArray);
            }
            Same(3L * Rows, seen, "rows of the stream");
            Release(answers, 24);
            Same(3, people.Released, "tables that the stream gave away");
            GC.KeepAlive(schema);
            GC.KeepAlive(rows);
            GC.KeepAlive(release);
        }
    }

    private static void Copy(IntPtr from, IntPtr to, int bytes)
    {
        var copied = new byte[bytes];
        Marshal.Copy(from, copied, 0, bytes);
        Marshal.Copy(copied, 0, to, bytes);
    }

    private static void ScalesAreScoredWhileTheTableIsRead(Pack law)
    {
        DateTime born = new DateTime(1972, 9, 9), first = new DateTime(1986, 9, 9), convicted = new DateTime(2009, 9, 9), risk = new DateTime(2015, 9, 15);
        const string facts = "{\"person.birth_date\":\"1972-09-09\",\"probation.first_sanction_date\":\"1986-09-09\",\"probation.conviction_date\":\"2009-09-09\","
            + "\"probation.risk_start_date\":\"2015-09-15\",\"probation.previous_sanctions\":3,\"probation.offence_group\":\"criminal_damage\"";
        using (Instrument scale = Instrument.Load("uk/ogrs3"))
        using (Table people = new Table().Days("person.birth_date", 0, born, born).Days("probation.first_sanction_date", 0, first, first)
            .Days("probation.conviction_date", 0, convicted, convicted).Days("probation.risk_start_date", 0, risk, risk).Integers("probation.previous_sanctions", 3, 3)
            .Texts("probation.offence_group", "criminal_damage", "criminal_damage").Texts("person.sex", "female", null))
        {
            var options = new BatchOptions { Decide = new DecideOptions { On = On, Jurisdiction = "GB-EAW" }, Decisions = new[] { "is_child" }, Instruments = new[] { scale } };
            using (ArrowBatch batch = law.ArrowBatch(options, people.Type()))
            {
                Answers scored = batch.Decide(people.All(2));
                var how = new ScoreOptions { Jurisdiction = "GB-EAW", On = On };
                Score known = scale.Score(facts + ",\"person.sex\":\"female\"}", how), open = scale.Score(facts + "}", how);
                Same(known.Total.Lowest, scored["uk/ogrs3.total"].Double(0), "score");
                Same(null, scored["uk/ogrs3.total"].Double(1), "a score that is not settled");
                Same(open.Total.Lowest, scored["uk/ogrs3.total.lowest"].Double(1), "least");
                Same(open.Total.Highest, scored["uk/ogrs3.total.highest"].Double(1), "most");
            }
        }
    }

    private static void EveryColumnThatDoesNotFitIsTold(Pack law)
    {
        using (Table people = new Table().Texts("person.birth_date", "2025-01-10").Texts("family.vulnerable", "yes"))
            try
            {
                using (law.ArrowBatch(new BatchOptions { Decide = new DecideOptions { On = On }, Decisions = new[] { "day_service" } }, people.Type()))
                    Same("an exception", "none", "columns that do not fit");
            }
            catch (TutelaException wrong) { Same("200 200", string.Join(" ", wrong.Diagnostics.Select(one => one.Code)), "columns that do not fit"); }
    }

    private static int Main()
    {
        using (Pack law = Pack.Load("md/child-protection"))
        {
            ATableHasTheAnswersOfItsRows(law);
            AStreamHasTheAnswersOfItsRows(law);
            ScalesAreScoredWhileTheTableIsRead(law);
            EveryColumnThatDoesNotFitIsTold(law);
        }
        return failures == 0 ? 0 : 1;
    }
}
