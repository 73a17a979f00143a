/* src/model/finding.c - the words of verdicts and periods. */
#include "model/finding.h"

static const char *const verdicts[] = { "compliant", "warning", "needs_review", "violation" };
static const char *const bases[] = { "calendar", "fiscal",  "anniversary", "trailing",
                                     "unstated", "quarter", "day",         "gift" };

const char *gr_verdict_text(gr_verdict verdict)
{
    return verdicts[verdict];
}

bool gr_verdict_find(gr_text text, gr_verdict *out)
{
    for (size_t i = 0; i < GR_COUNT(verdicts); i++) {
        if (gr_text_is(text, verdicts[i])) {
            *out = (gr_verdict)i;
            return true;
        }
    }
    return false;
}

const char *gr_basis_text(gr_basis basis)
{
    return bases[basis];
}

bool gr_basis_find(gr_text text, gr_basis *out)
{
    for (size_t i = 0; i < GR_COUNT(bases); i++) {
        if (i != GR_UNSTATED && gr_text_is(text, bases[i])) {
            *out = (gr_basis)i;
            return true;
        }
    }
    return false;
}
