// SPDX-License-Identifier: Apache-2.0
#include "io/json_reader.hpp"

#include <gtest/gtest.h>

namespace tutela::detail {
namespace {

std::vector<Diagnostic> wrong(std::string_view text, Limits const& limits = {})
{
  auto result = parse_json(text, "f.json", limits);
  return result ? std::vector<Diagnostic>{} : std::move(result).diagnostics();
}

TEST(Json, KeepsNumbersAsWritten)
{
  auto const document = parse_json(R"({"a": 123456789012345678901234567890.10, "b": -7})", "f.json", {}).value();
  EXPECT_EQ(document.children[0].text, "123456789012345678901234567890.10");
  EXPECT_EQ(document.children[1].text, "-7");
}

TEST(Json, ReportsEveryDuplicateKey)
{
  auto const findings = wrong(R"({"a":1,"a":2,"b":{"c/d":1,"c/d":2}})");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].code, Code::duplicate_key);
  EXPECT_EQ(findings[0].place.pointer, "/a");
  EXPECT_EQ(findings[1].place.pointer, "/b/c~1d");
}

TEST(Json, CountsPlacesInListsFromZero)
{
  auto const findings = wrong(R"({"list": [{}, {"a": 1, "a": 2}, [[7, {"b": 1, "b": 2}]]]})");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].place.pointer, "/list/1/a");
  EXPECT_EQ(findings[1].place.pointer, "/list/2/0/1/b");
}

TEST(Json, LocatesWhatIsMalformed)
{
  auto const cut = wrong("{\n  \"a\": [1, 2");
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_EQ(cut[0].code, Code::malformed);
  EXPECT_EQ(cut[0].place.line, 2U);
  EXPECT_NE(cut[0].what.find("too early"), std::string::npos);
  EXPECT_EQ(wrong("{\"a\": tru}")[0].code, Code::malformed);
  EXPECT_EQ(wrong("{} {}")[0].code, Code::malformed);
  EXPECT_EQ(wrong("")[0].code, Code::malformed);
  EXPECT_EQ(wrong("{\"a\": \"\xC3\x28\"}")[0].code, Code::invalid_text);
}

TEST(Json, StaysInsideItsLimits)
{
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "[";
  EXPECT_EQ(wrong(deep)[0].code, Code::limit_reached);
  EXPECT_LT(wrong(deep)[0].place.pointer.size(), 300U);
  std::string deep_object;
  for (int i = 0; i < 10'000; ++i) deep_object += "{\"a\":";
  EXPECT_EQ(wrong(deep_object)[0].code, Code::limit_reached);
  EXPECT_EQ(wrong("\"" + std::string(70'000, 'x') + "\"")[0].code, Code::limit_reached);
  EXPECT_EQ(wrong("{\"" + std::string(70'000, 'x') + "\":1}")[0].code, Code::limit_reached);
  EXPECT_EQ(wrong("[0." + std::string(70'000, '1') + "]")[0].code, Code::limit_reached);
  Limits small;
  small.elements = 3;
  EXPECT_EQ(wrong("[1,2,3,4]", small)[0].code, Code::limit_reached);
  small.document_bytes = 4;
  EXPECT_EQ(wrong("[1,2]", small)[0].code, Code::limit_reached);
}

TEST(Json, ReadsOnAfterEachFinding)
{
  auto const document =
      parse_json(
          R"({"id": 7, "born": "2026-02-30", "count": 99, "extra": 1, "from": "2026-02-01", "until": "2026-01-01"})",
          "f.json", {})
          .value();
  Diagnostics diagnostics;
  JsonContext context{"f.json", diagnostics};
  {
    JsonObject object(document, "", context);
    EXPECT_EQ(object.text("id"), "");
    EXPECT_EQ(object.text("name"), "");
    object.date("born");
    object.integer("count", 0, 10);
    object.period("from", "until");
  }
  std::vector<Code> codes;
  for (auto const& diagnostic : diagnostics.list()) codes.push_back(diagnostic.code);
  EXPECT_EQ(codes, (std::vector<Code>{Code::wrong_type, Code::missing_key, Code::invalid_date, Code::out_of_range,
                                      Code::invalid_interval, Code::unknown_key}));
  EXPECT_EQ(diagnostics.list()[0].place.pointer, "/id");
  EXPECT_EQ(diagnostics.list()[5].place.pointer, "/extra");
}

TEST(Json, ReadsLanguages)
{
  auto const document =
      parse_json(R"({"a": "child", "b": {"en": "child", "ro": "copil"}, "c": {"de": "Kind"}, "d": 1})", "f", {})
          .value();
  Diagnostics diagnostics;
  JsonContext context{"f", diagnostics};
  {
    JsonObject object(document, "", context);
    EXPECT_EQ(object.localized("a").in(Language::uk), "child");
    EXPECT_EQ(object.localized("b").in(Language::ro), "copil");
    object.localized("c");
    object.localized("d");
  }
  ASSERT_EQ(diagnostics.count(), 2U);
  EXPECT_EQ(diagnostics.list()[0].place.pointer, "/c/de");
  EXPECT_EQ(diagnostics.list()[1].place.pointer, "/d");
}

TEST(File, ThatDoesNotExistIsSaid)
{
  auto const result = read_file("no/such/file.json", {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.diagnostics().front().code, Code::not_found);
  EXPECT_FALSE(read_file("/", {}));
}

}  // namespace
}  // namespace tutela::detail
