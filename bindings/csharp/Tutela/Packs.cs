// SPDX-License-Identifier: Apache-2.0
// What is loaded and shared by threads: packs, their decisions, scales, networks; and how to ask.
using System;
using System.Runtime.InteropServices;

namespace Tutela
{
    /// <summary>A fact of one pack, looked up once.</summary>
    public struct Slot
    {
        internal readonly ulong Number;
        internal Slot(ulong number) { Number = number; }
    }

    /// <summary>How to ask.</summary>
    public sealed class DecideOptions
    {
        /// <summary>The day asked about; null only for an undated pack.</summary>
        public DateTime? On { get; set; }

        /// <summary>The day whose text of the law is applied; On where null.</summary>
        public DateTime? LawOn { get; set; }

        /// <summary>Only facts recorded by this day count; all where null.</summary>
        public DateTime? KnownOn { get; set; }

        /// <summary>True also runs texts that are graded C, D or unverified.</summary>
        public bool IncludeUnverified { get; set; }

        /// <summary>ISO 3166 code of the person's legal order; the pack's own where null.</summary>
        public string Jurisdiction { get; set; }

        internal delegate int Call(ref Native.DecideOptions options, out IntPtr made, out IntPtr error);

        /// <summary>Asks in this way and gives what was made.</summary>
        internal IntPtr Ask(Call call)
        {
            using (var given = new Given())
            {
                Native.DecideOptions options = given.Options(this);
                Native.Check(call(ref options, out IntPtr made, out IntPtr error), error);
                return made;
            }
        }
    }

    /// <summary>Something that the library holds; freed by Dispose, or by the runtime when nobody uses it any more.</summary>
    public abstract class Handle : SafeHandle
    {
        internal Handle() : base(IntPtr.Zero, true) { }
        public override bool IsInvalid => handle == IntPtr.Zero;

        internal delegate int Loader(int from, byte[] text, UIntPtr length, IntPtr limits, out IntPtr made, out IntPtr error);

        internal void Load(Loader loader, int from, string text)
        {
            byte[] bytes = Native.Utf8(text);
            Native.Check(loader(from, bytes, Native.Size(bytes), IntPtr.Zero, out IntPtr made, out IntPtr error), error);
            SetHandle(made);
        }
    }

    /// <summary>The rules of one legal order, or of one DMN file: immutable, shared by any number of threads.</summary>
    public sealed partial class Pack : Handle
    {
        /// <summary>Loads a shipped id such as md/child-protection, a pack folder or a .dmn file.</summary>
        public static Pack Load(string name) { var pack = new Pack(); pack.Load(Native.tutela_pack_load, 0, name); return pack; }

        /// <summary>Reads the text of a DMN file.</summary>
        public static Pack Parse(string dmn) { var pack = new Pack(); pack.Load(Native.tutela_pack_load, 1, dmn); return pack; }

        /// <summary>What the pack says about itself, as JSON.</summary>
        public string Describe()
        {
            Native.Check(Native.tutela_pack_describe(this, out Native.Text json, out IntPtr error), error);
            return Native.Taken(ref json);
        }

        /// <summary>Looks up a fact by its dotted name: person.birth_date.</summary>
        public Slot Slot(string fact)
        {
            byte[] name = Native.Utf8(fact);
            Native.Check(Native.tutela_pack_slot(this, name, Native.Size(name), out ulong slot, out IntPtr error), error);
            return new Slot(slot);
        }

        /// <summary>Looks up a decision, so that asking it often costs no search; it may outlive the pack.</summary>
        public Decision Decision(string name, DecideOptions options) => new Decision(this, name, options);

        /// <summary>The same for a day; null only for an undated pack.</summary>
        public Decision Decision(string name, DateTime? on) => Decision(name, new DecideOptions { On = on });

        /// <summary>A session in which every fact is unknown, for one thread; it may outlive the pack.</summary>
        public Session Session() => new Session(this);

        protected override bool ReleaseHandle() { Native.tutela_pack_free(handle); return true; }
    }

    /// <summary>One decision of a pack under fixed options, looked up once; shared by any number of threads.</summary>
    public sealed class Decision : Handle
    {
        internal Decision(Pack pack, string name, DecideOptions options)
        {
            byte[] bytes = Native.Utf8(name);
            SetHandle(options.Ask((ref Native.DecideOptions how, out IntPtr made, out IntPtr error) =>
                Native.tutela_decision_new(pack, bytes, Native.Size(bytes), ref how, out made, out error)));
        }

        protected override bool ReleaseHandle() { Native.tutela_decision_free(handle); return true; }
    }

    /// <summary>A risk or needs scale: immutable.</summary>
    public sealed partial class Instrument : Handle
    {
        /// <summary>Loads a shipped id such as uk/ogrs3, or a path.</summary>
        public static Instrument Load(string name) { var scale = new Instrument(); scale.Load(Native.tutela_instrument_load, 0, name); return scale; }

        protected override bool ReleaseHandle() { Native.tutela_instrument_free(handle); return true; }
    }

    /// <summary>A network of agencies: immutable.</summary>
    public sealed partial class Network : Handle
    {
        /// <summary>Loads it from a path.</summary>
        public static Network Load(string name) { var network = new Network(); network.Load(Native.tutela_network_load, 0, name); return network; }

        /// <summary>Reads JSON in the format tutela-network/1.</summary>
        public static Network Parse(string json) { var network = new Network(); network.Load(Native.tutela_network_load, 1, json); return network; }

        protected override bool ReleaseHandle() { Native.tutela_network_free(handle); return true; }
    }
}
