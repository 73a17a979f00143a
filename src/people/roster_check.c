/* src/people/roster_check.c - what of a roster does not fit together. An error makes what its line says unusable: supervisors
 * in a circle supervise nobody. A warning is most likely a slip; a note may be as it should be, such as a client for
 * whom nobody is responsible for some days. */
#include "people/roster.h"

#include "base/os.h"
#include "people/roster_lines.h"

#include <stdlib.h>
#include <string.h>

static const gr_roster_executive *executive_at(const gr_roster *roster, uint32_t i)
{
    return GR_AT(roster->facts.executive, gr_roster_executive, i);
}

static const gr_roster_duty *duty_at(const gr_roster *roster, size_t i)
{
    return GR_AT(roster->facts.duty, gr_roster_duty, i);
}

/* ---- supervisors ---- */

static void check_supervisors(gr_roster *roster)
{
    for (uint32_t i = 0; i < roster->facts.executive.count; i++) {
        const gr_roster_executive *one = executive_at(roster, i);
        char day[GR_DAY_TEXT];

        if (one->supervisor.len > 0 && one->chief == GR_NONE)
            gr_roster_complain(
                roster, GR_ROSTER_WARNING, one->record, one->at,
                "add a line for the supervisor, or correct the id",
                gr_arena_print(roster->settled,
                               "'%.*s', the supervisor of '%.*s', is not on the roster",
                               GR_SHOW(one->supervisor), GR_SHOW(one->id)));
        else if (one->chief != GR_NONE && executive_at(roster, one->chief)->last < one->last)
            gr_roster_complain(
                roster, GR_ROSTER_WARNING, one->record, one->at, "name the supervisor of today",
                gr_arena_print(roster->settled,
                               "'%.*s', the supervisor of '%.*s', is in the firm until %s only",
                               GR_SHOW(one->supervisor), GR_SHOW(one->id),
                               gr_day_print(executive_at(roster, one->chief)->last, day)));
    }
}

/* "AE-1, AE-2, AE-3": as many as fit into a message. */
static gr_text list_circle(gr_roster *roster, uint32_t start)
{
    enum { MOST = 8 };
    gr_text list = GR_TEXT("");
    uint32_t i = start, n = 0;

    do {
        list = gr_arena_print(roster->settled, "%.*s%s'%.*s'", GR_ALL(list), n ? ", " : "",
                              GR_SHOW(executive_at(roster, i)->id));
        i = executive_at(roster, i)->chief;
    } while (list.ptr && i != start && ++n < MOST);
    if (list.ptr && i != start)
        list = gr_arena_print(roster->settled, "%.*s and others", GR_ALL(list));
    roster->no_memory = roster->no_memory || !list.ptr;
    return list.ptr ? list : GR_TEXT("");
}

/* The one whose line stands first speaks for the circle. */
static void tell_circle(gr_roster *roster, uint32_t member)
{
    uint32_t first = member, i = executive_at(roster, member)->chief, next;

    for (; i != member; i = executive_at(roster, i)->chief)
        if (gr_roster_by_place(executive_at(roster, i)->at, executive_at(roster, first)->at) < 0)
            first = i;
    gr_roster_complain(
        roster, GR_ROSTER_ERROR, executive_at(roster, first)->record,
        executive_at(roster, first)->at, "somebody at the top has no supervisor in the roster",
        executive_at(roster, first)->chief == first
            ? gr_arena_print(roster->settled, "%.*s is his or her own supervisor",
                             GR_ALL(list_circle(roster, first)))
            : gr_arena_print(roster->settled, "%.*s supervise each other in a circle",
                             GR_ALL(list_circle(roster, first))));
    for (i = first;; i = next) {
        gr_roster_executive *one = GR_AT(roster->facts.executive, gr_roster_executive, i);

        next = one->chief;
        one->chief = GR_NONE;
        if (next == first)
            return;
    }
}

/* Follows each chain once: seen has the start from which somebody was met. */
static void check_circles(gr_roster *roster)
{
    uint32_t count = (uint32_t)roster->facts.executive.count;
    uint32_t *seen = gr_arena_zero(roster->settled, sizeof *seen * (count + 1));

    if (!seen) {
        roster->no_memory = true;
        return;
    }
    for (uint32_t start = 0; start < count; start++) {
        uint32_t i = start;

        for (; i != GR_NONE && seen[i] == 0; i = executive_at(roster, i)->chief)
            seen[i] = start + 1;
        if (i != GR_NONE && seen[i] == start + 1)
            tell_circle(roster, i);
    }
}

/* ---- one number for two people ---- */

typedef struct numbered {
    gr_text crd;
    const gr_roster_executive *who;
} numbered;

static int by_number(const void *a, const void *b)
{
    const numbered *x = a, *y = b;
    int order = gr_text_compare(x->crd, y->crd);

    return order ? order : gr_roster_by_place(x->who->at, y->who->at);
}

static void check_numbers(gr_roster *roster)
{
    size_t count = roster->facts.executive.count, n = 0;
    numbered *all = gr_arena_alloc(roster->settled, sizeof *all * (count + 1));

    if (!all) {
        roster->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        if (executive_at(roster, i)->crd.len > 0)
            all[n++] = (numbered){ executive_at(roster, i)->crd, executive_at(roster, i) };
    qsort(all, n, sizeof *all, by_number);
    for (size_t i = 1; i < n; i++)
        if (gr_text_equal(all[i].crd, all[i - 1].crd))
            gr_roster_complain(roster, GR_ROSTER_WARNING, all[i].who->record, all[i].who->at,
                               "one person has one CRD number: correct it, or the id",
                               gr_arena_print(roster->settled,
                                              "'%.*s' has the CRD number %.*s of '%.*s'",
                                              GR_SHOW(all[i].who->id), GR_SHOW(all[i].crd),
                                              GR_SHOW(all[i - 1].who->id)));
}

/* ---- responsibilities ---- */

static void check_employment(gr_roster *roster, const gr_roster_duty *duty)
{
    const gr_roster_executive *who = executive_at(roster, duty->executive);
    bool before = duty->first > GR_DAY_FIRST && duty->first < who->first;
    bool after = who->last < GR_DAY_LAST && duty->last > who->last;
    char day[GR_DAY_TEXT];

    if (before || after)
        gr_roster_complain(
            roster, GR_ROSTER_WARNING, duty->record, duty->at, "say who is responsible then",
            gr_arena_print(roster->settled,
                           "'%.*s' is responsible for %.*s, and in the firm %s %s only",
                           GR_SHOW(who->id), GR_SHOW(duty->client), before ? "from" : "until",
                           gr_day_print(before ? who->first : who->last, day)));
}

/* One account has one account executive on a day; without an account, a client may have several. */
static void check_overlap(gr_roster *roster, const gr_roster_duty *a, const gr_roster_duty *b)
{
    gr_day first = a->first > b->first ? a->first : b->first;
    gr_day last = a->last < b->last ? a->last : b->last;
    bool is_later = gr_roster_by_place(a->at, b->at) > 0;
    const gr_roster_duty *told = is_later ? a : b;
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    if (a->executive == b->executive || a->account.len == 0 ||
        !gr_text_equal(a->account, b->account) || first > last)
        return;
    gr_roster_complain(
        roster, GR_ROSTER_WARNING, told->record, told->at, "end one of the two lines",
        gr_arena_print(roster->settled,
                       "'%.*s' and '%.*s' are both responsible for account '%.*s' of %.*s%s%s%s%s",
                       GR_SHOW(executive_at(roster, (is_later ? b : a)->executive)->id),
                       GR_SHOW(executive_at(roster, told->executive)->id), GR_SHOW(a->account),
                       GR_SHOW(a->client), first > GR_DAY_FIRST ? " from " : "",
                       first > GR_DAY_FIRST ? gr_day_print(first, from) : "",
                       last < GR_DAY_LAST ? " to " : "",
                       last < GR_DAY_LAST ? gr_day_print(last, to) : ""));
}

static void tell_gap(gr_roster *roster, const gr_roster_duty *duty, gr_day first)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    gr_roster_complain(roster, GR_ROSTER_NOTE, duty->record, duty->at,
                       "add a line if somebody was: gifts of these days are told to nobody",
                       gr_arena_print(roster->settled,
                                      "nobody is responsible for %.*s from %s to %s",
                                      GR_SHOW(duty->client), gr_day_print(first, from),
                                      gr_day_print(duty->first - 1, to)));
}

/* Duties of one client, by their first day. A client of very many overlapping lines is not looked at pair by pair. */
static void check_client(gr_roster *roster, size_t from, size_t to)
{
    enum { NEIGHBOURS = 64 };
    gr_day reached = duty_at(roster, from)->last;

    for (size_t i = from; i < to; i++) {
        const gr_roster_duty *duty = duty_at(roster, i);

        check_employment(roster, duty);
        for (size_t k = i > from + NEIGHBOURS ? i - NEIGHBOURS : from; k < i; k++)
            check_overlap(roster, duty_at(roster, k), duty);
        if (reached < GR_DAY_LAST && duty->first > reached + 1)
            tell_gap(roster, duty, reached + 1);
        reached = duty->last > reached ? duty->last : reached;
    }
}

static void check_duties(gr_roster *roster)
{
    size_t count = roster->facts.duty.count;

    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && gr_text_equal(duty_at(roster, to)->folded,
                                                        duty_at(roster, from)->folded);)
            to++;
        check_client(roster, from, to);
    }
}

/* ---- contacts and events ---- */

static void check_contacts(gr_roster *roster)
{
    for (size_t i = 0; i < roster->facts.contact.count; i++) {
        const gr_roster_contact *one = GR_AT(roster->facts.contact, gr_roster_contact, i);

        if (one->ended >= 0 && !one->has_last)
            gr_roster_complain(roster, GR_ROSTER_WARNING, one->record, one->at, "add the last day",
                               gr_arena_print(roster->settled,
                                              "%.*s is gone (%.*s), and no day says since when",
                                              GR_SHOW(one->name.len > 0 ? one->name : one->id),
                                              GR_SHOW(gr_fact_word_get(GR_F_ENDED, one->ended))));
    }
}

static void check_events(gr_roster *roster)
{
    for (size_t i = 0; i < roster->facts.event.count; i++) {
        const gr_roster_event *one = GR_AT(roster->facts.event, gr_roster_event, i);
        size_t first, count;
        gr_error ignored;

        if (gr_roster_find_client(roster, one->client, &first, &count, &ignored) != GR_OK)
            roster->no_memory = true;
        else if (count == 0 && roster->facts.duty.count > 0)
            gr_roster_complain(roster, GR_ROSTER_NOTE, one->record, one->at,
                               "write the client as its responsibility has it",
                               gr_arena_print(roster->settled,
                                              "nobody is ever responsible for %.*s, of the event",
                                              GR_SHOW(one->client)));
    }
}

void gr_roster_check(gr_roster *roster)
{
    check_supervisors(roster);
    check_circles(roster);
    check_numbers(roster);
    check_duties(roster);
    check_contacts(roster);
    check_events(roster);
}
