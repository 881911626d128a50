// SPDX-License-Identifier: Apache-2.0
// Tables from .NET: decisions for every row of plain arrays, which are pinned and read where they lie. Add it to a project
// beside Tutela.cs and Questions.cs.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace Tutela
{
    /// <summary>How the values of a column lie in memory.</summary>
    public enum Layout { Bits = 1, Int8, Int16, Int32, Int64, Decimal64, Days32, Text, Codes32 }

    /// <summary>The values of one fact for all rows of a table. What lies under a row that is not known is never looked at.</summary>
    public sealed class Column
    {
        private static readonly DateTime FirstDay = new DateTime(1970, 1, 1);
        private readonly Array values;
        private readonly int scale;
        private readonly IReadOnlyList<string> words;
        private readonly byte[] known;
        private readonly State nulls;

        /// <summary>Name of the fact.</summary>
        public string Fact { get; }

        public Layout Layout { get; }

        private Column(string fact, Layout layout, Array values, int scale = 0, IReadOnlyList<string> words = null, byte[] known = null, State nulls = State.Unknown)
        {
            Fact = fact ?? throw new ArgumentNullException(nameof(fact));
            Layout = layout;
            this.values = values ?? throw new ArgumentNullException(nameof(values));
            this.scale = scale;
            this.words = words ?? new string[0];
            this.known = known;
            this.nulls = nulls;
        }

        /// <summary>Booleans; they are packed into bits first, which Bits saves.</summary>
        public static Column Booleans(string fact, params bool[] values) => new Column(fact, Layout.Bits, Packed(values));

        /// <summary>Booleans, eight rows to a byte, the lowest bit first.</summary>
        public static Column Bits(string fact, params byte[] bits) => new Column(fact, Layout.Bits, bits);

        /// <summary>Whole numbers.</summary>
        public static Column Integers(string fact, params sbyte[] values) => new Column(fact, Layout.Int8, values);

        /// <summary>Whole numbers.</summary>
        public static Column Integers(string fact, params short[] values) => new Column(fact, Layout.Int16, values);

        /// <summary>Whole numbers.</summary>
        public static Column Integers(string fact, params int[] values) => new Column(fact, Layout.Int32, values);

        /// <summary>Whole numbers.</summary>
        public static Column Integers(string fact, params long[] values) => new Column(fact, Layout.Int64, values);

        /// <summary>Numbers, exactly: 125050 with the scale 2 is 1250.50. The scale is 0 to 18.</summary>
        public static Column Decimals(string fact, int scale, params long[] units) => new Column(fact, Layout.Decimal64, units, scale);

        /// <summary>Days since 1970-01-01.</summary>
        public static Column Days(string fact, params int[] days) => new Column(fact, Layout.Days32, days);

        /// <summary>Days; null is not known.</summary>
        public static Column Dates(string fact, params DateTime?[] dates)
        {
            int[] days = dates.Select(date => date == null ? 0 : (date.Value.Date - FirstDay).Days).ToArray();
            return Days(fact, days).Known(dates.Select(date => date != null).ToArray());
        }

        /// <summary>Texts, or words of an enumeration; null is not known.</summary>
        public static Column Texts(string fact, params string[] texts)
        {
            var places = new Dictionary<string, int>();
            var words = new List<string>();
            var codes = new int[texts.Length];
            for (int row = 0; row < texts.Length; ++row)
            {
                if (texts[row] == null) continue;
                if (!places.TryGetValue(texts[row], out codes[row]))
                {
                    places[texts[row]] = codes[row] = words.Count;
                    words.Add(texts[row]);
                }
            }
            return Codes(fact, words, codes).Known(texts.Select(text => text != null).ToArray());
        }

        /// <summary>Texts as numbers that count the words from 0.</summary>
        public static Column Codes(string fact, IReadOnlyList<string> words, params int[] codes) => new Column(fact, Layout.Codes32, codes, 0, words.ToArray());

        /// <summary>The same; the rows whose bit is 0 are not known. Eight rows to a byte, the lowest bit first.</summary>
        public Column Known(params byte[] bits) => new Column(Fact, Layout, values, scale, words, bits, nulls);

        /// <summary>The same; the rows that are false are not known.</summary>
        public Column Known(params bool[] rows) => Known(Packed(rows));

        /// <summary>The same; a row that is not known is none, unknown (so unless said otherwise) or uncertain.</summary>
        public Column Nulls(State state) => new Column(Fact, Layout, values, scale, words, known, state);

        private static byte[] Packed(bool[] values)
        {
            var bits = new byte[(values.Length + 7) / 8];
            for (int row = 0; row < values.Length; ++row) if (values[row]) bits[row / 8] |= (byte)(1 << row % 8);
            return bits;
        }

        /// <summary>Whether a batch that was made for the other column can take this one.</summary>
        internal bool Fits(Column other) => Layout == other.Layout && scale == other.scale && nulls == other.nulls;

        /// <summary>What does not go together with that many rows.</summary>
        internal IEnumerable<string> WrongLengths(int rows)
        {
            int bytes = (int)((rows + 7L) / 8);
            int wanted = Layout == Layout.Bits ? bytes : rows;
            if (values.Length != wanted) yield return "the array has " + values.Length + " elements instead of " + wanted;
            if (known != null && known.Length != bytes) yield return "its bits of known rows have " + known.Length + " bytes instead of " + bytes;
        }

        /// <summary>The column for a call; without its values, for what a batch is made for.</summary>
        internal Native.Column Given(Given given, ulong slot, bool withValues)
        {
            var column = new Native.Column { StructSize = Tutela.Given.SizeOf<Native.Column>(), Layout = (int)Layout, Slot = slot, Scale = scale, Nulls = nulls == State.Unknown ? 0 : nulls == State.None ? 1 : 2 };
            if (!withValues) return column;
            if (known != null) column.Validity = given.Pinned(known);
            column.Values = given.Pinned(values);
            column.Words = given.Views(words, out column.WordCount);
            return column;
        }
    }

    /// <summary>How to ask for many rows.</summary>
    public sealed class BatchOptions
    {
        /// <summary>The day, the text of the law and the legal order of all rows. When a value was recorded, a table does not say.</summary>
        public DecideOptions Decide { get; set; } = new DecideOptions();

        /// <summary>The decisions to answer; all where there are none.</summary>
        public IReadOnlyList<string> Decisions { get; set; } = new string[0];

        /// <summary>True adds the outcome of each row.</summary>
        public bool Outcomes { get; set; } = true;

        /// <summary>True adds the facts to ask.</summary>
        public bool Missing { get; set; }

        /// <summary>True adds the number of the rule that settles a row.</summary>
        public bool Rules { get; set; }

        internal Native.BatchOptions Native(Given given)
        {
            if (Decide.KnownOn != null) throw new ArgumentException("a table does not say when a value was recorded");
            var options = new Native.BatchOptions
            {
                StructSize = Given.SizeOf<Native.BatchOptions>(),
                IncludeUnverified = Decide.IncludeUnverified ? 1 : 0,
                On = new Native.Date(Decide.On),
                LawOn = new Native.Date(Decide.LawOn),
                Outcomes = Outcomes ? 1 : 0,
                Missing = Missing ? 1 : 0,
                Rules = Rules ? 1 : 0,
                Threads = 1,
                Jurisdiction = given.View(Decide.Jurisdiction ?? "")
            };
            options.Decisions = given.Views(Decisions, out options.DecisionCount);
            return options;
        }
    }

    /// <summary>The decisions of a pack, compiled for plain arrays of some types; for one thread at a time.</summary>
    public sealed class Batch : Handle
    {
        private const int WrongType = 200, InvalidRequest = 600, DuplicateKey = 703, UnknownKey = 704, MissingKey = 705;

        /// <summary>A column that the batch was made for, with its place and slot.</summary>
        private sealed class Wanted
        {
            internal Column Type;
            internal int Place;
            internal ulong Slot;
        }

        private readonly Dictionary<string, Wanted> wanted = new Dictionary<string, Wanted>();
        private readonly IReadOnlyList<AnswerField> fields;

        internal Batch(Pack pack, BatchOptions options, Column[] types)
        {
            var wrong = new List<Diagnostic>();
            foreach (Column type in types)
            {
                try
                {
                    ulong slot = pack.Slot(type.Fact).Number;
                    if (wanted.ContainsKey(type.Fact)) wrong.Add(Finding(DuplicateKey, type.Fact, "the fact has two columns", "leave one of them out"));
                    else wanted[type.Fact] = new Wanted { Type = type, Place = wanted.Count, Slot = slot };
                }
                catch (TutelaException unknown) { wrong.AddRange(unknown.Diagnostics); }
            }
            using (var given = new Given())
            {
                Native.BatchOptions how = options.Native(given);
                var columns = wanted.Values.Select(one => one.Type.Given(given, one.Slot, false)).ToArray();
                if (wanted.Count > 0 || wrong.Count == 0)
                {
                    int status = Native.tutela_batch_new_columns(pack, columns, (UIntPtr)(uint)columns.Length, ref how, out IntPtr made, out IntPtr error);
                    SetHandle(made);
                    try { Native.Check(status, error); }
                    catch (TutelaException further) when (wrong.Count > 0) { wrong.AddRange(further.Diagnostics); }
                }
            }
            Refuse(wrong);
            Native.Check(Native.tutela_batch_schema(this, out Native.ArrowSchema schema, out IntPtr failed), failed);
            fields = AnswerField.Taken(ref schema);
        }

        private static Diagnostic Finding(int code, string fact, string what, string mend) =>
            new Diagnostic { Code = code, File = "", Pointer = fact, What = what, Mend = mend };

        private void Refuse(List<Diagnostic> wrong)
        {
            if (wrong.Count == 0) return;
            throw new TutelaException(Status.InvalidInput, string.Join("\n", wrong.Select(one => one.ToString())), wrong);
        }

        /// <summary>Answers every row. The columns are those of the facts that the batch was made for, of the same types, in any
        /// order; what is wrong with them is one exception with all of it, and never with a value of a person.</summary>
        public Answers Decide(int rows, params Column[] columns)
        {
            if (rows < 0) throw new ArgumentOutOfRangeException(nameof(rows));
            Refuse(Wrong(rows, columns));
            using (var given = new Given())
            {
                var table = new Native.Column[columns.Length];
                foreach (Column column in columns)
                {
                    Wanted one = wanted[column.Fact];
                    table[one.Place] = column.Given(given, one.Slot, true);
                }
                Native.Check(Native.tutela_batch_decide_columns(this, table, (UIntPtr)(uint)table.Length, (UIntPtr)(uint)rows, out Native.ArrowArray answers, out IntPtr error), error);
                return new Answers(fields, ref answers);
            }
        }

        private List<Diagnostic> Wrong(int rows, Column[] columns)
        {
            var wrong = new List<Diagnostic>();
            var given = new HashSet<string>();
            foreach (Column column in columns)
            {
                wanted.TryGetValue(column.Fact, out Wanted one);
                if (!given.Add(column.Fact)) wrong.Add(Finding(DuplicateKey, column.Fact, "the fact has two columns", "leave one of them out"));
                else if (one == null) wrong.Add(Finding(UnknownKey, column.Fact, "the batch was made without a column for this fact", "make a batch with it"));
                else if (!column.Fits(one.Type)) wrong.Add(Finding(WrongType, column.Fact, "the column is of another type than the batch was made for", "give " + one.Type.Layout));
                wrong.AddRange(column.WrongLengths(rows).Select(what => Finding(InvalidRequest, column.Fact, what, "give one value for each of the " + rows + " rows")));
            }
            wrong.AddRange(wanted.Keys.Where(fact => !given.Contains(fact)).Select(fact => Finding(MissingKey, fact, "the fact has no column", "make a batch without it")));
            return wrong;
        }

        /// <summary>What the batch does, as JSON: the decisions, which of them run row by row and why, facts without column.</summary>
        public string Describe()
        {
            Native.Check(Native.tutela_batch_describe(this, out Native.Text json, out IntPtr error), error);
            return Native.Taken(ref json);
        }

        protected override bool ReleaseHandle() { Native.tutela_batch_free(handle); return true; }
    }

    public sealed partial class Pack
    {
        /// <summary>Compiles decisions for plain arrays, for one thread; it may outlive the pack. Of the columns only facts and
        /// types count; facts without a column are unknown in every row. Every column that does not fit is told.</summary>
        public Batch Batch(BatchOptions options, params Column[] types) => new Batch(this, options, types);
    }

    /// <summary>What the values of a column of answers are.</summary>
    public enum AnswerType { Boolean, Date, Number, Text, Whole, Texts }

    /// <summary>Name and type of a column of answers; the width is that of a value in bytes, 0 for bits.</summary>
    internal sealed class AnswerField
    {
        internal string Name;
        internal AnswerType Type;
        internal int Scale, Width;

        /// <summary>Reads the fields of a schema and releases it.</summary>
        internal static IReadOnlyList<AnswerField> Taken(ref Native.ArrowSchema schema)
        {
            try
            {
                IntPtr[] children = Native.Addresses(schema.Children, schema.ChildCount);
                return children.Select(child => Read(Marshal.PtrToStructure<Native.ArrowSchema>(child))).ToArray();
            }
            finally { Native.Release(schema.Release, ref schema); }
        }

        private static AnswerField Read(Native.ArrowSchema schema)
        {
            string format = Marshal.PtrToStringAnsi(schema.Format);
            var field = new AnswerField { Name = Native.NulText(schema.Name), Width = 4 };
            if (format == "b") { field.Type = AnswerType.Boolean; field.Width = 0; }
            else if (format == "tdD") field.Type = AnswerType.Date;
            else if (format == "+L") field.Type = AnswerType.Texts;
            else if (format == "C" || format == "i")
            {
                field.Type = schema.Dictionary == IntPtr.Zero ? AnswerType.Whole : AnswerType.Text;
                field.Width = format == "C" ? 1 : 4;
            }
            else if (format.StartsWith("d:", StringComparison.Ordinal))
            {
                field.Type = AnswerType.Number;
                field.Scale = int.Parse(format.Split(':', ',')[2]);
                field.Width = 16;
            }
            else throw new InvalidOperationException("a column of answers has the type " + format);
            return field;
        }
    }

    /// <summary>One column of answers, in managed memory. A row may be read where IsKnown says that there is a value; a column is
    /// read as what it is, anything else throws InvalidOperationException.</summary>
    public sealed class AnswerColumn
    {
        private readonly AnswerField field;
        private readonly byte[] known; // null: all are
        private readonly byte[] values;
        private readonly long[] starts; // of several texts: where those of a row begin

        public string Name => field.Name;
        public AnswerType Type => field.Type;
        public int Rows { get; }

        /// <summary>The words that numbers count from 0.</summary>
        public IReadOnlyList<string> Words { get; }

        internal AnswerColumn(AnswerField field, int rows, Native.ArrowArray array)
        {
            this.field = field;
            Rows = rows;
            IntPtr[] buffers = Native.Addresses(array.Buffers, array.BufferCount);
            if (buffers[0] != IntPtr.Zero) known = Native.Bytes(buffers[0], (rows + 7) / 8);
            Native.ArrowArray items = array;
            if (field.Type == AnswerType.Texts)
            {
                starts = new long[rows + 1];
                Marshal.Copy(buffers[1], starts, 0, starts.Length);
                items = Marshal.PtrToStructure<Native.ArrowArray>(Native.Addresses(array.Children, 1)[0]);
                buffers = Native.Addresses(items.Buffers, items.BufferCount);
            }
            int count = checked((int)items.Length);
            values = Native.Bytes(buffers[1], field.Width == 0 ? (count + 7) / 8 : checked(field.Width * count));
            Words = items.Dictionary == IntPtr.Zero ? new string[0] : WordsOf(Marshal.PtrToStructure<Native.ArrowArray>(items.Dictionary));
        }

        private static string[] WordsOf(Native.ArrowArray array)
        {
            var words = new string[checked((int)array.Length)];
            IntPtr[] buffers = Native.Addresses(array.Buffers, array.BufferCount);
            var ends = new int[words.Length + 1];
            Marshal.Copy(buffers[1], ends, 0, ends.Length);
            byte[] bytes = Native.Bytes(buffers[2], ends[words.Length]);
            for (int i = 0; i < words.Length; ++i) words[i] = Encoding.UTF8.GetString(bytes, ends[i], ends[i + 1] - ends[i]);
            return words;
        }

        private int Place(int row, params AnswerType[] wanted)
        {
            if (!wanted.Contains(Type)) throw new InvalidOperationException("the column " + Name + " is " + Type);
            if (row < 0 || row >= Rows) throw new ArgumentOutOfRangeException(nameof(row));
            return row;
        }

        private static bool Bit(byte[] bits, int row) => (bits[row / 8] >> row % 8 & 1) == 1;

        /// <summary>Whether a row has a value.</summary>
        public bool IsKnown(int row)
        {
            if (row < 0 || row >= Rows) throw new ArgumentOutOfRangeException(nameof(row));
            return known == null || Bit(known, row);
        }

        /// <summary>Which rows have a value, eight rows to a byte, the lowest bit first; null where all have. A copy.</summary>
        public byte[] KnownBits() => (byte[])known?.Clone();

        /// <summary>The Booleans, eight rows to a byte, the lowest bit first. A copy.</summary>
        public byte[] Bits() => Type == AnswerType.Boolean ? (byte[])values.Clone() : throw new InvalidOperationException("the column " + Name + " is " + Type);

        /// <summary>The answer of a row where it is a known Boolean, otherwise null: unknown is never false.</summary>
        public bool? Boolean(int row) => IsKnown(Place(row, AnswerType.Boolean)) ? Bit(values, row) : (bool?)null;

        /// <summary>Days since 1970-01-01, the place of the word, or the whole number of a row.</summary>
        public int Number(int row)
        {
            Place(row, AnswerType.Date, AnswerType.Text, AnswerType.Whole);
            return field.Width == 1 ? values[row] : BitConverter.ToInt32(values, 4 * row);
        }

        /// <summary>The same for all rows.</summary>
        public int[] Numbers() => Enumerable.Range(0, Rows).Select(Number).ToArray();

        /// <summary>The word of a row; null where it has none.</summary>
        public string Text(int row) => IsKnown(Place(row, AnswerType.Text)) ? Words[Number(row)] : null;

        /// <summary>The day of a row; null where it has none. DateTime ends with the year 9999, Number does not.</summary>
        public DateTime? Date(int row) => IsKnown(Place(row, AnswerType.Date)) ? new DateTime(1970, 1, 1).AddDays(Number(row)) : (DateTime?)null;

        /// <summary>The exact number of a row; null where it has none. A decimal has 28 digits: a number of more throws an OverflowException.</summary>
        public decimal? Decimal(int row)
        {
            if (!IsKnown(Place(row, AnswerType.Number))) return null;
            ulong low = BitConverter.ToUInt64(values, 16 * row);
            ulong high = BitConverter.ToUInt64(values, 16 * row + 8);
            bool below = (long)high < 0;
            if (below)
            {
                low = unchecked(~low + 1);
                high = unchecked(~high + (low == 0 ? 1UL : 0));
            }
            if (high > uint.MaxValue || field.Scale > 28) throw new OverflowException("a number of the column " + Name + " has more digits than a decimal");
            return new decimal((int)(uint)low, (int)(uint)(low >> 32), (int)(uint)high, below, (byte)field.Scale);
        }

        /// <summary>The texts of a row.</summary>
        public IReadOnlyList<string> Texts(int row)
        {
            Place(row, AnswerType.Texts);
            var texts = new string[starts[row + 1] - starts[row]];
            for (int i = 0; i < texts.Length; ++i) texts[i] = Words[BitConverter.ToInt32(values, 4 * (int)(starts[row] + i))];
            return texts;
        }
    }

    /// <summary>The answers for all rows of a table: for each decision d the column d, which is not known unless the answer is, and
    /// those that were asked for: d.outcome, d.rule, d.missing. Nothing has to be disposed of.</summary>
    public sealed class Answers
    {
        private readonly Dictionary<string, AnswerColumn> byName;

        public int Rows { get; }

        /// <summary>The columns, in the order of the decisions that were asked.</summary>
        public IReadOnlyList<AnswerColumn> Columns { get; }

        /// <summary>Copies the answers out of an array and releases it.</summary>
        internal Answers(IReadOnlyList<AnswerField> fields, ref Native.ArrowArray array)
        {
            try
            {
                int rows = checked((int)array.Length);
                IntPtr[] children = Native.Addresses(array.Children, array.ChildCount);
                Rows = rows;
                Columns = fields.Select((field, i) => new AnswerColumn(field, rows, Marshal.PtrToStructure<Native.ArrowArray>(children[i]))).ToArray();
            }
            finally { Native.Release(array.Release, ref array); }
            byName = Columns.ToDictionary(column => column.Name);
        }

        /// <summary>The column of that name.</summary>
        public AnswerColumn this[string name] => byName.TryGetValue(name, out AnswerColumn column) ? column : throw new KeyNotFoundException("there is no column " + name);

        /// <summary>How a decision ended for a row; it must have been asked with outcomes.</summary>
        public Outcome Outcome(string decision, int row) => (Outcome)this[decision + ".outcome"].Number(row);

        /// <summary>The answer of a row where it is a known Boolean, otherwise null: unknown is never false.</summary>
        public bool? Boolean(string decision, int row) => this[decision].Boolean(row);

        /// <summary>The facts to ask for a row; it must have been asked with missing facts.</summary>
        public IReadOnlyList<string> Missing(string decision, int row) => this[decision + ".missing"].Texts(row);
    }

    internal static partial class Native
    {
        [StructLayout(LayoutKind.Sequential)]
        internal struct Column
        {
            internal uint StructSize;
            internal int Layout;
            internal ulong Slot;
            internal int Scale, Nulls;
            internal IntPtr Validity, Values, Offsets, Words;
            internal UIntPtr WordCount;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct BatchOptions
        {
            internal uint StructSize;
            internal int IncludeUnverified;
            internal Date On, LawOn;
            internal int Outcomes, Missing, Rules;
            internal uint Threads;
            internal IntPtr Decisions;
            internal UIntPtr DecisionCount;
            internal IntPtr Columns;
            internal UIntPtr ColumnCount;
            internal IntPtr Limits;
            internal View Jurisdiction;
            internal IntPtr Instruments;
            internal UIntPtr InstrumentCount;
            internal int Research;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ArrowSchema
        {
            internal IntPtr Format, Name, Metadata;
            internal long Flags, ChildCount;
            internal IntPtr Children, Dictionary, Release, PrivateData;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ArrowArray
        {
            internal long Length, NullCount, Offset, BufferCount, ChildCount;
            internal IntPtr Buffers, Children, Dictionary, Release, PrivateData;
        }

        private delegate void ReleaseSchema(ref ArrowSchema schema);

        private delegate void ReleaseArray(ref ArrowArray array);

        internal static void Release(IntPtr function, ref ArrowSchema schema) => Marshal.GetDelegateForFunctionPointer<ReleaseSchema>(function)(ref schema);

        internal static void Release(IntPtr function, ref ArrowArray array) => Marshal.GetDelegateForFunctionPointer<ReleaseArray>(function)(ref array);

        internal static IntPtr[] Addresses(IntPtr array, long count)
        {
            var addresses = new IntPtr[count];
            if (count > 0) Marshal.Copy(array, addresses, 0, addresses.Length);
            return addresses;
        }

        internal static byte[] Bytes(IntPtr address, int count)
        {
            var bytes = new byte[count];
            if (count > 0) Marshal.Copy(address, bytes, 0, count);
            return bytes;
        }

        /// <summary>A text in UTF-8 that ends with a NUL.</summary>
        internal static string NulText(IntPtr address)
        {
            int length = 0;
            while (Marshal.ReadByte(address, length) != 0) ++length;
            return Encoding.UTF8.GetString(Bytes(address, length));
        }

        [DllImport(Library)] internal static extern int tutela_batch_new_columns(Pack pack, Column[] columns, UIntPtr count, ref BatchOptions options, out IntPtr batch, out IntPtr error);
        [DllImport(Library)] internal static extern void tutela_batch_free(IntPtr batch);
        [DllImport(Library)] internal static extern int tutela_batch_describe(Batch batch, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_batch_schema(Batch batch, out ArrowSchema schema, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_batch_decide_columns(Batch batch, Column[] columns, UIntPtr count, UIntPtr rows, out ArrowArray answers, out IntPtr error);
    }
}
