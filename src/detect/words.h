/* src/detect/words.h - texts that records have in common, each kept once, with a number that two spellings of one firm
 * share. */
#ifndef GR_DETECT_WORDS_H
#define GR_DETECT_WORDS_H

#include "base/table.h"
#include "people/names.h"

typedef struct gr_words {
    const gr_names *names;
    gr_arena *arena, *scratch; /* scratch: of what is folded */
    gr_list word;              /* of a text and the number that it shares */
    gr_table known;
} gr_words;

bool gr_words_open(const gr_names *names, gr_words *out); /* false: no memory */
void gr_words_close(gr_words *words);

/* The number of a text as it is spelt; GR_NONE when there is no memory. The text must not be empty. */
uint32_t gr_words_put(gr_words *words, gr_text text);
/* The number that all spellings of one firm share: that of the folded text. */
uint32_t gr_words_put_folded(gr_words *words, gr_text text, uint32_t *spelt);
gr_text gr_words_get(const gr_words *words, uint32_t number);

#endif
