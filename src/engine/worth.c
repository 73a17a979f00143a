/* src/engine/worth.c - exact intervals. What a missing amount could change stays open: its low end is nothing and
 * its high end has no bound. Arithmetic that does not fit is treated like a missing amount, never rounded. */
#include "engine/worth.h"

static const gr_amount nothing = { 0, 1 };
static const gr_amount anything = { GR_UNBOUNDED, 1 };

typedef struct range {
    gr_amount low, high;
} range;

static const range unknown = { { 0, 1 }, { GR_UNBOUNDED, 1 } };

static gr_amount least(gr_amount a, gr_amount b)
{
    return gr_amount_compare(a, b) <= 0 ? a : b;
}

static gr_amount most(gr_amount a, gr_amount b)
{
    return gr_amount_compare(a, b) >= 0 ? a : b;
}

gr_parts gr_parts_of(const gr_record *record)
{
    gr_parts parts = { 0, { 0, 1 }, false };

    for (size_t i = 0; i < record->recipient_count; i++) {
        const gr_value *share = gr_record_find(record, &record->recipient[i], GR_F_SHARE);
        const gr_value *count = gr_record_find(record, &record->recipient[i], GR_F_COUNT);

        if (share) {
            parts.any_stated = true;
            if (!gr_amount_add(parts.stated, share->amount, &parts.stated))
                parts.stated = anything;
        } else {
            parts.people += count && count->number > 0 ? count->number : 1;
        }
    }
    return parts;
}

/* ---- one gift's amounts, in the currency of the limit ---- */

typedef struct appraisal {
    const gr_ruleset *set;
    const gr_rulebook *book;
    gr_facts *facts;
    gr_day day;
    gr_worth_found *found;
    const gr_rate *rate; /* NULL: the amounts are in the limit's currency already */
} appraisal;

static void find_rate(appraisal *a)
{
    gr_text currency = gr_record_text(a->facts->record, GR_F_CURRENCY);

    if (currency.len == 0)
        currency = a->set->policy.currency;
    if (gr_text_equal(currency, a->book->currency))
        return;
    a->rate = gr_rates_find(&a->set->rates, currency, a->book->currency, a->day);
    a->found->converted = a->rate != NULL;
    a->found->no_rate = !a->rate;
}

/* A stated amount, converted. False when it is not stated, or its worth cannot be told. */
static bool stated(const appraisal *a, gr_fact fact, gr_amount *out)
{
    const gr_value *value = gr_record_find(a->facts->record, a->facts->recipient, fact);
    int64_t den;

    if (!value || a->found->no_rate)
        return false;
    if (a->rate) /* a rate of 1.25 is kept as 125 hundredths */
        return !__builtin_mul_overflow(a->rate->value.den, 100, &den) &&
               gr_amount_multiply(value->amount, a->rate->value.num, den, out);
    *out = value->amount;
    return true;
}

/* Takes tax or delivery, where it is stated, off a cost that includes it. */
static bool take_off(appraisal *a, bool is_taken, gr_fact fact, gr_amount *cost)
{
    gr_amount part;

    if (!is_taken || !stated(a, fact, &part))
        return false;
    if (!gr_amount_subtract(*cost, part, cost) || cost->num < 0)
        *cost = nothing;
    return true;
}

/* A rule that values with tax or delivery adds them to a cost that is stated without. */
static void put_on(appraisal *a, bool is_put, gr_fact fact, gr_amount *cost)
{
    gr_amount part;

    if (is_put && stated(a, fact, &part) && !gr_amount_add(*cost, part, cost))
        *cost = anything;
}

static void add_fee(appraisal *a, range *cost)
{
    gr_amount fee;

    if (!stated(a, GR_F_FEE, &fee) || fee.num == 0)
        return;
    a->found->missing |= GR_FACT_BIT(GR_F_FEE); /* no source says whether a fee counts */
    if (!gr_amount_add(cost->high, fee, &cost->high))
        cost->high = anything;
}

static range cost_of(appraisal *a)
{
    const gr_valuation *v = a->found->valuation;
    const gr_value *tax = gr_record_find(a->facts->record, NULL, GR_F_COST_TAX);
    range cost;

    if (!stated(a, GR_F_COST, &cost.high)) {
        a->found->missing |= GR_FACT_BIT(a->found->no_rate ? GR_F_CURRENCY : GR_F_COST);
        return unknown;
    }
    if (tax && tax->number == GR_COST_TAX_INCLUDED) {
        bool some = take_off(a, v->without_tax, GR_F_TAX, &cost.high);

        some = take_off(a, v->without_delivery, GR_F_DELIVERY, &cost.high) || some;
        cost.low = some || (!v->without_tax && !v->without_delivery) ? cost.high : nothing;
        a->found->missing |=
            gr_amount_compare(cost.low, cost.high) < 0 ? GR_FACT_BIT(GR_F_COST_TAX) : 0;
    } else {
        put_on(a, !v->without_tax, GR_F_TAX, &cost.high);
        put_on(a, !v->without_delivery, GR_F_DELIVERY, &cost.high);
        cost.low = cost.high;
    }
    add_fee(a, &cost);
    return cost;
}

/* ---- by one worth of the valuation ---- */

static range amount_of(appraisal *a, const gr_worth_amount *amount, size_t place, bool *is_left_out)
{
    range r;

    *is_left_out = false;
    if (amount->fact == GR_F_COST &&
        (amount->absent.len == 0 || gr_record_knows(a->facts->record, GR_F_COST)))
        return cost_of(a);
    if (stated(a, amount->fact, &r.low)) {
        r.high = r.low;
        return r;
    }
    if (amount->absent.len > 0 && !gr_record_find(a->facts->record, NULL, amount->fact)) {
        a->found->left_out |= (uint8_t)(1u << place);
        *is_left_out = true;
        return (range){ nothing, nothing };
    }
    a->found->missing |= GR_FACT_BIT(a->found->no_rate ? GR_F_CURRENCY : amount->fact);
    return unknown;
}

/* The first amount that is stated; those before it are left out, with what is then presumed. */
static range first_stated(appraisal *a, const gr_worth *worth)
{
    for (size_t i = 0; i < worth->amount_count; i++) {
        bool left_out;
        range one = amount_of(a, &worth->amount[i], i, &left_out);

        if (!left_out)
            return one;
    }
    return unknown;
}

static range range_by(appraisal *a, const gr_worth *worth)
{
    range all = { nothing, nothing };
    bool first = true;

    if (worth->how == GR_FIRST_OF)
        return first_stated(a, worth);
    for (size_t i = 0; i < worth->amount_count; i++) {
        bool left_out;
        range one = amount_of(a, &worth->amount[i], i, &left_out);

        if (left_out)
            continue;
        if (first)
            all = one;
        all.low = worth->how == GR_BETWEEN ? least(all.low, one.low) : most(all.low, one.low);
        all.high = most(all.high, one.high);
        first = false;
    }
    return first ? unknown : all;
}

static range widen(range a, range b)
{
    return (range){ least(a.low, b.low), most(a.high, b.high) };
}

/* The first worth that surely applies decides; those before it that only may apply widen the interval. */
static range whole_gift(appraisal *a)
{
    const gr_valuation *v = a->found->valuation;
    range all = unknown;
    bool any = false;

    for (size_t i = 0; i < v->worth_count; i++) {
        const gr_condition *leaf = NULL;
        gr_truth applies =
            v->worth[i].when ? gr_condition_evaluate(v->worth[i].when, a->facts, &leaf) : GR_TRUE;
        range one;

        if (applies == GR_FALSE)
            continue;
        one = range_by(a, &v->worth[i]);
        all = any ? widen(all, one) : one;
        any = true;
        a->found->worth = &v->worth[i];
        gr_cover(a->facts->seen, v->worth[i].point, GR_TRUE);
        if (applies == GR_TRUE)
            break;
        if (leaf->fact < GR_FACT_COUNT)
            a->found->missing |= GR_FACT_BIT(leaf->fact);
    }
    return all;
}

/* ---- the recipient's part ---- */

static gr_amount scale(gr_amount amount, int64_t num, int64_t den, gr_amount otherwise)
{
    gr_amount out;

    return gr_amount_multiply(amount, num, den, &out) ? out : otherwise;
}

static range scale_range(range r, gr_amount by) /* by: a fraction, num / den */
{
    return (range){ scale(r.low, by.num, by.den, nothing),
                    scale(r.high, by.num, by.den, anything) };
}

/* The part of a gift whose shares are stated: share / cost, for others an equal part of what is left. */
static range stated_part(const appraisal *a, range whole, const gr_parts *parts, int64_t people)
{
    const gr_value *cost = gr_record_find(a->facts->record, NULL, GR_F_COST);
    const gr_value *share = gr_record_find(a->facts->record, a->facts->recipient, GR_F_SHARE);
    gr_amount part, by;

    if (!cost || cost->amount.num == 0)
        return share ? (range){ nothing, whole.high } : unknown;
    if (share)
        part = share->amount;
    else if (!gr_amount_subtract(cost->amount, parts->stated, &part) || part.num < 0)
        part = nothing;
    if (!share)
        part = scale(part, people, parts->people, nothing);
    by = part;
    if (!gr_amount_multiply((gr_amount){ part.num, part.den }, cost->amount.den, cost->amount.num,
                            &by))
        return (range){ nothing, whole.high };
    return scale_range(whole, by);
}

/* A name that stands for several people: alone it surely has one part of theirs, possibly all. */
static void keep_own_part(appraisal *a, range *part, int64_t people)
{
    const gr_recipient *recipient = a->facts->recipient;
    bool is_named = gr_recipient_knows(recipient, GR_F_NAME) ||
                    gr_recipient_knows(recipient, GR_F_RECIPIENT_ID);

    if (people <= 1)
        return;
    part->low = scale(part->low, 1, people, nothing);
    if (is_named)
        a->found->missing |= GR_FACT_BIT(GR_F_COUNT);
    else
        part->high =
            scale(part->high, 1, people, anything); /* equal parts of people without names */
}

static gr_span span_of(range r)
{
    gr_span span;

    return gr_span_of(r.low, r.high, &span) ? span : (gr_span){ 0, GR_UNBOUNDED, 1 };
}

/* Without a quantity, what several people shared may be one piece, or one for each. */
static gr_span unit_of(const gr_record *record, range whole, range part)
{
    const gr_value *quantity = gr_record_find(record, NULL, GR_F_QUANTITY);

    if (quantity && quantity->number > 0)
        return span_of(scale_range(whole, (gr_amount){ 1, quantity->number }));
    return span_of((range){ part.low, whole.high });
}

bool gr_worth_find(const gr_ruleset *set, const gr_rulebook *book, gr_facts *facts,
                   const gr_parts *parts, gr_day day, gr_worth_found *out)
{
    gr_worth_found found = { .valuation = gr_rulebook_valuation(book, day) };
    appraisal a = { set, book, facts, day, &found, NULL };
    const gr_value *count = gr_record_find(facts->record, facts->recipient, GR_F_COUNT);
    int64_t people = count && count->number > 0 ? count->number : 1;
    range whole, part;

    if (!found.valuation)
        return false;
    find_rate(&a);
    whole = whole_gift(&a);
    if (parts->any_stated)
        part = stated_part(&a, whole, parts, people);
    else
        part = scale_range(whole, (gr_amount){ people, parts->people });
    found.split = !parts->any_stated && parts->people > people;
    found.span = span_of(part);
    found.unit = unit_of(facts->record, whole, part);
    keep_own_part(&a, &part, people);
    if (people > 1)
        found.span = span_of(part);
    *out = found;
    return true;
}
