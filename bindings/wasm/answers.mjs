// SPDX-License-Identifier: Apache-2.0
// The answers for all rows of a table, in memory of JavaScript: read out of the structs of Arrow's C data interface.
import {recordBatchOf} from './arrow.mjs';
import {members, sizeOf} from './structures.mjs';

const isSet = (bits, row) => (bits[row >> 3] >> (row & 7) & 1) === 1;

/** The sizes of the members of ArrowSchema and of ArrowArray, for addresses of `word` bytes. */
export const schemaSizes = (word) => [word, word, word, 8, 8, word, word, word, word];
export const arraySizes = (word) => [8, 8, 8, 8, 8, word, word, word, word, word];

/** What a format of Arrow is here: the type, the bytes of a value (0 for bits), and the array that holds them. */
function kindOf(format, hasWords) {
  if (format === 'b') return {type: 'boolean', width: 0, Values: Uint8Array};
  if (format === 'tdD') return {type: 'date', width: 4, Values: Int32Array};
  if (format === 'g') return {type: 'double', width: 8, Values: Float64Array};
  if (format === '+L') return {type: 'texts', width: 4, Values: Int32Array};
  if (format === 'C') return {type: 'text', width: 1, Values: Uint8Array};
  if (format === 'i') return {type: hasWords ? 'text' : 'whole', width: 4, Values: Int32Array};
  if (format.startsWith('d:')) return {type: 'number', width: 16, Values: BigInt64Array, scale: Number(format.split(/[:,]/)[2])};
  throw new Error(`a column of answers has the type ${format}`);
}

/** Reads structs from an address; `door` copies out of the memory of the library. */
class Reader {
  #door;
  #word;

  constructor(door) {
    this.#door = door;
    this.#word = door.word;
  }

  bytes(address, count) { return this.#door.bytes(address, count); }

  /** An array of numbers, from the bytes of a copy, which begins where any number may begin. */
  numbers(address, count, width, Numbers) {
    return new Numbers(this.bytes(address, count * width).buffer, 0, count * width / Numbers.BYTES_PER_ELEMENT);
  }

  addresses(address, count) {
    return members(this.bytes(address, this.#word * count), Array(count).fill(this.#word));
  }

  #structure(address, sizes) { return members(this.bytes(address, sizeOf(sizes)), sizes); }

  schema(address) {
    const [format, name, , , count, children, dictionary, release] = this.#structure(address, schemaSizes(this.#word));
    return {
      format: this.#door.text(format), name: this.#door.text(name), children: this.addresses(children, Number(count)),
      hasWords: Number(dictionary) !== 0, release,
    };
  }

  array(address) {
    const [length, , , buffers, count, held, children, dictionary, release] = this.#structure(address, arraySizes(this.#word));
    return {
      length: Number(length), buffers: this.addresses(held, Number(buffers)), children: this.addresses(children, Number(count)),
      dictionary, release,
    };
  }

  words(address) {
    const {length, buffers} = this.array(address);
    const ends = this.numbers(buffers[1], length + 1, 4, Int32Array);
    const bytes = this.bytes(buffers[2], ends[length]);
    const decoder = new TextDecoder();
    return Array.from({length}, (_, i) => decoder.decode(bytes.subarray(ends[i], ends[i + 1])));
  }
}

/** The names and types of the columns of a schema, which is released. */
export function fieldsTaken(door, address) {
  const reader = new Reader(door);
  const schema = reader.schema(address);
  try {
    return schema.children.map((child) => {
      const {name, format, hasWords} = reader.schema(child);
      return {name, ...kindOf(format, hasWords)};
    });
  } finally {
    door.release(schema.release, address);
  }
}

/** The answers of an array, which is released. */
export function answersTaken(door, fields, address) {
  const reader = new Reader(door);
  const array = reader.array(address);
  try {
    return new Answers(array.length, fields.map((field, i) => new AnswerColumn(field, array.length, reader, array.children[i])));
  } finally {
    door.release(array.release, address);
  }
}

/**
 * One column of answers. A row may be read where `isKnown` says that there is a value; a column is read as what it is,
 * anything else throws a TypeError.
 */
export class AnswerColumn {
  #field;

  constructor(field, rows, reader, address) {
    this.#field = field;
    this.rows = rows;
    let {buffers, ...array} = reader.array(address);
    /** Which rows have a value, eight rows to a byte, the lowest bit first; null where all have. */
    this.known = Number(buffers[0]) === 0 ? null : reader.bytes(buffers[0], Math.ceil(rows / 8));
    if (this.type === 'texts') {
      /** Of several texts: where those of a row begin among the values; one more than there are rows. */
      this.starts = reader.numbers(buffers[1], rows + 1, 8, BigInt64Array);
      ({buffers, ...array} = reader.array(array.children[0]));
    }
    const {width, Values} = field;
    /** The values as they are: bits, days since 1970-01-01, places of words, whole numbers, doubles; of a number two words of 64 bits. */
    this.values = width === 0
      ? reader.bytes(buffers[1], Math.ceil(array.length / 8))
      : reader.numbers(buffers[1], array.length, width, Values);
    /** The words that places count from 0. */
    this.words = Number(array.dictionary) === 0 ? [] : reader.words(array.dictionary);
  }

  get name() { return this.#field.name; }

  get type() { return this.#field.type; }

  /** Of numbers: digits after the point. */
  get scale() { return this.#field.scale ?? 0; }

  #place(row, type) {
    if (type !== undefined && this.type !== type) throw new TypeError(`the column ${this.name} is ${this.type}, not ${type}`);
    if (!(Number.isInteger(row) && row >= 0 && row < this.rows)) throw new RangeError('there is no such row');
    return row;
  }

  /** Whether a row has a value. */
  isKnown(row) {
    this.#place(row);
    return this.known === null || isSet(this.known, row);
  }

  /** The Boolean of a row where it is known, otherwise null: unknown is never false. */
  boolean(row) { return this.isKnown(this.#place(row, 'boolean')) ? isSet(this.values, row) : null; }

  /** The day of a row such as 2026-03-02, or null. */
  date(row) {
    if (!this.isKnown(this.#place(row, 'date'))) return null;
    return new Date(this.values[row] * 86_400_000).toISOString().replace(/T.*/, '');
  }

  /** The exact number of a row as text, or null. */
  number(row) {
    if (!this.isKnown(this.#place(row, 'number'))) return null;
    const units = (this.values[2 * row + 1] << 64n) | BigInt.asUintN(64, this.values[2 * row]);
    const digits = String(units < 0n ? -units : units).padStart(this.scale + 1, '0');
    const point = digits.length - this.scale;
    return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${this.scale > 0 ? '.' : ''}${digits.slice(point)}`;
  }

  /** The word of a row, or null. */
  text(row) { return this.isKnown(this.#place(row, 'text')) ? this.words[this.values[row]] : null; }

  /** The whole number of a row, or null. */
  whole(row) { return this.isKnown(this.#place(row, 'whole')) ? this.values[row] : null; }

  /** What a scale computes for a row, or null. */
  double(row) { return this.isKnown(this.#place(row, 'double')) ? this.values[row] : null; }

  /** The texts of a row. */
  texts(row) {
    this.#place(row, 'texts');
    return Array.from(this.values.subarray(Number(this.starts[row]), Number(this.starts[row + 1])), (place) => this.words[place]);
  }
}

/**
 * The answers for all rows: for each decision `d` the column `d`, which is not known unless the answer is, and what was asked
 * for: `d.outcome`, `d.rule`, `d.missing`. They are copies, so nothing has to be closed.
 */
export class Answers {
  #byName;

  constructor(rows, columns) {
    this.rows = rows;
    this.columns = columns;
    this.#byName = new Map(columns.map((column) => [column.name, column]));
  }

  /** The column of that name. */
  column(name) {
    const column = this.#byName.get(name);
    if (column === undefined) throw new RangeError(`there is no column ${name} among ${[...this.#byName.keys()].join(', ')}`);
    return column;
  }

  /** How a decision ended for a row; it must have been asked with outcomes. */
  outcome(decision, row) { return this.column(`${decision}.outcome`).text(row); }

  /** Known and true. What is unknown is neither this nor `isFalse`. */
  isTrue(decision, row) { return this.column(decision).boolean(row) === true; }

  /** Known and false. */
  isFalse(decision, row) { return this.column(decision).boolean(row) === false; }

  /** The facts to ask for a row; it must have been asked with missing facts. */
  missing(decision, row) { return this.column(`${decision}.missing`).texts(row); }

  /** The same as a RecordBatch of apache-arrow, whose module is given; the values are shared. */
  toArrow(arrow) { return recordBatchOf(this, arrow); }
}
