/* src/ledger/verify.c - see verify.h. All is looked at even where something is wrong already: who restores must know
 * the whole damage. Faults are told in the order of the entries of the trail, so that the first one that does not fit
 * comes first. */
#include "ledger/verify.h"

#include "ledger/verifying.h"

#include <stdarg.h>
#include <stdio.h>

void gr_fault_add(gr_verifying *v, int64_t run, const char *table, const char *format, ...)
{
    gr_fault fault = { .run = run, .table = gr_text_of(table) };
    char text[320];
    va_list args;

    v->out->faults++;
    if (v->fault.count >= GR_MAX_FAULTS)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fault.text = gr_arena_copy(v->arena, gr_text_of(text));
    fault.table = gr_arena_copy(v->arena, fault.table);
    if (!fault.text.ptr || !fault.table.ptr || !gr_list_push(&v->fault, &fault))
        v->no_memory = true;
}

gr_status gr_fault_soften(gr_verifying *v, int64_t run, const char *table, gr_status status,
                          gr_error *err)
{
    if (status != GR_EIO)
        return status;
    gr_fault_add(v, run, table, "%s", err->message);
    return GR_OK;
}

/* Who did what when: of each entry that a fault is about. */
static gr_status name_entry(gr_verifying *v, gr_fault *fault, gr_error *err)
{
    gr_statement s = gr_statement_open(v->ledger, GR_KEPT_NOT,
                                       "SELECT started, author, action FROM run WHERE run = ?");
    gr_text *texts[] = { &fault->started, &fault->author, &fault->action };
    gr_status status;

    gr_bind_number(&s, fault->run);
    if (gr_statement_step(&s)) {
        for (int i = 0; i < (int)GR_COUNT(texts); i++) {
            *texts[i] = gr_arena_copy(v->arena, gr_column_text(s.handle, i));
            v->no_memory = v->no_memory || !texts[i]->ptr;
        }
    }
    status = gr_statement_close(&s, err);
    return status == GR_EIO ? GR_OK : status; /* told already, as a table that cannot be read */
}

/* Stable: what was found first is told first. */
static void sort_faults(gr_list *faults)
{
    for (size_t i = 1; i < faults->count; i++) {
        gr_fault fault = *GR_AT(*faults, gr_fault, i);
        size_t k = i;

        while (k > 0 && fault.run > 0 &&
               (GR_AT(*faults, gr_fault, k - 1)->run == 0 ||
                GR_AT(*faults, gr_fault, k - 1)->run > fault.run)) {
            *GR_AT(*faults, gr_fault, k) = *GR_AT(*faults, gr_fault, k - 1);
            k--;
        }
        *GR_AT(*faults, gr_fault, k) = fault;
    }
}

static gr_status finish(gr_verifying *v, gr_error *err)
{
    gr_status status = GR_OK;
    gr_fault *all;

    sort_faults(&v->fault);
    for (size_t i = 0; status == GR_OK && i < v->fault.count; i++)
        if (GR_AT(v->fault, gr_fault, i)->run > 0)
            status = name_entry(v, GR_AT(v->fault, gr_fault, i), err);
    all = gr_arena_alloc(v->arena, sizeof *all * (v->fault.count + 1));
    if (v->no_memory || !all)
        return gr_fail_memory(err);
    for (size_t i = 0; i < v->fault.count; i++)
        all[i] = *GR_AT(v->fault, gr_fault, i);
    v->out->fault = all;
    v->out->fault_count = v->fault.count;
    return status;
}

gr_status gr_ledger_verify(gr_ledger *ledger, gr_arena *arena, gr_verification *out, gr_error *err)
{
    gr_verification found = { .head = GR_TEXT("") };
    gr_verifying v = { ledger, arena, &found, GR_LIST(gr_fault), false };
    gr_file_check check;
    gr_error later;
    gr_status status, checked;

    gr_file_check_start(&check, ledger->path);
    status = gr_verify_shape(&v, err);
    if (status == GR_OK)
        status = gr_verify_trail(&v, err);
    if (status == GR_OK)
        status = gr_verify_sums(&v, err);
    checked = gr_file_check_end(&check, &v, &later);
    if (status == GR_OK && checked != GR_OK) {
        *err = later;
        status = checked;
    }
    if (status == GR_OK)
        status = finish(&v, err);
    gr_list_free(&v.fault);
    if (status == GR_OK)
        *out = found;
    return status;
}

gr_status gr_ledger_hash_of(gr_ledger *ledger, int64_t run, char *hex, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT, "SELECT 1 FROM run WHERE run = ?");
    bool is_there;
    gr_status status;

    gr_bind_number(&s, run);
    is_there = gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    hex[0] = '\0';
    return status == GR_OK && is_there ? gr_run_hash(ledger, run, hex, err) : status;
}
