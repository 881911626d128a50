// SPDX-License-Identifier: Apache-2.0
/// \file
/// A report without a script as one page: masthead, contents, sections of words, charts and tables (internal).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/validation_document.hpp"

namespace tutela::detail {

/// What the page says beside its sections.
struct DocumentPage {
  std::string language = "en";    ///< Code of the language of the words.
  std::string title;              ///< Heading and title.
  std::vector<std::string> lede;  ///< Lines under the heading.
  Markup mark;                    ///< What must be seen first, such as that data are made up; may be empty.
  std::string skip;               ///< Words of the link that skips to the sections.
  std::string contents;           ///< Name of the list of sections, for screen readers.
};

/// A table with its caption; the first cell of a row names it.
Markup to_markup(DocumentTable const& table);

/// A section with its heading, paragraphs, charts and tables.
Markup to_markup(DocumentSection const& section);

/// The page. \param entries Anchors and names of the sections. \param body The sections. \param styles More style sheets
/// of our own.
std::string document_page(DocumentPage const& page, std::vector<std::pair<std::string, std::string>> const& entries,
                          Markup const& body, std::vector<std::string_view> const& styles = {});

}  // namespace tutela::detail
