/* src/ingest/window.c - one buffer of fixed size. When it is full, the little that is still needed
 * moves to its beginning: about once for every two hundred records. */
#include "ingest/window.h"

#include "base/os.h"

#include <string.h>

bool gr_window_open(gr_window *window)
{
    *window = (gr_window){ NULL, GR_WINDOW, 0, 0, 0, 1 };
    window->bytes = gr_os_alloc(window->room);
    return window->bytes != NULL;
}

void gr_window_free(gr_window *window)
{
    gr_os_free(window->bytes);
    window->bytes = NULL;
}

void gr_window_reset(gr_window *window)
{
    window->used = 0;
    window->from = window->known_offset = 0;
    window->known_column = 1;
}

char *gr_window_space(gr_window *window, uint64_t keep)
{
    size_t drop;

    if (window->room - window->used >= GR_PIECE)
        return window->bytes + window->used;
    drop = keep < window->from ? 0 : (size_t)(keep - window->from);
    drop = drop < window->used ? drop : window->used;
    gr_window_column(window, window->from + drop); /* remembered, since the line goes */
    memmove(window->bytes, window->bytes + drop, window->used - drop);
    window->used -= drop;
    window->from += drop;
    return window->room - window->used >= GR_PIECE ? window->bytes + window->used : NULL;
}

gr_text gr_window_cut(const gr_window *window, uint64_t from, uint64_t to)
{
    gr_text all = { window->bytes, window->used };

    if (from < window->from || to < from)
        return gr_text_slice(all, 0, 0);
    return gr_text_slice(all, (size_t)(from - window->from), (size_t)(to - window->from));
}

uint64_t gr_window_tag(const gr_window *window, uint64_t end, uint32_t *line)
{
    size_t at = end > window->from ? (size_t)(end - window->from) : 0;

    at = at < window->used ? at : window->used;
    while (at > 0 && window->bytes[--at] != '<')
        *line -= window->bytes[at] == '\n';
    return window->from + at;
}

uint32_t gr_window_column(gr_window *window, uint64_t offset)
{
    bool counts_on = window->known_offset >= window->from && window->known_offset <= offset;
    size_t stop = counts_on ? (size_t)(window->known_offset - window->from) : 0;
    size_t end = offset > window->from ? (size_t)(offset - window->from) : 0, at;
    uint32_t column;

    end = end < window->used ? end : window->used;
    for (at = end; at > stop && window->bytes[at - 1] != '\n'; at--)
        ;
    column = at == stop && counts_on ? window->known_column : 1;
    for (; at < end; at++)
        column += (window->bytes[at] & 0xC0) != 0x80; /* letters, not bytes */
    window->known_offset = window->from + end;
    window->known_column = column;
    return column;
}
