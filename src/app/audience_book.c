/* src/app/audience_book.c - the book of a view: the same lines with nobody's name in them, each masked as it passes. For an account
 * executive only own lines pass, and people, clients and months are counted anew from these. */
#include "app/audience_inside.h"

#include "app/executives.h"
#include "model/total.h"

#include <string.h>

typedef struct seen_book {
    gr_gift_book book;
    gr_viewing *viewing;
    const gr_gift_book *inner;
    bool is_own;      /* of one account executive */
    uint32_t *person; /* where is_own: by place in the inner book, place in this one, or GR_NONE */
    uint32_t *inner_person; /* and the other way round */
    gr_arena *scratch;      /* of one line; the mask's */
} seen_book;

/* ---- a line ---- */

typedef struct passing {
    const seen_book *seen;
    gr_on_gift_line take;
    void *context;
    bool of_person; /* then lines of others pass by */
} passing;

/* These say what a gift was and how it was approved, and nothing of a person. */
static bool is_free_text(gr_fact fact)
{
    return gr_fact_get(fact)->type == GR_FACT_TEXT && fact != GR_F_ID && fact != GR_F_VERSION &&
           fact != GR_F_CURRENCY && fact != GR_F_APPROVAL && fact != GR_F_BRANCH;
}

static void forget(gr_record *record, gr_fact fact)
{
    record->known &= ~(UINT64_C(1) << fact);
}

static void forget_of(gr_recipient *recipient, gr_fact fact)
{
    recipient->known &= ~(UINT64_C(1) << (fact - GR_FACT_FIRST_OF_RECIPIENT));
}

static void hide_personal(gr_record *record, gr_recipient *recipient)
{
    forget(record, GR_F_RELATIONSHIP);
    forget(record, GR_F_DECEASED);
    for (size_t i = 0; i < record->recipient_count; i++) {
        forget_of(&recipient[i], GR_F_EMAIL);
        forget_of(&recipient[i], GR_F_THROUGH);
        forget_of(&recipient[i], GR_F_JOIN_KEY);
    }
}

static void hide_names(gr_mask *m, gr_record *record, gr_recipient *recipient)
{
    for (int fact = 0; fact < GR_GIFT_FACT_COUNT; fact++)
        if (is_free_text((gr_fact)fact))
            forget(record, (gr_fact)fact);
    for (size_t i = 0; i < record->recipient_count; i++) {
        gr_recipient *one = &recipient[i];
        gr_text name = gr_mask_recipient(m, gr_recipient_text(one, GR_F_RECIPIENT_ID),
                                         gr_recipient_text(one, GR_F_NAME),
                                         gr_recipient_text(one, GR_F_EMPLOYER));

        forget_of(one, GR_F_RECIPIENT_ID);
        forget_of(one, GR_F_TITLE);
        forget_of(one, GR_F_NAME);
        if (name.len > 0)
            gr_record_set(record, one, GR_F_NAME, (gr_value){ .text = name });
    }
}

/* Free texts of which an examiner may read all but addresses; an account executive, all but who colleagues are. */
static void mask_texts(const seen_book *s, gr_record *record, gr_recipient *recipient)
{
    gr_mask *m = s->viewing->mask;

    for (int fact = 0; fact < GR_GIFT_FACT_COUNT; fact++)
        if (gr_record_knows(record, (gr_fact)fact) && is_free_text((gr_fact)fact))
            record->value[fact].text = gr_mask_text(m, s->scratch, record->value[fact].text);
    for (size_t i = 0; i < record->recipient_count; i++)
        for (int fact = GR_FACT_FIRST_OF_RECIPIENT; fact < GR_FACT_COUNT; fact++)
            if (gr_recipient_knows(&recipient[i], (gr_fact)fact) &&
                gr_fact_get((gr_fact)fact)->type == GR_FACT_TEXT) {
                gr_text *text = &recipient[i].value[fact - GR_FACT_FIRST_OF_RECIPIENT].text;

                *text = gr_mask_text(m, s->scratch, *text);
            }
}

/* A copy, in the arena of the line. */
static const gr_record *view_record(const seen_book *s, const gr_record *of)
{
    gr_record *record = gr_arena_alloc(s->scratch, sizeof *record);
    gr_recipient *recipient =
        gr_arena_alloc(s->scratch, sizeof *recipient * (of->recipient_count + 1));
    gr_mask *m = s->viewing->mask;

    if (!record || !recipient) {
        m->no_memory = true;
        return of;
    }
    *record = *of;
    if (of->recipient_count > 0)
        memcpy(recipient, of->recipient, sizeof *recipient * of->recipient_count);
    record->recipient = recipient;
    if (m->role != GR_FOR_EXECUTIVE)
        hide_personal(record, recipient);
    if (m->role == GR_FOR_AUDITOR)
        hide_names(m, record, recipient);
    mask_texts(s, record, recipient);
    return record;
}

static void view_findings(const seen_book *s, gr_gift_line *line)
{
    const gr_finding **finding =
        gr_arena_alloc(s->scratch, sizeof *finding * (line->finding_count + 1));
    size_t n = 0;

    s->viewing->mask->no_memory = s->viewing->mask->no_memory || !finding;
    for (size_t i = 0; finding && i < line->finding_count; i++) {
        finding[n] = gr_viewing_find(s->viewing, line->finding[i]);
        n += finding[n] != NULL;
    }
    line->finding = finding;
    line->finding_count = n;
}

static void view_people(const seen_book *s, gr_gift_line *line, const gr_recipient *recipient)
{
    gr_mask *m = s->viewing->mask;

    line->recipient = recipient;
    if (m->role == GR_FOR_AUDITOR) {
        gr_recipient *own = (gr_recipient *)(uintptr_t)recipient;

        line->giver_name = gr_mask_giver(m, line->giver_id, line->giver_name);
        line->giver_id = GR_TEXT("");
        if (line->person < s->book.person_count) /* whatever the record calls that one */
            gr_record_set(NULL, own, GR_F_NAME,
                          (gr_value){ .text = s->book.person[line->person].name });
    }
    if (s->is_own) {
        line->executive = 0;
        line->person = s->person ? s->person[line->person] : line->person;
    }
}

static gr_status take_line(void *context, const gr_gift_line *line, gr_error *err)
{
    passing *p = context;
    const seen_book *s = p->seen;
    gr_gift_line seen = *line;
    gr_status status;

    if (p->of_person && s->is_own && line->executive != s->viewing->own)
        return GR_OK;
    gr_arena_reset(s->scratch);
    seen.record = view_record(s, line->record);
    view_findings(s, &seen);
    view_people(s, &seen, &seen.record->recipient[line->place]);
    seen.source = gr_viewing_place(s->viewing, line->source);
    seen.why = gr_mask_text(s->viewing->mask, s->scratch, line->why);
    if (s->viewing->mask->no_memory)
        return gr_fail_memory(err);
    status = p->take(p->context, &seen, err);
    gr_arena_reset(s->viewing->mask->passing); /* pseudonyms of this line */
    return status;
}

/* Of a line that no record was read for: nothing in it names anybody but its findings. */
static gr_status take_sum(void *context, const gr_gift_line *line, gr_error *err)
{
    passing *p = context;
    const seen_book *s = p->seen;
    gr_gift_line seen = *line;

    if (p->of_person && s->is_own && line->executive != s->viewing->own)
        return GR_OK;
    gr_arena_reset(s->scratch);
    view_findings(s, &seen);
    if (s->is_own) {
        seen.executive = 0;
        seen.person = s->person[line->person];
    }
    return s->viewing->mask->no_memory ? gr_fail_memory(err) : p->take(p->context, &seen, err);
}

typedef gr_status (*each_line)(const gr_gift_book *book, gr_book_order order, uint32_t of,
                               gr_on_gift_line take, void *context, gr_error *err);

/* Of one account executive only that one's lines are passed, whatever the order. */
static gr_status pass_seen(const seen_book *s, each_line each, gr_book_order order, uint32_t of,
                           gr_on_gift_line take, void *context, gr_error *err)
{
    if (s->is_own && order != GR_BOOK_OF_PERSON) {
        order = GR_BOOK_OF_EXECUTIVE;
        of = s->viewing->own;
    } else if (s->is_own) {
        of = s->inner_person[of];
    }
    return each(s->inner, order, of, take, context, err);
}

static gr_status each(const gr_gift_book *book, gr_book_order order, uint32_t of,
                      gr_on_gift_line take, void *context, gr_error *err)
{
    const seen_book *s = book->owned;
    gr_mask *m = s->viewing->mask;
    passing p = { s, take, context, order == GR_BOOK_OF_PERSON };
    gr_status status;

    m->making = m->passing;
    status = pass_seen(s, s->inner->each, order, of, take_line, &p, err);
    m->making = m->arena;
    return status;
}

static gr_status each_sum(const gr_gift_book *book, gr_book_order order, uint32_t of,
                          gr_on_gift_line take, void *context, gr_error *err)
{
    const seen_book *s = book->owned;
    passing p = { s, take, context, order == GR_BOOK_OF_PERSON };

    return pass_seen(s, s->inner->each_sum, order, of, take_sum, &p, err);
}

/* ---- people of a whole book ---- */

static void hide_people(seen_book *s)
{
    gr_viewing *v = s->viewing;
    gr_book_person *person = gr_viewing_take(v, sizeof *person * s->book.person_count);

    for (size_t i = 0; person && i < s->book.person_count; i++) {
        person[i] = s->book.person[i];
        person[i].name =
            gr_mask_recipient(v->mask, person[i].id, person[i].name, person[i].employer);
        person[i].id = GR_TEXT("");
    }
    s->book.person = person;
}

/* ---- the book of one account executive ---- */

typedef struct counting {
    seen_book *s;
    gr_book_person *person; /* by place in the inner book */
    gr_book_client *client; /* the same */
    gr_book_month *month;   /* the same */
    gr_text id;             /* of the gift before, and where it stands */
    gr_place at;
    uint32_t
        *last_gift; /* by person, and behind these by client: number of the gift counted last */
    uint32_t gifts;
} counting;

static bool is_same_gift(const counting *c, const gr_gift_line *line)
{
    return c->gifts > 0 && c->at.line == line->source.line && c->at.file == line->source.file &&
           gr_text_equal(c->id, line->id);
}

static gr_book_month *month_of(const counting *c, gr_day day)
{
    size_t low = 0, high = c->s->inner->month_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (c->month[middle].first <= day)
            low = middle;
        else
            high = middle;
    }
    return c->s->inner->month_count > 0 && c->month[low].first <= day ? &c->month[low] : NULL;
}

static void count_findings(counting *c, const gr_gift_line *line, gr_book_person *person)
{
    gr_book_month *month = month_of(c, line->day);
    gr_summary sum = { 0 };

    for (size_t i = 0; i < line->finding_count; i++) {
        gr_summary_add_finding(&sum, line->finding[i]);
        gr_summary_add_finding(&person->findings, line->finding[i]);
        gr_summary_add_finding(&c->client[person->client].findings, line->finding[i]);
    }
    if (!month)
        return;
    month->violations += sum.violations;
    month->needs_review += sum.needs_review;
    month->warnings += sum.warnings;
}

static void count_gift(counting *c, const gr_gift_line *line)
{
    gr_book_month *month = month_of(c, line->day);

    if (is_same_gift(c, line))
        return;
    c->gifts++;
    c->id = gr_arena_copy(c->s->viewing->mask->passing, line->id);
    c->at = line->source;
    if (month)
        month->gifts++;
}

static gr_status count_line(void *context, const gr_gift_line *line, gr_error *err)
{
    counting *c = context;
    gr_book_person *person = &c->person[line->person];
    uint32_t *last_of_client =
        &c->last_gift[c->s->inner->person_count + c->s->inner->person[line->person].client];

    count_gift(c, line);
    if (!c->id.ptr)
        return gr_fail_memory(err);
    if (person->gifts == 0) {
        *person = c->s->inner->person[line->person];
        person->gifts = 0;
        person->first = line->day;
        person->findings = (gr_summary){ 0 };
    }
    person->gifts += c->last_gift[line->person] != c->gifts;
    c->last_gift[line->person] = c->gifts;
    c->client[person->client].gifts += *last_of_client != c->gifts;
    *last_of_client = c->gifts;
    person->last = line->day;
    count_findings(c, line, person);
    if (line->standing == GR_LINE_COUNTS || line->standing == GR_LINE_MAY_COUNT)
        gr_total_add(&c->s->book.counted, line->value);
    c->s->book.lines++;
    return GR_OK;
}

/* Those to whom something was given, in their order. */
static void keep_people(counting *c)
{
    seen_book *s = c->s;
    size_t n = 0;

    for (uint32_t i = 0; i < s->inner->person_count; i++) {
        s->person[i] = c->person[i].gifts > 0 ? (uint32_t)n : GR_NONE;
        if (c->person[i].gifts == 0)
            continue;
        s->inner_person[n] = i;
        c->person[n++] = c->person[i];
    }
    s->book.person = c->person;
    s->book.person_count = n;
}

static void keep_clients(counting *c)
{
    seen_book *s = c->s;
    uint32_t *place = gr_viewing_take(s->viewing, sizeof *place * s->book.person_count);
    size_t n = 0;

    for (uint32_t i = 0; place && i < s->inner->client_count; i++) {
        if (c->client[i].gifts == 0)
            continue;
        c->client[i].name = s->inner->client[i].name;
        c->client[i].person = place;
        for (uint32_t k = 0; k < s->book.person_count; k++)
            if (s->inner->person[s->inner_person[k]].client == i) {
                c->person[k].client = (uint32_t)n;
                place[c->client[i].person_count++] = k;
            }
        place += c->client[i].person_count;
        c->client[n++] = c->client[i];
    }
    s->book.client = c->client;
    s->book.client_count = n;
}

static void keep_months(counting *c)
{
    size_t from = 0, to = c->s->inner->month_count;

    while (from < to && c->month[from].gifts == 0)
        from++;
    while (to > from && c->month[to - 1].gifts == 0)
        to--;
    c->s->book.month = c->month + from;
    c->s->book.month_count = to - from;
}

static gr_status narrow(seen_book *s, gr_error *err)
{
    const gr_gift_book *inner = s->inner;
    gr_viewing *v = s->viewing;
    size_t people = inner->person_count, clients = inner->client_count;
    counting c = { .s = s,
                   .person = gr_viewing_take(v, sizeof *c.person * people),
                   .client = gr_viewing_take(v, sizeof *c.client * clients),
                   .month = gr_viewing_take(v, sizeof *c.month * inner->month_count),
                   .last_gift = gr_viewing_take(v, sizeof *c.last_gift * (people + clients)) };
    gr_status status;

    s->person = gr_viewing_take(v, sizeof *s->person * people);
    s->inner_person = gr_viewing_take(v, sizeof *s->inner_person * people);
    if (v->mask->no_memory)
        return gr_fail_memory(err);
    for (size_t i = 0; i < inner->month_count; i++)
        c.month[i].first = inner->month[i].first;
    s->book.counted = (gr_total){ .den = 1 };
    s->book.lines = 0;
    status = inner->each(inner, GR_BOOK_OF_EXECUTIVE, v->own, count_line, &c, err);
    gr_arena_reset(v->mask->passing);
    if (status != GR_OK)
        return status;
    s->book.gifts = c.gifts;
    keep_people(&c);
    keep_clients(&c);
    keep_months(&c);
    return v->mask->no_memory ? gr_fail_memory(err) : GR_OK;
}

gr_status gr_viewing_book(gr_viewing *v, gr_error *err)
{
    seen_book *s = gr_viewing_take(v, sizeof *s);

    if (!s)
        return gr_fail_memory(err);
    s->inner = v->report->book;
    s->viewing = v;
    s->scratch = v->mask->scratch;
    s->is_own = v->mask->role == GR_FOR_EXECUTIVE;
    s->book = *s->inner;
    s->book.owned = s;
    s->book.each = each;
    s->book.each_sum = each_sum;
    v->view->book = &s->book;
    if (v->mask->role == GR_FOR_AUDITOR)
        hide_people(s);
    if (v->mask->no_memory)
        return gr_fail_memory(err);
    return s->is_own ? narrow(s, err) : GR_OK;
}
