/* src/engine/trace_worth.c - the worth of a gift step by step. No amount is worked out here: gr_worth_find() is asked
 * again with a valuation that has one row only, or one amount only, or without tax, delivery or fee; what changes
 * between two answers is the step. */
#include "engine/trace.h"

#define RECIPIENT_BIT(fact) (UINT64_C(1) << ((fact)-GR_FACT_FIRST_OF_RECIPIENT))

typedef struct valued { /* what the questions have in common */
    gr_trace *t;
    const gr_facts *facts;
    gr_day day;
    const gr_valuation *valuation;
} valued;

/* The whole gift, undivided, by one row that applies. */
static gr_worth_found ask(const valued *v, const gr_valuation *by, const gr_record *record,
                          const gr_worth *row)
{
    const gr_parts undivided = { 1, { 0, 1 }, false };
    gr_recipient one = *v->facts->recipient;
    gr_facts facts = *v->facts;
    gr_rulebook book = *v->t->book;
    gr_valuation alone = *by;
    gr_worth always = *row;
    gr_worth_found found = { .span = { 0, GR_UNBOUNDED, 1 } };

    always.when = NULL;
    alone.worth = &always;
    alone.worth_count = 1;
    book.valuation = &alone;
    book.valuation_count = 1;
    one.known &= ~RECIPIENT_BIT(GR_F_COUNT); /* several people behind a name would divide it */
    facts.record = record;
    facts.recipient = &one;
    gr_worth_find(v->t->set, &book, &facts, &undivided, v->day, &found);
    return found;
}

static gr_worth_found ask_amount(const valued *v, const gr_valuation *by, const gr_record *record,
                                 const gr_worth_amount *amount)
{
    gr_worth row = { .how = GR_HIGHER_OF, .amount = { *amount }, .amount_count = 1 };

    return ask(v, by, record, &row);
}

/* ---- the steps of a cost ---- */

typedef struct costing {
    const valued *v;
    const gr_worth_amount *amount;
    gr_record record; /* the gift's, without its fee at first */
    gr_valuation by;  /* with tax and delivery as they are stated at first */
    gr_explained_amount *out;
} costing;

static gr_span cost_now(const costing *c)
{
    return ask_amount(c->v, &c->by, &c->record, c->amount).span;
}

static bool is_same(gr_span a, gr_span b)
{
    return gr_amount_compare(gr_span_low(a), gr_span_low(b)) == 0 &&
           gr_amount_compare(gr_span_high(a), gr_span_high(b)) == 0;
}

static void add_step(costing *c, gr_step_kind kind, gr_fact fact)
{
    const gr_value *part = gr_record_find(&c->record, NULL, fact);
    gr_span before = c->out->worth, after = cost_now(c);

    if (is_same(before, after))
        return;
    c->out->worth = after;
    if (kind == GR_STEP_OPEN)
        c->out->step[c->out->step_count++] = (gr_explained_step){ .kind = kind, .after = after };
    else if (part)
        c->out->step[c->out->step_count++] =
            (gr_explained_step){ kind, gr_text_of(gr_fact_get(fact)->name), part->amount, after };
}

/* Tax first, then delivery; a part that is not stated makes no step, unless both are open. */
static void add_tax_and_delivery(costing *c, bool is_included)
{
    const gr_valuation *v = c->v->valuation;
    gr_step_kind kind = is_included ? GR_STEP_TAKEN_OFF : GR_STEP_PUT_ON;
    bool tax = gr_record_knows(&c->record, GR_F_TAX);
    bool delivery = gr_record_knows(&c->record, GR_F_DELIVERY);

    if (tax) {
        c->by.without_tax = v->without_tax;
        add_step(c, kind, GR_F_TAX);
    }
    if (delivery) {
        c->by.without_delivery = v->without_delivery;
        add_step(c, kind, GR_F_DELIVERY);
    }
    c->by = *v;
    add_step(c, GR_STEP_OPEN, GR_F_COST);
}

static void trace_cost(const valued *v, const gr_worth_amount *amount, gr_explained_amount *out)
{
    const gr_record *record = v->facts->record;
    const gr_value *tax = gr_record_find(record, NULL, GR_F_COST_TAX);
    bool is_included = tax && tax->number == GR_COST_TAX_INCLUDED;
    costing c = { v, amount, *record, *v->valuation, out };

    c.record.known &= ~(UINT64_C(1) << GR_F_FEE);
    c.by.without_tax = c.by.without_delivery = !is_included;
    out->base = out->worth = cost_now(&c);
    add_tax_and_delivery(&c, is_included);
    c.record.known = record->known;
    add_step(&c, GR_STEP_PERHAPS, GR_F_FEE);
}

/* ---- amounts and rows ---- */

static void trace_amount(const valued *v, const gr_worth_amount *amount, gr_explained_amount *out)
{
    const gr_record *record = v->facts->record;
    const gr_value *stated = gr_record_find(record, v->facts->recipient, amount->fact);
    gr_worth_found found = ask_amount(v, v->valuation, record, amount);

    *out = (gr_explained_amount){ .fact = gr_text_of(gr_fact_get(amount->fact)->name),
                                  .is_stated = stated != NULL,
                                  .is_left_out = found.left_out != 0,
                                  .absent = found.left_out ? amount->absent : GR_TEXT(""),
                                  .base = found.span,
                                  .worth = found.span };
    if (stated)
        out->stated = stated->amount;
    if (stated && amount->fact == GR_F_COST && !found.no_rate)
        trace_cost(v, amount, out);
}

static void trace_amounts(const valued *v, const gr_worth *row, gr_explained_worth *out)
{
    gr_explained_amount *amount = gr_trace_take(v->t, sizeof *amount * row->amount_count);

    out->amount = amount;
    for (size_t i = 0; amount && i < row->amount_count; i++) {
        trace_amount(v, &row->amount[i], &amount[out->amount_count++]);
        if (row->how == GR_FIRST_OF && !amount[i].is_left_out)
            return; /* the others are not looked at */
    }
}

static void trace_row(const valued *v, const gr_worth *row, const gr_node *node, gr_facts *facts,
                      gr_explained_worth *out)
{
    static const char *const how[] = { "higher-of", "between", "first-of" };

    *out = (gr_explained_worth){
        .title = row->title,
        .how = gr_text_of(how[row->how]),
        .answer =
            row->when ? (gr_answer)gr_condition_evaluate(row->when, facts, NULL) : GR_ANSWER_TRUE,
        .when = gr_trace_inside(v->t, row->when, node, "when", facts),
    };
    out->decides = out->answer == GR_ANSWER_TRUE;
    if (out->answer == GR_ANSWER_FALSE)
        return;
    trace_amounts(v, row, out);
    out->worth = ask(v, v->valuation, v->facts->record, row).span;
}

static gr_span widest(gr_span a, gr_span b)
{
    gr_amount low = gr_span_low(a), high = gr_span_high(a);
    gr_span span;

    if (gr_amount_compare(gr_span_low(b), low) < 0)
        low = gr_span_low(b);
    if (gr_amount_compare(gr_span_high(b), high) > 0)
        high = gr_span_high(b);
    return gr_span_of(low, high, &span) ? span : (gr_span){ 0, GR_UNBOUNDED, 1 };
}

static void trace_rows(const valued *v, const gr_node *node, gr_explained_valuation *out)
{
    gr_explained_worth *worth = gr_trace_take(v->t, sizeof *worth * v->valuation->worth_count);
    gr_facts facts = *v->facts;
    bool any = false;

    out->worth = worth;
    node = gr_node_child(node, "worth");
    for (size_t i = 0; worth && i < v->valuation->worth_count; i++, node = gr_node_again(node)) {
        trace_row(v, &v->valuation->worth[i], node, &facts, &worth[out->worth_count++]);
        if (worth[i].answer == GR_ANSWER_FALSE)
            continue;
        out->whole = any ? widest(out->whole, worth[i].worth) : worth[i].worth;
        any = true;
        if (worth[i].decides)
            return;
    }
}

/* ---- the currency ---- */

/* A rate of 1.25 is kept as 125 hundredths; all decimals that a rate may have are told. */
static gr_text rate_text(gr_trace *t, gr_amount rate)
{
    static const int64_t scale = INT64_C(10000000000);
    gr_wide all = (gr_wide)rate.num * (scale / 100) / rate.den;
    char decimals[16];
    int64_t rest = (int64_t)(all % scale);
    size_t n = GR_MONEY_DECIMALS;

    for (size_t i = n; i-- > 0; rest /= 10)
        decimals[i] = (char)('0' + rest % 10);
    while (n > 2 && decimals[n - 1] == '0')
        n--;
    return gr_trace_print(
        t, gr_arena_print(t->arena, "%lld.%.*s", (long long)(all / scale), (int)n, decimals));
}

static void trace_rate(const valued *v, gr_explained_rate *out)
{
    gr_text currency = gr_record_text(v->facts->record, GR_F_CURRENCY);
    gr_text into = v->t->book->currency;
    const gr_rate *rate;

    if (currency.len == 0)
        currency = v->t->set->policy.currency;
    *out = (gr_explained_rate){ .is_asked = !gr_text_equal(currency, into), .into = into };
    out->currency = gr_trace_print(v->t, gr_arena_copy(v->t->arena, currency));
    rate = out->is_asked ? gr_rates_find(&v->t->set->rates, currency, into, v->day) : NULL;
    if (!rate)
        return;
    out->is_found = true;
    out->value = rate_text(v->t, rate->value);
    out->from = rate->from;
    out->to = rate->to;
    out->at = rate->at;
}

/* ---- the recipient's part ---- */

static void trace_division(const gr_facts *facts, const gr_parts *parts,
                           const gr_worth_found *found, gr_explained_division *out)
{
    const gr_value *count = gr_record_find(facts->record, facts->recipient, GR_F_COUNT);
    const gr_value *share = gr_record_find(facts->record, facts->recipient, GR_F_SHARE);
    const gr_value *cost = gr_record_find(facts->record, NULL, GR_F_COST);
    const gr_value *quantity = gr_record_find(facts->record, NULL, GR_F_QUANTITY);

    *out = (gr_explained_division){ .people = parts->people,
                                    .behind = count && count->number > 0 ? count->number : 1,
                                    .is_named =
                                        gr_recipient_knows(facts->recipient, GR_F_NAME) ||
                                        gr_recipient_knows(facts->recipient, GR_F_RECIPIENT_ID),
                                    .any_stated = parts->any_stated,
                                    .stated = parts->stated,
                                    .has_share = share != NULL,
                                    .has_cost = cost != NULL,
                                    .quantity = quantity ? quantity->number : 0,
                                    .part = found->span,
                                    .unit = found->unit };
    if (share)
        out->share = share->amount;
    if (cost)
        out->cost = cost->amount;
}

static size_t place_of(const gr_rulebook *book, const gr_valuation *valuation)
{
    return (size_t)(valuation - book->valuation);
}

void gr_trace_worth(gr_trace *t, const gr_facts *facts, const gr_parts *parts, gr_day day,
                    gr_explained_gift *out)
{
    valued v = { t, facts, day, gr_rulebook_valuation(t->book, day) };
    gr_explained_valuation *valuation = &out->valuation;
    gr_worth_found found = { 0 };
    gr_facts again = *facts;

    if (!v.valuation || !gr_worth_find(t->set, t->book, &again, parts, day, &found))
        return;
    *valuation = (gr_explained_valuation){
        .is_there = true,
        .law = gr_trace_backing(t, v.valuation->clause, v.valuation->source, v.valuation->sure),
        .without_tax = v.valuation->without_tax,
        .without_delivery = v.valuation->without_delivery,
    };
    valuation->law.from = v.valuation->from;
    valuation->law.to = v.valuation->to;
    trace_rate(&v, &valuation->rate);
    trace_rows(&v, gr_trace_node(t, "valuation", place_of(t->book, v.valuation)), valuation);
    trace_division(facts, parts, &found, &out->division);
}
