// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random FEEL texts over a few typed names.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace tutela::testing_feel {

/// Writes random expressions; the same seed gives the same texts.
///
/// Numbers may use `a b c`, truth values `p q`, lists `l`; every text parses where these names are in scope.
class RandomExpressions {
 public:
  explicit RandomExpressions(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

  std::string number(int depth)
  {
    switch (depth <= 0 ? below(5) : below(14)) {
      case 0:
      case 1: return std::to_string(below(5));
      case 2: return "a";
      case 3: return "b";
      case 4: return "c";
      case 5: return "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
      case 6: return "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
      case 7: return "(" + number(depth - 1) + " * " + number(depth - 1) + ")";
      case 8: return "(if " + truth(depth - 1) + " then " + number(depth - 1) + " else " + number(depth - 1) + ")";
      case 9: return "count(" + list(depth - 1) + ")";
      case 10: return pick({"min(", "max("}) + number(depth - 1) + ", " + number(depth - 1) + ")";
      case 11: return "sum(" + list(depth - 1) + ")";
      case 12: return "(-" + number(depth - 1) + ")";
      default: return "floor(" + number(depth - 1) + " / " + number(depth - 1) + ")";
    }
  }

  std::string truth(int depth)
  {
    switch (depth <= 0 ? below(3) : below(13)) {
      case 0: return pick({"true", "false"});
      case 1: return "p";
      case 2: return "q";
      case 3:
      case 4:
        return "(" + number(depth - 1) + pick({" < ", " <= ", " = ", " != ", " > ", " >= "}) + number(depth - 1) + ")";
      case 5: return "(" + truth(depth - 1) + " and " + truth(depth - 1) + ")";
      case 6: return "(" + truth(depth - 1) + " or " + truth(depth - 1) + ")";
      case 7: return "not(" + truth(depth - 1) + ")";
      case 8: return "(" + number(depth - 1) + " in [" + number(depth - 1) + ".." + number(depth - 1) + "])";
      case 9: return "(" + number(depth - 1) + " in (" + number(depth - 1) + ", < " + number(depth - 1) + "))";
      case 10:
        return "(" + pick({"some", "every"}) + " x in " + list(depth - 1) + " satisfies x > " + number(depth - 1) + ")";
      case 11: return "list contains(" + list(depth - 1) + ", " + number(depth - 1) + ")";
      default: return "(" + number(depth - 1) + " between " + number(depth - 1) + " and " + number(depth - 1) + ")";
    }
  }

  std::string list(int depth)
  {
    switch (depth <= 0 ? below(2) : below(6)) {
      case 0: return "[" + number(depth - 1) + "]";
      case 1: return "l";
      case 2: return "[" + number(depth - 1) + ", " + number(depth - 1) + "]";
      case 3: return list(depth - 1) + "[item > " + number(depth - 1) + "]";
      case 4: return "(for x in " + list(depth - 1) + " return x + " + number(depth - 1) + ")";
      default: return "append(" + list(depth - 1) + ", " + number(depth - 1) + ")";
    }
  }

  /// Anything, with the forms that the above leave out.
  std::string any(int depth)
  {
    switch (depth <= 0 ? below(4) : below(16)) {
      case 0: return number(depth);
      case 1: return truth(depth);
      case 2: return list(depth);
      case 3:
        return pick({"\"te\\\"xt\"", "null", "@\"2026-03-01\"", "@\"P1Y2M\"", "@\"PT1H\"", "@\"10:00:00Z\"", "-1.50"});
      case 4: return "{k: " + any(depth - 1) + ", \"a b\": " + any(depth - 1) + "}";
      case 5: return "{k: " + any(depth - 1) + "}.k";
      case 6: return "(function(x, y: number) " + any(depth - 1) + ")";
      case 7: return "(function(x) x)(" + any(depth - 1) + ")";
      case 8: return "(" + any(depth - 1) + ") instance of list<number>";
      case 9: return "[" + any(depth - 1) + ", " + any(depth - 1) + "]";
      case 10: return "(" + pick({"<", "<=", ">", ">=", "=", "!="}) + number(depth - 1) + ")";
      case 11: return pick({"[", "("}) + number(depth - 1) + ".." + number(depth - 1) + pick({"]", ")"});
      case 12: return "for x in 1.." + number(depth - 1) + ", y in [x] return " + any(depth - 1);
      case 13: return "substring(string: \"text\", start position: " + number(depth - 1) + ")";
      case 14: return "if " + truth(depth - 1) + " then " + any(depth - 1) + " else " + any(depth - 1);
      default: return "(" + any(depth - 1) + ")[item.k = " + any(depth - 1) + "]";
    }
  }

 private:
  std::string pick(std::vector<std::string> const& texts) { return texts[below(texts.size())]; }

  std::mt19937 random_;
};

}  // namespace tutela::testing_feel
