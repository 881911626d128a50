// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/citation.hpp>
#include <tutela/base/result.hpp>

#include <gtest/gtest.h>

namespace tutela {
namespace {

TEST(Diagnostic, SaysWhereWhatAndHowToMend)
{
  Diagnostic diagnostic{
      Code::duplicate_key, Severity::error, {"case.json", 3, 7, "/facts/a"}, "the key stands twice", "keep one"};
  EXPECT_EQ(to_string(diagnostic), "case.json:3:7 /facts/a: error TUT-703: the key stands twice; keep one");
}

TEST(Diagnostics, KeepTheFirstAndCountTheRest)
{
  Diagnostics diagnostics(2);
  for (int i = 0; i < 5; ++i) diagnostics.warning(Code::out_of_range, {}, "number " + std::to_string(i));
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.error(Code::malformed, {}, "the only error");
  auto const list = std::move(diagnostics).take();
  ASSERT_EQ(list.size(), 4U);
  EXPECT_EQ(list[2].what, "the only error");
  EXPECT_EQ(list[3].what, "3 further findings are not shown");
}

TEST(Result, GivesItsValueOrAllThatIsWrong)
{
  Result<int> const good(7);
  EXPECT_TRUE(good);
  EXPECT_EQ(*good, 7);
  Result<int> const bad(std::vector<Diagnostic>{{Code::malformed, Severity::error, {}, "first", ""},
                                                {Code::missing_key, Severity::error, {}, "second", ""}});
  EXPECT_FALSE(bad);
  try {
    static_cast<void>(bad.value());
    FAIL();
  } catch (Error const& error) {
    EXPECT_EQ(error.diagnostics().size(), 2U);
    EXPECT_NE(std::string_view(error.what()).find("second"), std::string_view::npos);
  }
}

TEST(Citation, NamesActArticleAndGrade)
{
  Citation citation;
  citation.act = "Family Code (1316/2000)";
  citation.article = "art. 142(2)";
  citation.grade = Grade::a;
  EXPECT_EQ(to_string(citation), "Family Code (1316/2000) art. 142(2) [A]");
  EXPECT_EQ(parse_grade("unverified"), Grade::unverified);
  EXPECT_EQ(parse_grade("a"), std::nullopt);
  EXPECT_TRUE(may_be_default(Grade::b));
  EXPECT_FALSE(may_be_default(Grade::c));
}

}  // namespace
}  // namespace tutela
