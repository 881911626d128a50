// SPDX-License-Identifier: Apache-2.0
// What a table costs from .NET. Usage: table_bench.exe
using System;
using System.Runtime.InteropServices;
using Tutela;

internal static class TableBench
{
    private const int Rows = 1 << 20;
    private const int ThreadProcessorTime = 3; // of clock_gettime on Linux: others may have the processor meanwhile

    [StructLayout(LayoutKind.Sequential)]
    private struct Spent { internal long Seconds, Nanoseconds; }

    [DllImport("libc")] private static extern int clock_gettime(int clock, out Spent spent);

    private static double Milliseconds()
    {
        clock_gettime(ThreadProcessorTime, out Spent spent);
        return spent.Seconds * 1e3 + spent.Nanoseconds / 1e6;
    }

    private static void Main()
    {
        var random = new Random(1);
        var days = new int[Rows];
        for (int row = 0; row < Rows; ++row) days[row] = 20514 - random.Next(8000);
        var flags = new byte[Rows / 8];
        var known = new byte[Rows / 8];
        random.NextBytes(flags);
        random.NextBytes(known);
        Column born = Column.Days("person.birth_date", days);
        Column vulnerable = Column.Bits("family.vulnerable", flags).Known(known);
        var options = new BatchOptions { Decide = new DecideOptions { On = new DateTime(2026, 3, 2) }, Decisions = new[] { "day_service" }, Outcomes = false };
        double least = double.MaxValue;
        using (Pack law = Pack.Load("md/child-protection"))
        using (Batch batch = law.Batch(options, born, vulnerable))
            for (int round = 0; round < 200; ++round)
            {
                double start = Milliseconds();
                batch.Decide(Rows, born, vulnerable);
                least = Math.Min(least, Milliseconds() - start);
            }
        Console.WriteLine("C#: a table of {0} rows from pinned arrays {1:F2} ms of processor time", Rows, least);
    }
}
