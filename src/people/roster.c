/* src/people/roster.c - the lines of a roster as they come, and what is asked of them once they are settled. */
#include "people/roster.h"

#include "base/digest.h"
#include "base/os.h"
#include "people/fold.h"
#include "people/roster_lines.h"

static gr_roster_facts no_facts(void)
{
    return (gr_roster_facts){ .executive = GR_LIST(gr_roster_executive),
                              .duty = GR_LIST(gr_roster_duty),
                              .contact = GR_LIST(gr_roster_contact),
                              .relation = GR_LIST(gr_roster_relation),
                              .event = GR_LIST(gr_roster_event),
                              .problem = GR_LIST(gr_roster_problem) };
}

gr_status gr_roster_create(gr_roster **out, gr_error *err)
{
    gr_roster *roster = gr_os_alloc(sizeof *roster);

    if (!roster)
        return gr_fail_memory(err);
    *roster = (gr_roster){ .arena = gr_arena_create(),
                           .line = GR_LIST(gr_roster_line),
                           .kin = GR_LIST(gr_roster_kin),
                           .facts = no_facts(),
                           .firm = GR_LIST(gr_roster_firm),
                           .settled = gr_arena_create() };
    if (!roster->arena || !roster->settled) {
        gr_roster_free(roster);
        return gr_fail_memory(err);
    }
    *out = roster;
    return GR_OK;
}

void gr_roster_free(gr_roster *roster)
{
    gr_roster_facts *facts = roster ? &roster->facts : NULL;

    if (!roster)
        return;
    gr_list_free(&facts->executive);
    gr_list_free(&facts->duty);
    gr_list_free(&facts->contact);
    gr_list_free(&facts->relation);
    gr_list_free(&facts->event);
    gr_list_free(&facts->problem);
    gr_list_free(&roster->line);
    gr_list_free(&roster->kin);
    gr_list_free(&roster->firm);
    gr_table_free(&roster->client);
    gr_arena_free(roster->arena);
    gr_arena_free(roster->settled);
    gr_os_free(roster);
}

/* ---- lines ---- */

static gr_text keep(gr_roster *roster, gr_text text)
{
    gr_text copy = text.len > 0 ? gr_arena_copy(roster->arena, text) : GR_TEXT("");

    roster->no_memory = roster->no_memory || !copy.ptr;
    return copy;
}

static gr_text keep_fact(gr_roster *roster, const gr_record *record, gr_fact fact)
{
    return keep(roster, gr_record_text(record, fact));
}

static gr_day day_of(const gr_record *record, gr_fact fact, gr_day otherwise)
{
    return gr_record_knows(record, fact) ? (gr_day)record->value[fact].number : otherwise;
}

static int word_of(const gr_record *record, gr_fact fact)
{
    return gr_record_knows(record, fact) ? (int)record->value[fact].number : -1;
}

static bool is_of_roster(gr_record_kind kind)
{
    return kind == GR_RECORD_EXECUTIVE || kind == GR_RECORD_RESPONSIBILITY ||
           kind == GR_RECORD_CONTACT || kind == GR_RECORD_EVENT;
}

static gr_roster_line line_of(gr_roster *roster, const gr_record *record, gr_text file,
                              uint32_t gift)
{
    bool is_event = record->kind == GR_RECORD_EVENT;

    return (gr_roster_line){
        .kind = record->kind,
        .gift = gift,
        .recipient = GR_NONE,
        .record = keep_fact(roster, record, GR_F_ID),
        .id = keep_fact(roster, record, GR_F_GIVER_ID),
        .name = keep_fact(roster, record, GR_F_GIVER_NAME),
        .client = keep_fact(roster, record, GR_F_CLIENT),
        .account = keep_fact(roster, record, GR_F_ACCOUNT),
        .crd = keep_fact(roster, record, GR_F_CRD),
        .branch = keep_fact(roster, record, GR_F_BRANCH),
        .supervisor = keep_fact(roster, record, GR_F_SUPERVISOR),
        .registration = keep_fact(roster, record, GR_F_REGISTRATION),
        .first = day_of(record, GR_F_STARTS, GR_DAY_FIRST),
        .last = day_of(record, GR_F_ENDS, GR_DAY_LAST),
        .day = day_of(record, GR_F_DATE, GR_DAY_FIRST),
        .has_last = gr_record_knows(record, GR_F_ENDS),
        .word = word_of(record, is_event ? GR_F_EVENT : GR_F_ENDED),
        .at = { file.ptr, record->line, record->column },
    };
}

/* Each person of a contact line is a contact; who stands there with a relation is somebody through whom gifts may go to
 * the first of them. */
static bool add_contacts(gr_roster *roster, const gr_record *record, const uint32_t *recipient,
                         gr_roster_line *line)
{
    uint32_t principal = GR_NONE;
    bool fits = true;

    for (size_t i = 0; fits && i < record->recipient_count; i++) {
        const gr_recipient *r = &record->recipient[i];

        if (gr_recipient_knows(r, GR_F_THROUGH))
            continue;
        line->recipient = recipient ? recipient[i] : GR_NONE;
        line->id = keep(roster, gr_recipient_text(r, GR_F_RECIPIENT_ID));
        line->name = keep(roster, gr_recipient_text(r, GR_F_NAME));
        line->client = keep(roster, gr_recipient_text(r, GR_F_EMPLOYER));
        principal = principal == GR_NONE ? line->recipient : principal;
        fits = gr_list_push(&roster->line, line);
    }
    for (size_t i = 0; fits && principal != GR_NONE && i < record->recipient_count; i++) {
        const gr_recipient *r = &record->recipient[i];
        gr_roster_kin kin = { line->gift, { principal, recipient[i], 0 } };

        if (!gr_recipient_knows(r, GR_F_THROUGH))
            continue;
        kin.relation.through = (int)r->value[GR_F_THROUGH - GR_FACT_FIRST_OF_RECIPIENT].number;
        fits = gr_list_push(&roster->kin, &kin);
    }
    return fits;
}

gr_status gr_roster_take(gr_roster *roster, const gr_record *record, gr_text file, uint32_t gift,
                         const uint32_t *recipient, gr_error *err)
{
    gr_roster_line line;
    bool fits;

    if (!is_of_roster(record->kind))
        return GR_OK;
    line = line_of(roster, record, file, gift);
    fits = record->kind == GR_RECORD_CONTACT ? add_contacts(roster, record, recipient, &line)
                                             : gr_list_push(&roster->line, &line);
    return fits && !roster->no_memory ? GR_OK : gr_fail_memory(err);
}

void gr_roster_cut(gr_roster *roster, uint32_t gift_count)
{
    while (roster->line.count > 0 &&
           GR_AT(roster->line, gr_roster_line, roster->line.count - 1)->gift >= gift_count)
        roster->line.count--;
    while (roster->kin.count > 0 &&
           GR_AT(roster->kin, gr_roster_kin, roster->kin.count - 1)->gift >= gift_count)
        roster->kin.count--;
}

bool gr_roster_is_news(const gr_roster *roster, uint32_t first_gift)
{
    return roster->line.count > 0 &&
           GR_AT(roster->line, gr_roster_line, roster->line.count - 1)->gift >= first_gift;
}

bool gr_roster_is_empty(const gr_roster *roster)
{
    return roster->line.count == 0;
}

/* ---- asking ---- */

const gr_roster_facts *gr_roster_get(const gr_roster *roster)
{
    return &roster->facts;
}

uint32_t gr_roster_find_id(const gr_roster_facts *facts, gr_text id)
{
    size_t low = 0, high = facts->executive.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (gr_text_compare(GR_AT(facts->executive, gr_roster_executive, middle)->id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < facts->executive.count && id.len > 0 &&
                   gr_text_equal(GR_AT(facts->executive, gr_roster_executive, low)->id, id)
               ? (uint32_t)low
               : GR_NONE;
}

gr_status gr_roster_find_named(gr_roster *roster, gr_text name, uint32_t from, uint32_t *out,
                               gr_error *err)
{
    const gr_list *all = &roster->facts.executive;
    gr_text folded;

    *out = GR_NONE;
    if (name.len == 0 || from >= all->count)
        return GR_OK;
    folded = gr_fold_name(roster->names, name, roster->settled);
    if (!folded.ptr)
        return gr_fail_memory(err);
    for (uint32_t i = from; folded.len > 0 && i < all->count && *out == GR_NONE; i++)
        if (gr_text_equal(GR_AT(*all, gr_roster_executive, i)->folded, folded))
            *out = i;
    return GR_OK;
}

gr_status gr_roster_find_giver(gr_roster *roster, gr_text id, gr_text name, uint32_t *out,
                               gr_error *err)
{
    uint32_t other;
    gr_status status;

    *out = gr_roster_find_id(&roster->facts, id);
    if (id.len > 0)
        return GR_OK;
    status = gr_roster_find_named(roster, name, 0, out, err);
    if (status != GR_OK || *out == GR_NONE)
        return status;
    status = gr_roster_find_named(roster, name, *out + 1, &other, err);
    if (other != GR_NONE) /* two of one name: it is not said which */
        *out = GR_NONE;
    return status;
}

/* Duties are sorted by the client as it is compared. */
static void find_duties(const gr_roster *roster, gr_text folded, gr_roster_firm *firm)
{
    const gr_list *duty = &roster->facts.duty;
    size_t low = 0, high = duty->count, end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (gr_text_compare(GR_AT(*duty, gr_roster_duty, middle)->folded, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low;
         end < duty->count && gr_text_equal(GR_AT(*duty, gr_roster_duty, end)->folded, folded);)
        end++;
    firm->first = (uint32_t)low;
    firm->count = folded.len > 0 ? (uint32_t)(end - low) : 0;
}

/* Firms are written alike most of the time: each way is folded once. */
gr_status gr_roster_find_client(gr_roster *roster, gr_text client, size_t *first, size_t *count,
                                gr_error *err)
{
    uint64_t hash = gr_hash(client, 1);
    gr_roster_firm firm;
    size_t cursor = 0;
    uint32_t i;
    gr_text folded;

    while ((i = gr_table_find(&roster->client, hash, &cursor)) != GR_NONE) {
        const gr_roster_firm *known = GR_AT(roster->firm, gr_roster_firm, i);

        if (!gr_text_equal(known->written, client))
            continue;
        *first = known->first;
        *count = known->count;
        return GR_OK;
    }
    folded = gr_fold_firm(roster->names, client, roster->settled);
    firm.written = gr_arena_copy(roster->settled, client);
    if (!folded.ptr || !firm.written.ptr)
        return gr_fail_memory(err);
    find_duties(roster, folded, &firm);
    *first = firm.first;
    *count = firm.count;
    i = (uint32_t)roster->firm.count;
    return gr_list_push(&roster->firm, &firm) && gr_table_put(&roster->client, hash, i)
               ? GR_OK
               : gr_fail_memory(err);
}
