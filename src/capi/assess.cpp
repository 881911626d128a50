// SPDX-License-Identifier: Apache-2.0
/// \file
/// Assessing cases through the C library: JSON in, JSON out.

#include <tutela/engine/assess.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/case.hpp>
#include "capi/handles.hpp"

using namespace tutela::detail;

namespace {

/// What stands behind an array of handles. \throws ContractViolation when one is NULL or of another type.
template <class Handle, class Part>
std::vector<Part> parts(Handle const* const* handles, std::size_t count, HandleTag tag, Part Handle::*part)
{
  check_array(handles, count, "the handles");
  std::vector<Part> result;
  result.reserve(count);
  for (std::size_t i = 0; i < count; ++i) result.push_back(checked(handles[i], tag).*part);
  return result;
}

}  // namespace

tutela_status tutela_assess(tutela_assess_options const* options, char const* cases, size_t length,
                            tutela_text* assessments, tutela_error** error)
try {
  begin(error);
  output(assessments);
  tutela_assess_options const wanted = sized(options, tutela_assess_options TUTELA_ASSESS_OPTIONS_INIT);
  auto const on = date_from(wanted.on, "on");
  if (!on) throw tutela::ContractViolation("the day is missing: set options.on");
  tutela::Knowledge const knowledge{
      parts(wanted.networks, wanted.network_count, HandleTag::network, &tutela_network::network),
      parts(wanted.packs, wanted.pack_count, HandleTag::pack, &tutela_pack::pack),
      parts(wanted.instruments, wanted.instrument_count, HandleTag::instrument, &tutela_instrument::instrument)};
  tutela::AssessOptions how;
  how.include_unverified = wanted.include_unverified != 0;
  how.limits = limits_from(wanted.limits);
  auto const read = tutela::parse_cases(text_from(cases, length, "the text of the cases"), "cases", how.limits);
  give_text(assessments, tutela::write_assessments(tutela::assess(knowledge, read.value(), *on, how)));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}
