// SPDX-License-Identifier: Apache-2.0
/// \file
/// The version of the library and the macro that marks what a shared build exports.
#pragma once

/// First number of the version: from 1 on, a change of it may break programs.
#define TUTELA_VERSION_MAJOR 0
/// Second number: something was added; before 1.0 it may break programs.
#define TUTELA_VERSION_MINOR 1
/// Third number: something was mended.
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

#if __cplusplus < 202002L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 202002L)
#error "Tutela needs C++20: compile with -std=c++20"
#endif
