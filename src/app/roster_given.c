/* src/app/roster_given.c - see roster_given.h. Gifts and findings become pieces of 16 bytes, since there may be millions,
 * each for one account executive and one recipient; sorted, those of one row stand side by side. Recipients get ranks in the
 * order of their texts, so that nothing hangs on the numbers that they were given. */
#include "app/roster_given.h"

#include "base/os.h"
#include "report/words.h"

#include <stdlib.h>
#include <string.h>

enum { NO_GIFT = UINT32_MAX };

typedef struct piece {
    uint32_t executive;
    uint32_t rank; /* first the place of the recipient in the list, then its rank */
    uint32_t gift; /* NO_GIFT: it is a finding */
    uint32_t what; /* number of the person, or of the finding */
} piece;

typedef struct ranked {
    const gr_person *recipient;
    uint32_t place, rank;
} ranked;

typedef struct gathering {
    const gr_rostering *from;
    const uint32_t *giver;
    const gr_list *entry; /* of the rulebook that counts, by gift; or NULL */
    uint32_t *place;      /* by number of person: the place in recipient, or GR_NONE */
    gr_list recipient;    /* of ranked */
    gr_list piece;
    gr_list row;     /* of gr_given, of one account executive after another */
    gr_list person;  /* scratch: givers of a row */
    gr_list finding; /* scratch: ids */
    gr_error *err;
    bool no_memory;
} gathering;

/* ---- gathering ---- */

/* Everybody who is responsible for the client on the day, but for who gave. */
static gr_status add_pieces(gathering *g, gr_text client, gr_day day, uint32_t giver, piece p,
                            bool *any)
{
    const gr_list *duty = &gr_roster_get(g->from->roster)->duty;
    size_t first, count;
    gr_status status;

    *any = false;
    if (client.len == 0)
        return GR_OK;
    status = gr_roster_find_client(g->from->roster, client, &first, &count, g->err);
    for (size_t i = first; status == GR_OK && i < first + count; i++) {
        const gr_roster_duty *one = GR_AT(*duty, gr_roster_duty, i);

        p.executive = one->executive;
        if (one->executive == giver || day < one->first || day > one->last)
            continue;
        *any = true;
        if (!gr_list_push(&g->piece, &p))
            status = gr_fail_memory(g->err);
    }
    return status;
}

static gr_status add_recipient(gathering *g, const gr_person *recipient)
{
    ranked r = { recipient, (uint32_t)g->recipient.count, 0 };

    return gr_list_push(&g->recipient, &r) ? GR_OK : gr_fail_memory(g->err);
}

static gr_status gather_gift(gathering *g, uint32_t gift, uint32_t person)
{
    const gr_gift *of = GR_AT(g->from->intake->tally->gift, gr_gift, gift);
    const gr_person *recipient = &g->from->who->recipient[person];
    bool is_known = g->place[person] != GR_NONE, any;
    piece p = { .rank = is_known ? g->place[person] : (uint32_t)g->recipient.count,
                .gift = gift,
                .what = person };
    gr_status status = add_pieces(g, recipient->employer, of->day, g->giver[of->giver], p, &any);

    if (status != GR_OK || !any || is_known)
        return status;
    g->place[person] = p.rank;
    return add_recipient(g, recipient);
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
        for (size_t k = 0; status == GR_OK && k < count; k++)
            status = gather_gift(g, i, from->who->same[recipient[k]]);
    }
    return status;
}

/* Of a warning nobody else is told. */
static gr_status gather_findings(gathering *g)
{
    const gr_list *judged = &g->from->judgement->judged;
    gr_status status = GR_OK;

    for (uint32_t i = 0; status == GR_OK && i < judged->count; i++) {
        const gr_judged *one = GR_AT(*judged, gr_judged, i);
        const gr_finding *f = &one->finding;
        piece p = { .rank = (uint32_t)g->recipient.count, .gift = NO_GIFT, .what = i };
        gr_person *told;
        bool any = false;

        if (f->verdict >= GR_NEEDS_REVIEW)
            status = add_pieces(g, f->recipient_employer, f->day, g->giver[one->giver], p, &any);
        if (status != GR_OK || !any)
            continue;
        told = gr_arena_alloc(g->from->arena, sizeof *told);
        if (!told)
            return gr_fail_memory(g->err);
        *told = (gr_person){ .id = f->recipient_id,
                             .name = f->recipient_name,
                             .employer = f->recipient_employer };
        status = add_recipient(g, told);
    }
    return status;
}

/* ---- ranks ---- */

static int by_text(const void *a, const void *b)
{
    const gr_person *x = ((const ranked *)a)->recipient, *y = ((const ranked *)b)->recipient;
    int order = gr_text_compare(x->name, y->name);

    if (order == 0)
        order = gr_text_compare(x->id, y->id);
    return order ? order : gr_text_compare(x->employer, y->employer);
}

static int by_place(const void *a, const void *b)
{
    const ranked *x = a, *y = b;

    return (x->place > y->place) - (x->place < y->place);
}

/* Afterwards pieces have ranks, and recipient[rank] is one of those who have it. */
static void rank(gathering *g)
{
    gr_list *all = &g->recipient;
    uint32_t n = 0;

    if (all->count == 0)
        return;
    qsort(all->items, all->count, sizeof(ranked), by_text);
    for (size_t i = 0; i < all->count; i++) {
        ranked *r = GR_AT(*all, ranked, i);

        n += i > 0 && by_text(r - 1, r) != 0;
        r->rank = n;
    }
    qsort(all->items, all->count, sizeof(ranked), by_place);
    for (size_t i = 0; i < g->piece.count; i++) {
        piece *p = GR_AT(g->piece, piece, i);

        p->rank = GR_AT(*all, ranked, p->rank)->rank;
    }
    qsort(all->items, all->count, sizeof(ranked), by_text);
    n = 0;
    for (size_t i = 1; i < all->count; i++)
        if (GR_AT(*all, ranked, i)->rank != GR_AT(*all, ranked, n)->rank)
            *GR_AT(*all, ranked, ++n) = *GR_AT(*all, ranked, i);
    all->count = n + 1;
}

static int by_row(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    int order = (x->executive > y->executive) - (x->executive < y->executive);

    if (order == 0)
        order = (x->rank > y->rank) - (x->rank < y->rank);
    if (order == 0)
        order = (x->gift > y->gift) - (x->gift < y->gift);
    return order ? order : (x->what > y->what) - (x->what < y->what);
}

static bool is_row(const piece *a, const piece *b)
{
    return a->executive == b->executive && a->rank == b->rank;
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
        if (g->from->who->same[e->recipient] != p->what)
            continue;
        add_amount(&row->low, (gr_amount){ e->low, e->den });
        add_amount(&row->high, (gr_amount){ e->high, e->high == GR_UNBOUNDED ? 1 : e->den });
    }
}

static int by_giver(const void *a, const void *b)
{
    const gr_person *x = *(const gr_person *const *)a, *y = *(const gr_person *const *)b;
    int order = gr_text_compare(gr_giver_key(x->id, x->name), gr_giver_key(y->id, y->name));

    if (order == 0)
        order = gr_text_compare(x->name, y->name);
    return order ? order : gr_text_compare(x->id, y->id);
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
    const gr_person *giver = &g->from->who->giver[gift->giver];

    g->no_memory = g->no_memory || !gr_list_push(&g->person, &giver);
}

/* Each once. */
static void keep_givers(gathering *g, gr_given *row)
{
    const gr_person **all = g->person.items;
    size_t n = 0;

    if (g->person.count > 1)
        qsort(all, g->person.count, sizeof *all, by_giver);
    for (size_t i = 0; i < g->person.count; i++)
        if (n == 0 || all[n - 1] != all[i])
            all[n++] = all[i];
    gr_list_cut(&g->person, n);
    row->giver = settle(g, &g->person, &row->giver_count);
}

/* A client of whom somebody has two accounts gives each piece twice. */
static bool is_again(const piece *p, const piece *before)
{
    return before && before->gift == p->gift && before->what == p->what;
}

static int by_id(const void *a, const void *b)
{
    return gr_text_compare(*(const gr_text *)a, *(const gr_text *)b);
}

static void add_piece(gathering *g, const piece *p, gr_given *row)
{
    if (p->gift == NO_GIFT) {
        const gr_judged *one = GR_AT(g->from->judgement->judged, gr_judged, p->what);

        g->no_memory = g->no_memory || !gr_list_push(&g->finding, &one->finding.id);
        return;
    }
    row->gifts++;
    add_worth(g, p, row);
    add_giver(g, p);
}

static void add_row(gathering *g, size_t from, size_t to)
{
    const piece *first = GR_AT(g->piece, piece, from);
    const gr_person *recipient = GR_AT(g->recipient, ranked, first->rank)->recipient;
    gr_given row = { .recipient_id = recipient->id,
                     .recipient_name = recipient->name,
                     .employer = recipient->employer,
                     .low = { 0, 1 },
                     .high = { 0, 1 } };

    for (size_t i = from; i < to; i++) {
        const piece *p = GR_AT(g->piece, piece, i);

        if (!is_again(p, i > from ? p - 1 : NULL))
            add_piece(g, p, &row);
    }
    keep_givers(g, &row);
    if (g->finding.count > 1)
        qsort(g->finding.items, g->finding.count, sizeof(gr_text), by_id);
    row.reference = settle(g, &g->finding, &row.reference_count);
    g->no_memory = g->no_memory || !gr_list_push(&g->row, &row);
}

static void make_rows(gathering *g, gr_given_rows *out)
{
    const gr_list *all = &g->piece;

    if (all->count > 1)
        qsort(all->items, all->count, sizeof(piece), by_row);
    for (size_t from = 0, to; from < all->count; from = to) {
        const piece *first = GR_AT(*all, piece, from);

        for (to = from + 1; to < all->count && is_row(first, GR_AT(*all, piece, to));)
            to++;
        add_row(g, from, to);
        if (to == all->count || GR_AT(*all, piece, to)->executive != first->executive) {
            gr_given_rows *rows = &out[first->executive];

            rows->row = settle(g, &g->row, &rows->count);
        }
    }
}

/* ---- all ---- */

static gr_status gather(gathering *g)
{
    size_t people = g->from->intake ? g->from->who->recipient_count : 0;
    gr_status status = GR_OK;

    if (g->from->intake) {
        g->place = gr_os_alloc(sizeof *g->place * (people + 1));
        if (!g->place)
            return gr_fail_memory(g->err);
        memset(g->place, 0xff, sizeof *g->place * (people + 1)); /* GR_NONE */
        status = gather_gifts(g);
    }
    return status == GR_OK ? gather_findings(g) : status;
}

gr_status gr_roster_given(const gr_rostering *from, const uint32_t *giver, uint16_t book,
                          gr_given_rows *out, gr_error *err)
{
    gathering g = { .from = from,
                    .giver = giver,
                    .entry = from->intake && book != GR_NO_BOOK ? &from->intake->tally->entry[book]
                                                                : NULL,
                    .recipient = GR_LIST(ranked),
                    .piece = GR_LIST(piece),
                    .row = GR_LIST(gr_given),
                    .person = GR_LIST(const gr_person *),
                    .finding = GR_LIST(gr_text),
                    .err = err };
    gr_status status = gather(&g);

    if (status == GR_OK) {
        rank(&g);
        make_rows(&g, out);
    }
    gr_os_free(g.place);
    gr_list_free(&g.recipient);
    gr_list_free(&g.piece);
    gr_list_free(&g.row);
    gr_list_free(&g.person);
    gr_list_free(&g.finding);
    return status == GR_OK && g.no_memory ? gr_fail_memory(err) : status;
}
