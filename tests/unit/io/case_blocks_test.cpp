// SPDX-License-Identifier: Apache-2.0
/// \file
/// Files of cases block by block: the same cases as the whole file at once, whatever pieces it comes in.
#include <algorithm>
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include <tutela/io/case.hpp>
#include <tutela/io/case_blocks.hpp>

using namespace tutela;

namespace {

/// Gives a text in pieces of one to `most` bytes.
ByteSource pieces(std::string text, std::size_t most, unsigned seed = 1)
{
  return [text = std::move(text), at = std::size_t{0}, most, random = std::mt19937(seed)](char* into,
                                                                                          std::size_t wanted) mutable {
    auto const count = std::min({wanted, 1 + random() % most, text.size() - at});
    text.copy(into, count, at);
    at += count;
    return count;
  };
}

struct All {
  std::vector<Case> cases;
  std::vector<Diagnostic> diagnostics;
  std::size_t blocks = 0;
};

All all_of(CaseBlocks blocks)
{
  All all;
  while (auto block = blocks.next()) {
    ++all.blocks;
    all.cases.insert(all.cases.end(), block->cases.begin(), block->cases.end());
    all.diagnostics.insert(all.diagnostics.end(), block->diagnostics.begin(), block->diagnostics.end());
  }
  return all;
}

Schema const& schema()
{
  static Schema const made = [] {
    FactDeclaration born;
    born.name = "person.birth_date";
    born.type = Kind::date;
    FactDeclaration sum;
    sum.name = "need.sum";
    sum.type = Kind::number;
    FactDeclaration flag;
    flag.name = "family.vulnerable";
    flag.type = Kind::boolean;
    FactDeclaration town;
    town.name = "family.town";
    town.type = Kind::string;
    return Schema({born, sum, flag, town});
  }();
  return made;
}

CaseBlocks table(std::string csv, std::size_t most = 70'000, Limits const& limits = {})
{
  return CaseBlocks::of_table(
      pieces(std::move(csv), most), "t.csv", ',',
      [](std::vector<std::string> const& names) { return mapping_by_names(names, {&schema()}, {"act"}); }, limits);
}

std::string case_line(int number)
{
  return R"({"format": "tutela-case/1", "id": "c)" + std::to_string(number) +
         R"(", "jurisdiction": "MD", "kind": "child_protection", "synthetic": true, "facts": {"need.sum": )" +
         std::to_string(number % 97) + "}}";
}

TEST(CaseBlocks, OfLinesAreTheCasesOfTheWholeFile)
{
  std::string text;
  for (int i = 0; i < 3'000; ++i) text += case_line(i) + (i % 50 == 0 ? "\r\n\n" : "\n");
  text += case_line(3'000);
  auto const whole = parse_cases(text, "f").value();
  for (std::size_t const most : {1U, 7U, 100'000U}) {
    auto const found = all_of(CaseBlocks::of_lines(pieces(text, most), "f"));
    EXPECT_TRUE(found.diagnostics.empty()) << to_string(found.diagnostics);
    EXPECT_GT(found.blocks, 1U);
    EXPECT_EQ(found.cases, whole) << most;
  }
}

TEST(CaseBlocks, TellTheLineOfTheFile)
{
  std::string text;
  for (int i = 1; i <= 6'000; ++i) text += (i == 2 || i == 5'500 ? "{\"format\": 3}" : case_line(i)) + "\n";
  auto const found = all_of(CaseBlocks::of_lines(pieces(text, 90'000), "f"));
  std::set<std::uint32_t> lines;
  for (auto const& one : found.diagnostics) lines.insert(one.place.line);
  EXPECT_EQ(lines, (std::set<std::uint32_t>{2, 5'500})) << to_string(found.diagnostics);
  EXPECT_EQ(all_of(CaseBlocks::of_lines(pieces("{\"format\": 3}", 4), "f")).diagnostics.front().place.line, 1U);
}

TEST(CaseBlocks, TellWhatIsBehindALineThatIsNoObject)
{
  // Each of them once in the middle of a block, once where a block begins, once in the first line of the file.
  for (std::string const odd : {"[1, 2]", "[", "\"text\"", "{\"format\": ", "7 8"}) {
    std::set<std::uint32_t> expected;
    std::string text;
    for (std::uint32_t line = 1; line <= 6'000; ++line) {
      bool const is_odd = line % 500 == 0 || line == 3 || (line == 1 && odd[0] != '[');
      if (is_odd) expected.insert(line);
      text += is_odd ? odd : case_line(static_cast<int>(line));
      text += "\n";
    }
    for (std::size_t const most : {5'000U, 900'000U}) {
      std::set<std::uint32_t> lines;
      for (auto const& one : all_of(CaseBlocks::of_lines(pieces(text, most), "f")).diagnostics)
        lines.insert(one.place.line);
      EXPECT_EQ(lines, expected) << odd;
    }
  }
  // A line that begins a block, exactly.
  auto const block = [](std::size_t bytes) { return std::string(bytes - 1, ' ') + "\n"; };
  auto const found = all_of(
      CaseBlocks::of_lines(pieces(block(std::size_t{1} << 18U) + "[1]\n" + case_line(1) + "\n[2]\n", 5'000), "f"));
  ASSERT_EQ(found.diagnostics.size(), 2U) << to_string(found.diagnostics);
  EXPECT_EQ(found.diagnostics[1].place.line, 4U);
}

TEST(CaseBlocks, OneCaseOverManyLinesIsAFile)
{
  auto text = case_line(7);
  for (auto at = text.find(", "); at != std::string::npos; at = text.find(", ", at + 2)) text.replace(at, 2, ",\n");
  auto const found = all_of(CaseBlocks::of_lines(pieces(text, 30), "f"));
  EXPECT_TRUE(found.diagnostics.empty()) << to_string(found.diagnostics);
  EXPECT_EQ(found.cases, parse_cases(case_line(7), "f").value());
}

TEST(CaseBlocks, RefuseAnArrayOfJson)
{
  auto const found = all_of(CaseBlocks::of_lines(pieces("[\n" + case_line(1) + "\n]\n", 9), "f"));
  ASSERT_EQ(found.diagnostics.size(), 1U);
  EXPECT_EQ(found.diagnostics.front().code, Code::unsupported_format);
}

TEST(CaseBlocks, OfATableAreTheCasesOfTheWholeTable)
{
  std::mt19937 random(5);
  auto const one_of = [&](std::vector<std::string> const& from) { return from[random() % from.size()]; };
  for (int round = 0; round < 60; ++round) {
    std::string const end = one_of({"\n", "\r\n"});
    std::string text =
        one_of({"", "\xEF\xBB\xBF"}) + "id,person.birth_date,\"need.sum\",family.vulnerable,family.town" + end;
    std::size_t const rows = round % 20 == 0 ? 12'000 : random() % 40;
    for (std::size_t i = 0; i < rows; ++i)
      text +=
          "c" + std::to_string(i) + "," + one_of({"2019-02-28", ""}) + "," + one_of({"1.5", "200", "", "\"7\""}) + "," +
          one_of({"true", "false", ""}) + "," +
          one_of({"B\xC4\x83l\xC8\x9Bi", "\"a, b\"", "\"two\nlines\"", "\"say \"\"no\"\"\"", "5\" pipe", "\"\r\n\""}) +
          end;
    if (rows > 0 && random() % 2 == 0) text.resize(text.size() - end.size());
    auto const read = parse_table(text, "t.csv");
    ASSERT_TRUE(read) << to_string(read.diagnostics());
    auto const whole = map_cases(mapping_by_names(read->names, {&schema()}), *read, "t.csv");
    auto const found = all_of(table(text, round % 3 == 0 ? 3 : 60'000));
    ASSERT_TRUE(found.diagnostics.empty()) << to_string(found.diagnostics);
    ASSERT_EQ(found.cases, *whole) << round;
  }
}

TEST(CaseBlocks, OfATableTellTheLineOfTheFile)
{
  std::string text = "\"id\",need.sum,\"family.\ntown\"\n";  // the names take two lines
  std::string const padding(50, 'x');                        // several blocks
  for (int i = 3; i <= 30'000; ++i)
    text += "c" + std::to_string(i) +
            (i == 4 || i == 29'999 ? ",much,\n"
             : i == 20'000         ? ",1\n"
                                   : ",1," + padding + "\n");
  auto const found = all_of(table(text));
  std::set<std::uint32_t> lines;
  for (auto const& one : found.diagnostics) lines.insert(one.place.line);
  EXPECT_EQ(lines, (std::set<std::uint32_t>{4, 20'000, 29'999})) << to_string(found.diagnostics);
  EXPECT_EQ(to_string(found.diagnostics).find("much"), std::string::npos);
}

TEST(CaseBlocks, NumberCasesWithoutIdentifierAndReadWhoseLawTheyAreUnder)
{
  auto const found = all_of(table("need.sum,jurisdiction,notes,act\n1,MD,x,true\n2,UA,y,2020-01-02\n"));
  ASSERT_EQ(found.cases.size(), 2U) << to_string(found.diagnostics);
  EXPECT_EQ(found.cases[1].id.text(), "2");
  EXPECT_EQ(found.cases[1].jurisdiction, "UA");
  EXPECT_EQ(found.cases[0].facts.value("act"), Value(true));
  EXPECT_EQ(found.cases[0].facts.facts().size(), 2U) << "what names no fact is not read";
}

TEST(CaseBlocks, OfATableWithoutAFactAreRefused)
{
  auto const told = [](std::string text) {
    auto const found = all_of(table(std::move(text)));
    EXPECT_TRUE(found.cases.empty());
    return found.diagnostics.size() == 1 ? to_string(found.diagnostics.front()) : to_string(found.diagnostics);
  };
  EXPECT_EQ(
      told("id,age\n1,2\n"),
      "t.csv:1: error TUT-203: no column of the table is a fact; name the columns as facts, or say by a mapping which "
      "column is which fact");
  EXPECT_NE(told("need.sum;family.town\n3,5;Orhei\n").find("semicolons"), std::string::npos);
  EXPECT_NE(told("need.sum\tfamily.town\n3\tOrhei\n").find("tabs"), std::string::npos);
  std::string const wide("\xFF\xFEn\0e\0e\0d\0\n\0", 12);  // as spreadsheets write what they call Unicode text
  EXPECT_EQ(told(wide), "t.csv:1: error TUT-101: the first line is not UTF-8; save the table as UTF-8");
}

TEST(CaseBlocks, EndAtARowThatNeverEnds)
{
  Limits limits;
  limits.document_bytes = 1'000'000;
  auto const found = all_of(table("need.sum\n1\n\"" + std::string(3'000'000, 'x') + "\n", 70'000, limits));
  ASSERT_EQ(found.diagnostics.size(), 1U) << to_string(found.diagnostics);
  EXPECT_EQ(found.diagnostics.front().code, Code::limit_reached);
  EXPECT_EQ(found.diagnostics.front().place.line, 3U);
  EXPECT_EQ(found.cases.size(), 1U);
}

TEST(CaseBlocks, OfNothingAreNone)
{
  EXPECT_EQ(all_of(CaseBlocks::of_lines(pieces("", 1), "f")).blocks, 0U);
  EXPECT_FALSE(all_of(table("")).diagnostics.empty()) << "a table has names";
  EXPECT_TRUE(all_of(table("need.sum")).cases.empty());
}

}  // namespace
