// SPDX-License-Identifier: Apache-2.0
// Tutela in JavaScript, in a browser and in Node: rule packs, facts of one person, verdicts with their reasons. Nothing
// leaves the page. Unknown is an answer, with the facts to ask; what is wrong with input is a TutelaError.
import {STATUSES, TutelaError} from './errors.mjs';
import {instantiate} from './load.mjs';
import {askNext, changesBetween, changesOf, day, routeOf, scoreOf, timelineOf} from './questions.mjs';

export {TutelaError};

const OUTCOMES = ['known', 'unknown', 'undeterminable', 'refused', 'no_law_in_force', 'rule_not_available', 'error'];
const STATES = {none: 1, unknown: 2, uncertain: 3};
const HELD = {unknown: 0, none: 1, uncertain: 2}; // what a cell says that holds no value
const SIZES = {view: 8, diagnostic: 56, decide: 60, summary: 24, assess: 52, answer: 24, cell: 24}; // of tutela.h, in bytes

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
    if (status !== 0) refuse(this.#c, status, this.get(place));
  }

  close() {
    this.#blocks.forEach((address) => this.#c.free(address));
  }
}

/** All findings of an error object. */
function findingsOf(c, frame, error) {
  const found = frame.room(SIZES.diagnostic);
  frame.put(found, SIZES.diagnostic);
  const findings = [];
  while (c.tutela_error_at(error, findings.length, found) === 0) {
    const [code, severity, line, column] = [4, 8, 12, 16].map((offset) => frame.get(found + offset));
    const [file, pointer, what, mend] = [24, 32, 40, 48].map((offset) => frame.read(found + offset));
    findings.push({code, severity, line, column, file, pointer, what, mend});
  }
  return findings;
}

/** Throws what an error of the library says, and gives it back. */
function refuse(c, status, error) {
  framed(c, (frame) => {
    const view = frame.room(SIZES.view);
    c.tutela_error_message(error, view);
    const [message, diagnostics] = [frame.read(view), findingsOf(c, frame, error)];
    c.tutela_error_free(error);
    throw new TutelaError(STATUSES[status], message, diagnostics);
  });
}

function framed(c, work) {
  const frame = new Frame(c);
  try {
    return work(frame);
  } finally {
    frame.close();
  }
}

/** Places a tutela_decide_options: a day such as 2026-03-02, or what else can be asked. */
function asking(frame, how) {
  const {on, lawOn, knownOn, includeUnverified = false, jurisdiction = ''} = typeof how === 'string' ? {on: how} : how ?? {};
  const options = frame.room(SIZES.decide);
  frame.put(options, SIZES.decide, includeUnverified ? 1 : 0, ...day(on), ...day(lawOn), ...day(knownOn), 0, 0);
  frame.put(options + 52, ...frame.text(jurisdiction));
  return options;
}

/** What the module holds until it is closed. */
class Handle {
  constructor(c, address, free) {
    this.c = c;
    this.address = address;
    this.free = free;
  }

  /** The address, for a call. */
  get open() {
    if (this.address === 0) throw new Error(`${this.constructor.name} is closed`);
    return this.address;
  }

  close() {
    if (this.address !== 0) this.c[this.free](this.address);
    this.address = 0;
  }
}

/** One decision of a pack under fixed options, looked up once. */
class Decision extends Handle {}

/** The latest answer of a session, without its reasons; read it before the session is asked again. */
class Answer {
  #session;
  #place;

  constructor(session, place) {
    this.#session = session;
    this.#place = place;
  }

  #number(offset) {
    return this.#session.memory[(this.#place + offset) >> 2];
  }

  get outcome() { return OUTCOMES[this.#number(4)]; }

  /** True when the answer is known and is true. What is unknown is neither this nor `isFalse`. */
  get isTrue() { return this.#number(8) === 1; }

  /** True when the answer is known and is false. */
  get isFalse() { return this.#number(8) === 0; }

  /** The answer as JSON, or null unless the outcome is known. Each call makes a text. */
  get value() {
    if (this.#number(4) !== 0) return null;
    return framed(this.#session.c, (frame) => frame.read(this.#place + 16));
  }
}

/**
 * The same facts of many people, one after another, as one block of memory: what is put into it costs no call into the
 * module. A place that nothing was put into is unknown. Put every fact of the next person, or `clear` first.
 */
class Row {
  #session;
  #start;
  #count;
  #cells = new Int32Array(0); // those of the row, as numbers of 32 bits

  constructor(session, start, count) {
    this.#session = session;
    this.#start = start;
    this.#count = count;
  }

  #put(place, holds, low, high) {
    const cells = this.#cells;
    const cell = 6 * place;
    if (place >>> 0 === place && cell < cells.length) {
      cells[cell + 2] = low;
      cells[cell + 3] = high;
      cells[cell + 4] = holds;
    } else {
      this.#found(place);
      this.#put(place, holds, low, high);
    }
  }

  /** Finds the cells, where the memory has grown and moved since. */
  #found(place) {
    if (!(Number.isInteger(place) && place >= 0 && place < this.#count)) throw new RangeError('the row has no such place');
    this.#cells = new Int32Array(this.#session.memory.buffer, this.#start, 6 * this.#count);
  }

  /** The session is closed, and gives its memory back. */
  leave() { this.#cells = new Int32Array(0); }

  setBoolean(place, value) { this.#put(place, 3, value ? 1 : 0, 0); }

  /** Puts a whole number of at most 53 bits. */
  setInteger(place, value) {
    if (!Number.isSafeInteger(value)) throw new RangeError('the number is not whole, or has more than 53 bits');
    this.#put(place, 4, value | 0, Math.floor(value / 4294967296));
  }

  /** Puts a day of the years 1 to 32,767; what is no day is refused when the row is answered. */
  setDate(place, year, month, dayOfMonth) {
    const possible = year > 0 && year < 32768 && month >= 0 && month < 100 && dayOfMonth >= 0 && dayOfMonth < 100;
    this.#put(place, 5, possible ? year * 10000 + month * 100 + dayOfMonth : 0, 0);
  }

  setState(place, state) { this.#put(place, HELD[state], 0, 0); }

  clear() {
    for (let place = 0; place < this.#count; ++place) this.#put(place, 0, 0, 0);
  }

  /** Sets the facts of all places in the session and answers; after an error every fact of the session is unknown. */
  answer(decision) { return this.#session.answerRow(decision, this.#start, this.#count); }
}

/** The facts of one person at a time; a fact that was never set is unknown. */
class Session extends Handle {
  #memory = new Int32Array(0); // all of the module's, as numbers of 32 bits
  #blocks = [];
  #rows = [];
  #error;
  #place;
  #answer;

  constructor(c, address) {
    super(c, address, 'tutela_session_free');
    this.#error = this.#room(SIZES.answer + 8);
    this.#place = this.#error + 8;
    this.memory[this.#place >> 2] = SIZES.answer;
    this.memory[(this.#place >> 2) + 1] = OUTCOMES.indexOf('unknown');
    this.memory[(this.#place >> 2) + 2] = -1;
    this.#answer = new Answer(this, this.#place);
  }

  /** Zeroed memory that lives as long as the session. */
  #room(bytes) {
    const address = this.c.malloc(bytes);
    if (address === 0) throw new TutelaError('no_memory', 'there is not enough memory', []);
    this.#blocks.push(address);
    new Uint8Array(this.c.memory.buffer, address, bytes).fill(0);
    return address;
  }

  get memory() {
    if (this.address === 0) throw new Error('Session is closed');
    if (this.#memory.length === 0) this.#memory = new Int32Array(this.c.memory.buffer); // it has grown, and moved
    return this.#memory;
  }

  close() {
    super.close();
    this.#rows.splice(0).forEach((row) => row.leave());
    this.#blocks.splice(0).forEach((address) => this.c.free(address));
  }

  #checked(status) {
    if (status !== 0) refuse(this.c, status, this.memory[this.#error >> 2]);
    return this.#answer;
  }

  /** The answer alone, at full speed: nothing is made. It is the same object each time. */
  answer(decision) {
    return this.#checked(this.c.tutela_session_answer(this.open, decision.open, this.#place, this.#error));
  }

  answerRow(decision, row, count) {
    return this.#checked(
      this.c.tutela_session_answer_row(this.open, row, count, decision.open, this.#place, this.#error));
  }

  /** Places for these facts, all unknown at first; their order numbers them from 0. */
  row(...slots) {
    const start = this.#room(Math.max(SIZES.cell * slots.length, 1));
    slots.forEach((slot, i) => new DataView(this.c.memory.buffer).setBigUint64(start + SIZES.cell * i, slot, true));
    const row = new Row(this, start, slots.length);
    this.#rows.push(row);
    return row;
  }

  #set(name, slot, ...value) {
    this.#checked(this.c[`tutela_session_set_${name}`](this.open, slot, ...value, this.#error));
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

  /** Answers one decision on a day such as 2026-03-02, or asked otherwise; explained in en, ro, uk or ru. */
  decide(decision, how, language = 'en') {
    return framed(this.c, (frame) => this.#explained(
      frame, language, 'tutela_session_decide', ...frame.text(decision), asking(frame, how)));
  }

  /** The same for a decision that was looked up. */
  verdict(decision, language = 'en') {
    return framed(this.c, (frame) => this.#explained(frame, language, 'tutela_session_verdict', decision.open));
  }

  /** What to ask next: `{on, decisions, holders}` and what else can be asked of a decision. The facts stay. */
  ask(how = {}) {
    return framed(this.c, (frame) => askNext(frame, this.open, asking(frame, how), typeof how === 'string' ? {} : how));
  }

  /** How the answer runs from a day until another, which is the first day after. */
  timeline(decision, from, until, how = {}) {
    return framed(this.c, (frame) => timelineOf(frame, this.open, asking(frame, how), decision, from, until));
  }

  /** What a service could do so that an answer changes; never advice to the person. */
  counterfactual(decision, how) {
    return framed(this.c, (frame) => changesOf(frame, this.open, asking(frame, how), decision));
  }

  #explained(frame, language, name, ...given) {
    const place = frame.room(4);
    frame.call(name, this.open, ...given, place);
    const verdict = frame.get(place);
    try {
      return this.#read(frame, verdict, language);
    } finally {
      this.c.tutela_verdict_free(verdict);
    }
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

  /** Looks up a decision, so that asking it often costs no search. */
  decision(name, how) {
    return framed(this.c, (frame) => {
      const place = frame.room(4);
      frame.call('tutela_decision_new', this.open, ...frame.text(name), asking(frame, how), place);
      return new Decision(this.c, frame.get(place), 'tutela_decision_free');
    });
  }

  /** What a careful reader would object to although the pack loads: gaps, overlaps, law without source. Errors come first. */
  check() {
    return framed(this.c, (frame) => {
      const place = frame.room(4);
      frame.call('tutela_pack_check', this.open, 0, place);
      const findings = frame.get(place);
      const read = findings === 0 ? [] : findingsOf(this.c, frame, findings);
      this.c.tutela_error_free(findings);
      return read;
    });
  }

  /** What is different in a newer version, on one day or on one of every state of the law. */
  compare(newer, on) {
    return framed(this.c, (frame) => changesBetween(frame, this.open, newer.open, on));
  }

  session() {
    return framed(this.c, (frame) => {
      const place = frame.room(4);
      frame.call('tutela_session_new', this.address, place);
      return new Session(this.c, frame.get(place));
    });
  }
}

/** A risk or needs scale. */
class Instrument extends Handle {
  /** Scores one person from facts, an object or its JSON. Bounds stand in for facts that are missing. */
  score(facts, how = {}) {
    return framed(this.c, (frame) => scoreOf(frame, this.open, facts, how));
  }
}

/** A network of agencies. */
class Network extends Handle {
  /** The best lawful path, or why there is none. */
  route(request) {
    return framed(this.c, (frame) => routeOf(frame, this.open, request));
  }
}

/** A document as text: files of a pack become one. */
function packText(given) {
  if (typeof given === 'string') return given;
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) return new TextDecoder().decode(given);
  return JSON.stringify({format: 'tutela-pack-files/1', files: given});
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
    /** The text of a DMN file, the texts of a pack's files by their names, or the bytes of either (the latter as JSON). */
    parsePack: (given) => loaded(Pack, 'pack', 1, packText(given)),
    loadInstrument: (name) => loaded(Instrument, 'instrument', 0, name),
    parseInstrument: (json) => loaded(Instrument, 'instrument', 1, json),
    parseNetwork: (json) => loaded(Network, 'network', 1, json),
    /** Assesses cases (tutela-case/1: object, array or NDJSON): one assessment a line, as JSON. */
    assess: (cases, on, {packs = [], instruments = [], networks = []} = {}) => framed(c, (frame) => {
      const options = frame.room(SIZES.assess);
      frame.put(options, SIZES.assess, 0, ...day(on));
      [packs, instruments, networks].forEach((handles, i) => {
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
