/* SPDX-License-Identifier: Apache-2.0 */
/* What the compiled code calls and neither Emscripten nor the parts of other libraries inside have. */
#include <stddef.h>

/* SHA-256 wipes its state through this; of libsodium the module has nothing else. */
void sodium_memzero(void* memory, size_t length)
{
  volatile unsigned char* byte = memory;
  while (length-- != 0) *byte++ = 0;
}
