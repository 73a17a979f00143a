/* src/ledger/diff.c - see diff.h. What can differ has a row between the two moments: only those are looked at. */
#include "ledger/diff.h"

#include "ledger/events.h"
#include "ledger/moment.h"

typedef struct comparing {
    gr_events e;
    gr_diff *out;
    gr_list finding[GR_DIFF_KINDS]; /* of gr_diff_finding */
    gr_list before, after, changes; /* scratch */
} comparing;

/* ---- causes ---- */

/* Records that the finding counts, before or after, by what came of them between. */
static gr_status find_causes(comparing *c, int64_t before, int64_t after, gr_diff_finding *f,
                             gr_error *err)
{
    gr_events found = { c->e.ledger, c->e.arena, GR_LIST(gr_event), false };
    gr_sql sql = gr_sql_open();
    gr_event *kept;
    gr_status status;

    gr_sql_add(&sql,
               "?1 = '' AND r.id IN (SELECT gift FROM finding WHERE finding IN (%lld, %lld) UNION "
               "SELECT gift FROM counted WHERE finding IN (%lld, %lld))",
               (long long)before, (long long)after, (long long)before, (long long)after);
    status =
        sql.failed ? gr_fail_memory(err) : gr_events_of_records(&found, gr_sql_text(&sql), "", err);
    gr_sql_free(&sql);
    kept = gr_arena_alloc(c->e.arena, sizeof *kept * (found.event.count + 1));
    for (size_t i = 0; kept && i < found.event.count; i++) {
        const gr_event *event = GR_AT(found.event, gr_event, i);

        if (event->run > c->out->before && event->run <= c->out->after)
            kept[f->cause_count++] = *event;
    }
    f->cause = kept;
    gr_list_free(&found.event);
    return status == GR_OK && (!kept || found.no_memory) ? gr_fail_memory(err) : status;
}

/* ---- findings ---- */

static gr_event_change *copy_changes(comparing *c, size_t *count)
{
    gr_event_change *copy = gr_arena_alloc(c->e.arena, sizeof *copy * (c->changes.count + 1));

    for (size_t i = 0; copy && i < c->changes.count; i++)
        copy[i] = *GR_AT(c->changes, gr_event_change, i);
    *count = copy ? c->changes.count : 0;
    c->e.no_memory = c->e.no_memory || !copy;
    return copy;
}

static gr_status read_head(comparing *c, int64_t finding, gr_diff_finding *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        c->e.ledger, GR_KEPT_NOT,
        "SELECT id, rule, clause, gift, date, coalesce(nullif(giver_name, ''), giver_id), "
        "recipient_name FROM finding WHERE finding = ?");
    gr_text *texts[] = { &out->id,  &out->rule,  &out->clause,   &out->gift,
                         &out->day, &out->giver, &out->recipient };

    gr_bind_number(&s, finding);
    if (gr_statement_step(&s))
        for (int i = 0; i < (int)GR_COUNT(texts); i++)
            *texts[i] = gr_event_keep(&c->e, gr_column_text(s.handle, i));
    return gr_statement_close(&s, err);
}

/* before and after: rows, 0 where there is none. */
static gr_status compare(comparing *c, int64_t before, int64_t after, gr_error *err)
{
    bool was_there = false, is_there = false;
    gr_diff_finding f = { .cause_count = 0 };
    gr_status status = gr_finding_fields(&c->e, before, &c->before, &was_there, err);

    if (status == GR_OK)
        status = gr_finding_fields(&c->e, after, &c->after, &is_there, err);
    if (status != GR_OK || (!was_there && !is_there))
        return status;
    gr_list_cut(&c->changes, 0);
    if (!gr_fields_compare(&c->before, &c->after, &c->changes))
        return gr_fail_memory(err);
    if (c->changes.count == 0)
        return GR_OK; /* only its words are made otherwise, or its rulebook says the same */
    f.kind = !was_there ? GR_DIFF_NEW : !is_there ? GR_DIFF_GONE : GR_DIFF_CHANGED;
    f.change = copy_changes(c, &f.change_count);
    status = read_head(c, is_there ? after : before, &f, err);
    if (status == GR_OK)
        status = find_causes(c, before, after, &f, err);
    if (status == GR_OK && !gr_list_push(&c->finding[f.kind], &f))
        status = gr_fail_memory(err);
    return status;
}

static gr_status compare_findings(comparing *c, gr_error *err)
{
    gr_statement s = gr_statement_open(
        c->e.ledger, GR_KEPT_NOT,
        "SELECT (SELECT finding FROM finding AS f WHERE f.id = i.id AND f.run <= ?1 "
        "ORDER BY f.revision DESC LIMIT 1), (SELECT finding FROM finding AS f WHERE f.id = i.id "
        "AND f.run <= ?2 ORDER BY f.revision DESC LIMIT 1) FROM (SELECT DISTINCT id FROM finding "
        "WHERE run > ?1 AND run <= ?2 ORDER BY id) AS i");
    gr_status status = GR_OK, closed;
    gr_error later;

    gr_bind_number(&s, c->out->before);
    gr_bind_number(&s, c->out->after);
    while (status == GR_OK && gr_statement_step(&s))
        status =
            compare(c, sqlite3_column_int64(s.handle, 0), sqlite3_column_int64(s.handle, 1), err);
    closed = gr_statement_close(&s, &later);
    if (status == GR_OK && closed != GR_OK) {
        *err = later;
        status = closed;
    }
    return status;
}

static gr_status collect_findings(comparing *c, gr_error *err)
{
    gr_diff_finding *all;
    size_t n = 0;

    for (int k = 0; k < GR_DIFF_KINDS; k++)
        c->out->count[k] = c->finding[k].count, n += c->finding[k].count;
    all = gr_arena_alloc(c->e.arena, sizeof *all * (n + 1));
    if (!all)
        return gr_fail_memory(err);
    c->out->finding = all;
    c->out->finding_count = n;
    for (int k = 0; k < GR_DIFF_KINDS; k++)
        for (size_t i = 0; i < c->finding[k].count; i++)
            *all++ = *GR_AT(c->finding[k], gr_diff_finding, i);
    return GR_OK;
}

/* ---- records, decisions, rules ---- */

static gr_status count_records(comparing *c, gr_error *err)
{
    gr_statement s =
        gr_statement_open(c->e.ledger, GR_KEPT_NOT,
                          "SELECT total(r.record_kind <> 'retraction' AND r.replaces IS NULL), "
                          "total(r.record_kind <> 'retraction' AND r.replaces IS NOT NULL), "
                          "total(r.record_kind = 'retraction') FROM record AS r JOIN source AS s "
                          "ON s.source = r.source WHERE s.run > ? AND s.run <= ?");

    gr_bind_number(&s, c->out->before);
    gr_bind_number(&s, c->out->after);
    if (gr_statement_step(&s)) {
        c->out->came = (uint64_t)sqlite3_column_int64(s.handle, 0);
        c->out->changed = (uint64_t)sqlite3_column_int64(s.handle, 1);
        c->out->retracted = (uint64_t)sqlite3_column_int64(s.handle, 2);
    }
    return gr_statement_close(&s, err);
}

static gr_status read_decisions(comparing *c, gr_error *err)
{
    gr_events found = { c->e.ledger, c->e.arena, GR_LIST(gr_event), false };
    gr_event *kept;
    size_t n = 0;
    gr_status status = gr_events_of_decisions(&found, "?1 = ''", "", err);

    if (status == GR_OK)
        status = gr_events_of_identities(&found, "?1 = ''", "", err);
    kept = gr_arena_alloc(c->e.arena, sizeof *kept * (found.event.count + 1));
    for (size_t i = 0; kept && i < found.event.count; i++) {
        const gr_event *event = GR_AT(found.event, gr_event, i);

        if (event->run > c->out->before && event->run <= c->out->after)
            kept[n++] = *event;
    }
    c->out->decision = kept;
    c->out->decision_count = n;
    gr_list_free(&found.event);
    return status == GR_OK && (!kept || found.no_memory) ? gr_fail_memory(err) : status;
}

/* What was said of the rules by which all was judged at the end of a run; digests of rulebooks are cut short. */
static gr_status read_rules(comparing *c, int64_t run, gr_list *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        c->e.ledger, GR_KEPT_NOT,
        "SELECT l.part || ' ' || l.name, CASE l.part WHEN 'rulebook' THEN substr(l.mark, 1, 12) "
        "ELSE l.text END FROM rules_line AS l WHERE l.part <> 'assumption' AND l.rules = "
        "(SELECT rules FROM run WHERE run = ?) ORDER BY l.position");
    bool fits = true;
    gr_status status;

    gr_list_cut(out, 0);
    gr_bind_number(&s, run);
    while (fits && gr_statement_step(&s)) {
        gr_field field = { gr_event_keep(&c->e, gr_column_text(s.handle, 0)),
                           gr_event_keep(&c->e, gr_column_text(s.handle, 1)) };

        fits = gr_list_push(out, &field);
    }
    status = gr_statement_close(&s, err);
    return status == GR_OK && !fits ? gr_fail_memory(err) : status;
}

static gr_status compare_rules(comparing *c, gr_error *err)
{
    gr_status status = read_rules(c, c->out->before, &c->before, err);

    if (status == GR_OK)
        status = read_rules(c, c->out->after, &c->after, err);
    gr_list_cut(&c->changes, 0);
    if (status != GR_OK || c->before.count == 0 || c->after.count == 0)
        return status; /* before the first judgement there are no rules to compare with */
    if (!gr_fields_compare(&c->before, &c->after, &c->changes))
        return gr_fail_memory(err);
    c->out->rule = copy_changes(c, &c->out->rule_count);
    return GR_OK;
}

/* ---- moments ---- */

static gr_status find_moment(comparing *c, const char *option, const char *text, int64_t *run,
                             gr_text *started, gr_error *err)
{
    gr_moment moment;
    gr_status status = gr_ledger_moment_find(c->e.ledger, option, text, &moment, err);
    gr_statement s;

    if (status != GR_OK)
        return status;
    *run = moment.run;
    s = gr_statement_open(c->e.ledger, GR_KEPT_NOT, "SELECT started FROM run WHERE run = ?");
    gr_bind_number(&s, moment.run);
    *started =
        gr_statement_step(&s) ? gr_event_keep(&c->e, gr_column_text(s.handle, 0)) : GR_TEXT("");
    return gr_statement_close(&s, err);
}

static gr_status find_moments(comparing *c, const char *before, const char *after, gr_error *err)
{
    gr_diff *out = c->out;
    gr_status status =
        find_moment(c, "the first moment", before, &out->before, &out->before_started, err);

    if (status == GR_OK)
        status = find_moment(c, "the second moment", after, &out->after, &out->after_started, err);
    if (status == GR_OK && out->before > out->after)
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "exchange the two", "'%.60s' is after '%.60s'",
                       before, after);
    return status;
}

gr_status gr_ledger_diff(gr_ledger *ledger, const char *before, const char *after, gr_arena *arena,
                         gr_diff *out, gr_error *err)
{
    gr_diff diff = { .before = 0 };
    comparing c = { .e = { ledger, arena, GR_LIST(gr_event), false },
                    .out = &diff,
                    .before = GR_LIST(gr_field),
                    .after = GR_LIST(gr_field),
                    .changes = GR_LIST(gr_event_change) };
    gr_status status;

    for (int k = 0; k < GR_DIFF_KINDS; k++)
        c.finding[k] = GR_LIST(gr_diff_finding);
    status = find_moments(&c, before, after, err);
    if (status == GR_OK)
        status = compare_findings(&c, err);
    if (status == GR_OK)
        status = collect_findings(&c, err);
    if (status == GR_OK)
        status = count_records(&c, err);
    if (status == GR_OK)
        status = read_decisions(&c, err);
    if (status == GR_OK)
        status = compare_rules(&c, err);
    if (status == GR_OK && c.e.no_memory)
        status = gr_fail_memory(err);
    for (int k = 0; k < GR_DIFF_KINDS; k++)
        gr_list_free(&c.finding[k]);
    gr_list_free(&c.before);
    gr_list_free(&c.after);
    gr_list_free(&c.changes);
    if (status == GR_OK)
        *out = diff;
    return status;
}
