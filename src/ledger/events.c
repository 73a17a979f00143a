/* src/ledger/events.c - see events.h. */
#include "ledger/events.h"

#include "ledger/amounts.h"

void gr_event_add(gr_events *e, int64_t run, const char *kind, gr_text text, gr_text source,
                  const gr_list *changes)
{
    size_t count = changes ? changes->count : 0;
    gr_event_change *copy = gr_arena_alloc(e->arena, sizeof *copy * (count + 1));
    gr_event event = { run, kind, text, source, copy, count };

    for (size_t i = 0; copy && i < count; i++)
        copy[i] = *GR_AT(*changes, gr_event_change, i);
    if (!copy || !text.ptr || !source.ptr || !gr_list_push(&e->event, &event))
        e->no_memory = true;
}

gr_text gr_event_keep(gr_events *e, gr_text text)
{
    gr_text copy = gr_arena_copy(e->arena, text);

    e->no_memory = e->no_memory || !copy.ptr;
    return copy.ptr ? copy : GR_TEXT("");
}

gr_text gr_event_amount(gr_events *e, sqlite3_stmt *row, int column)
{
    char text[GR_MONEY_TEXT];
    gr_fraction amount;

    if (!gr_fraction_read(row, column, &amount))
        return gr_event_keep(e, gr_column_text(row, column));
    if (amount.is_unknown)
        return GR_TEXT("");
    return gr_event_keep(e, gr_text_of(gr_money_print(amount.num, amount.den, text)));
}

/* ---- fields ---- */

static gr_text field_text(gr_events *e, sqlite3_stmt *row, int column, gr_fact fact)
{
    if (gr_fact_get(fact)->type == GR_FACT_MONEY)
        return gr_event_amount(e, row, column);
    return gr_event_keep(e, gr_column_text(row, column));
}

/* number: of the recipient, from 2 on it is named; 0: facts of the gift. */
static bool add_facts(gr_events *e, sqlite3_stmt *row, int column, gr_fact first, int count,
                      int number, gr_list *out)
{
    for (int i = 0; i < count; i++) {
        gr_fact fact = (gr_fact)((int)first + i);
        gr_field field = { gr_text_of(gr_fact_get(fact)->name), { "", 0 } };

        if (sqlite3_column_type(row, column + i) == SQLITE_NULL)
            continue;
        if (number > 1)
            field.name = gr_arena_print(e->arena, "recipient %d: %s", number, field.name.ptr);
        field.value = field_text(e, row, column + i, fact);
        if (!field.name.ptr || !gr_list_push(out, &field))
            return false;
    }
    return true;
}

static gr_status read_recipients(gr_events *e, int64_t record, gr_list *out, gr_error *err)
{
    gr_sql sql = gr_sql_open();
    gr_statement s;
    bool fits = true;
    gr_status status;

    gr_sql_add(&sql, "SELECT g.position");
    for (int f = GR_FACT_FIRST_OF_RECIPIENT; f < GR_FACT_COUNT; f++)
        gr_sql_add_column(&sql, ", p.", (gr_fact)f);
    gr_sql_add(&sql, " FROM given AS g JOIN recipient AS p ON p.recipient = g.recipient "
                     "WHERE g.record = ? ORDER BY g.position");
    s = gr_statement_open(e->ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    gr_bind_number(&s, record);
    while (fits && gr_statement_step(&s))
        fits = add_facts(e, s.handle, 1, GR_FACT_FIRST_OF_RECIPIENT, GR_RECIPIENT_FACT_COUNT,
                         sqlite3_column_int(s.handle, 0), out);
    status = gr_statement_close(&s, err);
    return status == GR_OK && !fits ? gr_fail_memory(err) : status;
}

gr_status gr_fields_read(gr_events *e, int64_t record, gr_list *out, gr_error *err)
{
    gr_sql sql = gr_sql_open();
    gr_statement s;
    bool fits = true;
    gr_status status;

    gr_list_cut(out, 0);
    gr_sql_add(&sql, "SELECT 0");
    for (int f = 0; f < GR_GIFT_FACT_COUNT; f++)
        gr_sql_add_column(&sql, ", ", (gr_fact)f);
    gr_sql_add(&sql, " FROM record WHERE record = ?");
    s = gr_statement_open(e->ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    gr_bind_number(&s, record);
    if (gr_statement_step(&s))
        fits = add_facts(e, s.handle, 1, (gr_fact)0, GR_GIFT_FACT_COUNT, 0, out);
    status = gr_statement_close(&s, err);
    if (status == GR_OK && !fits)
        status = gr_fail_memory(err);
    return status == GR_OK ? read_recipients(e, record, out, err) : status;
}

static const gr_field *find_field(const gr_list *fields, gr_text name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (gr_text_equal(GR_AT(*fields, gr_field, i)->name, name))
            return GR_AT(*fields, gr_field, i);
    return NULL;
}

bool gr_fields_compare(const gr_list *before, const gr_list *after, gr_list *changes)
{
    for (size_t i = 0; i < after->count; i++) {
        const gr_field *field = GR_AT(*after, gr_field, i);
        const gr_field *old = find_field(before, field->name);
        gr_event_change c = { field->name, old ? old->value : GR_TEXT(""), field->value };

        if (!gr_text_equal(c.before, c.after) && !gr_list_push(changes, &c))
            return false;
    }
    for (size_t i = 0; i < before->count; i++) {
        const gr_field *field = GR_AT(*before, gr_field, i);
        gr_event_change c = { field->name, field->value, GR_TEXT("") };

        if (!find_field(after, field->name) && c.before.len > 0 && !gr_list_push(changes, &c))
            return false;
    }
    return true;
}

/* ---- versions ---- */

enum { AT_RECORD, AT_RUN, AT_FILE, AT_LINE, AT_KIND, AT_FORMAT, AT_REVISION, AT_ID, AT_AMENDED };

typedef struct versions {
    gr_events *e;
    gr_list before, after, changes;
    gr_text format, id; /* of the record whose versions are told */
} versions;

/* What a retraction took back is what the next version is compared with. */
static gr_status tell_version(versions *v, sqlite3_stmt *row, gr_error *err)
{
    gr_events *e = v->e;
    gr_text format = gr_event_keep(e, gr_column_text(row, AT_FORMAT));
    gr_text id = gr_event_keep(e, gr_column_text(row, AT_ID));
    bool is_retraction = gr_text_is(gr_column_text(row, AT_KIND), "retraction");
    bool is_amended = sqlite3_column_type(row, AT_AMENDED) != SQLITE_NULL;
    gr_list kept = v->before;
    gr_status status = GR_OK;
    gr_text words, source;

    gr_list_cut(&v->changes, 0);
    if (!gr_text_equal(format, v->format) || !gr_text_equal(id, v->id) || id.len == 0)
        gr_list_cut(&v->before, 0);
    v->format = format;
    v->id = id;
    if (!is_retraction)
        status = gr_fields_read(e, sqlite3_column_int64(row, AT_RECORD), &v->after, err);
    if (status != GR_OK)
        return status;
    if (!is_retraction && !gr_fields_compare(&v->before, &v->after, &v->changes))
        return gr_fail_memory(err);
    words = gr_arena_print(e->arena,
                           is_retraction ? "%.*s %.*s is retracted, as version %lld%s"
                                         : "%.*s %.*s, version %lld%s",
                           GR_ALL(format), GR_ALL(id.len > 0 ? id : GR_TEXT("without an id")),
                           (long long)sqlite3_column_int64(row, AT_REVISION),
                           is_amended ? ", edited after it had been approved" : "");
    source = gr_arena_print(e->arena, "%.*s:%lld", GR_ALL(gr_column_text(row, AT_FILE)),
                            (long long)sqlite3_column_int64(row, AT_LINE));
    gr_event_add(e, sqlite3_column_int64(row, AT_RUN), is_retraction ? "retraction" : "version",
                 words, source, &v->changes);
    if (!is_retraction) {
        v->before = v->after;
        v->after = kept;
    }
    return GR_OK;
}

gr_status gr_events_of_records(gr_events *e, const char *condition, const char *text, gr_error *err)
{
    versions v = { e,           GR_LIST(gr_field), GR_LIST(gr_field), GR_LIST(gr_event_change),
                   GR_TEXT(""), GR_TEXT("") };
    gr_sql sql = gr_sql_open();
    gr_statement s;
    gr_status status = GR_OK, closed;
    gr_error later;

    gr_sql_add(&sql,
               "SELECT r.record, s.run, s.file, r.line, r.record_kind, r.format, r.revision, r.id, "
               "r.amended FROM record AS r JOIN source AS s ON s.source = r.source WHERE %s "
               "ORDER BY r.format, r.id, r.revision, r.record",
               condition);
    s = gr_statement_open(e->ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    gr_bind_word(&s, text);
    while (status == GR_OK && gr_statement_step(&s))
        status = tell_version(&v, s.handle, err);
    closed = gr_statement_close(&s, &later);
    if (status == GR_OK && closed != GR_OK) {
        *err = later;
        status = closed;
    }
    gr_list_free(&v.before);
    gr_list_free(&v.after);
    gr_list_free(&v.changes);
    return status;
}
