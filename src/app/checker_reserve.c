/* src/app/checker_reserve.c - booking: one transaction judges and keeps, so that of two who ask at once the second sees the
 * first. An approval is a record like those of other systems (rules/formats/approvals.xml): gifts are matched with it by
 * its number. */
#include "app/checker_inside.h"

#include "app/planned.h"
#include "base/digest.h"
#include "base/os.h"
#include "ledger/approval_find.h"

#include <stdio.h>
#include <string.h>

/* ---- a transaction ---- */

/* What failed is undone by closing: the next writer opens anew. */
static gr_status finish(gr_checker *checker, gr_status status, gr_text note, gr_error *err)
{
    if (status == GR_OK)
        status = gr_ledger_commit(checker->writing.ledger, note, err);
    gr_side_close(&checker->writing);
    return status;
}

static gr_status start(gr_checker *checker, const gr_deed *deed, gr_error *err)
{
    gr_side *side = &checker->writing;
    gr_status status = gr_ledger_open_present(checker->path, &side->ledger, err);

    return status == GR_OK ? gr_ledger_begin(side->ledger, deed, err) : status;
}

static gr_deed deed_of(const gr_reserving *by, const char *action)
{
    return (gr_deed){ gr_os_now(), by->author, action };
}

/* ---- keeping an approval ---- */

static void digest_of(gr_text text, char out[65])
{
    gr_digest digest;

    gr_digest_start(&digest);
    gr_digest_add(&digest, text.ptr, text.len);
    gr_digest_end(&digest, out);
}

/* Each is a source of one record: it came by itself. */
static gr_status keep(gr_checker *checker, const gr_record *record, gr_arena *arena, gr_error *err)
{
    gr_ledger *ledger = checker->writing.ledger;
    gr_text text = gr_planned_print(record, arena);
    gr_source source = { .file = GR_TEXT("giftrule check"),
                         .format = GR_TEXT(GR_APPROVALS),
                         .bytes = text.len,
                         .records = 1 };
    gr_ledger_kept kept;
    gr_status status = text.ptr ? gr_ledger_source_start(ledger, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_ledger_record_add(ledger, source.format, record, gr_record_digest(record),
                                      &kept, err);
    digest_of(text.ptr ? text : GR_TEXT(""), source.sha256);
    return status == GR_OK ? gr_ledger_source_end(ledger, true, &source, err) : status;
}

static gr_status next_number(gr_checker *checker, gr_day as_of, gr_arena *arena, gr_text *out,
                             gr_error *err)
{
    gr_text beginning = gr_arena_print(arena, "PA-%04d-", gr_day_date(as_of).year);
    uint64_t last = 0;
    gr_status status = beginning.ptr
                           ? gr_ledger_approval_last(checker->writing.ledger, beginning, &last, err)
                           : gr_fail_memory(err);

    if (status != GR_OK)
        return status;
    *out = gr_arena_print(arena, "%.*s%04llu", GR_ALL(beginning), (unsigned long long)last + 1);
    return out->ptr ? GR_OK : gr_fail_memory(err);
}

/* Counted from the later of the two: who asks early has as long as who asks late. */
static gr_day end_of(const gr_checker *checker, gr_day as_of, gr_day given)
{
    gr_day from = given > as_of ? given : as_of;
    gr_day days = checker->rules->set->policy.approval_days;

    return from > GR_DAY_LAST - days ? GR_DAY_LAST : from + days;
}

static gr_status book(gr_checker *checker, const gr_record *planned, const gr_reserving *by,
                      gr_arena *arena, gr_preapproval *out, gr_error *err)
{
    gr_record record = *planned;
    gr_status status = next_number(checker, by->as_of, arena, &out->approval, err);

    if (status != GR_OK)
        return status;
    out->valid_to = end_of(checker, by->as_of, out->day);
    record.kind = GR_RECORD_APPROVAL;
    record.line = record.column = 0;
    record.known &= ~(UINT64_C(1) << GR_F_APPROVAL | UINT64_C(1) << GR_F_DELIVERED);
    gr_record_set(&record, NULL, GR_F_ID, (gr_value){ .text = out->approval });
    gr_record_set(&record, NULL, GR_F_ENDS, (gr_value){ .number = out->valid_to });
    return keep(checker, &record, arena, err);
}

/* "PA-2026-0031: 85.00 USD of AE-017 to Jane Roe on 2026-12-10" */
static gr_text note_of(const gr_reserving *by, const gr_preapproval *a, gr_arena *arena)
{
    char money[GR_MONEY_TEXT], day[GR_DAY_TEXT];
    gr_text giver = a->giver_id.len > 0 ? a->giver_id : a->giver_name;
    gr_text name = a->recipient_count > 0 ? a->recipient[0].name : GR_TEXT("");

    return gr_arena_print(arena, "%.*s%s%.*s %.*s of %.*s to %.*s%s on %s%s%.*s",
                          GR_ALL(a->approval), a->approval.len > 0 ? ": " : "",
                          GR_ALL(gr_text_of(gr_amount_print(a->cost, money))), GR_ALL(a->currency),
                          GR_SHOW(giver), GR_SHOW(name),
                          a->recipient_count > 1 ? " and others" : "", gr_day_print(a->day, day),
                          by->note.len > 0 ? ": " : "", GR_SHOW(by->note));
}

gr_status gr_checker_reserve(gr_checker *checker, const gr_record *planned, const gr_reserving *by,
                             gr_arena *arena, gr_preapproval *out, gr_error *err)
{
    gr_deed deed = deed_of(by, "reserve");
    gr_text note = GR_TEXT("");
    gr_status status = start(checker, &deed, err);

    if (status == GR_OK)
        status = gr_side_prepare(checker, &checker->writing, err);
    if (status == GR_OK)
        status = gr_checker_answer(checker, &checker->writing, planned, by->as_of, GR_TEXT(""),
                                   arena, out, err);
    if (status == GR_OK &&
        (out->clearance == GR_APPROVED || (by->is_granted && out->clearance == GR_REFERRED)))
        status = book(checker, planned, by, arena, out, err);
    if (status == GR_OK && by->also)
        status = by->also(by->context, checker->writing.ledger, out, err);
    if (status == GR_OK) {
        note = note_of(by, out, arena);
        status = note.ptr ? GR_OK : gr_fail_memory(err);
    }
    return finish(checker, status, note, err);
}

/* ---- the end of an approval ---- */

typedef struct taking {
    gr_arena *arena;
    gr_record *record;
    bool fits;
} taking;

static bool copy_text(gr_arena *arena, gr_value *value)
{
    value->text = gr_arena_copy(arena, value->text);
    return value->text.ptr != NULL;
}

/* A record that lives as long as the arena. */
static gr_status take(void *context, const gr_source *source, const gr_record *record,
                      const gr_kept_record *kept, gr_error *err)
{
    taking *t = context;
    gr_record *copy = gr_arena_alloc(t->arena, sizeof *copy);
    gr_recipient *to = gr_arena_alloc(t->arena, sizeof *to * (record->recipient_count + 1));
    bool fits = copy && to;

    (void)source, (void)kept;
    if (!fits)
        return gr_fail_memory(err);
    *copy = *record;
    for (int f = 0; fits && f < GR_GIFT_FACT_COUNT; f++)
        if (gr_record_knows(copy, (gr_fact)f) && gr_fact_get((gr_fact)f)->type == GR_FACT_TEXT)
            fits = copy_text(t->arena, &copy->value[f]);
    for (size_t i = 0; fits && i < record->recipient_count; i++) {
        to[i] = record->recipient[i];
        for (int f = GR_FACT_FIRST_OF_RECIPIENT; fits && f < GR_FACT_COUNT; f++)
            if (gr_recipient_knows(&to[i], (gr_fact)f) &&
                gr_fact_get((gr_fact)f)->type == GR_FACT_TEXT)
                fits = copy_text(t->arena, &to[i].value[f - GR_FACT_FIRST_OF_RECIPIENT]);
    }
    copy->recipient = to;
    t->record = copy;
    return fits ? GR_OK : gr_fail_memory(err);
}

static gr_status fail_number(gr_text number, const char *what, gr_error *err)
{
    return gr_fail(err, GR_EINPUT, (gr_place){ "approval", 0, 0 },
                   "look it up under its request, or in the ledger's history", "%s: '%.*s'", what,
                   GR_SHOW(number));
}

static gr_status find(gr_checker *checker, gr_side *side, gr_text number, gr_day as_of,
                      gr_arena *arena, gr_approval *out, gr_error *err)
{
    taking t = { arena, NULL, true };
    int64_t row = 0;
    gr_status status =
        gr_ledger_record_find(side->ledger, GR_TEXT(GR_APPROVALS), number, &row, err);

    if (status == GR_OK && row == 0)
        return fail_number(number, "there is no approval of this number", err);
    if (status == GR_OK)
        status = gr_fetcher_fetch(side->fetcher, row, take, &t, err);
    *out = (gr_approval){ .number = number, .record = t.record };
    if (status != GR_OK)
        return status;
    out->is_cancelled = t.record->kind == GR_RECORD_RETRACTION;
    out->is_given = gr_approval_is_given(t.record);
    out->is_expired = !out->is_cancelled && gr_record_knows(t.record, GR_F_DATE) &&
                      gr_approval_end(checker, t.record) < as_of;
    return gr_ledger_approval_is_used(side->ledger, number, &out->is_used, err);
}

gr_status gr_checker_approval(gr_checker *checker, gr_text number, gr_day as_of, gr_arena *arena,
                              gr_approval *out, gr_error *err)
{
    gr_side *side = &checker->reading;
    gr_error later;
    gr_status status = gr_ledger_reading_start(side->ledger, err);

    if (status == GR_OK)
        status = gr_side_prepare(checker, side, err);
    if (status == GR_OK)
        status = find(checker, side, number, as_of, arena, out, err);
    if (gr_ledger_reading_end(side->ledger, &later) != GR_OK && status == GR_OK) {
        *err = later;
        status = later.status;
    }
    return status;
}

/* Within a run: the approval, which must be open. */
static gr_status open_approval(gr_checker *checker, gr_text number, gr_day as_of, gr_arena *arena,
                               gr_approval *out, gr_error *err)
{
    gr_status status = gr_side_prepare(checker, &checker->writing, err);

    if (status == GR_OK)
        status = find(checker, &checker->writing, number, as_of, arena, out, err);
    if (status != GR_OK)
        return status;
    if (out->is_cancelled)
        return fail_number(number, "this approval was cancelled already", err);
    if (out->is_used)
        return fail_number(number, "a gift has come in under this approval", err);
    return GR_OK;
}

static gr_status retract(gr_checker *checker, const gr_approval *approval, gr_arena *arena,
                         gr_error *err)
{
    gr_record record = *approval->record;

    record.kind = GR_RECORD_RETRACTION;
    record.line = record.column = 0;
    return keep(checker, &record, arena, err);
}

static gr_status mark_given(gr_checker *checker, const gr_approval *approval, gr_day day,
                            gr_arena *arena, gr_error *err)
{
    gr_record record = *approval->record;

    record.line = record.column = 0;
    record.known &= ~(UINT64_C(1) << GR_F_ENDS);
    gr_record_set(&record, NULL, GR_F_DATE, (gr_value){ .number = day });
    gr_record_set(&record, NULL, GR_F_DELIVERED, (gr_value){ .number = day });
    return keep(checker, &record, arena, err);
}

static gr_status end_approval(gr_checker *checker, gr_text number, const gr_day *given,
                              const gr_reserving *by, gr_arena *arena, gr_text *note, gr_error *err)
{
    static const gr_preapproval nothing = { .clearance = GR_APPROVED };
    char day[GR_DAY_TEXT] = "";
    gr_approval approval = { .record = NULL };
    gr_status status = open_approval(checker, number, by->as_of, arena, &approval, err);

    if (status == GR_OK && given && approval.is_given)
        status = fail_number(number, "this was given already", err);
    if (status == GR_OK)
        status = given ? mark_given(checker, &approval, *given, arena, err)
                       : retract(checker, &approval, arena, err);
    if (status == GR_OK && by->also)
        status = by->also(by->context, checker->writing.ledger, &nothing, err);
    *note = gr_arena_print(
        arena, "%.*s %s%s%s%.*s", GR_SHOW(number), given ? "was given on " : "cancelled",
        given ? gr_day_print(*given, day) : "", by->note.len > 0 ? ": " : "", GR_SHOW(by->note));
    return status == GR_OK && !note->ptr ? gr_fail_memory(err) : status;
}

static gr_status end_it(gr_checker *checker, gr_text number, const gr_day *given,
                        const gr_reserving *by, gr_error *err)
{
    gr_deed deed = deed_of(by, given ? "given" : "cancel");
    gr_arena *arena = gr_arena_create();
    gr_text note = GR_TEXT("");
    gr_status status = arena ? start(checker, &deed, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = end_approval(checker, number, given, by, arena, &note, err);
    status = finish(checker, status, note, err);
    gr_arena_free(arena);
    return status;
}

gr_status gr_checker_cancel(gr_checker *checker, gr_text number, const gr_reserving *by,
                            gr_error *err)
{
    return end_it(checker, number, NULL, by, err);
}

gr_status gr_checker_given(gr_checker *checker, gr_text number, gr_day day, const gr_reserving *by,
                           gr_error *err)
{
    return end_it(checker, number, &day, by, err);
}

gr_status gr_checker_write(gr_checker *checker, const char *action, const gr_reserving *by,
                           gr_error *err)
{
    static const gr_preapproval nothing = { .clearance = GR_APPROVED };
    gr_deed deed = deed_of(by, action);
    gr_status status = start(checker, &deed, err);

    if (status == GR_OK && by->also)
        status = by->also(by->context, checker->writing.ledger, &nothing, err);
    return finish(checker, status, by->note, err);
}
