// SPDX-License-Identifier: Apache-2.0
// The columns of a table: one array of values for each fact, and where something may be missing one bit a row.

const NULLS = {unknown: 0, none: 1, uncertain: 2};

/** What a layout is for the library, and the arrays that hold it. */
const LAYOUTS = {
  bits: [1, Uint8Array], int8: [2, Int8Array], int16: [3, Int16Array], int32: [4, Int32Array], int64: [5, BigInt64Array],
  decimal64: [6, BigInt64Array], days32: [7, Int32Array], codes32: [9, Int32Array],
};

const INTEGERS = ['int8', 'int16', 'int32', 'int64'];

const bytesFor = (rows) => Math.ceil(rows / 8);

/** One bit a row, the lowest bit of a byte first. */
export function packed(rows, holds) {
  const bits = new Uint8Array(bytesFor(rows));
  for (let row = 0; row < rows; ++row) if (holds(row)) bits[row >> 3] |= 1 << (row & 7);
  return bits;
}

/** Days since 1970-01-01 of a day such as 2026-03-02. */
function daysOf(text) {
  const days = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / 86_400_000 : NaN;
  // A day that the month does not have is taken for one of the next month by some engines.
  if (Number.isNaN(days) || new Date(days * 86_400_000).toISOString().slice(0, 10) !== text) {
    throw new RangeError('a row holds no day of the calendar such as 2026-03-02');
  }
  return days;
}

/** The values of one fact for all rows of a table. What lies under a row that is not known is never looked at. */
export class Column {
  #made;

  constructor(made) {
    const {fact, layout, values, bits, scale} = made;
    const [, Kind] = LAYOUTS[layout];
    if (typeof fact !== 'string') throw new TypeError('the name of a fact is a text');
    if (!(values instanceof Kind)) throw new TypeError(`a column of the layout ${layout} is a ${Kind.name}`);
    if (bits !== null && !(bits instanceof Uint8Array)) throw new TypeError('the bits of known rows are a Uint8Array');
    if (!Number.isInteger(scale) || scale < 0 || scale > 18) throw new RangeError('the scale is not between 0 and 18');
    this.#made = made;
  }

  static #of(fact, layout, values, {scale = 0, words = [], bits = null, nulls = 'unknown'} = {}) {
    return new Column({fact, layout, values, scale, words, bits, nulls});
  }

  /** The column with null for a row whose value is missing. */
  static #withNulls(column, values) {
    const known = Array.from(values, (value) => value != null); // unlike its methods this sees the holes of an array
    return known.includes(false) ? column.known(known) : column;
  }

  /** Booleans, null where not known; they are packed first, which `bits` saves. */
  static booleans(fact, values) {
    const held = (value) => {
      if (value != null && typeof value !== 'boolean') throw new TypeError('a row holds neither true nor false nor null');
      return value === true;
    };
    return Column.#withNulls(Column.bits(fact, packed(values.length, (row) => held(values[row]))), values);
  }

  /** Booleans, eight rows to a byte, the lowest bit first. */
  static bits(fact, bits) { return Column.#of(fact, 'bits', bits); }

  /** Whole numbers: an Int8Array, Int16Array, Int32Array or BigInt64Array. */
  static integers(fact, values) {
    const layout = INTEGERS.find((each) => values instanceof LAYOUTS[each][1]);
    if (layout === undefined) throw new TypeError('whole numbers are an Int8Array, Int16Array, Int32Array or BigInt64Array');
    return Column.#of(fact, layout, values);
  }

  /** Numbers, exactly: 125050n with the scale 2 is 1250.50. The scale is 0 to 18. */
  static decimals(fact, scale, units) { return Column.#of(fact, 'decimal64', units, {scale}); }

  /** Days since 1970-01-01. */
  static days(fact, days) { return Column.#of(fact, 'days32', days); }

  /** Days such as 2026-03-02, null where not known. */
  static dates(fact, dates) {
    return Column.#withNulls(Column.days(fact, Int32Array.from(dates, (date) => (date == null ? 0 : daysOf(date)))), dates);
  }

  /** Texts, or words of an enumeration; null where not known. */
  static texts(fact, texts) {
    const places = new Map();
    const codes = Int32Array.from(texts, (text) => {
      if (text == null) return 0;
      if (typeof text !== 'string') throw new TypeError('a row holds neither a text nor null');
      if (!places.has(text)) places.set(text, places.size);
      return places.get(text);
    });
    return Column.#withNulls(Column.codes(fact, [...places.keys()], codes), texts);
  }

  /** Texts as numbers that count the words from 0. */
  static codes(fact, words, codes) { return Column.#of(fact, 'codes32', codes, {words: [...words]}); }

  /** The same; rows whose bit is 0 (or that are false) are not known. */
  known(rows) {
    return new Column({...this.#made, bits: Array.isArray(rows) ? packed(rows.length, (row) => rows[row]) : rows});
  }

  /** The same; a row that is not known is `none`, `unknown` (so unless said otherwise) or `uncertain`. */
  nulls(state) {
    if (!Object.hasOwn(NULLS, state)) throw new TypeError(`what is not known is one of ${Object.keys(NULLS).join(', ')}`);
    return new Column({...this.#made, nulls: state});
  }

  get fact() { return this.#made.fact; }

  get layout() { return this.#made.layout; }

  /** Whether a batch that was made for the other column can take this one. */
  fits(other) {
    return ['layout', 'scale', 'nulls'].every((what) => this.#made[what] === other.#made[what]);
  }

  /** What does not go together with that many rows. */
  wrongLengths(rows) {
    const {layout, values, bits} = this.#made;
    const wanted = layout === 'bits' ? bytesFor(rows) : rows;
    const wrong = [];
    if (values.length !== wanted) wrong.push(`the array has ${values.length} elements instead of ${wanted}`);
    if (bits !== null && bits.length !== bytesFor(rows)) {
      wrong.push(`its bits of known rows have ${bits.length} bytes instead of ${bytesFor(rows)}`);
    }
    return wrong;
  }

  /** What a call is given: numbers of the library, and the arrays where they lie. */
  get given() {
    const {layout, values, scale, words, bits, nulls} = this.#made;
    return {layout: LAYOUTS[layout][0], values, scale, words, bits, nulls: NULLS[nulls]};
  }
}
