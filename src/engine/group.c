/* src/engine/group.c - sums over a common denominator. Where that would not fit, each value is replaced by the
 * smallest interval of billionths of a cent around it: low ends go down, high ends up. */
#include "engine/group.h"

#include "base/os.h"

#include <stdlib.h>
#include <string.h>

enum { GR_FINEST = 1000000000 }; /* the largest common denominator we sum with */

/* ---- who has which shares ---- */

static uint32_t party_of(const gr_shares *s, const gr_entry *entry)
{
    return s->limit->per == GR_PER_CLIENT ? s->who->client[entry->recipient]
                                          : s->who->same[entry->recipient];
}

static const gr_ruling *ruling_of(const gr_shares *s, const gr_entry *entry)
{
    return GR_AT(s->tally->ruling, gr_ruling, entry->ruling);
}

/* Does the limit add it up? Without a condition it adds up all: then rulings, far apart, are not looked at. */
static bool is_added(const gr_shares *s, const gr_entry *entry)
{
    if (!gr_gift_counts(GR_AT(s->tally->gift, gr_gift, entry->gift)))
        return false;
    if (s->limit->per == GR_PER_CLIENT && party_of(s, entry) == GR_NONE)
        return false; /* an employer whom nobody names is no client */
    if (entry->high == 0 && !s->limit->is_count)
        return false; /* kept for the limits that count gifts */
    return !s->limit->when ||
           ((ruling_of(s, entry)->limits_in | ruling_of(s, entry)->limits_open) & s->bit);
}

/* A counting sort by party: two passes over the entries. */
static void sort_by_party(gr_shares *s)
{
    const gr_list *entries = &s->tally->entry[s->book];
    uint32_t added = 0;

    for (size_t i = 0; i < entries->count; i++) {
        const gr_entry *entry = GR_AT(*entries, gr_entry, i);

        if (is_added(s, entry)) {
            s->first[party_of(s, entry) + 1]++;
            added++;
        }
    }
    for (size_t p = 0; p < s->parties; p++)
        s->first[p + 1] += s->first[p];
    for (size_t i = entries->count; i-- > 0;) { /* fills each party's places from behind */
        const gr_entry *entry = GR_AT(*entries, gr_entry, i);

        if (is_added(s, entry))
            s->order[--s->first[party_of(s, entry) + 1]] = (uint32_t)i;
    }
    /* first[p + 1] is now where p begins: move it down by one */
    memmove(s->first, s->first + 1, s->parties * sizeof *s->first);
    s->first[s->parties] = added;
}

gr_status gr_shares_create(const gr_tally *tally, const gr_who *who, uint16_t book, size_t limit,
                           gr_shares *out, gr_error *err)
{
    gr_shares s = { .tally = tally,
                    .who = who,
                    .limit = &tally->set->book[book].limit[limit],
                    .book = book,
                    .bit = (uint16_t)(1u << limit) };

    s.parties = s.limit->per == GR_PER_CLIENT ? who->client_count : who->recipient_count;
    s.first = gr_os_alloc(sizeof *s.first * (s.parties + 2));
    s.order = gr_os_alloc(sizeof *s.order * (tally->entry[book].count + 1));
    if (!s.first || !s.order) {
        gr_shares_free(&s);
        return gr_fail_memory(err);
    }
    memset(s.first, 0, sizeof *s.first * (s.parties + 2));
    sort_by_party(&s);
    *out = s;
    return GR_OK;
}

void gr_shares_free(gr_shares *shares)
{
    gr_os_free(shares->first);
    gr_os_free(shares->order);
    shares->first = shares->order = NULL;
}

/* ---- filling a group ---- */

/* Entries and gifts lie in the order of arrival, not of people: without asking for them ahead of time, half of
 * the judging is waiting for memory. */
static const gr_entry *fetch(const gr_shares *s, uint32_t i)
{
    const gr_list *entries = &s->tally->entry[s->book];
    uint32_t last = s->first[s->parties];

    if (i + 32 < last) {
        __builtin_prefetch(GR_AT(*entries, gr_entry, s->order[i + 32]));
        __builtin_prefetch(
            GR_AT(s->tally->gift, gr_gift, GR_AT(*entries, gr_entry, s->order[i + 16])->gift));
    }
    return GR_AT(*entries, gr_entry, s->order[i]);
}

/* How what one person got enters the group. */
typedef struct entering {
    bool own;
    uint8_t through;
} entering;

static bool add_item(const gr_shares *s, const gr_entry *entry, entering how, gr_group *group)
{
    const gr_gift *gift = GR_AT(s->tally->gift, gr_gift, entry->gift);
    gr_item item = { .day = gift->day,
                     .entry = entry,
                     .own = how.own,
                     .through = how.through,
                     .is_open = s->limit->when && !(ruling_of(s, entry)->limits_in & s->bit),
                     .id = GR_AT(s->tally->ids, char, gift->id) };

    if (gift->has_other_day) {
        item.days = gr_tally_other_day(s->tally, entry->gift);
        group->many_days++;
    }
    return gr_list_push(&group->items, &item);
}

static bool add_items(const gr_shares *s, uint32_t party, uint32_t giver, entering how,
                      gr_group *group)
{
    size_t before = group->items.count;

    for (uint32_t i = s->first[party]; i < s->first[party + 1]; i++) {
        const gr_entry *entry = fetch(s, i);

        if (giver != GR_NONE && GR_AT(s->tally->gift, gr_gift, entry->gift)->giver != giver)
            continue;
        if (!add_item(s, entry, how, group))
            return false;
    }
    group->persons += group->items.count > before;
    return true;
}

/* Of gifts with one day and one id, in two formats perhaps, the number tells apart: the order in which they came. */
static int compare_place(gr_day day, const char *id, uint32_t gift, const gr_item *item)
{
    int order = (day > item->day) - (day < item->day);

    if (order == 0)
        order = strcmp(id, item->id); /* by bytes */
    if (order == 0)
        order = (gift > item->entry->gift) - (gift < item->entry->gift);
    return order;
}

static int by_place(const void *a, const void *b)
{
    const gr_item *left = a, *right = b;
    int order = compare_place(left->day, left->id, left->entry->gift, right);

    if (order == 0) /* two recipients of one gift that are one person */
        order = (left->entry > right->entry) - (left->entry < right->entry);
    return order;
}

static int64_t common_den(const gr_shares *s, const gr_group *group)
{
    int64_t den = 1;

    if (s->limit->is_count)
        return 1;
    for (size_t i = 0; i < group->count; i++) {
        int64_t one = gr_group_item(group, i)->entry->den;

        if (one == 1 || den % one == 0)
            continue;
        den = den / gr_common_divisor(den, one) * one;
        if (den > GR_FINEST)
            return GR_FINEST;
    }
    return den;
}

static void scale_item(gr_item *item, int64_t den)
{
    const gr_entry *e = item->entry;

    item->low = item->own && !item->is_open ? (gr_wide)e->low * den / e->den : 0;
    item->high = e->high == GR_UNBOUNDED ? 0 : ((gr_wide)e->high * den + e->den - 1) / e->den;
}

/* One gift counts one, whatever it was worth, however many shares of it the party got; the last of its own stands for
 * all, since that is the one that is judged. It is certain if any of its own is. */
static size_t count_gift(const gr_shares *s, const gr_group *group, size_t first)
{
    uint32_t gift = gr_group_item(group, first)->entry->gift;
    size_t end = first, last_own = GR_NONE;
    bool is_certain = false;
    gr_item *standing;

    for (; end < group->count && gr_group_item(group, end)->entry->gift == gift; end++) {
        const gr_item *item = gr_group_item(group, end);

        last_own = item->own ? end : last_own;
        is_certain = is_certain || (item->own && !item->is_open &&
                                    gr_ruling_is_certain(ruling_of(s, item->entry)));
    }
    standing = gr_group_item(group, last_own == GR_NONE ? end - 1 : last_own);
    standing->low = is_certain ? 100 : 0;
    standing->high = 100;
    return end;
}

static void sum_up(const gr_shares *s, gr_group *group)
{
    gr_item sum = { 0 };

    for (size_t i = 0; s->limit->is_count && i < group->count;)
        i = count_gift(s, group, i);
    for (size_t i = 0; i <= group->count; i++) {
        gr_item *item = gr_group_item(group, i);

        item->low_before = sum.low;
        item->high_before = sum.high;
        item->unbounded_before = sum.unbounded_before;
        if (i == group->count)
            break;
        if (!s->limit->is_count)
            scale_item(item, group->den);
        item->is_unbounded = !s->limit->is_count && item->entry->high == GR_UNBOUNDED;
        if (item->days)
            continue;
        sum.low += item->low;
        sum.high += item->high;
        sum.unbounded_before += item->is_unbounded;
    }
}

/* Of the party's own first gift; of what only others got, of the first that may have been meant for the party. Where there
 * is none the years have not begun. */
static gr_day first_day(const gr_group *group)
{
    gr_day day = GR_DAY_LAST;
    bool is_own = false;

    for (size_t i = group->count; i-- > 0;) {
        const gr_item *item = gr_group_item(group, i);

        if (item->own || (!is_own && item->through != GR_THROUGH_NONE))
            day = item->day;
        is_own = is_own || item->own;
    }
    return day;
}

gr_status gr_group_fill(const gr_shares *s, uint32_t party, uint32_t giver, gr_group *group,
                        gr_error *err)
{
    const gr_who *who = s->who;
    bool has_links = s->limit->per != GR_PER_CLIENT;
    bool fits;

    group->party = party;
    group->many_days = group->persons = 0;
    gr_list_cut(&group->items, 0);
    fits = add_items(s, party, giver, (entering){ true, GR_THROUGH_NONE }, group);
    for (uint32_t i = who->link_first[party]; has_links && fits && i < who->link_first[party + 1];
         i++)
        fits = add_items(s, who->link[i], giver,
                         (entering){ false, who->through ? who->through[i] : 0 }, group);
    group->count = group->items.count;
    if (!fits || !gr_list_add(&group->items))
        return gr_fail_memory(err);
    if (group->count > 1)
        qsort(group->items.items, group->count, sizeof(gr_item), by_place);
    group->den = common_den(s, group);
    sum_up(s, group);
    group->anchor = first_day(group);
    return GR_OK;
}

/* ---- sums ---- */

size_t gr_group_from(const gr_group *group, gr_day day)
{
    size_t low = 0, high = group->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (gr_group_item(group, middle)->day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t gr_group_after(const gr_group *group, gr_day day, const char *id, uint32_t gift)
{
    size_t low = 0, high = group->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_place(day, id, gift, gr_group_item(group, middle)) >= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

gr_total gr_group_total(const gr_group *group, size_t start, size_t end)
{
    const gr_item *from = gr_group_item(group, start), *to = gr_group_item(group, end);

    return (gr_total){ to->low_before - from->low_before, to->high_before - from->high_before,
                       group->den, to->unbounded_before > from->unbounded_before };
}

gr_truth gr_item_within(const gr_item *item, gr_day from, gr_day day, const char *id, uint32_t gift)
{
    const gr_day days[] = { item->days->first, item->day, item->days->last };
    size_t within = 0;

    for (size_t i = 0; i < GR_COUNT(days); i++) {
        gr_item on = *item;

        on.day = days[i];
        within += days[i] >= from && compare_place(day, id, gift, &on) >= 0;
    }
    return within == GR_COUNT(days) ? GR_TRUE : within > 0 ? GR_UNKNOWN : GR_FALSE;
}
