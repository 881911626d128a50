// SPDX-License-Identifier: Apache-2.0
/// \file
/// Networks as HSDS.
#include <cctype>
#include <map>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include <tutela/io/hsds.hpp>
#include <tutela/io/network.hpp>

#include "io/csv_writer.hpp"
#include "io/network_parts.hpp"

namespace tutela::inline v0 {
namespace {

using Json = nlohmann::ordered_json;

bool is_uuid(std::string_view text)
{
  if (text.size() != 36) return false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    bool const dash = k == 8 || k == 13 || k == 18 || k == 23;
    if (dash ? text[k] != '-' : std::isxdigit(static_cast<unsigned char>(text[k])) == 0) return false;
  }
  return true;
}

/// FNV-1a with 64 bits. It only spreads identifiers of one network; nothing is protected by it.
std::uint64_t spread(std::string_view text, std::uint64_t start)
{
  for (char const character : text) start = (start ^ static_cast<unsigned char>(character)) * 0x100000001b3ULL;
  return start;
}

std::string uuid(std::string_view table, std::string_view id)
{
  if (is_uuid(id)) return std::string(id);
  std::string const text = std::string(table) + '/' + std::string(id);
  std::uint64_t const high = (spread(text, 0xcbf29ce484222325ULL) & ~0xf000ULL) | 0x8000ULL;
  std::uint64_t const low = (spread(text, 0x84222325cbf29ce4ULL) & ~(3ULL << 62U)) | (2ULL << 62U);
  static constexpr char digits[] = "0123456789abcdef";
  std::string result;
  for (std::size_t k = 0; k < 32; ++k) {
    if (k == 8 || k == 12 || k == 16 || k == 20) result += '-';
    std::uint64_t const half = k < 16 ? high : low;
    result += digits[(half >> (60 - 4 * (k % 16))) & 15U];
  }
  return result;
}

/// A row of a table: names of fields and their values, in order.
using Row = Json;

/// Every table of HSDS that a network fills, each row with the columns of its table.
struct Tables {
  std::vector<Row> organizations, services, locations, service_at_location, service_capacity, units;
};

class TableMaker {
 public:
  TableMaker(NetworkContent const& content, Date on, Language language) : content_(content), language_(language)
  {
    for (OutOfService const& rest : content.out_of_service)
      if (rest.days.contains(on)) resting_.insert(rest.service);
  }

  Tables make()
  {
    for (Agency const& agency : content_.agencies) add(agency);
    for (Unit const& unit : content_.units) add(unit);
    for (Location const& location : content_.locations) add(location);
    for (Service const& service : content_.services) add(service);
    for (Capacity const& capacity : content_.capacities) add(capacity);
    return std::move(tables_);
  }

 private:
  std::string in(Text const& text) const { return text.in(language_); }

  void add(Agency const& agency)
  {
    std::string const name = in(agency.name);
    Row row{{"id", uuid("organization", agency.id.text())},
            {"name", name},
            {"description", agency.description.empty() ? name : agency.description}};
    if (!agency.website.empty()) row["website"] = agency.website;
    if (!agency.parent.empty()) row["parent_organization_id"] = uuid("organization", agency.parent.text());
    tables_.organizations.push_back(std::move(row));
  }

  void add(Unit const& unit)
  {
    tables_.organizations.push_back({{"id", uuid("organization", unit.id.text())},
                                     {"name", in(unit.name)},
                                     {"description", in(unit.name)},
                                     {"parent_organization_id", uuid("organization", unit.agency.text())}});
  }

  void add(Location const& location)
  {
    Row row{{"id", uuid("location", location.id.text())}, {"location_type", "physical"}, {"name", in(location.name)}};
    if (location.position) {
      row["latitude"] = location.position->latitude.to_double();
      row["longitude"] = location.position->longitude.to_double();
    }
    tables_.locations.push_back(std::move(row));
  }

  std::string status_of(Service const& service) const
  {
    auto const status = service.status.value_or(ServiceStatus::active);
    if (status == ServiceStatus::active) return resting_.count(service.id) == 0 ? "active" : "temporarily closed";
    return status == ServiceStatus::temporarily_closed ? "temporarily closed" : std::string(to_string(status));
  }

  void add(Service const& service)
  {
    Row row{{"id", uuid("service", service.id.text())},
            {"organization_id", uuid("organization", service.agency.text())},
            {"name", in(service.name)},
            {"status", status_of(service)}};
    if (!service.description.empty()) row["description"] = service.description;
    if (service.admission) {
      // HSDS counts ages in years and includes the highest one.
      if (auto const months = service.admission->minimum_age_months) row["minimum_age"] = *months / 12.0;
      if (auto const months = service.admission->maximum_age_months)
        row["maximum_age"] = *months % 12 == 0 ? *months / 12.0 - 1 : (*months - 1) / 12.0;
      if (!service.admission->note.empty()) row["eligibility_description"] = service.admission->note;
    }
    tables_.services.push_back(std::move(row));
    for (LocationId const& location : service.locations)
      tables_.service_at_location.push_back(
          {{"id", uuid("service_at_location", service.id.text() + "/" + location.text())},
           {"service_id", uuid("service", service.id.text())},
           {"location_id", uuid("location", location.text())}});
  }

  void add(Capacity const& capacity)
  {
    if (!capacity.available || !capacity.updated) return;
    std::string const unit(to_string(capacity.unit));
    if (units_.insert(unit).second) tables_.units.push_back({{"id", uuid("unit", unit)}, {"name", unit}});
    Row row{{"id", uuid("service_capacity", capacity.id)},
            {"service_id", uuid("service", capacity.service.text())},
            {"unit_id", uuid("unit", unit)},
            {"available", *capacity.available},
            {"updated", to_string(*capacity.updated) + "T00:00:00.000Z"}};
    if (capacity.maximum) row["maximum"] = *capacity.maximum;
    if (!capacity.note.empty()) row["description"] = capacity.note;
    tables_.service_capacity.push_back(std::move(row));
  }

  NetworkContent const& content_;
  Language language_;
  Tables tables_;
  std::set<std::string> units_;
  std::set<ServiceId> resting_;  ///< Out of service on the day.
};

std::string dump(Json const& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

/// Rows by the value of one of their fields.
std::multimap<std::string, Row const*> by(std::vector<Row> const& rows, char const* field)
{
  std::multimap<std::string, Row const*> result;
  for (Row const& row : rows) result.emplace(row.at(field).get<std::string>(), &row);
  return result;
}

Row without(Row row, std::initializer_list<char const*> fields)
{
  for (char const* field : fields) row.erase(field);
  return row;
}

/// Each service with everything that belongs to it inside, as the JSON of HSDS has it.
Json pages(Tables const& tables)
{
  auto const organizations = by(tables.organizations, "id");
  auto const locations = by(tables.locations, "id");
  auto const units = by(tables.units, "id");
  auto const places = by(tables.service_at_location, "service_id");
  auto const capacities = by(tables.service_capacity, "service_id");
  Json contents = Json::array();
  for (Row const& service : tables.services) {
    Json one = without(service, {"organization_id"});
    auto const id = service.at("id").get<std::string>();
    if (auto const found = organizations.find(service.at("organization_id").get<std::string>());
        found != organizations.end())
      one["organization"] = *found->second;
    for (auto [at, end] = places.equal_range(id); at != end; ++at)
      one["service_at_locations"].push_back(
          {{"id", at->second->at("id")},
           {"location", *locations.find(at->second->at("location_id").get<std::string>())->second}});
    for (auto [at, end] = capacities.equal_range(id); at != end; ++at) {
      Json capacity = without(*at->second, {"service_id", "unit_id"});
      capacity["unit"] = *units.find(at->second->at("unit_id").get<std::string>())->second;
      one["capacities"].push_back(std::move(capacity));
    }
    contents.push_back(std::move(one));
  }
  auto const size = contents.size();
  return {{"total_items", size}, {"total_pages", 1},  {"page_number", 1},   {"size", size},
          {"first_page", true},  {"last_page", true}, {"empty", size == 0}, {"contents", std::move(contents)}};
}

std::string profile_of(NetworkContent const& content)
{
  return write_network(Network::build(content).value());  // a network without some places is still one
}

struct Table {
  char const* name;
  char const* file;
  std::vector<std::pair<char const*, char const*>> columns;  ///< Name and type of the package.
  std::vector<Row> const* rows;
};

std::vector<Table> tables_of(Tables const& tables)
{
  using Columns = std::vector<std::pair<char const*, char const*>>;
  return {{"organizations", "organizations.csv",
           Columns{{"id", "string"},
                   {"name", "string"},
                   {"description", "string"},
                   {"website", "string"},
                   {"parent_organization_id", "string"}},
           &tables.organizations},
          {"services", "services.csv",
           Columns{{"id", "string"},
                   {"organization_id", "string"},
                   {"name", "string"},
                   {"description", "string"},
                   {"status", "string"},
                   {"minimum_age", "number"},
                   {"maximum_age", "number"},
                   {"eligibility_description", "string"}},
           &tables.services},
          {"locations", "locations.csv",
           Columns{{"id", "string"},
                   {"location_type", "string"},
                   {"name", "string"},
                   {"latitude", "number"},
                   {"longitude", "number"}},
           &tables.locations},
          {"service_at_location", "service_at_location.csv",
           Columns{{"id", "string"}, {"service_id", "string"}, {"location_id", "string"}}, &tables.service_at_location},
          {"service_capacity", "service_capacity.csv",
           Columns{{"id", "string"},
                   {"service_id", "string"},
                   {"unit_id", "string"},
                   {"available", "number"},
                   {"maximum", "number"},
                   {"description", "string"},
                   {"updated", "datetime"}},
           &tables.service_capacity},
          {"units", "units.csv", Columns{{"id", "string"}, {"name", "string"}}, &tables.units}};
}

std::string csv_of(Table const& table)
{
  std::string text;
  for (auto const& [name, type] : table.columns) (text += text.empty() ? "" : ",") += name;
  text += '\n';
  for (Row const& row : *table.rows) {
    bool first = true;
    for (auto const& [name, type] : table.columns) {
      if (!std::exchange(first, false)) text += ',';
      if (!row.contains(name)) continue;
      Json const& cell = row.at(name);
      detail::add_csv_cell(text, cell.is_string() ? cell.get<std::string>() : cell.dump());
    }
    text += '\n';
  }
  return text;
}

}  // namespace

std::string write_hsds(Network const& network, Date on, Language language)
{
  NetworkContent const content = detail::shareable(network, on);
  Json page = pages(TableMaker(content, on, language).make());
  page["tutela"] = Json::parse(profile_of(content));
  return dump(page);
}

std::vector<HsdsFile> write_hsds_package(Network const& network, Date on, Language language)
{
  NetworkContent const content = detail::shareable(network, on);
  Tables const tables = TableMaker(content, on, language).make();
  std::vector<HsdsFile> files(1);
  Json resources = Json::array();
  for (Table const& table : tables_of(tables)) {
    Json fields = Json::array();
    for (auto const& [name, type] : table.columns) fields.push_back({{"name", name}, {"type", type}});
    resources.push_back({{"name", table.name},
                         {"path", table.file},
                         {"profile", "tabular-data-resource"},
                         {"format", "csv"},
                         {"mediatype", "text/csv"},
                         {"schema", {{"fields", std::move(fields)}, {"primaryKey", "id"}}}});
    files.push_back({table.file, csv_of(table)});
  }
  resources.push_back({{"name", "tutela_network"}, {"path", "tutela_network.json"}, {"format", "json"}});
  files.push_back({"tutela_network.json", profile_of(content)});
  files.front() = {"datapackage.json", dump({{"name", "human_services_data"},
                                             {"title", "Human Services Data Specification 3.1.3"},
                                             {"profile", "data-package"},
                                             {"resources", std::move(resources)}})};
  return files;
}

}  // namespace tutela::inline v0
