/* src/base/signature.c - see signature.h. */
#include "base/signature.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

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

/* RFC 8410: what stands before the bytes of an Ed25519 key is the same for each. */
void gr_key_print_pem(const uint8_t key[GR_KEY_PUBLIC], char out[GR_KEY_PEM])
{
    static const uint8_t head[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                    0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 };
    uint8_t whole[sizeof head + GR_KEY_PUBLIC];
    char digits[sodium_base64_ENCODED_LEN(sizeof whole, sodium_base64_VARIANT_ORIGINAL)];

    memcpy(whole, head, sizeof head);
    memcpy(whole + sizeof head, key, GR_KEY_PUBLIC);
    sodium_bin2base64(digits, sizeof digits, whole, sizeof whole, sodium_base64_VARIANT_ORIGINAL);
    snprintf(out, GR_KEY_PEM, "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n", digits);
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
