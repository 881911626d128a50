// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include <tutela/io/explanation.hpp>
#include <tutela/rules/pack.hpp>

int main()
{
  auto const law = tutela::load_pack("md/child-protection").value();  // throws tutela::Error with all that is wrong
  auto const born = tutela::make_date(2025, 1, 10);
  auto const on = tutela::make_date(2026, 3, 2);  // there is no clock: the day is always an argument

  tutela::RecordBuilder facts;
  facts.set("person.birth_date", tutela::Value(*born));
  auto const record = std::move(facts).build().value();

  auto const proof = law.prove("day_service", record, on);  // law.decide(...) gives the verdict alone
  std::cout << tutela::explain(proof);                      // the answer, what to ask, from which article

  if (proof.verdict.outcome == tutela::Outcome::unknown) {  // unknown is an answer, never a failure and never "no"
    std::cout << "ask: " << proof.verdict.missing.front() << '\n';
  }
}
