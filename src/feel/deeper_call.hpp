// SPDX-License-Identifier: Apache-2.0
/// \file
/// Calls inside each other, as deep as the limit `calls` allows and whatever stack the caller's thread has left.
#pragma once

#include <cstddef>
#include <utility>

#include "feel/site.hpp"

namespace tutela::detail {

/// What a call itself takes of a stack, in expressions inside each other.
inline constexpr std::size_t depth_of_call = 4;

/// Expressions inside each other on one stack, above which a further call gets a stack of its own. What is below it in
/// one body is bounded by the reader: a tree of `16 * Limits::nesting` levels at most.
inline constexpr std::size_t depth_of_stack = 256;

/// Work that a call does, without a copy of what it refers to.
class CallWork {
 public:
  virtual Value run() = 0;

 protected:
  ~CallWork() = default;
};

/// Runs the work on a further thread and waits for it, so that it has a whole stack; the error of the limit `calls`
/// where the machine gives no further thread.
[[nodiscard]] Value on_own_stack(Site const& site, CallWork& work);

/// Runs a call: the error of the limit `calls` when it is one too many inside the others.
///
/// A stack ends without a word, so no call may depend on what is left of it. A chain of calls that comes to
/// `depth_of_stack` goes on with a stack of its own; that costs a thread for some dozens of calls inside each other and
/// nothing for all others.
template <typename Body>
[[nodiscard]] Value deeper_call(Site const& site, Body&& body)
{
  struct Work final : CallWork {
    explicit Work(Body& given) : body(given) {}
    Value run() override { return body(); }
    Body& body;
  };
  struct Level {
    explicit Level(Evaluation& given) : evaluation(given), depth(given.depth) { ++evaluation.calls; }
    Level(Level const&) = delete;
    Level& operator=(Level const&) = delete;
    ~Level()
    {
      --evaluation.calls;
      evaluation.depth = depth;
    }
    Evaluation& evaluation;
    std::size_t depth;
  };
  Evaluation& evaluation = site.evaluation;
  if (evaluation.calls >= evaluation.limits.calls) return site.fail_limit("calls");
  Level const level(evaluation);
  if (evaluation.depth + depth_of_call > depth_of_stack) {
    evaluation.depth = 0;
    Work work(body);
    return on_own_stack(site, work);
  }
  evaluation.depth += depth_of_call;
  return body();
}

}  // namespace tutela::detail
