/* src/engine/rates.c - rates are sorted once and found by halving. Rates of one pair of currencies must not
 * overlap: two rates for a day would be a guess. */
#include "engine/rates.h"

#include <stdlib.h>
#include <string.h>

static int compare_pair(const gr_rate *a, gr_text currency, gr_text into)
{
    int order = gr_text_compare(a->currency, currency);

    return order ? order : gr_text_compare(a->into, into);
}

static int by_pair_and_day(const void *a, const void *b)
{
    const gr_rate *left = a, *right = b;
    int order = compare_pair(left, right->currency, right->into);

    return order ? order : (left->from > right->from) - (left->from < right->from);
}

static void read_rate(const gr_node *node, gr_rate *rate, gr_problems *problems)
{
    gr_error error;

    rate->at = node->at;
    rate->currency = gr_node_attribute(node, "currency");
    rate->into = gr_node_attribute(node, "into");
    if (gr_day_parse(gr_node_attribute(node, "from"), node->at, &rate->from, &error) != GR_OK ||
        gr_day_parse(gr_node_attribute(node, "to"), node->at, &rate->to, &error) != GR_OK ||
        gr_money_parse(gr_node_attribute(node, "value"), node->at, &rate->value, &error) != GR_OK)
        gr_problems_add(problems, &error);
    else if (rate->to < rate->from)
        gr_problem(problems, node->at, "exchange the two days", "this rate ends before it begins");
    else if (rate->value.num == 0)
        gr_problem(problems, node->at, "write how much one unit is worth",
                   "the rate '%.*s' is not above 0", GR_SHOW(gr_node_attribute(node, "value")));
}

static void check_overlap(const gr_rate *rate, size_t count, gr_problems *problems)
{
    char day[GR_DAY_TEXT];

    for (size_t i = 1; i < count; i++)
        if (compare_pair(&rate[i - 1], rate[i].currency, rate[i].into) == 0 &&
            rate[i].from <= rate[i - 1].to)
            gr_problem(problems, rate[i].at, "keep one of them",
                       "there are two rates of %.*s for %s", GR_SHOW(rate[i].currency),
                       gr_day_print(rate[i].from, day));
}

gr_status gr_rates_load(const char *path, const char *schema, gr_arena *arena,
                        gr_problems *problems, gr_rates *out, gr_error *err)
{
    gr_rulefile file;
    size_t before = problems->count, count, i = 0;
    gr_status status = gr_rulefile_load(path, schema, arena, problems, &file, err);
    gr_rate *rate;

    if (status != GR_OK)
        return status;
    count = gr_node_count(file.root, "rate");
    rate = gr_arena_zero(arena, sizeof *rate * (count + 1));
    if (!rate)
        return gr_fail_memory(err);
    for (const gr_node *n = gr_node_child(file.root, "rate"); n; n = gr_node_again(n))
        read_rate(n, &rate[i++], problems);
    if (problems->count == before) {
        qsort(rate, count, sizeof *rate, by_pair_and_day);
        check_overlap(rate, count, problems);
    }
    if (problems->count > before)
        return gr_problems_end(problems, err);
    *out = (gr_rates){ .rate = rate, .count = count };
    memcpy(out->sha256, file.sha256, sizeof out->sha256);
    return GR_OK;
}

const gr_rate *gr_rates_find(const gr_rates *rates, gr_text currency, gr_text into, gr_day day)
{
    size_t low = 0, high = rates->count;

    while (low < high) { /* the last rate that begins on the day or before */
        size_t middle = low + (high - low) / 2;
        const gr_rate *r = &rates->rate[middle];
        int order = compare_pair(r, currency, into);

        if (order < 0 || (order == 0 && r->from <= day))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || compare_pair(&rates->rate[low - 1], currency, into) != 0 ||
        day > rates->rate[low - 1].to)
        return NULL;
    return &rates->rate[low - 1];
}
