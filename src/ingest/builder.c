/* src/ingest/builder.c - a record is made in four steps: values are taken into slots as they come;
 * at its end the slots are settled into facts, in the order of the format file; it waits if a
 * value that should go first may still stand after it; then it is judged complete, and accepted or
 * put into quarantine. */
#include "ingest/builder.h"

#include "ingest/accept.h"

#include <stdio.h>
#include <string.h>

gr_status gr_builder_open(gr_builder *b)
{
    b->recipients = GR_LIST(gr_recipient);
    b->held = GR_LIST(gr_held);
    b->arena = gr_arena_create();
    b->sum_known = true;
    b->sum = (gr_amount){ 0, 1 };
    return b->arena ? GR_OK : gr_fail_memory(b->err);
}

void gr_builder_free(gr_builder *b)
{
    gr_list_free(&b->recipients);
    gr_list_free(&b->held);
    gr_arena_free(b->arena);
}

void gr_builder_bad(gr_builder *b, const gr_error *err)
{
    if (!b->has_bad)
        b->bad_space = *err;
    b->has_bad = true;
}

static void no_memory(gr_builder *b)
{
    if (b->status == GR_OK)
        b->status = gr_fail_memory(b->err);
}

/* ---- taking values ---- */

static gr_slot *slot_of(gr_builder *b, const gr_capture *capture, uint64_t **filled)
{
    *filled = capture->inherited ? &b->inherited_filled : &b->filled;
    return capture->inherited ? &b->inherited[capture->index] : &b->slot[capture->index];
}

/* The same fact once more, from an element of the same choice. */
static __attribute__((cold, noinline)) gr_reading
take_again(gr_builder *b, const gr_set *set, const gr_slot *slot, gr_text text, gr_error *err)
{
    const char *name = gr_fact_get(set->fact)->name;

    if (gr_value_is_null(b->format, text) || slot->error)
        return GR_READ_NULL;
    if (set->same && set->type == GR_FACT_TEXT) {
        if (gr_text_equal(text, slot->value.text))
            return GR_READ_NULL;
        gr_fail(err, GR_EINPUT, GR_NOWHERE, "the whole record must agree in this",
                "the %s '%.*s' is not the '%.*s' that stands before", name, GR_SHOW(text),
                GR_SHOW(slot->value.text));
        return GR_READ_WRONG;
    }
    if (!b->format->strict)
        return GR_READ_NULL;
    gr_fail(err, GR_EINPUT, GR_NOWHERE, "keep the one that is right", "there is a second %s", name);
    return GR_READ_WRONG;
}

static gr_reading take_direct(gr_builder *b, const gr_set *set, gr_text text, gr_error *err)
{
    gr_recipient *recipient = NULL;
    unsigned bit = set->fact;
    uint64_t *known = &b->record->known;
    gr_value *value;
    gr_slot before;
    gr_reading reading;

    if (set->of_recipient) {
        recipient = GR_AT(b->recipients, gr_recipient, b->recipients.count - 1);
        bit -= GR_FACT_FIRST_OF_RECIPIENT;
        known = &recipient->known;
    }
    value = recipient ? &recipient->value[bit] : &b->record->value[bit];
    if (*known >> bit & 1) {
        before = (gr_slot){ .value = *value };
        return take_again(b, set, &before, text, err);
    }
    reading = gr_value_read(b->format, set, text, 2, b->into, value, err);
    if (reading == GR_READ_VALUE)
        *known |= UINT64_C(1) << bit;
    return reading;
}

static gr_reading take_set(gr_builder *b, const gr_capture *capture, gr_text text, int depth,
                           gr_error *err)
{
    const gr_set *set = &b->format->set[capture->index];
    uint64_t bit = UINT64_C(1) << capture->index, *filled;
    gr_slot *slot = slot_of(b, capture, &filled);
    unsigned exponent = slot->exponent;
    gr_reading reading;
    gr_value value;

    slot->exponent = 2;
    if (*filled & bit && slot->rank == capture->rank)
        return take_again(b, set, slot, text, err);
    if (*filled & bit && slot->rank < capture->rank)
        return GR_READ_NULL; /* a better choice is there */
    reading = gr_value_read(b->format, set, text, exponent, capture->inherited ? b->arena : b->into,
                            &value, err);
    if (reading != GR_READ_VALUE)
        return reading;
    slot->value = value;
    slot->error = NULL;
    slot->rank = capture->rank;
    slot->depth = (uint8_t)depth;
    *filled |= bit;
    if (capture->inherited && capture->rank == set->inherited)
        gr_release_decided(b);
    return GR_READ_VALUE;
}

static gr_reading take_part(gr_builder *b, const gr_capture *capture, gr_text text)
{
    gr_slot *slot = &b->slot[capture->index];
    uint64_t bit = UINT64_C(1) << capture->index;

    if (gr_value_is_null(b->format, text))
        return GR_READ_NULL;
    if (!(b->filled & bit)) {
        slot->part = gr_arena_zero(b->into, GR_MAX_PARTS * sizeof *slot->part);
        slot->error = NULL;
        slot->rank = 0;
    }
    if (slot->part && slot->part[capture->rank].len == 0)
        slot->part[capture->rank] = gr_arena_copy(b->into, text);
    b->filled |= bit;
    return slot->part && slot->part[capture->rank].ptr ? GR_READ_VALUE : GR_READ_MEMORY;
}

static gr_reading take_test(gr_builder *b, const gr_test *test, gr_text text, gr_error *err)
{
    if (gr_is_one_of(text, test->is)) {
        b->skip_record |= test->kind == GR_TEST_SKIP_RECORD;
        b->skip_recipient |= test->kind == GR_TEST_SKIP_RECIPIENT;
        b->retract |= test->kind == GR_TEST_RETRACT;
    } else if (test->but_not.len > 0 && !gr_is_one_of(text, test->but_not)) {
        gr_fail(err, GR_EINPUT, GR_NOWHERE, "the format file lists the words",
                "'%.*s' is neither %.*s nor %.*s", GR_SHOW(text), GR_SHOW(test->is),
                GR_SHOW(test->but_not));
        return GR_READ_WRONG;
    }
    return GR_READ_VALUE;
}

static __attribute__((noinline)) gr_reading take_control(gr_builder *b, size_t index, gr_text text,
                                                         int depth, gr_error *err)
{
    gr_total_stated *total = &b->total[index];

    if (gr_value_is_null(b->format, text) || total->stated)
        return GR_READ_NULL;
    if (gr_money_parse(text, GR_NOWHERE, &total->amount, err) != GR_OK)
        return GR_READ_WRONG;
    total->as_text = gr_arena_copy(b->arena, text);
    total->depth = (uint8_t)depth;
    total->stated = true;
    return total->as_text.ptr ? GR_READ_VALUE : GR_READ_MEMORY;
}

static gr_reading take_exponent(gr_builder *b, const gr_capture *capture, gr_text text,
                                gr_error *err)
{
    uint64_t n, *filled;

    if (!gr_text_number(text, 9, &n)) {
        gr_fail(err, GR_EINPUT, GR_NOWHERE, "one digit", "'%.*s' is no number of decimals",
                GR_SHOW(text));
        return GR_READ_WRONG;
    }
    slot_of(b, capture, &filled)->exponent = (uint8_t)n;
    return GR_READ_VALUE;
}

gr_reading gr_builder_take(gr_builder *b, const gr_capture *capture, gr_text text, int depth,
                           gr_error *err)
{
    const gr_set *set;

    switch ((gr_capture_kind)capture->kind) {
    case GR_CAPTURE_DIRECT:
        return take_direct(b, &b->format->set[capture->index], text, err);
    case GR_CAPTURE_SET:
        return take_set(b, capture, text, depth, err);
    case GR_CAPTURE_PART:
        return take_part(b, capture, text);
    case GR_CAPTURE_EXPONENT:
        return take_exponent(b, capture, text, err);
    case GR_CAPTURE_MINUS:
        b->minus |= gr_is_one_of(text, b->rule->minus);
        return GR_READ_VALUE;
    case GR_CAPTURE_PRESENCE:
        set = &b->format->set[capture->index];
        b->slot[capture->index] = (gr_slot){ .value = set->value, .rank = capture->rank };
        b->filled |= UINT64_C(1) << capture->index;
        return GR_READ_VALUE;
    case GR_CAPTURE_TEST:
        return take_test(b, &b->format->test[capture->index], text, err);
    case GR_CAPTURE_CONTROL:
        return take_control(b, capture->index, text, depth, err);
    }
    return GR_READ_NULL;
}

/* A value of one of several choices is wrong only if it is the one that counts. */
void gr_builder_wrong(gr_builder *b, const gr_capture *capture, int depth, const gr_error *err)
{
    uint64_t *filled;
    gr_slot *slot = slot_of(b, capture, &filled);
    gr_error *kept;

    if (capture->kind == GR_CAPTURE_CONTROL) {
        gr_builder_quarantine(b, err, GR_TEXT(""), GR_TEXT(""));
        return;
    }
    if (capture->kind != GR_CAPTURE_SET) {
        gr_builder_bad(b, err);
        return;
    }
    kept = gr_arena_alloc(capture->inherited ? b->arena : b->into, sizeof *kept);
    if (!kept) {
        no_memory(b);
        return;
    }
    *kept = *err;
    slot->error = kept;
    slot->rank = capture->rank;
    slot->depth = (uint8_t)depth;
    *filled |= UINT64_C(1) << capture->index;
}

/* ---- settling them into facts ---- */

/* What the slots and the format give for a set; rank tells the choice. */
static gr_reading settle_one(gr_builder *b, size_t i, gr_value *value, uint8_t *rank)
{
    const gr_set *set = &b->format->set[i];
    uint64_t bit = UINT64_C(1) << i;
    const gr_slot *slot = b->filled & bit ? &b->slot[i] : NULL;
    gr_error err;
    gr_reading reading;

    if (b->inherited_filled & bit && (!slot || slot->rank > b->inherited[i].rank))
        slot = &b->inherited[i];
    *rank = slot ? slot->rank : GR_NO_CHOICE - 1;
    if (!slot) {
        *value = set->value;
        return b->rule->constant & bit ? GR_READ_VALUE : GR_READ_NULL;
    }
    if (slot->error) {
        gr_builder_bad(b, slot->error);
        return GR_READ_WRONG;
    }
    *value = slot->value;
    if (set->parts == 0)
        return gr_copy_inherited(b, set, slot == &b->inherited[i], value);
    reading = gr_value_join(set, slot->part, b->into, value, &err);
    if (reading == GR_READ_WRONG) {
        gr_fail(&err, err.status, gr_record_place(b, b->record), err.hint, "%s", err.message);
        gr_builder_bad(b, &err);
    }
    return reading;
}

static bool is_known(const gr_record *record, const gr_recipient *recipient, gr_fact fact)
{
    return gr_record_find(record, recipient, fact) != NULL;
}

/* A fact of the gift that stands in several places, such as the currency, must be the same in all.
 */
static void check_same(gr_builder *b, const gr_set *set, gr_value value)
{
    gr_text before = gr_record_text(b->record, set->fact);
    gr_error err;

    if (!set->same || set->type != GR_FACT_TEXT || gr_text_equal(before, value.text))
        return;
    gr_fail(&err, GR_EINPUT, gr_record_place(b, b->record), "the whole record must agree in this",
            "the %s is once '%.*s' and once '%.*s'", gr_fact_get(set->fact)->name, GR_SHOW(before),
            GR_SHOW(value.text));
    gr_builder_bad(b, &err);
}

/* Sets the facts of bits, in the order of the format file; a fact that is known already stays. */
static void settle(gr_builder *b, uint64_t bits, gr_recipient *recipient, uint8_t *rank)
{
    for (; bits; bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctzll(bits);
        const gr_set *set = &b->format->set[i];
        gr_reading reading;
        gr_value value;
        uint8_t from;

        if ((set->unless != GR_FACT_NONE && is_known(b->record, recipient, set->unless)) ||
            (!set->same && is_known(b->record, recipient, set->fact))) {
            if (rank)
                rank[i] = 0; /* decided by another set: nothing outside can change it */
            continue;
        }
        reading = settle_one(b, i, &value, &from);
        if (reading == GR_READ_MEMORY)
            no_memory(b);
        if (reading == GR_READ_VALUE && is_known(b->record, recipient, set->fact))
            check_same(b, set, value);
        else if (reading == GR_READ_VALUE)
            gr_record_set(b->record, recipient, set->fact, value);
        if (rank && reading != GR_READ_NULL)
            rank[i] = from;
    }
}

/* ---- records and recipients ---- */

/* True while a value that would go first has not been seen. */
static bool may_wait(const gr_builder *b, const gr_record_rule *rule)
{
    for (uint64_t bits = rule->inherited; bits; bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctzll(bits);

        if (!(b->inherited_filled >> i & 1) || b->inherited[i].rank > b->format->set[i].inherited)
            return true;
    }
    return false;
}

void gr_builder_record(gr_builder *b, const gr_record_rule *rule, uint32_t line, uint32_t column)
{
    bool drafted = rule->is_addition || (rule->inherited && may_wait(b, rule));

    if (!drafted && !gr_accept_batch(b))
        return;
    b->rule = rule;
    b->record = drafted ? &b->draft : &b->batch->record[b->batch->count];
    b->into = drafted ? b->arena : b->batch->arena;
    b->record->kind = rule->is_addition ? GR_RECORD_EXPENSE : rule->kind;
    b->record->line = line;
    b->record->column = column;
    b->record->known = 0;
    b->record->recipient = NULL;
    b->record->recipient_count = 0;
    b->record->shares_computed = false;
    b->filled = 0;
    b->has_bad = b->skip_record = b->retract = b->minus = b->in_recipient = false;
    gr_list_cut(&b->recipients, 0);
    if (rule->self_recipient)
        gr_builder_recipient(b);
}

void gr_builder_record_end(gr_builder *b)
{
    uint8_t rank[GR_MAX_SETS];
    uint64_t own = ~b->rule->recipient_sets;

    if (b->in_recipient)
        gr_builder_recipient_end(b);
    if (!b->skip_record && b->status == GR_OK) {
        if (b->rule->inherited)
            memset(rank, GR_NO_CHOICE, sizeof rank);
        settle(b,
               (b->filled | b->rule->constant | (b->rule->inherited & b->inherited_filled)) & own,
               NULL, b->rule->inherited ? rank : NULL);
        b->seen++;
        gr_accept(b, rank);
    }
    b->rule = NULL;
    b->record = NULL;
}

void gr_builder_recipient(gr_builder *b)
{
    gr_error err;

    if (b->recipients.count >= GR_MAX_RECIPIENTS) {
        gr_fail(&err, GR_ELIMIT, gr_record_place(b, b->record), "divide it at the source",
                "more than %d recipients of one %s", GR_MAX_RECIPIENTS, b->rule->label);
        gr_builder_bad(b, &err);
        gr_list_cut(&b->recipients, 0); /* it goes to quarantine whatever they are */
    }
    if (!gr_list_add(&b->recipients))
        no_memory(b);
    b->filled &= ~b->rule->recipient_sets;
    b->skip_recipient = false;
    b->in_recipient = true;
}

/* The same person listed again under another part of the same expense. */
static bool is_repeated(const gr_builder *b, const gr_recipient *recipient)
{
    gr_text key;

    if (b->rule->unique == GR_FACT_NONE || !gr_recipient_knows(recipient, b->rule->unique))
        return false;
    key = gr_recipient_text(recipient, b->rule->unique);
    for (size_t i = 0; i + 1 < b->recipients.count; i++)
        if (gr_text_equal(
                key, gr_recipient_text(GR_AT(b->recipients, gr_recipient, i), b->rule->unique)))
            return true;
    return false;
}

void gr_builder_recipient_end(gr_builder *b)
{
    gr_recipient *recipient;
    bool is_own_element = !b->rule->self_recipient;

    b->in_recipient = false;
    if (b->recipients.count == 0)
        return; /* memory has ended */
    recipient = GR_AT(b->recipients, gr_recipient, b->recipients.count - 1);
    if (!b->skip_recipient)
        settle(b, (b->filled | b->rule->constant) & b->rule->recipient_sets, recipient, NULL);
    if (b->skip_recipient || is_repeated(b, recipient) ||
        (!is_own_element && recipient->known == 0))
        gr_list_cut(&b->recipients, b->recipients.count - 1);
    b->filled &= ~b->rule->recipient_sets;
}
