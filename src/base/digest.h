/* src/base/digest.h - SHA-256 of what must be proved, and a quick 64-bit hash for tables. */
#ifndef GR_BASE_DIGEST_H
#define GR_BASE_DIGEST_H

#include "base/text.h"

#include <nettle/sha2.h>

enum { GR_DIGEST_HEX = 65 }; /* 64 digits and a final NUL */

typedef struct gr_digest {
    struct sha256_ctx state;
} gr_digest;

void gr_digest_start(gr_digest *digest);
void gr_digest_add(gr_digest *digest, const void *bytes, size_t count);
void gr_digest_raw(gr_digest *digest, uint8_t out[SHA256_DIGEST_SIZE]); /* either end: once */
void gr_digest_end(gr_digest *digest, char hex[GR_DIGEST_HEX]);
void gr_hex_print(const uint8_t *bytes, size_t count, char *hex); /* 2 * count digits and a NUL */

/* XXH3, for tables and for knowing a record again. Tables compare the real bytes as well; the hash only
 * finds the candidates. Chain texts by giving the hash of the first as the seed of the next. */
uint64_t gr_hash(gr_text text, uint64_t seed);

#endif
