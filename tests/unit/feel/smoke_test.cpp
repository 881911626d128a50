#include <tutela/feel/expression.hpp>
#include <gtest/gtest.h>
TEST(feel, smoke) {
  using namespace tutela;
  Evaluation e;
  auto x = parse_expression("1 + 2 * 3");
  ASSERT_TRUE(x);
  EXPECT_EQ(to_string(x->evaluate({}, e)), "7");
}
