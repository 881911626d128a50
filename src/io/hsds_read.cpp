// SPDX-License-Identifier: Apache-2.0
/// \file
/// HSDS as networks.
#include <algorithm>
#include <map>
#include <utility>

#include <tutela/io/network.hpp>
#include <tutela/io/table.hpp>

#include "io/hsds_import.hpp"
#include "io/json_writer.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonNode;

/// One record of any table: names and texts of its fields, and where it stands.
struct SourceRecord {
  std::map<std::string, std::string, std::less<>> cells;
  std::string pointer;

  std::string const& operator[](std::string_view name) const
  {
    static std::string const none;
    auto const found = cells.find(name);
    return found == cells.end() ? none : found->second;
  }
  [[nodiscard]] std::string at(std::string_view name) const { return pointer + "/" + std::string(name); }
};

/// The records of HSDS that a network is made of.
struct Tables {
  std::vector<SourceRecord> organizations, services, locations, places, capacities, units;
};

SourceRecord record_of(JsonNode const& node, std::string pointer)
{
  SourceRecord record;
  record.pointer = std::move(pointer);
  for (std::size_t k = 0; k < node.children.size() && node.kind == JsonNode::Kind::object; ++k) {
    JsonNode const& child = node.children[k];
    if (child.kind == JsonNode::Kind::boolean) record.cells[node.keys[k]] = child.boolean ? "true" : "false";
    if (child.kind == JsonNode::Kind::string || child.kind == JsonNode::Kind::number)
      record.cells[node.keys[k]] = child.text;
  }
  return record;
}

/// The elements of a list member.
template <class Use>
void each(JsonNode const& node, std::string_view key, std::string const& pointer, Use const& use)
{
  JsonNode const* const list = detail::member(node, key);
  if (list == nullptr || list->kind != JsonNode::Kind::array) return;
  for (std::size_t k = 0; k < list->children.size(); ++k)
    use(list->children[k], pointer + "/" + std::string(key) + "/" + std::to_string(k));
}

void unfold(JsonNode const& node, std::string const& pointer, Tables& into)
{
  SourceRecord service = record_of(node, pointer);
  if (JsonNode const* const organization = detail::member(node, "organization")) {
    into.organizations.push_back(record_of(*organization, pointer + "/organization"));
    service.cells["organization_id"] = into.organizations.back()["id"];
  }
  each(node, "service_at_locations", pointer, [&](JsonNode const& place, std::string const& at) {
    SourceRecord link = record_of(place, at);
    link.cells["service_id"] = service["id"];
    if (JsonNode const* const location = detail::member(place, "location")) {
      into.locations.push_back(record_of(*location, at + "/location"));
      link.cells["location_id"] = into.locations.back()["id"];
    }
    into.places.push_back(std::move(link));
  });
  each(node, "capacities", pointer, [&](JsonNode const& one, std::string const& at) {
    SourceRecord capacity = record_of(one, at);
    capacity.cells["service_id"] = service["id"];
    if (JsonNode const* const unit = detail::member(one, "unit")) {
      into.units.push_back(record_of(*unit, at + "/unit"));
      capacity.cells["unit_id"] = into.units.back()["id"];
    }
    into.capacities.push_back(std::move(capacity));
  });
  into.services.push_back(std::move(service));
}

/// Makes the network of records.
class Maker {
 public:
  Maker(Tables const& tables, Publication const& source) : tables_(tables), import_("hsds", "not-said", source) {}

  Result<ImportedNetwork> make(std::string const& file, Limits const& limits) &&
  {
    for (SourceRecord const& one : tables_.organizations) add_organization(one);
    for (SourceRecord const& one : tables_.locations) add_location(one);
    for (SourceRecord const& one : tables_.services) add_service(one);
    for (SourceRecord const& one : tables_.places) add_place(one);
    for (SourceRecord const& one : tables_.units) units_[one["id"]] = one["name"];
    for (SourceRecord const& one : tables_.capacities) add_capacity(one);
    for (SourceRecord const& one : tables_.organizations) link_parent(one);
    return std::move(import_).build(tables_.services.size(), file, limits);
  }

 private:
  void add_organization(SourceRecord const& one)
  {
    auto const before = import_.content.agencies.size();
    import_.agency(one["id"], one["name"], one.at("name"));
    if (import_.content.agencies.size() == before) return;
    import_.content.agencies.back().description = one["description"];
    import_.content.agencies.back().website = one["website"];
  }

  void link_parent(SourceRecord const& one)
  {
    std::string const& parent = one["parent_organization_id"];
    if (parent.empty()) return;
    auto& agencies = import_.content.agencies;
    auto const find = [&](std::string const& id) {
      return std::find_if(agencies.begin(), agencies.end(), [&](Agency const& each) { return each.id.text() == id; });
    };
    auto const child = find(one["id"]);
    if (find(parent) == agencies.end())
      import_.dirty(one.at("parent_organization_id"), parent, "there is no organization of this identifier");
    else if (child != agencies.end())
      child->parent = AgencyId(parent);
  }

  void add_location(SourceRecord const& one)
  {
    if (!locations_.emplace(one["id"], LocationId(one["id"])).second) return;  // once for every service given there
    Location location;
    if (one["id"].empty()) return import_.dirty(one.at("id"), "", "the location has no identifier");
    location.id = LocationId(one["id"]);
    location.name = Text(one["name"].empty() ? "(no name)" : one["name"]);
    location.position = import_.position(one["latitude"], one["longitude"], one.at("latitude"), one.at("longitude"));
    location.source = import_.source;
    import_.content.locations.push_back(std::move(location));
  }

  void add_service(SourceRecord const& one)
  {
    Service service;
    service.id = ServiceId(import_.fresh(one["id"], one.at("id")));
    service.agency = import_.agency(one["organization_id"], "", one.at("organization_id"));
    if (one["name"].empty()) import_.dirty(one.at("name"), "", "the service has no name");
    service.name = Text(one["name"].empty() ? "(no name)" : one["name"]);
    service.kind = ServiceKind("service");
    service.description = one["description"];
    service.source = import_.source;
    for (auto const& [word, status] :
         {std::pair{"active", ServiceStatus::active}, std::pair{"inactive", ServiceStatus::inactive},
          std::pair{"defunct", ServiceStatus::defunct},
          std::pair{"temporarily closed", ServiceStatus::temporarily_closed}})
      if (one["status"] == word) service.status = status;
    if (!service.status && !one["status"].empty())
      import_.dirty(one.at("status"), one["status"], "this is not a status of HSDS");
    Admission admission;
    admission.minimum_age_months = import_.months(one["minimum_age"], false, one.at("minimum_age"));
    admission.maximum_age_months = import_.months(one["maximum_age"], true, one.at("maximum_age"));
    admission.note = one["eligibility_description"];
    admission.source = import_.source;
    service.admission = admission;
    services_.emplace(one["id"], import_.content.services.size());
    import_.content.services.push_back(std::move(service));
  }

  Service* service_of(SourceRecord const& one)
  {
    auto const found = services_.find(one["service_id"]);
    if (found != services_.end()) return &import_.content.services[found->second];
    import_.dirty(one.at("service_id"), one["service_id"], "there is no service of this identifier");
    return nullptr;
  }

  void add_place(SourceRecord const& one)
  {
    Service* const service = service_of(one);
    auto const location = locations_.find(one["location_id"]);
    if (location == locations_.end() || location->first.empty())
      return import_.dirty(one.at("location_id"), one["location_id"], "there is no location of this identifier");
    if (service != nullptr) service->locations.push_back(location->second);
  }

  std::optional<std::int64_t> count(SourceRecord const& one, char const* field)
  {
    if (one[field].empty()) return std::nullopt;
    auto const number = Decimal::parse(one[field]);
    auto const whole = number ? number->to_int64() : std::nullopt;
    if (whole && *whole >= 0 && *whole <= 1'000'000'000) return whole;
    import_.dirty(one.at(field), one[field], "this is no whole number from zero on");
    return std::nullopt;
  }

  void add_capacity(SourceRecord const& one)
  {
    Service const* const service = service_of(one);
    if (service == nullptr) return;
    Capacity capacity;
    capacity.id = "capacity-" + std::to_string(import_.content.capacities.size() + 1);
    capacity.service = service->id;
    capacity.maximum = count(one, "maximum");
    capacity.updated = parse_date(one["updated"].substr(0, 10));
    if (capacity.updated)
      capacity.available = count(one, "available");
    else
      import_.dirty(one.at("updated"), one["updated"], "without its day nothing is known of free places");
    std::string const unit = units_[one["unit_id"]];
    bool known = false;
    for (auto k = static_cast<int>(CapacityUnit::child); k <= static_cast<int>(CapacityUnit::points); ++k)
      if (to_string(static_cast<CapacityUnit>(k)) == unit) {
        capacity.unit = static_cast<CapacityUnit>(k);
        known = true;
      }
    if (!known) import_.dirty(one.at("unit_id"), unit, "this unit is not known; read as places");
    capacity.note = one["description"];
    capacity.source = import_.source;
    import_.content.capacities.push_back(std::move(capacity));
  }

  Tables const& tables_;
  detail::NetworkImport import_;
  std::map<std::string, LocationId> locations_;
  std::map<std::string, std::size_t> services_;
  std::map<std::string, std::string> units_;
};

Result<ImportedNetwork> with_profile(std::string const& profile, std::size_t records, std::string const& file,
                                     Limits const& limits)
{
  auto network = parse_network(profile, file, limits);
  if (!network) return std::move(network).diagnostics();
  return ImportedNetwork{*std::move(network), {}, records};
}

Diagnostic no_service(std::string const& file)
{
  return {Code::unsupported_format, Severity::error, Place{file, 0, 0, {}}, "there is no service of HSDS here",
          "give a page with contents, a list of services, or one service"};
}

}  // namespace

Result<ImportedNetwork> parse_hsds(std::string_view text, Publication const& source, std::string const& file,
                                   Limits const& limits)
{
  auto const document = detail::parse_json(text, file, limits);
  if (!document) return document.diagnostics();
  Tables tables;
  JsonNode const* const contents = detail::member(*document, "contents");
  JsonNode const& list = contents != nullptr ? *contents : *document;
  std::string const start = contents != nullptr ? "/contents" : "";
  if (list.kind == JsonNode::Kind::array) {
    for (std::size_t k = 0; k < list.children.size(); ++k)
      unfold(list.children[k], start + "/" + std::to_string(k), tables);
  } else if (detail::member(list, "name") != nullptr) {
    unfold(list, "", tables);
  } else {
    return no_service(file);
  }
  if (JsonNode const* const profile = detail::member(*document, "tutela"))
    return with_profile(detail::write_json(*profile), tables.services.size(), file, limits);
  return Maker(tables, source).make(file, limits);
}

Result<ImportedNetwork> parse_hsds_package(std::vector<HsdsFile> const& files, Publication const& source,
                                           Limits const& limits)
{
  Tables tables;
  std::pair<char const*, std::vector<SourceRecord>*> const known[] = {
      {"organizations.csv", &tables.organizations}, {"services.csv", &tables.services},
      {"locations.csv", &tables.locations},         {"service_at_location.csv", &tables.places},
      {"service_capacity.csv", &tables.capacities}, {"units.csv", &tables.units}};
  HsdsFile const* profile = nullptr;
  std::vector<Diagnostic> found;
  for (HsdsFile const& file : files) {
    if (file.name == "tutela_network.json") profile = &file;
    for (auto const& [name, records] : known) {
      if (file.name != name) continue;
      auto const table = parse_table(file.text, file.name, limits);
      if (!table) found.insert(found.end(), table.diagnostics().begin(), table.diagnostics().end());
      for (std::size_t row = 0; table && row < table->rows(); ++row) {
        SourceRecord record;
        record.pointer = "/" + file.name + "/" + std::to_string(row);
        for (std::size_t k = 0; k < table->names.size(); ++k) record.cells[table->names[k]] = table->columns[k][row];
        records->push_back(std::move(record));
      }
    }
  }
  if (!found.empty()) return found;
  if (profile != nullptr) return with_profile(profile->text, tables.services.size(), profile->name, limits);
  if (tables.services.empty()) return no_service("services.csv");
  return Maker(tables, source).make("services.csv", limits);
}

}  // namespace tutela::inline v0
