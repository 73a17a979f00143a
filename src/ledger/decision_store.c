/* src/ledger/decision_store.c - decisions only grow, as everything here: a new one names the one that it replaces. The
 * latest on a finding is in force as long as the finding has the revision that it had then. A fact is of a record,
 * whatever becomes of the finding for which it was supplied. */
#include "ledger/decision_store.h"

#include "ledger/store.h"

/* ---- keeping ---- */

/* The decision that a new one replaces; 0: there is none. */
static gr_status find_on_finding(gr_ledger *ledger, gr_text finding, int64_t *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT max(decision) FROM decision WHERE finding = ? AND kind <> 'fact'");

    gr_bind_text(&s, finding);
    if (gr_statement_step(&s))
        *out = sqlite3_column_int64(s.handle, 0);
    return gr_statement_close(&s, err);
}

static bool is_of_recipient(gr_fact fact)
{
    return fact >= GR_FACT_FIRST_OF_RECIPIENT;
}

static void bind_position(gr_statement *s, const gr_supplied *supplied)
{
    if (is_of_recipient(supplied->fact))
        gr_bind_number(s, supplied->position);
    else
        gr_bind_null(s);
}

static gr_status find_on_fact(gr_ledger *ledger, const gr_supplied *supplied, int64_t *out,
                              gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT max(decision) FROM decision WHERE gift = ? AND format = ? AND "
                          "position IS ? AND fact = ?");

    gr_bind_text(&s, supplied->gift);
    gr_bind_text(&s, supplied->format);
    bind_position(&s, supplied);
    gr_bind_word(&s, gr_fact_get(supplied->fact)->name);
    if (gr_statement_step(&s))
        *out = sqlite3_column_int64(s.handle, 0);
    return gr_statement_close(&s, err);
}

static gr_statement open_insert(gr_ledger *ledger, int64_t key, const gr_decision *decision,
                                int64_t replaces)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "INSERT INTO decision (decision, run, finding, revision, kind, reason, "
                          "replaces, format, gift, position, fact, value, exemption) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->run);
    gr_bind_text(&s, decision->finding);
    gr_bind_number(&s, decision->revision);
    gr_bind_word(&s, gr_decision_kind_text(decision->kind));
    gr_bind_text(&s, decision->reason);
    if (replaces > 0)
        gr_bind_number(&s, replaces);
    else
        gr_bind_null(&s);
    return s;
}

static gr_status start(gr_ledger *ledger, int64_t *key, gr_error *err)
{
    gr_status status = gr_run_row(ledger, err);

    return status == GR_OK ? gr_ledger_next_key(ledger, GR_CHAINED_DECISION, key, err) : status;
}

static gr_status add_decision(gr_ledger *ledger, const gr_decision *decision, gr_error *err)
{
    int64_t key = 0, before = 0;
    gr_status status = start(ledger, &key, err);
    gr_statement s;

    if (status == GR_OK)
        status = find_on_finding(ledger, decision->finding, &before, err);
    if (status != GR_OK)
        return status;
    s = open_insert(ledger, key, decision, before);
    for (int i = 0; i < 4; i++)
        gr_bind_null(&s);
    gr_bind_optional(&s, decision->clause);
    gr_bind_optional(&s, decision->exemption);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_decision_add(gr_ledger *ledger, const gr_decision *decision, gr_error *err)
{
    return gr_ledger_note(ledger, add_decision(ledger, decision, err));
}

static gr_status add_supplied(gr_ledger *ledger, const gr_decision *decision,
                              const gr_supplied *supplied, gr_text text, gr_error *err)
{
    int64_t key = 0, before = 0;
    gr_status status = start(ledger, &key, err);
    gr_statement s;

    if (status == GR_OK)
        status = find_on_fact(ledger, supplied, &before, err);
    if (status != GR_OK)
        return status;
    s = open_insert(ledger, key, decision, before);
    gr_bind_text(&s, supplied->format);
    gr_bind_text(&s, supplied->gift);
    bind_position(&s, supplied);
    gr_bind_word(&s, gr_fact_get(supplied->fact)->name);
    gr_bind_optional(&s, text);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_supplied_add(gr_ledger *ledger, const gr_decision *decision,
                                 const gr_supplied *supplied, gr_text text, gr_error *err)
{
    return gr_ledger_note(ledger, add_supplied(ledger, decision, supplied, text, err));
}

gr_status gr_ledger_run_moment(gr_ledger *ledger, gr_arena *arena, gr_text *out, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT, "SELECT started FROM run WHERE run = ?");
    gr_text moment = GR_TEXT("");
    gr_status status;

    gr_bind_number(&s, ledger->run);
    if (gr_statement_step(&s))
        moment = gr_arena_copy(arena, gr_column_text(s.handle, 0));
    status = gr_statement_close(&s, err);
    if (status == GR_OK && !moment.ptr)
        return gr_fail_memory(err);
    if (status == GR_OK)
        *out = moment;
    return status;
}

/* ---- passing on ---- */

/* As known at the end of run ?1. */
#define IN_FORCE                                                                                   \
    "d.run <= ?1 AND NOT EXISTS (SELECT 1 FROM decision AS n "                                     \
    "WHERE n.replaces = d.decision AND n.run <= ?1) ORDER BY d.decision"

static gr_status pass_decision(gr_ledger *ledger, sqlite3_stmt *row, gr_on_decision take,
                               void *context, gr_error *err)
{
    gr_decision d = { .finding = gr_column_text(row, 1),
                      .revision = sqlite3_column_int64(row, 2),
                      .exemption = gr_column_text(row, 3),
                      .clause = gr_column_text(row, 4),
                      .reason = gr_column_text(row, 5),
                      .author = gr_column_text(row, 6),
                      .moment = gr_column_text(row, 7),
                      .is_past = sqlite3_column_int64(row, 8) != sqlite3_column_int64(row, 2) };

    if (!gr_decision_kind_find(gr_column_text(row, 0), &d.kind))
        return gr_ledger_damaged(ledger, "the kind of a decision", gr_column_text(row, 0), err);
    return take(context, &d, err);
}

gr_status gr_ledger_each_decision(gr_ledger *ledger, int64_t run, gr_on_decision take,
                                  void *context, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT d.kind, d.finding, d.revision, d.exemption, d.value, d.reason, r.author, "
        "r.started, "
        "(SELECT max(f.revision) FROM finding AS f WHERE f.id = d.finding AND f.run <= ?1) "
        "FROM decision AS d JOIN run AS r ON r.run = d.run "
        "WHERE d.kind IN ('accept', 'exempt') AND " IN_FORCE);
    gr_status status = GR_OK;

    gr_bind_number(&s, run);
    while (status == GR_OK && gr_statement_step(&s))
        status = pass_decision(ledger, s.handle, take, context, err);
    return gr_statement_end(&s, status, err);
}

static gr_status pass_supplied(gr_ledger *ledger, sqlite3_stmt *row, gr_on_supplied take,
                               void *context, gr_error *err)
{
    gr_supplied one = { .format = gr_column_text(row, 0),
                        .gift = gr_column_text(row, 1),
                        .position = (uint32_t)sqlite3_column_int64(row, 2),
                        .fact = gr_fact_find(gr_column_text(row, 3)),
                        .reason = gr_column_text(row, 5),
                        .finding = gr_column_text(row, 6),
                        .author = gr_column_text(row, 7),
                        .moment = gr_column_text(row, 8) };
    gr_text value = gr_column_text(row, 4);
    gr_error ignored;

    if (one.fact == GR_FACT_NONE)
        return gr_ledger_damaged(ledger, "a fact", gr_column_text(row, 3), err);
    if (gr_value_parse(one.fact, value, GR_NOWHERE, &one.value, &ignored) != GR_OK)
        return gr_ledger_damaged(ledger, gr_fact_get(one.fact)->name, value, err);
    return take(context, &one, err);
}

gr_status gr_ledger_each_supplied(gr_ledger *ledger, int64_t run, gr_on_supplied take,
                                  void *context, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_SUPPLIED,
        "SELECT d.format, d.gift, d.position, d.fact, d.value, d.reason, d.finding, r.author, "
        "r.started FROM decision AS d JOIN run AS r ON r.run = d.run "
        "WHERE d.kind = 'fact' AND d.value IS NOT NULL AND " IN_FORCE);
    gr_status status = GR_OK;

    gr_bind_number(&s, run);
    while (status == GR_OK && gr_statement_step(&s))
        status = pass_supplied(ledger, s.handle, take, context, err);
    return gr_statement_end(&s, status, err);
}
