/* src/base/chance.h - what nobody can guess: tokens, names of sessions. */
#ifndef GR_BASE_CHANCE_H
#define GR_BASE_CHANCE_H

#include <stdbool.h>
#include <stddef.h>

enum { GR_CHANCE_TOKEN = 44 }; /* 43 letters of A-Za-z0-9-_, of 32 random bytes, and a final NUL */

/* False: the system has no randomness. */
bool gr_chance_bytes(void *out, size_t count);
bool gr_chance_token(char out[GR_CHANCE_TOKEN]);
/* Takes as long wherever they differ. */
bool gr_chance_equal(const void *a, const void *b, size_t count);

#endif
