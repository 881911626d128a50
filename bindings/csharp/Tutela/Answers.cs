// SPDX-License-Identifier: Apache-2.0
// The answers for every row of a table, copied into managed memory.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace Tutela
{
    /// <summary>What the values of a column of answers are.</summary>
    public enum AnswerType { Boolean, Date, Number, Text, Whole, Double, Texts }

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
            else if (format == "g") { field.Type = AnswerType.Double; field.Width = 8; }
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

        /// <summary>What a scale computes for a row; null where it has no number.</summary>
        public double? Double(int row) => IsKnown(Place(row, AnswerType.Double)) ? BitConverter.ToDouble(values, 8 * row) : (double?)null;

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
}
