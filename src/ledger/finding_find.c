/* src/ledger/finding_find.c - see finding_find.h. The beginning of an id is compared as it is: a sign that means
 * something to a pattern means nothing here. */
#include "ledger/finding_find.h"

#include "ledger/store.h"

gr_status gr_ledger_finding_find(gr_ledger *ledger, gr_text beginning, gr_arena *arena,
                                 gr_finding_kept *out, bool *is_there, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT f.id, f.rule, f.rulebook_sha256, r.started FROM finding AS f "
                          "JOIN run AS r ON r.run = f.run WHERE substr(f.id, 1, length(?1)) = ?1 "
                          "ORDER BY f.finding DESC LIMIT 1");
    gr_finding_kept kept = { GR_TEXT(""), GR_TEXT(""), GR_TEXT(""), GR_TEXT("") };
    gr_text *texts[] = { &kept.id, &kept.rule, &kept.rulebook_sha256, &kept.started };
    bool fits = true, found;
    gr_status status;

    gr_bind_text(&s, beginning);
    found = gr_statement_step(&s);
    for (int i = 0; found && i < (int)GR_COUNT(texts); i++) {
        *texts[i] = gr_arena_copy(arena, gr_column_text(s.handle, i));
        fits = fits && texts[i]->ptr;
    }
    status = gr_statement_close(&s, err);
    if (status == GR_OK && !fits)
        return gr_fail_memory(err);
    if (status == GR_OK) {
        *out = kept;
        *is_there = found;
    }
    return status;
}
