// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include <tutela/engine/assess.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/io/network.hpp>
#include <tutela/rules/pack.hpp>

// tutela::Error is thrown where an input is bad; its text lists everything that is wrong, with places.
int main()
{
  tutela::Knowledge knowledge;
  for (auto const* name : {"network.json"}) knowledge.networks.push_back(tutela::load_network(name).value());
  for (auto const* name : {"md/child-protection"}) knowledge.packs.push_back(tutela::load_pack(name).value());
  for (auto const* name : {"uk/ogrs3"}) knowledge.instruments.push_back(tutela::load_instrument(name).value());

  auto const cases = tutela::load_cases("cases.ndjson").value();

  auto const on = tutela::parse_date("2026-03-01").value();
  std::cout << tutela::write_assessments(tutela::assess(knowledge, cases, on));
}
