// SPDX-License-Identifier: Apache-2.0
// SHOWS: the law for every row of a table, from plain arrays and the C library: answers and the facts to ask; and a table that is
// refused with everything that is wrong. EASIER FIRST: interview.mjs. RUN: node decide_table.mjs libtutela_c.so, with koffi
// installed. (The children are made up.)
import {Column, open, TutelaError} from './native.mjs';

const tutela = open(process.argv[2]);
const days = Column.dates('person.birth_date', ['2025-01-10', '2025-01-10', '2003-02-15']);
const vulnerable = Column.booleans('family.vulnerable', [true, null, true]);
const law = tutela.loadPack('md/child-protection');
const wanted = {on: '2026-03-02', decisions: ['day_service'], missing: true};
const batch = law.batch(wanted, [days, vulnerable]); // compiled once, for all tables of these types
const answers = batch.decide([days, vulnerable], 3);
for (let row = 0; row < answers.rows; ++row) {
  const open = `open, ask ${answers.missing('day_service', row)[0]}`;
  console.log(answers.isTrue('day_service', row) ? 'yes' : answers.isFalse('day_service', row) ? 'no' : open);
}
try {
  batch.decide([days], 4);
} catch (wrong) {
  if (!(wrong instanceof TutelaError)) throw wrong;
  console.log(wrong.message);
}
batch.close();
law.close();
