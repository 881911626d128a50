// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/case.hpp>

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace tutela {
namespace {

std::string const minimal =
    R"({"format":"tutela-case/1","id":"a","synthetic":true,"jurisdiction":"MD","kind":"child_protection","facts":{}})";

/// A case with these facts, on one line.
std::string with_facts(std::string const& facts, std::string const& id = "a")
{
  return R"({"format":"tutela-case/1","id":")" + id + R"(","jurisdiction":"MD","kind":"probation","facts":)" + facts +
         "}";
}

Case one(std::string const& text)
{
  auto cases = parse_cases(text, "f.json").value();
  EXPECT_EQ(cases.size(), 1U);
  return cases.at(0);
}

std::vector<Diagnostic> wrong(std::string const& text, Limits const& limits = {})
{
  auto result = parse_cases(text, "f.json", limits);
  EXPECT_FALSE(result.has_value());
  return result ? std::vector<Diagnostic>{} : std::move(result).diagnostics();
}

/// Expects exactly one finding and returns its code and pointer.
std::pair<Code, std::string> only(std::string const& text)
{
  auto const findings = wrong(text);
  EXPECT_EQ(findings.size(), 1U) << to_string(findings);
  return findings.empty() ? std::pair(Code::internal, std::string{})
                          : std::pair(findings.front().code, findings.front().place.pointer);
}

std::string everything()
{
  return R"({"format":"tutela-case/1","id":"synthetic-0001","synthetic":true,"jurisdiction":"MD","language":"ro",)"
         R"("kind":"child_protection","held_by":"dgpdc","needs":["day_service","counselling"],)"
         R"("purposes":["assistance"],)"
         R"("consent":{"health":"refused","housing":"given","education":"unknown"},)"
         R"("group":"siblings-7","emergency":"no",)"
         R"("acts":[{"issuer":"commission","reference":"12/2026","services":["day_service"],)"
         R"("valid_from":"2026-01-10"}],)"
         R"("facts":{"family.income":[{"value":100.10,"valid_until":"2026-01-01"},{"value":2500,"source":"payslip",)"
         R"("recorded":"2026-02-01","valid_from":"2026-01-01"}],"family.second_parent":{"state":"none"},)"
         R"("family.vulnerable":{"state":"uncertain","source":"interview"},"need.steps":["application","assessment"],)"
         R"("person.birth_date":"2013-05-04","person.class":{"domain":[7,8]},)"
         R"("person.first_seen":{"domain":{"low":"2026-01-01",)"
         R"("high":"2026-01-31"}},"person.nickname":"","person.refugee":true}})";
}

TEST(CaseFile, ReadsEveryPart)
{
  Case const item = one(everything());
  EXPECT_EQ(item.id.text(), "synthetic-0001");
  EXPECT_TRUE(item.synthetic);
  EXPECT_EQ(item.jurisdiction, "MD");
  EXPECT_EQ(item.language, Language::ro);
  EXPECT_EQ(item.kind, CaseKind::child_protection);
  EXPECT_EQ(item.held_by.text(), "dgpdc");
  EXPECT_EQ(item.needs, (std::vector{ServiceKind("day_service"), ServiceKind("counselling")}));
  EXPECT_EQ(item.purposes, std::vector{Purpose("assistance")});
  EXPECT_EQ(item.consent_for(DataCategory("health")), ConsentAnswer::refused);
  EXPECT_EQ(item.group, "siblings-7");
  EXPECT_EQ(item.emergency, Truth::no);
  ASSERT_EQ(item.acts.size(), 1U);
  EXPECT_EQ(item.acts[0].issuer, ActIssuer::commission);
  EXPECT_EQ(item.acts[0].valid.from, make_date(2026, 1, 10));
  EXPECT_EQ(item.facts.value("person.birth_date"), Value(*make_date(2013, 5, 4)));
  EXPECT_EQ(item.facts.value("person.refugee"), Value(true));
  EXPECT_EQ(item.facts.value("person.nickname"), Value(""));
  EXPECT_TRUE(item.facts.value("family.second_parent").is_none());
  EXPECT_EQ(item.facts.value("family.vulnerable").state(), State::uncertain);
  EXPECT_EQ(item.facts.find("family.vulnerable")->source.name, "interview");
  EXPECT_EQ(item.facts.value("person.class").as_unknown()->domain.values.size(), 2U);
  EXPECT_EQ(item.facts.value("person.first_seen").as_unknown()->domain.range.high, Value(*make_date(2026, 1, 31)));
  EXPECT_EQ(item.facts.value("need.steps").as_list()->items.size(), 2U);
  EXPECT_EQ(item.facts.value("family.income", make_date(2025, 6, 1)), Value(*Decimal::parse("100.1")));
  EXPECT_EQ(item.facts.value("family.income", make_date(2026, 6, 1)), Value(Decimal(2500)));
}

TEST(CaseFile, WhatIsWrittenReadsBackEqual)
{
  Case const item = one(everything());
  std::string const line = write_case(item);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(one(line), item);
  EXPECT_EQ(write_case(one(line)), line);
  auto const several = write_cases({item, one(minimal)});
  EXPECT_EQ(parse_cases(several, "f.ndjson").value(), (std::vector<Case>{item, one(minimal)}));
}

TEST(CaseFile, DigitsSurviveAsWritten)
{
  Case const item = one(with_facts(R"({"x.y":1234567890123456789012345678.123456,"x.z":-0.10})"));
  EXPECT_NE(write_case(item).find("1234567890123456789012345678.123456"), std::string::npos);
  EXPECT_EQ(one(write_case(item)), item);
}

TEST(CaseFile, AcceptsObjectArrayAndLines)
{
  EXPECT_EQ(parse_cases("", "f").value().size(), 0U);
  EXPECT_EQ(parse_cases(" \n\n", "f").value().size(), 0U);
  EXPECT_EQ(parse_cases("[]", "f").value().size(), 0U);
  EXPECT_EQ(parse_cases("[" + minimal + ",\n" + with_facts("{}", "b") + "]", "f").value().size(), 2U);
  EXPECT_EQ(parse_cases("\n" + minimal + "\r\n\n" + with_facts("{}", "b"), "f").value().size(), 2U);
  EXPECT_EQ(
      parse_cases("{\n\"format\":\"tutela-case/1\",\n\"id\":\"a\",\"jurisdiction\":\"MD\",\"kind\":\"probation\",\n"
                  "\"facts\":{\"person.note\":\"} {\"}}",
                  "f")
          .value()
          .size(),
      1U);
}

TEST(CaseFile, NullAndAbsentAreUnknown)
{
  Case const item = one(with_facts(R"({"person.sex":null})"));
  EXPECT_TRUE(item.facts.facts().empty());
  EXPECT_EQ(item.facts.value("person.sex").state(), State::unknown);
}

TEST(CaseFile, ReportsEverythingWithPointers)
{
  auto const findings =
      wrong(R"({"format":"tutela-case/1","id":"","jurisdiction":"Moldova","kind":"court","emergency":"maybe",)"
            R"("needs":["Day","x","x"],)"
            R"("consent":{"health":"perhaps"},"acts":[{"issuer":"mayor","valid_from":"2026-02-30"}],"surname":"x",)"
            R"("facts":{"person.birth_date":"2013-02-29","a..b":1,)"
            R"("person.sex":{"value":"female","colour":1},"x.y":{"z":1}}})");
  std::vector<std::string> places;
  for (auto const& finding : findings) {
    EXPECT_EQ(finding.place.file, "f.json");
    places.push_back(to_string(finding.code) + " " + finding.place.pointer);
  }
  std::vector<std::string> const expected{"TUT-202 /id",
                                          "TUT-202 /jurisdiction",
                                          "TUT-202 /kind",
                                          "TUT-202 /needs",
                                          "TUT-202 /needs",
                                          "TUT-202 /consent/health",
                                          "TUT-202 /emergency",
                                          "TUT-202 /acts/0/issuer",
                                          "TUT-102 /acts/0/valid_from",
                                          "TUT-102 /facts/person.birth_date",
                                          "TUT-704 /facts/person.sex/colour",
                                          "TUT-705 /facts/x.y",
                                          "TUT-704 /facts/x.y/z",
                                          "TUT-101 /facts/a..b",
                                          "TUT-704 /surname"};
  EXPECT_EQ(places, expected);
}

TEST(CaseFile, ContradictoryFactsAreLocated)
{
  EXPECT_EQ(only(with_facts(R"({"a.b":{"value":1,"state":"none"}})")),
            std::pair(Code::contradictory_facts, std::string("/facts/a.b")));
  EXPECT_EQ(only(with_facts(R"({"a.b":{"value":1,"domain":[1,2]}})")).first, Code::contradictory_facts);
  EXPECT_EQ(only(with_facts(R"({"a.b":{"state":"none","domain":[1,2]}})")).first, Code::contradictory_facts);
  EXPECT_EQ(only(with_facts(R"({"a.b":[{"value":1},{"value":2}]})")),
            std::pair(Code::contradictory_facts, std::string("/facts/a.b")));
  EXPECT_EQ(only(with_facts(R"({"a.b":{"source":"x"}})")).first, Code::missing_key);
  EXPECT_EQ(only(with_facts(R"({"a.b":{"state":null}})")).first, Code::missing_key);
  EXPECT_EQ(only(with_facts(R"({"a.b":{"state":"known"}})")),
            std::pair(Code::not_allowed, std::string("/facts/a.b/state")));
  EXPECT_EQ(only(with_facts(R"({"a.b":{"value":1,"valid_from":"2026-02-01","valid_until":"2026-02-01"}})")).first,
            Code::invalid_interval);
}

TEST(CaseFile, DomainsAreChecked)
{
  EXPECT_EQ(only(with_facts(R"({"a.b":{"domain":[1]}})")).first, Code::out_of_range);
  EXPECT_EQ(only(with_facts(R"({"a.b":{"domain":[1,2,1.0]}})")),
            std::pair(Code::not_allowed, std::string("/facts/a.b/domain/2")));
  EXPECT_EQ(only(with_facts(R"({"a.b":{"domain":{"low":2,"high":1}}})")).first, Code::invalid_interval);
  EXPECT_EQ(only(with_facts(R"({"a.b":{"domain":{"low":2,"high":"2026-01-01"}}})")).first, Code::wrong_type);
  EXPECT_EQ(only(with_facts(R"({"a.b":{"domain":{}}})")).first, Code::wrong_type);
  EXPECT_EQ(only(with_facts(R"({"a.b":{"domain":3}})")).first, Code::wrong_type);
  EXPECT_EQ(only(with_facts(R"({"a.b":[1,[2]]})")), std::pair(Code::wrong_type, std::string("/facts/a.b/1")));
  EXPECT_EQ(only(with_facts(R"({"a.b":[1,{"value":2}]})")).first, Code::wrong_type);
}

TEST(CaseFile, LinesAreLocatedAndNothingIsHalfLoaded)
{
  auto const findings = wrong(minimal + "\n\n" + with_facts(R"({"a.b":{"value":1,"value":2}})", "b") +
                              "\n{\"format\":\n" + with_facts(R"({"a.b":"2026-13-01"})", "a"));
  ASSERT_EQ(findings.size(), 4U) << to_string(findings);
  EXPECT_EQ(findings[0].code, Code::duplicate_key);
  EXPECT_EQ(findings[0].place.line, 3U);
  EXPECT_EQ(findings[0].place.pointer, "/facts/a.b/value");
  EXPECT_EQ(findings[1].code, Code::malformed);
  EXPECT_EQ(findings[1].place.line, 4U);
  EXPECT_EQ(findings[2].code, Code::duplicate_id);
  EXPECT_EQ(findings[2].place.line, 5U);
  EXPECT_EQ(findings[3].code, Code::invalid_date);
  EXPECT_EQ(findings[3].place.line, 5U);
}

TEST(CaseFile, RefusesOtherFormatsAndTypes)
{
  EXPECT_EQ(only(R"({"format":"tutela-network/1","agencies":[]})").first, Code::unsupported_format);
  EXPECT_EQ(only(R"({"id":"a"})").first, Code::unsupported_format);
  EXPECT_EQ(only(R"({"format":null})").first, Code::unsupported_format);
  EXPECT_EQ(only("[1]"), std::pair(Code::wrong_type, std::string("/0")));
  EXPECT_EQ(only("\"text\"").first, Code::wrong_type);
  EXPECT_EQ(only(R"({"format":"tutela-case/1","id":"a","jurisdiction":"MD","kind":null,"facts":{}})").first,
            Code::missing_key);
  EXPECT_EQ(only(R"({"format":"tutela-case/1","id":"a","jurisdiction":"MD","kind":"probation"})").first,
            Code::missing_key);
  EXPECT_EQ(only(with_facts("[]")), std::pair(Code::wrong_type, std::string("/facts")));
  EXPECT_EQ(only(minimal.substr(0, 60)).first, Code::malformed);
  EXPECT_EQ(only("{\"format\":\"\xFF\"}").first, Code::invalid_text);
}

TEST(CaseFile, StaysWithinItsLimits)
{
  Limits limits;
  limits.nesting = 8;
  EXPECT_EQ(wrong(with_facts("{\"a.b\":" + std::string(10'000, '[') + "}"), limits).front().code, Code::limit_reached);
  limits.text_bytes = 100;
  EXPECT_EQ(wrong(with_facts("{\"a.b\":\"" + std::string(101, 'x') + "\"}"), limits).front().code, Code::limit_reached);
  limits.document_bytes = 200;
  EXPECT_EQ(wrong(minimal + "\n" + std::string(201, ' ') + "{}", limits).front().code, Code::limit_reached);
  limits = {};
  limits.facts = 1;
  EXPECT_EQ(wrong(with_facts(R"({"a.b":1,"a.c":1})"), limits).front().place.pointer, "/facts");
  limits = {};
  limits.diagnostics = 2;
  EXPECT_EQ(wrong("1\n", limits).size(), 1U);
}

TEST(CaseFile, WritingRefusesWhatTheFormatCannotCarry)
{
  Case item = one(minimal);
  auto const with = [&](Value value) {
    RecordBuilder builder;
    item.facts = std::move(builder.set("a.b", std::move(value))).build().value();
    return item;
  };
  EXPECT_THROW((void)write_case(with(Value(MonthsDuration{3}))), ContractViolation);
  EXPECT_THROW((void)write_case(with(Value("2026-03-01"))), ContractViolation);
  EXPECT_THROW((void)write_case(with(Value(List{{}, false, {"a.b"}}))), ContractViolation);
  EXPECT_THROW((void)write_case(with(Value(Context{}))), ContractViolation);
}

TEST(CaseFile, NoFindingRepeatsAPersonsData)
{
  auto const findings =
      wrong(with_facts(R"({"person.name":{"value":"Secret","state":"Secret"},"person.born":"2013-02-30"})"));
  EXPECT_EQ(to_string(findings).find("Secret"), std::string::npos);
  EXPECT_EQ(to_string(findings).find("2013"), std::string::npos);
}

}  // namespace
// The map `facts` of a case, and one entry of it, without the case around.
TEST(CaseFormat, FactsAlone)
{
  auto const facts = parse_facts(R"({"a": 1, "b": null, "c": {"domain": [1, 2]}, "d": "2026-03-02"})", "facts");
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->facts().size(), 3U);
  EXPECT_EQ(facts->value("d"), Value(Date{2026, 3, 2}));
  EXPECT_EQ(facts->value("c").as_unknown()->domain.values.size(), 2U);
  auto const wrong = parse_facts(R"({"a": [[1]], "b": {"valeu": 1}})", "facts");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.diagnostics().front().place.pointer, "/a/0");
  EXPECT_EQ(wrong.diagnostics().back().place.pointer.substr(0, 2), "/b");
  EXPECT_FALSE(parse_facts("[]", "facts"));
  EXPECT_FALSE(parse_facts("", "facts"));

  EXPECT_EQ(parse_fact("a", "1.50", "fact").value().value("a"), Value(*Decimal::parse("1.5")));
  EXPECT_TRUE(parse_fact("a", "null", "fact").value().facts().empty());
  EXPECT_EQ(
      parse_fact("a", R"([{"value": 1, "source": "x"}, {"value": 2, "source": "y"}])", "fact").value().facts().size(),
      2U);
  EXPECT_FALSE(parse_fact("a", "1, \"b\": 2", "fact"));
}

}  // namespace tutela
