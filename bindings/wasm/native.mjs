// SPDX-License-Identifier: Apache-2.0
// The C library itself, in Node on a server: tables at its full speed, from arrays of JavaScript where they lie. It needs the
// package koffi, which calls C, and a libtutela_c.so; tutela.mjs has what is asked about one person.
import koffi from 'koffi';
import {STATUSES, TutelaError} from './errors.mjs';
import {members, OWN_SIZE, sizeOf, structures} from './structures.mjs';
import {batchOf, decidePlaced} from './tables.mjs';

export {Column, TutelaError} from './tables.mjs';

const WORD = 8; // bytes of an address
const FINDING = [...Array(6).fill(4), ...Array(8).fill(WORD)]; // a tutela_diagnostic
const RELEASE = koffi.proto('void TutelaRelease(void *)');

/** What functions take: p an address, z a number of bytes or elements, i a number. */
const FUNCTIONS = {
  tutela_error_message: 'pp', tutela_error_at: 'pzp', tutela_error_free: 'p', tutela_text_free: 'p',
  tutela_pack_load: 'ipzppp', tutela_pack_free: 'p', tutela_pack_describe: 'ppp', tutela_pack_slot: 'ppzpp',
  tutela_pack_decide: 'ppzpzppp',
  tutela_instrument_load: 'ipzppp', tutela_instrument_free: 'p',
  tutela_batch_new: 'ppppp', tutela_batch_new_columns: 'ppzppp', tutela_batch_free: 'p', tutela_batch_describe: 'ppp',
  tutela_batch_schema: 'ppp', tutela_batch_decide: 'pppp', tutela_batch_decide_columns: 'ppzzpp',
};
const TYPES = {p: 'void *', z: 'size_t', i: 'int'};

function functionsOf(path) {
  const library = koffi.load(path);
  return Object.fromEntries(Object.entries(FUNCTIONS).map(([name, takes]) => {
    const result = name.endsWith('_free') ? 'void' : 'int';
    return [name, library.func(name, result, [...takes].map((one) => TYPES[one]))];
  }));
}

/** What calls are given lives as long as this: the library reads arrays where they lie. */
class Frame {
  #kept = [];

  constructor(door) {
    this.door = door;
  }

  /** The address of an array; of one without elements it is 0. */
  place(array) {
    this.#kept.push(array);
    return koffi.address(array);
  }

  /** Memory that the library writes to. */
  room(bytes) {
    const memory = new Uint8Array(bytes);
    return {address: this.place(memory), read: () => memory};
  }

  /** Places a text; the pair is what functions of tutela.h take. */
  text(string) {
    const bytes = new TextEncoder().encode(string);
    return [this.place(bytes), bytes.length];
  }

  /** Places a text that a NUL ends. */
  nulText(string) {
    if (string.includes('\0')) throw new TypeError('a name has a NUL in it');
    return this.text(`${string}\0`)[0];
  }

  /** Calls a function whose last argument is the place of the error; throws what it reports. */
  call(name, ...given) {
    const error = this.room(WORD);
    const status = this.door.functions[name](...given, error.address);
    if (status !== 0) this.#refuse(status, members(error.read(), [WORD])[0]);
  }

  /** The handle that a function makes. */
  made(name, ...given) {
    const handle = this.room(WORD);
    this.call(name, ...given, handle.address);
    return members(handle.read(), [WORD])[0];
  }

  /** The text that a function gives. */
  answered(name, ...given) {
    const text = this.room(sizeOf([WORD, WORD]));
    this.call(name, ...given, text.address);
    try {
      return this.#read(...members(text.read(), [WORD, WORD]));
    } finally {
      this.door.functions.tutela_text_free(text.address);
    }
  }

  #read(address, length) { return new TextDecoder().decode(this.door.bytes(address, length)); }

  /** Throws what an error of the library says, and gives it back. */
  #refuse(status, error) {
    const {functions} = this.door;
    const view = this.room(sizeOf([WORD, WORD]));
    functions.tutela_error_message(error, view.address);
    const message = this.#read(...members(view.read(), [WORD, WORD]));
    const found = this.place(structures([[4, OWN_SIZE], ...FINDING.slice(1).map((size) => [size, 0])]));
    const diagnostics = [];
    while (functions.tutela_error_at(error, diagnostics.length, found) === 0) {
      const [, code, severity, line, column, , ...views] = members(this.door.bytes(found, sizeOf(FINDING)), FINDING);
      const [file, pointer, what, mend] = [0, 2, 4, 6].map((i) => this.#read(views[i], views[i + 1]));
      diagnostics.push({code, severity, line, column, file, pointer, what, mend});
    }
    functions.tutela_error_free(error);
    throw new TutelaError(STATUSES[status], message, diagnostics);
  }

  close() { this.#kept = null; }
}

/** How tables.mjs calls the library. */
class Door {
  word = WORD;

  constructor(functions) {
    this.functions = functions;
  }

  framed(work) {
    const frame = new Frame(this);
    try {
      return work(frame);
    } finally {
      frame.close();
    }
  }

  /** A copy of the library's memory. */
  bytes(address, length) {
    return Number(length) === 0 ? new Uint8Array(0) : new Uint8Array(koffi.view(address, Number(length))).slice();
  }

  /** A text that a NUL ends. */
  text(address) { return koffi.decode.string(address); }

  release(callback, address) { koffi.call(callback, RELEASE, address); }

  free(name, handle) { this.functions[name](handle); }
}

/** What the library holds until it is closed. */
class Handle {
  #address;
  #free;

  constructor(door, address, free) {
    this.door = door;
    this.#address = address;
    this.#free = free;
  }

  /** The address, for a call. */
  get open() {
    if (this.#address === null) throw new Error(`${this.constructor.name} is closed`);
    return this.#address;
  }

  close() {
    if (this.#address !== null) this.door.free(this.#free, this.#address);
    this.#address = null;
  }
}

/** The rules of one legal order, or of one DMN file: loaded once, then unchanging. */
class Pack extends Handle {
  /** What the pack says about itself: id, decisions, facts with their labels and questions. */
  describe() {
    return JSON.parse(this.door.framed((frame) => frame.answered('tutela_pack_describe', this.open)));
  }

  /**
   * Cases in (tutela-case/1: object, array or NDJSON), one verdict out for each of them and each decision (all of the pack where
   * none is named), as `tutela decide --json` writes them: the convenient way for a few people, not the fast one.
   */
  decide(cases, how, decision = '') {
    const json = typeof cases === 'string' ? cases : JSON.stringify(cases);
    const lines = this.door.framed((frame) => frame.answered(
      'tutela_pack_decide', this.open, ...frame.text(json), ...frame.text(decision), decidePlaced(frame, how)));
    return lines.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  }

  /**
   * Compiles decisions for columns, or for the schema of a table of apache-arrow; every column that does not fit is told. It may
   * outlive the pack. Facts without a column are unknown in every row.
   */
  batch(how, table) { return batchOf(this, how, table); }
}

/** A risk or needs scale, scored in the same run as decisions. */
class Instrument extends Handle {}

/**
 * Opens the library.
 * @param {string} path of libtutela_c.so; without a folder the system looks for it
 */
export function open(path = 'libtutela_c.so.0') {
  if (koffi.sizeof('void *') !== WORD) throw new Error('the C library is called from 64-bit Node only');
  const door = new Door(functionsOf(path));
  const loaded = (Kind, kind, from, text) => new Kind(
    door, door.framed((frame) => frame.made(`tutela_${kind}_load`, from, ...frame.text(text), null)), `tutela_${kind}_free`);
  return {
    loadPack: (name) => loaded(Pack, 'pack', 0, name),
    /** The text of a DMN file, or the files of a pack as one text. */
    parsePack: (text) => loaded(Pack, 'pack', 1, text),
    loadInstrument: (name) => loaded(Instrument, 'instrument', 0, name),
    parseInstrument: (json) => loaded(Instrument, 'instrument', 1, json),
  };
}
