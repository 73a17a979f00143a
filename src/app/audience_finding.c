/* src/app/audience_finding.c - account executives and their findings as a role sees them. */
#include "app/audience_inside.h"

#include "base/digest.h"
#include "base/os.h"

#include <string.h>

/* ---- those whom one finding names come before others of the same name ---- */

static void know_near(gr_mask *m, gr_text id, gr_text name, gr_text instead)
{
    gr_masked one = { .instead = instead, .id = id, .name = name };

    gr_mask_know(m, &m->near, id, one);
    gr_mask_know(m, &m->near, name, one);
}

/* "a colleague", "another colleague": how many there are is part of the finding. */
static gr_text colleague(gr_viewing *v, size_t number)
{
    gr_text text;

    if (number < 2)
        return number == 0 ? GR_TEXT("a colleague") : GR_TEXT("another colleague");
    text = gr_arena_print(v->arena, "colleague %zu", number + 1);
    v->mask->no_memory = v->mask->no_memory || !text.ptr;
    return text.ptr ? text : GR_TEXT("a colleague");
}

static const gr_masked *find_near(const gr_mask *m, gr_text id, gr_text name)
{
    for (size_t i = 0; i < m->near.count; i++) {
        const gr_masked *one = GR_AT(m->near, gr_masked, i);

        if (gr_text_equal(one->id, id) && (id.len > 0 || gr_text_equal(one->name, name)))
            return one;
    }
    return NULL;
}

static gr_text giver_of(gr_viewing *v, gr_text id, gr_text name, size_t *colleagues)
{
    gr_mask *m = v->mask;
    const gr_masked *known;
    gr_text instead;

    if (id.len + name.len == 0)
        return name;
    if (m->role == GR_FOR_AUDITOR) {
        instead = gr_mask_giver(m, id, name);
    } else {
        known = find_near(m, id, name);
        if (known)
            return known->instead;
        instead = colleague(v, (*colleagues)++);
    }
    know_near(m, id, name, instead);
    return instead;
}

/* ---- a finding ---- */

static void view_recipient(gr_viewing *v, gr_finding *f)
{
    gr_mask *m = v->mask;
    gr_joined *joined = gr_viewing_take(v, sizeof *joined * f->joined_count);
    bool is_auditor = m->role == GR_FOR_AUDITOR;
    gr_text instead;

    if (is_auditor) {
        instead = gr_mask_recipient(m, f->recipient_id, f->recipient_name, f->recipient_employer);
        know_near(m, f->recipient_id, f->recipient_name, instead);
        f->recipient_id = GR_TEXT("");
        f->recipient_name = instead;
    }
    for (size_t i = 0; joined && i < f->joined_count; i++) {
        joined[i] = f->joined[i];
        if (!is_auditor)
            continue;
        joined[i].name = gr_mask_recipient(m, joined[i].id, joined[i].name, joined[i].employer);
        know_near(m, f->joined[i].id, f->joined[i].name, joined[i].name);
        joined[i].id = GR_TEXT("");
    }
    for (size_t i = 0; joined && i < f->joined_count; i++)
        joined[i].why = is_auditor ? GR_TEXT("why is left out") : gr_viewing_text(v, joined[i].why);
    f->joined = joined;
}

/* "given to Mary Roe, spouse of Jane Roe" */
static bool tells_family(gr_text note)
{
    static const char *const ties[] = { ", spouse of ", ", child of ", ", of the household of " };

    if (!gr_text_starts(note, GR_TEXT("given to ")))
        return false;
    for (size_t i = 0; i < GR_COUNT(ties); i++) {
        size_t n = strlen(ties[i]);

        for (size_t at = 0; at + n <= note.len; at++)
            if (memcmp(note.ptr + at, ties[i], n) == 0)
                return true;
    }
    return false;
}

static gr_text view_note(gr_viewing *v, gr_text note)
{
    return v->mask->role != GR_FOR_EXECUTIVE && tells_family(note)
               ? GR_TEXT("given through another person")
               : gr_viewing_text(v, note);
}

/* Where a colleague's gift stands may tell whose it is. */
static void view_counted_giver(gr_viewing *v, gr_counted *c, size_t *colleagues)
{
    if (v->mask->role < GR_FOR_AUDITOR ||
        (v->mask->role == GR_FOR_EXECUTIVE && gr_mask_is_own(v->mask, c->giver_id, c->giver_name)))
        return;
    c->giver_name = giver_of(v, c->giver_id, c->giver_name, colleagues);
    c->giver_id = GR_TEXT("");
    if (v->mask->role == GR_FOR_EXECUTIVE)
        c->source = (gr_place){ "", 0, 0 };
}

static void view_counted(gr_viewing *v, gr_finding *f, size_t *colleagues)
{
    gr_counted *counted = gr_viewing_take(v, sizeof *counted * f->counted_count);

    for (size_t i = 0; counted && i < f->counted_count; i++) {
        counted[i] = f->counted[i];
        counted[i].source = gr_viewing_place(v, counted[i].source);
        view_counted_giver(v, &counted[i], colleagues);
    }
    for (size_t i = 0; counted && i < f->counted_count; i++)
        counted[i].note = view_note(v, counted[i].note);
    f->counted = counted;
}

/* What an officer wrote may name anybody, in any way. */
static const gr_decision *view_decision(gr_viewing *v, const gr_decision *decision)
{
    gr_decision *seen = decision ? gr_viewing_take(v, sizeof *seen) : NULL;

    if (!seen)
        return NULL;
    *seen = *decision;
    seen->reason = v->mask->role >= GR_FOR_AUDITOR ? GR_TEXT("(left out)")
                                                   : gr_viewing_text(v, decision->reason);
    return seen;
}

/* Behind the reason of a detection stand facts of the records as they are: merchants, descriptions. */
static gr_text view_reason(gr_viewing *v, const gr_finding *f)
{
    gr_text reason = f->reason, seen;
    size_t at = 0;

    if (v->mask->role != GR_FOR_AUDITOR || !gr_text_is(f->rule, "detection"))
        return gr_viewing_text(v, reason);
    while (at < reason.len && reason.ptr[at] != ':')
        at++;
    if (at == reason.len)
        return gr_viewing_text(v, reason);
    seen = gr_arena_print(v->arena, "%.*s (details are left out)", (int)at, reason.ptr);
    v->mask->no_memory = v->mask->no_memory || !seen.ptr;
    return seen.ptr ? gr_viewing_text(v, seen) : GR_TEXT("");
}

static void view_words(gr_viewing *v, gr_finding *f)
{
    gr_text *presumption = gr_viewing_take(v, sizeof *presumption * f->presumption_count);

    f->reason = view_reason(v, f);
    f->question = gr_viewing_text(v, f->question);
    f->answers = gr_viewing_text(v, f->answers);
    for (size_t i = 0; presumption && i < f->presumption_count; i++)
        presumption[i] = gr_viewing_text(v, f->presumption[i]);
    f->presumption = presumption;
    f->decision = view_decision(v, f->decision);
    f->past = view_decision(v, f->past);
}

const gr_finding *gr_viewing_finding(gr_viewing *v, const gr_finding *finding)
{
    gr_finding *seen = gr_viewing_take(v, sizeof *seen);
    gr_seen_finding pair = { finding, seen };
    size_t colleagues = 0;

    if (!seen)
        return NULL;
    *seen = *finding;
    gr_list_cut(&v->mask->near, 0);
    seen->source = gr_viewing_place(v, seen->source);
    view_recipient(v, seen);
    if (v->mask->role == GR_FOR_AUDITOR) {
        seen->giver_name = giver_of(v, seen->giver_id, seen->giver_name, &colleagues);
        seen->giver_id = GR_TEXT("");
    }
    view_counted(v, seen, &colleagues);
    view_words(v, seen);
    gr_list_cut(&v->mask->near, 0);
    if (!gr_list_push(&v->finding, &pair) ||
        !gr_table_put(&v->found, gr_hash(finding->id, 0), (uint32_t)v->finding.count - 1))
        v->mask->no_memory = true;
    return seen;
}

const gr_finding *gr_viewing_find(const gr_viewing *v, const gr_finding *finding)
{
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&v->found, gr_hash(finding->id, 0), &cursor)) != GR_NONE)
        if (GR_AT(v->finding, gr_seen_finding, i)->of == finding)
            return GR_AT(v->finding, gr_seen_finding, i)->seen;
    return NULL;
}

/* ---- account executives ---- */

static const gr_staff *view_staff(gr_viewing *v, const gr_staff *staff)
{
    gr_staff *seen = staff ? gr_viewing_take(v, sizeof *seen) : NULL;
    gr_client *client;

    if (!seen || v->mask->role != GR_FOR_AUDITOR)
        return seen ? staff : NULL;
    *seen = *staff;
    seen->supervisor_name = gr_mask_giver(v->mask, staff->supervisor, staff->supervisor_name);
    seen->supervisor = GR_TEXT("");
    seen->crd = seen->registration = GR_TEXT("");
    client = gr_viewing_take(v, sizeof *client * staff->client_count);
    for (size_t i = 0; client && i < staff->client_count; i++) {
        client[i] = staff->client[i];
        client[i].account = GR_TEXT("");
    }
    seen->client = client;
    return seen;
}

static void view_given_givers(gr_viewing *v, gr_given *row)
{
    gr_person *person = gr_viewing_take(v, sizeof *person * row->giver_count);
    const gr_person **seen = gr_viewing_take(v, sizeof *seen * row->giver_count);

    for (size_t i = 0; person && seen && i < row->giver_count; i++) {
        person[i].name = v->mask->role == GR_FOR_AUDITOR
                             ? gr_mask_giver(v->mask, row->giver[i]->id, row->giver[i]->name)
                             : colleague(v, i);
        seen[i] = &person[i];
    }
    row->giver = seen;
}

static void view_given(gr_viewing *v, gr_executive *who)
{
    gr_given *given = gr_viewing_take(v, sizeof *given * who->given_count);

    for (size_t i = 0; given && i < who->given_count; i++) {
        given[i] = who->given[i];
        view_given_givers(v, &given[i]);
        if (v->mask->role != GR_FOR_AUDITOR)
            continue;
        given[i].recipient_name = gr_mask_recipient(v->mask, given[i].recipient_id,
                                                    given[i].recipient_name, given[i].employer);
        given[i].recipient_id = GR_TEXT("");
    }
    who->given = given;
}

static void view_executive(gr_viewing *v, gr_executive *who)
{
    const gr_finding **finding = gr_viewing_take(v, sizeof *finding * who->finding_count);

    for (size_t i = 0; finding && i < who->finding_count; i++)
        finding[i] = gr_viewing_finding(v, who->finding[i]);
    who->finding = finding;
    if (v->mask->role == GR_FOR_EXAMINER)
        return;
    who->staff = view_staff(v, who->staff);
    view_given(v, who);
    if (v->mask->role == GR_FOR_AUDITOR) {
        who->name = gr_mask_giver(v->mask, who->id, who->name);
        who->id = GR_TEXT("");
    }
}

void gr_viewing_executives(gr_viewing *v)
{
    gr_report *view = v->view;
    bool is_one = v->mask->role == GR_FOR_EXECUTIVE;
    size_t first = is_one ? v->own : 0;
    gr_executive *all;

    if (is_one)
        view->executive_count = v->own < view->executive_count ? 1 : 0;
    all = gr_viewing_take(v, sizeof *all * view->executive_count);
    for (size_t i = 0; all && i < view->executive_count; i++) {
        all[i] = v->report->executive[first + i];
        view_executive(v, &all[i]);
    }
    view->executive = all;
}
