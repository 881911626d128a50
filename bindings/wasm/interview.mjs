// SPDX-License-Identifier: Apache-2.0
// SHOWS: an interview that asks only what can still change an answer, in the family's language; then on which day the answer
// will change. EASIER FIRST: the first verdict in README.md. RUN: node interview.mjs tutela.wasm (The family is made up.)
import {readFileSync} from 'node:fs';
import {load} from './tutela.mjs';

const tutela = await load(readFileSync(process.argv[2]));
const family = {'person.birth_date': '2025-01-10', 'family.vulnerable': true};
const wanted = {on: '2026-03-02', decisions: ['day_service']};
const law = tutela.loadPack('md/child-protection');
const child = law.session();
for (let [next] = child.ask(wanted).ask; next; [next] = child.ask(wanted).ask) { // best first
  console.log(`? ${next.text.ro}`);
  const slot = law.slot(next.fact);
  const said = family[next.fact];
  if (said === undefined) child.setState(slot, 'uncertain'); // never asked again, never a "no"
  else if (said === true) child.setBoolean(slot, said);
  else child.setDate(slot, said);
}
for (const {from, outcome, value, missing} of child.timeline('day_service', '2026-03-02', '2029-01-01').spans) {
  console.log(`from ${from}: ${outcome === 'known' ? value : `open, ask ${missing[0]}`}`);
}
child.close();
law.close();
