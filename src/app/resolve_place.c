/* src/app/resolve_place.c - a fact finds its record, and the recipient in it, and the record must be silent: what stands
 * in it is corrected where it comes from, or nobody could tell any more which of the two is true. */
#include "app/resolve.h"

#include <stdio.h>

/* ---- the same person in another gift ---- */

typedef struct meeting {
    gr_resolving *r;
    const gr_intake *intake;
    gr_who who;
} meeting;

static uint32_t find_gift(const meeting *m, const gr_gift_known *known)
{
    const gr_tally *tally = m->intake->tally;

    for (uint32_t i = 0; i < tally->gift.count; i++) {
        const gr_gift *gift = GR_AT(tally->gift, gr_gift, i);
        gr_text format = GR_AT(m->intake->source, gr_source, gift->source)->format;

        if (!gift->is_dead && gr_text_equal(gr_tally_id(tally, i), known->id) &&
            gr_text_equal(format, known->format))
            return i;
    }
    return GR_NONE;
}

static bool are_linked(const gr_who *who, uint32_t a, uint32_t b)
{
    for (uint32_t i = who->link_first[a]; i < who->link_first[a + 1]; i++)
        if (who->link[i] == b)
            return true;
    return false;
}

/* Who is surely the person, else the only one who possibly is. False: nobody, or not to be told. */
static bool find_person(const meeting *m, uint32_t person, uint32_t gift, uint32_t *position)
{
    size_t count, possible = 0;
    const uint32_t *recipient = gr_tally_recipients(m->intake->tally, gift, &count);

    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = m->who.same[recipient[i]];

        if (other == person) {
            *position = i;
            return true;
        }
        if (are_linked(&m->who, person, other)) {
            possible++;
            *position = i;
        }
    }
    return possible == 1;
}

static bool meet(const meeting *m, const gr_gift_known *own)
{
    uint32_t mine = find_gift(m, own), other = find_gift(m, &m->r->about);
    uint32_t position = m->r->known.finding.position;
    const uint32_t *recipient;
    size_t count;

    if (mine == GR_NONE || other == GR_NONE)
        return false;
    recipient = gr_tally_recipients(m->intake->tally, mine, &count);
    return position < count &&
           find_person(m, m->who.same[recipient[position]], other, &m->r->fact.position);
}

/* Everybody is looked at, since anybody may be a link between two. */
static gr_status find_position(gr_resolving *r, gr_ledger *ledger)
{
    gr_intake intake;
    meeting m = { .r = r, .intake = &intake };
    gr_gift_known own;
    bool is_met = false;
    gr_status status = gr_ledger_gift_of(ledger, &r->known, r->arena, &own, r->err);

    if (status == GR_OK)
        status = gr_intake_open(r->rules, ledger, r->arena, &intake, r->err);
    if (status != GR_OK)
        return status;
    status = gr_intake_load_ledger(&intake, r->err);
    if (status == GR_OK)
        status = gr_intake_settle(&intake, &m.who, r->err);
    if (status == GR_OK)
        is_met = meet(&m, &own);
    gr_intake_close(&intake);
    if (status == GR_OK && !is_met)
        return gr_fail(r->err, GR_EINPUT, GR_NOWHERE, "decide on a finding about that person",
                       "none of the recipients of '%.*s' is surely the one whom %.*s is about",
                       GR_SHOW(r->about.id), GR_SHOW(r->known.finding.id));
    return status;
}

/* ---- the record ---- */

static gr_status find_record(gr_resolving *r, gr_ledger *ledger)
{
    bool is_other = r->gift.len > 0 && !gr_text_equal(r->gift, r->known.finding.gift);
    gr_status status =
        is_other ? gr_ledger_gift_counted(ledger, &r->known, r->gift, r->arena, &r->about, r->err)
                 : gr_ledger_gift_of(ledger, &r->known, r->arena, &r->about, r->err);

    if (status != GR_OK)
        return status;
    if (r->about.is_retracted)
        return gr_fail(r->err, GR_EINPUT, GR_NOWHERE, "there is nothing to supply",
                       "the gift '%.*s' was taken back", GR_SHOW(r->about.id));
    r->fact.format = r->about.format;
    r->fact.gift = r->about.id;
    r->fact.finding = r->known.finding.id;
    if (r->fact.fact < GR_FACT_FIRST_OF_RECIPIENT || (is_other && r->about.recipients <= 1))
        return GR_OK;
    if (is_other)
        return find_position(r, ledger);
    r->fact.position = r->known.finding.position;
    return GR_OK;
}

static gr_status check_silent(gr_resolving *r, gr_ledger *ledger)
{
    const char *name = gr_fact_get(r->fact.fact)->name;
    char room[GR_VALUE_TEXT];
    gr_value value;
    gr_text shown;
    bool is_known = false;
    gr_status status = gr_ledger_gift_fact(ledger, &r->about, r->fact.position, r->fact.fact,
                                           r->arena, &value, &is_known, r->err);

    if (status == GR_OK && r->fact.fact == GR_F_CHANGED && r->about.is_amended)
        return gr_fail(r->err, GR_EINPUT, GR_NOWHERE, "accept the finding, with the reason",
                       "the ledger itself has seen that '%.*s' was changed after approval",
                       GR_SHOW(r->about.id));
    if (status != GR_OK || !is_known)
        return status;
    shown = gr_value_print(r->fact.fact, &value, room);
    return gr_fail(r->err, GR_EINPUT, GR_NOWHERE,
                   "a decision only fills a gap: correct it where it comes from, and import that",
                   "the record of '%.*s' states %s already: %.*s", GR_SHOW(r->about.id), name,
                   GR_SHOW(shown));
}

gr_status gr_resolve_place(gr_resolving *r, gr_ledger *ledger)
{
    gr_status status = find_record(r, ledger);

    return status == GR_OK ? check_silent(r, ledger) : status;
}

/* ---- what was supplied before ---- */

static bool is_same_place(const gr_supplied *a, const gr_supplied *b)
{
    return a->fact == b->fact && gr_text_equal(a->gift, b->gift) &&
           gr_text_equal(a->format, b->format) &&
           (a->fact < GR_FACT_FIRST_OF_RECIPIENT || a->position == b->position);
}

gr_status gr_resolve_before(gr_resolving *r, gr_ledger *ledger, const gr_supplied **out)
{
    gr_supplement supplement = { .supplied = GR_LIST(gr_supplied *) };
    gr_status status = gr_supplement_load(&supplement, ledger, r->arena, r->err);

    *out = NULL;
    for (size_t i = 0; status == GR_OK && i < supplement.supplied.count; i++) {
        const gr_supplied *one = *GR_AT(supplement.supplied, gr_supplied *, i);

        if (is_same_place(one, &r->fact))
            *out = one;
    }
    gr_supplement_free(&supplement);
    return status;
}
