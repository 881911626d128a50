// SPDX-License-Identifier: Apache-2.0
/// \file
/// The instruments of a program over one array after the other.
#include "columns/score_run.hpp"

#include <algorithm>
#include <utility>

#include "columns/column_match.hpp"

namespace tutela::detail {
namespace {

/// Rows that are scored at once: enough that making ready does not count, few enough for the processor's cache.
constexpr std::size_t rows_at_once = std::size_t{1} << 14U;

template <class T>
void append(std::vector<T>& to, std::vector<T> const& from)
{
  to.insert(to.end(), from.begin(), from.end());
}

void append(ScoreBatch& all, ScoreBatch const& block)
{
  append(all.states, block.states);
  append(all.lowest_total, block.lowest_total);
  append(all.highest_total, block.highest_total);
  append(all.bands, block.bands);
  all.lowest.resize(block.lowest.size());
  all.highest.resize(block.highest.size());
  for (std::size_t i = 0; i < block.lowest.size(); ++i) append(all.lowest[i], block.lowest[i]);
  for (std::size_t i = 0; i < block.highest.size(); ++i) append(all.highest[i], block.highest[i]);
}

void add_sentence(std::string& text, std::string const& sentence)
{
  if (sentence.empty()) return;
  if (!text.empty()) text += "; ";
  text += sentence;
}

}  // namespace

ScoreNote note_of(ScoreRemark const& remark)
{
  ScoreNote note{remark.missing, remark.uncertain, remark.possible_bands, {}};
  if (remark.diagnostics.empty()) add_sentence(note.reason, remark.reason.in(Language::en));
  for (auto const& one : remark.diagnostics)
    add_sentence(note.reason, one.place.pointer.empty() ? one.what : one.place.pointer + ": " + one.what);
  if (!remark.assumed.empty()) {
    std::string names;
    for (auto const& fact : remark.assumed) names += (names.empty() ? "" : ", ") + fact;
    add_sentence(note.reason, "the published rule assumes " + names);
  }
  if (!remark.exact) add_sentence(note.reason, "the search ended at its limit: the true bounds may be narrower");
  return note;
}

ScoreRun::ScoreRun(ScorePart const& part, std::optional<Date> on, BatchOptions const& options)
    : part_(part), on_(on), options_(options), noted_(part.instruments().size())
{
}

std::vector<InstrumentScores> ScoreRun::score(ArrowArray const& rows, std::size_t first, std::size_t count,
                                              std::vector<Diagnostic>& wrong)
{
  std::vector<InstrumentScores> all;
  if (part_.instruments().empty()) return all;
  wrong_.clear();
  if (open(rows))
    for (std::size_t i = 0; i < noted_.size() && wrong_.empty(); ++i) all.push_back(score(i, first, count));
  readers_.clear();
  views_.clear();
  for (auto& one : wrong_)
    if (std::find(wrong.begin(), wrong.end(), one) == wrong.end()) wrong.push_back(std::move(one));
  return all;
}

/// Finds the columns of an array; false when something is wrong with it.
bool ScoreRun::open(ArrowArray const& rows)
{
  for (auto const& column : part_.columns()) {
    std::string problem;
    auto view = ColumnView::of(rows, column.column, problem);
    if (!view) {
      wrong_.push_back(unreadable(column, {std::move(problem), {}}));
      continue;
    }
    views_.push_back(*view);
    readers_.emplace_back(column, *std::move(view));
    if (auto trouble = readers_.back().start()) wrong_.push_back(unreadable(column, *std::move(trouble)));
  }
  return wrong_.empty();
}

InstrumentScores ScoreRun::score(std::size_t index, std::size_t first, std::size_t count)
{
  auto const& asked = part_.instruments()[index];
  InstrumentScores scores;
  scores.numbers.lowest.resize(asked.instrument.description().outputs.size());
  scores.numbers.highest.resize(scores.numbers.lowest.size());
  std::vector<ScoreLane> lanes;
  auto const& facts = asked.instrument.description().facts;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (!asked.facts[i]) continue;
    auto const& column = part_.columns()[*asked.facts[i]];
    lanes.emplace_back(column, facts[i], views_[*asked.facts[i]]);
    if (auto problem = lanes.back().start()) wrong_.push_back(unreadable(column, *std::move(problem)));
  }
  for (std::size_t at = 0; at < count && wrong_.empty(); at += rows_at_once)
    if (!score_block(index, lanes, first + at, std::min(rows_at_once, count - at), scores)) break;
  scores.notes = std::make_shared<std::vector<ScoreNote> const>(noted_[index].notes);
  return scores;
}

/// Scores rows and adds them to the others. \return False when a value cannot be read.
bool ScoreRun::score_block(std::size_t index, std::vector<ScoreLane>& lanes, std::size_t first, std::size_t count,
                           InstrumentScores& scores)
{
  auto const& asked = part_.instruments()[index];
  std::vector<ScoreColumn> columns;
  std::size_t lane = 0;
  for (auto const& fact : asked.facts) {
    if (!fact) continue;
    if (auto problem = lanes[lane].read(first, count))
      wrong_.push_back(unreadable(part_.columns()[*fact], *std::move(problem)));
    columns.push_back(lanes[lane++].column());
  }
  auto const recorded = recorded_acts(asked, first, count);
  if (!wrong_.empty()) return false;
  ScoreBatchOptions options;
  options.purpose = options_.purpose;
  options.jurisdiction = options_.jurisdiction;
  options.on = on_;
  options.recorded_act = recorded;
  options.limits = options_.limits;
  options.score_one = [&](std::size_t place) { return score_row(asked, first + place); };
  auto found = score_batch(asked.instrument, columns, count, block_, options);
  append(wrong_, found);
  append(scores.numbers, block_);
  std::vector<std::uint32_t> places{0};
  for (auto const& remark : block_.remarks) places.push_back(note(index, remark));
  for (auto const remark : block_.remark_of) scores.note_of_row.push_back(places[remark]);
  return wrong_.empty();
}

/// For each row whether a column says that a sanction or a charge is recorded; empty where none could.
std::vector<std::uint8_t> ScoreRun::recorded_acts(ScoredInstrument const& asked, std::size_t first, std::size_t count)
{
  std::vector<std::uint8_t> recorded(asked.acts.empty() ? 0 : count, 0);
  for (auto const act : asked.acts) {
    auto const& format = *part_.columns()[act].column.format;
    // Entries of dictionaries may be null, doubles may stand for null, and a flag says yes or no.
    bool const told_by_presence = !format.index && format.layout != Layout::boolean &&
                                  format.layout != Layout::float32 && format.layout != Layout::float64;
    std::optional<ValueProblem> problem;
    for (std::size_t i = 0; i < count && !problem; ++i) {
      if (recorded[i] != 0) continue;
      if (told_by_presence) {
        recorded[i] = static_cast<std::uint8_t>(views_[act].valid(first + i, 1));
        continue;
      }
      auto const value = readers_[act].value(first + i, problem);
      auto const* flag = value ? value->as_boolean() : nullptr;
      recorded[i] = value && (flag == nullptr || *flag) ? 1 : 0;
    }
    if (problem) wrong_.push_back(unreadable(part_.columns()[act], *std::move(problem)));
  }
  return recorded;
}

/// The score of one row by all that the table says of it, as the scalar engine finds it.
Score ScoreRun::score_row(ScoredInstrument const& asked, std::size_t row)
{
  RecordBuilder builder;
  for (auto const index : asked.record) {
    std::optional<ValueProblem> problem;
    auto value = readers_[index].value(row, problem);
    if (problem) {
      wrong_.push_back(unreadable(part_.columns()[index], *std::move(problem)));
      return {};
    }
    if (!value) value = readers_[index].null_value();
    if (value) builder.set(part_.columns()[index].rule.fact, *std::move(value));
  }
  auto record = std::move(builder).build();
  if (!record) {
    append(wrong_, record.diagnostics());
    return {};
  }
  ScoreOptions options;
  options.on = on_;
  options.purpose = options_.purpose;
  options.jurisdiction = options_.jurisdiction;
  options.limits = options_.limits;
  return tutela::score(asked.instrument, *record, options);
}

std::uint32_t ScoreRun::note(std::size_t index, ScoreRemark const& remark)
{
  auto made = note_of(remark);
  auto& noted = noted_[index];
  auto const [found, fresh] = noted.places.emplace(std::move(made), static_cast<std::uint32_t>(noted.notes.size() + 1));
  if (fresh) noted.notes.push_back(found->first);
  return found->second;
}

}  // namespace tutela::detail
