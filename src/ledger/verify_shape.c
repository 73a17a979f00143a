/* src/ledger/verify_shape.c - tables, indexes and views beside those of a new ledger, made in memory for the purpose:
 * a dropped index, a foreign trigger, a column more. Of tables the columns are compared, not the text: one that was
 * brought up to date has its later columns at the end. */
#include "ledger/verifying.h"

typedef struct object { /* a table, an index, a view, a trigger */
    gr_text name, shape;
} object;

/* "table finding", and what it is like. */
#define OBJECTS                                                                                    \
    "SELECT 'table ' || l.name AS name, 'strict ' || l.strict || ' rowid ' || l.wr || ' ' || "     \
    "(SELECT group_concat(c, ', ') FROM (SELECT name || ' ' || type || ' ' || \"notnull\" || "     \
    "' ' || coalesce(dflt_value, '-') || ' ' || pk AS c FROM pragma_table_xinfo(l.name) "          \
    "ORDER BY name)) || coalesce((SELECT group_concat(r, ', ') FROM (SELECT \"from\" || '>' || "   \
    "\"table\" AS r FROM pragma_foreign_key_list(l.name) ORDER BY 1)), '') AS shape "              \
    "FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.type = 'table' "                    \
    "AND l.name NOT LIKE 'sqlite!_%' ESCAPE '!' "                                                  \
    "UNION ALL SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema "                  \
    "WHERE type <> 'table' ORDER BY 1"

static gr_status read_objects(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT, OBJECTS);
    bool fits = true;
    gr_status status;

    while (fits && gr_statement_step(&s)) {
        object o = { gr_arena_copy(arena, gr_column_text(s.handle, 0)),
                     gr_arena_copy(arena, gr_column_text(s.handle, 1)) };

        fits = o.name.ptr && o.shape.ptr && gr_list_push(out, &o);
    }
    status = gr_statement_close(&s, err);
    return status == GR_OK && !fits ? gr_fail_memory(err) : status;
}

/* Two sorted lists side by side. */
static void compare(gr_verifying *v, const gr_list *ours, const gr_list *there)
{
    size_t i = 0, k = 0;

    while (i < ours->count || k < there->count) {
        const object *a = i < ours->count ? GR_AT(*ours, object, i) : NULL;
        const object *b = k < there->count ? GR_AT(*there, object, k) : NULL;
        int order = !a ? 1 : !b ? -1 : gr_text_compare(a->name, b->name);

        if (order < 0)
            gr_fault_add(v, 0, NULL, "the %.*s is missing", GR_SHOW(a->name));
        else if (order > 0)
            gr_fault_add(v, 0, NULL, "the %.*s is none of a ledger", GR_SHOW(b->name));
        else if (!gr_text_equal(a->shape, b->shape))
            gr_fault_add(v, 0, NULL, "the %.*s is not as a ledger has it", GR_SHOW(a->name));
        i += order <= 0;
        k += order >= 0;
    }
}

gr_status gr_verify_shape(gr_verifying *v, gr_error *err)
{
    gr_list ours = GR_LIST(object), there = GR_LIST(object);
    gr_ledger *fresh = NULL;
    gr_status status = gr_ledger_open(":memory:", &fresh, err);

    if (status == GR_OK)
        status = gr_records_make_index(fresh, err);
    if (status == GR_OK)
        status = read_objects(fresh, v->arena, &ours, err);
    gr_ledger_close(fresh);
    if (status == GR_OK) {
        status = read_objects(v->ledger, v->arena, &there, err);
        if (status == GR_OK)
            compare(v, &ours, &there);
        else
            status = gr_fault_soften(v, 0, NULL, status, err);
    }
    gr_list_free(&ours);
    gr_list_free(&there);
    return status;
}
