// SPDX-License-Identifier: Apache-2.0
// What else can be asked beside a decision: the structures that questions.h takes, and its answers as objects. Each answer is
// the JSON of the command line, read, with the text itself as `json`: there numbers have all their digits.

const ASKED = {ask: 32, score: 52, act: 48, route: 100, view: 8, date: 12}; // of questions.h, in bytes
const TRUTH = {unknown: 0, yes: 1, no: 2};
const GOALS = ['kind', 'service', 'agency'];
const ISSUERS = ['court', 'prosecutor', 'commission'];
const SEXES = {female: 1, male: 2};

/** The numbers of a day such as 2026-03-02; zeros where it is left out. The library refuses what the calendar has not. */
export function day(text) {
  if (!text) return [0, 0, 0];
  const parts = /^(\d{1,9})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (parts === null) throw new TypeError('a day is written as 2026-03-02');
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

/** The number of a word; what is not among the words is refused, because 0 would mean something else. */
function numberOf(words, word, what) {
  const number = Array.isArray(words) ? words.indexOf(word) : words[word] ?? -1;
  if (number < 0) throw new TypeError(`${what} is none of ${(Array.isArray(words) ? words : Object.keys(words)).join(', ')}`);
  return number;
}

/** Places an array of views of texts; the pair is what structures take. */
function textViews(frame, texts) {
  const array = frame.room(ASKED.view * texts.length);
  texts.forEach((text, i) => frame.put(array + ASKED.view * i, ...frame.text(text)));
  return [array, texts.length];
}

/** Calls a function that gives a text, and reads it. */
function answered(frame, name, ...given) {
  const out = frame.room(ASKED.view);
  frame.call(name, ...given, out);
  const json = frame.take(out);
  return {...JSON.parse(json), json};
}

/** What to ask next. `decide` is the place of a tutela_decide_options, here and below. */
export function askNext(frame, session, decide, {decisions = [], holders = {}}) {
  const options = frame.room(ASKED.ask);
  const [facts, count] = textViews(frame, Object.keys(holders));
  frame.put(options, ASKED.ask, 0, decide, ...textViews(frame, decisions), facts, textViews(frame, Object.values(holders))[0], count);
  return answered(frame, 'tutela_session_ask', session, options);
}

/** How an answer runs over time, from a day until another, which is the first day after. */
export function timelineOf(frame, session, decide, decision, from, until) {
  const [first, last] = [frame.room(ASKED.date), frame.room(ASKED.date)]; // WebAssembly hands structures over by their place
  frame.put(first, ...day(from));
  frame.put(last, ...day(until));
  return answered(frame, 'tutela_session_timeline', session, ...frame.text(decision), first, last, decide);
}

/** What a service could do so that an answer changes. */
export function changesOf(frame, session, decide, decision) {
  return answered(frame, 'tutela_session_counterfactual', session, ...frame.text(decision), decide);
}

/** What is different between two versions of a pack: one object for each decision and each fact that changed. */
export function changesBetween(frame, before, after, on) {
  const days = frame.room(ASKED.date);
  frame.put(days, ...day(on));
  const out = frame.room(ASKED.view);
  frame.call('tutela_pack_compare', before, after, on ? days : 0, out);
  return frame.take(out).split('\n').filter((line) => line !== '').map((json) => ({...JSON.parse(json), json}));
}

/** How a scale comes out for one person. */
export function scoreOf(frame, instrument, facts, {jurisdiction = '', on, knownOn, research = false, answersOnly = false}) {
  const json = typeof facts === 'string' ? facts : JSON.stringify(facts);
  const options = frame.room(ASKED.score);
  frame.put(options, ASKED.score, research ? 1 : 0, ...day(on), ...day(knownOn), answersOnly ? 1 : 0, 0,
    ...frame.text(jurisdiction), 0);
  return answered(frame, 'tutela_instrument_score', instrument, ...frame.text(json), options);
}

function placeAct(frame, place, {issuer, reference = '', services = [], validFrom, validUntil}) {
  frame.put(place, ASKED.act, numberOf(ISSUERS, issuer, 'issuer'), ...frame.text(reference), ...textViews(frame, services),
    ...day(validFrom), ...day(validUntil));
}

/** The best lawful path, or why there is none. */
export function routeOf(frame, network, request) {
  const {from = '', on, birthDate, sex, danger = 'unknown', purposes = [], data = {}, acts = [], areas = [], freshDays = 7} = request;
  const named = GOALS.filter((kind) => request[kind] !== undefined);
  if (named.length !== 1) throw new TypeError('a route leads to one of kind, service, agency');
  const consents = Object.values(data).map((word) => numberOf(TRUTH, word, 'consent'));
  const consent = frame.room(4 * consents.length);
  frame.put(consent, ...consents);
  const held = frame.room(ASKED.act * acts.length);
  acts.forEach((act, i) => placeAct(frame, held + ASKED.act * i, act));
  const [categories, count] = textViews(frame, Object.keys(data));
  const options = frame.room(ASKED.route);
  frame.put(options, ASKED.route, GOALS.indexOf(named[0]), ...frame.text(from), ...frame.text(request[named[0]]), ...day(on),
    ...day(birthDate), numberOf(TRUTH, danger, 'danger'), sex === undefined ? 0 : numberOf(SEXES, sex, 'sex'),
    ...textViews(frame, purposes), categories, consent, count, held, acts.length, ...textViews(frame, areas), freshDays);
  return answered(frame, 'tutela_network_route', network, options);
}
