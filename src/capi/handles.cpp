// SPDX-License-Identifier: Apache-2.0
/// \file
/// Texts, errors and the checks that every entry of the C library begins with.

#include "capi/handles.hpp"

#include <cstdlib>
#include <exception>
#include <new>
#include <utility>

#include <tutela/base/config.hpp>
#include <tutela/base/text.hpp>

namespace tutela::detail {
namespace {

tutela_status report(tutela_status status, std::vector<Diagnostic> diagnostics, tutela_error** error)
{
  if (error == nullptr) return status;
  std::string message = to_string(diagnostics);
  *error = new tutela_error{.diagnostics = std::move(diagnostics), .message = std::move(message)};
  return status;
}

Diagnostic finding(Code code, std::string what)
{
  return {.code = code, .severity = Severity::error, .place = {}, .what = std::move(what), .mend = {}};
}

bool reached_limit(std::vector<Diagnostic> const& diagnostics) noexcept
{
  for (Diagnostic const& diagnostic : diagnostics)
    if (diagnostic.code == Code::limit_reached) return true;
  return false;
}

tutela_status translate(tutela_error** error)
{
  try {
    throw;
  } catch (Error const& bad_input) {
    auto const status = reached_limit(bad_input.diagnostics()) ? TUTELA_LIMIT : TUTELA_INVALID_INPUT;
    return report(status, bad_input.diagnostics(), error);
  } catch (ContractViolation const& misuse) {
    return report(TUTELA_MISUSE, {finding(Code::invalid_request, misuse.what())}, error);
  } catch (std::bad_alloc const&) {
    return report(TUTELA_NO_MEMORY, {finding(Code::limit_reached, "there is not enough memory")}, error);
  } catch (std::exception const& surprise) {
    return report(TUTELA_INTERNAL, {finding(Code::internal, surprise.what())}, error);
  } catch (...) {
    return report(TUTELA_INTERNAL, {finding(Code::internal, "an exception without a text")}, error);
  }
}

}  // namespace

std::string_view text_from(char const* data, std::size_t length, std::string_view what)
{
  if (data == nullptr && length != 0) throw ContractViolation(std::string(what) + " is NULL but has a length");
  if (length == 0) return {};
  std::string_view const text(data, length);
  if (!is_utf8(text)) refuse(Code::invalid_text, std::string(what) + " is not UTF-8");
  return text;
}

std::string name_from(char const* data, std::size_t length, std::string_view what, Limits const& limits)
{
  if (data != nullptr && length > limits.text_bytes)
    refuse(Code::limit_reached, std::string(what) + " is longer than the limit text_bytes");
  std::string_view const text = text_from(data, length, what);
  if (text.empty()) refuse(Code::missing_key, std::string(what) + " is empty");
  if (text.find('\0') != std::string_view::npos) refuse(Code::invalid_text, std::string(what) + " holds a NUL");
  return std::string(text);
}

Limits limits_from(tutela_limits const* given)
{
  tutela_limits const wanted = sized(given, tutela_limits TUTELA_LIMITS_INIT);
  Limits limits;
  auto const take = [](auto& limit, std::uint64_t value) {
    if (value != 0) limit = static_cast<std::remove_reference_t<decltype(limit)>>(value);
  };
  take(limits.document_bytes, wanted.document_bytes);
  take(limits.nesting, wanted.nesting);
  take(limits.text_bytes, wanted.text_bytes);
  take(limits.elements, wanted.elements);
  take(limits.rules, wanted.rules);
  take(limits.facts, wanted.facts);
  take(limits.evaluation_steps, wanted.evaluation_steps);
  take(limits.possible_values, wanted.possible_values);
  take(limits.completions, wanted.completions);
  take(limits.search_steps, wanted.search_steps);
  take(limits.diagnostics, wanted.diagnostics);
  take(limits.value_parts, wanted.value_parts);
  take(limits.calls, wanted.calls);
  return limits;
}

Language language_from(tutela_view code)
{
  std::string_view const given = text_from(code, "the language");
  auto const spoken = given.empty() ? Language::en : parse_language(given);
  if (!spoken)
    refuse(Code::not_allowed, "the language is none that explanations are written in", "use en, ro, uk or ru");
  return *spoken;
}

std::vector<std::string> texts_from(tutela_view const* array, std::size_t count, char const* what)
{
  check_array(array, count, what);
  if (count > Limits{}.elements) refuse(Code::limit_reached, std::string(what) + " are more than the limit elements");
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) texts.emplace_back(text_from(array[i], what));
  return texts;
}

Asking asking_from(tutela_decide_options const* given)
{
  tutela_decide_options const wanted = sized(given, tutela_decide_options TUTELA_DECIDE_OPTIONS_INIT);
  Asking asking;
  asking.on = date_from(wanted.on, "on");
  asking.options.law_on = date_from(wanted.law_on, "law_on");
  asking.options.known_on = date_from(wanted.known_on, "known_on");
  asking.options.include_unverified = wanted.include_unverified != 0;
  asking.options.jurisdiction = text_from(wanted.jurisdiction, "the jurisdiction");
  asking.options.limits = limits_from(wanted.limits);
  return asking;
}

std::optional<Date> date_from(tutela_date const& given, std::string_view what)
{
  if (given.year == 0 && given.month == 0 && given.day == 0) return std::nullopt;
  auto const date = make_date(given.year, given.month, given.day);
  if (!date) refuse(Code::invalid_date, std::string(what) + " is not a day of the calendar");
  return date;
}

void give_text(tutela_text* place, std::string_view text)
{
  tutela_text& out = output(place);
  auto* data = static_cast<char*>(std::malloc(text.size() + 1));
  if (data == nullptr) throw std::bad_alloc();
  if (!text.empty()) std::memcpy(data, text.data(), text.size());
  data[text.size()] = '\0';
  out = {data, text.size()};
}

void refuse(Code code, std::string what, std::string mend)
{
  Diagnostic diagnostic = finding(code, std::move(what));
  diagnostic.mend = std::move(mend);
  throw Error({std::move(diagnostic)});
}

tutela_status caught(tutela_error** error) noexcept
{
  try {
    return translate(error);
  } catch (...) {  // not even the error object could be made
    return TUTELA_NO_MEMORY;
  }
}

}  // namespace tutela::detail

using namespace tutela::detail;

uint32_t tutela_version(void)
{
  return TUTELA_VERSION_MAJOR * 1'000'000U + TUTELA_VERSION_MINOR * 1'000U + TUTELA_VERSION_PATCH;
}

void tutela_text_free(tutela_text* text)
{
  if (text == nullptr) return;
  std::free(text->data);
  *text = {nullptr, 0};
}

void tutela_error_free(tutela_error* error) { delete error; }

tutela_status tutela_error_message(tutela_error const* error, tutela_view* message)
try {
  output(message) = view_of(checked(error, HandleTag::error).message);
  return TUTELA_OK;
} catch (...) {
  return caught(nullptr);
}

tutela_status tutela_error_at(tutela_error const* error, size_t index, tutela_diagnostic* diagnostic)
try {
  auto const& diagnostics = checked(error, HandleTag::error).diagnostics;
  output(diagnostic);
  if (index >= diagnostics.size()) return TUTELA_END;
  tutela::Diagnostic const& found = diagnostics[index];
  tutela_diagnostic filled = TUTELA_DIAGNOSTIC_INIT;
  filled.code = static_cast<std::uint32_t>(found.code);
  filled.severity = static_cast<std::uint32_t>(found.severity);
  filled.line = found.place.line;
  filled.column = found.place.column;
  filled.file = view_of(found.place.file);
  filled.pointer = view_of(found.place.pointer);
  filled.what = view_of(found.what);
  filled.mend = view_of(found.mend);
  write_sized(diagnostic, filled);
  return TUTELA_OK;
} catch (...) {
  return caught(nullptr);
}
