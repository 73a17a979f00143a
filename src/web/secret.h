/* src/web/secret.h - random texts that nobody guesses, and comparing them without telling how far they agree. */
#ifndef GR_WEB_SECRET_H
#define GR_WEB_SECRET_H

#include <stdbool.h>

enum { GR_SECRET_TEXT = 65 }; /* 256 bits in hexadecimal, and a NUL */

bool gr_secret_make(char text[GR_SECRET_TEXT]); /* false: the system has no randomness */
bool gr_secret_same(const char *a, const char *b);

#endif
