/* src/base/chance.c - see chance.h. */
#include "base/chance.h"

#include <sodium.h>
#include <stdint.h>

enum { BYTES = 32 };

_Static_assert(GR_CHANCE_TOKEN ==
                   sodium_base64_ENCODED_LEN(BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
               "32 bytes are 43 letters");

bool gr_chance_bytes(void *out, size_t count)
{
    if (sodium_init() < 0)
        return false;
    randombytes_buf(out, count);
    return true;
}

bool gr_chance_token(char out[GR_CHANCE_TOKEN])
{
    uint8_t bytes[BYTES];

    if (!gr_chance_bytes(bytes, sizeof bytes))
        return false;
    sodium_bin2base64(out, GR_CHANCE_TOKEN, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return true;
}

bool gr_chance_equal(const void *a, const void *b, size_t count)
{
    return sodium_memcmp(a, b, count) == 0;
}
