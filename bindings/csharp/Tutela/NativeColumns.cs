// SPDX-License-Identifier: Apache-2.0
// The functions and structures of columns.h and arrow.h.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Tutela
{
    internal static partial class Native
    {
        [StructLayout(LayoutKind.Sequential)]
        internal struct Column
        {
            internal uint StructSize;
            internal int Layout;
            internal ulong Slot;
            internal int Scale, Nulls;
            internal IntPtr Validity, Values, Offsets, Words;
            internal UIntPtr WordCount;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ColumnRule
        {
            internal uint StructSize;
            internal int Nulls, WholeDoubles, NanIsNull;
            internal View Fact, Column;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct BatchOptions
        {
            internal uint StructSize;
            internal int IncludeUnverified;
            internal Date On, LawOn;
            internal int Outcomes, Missing, Rules;
            internal uint Threads;
            internal IntPtr Decisions;
            internal UIntPtr DecisionCount;
            internal IntPtr Columns;
            internal UIntPtr ColumnCount;
            internal IntPtr Limits;
            internal View Jurisdiction;
            internal IntPtr Instruments;
            internal UIntPtr InstrumentCount;
            internal int Research;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ArrowSchema
        {
            internal IntPtr Format, Name, Metadata;
            internal long Flags, ChildCount;
            internal IntPtr Children, Dictionary, Release, PrivateData;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ArrowArray
        {
            internal long Length, NullCount, Offset, BufferCount, ChildCount;
            internal IntPtr Buffers, Children, Dictionary, Release, PrivateData;
        }

        /// <summary>What a null says, as columns.h counts it.</summary>
        internal static int NullMeaning(State nulls) => nulls == State.Unknown ? 0 : nulls == State.None ? 1 : 2;

        private delegate void ReleaseSchema(ref ArrowSchema schema);

        private delegate void ReleaseArray(ref ArrowArray array);

        internal static void Release(IntPtr function, ref ArrowSchema schema) => Marshal.GetDelegateForFunctionPointer<ReleaseSchema>(function)(ref schema);

        internal static void Release(IntPtr function, ref ArrowArray array) => Marshal.GetDelegateForFunctionPointer<ReleaseArray>(function)(ref array);

        internal static IntPtr[] Addresses(IntPtr array, long count)
        {
            var addresses = new IntPtr[count];
            if (count > 0) Marshal.Copy(array, addresses, 0, addresses.Length);
            return addresses;
        }

        internal static byte[] Bytes(IntPtr address, int count)
        {
            var bytes = new byte[count];
            if (count > 0) Marshal.Copy(address, bytes, 0, count);
            return bytes;
        }

        /// <summary>A text in UTF-8 that ends with a NUL.</summary>
        internal static string NulText(IntPtr address)
        {
            int length = 0;
            while (Marshal.ReadByte(address, length) != 0) ++length;
            return Encoding.UTF8.GetString(Bytes(address, length));
        }

        [DllImport(Library)] internal static extern int tutela_batch_new_columns(Pack pack, Column[] columns, UIntPtr count, ref BatchOptions options, out IntPtr batch, out IntPtr error);
        [DllImport(Library)] internal static extern void tutela_batch_free(IntPtr batch);
        [DllImport(Library)] internal static extern int tutela_batch_describe(CompiledBatch batch, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_batch_schema(CompiledBatch batch, ref ArrowSchema schema, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_batch_schema(CompiledBatch batch, IntPtr schema, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_batch_new(Pack pack, IntPtr schema, ref BatchOptions options, out IntPtr batch, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_batch_decide(CompiledBatch batch, IntPtr rows, IntPtr answers, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_batch_decide(CompiledBatch batch, IntPtr rows, out ArrowArray answers, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_pack_decide_stream(Pack pack, IntPtr table, ref BatchOptions options, IntPtr answers, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_batch_decide_columns(Batch batch, Column[] columns, UIntPtr count, UIntPtr rows, out ArrowArray answers, out IntPtr error);
    }
}
