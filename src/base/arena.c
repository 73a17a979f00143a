/* src/base/arena.c - a chain of blocks, each twice the size of the one before up to a bound, so that
 * a small arena stays small and a large one needs few calls. */
#include "base/arena.h"
#include "base/os.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { GR_BLOCK_FIRST = 4096, GR_BLOCK_MOST = 1 << 20, GR_ALIGN = 16 };

typedef struct block {
    struct block *next;
    size_t size, used;
} block;

struct gr_arena {
    block *first, *current;
    size_t used;
};

#define HEAD ((sizeof(block) + GR_ALIGN - 1) / GR_ALIGN * GR_ALIGN)

static block *create_block(size_t size)
{
    block *b = gr_os_alloc(HEAD + size);

    if (b)
        *b = (block){ NULL, size, 0 };
    return b;
}

gr_arena *gr_arena_create(void)
{
    gr_arena *arena = gr_os_alloc(sizeof *arena);
    block *b = arena ? create_block(GR_BLOCK_FIRST) : NULL;

    if (!b) {
        gr_os_free(arena);
        return NULL;
    }
    *arena = (gr_arena){ b, b, 0 };
    return arena;
}

void gr_arena_free(gr_arena *arena)
{
    if (!arena)
        return;
    for (block *b = arena->first, *next; b; b = next) {
        next = b->next;
        gr_os_free(b);
    }
    gr_os_free(arena);
}

void gr_arena_reset(gr_arena *arena)
{
    for (block *b = arena->first; b; b = b->next)
        b->used = 0;
    arena->current = arena->first;
    arena->used = 0;
}

/* The next block with room for size: a kept one after a reset, or a new one. */
static block *advance(gr_arena *arena, size_t size)
{
    block *b = arena->current;
    size_t wanted = b->size < GR_BLOCK_MOST ? b->size * 2 : GR_BLOCK_MOST;
    block *fresh;

    while (b->next) {
        b = b->next;
        if (b->size - b->used >= size)
            return arena->current = b;
    }
    fresh = create_block(wanted > size ? wanted : size);
    if (!fresh)
        return NULL;
    b->next = fresh;
    return arena->current = fresh;
}

void *gr_arena_alloc(gr_arena *arena, size_t size)
{
    size_t need = (size + GR_ALIGN - 1) / GR_ALIGN * GR_ALIGN;
    block *b = arena->current;
    void *piece;

    if (size > SIZE_MAX / 2)
        return NULL;
    if (b->size - b->used < need && !(b = advance(arena, need)))
        return NULL;
    piece = (char *)b + HEAD + b->used;
    b->used += need;
    arena->used += need;
    return piece;
}

void *gr_arena_zero(gr_arena *arena, size_t size)
{
    void *piece = gr_arena_alloc(arena, size);

    return piece ? memset(piece, 0, size) : NULL;
}

gr_text gr_arena_copy(gr_arena *arena, gr_text text)
{
    char *copy = gr_arena_alloc(arena, text.len + 1);

    if (!copy)
        return (gr_text){ NULL, 0 };
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (gr_text){ copy, text.len };
}

gr_text gr_arena_print(gr_arena *arena, const char *format, ...)
{
    char room[512]; /* nearly every text fits: it is then formatted once, not twice */
    va_list args, again;
    char *piece = NULL;
    int n;

    va_start(args, format);
    va_copy(again, args);
    n = vsnprintf(room, sizeof room, format, args);
    if (n >= 0)
        piece = gr_arena_alloc(arena, (size_t)n + 1);
    if (piece && (size_t)n < sizeof room)
        memcpy(piece, room, (size_t)n + 1);
    else if (piece)
        vsnprintf(piece, (size_t)n + 1, format, again);
    va_end(again);
    va_end(args);
    return (gr_text){ piece, piece ? (size_t)n : 0 };
}

size_t gr_arena_used(const gr_arena *arena)
{
    return arena->used;
}
