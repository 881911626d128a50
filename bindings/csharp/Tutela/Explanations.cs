// SPDX-License-Identifier: Apache-2.0
// Why an answer is what it is: for the officer, the family and the child.
using System;

namespace Tutela
{
    /// <summary>For whom an explanation is written.</summary>
    public enum Reader { Officer, Family, Child }

    /// <summary>How an explanation is written: lines of plain text, a fragment of HTML that stands alone, or the same lines as JSON, for
    /// the officer with the typed proof.</summary>
    public enum ExplanationForm { Text, Html, Json }

    /// <summary>For whom and how to explain an answer.</summary>
    public sealed class ExplainOptions
    {
        public DecideOptions Decide { get; set; } = new DecideOptions();

        public Reader Reader { get; set; }

        /// <summary>en, ro, uk or ru.</summary>
        public string Language { get; set; } = "en";

        /// <summary>Age of the child in completed years, 0 to 17; needed for the child.</summary>
        public int? Age { get; set; }

        /// <summary>Whom the reader can turn to, as it is printed; may be empty.</summary>
        public string Contact { get; set; } = "";

        public ExplanationForm Form { get; set; }
    }

    public sealed partial class Session
    {
        /// <summary>Why an answer is what it is, in words, from the decision down to facts and articles, and what is in the way of a
        /// yes. The officer's page holds the values of facts. The facts stay.</summary>
        public string Explain(string decision, ExplainOptions options)
        {
            byte[] name = Native.Utf8(decision);
            using (var given = new Given())
            {
                var how = new Native.ExplainOptions
                {
                    StructSize = Given.SizeOf<Native.ExplainOptions>(),
                    Reader = (int)options.Reader,
                    Form = (int)options.Form,
                    Age = options.Age ?? -1,
                    Language = given.View(options.Language),
                    Contact = given.View(options.Contact),
                    Decide = given.Decide(options.Decide)
                };
                Native.Check(Native.tutela_session_explain(this, name, Native.Size(name), ref how, out Native.Text text, out IntPtr error), error);
                return Native.Taken(ref text);
            }
        }
    }
}
