/* src/ledger/verify_file.c - SQLite's own checks of pages, indexes and references. They take longer than all of ours
 * and so run beside them, in a thread with a connection of its own. */
#include "ledger/verify.h"
#include "ledger/verifying.h"

static gr_status check_pages(gr_verifying *v, gr_error *err)
{
    gr_statement s = gr_statement_open(v->ledger, GR_KEPT_NOT, "PRAGMA integrity_check(20)");

    while (gr_statement_step(&s)) {
        gr_text text = gr_column_text(s.handle, 0);

        if (!gr_text_is(text, "ok"))
            gr_fault_add(v, 0, NULL, "SQLite finds the file damaged: %.*s", GR_SHOW(text));
    }
    return gr_fault_soften(v, 0, NULL, gr_statement_close(&s, err), err);
}

static gr_status check_references(gr_verifying *v, gr_error *err)
{
    gr_statement s = gr_statement_open(v->ledger, GR_KEPT_NOT,
                                       "SELECT \"table\", parent, count(*) FROM "
                                       "pragma_foreign_key_check GROUP BY 1, 2");

    while (gr_statement_step(&s)) {
        gr_text table = gr_column_text(s.handle, 0), parent = gr_column_text(s.handle, 1);

        gr_fault_add(v, 0, NULL, "%lld rows of %.*s name a row of %.*s that is not there",
                     (long long)sqlite3_column_int64(s.handle, 2), GR_SHOW(table), GR_SHOW(parent));
    }
    return gr_fault_soften(v, 0, NULL, gr_statement_close(&s, err), err);
}

static void *check(void *context)
{
    gr_file_check *c = context;
    gr_status status = gr_ledger_open_verifying(c->path, &c->v.ledger, &c->err);

    if (status == GR_OK)
        status = check_pages(&c->v, &c->err);
    if (status == GR_OK)
        status = check_references(&c->v, &c->err);
    if (status == GR_OK && c->v.no_memory)
        status = gr_fail_memory(&c->err);
    gr_ledger_close(c->v.ledger);
    c->status = status;
    return NULL;
}

void gr_file_check_start(gr_file_check *c, const char *path)
{
    *c = (gr_file_check){ .path = path, .v = { .fault = GR_LIST(gr_fault) } };
    c->v.out = &c->found;
    c->v.arena = gr_arena_create();
    if (!c->v.arena)
        c->status = gr_fail_memory(&c->err);
    else if (pthread_create(&c->thread, NULL, check, c) == 0)
        c->has_thread = true;
    else
        check(c);
}

gr_status gr_file_check_end(gr_file_check *c, gr_verifying *v, gr_error *err)
{
    if (c->has_thread)
        pthread_join(c->thread, NULL);
    for (size_t i = 0; c->status == GR_OK && v && i < c->v.fault.count; i++)
        gr_fault_add(v, 0, NULL, "%s", GR_AT(c->v.fault, gr_fault, i)->text.ptr);
    gr_list_free(&c->v.fault);
    gr_arena_free(c->v.arena);
    if (c->status != GR_OK)
        *err = c->err;
    return c->status;
}
