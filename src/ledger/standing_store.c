/* src/ledger/standing_store.c - what stands in force: kept when it changes. */
#include "base/digest.h"
#include "ledger/store.h"

/* ---- account executives ---- */

typedef struct held {
    gr_standing standing;
    int64_t row;
    bool is_met;
} held;

typedef struct holding {
    gr_arena *arena;
    gr_list held;   /* of held: in force before */
    gr_table known; /* by id, or by name where there is no id */
} holding;

static uint64_t hash_giver(gr_text id, gr_text name)
{
    return id.len > 0 ? gr_hash(id, 1) : gr_hash(name, 2);
}

static bool is_same_giver(const gr_standing *a, const gr_standing *b)
{
    if (a->id.len > 0 || b->id.len > 0)
        return gr_text_equal(a->id, b->id);
    return gr_text_equal(a->name, b->name);
}

static bool add_held(holding *all, sqlite3_stmt *row)
{
    held h = { .row = sqlite3_column_int64(row, 0) };

    h.standing.id = gr_arena_copy(all->arena, gr_column_text(row, 1));
    h.standing.name = gr_arena_copy(all->arena, gr_column_text(row, 2));
    h.standing.gifts = (uint64_t)sqlite3_column_int64(row, 3);
    h.standing.recipients = (uint64_t)sqlite3_column_int64(row, 4);
    return h.standing.id.ptr && h.standing.name.ptr && gr_list_push(&all->held, &h) &&
           gr_table_put(&all->known, hash_giver(h.standing.id, h.standing.name),
                        (uint32_t)all->held.count - 1);
}

static gr_status load_held(gr_ledger *ledger, holding *all, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT standing, giver_id, giver_name, gifts, recipients FROM standing AS s WHERE "
        "NOT EXISTS (SELECT 1 FROM standing AS n WHERE n.replaces = s.standing)");
    bool fits = all->arena != NULL;
    gr_status status;

    while (fits && gr_statement_step(&s))
        fits = add_held(all, s.handle);
    status = gr_statement_close(&s, err);
    return status == GR_OK && !fits ? gr_fail_memory(err) : status;
}

static held *find_held(const holding *all, const gr_standing *standing)
{
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&all->known, hash_giver(standing->id, standing->name), &cursor)) !=
           GR_NONE)
        if (is_same_giver(&GR_AT(all->held, held, i)->standing, standing))
            return GR_AT(all->held, held, i);
    return NULL;
}

static gr_status write_standing(gr_ledger *ledger, const gr_standing *standing, const held *before,
                                gr_error *err)
{
    gr_status status = gr_run_row(ledger, err);
    gr_statement s;
    int64_t key;

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_STANDING, &key, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_STANDING,
                          "INSERT INTO standing (standing, run, replaces, giver_id, giver_name, "
                          "gifts, recipients) VALUES (?, ?, ?, ?, ?, ?, ?)");
    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->run);
    if (before)
        gr_bind_number(&s, before->row);
    else
        gr_bind_null(&s);
    gr_bind_text(&s, standing->id);
    gr_bind_text(&s, standing->name);
    gr_bind_number(&s, (int64_t)standing->gifts);
    gr_bind_number(&s, (int64_t)standing->recipients);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

static bool is_unchanged(const gr_standing *a, const gr_standing *b)
{
    return a->gifts == b->gifts && a->recipients == b->recipients &&
           gr_text_equal(a->name, b->name);
}

static gr_status write_all(gr_ledger *ledger, holding *all, const gr_standing *standing,
                           size_t count, bool is_whole, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < count; i++) {
        held *before = find_held(all, &standing[i]);

        if (before)
            before->is_met = true;
        if (before ? !is_unchanged(&before->standing, &standing[i]) : standing[i].gifts > 0)
            status = write_standing(ledger, &standing[i], before, err);
    }
    for (size_t i = 0; is_whole && status == GR_OK && i < all->held.count; i++) {
        const held *h = GR_AT(all->held, held, i);
        gr_standing none = { .id = h->standing.id, .name = h->standing.name };

        if (!h->is_met && h->standing.gifts > 0)
            status = write_standing(ledger, &none, h, err);
    }
    return status;
}

gr_status gr_ledger_standing_add(gr_ledger *ledger, const gr_standing *standing, size_t count,
                                 bool is_whole, const gr_totals *totals, gr_error *err)
{
    holding all = { .arena = gr_arena_create(), .held = GR_LIST(held) };
    gr_status status = load_held(ledger, &all, err);

    if (status == GR_OK)
        status = write_all(ledger, &all, standing, count, is_whole, err);
    ledger->totals = *totals;
    gr_table_free(&all.known);
    gr_list_free(&all.held);
    gr_arena_free(all.arena);
    return gr_ledger_note(ledger, status);
}
