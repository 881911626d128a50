// SPDX-License-Identifier: Apache-2.0
import type {Handle, How, Outcome} from './tutela.mjs';

export {TutelaError} from './tutela.mjs';
export type {Diagnostic, Handle, How, Outcome} from './tutela.mjs';

/** What a row says that is not known. */
export type Nulls = 'unknown' | 'none' | 'uncertain';

/** The values of one fact for all rows of a table; the arrays are read where they lie. */
export class Column {
  private constructor();
  /** Booleans, null where not known; they are packed first, which `bits` saves. */
  static booleans(fact: string, values: readonly (boolean | null)[]): Column;
  /** Booleans, eight rows to a byte, the lowest bit first. */
  static bits(fact: string, bits: Uint8Array): Column;
  static integers(fact: string, values: Int8Array | Int16Array | Int32Array | BigInt64Array): Column;
  /** Numbers, exactly: 125050n with the scale 2 is 1250.50. The scale is 0 to 18. */
  static decimals(fact: string, scale: number, units: BigInt64Array): Column;
  /** Days since 1970-01-01. */
  static days(fact: string, days: Int32Array): Column;
  /** Days such as 2026-03-02, null where not known. */
  static dates(fact: string, dates: readonly (string | null)[]): Column;
  /** Texts, or words of an enumeration; null where not known. */
  static texts(fact: string, texts: readonly (string | null)[]): Column;
  /** Texts as numbers that count the words from 0. */
  static codes(fact: string, words: readonly string[], codes: Int32Array): Column;
  /** The same; rows whose bit is 0 (or that are false) are not known. Eight rows to a byte, the lowest bit first. */
  known(rows: Uint8Array | readonly boolean[]): Column;
  /** The same; what a row says that is not known. */
  nulls(state: Nulls): Column;
  readonly fact: string;
  readonly layout: string;
}

/** How a fact is read from a table of apache-arrow where its name or the usual reading does not do. */
export interface ColumnRule {
  /** Name of its column; the fact's where left out. */
  column?: string;
  nulls?: Nulls;
  /** Reads a column of doubles that holds whole numbers; otherwise doubles are refused. */
  wholeDoubles?: boolean;
  /** Reads a NaN of such a column as a null; otherwise it refuses the table. */
  nanIsNull?: boolean;
}

/** How to ask for many rows: a day such as 2026-03-02, or all that can be asked for. */
export type BatchHow = string | {
  on?: string;
  lawOn?: string;
  includeUnverified?: boolean;
  /** Legal order of all rows; the pack's own where left out. */
  jurisdiction?: string;
  /** The decisions to answer; all where there are none. */
  decisions?: readonly string[];
  /** Adds the outcome of each row; so unless switched off. */
  outcomes?: boolean;
  /** Adds the facts to ask. */
  missing?: boolean;
  /** Adds the number of the rule that settles a row. */
  rules?: boolean;
  /** Scales that are computed in the same run. */
  instruments?: readonly Instrument[];
  /** Scores for study only. */
  research?: boolean;
  /** By fact; for tables of apache-arrow only. */
  columns?: Record<string, ColumnRule>;
};

/** One column of answers. A row has a value where `isKnown` says so; a column is read as what it is. */
export interface AnswerColumn {
  readonly name: string;
  readonly type: 'boolean' | 'date' | 'number' | 'text' | 'whole' | 'double' | 'texts';
  readonly rows: number;
  /** Of numbers: digits after the point. */
  readonly scale: number;
  /** Which rows have a value, eight rows to a byte, the lowest bit first; null where all have. */
  readonly known: Uint8Array | null;
  /** Bits, days since 1970-01-01, places of words, whole numbers or doubles; of a number two words of 64 bits. */
  readonly values: Uint8Array | Int32Array | Float64Array | BigInt64Array;
  /** Of several texts: where those of a row begin among the values; one more than there are rows. */
  readonly starts?: BigInt64Array;
  /** The words that places count from 0. */
  readonly words: readonly string[];
  isKnown(row: number): boolean;
  /** Null where not known: unknown is never false. */
  boolean(row: number): boolean | null;
  date(row: number): string | null;
  /** The exact number as text. */
  number(row: number): string | null;
  text(row: number): string | null;
  whole(row: number): number | null;
  double(row: number): number | null;
  texts(row: number): string[];
}

/** What `toArrow` needs of the module apache-arrow. */
export interface ArrowModule {
  RecordBatch: new (...given: any[]) => any;
  makeData: (...given: any[]) => any;
}

/** The answers for all rows: for each decision `d` the column `d`, and `d.outcome`, `d.rule`, `d.missing`. Nothing has to be closed. */
export interface Answers {
  readonly rows: number;
  readonly columns: readonly AnswerColumn[];
  column(name: string): AnswerColumn;
  outcome(decision: string, row: number): Outcome;
  /** Known and true. What is unknown is neither true nor false. */
  isTrue(decision: string, row: number): boolean;
  /** Known and false. */
  isFalse(decision: string, row: number): boolean;
  missing(decision: string, row: number): string[];
  /** The same as a RecordBatch of apache-arrow, whose module is given; the values are shared. */
  toArrow<A extends ArrowModule>(arrow: A): InstanceType<A['RecordBatch']>;
}

/** What a batch does. */
export interface BatchDescription {
  decisions: {name: string; in_columns: boolean; reason: string}[];
  facts_without_column: string[];
}

/** The decisions of a pack, compiled for columns of some types; for one thread at a time. */
export interface Batch extends Handle {
  /** Answers every row; the columns are those of the facts that the batch was made for, in any order. */
  decide(columns: readonly Column[], rows: number): Answers;
  describe(): BatchDescription;
}

/** A schema of apache-arrow. */
export interface ArrowSchema {
  readonly fields: readonly {readonly name: string; readonly type: any}[];
}

/** A record batch of apache-arrow. */
export interface ArrowRecordBatch {
  readonly schema: ArrowSchema;
  readonly data: any;
}

/** A table of apache-arrow. */
export interface ArrowTable {
  readonly schema: ArrowSchema;
  readonly batches: readonly ArrowRecordBatch[];
}

/** The decisions of a pack, compiled for tables of apache-arrow of one schema; for one thread at a time. */
export interface ArrowBatch extends Handle {
  decide(recordBatch: ArrowRecordBatch): Answers;
  /** One after another, the answers of each record batch of a table. */
  each(table: ArrowTable): Iterable<Answers>;
  describe(): BatchDescription;
}

/** The rules of one legal order, or of one DMN file. */
export interface Pack extends Handle {
  describe(): any;
  /** Cases in (tutela-case/1), a verdict out for each of them and each decision; all decisions where none is named. */
  decide(cases: string | object, how?: How, decision?: string): any[];
  /** Compiles decisions; of the columns only facts and types count, facts without a column are unknown in every row. */
  batch(how: BatchHow, columns: readonly Column[]): Batch;
  batch(how: BatchHow, table: ArrowTable | ArrowSchema): ArrowBatch;
}

/** A risk or needs scale, scored in the same run as decisions. */
export interface Instrument extends Handle {
  readonly open: bigint;
}

/** The C library. */
export interface Library {
  loadPack(name: string): Pack;
  /** The text of a DMN file, or the files of a pack as one text. */
  parsePack(text: string): Pack;
  loadInstrument(name: string): Instrument;
  parseInstrument(json: string): Instrument;
}

/** Opens libtutela_c.so; without a folder the system looks for it. Needs the package koffi. */
export function open(path?: string): Library;
