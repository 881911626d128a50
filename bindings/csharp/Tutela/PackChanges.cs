// SPDX-License-Identifier: Apache-2.0
// What to object to in a pack, and what is different in a newer one.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Tutela
{
    /// <summary>What is different between two versions of a pack: of one decision, or of one fact.</summary>
    public sealed class PackChange
    {
        /// <summary>Name of the decision; null where this is about a fact.</summary>
        public string Decision { get; }

        /// <summary>Name of the fact; null where this is about a decision.</summary>
        public string Fact { get; }

        /// <summary>In words of the command line: same, different, added and others.</summary>
        public string Change { get; }

        /// <summary>The name in the newer version; null where it is the same.</summary>
        public string RenamedTo { get; }

        /// <summary>What else changed.</summary>
        public IReadOnlyList<string> Notes { get; }

        /// <summary>All of it, as the command line writes it: with a case that both versions answer differently, and both answers.</summary>
        public string Json { get; }

        internal PackChange(string text)
        {
            Json json = Tutela.Json.Read(text);
            Decision = json["decision"]?.String();
            Fact = json["fact"]?.String();
            Change = json["change"].String();
            RenamedTo = json["renamed_to"]?.String();
            Notes = json["notes"]?.Strings() ?? new string[0];
            Json = text;
        }
    }

    public sealed partial class Pack
    {
        /// <summary>What a careful reader would object to although the pack loads: gaps, overlaps, rules that never apply, law without
        /// source. Errors come first.</summary>
        public IReadOnlyList<Diagnostic> Check()
        {
            Native.Check(Native.tutela_pack_check(this, IntPtr.Zero, out IntPtr findings, out IntPtr error), error);
            return Native.Findings(findings);
        }

        /// <summary>What is different in a newer version, for each decision and for each fact that changed; without a day on one day of
        /// every state of the law.</summary>
        public IReadOnlyList<PackChange> Compare(Pack newer, DateTime? on = null)
        {
            var day = new Native.Date(on);
            int status = on == null
                ? Native.tutela_pack_compare(this, newer, IntPtr.Zero, out Native.Text lines, out IntPtr error)
                : Native.tutela_pack_compare(this, newer, ref day, out lines, out error);
            Native.Check(status, error);
            return Native.Taken(ref lines).Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries).Select(line => new PackChange(line)).ToArray();
        }
    }
}
