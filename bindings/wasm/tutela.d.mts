// SPDX-License-Identifier: Apache-2.0

/** How a decision ended. All of these are findings, none of them a failure. */
export type Outcome =
  | 'known' | 'unknown' | 'undeterminable' | 'refused' | 'no_law_in_force' | 'rule_not_available' | 'error';

/** The language of an explanation. */
export type Language = 'en' | 'ro' | 'uk' | 'ru';

/** One finding about an input; it never holds a person's data. */
export interface Diagnostic {
  code: number;
  severity: number;
  line: number;
  column: number;
  file: string;
  pointer: string;
  what: string;
  mend: string;
}

/** Everything that was wrong with one call. */
export class TutelaError extends Error {
  readonly status: 'invalid_input' | 'limit' | 'misuse' | 'no_memory' | 'internal';
  readonly diagnostics: Diagnostic[];
}

/** The answer to one decision. `value` is JSON and null unless the outcome is known; `missing` are the facts to ask. */
export interface Verdict {
  outcome: Outcome;
  value: string | null;
  missing: string[];
  explanation: string;
  json: string;
}

/** How to ask: a day such as 2026-03-02, or all that can be asked for. */
export type How = string | {
  on?: string;
  lawOn?: string;
  knownOn?: string;
  includeUnverified?: boolean;
  jurisdiction?: string;
};

/** Something that the module holds until it is closed. */
export interface Handle {
  close(): void;
}

/** One decision of a pack under fixed options, looked up once, for all sessions of that pack. */
export interface Decision extends Handle {
  readonly open: number;
}

/** The latest answer of a session, without its reasons: the same object each time, to be read before the next one. */
export interface Answer {
  readonly outcome: Outcome;
  /** Known and true. What is unknown is neither true nor false. */
  readonly isTrue: boolean;
  /** Known and false. */
  readonly isFalse: boolean;
  /** JSON; null unless the outcome is known. */
  readonly value: string | null;
}

/** The same facts of many people, one after another: filled without a call into the module, answered by one. */
export interface Row {
  setBoolean(place: number, value: boolean): void;
  /** A whole number of at most 53 bits. */
  setInteger(place: number, value: number): void;
  setDate(place: number, year: number, month: number, day: number): void;
  setState(place: number, state: 'none' | 'unknown' | 'uncertain'): void;
  clear(): void;
  /** Sets all places in the session and answers; after an error every fact of the session is unknown. */
  answer(decision: Decision): Answer;
}

/** The facts of one person at a time; a fact that was never set is unknown. */
export interface Session extends Handle {
  setBoolean(slot: bigint, value: boolean): void;
  setInteger(slot: bigint, value: number | bigint | string): void;
  setNumber(slot: bigint, text: string): void;
  setDate(slot: bigint, text: string): void;
  setString(slot: bigint, text: string): void;
  setState(slot: bigint, state: 'none' | 'unknown' | 'uncertain'): void;
  setCase(facts: string | object): void;
  clear(): void;
  decide(decision: string, how?: How, language?: Language): Verdict;
  /** The whole verdict on a decision that was looked up. */
  verdict(decision: Decision, language?: Language): Verdict;
  /** The answer alone, at full speed. */
  answer(decision: Decision): Answer;
  row(...slots: bigint[]): Row;
}

/** The rules of one legal order, or of one DMN file. */
export interface Pack extends Handle {
  describe(): any;
  slot(fact: string): bigint;
  decision(name: string, how?: How): Decision;
  session(): Session;
}

/** The loaded library. */
export interface Tutela {
  loadPack(name: string): Pack;
  /** The text of a DMN file, the texts of a pack's files by their names, or the bytes of either as one document. */
  parsePack(given: string | BufferSource | Record<string, string>): Pack;
  loadInstrument(name: string): Handle;
  parseInstrument(json: string): Handle;
  assess(cases: string, on: string, knowledge?: {packs?: Pack[]; instruments?: Handle[]}): string;
}

/** Loads the library from the bytes of tutela.wasm, or from what `fetch` gives. */
export function load(source: BufferSource | Response | Promise<Response>): Promise<Tutela>;
