// SPDX-License-Identifier: Apache-2.0
// Reads the JSON that the library writes.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Tutela
{
    /// <summary>One value of a JSON text that the library wrote, as far as the classes here need it. Numbers stay text, so that no
    /// digit is lost. It is not meant for texts of others: those go to the library, which says what is wrong with them.</summary>
    internal sealed class Json
    {
        private readonly string text;
        private readonly List<Json> elements = new List<Json>();

        internal Dictionary<string, Json> Members { get; } = new Dictionary<string, Json>();

        internal static Json Read(string text)
        {
            int place = 0;
            return new Json(text, ref place);
        }

        private Json(string all, ref int place)
        {
            char first = Next(all, ref place);
            int start = place;
            if (first == '{')
                for (++place; !Ended(all, ref place, '}');)
                {
                    string key = new Json(all, ref place).String();
                    Next(all, ref place);
                    ++place; // the colon
                    Members[key] = new Json(all, ref place);
                }
            else if (first == '[')
                for (++place; !Ended(all, ref place, ']');) elements.Add(new Json(all, ref place));
            else if (first == '"')
            {
                while (all[++place] != '"') if (all[place] == '\\') ++place;
                ++place;
            }
            else
                while (place < all.Length && ",]} \n".IndexOf(all[place]) < 0) ++place;
            text = all.Substring(start, place - start);
        }

        private static char Next(string all, ref int place)
        {
            while (char.IsWhiteSpace(all[place])) ++place;
            return all[place];
        }

        /// <summary>Goes over the comma before the next part, or over the end.</summary>
        private static bool Ended(string all, ref int place, char end)
        {
            char next = Next(all, ref place);
            if (next == ',' || next == end) ++place;
            return next == end;
        }

        /// <summary>The member of an object; null where it has none of that name.</summary>
        internal Json this[string key] => Members.TryGetValue(key, out Json found) ? found : null;

        internal bool IsNull => text == "null";
        internal bool IsTrue => text == "true";

        /// <summary>The value as it is written.</summary>
        public override string ToString() => text;

        internal IReadOnlyList<T> Select<T>(Func<Json, T> read) => elements.Select(read).ToArray();

        internal IReadOnlyList<string> Strings() => Select(one => one.String());

        internal IReadOnlyDictionary<string, string> Texts() => Members.ToDictionary(one => one.Key, one => one.Value.String());

        internal double? Number() => IsNull ? (double?)null : double.Parse(text, CultureInfo.InvariantCulture);

        internal DateTime Day() => DateTime.ParseExact(String(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

        /// <summary>The characters of a string; null for null.</summary>
        internal string String()
        {
            if (IsNull) return null;
            var characters = new StringBuilder();
            for (int i = 1; i < text.Length - 1; ++i)
            {
                if (text[i] != '\\') { characters.Append(text[i]); continue; }
                char escaped = text[++i];
                int known = "bfnrt".IndexOf(escaped);
                if (escaped == 'u')
                {
                    characters.Append((char)int.Parse(text.Substring(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 4;
                }
                else characters.Append(known < 0 ? escaped : "\b\f\n\r\t"[known]);
            }
            return characters.ToString();
        }
    }
}
