// SPDX-License-Identifier: Apache-2.0
/// \file
/// Small models for the tests, written as DMN.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rules/model.hpp"
#include "rules/pack_impl.hpp"

namespace tutela::test {

/// A DMN 1.5 document around some elements.
inline std::string dmn(std::string const& elements)
{
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:tutela="urn:tutela:dmn:1"
    id="test" name="test" namespace="urn:test">
)" + elements +
         "\n</definitions>\n";
}

/// An input of a type.
inline std::string input(std::string const& name, std::string const& type, std::string const& fact = "")
{
  auto const note = fact.empty() ? "" : "<extensionElements><tutela:fact " + fact + "/></extensionElements>";
  return "<inputData id=\"in_" + name + "\" name=\"" + name + "\">" + note + "<variable name=\"" + name +
         "\" typeRef=\"" + type + "\"/></inputData>\n";
}

/// An enumeration or a range as a type.
inline std::string item(std::string const& name, std::string const& type, std::string const& allowed)
{
  return "<itemDefinition name=\"" + name + "\"><typeRef>" + type + "</typeRef><allowedValues><text>" + allowed +
         "</text></allowedValues></itemDefinition>\n";
}

/// Escaped for XML.
inline std::string escaped(std::string const& text)
{
  std::string result;
  for (char const c : text) {
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else
      result += c;
  }
  return result;
}

/// A decision with inputs and a body.
inline std::string decision(std::string const& name, std::vector<std::string> const& inputs, std::string const& body,
                            std::string const& extension = "", std::string const& id = "")
{
  std::string text = "<decision id=\"" + (id.empty() ? "d_" + name : id) + "\" name=\"" + name + "\">";
  if (!extension.empty()) text += "<extensionElements>" + extension + "</extensionElements>";
  text += "<variable name=\"" + name + "\"/>";
  for (auto const& in : inputs)
    text += "<informationRequirement><required" + std::string(in.rfind("d_", 0) == 0 ? "Decision" : "Input") +
            " href=\"#" + (in.rfind("d_", 0) == 0 ? in : "in_" + in) + "\"/></informationRequirement>";
  return text + body + "</decision>\n";
}

/// A literal expression.
inline std::string literal(std::string const& text)
{
  return "<literalExpression><text>" + escaped(text) + "</text></literalExpression>";
}

/// A table over inputs of these names.
inline std::string table(std::string const& policy, std::vector<std::string> const& inputs,
                         std::vector<std::pair<std::vector<std::string>, std::string>> const& rules,
                         std::string const& fallback = "", std::string const& output_values = "")
{
  std::string text = "<decisionTable " + policy + ">";
  for (auto const& in : inputs) text += "<input><inputExpression><text>" + in + "</text></inputExpression></input>";
  text += "<output>";
  if (!output_values.empty()) text += "<outputValues><text>" + output_values + "</text></outputValues>";
  if (!fallback.empty()) text += "<defaultOutputEntry><text>" + fallback + "</text></defaultOutputEntry>";
  text += "</output>";
  for (auto const& [tests, output] : rules) {
    text += "<rule>";
    for (auto const& test : tests) text += "<inputEntry><text>" + escaped(test) + "</text></inputEntry>";
    text += "<outputEntry><text>" + escaped(output) + "</text></outputEntry></rule>";
  }
  return text + "</decisionTable>";
}

/// The model of one document in legal mode.
inline Result<std::shared_ptr<detail::Model const>> model(std::string const& text, Mode mode = Mode::legal)
{
  return detail::read_model({{"test.dmn", text}}, false, mode, {});
}

/// The pack of one document.
inline Pack pack(std::string const& text)
{
  auto read = model(text);
  if (!read) throw Error(read.diagnostics());
  return detail::make_pack({}, *std::move(read));
}

/// A record of facts.
inline Record record(std::vector<std::pair<std::string, Value>> facts)
{
  RecordBuilder builder;
  for (auto& [name, value] : facts) builder.set(name, std::move(value));
  return std::move(builder).build().value();
}

inline Value number(int value) { return Value(Decimal(value)); }

}  // namespace tutela::test
