// SPDX-License-Identifier: Apache-2.0
// The module of the form answers and explains, in every language, as the module that has everything: each decision, from facts
// drawn anew many times. Usage: form_test.mjs TUTELA_INTAKE_WASM TUTELA_WASM
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {load, TutelaError} from './tutela.mjs';

const DAYS = ['2014-01-01', '2026-03-02', ''];
const LANGUAGES = ['en', 'ro', 'uk', 'ru'];
const TIMES = 8; // as often each decision is asked in each language, from other facts

let state = 20260302n; // of a linear congruence, so that every run draws the same
function drawn(count) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(count));
}

const oneOf = (list) => list[drawn(list.length)];

/** A value of the type, or what no type allows; some facts stay open. */
function valueFor(fact) {
  if (drawn(4) === 0) return undefined;
  if (drawn(12) === 0) return oneOf([null, 'no such word', -1, '2030-02-30']);
  if (fact.allowed?.length > 0) return oneOf(fact.allowed);
  return {boolean: () => drawn(2) === 0, number: () => drawn(40), date: () => `20${10 + drawn(18)}-0${1 + drawn(9)}-1${drawn(10)}`}[fact.type]?.();
}

const modules = await Promise.all(process.argv.slice(2).map((file) => load(readFileSync(file))));
const packs = modules.map((module) => module.loadPack('md/child-protection'));
const [about, same] = packs.map((pack) => pack.describe());
assert.deepEqual(about, same);

/** What a module says to it all, refusals included. */
function said(pack, facts, decision, on, language) {
  const session = pack.session();
  try {
    session.setCase({format: 'tutela-case/1', id: 'c-1', jurisdiction: 'MD', kind: 'child_protection', facts});
    return session.decide(decision, on, language);
  } catch (refused) {
    if (!(refused instanceof TutelaError)) throw refused;
    return {refused: refused.message, diagnostics: refused.diagnostics};
  } finally {
    session.close();
  }
}

const seen = new Map();
for (const decision of about.decisions) {
  for (let time = 0; time < TIMES; ++time) {
    const read = decision.facts.map((name) => about.facts.find((fact) => fact.name === name));
    const facts = Object.fromEntries(read.map((fact) => [fact.name, valueFor(fact)]).filter(([, value]) => value !== undefined));
    const on = oneOf(DAYS);
    for (const language of LANGUAGES) {
      const [form, everything] = packs.map((pack) => said(pack, facts, decision.name, on, language));
      assert.deepEqual(form, everything, `${decision.name} from ${JSON.stringify(facts)}`);
      const kind = form.outcome ?? 'refused by the reader';
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
  }
}
for (const kind of ['known', 'unknown', 'no_law_in_force', 'refused by the reader']) assert.ok(seen.get(kind) > 0, `no answer is ${kind}`);
console.log(`both modules say the same: ${[...seen].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
