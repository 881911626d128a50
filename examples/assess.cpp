// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: law, scale and network together on a file of cases; what would help most if somebody asked for it.
/// EASIER FIRST: decide.cpp, score.cpp, route.cpp.
/// RUN: assess examples/data/demo/network.json examples/data/cases/synthetic-300.ndjson (all made up)

#include <iostream>
#include <map>
#include <string>

#include <tutela/engine/assess.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/io/network.hpp>
#include <tutela/rules/pack.hpp>

int main(int count, char** arguments)
try {
  if (count != 3) {
    std::cerr << "usage: assess NETWORK CASES\n";
    return 2;
  }
  auto const cases = tutela::load_cases(arguments[2]).value();

  tutela::Knowledge knowledge;
  knowledge.networks.push_back(tutela::load_network(arguments[1]).value());
  knowledge.packs.push_back(tutela::load_pack("md/child-protection").value());
  knowledge.instruments.push_back(tutela::load_instrument("uk/ogrs3").value());

  tutela::AssessOptions options;
  options.threads = 0;  // one for each processor; the result is the same
  auto const assessments = tutela::assess(knowledge, cases, tutela::Date{2026, 3, 2}, options);

  std::size_t granted = 0;
  std::size_t unknown = 0;
  std::map<std::string, std::size_t> waiting;
  for (auto const& assessment : assessments) {
    granted += assessment.count(tutela::Answer::yes);
    unknown += assessment.count(tutela::Answer::unknown);
    for (auto const& question : assessment.questions) waiting[question.fact] += question.decisions.size();
  }
  std::cout << assessments.size() << " cases, " << granted << " answers yes, " << unknown << " unknown\n";

  std::string most;
  for (auto const& [fact, decisions] : waiting)
    if (most.empty() || decisions > waiting[most]) most = fact;
  if (!most.empty()) std::cout << "most waited for: " << most << " (" << waiting[most] << " decisions)\n";
  return 0;
} catch (tutela::Error const& error) {  // everything that is wrong with the input, with file, place and remedy
  std::cerr << error.what() << '\n';
  return 2;
}
