// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <tutela/io/hsds.hpp>
#include <tutela/io/network.hpp>
#include <tutela/io/table.hpp>

using namespace tutela;

namespace {

using Json = nlohmann::json;

std::string const data = TUTELA_SOURCE_DIR "/examples/data/";
Date const on{2026, 3, 2};

Publication source()
{
  Publication result;
  result.id = SourceId("source");
  result.title = "A file";
  result.published = PartialDate{2020, 2, 0};
  result.seen = PartialDate{2026, 3, 1};
  return result;
}

std::string text_of(std::string const& path)
{
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A file of the folder of outside material; empty where it is not there.
std::string shared(std::string const& name)
{
  char const* const named = std::getenv("TUTELA_SHARED");
  return text_of((named != nullptr ? std::string(named) : TUTELA_SOURCE_DIR "/../shared") + "/data/" + name);
}

/// Fields that HSDS 3.1.3 requires of each table in JSON, by its published schemas.
std::map<std::string, std::set<std::string>> const required{
    {"organization", {"id", "name", "description"}},
    {"service", {"id", "name", "status"}},
    {"service_at_location", {"id"}},
    {"location", {"id", "location_type"}},
    {"service_capacity", {"id", "unit", "available", "updated"}},
    {"unit", {"id", "name"}}};

/// Fields of each table that this library writes; all are of HSDS 3.1.3.
std::map<std::string, std::set<std::string>> const allowed{
    {"organization", {"id", "name", "description", "website", "parent_organization_id"}},
    {"service",
     {"id", "name", "status", "description", "minimum_age", "maximum_age", "eligibility_description", "organization",
      "service_at_locations", "capacities"}},
    {"service_at_location", {"id", "location"}},
    {"location", {"id", "location_type", "name", "latitude", "longitude"}},
    {"service_capacity", {"id", "unit", "available", "maximum", "description", "updated"}},
    {"unit", {"id", "name"}}};

void expect_table(std::string const& table, Json const& row)
{
  static std::regex const uuid("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  for (std::string const& field : required.at(table)) EXPECT_TRUE(row.contains(field)) << table << " " << field;
  for (auto const& [field, value] : row.items()) {
    EXPECT_TRUE(allowed.at(table).count(field)) << table << " " << field;
    bool const number = field == "minimum_age" || field == "maximum_age" || field == "latitude" ||
                        field == "longitude" || field == "available" || field == "maximum";
    EXPECT_TRUE(number ? value.is_number() : value.is_string() || value.is_structured()) << table << " " << field;
  }
  EXPECT_TRUE(std::regex_match(row.at("id").get<std::string>(), uuid));
}

void expect_conformant(std::string const& text)
{
  auto const page = Json::parse(text);
  for (char const* field : {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"})
    EXPECT_TRUE(page.contains(field));
  std::set<std::string> const status{"active", "inactive", "defunct", "temporarily closed"};
  for (Json const& service : page.at("contents")) {
    expect_table("service", service);
    EXPECT_TRUE(status.count(service.at("status")));
    expect_table("organization", service.at("organization"));
    for (Json const& place : service.value("service_at_locations", Json::array())) {
      expect_table("service_at_location", place);
      expect_table("location", place.at("location"));
    }
    for (Json const& capacity : service.value("capacities", Json::array())) {
      expect_table("service_capacity", capacity);
      expect_table("unit", capacity.at("unit"));
    }
  }
}

TEST(Hsds, shipped_networks_are_written_as_the_fields_of_the_standard_ask_and_read_back)
{
  for (char const* name : {"chisinau", "pokrovsk", "bacau", "demo"}) {
    auto const network = load_network(data + name + "/network.json").value();
    auto const text = write_hsds(network, on);
    expect_conformant(text);
    auto const back = parse_hsds(text, source()).value();
    EXPECT_TRUE(back.dirty.empty());
    EXPECT_EQ(back.records, network.content().services.size());
    EXPECT_EQ(back.network.content().agreements, network.content().agreements);
    EXPECT_EQ(back.network.content().bases, network.content().bases);
    EXPECT_EQ(write_hsds(back.network, on), text);
    auto const files = write_hsds_package(network, on);
    auto const from_package = parse_hsds_package(files, source()).value();
    EXPECT_EQ(write_network(from_package.network), write_network(back.network));
    EXPECT_EQ(write_hsds_package(from_package.network, on), files);
  }
}

TEST(Hsds, the_package_describes_its_tables)
{
  auto const files = write_hsds_package(load_network(data + "demo/network.json").value(), on);
  auto const package = Json::parse(files.front().text);
  ASSERT_EQ(files.front().name, "datapackage.json");
  std::map<std::string, std::string> texts;
  for (HsdsFile const& file : files) texts[file.name] = file.text;
  for (Json const& resource : package.at("resources")) {
    std::string const path = resource.at("path");
    ASSERT_TRUE(texts.count(path)) << path;
    if (resource.at("format") != "csv") continue;
    auto const table = parse_table(texts.at(path)).value();
    std::vector<std::string> names;
    for (Json const& field : resource.at("schema").at("fields")) names.push_back(field.at("name"));
    EXPECT_EQ(table.names, names);
    std::set<std::string> const ids(table.columns[0].begin(), table.columns[0].end());
    EXPECT_EQ(ids.size(), table.rows());
  }
  EXPECT_EQ(package.at("resources").size() + 1, files.size());
}

TEST(Hsds, no_place_that_must_not_be_found_leaves_the_house)
{
  auto const network = load_network(data + "demo/network.json").value();
  std::string all = write_hsds(network, on);
  for (HsdsFile const& file : write_hsds_package(network, on)) all += file.text;
  EXPECT_EQ(all.find("Protected house"), std::string::npos);
  EXPECT_EQ(all.find("House with the oak"), std::string::npos);
  EXPECT_EQ(all.find("Cloud Street"), std::string::npos);
  EXPECT_NE(all.find("House by the well"), std::string::npos);
}

std::string const foreign = R"([{"id":"s1","name":"Centre","status":"open","minimum_age":"six","maximum_age":17,
  "organization":{"id":"o1","name":"House","description":"x","parent_organization_id":"o9"},
  "service_at_locations":[{"id":"x","location":{"id":"l1","location_type":"physical","latitude":95,"longitude":"20"}},
                          {"id":"y","location_id":"l7"}],
  "capacities":[{"id":"c","unit":{"id":"u","name":"seat"},"available":3,"updated":"yesterday","maximum":-1}]},
 {"id":"s1","minimum_age":0.5}])";

TEST(Hsds, a_foreign_file_comes_in_with_all_that_is_dirty)
{
  auto const found = parse_hsds(foreign, source()).value();
  EXPECT_EQ(found.records, 2U);
  std::map<std::string, std::string> dirty;
  for (DirtyField const& each : found.dirty) dirty[each.pointer] = each.written;
  std::map<std::string, std::string> const expected{{"/0/status", "open"},
                                                    {"/0/minimum_age", "six"},
                                                    {"/0/organization/parent_organization_id", "o9"},
                                                    {"/0/service_at_locations/0/location/latitude", "95"},
                                                    {"/0/service_at_locations/1/location_id", "l7"},
                                                    {"/0/capacities/0/updated", "yesterday"},
                                                    {"/0/capacities/0/unit_id", "seat"},
                                                    {"/0/capacities/0/maximum", "-1"},
                                                    {"/1/id", "s1"},
                                                    {"/1/organization_id", ""},
                                                    {"/1/name", ""}};
  EXPECT_EQ(dirty, expected);
  auto const& services = found.network.content().services;
  ASSERT_EQ(services.size(), 2U);
  EXPECT_EQ(services[0].admission->maximum_age_months, 18 * 12);
  EXPECT_EQ(services[1].admission->minimum_age_months, 6);
  EXPECT_FALSE(found.network.content().capacities[0].available);
}

TEST(Hsds, text_that_is_no_hsds_is_refused)
{
  EXPECT_FALSE(parse_hsds("{}", source()));
  EXPECT_FALSE(parse_hsds("[", source()));
  EXPECT_FALSE(parse_hsds_package({}, source()));
  EXPECT_FALSE(parse_hsds_package({{"services.csv", "id,id\n"}}, source()));
  EXPECT_FALSE(parse_hsds(R"({"contents":[],"tutela":{"format":"other"}})", source()));
  EXPECT_FALSE(import_romanian_register("{}", source()));
  EXPECT_FALSE(import_florida_services("a,b\n1,2\n", source()));
}

TEST(Hsds, noise_never_crashes)
{
  std::mt19937 random(29);
  for (int round = 0; round < 3'000; ++round) {
    std::string text = foreign;
    for (int k = 0; k < 2; ++k) text[random() % text.size()] = "{}[]\",:0a"[random() % 9];
    auto const found = parse_hsds(text, source());
    EXPECT_TRUE(!found || !write_hsds(found->network, on).empty());
    static_cast<void>(import_romanian_register(text, source()));
    static_cast<void>(import_florida_services(text, source()));
  }
}

TEST(Import, the_romanian_register_whole)
{
  auto const text = shared("romania-services.json");
  if (text.empty()) GTEST_SKIP() << "the register is not beside the repository (TUTELA_SHARED)";
  auto const found = import_romanian_register(text, source(), "register.json").value();
  EXPECT_EQ(found.records, 2186U);
  EXPECT_EQ(found.network.content().services.size(), 2186U);
  EXPECT_EQ(found.network.content().agencies.size(), 777U);
  std::map<std::string, std::size_t> counts;
  for (DirtyField const& each : found.dirty)
    if (each.pointer.rfind("/providers/", 0) == 0)
      ++counts[each.pointer.substr(each.pointer.rfind('/') + 1) + (each.written.empty() ? " empty" : "")];
  EXPECT_EQ(counts["capacitate empty"], 121U);
  EXPECT_EQ(counts["capacitate"], 32U);
  EXPECT_EQ(counts["adresa empty"] + counts["adresa"], 337U);  // blank, or with spaces around
  EXPECT_EQ(counts["cod empty"], 1U);
  std::vector<std::string> codes;
  for (DirtyField const& each : found.dirty)
    if (each.pointer.rfind("/ss/", 0) == 0) codes.push_back(each.written);
  EXPECT_EQ(codes, (std::vector<std::string>{"8891CZ-CIII", "8899CZ-VTP-"}));
  std::int64_t homes = 0;
  std::int64_t places = 0;
  for (Capacity const& capacity : found.network.content().capacities) {
    Service const& service = *found.network.find(capacity.service);
    if (service.kind.text().rfind("k8790cr_c_", 0) != 0 || !capacity.maximum) continue;
    ++homes;
    places += *capacity.maximum;
  }
  EXPECT_EQ(homes, 547);
  EXPECT_EQ(places, 11'320);
  for (Service const& service : found.network.content().services)
    if (service.kind.text().find("_vd_") != std::string::npos) {
      EXPECT_EQ(found.network.disclosure_of(service, on), LocationDisclosure::none);
    }
  expect_conformant(write_hsds(found.network, on));
}

TEST(Import, the_florida_directory_whole)
{
  auto const text = shared("florida-services.csv");
  if (text.empty()) GTEST_SKIP() << "the directory is not beside the repository (TUTELA_SHARED)";
  auto const found = import_florida_services(text, source(), "directory.csv").value();
  EXPECT_EQ(found.network.content().services.size(), found.records);
  EXPECT_GE(found.records, 134U);
  EXPECT_FALSE(found.dirty.empty());
  auto const has = [&](std::string const& written) {
    return std::any_of(found.dirty.begin(), found.dirty.end(),
                       [&](auto const& each) { return each.written == written; });
  };
  EXPECT_TRUE(has("http://gulfcoastlegal.org/financial-stability-assistance"));  // a row that is shifted by one cell
  EXPECT_TRUE(has("999"));
  EXPECT_TRUE(has("N/A"));
  std::size_t conditions = 0;
  for (Service const& service : found.network.content().services)
    conditions += service.admission->note.find("service_incarceration_status: ") != std::string::npos ? 1U : 0U;
  EXPECT_GE(conditions, 30U);
  expect_conformant(write_hsds(found.network, on));
}

}  // namespace
