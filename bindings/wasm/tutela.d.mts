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

/** A text by language. */
export type Texts = Partial<Record<Language, string>>;

/** What is to be settled by questions, and how: `holders` are facts that other agencies have on record, with the agency. */
export interface Asking {
  on?: string;
  lawOn?: string;
  knownOn?: string;
  includeUnverified?: boolean;
  jurisdiction?: string;
  /** All of the pack where there are none. */
  decisions?: string[];
  holders?: Record<string, string>;
}

/** One fact to find out. */
export interface FactQuestion {
  fact: string;
  label: Texts;
  /** How to ask for it. */
  text: Texts;
  asked_of: string;
  /** The agency that has it on record and may share it, or empty; then nobody is asked again. */
  holder: string;
  may_be_held_by: string[];
  sensitivity: string;
  decisions: string[];
}

/** What to find out next about one person; it is over when `ask` is empty. Further keys are those of the command line. */
export interface Questions {
  /** To be read before anything is asked. */
  cautions: {decision: string; label: Texts; caution: string; safety_duties: {clock: string; to: string}[]}[];
  ask: FactQuestion[];
  /** What only a trained interviewer may ask. */
  referred: FactQuestion[];
  settled: string[];
  open: string[];
  /** Decisions without a rule; neither open nor settled. */
  not_available: string[];
  /** Facts that matter and cannot be known; they are not asked. */
  uncertain: string[];
  json: string;
}

/** How the answer to a decision runs over time; the spans have no gaps. */
export interface Timeline {
  decision: string;
  spans: {
    from: string;
    /** The first day after. */
    until: string;
    outcome: Outcome;
    /** The answer where it is known; numbers with all their digits are in `json`. */
    value: unknown;
    missing: string[];
    uncertain: string[];
    /** What happens on the first day. */
    began_with: {kind: string; name: string; text: string}[];
    citations: string[];
  }[];
  day_by_day: boolean;
  json: string;
}

/** What a service could do so that an answer changes; never advice to the person. */
export interface Counterfactuals {
  decision: string;
  outcome: Outcome;
  value: unknown;
  ways: {changes: {fact: string; label: Texts; to: unknown; agency_could: Texts}[]; answer: unknown}[];
  changeable: string[];
  complete: boolean;
  json: string;
}

/** For whom and why a score is computed. */
export interface Scoring {
  /** ISO 3166 code of the person's legal order; *not said* where left out. */
  jurisdiction?: string;
  on?: string;
  knownOn?: string;
  /** For study only: limits of norming do not stop it, and the score says so. */
  research?: boolean;
  /** A fact that the scale does not read is an error. */
  answersOnly?: boolean;
}

/** A number, or the lowest and highest that are possible. */
export interface Bounds {
  unit: string;
  value?: number | null;
  lowest?: number | null;
  highest?: number | null;
}

/** How a published scale comes out for one person. What does not apply is left out. */
export interface Score {
  instrument: string;
  state: 'known' | 'open' | 'not_applicable' | 'error';
  total?: Bounds;
  outputs?: Record<string, Bounds>;
  band?: string;
  possible_bands?: string[];
  missing?: string[];
  uncertain?: string[];
  /** Why there is no number. */
  reason?: Texts;
  json: string;
}

/** A risk or needs scale. */
export interface Instrument extends Handle {
  /** Facts as an object, or its JSON. */
  score(facts: string | object, how?: Scoring): Score;
}

/** What is known of something that holds or does not. */
export type Truth = 'unknown' | 'yes' | 'no';

/** A question to a network about one person. What is left out is unknown. */
export type RouteRequest = ({kind: string} | {service: string} | {agency: string}) & {
  from: string;
  on: string;
  birthDate?: string;
  sex?: 'female' | 'male';
  danger?: Truth;
  purposes?: string[];
  /** Categories of data that must travel, and whether the person agrees to that. */
  data?: Record<string, Truth>;
  acts?: {issuer: 'court' | 'prosecutor' | 'commission'; reference?: string; services?: string[]; validFrom?: string; validUntil?: string}[];
  areas?: string[];
  freshDays?: number;
};

/** From one agency to the next. */
export interface Hop {
  from: string;
  to: string;
  state: 'certain' | 'possible' | 'blocked';
  kind: string;
  agreement: string;
  obstacles: {kind: string; holds: Truth; subject: string; detail: string; ask: string[]}[];
}

/** The best lawful path, or why there is none. */
export interface RouteAnswer {
  state: 'certain' | 'possible' | 'blocked';
  certain: {state: string; hops: Hop[]; service: string; ask: string[]} | null;
  possible: {state: string; hops: Hop[]; service: string; ask: string[]} | null;
  blocked: Hop[];
  json: string;
}

/** A network of agencies. */
export interface Network extends Handle {
  route(request: RouteRequest): RouteAnswer;
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
  /** What to ask next. The facts stay. */
  ask(how?: string | Asking): Questions;
  /** How the answer runs from a day until another, which is the first day after. */
  timeline(decision: string, from: string, until: string, how?: How): Timeline;
  counterfactual(decision: string, how?: How): Counterfactuals;
}

/** What is different between two versions of a pack: of one decision, or of one fact. Further keys are those of the command line. */
export interface PackChange {
  decision?: string;
  fact?: string;
  change: string;
  /** A case that both versions know and answer differently, with both answers. */
  facts?: Record<string, string>;
  before?: {outcome: Outcome; value: string};
  after?: {outcome: Outcome; value: string};
  json: string;
}

/** The rules of one legal order, or of one DMN file. */
export interface Pack extends Handle {
  describe(): any;
  /** What a careful reader would object to although the pack loads. Errors come first. */
  check(): Diagnostic[];
  /** What is different in a newer version, on one day or on one of every state of the law. */
  compare(newer: Pack, on?: string): PackChange[];
  slot(fact: string): bigint;
  decision(name: string, how?: How): Decision;
  session(): Session;
}

/** The loaded library. */
export interface Tutela {
  loadPack(name: string): Pack;
  /** The text of a DMN file, the texts of a pack's files by their names, or the bytes of either as one document. */
  parsePack(given: string | BufferSource | Record<string, string>): Pack;
  loadInstrument(name: string): Instrument;
  parseInstrument(json: string): Instrument;
  /** JSON in tutela-network/1. */
  parseNetwork(json: string): Network;
  assess(cases: string, on: string, knowledge?: {packs?: Pack[]; instruments?: Instrument[]; networks?: Network[]}): string;
}

/** Loads the library from the bytes of tutela.wasm, or from what `fetch` gives. */
export function load(source: BufferSource | Response | Promise<Response>): Promise<Tutela>;
