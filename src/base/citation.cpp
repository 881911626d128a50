// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/citation.hpp>

#include <array>
#include <utility>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::pair<std::string_view, Grade>, 5> grade_names{
    {{"A", Grade::a}, {"B", Grade::b}, {"C", Grade::c}, {"D", Grade::d}, {"unverified", Grade::unverified}}};

}  // namespace

std::string_view to_string(Grade grade) noexcept { return grade_names[static_cast<std::size_t>(grade)].first; }

std::optional<Grade> parse_grade(std::string_view text) noexcept
{
  for (auto const& [name, grade] : grade_names)
    if (name == text) return grade;
  return std::nullopt;
}

std::string to_string(Citation const& citation)
{
  std::string text = citation.act;
  if (!citation.article.empty()) (text += text.empty() ? "" : " ") += citation.article;
  text += " [";
  text += to_string(citation.grade);
  return text += "]";
}

}  // namespace tutela::inline v0
