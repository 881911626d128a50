// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/anonymity.hpp>

#include <random>
#include <set>

namespace tutela {
namespace {

TEST(Anonymity, NamesTheRowsThatStandAlone)
{
  AnonymityRequest request;
  request.quasi_identifiers = {{"13", "13", "14", "13"}, {"north", "north", "north", "south"}};
  request.people = 2;
  auto const review = review_anonymity(request).value();
  EXPECT_EQ(review.smallest, 1U);
  EXPECT_EQ(review.failing, (std::vector<std::size_t>{2, 3}));
  EXPECT_FALSE(review.least_values);
  ASSERT_EQ(review.classes.size(), 3U);
  EXPECT_EQ(review.classes[0].rows, (std::vector<std::size_t>{0, 1}));
}

TEST(Anonymity, AClassThatSharesTheSensitiveValueTellsItOfAll)
{
  AnonymityRequest request;
  request.quasi_identifiers = {{"a", "a", "b", "b"}};
  request.sensitive = std::vector<std::string>{"x", "x", "x", "y"};
  request.people = 2;
  auto const review = review_anonymity(request).value();
  EXPECT_EQ(review.failing, (std::vector<std::size_t>{0, 1}));
  EXPECT_TRUE(review.classes[0].too_uniform);
  EXPECT_FALSE(review.classes[0].too_small);
  EXPECT_EQ(review.least_values, 1U);
}

TEST(Anonymity, ATableWithoutRowsHidesNobodyAndNeedsTo)
{
  AnonymityRequest request;
  request.quasi_identifiers = {{}};
  auto const review = review_anonymity(request).value();
  EXPECT_TRUE(review.passes());
  EXPECT_EQ(review.smallest, 0U);
}

TEST(Anonymity, RefusesWhatSaysNothing)
{
  EXPECT_FALSE(review_anonymity({}));
  AnonymityRequest request;
  request.quasi_identifiers = {{"a"}, {"a", "b"}};
  request.sensitive = std::vector<std::string>{};
  request.people = 1;
  request.values = 0;
  EXPECT_EQ(review_anonymity(request).diagnostics().size(), 4U);
  request = {};
  request.quasi_identifiers = {{"a", "b"}};
  Limits limits;
  limits.elements = 3;
  EXPECT_EQ(review_anonymity(request, limits).diagnostics().front().code, Code::limit_reached);
}

/// Whether a row fails, by comparing it with every other one.
bool stands_out(AnonymityRequest const& request, std::size_t row)
{
  std::size_t alike = 0;
  std::set<std::string> values;
  for (std::size_t other = 0; other < request.quasi_identifiers.front().size(); ++other) {
    bool same = true;
    for (auto const& column : request.quasi_identifiers) same = same && column[row] == column[other];
    if (!same) continue;
    ++alike;
    if (request.sensitive) values.insert((*request.sensitive)[other]);
  }
  return alike < request.people || (request.sensitive && values.size() < request.values);
}

TEST(Anonymity, EqualsTheComparisonOfEachRowWithEachOther)
{
  std::mt19937 random(7);
  auto const upto = [&](std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most)(random); };
  for (int round = 0; round < 300; ++round) {
    AnonymityRequest request;
    std::size_t const rows = upto(60);
    auto const column = [&] {
      std::vector<std::string> cells;
      std::size_t const kinds = upto(3);
      for (std::size_t i = 0; i < rows; ++i) cells.push_back(std::to_string(upto(kinds)));
      return cells;
    };
    for (std::size_t i = upto(2) + 1; i > 0; --i) request.quasi_identifiers.push_back(column());
    if (upto(1) == 0) request.sensitive = column();
    request.people = 2 + upto(6);
    request.values = 2 + upto(2);
    std::vector<std::size_t> expected;
    for (std::size_t row = 0; row < rows; ++row)
      if (stands_out(request, row)) expected.push_back(row);
    EXPECT_EQ(review_anonymity(request).value().failing, expected);
  }
}

}  // namespace
}  // namespace tutela
