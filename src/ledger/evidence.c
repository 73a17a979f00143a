/* src/ledger/evidence.c - see evidence.h. */
#include "ledger/evidence.h"

#include "ledger/store.h"

static gr_text copy(sqlite3_stmt *row, int column, gr_arena *arena, bool *fits)
{
    gr_text text = gr_arena_copy(arena, gr_column_text(row, column));

    *fits = *fits && text.ptr;
    return text;
}

/* ---- the trail ---- */

static gr_status add_link(sqlite3_stmt *row, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_trail_link link = { .run = sqlite3_column_int64(row, 0) };
    gr_text *const texts[] = { &link.started, &link.program, &link.author,   &link.action,
                               &link.note,    &link.rules,   &link.previous, &link.hash };
    bool fits = true;

    for (size_t i = 0; i < GR_COUNT(texts); i++)
        *texts[i] = copy(row, (int)i + 1, arena, &fits);
    return fits && gr_list_push(out, &link) ? GR_OK : gr_fail_memory(err);
}

gr_status gr_ledger_links(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT u.run, u.started, u.program, u.author, u.action, u.note, coalesce(r.sha256, ''), "
        "u.previous, u.hash FROM run AS u LEFT JOIN rules AS r ON r.rules = u.rules "
        "WHERE u.run <= ? ORDER BY u.run");
    gr_status status = GR_OK;

    gr_bind_number(&s, gr_ledger_horizon(ledger));
    while (status == GR_OK && gr_statement_step(&s))
        status = add_link(s.handle, arena, out, err);
    return gr_statement_end(&s, status, err);
}

/* ---- decisions ---- */

static gr_status add_decision(sqlite3_stmt *row, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_evidence_decision d = { .run = sqlite3_column_int64(row, 0),
                               .replaced_by = sqlite3_column_int64(row, 8) };
    gr_text *const texts[] = { &d.moment, &d.author, &d.kind,  &d.finding,
                               &d.about,  &d.what,   &d.reason };
    bool fits = true;

    for (size_t i = 0; i < GR_COUNT(texts); i++)
        *texts[i] = copy(row, (int)i + 1, arena, &fits);
    return fits && gr_list_push(out, &d) ? GR_OK : gr_fail_memory(err);
}

/* A person as he or she is written: "Jane Roe, Acme". */
#define WHO(p)                                                                                     \
    "i." p "_name || iif(i." p "_id <> '', ' (' || i." p "_id || ')', '') || "                     \
    "iif(i." p "_employer <> '', ', ' || i." p "_employer, '')"

gr_status gr_ledger_decisions_of_days(gr_ledger *ledger, gr_day from, gr_day to, gr_arena *arena,
                                      gr_list *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT u.run, u.started, u.author, d.kind, d.finding, "
        "coalesce(d.gift, (SELECT f.gift FROM finding AS f WHERE f.id = d.finding ORDER BY "
        "f.revision DESC LIMIT 1), ''), "
        "CASE WHEN d.fact IS NOT NULL THEN d.fact || '=' || coalesce(d.value, '') ELSE "
        "trim(coalesce(d.exemption, '') || ' ' || coalesce(d.value, '')) END, d.reason, "
        "coalesce((SELECT min(n.run) FROM decision AS n WHERE n.replaces = d.decision AND n.run <= "
        "?1), 0), 0 AS kind, d.decision AS number FROM decision AS d JOIN run AS u ON u.run = "
        "d.run "
        "WHERE d.run <= ?1 AND EXISTS (SELECT 1 FROM finding AS f WHERE f.id = d.finding AND "
        "f.date BETWEEN ?2 AND ?3) "
        "UNION ALL SELECT u.run, u.started, u.author, i.kind, '', " WHO("a") " || ' | ' || " WHO(
            "b") ", i.says, i.reason, "
                 "coalesce((SELECT min(n.run) FROM identity AS n WHERE n.replaces = i.identity AND "
                 "n.run <= "
                 "?1), 0), 1, i.identity FROM identity AS i JOIN run AS u ON u.run = i.run "
                 "WHERE i.run <= ?1 ORDER BY 1, 10, 11");
    gr_status status = GR_OK;

    gr_bind_number(&s, gr_ledger_horizon(ledger));
    gr_bind_day(&s, from);
    gr_bind_day(&s, to);
    while (status == GR_OK && gr_statement_step(&s))
        status = add_decision(s.handle, arena, out, err);
    return gr_statement_end(&s, status, err);
}
