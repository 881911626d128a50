// SPDX-License-Identifier: Apache-2.0
// The decisions of a pack for every row of a table. A `door` is how the library is called: in native.mjs the C library itself,
// which reads arrays where they lie. It has `word` (bytes of an address), `framed` (calls with what they are given), `bytes`
// and `text` (copies out of the library's memory), `release` (of a struct of Arrow) and `free` (of a handle).
import {answersTaken, arraySizes, fieldsTaken, schemaSizes} from './answers.mjs';
import {schemaPlaced, tablePlaced} from './arrow.mjs';
import {Column} from './columns.mjs';
import {finding, refuseAll, TutelaError} from './errors.mjs';
import {day} from './questions.mjs';
import {OWN_SIZE, members, sizeOf, structures} from './structures.mjs';

export {Column} from './columns.mjs';
export {TutelaError} from './errors.mjs';

const NULLS = {unknown: 0, none: 1, uncertain: 2};
const WRONG_TYPE = 200;
const INVALID_REQUEST = 600;
const DUPLICATE_KEY = 703;
const UNKNOWN_KEY = 704;
const MISSING_KEY = 705;

const date = (text) => day(text).map((number) => [4, number]);

/** Places views of texts, one after another; gives the members of a structure that name them. */
function views(frame, texts) {
  const {word} = frame.door;
  const held = texts.map((text) => frame.text(text).map((value) => [word, value]));
  return [[word, held.length > 0 ? frame.place(structures(...held)) : 0], [word, held.length]];
}

/** Places a text; gives the members of a structure that name it. */
const view = (frame, text) => frame.text(text).map((part) => [frame.door.word, part]);

const asked = (how) => (typeof how === 'string' ? {on: how} : how ?? {});

/** Places a tutela_decide_options. */
export function decidePlaced(frame, how) {
  const {on, lawOn, knownOn, includeUnverified = false, jurisdiction = ''} = asked(how);
  return frame.place(structures([
    [4, OWN_SIZE], [4, includeUnverified ? 1 : 0], ...date(on), ...date(lawOn), ...date(knownOn), [4, 0], [frame.door.word, 0],
    ...view(frame, jurisdiction),
  ]));
}

/** Places a tutela_batch_options. */
function optionsPlaced(frame, how) {
  const {
    on, lawOn, knownOn, includeUnverified = false, jurisdiction = '', decisions = [], outcomes = true, missing = false,
    rules = false, instruments = [], research = false, columns = {},
  } = asked(how);
  if (knownOn !== undefined) throw new TypeError('a table does not say when a value was recorded');
  const {word} = frame.door;
  const text = (value) => view(frame, value);
  const read = Object.entries(columns).map(([fact, {column = '', nulls = 'unknown', wholeDoubles = false, nanIsNull = false}]) => {
    if (!Object.hasOwn(NULLS, nulls)) throw new TypeError(`nulls are one of ${Object.keys(NULLS).join(', ')}`);
    return [[4, OWN_SIZE], [4, NULLS[nulls]], [4, wholeDoubles ? 1 : 0], [4, nanIsNull ? 1 : 0], ...text(fact), ...text(column)];
  });
  const scales = instruments.map((instrument) => [[word, instrument.open]]);
  return frame.place(structures([
    [4, OWN_SIZE], [4, includeUnverified ? 1 : 0], ...date(on), ...date(lawOn), [4, outcomes ? 1 : 0], [4, missing ? 1 : 0],
    [4, rules ? 1 : 0], [4, 1], ...views(frame, decisions),
    [word, read.length > 0 ? frame.place(structures(...read)) : 0], [word, read.length], [word, 0], ...text(jurisdiction),
    [word, scales.length > 0 ? frame.place(structures(...scales)) : 0], [word, scales.length], [4, research ? 1 : 0],
  ]));
}

/** Does what may be refused; the findings go to those that are there already, so that all are told at once. */
function collecting(found, work) {
  try {
    return work();
  } catch (refused) {
    if (!(refused instanceof TutelaError) || refused.diagnostics.length === 0) throw refused;
    found.push(...refused.diagnostics);
    return undefined;
  }
}

/** What both kinds of batches do. */
class Compiled {
  #address;

  constructor(door, address) {
    this.door = door;
    this.#address = address;
    this.fields = door.framed((frame) => {
      const schema = frame.room(sizeOf(schemaSizes(door.word)));
      frame.call('tutela_batch_schema', address, schema.address);
      return fieldsTaken(door, schema.address);
    });
  }

  get open() {
    if (this.#address === null) throw new Error('the batch is closed');
    return this.#address;
  }

  close() {
    if (this.#address !== null) this.door.free('tutela_batch_free', this.#address);
    this.#address = null;
  }

  /** What the batch does: the decisions, which of them run row by row and why, facts without column. */
  describe() {
    return JSON.parse(this.door.framed((frame) => frame.answered('tutela_batch_describe', this.open)));
  }

  /** Calls what writes an ArrowArray, and reads that. */
  answers(frame, name, ...given) {
    const array = frame.room(sizeOf(arraySizes(this.door.word)));
    frame.call(name, this.open, ...given, array.address);
    return answersTaken(this.door, this.fields, array.address);
  }
}

/** A tutela_column; without its arrays, for what a batch is made for. */
function columnMembers(frame, column, slot, withValues) {
  const {word} = frame.door;
  const {layout, values, scale, words, bits, nulls} = column.given;
  const start = [[4, OWN_SIZE], [4, layout], [8, slot], [4, scale], [4, nulls]];
  if (!withValues) return [...start, ...Array(5).fill([word, 0])];
  return [...start, [word, bits === null ? 0 : frame.place(bits)], [word, frame.place(values)], [word, 0], ...views(frame, words)];
}

/** The decisions of a pack, compiled for arrays of some types. */
export class Batch extends Compiled {
  #wanted;

  /** Compiles for columns of these types; everything that is wrong is told at once. */
  static compiled(pack, how, types) {
    const {door} = pack;
    const wrong = [];
    const wanted = new Map();
    for (const type of types) {
      const slot = collecting(wrong, () => slotOf(pack, type.fact));
      if (slot === undefined) continue;
      if (wanted.has(type.fact)) wrong.push(finding(DUPLICATE_KEY, type.fact, 'the fact has two columns', 'leave one of them out'));
      else wanted.set(type.fact, {type, slot});
    }
    const make = () => door.framed((frame) => {
      const columns = [...wanted.values()].map(({type, slot}) => columnMembers(frame, type, slot, false));
      const place = columns.length > 0 ? frame.place(structures(...columns)) : 0;
      return frame.made('tutela_batch_new_columns', pack.open, place, columns.length, optionsPlaced(frame, how));
    });
    const made = wrong.length === 0 ? make() : wanted.size > 0 && collecting(wrong, make);
    if (wrong.length > 0 && made) door.free('tutela_batch_free', made);
    refuseAll(wrong);
    return new Batch(door, made, wanted);
  }

  constructor(door, address, wanted) {
    super(door, address);
    this.#wanted = wanted;
  }

  /**
   * Answers every row. The columns are those of the facts that the batch was made for, of the same types, in any order; what is
   * wrong with them is one error with all of it, and never with a value of a person.
   */
  decide(columns, rows) {
    if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError('the number of rows is no whole number from 0 on');
    refuseAll(this.#wrong(columns, rows));
    return this.door.framed((frame) => {
      const given = new Map(columns.map((column) => [column.fact, column]));
      const table = [...this.#wanted].map(([fact, {slot}]) => columnMembers(frame, given.get(fact), slot, true));
      return this.answers(frame, 'tutela_batch_decide_columns', frame.place(structures(...table)), table.length, rows);
    });
  }

  #wrong(columns, rows) {
    const wrong = [];
    const given = new Set();
    for (const column of columns) {
      const one = this.#wanted.get(column.fact);
      const tell = (code, what, mend) => wrong.push(finding(code, column.fact, what, mend));
      if (given.has(column.fact)) tell(DUPLICATE_KEY, 'the fact has two columns', 'leave one of them out');
      else if (one === undefined) tell(UNKNOWN_KEY, 'the batch was made without a column for this fact', 'make a batch with it');
      else if (!column.fits(one.type)) tell(WRONG_TYPE, 'the column is of another type than the batch was made for', `give ${one.type.layout}`);
      given.add(column.fact);
      for (const what of column.wrongLengths(rows)) tell(INVALID_REQUEST, what, `give one value for each of the ${rows} rows`);
    }
    for (const fact of this.#wanted.keys()) {
      if (!given.has(fact)) wrong.push(finding(MISSING_KEY, fact, 'the fact has no column', 'make a batch without it'));
    }
    return wrong;
  }
}

function slotOf(pack, fact) {
  const {door} = pack;
  return door.framed((frame) => {
    const slot = frame.room(8);
    frame.call('tutela_pack_slot', pack.open, ...frame.text(fact), slot.address);
    return members(slot.read(), [8])[0];
  });
}

/** The decisions of a pack, compiled for tables of apache-arrow of one schema. */
export class ArrowBatch extends Compiled {
  #schema;

  static compiled(pack, how, schema) {
    const {door} = pack;
    const made = door.framed((frame) =>
      frame.made('tutela_batch_new', pack.open, schemaPlaced(frame, schema), optionsPlaced(frame, how)));
    return new ArrowBatch(door, made, schema);
  }

  constructor(door, address, schema) {
    super(door, address);
    this.#schema = schema;
  }

  /** Answers every row of one record batch; a column that is not of the schema, or not whole, is told. */
  decide(recordBatch) {
    return this.door.framed((frame) =>
      this.answers(frame, 'tutela_batch_decide', tablePlaced(frame, this.#schema, recordBatch)));
  }

  /** Answers every row of a table, one record batch after another. */
  * each(table) {
    for (const recordBatch of table.batches) yield this.decide(recordBatch);
  }
}

/** Compiles the decisions of a pack for columns, or for the schema of a table of apache-arrow. */
export function batchOf(pack, how, table) {
  if (Array.isArray(table)) {
    if (!table.every((column) => column instanceof Column)) throw new TypeError('a table is a list of columns, or has a schema');
    return Batch.compiled(pack, how, table);
  }
  const schema = table?.schema ?? table;
  if (!Array.isArray(schema?.fields)) throw new TypeError('a table is a list of columns, or has a schema');
  return ArrowBatch.compiled(pack, how, schema);
}
