/* src/web/memory.h - the only way of this program to memory; programs do not see base/os.h. */
#ifndef GR_WEB_MEMORY_H
#define GR_WEB_MEMORY_H

#include <stddef.h>

void *gr_web_alloc(size_t size); /* all zero; NULL when there is none */
void *gr_web_resize(void *block, size_t size);
char *gr_web_copy(const char *text, size_t length); /* with a final NUL */
void gr_web_free(void *block);

#endif
