/* src/ledger/events_finding.c - what is told of a revision of a finding, and of decisions on it. */
#include "ledger/events.h"

enum { AT_VERDICT, AT_CLAUSE, AT_LIMIT, AT_CERTAIN, AT_POSSIBLE, AT_REASON };

static const struct {
    const char *name;
    int column;
    bool is_amount;
} told_fields[] = { { "verdict", AT_VERDICT, false },
                    { "clause", AT_CLAUSE, false },
                    { "limit", AT_LIMIT, true },
                    { "total, certain", AT_CERTAIN, true },
                    { "total, possible", AT_POSSIBLE, true },
                    { "reason", AT_REASON, false } };

static bool read_fields(gr_events *e, sqlite3_stmt *row, gr_list *out)
{
    for (size_t i = 0; i < GR_COUNT(told_fields); i++) {
        gr_field field = { gr_text_of(told_fields[i].name), { "", 0 } };
        int column = told_fields[i].column;

        field.value = told_fields[i].is_amount ? gr_event_amount(e, row, column)
                                               : gr_event_keep(e, gr_column_text(row, column));
        if (!gr_list_push(out, &field))
            return false;
    }
    return true;
}

gr_status gr_finding_fields(gr_events *e, int64_t finding, gr_list *out, bool *is_there,
                            gr_error *err)
{
    gr_statement s = gr_statement_open(e->ledger, GR_KEPT_NOT,
                                       "SELECT verdict, clause, \"limit\", total_certain, "
                                       "total_possible, reason FROM finding WHERE finding = ? "
                                       "AND verdict <> 'withdrawn'");
    bool fits = true;
    gr_status status;

    gr_list_cut(out, 0);
    gr_bind_number(&s, finding);
    *is_there = gr_statement_step(&s);
    if (*is_there)
        fits = read_fields(e, s.handle, out);
    status = gr_statement_close(&s, err);
    return status == GR_OK && !fits ? gr_fail_memory(err) : status;
}

/* ---- decisions ---- */

gr_status gr_events_of_decisions(gr_events *e, const char *condition, const char *text,
                                 gr_error *err)
{
    gr_sql sql = gr_sql_open();
    gr_statement s;

    gr_sql_add(&sql,
               "SELECT run, decision, kind, finding, coalesce(gift, ''), coalesce(fact, ''), "
               "coalesce(value, ''), coalesce(exemption, ''), reason FROM decision "
               "WHERE %s ORDER BY decision",
               condition);
    s = gr_statement_open(e->ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    gr_bind_word(&s, text);
    while (gr_statement_step(&s)) {
        gr_text cell[9];
        gr_text words;

        for (int i = 1; i < 9; i++)
            cell[i] = gr_column_text(s.handle, i);
        words = gr_arena_print(
            e->arena, "decision %.*s on %.*s: %.*s%s%.*s%s%.*s%s%.*s%s%.*s; %.*s", GR_ALL(cell[1]),
            GR_ALL(cell[3]), GR_ALL(cell[2]), cell[4].len ? " of " : "", GR_ALL(cell[4]),
            cell[5].len ? ", " : "", GR_ALL(cell[5]), cell[6].len ? " = " : "", GR_ALL(cell[6]),
            cell[7].len ? ", exemption " : "", GR_ALL(cell[7]), GR_ALL(cell[8]));
        gr_event_add(e, sqlite3_column_int64(s.handle, 0), "decision", words, GR_TEXT(""), NULL);
    }
    return gr_statement_close(&s, err);
}

gr_status gr_events_of_identities(gr_events *e, const char *condition, const char *text,
                                  gr_error *err)
{
    gr_sql sql = gr_sql_open();
    gr_statement s;

    gr_sql_add(&sql,
               "SELECT run, identity, kind, iif(a_name = '', a_id, a_name), iif(a_name = '', '', "
               "a_id), iif(b_name = '', b_id, b_name), iif(b_name = '', '', b_id), reason, says "
               "FROM identity WHERE %s ORDER BY identity",
               condition);
    s = gr_statement_open(e->ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    gr_bind_word(&s, text);
    while (gr_statement_step(&s)) {
        gr_text cell[9], words;

        for (int i = 1; i < 9; i++)
            cell[i] = gr_column_text(s.handle, i);
        words = gr_arena_print(
            e->arena, "decision %.*s on who is who: %.*s %.*s%s%.*s%s and %.*s%s%.*s%s%s; %.*s",
            GR_ALL(cell[1]), GR_ALL(cell[2]), GR_ALL(cell[3]), cell[4].len ? " (" : "",
            GR_ALL(cell[4]), cell[4].len ? ")" : "", GR_ALL(cell[5]), cell[6].len ? " (" : "",
            GR_ALL(cell[6]), cell[6].len ? ")" : "",
            gr_text_is(cell[8], "nothing") ? ", which takes back what was said" : "",
            GR_ALL(cell[7]));
        gr_event_add(e, sqlite3_column_int64(s.handle, 0), "identity", words, GR_TEXT(""), NULL);
    }
    return gr_statement_close(&s, err);
}
