/* src/base/text.h - a borrowed view of bytes: pointer and length, no final NUL. It points into an arena
 * or an input buffer and dies with it; who keeps it copies it. */
#ifndef GR_BASE_TEXT_H
#define GR_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gr_text {
    const char *ptr;
    size_t len;
} gr_text;

#define GR_COUNT(array)  (sizeof(array) / sizeof((array)[0]))
#define GR_TEXT(literal) ((gr_text){ "" literal, sizeof(literal) - 1 })
/* For printf: "%.*s" takes GR_ALL(text). */
#define GR_ALL(text)     ((int)(text).len), (text).ptr
/* For messages: "%.*s" takes GR_SHOW(text). Messages are short, so a long value is cut there. */
#define GR_SHOW(text)    ((int)((text).len > 100 ? gr_text_cut((text), 100) : (text).len)), (text).ptr

gr_text gr_text_of(const char *s); /* NULL gives the empty text */
bool gr_text_equal(gr_text a, gr_text b);
bool gr_text_is(gr_text a, const char *s);
int gr_text_compare(gr_text a, gr_text b); /* by bytes; a prefix comes first */
gr_text gr_text_trim(gr_text s);           /* without the white space of XML at both ends */
gr_text gr_text_slice(gr_text s, size_t from, size_t to);
size_t gr_text_cut(gr_text s, size_t bytes); /* the most bytes, not over bytes, of whole letters */
bool gr_text_starts(gr_text s, gr_text with);
bool gr_text_ends(gr_text s, gr_text with);
/* Takes the next word, up to white space, off the front of *rest. False at the end. */
bool gr_text_word(gr_text *rest, gr_text *word);
/* An unsigned decimal number below or at most; digits only. */
bool gr_text_number(gr_text s, uint64_t most, uint64_t *out);

#endif
