/* src/web/secret.c - random texts and their comparison. */
#include "web/secret.h"

#include <stddef.h>
#include <string.h>
#include <sys/random.h>
#include <sys/types.h>

bool gr_secret_make(char text[GR_SECRET_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char random[GR_SECRET_TEXT / 2];

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return false;
    for (size_t i = 0; i < sizeof random; i++) {
        text[2 * i] = digits[random[i] >> 4];
        text[2 * i + 1] = digits[random[i] & 15];
    }
    text[GR_SECRET_TEXT - 1] = '\0';
    return true;
}

/* As long for any two texts of one length: who guesses learns nothing from the time. */
bool gr_secret_same(const char *a, const char *b)
{
    size_t length = strlen(a);
    volatile unsigned char different = 0;

    if (strlen(b) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        different |= (unsigned char)(a[i] ^ b[i]);
    return different == 0;
}
