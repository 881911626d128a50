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

/** Something that the module holds until it is closed. */
export interface Handle {
  close(): void;
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
  decide(decision: string, on: string, language?: Language): Verdict;
}

/** The rules of one legal order, or of one DMN file. */
export interface Pack extends Handle {
  describe(): any;
  slot(fact: string): bigint;
  session(): Session;
}

/** The loaded library. */
export interface Tutela {
  loadPack(name: string): Pack;
  parsePack(dmn: string): Pack;
  loadInstrument(name: string): Handle;
  assess(cases: string, on: string, knowledge?: {packs?: Pack[]; instruments?: Handle[]}): string;
}

/** Loads the library from the bytes of tutela.wasm, or from what `fetch` gives. */
export function load(source: BufferSource | Response | Promise<Response>): Promise<Tutela>;
