/* src/app/roster_findings.c - see roster_findings.h. Each asks a person: a roster may be late, and a name misspelt. Of
 * somebody who gave a hundred gifts there is one finding, about the first of them, or a roster without the half of a
 * department would bury everything else. */
#include "app/roster_findings.h"

#include "base/os.h"
#include "ledger/roster_read.h"
#include "people/fold.h"

#include <stdlib.h>
#include <string.h>

static const char kind_gone[] = "recipient-gone";

typedef struct looking {
    gr_intake *intake;
    const gr_subject *subject;
    const gr_roster_facts *facts;
    gr_text currency;
    bool no_memory;
    gr_error *err;
} looking;

/* Gifts of one giver that the roster does not account for. */
typedef struct strange {
    uint32_t gifts, first; /* first: by day and id */
    gr_day last;
    uint32_t executive; /* GR_NONE: not on the roster */
} strange;

static const gr_gift *gift_at(const looking *l, uint32_t i)
{
    return GR_AT(l->subject->tally->gift, gr_gift, i);
}

static bool is_asked_for(const looking *l, const gr_gift *gift)
{
    return gr_gift_counts(gift) && gift->day >= l->subject->out->from &&
           gift->day <= l->subject->out->to;
}

/* Text that was made in the arena of the judgement; empty where there is no memory. */
static gr_text made(looking *l, gr_text text)
{
    l->no_memory = l->no_memory || !text.ptr;
    return text.ptr ? text : GR_TEXT("");
}

static void add(looking *l, gr_judged *judged, const char *kind, gr_text reason, gr_text question)
{
    gr_finding *f = &judged->finding;

    f->verdict = GR_NEEDS_REVIEW;
    f->kind = gr_text_of(kind);
    f->provision = f->kind;
    f->reason = made(l, reason);
    f->question = made(l, question);
    if (!gr_finding_name(l->subject, judged) || !gr_list_push(&l->subject->out->judged, judged))
        l->no_memory = true;
}

/* ---- who gave ---- */

static bool is_first(const looking *l, uint32_t gift, uint32_t before)
{
    const gr_gift *a = gift_at(l, gift), *b = gift_at(l, before);
    const gr_origin *source = l->subject->out->source;
    int order;

    if (a->day != b->day)
        return a->day < b->day;
    order = gr_text_compare(gr_tally_id(l->subject->tally, gift),
                            gr_tally_id(l->subject->tally, before));
    if (order == 0)
        order = gr_text_compare(source[a->source].format, source[b->source].format);
    if (order == 0)
        order = gr_text_compare(source[a->source].file, source[b->source].file);
    return order < 0 || (order == 0 && a->line < b->line);
}

static void note(const looking *l, strange *s, uint32_t gift)
{
    gr_day day = gift_at(l, gift)->day;

    if (s->gifts == 0 || is_first(l, gift, s->first))
        s->first = gift;
    s->last = s->gifts == 0 || day > s->last ? day : s->last;
    s->gifts++;
}

static bool is_outside(const looking *l, uint32_t executive, gr_day day)
{
    const gr_roster_executive *who = GR_AT(l->facts->executive, gr_roster_executive, executive);

    return day < who->first || day > who->last;
}

/* "3 gifts from 2025-01-03 to 2025-06-20", "a gift of 2025-01-03" */
static gr_text say_gifts(looking *l, const strange *s)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    gr_day_print(gift_at(l, s->first)->day, from);
    gr_day_print(s->last, to);
    return made(l, s->gifts == 1 ? gr_arena_print(l->subject->out->arena, "a gift of %s", from)
                                 : gr_arena_print(l->subject->out->arena, "%u gifts from %s to %s",
                                                  s->gifts, from, to));
}

static gr_text name_of(gr_text id, gr_text name)
{
    return name.len > 0 ? name : id.len > 0 ? id : GR_TEXT("somebody without a name");
}

/* Somebody of the same name under another id may be the same person, or may not. */
static gr_text ask_who(looking *l, const gr_person *giver)
{
    gr_arena *arena = l->subject->out->arena;
    uint32_t named = GR_NONE;

    if (gr_roster_find_named(l->intake->roster, giver->name, 0, &named, l->err) != GR_OK)
        l->no_memory = true;
    if (named == GR_NONE)
        return made(l, gr_arena_print(arena, "Who is %.*s, and did he or she give for the firm?",
                                      GR_ALL(name_of(giver->id, giver->name))));
    return made(l,
                gr_arena_print(arena,
                               giver->id.len > 0 ? "Is this the %.*s whom the roster has as %.*s?"
                                                 : "Which %.*s of the roster is this: %.*s, or "
                                                   "another one?",
                               GR_ALL(giver->name),
                               GR_ALL(GR_AT(l->facts->executive, gr_roster_executive, named)->id)));
}

static void tell_unknown(looking *l, const strange *s, gr_judged *judged)
{
    const gr_person *giver = &l->subject->who->giver[judged->giver];
    gr_arena *arena = l->subject->out->arena;

    add(l, judged, "giver-not-on-roster",
        gr_arena_print(arena, "%.*s is not on the roster, and gave %.*s",
                       GR_ALL(name_of(giver->id, giver->name)), GR_ALL(say_gifts(l, s))),
        ask_who(l, giver));
}

static void tell_outside(looking *l, const strange *s, gr_judged *judged)
{
    const gr_roster_executive *who = GR_AT(l->facts->executive, gr_roster_executive, s->executive);
    const gr_person *giver = &l->subject->who->giver[judged->giver];
    gr_arena *arena = l->subject->out->arena;
    char first[GR_DAY_TEXT], last[GR_DAY_TEXT];
    gr_text in_firm =
        gr_arena_print(arena, "%s%s%s%s%s", who->first > GR_DAY_FIRST ? "from " : "",
                       who->first > GR_DAY_FIRST ? gr_day_print(who->first, first) : "",
                       who->first > GR_DAY_FIRST && who->last < GR_DAY_LAST ? " " : "",
                       who->last < GR_DAY_LAST ? "until " : "",
                       who->last < GR_DAY_LAST ? gr_day_print(who->last, last) : "");

    add(l, judged, "giver-not-in-firm",
        gr_arena_print(arena, "By the roster, %.*s is in the firm %.*s, and gave %.*s besides",
                       GR_ALL(name_of(giver->id, giver->name)), GR_ALL(made(l, in_firm)),
                       GR_ALL(say_gifts(l, s))),
        gr_arena_print(arena, "Are the days of %.*s in the roster right, and who gave this?",
                       GR_ALL(name_of(giver->id, giver->name))));
}

static void tell_giver(looking *l, const strange *s)
{
    gr_judged judged;

    if (!gr_finding_start(l->subject, GR_TEXT(GR_RULE_ROSTER), l->currency, s->first, GR_NONE,
                          &judged))
        l->no_memory = true;
    else if (s->executive == GR_NONE)
        tell_unknown(l, s, &judged);
    else
        tell_outside(l, s, &judged);
}

/* For each giver the account executive of the roster. */
static gr_status find_executives(looking *l, strange *all)
{
    const gr_who *who = l->subject->who;
    gr_status status = GR_OK;

    for (size_t g = 0; status == GR_OK && g < who->giver_count; g++)
        status = gr_roster_find_giver(l->intake->roster, who->giver[g].id, who->giver[g].name,
                                      &all[g].executive, l->err);
    return status;
}

static gr_status look_at_givers(looking *l)
{
    size_t givers = l->subject->who->giver_count;
    strange *all = gr_os_alloc(sizeof *all * (givers + 1));
    gr_status status;

    if (!all)
        return gr_fail_memory(l->err);
    memset(all, 0, sizeof *all * (givers + 1));
    status = find_executives(l, all);
    for (uint32_t i = 0; status == GR_OK && i < l->subject->tally->gift.count; i++) {
        const gr_gift *gift = gift_at(l, i);
        strange *s = &all[gift->giver];

        if (is_asked_for(l, gift) &&
            (s->executive == GR_NONE || is_outside(l, s->executive, gift->day)))
            note(l, s, i);
    }
    for (size_t g = 0; status == GR_OK && g < givers; g++)
        if (all[g].gifts > 0)
            tell_giver(l, &all[g]);
    gr_os_free(all);
    return status;
}

/* ---- who got it ---- */

enum { LEFT, RETIRED, DECEASED }; /* words of the fact */

typedef struct gone { /* a contact of whom a line has ended */
    uint32_t person;
    const gr_roster_contact *contact;
} gone;

static bool has_gone(const gr_roster_contact *contact)
{
    return contact->has_last && contact->ended >= LEFT && contact->ended <= DECEASED &&
           contact->recipient != GR_NONE;
}

/* Whoever works elsewhere, or is back, has another line that holds; the dead have not. */
static bool has_other_line(const looking *l, uint32_t person, gr_day day)
{
    for (size_t i = 0; i < l->facts->contact.count; i++) {
        const gr_roster_contact *one = GR_AT(l->facts->contact, gr_roster_contact, i);

        if (one->recipient != GR_NONE && l->subject->who->same[one->recipient] == person &&
            day >= one->first && day <= one->last)
            return true;
    }
    return false;
}

/* A gift to somebody at another firm than the one that he or she left is nothing strange. */
static bool is_elsewhere(looking *l, const gr_roster_contact *contact, uint32_t recipient)
{
    gr_text employer = l->subject->who->recipient[recipient].employer;
    gr_text folded;

    if (employer.len == 0 || contact->folded.len == 0)
        return false;
    folded = made(l, gr_fold_firm(&l->intake->rules->names, employer, l->subject->out->arena));
    return !gr_text_equal(folded, contact->folded);
}

static void tell_gone(looking *l, const gr_roster_contact *contact, uint32_t gift,
                      uint32_t recipient)
{
    static const char *const words[] = {
        [LEFT] = "had left", [RETIRED] = "had retired from", [DECEASED] = "had died"
    };
    bool is_dead = contact->ended == DECEASED;
    gr_arena *arena = l->subject->out->arena;
    gr_text firm = contact->employer.len > 0 ? contact->employer : GR_TEXT("the client");
    char last[GR_DAY_TEXT];
    gr_judged judged;
    gr_text name;

    if (!gr_finding_start(l->subject, GR_TEXT(GR_RULE_ROSTER), l->currency, gift, recipient,
                          &judged)) {
        l->no_memory = true;
        return;
    }
    name = name_of(judged.finding.recipient_id, judged.finding.recipient_name);
    add(l, &judged, kind_gone,
        gr_arena_print(arena, "By the roster, %.*s %s%s%.*s by this day: the last day was %s",
                       GR_ALL(name), words[contact->ended], is_dead ? "" : " ",
                       is_dead ? 0 : (int)firm.len, firm.ptr, gr_day_print(contact->last, last)),
        gr_arena_print(arena, "Who got this gift, if %.*s %s", GR_ALL(name),
                       is_dead ? "had died?" : "was not there any more?"));
}

static int by_person(const void *a, const void *b)
{
    const gone *x = a, *y = b;
    int order = (x->person > y->person) - (x->person < y->person);

    if (order == 0) /* the dead first, then who went first */
        order = (y->contact->ended == DECEASED) - (x->contact->ended == DECEASED);
    if (order == 0)
        order = (x->contact->last > y->contact->last) - (x->contact->last < y->contact->last);
    return order ? order : (x->contact > y->contact) - (x->contact < y->contact);
}

static void look_at_share(looking *l, const gr_list *all, uint32_t gift, uint32_t recipient)
{
    uint32_t person = l->subject->who->same[recipient];
    gr_day day = gift_at(l, gift)->day;
    size_t low = 0, high = all->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (GR_AT(*all, gone, middle)->person < person)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < all->count && GR_AT(*all, gone, low)->person == person; low++) {
        const gr_roster_contact *contact = GR_AT(*all, gone, low)->contact;

        if (day <= contact->last)
            continue;
        if (contact->ended != DECEASED &&
            (has_other_line(l, person, day) || is_elsewhere(l, contact, recipient)))
            continue;
        tell_gone(l, contact, gift, recipient);
        return;
    }
}

static void look_at_gifts(looking *l, const gr_list *all)
{
    const bool *wanted = l->subject->out->wanted;

    for (uint32_t i = 0; all->count > 0 && i < l->subject->tally->gift.count; i++) {
        size_t count;
        const uint32_t *recipient = gr_tally_recipients(l->subject->tally, i, &count);

        for (size_t k = 0; k < count && is_asked_for(l, gift_at(l, i)); k++)
            if (!wanted || wanted[recipient[k]])
                look_at_share(l, all, i, recipient[k]);
    }
}

static void look_at_contacts(looking *l)
{
    gr_list all = GR_LIST(gone);

    for (size_t i = 0; i < l->facts->contact.count; i++) {
        const gr_roster_contact *one = GR_AT(l->facts->contact, gr_roster_contact, i);

        if (has_gone(one) &&
            !gr_list_push(&all, &(gone){ l->subject->who->same[one->recipient], one }))
            l->no_memory = true;
    }
    if (all.count > 1)
        qsort(all.items, all.count, sizeof(gone), by_person);
    look_at_gifts(l, &all);
    gr_list_free(&all);
}

/* ---- all ---- */

gr_status gr_roster_findings_find(gr_intake *intake, const gr_subject *subject, gr_error *err)
{
    looking l = { .intake = intake,
                  .subject = subject,
                  .facts = gr_roster_get(intake->roster),
                  .currency = intake->rules->set->policy.currency,
                  .err = err };
    gr_status status = GR_OK;

    if (l.facts->executive.count > 0) /* else the roster is one of clients only */
        status = look_at_givers(&l);
    if (status == GR_OK)
        look_at_contacts(&l);
    return status == GR_OK && l.no_memory ? gr_fail_memory(err) : status;
}

/* Somebody who gives for the first time, or whose gift is taken back, may change what there is one finding for. */
static gr_status look_for_strangers(gr_intake *intake, bool *out, gr_error *err)
{
    const gr_roster_facts *facts = gr_roster_get(intake->roster);
    const gr_list *gifts = &intake->tally->gift;
    gr_status status = gr_intake_settle_roster(intake, err);

    for (uint32_t i = 0; status == GR_OK && !*out && i < gifts->count; i++) {
        const gr_gift *gift = GR_AT(*gifts, gr_gift, i);
        gr_person giver = gr_people_giver_at(intake->people, gift->giver);
        uint32_t place;

        if (gift->kind != GR_RECORD_GIFT) /* what is taken back is here itself, and dead */
            continue;
        status = gr_roster_find_giver(intake->roster, giver.id, giver.name, &place, err);
        if (status == GR_OK && facts->executive.count > 0)
            *out = place == GR_NONE ||
                   gift->day < GR_AT(facts->executive, gr_roster_executive, place)->first ||
                   gift->day > GR_AT(facts->executive, gr_roster_executive, place)->last;
    }
    return status;
}

gr_status gr_roster_findings_need_all(gr_intake *intake, bool *out, gr_error *err)
{
    *out = false;
    for (uint32_t i = 0; !*out && i < intake->tally->gift.count; i++) {
        const gr_gift *gift = GR_AT(intake->tally->gift, gr_gift, i);
        bool is_line = gift->kind >= GR_RECORD_EXECUTIVE && gift->kind <= GR_RECORD_EVENT;

        *out = is_line && (gift->source >= intake->first_new || gift->is_dead);
    }
    if (*out || gr_roster_is_empty(intake->roster))
        return GR_OK;
    if (intake->ledger &&
        gr_ledger_has_found(intake->ledger, GR_RULE_ROSTER, kind_gone, out, err) != GR_OK)
        return err->status;
    return *out ? GR_OK : look_for_strangers(intake, out, err);
}
