/* src/ledger/gift_find.c - see gift_find.h. A record is found by format and id: the version that was judged may have been
 * corrected since. */
#include "ledger/gift_find.h"

#include "ledger/store.h"

static gr_status read_gift(gr_statement *s, gr_arena *arena, gr_gift_known *out, bool *is_there,
                           gr_error *err)
{
    gr_gift_known gift = { 0 };
    gr_status status;

    *is_there = gr_statement_step(s);
    if (*is_there) {
        gift = (gr_gift_known){ .row = sqlite3_column_int64(s->handle, 0),
                                .format = gr_arena_copy(arena, gr_column_text(s->handle, 1)),
                                .id = gr_arena_copy(arena, gr_column_text(s->handle, 2)),
                                .recipients = (size_t)sqlite3_column_int64(s->handle, 3),
                                .is_retracted = sqlite3_column_int(s->handle, 4) != 0,
                                .is_amended = sqlite3_column_int(s->handle, 5) != 0 };
    }
    status = gr_statement_close(s, err);
    if (status == GR_OK && *is_there && (!gift.format.ptr || !gift.id.ptr))
        return gr_fail_memory(err);
    if (status == GR_OK)
        *out = gift;
    return status;
}

#define GIFT                                                                                       \
    "SELECT n.record, n.format, n.id, (n.recipient IS NOT NULL) + (SELECT count(*) FROM "          \
    "further_recipient AS g WHERE g.record = n.record), n.record_kind = 'retraction', "            \
    "n.amended IS NOT NULL FROM "

gr_status gr_ledger_gift_of(gr_ledger *ledger, const gr_finding_known *finding, gr_arena *arena,
                            gr_gift_known *out, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       GIFT "record AS o JOIN record AS n ON n.id = o.id AND "
                                            "n.format = o.format WHERE o.record = ? "
                                            "ORDER BY n.revision DESC LIMIT 1");
    bool is_there = false;
    gr_status status;

    gr_bind_number(&s, finding->record);
    status = read_gift(&s, arena, out, &is_there, err);
    if (status == GR_OK && !is_there)
        return gr_fail(err, GR_EINPUT, (gr_place){ ledger->path, 0, 0 },
                       finding->record > 0 ? "give it an id at the source, and import it again"
                                           : "judge everything again: giftrule audit --ledger",
                       finding->record > 0 ? "the record of gift '%.*s' has no id of its own"
                                           : "it is not known which record of gift '%.*s' it was",
                       GR_SHOW(finding->finding.gift));
    return status;
}

/* "one of G-1, G-2": gifts that it counts. */
static gr_status fail_uncounted(gr_ledger *ledger, const gr_finding_known *finding, gr_text id,
                                gr_arena *arena, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT group_concat(gift, ', ') FROM (SELECT c.gift FROM finding AS f JOIN counted AS c "
        "ON "
        "c.finding = f.finding WHERE f.id = ?1 AND f.revision = ?2 ORDER BY c.position DESC LIMIT "
        "8)");
    gr_text hint = GR_TEXT("");
    gr_status status;

    gr_bind_text(&s, finding->finding.id);
    gr_bind_number(&s, finding->revision);
    if (gr_statement_step(&s) && sqlite3_column_type(s.handle, 0) != SQLITE_NULL)
        hint = gr_arena_print(arena, "one of %.*s", GR_ALL(gr_column_text(s.handle, 0)));
    status = gr_statement_close(&s, err);
    if (status != GR_OK || !hint.ptr)
        return status != GR_OK ? status : gr_fail_memory(err);
    return gr_fail(err, GR_EINPUT, GR_NOWHERE, hint.ptr, "the finding %.*s counts no gift '%.*s'",
                   GR_SHOW(finding->finding.id), GR_SHOW(id));
}

/* Of two formats' gifts with one id, the place tells which was counted. Also one that it has counted before: a fact that
 * took it out of the sum may have to be taken back. */
gr_status gr_ledger_gift_counted(gr_ledger *ledger, const gr_finding_known *finding, gr_text id,
                                 gr_arena *arena, gr_gift_known *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        GIFT "finding AS f JOIN counted AS c ON c.finding = f.finding JOIN record AS o ON "
             "o.id = c.gift AND o.line = c.line JOIN source AS e ON e.source = o.source AND "
             "e.file = c.file JOIN record AS n ON n.id = o.id AND n.format = o.format "
             "WHERE f.id = ?1 AND f.revision <= ?2 AND c.gift = ?3 "
             "ORDER BY f.revision DESC, n.revision DESC LIMIT 1");
    bool is_there = false;
    gr_status status;

    gr_bind_text(&s, finding->finding.id);
    gr_bind_number(&s, finding->revision);
    gr_bind_text(&s, id);
    status = read_gift(&s, arena, out, &is_there, err);
    return status == GR_OK && !is_there ? fail_uncounted(ledger, finding, id, arena, err) : status;
}

gr_status gr_ledger_gift_fact(gr_ledger *ledger, const gr_gift_known *gift, uint32_t position,
                              gr_fact fact, gr_arena *arena, gr_value *out, bool *is_known,
                              gr_error *err)
{
    bool of_recipient = fact >= GR_FACT_FIRST_OF_RECIPIENT;
    gr_value value[GR_GIFT_FACT_COUNT];
    gr_sql sql = gr_sql_open();
    uint64_t known = 0;
    gr_status status = GR_OK;
    gr_statement s;

    gr_sql_add_column(&sql, "SELECT ", fact);
    gr_sql_add(&sql, of_recipient ? " FROM given AS g JOIN recipient AS p ON p.recipient = "
                                    "g.recipient WHERE g.record = ? AND g.position = ?"
                                  : " FROM record WHERE record = ?");
    s = gr_statement_open(ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    gr_bind_number(&s, gift->row);
    if (of_recipient)
        gr_bind_number(&s, (int64_t)position + 1);
    if (gr_statement_step(&s))
        status = gr_facts_read(ledger, s.handle, 0, fact, 1, arena, &known, value, err);
    status = gr_statement_end(&s, status, err);
    if (status != GR_OK)
        return status;
    *is_known = known != 0;
    *out = value[0];
    return GR_OK;
}
