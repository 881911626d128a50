// SPDX-License-Identifier: Apache-2.0
/// \file
/// XML is read strictly: whatever is not plain, small and well-formed is refused with its place.
#include "rules/xml.hpp"

#include <gtest/gtest.h>

namespace tutela {
namespace {

using detail::parse_xml;

Diagnostic refused(std::string const& text, Limits const& limits = {})
{
  auto const parsed = parse_xml(text, "x.xml", limits);
  EXPECT_FALSE(parsed.has_value()) << text.substr(0, 80);
  return parsed.has_value() ? Diagnostic{} : parsed.diagnostics().front();
}

TEST(Xml, ReadsElementsAttributesNamespacesAndText)
{
  auto const parsed =
      parse_xml("<a xmlns='u:1' xmlns:p='u:2' k='v &lt; w'>\n  <p:b>x<![CDATA[<y>]]></p:b>\n</a>", "x.xml", {});
  ASSERT_TRUE(parsed.has_value()) << to_string(parsed.diagnostics());
  EXPECT_EQ(parsed->name, "a");
  EXPECT_EQ(parsed->space, "u:1");
  ASSERT_NE(parsed->attribute("k"), nullptr);
  EXPECT_EQ(*parsed->attribute("k"), "v < w");
  ASSERT_EQ(parsed->children.size(), 1u);
  auto const& child = parsed->children.front();
  EXPECT_EQ(child.space, "u:2");
  EXPECT_EQ(child.text, "x<y>");
  EXPECT_EQ(child.line, 2u);
  EXPECT_EQ(child.column, 3u);
}

TEST(Xml, PlacesTrimmedText)
{
  auto const parsed = parse_xml("<a>\n\n   one two  </a>", "x.xml", {});
  ASSERT_TRUE(parsed.has_value());
  auto const text = detail::trimmed_text(*parsed);
  EXPECT_EQ(text.text, "one two");
  EXPECT_EQ(text.line, 3u);
  EXPECT_EQ(text.column, 4u);
}

TEST(Xml, RefusesDocumentTypesAndEntities)
{
  EXPECT_EQ(refused("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").code, Code::malformed);
  auto const entity = refused("<a>\n &other; </a>");
  EXPECT_EQ(entity.code, Code::malformed);
  EXPECT_EQ(entity.place.line, 2u);
  EXPECT_EQ(entity.place.column, 2u);
  EXPECT_EQ(refused("<a b='&other;'/>").code, Code::malformed);
}

TEST(Xml, RefusesDeepNestingWithItsPlace)
{
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "<a>";
  auto const found = refused(deep);
  EXPECT_EQ(found.code, Code::limit_reached);
  EXPECT_EQ(found.place.line, 1u);
  EXPECT_NE(found.what.find("nesting"), std::string::npos);
}

TEST(Xml, RefusesTruncatedFiles)
{
  std::string const whole = "<a x='1'><b>text &amp; more</b><!-- c --></a>";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    auto const found = refused(whole.substr(0, length));
    EXPECT_EQ(found.code, Code::malformed) << length;
  }
}

TEST(Xml, RefusesInvalidUtf8AndZeroBytes)
{
  auto const found = refused("<a>\n\xFF</a>");
  EXPECT_EQ(found.code, Code::invalid_text);
  EXPECT_EQ(found.place.line, 2u);
  EXPECT_EQ(refused(std::string("<a>\0</a>", 8)).code, Code::invalid_text);
}

TEST(Xml, RefusesTooManyAttributesAndTooManyBytes)
{
  std::string many = "<a";
  for (int i = 0; i < 300; ++i) many += " a" + std::to_string(i) + "='1'";
  EXPECT_EQ(refused(many + "/>").code, Code::limit_reached);
  Limits small;
  small.document_bytes = 10;
  EXPECT_EQ(refused("<a>0123456789</a>", small).code, Code::limit_reached);
}

TEST(Xml, RefusesAnAttributeThatIsThereTwice)
{
  EXPECT_EQ(refused("<a b='1' c = '2' b=\"3\"/>").code, Code::duplicate_key);
  EXPECT_EQ(refused("<a><b x='1'\n x='1'></b></a>").code, Code::duplicate_key);
}

TEST(Xml, RefusesTwoRoots) { EXPECT_EQ(refused("<a/><b/>").code, Code::malformed); }

}  // namespace
}  // namespace tutela
