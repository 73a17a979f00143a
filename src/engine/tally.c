/* src/engine/tally.c - taking gifts in. Gifts, shares and breaches are appended in the order of arrival, so that a
 * source can be forgotten by cutting the ends off. */
#include "engine/tally.h"

#include "base/digest.h"
#include "base/os.h"

#include <string.h>

gr_status gr_tally_create(const gr_ruleset *set, gr_tally **out, gr_error *err)
{
    gr_tally *tally = gr_os_alloc(sizeof *tally);
    gr_list *entry = gr_os_alloc(sizeof *entry * (set->book_count + 1));

    if (!tally || !entry) {
        gr_os_free(tally);
        gr_os_free(entry);
        return gr_fail_memory(err);
    }
    for (size_t i = 0; i < set->book_count; i++)
        entry[i] = GR_LIST(gr_entry);
    *tally = (gr_tally){ .set = set,
                         .gift = GR_LIST(gr_gift),
                         .ids = GR_LIST(char),
                         .share = GR_LIST(uint32_t),
                         .ruling = GR_LIST(gr_ruling),
                         .entry = entry,
                         .other_day = GR_LIST(gr_other_day),
                         .breach = GR_LIST(gr_breach) };
    *out = tally;
    return GR_OK;
}

void gr_tally_free(gr_tally *tally)
{
    if (!tally)
        return;
    for (size_t i = 0; i < tally->set->book_count; i++)
        gr_list_free(&tally->entry[i]);
    gr_os_free(tally->entry);
    gr_list_free(&tally->gift);
    gr_list_free(&tally->ids);
    gr_list_free(&tally->share);
    gr_list_free(&tally->ruling);
    gr_list_free(&tally->other_day);
    gr_list_free(&tally->breach);
    gr_table_free(&tally->known);
    gr_os_free(tally);
}

gr_text gr_tally_id(const gr_tally *tally, uint32_t gift)
{
    return gr_text_of(GR_AT(tally->ids, char, GR_AT(tally->gift, gr_gift, gift)->id));
}

gr_text gr_tally_version(const gr_tally *tally, uint32_t gift)
{
    const gr_gift *g = GR_AT(tally->gift, gr_gift, gift);
    gr_text id = gr_tally_id(tally, gift);

    return g->has_version ? gr_text_of(id.ptr + id.len + 1) : GR_TEXT("");
}

const uint32_t *gr_tally_recipients(const gr_tally *tally, uint32_t gift, size_t *count)
{
    uint32_t first = GR_AT(tally->gift, gr_gift, gift)->first_share;
    size_t end = gift + 1 < tally->gift.count ? GR_AT(tally->gift, gr_gift, gift + 1)->first_share
                                              : tally->share.count;

    *count = end - first;
    return GR_AT(tally->share, uint32_t, first);
}

const gr_entry *gr_tally_entries(const gr_tally *tally, size_t book, uint32_t gift, size_t *count)
{
    const gr_list *list = &tally->entry[book];
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (GR_AT(*list, gr_entry, middle)->gift < gift)
            low = middle + 1;
        else
            high = middle;
    }
    for (high = low; high < list->count && GR_AT(*list, gr_entry, high)->gift == gift;)
        high++;
    *count = high - low;
    return *count > 0 ? GR_AT(*list, gr_entry, low) : NULL;
}

void gr_tally_kill(gr_tally *tally, uint32_t gift)
{
    GR_AT(tally->gift, gr_gift, gift)->is_dead = 1;
}

const gr_other_day *gr_tally_other_day(const gr_tally *tally, uint32_t gift)
{
    size_t low = 0, high = tally->other_day.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (GR_AT(tally->other_day, gr_other_day, middle)->gift < gift)
            low = middle + 1;
        else
            high = middle;
    }
    return GR_AT(tally->other_day, gr_other_day, low);
}

void gr_tally_cut(gr_tally *tally, uint32_t gift_count)
{
    if (gift_count >= tally->gift.count)
        return;
    gr_list_cut(&tally->ids, GR_AT(tally->gift, gr_gift, gift_count)->id);
    gr_list_cut(&tally->share, GR_AT(tally->gift, gr_gift, gift_count)->first_share);
    gr_list_cut(&tally->gift, gift_count);
    for (size_t b = 0; b < tally->set->book_count; b++)
        while (tally->entry[b].count > 0 &&
               GR_AT(tally->entry[b], gr_entry, tally->entry[b].count - 1)->gift >= gift_count)
            tally->entry[b].count--;
    while (tally->other_day.count > 0 &&
           GR_AT(tally->other_day, gr_other_day, tally->other_day.count - 1)->gift >= gift_count)
        tally->other_day.count--;
    while (tally->breach.count > 0 &&
           GR_AT(tally->breach, gr_breach, tally->breach.count - 1)->gift >= gift_count)
        tally->breach.count--;
}

/* ---- rulings, each kept once ---- */

/* The number of this ruling; GR_NONE when there is no memory. Often it is the one of the share before. */
static uint32_t keep_ruling(gr_tally *tally, const gr_ruling *ruling)
{
    gr_text bytes = { (const char *)ruling, sizeof *ruling };
    uint64_t hash;
    size_t cursor = 0;
    uint32_t i;

    if (tally->ruling.count > 0 &&
        memcmp(GR_AT(tally->ruling, gr_ruling, tally->last_ruling), ruling, sizeof *ruling) == 0)
        return tally->last_ruling;
    hash = gr_hash(bytes, 1);
    while ((i = gr_table_find(&tally->known, hash, &cursor)) != GR_NONE)
        if (memcmp(GR_AT(tally->ruling, gr_ruling, i), ruling, sizeof *ruling) == 0)
            return tally->last_ruling = i;
    i = (uint32_t)tally->ruling.count;
    if (!gr_list_push(&tally->ruling, ruling))
        return GR_NONE;
    if (!gr_table_put(&tally->known, hash, i)) {
        gr_list_cut(&tally->ruling, i);
        return GR_NONE;
    }
    return tally->last_ruling = i;
}

/* ---- shares ---- */

/* Entries have 32 bits for the denominator. A larger one (a long rate, many people) is replaced by an interval
 * around the exact value: the answer may then be "needs review", never a wrong one. */
static void fit_den(gr_span *span)
{
    static const int64_t den = 1000000;
    gr_wide low, high;

    if (span->den <= UINT32_MAX)
        return;
    low = (gr_wide)span->low * den / span->den;
    high = span->high == GR_UNBOUNDED ? GR_UNBOUNDED
                                      : ((gr_wide)span->high * den + span->den - 1) / span->den;
    *span = (gr_span){ (int64_t)low, high >= GR_UNBOUNDED ? GR_UNBOUNDED : (int64_t)high, den };
}

/* The duty on another day: on that one the share may be worth something else, or be excluded. */
static gr_truth breaks_on(const gr_tally *tally, uint16_t book, const gr_duty *duty, gr_facts facts,
                          const gr_parts *parts, gr_day day)
{
    const gr_rulebook *b = &tally->set->book[book];
    const gr_condition *ignored;
    gr_ruling ruling;
    gr_span span;
    bool counts;

    if (gr_ruling_make(tally->set, b, &facts, parts, day, &counts, &span, &ruling) == GR_FALSE)
        return GR_FALSE;
    return gr_ruling_breaks(b, duty, &ruling, &facts, day, &ignored);
}

/* Where the answers on the days of the gift are not the same, it hangs on which one is meant. */
static void ask_other_days(const gr_tally *tally, const gr_facts *facts, const gr_parts *parts,
                           const gr_other_day *days, gr_breach *breach)
{
    const gr_duty *duty = &tally->set->book[breach->book].duty[breach->duty];
    gr_truth first = breaks_on(tally, breach->book, duty, *facts, parts, days->first);
    gr_truth last = breaks_on(tally, breach->book, duty, *facts, parts, days->last);

    breach->differs_by_day = first != breach->truth || last != breach->truth;
    if (breach->differs_by_day)
        breach->truth = GR_UNKNOWN;
}

static bool add_breaches(gr_tally *tally, uint16_t book, gr_facts *facts, const gr_parts *parts,
                         const gr_ruling *ruling, const gr_other_day *days, gr_day day,
                         uint32_t gift, uint32_t recipient)
{
    const gr_rulebook *b = &tally->set->book[book];

    for (uint16_t i = 0; i < b->duty_count; i++) {
        gr_breach breach = { .gift = gift, .recipient = recipient, .book = book, .duty = i };

        breach.truth = gr_ruling_breaks(b, &b->duty[i], ruling, facts, day, &breach.open);
        if (days)
            ask_other_days(tally, facts, parts, days, &breach);
        if (breach.truth != GR_FALSE && !gr_list_push(&tally->breach, &breach))
            return false;
    }
    return true;
}

/* Does the rulebook set limits for everybody? Of one for some recipients only, the day says nothing. */
static bool is_for_all(const gr_rulebook *book)
{
    return book->limit_count > 0 && !book->scope;
}

/* A gift counts one where gifts are counted, whatever it was worth; where money is added, nothing is nothing. */
static bool adds_nothing(const gr_rulebook *book, bool counts, gr_span span)
{
    if (span.high > 0 || !counts)
        return span.high == 0;
    for (size_t i = 0; i < book->limit_count; i++)
        if (book->limit[i].is_count)
            return false;
    return true;
}

/* A gift of a day for which no rulebook has a limit must not pass in silence: its year is mistyped, most likely. */
static bool add_no_law(gr_tally *tally, gr_day day, uint32_t gift, uint32_t recipient)
{
    gr_breach breach = { .gift = gift,
                         .recipient = recipient,
                         .book = GR_NO_BOOK,
                         .duty = GR_NO_LAW,
                         .truth = GR_UNKNOWN };

    for (uint16_t b = 0; b < tally->set->book_count; b++) {
        const gr_rulebook *book = &tally->set->book[b];

        if (is_for_all(book) && gr_rulebook_has_limit(book, day))
            return true;
        if (breach.book == GR_NO_BOOK && is_for_all(book))
            breach.book = b; /* it speaks for all of them */
    }
    return breach.book == GR_NO_BOOK || gr_list_push(&tally->breach, &breach);
}

/* On another day it may count more, or less, or nothing: kept is the widest. Returns whether it counts on that day. */
static bool widen(gr_tally *tally, uint16_t book, gr_facts *facts, const gr_parts *parts,
                  gr_day day, gr_ruling *ruling, gr_span *span)
{
    gr_amount low = gr_span_low(*span), high = gr_span_high(*span);
    gr_ruling then = { .treatment = GR_EXCLUDED };
    gr_span other = { 0, 0, 1 };
    bool counts = false;

    gr_ruling_make(tally->set, &tally->set->book[book], facts, parts, day, &counts, &other, &then);
    counts = counts && then.treatment != GR_EXCLUDED;
    ruling->may_lapse = ruling->may_lapse || !counts || then.treatment == GR_POSSIBLE;
    if (gr_amount_compare(gr_span_low(other), low) != 0 ||
        gr_amount_compare(gr_span_high(other), high) != 0)
        ruling->differs_by_day = true;
    if (gr_amount_compare(gr_span_low(other), low) < 0)
        low = gr_span_low(other);
    if (gr_amount_compare(gr_span_high(other), high) > 0)
        high = gr_span_high(other);
    if (!gr_span_of(low, high, span))
        *span = (gr_span){ 0, GR_UNBOUNDED, 1 };
    return counts;
}

/* Over its own day too: kept may be what it is on another. Returns whether it counts on any. */
static bool widen_over_days(gr_tally *tally, uint16_t book, gr_facts *facts, const gr_parts *parts,
                            const gr_other_day *days, gr_day day, gr_ruling *ruling, gr_span *span)
{
    const gr_day all[] = { day, days->first, days->last };
    bool counts = false;

    for (size_t i = 0; i < GR_COUNT(all); i++)
        counts |= widen(tally, book, facts, parts, all[i], ruling, span);
    return counts;
}

/* A gift on a day without a limit may count on another of its days: then what it is on that one is kept. */
static void try_other_days(gr_tally *tally, uint16_t book, gr_facts *facts, const gr_parts *parts,
                           const gr_other_day *days, bool *counts, gr_span *span, gr_ruling *ruling)
{
    const gr_rulebook *b = &tally->set->book[book];

    for (int i = 0; i < 2 && !*counts; i++)
        if (gr_ruling_make(tally->set, b, facts, parts, i ? days->last : days->first, counts, span,
                           ruling) == GR_FALSE)
            *counts = false;
}

static bool add_share(gr_tally *tally, uint16_t book, gr_facts *facts, const gr_parts *parts,
                      const gr_other_day *days, gr_day day, uint32_t gift, uint32_t recipient)
{
    gr_ruling ruling;
    gr_span span;
    gr_entry entry;
    bool counts;

    facts->seen = tally->seen ? tally->seen[book] : NULL;
    if (gr_ruling_make(tally->set, &tally->set->book[book], facts, parts, day, &counts, &span,
                       &ruling) == GR_FALSE)
        return true;
    if (!add_breaches(tally, book, facts, parts, &ruling, days, day, gift, recipient))
        return false;
    if (!counts && days)
        try_other_days(tally, book, facts, parts, days, &counts, &span, &ruling);
    if (!counts || (ruling.limits_in | ruling.limits_open) == 0)
        return true;
    counts = days ? widen_over_days(tally, book, facts, parts, days, day, &ruling, &span)
                  : ruling.treatment != GR_EXCLUDED;
    if (adds_nothing(&tally->set->book[book], counts, span))
        return true;
    fit_den(&span);
    entry = (gr_entry){ span.low, span.high, (uint32_t)span.den,
                        gift,     recipient, keep_ruling(tally, &ruling) };
    return entry.ruling != GR_NONE && gr_list_push(&tally->entry[book], &entry);
}

/* ---- gifts ---- */

/* The day on which the policy counts the gift. Sets *days when stated days differ and no policy chooses. */
static gr_day day_of(const gr_policy *policy, const gr_record *record, gr_other_day *days,
                     bool *differ)
{
    const gr_value *given = gr_record_find(record, NULL, GR_F_DATE);
    const gr_value *ordered = gr_record_find(record, NULL, GR_F_ORDERED);
    const gr_value *delivered = gr_record_find(record, NULL, GR_F_DELIVERED);
    gr_day day = given ? (gr_day)given->number : 0;

    *differ = false;
    if (policy->gift_day == GR_DAY_ORDERED && ordered)
        return (gr_day)ordered->number;
    if (policy->gift_day == GR_DAY_DELIVERED && delivered)
        return (gr_day)delivered->number;
    if (policy->gift_day != GR_DAY_UNSTATED)
        return day;
    for (int i = 0; i < 2; i++) {
        const gr_value *other = i ? delivered : ordered;

        if (!other || other->number == day)
            continue;
        if (!*differ || other->number < days->first)
            days->first = (gr_day)other->number;
        if (!*differ || other->number > days->last)
            days->last = (gr_day)other->number;
        *differ = true;
    }
    return day;
}

static bool add_text(gr_tally *tally, gr_text id)
{
    static const char end = '\0';

    if (!gr_list_reserve(&tally->ids, id.len + 1))
        return false;
    memcpy((char *)tally->ids.items + tally->ids.count, id.ptr, id.len);
    tally->ids.count += id.len;
    return gr_list_push(&tally->ids, &end);
}

/* Room for one more gift with everything that is kept for it. */
static bool reserve(gr_tally *tally, const gr_record *record)
{
    return tally->ids.count < UINT32_MAX / 2 && tally->share.count < UINT32_MAX / 2 &&
           gr_list_reserve(&tally->gift, 1) && gr_list_reserve(&tally->other_day, 1) &&
           gr_list_reserve(&tally->share, record->recipient_count) &&
           add_text(tally, gr_record_text(record, GR_F_ID)) &&
           (!gr_record_knows(record, GR_F_VERSION) ||
            add_text(tally, gr_record_text(record, GR_F_VERSION)));
}

gr_status gr_tally_add(gr_tally *tally, const gr_record *record, uint32_t source, uint64_t digest,
                       uint32_t giver, const uint32_t *recipient, uint32_t *gift, gr_error *err)
{
    uint32_t number = (uint32_t)tally->gift.count;
    gr_other_day days = { number, 0, 0 };
    gr_parts parts = gr_parts_of(record);
    bool differ, is_gift = record->kind == GR_RECORD_GIFT;
    gr_gift g = { .digest = digest,
                  .id = (uint32_t)tally->ids.count,
                  .giver = giver,
                  .line = record->line,
                  .first_share = (uint32_t)tally->share.count,
                  .source = source & 0xFFFFFF,
                  .kind = record->kind & 0xF,
                  .has_version = gr_record_knows(record, GR_F_VERSION) };

    g.day = day_of(&tally->set->policy, record, &days, &differ);
    g.has_other_day = differ && is_gift;
    if (!reserve(tally, record))
        return gr_fail_memory(err);
    gr_list_push(&tally->gift, &g); /* cannot fail: reserved */
    if (g.has_other_day)
        gr_list_push(&tally->other_day, &days);
    *gift = number;
    if (is_gift && record->recipient_count > 0 && !add_no_law(tally, g.day, number, recipient[0]))
        return gr_fail_memory(err);
    for (size_t i = 0; i < record->recipient_count; i++)
        gr_list_push(&tally->share, &recipient[i]); /* reserved, too */
    for (size_t i = 0; is_gift && i < record->recipient_count; i++) {
        gr_facts facts;

        facts.record = record;
        facts.recipient = &record->recipient[i];
        for (uint16_t b = 0; b < tally->set->book_count; b++)
            if (!add_share(tally, b, &facts, &parts, differ ? &days : NULL, g.day, number,
                           recipient[i]))
                return gr_fail_memory(err);
    }
    return GR_OK;
}
