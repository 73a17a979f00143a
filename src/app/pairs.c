/* src/app/pairs.c - see pairs.h. */
#include "app/pairs.h"

#include <stdlib.h>

static int by_day(const void *a, const void *b)
{
    const gr_twin *x = a, *y = b;
    int order;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    order = gr_text_compare(x->counts, y->counts);
    return order ? order : gr_text_compare(x->other, y->other);
}

bool gr_pairs_list(const gr_run *run, gr_report *report)
{
    const gr_intake *intake = &run->intake;
    size_t room = (size_t)report->reconciled.matched, count = 0;
    gr_twin *pair = gr_arena_alloc(run->arena, sizeof *pair * (room + 1));

    if (!pair)
        return false;
    for (uint32_t i = 0; count < room && i < intake->tally->gift.count; i++) {
        if (!gr_reconciliation_pair(intake->reconciliation, intake->origin.items, i, run->arena,
                                    &pair[count]))
            continue;
        if (!pair[count].counts.ptr || !pair[count].other.ptr || !pair[count].why.ptr ||
            !pair[count].difference.ptr)
            return false;
        count++;
    }
    if (count > 1)
        qsort(pair, count, sizeof *pair, by_day);
    report->pair = pair;
    report->pair_count = count;
    return true;
}
