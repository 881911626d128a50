/* SPDX-License-Identifier: Apache-2.0 */
/* What a C program that links tutela::c can do: the library behind the header is the one that was installed. */
#include <stdio.h>

#include <tutela-c/tutela.h>

int main(void)
{
  tutela_pack* pack = NULL;
  tutela_error* error = NULL;
  tutela_view message = {NULL, 0};
  int refused = tutela_pack_load(TUTELA_FROM_NAME, "no/such-pack", 12, NULL, &pack, &error) == TUTELA_INVALID_INPUT;
  if (refused && tutela_error_message(error, &message) == TUTELA_OK)
    printf("%u: %.*s\n", (unsigned)tutela_version(), (int)message.length, message.data);
  tutela_error_free(error);
  return refused && message.length > 0 ? 0 : 1;
}
