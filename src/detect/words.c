/* src/detect/words.c - see words.h. A text is folded when it first comes; after that its spelling is enough. */
#include "detect/words.h"

#include "base/digest.h"
#include "people/fold.h"

typedef struct kept_word {
    gr_text text;
    uint32_t shared; /* GR_NONE: nobody has asked yet */
} kept_word;

bool gr_words_open(const gr_names *names, gr_words *out)
{
    *out = (gr_words){ .names = names,
                       .arena = gr_arena_create(),
                       .scratch = gr_arena_create(),
                       .word = GR_LIST(kept_word) };
    return out->arena && out->scratch;
}

void gr_words_close(gr_words *words)
{
    gr_table_free(&words->known);
    gr_list_free(&words->word);
    gr_arena_free(words->arena);
    gr_arena_free(words->scratch);
}

uint32_t gr_words_put(gr_words *words, gr_text text)
{
    uint64_t hash = gr_hash(text, 0);
    size_t cursor = 0;
    kept_word one = { .shared = GR_NONE };
    uint32_t i;

    while ((i = gr_table_find(&words->known, hash, &cursor)) != GR_NONE)
        if (gr_text_equal(GR_AT(words->word, kept_word, i)->text, text))
            return i;
    i = (uint32_t)words->word.count;
    one.text = gr_arena_copy(words->arena, text);
    if (!one.text.ptr || !gr_list_push(&words->word, &one))
        return GR_NONE;
    if (gr_table_put(&words->known, hash, i))
        return i;
    gr_list_cut(&words->word, i);
    return GR_NONE;
}

/* Of a text of which folding leaves nothing, the spelling counts. */
uint32_t gr_words_put_folded(gr_words *words, gr_text text, uint32_t *spelt)
{
    uint32_t i = gr_words_put(words, text), shared;
    gr_text folded;

    *spelt = i;
    if (i == GR_NONE || GR_AT(words->word, kept_word, i)->shared != GR_NONE)
        return i == GR_NONE ? i : GR_AT(words->word, kept_word, i)->shared;
    gr_arena_reset(words->scratch);
    folded = gr_fold_firm(words->names, text, words->scratch);
    if (!folded.ptr)
        return GR_NONE;
    shared = folded.len > 0 ? gr_words_put(words, folded) : i;
    if (shared != GR_NONE)
        GR_AT(words->word, kept_word, i)->shared = shared;
    return shared;
}

gr_text gr_words_get(const gr_words *words, uint32_t number)
{
    return GR_AT(words->word, kept_word, number)->text;
}
