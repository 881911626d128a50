// SPDX-License-Identifier: Apache-2.0
// What a table costs from Node: the C library called from it, from plain arrays and from a table of apache-arrow. Beside
// table_bench.c, which has the same table. Usage: table_bench.mjs LIBRARY
import * as arrow from 'apache-arrow';
import koffi from 'koffi';
import {Column, open} from './native.mjs';

const ROWS = 1 << 20;
const THREAD_PROCESSOR_TIME = 3; // of clock_gettime on Linux: others may have the processor meanwhile

const clock = koffi.load('libc.so.6').func('clock_gettime', 'int', ['int', 'void *']);
const spent = new BigInt64Array(2);

function milliseconds() {
  clock(THREAD_PROCESSOR_TIME, spent);
  return Number(spent[0]) * 1e3 + Number(spent[1]) / 1e6;
}

/** Milliseconds of processor time, the least of 200. */
function best(work) {
  let least = Infinity;
  for (let round = 0; round < 200; ++round) {
    const start = milliseconds();
    work();
    least = Math.min(least, milliseconds() - start);
  }
  return least.toFixed(2);
}

const days = Int32Array.from({length: ROWS}, () => 20514 - Math.floor(Math.random() * 8000));
const bytes = () => Uint8Array.from({length: ROWS / 8}, () => Math.floor(Math.random() * 256));
const [flags, known] = [bytes(), bytes()];
const columns = [Column.days('person.birth_date', days), Column.bits('family.vulnerable', flags).known(known)];
const table = new arrow.Table({
  'person.birth_date': arrow.makeVector(arrow.makeData({type: new arrow.DateDay(), length: ROWS, nullCount: 0, data: days})),
  'family.vulnerable': arrow.makeVector(arrow.makeData({type: new arrow.Bool(), length: ROWS, nullCount: -1, nullBitmap: known, data: flags})),
});
const how = {on: '2026-03-02', decisions: ['day_service'], outcomes: false};
const law = open(process.argv[2]).loadPack('md/child-protection');
const [plain, byArrow] = [law.batch(how, columns), law.batch(how, table)];
console.log(`Node ${process.versions.node}: a table of ${ROWS} rows from plain arrays ${best(() => plain.decide(columns, ROWS))} ms of processor ` +
  `time, from apache-arrow ${best(() => byArrow.decide(table.batches[0]))} ms`);
