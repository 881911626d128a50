// SPDX-License-Identifier: Apache-2.0
/// \file
/// Instrument files: whatever is accepted is written back as the same text, is checked, and scores records with no, some and
/// all facts between its bounds.
#include <tutela/facts/schema.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/risk/check.hpp>
#include <tutela/risk/score.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace tutela;

/// A value that the declaration may allow.
Value plausible(FactDeclaration const& declaration)
{
  if (!declaration.allowed.empty()) return declaration.allowed.back();
  switch (declaration.type) {
    case Kind::boolean: return Value(true);
    case Kind::date: return Value(Date{2001, 12, 31});
    case Kind::string: return Value("text");
    default: return declaration.range.low.is(Kind::number) ? declaration.range.low : Value(Decimal(1));
  }
}

/// The first `count` facts of the schema.
Record record_of(Schema const& schema, std::size_t count)
{
  RecordBuilder builder;
  for (auto const& fact : schema.declarations())
    if (count-- > 0) {
      builder.set(fact.name, plausible(fact));
    } else {
      break;
    }
  auto record = std::move(builder).build();
  return record ? *std::move(record) : Record();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const instrument = tutela::parse_instrument(text, "fuzz.json");
  if (!instrument) {
    if (instrument.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  tutela::ScoreOptions options;
  options.purpose = tutela::ScorePurpose::research;
  options.on = tutela::Date{2026, 3, 2};
  options.limits.evaluation_steps = 2'000;
  std::string const written = to_json(instrument->description());
  auto const again = parse_instrument(written, "again.json");
  if (!again || to_json(again->description()) != written) std::abort();
  std::size_t const facts = instrument->schema().declarations().size();
  ScoreRange wider;
  bool bounded = false;
  for (std::size_t const known : {std::size_t{0}, facts / 2, facts}) {
    auto const score = tutela::score(*instrument, record_of(instrument->schema(), known), options);
    if (to_json(score).empty()) std::abort();
    if (score.state != ScoreState::known && score.state != ScoreState::open) continue;
    if (score.total.highest < score.total.lowest) std::abort();
    // what becomes known never widens the bounds
    bool const inside = score.total.lowest >= wider.lowest && score.total.highest <= wider.highest;
    if (bounded && score.exact && !inside) std::abort();
    bounded = score.exact;
    wider = score.total;
  }
  // looks at 256 people for each fact; every instrument of some lengths, so that the others are quick
  if (size % 16 == 0) static_cast<void>(check(*instrument, options.limits));
  return 0;
}
