// SPDX-License-Identifier: Apache-2.0
/// \file
/// Synthetic decisions of ten conditions each, for the benchmarks.
#pragma once

#include <sstream>
#include <string>

namespace tutela::bench {

/// A model of decisions `granted0`, `granted1` ... each over ten facts of its own: `x0` to `x9` for the first, and so on.
/// Every second fact is a Boolean that must be true, the others are scores from 0 to 100 that must lie between 20 and 90.
inline std::string ten_conditions(int decisions)
{
  std::ostringstream text;
  text << R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="ten" name="ten" namespace="urn:ten">
<itemDefinition name="tScore"><typeRef>number</typeRef><allowedValues><text>[0..100]</text></allowedValues></itemDefinition>
)";
  for (int i = 0; i < 10 * decisions; ++i)
    text << "<inputData id=\"in_" << i << "\" name=\"x" << i << "\"><variable name=\"x" << i << "\" typeRef=\""
         << (i % 2 == 0 ? "boolean" : "tScore") << "\"/></inputData>\n";
  for (int decision = 0; decision < decisions; ++decision) {
    auto const first = 10 * decision;
    text << "<decision id=\"d" << decision << "\" name=\"granted" << decision << "\"><variable name=\"granted"
         << decision << "\" typeRef=\"boolean\"/>";
    for (int i = first; i < first + 10; ++i)
      text << "<informationRequirement><requiredInput href=\"#in_" << i << "\"/></informationRequirement>";
    text << "<decisionTable hitPolicy=\"UNIQUE\">";
    for (int i = first; i < first + 10; ++i)
      text << "<input><inputExpression><text>x" << i << "</text></inputExpression></input>";
    text << "<output><defaultOutputEntry><text>false</text></defaultOutputEntry></output><rule>";
    for (int i = first; i < first + 10; ++i)
      text << "<inputEntry><text>" << (i % 2 == 0 ? "true" : "[20..90]") << "</text></inputEntry>";
    text << "<outputEntry><text>true</text></outputEntry></rule></decisionTable></decision>\n";
  }
  text << "</definitions>\n";
  return text.str();
}

}  // namespace tutela::bench
