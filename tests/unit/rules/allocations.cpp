// SPDX-License-Identifier: Apache-2.0
/// \file
/// Counting calls of operator new in a test program; in a file of its own, so that nothing of it is inlined elsewhere.
#include "unit/rules/allocations.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> calls{0};
}  // namespace

void* operator new(std::size_t size)
{
  ++calls;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept
try {
  return operator new(size);
} catch (std::bad_alloc const&) {
  return nullptr;
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace tutela::test {

std::size_t allocations() { return calls.load(); }

}  // namespace tutela::test
