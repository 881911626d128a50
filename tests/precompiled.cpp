// SPDX-License-Identifier: Apache-2.0
/// \file
/// Owner of the precompiled header that all unit tests reuse; does nothing itself.

int main() {}
