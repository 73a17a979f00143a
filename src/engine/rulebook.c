/* src/engine/rulebook.c - what is in force on a day. Rows are few: the last ones are asked for most. */
#include "engine/rulebook.h"

const gr_limit_row *gr_rulebook_limit(const gr_rulebook *book, gr_day day)
{
    for (size_t i = book->limit_count; i-- > 0;)
        if (day >= book->limit[i].from && day <= book->limit[i].to)
            return &book->limit[i];
    return NULL;
}

const gr_valuation *gr_rulebook_valuation(const gr_rulebook *book, gr_day day)
{
    for (size_t i = book->valuation_count; i-- > 0;)
        if (day >= book->valuation[i].from && day <= book->valuation[i].to)
            return &book->valuation[i];
    return NULL;
}

const gr_law *gr_claim_law(const gr_claim *claim, gr_day day)
{
    for (size_t i = claim->law_count; i-- > 0;)
        if (day >= claim->law[i].from && day <= claim->law[i].to)
            return &claim->law[i];
    return NULL;
}

gr_truth gr_claim_applies(const gr_claim *claim, gr_facts *facts, gr_day day, const gr_law **law,
                          const gr_condition **leaf)
{
    *leaf = NULL;
    *law = claim->needs & facts->claimable ? gr_claim_law(claim, day) : NULL;
    if (!*law || gr_condition_evaluate(claim->claimed, facts, NULL) != GR_TRUE)
        return GR_FALSE;
    return claim->provided ? gr_condition_evaluate(claim->provided, facts, leaf) : GR_TRUE;
}

void gr_rulebook_free(gr_rulebook *book)
{
    gr_conditions_free(&book->conditions);
}
