// SPDX-License-Identifier: Apache-2.0
/// \file
/// The types of columns that facts are read from.
#include "columns/column_format.hpp"

#include <charconv>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace tutela::detail {
namespace {

/// A type, or why it is none that is read.
struct Parsed {
  std::optional<ColumnFormat> format;
  std::string refused;
};

Parsed refuse(std::string why) { return {std::nullopt, std::move(why)}; }

Parsed plain(Layout layout) { return {ColumnFormat{layout, std::nullopt, 0, 0}, {}}; }

/// `d:precision,scale` or `d:precision,scale,bits`.
Parsed parse_decimal(std::string_view text)
{
  int numbers[3] = {0, 0, 128};
  std::size_t count = 0;
  for (char const* at = text.data(); count < 3;) {
    auto const* end = text.data() + text.size();
    auto const [next, error] = std::from_chars(at, end, numbers[count]);
    if (error != std::errc()) return refuse("its decimal type cannot be read");
    ++count;
    if (next == end) break;
    if (*next != ',') return refuse("its decimal type cannot be read");
    at = next + 1;
  }
  ColumnFormat format;
  format.scale = numbers[1];
  if (count < 2 || format.scale < -34 || format.scale > 34)
    return refuse("its decimal type has a scale beyond 34 digits");
  switch (numbers[2]) {
    case 32: format.layout = Layout::decimal32; break;
    case 64: format.layout = Layout::decimal64; break;
    case 128: format.layout = Layout::decimal128; break;
    default:
      return refuse("decimals of " + std::to_string(numbers[2]) + " bits are not read: more digits than a number has");
  }
  return {format, {}};
}

/// `tss:zone`, `tsm:`, `tsu:`, `tsn:`.
Parsed parse_timestamp(std::string_view text)
{
  if (text.size() < 4 || text[3] != ':') return refuse("its timestamp type cannot be read");
  if (text.size() > 4)
    return refuse(
        "it holds moments in a time zone, and the calendar day of a moment depends on the place: convert it to dates");
  ColumnFormat format;
  format.layout = Layout::timestamp;
  constexpr std::int64_t seconds = 86'400;
  switch (text[2]) {
    case 's': format.per_day = seconds; break;
    case 'm': format.per_day = seconds * 1'000; break;
    case 'u': format.per_day = seconds * 1'000'000; break;
    case 'n': format.per_day = seconds * 1'000'000'000; break;
    default: return refuse("its timestamp type cannot be read");
  }
  return {format, {}};
}

Parsed parse_letter(char letter)
{
  switch (letter) {
    case 'n': return plain(Layout::null);
    case 'b': return plain(Layout::boolean);
    case 'c': return plain(Layout::int8);
    case 'C': return plain(Layout::uint8);
    case 's': return plain(Layout::int16);
    case 'S': return plain(Layout::uint16);
    case 'i': return plain(Layout::int32);
    case 'I': return plain(Layout::uint32);
    case 'l': return plain(Layout::int64);
    case 'L': return plain(Layout::uint64);
    case 'f': return plain(Layout::float32);
    case 'g': return plain(Layout::float64);
    case 'u': return plain(Layout::utf8);
    case 'U': return plain(Layout::large_utf8);
    case 'e': return refuse("it holds floats of 16 bits");
    case 'z':
    case 'Z': return refuse("it holds bytes, not text");
    default: return refuse("its type is not known");
  }
}

Parsed parse_nested(std::string_view format)
{
  switch (format.size() > 1 ? format[1] : ' ') {
    case 's': return refuse("it is a struct nested too deeply");
    case 'r': return refuse("it is run-end encoded: decode it first");
    case 'u': return refuse("it is a union: a column has one type");
    case 'v': return refuse("it holds list views, whose rows may overlap: convert it to lists");
    case 'm': return refuse("it holds maps: convert it to a list of structs");
    default: return refuse("its type is not known");
  }
}

Parsed parse(std::string_view format)
{
  if (format.size() == 1) return parse_letter(format.front());
  if (format == "vu") return plain(Layout::utf8_view);
  if (format == "vz") return refuse("it holds bytes, not text");
  if (format == "tdD") return plain(Layout::date32);
  if (format == "tdm") return {ColumnFormat{Layout::date64, std::nullopt, 0, 86'400'000}, {}};
  if (format.substr(0, 2) == "ts") return parse_timestamp(format);
  if (format.substr(0, 2) == "tt") return refuse("it holds times of the day");
  if (format.substr(0, 2) == "tD" || format.substr(0, 2) == "ti") return refuse("it holds durations");
  if (format.substr(0, 2) == "d:") return parse_decimal(format.substr(2));
  if (!format.empty() && format.front() == '+') return parse_nested(format);
  if (format.substr(0, 2) == "w:") return refuse("it holds bytes, not text");
  return refuse("its type is not known");
}

void add_columns(ArrowSchema const& parent, TableColumn const& above, std::size_t nesting,
                 std::vector<TableColumn>& columns);
Parsed parse(ArrowSchema const& field, std::size_t nesting);

/// The layout of `+l`, `+L` and `+w:size`; nothing for other types.
std::optional<Layout> list_layout(std::string_view format)
{
  if (format == "+l") return Layout::list;
  if (format == "+L") return Layout::large_list;
  return format.substr(0, 3) == "+w:" ? std::optional(Layout::fixed_list) : std::nullopt;
}

Parsed parse_list(ArrowSchema const& field, Layout layout, std::size_t nesting)
{
  ListFormat list;
  if (layout == Layout::fixed_list) {
    auto const size = std::string_view(field.format).substr(3);
    auto const [next, error] = std::from_chars(size.data(), size.data() + size.size(), list.size);
    if (error != std::errc() || next != size.data() + size.size() || list.size < 0)
      return refuse("the size of its lists cannot be read");
  }
  if (field.dictionary != nullptr) return refuse("the indices of its dictionary are no whole numbers");
  if (field.n_children != 1 || field.children == nullptr) return refuse("its list type has no type of elements");
  if (nesting <= 1) return refuse("it is a list nested too deeply");
  auto const& element = *field.children[0];
  if (std::string_view(element.format) == "+s" && element.dictionary == nullptr) {
    list.element.format = plain(Layout::structure).format;
    add_columns(element, {}, nesting - 1, list.fields);
  } else {
    auto inner = parse(element, nesting - 1);
    if (!inner.format) return refuse("the elements of its lists are not read: " + inner.refused);
    list.element.format = std::move(inner.format);
  }
  auto parsed = plain(layout);
  parsed.format->elements = std::make_shared<ListFormat const>(std::move(list));
  return parsed;
}

/// The type of a field that is no struct.
Parsed parse(ArrowSchema const& field, std::size_t nesting)
{
  if (auto const list = list_layout(field.format)) return parse_list(field, *list, nesting);
  auto parsed = parse(std::string_view(field.format));
  if (field.dictionary == nullptr) return parsed;
  if (!parsed.format || !is_integer(parsed.format->layout))
    return refuse("the indices of its dictionary are no whole numbers");
  auto entries = parse(std::string_view(field.dictionary->format));
  // A dictionary that has never seen an entry may have the type of nothing.
  if (entries.format && entries.format->layout == Layout::null) return entries;
  if (field.dictionary->dictionary != nullptr || !entries.format || !is_text(entries.format->layout))
    return refuse("its dictionary holds no texts: give the values without a dictionary");
  entries.format->index = parsed.format->layout;
  return entries;
}

void add_columns(ArrowSchema const& parent, TableColumn const& above, std::size_t nesting,
                 std::vector<TableColumn>& columns)
{
  for (std::int64_t i = 0; i < parent.n_children; ++i) {
    auto const& field = *parent.children[i];
    TableColumn column = above;
    column.path.push_back(static_cast<std::size_t>(i));
    if (!column.name.empty()) column.name += '.';
    if (field.name != nullptr) column.name += field.name;
    if (std::string_view(field.format) == "+s" && field.dictionary == nullptr && column.path.size() < nesting) {
      add_columns(field, column, nesting, columns);
      continue;
    }
    auto parsed = parse(field, nesting > above.path.size() ? nesting - above.path.size() : 0);
    column.format = parsed.format;
    column.refused = std::move(parsed.refused);
    columns.push_back(std::move(column));
  }
}

/// What a column of a layout holds, for people.
std::string_view contents(Layout layout)
{
  if (layout == Layout::boolean) return "Booleans";
  if (is_integer(layout)) return "whole numbers";
  if (layout == Layout::float32 || layout == Layout::float64) return "doubles";
  if (layout >= Layout::decimal32 && layout <= Layout::decimal128) return "decimals";
  if (is_text(layout)) return "texts";
  if (layout >= Layout::date32 && layout <= Layout::timestamp) return "dates";
  return is_list(layout) ? "lists" : "structures";
}

}  // namespace

bool is_integer(Layout layout) { return layout >= Layout::int8 && layout <= Layout::uint64; }

bool is_list(Layout layout) { return layout >= Layout::list && layout <= Layout::fixed_list; }

bool is_text(Layout layout) { return layout >= Layout::utf8 && layout <= Layout::utf8_view; }

std::size_t width_of(Layout layout)
{
  switch (layout) {
    case Layout::int8:
    case Layout::uint8: return 1;
    case Layout::int16:
    case Layout::uint16: return 2;
    case Layout::int32:
    case Layout::uint32:
    case Layout::float32:
    case Layout::date32:
    case Layout::decimal32: return 4;
    case Layout::decimal128:
    case Layout::utf8_view: return 16;
    default: return 8;
  }
}

std::int64_t buffers_of(Layout layout)
{
  if (layout == Layout::null) return 0;
  if (layout == Layout::fixed_list || layout == Layout::structure) return 1;
  return is_text(layout) ? 3 : 2;
}

std::vector<TableColumn> columns_of(ArrowSchema const& table, std::size_t nesting)
{
  std::vector<TableColumn> columns;
  add_columns(table, {}, nesting, columns);
  return columns;
}

std::string mismatch(Kind fact, ColumnFormat const& format)
{
  auto const layout = format.layout;
  if (layout == Layout::null) return {};
  bool fits = false;
  std::string wanted;
  switch (fact) {
    case Kind::boolean:
      fits = layout == Layout::boolean;
      wanted = "Booleans: make true and false of what it says, and null of what nobody knows";
      break;
    case Kind::number:
      fits = is_integer(layout) || layout == Layout::float32 || layout == Layout::float64 ||
             (layout >= Layout::decimal32 && layout <= Layout::decimal128);
      wanted = "whole numbers or decimals: make numbers of it, with a point and without units";
      break;
    case Kind::string:
      fits = is_text(layout);
      wanted = "texts";
      break;
    case Kind::date:
      fits = layout >= Layout::date32 && layout <= Layout::timestamp;
      wanted = "dates: make dates of it, saying in which order day and month are written";
      break;
    case Kind::list:
      fits = is_list(layout);
      wanted = "lists";
      break;
    default: return "facts of the type " + std::string(to_string(fact)) + " are not read in columns";
  }
  return fits ? std::string() : "it holds " + std::string(contents(layout)) + ", and its fact is read from " + wanted;
}

}  // namespace tutela::detail
