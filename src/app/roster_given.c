/* src/app/roster_given.c - see roster_given.h. Gifts and findings become pieces, each for one account executive and one
 * recipient; sorted, those of one row stand side by side. */
#include "app/roster_given.h"

#include "base/os.h"
#include "report/words.h"

#include <stdlib.h>
#include <string.h>

enum { NO_GIFT = UINT32_MAX };

typedef struct piece {
    uint32_t executive;
    const gr_person *recipient; /* of a gift, or: */
    gr_person told;             /* of a finding */
    uint32_t gift, person;      /* NO_GIFT: it is a finding */
    gr_text finding;
} piece;

typedef struct gathering {
    const gr_rostering *from;
    const uint32_t *giver;
    const gr_list *entry; /* of the rulebook that counts, by gift; or NULL */
    gr_list piece;
    gr_list row;     /* of gr_given, of one account executive after another */
    gr_list person;  /* scratch: givers of a row */
    gr_list finding; /* scratch: ids */
    gr_error *err;
    bool no_memory;
} gathering;

static const gr_person *recipient_of(const piece *p)
{
    return p->recipient ? p->recipient : &p->told;
}

/* ---- gathering ---- */

/* Everybody who is responsible for the client on the day, but for who gave. */
static gr_status add_pieces(gathering *g, gr_text client, gr_day day, uint32_t giver,
                            const piece *like)
{
    const gr_list *duty = &gr_roster_get(g->from->roster)->duty;
    size_t first, count;
    gr_status status;

    if (client.len == 0)
        return GR_OK;
    status = gr_roster_find_client(g->from->roster, client, &first, &count, g->err);
    for (size_t i = first; status == GR_OK && i < first + count; i++) {
        const gr_roster_duty *one = GR_AT(*duty, gr_roster_duty, i);
        piece p = *like;

        p.executive = one->executive;
        if (one->executive != giver && day >= one->first && day <= one->last &&
            !gr_list_push(&g->piece, &p))
            status = gr_fail_memory(g->err);
    }
    return status;
}

static gr_status gather_gifts(gathering *g)
{
    const gr_rostering *from = g->from;
    const gr_tally *tally = from->intake->tally;
    gr_status status = GR_OK;

    for (uint32_t i = 0; status == GR_OK && i < tally->gift.count; i++) {
        const gr_gift *gift = GR_AT(tally->gift, gr_gift, i);
        size_t count;
        const uint32_t *recipient = gr_tally_recipients(tally, i, &count);

        if (!gr_gift_counts(gift) || gift->day < from->judgement->from ||
            gift->day > from->judgement->to)
            continue;
        for (size_t k = 0; status == GR_OK && k < count; k++) {
            uint32_t person = from->who->same[recipient[k]];
            piece p = { .recipient = &from->who->recipient[person], .gift = i, .person = person };

            status = add_pieces(g, p.recipient->employer, gift->day, g->giver[gift->giver], &p);
        }
    }
    return status;
}

/* Of a warning nobody else is told. */
static gr_status gather_findings(gathering *g)
{
    const gr_list *judged = &g->from->judgement->judged;
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < judged->count; i++) {
        const gr_judged *one = GR_AT(*judged, gr_judged, i);
        const gr_finding *f = &one->finding;
        piece p = { .told = { f->recipient_id, f->recipient_name, f->recipient_employer },
                    .gift = NO_GIFT,
                    .finding = f->id };

        if (f->verdict >= GR_NEEDS_REVIEW)
            status = add_pieces(g, f->recipient_employer, f->day, g->giver[one->giver], &p);
    }
    return status;
}

static int by_row(const piece *x, const piece *y)
{
    const gr_person *a = recipient_of(x), *b = recipient_of(y);
    int order = (x->executive > y->executive) - (x->executive < y->executive);

    if (order == 0)
        order = gr_text_compare(a->name, b->name);
    if (order == 0)
        order = gr_text_compare(a->id, b->id);
    return order ? order : gr_text_compare(a->employer, b->employer);
}

static int by_row_and_gift(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    int order = by_row(x, y);

    if (order == 0)
        order = (x->person > y->person) - (x->person < y->person);
    if (order == 0)
        order = (x->gift > y->gift) - (x->gift < y->gift);
    return order ? order : gr_text_compare(x->finding, y->finding);
}

/* ---- rows ---- */

static void add_amount(gr_amount *sum, gr_amount more)
{
    if (more.num == GR_UNBOUNDED || sum->num == GR_UNBOUNDED || !gr_amount_add(*sum, more, sum))
        *sum = (gr_amount){ GR_UNBOUNDED, 1 };
}

/* What a gift counts for a person; entries are in the order of the gifts. */
static void add_worth(const gathering *g, const piece *p, gr_given *row)
{
    size_t low = 0, high = g->entry ? g->entry->count : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (GR_AT(*g->entry, gr_entry, middle)->gift < p->gift)
            low = middle + 1;
        else
            high = middle;
    }
    for (; g->entry && low < g->entry->count; low++) {
        const gr_entry *e = GR_AT(*g->entry, gr_entry, low);

        if (e->gift != p->gift)
            return;
        if (g->from->who->same[e->recipient] != p->person)
            continue;
        add_amount(&row->low, (gr_amount){ e->low, e->den });
        add_amount(&row->high, (gr_amount){ e->high, e->high == GR_UNBOUNDED ? 1 : e->den });
    }
}

static int by_giver(const void *a, const void *b)
{
    const gr_person *x = a, *y = b;
    int order = gr_text_compare(gr_giver_key(x->id, x->name), gr_giver_key(y->id, y->name));

    return order ? order : gr_text_compare(x->name, y->name);
}

static const void *settle(gathering *g, gr_list *list, size_t *count)
{
    void *array = gr_arena_alloc(g->from->arena, list->count * list->size + 1);

    g->no_memory = g->no_memory || !array;
    *count = array ? list->count : 0;
    if (*count > 0)
        memcpy(array, list->items, list->count * list->size);
    gr_list_cut(list, 0);
    return array;
}

static void add_giver(gathering *g, const piece *p)
{
    const gr_gift *gift = GR_AT(g->from->intake->tally->gift, gr_gift, p->gift);
    const gr_standing *who = &g->from->giver[gift->giver];
    gr_person giver = { who->id, who->name, { "", 0 } };

    g->no_memory = g->no_memory || !gr_list_push(&g->person, &giver);
}

static void keep_givers(gathering *g, gr_given *row)
{
    size_t n = 0;

    if (g->person.count > 1)
        qsort(g->person.items, g->person.count, sizeof(gr_person), by_giver);
    for (size_t i = 0; i < g->person.count; i++)
        if (n == 0 || by_giver(GR_AT(g->person, gr_person, n - 1), GR_AT(g->person, gr_person, i)))
            *GR_AT(g->person, gr_person, n++) = *GR_AT(g->person, gr_person, i);
    gr_list_cut(&g->person, n);
    row->giver = settle(g, &g->person, &row->giver_count);
}

/* A client of whom somebody has two accounts gives each piece twice. */
static bool is_again(const piece *p, const piece *before)
{
    return before && before->gift == p->gift && before->person == p->person &&
           gr_text_equal(before->finding, p->finding);
}

static void add_row(gathering *g, size_t from, size_t to)
{
    const piece *first = GR_AT(g->piece, piece, from);
    const gr_person *recipient = recipient_of(first);
    gr_given row = { .recipient_id = recipient->id,
                     .recipient_name = recipient->name,
                     .employer = recipient->employer,
                     .low = { 0, 1 },
                     .high = { 0, 1 } };

    for (size_t i = from; i < to; i++) {
        const piece *p = GR_AT(g->piece, piece, i);

        if (is_again(p, i > from ? p - 1 : NULL))
            continue;
        if (p->gift == NO_GIFT) {
            g->no_memory = g->no_memory || !gr_list_push(&g->finding, &p->finding);
            continue;
        }
        row.gifts++;
        add_worth(g, p, &row);
        add_giver(g, p);
    }
    keep_givers(g, &row);
    row.reference = settle(g, &g->finding, &row.reference_count);
    g->no_memory = g->no_memory || !gr_list_push(&g->row, &row);
}

static void make_rows(gathering *g, gr_given_rows *out)
{
    const gr_list *all = &g->piece;

    if (all->count > 1)
        qsort(all->items, all->count, sizeof(piece), by_row_and_gift);
    for (size_t from = 0, to; from < all->count; from = to) {
        const piece *first = GR_AT(*all, piece, from);

        for (to = from + 1; to < all->count && by_row(first, GR_AT(*all, piece, to)) == 0;)
            to++;
        add_row(g, from, to);
        if (to == all->count || GR_AT(*all, piece, to)->executive != first->executive) {
            gr_given_rows *rows = &out[first->executive];

            rows->row = settle(g, &g->row, &rows->count);
        }
    }
}

gr_status gr_roster_given(const gr_rostering *from, const uint32_t *giver, uint16_t book,
                          gr_given_rows *out, gr_error *err)
{
    gathering g = { .from = from,
                    .giver = giver,
                    .entry = from->intake && book != GR_NO_BOOK ? &from->intake->tally->entry[book]
                                                                : NULL,
                    .piece = GR_LIST(piece),
                    .row = GR_LIST(gr_given),
                    .person = GR_LIST(gr_person),
                    .finding = GR_LIST(gr_text),
                    .err = err };
    gr_status status = from->intake ? gather_gifts(&g) : GR_OK;

    if (status == GR_OK)
        status = gather_findings(&g);
    if (status == GR_OK)
        make_rows(&g, out);
    gr_list_free(&g.piece);
    gr_list_free(&g.row);
    gr_list_free(&g.person);
    gr_list_free(&g.finding);
    return status == GR_OK && g.no_memory ? gr_fail_memory(err) : status;
}
