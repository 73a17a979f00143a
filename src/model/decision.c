/* src/model/decision.c - the words of decisions. */
#include "model/decision.h"

static const char *const kinds[] = { "fact", "accept", "exempt", "reopen" };

const char *gr_decision_kind_text(gr_decision_kind kind)
{
    return kinds[kind];
}

bool gr_decision_kind_find(gr_text text, gr_decision_kind *out)
{
    for (size_t i = 0; i < GR_COUNT(kinds); i++) {
        if (gr_text_is(text, kinds[i])) {
            *out = (gr_decision_kind)i;
            return true;
        }
    }
    return false;
}
