/* src/model/identity.c - the words of decisions on who is who. */
#include "model/identity.h"

static const char *const kinds[] = { [GR_IDENTITY_MERGE] = "merge", [GR_IDENTITY_SPLIT] = "split" };
static const char *const sayings[] = {
    [GR_IDENTITY_NOTHING] = "nothing", [GR_IDENTITY_SAME] = "same", [GR_IDENTITY_APART] = "apart"
};

const char *gr_identity_kind_text(gr_identity_kind kind)
{
    return kinds[kind];
}

const char *gr_identity_says_text(gr_identity_says says)
{
    return sayings[says];
}

static bool find(const char *const *words, size_t count, gr_text text, size_t *out)
{
    for (*out = 0; *out < count; ++*out)
        if (gr_text_is(text, words[*out]))
            return true;
    return false;
}

bool gr_identity_kind_find(gr_text text, gr_identity_kind *out)
{
    size_t i;
    bool found = find(kinds, GR_COUNT(kinds), text, &i);

    if (found)
        *out = (gr_identity_kind)i;
    return found;
}

bool gr_identity_says_find(gr_text text, gr_identity_says *out)
{
    size_t i;
    bool found = find(sayings, GR_COUNT(sayings), text, &i);

    if (found)
        *out = (gr_identity_says)i;
    return found;
}
