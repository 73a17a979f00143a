/* src/base/password.c - see password.h. */
#include "base/password.h"

#include <sodium.h>
#include <string.h>

_Static_assert(GR_PASSWORD_TEXT >= crypto_pwhash_argon2id_STRBYTES, "argon2id as text");

/* Fits no password that anybody will find; looked at where there is none, so that it takes as long. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool gr_password_make(const char *password, char out[GR_PASSWORD_TEXT])
{
    return sodium_init() >= 0 &&
           crypto_pwhash_argon2id_str(out, password, strlen(password),
                                      crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                                      crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE) == 0;
}

/* Of the same limits: then it takes as long as ours. */
static bool is_ours(const char *kept)
{
    return crypto_pwhash_argon2id_str_needs_rehash(
               kept, crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
               crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE) == 0;
}

bool gr_password_fits(gr_text kept, const char *password)
{
    char text[crypto_pwhash_argon2id_STRBYTES] = "";
    bool is_kept, fits;

    if (sodium_init() < 0)
        return false;
    if (kept.len < sizeof text)
        memcpy(text, kept.ptr ? kept.ptr : "", kept.len);
    is_kept = is_ours(text);
    fits =
        crypto_pwhash_argon2id_str_verify(is_kept ? text : nobody, password, strlen(password)) == 0;
    return is_kept && fits;
}
