/* src/base/signature.h - Ed25519: a signature that only the holder of the secret key can make, and everybody can check.
 * By libsodium, which is made for this and nothing else; nettle signs too, but with a second library and GMP. */
#ifndef GR_BASE_SIGNATURE_H
#define GR_BASE_SIGNATURE_H

#include "base/text.h"

enum {
    GR_KEY_SEED = 32,   /* bytes of the secret */
    GR_KEY_PUBLIC = 32, /* and of what everybody may know */
    GR_SIGNATURE = 64,
    GR_KEY_HEX = 2 * GR_KEY_PUBLIC + 1, /* digits and a final NUL */
    GR_SIGNATURE_HEX = 2 * GR_SIGNATURE + 1,
    GR_KEY_PEM = 128 /* room for the public key as OpenSSL reads it */
};

/* A new one. False: the system gives no random numbers. */
bool gr_key_make(uint8_t seed[GR_KEY_SEED]);
void gr_key_public(const uint8_t seed[GR_KEY_SEED], uint8_t out[GR_KEY_PUBLIC]);
void gr_key_print_pem(const uint8_t key[GR_KEY_PUBLIC], char out[GR_KEY_PEM]);
void gr_secret_forget(void *bytes, size_t count); /* overwritten, though nobody reads it again */

void gr_signature_make(gr_text text, const uint8_t seed[GR_KEY_SEED], uint8_t out[GR_SIGNATURE]);
bool gr_signature_fits(gr_text text, const uint8_t signature[GR_SIGNATURE],
                       const uint8_t key[GR_KEY_PUBLIC]);

/* Exactly count bytes as hexadecimal digits, of either case. */
bool gr_hex_read(gr_text hex, uint8_t *out, size_t count);

#endif
