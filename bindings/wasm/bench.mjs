// SPDX-License-Identifier: Apache-2.0
// What one decision from five facts costs in Node, and what the border alone costs. Usage: bench.mjs WASM
import {readFileSync} from 'node:fs';
import {load} from './tutela.mjs';

let seen = 0; // what a turn saw, so that it is not left out

/** Nanoseconds for one turn, the least of 500 rounds, short ones, so that some run undisturbed. */
function best(turns, turn) {
  let least = Infinity;
  for (let round = 0; round < 500; ++round) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < turns; ++i) turn();
    least = Math.min(least, Number(process.hrtime.bigint() - start) / turns);
  }
  return least;
}

const tutela = await load(readFileSync(process.argv[2]));
const law = tutela.loadPack('md/child-protection');
const dayService = law.decision('day_service', '2026-03-02');
const child = law.session();
const [born, ...yes] = ['person.birth_date', 'family.vulnerable', 'person.lives_in_chisinau', 'person.on_record',
  'person.is_mother'].map((name) => law.slot(name));
const row = child.row(born, ...yes);
const five = () => {
  child.setDate(born, '2025-01-10');
  for (const slot of yes) child.setBoolean(slot, true);
};
const border = best(20_000, () => { seen += tutela.exports.tutela_version(); });
const answer = best(2_000, () => {
  five();
  seen += child.answer(dayService).isTrue ? 1 : 0;
});
const together = best(2_000, () => {
  row.setDate(0, 2025, 1, 10);
  for (let place = 1; place < 5; ++place) row.setBoolean(place, true);
  seen += row.answer(dayService).isTrue ? 1 : 0;
});
const explained = best(20, () => {
  five();
  seen += child.verdict(dayService).missing.length;
});
console.log(`WebAssembly in Node ${process.versions.node}: empty call ${border.toFixed(1)} ns, five facts and the answer ` +
  `${answer.toFixed(0)} ns, as a row ${together.toFixed(0)} ns, five facts and a verdict with explanation and JSON ` +
  `${(explained / 1000).toFixed(1)} us`);
