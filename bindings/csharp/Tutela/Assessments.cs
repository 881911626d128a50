// SPDX-License-Identifier: Apache-2.0
// Law, scales and network together on a file of cases.
using System;
using System.Collections.Generic;

namespace Tutela
{
    /// <summary>Assessments of whole cases.</summary>
    public static class Assessments
    {
        /// <summary>One assessment a line, as JSON, in the order of the cases (tutela-case/1: object, array or NDJSON).</summary>
        public static string Assess(string cases, DateTime on, IReadOnlyList<Pack> packs, IReadOnlyList<Instrument> instruments, IReadOnlyList<Network> networks)
        {
            byte[] bytes = Native.Utf8(cases);
            using (var given = new Given())
            {
                var options = new Native.AssessOptions { StructSize = Given.SizeOf<Native.AssessOptions>(), On = new Native.Date(on) };
                options.Packs = given.Handles(packs, out options.PackCount);
                options.Instruments = given.Handles(instruments, out options.InstrumentCount);
                options.Networks = given.Handles(networks, out options.NetworkCount);
                Native.Check(Native.tutela_assess(ref options, bytes, Native.Size(bytes), out Native.Text text, out IntPtr error), error);
                return Native.Taken(ref text);
            }
        }
    }
}
