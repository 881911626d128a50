// SPDX-License-Identifier: Apache-2.0
// What is given to one call: arrays and texts that stay where they are until it is over.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace Tutela
{
    /// <summary>What is given to one call: arrays and texts that stay where they are until it is over.</summary>
    internal sealed class Given : IDisposable
    {
        private readonly List<GCHandle> handles = new List<GCHandle>();
        private readonly List<Handle> held = new List<Handle>();

        internal static uint SizeOf<T>() => (uint)Marshal.SizeOf(typeof(T));

        /// <summary>The address of an array or of a structure; the latter is boxed.</summary>
        internal IntPtr Pinned(object values)
        {
            GCHandle handle = GCHandle.Alloc(values, GCHandleType.Pinned);
            handles.Add(handle);
            return handle.AddrOfPinnedObject();
        }

        internal Native.View View(string text)
        {
            byte[] bytes = Native.Utf8(text);
            return new Native.View { Data = Pinned(bytes), Length = Native.Size(bytes) };
        }

        internal IntPtr Views(IReadOnlyList<string> texts, out UIntPtr count)
        {
            count = (UIntPtr)(uint)texts.Count;
            return Pinned(texts.Select(View).ToArray());
        }

        internal Native.DecideOptions Options(DecideOptions options) => new Native.DecideOptions
        {
            StructSize = SizeOf<Native.DecideOptions>(),
            IncludeUnverified = options.IncludeUnverified ? 1 : 0,
            On = new Native.Date(options.On),
            LawOn = new Native.Date(options.LawOn),
            KnownOn = new Native.Date(options.KnownOn),
            Jurisdiction = View(options.Jurisdiction ?? "")
        };

        /// <summary>The address of such options.</summary>
        internal IntPtr Decide(DecideOptions options) => Pinned(Options(options));

        /// <summary>An array of handles, which are not freed before this is disposed of.</summary>
        internal IntPtr Handles(IReadOnlyList<Handle> all, out UIntPtr count)
        {
            count = (UIntPtr)(uint)all.Count;
            return Pinned(all.Select(Held).ToArray());
        }

        private IntPtr Held(Handle one)
        {
            bool added = false;
            one.DangerousAddRef(ref added); // throws when it is disposed of
            held.Add(one);
            return one.DangerousGetHandle();
        }

        internal Native.Act Act(HeldAct act)
        {
            var given = new Native.Act { StructSize = SizeOf<Native.Act>(), Issuer = (int)act.Issuer, Reference = View(act.Reference), ValidFrom = new Native.Date(act.ValidFrom), ValidUntil = new Native.Date(act.ValidUntil) };
            given.Services = Views(act.Services, out given.ServiceCount);
            return given;
        }

        public void Dispose()
        {
            foreach (GCHandle handle in handles) handle.Free();
            handles.Clear();
            foreach (Handle one in held) one.DangerousRelease();
            held.Clear();
        }
    }
}
