/* src/app/narrow.c - see narrow.h. Sums of a recipient stay those of the whole firm: the limit is on them. Whoever else gave
 * is "a colleague", and what the firm has in quarantine, in other branches and from other people is not told. */
#include "app/narrow.h"

#include "app/total.h"
#include "base/table.h"

#include <stdlib.h>
#include <string.h>

#define COLLEAGUE GR_TEXT("a colleague")

/* The book of one, in front of the book of all. */
typedef struct own_book {
    gr_gift_book book;
    const gr_gift_book *all;
    uint32_t executive;       /* place in the report of all */
    uint32_t *place;          /* by place of a person in the book of all: in this one; GR_NONE */
    const gr_finding **was;   /* findings of the report of all, by address */
    const gr_finding **is;    /* and what they are here */
    size_t count;
} own_book;

/* ---- findings ---- */

static bool is_own(const gr_executive *who, gr_text id, gr_text name)
{
    return who->id.len + id.len > 0 ? gr_text_equal(who->id, id) : gr_text_equal(who->name, name);
}

/* Within text, at i: as a word of its own. */
static bool stands_at(gr_text text, size_t i, gr_text word)
{
    static const char ends[] = " ,.;:()'\"";

    return text.len - i >= word.len && memcmp(text.ptr + i, word.ptr, word.len) == 0 &&
           (i == 0 || strchr(ends, text.ptr[i - 1])) &&
           (i + word.len == text.len || strchr(ends, text.ptr[i + word.len]));
}

/* The text without the word; the same one where it is not in it. */
static gr_text hide(gr_text text, gr_text word, gr_arena *arena)
{
    for (size_t i = 0; word.len > 1 && text.ptr && i + word.len <= text.len; i++)
        if (stands_at(text, i, word)) {
            gr_text rest = hide(gr_text_slice(text, i + word.len, text.len), word, arena);

            return rest.ptr ? gr_arena_print(arena, "%.*sa colleague%.*s", (int)i, text.ptr,
                                             GR_ALL(rest))
                            : rest;
        }
    return text;
}

/* Both ways in which a colleague may be called. */
static void hide_colleague(gr_finding *f, const gr_counted *of, gr_arena *arena)
{
    gr_text *const texts[] = { &f->reason, &f->question, &f->answers };

    for (size_t i = 0; i < GR_COUNT(texts); i++) {
        *texts[i] = hide(*texts[i], of->giver_name, arena);
        *texts[i] = hide(*texts[i], of->giver_id, arena);
    }
}

static gr_status narrow_finding(const gr_executive *who, const gr_finding *from, gr_arena *arena,
                                const gr_finding **out, gr_error *err)
{
    gr_finding *f = gr_arena_alloc(arena, sizeof *f);
    gr_counted *counted = gr_arena_alloc(arena, sizeof *counted * (from->counted_count + 1));

    if (!f || !counted)
        return gr_fail_memory(err);
    *f = *from;
    f->counted = counted;
    for (size_t i = 0; i < from->counted_count; i++) {
        counted[i] = from->counted[i];
        if (is_own(who, counted[i].giver_id, counted[i].giver_name))
            continue;
        hide_colleague(f, &from->counted[i], arena);
        counted[i].note = hide(counted[i].note, counted[i].giver_name, arena);
        counted[i].giver_id = GR_TEXT("");
        counted[i].giver_name = COLLEAGUE;
    }
    *out = f;
    return f->reason.ptr ? GR_OK : gr_fail_memory(err);
}

/* Addresses are compared to find one again; nothing that is told depends on their order. */
static int by_address(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t) * (const void *const *)a, y = (uintptr_t) * (const void *const *)b;

    return (x > y) - (x < y);
}

static const gr_finding *find_own(const own_book *own, const gr_finding *was)
{
    const gr_finding **at = own->count > 0 ? bsearch(&was, own->was, own->count,
                                                     sizeof *own->was, by_address)
                                           : NULL;

    return at ? own->is[at - own->was] : NULL;
}

static gr_status narrow_findings(own_book *own, gr_executive *who, gr_arena *arena, gr_error *err)
{
    size_t n = who->finding_count;
    const gr_finding **told = gr_arena_alloc(arena, sizeof *told * (n + 1));
    gr_status status = GR_OK;

    own->was = gr_arena_alloc(arena, sizeof *own->was * (n + 1));
    own->is = gr_arena_alloc(arena, sizeof *own->is * (n + 1));
    if (!told || !own->was || !own->is)
        return gr_fail_memory(err);
    if (n > 0)
        memcpy(own->was, who->finding, n * sizeof *own->was);
    if (n > 1)
        qsort(own->was, n, sizeof *own->was, by_address);
    for (size_t i = 0; i < n && status == GR_OK; i++)
        status = narrow_finding(who, own->was[i], arena, &own->is[i], err);
    own->count = n;
    for (size_t i = 0; i < n && status == GR_OK; i++)
        told[i] = find_own(own, who->finding[i]);
    who->finding = told;
    return status;
}

/* ---- gifts ---- */

typedef struct passing {
    const own_book *own;
    gr_book_order order;
    uint32_t person; /* of the book of all */
    gr_on_gift_line take;
    void *context;
} passing;

enum { MOST_TOLD = 64 }; /* findings about one part of a gift; rulebooks are fewer */

static gr_status pass_line(void *context, const gr_gift_line *from, gr_error *err)
{
    passing *p = context;
    gr_gift_line line = *from;
    const gr_finding *told[MOST_TOLD];
    size_t n = 0;

    if (p->order == GR_BOOK_OF_PERSON && from->person != p->person)
        return GR_OK;
    for (size_t i = 0; i < from->finding_count && n < MOST_TOLD; i++) {
        const gr_finding *f = find_own(p->own, from->finding[i]);

        if (f)
            told[n++] = f;
    }
    line.finding = told;
    line.finding_count = n;
    line.executive = 0;
    line.person = p->own->place[from->person];
    return p->take(p->context, &line, err);
}

static gr_status each_own(const gr_gift_book *book, gr_book_order order, uint32_t of,
                          gr_on_gift_line take, void *context, gr_error *err)
{
    const own_book *own = book->owned;
    passing p = { own, order, 0, take, context };

    if (order == GR_BOOK_OF_PERSON)
        for (p.person = 0; own->place[p.person] != of;)
            p.person++;
    return own->all->each(own->all, GR_BOOK_OF_EXECUTIVE, own->executive, pass_line, &p, err);
}

/* ---- what gifts add up to ---- */

typedef struct counting {
    gr_gift_book *book;
    gr_book_person *person; /* by place in the book of all; gifts 0: got none of these */
    gr_book_month *month;   /* as many as the book of all has */
    const uint64_t *last;
    uint64_t *last_of; /* by person: the gift that was counted last */
    const gr_record *record;
    uint64_t gift;
} counting;

static void count_findings(gr_summary *sum, gr_book_month *month, const gr_gift_line *line)
{
    for (size_t i = 0; i < line->finding_count; i++) {
        const gr_finding *f = line->finding[i];

        sum->decided += f->decision != NULL;
        if (f->decision)
            continue;
        sum->violations += f->verdict == GR_VIOLATION;
        sum->needs_review += f->verdict == GR_NEEDS_REVIEW;
        sum->warnings += f->verdict == GR_WARNING;
        if (!month || f->position != line->place)
            continue;
        month->violations += f->verdict == GR_VIOLATION;
        month->needs_review += f->verdict == GR_NEEDS_REVIEW;
        month->warnings += f->verdict == GR_WARNING;
    }
}

static gr_book_month *month_of(counting *c, gr_day day)
{
    size_t low = 0, high = c->book->month_count;

    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;

        if (c->month[middle].first <= day)
            low = middle;
        else
            high = middle;
    }
    return c->book->month_count > 0 ? &c->month[low] : NULL;
}

static gr_status count_line(void *context, const gr_gift_line *line, gr_error *err)
{
    counting *c = context;
    gr_book_person *person = &c->person[line->person];
    gr_book_month *month = month_of(c, line->day);
    bool is_new = line->place == 0;

    (void)err;
    c->gift += is_new;
    c->book->gifts += is_new;
    c->book->lines++;
    if (month)
        month->gifts += is_new;
    if (person->gifts == 0)
        person->first = line->day;
    person->last = line->day;
    if (c->last_of[line->person] != c->gift)
        person->gifts++;
    c->last_of[line->person] = c->gift;
    count_findings(&person->findings, month, line);
    if (line->standing == GR_LINE_COUNTS || line->standing == GR_LINE_MAY_COUNT)
        gr_total_add(&c->book->counted, line->value);
    return GR_OK;
}

static gr_status start_counting(const gr_gift_book *all, counting *c, gr_arena *arena, gr_error *err)
{
    c->person = gr_arena_zero(arena, sizeof *c->person * (all->person_count + 1));
    c->month = gr_arena_zero(arena, sizeof *c->month * (all->month_count + 1));
    c->last_of = gr_arena_zero(arena, sizeof *c->last_of * (all->person_count + 1));
    if (!c->person || !c->month || !c->last_of)
        return gr_fail_memory(err);
    for (size_t i = 0; i < all->person_count; i++) {
        c->person[i] = all->person[i];
        c->person[i].gifts = 0;
        c->person[i].findings = (gr_summary){ 0 };
    }
    for (size_t i = 0; i < all->month_count; i++)
        c->month[i].first = all->month[i].first;
    return GR_OK;
}

/* People and clients of these gifts only, in the order in which the book of all has them. */
static gr_status settle_people(own_book *own, counting *c, gr_arena *arena, gr_error *err)
{
    gr_gift_book *book = &own->book;
    size_t n = 0, clients = 0;
    gr_book_client *client =
        gr_arena_zero(arena, sizeof *client * (own->all->client_count + 1));

    if (!client)
        return gr_fail_memory(err);
    for (size_t i = 0; i < own->all->client_count; i++) {
        const gr_book_client *from = &own->all->client[i];
        uint32_t *person = gr_arena_alloc(arena, sizeof *person * (from->person_count + 1));
        gr_book_client *to = &client[clients];

        if (!person)
            return gr_fail_memory(err);
        *to = (gr_book_client){ .name = from->name, .person = person };
        for (size_t k = 0; k < from->person_count; k++)
            if (c->person[from->person[k]].gifts > 0)
                person[to->person_count++] = from->person[k];
        clients += to->person_count > 0;
    }
    for (size_t i = 0; i < own->all->person_count; i++) {
        own->place[i] = c->person[i].gifts > 0 ? (uint32_t)n : GR_NONE;
        if (c->person[i].gifts > 0)
            c->person[n++] = c->person[i];
    }
    book->person = c->person;
    book->person_count = n;
    book->client = client;
    book->client_count = clients;
    return GR_OK;
}

static void settle_clients(own_book *own, counting *c)
{
    for (size_t i = 0; i < own->book.client_count; i++) {
        gr_book_client *client = (gr_book_client *)(uintptr_t)&own->book.client[i];
        uint32_t *person = (uint32_t *)(uintptr_t)client->person;

        for (size_t k = 0; k < client->person_count; k++) {
            gr_book_person *one;

            person[k] = own->place[person[k]];
            one = &c->person[person[k]];
            one->client = (uint32_t)i;
            client->gifts += one->gifts;
            client->findings.violations += one->findings.violations;
            client->findings.needs_review += one->findings.needs_review;
            client->findings.warnings += one->findings.warnings;
            client->findings.decided += one->findings.decided;
        }
    }
}

static void settle_months(own_book *own, counting *c)
{
    size_t first = 0, last = own->all->month_count;

    while (first < last && c->month[first].gifts == 0)
        first++;
    while (last > first && c->month[last - 1].gifts == 0)
        last--;
    own->book.month = c->month + first;
    own->book.month_count = last - first;
}

static gr_status narrow_book(own_book *own, const gr_gift_book *all, uint32_t executive,
                             gr_arena *arena, gr_error *err)
{
    counting c = { .book = &own->book };
    gr_status status = start_counting(all, &c, arena, err);

    own->book = *all;
    own->book.gifts = own->book.lines = 0;
    own->book.counted = (gr_total){ .den = 1 };
    own->book.owned = own;
    own->book.each = each_own;
    own->all = all;
    own->executive = executive;
    own->place = gr_arena_alloc(arena, sizeof *own->place * (all->person_count + 1));
    if (!own->place)
        return gr_fail_memory(err);
    for (size_t i = 0; i < all->person_count; i++)
        own->place[i] = (uint32_t)i; /* while they are counted */
    if (status == GR_OK)
        status = each_own(&own->book, GR_BOOK_OF_EXECUTIVE, 0, count_line, &c, err);
    if (status == GR_OK)
        status = settle_people(own, &c, arena, err);
    if (status == GR_OK) {
        settle_clients(own, &c);
        settle_months(own, &c);
    }
    return status;
}

/* ---- the report ---- */

/* The branch is told, its sums are not. */
static const gr_rostered *narrow_roster(const gr_rostered *all, gr_arena *arena)
{
    gr_rostered *own = gr_arena_zero(arena, sizeof *own);

    if (own)
        *own = (gr_rostered){ .has_gifts = all->has_gifts,
                              .rule = all->rule,
                              .currency = all->currency };
    return own;
}

static gr_status fill(const gr_report *all, size_t executive, own_book *own, gr_report *report,
                      gr_executive *who, gr_arena *arena, gr_error *err)
{
    gr_status status;

    *report = *all;
    *who = all->executive[executive];
    who->given = NULL;
    who->given_count = 0;
    status = narrow_findings(own, who, arena, err);
    report->arena = arena;
    report->executive = who;
    report->executive_count = 1;
    report->summary = who->summary;
    report->summary.account_executives = 1;
    report->summary.quarantined = report->summary.refused = 0;
    report->expenses = report->duplicates = 0;
    report->news = (gr_news){ 0 };
    report->reconciled = (gr_reconciled){ 0 };
    report->pair_count = report->quarantined_count = report->refused_count = 0;
    report->note_count = 0;
    report->owned = NULL;
    report->release = NULL;
    if (status == GR_OK && all->roster && !(report->roster = narrow_roster(all->roster, arena)))
        status = gr_fail_memory(err);
    if (status == GR_OK && all->book) {
        report->book = &own->book;
        status = narrow_book(own, all->book, (uint32_t)executive, arena, err);
    }
    return status;
}

gr_status gr_report_narrow(const gr_report *all, size_t executive, gr_arena *arena,
                           gr_report **out, gr_error *err)
{
    gr_report *report = gr_arena_alloc(arena, sizeof *report);
    gr_executive *who = gr_arena_alloc(arena, sizeof *who);
    own_book *own = gr_arena_zero(arena, sizeof *own);
    gr_status status = report && who && own
                           ? fill(all, executive, own, report, who, arena, err)
                           : gr_fail_memory(err);

    if (status == GR_OK)
        *out = report;
    return status;
}
