// SPDX-License-Identifier: Apache-2.0
// Tables of apache-arrow as structs of Arrow's C data interface, whose buffers are the arrays where they lie; and answers as
// such tables. No version of apache-arrow is bound: who wants tables back hands its module over.
import {finding, refuseAll} from './errors.mjs';
import {structures} from './structures.mjs';

const INVALID_REQUEST = 600;
const WRONG_TYPE = 200;
const MEND = 'hand over the table as apache-arrow makes it';
const NULLABLE = 2; // ARROW_FLAG_NULLABLE
const NOT_RELEASED = 1; // the library asks whether a struct was released, and calls nothing

/** The numbers of types in apache-arrow, which are those of the format of its files. */
const TYPE = {
  dictionary: -1, nothing: 1, integer: 2, float: 3, binary: 4, utf8: 5, boolean: 6, decimal: 7, date: 8, timestamp: 10, list: 12,
  struct: 13, union: 14, fixedBinary: 15, fixedList: 16, map: 17, largeBinary: 19, largeUtf8: 20, largeList: 21, utf8View: 24,
};
const INTEGERS = {8: 'cC', 16: 'sS', 32: 'iI', 64: 'lL'};
const FLOATS = 'efg';
const UNITS = 'smun';

/** The format of a type; of types that are not read, one that the library refuses with the reason, or does not know. */
function formatOf(type) {
  switch (type.typeId) {
    case TYPE.dictionary: return formatOf(type.indices);
    case TYPE.nothing: return 'n';
    case TYPE.integer: return INTEGERS[type.bitWidth][type.isSigned ? 0 : 1];
    case TYPE.float: return FLOATS[type.precision];
    case TYPE.binary: return 'z';
    case TYPE.largeBinary: return 'Z';
    case TYPE.fixedBinary: return `w:${type.byteWidth}`;
    case TYPE.utf8: return 'u';
    case TYPE.largeUtf8: return 'U';
    case TYPE.utf8View: return 'vu';
    case TYPE.boolean: return 'b';
    case TYPE.decimal: return `d:${type.precision},${type.scale}${type.bitWidth === 128 ? '' : `,${type.bitWidth}`}`;
    case TYPE.date: return type.unit === 0 ? 'tdD' : 'tdm';
    case TYPE.timestamp: return `ts${UNITS[type.unit]}:${type.timezone ?? ''}`;
    case TYPE.list: return '+l';
    case TYPE.largeList: return '+L';
    case TYPE.fixedList: return `+w:${type.listSize}`;
    case TYPE.struct: return '+s';
    case TYPE.map: return '+m';
    case TYPE.union: return '+us:';
    default: return `${type}`.replace(/[^ -~]/g, '?');
  }
}

/** Whether two types lie alike in memory, with all that they hold. */
function isSameType(one, other) {
  if (formatOf(one) !== formatOf(other)) return false;
  if (one.typeId === TYPE.dictionary) return other.typeId === TYPE.dictionary && isSameType(one.dictionary, other.dictionary);
  if (other.typeId === TYPE.dictionary) return false;
  if (!isNested(one)) return true;
  const [fields, others] = [one.children, other.children];
  return fields.length === others.length && fields.every(({name, type}, i) => name === others[i].name && isSameType(type, others[i].type));
}

const isNested = (type) => [TYPE.list, TYPE.largeList, TYPE.fixedList, TYPE.struct].includes(type.typeId);

/** Where structs of children stand, and how many there are. */
function childrenPlaced(frame, places) {
  const {word} = frame.door;
  return places.length > 0 ? frame.place(structures(...places.map((place) => [[word, place]]))) : 0;
}

function fieldPlaced(frame, {name = '', type, nullable = true}) {
  const {word} = frame.door;
  const children = isNested(type) ? type.children.map((child) => fieldPlaced(frame, child)) : [];
  const words = type.typeId === TYPE.dictionary ? fieldPlaced(frame, {type: type.dictionary}) : 0;
  return frame.place(structures([
    [word, frame.nulText(formatOf(type))], [word, frame.nulText(name)], [word, 0], [8, nullable ? NULLABLE : 0],
    [8, children.length], [word, childrenPlaced(frame, children)], [word, words], [word, NOT_RELEASED], [word, 0],
  ]));
}

/** Places the ArrowSchema of a schema of apache-arrow. */
export function schemaPlaced(frame, schema) {
  return fieldPlaced(frame, {type: {typeId: TYPE.struct, children: schema.fields}});
}

/** Bits that begin within a byte, moved to its beginning: what a slice of a table may need. */
function shifted(bits, shift, length) {
  const moved = new Uint8Array(Math.ceil(length / 8));
  for (let i = 0; i < moved.length; ++i) moved[i] = bits[i] >> shift | (bits[i + 1] ?? 0) << (8 - shift);
  return moved;
}

/** Whether offsets begin at 0 or later and never go back. */
function isRising(offsets, length) {
  let last = 0;
  for (let i = 0; i <= length; ++i) {
    if (offsets[i] < last) return false;
    last = offsets[i];
  }
  return true;
}

/** Writes the arrays of one column down, and everything that is wrong with them. */
class Exporter {
  constructor(frame, wrong) {
    this.frame = frame;
    this.wrong = wrong;
  }

  #tell(name, what) {
    this.wrong.push(finding(INVALID_REQUEST, name, what, MEND));
  }

  /** The place of a buffer that must have some bytes. */
  #buffer(name, what, array, bytes) {
    const held = array?.byteLength ?? 0;
    if (held < bytes) this.#tell(name, `its ${what} have ${held} bytes instead of ${bytes}`);
    return held > 0 ? this.frame.place(array) : 0;
  }

  /** The place of offsets, none of which may lead out of what they count. */
  #offsets(name, {valueOffsets, length}, limit) {
    if (length === 0) return this.frame.place(new BigInt64Array(1));
    const count = valueOffsets?.length ?? 0;
    if (count <= length) this.#tell(name, `it has ${count} offsets instead of ${length + 1}`);
    else if (!isRising(valueOffsets, length) || valueOffsets[length] > limit) this.#tell(name, 'its offsets lead outside of its values');
    return count > 0 ? this.frame.place(valueOffsets) : 0;
  }

  /** The buffers after the validity, of types that have any. */
  #values(name, data) {
    const {type, length, offset, values} = data;
    switch (type.typeId) {
      case TYPE.boolean: return [this.#bits(name, 'values', values, offset, length)];
      case TYPE.utf8:
      case TYPE.largeUtf8: {
        const bytes = values?.byteLength ?? 0;
        return [this.#offsets(name, data, bytes), this.#buffer(name, 'texts', values, 0)];
      }
      case TYPE.utf8View: {
        const sizes = data.variadicBuffers.map((bytes) => [[8, bytes.byteLength]]);
        return [this.#buffer(name, 'texts', values, 16 * length), ...data.variadicBuffers.map((bytes) => this.frame.place(bytes)),
          this.frame.place(sizes.length > 0 ? structures(...sizes) : new BigInt64Array(1))];
      }
      case TYPE.list:
      case TYPE.largeList: return [this.#offsets(name, data, data.children[0].length)];
      case TYPE.struct:
      case TYPE.fixedList: return [];
      default: return [this.#buffer(name, 'values', values, length * widthOf(type))];
    }
  }

  /** The place of bits from the first row on. */
  #bits(name, what, all, offset, length) {
    const bits = all?.subarray(offset >> 3) ?? new Uint8Array(0);
    if (bits.length * 8 < (offset & 7) + length) this.#tell(name, `its ${what} have ${bits.length} bytes, fewer than its rows need`);
    if (bits.length === 0) return 0;
    return this.frame.place((offset & 7) === 0 ? bits : shifted(bits, offset & 7, length));
  }

  /** The place of the bits of rows that have a value; 0 where all have. */
  #validity(name, {nullBitmap, nullCount, offset, length}) {
    const all = nullCount === 0 || (nullCount < 0 && !nullBitmap?.byteLength); // below 0: nobody counted them
    return all ? 0 : this.#bits(name, 'bits of known rows', nullBitmap, offset, length);
  }

  /** The place of the ArrowArray of a column of that type. */
  column(name, type, data) {
    const {length} = data;
    if (!isRead(type)) return this.#array(length, [], [], 0);
    if (!isSameType(type, data.type) || (isNested(type) && data.children.length !== type.children.length)) {
      this.#tell(name, `it holds ${data.type}, not what its field says`);
      return 0;
    }
    const known = this.#validity(name, data);
    const children = isNested(type)
      ? type.children.map((field, i) => this.column(type.typeId === TYPE.struct ? `${name}.${field.name}` : name, field.type, data.children[i]))
      : [];
    const buffers = [known, ...this.#values(name, data)];
    return this.#array(length, buffers, children, type.typeId === TYPE.dictionary ? this.#words(name, type.dictionary, data.dictionary) : 0);
  }

  /** The entries of a dictionary; those that came in several pieces are put together. */
  #words(name, type, words) {
    if (words?.data.length === 1) return this.column(name, type, words.data[0]);
    const encoder = new TextEncoder();
    const entries = Array.from(words ?? [], (text) => (typeof text === 'string' ? encoder.encode(text) : null));
    if (entries.includes(null)) this.#tell(name, 'its dictionary comes in several pieces that are no texts');
    const ends = new Int32Array(entries.length + 1);
    entries.forEach((entry, i) => { ends[i + 1] = ends[i] + (entry?.length ?? 0); });
    const bytes = new Uint8Array(ends[entries.length]);
    entries.forEach((entry, i) => entry && bytes.set(entry, ends[i]));
    return this.#array(entries.length, [0, this.frame.place(ends), this.frame.place(bytes)], [], 0);
  }

  #array(length, buffers, children, dictionary) {
    const {word} = this.frame.door;
    const held = buffers.length > 0 ? this.frame.place(structures(...buffers.map((buffer) => [[word, buffer]]))) : 0;
    return this.frame.place(structures([
      [8, length], [8, buffers[0] ? -1 : 0], [8, 0], [8, buffers.length], [8, children.length], [word, held],
      [word, childrenPlaced(this.frame, children)], [word, dictionary], [word, NOT_RELEASED], [word, 0],
    ]));
  }

  /** The place of the ArrowArray of a whole table. */
  table(length, columns) { return this.#array(length, [0], columns, 0); }
}

/** Whether the buffers of a type are looked at; a column of another type is refused before, unless it names no fact. */
function isRead({typeId, bitWidth}) {
  const unread = [TYPE.nothing, TYPE.binary, TYPE.largeBinary, TYPE.fixedBinary, TYPE.map, TYPE.union];
  return Object.values(TYPE).includes(typeId) && !unread.includes(typeId) && !(typeId === TYPE.decimal && bitWidth > 128);
}

/** Bytes of a value. */
function widthOf(type) {
  switch (type.typeId) {
    case TYPE.dictionary: return widthOf(type.indices);
    case TYPE.integer:
    case TYPE.decimal: return type.bitWidth / 8;
    case TYPE.float: return 2 << type.precision;
    case TYPE.date: return type.unit === 0 ? 4 : 8;
    default: return 8;
  }
}

/** Places the ArrowArray of a record batch, which must have the columns of the schema that the batch was made for. */
export function tablePlaced(frame, schema, recordBatch) {
  const wrong = [];
  const found = recordBatch.schema.fields;
  const alike = (one, other) => one.name === other?.name && isSameType(one.type, other.type);
  schema.fields.forEach((field, i) => {
    if (!alike(field, found[i])) {
      wrong.push(finding(WRONG_TYPE, field.name, 'the table has not this column where the batch was made for it', `give ${field.type} as column ${i + 1}`));
    }
  });
  if (found.length > schema.fields.length) {
    wrong.push(finding(WRONG_TYPE, found[schema.fields.length].name, 'the table has more columns than the batch was made for', 'make a batch for its schema'));
  }
  refuseAll(wrong);
  const {data} = recordBatch;
  const exporter = new Exporter(frame, wrong);
  const columns = found.map(({name, type}, i) => {
    const rows = data.children[i]?.length ?? 0;
    if (rows < data.length) wrong.push(finding(INVALID_REQUEST, name, `it has ${rows} rows instead of ${data.length}`, MEND));
    return data.children[i] === undefined ? 0 : exporter.column(name, type, data.children[i]);
  });
  const place = exporter.table(data.length, columns);
  refuseAll(wrong);
  return place;
}

/** A column of answers as Data of apache-arrow; the values are shared. */
function dataOf({type, values, known, rows, words, starts, scale}, arrow) {
  const valid = {length: rows, nullCount: known === null ? 0 : -1, nullBitmap: known ?? undefined};
  const worded = (more) => arrow.makeData({
    type: new arrow.Dictionary(new arrow.Utf8(), values instanceof Uint8Array ? new arrow.Uint8() : new arrow.Int32()),
    dictionary: arrow.vectorFromArray(words, new arrow.Utf8()), data: values, ...more,
  });
  switch (type) {
    case 'boolean': return arrow.makeData({type: new arrow.Bool(), data: values, ...valid});
    case 'date': return arrow.makeData({type: new arrow.DateDay(), data: values, ...valid});
    case 'whole': return arrow.makeData({type: new arrow.Int32(), data: values, ...valid});
    case 'double': return arrow.makeData({type: new arrow.Float64(), data: values, ...valid});
    case 'number': return arrow.makeData({type: new arrow.Decimal(scale, 38), data: new Uint32Array(values.buffer), ...valid});
    case 'text': return worded(valid);
    default: {
      const child = worded({length: values.length, nullCount: 0});
      return arrow.makeData({type: new arrow.LargeList(new arrow.Field('item', child.type, true)), valueOffsets: starts, child, ...valid});
    }
  }
}

/** Answers as a RecordBatch of apache-arrow. */
export function recordBatchOf({rows, columns}, arrow) {
  const children = columns.map((column) => dataOf(column, arrow));
  const fields = columns.map(({name}, i) => new arrow.Field(name, children[i].type, true));
  const data = arrow.makeData({type: new arrow.Struct(fields), length: rows, nullCount: 0, children});
  return new arrow.RecordBatch(new arrow.Schema(fields), data);
}
