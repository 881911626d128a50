// SPDX-License-Identifier: Apache-2.0
/// \file
/// External functions: a fixed table of Java signatures, computed here without Java.
///
/// Models written for Java engines call a few functions of `java.lang`. Those of the table are computed natively;
/// every other class or signature is a clear error. Nothing is ever loaded or run.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "feel/function_value.hpp"
#include "feel/lexer.hpp"
#include "feel/partial.hpp"

namespace tutela::detail {

namespace {

using External = Value (*)(Site const& site, std::span<Value const> arguments);

// The decimal that a double prints as.
Value of_double(Site const& site, double value)
{
  std::array<char, 64> text{};
  if (!std::isfinite(value)) return site.fail("the result is not a finite number");
  auto const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  auto const number = Decimal::parse(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
  return number ? Value(*number) : site.fail("the result is out of range");
}

template <double (*function)(double)>
Value unary(Site const& site, std::span<Value const> arguments)
{
  return of_double(site, function(arguments[0].as_number()->to_double()));
}

template <double (*function)(double, double)>
Value binary(Site const& site, std::span<Value const> arguments)
{
  return of_double(site, function(arguments[0].as_number()->to_double(), arguments[1].as_number()->to_double()));
}

Value maximum(Site const&, std::span<Value const> arguments)
{
  return *arguments[0].as_number() < *arguments[1].as_number() ? arguments[1] : arguments[0];
}

Value minimum(Site const&, std::span<Value const> arguments)
{
  return *arguments[1].as_number() < *arguments[0].as_number() ? arguments[1] : arguments[0];
}

Value absolute(Site const&, std::span<Value const> arguments) { return Value(arguments[0].as_number()->abs()); }

Value same(Site const&, std::span<Value const> arguments) { return arguments[0]; }

Value number_of_text(Site const& site, std::span<Value const> arguments)
{
  auto const number = Decimal::parse(*arguments[0].as_string());
  return number && number->is_finite() ? Value(*number) : site.fail("the text is no number");
}

Value integer_of_text(Site const& site, std::span<Value const> arguments)
{
  auto const number = Decimal::parse(*arguments[0].as_string());
  return number && number->to_int64() ? Value(*number) : site.fail("the text is no whole number");
}

Value text_of(Site const& site, std::span<Value const> arguments)
{
  return call_builtin(site, *find_builtin("string"), arguments.first(1), {});
}

// `%s`, `%d` and `%%` only.
Value format(Site const& site, std::span<Value const> arguments)
{
  std::string const& pattern = *arguments[0].as_string();
  std::vector<Value> values(arguments.begin() + 1, arguments.end());
  if (values.size() == 1 && values[0].is(Kind::list)) values = std::vector<Value>(values[0].as_list()->items);
  std::string result;
  std::size_t next = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '%') {
      result.push_back(pattern[at]);
      continue;
    }
    if (++at == pattern.size()) return site.fail("the format ends after `%`");
    if (pattern[at] == '%') {
      result.push_back('%');
      continue;
    }
    bool const fits = next < values.size() &&
                      (pattern[at] == 's' ||
                       (pattern[at] == 'd' && values[next].is(Kind::number) && values[next].as_number()->is_integer()));
    if (!fits) return site.fail("the format does not fit its arguments; `%s`, `%d` and `%%` are supported");
    Value const text = text_of(site, {&values[next++], 1});
    result += text.as_string() == nullptr ? std::string("null") : *text.as_string();
  }
  return Value(std::move(result));
}

double sine(double value) { return std::sin(value); }
double cosine(double value) { return std::cos(value); }
double tangent(double value) { return std::tan(value); }
double arc_sine(double value) { return std::asin(value); }
double arc_cosine(double value) { return std::acos(value); }
double arc_tangent(double value) { return std::atan(value); }
double square_root(double value) { return std::sqrt(value); }
double cube_root(double value) { return std::cbrt(value); }
double exponential(double value) { return std::exp(value); }
double logarithm(double value) { return std::log(value); }
double logarithm10(double value) { return std::log10(value); }
double round_down(double value) { return std::floor(value); }
double round_up(double value) { return std::ceil(value); }
double round_even(double value) { return std::nearbyint(value); }
double power(double base, double exponent) { return std::pow(base, exponent); }
double distance(double x, double y) { return std::hypot(x, y); }
double angle(double y, double x) { return std::atan2(y, x); }

struct Entry {
  std::string_view signature;  // class and method, without blanks
  External function;
};

constexpr std::array entries{
    Entry{"java.lang.Math.sin(double)", unary<sine>},
    Entry{"java.lang.Math.cos(double)", unary<cosine>},
    Entry{"java.lang.Math.tan(double)", unary<tangent>},
    Entry{"java.lang.Math.asin(double)", unary<arc_sine>},
    Entry{"java.lang.Math.acos(double)", unary<arc_cosine>},
    Entry{"java.lang.Math.atan(double)", unary<arc_tangent>},
    Entry{"java.lang.Math.atan2(double,double)", binary<angle>},
    Entry{"java.lang.Math.sqrt(double)", unary<square_root>},
    Entry{"java.lang.Math.cbrt(double)", unary<cube_root>},
    Entry{"java.lang.Math.exp(double)", unary<exponential>},
    Entry{"java.lang.Math.log(double)", unary<logarithm>},
    Entry{"java.lang.Math.log10(double)", unary<logarithm10>},
    Entry{"java.lang.Math.floor(double)", unary<round_down>},
    Entry{"java.lang.Math.ceil(double)", unary<round_up>},
    Entry{"java.lang.Math.rint(double)", unary<round_even>},
    Entry{"java.lang.Math.pow(double,double)", binary<power>},
    Entry{"java.lang.Math.hypot(double,double)", binary<distance>},
    Entry{"java.lang.Math.max(double,double)", maximum},
    Entry{"java.lang.Math.max(float,float)", maximum},
    Entry{"java.lang.Math.max(int,int)", maximum},
    Entry{"java.lang.Math.max(long,long)", maximum},
    Entry{"java.lang.Math.min(double,double)", minimum},
    Entry{"java.lang.Math.min(float,float)", minimum},
    Entry{"java.lang.Math.min(int,int)", minimum},
    Entry{"java.lang.Math.min(long,long)", minimum},
    Entry{"java.lang.Math.abs(double)", absolute},
    Entry{"java.lang.Math.abs(float)", absolute},
    Entry{"java.lang.Math.abs(int)", absolute},
    Entry{"java.lang.Math.abs(long)", absolute},
    Entry{"java.lang.Byte.valueOf(byte)", same},
    Entry{"java.lang.Short.valueOf(short)", same},
    Entry{"java.lang.Integer.valueOf(int)", same},
    Entry{"java.lang.Long.valueOf(long)", same},
    Entry{"java.lang.Float.valueOf(float)", same},
    Entry{"java.lang.Double.valueOf(double)", same},
    Entry{"java.lang.Integer.valueOf(java.lang.String)", integer_of_text},
    Entry{"java.lang.Long.valueOf(java.lang.String)", integer_of_text},
    Entry{"java.lang.Float.valueOf(java.lang.String)", number_of_text},
    Entry{"java.lang.Double.valueOf(java.lang.String)", number_of_text},
    Entry{"java.lang.String.valueOf(char)", text_of},
    Entry{"java.lang.String.valueOf(int)", text_of},
    Entry{"java.lang.String.valueOf(long)", text_of},
    Entry{"java.lang.String.valueOf(double)", text_of},
    Entry{"java.lang.String.valueOf(boolean)", text_of},
    Entry{"java.lang.String.format(java.lang.String,[Ljava.lang.Object;)", format},
};

bool fits(Value const& value, std::string_view type)
{
  auto const* number = value.as_number();
  auto const whole = [number](std::int64_t low, std::int64_t high) {
    auto const integer = number == nullptr ? std::nullopt : number->to_int64();
    return integer && *integer >= low && *integer <= high;
  };
  if (type == "double" || type == "float") return number != nullptr;
  if (type == "byte") return whole(-128, 127);
  if (type == "short") return whole(-32'768, 32'767);
  if (type == "int") return whole(-2'147'483'648LL, 2'147'483'647LL);
  if (type == "long") return whole(INT64_MIN, INT64_MAX);
  if (type == "boolean") return value.is(Kind::boolean);
  auto const* text = value.as_string();
  if (type == "char") return text != nullptr && !text->empty() && character_at(*text, 0).length == text->size();
  if (type == "java.lang.String") return text != nullptr;
  return type == "[Ljava.lang.Object;";
}

std::vector<std::string_view> types_in(std::string_view signature)
{
  std::vector<std::string_view> types;
  signature = signature.substr(signature.find('(') + 1);
  signature.remove_suffix(1);
  while (!signature.empty()) {
    std::size_t const comma = std::min(signature.find(','), signature.size());
    types.push_back(signature.substr(0, comma));
    signature.remove_prefix(std::min(comma + 1, signature.size()));
  }
  return types;
}

}  // namespace

Value external_function(Site const& site, std::vector<Parameter> parameters, Value const& description)
{
  auto const* context = description.as_context();
  auto const* java = context == nullptr ? nullptr : context->find("java");
  auto const* inner = java == nullptr ? nullptr : java->as_context();
  auto const* class_name = inner == nullptr ? nullptr : inner->find("class");
  auto const* method = inner == nullptr ? nullptr : inner->find("method signature");
  if (class_name == nullptr || method == nullptr || !class_name->is(Kind::string) || !method->is(Kind::string)) {
    return site.fail("an external function needs `java: { class: ..., method signature: ... }`");
  }
  std::string signature = *class_name->as_string() + "." + *method->as_string();
  std::erase(signature, ' ');
  auto const found = std::find_if(entries.begin(), entries.end(),
                                  [&signature](Entry const& entry) { return entry.signature == signature; });
  if (found == entries.end()) return site.fail("the external function `" + signature + "` is not in the table");
  auto const types = types_in(found->signature);
  External const function = found->function;
  return make_function(std::move(parameters), Type{},
                       [types, function](std::span<Value const> arguments, Evaluation& evaluation) {
                         Site const here{evaluation, nullptr, 0, "external function"};
                         return lifted(here, arguments, [&](std::span<Value const> values) {
                           if (values.size() < types.size()) return here.fail("an argument is missing");
                           for (std::size_t index = 0; index < types.size(); ++index) {
                             if (!fits(values[index], types[index]))
                               return here.fail("an argument is no " + std::string(types[index]));
                           }
                           return function(here, values);
                         });
                       });
}

}  // namespace tutela::detail
