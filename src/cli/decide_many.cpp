// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela decide --cases`: a file of any size, read and answered block by block.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <tutela/columns/case_columns.hpp>
#include <tutela/facts/misspelt.hpp>
#include <tutela/io/case_blocks.hpp>
#include <tutela/io/instrument.hpp>

#include "cli/answer_file.hpp"
#include "cli/arrow_file.hpp"
#include "cli/question.hpp"

namespace tutela::cli {

namespace {

constexpr std::uint64_t rows_between_signs = 1'000'000;

/// Rows whose answers are held before they are written.
constexpr std::size_t rows_at_once = 1'024;
constexpr std::size_t arrow_rows_at_once = 16'384;

/// What is asked, of every case alike.
struct ManyQuestion {
  Pack pack;
  std::optional<Date> on;
  DecideOptions options;
  std::string jurisdiction;  ///< Of cases that name none.
  ScorePurpose purpose = ScorePurpose::practice;
  AskedColumns asked;
};

bool ends_with(std::string_view text, std::string_view end)
{
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_arrow(std::string_view path) { return ends_with(path, ".arrow") || ends_with(path, ".arrows"); }

/// What is wrong with the input: all of it is counted, the first of it said.
class Findings {
 public:
  void add(std::vector<Diagnostic> const& found)
  {
    for (auto const& one : found) {
      if (count_++ < Limits{}.diagnostics) print({one});
      errors_ = errors_ || one.severity == Severity::error;
    }
  }
  [[nodiscard]] bool has_errors() const { return errors_; }
  void finish() const
  {
    if (count_ > Limits{}.diagnostics)
      std::fprintf(stderr, "tutela: %llu more findings are not shown\n",
                   static_cast<unsigned long long>(count_ - Limits{}.diagnostics));
  }

 private:
  std::uint64_t count_ = 0;
  bool errors_ = false;
};

/// How far the work has come, on standard error.
class Progress {
 public:
  void add(std::uint64_t rows)
  {
    auto const before = rows_ / rows_between_signs;
    rows_ += rows;
    if (rows_ / rows_between_signs != before)
      std::fprintf(stderr, "tutela: %llu cases\n", static_cast<unsigned long long>(rows_));
  }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  void finish() const
  {
    std::fprintf(stderr, "tutela: %llu cases, all of the file\n", static_cast<unsigned long long>(rows_));
  }

 private:
  std::uint64_t rows_ = 0;
};

/// Releases what a call handed out.
template <class Struct>
struct Released {
  Struct content{};
  Released() = default;
  Released(Released const&) = delete;
  Released& operator=(Released const&) = delete;
  ~Released()
  {
    if (content.release != nullptr) content.release(&content);
  }
};

BatchOptions batch_options(ManyQuestion const& question)
{
  BatchOptions options;
  options.law_on = question.options.law_on;
  options.decisions = question.asked.decisions;
  options.jurisdiction = question.jurisdiction;
  options.include_unverified = question.options.include_unverified;
  options.instruments = question.asked.instruments;
  options.purpose = question.purpose;
  options.missing = true;
  return options;
}

AnswerRow row_of(BatchAnswers const& answers, std::size_t row, AskedColumns const& asked)
{
  AnswerRow made;
  for (std::size_t i = 0; i < asked.decisions.size(); ++i)
    made.answers.push_back({answers.outcome(i, row), answers.value(i, row), answers.missing(i, row)});
  for (std::size_t i = 0; i < asked.instruments.size(); ++i) made.scores.push_back(answers.score(i, row));
  return made;
}

std::vector<AnswerRow> rows_of(BatchAnswers const& answers, AskedColumns const& asked,
                               std::vector<std::string> const& ids, std::size_t first)
{
  std::vector<AnswerRow> rows;
  for (std::size_t i = 0; i < answers.rows(); ++i) {
    rows.push_back(row_of(answers, i, asked));
    rows.back().id = ids[first + i];
  }
  return rows;
}

bool write_array(BatchAnswers const& answers, ArrowOutput& arrow, std::string& problem)
{
  Released<ArrowArray> made;
  answers.export_array(made.content);
  return arrow.write(made.content, problem);
}

/// \return False, once the problem was said.
bool say(std::string const& problem)
{
  std::fprintf(stderr, "tutela: %s\n", problem.c_str());
  return false;
}

/// A case by itself, as `decide` and `score` answer it.
AnswerRow row_of(ManyQuestion const& question, Case const& item, std::string const& jurisdiction)
{
  AnswerRow made;
  auto options = question.options;
  options.jurisdiction = jurisdiction;
  options.reasons = false;
  for (auto const& decision : question.asked.decisions) {
    auto verdict = question.pack.decide(decision, item.facts, question.on, options);
    made.answers.push_back({verdict.outcome, std::move(verdict.value), std::move(verdict.missing)});
  }
  ScoreOptions scoring;
  scoring.on = question.on;
  scoring.known_on = question.options.known_on;
  scoring.jurisdiction = jurisdiction;
  scoring.purpose = question.purpose;
  for (auto const& instrument : question.asked.instruments)
    made.scores.push_back(row_score(score(instrument, item.facts, scoring)));
  return made;
}

/// Answers blocks of cases: in columns where a table holds them, otherwise one by one.
class CaseAnswers {
 public:
  explicit CaseAnswers(ManyQuestion const& question)
      : question_(question), columns_(question.pack, question.asked.instruments)
  {
  }

  [[nodiscard]] Result<std::vector<AnswerRow>> answer(std::span<Case const> cases)
  {
    std::vector<AnswerRow> rows(cases.size());
    std::vector<Case> in_table;
    std::vector<std::size_t> places;
    // One table is of one jurisdiction.
    auto const of_table = cases.empty() ? question_.jurisdiction : jurisdiction_of(cases.front());
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (jurisdiction_of(cases[i]) != of_table || !columns_.holds(cases[i])) {
        rows[i] = row_of(question_, cases[i], jurisdiction_of(cases[i]));
      } else {
        in_table.push_back(cases[i]);
        places.push_back(i);
      }
      rows[i].id = cases[i].id.text();
    }
    if (in_table.empty()) return rows;
    auto* run = run_of(of_table);
    if (run == nullptr) return wrong_;
    Released<ArrowArray> table;
    static_cast<void>(columns_.export_array(in_table, table.content));
    auto const answers = run->decide(table.content);
    if (!answers) return answers.diagnostics();
    for (std::size_t i = 0; i < places.size(); ++i) {
      auto id = std::move(rows[places[i]].id);
      rows[places[i]] = row_of(*answers, i, question_.asked);
      rows[places[i]].id = std::move(id);
    }
    return rows;
  }

 private:
  [[nodiscard]] std::string const& jurisdiction_of(Case const& item) const
  {
    return item.jurisdiction.empty() ? question_.jurisdiction : item.jurisdiction;
  }

  /// The run for a jurisdiction; nothing where it cannot be compiled: `wrong_` says why.
  BatchRun* run_of(std::string const& jurisdiction)
  {
    auto const known = runs_.find(jurisdiction);
    if (known != runs_.end()) return &known->second;
    Released<ArrowSchema> schema;
    columns_.export_schema(schema.content);
    auto options = batch_options(question_);
    options.jurisdiction = jurisdiction;
    auto const program = BatchProgram::compile(question_.pack, schema.content, question_.on, options);
    if (program) return &runs_.emplace(jurisdiction, BatchRun(*program)).first->second;
    wrong_ = program.diagnostics();
    return nullptr;
  }

  ManyQuestion const& question_;
  CaseColumns columns_;
  std::map<std::string, BatchRun> runs_;  ///< By jurisdiction.
  std::vector<Diagnostic> wrong_;
};

/// Facts that do not fit their declarations, with the case.
std::vector<Diagnostic> check_cases(ManyQuestion const& question, std::vector<Case> const& cases,
                                    std::string const& path)
{
  std::vector<Diagnostic> all;
  for (auto const& item : cases)
    for (auto& one : question.pack.check_facts(item.facts, question.on)) {
      one.place.file = path;
      one.place.pointer = "/" + item.id.text() + "/" + one.place.pointer;
      all.push_back(std::move(one));
    }
  return all;
}

/// \return False when something is wrong: all of it was then said.
bool answer_cases(ManyQuestion const& question, CaseBlocks& blocks, std::string const& path, std::FILE* file,
                  AnswerForm& form, AnswerFile& out)
{
  Findings findings;
  Progress progress;
  CaseAnswers answers(question);
  bool written = out.write(form.begin(question.asked));
  while (auto block = blocks.next()) {
    findings.add(block->diagnostics);
    findings.add(check_cases(question, block->cases, path));
    progress.add(block->cases.size());
    // What is wrong is told to the end of the file; answers beside it would be taken for all of them.
    if (findings.has_errors() || !written) continue;
    std::span<Case const> const cases(block->cases);
    for (std::size_t at = 0; at < cases.size() && written && !findings.has_errors(); at += rows_at_once) {
      auto const rows = answers.answer(cases.subspan(at, std::min(rows_at_once, cases.size() - at)));
      findings.add(rows.diagnostics());
      if (rows) written = out.write(form.rows(question.asked, *rows));
    }
  }
  findings.finish();
  if (std::ferror(file) != 0) return say(path + " cannot be read to its end; is it a folder?");
  if (findings.has_errors()) return false;
  if (!out.finish() || !written) return false;
  progress.finish();
  return true;
}

/// Answers the arrays of an Arrow file. \return As `answer_cases`.
bool answer_table(ManyQuestion const& question, ArrowInput& table, AnswerForm* form, AnswerFile& out)
{
  auto const program = BatchProgram::compile(question.pack, table.schema(), question.on, batch_options(question));
  print(program.diagnostics());
  if (!program) return false;
  print(program->misspelt_columns());
  for (auto const& fact : program->facts_without_column())
    std::fprintf(stderr, "tutela: the fact \"%s\" has no column: nobody's is known\n", fact.c_str());
  Released<ArrowSchema> schema;
  program->export_schema(schema.content);
  std::string problem;
  auto const arrow = form == nullptr ? ArrowOutput::open(out.handle(), schema.content, problem) : nullptr;
  bool written = form == nullptr ? arrow != nullptr : out.write(form->begin(question.asked));
  BatchRun run(*program);
  Progress progress;
  while (written) {
    Released<ArrowArray> rows;
    if (!table.next(rows.content, problem)) return say(problem);
    if (rows.content.release == nullptr) break;
    auto const count = static_cast<std::size_t>(std::max<std::int64_t>(rows.content.length, 0));
    auto const ids = form == nullptr ? std::vector<std::string>() : table.ids(rows.content, progress.rows() + 1);
    // An array may be the whole file: its answers are not held at once.
    auto const step = form == nullptr ? arrow_rows_at_once : rows_at_once;
    for (std::size_t at = 0; at < count && written; at += step) {
      auto const answers = run.decide(rows.content, at, std::min(step, count - at));
      print(answers.diagnostics());
      if (!answers) return false;
      if (form == nullptr)
        written = write_array(*answers, *arrow, problem);
      else
        written = out.write(form->rows(question.asked, rows_of(*answers, question.asked, ids, at)));
    }
    progress.add(count);
  }
  if (form == nullptr) written = written && arrow->finish(problem);
  if (!written) return say(problem.empty() ? "the answers could not be written" : problem);
  if (!out.finish()) return false;
  progress.finish();
  return true;
}

/// The reader of a file by the end of its name.
std::optional<CaseBlocks> case_blocks(Arguments const& arguments, ManyQuestion const& question, std::string const& path,
                                      std::FILE* file)
{
  auto const source = [file](char* into, std::size_t most) { return std::fread(into, 1, most, file); };
  std::optional<Mapping> mapping;
  if (auto const name = arguments.value("--mapping")) {
    auto loaded = load_mapping(*name);
    print(loaded.diagnostics());
    if (!loaded) return std::nullopt;
    mapping = *std::move(loaded);
    auto const wrong = check_mapping(*mapping, question.pack.schema());
    print(wrong);
    if (!wrong.empty()) return std::nullopt;
  }
  if (!mapping && !ends_with(path, ".csv")) return CaseBlocks::of_lines(source, path);
  auto const separator = mapping ? mapping->separator : ',';
  return CaseBlocks::of_table(source, path, separator, [mapping, &question](std::vector<std::string> const& names) {
    if (mapping) return *mapping;
    std::vector<Schema const*> schemas{&question.pack.schema()};
    std::vector<std::string> acts;
    for (auto const& instrument : question.asked.instruments) {
      schemas.push_back(&instrument.schema());
      auto const& recorded = instrument.description().applicability.recorded_act;
      acts.insert(acts.end(), recorded.begin(), recorded.end());
    }
    auto made = mapping_by_names(names, schemas, acts);
    std::vector<std::string> facts;
    for (auto const* schema : schemas)
      for (auto const& declaration : schema->declarations())
        if (std::find(names.begin(), names.end(), declaration.name) == names.end()) facts.push_back(declaration.name);
    for (auto const& name : made.ignored) {
      if (name == "jurisdiction") continue;
      auto const meant = nearest_name(name, facts);
      std::fprintf(stderr, "tutela: the column \"%s\" is no fact and is not read%s\n", name.c_str(),
                   meant.empty() ? "" : ("; is " + meant + " meant?").c_str());
    }
    return made;
  });
}

std::optional<ManyQuestion> many_question(Arguments const& arguments, std::string_view usage)
{
  auto const refused = [&](std::string_view what) {
    refuse(what, usage);
    return std::nullopt;
  };
  auto const name = arguments.value("--pack");
  if (!name) return refused("no pack given");
  auto const pack = load_pack(*name);
  print(pack.diagnostics());
  if (!pack) return std::nullopt;
  ManyQuestion question{*pack, {}, {}, arguments.value("--jurisdiction").value_or(""), {}, {}};
  if (!arguments.date("--on", question.on) || !arguments.date("--law-on", question.options.law_on) ||
      !arguments.date("--known-on", question.options.known_on))
    return std::nullopt;
  if (pack->info().dated && !question.on) return refused("the pack is dated: give the day with --on");
  question.options.include_unverified = arguments.has("--unverified");
  question.purpose = arguments.has("--research") ? ScorePurpose::research : ScorePurpose::practice;
  question.asked.decisions = arguments.values("--decision");
  for (auto const& decision : question.asked.decisions)
    if (pack->find(decision) == nullptr) return refused(no_such_decision(*pack, decision));
  if (question.asked.decisions.empty())
    for (auto const& decision : pack->decisions()) question.asked.decisions.push_back(decision.name);
  for (auto const& one : arguments.values("--instrument")) {
    auto instrument = load_instrument(one);
    print(instrument.diagnostics());
    if (!instrument) return std::nullopt;
    question.asked.instruments.push_back(*std::move(instrument));
  }
  return question;
}

}  // namespace

int decide_many(Arguments const& arguments, std::string_view usage)
{
  auto const path = *arguments.value("--cases");
  auto const out_path = arguments.value("--out").value_or("");
  bool const to_table = arguments.has("--csv") || ends_with(out_path, ".csv");
  if (!out_path.empty() && (arguments.has("--csv") || arguments.has("--json")))
    return refuse("the end of the name that --out gives says the form", usage);
  if (arguments.has("--lang")) return refuse("answers to --cases are the same in every language", usage);
  if (!out_path.empty() && !is_arrow(out_path) && !ends_with(out_path, ".csv") && !ends_with(out_path, ".ndjson"))
    return refuse("--out ends in .csv, .ndjson or .arrow", usage);
  if (!arguments.rest().empty()) return refuse("the cases are named by --cases", usage);
  auto const question = many_question(arguments, usage);
  if (!question) return bad_input;
  if ((is_arrow(path) || is_arrow(out_path)) && !has_arrow_files())
    return refuse("this program is built without Arrow files", usage);
  if (is_arrow(path) && arguments.has("--mapping")) return refuse("--mapping is for CSV", usage);
  if (is_arrow(out_path) && !is_arrow(path)) return refuse("answers go to Arrow where the cases are Arrow", usage);
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      path == "-" ? stdin : std::fopen(path.c_str(), "rb"),
      [](std::FILE* one) { return one == stdin ? 0 : std::fclose(one); });
  if (!file) {
    std::fprintf(stderr, "tutela: %s cannot be read: %s\n", path.c_str(), system_reason().c_str());
    return bad_input;
  }
  bool const to_arrow = is_arrow(out_path);
  auto const form = to_arrow ? nullptr : to_table ? spreadsheet_form() : json_lines_form();
  if (is_arrow(path)) {
    std::string problem;
    auto const table = ArrowInput::open(file.get(), problem);
    if (!table) return say(path + ": " + problem), bad_input;
    AnswerFile out(out_path);
    return out.is_open() && answer_table(*question, *table, form.get(), out) ? success : bad_input;
  }
  auto blocks = case_blocks(arguments, *question, path, file.get());
  if (!blocks) return bad_input;
  AnswerFile out(out_path);
  if (!out.is_open()) return bad_input;
  auto const name = path == "-" ? "standard input" : path;
  return answer_cases(*question, *blocks, name, file.get(), *form, out) ? success : bad_input;
}

}  // namespace tutela::cli
