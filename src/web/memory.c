/* src/web/memory.c - memory of the HTTP program. */
#include "web/memory.h"

#include <stdlib.h>
#include <string.h>

void *gr_web_alloc(size_t size)
{
    return calloc(1, size);
}

void *gr_web_resize(void *block, size_t size)
{
    return realloc(block, size);
}

char *gr_web_copy(const char *text, size_t length)
{
    char *copy = gr_web_alloc(length + 1);

    if (copy)
        memcpy(copy, text, length);
    return copy;
}

void gr_web_free(void *block)
{
    free(block);
}
