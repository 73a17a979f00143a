/* src/app/narrow.c - see narrow.h. Sums of a recipient stay those of the whole firm: the limit is on them. Whoever else gave
 * is "a colleague", and what the firm has in quarantine, in other branches and from other people is not told. */
#include "app/narrow.h"

#include "base/table.h"
#include "model/total.h"

#include <stdlib.h>
#include <string.h>

#define COLLEAGUE GR_TEXT("a colleague")

/* The book of one, in front of the book of all. */
typedef struct own_book {
    gr_gift_book book;
    const gr_gift_book *all;
    uint32_t executive;     /* place in the report of all */
    uint32_t *person;       /* places in the book of all, rising; NULL: not known yet */
    const gr_finding **was; /* findings of the report of all, by address */
    const gr_finding **is;  /* and what they are here */
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
    const gr_finding **at =
        own->count > 0 ? bsearch(&was, own->was, own->count, sizeof *own->was, by_address) : NULL;

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

/* The place here of a person of the book of all. */
static uint32_t find_person(const own_book *own, uint32_t person)
{
    size_t low = 0, high = own->book.person_count;

    if (!own->person)
        return person; /* they are being counted */
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (own->person[middle] < person)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

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
    line.person = find_person(p->own, from->person);
    return p->take(p->context, &line, err);
}

static gr_status each_own(const gr_gift_book *book, gr_book_order order, uint32_t of,
                          gr_on_gift_line take, void *context, gr_error *err)
{
    const own_book *own = book->owned;
    passing p = { own, order, order == GR_BOOK_OF_PERSON ? own->person[of] : 0, take, context };

    return own->all->each(own->all, GR_BOOK_OF_EXECUTIVE, own->executive, pass_line, &p, err);
}

/* ---- what gifts add up to ---- */

typedef struct own_person {
    uint32_t place; /* in the book of all */
    uint64_t last;  /* gift that was counted last */
    gr_book_person person;
} own_person;

typedef struct counting {
    const gr_gift_book *all;
    gr_gift_book *book;
    gr_list person; /* of own_person */
    gr_table known; /* places in it, by place in the book of all */
    gr_book_month *month;
    uint64_t gift; /* how many so far */
    gr_place at;   /* of the latest */
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
    size_t low = 0, high = c->all->month_count;

    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;

        if (c->month[middle].first <= day)
            low = middle;
        else
            high = middle;
    }
    return c->all->month_count > 0 ? &c->month[low] : NULL;
}

/* Lines of one gift come one after the other. */
static bool is_at(const gr_place *a, const gr_place *b)
{
    return a->line == b->line && a->column == b->column && a->file == b->file;
}

static own_person *person_of(counting *c, uint32_t place)
{
    size_t cursor = 0;
    uint32_t i;
    own_person *one;

    while ((i = gr_table_find(&c->known, place, &cursor)) != GR_NONE)
        if (GR_AT(c->person, own_person, i)->place == place)
            return GR_AT(c->person, own_person, i);
    if (!gr_table_put(&c->known, place, (uint32_t)c->person.count))
        return NULL;
    one = gr_list_add(&c->person);
    if (!one)
        return NULL;
    one->place = place;
    one->person = c->all->person[place];
    one->person.gifts = 0;
    one->person.findings = (gr_summary){ 0 };
    return one;
}

static gr_status count_line(void *context, const gr_gift_line *line, gr_error *err)
{
    counting *c = context;
    own_person *one = person_of(c, line->person);
    gr_book_month *month = month_of(c, line->day);
    bool is_new = !is_at(&c->at, &line->source);

    if (!one)
        return gr_fail_memory(err);
    c->at = line->source;
    c->gift += is_new;
    c->book->lines++;
    if (month)
        month->gifts += is_new;
    if (one->person.gifts == 0)
        one->person.first = line->day;
    one->person.last = line->day;
    one->person.gifts += one->last != c->gift;
    one->last = c->gift;
    count_findings(&one->person.findings, month, line);
    if (line->standing == GR_LINE_COUNTS || line->standing == GR_LINE_MAY_COUNT)
        gr_total_add(&c->book->counted, line->value);
    return GR_OK;
}

static int by_place(const void *a, const void *b)
{
    const own_person *x = a, *y = b;

    return (x->place > y->place) - (x->place < y->place);
}

/* In the order of the book of all. */
static gr_status settle_people(own_book *own, counting *c, gr_arena *arena, gr_error *err)
{
    size_t n = c->person.count;
    gr_book_person *person = gr_arena_alloc(arena, sizeof *person * (n + 1));
    uint32_t *place = gr_arena_alloc(arena, sizeof *place * (n + 1));

    if (!person || !place)
        return gr_fail_memory(err);
    if (n > 1)
        qsort(c->person.items, n, sizeof(own_person), by_place);
    for (size_t i = 0; i < n; i++) {
        person[i] = GR_AT(c->person, own_person, i)->person;
        place[i] = GR_AT(c->person, own_person, i)->place;
    }
    own->person = place;
    own->book.person = person;
    own->book.person_count = n;
    return GR_OK;
}

/* A person and the client of it, to be put in the order of clients. */
typedef struct belonging {
    uint32_t client, person;
} belonging;

static int by_client(const void *a, const void *b)
{
    const belonging *x = a, *y = b;
    int order = (x->client > y->client) - (x->client < y->client);

    return order ? order : (x->person > y->person) - (x->person < y->person);
}

static void add_to_client(gr_book_client *client, const gr_book_person *one)
{
    client->person_count++;
    client->gifts += one->gifts;
    client->findings.violations += one->findings.violations;
    client->findings.needs_review += one->findings.needs_review;
    client->findings.warnings += one->findings.warnings;
    client->findings.decided += one->findings.decided;
}

static gr_status settle_clients(own_book *own, gr_arena *arena, gr_error *err)
{
    size_t n = own->book.person_count, clients = 0;
    gr_book_person *person = (gr_book_person *)(uintptr_t)own->book.person; /* ours */
    belonging *all = gr_arena_alloc(arena, sizeof *all * (n + 1));
    gr_book_client *client = gr_arena_alloc(arena, sizeof *client * (n + 1));
    uint32_t *member = gr_arena_alloc(arena, sizeof *member * (n + 1));

    if (!all || !client || !member)
        return gr_fail_memory(err);
    for (uint32_t i = 0; i < n; i++)
        all[i] = (belonging){ person[i].client, i };
    if (n > 1)
        qsort(all, n, sizeof *all, by_client);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || all[i].client != all[i - 1].client)
            client[clients++] = (gr_book_client){ .name = own->all->client[all[i].client].name,
                                                  .person = &member[i] };
        member[i] = all[i].person;
        person[all[i].person].client = (uint32_t)clients - 1;
        add_to_client(&client[clients - 1], &person[all[i].person]);
    }
    own->book.client = client;
    own->book.client_count = clients;
    return GR_OK;
}

static void settle_months(own_book *own, const counting *c)
{
    size_t first = 0, last = own->all->month_count;

    while (first < last && c->month[first].gifts == 0)
        first++;
    while (last > first && c->month[last - 1].gifts == 0)
        last--;
    own->book.month = c->month + first;
    own->book.month_count = last - first;
}

static gr_status count_all(own_book *own, counting *c, gr_arena *arena, gr_error *err)
{
    gr_status status;

    c->month = gr_arena_zero(arena, sizeof *c->month * (own->all->month_count + 1));
    if (!c->month)
        return gr_fail_memory(err);
    for (size_t i = 0; i < own->all->month_count; i++)
        c->month[i].first = own->all->month[i].first;
    status = each_own(&own->book, GR_BOOK_OF_EXECUTIVE, 0, count_line, c, err);
    own->book.gifts = c->gift;
    if (status == GR_OK)
        status = settle_people(own, c, arena, err);
    if (status == GR_OK)
        status = settle_clients(own, arena, err);
    if (status == GR_OK)
        settle_months(own, c);
    return status;
}

static gr_status narrow_book(own_book *own, const gr_gift_book *all, uint32_t executive,
                             gr_arena *arena, gr_error *err)
{
    counting c = { .all = all, .book = &own->book, .person = GR_LIST(own_person) };
    gr_status status;

    own->book = *all;
    own->book.lines = 0;
    own->book.counted = (gr_total){ .den = 1 };
    own->book.owned = own;
    own->book.each = each_own;
    own->all = all;
    own->executive = executive;
    status = count_all(own, &c, arena, err);
    gr_list_free(&c.person);
    gr_table_free(&c.known);
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

gr_status gr_report_narrow(const gr_report *all, size_t executive, gr_arena *arena, gr_report **out,
                           gr_error *err)
{
    gr_report *report = gr_arena_alloc(arena, sizeof *report);
    gr_executive *who = gr_arena_alloc(arena, sizeof *who);
    own_book *own = gr_arena_zero(arena, sizeof *own);
    gr_status status = report && who && own ? fill(all, executive, own, report, who, arena, err)
                                            : gr_fail_memory(err);

    if (status == GR_OK)
        *out = report;
    return status;
}
