// SPDX-License-Identifier: Apache-2.0
/// \file
/// DMN files: whatever is accepted answers all its decisions for a person about whom nothing or something is known, in both
/// modes, is checked, proved, explained and asked about, and is saved as a file that answers the same.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/facts/schema.hpp>
#include <tutela/io/explanation.hpp>
#include <tutela/rules/ask.hpp>
#include <tutela/rules/counterfactual.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/timeline.hpp>

namespace {

using namespace tutela;

constexpr Date today{2026, 3, 2};

DecideOptions small_options()
{
  DecideOptions options;
  options.limits.evaluation_steps = 2'000;
  options.limits.completions = 20;
  options.limits.possible_values = 8;
  options.limits.value_parts = 5'000;
  return options;
}

void expect(bool holds)
{
  if (!holds) std::abort();
}

/// Some value that the declaration allows.
std::optional<Value> plausible(FactDeclaration const& declaration)
{
  if (!declaration.allowed.empty()) return declaration.allowed.front();
  switch (declaration.type) {
    case Kind::boolean: return Value(true);
    case Kind::number: return Value(Decimal(2));
    case Kind::string: return Value("text");
    case Kind::date: return Value(Date{2020, 2, 29});
    default: return std::nullopt;
  }
}

/// One fact in two is known where `half`; otherwise each that has a plausible value.
Record record_of(Schema const& schema, bool half)
{
  RecordBuilder builder;
  bool skip = false;
  for (auto const& fact : schema.declarations()) {
    skip = !skip;
    if (half && skip) continue;
    if (auto value = plausible(fact)) builder.set(fact.name, *std::move(value));
  }
  auto record = std::move(builder).build();
  return record ? *std::move(record) : Record();
}

void same_answers(std::vector<Verdict> const& ours, std::vector<Verdict> const& theirs)
{
  expect(ours.size() == theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    expect(ours[i].decision == theirs[i].decision && ours[i].outcome == theirs[i].outcome);
    // functions are compared by identity
    if (!ours[i].value.is(Kind::function)) expect(to_string(ours[i].value) == to_string(theirs[i].value));
    expect(ours[i].missing == theirs[i].missing);
  }
}

/// \param choice Which view and form of the explanation is written, if any: words cost a hundred times a proof.
void prove_all(Pack const& pack, Record const& record, DecideOptions const& options, std::size_t choice)
{
  ProofParts parts;
  parts.minimal_reasons = true;
  parts.why_not = Value(true);
  for (auto const& decision : pack.decisions()) {
    auto const proof = pack.prove(decision.name, record, today, options, parts);
    expect(proof.verdict.decision == decision.name);
    expect(!write_proof(proof).empty());
    if (choice >= 9) continue;
    ExplanationOptions words;
    words.view = std::array{View::officer, View::family, View::child}[choice % 3];
    words.format = std::array{ExplanationFormat::text, ExplanationFormat::html, ExplanationFormat::json}[choice / 3];
    words.age = 9;
    expect(!explain(proof, words).empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const pack = parse_pack(text, "fuzz.dmn");
  if (!pack) {
    expect(!pack.diagnostics().empty());  // a refusal without a reason
    return 0;
  }
  auto const files = pack->files();
  auto const again = parse_pack(files.front().text, "fuzz.dmn");
  expect(again && again->files().front().text == files.front().text);
  expect(again->decisions().size() == pack->decisions().size());

  auto options = small_options();
  std::vector<Record> const records{Record(), record_of(pack->schema(), true), record_of(pack->schema(), false)};
  for (Mode const mode : {Mode::legal, Mode::conformance}) {
    options.mode = mode;
    for (auto const& record : records) {
      auto const verdicts = pack->decide(record, today, options);
      for (auto const& verdict : verdicts) expect(verdict.outcome != Outcome::error || verdict.fault);
      same_answers(verdicts, again->decide(record, today, options));
    }
  }
  options.mode = Mode::legal;
  for (auto const& finding : pack->check(options.limits).findings) expect(!finding.diagnostic.what.empty());
  if (pack->decisions().size() > 4) return 0;  // what follows takes long
  prove_all(*pack, records[1], options, size % 64);
  AskOptions questions;
  questions.decide = options;
  questions.planning_steps = 50;
  static_cast<void>(ask(*pack, records[1], today, questions));
  for (auto const& decision : pack->decisions()) {
    CounterfactualOptions changes;
    changes.decide = options;
    static_cast<void>(counterfactual(*pack, records[1], decision.name, today, changes));
    static_cast<void>(timeline(*pack, records[1], decision.name, today, Date{2026, 5, 2}, options));
  }
  return 0;
}
