/* src/ledger/parties.c - recipients held in memory, up to a bound; past it all are forgotten, which costs
 * a row more in the ledger, or a row read again, and is never wrong. */
#include "ledger/store.h"

bool gr_parties_open(gr_parties *parties)
{
    parties->table = (gr_table){ NULL, 0, 0 };
    parties->party = GR_LIST(gr_party);
    parties->arena = gr_arena_create();
    return parties->arena != NULL;
}

void gr_parties_clear(gr_parties *parties)
{
    gr_table_free(&parties->table);
    gr_list_cut(&parties->party, 0);
    gr_arena_reset(parties->arena);
}

void gr_parties_trim(gr_parties *parties)
{
    if (parties->party.count >= GR_LEDGER_PARTIES ||
        gr_arena_used(parties->arena) >= GR_LEDGER_PARTY_BYTES)
        gr_parties_clear(parties);
}

void gr_parties_free(gr_parties *parties)
{
    gr_table_free(&parties->table);
    gr_list_free(&parties->party);
    gr_arena_free(parties->arena);
    parties->arena = NULL;
}

gr_party *gr_parties_find(const gr_parties *parties, uint64_t hash, gr_text bytes, int64_t row)
{
    size_t cursor = 0;
    uint32_t number;

    while ((number = gr_table_find(&parties->table, hash, &cursor)) != GR_NONE) {
        gr_party *party = GR_AT(parties->party, gr_party, number);

        if (bytes.len > 0 ? gr_text_equal(party->bytes, bytes) : party->row == row)
            return party;
    }
    return NULL;
}

gr_party *gr_parties_add(gr_parties *parties, uint64_t hash, gr_text bytes, int64_t row)
{
    gr_party party = { gr_arena_copy(parties->arena, bytes), row, NULL };

    if (!party.bytes.ptr || !gr_list_push(&parties->party, &party) ||
        !gr_table_put(&parties->table, hash, (uint32_t)parties->party.count - 1))
        return NULL;
    return GR_AT(parties->party, gr_party, parties->party.count - 1);
}
