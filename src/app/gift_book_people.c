/* src/app/gift_book_people.c - who got something, by client; and what was given and found by month. */
#include "app/gift_book_inside.h"

#include "app/executives.h"
#include "base/os.h"

#include <stdlib.h>
#include <string.h>

typedef struct draft { /* of a person, before they are sorted */
    gr_book_person person;
    uint32_t number;    /* that stands for the person */
    uint32_t employer;  /* number of the client; GR_NONE */
    uint32_t last_gift; /* counted last */
} draft;

typedef struct drafting {
    gr_bookkeeper *k;
    gr_list draft;      /* of draft */
    uint32_t *client;   /* by number of the client: place in the book */
    uint32_t *employer; /* by place of a person: number of the client */
    bool no_memory;
} drafting;

static void *take(drafting *d, size_t size)
{
    void *piece = gr_arena_zero(d->k->arena, size ? size : 1);

    d->no_memory = d->no_memory || !piece;
    return piece;
}

static uint32_t *create_numbers(size_t count)
{
    uint32_t *number = gr_os_alloc(sizeof *number * (count + 1));

    return number ? memset(number, 0xFF, sizeof *number * (count + 1)) : NULL; /* GR_NONE */
}

/* ---- findings ---- */

static void add_summary(gr_summary *to, const gr_summary *more)
{
    to->violations += more->violations;
    to->needs_review += more->needs_review;
    to->warnings += more->warnings;
    to->decided += more->decided;
}

/* ---- people ---- */

static draft *draft_of(drafting *d, uint32_t number)
{
    gr_bookkeeper *k = d->k;
    draft *one;

    if (k->person[number] != GR_NONE)
        return GR_AT(d->draft, draft, k->person[number]);
    one = gr_list_add(&d->draft);
    if (!one) {
        d->no_memory = true;
        return NULL;
    }
    one->number = number;
    one->last_gift = GR_NONE;
    one->employer = GR_NONE;
    k->person[number] = (uint32_t)d->draft.count - 1;
    return one;
}

/* Lines come by day: what the latest one says of a person stays. */
static void note_line(drafting *d, const gr_book_line *line)
{
    gr_bookkeeper *k = d->k;
    uint32_t recipient = gr_book_recipient(k, line);
    const gr_person *as = &k->who.recipient[recipient];
    draft *one = draft_of(d, k->who.same[recipient]);
    const gr_finding *f;
    size_t cursor = 0;

    if (!one)
        return;
    if (one->last_gift != line->gift) {
        one->last_gift = line->gift;
        one->person.gifts++;
    }
    if (one->person.gifts == 1)
        one->person.first = gr_book_gift(k, line->gift)->day;
    one->person.last = gr_book_gift(k, line->gift)->day;
    one->person.id = as->id.len > 0 ? as->id : one->person.id;
    one->person.name = as->name.len > 0 ? as->name : one->person.name;
    if (as->employer.len > 0) {
        one->person.employer = as->employer;
        one->employer = k->who.client[recipient];
    }
    while ((f = gr_book_finding(k, line, &cursor)))
        gr_summary_add_finding(&one->person.findings, f);
}

static gr_amount left_of(gr_amount limit, int64_t sum, int64_t den)
{
    gr_wide left = (gr_wide)limit.num * den - (gr_wide)sum * limit.den;
    gr_wide parts = (gr_wide)limit.den * den;

    while (parts > INT64_MAX || left > INT64_MAX) { /* finer than anybody can tell */
        left /= 2;
        parts /= 2;
    }
    return left <= 0 || sum == GR_UNBOUNDED ? (gr_amount){ 0, 1 }
                                            : (gr_amount){ (int64_t)left, (int64_t)parts };
}

static void set_sum(const gr_bookkeeper *k, draft *one)
{
    const gr_book_stand *stand = &k->stand_of_person[one->number];
    const gr_limit_row *row = gr_limit_on(gr_book_limit(k), k->report->as_of);
    gr_book_person *p = &one->person;

    p->has_sum = row != NULL;
    if (!row)
        return;
    p->sum = gr_book_sum(stand);
    if (!stand->row) { /* nothing ever counted */
        p->sum.limit = row->amount;
        p->sum.period.from = p->sum.period.to = k->report->as_of;
        p->sum.period.basis = GR_ONE_DAY;
    }
    p->left_low = left_of(row->amount, stand->row ? stand->high : 0, p->sum.total.den);
    p->left_high = left_of(row->amount, stand->row ? stand->low : 0, p->sum.total.den);
}

static int by_name(const void *a, const void *b)
{
    const draft *x = a, *y = b;
    int order = gr_text_compare(x->person.name, y->person.name);

    if (order == 0)
        order = gr_text_compare(x->person.employer, y->person.employer);
    if (order == 0)
        order = gr_text_compare(x->person.id, y->person.id);
    if (order == 0)
        order = (x->person.first > y->person.first) - (x->person.first < y->person.first);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static void settle_people(drafting *d)
{
    gr_bookkeeper *k = d->k;
    gr_book_person *all = take(d, sizeof *all * d->draft.count);

    d->employer = create_numbers(d->draft.count);
    if (!all || !d->employer) {
        d->no_memory = true;
        return;
    }
    if (d->draft.count > 0)
        qsort(d->draft.items, d->draft.count, sizeof(draft), by_name);
    for (uint32_t i = 0; i < d->draft.count; i++) {
        draft *one = GR_AT(d->draft, draft, i);

        set_sum(k, one);
        all[i] = one->person;
        d->employer[i] = one->employer;
        k->person[one->number] = i;
    }
    k->book.person = all;
    k->book.person_count = d->draft.count;
}

/* ---- clients ---- */

typedef struct named {
    gr_text name;
    uint32_t number; /* of the client; GR_NONE: employers that are not told */
} named;

static int by_client(const void *a, const void *b)
{
    const named *x = a, *y = b;
    int order = (x->number == GR_NONE) - (y->number == GR_NONE);

    if (order == 0)
        order = gr_text_compare(x->name, y->name);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* Of each client one, by the spelling of the first person. */
static bool name_clients(drafting *d, gr_list *names)
{
    const gr_gift_book *book = &d->k->book;
    bool has_unnamed = false;

    for (size_t i = 0; i < book->person_count; i++) {
        uint32_t number = d->employer[i];
        named one = { book->person[i].employer, number };

        if (number == GR_NONE ? has_unnamed : d->client[number] != GR_NONE)
            continue;
        if (number == GR_NONE)
            has_unnamed = true;
        else
            d->client[number] = 0;
        if (!gr_list_push(names, &one))
            return false;
    }
    if (names->count > 0)
        qsort(names->items, names->count, sizeof(named), by_client);
    return true;
}

static uint32_t place_of(const drafting *d, uint32_t number, size_t clients)
{
    return number == GR_NONE ? (uint32_t)clients - 1 : d->client[number];
}

static void fill_clients(drafting *d, gr_book_client *all, size_t count)
{
    gr_gift_book *book = &d->k->book;
    gr_book_person *person = (gr_book_person *)(uintptr_t)book->person;
    uint32_t *places = take(d, sizeof *places * book->person_count);

    for (size_t i = 0; i < book->person_count; i++) {
        person[i].client = place_of(d, d->employer[i], count);
        all[person[i].client].person_count++;
        add_summary(&all[person[i].client].findings, &person[i].findings);
    }
    for (size_t c = 0; places && c < count; c++) {
        all[c].person = places;
        places += all[c].person_count;
        all[c].person_count = 0;
    }
    for (uint32_t i = 0; places && i < book->person_count; i++) {
        gr_book_client *client = &all[person[i].client];

        ((uint32_t *)(uintptr_t)client->person)[client->person_count++] = i;
    }
}

/* A gift to two people of one client is one gift to the client. */
static void count_gifts(drafting *d, gr_book_client *all, size_t count)
{
    const gr_bookkeeper *k = d->k;
    uint32_t *last = create_numbers(count);

    d->no_memory = d->no_memory || !last;
    for (size_t i = 0; last && i < k->line_count; i++) {
        uint32_t person = k->person[k->who.same[gr_book_recipient(k, &k->line[i])]];
        uint32_t client = k->book.person[person].client;

        if (last[client] != k->line[i].gift)
            all[client].gifts++;
        last[client] = k->line[i].gift;
    }
    gr_os_free(last);
}

static void settle_clients(drafting *d)
{
    gr_gift_book *book = &d->k->book;
    gr_list names = GR_LIST(named);
    gr_book_client *all = NULL;

    d->client = create_numbers(d->k->who.client_count);
    if (!d->client || !name_clients(d, &names))
        d->no_memory = true;
    else
        all = take(d, sizeof *all * names.count);
    for (uint32_t i = 0; all && i < names.count; i++) {
        const named *one = GR_AT(names, named, i);

        all[i].name = one->number == GR_NONE ? GR_TEXT("") : one->name;
        if (one->number != GR_NONE)
            d->client[one->number] = i;
    }
    if (all) {
        book->client = all;
        book->client_count = names.count;
        fill_clients(d, all, names.count);
        count_gifts(d, all, names.count);
    }
    gr_list_free(&names);
}

/* ---- months ---- */

static int month_of(gr_day day)
{
    gr_date date = gr_day_date(day);

    return date.year * 12 + date.month - 1;
}

static void count_month(gr_book_month *month, const gr_finding *f)
{
    gr_summary sum = { .gifts = 0 };

    gr_summary_add_finding(&sum, f);
    month->violations += sum.violations;
    month->needs_review += sum.needs_review;
    month->warnings += sum.warnings;
}

/* A mistyped day may lie centuries off: the last hundred years are told. */
enum { MOST_MONTHS = 1200 };

static void settle_months(drafting *d)
{
    gr_bookkeeper *k = d->k;
    int first, last;
    gr_book_month *all;

    if (k->line_count == 0)
        return;
    first = month_of(gr_book_gift(k, k->line[0].gift)->day);
    last = month_of(gr_book_gift(k, k->line[k->line_count - 1].gift)->day);
    if (last - first >= MOST_MONTHS)
        first = last - MOST_MONTHS + 1;
    all = take(d, sizeof *all * (size_t)(last - first + 1));
    for (int m = first; all && m <= last; m++)
        all[m - first].first = gr_day_of((gr_date){ m / 12, m % 12 + 1, 1 });
    for (size_t i = 0; all && i < k->line_count; i++) {
        int month = month_of(gr_book_gift(k, k->line[i].gift)->day);

        if (month >= first)
            all[month - first].gifts += k->line[i].place == 0;
    }
    for (size_t i = 0; all && i < k->finding.count; i++) {
        const gr_finding *f = *GR_AT(k->finding, const gr_finding *, i);
        int month = month_of(f->day);

        if (month >= first && month <= last)
            count_month(&all[month - first], f);
    }
    k->book.month = all;
    k->book.month_count = all ? (size_t)(last - first + 1) : 0;
}

/* ---- all ---- */

gr_status gr_book_add_people(gr_bookkeeper *k, gr_error *err)
{
    drafting d = { .k = k, .draft = GR_LIST(draft) };

    k->person = create_numbers(k->who.recipient_count);
    d.no_memory = !k->person;
    for (size_t i = 0; !d.no_memory && i < k->line_count; i++)
        note_line(&d, &k->line[i]);
    if (!d.no_memory)
        settle_people(&d);
    if (!d.no_memory)
        settle_clients(&d);
    if (!d.no_memory)
        settle_months(&d);
    gr_list_free(&d.draft);
    gr_os_free(d.client);
    gr_os_free(d.employer);
    return d.no_memory ? gr_fail_memory(err) : GR_OK;
}
