// SPDX-License-Identifier: Apache-2.0
// The answers of the golden corpus by the WebAssembly module in Node. Usage: golden.mjs WASM QUESTIONS SWIMMING_DMN PACKS,
// where PACKS is the folder of the files of shipped packs and scales: the module has one of them inside.
import {readdirSync, readFileSync} from 'node:fs';
import {logLine} from './errors.mjs';
import {load, TutelaError} from './tutela.mjs';

const [wasm, questions, dmn, packs] = process.argv.slice(2);
const tutela = await load(readFileSync(wasm));
const swimming = readFileSync(dmn, 'utf8');

/** FNV-1a with 64 bits: enough to see that a text changed. */
function digest(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

const packNamed = (name) => (name === 'swimming' ? tutela.parsePack(swimming) : tutela.loadPack(name));

const scaleNamed = (name) => tutela.parseInstrument(readFileSync(`${packs}/${name}/${name.split('/')[1]}.instrument.json`, 'utf8'));

function setSlot(pack, session, item) {
  const [, name, kind, text] = item.match(/^([^=]*)=([^:]*):(.*)$/);
  const slot = pack.slot(name);
  const value = kind === 'boolean' ? text === 'true' : text;
  session[`set${kind[0].toUpperCase()}${kind.slice(1)}`](slot, value);
}

/** The answer alone, by the facts that are set and as a row, must say what the verdict says. */
function compare(pack, session, name, on, facts, verdict) {
  const decision = pack.decision(name, on);
  const check = ({outcome, value, isTrue, isFalse}) => {
    const same = outcome === verdict.outcome && value === verdict.value && isTrue === (value === 'true') && isFalse === (value === 'false');
    if (!same) throw new Error(`two answers to ${name}`);
  };
  check(session.answer(decision));
  if (session.verdict(decision).json !== verdict.json) throw new Error(`two verdicts on ${name}`);
  const items = facts.map((item) => item.match(/^([^=]*)=([^:]*):(.*)$/));
  if (items.length > 0 && items.every(([, , kind]) => ['boolean', 'integer', 'date', 'state'].includes(kind))) {
    const row = session.row(...items.map(([, fact]) => pack.slot(fact)));
    items.forEach(([, , kind, text], i) => {
      if (kind === 'boolean') row.setBoolean(i, text === 'true');
      else if (kind === 'integer') row.setInteger(i, Number(text));
      else if (kind === 'date') row.setDate(i, ...text.split('-').map(Number));
      else row.setState(i, text);
    });
    session.clear();
    check(row.answer(decision));
  }
  decision.close();
}

function verdictOf([, door, knowledge, decision, on, language, facts]) {
  const pack = packNamed(knowledge);
  const session = pack.session();
  try {
    if (door === 'case') session.setCase(facts);
    else if (facts !== '-') facts.split(';').forEach((item) => setSlot(pack, session, item));
    const verdict = session.decide(decision, on === '-' ? '' : on, language);
    compare(pack, session, decision, on === '-' ? '' : on, door === 'slots' && facts !== '-' ? facts.split(';') : [], verdict);
    return `,"outcome":"${verdict.outcome}","value":${verdict.value},"missing":${JSON.stringify(verdict.missing)},` +
      `"explanation":"${digest(verdict.explanation)}","verdict":"${digest(verdict.json)}"`;
  } finally {
    session.close();
    pack.close();
  }
}

function interviewOf([, door, knowledge, decision, on, , facts]) {
  const pack = packNamed(knowledge);
  const session = pack.session();
  try {
    if (facts !== '-') facts.split(';').forEach((item) => setSlot(pack, session, item));
    const how = {on: on === '-' ? '' : on, decisions: decision === '-' ? [] : decision.split(',')};
    if (door === 'ask') return `,"questions":"${digest(session.ask(how).json)}"`;
    if (door === 'change') return `,"change":"${digest(session.counterfactual(decision, how.on).json)}"`;
    return `,"timeline":"${digest(session.timeline(decision, ...on.split('/')).json)}"`;
  } finally {
    session.close();
    pack.close();
  }
}

/** What is wrong with a pack, or with another version of the document, in which one text stands in place of another. */
function packsOf([, door, knowledge, , on, , facts]) {
  const [old, put] = facts.split('=>');
  const before = packNamed(knowledge);
  const after = put === undefined ? packNamed(knowledge) : tutela.parsePack(swimming.replaceAll(old, put));
  try {
    const lines = door === 'compare'
      ? before.compare(after, on === '-' ? '' : on).map(({json}) => json)
      : after.check().map(logLine);
    return `,"${door}":"${digest(lines.map((line) => `${line}\n`).join(''))}"`;
  } finally {
    before.close();
    after.close();
  }
}

function scoreOf([, , knowledge, order, on, , facts]) {
  const scale = scaleNamed(knowledge);
  try {
    return `,"score":"${digest(scale.score(facts, {jurisdiction: order === '-' ? '' : order, on: on === '-' ? '' : on}).json)}"`;
  } finally {
    scale.close();
  }
}

function routeOf([, , knowledge, goal, on, , facts]) {
  const [kind, name] = goal.split(':');
  const parts = facts.split(';').map((item) => item.split('='));
  const all = (key) => parts.filter(([given]) => given === key).map(([, value]) => value);
  const network = tutela.parseNetwork(readFileSync(knowledge, 'utf8'));
  const acts = all('act').map((act) => act.split(':'));
  try {
    return `,"route":"${digest(network.route({
      [kind]: name, on, from: all('from')[0], purposes: all('purpose'), areas: all('area'), danger: all('danger')[0],
      birthDate: all('birth_date')[0], sex: all('sex')[0], data: Object.fromEntries(all('data').map((item) => item.split(':'))),
      acts: acts.map(([issuer, reference, service, validFrom]) => ({issuer, reference, services: [service], validFrom})),
    }).json)}"`;
  } finally {
    network.close();
  }
}

function assessmentOf([, , knowledge, , on, , facts]) {
  const byScale = knowledge.startsWith('uk/');
  const loaded = byScale ? scaleNamed(knowledge) : packNamed(knowledge);
  try {
    return `,"assessment":"${digest(tutela.assess(facts, on, byScale ? {instruments: [loaded]} : {packs: [loaded]}))}"`;
  } finally {
    loaded.close();
  }
}

function answer(question) {
  try {
    const doors = {assess: assessmentOf, check: packsOf, compare: packsOf, ask: interviewOf, timeline: interviewOf, change: interviewOf, score: scoreOf, route: routeOf};
    return (doors[question[1]] ?? verdictOf)(question);
  } catch (refused) {
    if (!(refused instanceof TutelaError)) throw refused;
    const found = refused.diagnostics.map(({code, pointer}) => `{"code":${code},"pointer":"${pointer}"}`).join(',');
    return `,"refused":"${refused.status}","diagnostics":[${found}],"message":"${digest(refused.message)}"`;
  }
}

// What is not inside comes as the files of a folder.
const further = `${packs}/md/further-rules`;
const files = readdirSync(further).filter((name) => /\.(dmn|json)$/.test(name));
const loaded = tutela.parsePack(Object.fromEntries(files.map((name) => [name, readFileSync(`${further}/${name}`, 'utf8')])));
if (loaded.describe().id !== 'md/further-rules') throw new Error('another pack came out');
loaded.close();

for (const line of readFileSync(questions, 'utf8').trim().split('\n')) {
  const question = line.split('\t');
  if (!line.startsWith('#')) process.stdout.write(`{"id":"${question[0]}"${answer(question)}}\n`);
}
