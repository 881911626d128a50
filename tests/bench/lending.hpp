// SPDX-License-Identifier: Apache-2.0
/// \file
/// The lending model of the DMN Technology Compatibility Kit, read from where the kit lies, with synthetic applicants.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <tutela/facts/record.hpp>
#include <tutela/rules/pack.hpp>

namespace tutela::bench {

/// Where the model is; nothing where the kit is not there.
inline std::optional<std::string> lending_path()
{
  char const* const shared = std::getenv("TUTELA_SHARED");
  auto const folder = shared != nullptr ? std::string(shared) : TUTELA_SOURCE_DIR "/../shared";
  auto path = folder + "/tck/compliance-level-3/0004-lending/0004-lending.dmn";
  if (!std::ifstream(path)) return std::nullopt;
  return path;
}

/// One input of the model: its name as a fact, and whether it is a number, a text or a Boolean.
struct LendingInput {
  char const* fact;
  char kind;  ///< `n`, `t` or `b`.
};

inline constexpr std::array<LendingInput, 14> lending_inputs{{{"ApplicantData.Monthly.Income", 'n'},
                                                              {"ApplicantData.Monthly.Expenses", 'n'},
                                                              {"ApplicantData.Monthly.Repayments", 'n'},
                                                              {"ApplicantData.Age", 'n'},
                                                              {"ApplicantData.ExistingCustomer", 'b'},
                                                              {"ApplicantData.MaritalStatus", 't'},
                                                              {"ApplicantData.EmploymentStatus", 't'},
                                                              {"RequestedProduct.ProductType", 't'},
                                                              {"RequestedProduct.Amount", 'n'},
                                                              {"RequestedProduct.Rate", 'n'},
                                                              {"RequestedProduct.Term", 'n'},
                                                              {"BureauData.CreditScore", 'n'},
                                                              {"BureauData.Bankrupt", 'b'},
                                                              {"SupportingDocuments", 't'}}};

/// The inputs of one applicant as texts, in the order of `lending_inputs`.
using Applicant = std::array<std::string, lending_inputs.size()>;

/// 256 synthetic applicants; the same ones in every run.
inline std::vector<Applicant> lending_applicants()
{
  std::mt19937 random(20'260'102);
  auto const between = [&](unsigned low, unsigned high) { return std::to_string(low + random() % (high - low + 1)); };
  auto const one_of = [&](std::initializer_list<char const*> texts) {
    return std::string(*(texts.begin() + random() % texts.size()));
  };
  std::vector<Applicant> applicants(256);
  for (auto& each : applicants) {
    each = {between(1'500, 12'000),
            between(500, 5'000),
            between(0, 2'000),
            between(18, 80),
            one_of({"true", "false"}),
            one_of({"S", "M"}),
            one_of({"UNEMPLOYED", "EMPLOYED", "SELF-EMPLOYED", "STUDENT"}),
            one_of({"STANDARD LOAN", "SPECIAL LOAN"}),
            between(5'000, 600'000),
            "0.0" + between(100, 999),
            between(12, 480),
            between(500, 800),
            one_of({"true", "false", "false", "false"}),
            one_of({"YES", "NO"})};
  }
  return applicants;
}

/// The applicant as a record of facts.
inline Record record_of(Applicant const& applicant)
{
  RecordBuilder builder;
  for (std::size_t i = 0; i < applicant.size(); ++i) {
    auto const& [fact, kind] = lending_inputs[i];
    auto const& text = applicant[i];
    builder.set(fact, kind == 'n' ? Value(*Decimal::parse(text)) : kind == 'b' ? Value(text == "true") : Value(text));
  }
  return std::move(builder).build().value();
}

}  // namespace tutela::bench
