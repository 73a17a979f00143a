/* src/app/audience.c - see audience.h. A view is a copy of the report in which every text has gone through the mask; numbers stay, so
 * that what is told can still be added up. */
#include "app/audience_inside.h"

#include "base/os.h"

#include <string.h>

static const char *const words[] = { "officer", "examiner", "auditor", "executive" };

gr_status gr_audience_find(const char *word, gr_audience *out, gr_error *err)
{
    *out = GR_FOR_OFFICER;
    if (!word)
        return GR_OK;
    for (size_t i = 0; i < GR_COUNT(words); i++) {
        if (strcmp(words[i], word) == 0) {
            *out = (gr_audience)i;
            return GR_OK;
        }
    }
    return gr_fail(err, GR_EUSAGE, (gr_place){ "--role", 0, 0 },
                   "one of officer, examiner, auditor, executive", "'%.100s' is not a role", word);
}

bool gr_audience_asks_recipients(gr_audience role)
{
    return role == GR_FOR_AUDITOR;
}

/* ---- who may be mentioned ---- */

static void know_giver(gr_mask *m, gr_text id, gr_text name)
{
    gr_masked one = { .is_giver = true, .id = id, .name = name };

    if (id.len + name.len == 0)
        return;
    one.instead = gr_mask_giver(m, id, name);
    gr_mask_know(m, &m->entry, id, one);
    gr_mask_know(m, &m->entry, name, one);
}

static void know_recipient(gr_mask *m, gr_text id, gr_text name, gr_text employer)
{
    gr_masked one = { .id = id, .name = name };

    if (m->role != GR_FOR_AUDITOR || id.len + name.len == 0)
        return;
    one.instead = gr_mask_recipient(m, id, name, employer);
    gr_mask_know(m, &m->entry, id, one);
    gr_mask_know(m, &m->entry, name, one);
}

static void know_of_finding(gr_mask *m, const gr_finding *f)
{
    know_giver(m, f->giver_id, f->giver_name);
    know_recipient(m, f->recipient_id, f->recipient_name, f->recipient_employer);
    for (size_t i = 0; i < f->joined_count; i++)
        know_recipient(m, f->joined[i].id, f->joined[i].name, f->joined[i].employer);
    for (size_t i = 0; i < f->counted_count; i++)
        know_giver(m, f->counted[i].giver_id, f->counted[i].giver_name);
}

static void know_of_executive(gr_mask *m, const gr_executive *who)
{
    know_giver(m, who->id, who->name);
    if (who->staff)
        know_giver(m, who->staff->supervisor, who->staff->supervisor_name);
    for (size_t i = 0; i < who->finding_count; i++)
        know_of_finding(m, who->finding[i]);
    for (size_t i = 0; i < who->given_count; i++) {
        const gr_given *given = &who->given[i];

        know_recipient(m, given->recipient_id, given->recipient_name, given->employer);
        for (size_t k = 0; k < given->giver_count; k++)
            know_giver(m, given->giver[k]->id, given->giver[k]->name);
    }
}

static void know_all(gr_mask *m, const gr_filtering_known *known)
{
    const gr_report *r = m->report;

    for (size_t i = 0; i < r->executive_count; i++)
        know_of_executive(m, &r->executive[i]);
    for (size_t i = 0; r->book && i < r->book->person_count; i++) {
        const gr_book_person *p = &r->book->person[i];

        know_recipient(m, p->id, p->name, p->employer);
    }
    for (size_t i = 0; known && i < known->giver_count; i++)
        know_giver(m, known->giver[i].id, known->giver[i].name);
    for (size_t i = 0; known && i < known->recipient_count; i++)
        know_recipient(m, known->recipient[i].id, known->recipient[i].name,
                       known->recipient[i].employer);
}

gr_status gr_mask_make(gr_audience role, const gr_report *report, const gr_filtering_known *known,
                       gr_mask **out, gr_error *err)
{
    gr_mask *m = gr_os_alloc(sizeof *m);

    if (!m)
        return gr_fail_memory(err);
    *m = (gr_mask){ .arena = gr_arena_create(),
                    .passing = gr_arena_create(),
                    .scratch = gr_arena_create(),
                    .role = role,
                    .report = report,
                    .entry = GR_LIST(gr_masked),
                    .near = GR_LIST(gr_masked),
                    .room = GR_LIST(char) };
    m->making = m->arena;
    m->no_memory = !m->arena || !m->passing || !m->scratch;
    if (!m->no_memory && role >= GR_FOR_AUDITOR)
        know_all(m, known);
    if (m->no_memory) {
        gr_mask_free(m);
        return gr_fail_memory(err);
    }
    *out = m;
    return GR_OK;
}

static void forget_view(gr_viewing *v)
{
    if (!v)
        return;
    gr_list_free(&v->finding);
    gr_table_free(&v->found);
    gr_os_free(v);
}

void gr_mask_free(gr_mask *m)
{
    if (!m)
        return;
    forget_view(m->viewing);
    gr_list_free(&m->entry);
    gr_list_free(&m->near);
    gr_list_free(&m->room);
    gr_table_free(&m->word);
    gr_arena_free(m->scratch);
    gr_arena_free(m->passing);
    gr_arena_free(m->arena);
    gr_os_free(m);
}

/* ---- parts of a view ---- */

void *gr_viewing_take(gr_viewing *v, size_t size)
{
    void *piece = gr_arena_zero(v->arena, size ? size : 1);

    v->mask->no_memory = v->mask->no_memory || !piece;
    return piece;
}

gr_text gr_viewing_text(gr_viewing *v, gr_text text)
{
    return gr_mask_text(v->mask, v->arena, text);
}

gr_place gr_viewing_place(const gr_viewing *v, gr_place place)
{
    place.file = gr_mask_path(v->mask, place.file);
    return place;
}

static gr_error view_error(gr_viewing *v, const gr_error *error)
{
    gr_error seen = *error;
    gr_place at = { gr_mask_path(v->mask, error->file), error->line, error->column };
    gr_text message = gr_viewing_text(v, gr_text_of(error->message));
    gr_text hint = gr_viewing_text(v, gr_text_of(error->hint));

    gr_fail(&seen, error->status, at, "", "%.*s", GR_ALL(message));
    memcpy(seen.hint, hint.ptr, gr_text_cut(hint, sizeof seen.hint - 1));
    seen.hint[gr_text_cut(hint, sizeof seen.hint - 1)] = '\0';
    return seen;
}

static const gr_text *view_texts(gr_viewing *v, const gr_text *text, size_t count)
{
    gr_text *seen = gr_viewing_take(v, sizeof *seen * count);

    for (size_t i = 0; seen && i < count; i++)
        seen[i] = gr_viewing_text(v, text[i]);
    return seen;
}

/* "samples/README.md is passed over" */
static const gr_text *view_notes(gr_viewing *v, const gr_text *note, size_t count)
{
    gr_text *seen = (gr_text *)(uintptr_t)view_texts(v, note, count);

    for (size_t i = 0; seen && i < count; i++) {
        gr_text rest = seen[i], first;

        if (gr_text_word(&rest, &first))
            seen[i] = gr_text_slice(seen[i],
                                    (size_t)(first.ptr - seen[i].ptr) + first.len -
                                        gr_mask_file(v->mask, first).len,
                                    seen[i].len);
    }
    return seen;
}

static void view_inputs(gr_viewing *v)
{
    gr_report *view = v->view;
    gr_source *input = gr_viewing_take(v, sizeof *input * view->input_count);

    for (size_t i = 0; input && i < view->input_count; i++) {
        input[i] = view->input[i];
        input[i].file = gr_mask_file(v->mask, input[i].file);
    }
    view->input = input;
    view->ledger = gr_mask_file(v->mask, view->ledger);
}

static void view_errors(gr_viewing *v)
{
    gr_report *view = v->view;
    gr_quarantined *quarantined = gr_viewing_take(v, sizeof *quarantined * view->quarantined_count);
    gr_error *refused = gr_viewing_take(v, sizeof *refused * view->refused_count);

    for (size_t i = 0; quarantined && i < view->quarantined_count; i++) {
        quarantined[i] = view->quarantined[i];
        quarantined[i].error = view_error(v, &view->quarantined[i].error);
        quarantined[i].raw = GR_TEXT("");
    }
    for (size_t i = 0; refused && i < view->refused_count; i++)
        refused[i] = view_error(v, &view->refused[i]);
    view->quarantined = quarantined;
    view->refused = refused;
}

static void view_pairs(gr_viewing *v)
{
    gr_report *view = v->view;
    gr_twin *pair = gr_viewing_take(v, sizeof *pair * view->pair_count);

    for (size_t i = 0; pair && i < view->pair_count; i++) {
        pair[i] = view->pair[i];
        pair[i].at = gr_viewing_place(v, pair[i].at);
        pair[i].other_at = gr_viewing_place(v, pair[i].other_at);
        pair[i].why = gr_viewing_text(v, pair[i].why);
        pair[i].difference = gr_viewing_text(v, pair[i].difference);
    }
    view->pair = pair;
}

static void view_roster(gr_viewing *v)
{
    gr_rostered *roster = gr_viewing_take(v, sizeof *roster);
    gr_roster_remark *remark;
    gr_unit *supervisor;

    if (!roster)
        return;
    *roster = *v->view->roster;
    remark = gr_viewing_take(v, sizeof *remark * roster->remark_count);
    supervisor = gr_viewing_take(v, sizeof *supervisor * roster->supervisor_count);
    for (size_t i = 0; remark && i < roster->remark_count; i++) {
        remark[i] = roster->remark[i];
        remark[i].at = gr_viewing_place(v, remark[i].at);
        remark[i].message = gr_viewing_text(v, remark[i].message);
        remark[i].hint = gr_viewing_text(v, remark[i].hint);
    }
    for (size_t i = 0; supervisor && i < roster->supervisor_count; i++) {
        supervisor[i] = roster->supervisor[i];
        if (v->mask->role == GR_FOR_AUDITOR) {
            supervisor[i].name = gr_mask_giver(v->mask, supervisor[i].id, supervisor[i].name);
            supervisor[i].id = GR_TEXT("");
        }
    }
    roster->remark = remark;
    roster->supervisor = supervisor;
    v->view->roster = roster;
}

/* An account executive gets nothing of the firm's own affairs, not even how much of it there is. */
static void leave_out_firm(gr_viewing *v)
{
    gr_report *view = v->view;
    gr_rostered *roster = view->roster ? gr_viewing_take(v, sizeof *roster) : NULL;

    view->quarantined_count = view->refused_count = view->note_count = view->pair_count = 0;
    view->expenses = view->duplicates = 0;
    view->news.is_told = view->reconciled.is_told = false;
    view->input_count = 0;
    view->summary = view->executive_count > 0 ? view->executive[0].summary : (gr_summary){ 0 };
    view->summary.account_executives = view->executive_count;
    if (!roster)
        return;
    *roster = *view->roster;
    roster->branch_count = roster->supervisor_count = roster->remark_count = 0;
    view->roster = roster;
}

static void say_withheld(gr_viewing *v)
{
    static const gr_text examiner[] = { { "e-mail addresses", 16 },
                                        { "who is related to whom", 22 },
                                        { "how giver and recipient know each other", 39 } };
    static const gr_text auditor[] = {
        { "names and ids of givers and recipients, for whom codes stand", 60 },
        { "descriptions and other free texts", 33 },
        { "numbers of accounts and registrations", 37 },
        { "folders of files", 16 }
    };
    static const gr_text executive[] = { { "who colleagues are", 18 },
                                         { "what is about the whole firm", 28 } };
    static const struct {
        const gr_text *text;
        size_t count;
    } all[] = { { NULL, 0 },
                { examiner, GR_COUNT(examiner) },
                { auditor, GR_COUNT(auditor) },
                { executive, GR_COUNT(executive) } };

    v->view->role = gr_text_of(words[v->mask->role]);
    v->view->withheld = all[v->mask->role].text;
    v->view->withheld_count = all[v->mask->role].count;
}

/* ---- a view ---- */

static void view_parts(gr_viewing *v)
{
    gr_report *view = v->view;

    say_withheld(v);
    gr_viewing_executives(v);
    if (v->mask->role == GR_FOR_EXECUTIVE)
        leave_out_firm(v);
    else if (view->roster)
        view_roster(v);
    view_inputs(v);
    view_errors(v);
    view_pairs(v);
    view->note = view_notes(v, view->note, view->note_count);
    view->filter = view_texts(v, view->filter, view->filter_count);
}

gr_status gr_mask_view(gr_mask *m, uint32_t own, gr_arena *arena, gr_report *view, gr_error *err)
{
    gr_viewing *v = gr_os_alloc(sizeof *v);
    const gr_executive *self = NULL;

    forget_view(m->viewing);
    m->viewing = v;
    if (!v)
        return gr_fail_memory(err);
    *v = (gr_viewing){ .mask = m,
                       .arena = arena,
                       .report = m->report,
                       .view = view,
                       .own = own,
                       .finding = GR_LIST(gr_seen_finding) };
    *view = *m->report;
    view->release = NULL;
    if (m->role == GR_FOR_OFFICER)
        return GR_OK;
    if (m->role == GR_FOR_EXECUTIVE)
        self = own < m->report->executive_count ? &m->report->executive[own] : NULL;
    m->own_id = self ? self->id : GR_TEXT("");
    m->own_name = self ? self->name : GR_TEXT("");
    view_parts(v);
    if (m->no_memory)
        return gr_fail_memory(err);
    return view->book ? gr_viewing_book(v, err) : GR_OK;
}

gr_status gr_audience_apply(gr_audience role, const gr_filtering_known *known, gr_report *report,
                            gr_mask **mask, gr_error *err)
{
    gr_report *whole, view;
    gr_status status;

    if (role == GR_FOR_OFFICER)
        return GR_OK;
    if (role == GR_FOR_EXECUTIVE && report->executive_count != 1)
        return gr_fail(err, GR_EUSAGE, (gr_place){ "--role", 0, 0 },
                       "name one with --executive, or write packages for all",
                       "a report for an account executive is about one of them");
    whole = gr_arena_alloc(report->arena, sizeof *whole);
    if (!whole)
        return gr_fail_memory(err);
    *whole = *report;
    status = gr_mask_make(role, whole, known, mask, err);
    if (status == GR_OK)
        status = gr_mask_view(*mask, 0, report->arena, &view, err);
    if (status != GR_OK)
        return status;
    view.owned = whole->owned;
    view.release = whole->release;
    *report = view;
    return GR_OK;
}
