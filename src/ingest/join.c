/* src/ingest/join.c - rows are found by their recipient's key. A row belongs to the entry it
 * names; else to the entry that its file is named after; else to the only entry of the run that
 * has this recipient. The order of inputs plays no part in any of this. */
#include "ingest/join.h"

#include "base/bounds.h"
#include "base/digest.h"

#include <string.h>

bool gr_join_open(gr_join *join)
{
    *join = (gr_join){ gr_arena_create(), GR_LIST(gr_addition), { NULL, 0, 0 }, false };
    return join->arena != NULL;
}

void gr_join_free(gr_join *join)
{
    gr_arena_free(join->arena);
    gr_list_free(&join->additions);
    gr_table_free(&join->by_key);
}

static bool copy_text(gr_arena *arena, gr_text *text)
{
    if (text->len > 0)
        *text = gr_arena_copy(arena, *text);
    return text->ptr != NULL;
}

/* "exports/abc.xml.gz" is "abc". */
static gr_text stem_of(gr_text file)
{
    size_t from = file.len;

    while (from > 0 && file.ptr[from - 1] != '/')
        from--;
    file = gr_text_slice(file, from, file.len);
    if (gr_text_ends(file, GR_TEXT(".gz")))
        file.len -= 3;
    if (gr_text_ends(file, GR_TEXT(".xml")))
        file.len -= 4;
    return file;
}

static bool copy_facts(gr_arena *arena, gr_recipient *recipient)
{
    bool copied = true;

    for (uint64_t known = recipient->known; known; known &= known - 1) {
        unsigned i = (unsigned)__builtin_ctzll(known);

        if (gr_fact_get((gr_fact)(GR_FACT_FIRST_OF_RECIPIENT + i))->type == GR_FACT_TEXT)
            copied = copied && copy_text(arena, &recipient->value[i].text);
    }
    return copied;
}

gr_status gr_join_keep(gr_join *join, const gr_format_file *format, const gr_record *record,
                       gr_text raw, gr_text file, gr_error *err)
{
    gr_addition row = { .format = format->id,
                        .raw = raw,
                        .stem = stem_of(file),
                        .line = record->line,
                        .column = record->column,
                        .entry = gr_record_text(record, GR_F_ID) };

    if (record->recipient_count > 0)
        row.facts = record->recipient[0];
    if (!copy_facts(join->arena, &row.facts) || !copy_text(join->arena, &row.entry) ||
        !copy_text(join->arena, &row.stem) || !copy_text(join->arena, &row.raw))
        return gr_fail_memory(err);
    row.key = gr_recipient_text(&row.facts, GR_F_JOIN_KEY);
    if (join->additions.count >= GR_NONE - 1 ||
        !gr_table_put(&join->by_key, gr_hash(row.key, 0), (uint32_t)join->additions.count) ||
        !gr_list_push(&join->additions, &row))
        return gr_fail_memory(err);
    join->unnamed |= row.entry.len == 0;
    return GR_OK;
}

static gr_addition *next_row(gr_join *join, gr_text key, size_t *cursor)
{
    uint64_t hash = gr_hash(key, 0);

    for (uint32_t n; (n = gr_table_find(&join->by_key, hash, cursor)) != GR_NONE;) {
        gr_addition *row = GR_AT(join->additions, gr_addition, n);

        if (n < join->additions.count &&
            gr_text_equal(row->key, key)) /* else of a refused document */
            return row;
    }
    return NULL;
}

/* A record has the recipient of a row that names no entry. */
static bool guess(gr_join *join, gr_addition *row, gr_text id)
{
    bool fits_stem = gr_text_equal(row->stem, id);

    if (row->by_stem || (row->guessed && !fits_stem)) {
        row->ambiguous |= !row->by_stem && !gr_text_equal(row->entry, id);
        return true;
    }
    row->entry = gr_arena_copy(join->arena, id);
    row->guessed = true;
    row->by_stem = fits_stem;
    row->ambiguous &= !fits_stem;
    return row->entry.ptr != NULL;
}

gr_status gr_join_survey(gr_join *join, const gr_record *record, gr_error *err)
{
    gr_text id = gr_record_text(record, GR_F_ID);

    for (size_t i = 0; i < record->recipient_count; i++) {
        gr_text key = gr_recipient_text(&record->recipient[i], GR_F_JOIN_KEY);
        size_t cursor = 0;

        for (gr_addition *row; key.len > 0 && (row = next_row(join, key, &cursor));)
            if ((row->guessed || row->entry.len == 0) && !guess(join, row, id))
                return gr_fail_memory(err);
    }
    return GR_OK;
}

/* What the row says is taken; what the record says itself stays. */
static bool add_facts(gr_recipient *recipient, const gr_recipient *facts, gr_arena *arena)
{
    uint64_t known = facts->known & ~recipient->known;
    gr_recipient copy = *facts;

    copy.known = known;
    if (!copy_facts(arena, &copy))
        return false;
    for (; known; known &= known - 1) {
        unsigned i = (unsigned)__builtin_ctzll(known);

        recipient->value[i] = copy.value[i];
        recipient->known |= UINT64_C(1) << i;
    }
    return true;
}

gr_status gr_join_apply(gr_join *join, gr_text format, gr_record *record, gr_arena *arena,
                        gr_error *err)
{
    gr_text id = gr_record_text(record, GR_F_ID);

    for (size_t i = 0; i < record->recipient_count && join->additions.count > 0; i++) {
        gr_text key = gr_recipient_text(&record->recipient[i], GR_F_JOIN_KEY);
        size_t cursor = 0;

        for (gr_addition *row; key.len > 0 && (row = next_row(join, key, &cursor));) {
            if (row->ambiguous || !gr_text_equal(row->entry, id) ||
                !gr_text_equal(row->format, format))
                continue;
            if (!add_facts(&record->recipient[i], &row->facts, arena))
                return gr_fail_memory(err);
            row->used = true;
        }
    }
    return GR_OK;
}
