// SPDX-License-Identifier: Apache-2.0
/// \file
/// Turns names, conditions and expressions of a description into steps of a program (internal), and collects everything
/// that is wrong with them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>

#include "risk/program.hpp"

namespace tutela::detail {

class StepBuilder {
 public:
  StepBuilder(InstrumentProgram& program, std::string const& file, Limits const& limits)
      : program_(program),
        description_(program.description),
        file_(file),
        limits_(limits),
        diagnostics_(limits.diagnostics)
  {
  }

  /// Reports something wrong at a JSON pointer of the file.
  void error(std::string const& pointer, std::string what, std::string mend = {}, Code code = Code::invalid_instrument);

  /// Gives a step its name; false, with a diagnostic, when the name cannot be one or is taken.
  bool declare(std::string const& id, std::uint32_t step, std::string const& pointer);

  /// The step of a name; nothing, with a diagnostic, when it is not declared yet.
  std::optional<std::uint32_t> find(std::string const& name, std::string const& pointer);

  /// Decimal text as a double; nothing, with a diagnostic, when it is none.
  std::optional<double> number(std::string const& text, std::string const& pointer);

  /// Adds a step with what can be said of it: its range, the facts it depends on, whether it is whole.
  std::uint32_t push(Step step);

  std::uint32_t constant(double value);
  std::uint32_t expression(ScoreExpression const& source, std::string const& pointer, std::size_t depth = 0);
  std::vector<StepCondition> conditions(ScoreConditions const& source, std::string const& pointer);

  /// A step that is 1 where all conditions hold and 0 elsewhere.
  std::uint32_t indicator(ScoreConditions const& when, std::string const& pointer);

  /// What is wrong with the rows of a table.
  struct RowCheck {
    std::string case_without_row;     ///< A case in words; empty when every case has a row.
    std::vector<std::size_t> unused;  ///< Rows without a case.
  };

  /// Every case needs a row, and every row a case. Tried at the ends of all ranges that the rows name; where these are too
  /// many a warning says so.
  RowCheck check_rows(Step const& step, std::string const& pointer);

 protected:
  InstrumentProgram& program_;
  InstrumentDescription const& description_;
  std::string const& file_;
  Limits const& limits_;
  Diagnostics diagnostics_;

 private:
  [[nodiscard]] bool is_integral(Step const& step) const;
  void find_pair(Step& step);
  void fill_dense(Step& step);
  std::optional<StepCondition> condition(ScoreCondition const& source, std::string const& pointer);
  std::vector<Interval> allowed(ScoreCondition const& source, std::uint32_t subject, std::string const& pointer);
  bool has_right_shape(Step const& step, std::string const& pointer);
  void refuse_rows(Step const& step, std::string const& pointer);
  std::map<std::uint32_t, std::vector<double>> points_of(Step const& step);
  std::string case_text(std::vector<std::uint32_t> const& subjects, std::vector<double> const& values);

  std::map<std::string, std::uint32_t> names_;
  std::vector<Interval> ranges_;
};

}  // namespace tutela::detail
