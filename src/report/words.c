/* src/report/words.c - see words.h. */
#include "report/words.h"

#include <stdio.h>

#include "base/digest.h"
#include "base/table.h"

const char *gr_moment_print(int64_t seconds, char out[GR_MOMENT_TEXT])
{
    int64_t last = ((int64_t)GR_DAY_LAST + 1) * 86400 - 1;
    char day[GR_DAY_TEXT];
    unsigned rest;

    seconds = seconds < 0 ? 0 : seconds > last ? last : seconds;
    rest = (unsigned)(seconds % 86400);
    snprintf(out, GR_MOMENT_TEXT, "%sT%02u:%02u:%02uZ",
             gr_day_print((gr_day)(seconds / 86400), day), rest / 3600 % 24, rest / 60 % 60,
             rest % 60);
    return out;
}

gr_text gr_giver_key(gr_text id, gr_text name)
{
    return id.len > 0 ? id : name;
}

static gr_text key_at(const gr_finding *finding, size_t i)
{
    return gr_giver_key(finding->counted[i].giver_id, finding->counted[i].giver_name);
}

static bool is_known(const gr_finding *finding, const gr_table *seen, uint64_t hash, gr_text key)
{
    size_t cursor = 0;

    for (;;) {
        uint32_t at = gr_table_find(seen, hash, &cursor);

        if (at == GR_NONE)
            return false;
        if (gr_text_equal(key, key_at(finding, at)))
            return true;
    }
}

bool gr_finding_givers(const gr_finding *finding, size_t *out)
{
    gr_table seen = { 0 };
    bool fits = true;

    for (size_t i = 0; fits && i < finding->counted_count; i++) {
        gr_text key = key_at(finding, i);
        uint64_t hash;

        if (i > 0 && gr_text_equal(key, key_at(finding, i - 1)))
            continue; /* most recipients have one giver: no table then */
        hash = gr_hash(key, 0);
        if (!is_known(finding, &seen, hash, key))
            fits = gr_table_put(&seen, hash, (uint32_t)i);
    }
    if (fits)
        *out = seen.count;
    gr_table_free(&seen);
    return fits;
}

bool gr_finding_is_open(const gr_finding *finding)
{
    bool open = finding->total.unbounded || finding->total.low != finding->total.high;

    for (size_t i = 0; !open && i < finding->counted_count; i++)
        open = finding->counted[i].value.low != finding->counted[i].value.high;
    return open;
}

bool gr_finding_excess(const gr_finding *finding, gr_wide *num, int64_t *den)
{
    const gr_total *total = &finding->total;
    gr_amount limit = finding->limit;
    gr_wide left, right;

    if (total->unbounded || limit.num == GR_UNBOUNDED ||
        __builtin_mul_overflow(total->high, (gr_wide)limit.den, &left) ||
        __builtin_mul_overflow((gr_wide)limit.num, (gr_wide)total->den, &right) || left <= right ||
        __builtin_mul_overflow(total->den, limit.den, den))
        return false;
    *num = left - right;
    return true;
}

bool gr_counted_sum(const gr_counted *counted, size_t count, gr_span *out)
{
    gr_amount low = { 0, 1 }, high = { 0, 1 };

    for (size_t i = 0; i < count; i++) {
        if (!gr_amount_add(low, gr_span_low(counted[i].value), &low) ||
            !gr_amount_add(high, gr_span_high(counted[i].value), &high))
            return false;
    }
    return gr_span_of(low, high, out);
}

const char *gr_finding_print(const gr_finding *finding, gr_wide num, int64_t den,
                             char out[GR_MONEY_TEXT])
{
    return (finding->is_count ? gr_count_print : gr_money_print)(num, den, out);
}

const char *gr_finding_print_limit(const gr_finding *finding, char out[GR_MONEY_TEXT])
{
    return gr_finding_print(finding, finding->limit.num, finding->limit.den, out);
}
