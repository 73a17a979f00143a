/* src/engine/valuation_reader.c - what a gift is worth: dated rows, each with worths in the order in which they are tried. */
#include "engine/reading.h"

static void read_amount(gr_reading *r, const gr_node *node, gr_worth_amount *amount)
{
    gr_text name = gr_node_attribute(node, "fact");

    amount->fact = gr_fact_find(name);
    amount->absent = gr_node_attribute(node, "absent");
    if (amount->fact == GR_FACT_NONE || gr_fact_get(amount->fact)->type != GR_FACT_MONEY)
        gr_problem(r->problems, node->at, "name cost, face-value or market-value",
                   "'%.*s' is not an amount", GR_SHOW(name));
}

static void read_worth(gr_reading *r, const gr_node *node, gr_worth *worth)
{
    const gr_node *list = gr_node_child(node, "higher-of");

    if (!list && (list = gr_node_child(node, "between")))
        worth->how = GR_BETWEEN;
    if (!list && (list = gr_node_child(node, "first-of")))
        worth->how = GR_FIRST_OF;
    worth->title = gr_node_attribute(node, "title");
    worth->when = gr_read_inside(r, node, "when");
    worth->point = gr_add_point(r, node, worth->title, GR_SEEN_TRUE);
    for (const gr_node *a = gr_node_child(list, "amount");
         a && worth->amount_count < GR_MAX_WORTH_AMOUNTS; a = gr_node_again(a))
        read_amount(r, a, &worth->amount[worth->amount_count++]);
}

static void read_cost_without(gr_reading *r, const gr_node *node, gr_valuation *valuation)
{
    gr_text rest = gr_node_attribute(node, "cost-without"), word;

    while (gr_text_word(&rest, &word)) {
        if (gr_text_is(word, "tax"))
            valuation->without_tax = true;
        else if (gr_text_is(word, "delivery"))
            valuation->without_delivery = true;
        else if (!gr_text_is(word, "nothing"))
            gr_problem(r->problems, node->at, "tax, delivery, both, or nothing",
                       "'%.*s' cannot be taken off the cost", GR_SHOW(word));
    }
}

static void read_valuation(gr_reading *r, const gr_node *node, gr_valuation *v)
{
    size_t count = gr_node_count(node, "worth");
    gr_worth *worth = gr_reading_take(r, sizeof *worth * count);

    v->from = gr_read_day(r, node, "from", GR_DAY_FIRST);
    v->to = gr_read_day(r, node, "to", GR_DAY_LAST);
    v->clause = gr_read_clause(r, node);
    v->source = gr_node_attribute(node, "source");
    v->sure = gr_node_attribute(node, "sure");
    read_cost_without(r, node, v);
    gr_read_backing(r, node, GR_TEXT("valuation"), v->clause);
    v->worth = worth;
    for (const gr_node *w = gr_node_child(node, "worth"); worth && w; w = gr_node_again(w))
        read_worth(r, w, &worth[v->worth_count++]);
    if (worth && worth[v->worth_count - 1].when)
        gr_problem(r->problems, node->at, "give the last worth no condition",
                   "a gift for which no condition holds would have no worth");
}

void gr_read_valuations(gr_reading *r)
{
    size_t count = gr_node_count(r->root, "valuation"), i = 0;
    gr_valuation *v = gr_reading_take(r, sizeof *v * count);

    for (const gr_node *n = gr_node_child(r->root, "valuation"); v && n;
         n = gr_node_again(n), i++) {
        read_valuation(r, n, &v[i]);
        gr_check_dates(r, n, v[i].from, v[i].to, i ? &v[i - 1].to : NULL, true);
    }
    r->book->valuation = v;
    r->book->valuation_count = count;
}
