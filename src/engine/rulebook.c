/* src/engine/rulebook.c - what is in force on a day. Rows are few: the last ones are asked for most. */
#include "engine/rulebook.h"

const gr_limit_row *gr_limit_on(const gr_limit *limit, gr_day day)
{
    for (size_t i = limit->row_count; i-- > 0;)
        if (day >= limit->row[i].from && day <= limit->row[i].to)
            return &limit->row[i];
    return NULL;
}

bool gr_rulebook_has_limit(const gr_rulebook *book, gr_day day)
{
    for (size_t i = 0; i < book->limit_count; i++)
        if (gr_limit_on(&book->limit[i], day))
            return true;
    return false;
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
    gr_truth truth;

    *leaf = NULL;
    *law = NULL;
    if (!facts->seen &&
        !gr_gate_lets(&claim->gate, facts)) /* who listens wants to hear each condition */
        return GR_FALSE;
    *law = gr_claim_law(claim, day);
    if (!*law || (claim->claimed && gr_condition_evaluate(claim->claimed, facts, NULL) != GR_TRUE))
        return GR_FALSE;
    gr_cover(facts->seen, (*law)->point, GR_TRUE);
    truth = claim->provided ? gr_condition_evaluate(claim->provided, facts, leaf) : GR_TRUE;
    gr_cover(facts->seen, claim->point, truth);
    return truth;
}

void gr_rulebook_free(gr_rulebook *book)
{
    gr_conditions_free(&book->conditions);
}
