/* src/people/roster_settle.c - from lines to facts: those that are alive, sorted, the two lines of one person made one, each
 * responsibility with its account executive, each account executive with the supervisor. */
#include "people/roster.h"

#include "base/os.h"
#include "people/fold.h"
#include "people/roster_lines.h"

#include <stdlib.h>
#include <string.h>

int gr_roster_by_place(gr_place a, gr_place b)
{
    int order = strcmp(a.file, b.file);

    if (order == 0)
        order = (a.line > b.line) - (a.line < b.line);
    return order ? order : (a.column > b.column) - (a.column < b.column);
}

static int by_days(gr_day a, gr_day b)
{
    return (a > b) - (a < b);
}

static void sort(gr_list *list, int (*order)(const void *, const void *))
{
    if (list->count > 1)
        qsort(list->items, list->count, list->size, order);
}

/* ---- orders: all that a line says, so that its place decides only between lines that are alike ---- */

static int by_id(const void *a, const void *b)
{
    const gr_roster_executive *x = a, *y = b;
    int order = gr_text_compare(x->id, y->id);

    if (order == 0)
        order = gr_roster_by_place(x->at, y->at);
    return order ? order : gr_text_compare(x->record, y->record);
}

static int by_client(const void *a, const void *b)
{
    const gr_roster_duty *x = a, *y = b;
    int order = gr_text_compare(x->folded, y->folded);

    if (order == 0)
        order = by_days(x->first, y->first);
    if (order == 0)
        order = (x->executive > y->executive) - (x->executive < y->executive);
    if (order == 0)
        order = gr_text_compare(x->account, y->account);
    if (order == 0)
        order = gr_text_compare(x->record, y->record);
    return order ? order : gr_roster_by_place(x->at, y->at);
}

static int by_person(const void *a, const void *b)
{
    const gr_roster_contact *x = a, *y = b;
    int order = gr_text_compare(x->id, y->id);

    if (order == 0)
        order = gr_text_compare(x->name, y->name);
    if (order == 0)
        order = by_days(x->first, y->first);
    if (order == 0)
        order = gr_text_compare(x->record, y->record);
    return order ? order : gr_roster_by_place(x->at, y->at);
}

static int by_event(const void *a, const void *b)
{
    const gr_roster_event *x = a, *y = b;
    int order = by_days(x->day, y->day);

    if (order == 0)
        order = gr_text_compare(x->folded, y->folded);
    if (order == 0)
        order = gr_text_compare(x->record, y->record);
    return order ? order : gr_roster_by_place(x->at, y->at);
}

static int by_problem(const void *a, const void *b)
{
    const gr_roster_problem *x = a, *y = b;
    int order = gr_roster_by_place(x->at, y->at);

    if (order == 0)
        order = (int)y->weight - (int)x->weight;
    return order ? order : gr_text_compare(x->message, y->message);
}

/* ---- problems ---- */

void gr_roster_complain(gr_roster *roster, gr_roster_weight weight, gr_text record, gr_place at,
                        const char *hint, gr_text message)
{
    gr_roster_problem problem = { weight, record, at, message, gr_text_of(hint) };

    if (!message.ptr || !gr_list_push(&roster->facts.problem, &problem))
        roster->no_memory = true;
}

/* ---- from lines ---- */

static gr_text fold_firm(gr_roster *roster, gr_text firm)
{
    gr_text folded = gr_fold_firm(roster->names, firm, roster->settled);

    roster->no_memory = roster->no_memory || !folded.ptr;
    return folded;
}

static bool add_executive(gr_roster *roster, const gr_roster_line *line)
{
    gr_roster_executive one = {
        .id = line->id,
        .name = line->name,
        .crd = line->crd,
        .branch = line->branch,
        .supervisor = line->supervisor,
        .registration = line->registration,
        .first = line->first,
        .last = line->last,
        .chief = GR_NONE,
        .folded = gr_fold_name(roster->names, line->name, roster->settled),
        .record = line->record,
        .at = line->at,
    };

    return one.folded.ptr && gr_list_push(&roster->facts.executive, &one);
}

static bool add_contact(gr_roster *roster, const gr_roster_line *line)
{
    gr_roster_contact one = { .recipient = line->recipient,
                              .id = line->id,
                              .name = line->name,
                              .employer = line->client,
                              .folded = fold_firm(roster, line->client),
                              .first = line->first,
                              .last = line->last,
                              .has_last = line->has_last,
                              .ended = line->word,
                              .record = line->record,
                              .at = line->at };

    return gr_list_push(&roster->facts.contact, &one);
}

static bool add_event(gr_roster *roster, const gr_roster_line *line)
{
    gr_roster_event one = { .client = line->client,
                            .folded = fold_firm(roster, line->client),
                            .day = line->day,
                            .event = line->word,
                            .record = line->record,
                            .at = line->at };

    return gr_list_push(&roster->facts.event, &one);
}

static bool add_duty(gr_roster *roster, const gr_roster_line *line)
{
    gr_roster_duty one = { .client = line->client,
                           .account = line->account,
                           .folded = fold_firm(roster, line->client),
                           .executive = gr_roster_find_id(&roster->facts, line->id),
                           .first = line->first,
                           .last = line->last,
                           .record = line->record,
                           .at = line->at };

    if (one.executive != GR_NONE)
        return gr_list_push(&roster->facts.duty, &one);
    gr_roster_complain(
        roster, GR_ROSTER_ERROR, line->record, line->at,
        "add a line for the account executive, or correct the id",
        gr_arena_print(roster->settled,
                       "'%.*s', who is to be responsible for %.*s, is not on the roster",
                       GR_SHOW(line->id), GR_SHOW(line->client)));
    return true;
}

static bool add_line(gr_roster *roster, const gr_roster_line *line, bool is_duty)
{
    if ((line->kind == GR_RECORD_RESPONSIBILITY) != is_duty)
        return true;
    switch (line->kind) {
    case GR_RECORD_EXECUTIVE:
        return add_executive(roster, line);
    case GR_RECORD_RESPONSIBILITY:
        return add_duty(roster, line);
    case GR_RECORD_CONTACT:
        return add_contact(roster, line);
    default:
        return add_event(roster, line);
    }
}

/* ---- two lines of one account executive ---- */

/* What they say otherwise is unknown. */
static void agree(gr_text *a, gr_text b, const char *what, const char **differs)
{
    if (gr_text_equal(*a, b))
        return;
    *differs = *differs ? *differs : what;
    *a = GR_TEXT("");
}

/* Within one format an id stands once; a firm may have a second one for its rosters. */
static void join(gr_roster *roster, gr_roster_executive *one, const gr_roster_executive *again)
{
    const char *differs = NULL;

    agree(&one->crd, again->crd, "CRD number", &differs);
    agree(&one->branch, again->branch, "branch", &differs);
    agree(&one->supervisor, again->supervisor, "supervisor", &differs);
    agree(&one->registration, again->registration, "registration", &differs);
    one->first = again->first < one->first ? again->first : one->first;
    one->last = again->last > one->last ? again->last : one->last;
    if (!differs)
        return;
    gr_roster_complain(roster, GR_ROSTER_ERROR, again->record, again->at,
                       "keep the line that is right: until then it is unknown",
                       gr_arena_print(roster->settled, "'%.*s' stands at %.100s:%u with another %s",
                                      GR_SHOW(one->id), one->at.file, one->at.line, differs));
}

static void join_executives(gr_roster *roster)
{
    gr_list *all = &roster->facts.executive;
    size_t n = 0;

    for (size_t i = 0; i < all->count; i++) {
        gr_roster_executive *one = GR_AT(*all, gr_roster_executive, i);
        gr_roster_executive *last = n > 0 ? GR_AT(*all, gr_roster_executive, n - 1) : NULL;

        if (last && gr_text_equal(last->id, one->id))
            join(roster, last, one);
        else
            *GR_AT(*all, gr_roster_executive, n++) = *one;
    }
    all->count = n;
}

static void find_chiefs(gr_roster *roster)
{
    const gr_list *all = &roster->facts.executive;

    for (size_t i = 0; i < all->count; i++) {
        gr_roster_executive *one = GR_AT(*all, gr_roster_executive, i);

        one->chief = gr_roster_find_id(&roster->facts, one->supervisor);
    }
}

/* ---- all ---- */

static void clear(gr_roster *roster)
{
    gr_roster_facts *facts = &roster->facts;
    gr_list *all[] = { &facts->executive, &facts->duty,  &facts->contact,
                       &facts->relation,  &facts->event, &facts->problem };

    for (size_t i = 0; i < GR_COUNT(all); i++)
        gr_list_cut(all[i], 0);
    gr_list_cut(&roster->firm, 0);
    gr_table_free(&roster->client);
    gr_arena_reset(roster->settled);
}

static bool add_lines(gr_roster *roster, gr_is_dead is_dead, void *context, bool duties)
{
    bool fits = true;

    for (size_t i = 0; fits && i < roster->line.count; i++) {
        const gr_roster_line *line = GR_AT(roster->line, gr_roster_line, i);

        fits = (is_dead && is_dead(context, line->gift)) || add_line(roster, line, duties);
    }
    return fits;
}

static bool add_relations(gr_roster *roster, gr_is_dead is_dead, void *context)
{
    bool fits = true;

    for (size_t i = 0; fits && i < roster->kin.count; i++) {
        const gr_roster_kin *kin = GR_AT(roster->kin, gr_roster_kin, i);

        fits = (is_dead && is_dead(context, kin->gift)) ||
               gr_list_push(&roster->facts.relation, &kin->relation);
    }
    return fits;
}

gr_status gr_roster_settle(gr_roster *roster, const gr_names *names, gr_is_dead is_dead,
                           void *context, gr_error *err)
{
    gr_roster_facts *facts = &roster->facts;
    bool fits;

    roster->names = names;
    clear(roster);
    fits = add_lines(roster, is_dead, context, false);
    sort(&facts->executive, by_id);
    join_executives(roster);
    fits = fits && add_lines(roster, is_dead, context, true) &&
           add_relations(roster, is_dead, context);
    sort(&facts->duty, by_client);
    sort(&facts->contact, by_person);
    sort(&facts->event, by_event);
    find_chiefs(roster);
    if (fits)
        gr_roster_check(roster);
    sort(&facts->problem, by_problem);
    return fits && !roster->no_memory ? GR_OK : gr_fail_memory(err);
}
