/* src/desk/search.c - recipients whom the ledger knows, as somebody is typing: those with a word, or an id, that begins so.
 * Everybody is looked at, in the order in which they came. */
#include "desk/desk.h"
#include "ledger/fetch.h"
#include "people/fold.h"

typedef struct searching {
    gr_visit *visit;
    gr_arena *scratch;
    gr_text typed, folded;
    size_t most, before; /* before: how many were in the list */
    gr_list *out;        /* of gr_person */
} searching;

static bool has_word(gr_text name, gr_text beginning)
{
    for (size_t i = 0; i < name.len; i++)
        if ((i == 0 || name.ptr[i - 1] == ' ') &&
            gr_text_starts(gr_text_slice(name, i, name.len), beginning))
            return true;
    return false;
}

static bool is_listed(const searching *s, const gr_person *person)
{
    for (size_t i = s->before; i < s->out->count; i++) {
        const gr_person *one = GR_AT(*s->out, gr_person, i);

        if (gr_text_equal(one->id, person->id) && gr_text_equal(one->name, person->name) &&
            gr_text_equal(one->employer, person->employer))
            return true;
    }
    return false;
}

static gr_status add(searching *s, const gr_person *person, gr_error *err)
{
    gr_arena *arena = s->visit->arena;
    gr_person copy = { gr_arena_copy(arena, person->id), gr_arena_copy(arena, person->name),
                       gr_arena_copy(arena, person->employer),
                       gr_arena_copy(arena, person->email) };

    if (!copy.id.ptr || !copy.name.ptr || !copy.employer.ptr || !copy.email.ptr ||
        !gr_list_push(s->out, &copy))
        return gr_fail_memory(err);
    return GR_OK;
}

static gr_status take(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    searching *s = context;
    gr_text name;

    (void)row; /* the same person is written in many of them */
    if (s->out->count - s->before == s->most)
        return GR_OK;
    gr_arena_reset(s->scratch);
    name = gr_fold_name(&s->visit->desk->rules->names, person->name, s->scratch);
    if (!name.ptr)
        return gr_fail_memory(err);
    if (!(person->id.len > 0 && gr_text_starts(person->id, s->typed)) &&
        !(s->folded.len > 0 && has_word(name, s->folded)))
        return GR_OK;
    return is_listed(s, person) ? GR_OK : add(s, person, err);
}

gr_status gr_visit_search(gr_visit *visit, gr_text typed, size_t count, gr_list *out, gr_error *err)
{
    searching s = { .visit = visit,
                    .scratch = gr_arena_create(),
                    .typed = typed,
                    .most = count,
                    .before = out->count,
                    .out = out };
    gr_status status = GR_OK;

    s.folded = gr_fold_name(&visit->desk->rules->names, typed, visit->arena);
    if (!s.scratch || !s.folded.ptr)
        status = gr_fail_memory(err);
    if (status == GR_OK && typed.len > 0)
        status = gr_ledger_each_party(gr_checker_ledger(visit->desk->checker), take, &s, err);
    gr_arena_free(s.scratch);
    return status;
}
