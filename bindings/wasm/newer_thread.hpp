// SPDX-License-Identifier: Apache-2.0
/// \file
/// `std::jthread`, which the standard library of Debian's Emscripten lacks, for the one source that uses it. The module has
/// no threads: the number of processors is one, so none is ever started.
#pragma once

#include <thread>
#include <utility>

namespace std {  // NOLINT: later versions of the library define exactly this

class jthread : public thread {
 public:
  template <class Work>
  explicit jthread(Work&& work) : thread(std::forward<Work>(work))
  {
  }
  jthread(jthread&&) = default;
  jthread& operator=(jthread&&) = default;
  ~jthread()
  {
    if (joinable()) join();
  }
};

}  // namespace std
