// SPDX-License-Identifier: Apache-2.0
/// \file
/// The version of the library and the macro that marks what a shared build exports.
#pragma once

#define TUTELA_VERSION_MAJOR 0
#define TUTELA_VERSION_MINOR 1
#define TUTELA_VERSION_PATCH 0

/// Marks a declaration whose definition lives in the compiled library `tutela::tutela`.
#if defined(_WIN32) && defined(TUTELA_BUILDING)
#define TUTELA_API __declspec(dllexport)
#elif defined(_WIN32) && defined(TUTELA_SHARED)
#define TUTELA_API __declspec(dllimport)
#elif defined(TUTELA_BUILDING) || defined(TUTELA_SHARED)
#define TUTELA_API __attribute__((visibility("default")))
#else
#define TUTELA_API
#endif
