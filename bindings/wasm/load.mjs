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
  exports._initialize?.();
  return exports;
}
