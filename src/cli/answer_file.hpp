// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where the answers to many cases go: CSV for a spreadsheet, JSON lines, Arrow.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutela/columns/batch.hpp>

namespace tutela::cli {

/// The answers to one case.
struct AnswerRow {
  struct Answer {
    Outcome outcome = Outcome::unknown;
    Value value;
    std::vector<std::string> missing;
  };
  std::string id;
  std::vector<Answer> answers;   ///< In the order of the decisions.
  std::vector<RowScore> scores;  ///< In the order of the instruments.
};

/// What is asked of each case.
struct AskedColumns {
  std::vector<std::string> decisions;
  std::vector<Instrument> instruments;
};

/// A file that is written under another name, so that nobody takes a part for the whole.
class AnswerFile {
 public:
  /// \param path Empty for standard output.
  explicit AnswerFile(std::string path);
  AnswerFile(AnswerFile const&) = delete;
  AnswerFile& operator=(AnswerFile const&) = delete;
  /// Removes what was not finished.
  ~AnswerFile();

  /// False when the file cannot be opened; it was then said.
  [[nodiscard]] bool is_open() const { return file_ != nullptr; }
  [[nodiscard]] std::FILE* handle() const { return file_; }
  /// Writes. \return False when the disk is full, or nobody reads any more.
  [[nodiscard]] bool write(std::string const& text);
  /// Gives the file its name. \return False when something was not written; it was then said.
  [[nodiscard]] bool finish();

 private:
  std::string path_;
  std::string part_;
  std::FILE* file_ = nullptr;
};

/// One form of the answers.
class AnswerForm {
 public:
  AnswerForm() = default;
  AnswerForm(AnswerForm const&) = delete;
  AnswerForm& operator=(AnswerForm const&) = delete;
  virtual ~AnswerForm() = default;

  /// What stands before the first case.
  [[nodiscard]] virtual std::string begin(AskedColumns const& asked) = 0;
  /// Some cases.
  [[nodiscard]] virtual std::string rows(AskedColumns const& asked, std::vector<AnswerRow> const& rows) = 0;
};

/// A row for each case, semicolons, as a spreadsheet opens it.
std::unique_ptr<AnswerForm> spreadsheet_form();

/// A line of JSON for each case.
std::unique_ptr<AnswerForm> json_lines_form();

}  // namespace tutela::cli
