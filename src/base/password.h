/* src/base/password.h - passwords, kept as argon2id with the limits that libsodium calls interactive: some 64 MiB and a
 * tenth of a second, for whoever types one and for whoever guesses. */
#ifndef GR_BASE_PASSWORD_H
#define GR_BASE_PASSWORD_H

#include "base/text.h"

enum {
    GR_PASSWORD_LEAST = 12,  /* bytes of one */
    GR_PASSWORD_MOST = 1024, /* longer ones are refused: they cost time */
    GR_PASSWORD_TEXT = 128   /* what is kept of it, with a final NUL */
};

/* False: no memory, or no randomness. */
bool gr_password_make(const char *password, char out[GR_PASSWORD_TEXT]);
/* kept may be anything; what is none of ours takes as long, and fits nothing. */
bool gr_password_fits(gr_text kept, const char *password);

#endif
