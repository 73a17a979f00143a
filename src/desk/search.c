/* src/desk/search.c - recipients whom the ledger knows, as somebody is typing, by the directory beside the ledger. */
#include "app/directory.h"
#include "desk/memory.h"
#include "ledger/approval_find.h"
#include "ledger/fetch.h"

typedef struct searching {
    gr_arena *arena;
    gr_list *out; /* of gr_person */
} searching;

static gr_status take(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    searching *s = context;
    gr_person copy = { gr_arena_copy(s->arena, person->id), gr_arena_copy(s->arena, person->name),
                       gr_arena_copy(s->arena, person->employer),
                       gr_arena_copy(s->arena, person->email) };

    (void)row; /* people are known by what they are called */
    if (!copy.id.ptr || !copy.name.ptr || !copy.employer.ptr || !copy.email.ptr ||
        !gr_list_push(s->out, &copy))
        return gr_fail_memory(err);
    return GR_OK;
}

static gr_status search(gr_visit *visit, gr_text typed, size_t count, gr_list *rows, gr_list *out,
                        gr_error *err)
{
    gr_ledger *ledger = gr_checker_ledger(visit->desk->checker);
    searching s = { visit->arena, out };
    gr_directory *directory;
    gr_status status = gr_desk_directory(visit->desk, &directory, err);

    if (status == GR_OK)
        status = gr_directory_search(directory, ledger, typed, count, rows, err);
    for (size_t i = 0; status == GR_OK && i < rows->count; i++)
        status = gr_ledger_party_read(ledger, *GR_AT(*rows, int64_t, i), take, &s, err);
    return status;
}

gr_status gr_visit_search(gr_visit *visit, gr_text typed, size_t count, gr_list *out, gr_error *err)
{
    gr_ledger *ledger = gr_checker_ledger(visit->desk->checker);
    gr_list rows = GR_LIST(int64_t);
    gr_error later;
    gr_status status = gr_ledger_reading_start(ledger, err);

    if (status != GR_OK)
        return status;
    status = search(visit, typed, count, &rows, out, err);
    if (gr_ledger_reading_end(ledger, &later) != GR_OK && status == GR_OK) {
        *err = later;
        status = later.status;
    }
    gr_list_free(&rows);
    return status;
}
