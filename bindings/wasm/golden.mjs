// SPDX-License-Identifier: Apache-2.0
// The answers of the golden corpus by the WebAssembly module in Node. Usage: golden.mjs WASM QUESTIONS SWIMMING_DMN
import {readFileSync} from 'node:fs';
import {load, TutelaError} from './tutela.mjs';

const [wasm, questions, dmn] = process.argv.slice(2);
const tutela = await load(readFileSync(wasm));
const swimming = readFileSync(dmn, 'utf8');

/** FNV-1a with 64 bits: enough to see that a text changed. */
function digest(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

const packNamed = (name) => (name === 'swimming' ? tutela.parsePack(swimming) : tutela.loadPack(name));

function setSlot(pack, session, item) {
  const [, name, kind, text] = item.match(/^([^=]*)=([^:]*):(.*)$/);
  const slot = pack.slot(name);
  const value = kind === 'boolean' ? text === 'true' : text;
  session[`set${kind[0].toUpperCase()}${kind.slice(1)}`](slot, value);
}

function verdictOf([, door, knowledge, decision, on, language, facts]) {
  const pack = packNamed(knowledge);
  const session = pack.session();
  try {
    if (door === 'case') session.setCase(facts);
    else if (facts !== '-') facts.split(';').forEach((item) => setSlot(pack, session, item));
    const verdict = session.decide(decision, on === '-' ? '' : on, language);
    return `,"outcome":"${verdict.outcome}","value":${verdict.value},"missing":${JSON.stringify(verdict.missing)},` +
      `"explanation":"${digest(verdict.explanation)}","verdict":"${digest(verdict.json)}"`;
  } finally {
    session.close();
    pack.close();
  }
}

function assessmentOf([, , knowledge, , on, , facts]) {
  const byScale = knowledge.startsWith('uk/');
  const loaded = byScale ? tutela.loadInstrument(knowledge) : packNamed(knowledge);
  try {
    return `,"assessment":"${digest(tutela.assess(facts, on, byScale ? {instruments: [loaded]} : {packs: [loaded]}))}"`;
  } finally {
    loaded.close();
  }
}

function answer(question) {
  try {
    return question[1] === 'assess' ? assessmentOf(question) : verdictOf(question);
  } catch (refused) {
    if (!(refused instanceof TutelaError)) throw refused;
    const found = refused.diagnostics.map(({code, pointer}) => `{"code":${code},"pointer":"${pointer}"}`).join(',');
    return `,"refused":"${refused.status}","diagnostics":[${found}],"message":"${digest(refused.message)}"`;
  }
}

for (const line of readFileSync(questions, 'utf8').trim().split('\n')) {
  const question = line.split('\t');
  if (!line.startsWith('#')) process.stdout.write(`{"id":"${question[0]}"${answer(question)}}\n`);
}
