// SPDX-License-Identifier: Apache-2.0
// Makes an instance of tutela.wasm, in a browser and in Node. The module needs nothing of its surroundings: it reads no
// file, no clock and no network. What the C runtime inside would ask a system for is answered with "there is none".

const NO_SUCH_THING = 8; // what WASI answers for a file that is not open
const NOT_THERE = -44; // what Linux answers for a file that does not exist

function answerFor({module, name}, memory) {
  if (name === 'proc_exit') return (code) => { throw new Error(`the library ended with ${code}`); };
  if (name === 'environ_sizes_get') {
    return (count, bytes) => {
      const view = new DataView(memory().buffer);
      view.setUint32(count, 0, true);
      view.setUint32(bytes, 0, true);
      return 0;
    };
  }
  if (name === 'environ_get' || name.startsWith('emscripten_notify')) return () => 0;
  return () => (module.startsWith('wasi') ? NO_SUCH_THING : NOT_THERE);
}

/** Writes the constants of the module, which press_data.py has compressed, into its memory. */
async function writeConstants(module, memory) {
  for (const section of WebAssembly.Module.customSections(module, 'tutela.data')) {
    const stream = new Blob([section]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const bytes = await new Response(stream).arrayBuffer();
    const view = new DataView(bytes);
    for (let at = 0; at < bytes.byteLength;) {
      const [address, length] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
      new Uint8Array(memory.buffer, address, length).set(new Uint8Array(bytes, at + 8, length));
      at += 8 + length;
    }
  }
}

/**
 * @param {BufferSource | Response | Promise<Response>} source the bytes of tutela.wasm, or what `fetch` gives
 * @returns {Promise<Record<string, any>>} the exports: the functions of tutela.h, malloc, free and memory
 */
export async function instantiate(source) {
  const given = await source;
  const bytes = given instanceof ArrayBuffer || ArrayBuffer.isView(given) ? given : await given.arrayBuffer();
  const module = await WebAssembly.compile(bytes);
  let exports;
  const imports = {};
  for (const wanted of WebAssembly.Module.imports(module)) {
    if (wanted.kind !== 'function') throw new Error(`the module wants ${wanted.module}.${wanted.name}`);
    (imports[wanted.module] ??= {})[wanted.name] = answerFor(wanted, () => exports.memory);
  }
  exports = (await WebAssembly.instantiate(module, imports)).exports;
  await writeConstants(module, exports.memory);
  exports._initialize?.();
  return exports;
}
