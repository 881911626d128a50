// SPDX-License-Identifier: Apache-2.0
// The table of 12 rules by 5 inputs in ZEN. Arguments: its name and version, the folder it is installed in, the cases.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [name, folder, file] = process.argv.slice(2);
const { ZenEngine } = createRequire(`${folder}/`)("@gorules/zen-engine");
const table = JSON.parse(readFileSync(file, "utf8"));

// Its cells are nearly those of FEEL: `-` is empty, and `not("a")` is written as a test of the value.
const cell = (test, input) => (test === "-" ? "" : test.replace(/^not\((.*)\)$/, `${input} not in [$1]`));
const inputs = table.inputs.map((field, i) => ({ id: `in${i}`, name: field, field }));
const rules = table.rules.map((rule, number) => ({
  _id: `rule${number}`,
  ...Object.fromEntries(rule.tests.map((test, i) => [`in${i}`, cell(test, "$")])),
  out: rule.output,
}));
const node = (id, type, content = {}) => ({ id, name: id, type, content, position: { x: 0, y: 0 } });
const content = { hitPolicy: "first", inputs, outputs: [{ id: "out", name: "answer", field: "answer" }], rules };
const nodes = [node("in", "inputNode"), node("table", "decisionTableNode", content), node("out", "outputNode")];
const edges = [
  { id: "e1", sourceId: "in", targetId: "table", type: "edge" },
  { id: "e2", sourceId: "table", targetId: "out", type: "edge" },
];
const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify({ nodes, edges })));

const nanoseconds = { ns: 1, "µs": 1e3, "μs": 1e3, us: 1e3, ms: 1e6, s: 1e9 };
const own_time = (text) => {
  const [, number, unit] = /^([\d.]+)\s*(\S+)$/.exec(text);
  return Number(number) * nanoseconds[unit];
};

for (const [number, each] of table.cases.entries()) {
  const { result } = await decision.evaluate(each.facts);
  if (result.answer !== each.answer) throw new Error(`case ${number}: ${result.answer} instead of ${each.answer}`);
}

// Three ways to count, each the least of several repetitions.
const count = table.cases.length;
const least = { "by its own clock": Infinity, "one call after the other": Infinity, "64 calls at a time": Infinity };
const note = (way, nanoseconds) => (least[way] = Math.min(least[way], nanoseconds / count));
for (let repetition = 0; repetition < 9; ++repetition) {
  let own = 0;
  let start = process.hrtime.bigint();
  for (const each of table.cases) own += own_time((await decision.evaluate(each.facts)).performance);
  note("one call after the other", Number(process.hrtime.bigint() - start));
  note("by its own clock", own);
  start = process.hrtime.bigint();
  for (let i = 0; i < count; i += 64) {
    await Promise.all(table.cases.slice(i, i + 64).map((each) => decision.evaluate(each.facts)));
  }
  note("64 calls at a time", Number(process.hrtime.bigint() - start));
}
for (const [way, nanoseconds] of Object.entries(least)) {
  console.log(JSON.stringify({ peer: `${name}, ${way}`, subject: "support", nanoseconds }));
}
