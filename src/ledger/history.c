/* src/ledger/history.c - see history.h. Events are gathered table by table and then dealt to the entries of the trail that
 * have brought them. */
#include "ledger/history.h"

#include "ledger/events.h"

#include <stdlib.h>

/* ---- findings ---- */

enum {
    AT_RUN,
    AT_ID,
    AT_REVISION,
    AT_VERDICT,
    AT_RULE,
    AT_CLAUSE,
    AT_GIFT,
    AT_RECIPIENT,
    AT_FINDING
};

static void tell_revision(gr_events *e, sqlite3_stmt *row, const gr_list *changes)
{
    int64_t revision = sqlite3_column_int64(row, AT_REVISION);
    bool is_gone = gr_text_is(gr_column_text(row, AT_VERDICT), "withdrawn");
    const char *what = is_gone         ? "is not found any more"
                       : revision == 1 ? "is found"
                                       : "is found otherwise";
    gr_text text = gr_arena_print(
        e->arena, "%.*s %s, revision %lld: %.*s, %.*s, about %.*s to %.*s",
        GR_ALL(gr_column_text(row, AT_ID)), what, (long long)revision,
        GR_ALL(gr_column_text(row, AT_RULE)), GR_ALL(gr_column_text(row, AT_CLAUSE)),
        GR_ALL(gr_column_text(row, AT_GIFT)), GR_ALL(gr_column_text(row, AT_RECIPIENT)));

    gr_event_add(e, sqlite3_column_int64(row, AT_RUN), "finding", text, GR_TEXT(""),
                 is_gone ? NULL : changes);
}

static gr_status add_findings(gr_events *e, const char *condition, const char *text, gr_error *err)
{
    gr_list before = GR_LIST(gr_field), after = GR_LIST(gr_field);
    gr_list changes = GR_LIST(gr_event_change);
    gr_sql sql = gr_sql_open();
    gr_statement s;
    gr_text id = GR_TEXT("");
    bool fits = true, is_there;
    gr_status status = GR_OK, closed;
    gr_error later;

    gr_sql_add(&sql,
               "SELECT f.run, f.id, f.revision, f.verdict, f.rule, f.clause, f.gift, "
               "f.recipient_name, f.finding FROM finding AS f WHERE %s ORDER BY f.id, f.revision",
               condition);
    s = gr_statement_open(e->ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    gr_bind_word(&s, text);
    while (fits && status == GR_OK && gr_statement_step(&s)) {
        gr_list kept = before;

        if (!gr_text_equal(gr_column_text(s.handle, AT_ID), id))
            gr_list_cut(&before, 0);
        id = gr_event_keep(e, gr_column_text(s.handle, AT_ID));
        gr_list_cut(&changes, 0);
        status = gr_finding_fields(e, sqlite3_column_int64(s.handle, AT_FINDING), &after, &is_there,
                                   err);
        fits = status != GR_OK || gr_fields_compare(&before, &after, &changes);
        tell_revision(e, s.handle, &changes);
        kept = before;
        before = after;
        after = kept;
    }
    closed = gr_statement_close(&s, &later);
    if (status == GR_OK && closed != GR_OK) {
        *err = later;
        status = closed;
    }
    gr_list_free(&before);
    gr_list_free(&after);
    gr_list_free(&changes);
    return status == GR_OK && !fits ? gr_fail_memory(err) : status;
}

/* ---- which ---- */

static gr_status add_about_gift(gr_events *e, const char *id, gr_error *err)
{
    gr_status status = gr_events_of_records(e, "r.id = ?", id, err);

    if (status == GR_OK)
        status = gr_events_of_decisions(
            e, "gift = ?1 OR finding IN (SELECT id FROM finding WHERE gift = ?1)", id, err);
    if (status == GR_OK)
        status = add_findings(e,
                              "f.id IN (SELECT id FROM finding WHERE gift = ?1 UNION SELECT n.id "
                              "FROM counted AS c JOIN finding AS n ON n.finding = c.finding "
                              "WHERE c.gift = ?1)",
                              id, err);
    return status;
}

static gr_status add_about_finding(gr_events *e, const char *id, gr_error *err)
{
    gr_status status = add_findings(e, "substr(f.id, 1, length(?1)) = ?1", id, err);

    return status == GR_OK
               ? gr_events_of_decisions(e, "substr(finding, 1, length(?1)) = ?1", id, err)
               : status;
}

static gr_status add_about_recipient(gr_events *e, const char *name, gr_error *err)
{
    gr_status status = gr_events_of_records(
        e,
        "r.record IN (SELECT g.record FROM given AS g WHERE g.recipient IN (SELECT recipient FROM "
        "recipient WHERE recipient_id = ?1 OR name = ?1))",
        name, err);

    if (status == GR_OK)
        status = gr_events_of_identities(e, "a_id = ?1 OR a_name = ?1 OR b_id = ?1 OR b_name = ?1",
                                         name, err);
    return status == GR_OK
               ? add_findings(e, "f.recipient_id = ?1 OR f.recipient_name = ?1", name, err)
               : status;
}

/* ---- entries ---- */

static int by_run(const void *a, const void *b)
{
    const gr_event *x = *(const gr_event *const *)a, *y = *(const gr_event *const *)b;

    if (x->run != y->run)
        return x->run < y->run ? -1 : 1;
    return (x > y) - (x < y); /* as they were found */
}

/* Events in the order of their entries. */
static gr_event *sort_events(gr_events *e)
{
    const gr_event **order = gr_arena_alloc(e->arena, sizeof *order * (e->event.count + 1));
    gr_event *sorted = gr_arena_alloc(e->arena, sizeof *sorted * (e->event.count + 1));

    if (!order || !sorted)
        return NULL;
    for (size_t i = 0; i < e->event.count; i++)
        order[i] = GR_AT(e->event, gr_event, i);
    qsort(order, e->event.count, sizeof *order, by_run);
    for (size_t i = 0; i < e->event.count; i++)
        sorted[i] = *order[i];
    return sorted;
}

static void read_entry(gr_events *e, sqlite3_stmt *row, gr_trail_entry *out)
{
    gr_text *texts[] = { &out->started, &out->author, &out->action, &out->note };

    *out = (gr_trail_entry){ .run = sqlite3_column_int64(row, 0) };
    for (int i = 0; i < (int)GR_COUNT(texts); i++)
        *texts[i] = gr_event_keep(e, gr_column_text(row, i + 1));
}

/* With a wish only entries that have brought something about it. */
static gr_status read_entries(gr_events *e, bool all, gr_history *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        e->ledger, GR_KEPT_NOT, "SELECT run, started, author, action, note FROM run ORDER BY run");
    gr_list entries = GR_LIST(gr_trail_entry);
    gr_event *sorted = sort_events(e);
    gr_trail_entry *copy;
    size_t next = 0;
    bool fits = sorted != NULL;
    gr_status status;

    while (fits && gr_statement_step(&s)) {
        gr_trail_entry entry;
        size_t first = next;

        while (next < e->event.count && sorted[next].run <= sqlite3_column_int64(s.handle, 0))
            next++;
        if (!all && next == first)
            continue;
        read_entry(e, s.handle, &entry);
        entry.event = sorted + first;
        entry.event_count = next - first;
        fits = gr_list_push(&entries, &entry);
    }
    status = gr_statement_close(&s, err);
    copy = gr_arena_alloc(e->arena, sizeof *copy * (entries.count + 1));
    for (size_t i = 0; copy && i < entries.count; i++)
        copy[i] = *GR_AT(entries, gr_trail_entry, i);
    out->entry = copy;
    out->entry_count = entries.count;
    gr_list_free(&entries);
    return status == GR_OK && (!fits || !copy || e->no_memory) ? gr_fail_memory(err) : status;
}

static gr_status fail_unknown(gr_ledger *ledger, const gr_history *h, gr_error *err)
{
    return gr_fail(err, GR_EINPUT, (gr_place){ ledger->path, 0, 0 },
                   "see giftrule ledger history for what there is", "the ledger knows of no %.*s",
                   GR_SHOW(h->about));
}

gr_status gr_ledger_history(gr_ledger *ledger, const gr_history_wish *wish, gr_arena *arena,
                            gr_history *out, gr_error *err)
{
    gr_events e = { ledger, arena, GR_LIST(gr_event), false };
    gr_history history = { .about = GR_TEXT("") };
    bool all = !wish->gift && !wish->finding && !wish->recipient;
    gr_status status = GR_OK;

    if (wish->gift)
        status = add_about_gift(&e, wish->gift, err);
    else if (wish->finding)
        status = add_about_finding(&e, wish->finding, err);
    else if (wish->recipient)
        status = add_about_recipient(&e, wish->recipient, err);
    if (!all)
        history.about = gr_arena_print(arena, "%s '%s'",
                                       wish->gift      ? "record"
                                       : wish->finding ? "finding"
                                                       : "recipient",
                                       wish->gift      ? wish->gift
                                       : wish->finding ? wish->finding
                                                       : wish->recipient);
    if (status == GR_OK && !history.about.ptr)
        status = gr_fail_memory(err);
    if (status == GR_OK)
        status = read_entries(&e, all, &history, err);
    if (status == GR_OK && !all && history.entry_count == 0)
        status = fail_unknown(ledger, &history, err);
    gr_list_free(&e.event);
    if (status == GR_OK)
        *out = history;
    return status;
}
