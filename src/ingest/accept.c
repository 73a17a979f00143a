/* src/ingest/accept.c - what a record must have, where it waits, and the way into a batch or into
 * quarantine. A source's batches are put in order; the last one carries what is known of the
 * source. */
#include "ingest/accept.h"

#include "ingest/mask.h"

#include <stdio.h>
#include <string.h>

enum { GR_BATCH_BYTES = 4 << 20, GR_HELD_RAW_BYTES = 32 << 20 };

gr_place gr_record_place(const gr_builder *b, const gr_record *record)
{
    return (gr_place){ b->source->file.ptr, record->line, record->column };
}

static void no_memory(gr_builder *b)
{
    if (b->status == GR_OK)
        b->status = gr_fail_memory(b->err);
}

/* ---- batches ---- */

static void put(gr_builder *b)
{
    b->batch->result = *b->source;
    b->ingest->sink.put(b->ingest->sink.context, b->batch);
    b->batch = NULL;
}

bool gr_accept_batch(gr_builder *b)
{
    if (b->batch &&
        (b->batch->count == GR_BATCH_RECORDS || gr_arena_used(b->batch->arena) > GR_BATCH_BYTES))
        put(b);
    if (!b->batch && b->status == GR_OK) {
        b->batch = b->ingest->sink.fresh(b->ingest->sink.context);
        if (b->batch)
            b->batch->source = b->number;
        else
            no_memory(b);
    }
    return b->batch != NULL && b->status == GR_OK;
}

void gr_builder_end(gr_builder *b, bool refused)
{
    bool had_memory = b->status != GR_ENOMEM;

    if (!refused && b->status == GR_OK && !gr_accept_batch(b))
        return;
    if (refused && had_memory && !b->batch) {
        b->batch = b->ingest->sink.fresh(b->ingest->sink.context);
        if (b->batch)
            b->batch->source = b->number;
    }
    if (!b->batch)
        return;
    b->batch->end = refused ? GR_BATCH_REFUSED : GR_BATCH_ACCEPTED;
    put(b);
}

/* ---- quarantine ---- */

static gr_text copy_raw(gr_builder *b, gr_text raw)
{
    static const char cut[] = "\n... (cut: the record is longer)";
    bool is_long = raw.len >= GR_MAX_RECORD_BYTES;
    size_t n = is_long ? gr_text_cut(raw, GR_MAX_RECORD_BYTES - 1) : raw.len;
    char *copy = gr_arena_alloc(b->batch->arena, n + sizeof cut);

    if (!copy)
        return (gr_text){ NULL, 0 };
    memcpy(copy, n ? raw.ptr : "", n);
    gr_mask(b->format, copy, n);
    memcpy(copy + n, is_long ? cut : "", is_long ? sizeof cut : 1);
    return (gr_text){ copy, n + (is_long ? sizeof cut - 1 : 0) };
}

void gr_builder_quarantine(gr_builder *b, const gr_error *error, gr_text id, gr_text raw)
{
    gr_quarantined *q;

    if (!gr_accept_batch(b))
        return;
    q = gr_list_add(&b->batch->quarantined);
    if (!q) {
        no_memory(b);
        return;
    }
    q->error = *error;
    q->record = gr_arena_copy(b->batch->arena, id);
    q->raw = copy_raw(b, raw);
    b->source->quarantined++;
    if (!q->record.ptr || !q->raw.ptr)
        no_memory(b);
}

/* ---- what a record must have ---- */

static void missing(gr_builder *b, const gr_record *record, const char *label, const gr_need *need)
{
    gr_error err;

    gr_fail(&err, GR_EINPUT, gr_record_place(b, record), "complete the record at the source",
            "the %s has no %s", label, need->what);
    gr_builder_bad(b, &err);
}

/* A retraction needs only the number of what it takes back. */
static void check_needs(gr_builder *b, const gr_record *record, const gr_record_rule *rule)
{
    for (size_t i = 0; i < rule->need_count; i++) {
        const gr_need *need = &rule->need[i];
        bool is_id = need->gift >> GR_F_ID & 1;

        if (!(record->known & need->gift) && !(need->recipient && record->recipient_count > 0) &&
            (is_id || record->kind != GR_RECORD_RETRACTION))
            missing(b, record, rule->label, need);
    }
}

static void check_minus(gr_builder *b, const gr_record *record)
{
    char shown[GR_MONEY_TEXT];
    gr_error err;

    if (!b->minus || !gr_record_knows(record, GR_F_COST))
        return;
    gr_amount_print(record->value[GR_F_COST].amount, shown);
    gr_fail(&err, GR_EINPUT, gr_record_place(b, record),
            "a refund is no gift of its own: take the first record back instead",
            "the amount %s is a credit", shown);
    gr_builder_bad(b, &err);
}

/* Of a line of a roster, which holds from a day to a day: a line that never held says nothing. */
static void check_days(gr_builder *b, const gr_record *record, const char *label)
{
    char starts[GR_DAY_TEXT], ends[GR_DAY_TEXT];
    gr_error err;

    if (!gr_record_knows(record, GR_F_STARTS) || !gr_record_knows(record, GR_F_ENDS) ||
        record->value[GR_F_ENDS].number >= record->value[GR_F_STARTS].number)
        return;
    gr_fail(&err, GR_EINPUT, gr_record_place(b, record), "correct one of the two days",
            "the %s ends on %s, before it starts on %s", label,
            gr_day_print((gr_day)record->value[GR_F_ENDS].number, ends),
            gr_day_print((gr_day)record->value[GR_F_STARTS].number, starts));
    gr_builder_bad(b, &err);
}

static bool all_have_shares(const gr_record *record)
{
    for (size_t i = 0; i < record->recipient_count; i++)
        if (!gr_recipient_knows(&record->recipient[i], GR_F_SHARE))
            return false;
    return true;
}

static void count_record(gr_builder *b)
{
    if (++*b->run_records > GR_MAX_RECORDS && b->status == GR_OK)
        b->status = gr_fail(b->err, GR_ELIMIT, (gr_place){ b->source->file.ptr, 0, 0 },
                            "give the exports in several runs", "more than %d records in one run",
                            GR_MAX_RECORDS);
}

/* The facts are complete; record and its texts are where they are to stay. */
static void conclude(gr_builder *b, gr_record *record, const gr_record_rule *rule, gr_text raw)
{
    check_needs(b, record, rule);
    check_days(b, record, rule->label);
    if (b->join && rule->join.len > 0 && !b->has_bad &&
        gr_join_apply(b->join, rule->join, record, b->into, b->err) != GR_OK)
        b->status = GR_ENOMEM;
    record->shares_computed =
        rule->shares_computed && record->recipient_count > 0 && !all_have_shares(record);
    if (b->has_bad) {
        gr_builder_quarantine(b, &b->bad_space, gr_record_text(record, GR_F_ID),
                              raw.ptr ? raw : b->raw(b->reader));
        return;
    }
    count_record(b);
    b->source->records++;
    if (rule->is_addition && b->join)
        b->status = gr_join_keep(b->join, b->format, record, raw.ptr ? raw : b->raw(b->reader),
                                 b->source->file, b->err);
    else if (!rule->is_addition)
        b->batch->count++;
}

/* ---- records that wait ---- */

static bool copy_to_batch(gr_builder *b, gr_value *value, uint64_t known, gr_fact first)
{
    for (; known; known &= known - 1) {
        unsigned i = (unsigned)__builtin_ctzll(known);

        if (gr_fact_get((gr_fact)(first + i))->type != GR_FACT_TEXT)
            continue;
        value[i].text = gr_arena_copy(b->batch->arena, value[i].text);
        if (!value[i].text.ptr)
            return false;
    }
    return true;
}

/* From the source's arena into a batch. */
static gr_record *move_to_batch(gr_builder *b, const gr_record *from)
{
    gr_record *to;
    bool copied;

    if (!gr_accept_batch(b))
        return NULL;
    to = &b->batch->record[b->batch->count];
    *to = *from;
    to->recipient =
        gr_arena_alloc(b->batch->arena, (from->recipient_count + 1) * sizeof *to->recipient);
    copied = to->recipient && copy_to_batch(b, to->value, to->known, (gr_fact)0);
    for (size_t i = 0; i < from->recipient_count && copied; i++) {
        to->recipient[i] = from->recipient[i];
        copied = copy_to_batch(b, to->recipient[i].value, to->recipient[i].known,
                               GR_FACT_FIRST_OF_RECIPIENT);
    }
    if (!copied)
        no_memory(b);
    return copied ? to : NULL;
}

static bool is_decided(const gr_builder *b, const gr_held *held)
{
    for (uint64_t bits = b->format->rule[held->rule].inherited; bits; bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctzll(bits);

        if (held->rank[i] > b->format->set[i].inherited)
            return false;
    }
    return true;
}

/* Gives a waiting record what has been seen since, where that goes first. */
static void update(gr_builder *b, gr_held *held, size_t number)
{
    for (uint64_t bits = b->format->rule[held->rule].inherited & b->inherited_filled; bits;
         bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctzll(bits);
        const gr_slot *slot = &b->inherited[i];
        const gr_set *set = &b->format->set[i];

        if (slot->rank >= held->rank[i] || number < b->scope[slot->depth].held_from)
            continue;
        held->rank[i] = slot->rank;
        if (slot->error)
            held->record.known &= ~(UINT64_C(1) << set->fact);
        else
            gr_record_set(&held->record, NULL, set->fact, slot->value);
    }
}

static const gr_error *inherited_error(const gr_builder *b, const gr_held *held)
{
    for (uint64_t bits = b->format->rule[held->rule].inherited & b->inherited_filled; bits;
         bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctzll(bits);

        if (b->inherited[i].error && held->rank[i] == b->inherited[i].rank)
            return b->inherited[i].error;
    }
    return NULL;
}

static void release(gr_builder *b, const gr_held *held)
{
    const gr_record_rule *rule = &b->format->rule[held->rule];
    const gr_error *error = inherited_error(b, held);
    gr_record *record = (gr_record *)(uintptr_t)&held->record;

    b->has_bad = false;
    if (error)
        gr_builder_bad(b, error);
    if (!rule->is_addition)
        record = move_to_batch(b, record);
    b->into = b->batch ? b->batch->arena : b->arena;
    if (record)
        conclude(b, record, rule, held->raw);
}

/* All records that wait from number on; those before it still do. */
static void release_from(gr_builder *b, size_t number)
{
    for (size_t i = number; i < b->held.count && b->status == GR_OK; i++)
        release(b, GR_AT(b->held, gr_held, i));
    gr_list_cut(&b->held, number);
}

void gr_release_decided(gr_builder *b)
{
    gr_record *open = b->record;
    gr_arena *into = b->into;
    bool had_bad = b->has_bad;
    size_t n = b->held.count;

    if (n == 0 || open)
        return; /* an open record is settled first, at its end */
    for (size_t i = 0; i < n; i++)
        update(b, GR_AT(b->held, gr_held, i), i);
    for (size_t i = 0; i < n; i++)
        if (!is_decided(b, GR_AT(b->held, gr_held, i)))
            return;
    release_from(b, 0);
    b->into = into;
    b->has_bad = had_bad;
}

static gr_text keep_raw(gr_builder *b)
{
    gr_text raw = b->raw(b->reader);

    if (gr_arena_used(b->arena) > GR_HELD_RAW_BYTES)
        raw = GR_TEXT("(not kept: too many records waited for a value that stands after them)");
    return gr_arena_copy(b->arena, raw);
}

static bool hold(gr_builder *b, const uint8_t *rank)
{
    gr_held *held;

    if (b->held.count >= GR_MAX_WAITING) {
        if (b->status == GR_OK)
            b->status = gr_fail(b->err, GR_ELIMIT, gr_record_place(b, b->record),
                                "export fewer records into one file",
                                "more than %d records wait for a value that stands after them",
                                GR_MAX_WAITING);
        return false;
    }
    held = gr_list_add(&b->held);
    if (!held) {
        no_memory(b);
        return false;
    }
    held->record = *b->record;
    memcpy(held->rank, rank, sizeof held->rank);
    held->rule = (uint8_t)(b->rule - b->format->rule);
    held->raw = keep_raw(b);
    if (!held->raw.ptr)
        no_memory(b);
    return true;
}

/* ---- the end of a record ---- */

static bool take_recipients(gr_builder *b)
{
    size_t n = b->recipients.count;

    b->record->recipient_count = n;
    b->record->recipient = NULL;
    if (n == 0)
        return true;
    b->record->recipient = gr_arena_alloc(b->into, n * sizeof(gr_recipient));
    if (!b->record->recipient)
        return false;
    memcpy(b->record->recipient, b->recipients.items, n * sizeof(gr_recipient));
    return true;
}

static void add_cost(gr_builder *b)
{
    if (b->has_bad || b->rule->is_addition || !gr_record_knows(b->record, GR_F_COST))
        b->sum_known &= !b->has_bad;
    else if (!gr_amount_add(b->sum, b->record->value[GR_F_COST].amount, &b->sum))
        b->sum_known = false;
}

static bool must_wait(const gr_builder *b, const uint8_t *rank)
{
    for (uint64_t bits = b->rule->inherited; bits; bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctzll(bits);

        if (rank[i] > b->format->set[i].inherited)
            return true;
    }
    return false;
}

void gr_accept(gr_builder *b, const uint8_t *rank)
{
    gr_record *record = b->record;

    if (!take_recipients(b)) {
        no_memory(b);
        return;
    }
    if (b->retract)
        record->kind = GR_RECORD_RETRACTION;
    check_minus(b, record);
    if (b->format->control_count > 0)
        add_cost(b);
    if (!b->has_bad && b->rule->inherited && must_wait(b, rank)) {
        hold(b, rank);
        return;
    }
    if (record == &b->draft && !b->rule->is_addition) {
        record = b->has_bad ? record : move_to_batch(b, record);
        b->into = b->batch ? b->batch->arena : b->arena;
    }
    if (record)
        conclude(b, record, b->rule, (gr_text){ NULL, 0 });
}

gr_reading gr_copy_inherited(gr_builder *b, const gr_set *set, bool is_inherited, gr_value *value)
{
    if (!is_inherited || set->type != GR_FACT_TEXT || b->into == b->arena)
        return GR_READ_VALUE;
    value->text = gr_arena_copy(b->into, value->text);
    return value->text.ptr ? GR_READ_VALUE : GR_READ_MEMORY;
}

/* ---- scopes and control totals ---- */

void gr_builder_scope(gr_builder *b, int depth)
{
    b->scope[depth] = (gr_scope){ b->held.count, b->seen, b->sum, b->sum_known };
    b->scopes++;
}

static void check_total(gr_builder *b, const gr_control *control, const gr_total_stated *total,
                        const gr_scope *scope)
{
    gr_amount found = { (int64_t)(b->seen - scope->seen) * 100, 1 };
    char shown[GR_MONEY_TEXT];
    gr_error err;

    if (control->sums && (!b->sum_known || !gr_amount_subtract(b->sum, scope->sum, &found)))
        return; /* a record without a readable cost is in quarantine itself */
    if (gr_amount_compare(found, total->amount) == 0)
        return;
    gr_amount_print(found, shown);
    if (!control->sums)
        shown[strlen(shown) - 3] = '\0';
    gr_fail(&err, GR_EINPUT, total->at, "export again: records may be missing or doubled",
            control->sums
                ? "the document says that its records cost %.*s together, but they cost %s"
                : "the document says that it has %.*s records, but it has %s",
            GR_SHOW(total->as_text), shown);
    gr_builder_quarantine(b, &err, GR_TEXT(""), GR_TEXT(""));
}

void gr_builder_scope_end(gr_builder *b, int depth)
{
    for (size_t i = b->scope[depth].held_from; i < b->held.count; i++)
        update(b, GR_AT(b->held, gr_held, i), i);
    b->scopes--;
    if (b->scopes == 0)
        release_from(b, 0);
    for (size_t i = 0; i < b->format->control_count; i++)
        if (b->total[i].stated && b->total[i].depth == depth) {
            check_total(b, &b->format->control[i], &b->total[i], &b->scope[depth]);
            b->total[i].stated = false;
        }
    for (uint64_t bits = b->inherited_filled; bits; bits &= bits - 1)
        if (b->inherited[__builtin_ctzll(bits)].depth == depth)
            b->inherited_filled &= ~(bits & -bits);
}
