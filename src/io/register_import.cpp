// SPDX-License-Identifier: Apache-2.0
/// \file
/// Two public registers as networks.
#include <algorithm>
#include <map>
#include <utility>

#include <tutela/io/table.hpp>

#include "io/hsds_import.hpp"
#include "io/json_writer.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonNode;

std::string trimmed(std::string_view text)
{
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::optional<std::int64_t> plain_number(std::string const& text)
{
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoll(text);
}

/// Years that a code of beneficiaries means, `[first, last)`; nothing where it says nothing of age.
std::optional<std::pair<int, int>> years_of(std::string const& code)
{
  static std::map<std::string, std::pair<int, int>> const known{
      {"B1", {0, 18}}, {"B1.1", {3, 6}}, {"B1.3", {6, 16}}, {"B1.4", {16, 18}}, {"B2.1", {18, 26}}};
  auto const found = known.find(code);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

/// True for a code of the nomenclature that is written as the others: no dash at its end, none missing before its
/// number.
bool is_regular(std::string const& code)
{
  if (code.empty() || code.back() == '-') return false;
  auto const last = code.substr(code.rfind('-') + 1);
  bool const ends_as_number = last.find_last_of("IVX") == last.size() - 1;
  return !ends_as_number || last.find_first_not_of("IVX") == std::string::npos || last.size() < 3 ||
         last.find_first_of("0123456789") != std::string::npos;
}

/// A code of the register as a code word: `8790CR-C-I` is `k8790cr_c_i`.
std::string code_word(char const* before, std::string_view code)
{
  std::string word = before;
  for (char const character : code) {
    bool const upper = character >= 'A' && character <= 'Z';
    bool const plain = (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    word += upper ? static_cast<char>(character - 'A' + 'a') : plain ? character : '_';
  }
  return word;
}

/// Reads the Romanian register.
class RegisterReader {
 public:
  explicit RegisterReader(Publication const& source) : import_("ro/register", "RO", source) {}

  Result<ImportedNetwork> read(JsonNode const& document, std::string const& file, Limits const& limits) &&
  {
    if (auto const* kinds = detail::member(document, "ss"))
      for (std::size_t k = 0; k < kinds->children.size(); ++k)
        read_kind(kinds->children[k], "/ss/" + std::to_string(k));
    auto const* providers = detail::member(document, "providers");
    if (providers == nullptr || providers->kind != JsonNode::Kind::array)
      return Diagnostic{Code::missing_key,
                        Severity::error,
                        Place{file, 0, 0, "/providers"},
                        "the register has no list of services",
                        {}};
    for (std::size_t k = 0; k < providers->children.size(); ++k)
      read_service(providers->children[k], "/providers/" + std::to_string(k));
    return std::move(import_).build(providers->children.size(), file, limits);
  }

 private:
  /// The text of a field without spaces around it, which are told; nothing where it is missing or blank, which is told.
  std::string field(JsonNode const& node, char const* name, std::string const& place)
  {
    JsonNode const* const found = detail::member(node, name);
    bool const usable =
        found != nullptr && (found->kind == JsonNode::Kind::string || found->kind == JsonNode::Kind::number);
    std::string text = usable ? trimmed(found->text) : std::string{};
    std::string const pointer = place + "/" + name;
    if (found != nullptr && !usable)
      import_.dirty(pointer, detail::write_json(*found), "a text is expected here");
    else if (text.empty())
      import_.dirty(pointer, found == nullptr ? "" : found->text, "nothing stands here");
    else if (text.size() != found->text.size())
      import_.dirty(pointer, found->text, "there are spaces around it; read without them");
    return text;
  }

  void read_kind(JsonNode const& node, std::string const& place)
  {
    std::string const code = field(node, "cod", place);
    if (!code.empty() && !is_regular(code))
      import_.dirty(place + "/cod", code, "the code is not written as the others; kept as it stands");
    kinds_[code] = field(node, "desc", place);
  }

  void read_service(JsonNode const& node, std::string const& place)
  {
    Service service;
    service.id = ServiceId(import_.fresh("service-" + field(node, "id", place), place + "/id"));
    std::string const provider = field(node, "furnizor", place);
    service.agency = import_.agency("provider-" + provider, provider, place + "/furnizor");
    std::string const name = field(node, "name", place);
    service.name = Text(name.empty() ? "(no name)" : name);
    service.source = import_.source;
    std::string const code = field(node, "cod", place);
    service.kind = ServiceKind(code.empty() ? "not_said" : code_word("k", code));
    if (auto const kind = kinds_.find(code); kind != kinds_.end())
      service.description = code + ": " + kind->second;
    else if (!code.empty())
      import_.dirty(place + "/cod", code, "the nomenclature of the file has no such code; kept as it stands");
    // VD: domestic violence, VTP: trafficking in persons. Their places are shown to nobody.
    service.receives_victims_of_violence =
        code.find("-VD-") != std::string::npos || code.find("-VTP-") != std::string::npos;
    if (std::string const type = field(node, "type", place); !type.empty())
      service.targets = {code_word("type_", type)};
    service.admission = admission_of(node, place);
    service.locations = {add_location(node, service.id.text(), place)};
    add_capacity(node, service.id, place);
    import_.content.services.push_back(std::move(service));
  }

  Admission admission_of(JsonNode const& node, std::string const& place)
  {
    Admission admission;
    admission.source = import_.source;
    JsonNode const* const codes = detail::member(node, "categorie");
    if (codes == nullptr || codes->kind != JsonNode::Kind::array || codes->children.empty()) {
      import_.dirty(place + "/categorie", codes == nullptr ? "" : detail::write_json(*codes),
                    "it is not said whom the service is for");
      return admission;
    }
    bool all_known = true;
    int youngest = 999;
    int oldest = 0;
    for (std::size_t k = 0; k < codes->children.size(); ++k) {
      std::string const& code = codes->children[k].text;
      if (code.size() < 2 || code.back() == '.')
        import_.dirty(place + "/categorie/" + std::to_string(k), code, "the code is not whole; kept as it stands");
      admission.target_groups.push_back(code_word("", code));
      auto const years = years_of(code);
      all_known = all_known && years;
      if (!years) continue;
      youngest = std::min(youngest, years->first);
      oldest = std::max(oldest, years->second);
    }
    if (!all_known) return admission;  // one code without ages leaves the whole range open
    admission.minimum_age_months = youngest * 12;
    admission.maximum_age_months = oldest * 12;
    return admission;
  }

  LocationId add_location(JsonNode const& node, std::string const& service, std::string const& place)
  {
    Location location;
    location.id = LocationId("place-" + service);
    std::string const street = field(node, "adresa", place);
    std::string const town = field(node, "oras", place);
    std::string const county = field(node, "jud", place);
    location.area = Text(town);
    location.name = Text(street.empty() ? (town.empty() ? "(no address)" : town) : street + ", " + town);
    if (!county.empty()) location.area_codes = {county};
    location.position =
        import_.position(field(node, "lat", place), field(node, "lng", place), place + "/lat", place + "/lng");
    location.source = import_.source;
    import_.content.locations.push_back(std::move(location));
    return import_.content.locations.back().id;
  }

  void add_capacity(JsonNode const& node, ServiceId const& service, std::string const& place)
  {
    std::string const text = field(node, "capacitate", place);
    if (text.empty()) return;  // not published
    Capacity capacity;
    capacity.id = "capacity-" + service.text();
    capacity.service = service;
    capacity.maximum = plain_number(text);
    capacity.source = import_.source;
    if (!capacity.maximum) {
      capacity.note = text;
      import_.dirty(place + "/capacitate", text, "this is no plain number of places; kept as a note");
    }
    import_.content.capacities.push_back(std::move(capacity));
  }

  detail::NetworkImport import_;
  std::map<std::string, std::string> kinds_;
};

/// Names the columns whose name in the first line is empty.
std::string with_column_names(std::string_view csv)
{
  auto const end = std::min(csv.find('\n'), csv.size());
  std::string header(csv.substr(0, end));
  bool const carriage = !header.empty() && header.back() == '\r';
  if (carriage) header.pop_back();
  std::string named;
  std::size_t number = 0;
  for (std::size_t at = 0; at <= header.size();) {
    auto const comma = std::min(header.find(',', at), header.size());
    std::string name = header.substr(at, comma - at);
    if (name.empty()) name = "unnamed_" + std::to_string(++number);
    (named += named.empty() ? "" : ",") += name;
    at = comma + 1;
  }
  return named + (carriage ? "\r" : "") + std::string(csv.substr(end));
}

/// Reads the Florida directory.
class DirectoryReader {
 public:
  DirectoryReader(TextTable const& table, Publication const& source)
      : table_(table), import_("us-fl/legal-aid", "US-FL", source)
  {
  }

  Result<ImportedNetwork> read(std::string const& file, Limits const& limits) &&
  {
    for (char const* name : {"service_uuid", "organization_name", "organization_uuid", "service_name"})
      if (table_.find(name) == nullptr)
        return Diagnostic{Code::missing_key,
                          Severity::error,
                          Place{file, 1, 0, {}},
                          "the directory has no column \"" + std::string(name) + "\"",
                          {}};
    for (row_ = 0; row_ < table_.rows(); ++row_) read_row();
    return std::move(import_).build(table_.rows(), file, limits);
  }

 private:
  [[nodiscard]] std::string at(std::string_view column) const
  {
    return "/" + std::to_string(row_) + "/" + std::string(column);
  }

  std::string cell(std::string_view column)
  {
    auto const* found = table_.find(column);
    std::string const written = found == nullptr ? std::string{} : (*found)[row_];
    std::string text = trimmed(written);
    if (text == "N/A") {
      import_.dirty(at(column), written, "read as nothing");
      return {};
    }
    if (text.size() != written.size())
      import_.dirty(at(column), written, "there are spaces around it; read without them");
    return text;
  }

  void read_row()
  {
    Service service;
    service.id = ServiceId(import_.fresh(cell("service_uuid"), at("service_uuid")));
    service.agency = import_.agency(cell("organization_uuid"), cell("organization_name"), at("organization_name"));
    std::string const name = cell("service_name");
    if (name.empty()) import_.dirty(at("service_name"), "", "the service has no name");
    service.name = Text(name.empty() ? "(no name)" : name);
    service.kind = ServiceKind("legal_aid");
    service.description = cell("service_description");
    service.source = import_.source;
    Admission admission;
    admission.source = import_.source;
    admission.minimum_age_months = import_.months(cell("service_min_age"), false, at("service_min_age"));
    admission.maximum_age_months = import_.months(cell("service_max_age"), true, at("service_max_age"));
    if (admission.minimum_age_months && admission.maximum_age_months &&
        *admission.maximum_age_months <= *admission.minimum_age_months) {
      import_.dirty(at("service_max_age"), cell("service_max_age"), "the highest age lies below the lowest");
      admission.maximum_age_months.reset();
    }
    std::string const veteran = cell("service_require_veteran");
    if (veteran == "true") admission.target_groups = {"veterans"};
    if (veteran != "true" && veteran != "false" && !veteran.empty())
      import_.dirty(at("service_require_veteran"), veteran, "this is neither true nor false");
    admission.note = rest();
    service.admission = std::move(admission);
    import_.content.services.push_back(std::move(service));
  }

  /// What no type of ours holds, by column, so that a person can read it.
  std::string rest()
  {
    static constexpr std::string_view held[] = {"service_uuid",       "organization_name", "organization_uuid",
                                                "service_name",       "service_min_age",   "service_max_age",
                                                "service_description"};
    std::string note;
    for (std::string const& column : table_.names) {
      if (std::find(std::begin(held), std::end(held), column) != std::end(held)) continue;
      std::string const text = cell(column);
      if (text.empty()) continue;
      if (column.rfind("unnamed_", 0) == 0) import_.dirty(at(column), text, "the column has no name; kept in the note");
      (note += note.empty() ? "" : "\n") += column + ": " + text;
    }
    return note;
  }

  TextTable const& table_;
  detail::NetworkImport import_;
  std::size_t row_ = 0;
};

}  // namespace

Result<ImportedNetwork> import_romanian_register(std::string_view text, Publication const& source,
                                                 std::string const& file, Limits const& limits)
{
  auto const document = detail::parse_json(text, file, limits);
  if (!document) return document.diagnostics();
  return RegisterReader(source).read(*document, file, limits);
}

Result<ImportedNetwork> import_florida_services(std::string_view csv, Publication const& source,
                                                std::string const& file, Limits const& limits)
{
  auto const table = parse_table(with_column_names(csv), file, limits);
  if (!table) return table.diagnostics();
  return DirectoryReader(*table, source).read(file, limits);
}

}  // namespace tutela::inline v0
