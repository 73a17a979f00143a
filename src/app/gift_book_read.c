/* src/app/gift_book_read.c - the lines of a book, one after the other: each record is read from the ledger, completed as
 * it was when it was judged, and told with what it counts. */
#include "app/complete.h"
#include "app/gift_book_inside.h"

/* Lines of one gift that stand side by side are told of one reading. */
typedef struct passing {
    gr_bookkeeper *k;
    const uint32_t *order; /* NULL: lines as they stand */
    size_t next, end;
    gr_on_gift_line take;
    void *context;
} passing;

static uint32_t line_at(const passing *p, size_t i)
{
    return p->order ? p->order[i] : (uint32_t)i;
}

/* ---- what a part counts ---- */

static void tell_left_out(gr_bookkeeper *k, const gr_share_told *told, gr_gift_line *line)
{
    line->standing = told->scope == GR_FALSE ? GR_LINE_OUTSIDE : GR_LINE_EXCLUDED;
    line->value = (gr_span){ 0, 0, 1 };
    if (told->scope != GR_FALSE && told->ruling.treatment == GR_EXCLUDED)
        line->clause = told->ruling.law->clause;
    line->why = gr_share_left_out_words(&k->rules->set->book[k->followed_book], k->followed_limit,
                                        told, k->scratch);
}

static void tell_counted(gr_bookkeeper *k, uint32_t number, gr_gift_line *line)
{
    const gr_entry *entry = GR_AT(k->intake->tally->entry[k->followed_book], gr_entry, number);
    const gr_ruling *r = GR_AT(k->intake->tally->ruling, gr_ruling, entry->ruling);

    line->why = gr_share_counted_words(gr_book_limit(k), r, k->scratch);
    line->has_sum = k->stand[number].row != NULL;
    line->sum = gr_book_sum(&k->stand[number]);
}

static void tell_worth(gr_bookkeeper *k, const gr_book_line *at, gr_gift_line *line)
{
    gr_share_told told =
        gr_share_tell(k->rules->set, k->followed_book, line->record, line->recipient, line->day);
    uint32_t entry = gr_book_entry(k, at);

    line->worth = told.worth;
    line->clause = gr_book_limit(k)->clause;
    line->standing = GR_LINE_OUTSIDE;
    if (entry != GR_NONE)
        line->standing = gr_book_value(k, entry, &line->value);
    if (line->standing == GR_LINE_OUTSIDE)
        tell_left_out(k, &told, line);
    else
        tell_counted(k, entry, line);
}

/* ---- lines ---- */

static gr_status tell_line(passing *p, gr_gift_line *line, gr_error *err)
{
    gr_bookkeeper *k = p->k;
    uint32_t number = line_at(p, p->next);
    const gr_book_line *at = &k->line[number];

    line->number = number + 1;
    line->place = at->place;
    line->recipient = &line->record->recipient[at->place];
    line->person = k->person[k->who.same[gr_book_recipient(k, at)]];
    line->has_sum = false;
    tell_worth(k, at, line);
    if (gr_book_tell_findings(k, at, line, err) != GR_OK)
        return err->status;
    return line->why.ptr ? p->take(p->context, line, err) : gr_fail_memory(err);
}

static gr_status take_record(void *context, const gr_source *source, const gr_record *record,
                             const gr_kept_record *kept, gr_error *err)
{
    passing *p = context;
    gr_bookkeeper *k = p->k;
    uint32_t number = k->line[line_at(p, p->next)].gift;
    const gr_gift *gift = gr_book_gift(k, number);
    const gr_source *known = GR_AT(k->intake->source, gr_source, gift->source);
    const gr_person *giver = &k->who.giver[gift->giver];
    gr_recipient nobody;
    gr_record copy = *record;
    gr_gift_line line = { .record = &copy,
                          .day = gift->day,
                          .id = gr_tally_id(k->intake->tally, number),
                          .format = known->format,
                          .source = { known->file.ptr, gift->line, record->column },
                          .giver_id = giver->id,
                          .giver_name = giver->name,
                          .executive = k->executive[gift->giver] };
    const gr_completing by = { k->rules,       &k->intake->supplement,
                               source->format, kept->is_amended,
                               &nobody,        NULL };
    gr_status status = GR_OK;

    gr_record_complete(&by, &copy);
    line.places = (uint32_t)copy.recipient_count;
    while (status == GR_OK && p->next < p->end && k->line[line_at(p, p->next)].gift == number) {
        if (k->line[line_at(p, p->next)].place >= copy.recipient_count)
            return gr_fail(err, GR_EBUG, GR_NOWHERE, "report it with the ledger",
                           "the gift '%.*s' has fewer recipients than before", GR_SHOW(line.id));
        status = tell_line(p, &line, err);
        p->next++;
    }
    gr_arena_reset(k->scratch);
    return status;
}

static passing passing_of(const gr_gift_book *book, gr_book_order order, uint32_t of,
                          gr_on_gift_line take, void *context)
{
    gr_bookkeeper *k = book->owned;
    const gr_book_groups *groups = order == GR_BOOK_OF_PERSON ? &k->of_person : &k->of_executive;
    passing p = { .k = k, .end = k->line_count, .take = take, .context = context };

    if (order != GR_BOOK_BY_DAY) {
        p.order = groups->line;
        p.next = groups->first[of];
        p.end = groups->first[of + 1];
    }
    return p;
}

gr_status gr_book_each(const gr_gift_book *book, gr_book_order order, uint32_t of,
                       gr_on_gift_line take, void *context, gr_error *err)
{
    gr_bookkeeper *k = book->owned;
    passing p = passing_of(book, order, of, take, context);
    gr_status status = GR_OK;

    while (status == GR_OK && p.next < p.end) {
        uint32_t gift = k->line[line_at(&p, p.next)].gift;

        status = gr_fetcher_fetch(k->fetcher, *GR_AT(k->intake->row, int64_t, gift), take_record,
                                  &p, err);
    }
    return status;
}

gr_status gr_book_each_sum(const gr_gift_book *book, gr_book_order order, uint32_t of,
                           gr_on_gift_line take, void *context, gr_error *err)
{
    gr_bookkeeper *k = book->owned;
    passing p = passing_of(book, order, of, take, context);
    gr_status status = GR_OK;

    for (; status == GR_OK && p.next < p.end; p.next++) {
        uint32_t number = line_at(&p, p.next);
        const gr_book_line *at = &k->line[number];
        const gr_gift *gift = gr_book_gift(k, at->gift);
        uint32_t entry = gr_book_entry(k, at);
        gr_gift_line line = { .number = number + 1, .day = gift->day, .place = at->place };

        line.executive = k->executive[gift->giver];
        line.person = k->person[k->who.same[gr_book_recipient(k, at)]];
        line.standing = entry == GR_NONE ? GR_LINE_OUTSIDE : gr_book_value(k, entry, &line.value);
        line.has_sum = line.standing != GR_LINE_OUTSIDE && k->stand[entry].row != NULL;
        if (line.has_sum)
            line.sum = gr_book_sum(&k->stand[entry]);
        status = gr_book_tell_findings(k, at, &line, err);
        if (status == GR_OK)
            status = take(context, &line, err);
    }
    return status;
}
