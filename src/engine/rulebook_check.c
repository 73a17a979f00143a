/* src/engine/rulebook_check.c - mistakes that no schema sees: an exclusion whose conditions contradict each other, a law that
 * ends before the first limit begins, a limit that a smaller one always comes before. */
#include "engine/rulebook_check.h"

#include "engine/satisfy.h"

typedef struct checking {
    const gr_rulebook *book;
    gr_problems *problems;
    gr_world scope; /* what the scope leaves */
} checking;

static gr_place place_of(const checking *k, gr_point point)
{
    return GR_AT(k->book->conditions.point, gr_point_info, point)->at;
}

/* ---- what can never apply ---- */

static bool can_hold(const checking *k, const gr_condition *a, const gr_condition *b)
{
    gr_world world = k->scope;

    return gr_world_narrow(&world, a) && gr_world_narrow(&world, b);
}

static void check_claim(const checking *k, const gr_claim *claim, const char *what, gr_text id)
{
    if (!can_hold(k, claim->claimed, claim->provided))
        gr_problem(k->problems, place_of(k, claim->point),
                   "see its conditions and those of the scope: two of them exclude each other",
                   "the %s '%.*s' can never apply", what, GR_SHOW(id));
}

static void check_when(const checking *k, const gr_limit *limit)
{
    if (!can_hold(k, limit->when, NULL))
        gr_problem(k->problems, place_of(k, limit->row[0].point),
                   "see its conditions and those of the scope: two of them exclude each other",
                   "the limit '%.*s' can never apply", GR_SHOW(limit->id));
}

/* ---- days ---- */

static bool is_with_a_limit(const gr_rulebook *book, const gr_law *law)
{
    for (size_t i = 0; i < book->limit_count; i++) {
        const gr_limit *limit = &book->limit[i];

        if (law->from <= limit->row[limit->row_count - 1].to && law->to >= limit->row[0].from)
            return true;
    }
    return book->limit_count == 0;
}

static void check_days(const checking *k, const gr_claim *claim, const char *what, gr_text id)
{
    for (size_t i = 0; i < claim->law_count; i++)
        if (!is_with_a_limit(k->book, &claim->law[i]))
            gr_problem(k->problems, place_of(k, claim->law[i].point),
                       "see the days of the law and of the limits",
                       "the %s '%.*s' is law only when no limit is in force", what, GR_SHOW(id));
}

/* ---- limits that never decide ---- */

static int span_of(const gr_limit *limit) /* the longer the time, the more is added up */
{
    switch (limit->period_of_policy ? GR_CALENDAR : limit->period) {
    case GR_ONE_GIFT:
        return 0;
    case GR_ONE_DAY:
        return 1;
    case GR_QUARTER:
        return 2;
    default:
        return 3;
    }
}

static bool are_alike(const gr_limit *a, const gr_limit *b)
{
    return a->per == b->per && a->is_count == b->is_count && !a->when && !b->when &&
           a->verdict == b->verdict;
}

/* Whatever breaks the bound of the shorter time has then broken that of the longer one before. */
static void check_order(const checking *k, const gr_limit *shorter, const gr_limit *longer)
{
    for (size_t i = 0; i < shorter->row_count; i++) {
        const gr_limit_row *row = &shorter->row[i];
        const gr_limit_row *other = gr_limit_on(longer, row->from);

        if (other && other->to >= row->to && gr_amount_compare(row->amount, other->amount) > 0)
            gr_problem(k->problems, place_of(k, row->point),
                       "exchange the amounts, or leave one of the limits out",
                       "the limit '%.*s' is above '%.*s', which adds up a longer time: it never "
                       "decides",
                       GR_SHOW(shorter->id), GR_SHOW(longer->id));
    }
}

/* Whatever counts is more than nothing: the two tests would say the same, and a reader would wonder. */
static void check_bans(const checking *k, const gr_limit *limit)
{
    for (size_t i = 0; i < limit->row_count; i++)
        if (limit->reached_is_over && limit->row[i].amount.num == 0)
            gr_problem(k->problems, place_of(k, limit->row[i].point),
                       "a ban is test=\"more-than\" with 0.00",
                       "from 0.00 on everything is over the limit '%.*s', also nothing",
                       GR_SHOW(limit->id));
}

static void check_limits(const checking *k)
{
    for (size_t i = 0; i < k->book->limit_count; i++) {
        check_when(k, &k->book->limit[i]);
        check_bans(k, &k->book->limit[i]);
        for (size_t j = 0; j < k->book->limit_count; j++)
            if (are_alike(&k->book->limit[i], &k->book->limit[j]) &&
                span_of(&k->book->limit[i]) < span_of(&k->book->limit[j]))
                check_order(k, &k->book->limit[i], &k->book->limit[j]);
    }
}

void gr_rulebook_check(const gr_rulebook *book, gr_problems *problems)
{
    checking k = { .book = book, .problems = problems };

    gr_world_start(&k.scope, book->presumable);
    if (book->scope)
        check_claim(&k, &book->scope->claim, "scope of", book->id);
    if (book->scope && !(gr_world_narrow(&k.scope, book->scope->claim.claimed) &&
                         gr_world_narrow(&k.scope, book->scope->claim.provided)))
        return; /* it has been told, and nothing could apply */
    check_limits(&k);
    for (size_t i = 0; i < book->exclusion_count; i++) {
        check_claim(&k, &book->exclusion[i].claim, "exclusion", book->exclusion[i].id);
        check_days(&k, &book->exclusion[i].claim, "exclusion", book->exclusion[i].id);
    }
    for (size_t i = 0; i < book->duty_count; i++)
        check_claim(&k, &book->duty[i].claim, "duty", book->duty[i].id);
}
