// SPDX-License-Identifier: Apache-2.0
// A row takes what belongs into it and nothing else, wherever the memory of the module is; a day is written as a day.
// Usage: rows_test.mjs WASM
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {load} from './tutela.mjs';

const ON = '2026-03-02';
const tutela = await load(readFileSync(process.argv[2]));
const law = tutela.loadPack('md/child-protection');
const dayService = law.decision('day_service', ON);
const child = law.session();
const row = child.row(law.slot('person.birth_date'), law.slot('family.vulnerable'));

for (const place of [-1, 2, 0.5, NaN, undefined]) assert.throws(() => row.setBoolean(place, true), RangeError);
assert.equal(row.answer(dayService).outcome, 'unknown'); // nothing was put anywhere
row.setDate(0, 2025, 1, 10);
for (const vulnerable of [true, false, true]) {
  row.setBoolean(1, vulnerable);
  tutela.exports.memory.grow(1); // what is in the row stays there
  assert.equal(row.answer(dayService).isTrue, vulnerable);
  row.setBoolean(1, vulnerable);
  assert.equal(row.answer(dayService).isTrue, vulnerable);
}
row.clear();
assert.equal(row.answer(dayService).outcome, 'unknown');
row.setDate(0, 2025, 2, 30);
assert.throws(() => row.answer(dayService), /no day|not a day/);

for (const day of ['2026-03', 'today', '2026-3-2-1', '02.03.2026']) {
  assert.throws(() => child.decide('day_service', day), /2026-03-02/);
  assert.throws(() => child.decide('day_service', {on: ON, lawOn: day}), /2026-03-02/);
}
assert.throws(() => child.decide('day_service', '2026-02-30'), /calendar/);

child.close();
assert.throws(() => row.setBoolean(1, true), /closed/);
assert.throws(() => row.answer(dayService), /closed/);
console.log('rows and days are as they should be');
