/* src/report/register_sum.c - what the rows of the register add up to. A register that does not tie to the ledger is worse
 * than none: it is not written to its end. */
#include "report/register.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/error.h"
#include "model/total.h"

bool gr_register_sum_open(gr_register_sum *sum)
{
    *sum = (gr_register_sum){ .counted.den = 1,
                              .cost = GR_LIST(gr_register_cost),
                              .arena = gr_arena_create() };
    return sum->arena != NULL;
}

void gr_register_sum_close(gr_register_sum *sum)
{
    gr_table_free(&sum->by_currency);
    gr_list_free(&sum->cost);
    gr_arena_free(sum->arena);
}

/* The parts of a gift stand one after the other. */
static bool is_next_gift(gr_register_sum *sum, const gr_gift_line *line)
{
    gr_text id = gr_text_slice(line->id, 0, sizeof sum->last_id);
    gr_text before = { sum->last_id, sum->last_id_length };
    bool same_file =
        sum->last.file == line->source.file ||
        (sum->last.file && line->source.file && strcmp(sum->last.file, line->source.file) == 0);

    if (sum->shares > 0 && same_file && sum->last.line == line->source.line &&
        sum->last.column == line->source.column && gr_text_equal(id, before))
        return false;
    if (id.len > 0)
        memcpy(sum->last_id, id.ptr, id.len);
    sum->last_id_length = id.len;
    sum->last = line->source;
    return true;
}

static gr_register_cost *find_cost(gr_register_sum *sum, gr_text currency)
{
    uint64_t hash = gr_hash(currency, 0);
    size_t cursor = 0;
    uint32_t at;
    gr_register_cost *cost;

    while ((at = gr_table_find(&sum->by_currency, hash, &cursor)) != GR_NONE)
        if (gr_text_equal(GR_AT(sum->cost, gr_register_cost, at)->currency, currency))
            return GR_AT(sum->cost, gr_register_cost, at);
    if (!gr_table_put(&sum->by_currency, hash, (uint32_t)sum->cost.count))
        return NULL;
    cost = gr_list_add(&sum->cost);
    if (!cost)
        return NULL;
    cost->currency = gr_arena_copy(sum->arena, currency);
    cost->sum.den = 1;
    return cost->currency.ptr ? cost : NULL;
}

static bool add_cost(gr_register_sum *sum, const gr_record *record)
{
    gr_register_cost *cost;
    gr_span value;

    if (!gr_record_knows(record, GR_F_COST)) {
        sum->without_cost++;
        return true;
    }
    cost = find_cost(sum, gr_record_text(record, GR_F_CURRENCY));
    if (!cost)
        return false;
    value.low = value.high = record->value[GR_F_COST].amount.num;
    value.den = record->value[GR_F_COST].amount.den;
    gr_total_add(&cost->sum, value);
    cost->gifts++;
    return true;
}

bool gr_register_sum_add(gr_register_sum *sum, const gr_gift_line *line)
{
    bool is_next = is_next_gift(sum, line);

    sum->shares++;
    gr_total_add(&sum->counted, line->value);
    if (!is_next)
        return true;
    sum->gifts++;
    return add_cost(sum, line->record);
}

static int by_currency(const void *a, const void *b)
{
    return gr_text_compare(((const gr_register_cost *)a)->currency,
                           ((const gr_register_cost *)b)->currency);
}

gr_status gr_register_sum_check(gr_register_sum *sum, const gr_gift_book *book, gr_error *err)
{
    const char *what = sum->gifts != book->gifts                        ? "gifts"
                       : sum->shares != book->lines                     ? "shares"
                       : !gr_total_equal(&sum->counted, &book->counted) ? "sums"
                                                                        : NULL;

    if (sum->cost.count > 1)
        qsort(sum->cost.items, sum->cost.count, sizeof(gr_register_cost), by_currency);
    if (!what)
        return GR_OK;
    return gr_fail(err, GR_EBUG, GR_NOWHERE, "please report it",
                   "the %s of the register are not those of the ledger", what);
}
