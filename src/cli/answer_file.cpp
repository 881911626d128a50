// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where the answers to many cases go.
#include "cli/answer_file.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/table.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

namespace {

std::string joined(std::vector<std::string> const& words)
{
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// The shortest text that reads back as the same number; empty where there is none.
std::string number_text(double value) { return std::isnan(value) ? std::string() : nlohmann::json(value).dump(); }

/// The numbers of a score with their names: the total, then the outputs.
std::vector<std::pair<std::string, ScoreRange>> numbers_of(Instrument const& instrument, RowScore const& score)
{
  constexpr auto none = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::pair<std::string, ScoreRange>> numbers{{"total", score.total}};
  auto const& outputs = instrument.description().outputs;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    numbers.emplace_back(outputs[i].quantity.id, i < score.outputs.size() ? score.outputs[i] : ScoreRange{none, none});
  return numbers;
}

class Spreadsheet : public AnswerForm {
 public:
  std::string begin(AskedColumns const& asked) override
  {
    TextTable table{{"case"}, {}};
    for (auto const& decision : asked.decisions)
      for (char const* end : {"", ".outcome", ".missing"}) table.names.push_back(decision + end);
    for (auto const& instrument : asked.instruments) {
      auto const& id = instrument.id();
      for (char const* end : {".state", ".reason", ".band"}) table.names.push_back(id + end);
      auto const prefix = id + ".";
      for (auto const& [name, range] : numbers_of(instrument, {})) {
        auto const column = prefix + name;
        for (char const* end : {"", ".lowest", ".highest"}) table.names.push_back(column + end);
      }
      for (char const* end : {".missing", ".possible_bands"}) table.names.push_back(id + end);
    }
    columns_ = table.names.size();
    return write_table(table);
  }

  std::string rows(AskedColumns const& asked, std::vector<AnswerRow> const& rows) override
  {
    TextTable table;
    table.names.resize(columns_);
    table.columns.resize(columns_);
    for (auto const& row : rows) {
      std::size_t column = 0;
      auto const put = [&](std::string cell) { table.columns[column++].push_back(std::move(cell)); };
      put(row.id);
      for (auto const& answer : row.answers) {
        auto const* text = answer.value.as_string();
        bool const known = answer.outcome == Outcome::known && !answer.value.is_none();
        put(!known ? std::string() : text != nullptr ? *text : to_string(answer.value));
        put(std::string(to_string(answer.outcome)));
        put(joined(answer.missing));
      }
      for (std::size_t i = 0; i < row.scores.size(); ++i) {
        auto const& score = row.scores[i];
        put(std::string(to_string(score.state)));
        put(score.reason);
        put(score.band);
        for (auto const& [name, range] : numbers_of(asked.instruments[i], score)) {
          put(range.is_settled() ? number_text(range.lowest) : std::string());
          put(number_text(range.lowest));
          put(number_text(range.highest));
        }
        put(joined(score.missing));
        put(joined(score.possible_bands));
      }
    }
    return write_table_rows(table);
  }

 private:
  std::size_t columns_ = 0;
};

class JsonLines : public AnswerForm {
 public:
  std::string begin(AskedColumns const&) override { return {}; }

  std::string rows(AskedColumns const& asked, std::vector<AnswerRow> const& rows) override
  {
    std::string text;
    for (auto const& row : rows) text += line(asked, row).dump() + '\n';
    return text;
  }

 private:
  using Json = nlohmann::ordered_json;

  static Json line(AskedColumns const& asked, AnswerRow const& row)
  {
    Json line{{"case", row.id}, {"decisions", Json::object()}};
    for (std::size_t i = 0; i < row.answers.size(); ++i) {
      auto const& answer = row.answers[i];
      Json one{{"outcome", to_string(answer.outcome)}};
      if (answer.outcome == Outcome::known) one["value"] = Json::parse(write_value(answer.value));
      if (!answer.missing.empty()) one["missing"] = answer.missing;
      line["decisions"][asked.decisions[i]] = std::move(one);
    }
    for (std::size_t i = 0; i < row.scores.size(); ++i)
      line["scores"][asked.instruments[i].id()] = score(asked.instruments[i], row.scores[i]);
    return line;
  }

  static Json score(Instrument const& instrument, RowScore const& score)
  {
    Json one{{"state", to_string(score.state)}};
    if (!score.reason.empty()) one["reason"] = score.reason;
    if (!score.band.empty()) one["band"] = score.band;
    for (auto const& [name, range] : numbers_of(instrument, score))
      if (!std::isnan(range.lowest)) one[name] = Json{{"lowest", range.lowest}, {"highest", range.highest}};
    if (!score.missing.empty()) one["missing"] = score.missing;
    if (score.possible_bands.size() > 1) one["possible_bands"] = score.possible_bands;
    return one;
  }
};

}  // namespace

AnswerFile::AnswerFile(std::string path) : path_(std::move(path)), part_(path_ + ".part"), file_(stdout)
{
  if (path_.empty()) return;
  file_ = std::fopen(part_.c_str(), "wb");
  if (file_ == nullptr)
    std::fprintf(stderr, "tutela: %s cannot be written: %s\n", part_.c_str(), system_reason().c_str());
}

AnswerFile::~AnswerFile()
{
  if (path_.empty() || file_ == nullptr) return;
  std::fclose(file_);
  std::remove(part_.c_str());
}

bool AnswerFile::write(std::string const& text)
{
  return std::fwrite(text.data(), 1, text.size(), file_) == text.size();
}

bool AnswerFile::finish()
{
  bool good = std::fflush(file_) == 0 && std::ferror(file_) == 0;
  if (!path_.empty()) {
    good = std::fclose(std::exchange(file_, nullptr)) == 0 && good;
    good = good && std::rename(part_.c_str(), path_.c_str()) == 0;
    if (!good) std::remove(part_.c_str());
  }
  if (!good) std::fprintf(stderr, "tutela: the answers could not be written\n");
  return good;
}

std::unique_ptr<AnswerForm> spreadsheet_form() { return std::make_unique<Spreadsheet>(); }
std::unique_ptr<AnswerForm> json_lines_form() { return std::make_unique<JsonLines>(); }

}  // namespace tutela::cli
