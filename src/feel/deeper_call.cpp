// SPDX-License-Identifier: Apache-2.0
/// \file
/// A stack of its own for a chain of calls.
#include "feel/deeper_call.hpp"

#include <pthread.h>

#include <exception>

namespace tutela::detail {
namespace {

/// Address space, of which only what is used becomes memory: far more than `16 * Limits::nesting` expressions take.
constexpr std::size_t stack_bytes = std::size_t{8} << 20U;

struct Task {
  CallWork& work;
  Value result{};
  std::exception_ptr failure{};
};

void* run_task(void* given)
{
  auto& task = *static_cast<Task*>(given);
  try {
    task.result = task.work.run();
  } catch (...) {
    task.failure = std::current_exception();
  }
  return nullptr;
}

}  // namespace

Value on_own_stack(Site const& site, CallWork& work)
{
  Task task{work};
  pthread_attr_t attributes;
  pthread_t thread{};
  if (pthread_attr_init(&attributes) != 0) return site.fail_limit("calls");
  bool const started = pthread_attr_setstacksize(&attributes, stack_bytes) == 0 &&
                       pthread_create(&thread, &attributes, run_task, &task) == 0;
  static_cast<void>(pthread_attr_destroy(&attributes));
  if (!started) return site.fail_limit("calls");
  static_cast<void>(pthread_join(thread, nullptr));
  if (task.failure) std::rethrow_exception(task.failure);
  return std::move(task.result);
}

}  // namespace tutela::detail
