/* src/ledger/seal.c - see seal.h. */
#include "ledger/seal.h"

#include "ledger/store.h"

static gr_status add(gr_ledger *ledger, gr_text public_key, gr_error *err)
{
    gr_status status = gr_run_row(ledger, err);
    gr_statement s;
    int64_t key = 0;

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_SEAL, &key, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "INSERT INTO seal (seal, run, public_key) VALUES (?, ?, ?)");
    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->run);
    gr_bind_text(&s, public_key);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_seal_add(gr_ledger *ledger, gr_text public_key, gr_error *err)
{
    return gr_ledger_note(ledger, add(ledger, public_key, err));
}

gr_status gr_ledger_head(gr_ledger *ledger, gr_arena *arena, gr_seal_said *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT, "SELECT run, started, hash FROM run ORDER BY run DESC LIMIT 1");
    gr_status status;

    *out = (gr_seal_said){ .run = 0, .moment = GR_TEXT(""), .hash = GR_TEXT("") };
    if (gr_statement_step(&s)) {
        out->run = sqlite3_column_int64(s.handle, 0);
        out->moment = gr_arena_copy(arena, gr_column_text(s.handle, 1));
        out->hash = gr_arena_copy(arena, gr_column_text(s.handle, 2));
    }
    status = gr_statement_close(&s, err);
    return status == GR_OK && (!out->moment.ptr || !out->hash.ptr) ? gr_fail_memory(err) : status;
}
