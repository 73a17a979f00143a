/* src/app/simulate_match.c - findings of two runs side by side. First by id; those that are left, by what an id does not
 * hang on: a warning near the limit and the violation in its place are of different kinds. */
#include "app/simulate.h"

#include "base/digest.h"

/* ---- pairs ---- */

static const gr_finding *finding_at(const gr_judgement *judgement, size_t i)
{
    return &GR_AT(judgement->judged, gr_judged, i)->finding;
}

static uint64_t hash_id(const gr_finding *f)
{
    return gr_hash(f->id, 0);
}

static bool has_same_id(const gr_finding *a, const gr_finding *b)
{
    return gr_text_equal(a->id, b->id);
}

static uint64_t hash_subject(const gr_finding *f)
{
    const gr_text parts[] = { f->rule,           f->provision,         f->gift,
                              f->giver_id,       f->giver_name,        f->recipient_id,
                              f->recipient_name, f->recipient_employer };
    uint64_t hash = 0;

    for (size_t i = 0; i < GR_COUNT(parts); i++)
        hash = gr_hash(parts[i], hash);
    return hash;
}

static bool has_same_subject(const gr_finding *a, const gr_finding *b)
{
    return gr_text_equal(a->gift, b->gift) && gr_text_equal(a->rule, b->rule) &&
           gr_text_equal(a->provision, b->provision) && gr_text_equal(a->giver_id, b->giver_id) &&
           gr_text_equal(a->giver_name, b->giver_name) &&
           gr_text_equal(a->recipient_id, b->recipient_id) &&
           gr_text_equal(a->recipient_name, b->recipient_name) &&
           gr_text_equal(a->recipient_employer, b->recipient_employer);
}

typedef uint64_t (*hash_of)(const gr_finding *f);
typedef bool (*is_about)(const gr_finding *a, const gr_finding *b);

/* All pairs that have no second finding yet. */
static bool index_single(const gr_list *pair, hash_of hash, gr_table *out)
{
    bool fits = true;

    for (size_t i = 0; fits && i < pair->count; i++) {
        const gr_pair *p = GR_AT(*pair, gr_pair, i);

        if (!p->side[GR_SIMULATED])
            fits = gr_table_put(out, hash(p->side[GR_IN_USE]), (uint32_t)i);
    }
    return fits;
}

/* Puts the finding into the first pair that wants it. */
static bool put_in_pair(const gr_list *pair, const gr_table *single, uint64_t hash, is_about about,
                        const gr_finding *f)
{
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(single, hash, &cursor)) != GR_NONE) {
        gr_pair *p = GR_AT(*pair, gr_pair, i);

        if (!p->side[GR_SIMULATED] && about(p->side[GR_IN_USE], f)) {
            p->side[GR_SIMULATED] = f;
            return true;
        }
    }
    return false;
}

static bool match_by_id(const gr_judgement *simulated, gr_list *pair, gr_list *left)
{
    gr_table single = { 0 };
    bool fits = index_single(pair, hash_id, &single);

    for (size_t i = 0; fits && i < simulated->judged.count; i++) {
        const gr_finding *f = finding_at(simulated, i);

        fits = put_in_pair(pair, &single, hash_id(f), has_same_id, f) || gr_list_push(left, &f);
    }
    gr_table_free(&single);
    return fits;
}

static bool match_by_subject(const gr_list *left, gr_list *pair)
{
    gr_table single = { 0 };
    bool fits = index_single(pair, hash_subject, &single);

    for (size_t i = 0; fits && i < left->count; i++) {
        gr_pair alone = { { NULL, *GR_AT(*left, const gr_finding *, i) } };
        const gr_finding *f = alone.side[GR_SIMULATED];

        fits = put_in_pair(pair, &single, hash_subject(f), has_same_subject, f) ||
               gr_list_push(pair, &alone);
    }
    gr_table_free(&single);
    return fits;
}

bool gr_simulate_match(const gr_judgement *in_use, const gr_judgement *simulated, gr_list *pair)
{
    gr_list left = GR_LIST(const gr_finding *);
    bool fits = true;

    for (size_t i = 0; fits && i < in_use->judged.count; i++) {
        gr_pair alone = { { finding_at(in_use, i), NULL } };

        fits = gr_list_push(pair, &alone);
    }
    fits = fits && match_by_id(simulated, pair, &left) && match_by_subject(&left, pair);
    gr_list_free(&left);
    return fits;
}

/* ---- in what they differ ---- */

/* a / a_den and b / b_den; what does not fit is taken for different, which at worst shows too much. */
static bool is_same(gr_wide a, int64_t a_den, gr_wide b, int64_t b_den)
{
    gr_wide left, right;

    return !__builtin_mul_overflow(a, (gr_wide)b_den, &left) &&
           !__builtin_mul_overflow(b, (gr_wide)a_den, &right) && left == right;
}

static bool has_same_unit(const gr_finding *a, const gr_finding *b)
{
    if (!a->has_limit || !b->has_limit)
        return a->has_limit == b->has_limit;
    return a->is_count == b->is_count && (a->is_count || gr_text_equal(a->currency, b->currency));
}

static bool has_same_limit(const gr_finding *a, const gr_finding *b)
{
    return !a->has_limit || is_same(a->limit.num, a->limit.den, b->limit.num, b->limit.den);
}

static bool has_same_total(const gr_finding *a, const gr_finding *b)
{
    const gr_total *x = &a->total, *y = &b->total;

    return !a->has_limit ||
           (is_same(x->low, x->den, y->low, y->den) && x->unbounded == y->unbounded &&
            (x->unbounded || is_same(x->high, x->den, y->high, y->den)));
}

unsigned gr_simulate_compare(const gr_finding *in_use, const gr_finding *simulated)
{
    bool same_unit = has_same_unit(in_use, simulated);
    unsigned differs = 0;

    if (in_use->verdict != simulated->verdict)
        differs |= GR_DIFFERS_VERDICT;
    if (!gr_text_equal(in_use->clause, simulated->clause))
        differs |= GR_DIFFERS_CLAUSE;
    if (!same_unit || !has_same_limit(in_use, simulated))
        differs |= GR_DIFFERS_LIMIT;
    if (!same_unit || !has_same_total(in_use, simulated))
        differs |= GR_DIFFERS_TOTAL;
    return differs;
}

static bool is_same_value(gr_span a, gr_span b)
{
    bool is_open = a.high == GR_UNBOUNDED || b.high == GR_UNBOUNDED;

    return is_same(a.low, a.den, b.low, b.den) &&
           (is_open ? a.high == b.high : is_same(a.high, a.den, b.high, b.den));
}

bool gr_simulate_same_shown(const gr_finding *in_use, const gr_finding *simulated)
{
    size_t count = in_use->counted_count, first;

    if (count != simulated->counted_count || !has_same_unit(in_use, simulated))
        return false;
    first = count > GR_COUNTED_SHOWN ? count - GR_COUNTED_SHOWN : 0;
    for (size_t i = first; i < count; i++)
        if (!gr_text_equal(in_use->counted[i].gift, simulated->counted[i].gift) ||
            !is_same_value(in_use->counted[i].value, simulated->counted[i].value))
            return false;
    return true;
}
