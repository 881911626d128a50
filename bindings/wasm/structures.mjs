// SPDX-License-Identifier: Apache-2.0
// Structures of C as bytes: each member stands at a multiple of its own size. Members of 8 bytes are BigInt, others numbers;
// an address is one or the other, as the machine has it.

/** In place of the value of a first member that holds the size of the structure. */
export const OWN_SIZE = Symbol('size of the structure');

/** Where members of these sizes stand, and how many bytes the structure has. */
function placed(sizes) {
  let end = 0;
  const offsets = sizes.map((size) => {
    const at = Math.ceil(end / size) * size;
    end = at + size;
    return at;
  });
  const widest = Math.max(...sizes);
  return {offsets, bytes: Math.ceil(end / widest) * widest};
}

export const sizeOf = (sizes) => placed(sizes).bytes;

/** The bytes of structures that stand one after another, each a list of members [size, value]. */
export function structures(...all) {
  const parts = all.map((members) => {
    const {offsets, bytes} = placed(members.map(([size]) => size));
    const view = new DataView(new ArrayBuffer(bytes));
    members.forEach(([size, value], i) => {
      const held = value === OWN_SIZE ? bytes : value;
      if (size === 8) view.setBigInt64(offsets[i], BigInt(held), true);
      else view.setInt32(offsets[i], Number(held), true);
    });
    return new Uint8Array(view.buffer);
  });
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The values of members of these sizes. */
export function members(bytes, sizes) {
  const {offsets} = placed(sizes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return sizes.map((size, i) => (size === 8 ? view.getBigInt64(offsets[i], true) : view.getInt32(offsets[i], true)));
}
