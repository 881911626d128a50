// SPDX-License-Identifier: Apache-2.0
// The facts of many people as plain arrays, which are pinned and read where they lie.
using System;
using System.Collections.Generic;
using System.Linq;

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
            var column = new Native.Column { StructSize = Tutela.Given.SizeOf<Native.Column>(), Layout = (int)Layout, Slot = slot, Scale = scale, Nulls = Native.NullMeaning(nulls) };
            if (!withValues) return column;
            if (known != null) column.Validity = given.Pinned(known);
            column.Values = given.Pinned(values);
            column.Words = given.Views(words, out column.WordCount);
            return column;
        }
    }
}
