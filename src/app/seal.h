/* src/app/seal.h - what a seal signs, for those who make one and those who check it. */
#ifndef GR_APP_SEAL_H
#define GR_APP_SEAL_H

#include "base/arena.h"
#include "model/verification.h"

/* The words that are signed; .ptr NULL: no memory. */
static inline gr_text gr_seal_words(const gr_seal_said *seal, gr_arena *arena)
{
    return gr_arena_print(arena, "giftrule seal 1\nrun %lld\nmoment %.*s\nhash %.*s\n",
                          (long long)seal->run, GR_ALL(seal->moment), GR_ALL(seal->hash));
}

#endif
