// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading of the `tutela:` extension elements of a DMN file (internal).
#pragma once

#include <string>
#include <string_view>

#include <tutela/base/diagnostic.hpp>

#include "rules/model.hpp"
#include "rules/xml.hpp"

namespace tutela::detail {

/// Namespace of the extension elements.
inline constexpr std::string_view tutela_space = "urn:tutela:dmn:1";

/// Dates, citations, labels and duties of a decision or a rule.
LawNote read_law_note(XmlElement const& owner, std::string const& file, Diagnostics& diagnostics);

/// What an input or a component says about its fact.
FactNote read_fact_note(XmlElement const& owner, std::string const& file, Diagnostics& diagnostics);

}  // namespace tutela::detail
