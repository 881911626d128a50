// SPDX-License-Identifier: Apache-2.0
/// \file
/// DMN documents of all versions as DMN 1.5 (internal).
#pragma once

#include <string>
#include <string_view>

#include "rules/xml.hpp"

namespace tutela::detail {

/// Namespace of the elements of DMN 1.5.
inline constexpr std::string_view dmn_space = "https://www.omg.org/spec/DMN/20230324/MODEL/";

/// Reads a document of DMN 1.1 to 1.5 as its DMN 1.5 form, so that the reader of models and whoever opens a saved copy
/// see the same. Any other XML comes as it is.
///
/// What earlier versions wrote differently: the namespaces of model, FEEL and diagrams; references to types, which were
/// qualified names in 1.1 and are names since; imports, which had no name in 1.1; the order of variable and logic in a
/// business knowledge model. Extension elements are not touched.
Result<XmlElement> parse_dmn(std::string_view text, std::string const& file, Limits const& limits);

/// The document as DMN 1.5: the same bytes when it is in that form already; otherwise with the same elements,
/// attributes, texts, comments and diagrams in the same places.
/// \pre `parse_dmn` accepts the text.
std::string write_dmn(std::string_view text, Limits const& limits);

}  // namespace tutela::detail
