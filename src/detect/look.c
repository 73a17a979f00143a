/* src/detect/look.c - see look.h. */
#include "detect/look.h"

#include <string.h>

static const gr_range anything = { 0, GR_UNBOUNDED };

/* ---- heads ---- */

static void reckon(gr_look *look, uint8_t what, int64_t value)
{
    look->reckoned.known |= 1u << (what - GR_COMPUTED_HEADS);
    look->reckoned.value[what - GR_COMPUTED_HEADS] = value;
}

static int64_t reckoned(const gr_look *look, uint8_t what)
{
    return look->reckoned.value[what - GR_COMPUTED_HEADS];
}

static bool is_own(const gr_recipient *recipient)
{
    return gr_recipient_knows(recipient, GR_F_EMPLOYER_KIND) &&
           recipient->value[GR_F_EMPLOYER_KIND - GR_FACT_FIRST_OF_RECIPIENT].number ==
               GR_EMPLOYER_OWN_FIRM;
}

static void reckon_heads(gr_look *look)
{
    int64_t heads = 0, named = 0, own = 0;

    for (size_t i = 0; i < look->record->recipient_count; i++) {
        const gr_recipient *r = &look->record->recipient[i];
        const gr_value *count = gr_record_find(look->record, r, GR_F_COUNT);

        heads += count && count->number > 0 ? count->number : 1;
        named += gr_recipient_knows(r, GR_F_NAME) || gr_recipient_knows(r, GR_F_RECIPIENT_ID);
        own += is_own(r);
    }
    reckon(look, GR_COMPUTED_HEADS, heads);
    reckon(look, GR_COMPUTED_NAMED_HEADS, named);
    reckon(look, GR_COMPUTED_UNNAMED_HEADS, heads - named);
    reckon(look, GR_COMPUTED_OUTSIDE_HEADS, heads - own);
    reckon(look, GR_COMPUTED_OWN_HEADS, own);
}

void gr_look_wake(gr_look *look)
{
    const gr_value *entered = gr_record_find(look->record, NULL, GR_F_ENTERED);

    if (look->is_started)
        return;
    look->is_started = true;
    look->share_of = GR_WHOLE;
    memset(&look->facts, 0, sizeof look->facts);
    look->facts.record = look->record;
    look->facts.reckoned = &look->reckoned;
    look->facts.matched = look->matched;
    look->reckoned.known = 0;
    reckon_heads(look);
    if (entered)
        reckon(look, GR_COMPUTED_DAYS_LATE, entered->number - look->day);
}

/* ---- worth ---- */

static gr_range range_of(gr_span span)
{
    gr_wide low = (gr_wide)span.low * GR_WORTH_DEN / span.den;
    gr_wide high = ((gr_wide)span.high * GR_WORTH_DEN + span.den - 1) / span.den;

    if (span.high == GR_UNBOUNDED || high >= GR_UNBOUNDED)
        high = GR_UNBOUNDED;
    return (gr_range){ low < GR_UNBOUNDED ? (int64_t)low : GR_UNBOUNDED - 1, (int64_t)high };
}

/* As the rulebook values it, with what the rulebook presumes. */
static gr_range find_worth(const gr_look *look, const gr_recipient *recipient,
                           const gr_parts *parts)
{
    const gr_rulebook *book = look->set->detection.valuing;
    gr_worth_found found;
    gr_facts facts;

    if (!book)
        return anything;
    memset(&facts, 0, sizeof facts);
    facts.record = look->record;
    facts.recipient = recipient;
    facts.presumption = book->presumption;
    facts.presumption_count = book->presumption_count;
    facts.presumable = book->presumable;
    return gr_worth_find(look->set, book, &facts, parts, look->day, &found) ? range_of(found.span)
                                                                            : anything;
}

static gr_range whole_worth(gr_look *look)
{
    static const gr_recipient everybody = { .known = 0 };
    const gr_parts undivided = { 1, { 0, 1 }, false };

    if (!look->has_whole) {
        look->whole = find_worth(look, &everybody, &undivided);
        look->has_whole = true;
    }
    return look->whole;
}

gr_range gr_look_worth(gr_look *look, size_t recipient)
{
    gr_parts parts;

    if (recipient == GR_WHOLE)
        return whole_worth(look);
    if (look->share_of != recipient) {
        parts = gr_parts_of(look->record);
        look->share = find_worth(look, &look->record->recipient[recipient], &parts);
        look->share_of = recipient;
    }
    return look->share;
}

/* An equal part for so many. */
static gr_range part_of(gr_range whole, int64_t heads)
{
    if (heads <= 0)
        return anything;
    whole.low /= heads;
    if (whole.high != GR_UNBOUNDED)
        whole.high = whole.high / heads + (whole.high % heads != 0);
    return whole;
}

/* Nobody knows how many more shared it. */
static bool has_unnamed_sharers(const gr_record *record)
{
    const gr_value *sharers = gr_record_find(record, NULL, GR_F_SHARERS);

    return sharers && sharers->number == GR_SHARERS_UNNAMED;
}

static gr_range worth_of(gr_look *look, gr_worth_of of, size_t recipient)
{
    gr_range part;

    if (of == GR_WORTH_OF_SHARE || of == GR_WORTH_OF_GIFT)
        return gr_look_worth(look, of == GR_WORTH_OF_GIFT ? GR_WHOLE : recipient);
    if (of == GR_WORTH_OF_NAMED_HEAD)
        return part_of(whole_worth(look), reckoned(look, GR_COMPUTED_NAMED_HEADS));
    part = part_of(whole_worth(look), reckoned(look, GR_COMPUTED_HEADS));
    if (has_unnamed_sharers(look->record))
        part.low = 0;
    return part;
}

/* ---- tests ---- */

bool gr_bound_on(const gr_bound *bound, gr_day day, gr_amount *out)
{
    const gr_limit_row *row;

    if (bound->rule.len == 0) {
        *out = bound->amount;
        return true;
    }
    row = bound->found ? gr_limit_on(bound->found, day) : NULL;
    if (row)
        *out = row->amount;
    return row != NULL;
}

static int compare(int64_t parts, gr_amount amount)
{
    gr_wide a = (gr_wide)parts * amount.den, b = (gr_wide)amount.num * GR_WORTH_DEN;

    return (a > b) - (a < b);
}

static bool is_within_share(int64_t low, gr_amount amount, gr_amount by)
{
    return (gr_wide)low * amount.den * by.den >=
           (gr_wide)amount.num * GR_WORTH_DEN * (by.den - by.num);
}

static bool passes(gr_look *look, const gr_worth_test *test, size_t recipient)
{
    gr_range worth = worth_of(look, test->of, recipient);
    bool is_open = worth.high == GR_UNBOUNDED;
    gr_amount bound;

    if (!gr_bound_on(&test->bound, look->day, &bound))
        return false;
    switch (test->kind) {
    case GR_CONDITION_UNDER:
        return !is_open && compare(worth.high, bound) < 0;
    case GR_CONDITION_AT_LEAST:
        return compare(worth.low, bound) >= 0;
    case GR_CONDITION_ABOVE:
        return compare(worth.low, bound) > 0;
    default:
        return !is_open && compare(worth.high, bound) <= 0 &&
               (!test->is_just_under || is_within_share(worth.low, bound, test->by));
    }
}

/* Of cents and of whole numbers, nearly always of whole cents: without the detours of a condition. */
static bool clears(const gr_condition *c, int64_t num, int64_t den)
{
    gr_wide a = (gr_wide)num * c->amount.den, b = (gr_wide)c->amount.num * den;

    return c->kind == GR_CONDITION_UNDER      ? a < b
           : c->kind == GR_CONDITION_AT_MOST  ? a <= b
           : c->kind == GR_CONDITION_AT_LEAST ? a >= b
                                              : a > b;
}

bool gr_look_fails(gr_look *look, const gr_oddity *odd)
{
    for (size_t i = 0; i < odd->hurdle_count; i++) {
        const gr_condition *c = odd->hurdle[i];
        const gr_value *value;
        bool is_number;

        if (c->fact >= GR_COMPUTED_HEADS) {
            gr_look_wake(look);
            if (!(look->reckoned.known >> (c->fact - GR_COMPUTED_HEADS) & 1) ||
                !clears(c, reckoned(look, c->fact) * 100, 1))
                return true;
            continue;
        }
        if (!gr_record_knows(look->record, (gr_fact)c->fact))
            return true;
        value = &look->record->value[c->fact];
        is_number = gr_fact_get((gr_fact)c->fact)->type != GR_FACT_MONEY;
        if (!clears(c, is_number ? value->number * 100 : value->amount.num,
                    is_number ? 1 : value->amount.den))
            return true;
    }
    return false;
}

bool gr_look_holds(gr_look *look, const gr_oddity *odd, size_t recipient)
{
    gr_look_wake(look);
    look->facts.recipient = recipient == GR_WHOLE ? NULL : &look->record->recipient[recipient];
    if (gr_condition_evaluate(odd->when, &look->facts, NULL) != GR_TRUE)
        return false;
    for (size_t i = 0; i < odd->worth_count; i++)
        if (!passes(look, &odd->worth[i], recipient))
            return false;
    return true;
}
