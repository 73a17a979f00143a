/* src/app/checker_load.c - of a ledger just those records that a planned gift may be added up with: of everybody whom its
 * recipients are, may be, or stand for. Where a rule adds up over a whole client, everything. */
#include "app/checker_inside.h"

#include "app/identities.h"
#include "app/intake_inside.h"
#include "base/os.h"
#include "ledger/approval_find.h"

#include <stdlib.h>
#include <string.h>

static gr_person person_of(const gr_recipient *r)
{
    return (gr_person){ gr_recipient_text(r, GR_F_RECIPIENT_ID), gr_recipient_text(r, GR_F_NAME),
                        gr_recipient_text(r, GR_F_EMPLOYER), gr_recipient_text(r, GR_F_EMAIL) };
}

/* ---- approvals ---- */

bool gr_approval_is_given(const gr_record *approval)
{
    return gr_record_knows(approval, GR_F_DELIVERED);
}

gr_day gr_approval_end(const gr_checker *checker, const gr_record *approval)
{
    if (gr_approval_is_given(approval))
        return GR_DAY_LAST;
    if (gr_record_knows(approval, GR_F_ENDS))
        return (gr_day)approval->value[GR_F_ENDS].number;
    return (gr_day)approval->value[GR_F_DATE].number +
           checker->rules->set->reconciling.nearest_days;
}

/* An approval that is open counts as the gift that it is for. */
static gr_status is_open(const gr_checking *c, const gr_record *approval, bool *out, gr_error *err)
{
    gr_text number = gr_record_text(approval, GR_F_ID);
    bool is_used = false;
    gr_status status = GR_OK;

    *out = false;
    if (!gr_record_knows(approval, GR_F_DATE) || gr_approval_end(c->checker, approval) < c->as_of ||
        (c->except.len > 0 && gr_text_equal(number, c->except)))
        return GR_OK;
    if (number.len > 0)
        status = gr_ledger_approval_is_used(c->side->ledger, number, &is_used, err);
    *out = !is_used;
    return status;
}

static void make_gift(gr_record *approval)
{
    approval->kind = GR_RECORD_GIFT;
    approval->known &=
        ~(UINT64_C(1) << GR_F_ENDS | UINT64_C(1) << GR_F_DELIVERED | UINT64_C(1) << GR_F_APPROVAL);
}

/* ---- records ---- */

static gr_status number_source(gr_checking *c, int64_t row, const gr_source *source, uint32_t *out,
                               gr_error *err)
{
    gr_intake *intake = &c->intake;

    for (size_t i = 0; i < c->source_row.count; i++) {
        if (*GR_AT(c->source_row, int64_t, i) == row) {
            *out = (uint32_t)i;
            return GR_OK;
        }
    }
    *out = (uint32_t)intake->source.count;
    if (!gr_list_push(&c->source_row, &row))
        return gr_fail_memory(err);
    if (!gr_intake_add_source(intake, source)) {
        *err = intake->error;
        return intake->status;
    }
    return GR_OK;
}

static gr_status take(void *context, const gr_source *source, const gr_record *record,
                      const gr_kept_record *kept, gr_error *err)
{
    gr_checking *c = context;
    gr_record copy = *record;
    uint32_t number;
    bool is_counted = true;
    gr_status status = GR_OK;

    if (copy.kind == GR_RECORD_APPROVAL) {
        status = is_open(c, &copy, &is_counted, err);
        make_gift(&copy);
    }
    if (status != GR_OK || !is_counted)
        return status;
    status = number_source(c, kept->source, source, &number, err);
    if (status != GR_OK)
        return status;
    gr_intake_add_record(&c->intake, number, source->format, &copy, kept, GR_NONE);
    if (c->intake.status != GR_OK)
        *err = c->intake.error;
    return c->intake.status;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void sort(gr_list *rows)
{
    if (rows->count > 1)
        qsort(rows->items, rows->count, sizeof(int64_t), by_number);
}

static bool is_first(const gr_list *rows, size_t i)
{
    return i == 0 || *GR_AT(*rows, int64_t, i) != *GR_AT(*rows, int64_t, i - 1);
}

/* Each once, in the order in which they came. */
static gr_status fetch(gr_checking *c, gr_list *rows, gr_error *err)
{
    gr_status status = GR_OK;

    sort(rows);
    for (size_t i = 0; status == GR_OK && i < rows->count; i++)
        if (is_first(rows, i))
            status = gr_fetcher_fetch(c->side->fetcher, *GR_AT(*rows, int64_t, i), take, c, err);
    return status;
}

/* ---- who ---- */

static gr_status meet_asked(gr_checking *c, gr_acquaintance *known, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < c->planned->recipient_count; i++) {
        gr_person person = person_of(&c->planned->recipient[i]);

        if (person.id.len + person.name.len > 0)
            status = gr_directory_meet(c->side->directory, c->side->ledger, &person, known, err);
    }
    return status;
}

typedef struct spellings {
    gr_checking *c;
    gr_list person; /* of gr_person; texts are the arena's */
} spellings;

static bool is_same_spelling(const gr_person *a, const gr_person *b)
{
    return gr_text_equal(a->id, b->id) && gr_text_equal(a->name, b->name) &&
           gr_text_equal(a->employer, b->employer) && gr_text_equal(a->email, b->email);
}

/* Many rows are written alike. */
static gr_status add_spelling(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    spellings *s = context;
    gr_arena *arena = s->c->arena;
    gr_person copy;

    (void)row;
    for (size_t i = 0; i < s->person.count; i++)
        if (is_same_spelling(GR_AT(s->person, gr_person, i), person))
            return GR_OK;
    copy =
        (gr_person){ gr_arena_copy(arena, person->id), gr_arena_copy(arena, person->name),
                     gr_arena_copy(arena, person->employer), gr_arena_copy(arena, person->email) };
    if (!copy.id.ptr || !copy.name.ptr || !copy.employer.ptr || !copy.email.ptr ||
        !gr_list_push(&s->person, &copy))
        return gr_fail_memory(err);
    return GR_OK;
}

/* The gift counts as possible for whoever may be its recipient: what these may have got besides is needed too. */
static gr_status meet_all(gr_checking *c, gr_acquaintance *known, gr_error *err)
{
    spellings s = { c, GR_LIST(gr_person) };
    gr_status status = meet_asked(c, known, err);
    size_t first = known->row.count;

    for (size_t i = 0; status == GR_OK && i < first; i++)
        status = gr_ledger_party_read(c->side->ledger, *GR_AT(known->row, int64_t, i), add_spelling,
                                      &s, err);
    for (size_t i = 0; status == GR_OK && i < s.person.count; i++)
        status = gr_directory_meet(c->side->directory, c->side->ledger,
                                   GR_AT(s.person, gr_person, i), known, err);
    gr_list_free(&s.person);
    return status;
}

typedef struct party {
    gr_checking *c;
    uint32_t number;
} party;

static gr_status take_party(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    party *p = context;

    (void)row;
    p->number = gr_people_recipient(p->c->intake.people, person);
    return p->number == GR_NONE ? gr_fail_memory(err) : GR_OK;
}

static gr_status find_party(gr_checking *c, int64_t row, uint32_t *out, gr_error *err)
{
    party p = { c, GR_NONE };
    gr_status status = gr_ledger_party_read(c->side->ledger, row, take_party, &p, err);

    *out = p.number;
    return status;
}

static gr_status relate(gr_checking *c, const gr_list *relations, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < relations->count; i++) {
        const gr_known_relation *r = GR_AT(*relations, gr_known_relation, i);
        uint32_t principal = GR_NONE, other = GR_NONE;

        status = find_party(c, r->principal, &principal, err);
        if (status == GR_OK)
            status = find_party(c, r->other, &other, err);
        if (status == GR_OK && principal != GR_NONE && other != GR_NONE &&
            !gr_people_relate(c->intake.people, principal, other, r->through))
            status = gr_fail_memory(err);
    }
    return status;
}

/* ---- all ---- */

static gr_status load_some(gr_checking *c, gr_error *err)
{
    gr_acquaintance known = { GR_LIST(int64_t), GR_LIST(gr_known_relation) };
    gr_list rows = GR_LIST(int64_t);
    gr_status status = meet_all(c, &known, err);

    for (size_t i = 0; status == GR_OK && i < known.row.count; i++)
        status = gr_ledger_records_of(c->side->ledger, *GR_AT(known.row, int64_t, i), &rows, err);
    if (status == GR_OK)
        status = fetch(c, &rows, err);
    if (status == GR_OK)
        status = relate(c, &known.relation, err);
    gr_list_free(&known.row);
    gr_list_free(&known.relation);
    gr_list_free(&rows);
    return status;
}

static gr_status load_whole(gr_checking *c, gr_error *err)
{
    gr_list rows = GR_LIST(int64_t);
    gr_status status = gr_ledger_records_in_force(c->side->ledger, &rows, err);

    if (status == GR_OK)
        status = fetch(c, &rows, err);
    if (status == GR_OK)
        status = gr_intake_relate(&c->intake, err);
    gr_list_free(&rows);
    return status;
}

static gr_status number_planned(gr_checking *c, gr_error *err)
{
    const gr_record *r = c->planned;
    static const gr_source planned = { .file = { "the gift that is asked for", 26 },
                                       .format = { "gift-log", 8 } };

    c->giver = gr_people_giver(c->intake.people, gr_record_text(r, GR_F_GIVER_ID),
                               gr_record_text(r, GR_F_GIVER_NAME));
    c->recipient = gr_arena_alloc(c->arena, sizeof *c->recipient * (r->recipient_count + 1));
    if (!c->recipient || c->giver == GR_NONE)
        return gr_fail_memory(err);
    for (size_t i = 0; i < r->recipient_count; i++) {
        gr_person person = person_of(&r->recipient[i]);

        c->recipient[i] = gr_people_recipient(c->intake.people, &person);
        if (c->recipient[i] == GR_NONE)
            return gr_fail_memory(err);
    }
    c->source = (uint32_t)c->intake.source.count;
    if (!gr_intake_add_source(&c->intake, &planned))
        return gr_fail_memory(err);
    return GR_OK;
}

gr_status gr_checking_load(gr_checking *c, gr_error *err)
{
    gr_intake *intake = &c->intake;
    gr_status status = gr_supplement_load(&intake->supplement, c->side->ledger, c->arena, err);

    intake->ledger = c->side->ledger;
    intake->only_lists = true;
    if (status == GR_OK)
        status =
            gr_identities_load(c->side->ledger, intake->people, c->arena, &intake->identity, err);
    if (status == GR_OK)
        status = gr_ruleset_adds_per_client(c->checker->rules->set) ? load_whole(c, err)
                                                                    : load_some(c, err);
    return status == GR_OK ? number_planned(c, err) : status;
}
