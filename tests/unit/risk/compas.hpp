// SPDX-License-Identifier: Apache-2.0
/// \file
/// The published outcome data of Broward County, where it lies beside the repository.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support.hpp"

namespace tutela::test {

/// The rows of the published outcome data that the figures are about.
struct Sample {
  std::vector<double> decile;
  std::vector<std::uint8_t> outcome;
  std::vector<std::string> race;
  std::vector<std::string> sex;
  std::vector<std::string> both;
  std::vector<std::string> age;
  std::vector<std::string> degree;  ///< Of the charge: felony or misdemeanor.
  std::vector<double> priors;
  std::vector<std::uint8_t> not_low;  ///< 1 where the published level is medium or high.

  void add(std::vector<std::string> const& row, std::map<std::string, std::size_t> const& at)
  {
    decile.push_back(std::stod(row[at.at("decile_score")]));
    outcome.push_back(row[at.at("two_year_recid")] == "1" ? 1 : 0);
    race.push_back(row[at.at("race")]);
    sex.push_back(row[at.at("sex")]);
    both.push_back(race.back() + ", " + sex.back());
    age.push_back(row[at.at("age_cat")]);
    degree.push_back(row[at.at("c_charge_degree")]);
    priors.push_back(std::stod(row[at.at("priors_count")]));
    not_low.push_back(row[at.at("score_text")] == "Low" ? 0 : 1);
  }

  [[nodiscard]] Sample only(std::string const& group) const
  {
    Sample result;
    for (std::size_t k = 0; k < decile.size(); ++k)
      if (race[k] == group || sex[k] == group) {
        result.decile.push_back(decile[k]);
        result.outcome.push_back(outcome[k]);
      }
    return result;
  }
};

class Compas : public testing::Test {
 protected:
  void SetUp() override
  {
    auto const path = shared_folder() / "data/compas-two-years.csv";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "outside material is not here: data/compas-two-years.csv";
    std::istringstream lines(read_text(path));
    std::string line;
    std::map<std::string, std::size_t> at;
    while (std::getline(lines, line)) {
      std::vector<std::string> row;
      std::istringstream cells(line);
      for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
      if (at.empty()) {
        for (std::size_t k = 0; k < row.size(); ++k) at[row[k]] = k;
        continue;
      }
      whole_.add(row, at);
      auto const& days = row[at["days_b_screening_arrest"]];
      if (days.empty() || std::fabs(std::stod(days)) > 30 || row[at["is_recid"]] == "-1" ||
          row[at["c_charge_degree"]] == "O" || row[at["score_text"]] == "N/A")
        continue;
      filtered_.add(row, at);
    }
  }

  Sample whole_;
  Sample filtered_;
};

}  // namespace tutela::test
