/* src/base/signature.c - see signature.h. */
#include "base/signature.h"

#include <sodium.h>

bool gr_key_make(uint8_t seed[GR_KEY_SEED])
{
    if (sodium_init() < 0)
        return false;
    randombytes_buf(seed, GR_KEY_SEED);
    return true;
}

void gr_key_public(const uint8_t seed[GR_KEY_SEED], uint8_t out[GR_KEY_PUBLIC])
{
    uint8_t secret[crypto_sign_SECRETKEYBYTES];

    crypto_sign_seed_keypair(out, secret, seed);
    sodium_memzero(secret, sizeof secret);
}

void gr_secret_forget(void *bytes, size_t count)
{
    sodium_memzero(bytes, count);
}

void gr_signature_make(gr_text text, const uint8_t seed[GR_KEY_SEED], uint8_t out[GR_SIGNATURE])
{
    uint8_t secret[crypto_sign_SECRETKEYBYTES], key[GR_KEY_PUBLIC];

    crypto_sign_seed_keypair(key, secret, seed);
    crypto_sign_detached(out, NULL, (const unsigned char *)text.ptr, text.len, secret);
    sodium_memzero(secret, sizeof secret);
}

bool gr_signature_fits(gr_text text, const uint8_t signature[GR_SIGNATURE],
                       const uint8_t key[GR_KEY_PUBLIC])
{
    return crypto_sign_verify_detached(signature, (const unsigned char *)text.ptr, text.len, key) ==
           0;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool gr_hex_read(gr_text hex, uint8_t *out, size_t count)
{
    if (hex.len != 2 * count)
        return false;
    for (size_t i = 0; i < count; i++) {
        int high = digit_of(hex.ptr[2 * i]), low = digit_of(hex.ptr[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
