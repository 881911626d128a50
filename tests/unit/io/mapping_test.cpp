// SPDX-License-Identifier: Apache-2.0
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <tutela/io/mapping.hpp>
#include "io/cell_reader.hpp"

using namespace tutela;

namespace {

std::string const text = R"({
  "format": "tutela-mapping/1",
  "name": "synthetic",
  "separator": ";",
  "case": {"id_column": "no", "jurisdiction": "MD", "kind": "child_protection", "synthetic": true},
  "columns": [
    {"column": "born", "fact": "person.birth_date", "type": "date", "date_form": "d.mm.yyyy", "uncertain": ["?"]},
    {"column": "sum", "fact": "need.sum", "type": "number", "decimal_mark": ",", "group_mark": "."},
    {"column": "sex", "fact": "person.sex", "type": "code", "codes": {"F": "female", "M": "male"}, "none": [""]},
    {"column": "town", "fact": "family.town", "unknown": ["-"]}
  ],
  "ignored": ["notes"]
})";

Mapping mapping() { return parse_mapping(text, "m.json").value(); }

Result<std::vector<Case>> map(std::string const& csv)
{
  return map_cases(mapping(), parse_table(csv, "t.csv", {}, ';').value(), "t.csv");
}

std::string findings(std::vector<Diagnostic> const& diagnostics)
{
  std::string lines;
  for (auto const& one : diagnostics)
    lines += std::to_string(one.place.line) + " " + one.place.pointer + ": " + one.what + "\n";
  return lines;
}

std::string replaced(std::string const& from, std::string const& to)
{
  auto changed = text;
  auto const at = changed.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return changed.replace(at, from.size(), to);
}

TEST(Mapping, CellsBecomeFacts)
{
  auto const cases =
      map("notes;no;born;sum;sex;town\n"
          "x; 1 ;3.09.2019;1.250,50;F;Orhei\n"
          "\"two\nlines\";2;?;;;-\n");
  ASSERT_TRUE(cases) << findings(cases.diagnostics());
  ASSERT_EQ(cases->size(), 2U);
  auto const& first = cases->front();
  EXPECT_EQ(first.id.text(), "1");
  EXPECT_TRUE(first.synthetic);
  EXPECT_EQ(first.jurisdiction, "MD");
  EXPECT_EQ(first.facts.value("person.birth_date"), Value(Date{2019, 9, 3}));
  EXPECT_EQ(first.facts.value("need.sum"), Value(*Decimal::parse("1250.50")));
  EXPECT_EQ(first.facts.value("person.sex"), Value(std::string("female")));
  EXPECT_EQ(first.facts.value("family.town"), Value(std::string("Orhei")));
  auto const& second = cases->back().facts;
  EXPECT_TRUE(second.value("person.birth_date").is(Kind::uncertain));
  EXPECT_EQ(second.find("need.sum"), nullptr) << "an empty cell is unknown";
  ASSERT_NE(second.find("person.sex"), nullptr);
  EXPECT_TRUE(second.value("person.sex").is_none()) << "this column says so";
  EXPECT_EQ(second.find("family.town"), nullptr);
}

// Every mismatch at once: one line for each column and kind of trouble, on the line of the first, without what the cell holds.
TEST(Mapping, EveryMismatchIsReportedAtOnce)
{
  auto const cases =
      map("no;born;sum;sex;colour\n"
          "1;31.02.2019;1,250.50;female;red\n"
          "\"2\n\";3.9.2019;12.50;F;red\n"
          "1;3.09.19;-12;X;red\n"
          ";;;;\n");
  ASSERT_FALSE(cases);
  EXPECT_EQ(findings(cases.diagnostics()),
            "1 town: the table has no column \"town\"\n"
            "1 colour: the mapping does not speak of the column \"colour\"\n"
            "2 born: this is no day in the form d.mm.yyyy (3 cells, first here)\n"
            "2 sum: this is no number with the marks of the column (2 cells, first here)\n"
            "2 sex: this code is none of the column's (2 cells, first here)\n"
            "5 no: another row has the same identifier (1 cell)\n"
            "6 no: the case has no identifier (1 cell)\n");
  for (auto const& one : cases.diagnostics()) EXPECT_EQ(one.place.file, "t.csv");
}

TEST(Mapping, BytesThatAreNoTextAreRefused)
{
  auto const cases = map("no;born;sum;sex;town;notes\n1;;;;\xff;\n\xfe;;;;;\n");
  ASSERT_FALSE(cases);
  EXPECT_EQ(findings(cases.diagnostics()), "2 town: this is not UTF-8 (1 cell)\n3 no: this is not UTF-8 (1 cell)\n");
}

TEST(Mapping, WhatIsWrongWithAMapping)
{
  auto const wrong = [](std::string const& from, std::string const& to) {
    auto const read = parse_mapping(replaced(from, to), "m.json");
    return read ? std::string("read") : findings(read.diagnostics());
  };
  EXPECT_EQ(wrong("\"synthetic\"", "\"other name\""), "read");
  EXPECT_NE(wrong("d.mm.yyyy", "d.mm.yy"), "read");
  EXPECT_NE(wrong("d.mm.yyyy", "d.d.yyyy"), "read");
  EXPECT_NE(wrong("\"date\"", "\"text\""), "read") << "a form without a date";
  EXPECT_NE(wrong("\"group_mark\": \".\"", "\"group_mark\": \",\""), "read");
  EXPECT_NE(wrong("\"group_mark\": \".\"", "\"group_mark\": \"0\""), "read");
  EXPECT_NE(wrong("{\"F\": \"female\", \"M\": \"male\"}", "{}"), "read");
  EXPECT_NE(wrong("\"F\": \"female\"", "\"F\": null"), "read");
  EXPECT_NE(wrong("\"none\": [\"\"]", "\"none\": [\"F\"]"), "read") << "one cell, two meanings";
  EXPECT_NE(wrong("\"person.sex\"", "\"need.sum\""), "read") << "one fact, two columns";
  EXPECT_NE(wrong("[\"notes\"]", "[\"town\"]"), "read");
  EXPECT_NE(wrong("\"MD\"", "\"Moldova\""), "read");
  EXPECT_NE(wrong("\";\"", "\"|\""), "read");
  EXPECT_NE(wrong("\"separator\"", "\"seperator\""), "read");
  EXPECT_NE(wrong("mapping/1", "mapping/2"), "read");
}

std::string list_column(std::string const& more)
{
  return replaced(R"({"column": "town", "fact": "family.town", "unknown": ["-"]})",
                  R"({"column": "town", "fact": "family.towns", "unknown": ["-"], )" + more + "}");
}

Value texts(std::vector<std::string> const& words)
{
  List list;
  for (auto const& word : words) list.items.emplace_back(word);
  return Value(std::move(list));
}

TEST(Mapping, ACellWithSeveralValuesIsAList)
{
  auto const read = [](std::string const& more, std::string const& cells) {
    auto const mapping = parse_mapping(list_column(more), "m.json");
    if (!mapping) throw Error(mapping.diagnostics());
    return map_cases(*mapping, parse_table("no;born;sum;sex;town\n" + cells, "t.csv", {}, ';').value(), "t.csv");
  };
  std::string const plain =
      R"("list_mark": ";", "nothing": ["none", ""], "none": ["no such thing"], "uncertain": ["?"])";
  auto const cases = read(plain,
                          "1;;;;\" Orhei ;Soroca;Orhei\"\n2;;;;Orhei\n3;;;;none\n4;;;;?\n5;;;;-\n6;;;;no such thing\n"
                          "7;;;;\n");
  ASSERT_TRUE(cases) << findings(cases.diagnostics());
  auto const at = [&](std::size_t row) { return (*cases)[row].facts.value("family.towns"); };
  EXPECT_EQ(at(0), texts({"Orhei", "Soroca", "Orhei"}));
  EXPECT_TRUE(at(0).as_list()->complete);
  EXPECT_EQ(at(1), texts({"Orhei"}));
  EXPECT_EQ(at(2), texts({}));
  EXPECT_TRUE(at(3).is(Kind::uncertain));
  EXPECT_EQ((*cases)[4].facts.find("family.towns"), nullptr) << "the word for unknown";
  EXPECT_TRUE(at(5).is_none());
  EXPECT_EQ(at(6), texts({})) << "this column says so of the empty cell";
  EXPECT_EQ(read(R"("list_mark": "|")", "1;;;;\n")->front().facts.find("family.towns"), nullptr)
      << "unknown, not empty";

  auto const numbers = read(R"("list_mark": " / ", "type": "number", "decimal_mark": ",", "group_mark": ".")",
                            "1;;;;1.250,50 / -3 / 0\n");
  ASSERT_TRUE(numbers) << findings(numbers.diagnostics());
  EXPECT_EQ(to_string(numbers->front().facts.value("family.towns")), "[1250.5, -3, 0]");
  auto const days =
      read(R"("list_mark": ",", "type": "date", "date_form": "d.m.yyyy")", "1;;;;\"1.2.2020, 03.04.2021\"\n");
  ASSERT_TRUE(days) << findings(days.diagnostics());
  EXPECT_EQ(days->front().facts.value("family.towns"), Value(List{{Value(Date{2020, 2, 1}), Value(Date{2021, 4, 3})}}));
  auto const codes = read(R"("list_mark": "|", "type": "code", "codes": {"a": true, "b": 7})", "1;;;;b|a\n");
  ASSERT_TRUE(codes) << findings(codes.diagnostics());
  EXPECT_EQ(to_string(codes->front().facts.value("family.towns")), "[7, true]");

  auto const wrong = read(R"("list_mark": "|", "type": "code", "codes": {"a": true}, "uncertain": ["?"])",
                          "1;;;;a||a\n2;;;;a|\n3;;;;a|?\n4;;;;a|secret\n5;;;;|\n6;;;;a|-\n");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(findings(wrong.diagnostics()),
            "2 town: a value of the list is empty (3 cells, first here)\n"
            "4 town: a word that speaks of a whole cell stands among values (2 cells, first here)\n"
            "5 town: this code is none of the column's (1 cell)\n");
  Limits few;
  few.elements = 2;
  auto const mapping = parse_mapping(list_column(R"("list_mark": "|")"), "m.json").value();
  auto const table = parse_table("no;born;sum;sex;town\n1;;;;a|b|c\n", "t.csv", {}, ';').value();
  auto const long_list = map_cases(mapping, table, "t.csv", few);
  ASSERT_FALSE(long_list);
  EXPECT_EQ(long_list.diagnostics().front().code, Code::limit_reached);
}

TEST(Mapping, WhatIsWrongWithAMarkBetweenValues)
{
  for (std::string const more :
       {R"("list_mark": "")", R"("list_mark": "a")", R"("list_mark": "-")", R"("list_mark": ";;;;;")",
        R"("nothing": ["-"])", R"("list_mark": ",", "type": "number", "decimal_mark": ",")",
        R"("list_mark": ".", "type": "number", "decimal_mark": ",", "group_mark": ".")",
        R"("list_mark": ".", "type": "date", "date_form": "d.m.yyyy")",
        R"("list_mark": "/", "type": "code", "codes": {"a/b": 1})", R"("list_mark": ";", "nothing": ["-"])"})
    EXPECT_FALSE(parse_mapping(list_column(more), "m.json")) << more;
}

TEST(Mapping, AListGoesToAFactThatIsOne)
{
  FactDeclaration town;
  town.name = "family.towns";
  town.type = Kind::list;
  town.allowed = {Value(std::string("Orhei"))};
  auto const found = [&](std::string const& more) {
    std::string told;
    for (auto const& one : check_mapping(parse_mapping(list_column(more), "m.json").value(), Schema({town})))
      if (one.place.pointer == "town") told += std::string(to_string(one.code)) + " ";
    return told;
  };
  EXPECT_EQ(found(R"("list_mark": ";")"), "");
  EXPECT_EQ(found(R"("type": "text")"), std::string(to_string(Code::wrong_type)) + " ");
  EXPECT_EQ(found(R"("list_mark": ";", "type": "code", "codes": {"o": "Orhei"})"), "");
  EXPECT_EQ(found(R"("list_mark": ";", "type": "code", "codes": {"s": "Soroca"})"),
            std::string(to_string(Code::not_allowed)) + " ");
  town.type = Kind::string;
  EXPECT_EQ(found(R"("list_mark": ";")"), std::string(to_string(Code::wrong_type)) + " ");
}

TEST(Mapping, AgainstWhatAPackReads)
{
  FactDeclaration born;
  born.name = "person.birth_date";
  born.type = Kind::string;
  FactDeclaration sex;
  sex.name = "person.sex";
  sex.type = Kind::string;
  sex.allowed = {Value(std::string("female"))};
  FactDeclaration sum;
  sum.name = "need.sum";
  sum.type = Kind::number;
  auto const found = check_mapping(mapping(), Schema({born, sex, sum}));
  ASSERT_EQ(found.size(), 3U) << findings(found);
  EXPECT_EQ(found[0].code, Code::wrong_type);
  EXPECT_EQ(found[1].code, Code::not_allowed);
  EXPECT_EQ(found[2].code, Code::unknown_fact);
  EXPECT_EQ(found[2].place.pointer, "town");
}

TEST(Mapping, Numbers)
{
  ColumnMapping column;
  column.decimal_mark = ',';
  column.group_mark = "\u00a0";
  auto const read = [&](std::string const& cell) {
    auto const number = detail::number_with_marks(cell, column);
    return number ? number->to_string() : std::string("none");
  };
  EXPECT_EQ(read("1\u00a0250,50"), "1250.5");
  EXPECT_EQ(read("-12\u00a0000"), "-12000");
  EXPECT_EQ(read("0,5"), "0.5");
  EXPECT_EQ(read("1250"), "1250");
  for (auto const* wrong : {"", "-", ",5", "5,", "1\u00a025", "1250\u00a0000", "\u00a0125", "1.5", "1,5,0", "+1", "1e3",
                            "--1", "1\u00a0250\u00a01", "١"})
    EXPECT_EQ(read(wrong), "none") << wrong;
}

// Whatever day is written in a form is read back, and as the same day by an independent reading of the parts.
TEST(Mapping, DaysInEveryForm)
{
  std::mt19937 random(20'261'123);
  char const* const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (int i = 0; i < 2'000; ++i) {
    Date const day = *from_days(static_cast<std::int64_t>(random() % 50'000U));
    auto const two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    auto const year = std::to_string(day.year);
    int const month = day.month;
    int const number = day.day;
    EXPECT_EQ(detail::date_in_form(two(number) + "." + two(month) + "." + year, "dd.mm.yyyy"), day);
    EXPECT_EQ(detail::date_in_form(std::to_string(month) + "/" + std::to_string(number) + "/" + year, "m/d/yyyy"), day);
    EXPECT_EQ(detail::date_in_form(two(number) + "-" + names[month - 1] + "-" + year, "dd-mmm-yyyy"), day);
    EXPECT_EQ(detail::date_in_form(year + two(month) + two(number), "yyyymmdd"), day);
    EXPECT_EQ(detail::date_in_form(to_string(day) + " ", "yyyy-mm-dd"), std::nullopt);
  }
  EXPECT_EQ(detail::date_in_form("29.02.2023", "dd.mm.yyyy"), std::nullopt);
  EXPECT_EQ(detail::date_in_form("1.02.2023", "dd.mm.yyyy"), std::nullopt);
  EXPECT_EQ(detail::date_in_form("01-jan-2023", "dd-mmm-yyyy"), std::nullopt);
}

TEST(Table, IsWrittenForASpreadsheet)
{
  TextTable table{{"case", "a;b"}, {{"=1+1", "-5", "ș"}, {"say \"no\"", "@x", "two\nlines"}}};
  EXPECT_EQ(write_table(table),
            "\xEF\xBB\xBF"
            "case;\"a;b\"\r\n"
            "'=1+1;\"say \"\"no\"\"\"\r\n"
            "-5;'@x\r\n"
            "ș;\"two\nlines\"\r\n");
  auto const again = parse_table(write_table(table, ','), "t.csv").value();
  EXPECT_EQ(again.names, table.names);
  EXPECT_EQ(again.columns[1][2], "two\nlines");
  EXPECT_EQ(again.lines, (std::vector<std::uint32_t>{2, 3, 4}));
}

}  // namespace
