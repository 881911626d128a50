// SPDX-License-Identifier: Apache-2.0
/// \file
/// Papers of cases, and which papers the law asks for, from JSON and to JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/casework/document.hpp>
#include <tutela/casework/paper_need.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// The papers of one case.
struct CaseDocuments {
  CaseId subject;                   ///< Pseudonym of the case, unique in a file.
  std::vector<Document> documents;  ///< Its papers. What they say is in the facts of the case.

  friend bool operator==(CaseDocuments const&, CaseDocuments const&) = default;
};

/// Reads papers from JSON text in the format `tutela-documents/1`.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<std::vector<CaseDocuments>> parse_documents(std::string_view json,
                                                                            std::string const& file = {},
                                                                            Limits const& limits = {});

/// The same from a file; `-` is standard input.
[[nodiscard]] TUTELA_API Result<std::vector<CaseDocuments>> load_documents(std::string const& path,
                                                                           Limits const& limits = {});

/// Papers as JSON text in the format `tutela-documents/1`; reading it again gives the same papers.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_documents(std::vector<CaseDocuments> const& cases, int indent = 0);

/// Reads which papers the law asks for from JSON text in the format `tutela-paper-law/1`.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<PaperLaw> parse_paper_law(std::string_view json, std::string const& file = {},
                                                          Limits const& limits = {});

/// Loads it by path, or what ships with the library by the folder of its country: `md`.
[[nodiscard]] TUTELA_API Result<PaperLaw> load_paper_law(std::string const& path_or_id, Limits const& limits = {});

/// How papers stand, as JSON text, with the texts of law that it rests on.
/// \param law    What it was made with.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_needed_papers(NeededPapers const& papers, PaperLaw const& law,
                                                         int indent = 0);

}  // namespace tutela::inline v0
