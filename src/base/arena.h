/* src/base/arena.h - memory of one lifetime: taken piece by piece, given back all at once. Pieces never
 * move. A piece is aligned for any type. */
#ifndef GR_BASE_ARENA_H
#define GR_BASE_ARENA_H

#include "base/text.h"

typedef struct gr_arena gr_arena;

gr_arena *gr_arena_create(void); /* NULL when there is no memory */
void gr_arena_free(gr_arena *arena);
void gr_arena_reset(gr_arena *arena); /* forgets every piece, keeps the memory for the next ones */

void *gr_arena_alloc(gr_arena *arena, size_t size); /* NULL when there is no memory */
void *gr_arena_zero(gr_arena *arena, size_t size);
/* Both give a final NUL too, so that .ptr can be used as a C string; .ptr is NULL without memory. */
gr_text gr_arena_copy(gr_arena *arena, gr_text text);
gr_text gr_arena_print(gr_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
size_t gr_arena_used(const gr_arena *arena);

#endif
