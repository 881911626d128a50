// SPDX-License-Identifier: Apache-2.0
// What was wrong with a call: every finding, with its place and how to mend it.
using System;
using System.Collections.Generic;

namespace Tutela
{
    /// <summary>Why a call failed.</summary>
    public enum Status { InvalidInput = 1, Limit, Misuse, NoMemory, Internal }

    /// <summary>One finding about an input, with place and how to mend it; it never holds a person's data.</summary>
    public sealed class Diagnostic
    {
        public int Code { get; internal set; }
        public int Severity { get; internal set; }
        public int Line { get; internal set; }
        public int Column { get; internal set; }
        public string File { get; internal set; }
        public string Pointer { get; internal set; }
        public string What { get; internal set; }
        public string Mend { get; internal set; }

        /// <summary>One line for a log, as the library writes it.</summary>
        public override string ToString()
        {
            string place = File + (Line > 0 ? ":" + Line + (Column > 0 ? ":" + Column : "") : "");
            if (Pointer != "") place += (place == "" ? "" : " ") + Pointer;
            string word = Severity == 0 ? "error" : Severity == 1 ? "warning" : "note";
            return (place == "" ? "" : place + ": ") + word + " TUT-" + Code + ": " + What + (Mend == "" ? "" : "; " + Mend);
        }
    }

    /// <summary>Everything that was wrong with one call; the message has one line for each finding.</summary>
    public sealed class TutelaException : Exception
    {
        public Status Status { get; }
        public IReadOnlyList<Diagnostic> Diagnostics { get; }

        internal TutelaException(Status status, string message, IReadOnlyList<Diagnostic> diagnostics) : base(message)
        {
            Status = status;
            Diagnostics = diagnostics;
        }
    }
}
