/* src/app/identities.c - see identities.h. */
#include "app/identities.h"

#include "base/table.h"
#include "ledger/identity_store.h"

typedef struct loading {
    gr_people *people;
    gr_arena *arena;
    gr_list *out;
} loading;

static bool copy_person(gr_arena *arena, gr_person *person)
{
    gr_text *texts[] = { &person->id, &person->name, &person->employer, &person->email };

    for (size_t i = 0; i < GR_COUNT(texts); i++) {
        *texts[i] = gr_arena_copy(arena, *texts[i]);
        if (!texts[i]->ptr)
            return false;
    }
    return true;
}

static bool copy_words(gr_arena *arena, gr_identity *said)
{
    said->author = gr_arena_copy(arena, said->author);
    said->moment = gr_arena_copy(arena, said->moment);
    said->reason = gr_arena_copy(arena, said->reason);
    return said->author.ptr && said->moment.ptr && said->reason.ptr;
}

static gr_status take(void *context, const gr_identity *identity, gr_error *err)
{
    loading *l = context;
    gr_known_identity one = { .said = *identity };
    bool is_in_force = !identity->is_past && identity->says != GR_IDENTITY_NOTHING;

    if (!copy_person(l->arena, &one.said.a) || !copy_person(l->arena, &one.said.b) ||
        !copy_words(l->arena, &one.said))
        return gr_fail_memory(err);
    one.a = gr_people_recipient(l->people, &one.said.a);
    one.b = gr_people_recipient(l->people, &one.said.b);
    if (one.a == GR_NONE || one.b == GR_NONE || !gr_list_push(l->out, &one))
        return gr_fail_memory(err);
    if (is_in_force && !gr_people_rule(l->people, one.a, one.b, identity->says == GR_IDENTITY_SAME))
        return gr_fail_memory(err);
    return GR_OK;
}

gr_status gr_identities_load(gr_ledger *ledger, gr_people *people, gr_arena *arena, gr_list *out,
                             gr_error *err)
{
    loading l = { people, arena, out };

    return gr_ledger_each_identity(ledger, take, &l, err);
}
