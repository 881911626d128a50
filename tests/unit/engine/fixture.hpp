// SPDX-License-Identifier: Apache-2.0
/// \file
/// The shipped knowledge and small cases for the tests of the engine and the report.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <tutela/engine/assess.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/io/network.hpp>
#include <tutela/rules/pack.hpp>

namespace tutela::test {

inline std::string data_file(std::string const& name)
{
  return std::string(TUTELA_SOURCE_DIR "/examples/data/") + name;
}

inline std::string file_text(std::string const& path)
{
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The fictional network, Chisinau, the Moldovan pack and OGRS3.
inline Knowledge const& knowledge()
{
  static Knowledge const known = [] {
    Knowledge read;
    for (auto const* name : {"demo", "chisinau"})
      read.networks.push_back(load_network(data_file(std::string(name) + "/network.json")).value());
    read.packs.push_back(load_pack("md/child-protection").value());
    read.instruments.push_back(load_instrument("uk/ogrs3").value());
    return read;
  }();
  return known;
}

/// Cases from lines of JSON; each line gives only what differs from an empty synthetic case of a child in Moldova.
inline std::vector<Case> cases_from(std::string const& lines) { return parse_cases(lines, "test").value(); }

inline Case one_case(std::string const& members)
{
  return cases_from(R"({"format":"tutela-case/1","synthetic":true,"jurisdiction":"MD",)" + members + "}").front();
}

inline Date const day = *parse_date("2026-03-02");

inline Finding const* find(Assessment const& assessment, std::string const& decision)
{
  for (auto const& finding : assessment.findings)
    if (finding.verdict.decision == decision) return &finding;
  return nullptr;
}

inline Question const* question_on(Assessment const& assessment, std::string const& fact)
{
  for (auto const& question : assessment.questions)
    if (question.fact == fact) return &question;
  return nullptr;
}

}  // namespace tutela::test
