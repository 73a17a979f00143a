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

const gr_law *gr_law_on(const gr_law *law, size_t count, gr_day day)
{
    for (size_t i = count; i-- > 0;)
        if (day >= law[i].from && day <= law[i].to)
            return &law[i];
    return NULL;
}

void gr_rulebook_free(gr_rulebook *book)
{
    gr_conditions_free(&book->conditions);
}
