// SPDX-License-Identifier: Apache-2.0
// The functions and structures of questions.h.
using System;
using System.Runtime.InteropServices;

namespace Tutela
{
    internal static partial class Native
    {
        [StructLayout(LayoutKind.Sequential)]
        internal struct AskOptions
        {
            internal uint StructSize, Reserved;
            internal IntPtr Decide, Decisions;
            internal UIntPtr DecisionCount;
            internal IntPtr HeldFacts, Holders;
            internal UIntPtr HeldCount;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ExplainOptions
        {
            internal uint StructSize;
            internal int Reader, Form, Age;
            internal View Language, Contact;
            internal IntPtr Decide;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ScoreOptions
        {
            internal uint StructSize;
            internal int Research;
            internal Date On, KnownOn;
            internal int AnswersOnly, Reserved;
            internal View Jurisdiction;
            internal IntPtr Limits;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Act
        {
            internal uint StructSize;
            internal int Issuer;
            internal View Reference;
            internal IntPtr Services;
            internal UIntPtr ServiceCount;
            internal Date ValidFrom, ValidUntil;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct RouteOptions
        {
            internal uint StructSize;
            internal int GoalIs;
            internal View From, Goal;
            internal Date On, BirthDate;
            internal int Danger, Sex;
            internal IntPtr Purposes;
            internal UIntPtr PurposeCount;
            internal IntPtr Data, Consent;
            internal UIntPtr DataCount;
            internal IntPtr Acts;
            internal UIntPtr ActCount;
            internal IntPtr Areas;
            internal UIntPtr AreaCount;
            internal int FreshDays, Reserved;
        }

        [DllImport(Library)] internal static extern int tutela_pack_check(Pack pack, IntPtr limits, out IntPtr findings, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_pack_compare(Pack before, Pack after, ref Date on, out Text lines, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_pack_compare(Pack before, Pack after, IntPtr on, out Text lines, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_ask(Session session, ref AskOptions options, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_timeline(Session session, byte[] decision, UIntPtr length, Date start, Date end, IntPtr options, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_counterfactual(Session session, byte[] decision, UIntPtr length, IntPtr options, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_session_explain(Session session, byte[] decision, UIntPtr length, ref ExplainOptions options, out Text text, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_instrument_score(Instrument instrument, byte[] facts, UIntPtr length, ref ScoreOptions options, out Text json, out IntPtr error);
        [DllImport(Library)] internal static extern int tutela_network_route(Network network, ref RouteOptions options, out Text json, out IntPtr error);
    }
}
