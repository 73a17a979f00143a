/* src/engine/satisfy.c - narrows the values that each fact may have, condition by condition. Judgments, patterns and days
 * are taken to hold whenever they are asked for. */
#include "engine/satisfy.h"

void gr_world_start(gr_world *world, gr_fact_set presumable)
{
    *world = (gr_world){ .presumable = presumable };
    for (size_t i = 0; i < GR_COUNT(world->low); i++) {
        world->low[i] = (gr_amount){ 0, 1 };
        world->high[i] = (gr_amount){ GR_UNBOUNDED, 1 };
    }
}

static gr_fact_set bit_of(const gr_condition *c)
{
    return c->fact < GR_FACT_COUNT ? GR_FACT_BIT(c->fact) : 0;
}

static bool narrow_stated(gr_world *w, gr_fact_set bit, bool is_stated)
{
    if (is_stated)
        w->stated |= bit;
    else
        w->unstated |= bit;
    return (w->stated & w->unstated) == 0;
}

static uint32_t all_words(gr_fact fact)
{
    gr_text rest = gr_text_of(gr_fact_get(fact)->words), word;
    uint32_t all = 0;

    for (unsigned i = 0; gr_text_word(&rest, &word); i++)
        all |= UINT32_C(1) << i;
    return all;
}

/* To be a word, or surely not to be, a fact must be stated or presumed. */
static bool narrow_words(gr_world *w, const gr_condition *c, bool holds)
{
    uint32_t all = all_words((gr_fact)c->fact);

    w->not_word[c->fact] |= holds ? all & ~c->words : c->words;
    if (w->not_word[c->fact] == all)
        return false;
    return w->presumable & bit_of(c) || narrow_stated(w, bit_of(c), true);
}

static bool raise_low(gr_world *w, uint8_t fact, gr_amount bound, bool is_above)
{
    int order = gr_amount_compare(bound, w->low[fact]);

    if (order > 0 || (order == 0 && is_above)) {
        w->low[fact] = bound;
        w->above[fact] = is_above;
    }
    return true;
}

static bool lower_high(gr_world *w, uint8_t fact, gr_amount bound, bool is_under)
{
    int order = gr_amount_compare(bound, w->high[fact]);

    if (order < 0 || (order == 0 && is_under)) {
        w->high[fact] = bound;
        w->under[fact] = is_under;
    }
    return true;
}

static bool narrow_bound(gr_world *w, const gr_condition *c, bool holds)
{
    int order;

    switch (c->kind) {
    case GR_CONDITION_UNDER:
        holds ? lower_high(w, c->fact, c->amount, true) : raise_low(w, c->fact, c->amount, false);
        break;
    case GR_CONDITION_AT_MOST:
        holds ? lower_high(w, c->fact, c->amount, false) : raise_low(w, c->fact, c->amount, true);
        break;
    case GR_CONDITION_AT_LEAST:
        holds ? raise_low(w, c->fact, c->amount, false) : lower_high(w, c->fact, c->amount, true);
        break;
    default:
        holds ? raise_low(w, c->fact, c->amount, true) : lower_high(w, c->fact, c->amount, false);
        break;
    }
    order = gr_amount_compare(w->low[c->fact], w->high[c->fact]);
    return order < 0 || (order == 0 && !w->above[c->fact] && !w->under[c->fact]);
}

static bool narrow(gr_world *w, const gr_condition *c, bool holds);

/* One of the children must do: if only one can, it narrows the world. */
static bool narrow_by_one(gr_world *w, const gr_condition *c, bool holds)
{
    gr_world only = *w;
    size_t possible = 0;

    for (const gr_condition *child = c->first; child; child = child->next) {
        gr_world one = *w;

        if (narrow(&one, child, holds)) {
            only = one;
            possible++;
        }
    }
    if (possible == 1)
        *w = only;
    return possible > 0;
}

static bool narrow_by_each(gr_world *w, const gr_condition *c, bool holds)
{
    for (const gr_condition *child = c->first; child; child = child->next)
        if (!narrow(w, child, holds))
            return false;
    return true;
}

static bool narrow(gr_world *w, const gr_condition *c, bool holds)
{
    switch (c->kind) { /* the reader has bounded the depth */
    case GR_CONDITION_ALL:
        return (holds ? narrow_by_each : narrow_by_one)(w, c, holds);
    case GR_CONDITION_ANY:
        return (holds ? narrow_by_one : narrow_by_each)(w, c, holds);
    case GR_CONDITION_NOT:
        return narrow(w, c->first, !holds);
    case GR_CONDITION_IS:
        return narrow_words(w, c, holds);
    case GR_CONDITION_KNOWN:
        return narrow_stated(w, bit_of(c), holds);
    case GR_CONDITION_UNKNOWN:
        return narrow_stated(w, bit_of(c), !holds);
    case GR_CONDITION_UNDER:
    case GR_CONDITION_AT_MOST:
    case GR_CONDITION_AT_LEAST:
    case GR_CONDITION_ABOVE:
        return narrow_bound(w, c, holds);
    default: /* a judgment, a pattern, a day, a kind of firm */
        return true;
    }
}

bool gr_world_narrow(gr_world *world, const gr_condition *c)
{
    return !c || narrow(world, c, true);
}
