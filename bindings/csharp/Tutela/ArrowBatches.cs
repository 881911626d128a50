// SPDX-License-Identifier: Apache-2.0
// Decisions for every row of tables of Arrow, which come and go by the structs of its C data interface.
using System;

namespace Tutela
{
    /// <summary>How one fact is read from a table of Arrow where its name or the usual reading does not do.</summary>
    public sealed class ColumnRule
    {
        /// <summary>Name of the fact.</summary>
        public string Fact { get; set; } = "";

        /// <summary>Name of its column; the fact's where empty.</summary>
        public string Column { get; set; } = "";

        /// <summary>What a null says.</summary>
        public State Nulls { get; set; } = State.Unknown;

        /// <summary>True reads a column of doubles that holds whole numbers; otherwise doubles are refused.</summary>
        public bool WholeDoubles { get; set; }

        /// <summary>True reads a NaN of such a column as a null; otherwise it refuses the table.</summary>
        public bool NanIsNull { get; set; }

        internal Native.ColumnRule Native(Given given) => new Native.ColumnRule
        {
            StructSize = Given.SizeOf<Native.ColumnRule>(),
            Nulls = global::Tutela.Native.NullMeaning(Nulls),
            WholeDoubles = WholeDoubles ? 1 : 0,
            NanIsNull = NanIsNull ? 1 : 0,
            Fact = given.View(Fact),
            Column = given.View(Column)
        };
    }

    /// <summary>The decisions of a pack, compiled for tables of Arrow of one type. Tables come and go by the addresses of the structs
    /// of Arrow's C data interface, so that no version of Arrow's own classes is bound: with Apache.Arrow these are the pointers
    /// CArrowSchema*, CArrowArray* and CArrowArrayStream*, as IntPtr. An address that is not that of such a struct ends the
    /// program.</summary>
    public sealed class ArrowBatch : CompiledBatch
    {
        internal ArrowBatch(Pack pack, BatchOptions options, IntPtr schema)
        {
            using (var given = new Given())
            {
                Native.BatchOptions how = options.Native(given);
                Native.Check(Native.tutela_batch_new(pack, schema, ref how, out IntPtr made, out IntPtr error), error);
                SetHandle(made);
            }
        }

        /// <summary>The type of the answers: an ArrowSchema that is overwritten; whoever reads it calls its release.</summary>
        public void Schema(IntPtr schema) => Native.Check(Native.tutela_batch_schema(this, schema, out IntPtr error), error);

        /// <summary>Answers every row of the ArrowArray of a struct, which is read in place, not kept and not released. The ArrowArray
        /// of the answers is overwritten; whoever reads it calls its release. What is wrong with the array is one exception,
        /// never with a value of a person.</summary>
        public void Decide(IntPtr rows, IntPtr answers) => Native.Check(Native.tutela_batch_decide(this, rows, answers, out IntPtr error), error);

        /// <summary>The same, with the answers copied into managed memory.</summary>
        public Answers Decide(IntPtr rows)
        {
            var schema = new Native.ArrowSchema();
            Native.Check(Native.tutela_batch_schema(this, ref schema, out IntPtr failed), failed);
            var fields = AnswerField.Taken(ref schema);
            Native.Check(Native.tutela_batch_decide(this, rows, out Native.ArrowArray answers, out IntPtr error), error);
            return new Answers(fields, ref answers);
        }
    }

    public sealed partial class Pack
    {
        /// <summary>Compiles decisions for tables of Arrow, for one thread; it may outlive the pack. The address is that of an
        /// ArrowSchema, which is read and not released. Every column that does not fit its fact is told.</summary>
        public ArrowBatch ArrowBatch(BatchOptions options, IntPtr schema) => new ArrowBatch(this, options, schema);

        /// <summary>Answers every row of an ArrowArrayStream, which is read to its end and released. The ArrowArrayStream of the answers
        /// is overwritten; whoever reads it calls its release.</summary>
        public void DecideStream(BatchOptions options, IntPtr table, IntPtr answers)
        {
            using (var given = new Given())
            {
                Native.BatchOptions how = options.Native(given);
                Native.Check(Native.tutela_pack_decide_stream(this, table, ref how, answers, out IntPtr error), error);
            }
        }
    }
}
