/* src/app/key.h - the key file of gr_key_create(), for whoever signs. */
#ifndef GR_APP_KEY_H
#define GR_APP_KEY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/signature.h"

/* GR_EINPUT: it is no key. The caller forgets the seed, by gr_secret_forget(). */
gr_status gr_key_read(const char *path, gr_arena *arena, uint8_t seed[GR_KEY_SEED], gr_error *err);

#endif
