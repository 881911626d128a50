// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/diagnostic.hpp>

#include <iterator>
#include <utility>

namespace tutela::inline v0 {

std::string_view to_string(Severity severity) noexcept
{
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: break;
  }
  return "note";
}

std::string to_string(Code code) { return "TUT-" + std::to_string(static_cast<unsigned>(code)); }

std::string to_string(Diagnostic const& diagnostic)
{
  std::string text = diagnostic.place.file;
  if (diagnostic.place.line > 0) {
    text += ":" + std::to_string(diagnostic.place.line);
    if (diagnostic.place.column > 0) text += ":" + std::to_string(diagnostic.place.column);
  }
  if (!diagnostic.place.pointer.empty()) (text += text.empty() ? "" : " ") += diagnostic.place.pointer;
  if (!text.empty()) text += ": ";
  text += std::string(to_string(diagnostic.severity)) + " " + to_string(diagnostic.code) + ": " + diagnostic.what;
  if (!diagnostic.mend.empty()) text += "; " + diagnostic.mend;
  return text;
}

std::string to_string(std::vector<Diagnostic> const& diagnostics)
{
  std::string text;
  for (auto const& diagnostic : diagnostics) (text += text.empty() ? "" : "\n") += to_string(diagnostic);
  return text;
}

void Diagnostics::add(Diagnostic diagnostic)
{
  ++count_;
  if (diagnostic.severity == Severity::error) ++errors_;
  // An error always finds a place, so that a failure never comes without one.
  if (list_.size() < keep_ || (errors_ == 1 && diagnostic.severity == Severity::error))
    list_.push_back(std::move(diagnostic));
}

void Diagnostics::error(Code code, Place place, std::string what, std::string mend)
{
  add({code, Severity::error, std::move(place), std::move(what), std::move(mend)});
}

void Diagnostics::warning(Code code, Place place, std::string what, std::string mend)
{
  add({code, Severity::warning, std::move(place), std::move(what), std::move(mend)});
}

void Diagnostics::append(std::vector<Diagnostic> others)
{
  for (auto& other : others) add(std::move(other));
}

std::vector<Diagnostic> Diagnostics::take() &&
{
  if (count_ > list_.size()) {
    Diagnostic note;
    note.code = Code::limit_reached;
    note.severity = Severity::note;
    note.what = std::to_string(count_ - list_.size()) + " further findings are not shown";
    note.mend = "mend these first, or raise the limit \"diagnostics\"";
    list_.push_back(std::move(note));
  }
  return std::move(list_);
}

}  // namespace tutela::inline v0
