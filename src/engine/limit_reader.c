/* src/engine/limit_reader.c - limits: dated rows, a period, whose gifts are added up, and what it is to be over. */
#include "engine/reading.h"

static void read_amount_of_row(gr_reading *r, const gr_node *node, bool is_count, gr_amount *out)
{
    gr_text amount = gr_node_attribute(node, "amount");
    gr_error error;
    uint64_t count;

    if (!is_count) {
        if (gr_money_parse(amount, node->at, out, &error) != GR_OK)
            gr_problems_add(r->problems, &error);
    } else if (gr_text_number(amount, 1000000, &count)) {
        *out = (gr_amount){ (int64_t)count * 100, 1 }; /* 3 gifts compare as 3.00 does */
    } else {
        gr_problem(r->problems, node->at, "this limit counts gifts: write a number, like 4",
                   "'%.*s' is not a number of gifts", GR_SHOW(amount));
    }
}

/* Nothing that counts is within a limit of nothing. */
static bool is_ban(const gr_limit *limit, const gr_limit_row *row)
{
    return row->amount.num == 0 && !limit->reached_is_over;
}

static void read_row(gr_reading *r, const gr_node *node, const gr_limit *limit, gr_limit_row *row,
                     const gr_limit_row *before)
{
    gr_text amount = gr_node_attribute(node, "amount");

    row->from = gr_read_day(r, node, "from", GR_DAY_FIRST);
    row->to = gr_read_day(r, node, "to", GR_DAY_LAST);
    row->source = gr_node_attribute(node, "source");
    row->sure = gr_node_attribute(node, "sure");
    gr_check_dates(r, node, row->from, row->to, before ? &before->to : NULL, true);
    read_amount_of_row(r, node, limit->is_count, &row->amount);
    gr_read_backing(r, node, gr_arena_print(r->arena, "limit of %.*s", GR_SHOW(amount)),
                    limit->clause);
    row->point = gr_add_point(
        r, node,
        gr_arena_print(r->arena, "limit %.*s of %.*s", GR_SHOW(limit->id), GR_SHOW(amount)),
        is_ban(limit, row) ? GR_SEEN_TRUE : GR_SEEN_TRUE | GR_SEEN_OTHER);
}

static void read_rows(gr_reading *r, const gr_node *node, gr_limit *limit)
{
    size_t count = gr_node_count(node, "row"), i = 0;
    gr_limit_row *rows = gr_reading_take(r, sizeof *rows * count);

    for (const gr_node *n = gr_node_child(node, "row"); rows && n; n = gr_node_again(n), i++)
        read_row(r, n, limit, &rows[i], i ? &rows[i - 1] : NULL);
    limit->row = rows;
    limit->row_count = count;
}

static void read_period(gr_reading *r, const gr_node *node, gr_limit *limit)
{
    gr_text basis = gr_node_attribute(node, "basis");

    limit->period_of_policy = gr_text_is(basis, "policy");
    if (!limit->period_of_policy)
        gr_basis_find(basis, &limit->period); /* the schema has checked it */
    limit->period_clause = gr_read_clause(r, node);
    gr_read_backing(r, node, GR_TEXT("which year is meant"), limit->period_clause);
}

static void read_limit(gr_reading *r, const gr_node *node, gr_limit *limit)
{
    gr_text per = gr_node_attribute(node, "per");

    gr_check_id(r, node);
    limit->id = gr_node_attribute(node, "id");
    limit->kind = gr_node_attribute(node, "kind");
    limit->clause = gr_read_clause(r, node);
    limit->text = gr_node_attribute(node, "text");
    limit->ask = gr_node_attribute(node, "ask");
    limit->reached_is_over = gr_text_is(gr_node_attribute(node, "test"), "at-least");
    limit->is_count = gr_text_is(gr_node_attribute(node, "of"), "count");
    limit->per = gr_text_is(per, "giver")    ? GR_PER_GIVER
                 : gr_text_is(per, "client") ? GR_PER_CLIENT
                                             : GR_PER_RECIPIENT;
    gr_verdict_find(gr_node_attribute(node, "verdict"), &limit->verdict);
    if (limit->verdict == GR_NEEDS_REVIEW && limit->ask.len == 0)
        gr_problem(r->problems, node->at, "add ask with the question that a person must answer",
                   "the limit '%.*s' needs review and asks nothing", GR_SHOW(limit->id));
    limit->when = gr_read_inside(r, node, "when");
    read_period(r, gr_node_child(node, "period"), limit);
    read_rows(r, node, limit);
}

void gr_read_limits(gr_reading *r)
{
    size_t count = gr_node_count(r->root, "limit"), i = 0;
    gr_limit *limits = gr_reading_take(r, sizeof *limits * (count + 1));
    const gr_node *node = gr_node_child(r->root, "limit");

    if (count > GR_MAX_LIMITS) {
        gr_problem(r->problems, node->at, "split the rulebook", "a rulebook has at most %d limits",
                   GR_MAX_LIMITS);
        return;
    }
    for (; limits && node; node = gr_node_again(node))
        read_limit(r, node, &limits[i++]);
    r->book->limit = limits;
    r->book->limit_count = i;
}
