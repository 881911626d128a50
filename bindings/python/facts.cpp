// SPDX-License-Identifier: Apache-2.0
/// \file
/// Facts from Python: dictionaries, nested dictionaries and rows of data frames.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "conversion.hpp"

#include <tutela/base/decimal.hpp>
#include <tutela/base/time.hpp>
#include <tutela/facts/misspelt.hpp>

namespace tutela::python {
namespace {

/// The Python types that facts may have; looked up once for each record.
struct Types {
  py::object decimal = py::module_::import("decimal").attr("Decimal");
  py::object date = py::module_::import("datetime").attr("date");
  py::object datetime = py::module_::import("datetime").attr("datetime");
  py::object time = py::module_::import("datetime").attr("time");
  py::object timedelta = py::module_::import("datetime").attr("timedelta");
  py::object mapping = py::module_::import("collections.abc").attr("Mapping");
  py::object none = from_values("NONE");
  py::object uncertain = from_values("UNCERTAIN");
  py::object unknown = from_values("Unknown");
  py::object range = from_values("Range");
  py::object fact = from_values("Fact");
};

std::string type_name(py::handle value) { return py::type::of(value).attr("__name__").cast<std::string>(); }

bool is_of_module(py::handle value, std::string_view module)
{
  auto const name = py::str(py::type::of(value).attr("__module__")).cast<std::string>();
  return name == module || name.starts_with(std::string(module) + '.');
}

/// Text in UTF-8; nothing when it is no text, or holds half of a surrogate pair.
std::optional<std::string> utf8_of(py::handle value)
{
  if (!py::isinstance<py::str>(value)) return std::nullopt;
  Py_ssize_t length = 0;
  char const* const bytes = PyUnicode_AsUTF8AndSize(value.ptr(), &length);
  if (bytes != nullptr) return std::string(bytes, static_cast<std::size_t>(length));
  PyErr_Clear();
  return std::nullopt;
}

Time time_of(py::handle value)
{
  Time time;
  time.hour = value.attr("hour").cast<std::uint8_t>();
  time.minute = value.attr("minute").cast<std::uint8_t>();
  time.second = value.attr("second").cast<std::uint8_t>();
  time.nanosecond = value.attr("microsecond").cast<std::uint32_t>() * 1'000;
  py::object const offset = value.attr("utcoffset")();
  if (!offset.is_none()) {
    time.zone.kind = Zone::Kind::offset;
    time.zone.offset_seconds =
        offset.attr("days").cast<std::int32_t>() * 86'400 + offset.attr("seconds").cast<std::int32_t>();
  }
  return time;
}

Date date_of(py::handle value)
{
  return {value.attr("year").cast<std::int32_t>(), value.attr("month").cast<std::uint8_t>(),
          value.attr("day").cast<std::uint8_t>()};
}

/// Reads one mapping into a record and collects everything that is wrong with it.
class FactReader {
 public:
  FactReader(Schema const& schema, Limits const& limits)
      : schema_(schema), limits_(limits), diagnostics_(limits.diagnostics)
  {
  }

  void read(py::handle facts, std::string const& prefix, std::size_t depth)
  {
    if (!py::hasattr(facts, "items"))
      throw py::type_error("facts must be a mapping of names and values: a dict, or a row of a data frame");
    if (depth > limits_.nesting)
      return wrong(prefix, Code::limit_reached, "facts are nested deeper than the limit nesting");
    for (py::handle const item : facts.attr("items")()) {
      if (!count(prefix)) return;
      auto const pair = item.cast<std::pair<py::object, py::object>>();
      auto const key = utf8_of(pair.first);
      if (!key) {
        wrong(prefix, Code::wrong_type, "the name of a fact is a " + type_name(pair.first) + " and no text in UTF-8",
              "use text");
        continue;
      }
      std::string const name = (prefix.empty() ? prefix : prefix + '.') + *key;
      FactDeclaration const* declaration = schema_.find(name);
      bool const is_context = declaration != nullptr && declaration->type == Kind::context;
      if (!is_context && py::isinstance(pair.second, types_.mapping)) {
        read(pair.second, name, depth + 1);
      } else {
        read_fact(name, pair.second, declaration);
      }
    }
  }

  Record build(bool check) &&
  {
    if (diagnostics_.has_errors()) throw Error(std::move(diagnostics_).take());
    Record record = std::move(builder_).build(limits_).value();
    if (check) diagnostics_.append(schema_.check(record));
    if (diagnostics_.has_errors()) throw Error(std::move(diagnostics_).take());
    if (check) warn(misspelt_facts(schema_, record));
    return record;
  }

 private:
  void wrong(std::string const& name, Code code, std::string what, std::string mend = {})
  {
    Place place;
    place.pointer = name;
    diagnostics_.error(code, std::move(place), std::move(what), std::move(mend));
  }

  /// Counts each part each time it occurs: a list that holds itself twice, sixty times over, is small in memory only.
  bool count(std::string const& name)
  {
    if (++parts_ <= limits_.value_parts) return true;
    if (parts_ == limits_.value_parts + 1)
      wrong(name, Code::limit_reached, "the facts have more parts than the limit value_parts");
    return false;
  }

  void read_fact(std::string const& name, py::handle value, FactDeclaration const* declaration)
  {
    if (py::isinstance(value, types_.fact)) return read_sourced(name, value, declaration);
    if (py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value)) {
      auto const items = value.cast<py::sequence>();
      if (items.size() > 0 && py::isinstance(items[0], types_.fact)) {  // one name, several times
        for (py::handle const item : items) read_sourced(name, item, declaration);
        return;
      }
    }
    if (auto read = to_value(name, value, declaration, 0)) builder_.set(name, *std::move(read));
  }

  void read_sourced(std::string const& name, py::handle fact, FactDeclaration const* declaration)
  {
    if (!py::isinstance(fact, types_.fact))
      return wrong(name, Code::wrong_type, "a list mixes facts with plain values", "use tutela.Fact for all of them");
    Source source;
    source.name = fact.attr("source").cast<std::string>();
    source.recorded = to_date(fact.attr("recorded"), name.c_str());
    source.valid.from = to_date(fact.attr("valid_from"), name.c_str());
    source.valid.until = to_date(fact.attr("valid_until"), name.c_str());
    if (auto value = to_value(name, fact.attr("value"), declaration, 0))
      builder_.set(name, *std::move(value), std::move(source));
  }

  /// None, and what pandas and numpy put where nothing is.
  static bool is_missing(py::handle value)
  {
    if (value.is_none()) return true;
    if (py::isinstance<py::float_>(value)) return value.cast<double>() != value.cast<double>();
    return is_of_module(value, "pandas") && (type_name(value) == "NAType" || type_name(value) == "NaTType");
  }

  std::optional<Value> to_value(std::string const& name, py::handle value, FactDeclaration const* declaration,
                                std::size_t depth)
  {
    if (is_missing(value) || !count(name)) return std::nullopt;
    if (depth > limits_.nesting) {
      wrong(name, Code::limit_reached, "a fact is nested deeper than the limit nesting");
      return std::nullopt;
    }
    if (value.is(types_.none)) return Value();
    if (value.is(types_.uncertain)) return Value(Uncertain{{name}});
    if (py::isinstance<py::bool_>(value)) return Value(value.cast<bool>());
    if (py::isinstance<py::int_>(value) || py::isinstance(value, types_.decimal))
      return number(name, py::str(value).cast<std::string>());
    if (py::isinstance<py::float_>(value)) {
      wrong(name, Code::wrong_type, "a float is a binary fraction, which holds most decimal amounts only nearly",
            "give an int, a decimal.Decimal or text such as \"1250.50\"");
      return std::nullopt;
    }
    if (py::isinstance<py::str>(value)) return text(name, value, declaration);
    if (py::isinstance(value, types_.datetime)) return moment(value, declaration);
    if (py::isinstance(value, types_.date)) return Value(date_of(value));
    if (py::isinstance(value, types_.time)) return Value(time_of(value));
    if (py::isinstance(value, types_.timedelta)) return duration(value);
    if (py::isinstance(value, types_.unknown)) return partly_known(name, value, declaration, depth);
    if (py::isinstance(value, types_.range)) return range(name, value, declaration, depth);
    if (py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value)) return list(name, value, depth);
    if (py::isinstance(value, types_.mapping)) return context(name, value, depth);
    if (is_of_module(value, "numpy") && py::hasattr(value, "item") && !py::hasattr(value, "__len__"))
      return to_value(name, value.attr("item")(), declaration, depth + 1);
    wrong(name, Code::wrong_type, "a Python " + type_name(value) + " cannot be a fact",
          "use bool, int, Decimal, str, date, list or dict");
    return std::nullopt;
  }

  std::optional<Value> number(std::string const& name, std::string const& digits)
  {
    std::size_t significant = 0;
    for (char const character : digits.substr(0, digits.find_first_of("eE")))
      if (character >= '0' && character <= '9' && (significant > 0 || character != '0')) ++significant;
    auto const parsed = Decimal::parse(digits);
    if (parsed && parsed->is_finite() && significant <= 34) return Value(*parsed);
    wrong(name, Code::invalid_number, "the value is not a decimal number of at most 34 digits",
          "write digits and a point, without blanks and units: 1250.50");
    return std::nullopt;
  }

  std::optional<Value> text(std::string const& name, py::handle value, FactDeclaration const* declaration)
  {
    auto read = utf8_of(value);
    if (!read) {
      wrong(name, Code::invalid_text, "the text cannot be written in UTF-8");
      return std::nullopt;
    }
    std::string words = *std::move(read);
    if (words.size() > limits_.text_bytes) {
      wrong(name, Code::limit_reached, "the text is longer than the limit text_bytes");
      return std::nullopt;
    }
    Kind const type = declaration == nullptr ? Kind::none : declaration->type;
    if (type == Kind::number) return number(name, words);
    if (type == Kind::none || type == Kind::date) {
      if (auto const date = parse_date(words); date && (type == Kind::date || words.size() == 10)) return Value(*date);
    }
    return Value(std::move(words));
  }

  /// A pandas column of days holds midnights: where the fact is declared as a date, midnight is the day.
  static Value moment(py::handle value, FactDeclaration const* declaration)
  {
    Time const time = time_of(value);
    if (declaration != nullptr && declaration->type == Kind::date && time == Time{}) return Value(date_of(value));
    return Value(DateTime{date_of(value), time});
  }

  static Value duration(py::handle value)
  {
    std::int64_t seconds =
        value.attr("days").cast<std::int64_t>() * 86'400 + value.attr("seconds").cast<std::int64_t>();
    auto nanoseconds = value.attr("microseconds").cast<std::int32_t>() * 1'000;
    if (seconds < 0 && nanoseconds > 0) {  // Python keeps the rest positive, we keep both signs alike
      ++seconds;
      nanoseconds -= 1'000'000'000;
    }
    return Value(DaysDuration{seconds, nanoseconds});
  }

  std::optional<Value> range(std::string const& name, py::handle value, FactDeclaration const* declaration,
                             std::size_t depth)
  {
    Range result;
    result.low = to_value(name, value.attr("low"), declaration, depth + 1).value_or(Value());
    result.high = to_value(name, value.attr("high"), declaration, depth + 1).value_or(Value());
    result.low_included = value.attr("low_included").cast<bool>();
    result.high_included = value.attr("high_included").cast<bool>();
    return Value(std::move(result));
  }

  std::optional<Value> partly_known(std::string const& name, py::handle value, FactDeclaration const* declaration,
                                    std::size_t depth)
  {
    Unknown unknown;
    unknown.facts = {name};
    py::object const possible = value.attr("possible");
    auto const kind = possible.attr("kind").cast<std::string>();
    if (kind == "set") {
      unknown.domain.kind = Domain::Kind::set;
      for (py::handle const item : possible.attr("values"))
        if (auto member = to_value(name, item, declaration, depth + 1))
          unknown.domain.values.push_back(*std::move(member));
    } else if (kind == "range") {
      unknown.domain.kind = Domain::Kind::range;
      if (auto bounds = range(name, possible.attr("range"), declaration, depth))
        unknown.domain.range = *bounds->as_range();
    }
    return Value(std::move(unknown));
  }

  std::optional<Value> list(std::string const& name, py::handle value, std::size_t depth)
  {
    auto const items = value.cast<py::sequence>();
    List result;
    if (items.size() > limits_.elements) {
      wrong(name, Code::limit_reached, "the list is longer than the limit elements");
      return std::nullopt;
    }
    for (py::handle const item : items)
      result.items.push_back(to_value(name, item, nullptr, depth + 1).value_or(Value::unknown(name)));
    return Value(std::move(result));
  }

  std::optional<Value> context(std::string const& name, py::handle value, std::size_t depth)
  {
    Context result;
    for (py::handle const item : value.attr("items")()) {
      auto const [key, entry] = item.cast<std::pair<py::object, py::object>>();
      auto const entry_name = utf8_of(key);
      if (!entry_name) {
        wrong(name, Code::wrong_type, "the name of an entry is no text in UTF-8", "use text");
        continue;
      }
      result.entries.emplace_back(*entry_name,
                                  to_value(name, entry, nullptr, depth + 1).value_or(Value::unknown(name)));
    }
    return Value(std::move(result));
  }

  Types types_;
  Schema const& schema_;
  Limits const& limits_;
  Diagnostics diagnostics_;
  RecordBuilder builder_;
  std::size_t parts_ = 0;
};

}  // namespace

Record to_record(py::handle facts, Schema const& schema, Limits const& limits, bool check)
{
  FactReader reader(schema, limits);
  reader.read(facts, {}, 0);
  return std::move(reader).build(check);
}

}  // namespace tutela::python
