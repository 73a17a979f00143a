/* src/model/fact.c - the table of facts. */
#include "model/fact.h"

#include <stdio.h>

static const gr_fact_info facts[] = {
#define X(constant, name, type, words, ask) { name, GR_FACT_##type, words, ask },
    GR_GIFT_FACTS(X) GR_RECIPIENT_FACTS(X)
#undef X
};

const gr_fact_info *gr_fact_get(gr_fact fact)
{
    return &facts[fact];
}

gr_fact gr_fact_find(gr_text name)
{
    for (size_t i = 0; i < GR_COUNT(facts); i++)
        if (gr_text_is(name, facts[i].name))
            return (gr_fact)i;
    return GR_FACT_NONE;
}

_Static_assert(GR_FACT_COUNT <= 128, "facts are kept as bits of one number");
_Static_assert(GR_GIFT_FACT_COUNT <= 64, "records keep as bits of one word which are known");

gr_fact gr_fact_first(gr_fact_set set)
{
    uint64_t low = (uint64_t)set, high = (uint64_t)(set >> 64);

    if (low)
        return (gr_fact)__builtin_ctzll(low);
    return high ? (gr_fact)(64 + __builtin_ctzll(high)) : GR_FACT_NONE;
}

int gr_fact_word_find(gr_fact fact, gr_text word)
{
    gr_text rest = gr_text_of(facts[fact].words), one;

    for (int place = 0; gr_text_word(&rest, &one); place++)
        if (gr_text_equal(one, word))
            return place;
    return -1;
}

gr_text gr_fact_word_get(gr_fact fact, int64_t place)
{
    gr_text rest = gr_text_of(facts[fact].words), one = { "", 0 };

    for (int64_t i = 0; i <= place; i++)
        if (!gr_text_word(&rest, &one))
            return GR_TEXT("");
    return one;
}

const char *gr_fact_hint(gr_fact fact, char out[GR_FACT_HINT])
{
    gr_text rest = gr_text_of(facts[fact].words), word;
    size_t n = (size_t)snprintf(out, GR_FACT_HINT, "one of");

    for (bool first = true; gr_text_word(&rest, &word); first = false) {
        if (n + word.len + sizeof ", ..." > GR_FACT_HINT) {
            snprintf(out + n, GR_FACT_HINT - n, " ...");
            break;
        }
        n += (size_t)snprintf(out + n, GR_FACT_HINT - n, "%s %.*s", first ? "" : ",", GR_ALL(word));
    }
    return out;
}
