// SPDX-License-Identifier: Apache-2.0
// Tutela in JavaScript, in a browser and in Node: rule packs, facts of one person, verdicts with their reasons. Nothing
// leaves the page. Unknown is an answer, with the facts to ask; what is wrong with input is a TutelaError.
import {instantiate} from './load.mjs';

const OUTCOMES = ['known', 'unknown', 'undeterminable', 'refused', 'no_law_in_force', 'rule_not_available', 'error'];
const STATUSES = ['ok', 'invalid_input', 'limit', 'misuse', 'no_memory', 'internal'];
const STATES = {none: 1, unknown: 2, uncertain: 3};
const SIZES = {view: 8, diagnostic: 56, decide: 52, summary: 24, assess: 52}; // bytes of the structures of tutela.h

/** Everything that was wrong with one call. */
export class TutelaError extends Error {
  constructor(status, message, diagnostics) {
    super(message);
    this.name = 'TutelaError';
    this.status = status;
    this.diagnostics = diagnostics;
  }
}

/** The memory of the module during one call: what is placed here is given back when the call ends. */
class Frame {
  #c;
  #blocks = [];

  constructor(c) {
    this.#c = c;
  }

  room(bytes) {
    const address = this.#c.malloc(Math.max(bytes, 1));
    if (address === 0) throw new TutelaError('no_memory', 'there is not enough memory', []);
    this.#blocks.push(address);
    new Uint8Array(this.#c.memory.buffer, address, bytes).fill(0);
    return address;
  }

  /** Places a text; the pair is what functions of tutela.h take. */
  text(string) {
    const bytes = new TextEncoder().encode(string);
    const address = this.room(bytes.length);
    new Uint8Array(this.#c.memory.buffer, address, bytes.length).set(bytes);
    return [address, bytes.length];
  }

  get(address) {
    return new DataView(this.#c.memory.buffer).getInt32(address, true);
  }

  put(address, ...numbers) {
    const view = new DataView(this.#c.memory.buffer);
    numbers.forEach((number, i) => view.setInt32(address + 4 * i, number, true));
  }

  /** The text of a view. */
  read(address) {
    return new TextDecoder().decode(new Uint8Array(this.#c.memory.buffer, this.get(address) >>> 0, this.get(address + 4)));
  }

  /** The text of a tutela_text, which is given back. */
  take(address) {
    const text = this.read(address);
    this.#c.tutela_text_free(address);
    return text;
  }

  /** Calls a function whose last argument is the place of the error; throws what it reports. */
  call(name, ...given) {
    const place = this.room(4);
    const status = this.#c[name](...given, place);
    if (status === 0) return;
    const error = this.get(place);
    const view = this.room(SIZES.view);
    this.#c.tutela_error_message(error, view);
    const message = this.read(view);
    const found = this.room(SIZES.diagnostic);
    this.put(found, SIZES.diagnostic);
    const diagnostics = [];
    while (this.#c.tutela_error_at(error, diagnostics.length, found) === 0) {
      const [code, severity, line, column] = [4, 8, 12, 16].map((offset) => this.get(found + offset));
      const [file, pointer, what, mend] = [24, 32, 40, 48].map((offset) => this.read(found + offset));
      diagnostics.push({code, severity, line, column, file, pointer, what, mend});
    }
    this.#c.tutela_error_free(error);
    throw new TutelaError(STATUSES[status], message, diagnostics);
  }

  close() {
    this.#blocks.forEach((address) => this.#c.free(address));
  }
}

function framed(c, work) {
  const frame = new Frame(c);
  try {
    return work(frame);
  } finally {
    frame.close();
  }
}

function day(text) {
  return text ? text.split('-').map(Number) : [0, 0, 0];
}

/** What the module holds until it is closed. */
class Handle {
  constructor(c, address, free) {
    this.c = c;
    this.address = address;
    this.free = free;
  }

  close() {
    if (this.address !== 0) this.c[this.free](this.address);
    this.address = 0;
  }
}

/** The facts of one person at a time; a fact that was never set is unknown. */
class Session extends Handle {
  #set(name, slot, ...value) {
    framed(this.c, (frame) => frame.call(`tutela_session_set_${name}`, this.address, slot, ...value));
  }

  setBoolean(slot, value) { this.#set('boolean', slot, value ? 1 : 0); }
  setInteger(slot, value) { this.#set('integer', slot, BigInt(value)); }
  setDate(slot, text) { this.#set('date', slot, ...day(text)); }
  setState(slot, state) { this.#set('state', slot, STATES[state]); }
  setNumber(slot, text) { framed(this.c, (frame) => this.#set('number', slot, ...frame.text(text))); }
  setString(slot, text) { framed(this.c, (frame) => this.#set('string', slot, ...frame.text(text))); }

  /** Replaces all facts by those of one case (tutela-case/1), as JSON text or as an object. */
  setCase(facts) {
    const json = typeof facts === 'string' ? facts : JSON.stringify(facts);
    framed(this.c, (frame) => frame.call('tutela_session_set_case', this.address, ...frame.text(json)));
  }

  clear() { framed(this.c, (frame) => frame.call('tutela_session_clear', this.address)); }

  /** Answers one decision on a day such as 2026-03-02; explained in en, ro, uk or ru. */
  decide(decision, on, language = 'en') {
    return framed(this.c, (frame) => {
      const options = frame.room(SIZES.decide);
      frame.put(options, SIZES.decide, 0, ...day(on));
      const place = frame.room(4);
      frame.call('tutela_session_decide', this.address, ...frame.text(decision), options, place);
      const verdict = frame.get(place);
      try {
        return this.#read(frame, verdict, language);
      } finally {
        this.c.tutela_verdict_free(verdict);
      }
    });
  }

  #read(frame, verdict, language) {
    const [summary, out] = [frame.room(SIZES.summary), frame.room(SIZES.view)];
    frame.put(summary, SIZES.summary);
    this.c.tutela_verdict_summarise(verdict, summary);
    const missing = [];
    while (this.c.tutela_verdict_missing(verdict, missing.length, out) === 0) missing.push(frame.read(out));
    frame.call('tutela_verdict_explain', verdict, ...frame.text(language), out);
    const explanation = frame.take(out);
    frame.call('tutela_verdict_json', verdict, out);
    const outcome = OUTCOMES[frame.get(summary + 4)];
    const value = outcome === 'known' ? frame.read(summary + 16) : null; // JSON, as the library writes it
    return {outcome, value, missing, explanation, json: frame.take(out)};
  }
}

/** The rules of one legal order, or of one DMN file: loaded once, then unchanging. */
class Pack extends Handle {
  /** What the pack says about itself: id, decisions, facts with their labels and questions. */
  describe() {
    return framed(this.c, (frame) => {
      const out = frame.room(SIZES.view);
      frame.call('tutela_pack_describe', this.address, out);
      return JSON.parse(frame.take(out));
    });
  }

  /** Looks up a fact by its dotted name. */
  slot(fact) {
    return framed(this.c, (frame) => {
      const place = frame.room(8);
      frame.call('tutela_pack_slot', this.address, ...frame.text(fact), place);
      return new DataView(this.c.memory.buffer).getBigUint64(place, true);
    });
  }

  session() {
    return framed(this.c, (frame) => {
      const place = frame.room(4);
      frame.call('tutela_session_new', this.address, place);
      return new Session(this.c, frame.get(place), 'tutela_session_free');
    });
  }
}

/**
 * Loads the library.
 * @param {BufferSource | Response | Promise<Response>} source the bytes of tutela.wasm, or what `fetch` gives
 */
export async function load(source) {
  const c = await instantiate(source);
  const loaded = (Kind, kind, from, text) => framed(c, (frame) => {
    const place = frame.room(4);
    frame.call(`tutela_${kind}_load`, from, ...frame.text(text), 0, place);
    return new Kind(c, frame.get(place), `tutela_${kind}_free`);
  });
  return {
    exports: c,
    loadPack: (name) => loaded(Pack, 'pack', 0, name),
    parsePack: (dmn) => loaded(Pack, 'pack', 1, dmn),
    loadInstrument: (name) => loaded(Handle, 'instrument', 0, name),
    /** Assesses cases (tutela-case/1: object, array or NDJSON): one assessment a line, as JSON. */
    assess: (cases, on, {packs = [], instruments = []} = {}) => framed(c, (frame) => {
      const options = frame.room(SIZES.assess);
      frame.put(options, SIZES.assess, 0, ...day(on));
      [packs, instruments].forEach((handles, i) => {
        const array = frame.room(4 * handles.length);
        frame.put(array, ...handles.map((handle) => handle.address));
        frame.put(options + 24 + 8 * i, array, handles.length);
      });
      const out = frame.room(SIZES.view);
      frame.call('tutela_assess', options, ...frame.text(cases), out);
      return frame.take(out);
    }),
  };
}
