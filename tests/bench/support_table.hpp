// SPDX-License-Identifier: Apache-2.0
/// \file
/// The table of 12 rules by 5 inputs that engines are compared on, with its random cases. Synthetic: no law says this.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace tutela::bench {

/// One case of the table.
struct SupportCase {
  int age = 0;         ///< 0 to 99.
  int income = 0;      ///< 0 to 19,999.
  int children = 0;    ///< 0 to 7.
  std::string status;  ///< One of `support_status`.
  bool disability = false;
};

/// The allowed texts of `status`.
inline constexpr std::array<char const*, 5> support_status{"citizen", "resident", "refugee", "stateless", "visitor"};

/// The names of the inputs, in the order of the columns.
inline constexpr std::array<char const*, 5> support_inputs{"age", "income", "children", "status", "disability"};

/// One rule: five unary tests of FEEL and the output.
struct SupportRule {
  std::array<char const*, 5> tests;
  char const* output;
};

/// Hit policy FIRST; every case meets the last rule at the latest.
inline constexpr std::array<SupportRule, 12> support_rules{{
    {{"-", "-", "-", "\"visitor\"", "-"}, "\"none\""},
    {{"< 3", "< 4000", "-", "\"citizen\", \"resident\"", "-"}, "\"infant allowance\""},
    {{"< 18", "-", "-", "\"refugee\", \"stateless\"", "-"}, "\"guardian\""},
    {{"< 18", "-", "-", "-", "true"}, "\"child disability allowance\""},
    {{">= 18", "< 6000", ">= 3", "not(\"stateless\")", "-"}, "\"large family support\""},
    {{"[18..63]", "< 5000", "-", "-", "true"}, "\"adult disability allowance\""},
    {{">= 63", "< 5000", "-", "\"citizen\", \"resident\"", "-"}, "\"pension supplement\""},
    {{"[16..25)", "< 2500", "0", "-", "-"}, "\"start in work\""},
    {{">= 18", "< 2500", "[1..2]", "-", "false"}, "\"family support\""},
    {{"-", "< 1500", "-", "-", "-"}, "\"social aid\""},
    {{"< 18", "[1500..9000)", "-", "-", "-"}, "\"school meals\""},
    {{"-", "-", "-", "-", "-"}, "\"none\""},
}};

/// 1,024 random cases; the same ones in every run.
inline std::vector<SupportCase> support_cases()
{
  std::mt19937 random(20'260'101);
  auto const below = [&](unsigned count) { return static_cast<int>(random() % count); };
  std::vector<SupportCase> cases(1'024);
  for (auto& each : cases) {
    each.age = below(100);
    each.income = below(20'000);
    each.children = below(8);
    each.status = support_status[static_cast<std::size_t>(below(5))];
    each.disability = below(4) == 0;
  }
  return cases;
}

/// The table as DMN 1.5 without dates. Numbers are declared without bounds.
inline std::string support_model()
{
  std::ostringstream text;
  text << R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="support" name="support" namespace="urn:support">
<itemDefinition name="tStatus"><typeRef>string</typeRef><allowedValues><text>)";
  char const* separator = "";
  for (auto const* status : support_status) {
    text << separator << '"' << status << '"';
    separator = ", ";
  }
  text << "</text></allowedValues></itemDefinition>\n";
  std::array<char const*, 5> const types{"number", "number", "number", "tStatus", "boolean"};
  for (std::size_t i = 0; i < types.size(); ++i) {
    char const* name = support_inputs[i];
    text << "<inputData id=\"in_" << name << "\" name=\"" << name << "\"><variable name=\"" << name << "\" typeRef=\""
         << types[i] << "\"/></inputData>\n";
  }
  text << "<decision id=\"d\" name=\"support\"><variable name=\"support\" typeRef=\"string\"/>";
  for (auto const* name : support_inputs)
    text << "<informationRequirement><requiredInput href=\"#in_" << name << "\"/></informationRequirement>";
  text << "<decisionTable hitPolicy=\"FIRST\">";
  for (auto const* name : support_inputs)
    text << "<input><inputExpression><text>" << name << "</text></inputExpression></input>";
  text << "<output/>";
  for (auto const& rule : support_rules) {
    text << "<rule>";
    for (auto const* test : rule.tests) text << "<inputEntry><text><![CDATA[" << test << "]]></text></inputEntry>";
    text << "<outputEntry><text>" << rule.output << "</text></outputEntry></rule>\n";
  }
  text << "</decisionTable></decision></definitions>\n";
  return text.str();
}

}  // namespace tutela::bench
