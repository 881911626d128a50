// SPDX-License-Identifier: Apache-2.0
/// \file
/// XML as pugixml holds it (internal): for what rewrites a document before it is read, or prints it again.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "rules/xml.hpp"

namespace tutela::detail {

/// A whole document, with its comments, white space and processing instructions.
using XmlTree = std::unique_ptr<pugi::xml_document>;

/// Checks and parses a document as `parse_xml` does.
Result<XmlTree> load_xml(std::string_view text, std::string const& file, Limits const& limits);

/// The elements of a document that was loaded from `text`.
XmlElement copy_xml(pugi::xml_document const& tree, std::string_view text);

}  // namespace tutela::detail
