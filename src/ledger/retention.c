/* src/ledger/retention.c - which records are due. A record is due with all its versions, when the latest day that any of
 * them states is; one that states none, such as a retraction of something unknown, when the day on which it came is.
 * Lines of a roster are never due: gifts that stay are told by who was responsible then.
 *
 * What is due stays when a hold covers it, when a finding that stays is about it or counts it, and, where years are
 * counted from a recipient's first gift, when a later gift to the same recipient stays: otherwise later sums would come
 * out otherwise. So it does when another system's record of the same gift stays, or its approval: without it that one
 * would look as if it had never been recorded. Who is who, or possibly is, and what is matched, the caller tells. Each
 * that stays may make others stay, so that this is repeated until nothing changes. */
#include "ledger/retention.h"

#include "ledger/store.h"

#define IN_FORCE                                                                                   \
    "SELECT h.* FROM hold AS h WHERE h.kind <> 'release' AND NOT EXISTS "                          \
    "(SELECT 1 FROM hold AS n WHERE n.replaces = h.hold AND n.kind = 'release')"

#define FREE "hold IS NULL AND bond IS NULL"

static gr_status gather(gr_ledger *ledger, gr_day cutoff, gr_error *err)
{
    gr_statement s;
    gr_status status = gr_ledger_execute(
        ledger,
        "PRAGMA temp_store = MEMORY; DROP TABLE IF EXISTS temp.due; DROP TABLE IF EXISTS "
        "temp.touch; "
        "DROP TABLE IF EXISTS temp.old; "
        "CREATE TEMP TABLE due (record INTEGER PRIMARY KEY, chain TEXT NOT NULL, format TEXT, "
        "id TEXT, day TEXT, hold INTEGER, bond INTEGER); "
        "CREATE TEMP TABLE touch (finding TEXT, gift TEXT, record INTEGER); "
        "CREATE TEMP TABLE old (quarantined INTEGER PRIMARY KEY)",
        err);

    if (status != GR_OK)
        return status;
    s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "INSERT INTO due WITH d AS (SELECT r.record, r.format, r.id, CASE WHEN r.id IS NULL THEN "
        "'row ' || r.record ELSE r.format || ' ' || r.id END AS chain, "
        "CASE WHEN r.record_kind IN ('executive', 'responsibility', 'contact', 'event') THEN "
        "'9999-12-31' "
        "ELSE "
        "max(coalesce(r.date, ''), coalesce(r.ordered, ''), coalesce(r.delivered, '')) END AS "
        "stated, "
        "substr(u.started, 1, 10) AS came FROM record AS r JOIN source AS s ON s.source = r.source "
        "JOIN run AS u ON u.run = s.run), "
        "c AS (SELECT chain, iif(max(stated) = '', max(came), max(stated)) AS day FROM d "
        "GROUP BY chain) "
        "SELECT d.record, d.chain, d.format, d.id, c.day, NULL, NULL FROM d JOIN c "
        "ON c.chain = d.chain WHERE c.day <= ?");
    gr_bind_day(&s, cutoff);
    gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status != GR_OK)
        return status;
    return gr_ledger_execute(
        ledger,
        "CREATE INDEX temp.due_chain ON due (chain); CREATE INDEX temp.due_id ON due (id); "
        "INSERT INTO touch SELECT id, gift, record FROM finding UNION "
        "SELECT f.id, c.gift, NULL FROM counted AS c JOIN finding AS f ON f.finding = c.finding "
        "UNION SELECT f.id, '', r.record FROM counted AS c JOIN finding AS f " /* without an id */
        "ON f.finding = c.finding JOIN source AS s ON s.file = c.file JOIN record AS r "
        "ON r.source = s.source AND r.line = c.line WHERE c.gift = '' AND r.id IS NULL; "
        "CREATE INDEX temp.touch_gift ON touch (gift); CREATE INDEX temp.touch_id ON touch "
        "(finding)",
        err);
}

/* What was set aside came on the day of its run; what it is about is not known, so that holds look for their words in
 * its text. */
static gr_status gather_quarantine(gr_ledger *ledger, gr_day cutoff, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "INSERT INTO old SELECT q.quarantined FROM quarantined AS q JOIN source AS s "
        "ON s.source = q.source JOIN run AS u ON u.run = s.run WHERE substr(u.started, 1, 10) <= ? "
        "AND NOT EXISTS (SELECT 1 FROM (" IN_FORCE ") AS h WHERE h.kind = 'all' "
        "OR q.id = h.value OR instr(lower(q.raw), lower(h.value)) > 0)");

    gr_bind_day(&s, cutoff);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

static const char mark_held[] =
    "UPDATE due SET hold = x.hold FROM (SELECT d.chain, min(h.hold) AS hold FROM (" IN_FORCE
    ") AS h "
    "JOIN due AS d JOIN record AS r ON r.record = d.record WHERE CASE h.kind WHEN 'all' THEN 1 "
    "WHEN 'gift' THEN r.id = h.value COLLATE NOCASE "
    "WHEN 'giver' THEN r.giver_id = h.value COLLATE NOCASE OR r.giver_name = h.value COLLATE "
    "NOCASE "
    "ELSE EXISTS (SELECT 1 FROM given AS g JOIN recipient AS p ON p.recipient = g.recipient "
    "WHERE g.record = r.record AND (p.recipient_id = h.value COLLATE NOCASE "
    "OR p.name = h.value COLLATE NOCASE)) END GROUP BY d.chain) AS x WHERE x.chain = due.chain";

/* A finding stays when any of its gifts does, or is not known any more by its id. */
static const char mark_found[] =
    "WITH staying AS (SELECT DISTINCT finding FROM touch WHERE gift NOT IN (SELECT id FROM due "
    "WHERE id IS NOT NULL AND " FREE ") OR gift IN (SELECT id FROM record WHERE id IS NOT NULL "
    "AND record NOT IN (SELECT record FROM due WHERE " FREE "))) "
    "UPDATE due SET bond = 1 WHERE " FREE " AND (id IN (SELECT t.gift FROM touch AS t JOIN staying "
    "AS y ON y.finding = t.finding) OR record IN (SELECT t.record FROM touch AS t JOIN staying AS "
    "y "
    "ON y.finding = t.finding WHERE t.record IS NOT NULL))";

static const char mark_recipients[] =
    "WITH g AS (SELECT g.record, p.person FROM given AS g JOIN temp.person AS p "
    "ON p.recipient = g.recipient), "
    "staying AS (SELECT person FROM g WHERE record NOT IN (SELECT record FROM due WHERE " FREE ")) "
    "UPDATE due SET bond = 2 WHERE " FREE " AND chain IN (SELECT d.chain FROM due AS d JOIN g "
    "ON g.record = d.record WHERE g.person IN (SELECT person FROM staying))";

static gr_status gather_people(gr_ledger *ledger, const gr_retention_wish *wish, gr_error *err)
{
    gr_status status = gr_ledger_execute(
        ledger,
        "DROP TABLE IF EXISTS temp.person; "
        "CREATE TEMP TABLE person (recipient INTEGER PRIMARY KEY, person INTEGER NOT NULL)",
        err);

    for (size_t row = 0; status == GR_OK && row < wish->person_count; row++) {
        gr_statement s;

        if (wish->person[row] == GR_NONE)
            continue;
        s = gr_statement_open(ledger, GR_KEPT_PERSON, "INSERT INTO temp.person VALUES (?, ?)");
        gr_bind_number(&s, (int64_t)row);
        gr_bind_number(&s, wish->person[row]);
        gr_statement_step(&s);
        status = gr_statement_close(&s, err);
    }
    return status;
}

/* What stays for a hold or for a finding keeps its like in the other systems. */
static const char mark_pairs[] =
    "UPDATE due SET bond = 3 WHERE " FREE " AND record IN (SELECT a FROM temp.pair WHERE b NOT IN "
    "(SELECT record FROM due WHERE " FREE ") UNION SELECT b FROM temp.pair WHERE a NOT IN "
    "(SELECT record FROM due WHERE " FREE "))";

static gr_status gather_pairs(gr_ledger *ledger, const gr_retention_wish *wish, gr_error *err)
{
    gr_status status = gr_ledger_execute(ledger,
                                         "DROP TABLE IF EXISTS temp.pair; "
                                         "CREATE TEMP TABLE pair (a INTEGER, b INTEGER)",
                                         err);

    for (size_t i = 0; status == GR_OK && i < wish->pair_count; i++) {
        gr_statement s =
            gr_statement_open(ledger, GR_KEPT_PAIR, "INSERT INTO temp.pair VALUES (?, ?)");

        gr_bind_number(&s, wish->pair[i][0]);
        gr_bind_number(&s, wish->pair[i][1]);
        gr_statement_step(&s);
        status = gr_statement_close(&s, err);
    }
    return status;
}

/* A chain goes or stays as a whole. */
static const char mark_chains[] =
    "UPDATE due SET bond = x.bond FROM (SELECT chain, min(bond) AS bond FROM due WHERE bond IS NOT "
    "NULL GROUP BY chain) AS x WHERE x.chain = due.chain AND due.bond IS NULL AND due.hold IS NULL";

static gr_status mark(gr_ledger *ledger, const char *sql, int64_t *changes, gr_error *err)
{
    gr_status status = gr_ledger_execute(ledger, sql, err);

    *changes += sqlite3_changes(ledger->db);
    return status;
}

gr_status gr_ledger_due_find(gr_ledger *ledger, const gr_retention_wish *wish, gr_error *err)
{
    int64_t changes = 0;
    gr_status status = gather(ledger, wish->cutoff, err);

    if (status == GR_OK && wish->by_recipient)
        status = gather_people(ledger, wish, err);
    if (status == GR_OK)
        status = gather_pairs(ledger, wish, err);
    if (status == GR_OK)
        status = gather_quarantine(ledger, wish->cutoff, err);
    if (status == GR_OK)
        status = mark(ledger, mark_held, &changes, err);
    do {
        changes = 0;
        if (status == GR_OK)
            status = mark(ledger, mark_found, &changes, err);
        if (status == GR_OK && wish->by_recipient)
            status = mark(ledger, mark_recipients, &changes, err);
        if (status == GR_OK && wish->pair_count > 0)
            status = mark(ledger, mark_pairs, &changes, err);
        if (status == GR_OK)
            status = mark(ledger, mark_chains, &changes, err);
    } while (status == GR_OK && changes > 0);
    return status;
}

/* ---- telling ---- */

static gr_status tell_records(gr_ledger *ledger, gr_arena *arena, gr_retention *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT format, coalesce(id, ''), day, count(*), coalesce(hold, 0), coalesce(bond, 0) "
        "FROM due GROUP BY chain ORDER BY day, id LIMIT ?");
    gr_due *all = gr_arena_alloc(arena, sizeof *all * GR_MAX_DUE_TOLD);
    bool fits = all != NULL;
    gr_status status;

    gr_bind_number(&s, GR_MAX_DUE_TOLD);
    while (fits && gr_statement_step(&s)) {
        gr_due *due = &all[out->due_count++];

        *due = (gr_due){ .format = gr_arena_copy(arena, gr_column_text(s.handle, 0)),
                         .id = gr_arena_copy(arena, gr_column_text(s.handle, 1)),
                         .day = gr_arena_copy(arena, gr_column_text(s.handle, 2)),
                         .versions = sqlite3_column_int64(s.handle, 3),
                         .hold = sqlite3_column_int64(s.handle, 4),
                         .bond = (gr_bond)sqlite3_column_int(s.handle, 5) };
        if (due->hold > 0)
            due->bond = GR_BOND_HOLD;
        fits = due->format.ptr && due->id.ptr && due->day.ptr;
    }
    out->due = all;
    status = gr_statement_close(&s, err);
    return status == GR_OK && !fits ? gr_fail_memory(err) : status;
}

static gr_status tell_holds(gr_ledger *ledger, gr_arena *arena, gr_retention *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT h.hold, u.started, u.author, h.kind, h.value, h.reason FROM (" IN_FORCE
        ") AS h JOIN run AS u ON u.run = h.run ORDER BY h.hold");
    gr_list holds = GR_LIST(gr_hold_told);
    gr_hold_told *all;
    bool fits = true;
    gr_status status;

    while (fits && gr_statement_step(&s)) {
        gr_hold_told h = { .hold = sqlite3_column_int64(s.handle, 0) };
        gr_text *texts[] = { &h.started, &h.author, &h.kind, &h.value, &h.reason };

        for (int i = 0; i < (int)GR_COUNT(texts); i++) {
            *texts[i] = gr_arena_copy(arena, gr_column_text(s.handle, i + 1));
            fits = fits && texts[i]->ptr;
        }
        fits = fits && gr_list_push(&holds, &h);
    }
    status = gr_statement_close(&s, err);
    all = gr_arena_alloc(arena, sizeof *all * (holds.count + 1));
    for (size_t i = 0; all && i < holds.count; i++)
        all[i] = *GR_AT(holds, gr_hold_told, i);
    out->hold = all;
    out->hold_count = holds.count;
    gr_list_free(&holds);
    return status == GR_OK && (!fits || !all) ? gr_fail_memory(err) : status;
}

gr_status gr_ledger_due_tell(gr_ledger *ledger, gr_arena *arena, gr_retention *out, gr_error *err)
{
    const struct {
        const char *sql;
        uint64_t *to;
    } counts[] = {
        { "SELECT count(DISTINCT chain) FROM due WHERE " FREE, &out->records },
        { "SELECT count(*) FROM due WHERE " FREE, &out->versions },
        { "SELECT count(DISTINCT chain) FROM due WHERE hold IS NOT NULL", &out->held },
        { "SELECT count(DISTINCT chain) FROM due WHERE hold IS NULL AND bond IS NOT NULL",
          &out->bound },
        { "SELECT count(DISTINCT id) FROM finding WHERE gift IN (SELECT id FROM due WHERE " FREE
          ")",
          &out->findings },
        { "SELECT count(*) FROM old", &out->quarantined },
    };
    gr_status status = tell_records(ledger, arena, out, err);

    for (size_t i = 0; status == GR_OK && i < GR_COUNT(counts); i++) {
        int64_t number = 0;

        status = gr_ledger_number(ledger, counts[i].sql, &number, err);
        *counts[i].to = (uint64_t)number;
    }
    return status == GR_OK ? tell_holds(ledger, arena, out, err) : status;
}
