// SPDX-License-Identifier: Apache-2.0
// Decisions for every row of plain arrays.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Tutela
{
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

        /// <summary>Threads for a stream; 0 takes one for each processor.</summary>
        public int Threads { get; set; } = 1;

        /// <summary>Facts of tables of Arrow that are read in another way.</summary>
        public IReadOnlyList<ColumnRule> Columns { get; set; } = new ColumnRule[0];

        /// <summary>Scales that are scored in the same run.</summary>
        public IReadOnlyList<Instrument> Instruments { get; set; } = new Instrument[0];

        /// <summary>True scores for study only: limits of norming do not stop it.</summary>
        public bool Research { get; set; }

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
                Threads = checked((uint)Threads),
                Columns = given.Pinned(Columns.Select(one => one.Native(given)).ToArray()),
                ColumnCount = (UIntPtr)(uint)Columns.Count,
                Jurisdiction = given.View(Decide.Jurisdiction ?? ""),
                Research = Research ? 1 : 0
            };
            options.Instruments = given.Handles(Instruments, out options.InstrumentCount);
            options.Decisions = given.Views(Decisions, out options.DecisionCount);
            return options;
        }
    }

    /// <summary>The decisions of a pack, compiled for tables of one type; for one thread at a time.</summary>
    public abstract class CompiledBatch : Handle
    {
        internal CompiledBatch() { }

        /// <summary>What the batch does, as JSON: the decisions, which of them run row by row and why, facts without column.</summary>
        public string Describe()
        {
            Native.Check(Native.tutela_batch_describe(this, out Native.Text json, out IntPtr error), error);
            return Native.Taken(ref json);
        }

        protected override bool ReleaseHandle() { Native.tutela_batch_free(handle); return true; }
    }

    /// <summary>The decisions of a pack, compiled for plain arrays of some types.</summary>
    public sealed class Batch : CompiledBatch
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
            var schema = new Native.ArrowSchema();
            Native.Check(Native.tutela_batch_schema(this, ref schema, out IntPtr failed), failed);
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
    }

    public sealed partial class Pack
    {
        /// <summary>Compiles decisions for plain arrays, for one thread; it may outlive the pack. Of the columns only facts and
        /// types count; facts without a column are unknown in every row. Every column that does not fit is told.</summary>
        public Batch Batch(BatchOptions options, params Column[] types) => new Batch(this, options, types);
    }
}
