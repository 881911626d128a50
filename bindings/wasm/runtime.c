/* SPDX-License-Identifier: Apache-2.0 */
/* What the compiled code calls and neither Emscripten nor the parts of other libraries inside have. */
#include <stddef.h>
#include <stdint.h>

/* SHA-256 wipes its state through this; of libsodium the module has nothing else. */
void sodium_memzero(void* memory, size_t length)
{
  volatile unsigned char* byte = memory;
  while (length-- != 0) *byte++ = 0;
}

/* The guard that functions with arrays check before they return. */
uintptr_t __stack_chk_guard = 0x5a17c3e9;

void __stack_chk_fail(void) { __builtin_trap(); }
