// SPDX-License-Identifier: Apache-2.0
/// \file
/// What one decision from five facts costs in C++: the base for the same figures in C, Java and C#.
#include <array>
#include <chrono>
#include <cstdio>
#include <limits>

#include <tutela/rules/pack.hpp>
#include <tutela/rules/session.hpp>

namespace {

bool volatile sink = false;

/// Nanoseconds for one turn, the least of 500 rounds, short ones, so that some run undisturbed.
template <class Turn>
double best(int turns, Turn turn)
{
  double least = std::numeric_limits<double>::max();
  for (int round = 0; round < 500; ++round) {
    auto const start = std::chrono::steady_clock::now();
    for (int i = 0; i < turns; ++i) turn();
    std::chrono::duration<double, std::nano> const took = std::chrono::steady_clock::now() - start;
    least = std::min(least, took.count() / turns);
  }
  return least;
}

}  // namespace

int main()
{
  auto const law = tutela::load_pack("md/child-protection").value();
  tutela::Session child(law);
  tutela::PreparedDecision const day_service(law, "day_service", tutela::make_date(2026, 3, 2));
  auto const born = *child.slot("person.birth_date");
  std::array const yes{*child.slot("family.vulnerable"), *child.slot("person.lives_in_chisinau"),
                       *child.slot("person.on_record"), *child.slot("person.is_mother")};
  auto const five = [&] {
    child.set(born, *tutela::make_date(2025, 1, 10));
    for (auto const slot : yes) child.set(slot, true);
  };
  double const facts = best(2'000, five);
  double const answer = best(2'000, [&] {
    five();
    sink = child.decide(day_service).value().as_boolean() != nullptr;
  });
  double const verdict = best(50, [&] {
    five();
    sink = child.verdict(day_service).outcome == tutela::Outcome::known;
  });
  std::printf(
      "C++: five facts set %.0f ns, five facts and the answer %.0f ns, five facts and a verdict with reasons %.0f ns\n",
      facts, answer, verdict);
  return 0;
}
