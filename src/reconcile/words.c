/* src/reconcile/words.c - records, people and differences in words. */
#include "reconcile/misfit.h"

#include "engine/reason.h"

#include <stdlib.h>

static const gr_text no_memory = { NULL, 0 };

const char *gr_cents_print(uint32_t cents, char out[GR_MONEY_TEXT])
{
    return cents == GR_CENTS_UNKNOWN ? "an unknown amount" : gr_money_print(cents, 1, out);
}

static const char *name_of(const gr_reconciliation *r, uint32_t record)
{
    static const char *const names[GR_SYSTEMS] = { "record", "gift", "expense", "approval" };

    return names[gr_seen_of(r, record)->system];
}

gr_text gr_words_record(const gr_reconciliation *r, uint32_t record, gr_arena *arena)
{
    char money[GR_MONEY_TEXT], day[GR_DAY_TEXT];
    gr_text id = gr_tally_id(r->tally, record);
    uint32_t cents = gr_seen_of(r, record)->least;

    return gr_arena_print(arena, "the %s %.*s of %s%s%s on %s", name_of(r, record), GR_SHOW(id),
                          gr_cents_print(cents, money), cents == GR_CENTS_UNKNOWN ? "" : " ",
                          cents == GR_CENTS_UNKNOWN ? "" : r->set->policy.currency.ptr,
                          gr_day_print(gr_gift_of(r, record)->day, day));
}

static int by_text(const void *a, const void *b)
{
    return gr_text_compare(*(const gr_text *)a, *(const gr_text *)b);
}

/* Numbers of people hang on who came first; their names do not. */
gr_text gr_words_people(const gr_reconciliation *r, uint32_t record, gr_arena *arena)
{
    enum { SHOWN = 3 };
    gr_list persons = GR_LIST(uint32_t);
    gr_text words = gr_persons_of(r, record, &persons) ? GR_TEXT("") : no_memory;
    size_t count = persons.count, shown = count > SHOWN ? SHOWN : count;
    gr_text *names = words.ptr ? gr_arena_alloc(arena, sizeof *names * (count + 1)) : NULL;

    for (size_t i = 0; names && i < count; i++) {
        names[i] = gr_reason_name(&r->who, *GR_AT(persons, uint32_t, i), arena);
        if (!names[i].ptr)
            names = NULL;
    }
    gr_list_free(&persons);
    if (!names)
        return no_memory;
    if (count == 0)
        return GR_TEXT("nobody");
    if (count > 1)
        qsort(names, count, sizeof *names, by_text);
    for (size_t i = 0; words.ptr && i < shown; i++)
        words = gr_arena_print(arena, "%.*s%s%.*s", GR_ALL(words),
                               i == 0           ? ""
                               : i + 1 == count ? " and "
                                                : ", ",
                               GR_ALL(names[i]));
    if (words.ptr && count > shown)
        words = gr_arena_print(arena, "%.*s and %zu more", GR_ALL(words), count - shown);
    return words;
}

gr_text gr_words_giver(const gr_reconciliation *r, uint32_t record)
{
    const gr_person *giver = &r->who.giver[gr_gift_of(r, record)->giver];

    return giver->name.len > 0 ? giver->name : giver->id;
}

static gr_text words_of_days(int days, gr_arena *arena)
{
    int far = abs(days);

    if (days == 0)
        return GR_TEXT("the same day");
    return gr_arena_print(arena, "%d day%s %s", far, far == 1 ? "" : "s",
                          days > 0 ? "later" : "earlier");
}

static gr_text words_of_gap(const gr_reconciliation *r, uint32_t record, uint32_t other,
                            gr_arena *arena)
{
    const gr_seen *x = gr_seen_of(r, record), *y = gr_seen_of(r, other);
    uint32_t gap = gr_gap(r, record, other);
    char money[GR_MONEY_TEXT];

    if (gap == 0)
        return GR_TEXT("the same amount");
    if (gap == GR_CENTS_UNKNOWN)
        return GR_TEXT("an unknown amount");
    return gr_arena_print(arena, "%s %s", gr_cents_print(gap, money),
                          y->most < x->least ? "less" : "more");
}

/* Of two records of which one at least names nobody: what that means of the other one. */
static bool find_unnamed_words(const gr_reconciliation *r, uint32_t other, const char **out)
{
    gr_list persons = GR_LIST(uint32_t);
    bool fits = gr_persons_of(r, other, &persons);

    *out = persons.count > 0 ? ", and it says to whom" : ", to nobody who is named";
    gr_list_free(&persons);
    return fits;
}

gr_text gr_words_difference(const gr_reconciliation *r, uint32_t record, uint32_t other,
                            gr_arena *arena)
{
    gr_text days = words_of_days(gr_gift_of(r, other)->day - gr_gift_of(r, record)->day, arena);
    gr_text gap = words_of_gap(r, record, other, arena);
    bool is_other_giver = gr_giver_of(r, record) != gr_giver_of(r, other);
    const char *unnamed;
    gr_common people;

    if (!days.ptr || !gap.ptr || !gr_common_find(r, record, other, &people) ||
        !find_unnamed_words(r, other, &unnamed))
        return no_memory;
    return gr_arena_print(arena, "%.*s, %.*s%s%s", GR_ALL(days), GR_ALL(gap),
                          people == GR_COMMON_NONE       ? ", to somebody else"
                          : people == GR_COMMON_UNNAMED  ? unnamed
                          : people == GR_COMMON_POSSIBLE ? ", to somebody who is possibly the same"
                                                         : "",
                          is_other_giver ? ", by somebody else" : "");
}

/* By which number: that which one of both states. */
static gr_text number_of(const gr_reconciliation *r, uint32_t record)
{
    const gr_detail *d = gr_detail_of(r, record);
    bool is_reference = r->means[record] == GR_BY_REFERENCE;

    if (!d || !(is_reference ? d->reference : d->approval))
        return GR_TEXT("");
    return gr_number_text(r, is_reference ? d->reference : d->approval);
}

gr_text gr_words_means(const gr_reconciliation *r, uint32_t record, gr_arena *arena)
{
    uint32_t other = r->partner[record];
    bool is_expense = gr_seen_of(r, record)->system == GR_SYSTEM_EXPENSES;
    gr_text number = number_of(r, is_expense ? record : other);

    if (number.len == 0)
        number = number_of(r, is_expense ? other : record);
    switch (r->means[record]) {
    case GR_BY_REFERENCE:
        return gr_arena_print(arena, "matched by the record number %.*s", GR_SHOW(number));
    case GR_BY_APPROVAL:
        return gr_arena_print(arena, "matched by the approval number %.*s", GR_SHOW(number));
    case GR_BY_CONTENT:
        return GR_TEXT("matched by giver, recipient, day and amount");
    default:
        return GR_TEXT("matched by giver, day and amount: the expense names nobody, and no other "
                       "record competes");
    }
}

uint32_t gr_reconciliation_other(const gr_reconciliation *r, uint32_t gift, gr_arena *arena,
                                 gr_text *why)
{
    if (!r->partner || gift >= r->seen.count || !gr_is_matched(r, gift))
        return GR_NONE;
    *why = gr_words_means(r, gift, arena);
    return r->partner[gift];
}
