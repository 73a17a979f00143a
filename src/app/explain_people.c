/* src/app/explain_people.c - who is who: each way in which the counted gifts call their recipient, and why it was taken
 * for the one whose gifts are added up, or possibly for that one. */
#include "app/explain.h"

#include "app/joined.h"
#include "people/fold.h"

#include <string.h>

typedef struct meeting {
    gr_explaining *e;
    gr_explained_person *person;
    uint32_t *number; /* of each person: that of the recipient */
    size_t count;
} meeting;

static bool is_called_so(const gr_explained_person *person, const gr_explained_gift *gift)
{
    return gr_text_equal(person->id, gift->recipient_id) &&
           gr_text_equal(person->name, gift->recipient_name) &&
           gr_text_equal(person->employer, gift->recipient_employer);
}

static gr_explained_person *find_person(meeting *m, const gr_explained_gift *gift, uint32_t number)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->number[i] == number && is_called_so(&m->person[i], gift))
            return &m->person[i];
    m->number[m->count] = number;
    m->person[m->count] = (gr_explained_person){ .id = gift->recipient_id,
                                                 .name = gift->recipient_name,
                                                 .employer = gift->recipient_employer };
    return &m->person[m->count++];
}

static gr_kinship kinship_of(const meeting *m, uint32_t number, bool is_own)
{
    const gr_who *who = &m->e->run->who;

    if (!is_own)
        return GR_KIN_POSSIBLE;
    if (who->same[number] != m->e->judged->recipient)
        return GR_KIN_COLLEAGUE;
    return GR_KIN_SAME;
}

/* Whoever works for one client, as firms are compared. */
static gr_status find_client(meeting *m, const gr_person *other, gr_explained_person *person)
{
    gr_arena *arena = m->e->run->arena;
    gr_text firm = gr_fold_firm(&m->e->rules->names, other->employer, arena);

    person->why = firm.ptr
                      ? gr_arena_print(arena, "the same employer when compared: %.*s", GR_ALL(firm))
                      : firm;
    return person->why.ptr ? GR_OK : gr_fail_memory(m->e->err);
}

static gr_status find_why(meeting *m, uint32_t number, gr_explained_person *person)
{
    const gr_intake *intake = &m->e->run->intake;
    const gr_who *who = &m->e->run->who;
    gr_arena *arena = m->e->run->arena;
    bool has_name = person->id.len + person->name.len > 0;

    person->why = GR_TEXT("");
    if (person->kinship == GR_KIN_COLLEAGUE)
        return find_client(m, &who->recipient[who->same[number]], person);
    if (!has_name)
        return GR_OK;
    person->why =
        person->kinship == GR_KIN_POSSIBLE
            ? gr_joined_link(intake, who, NULL, m->e->judged->recipient, who->same[number], arena)
            : gr_joined_why(intake, who, number, arena);
    return person->why.ptr ? GR_OK : gr_fail_memory(m->e->err);
}

/* The one whom the finding names comes first. */
static void put_judged_first(meeting *m)
{
    const gr_finding *f = &m->e->judged->finding;

    for (size_t i = 0; i < m->count; i++) {
        gr_explained_person one = m->person[i];

        if (one.kinship != GR_KIN_SAME || !gr_text_equal(one.name, f->recipient_name) ||
            !gr_text_equal(one.id, f->recipient_id))
            continue;
        memmove(m->person + 1, m->person, sizeof one * i);
        m->person[0] = one;
        m->person[0].kinship = GR_KIN_JUDGED;
        return;
    }
}

/* The ids of the gifts that call their recipient so. */
static void list_gifts(meeting *m, gr_explained_person *person)
{
    const gr_explanation *out = m->e->out;
    size_t count = 0;
    gr_text *list;

    for (size_t i = 0; i < out->gift_count; i++)
        count += is_called_so(person, &out->gift[i]);
    list = gr_trace_take(&m->e->trace, sizeof *list * count);
    person->gift = list;
    for (size_t i = 0; list && i < out->gift_count; i++)
        if (is_called_so(person, &out->gift[i]))
            list[person->gift_count++] = out->gift[i].id;
}

gr_status gr_explain_people(gr_explaining *e)
{
    size_t count = e->out->gift_count;
    meeting m = { .e = e,
                  .person = gr_trace_take(&e->trace, sizeof *m.person * count),
                  .number = gr_trace_take(&e->trace, sizeof *m.number * count) };
    gr_status status = m.person && m.number ? GR_OK : gr_fail_memory(e->err);

    for (size_t i = 0; status == GR_OK && i < count; i++) {
        const gr_explained_gift *gift = &e->out->gift[i];
        size_t before = m.count;
        gr_explained_person *person = find_person(&m, gift, gift->recipient);

        if (m.count == before)
            continue;
        person->kinship = kinship_of(&m, gift->recipient, gift->is_own);
        status = find_why(&m, gift->recipient, person);
    }
    if (status != GR_OK)
        return status;
    put_judged_first(&m);
    for (size_t i = 0; i < m.count; i++)
        list_gifts(&m, &m.person[i]);
    e->out->person = m.person;
    e->out->person_count = m.count;
    return GR_OK;
}
