/* src/people/people.c - people as they come in. What is written of a person never depends on the order of
 * records: of several spellings the longest is shown, of equally long ones the first by bytes. */
#include "people/people.h"

#include "base/digest.h"
#include "base/list.h"
#include "base/os.h"
#include "people/fold.h"
#include "people/settle.h"

#include <string.h>

struct gr_people {
    const gr_names *names;
    gr_arena *arena;
    gr_list giver, recipient; /* of gr_person */
    gr_table giver_known, recipient_known;
    gr_list relation; /* of gr_relation */
    gr_list ruled;    /* of gr_ruled */
    gr_settled settled;
    uint32_t *client; /* made when a rule asks for clients */
};

gr_status gr_people_create(const gr_names *names, gr_people **out, gr_error *err)
{
    gr_people *people = gr_os_alloc(sizeof *people);
    gr_arena *arena = gr_arena_create();

    if (!people || !arena) {
        gr_os_free(people);
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    *people = (gr_people){ .names = names,
                           .arena = arena,
                           .giver = GR_LIST(gr_person),
                           .recipient = GR_LIST(gr_person),
                           .relation = GR_LIST(gr_relation),
                           .ruled = GR_LIST(gr_ruled) };
    *out = people;
    return GR_OK;
}

void gr_people_free(gr_people *people)
{
    if (!people)
        return;
    gr_settled_free(&people->settled);
    gr_os_free(people->client);
    gr_list_free(&people->giver);
    gr_list_free(&people->recipient);
    gr_list_free(&people->relation);
    gr_list_free(&people->ruled);
    gr_table_free(&people->giver_known);
    gr_table_free(&people->recipient_known);
    gr_arena_free(people->arena);
    gr_os_free(people);
}

/* Keeps the better of two spellings. False when there is no memory. */
static bool better(gr_people *people, gr_text *now, gr_text offered)
{
    gr_text copy;

    if (gr_text_equal(*now, offered) || !gr_fold_is_better(*now, offered))
        return true;
    copy = gr_arena_copy(people->arena, offered);
    if (copy.ptr)
        *now = copy;
    return copy.ptr != NULL;
}

/* Givers of one id are one, and get the better of the spellings: who is meant is never in question. */
static bool is_same_giver(const gr_person *known, const gr_person *person)
{
    if (known->id.len > 0 || person->id.len > 0)
        return gr_text_equal(known->id, person->id);
    return gr_text_equal(known->name, person->name);
}

static bool is_spelt_alike(const gr_person *known, const gr_person *person)
{
    return gr_text_equal(known->id, person->id) && gr_text_equal(known->name, person->name) &&
           gr_text_equal(known->employer, person->employer) &&
           gr_text_equal(known->email, person->email);
}

/* By one part where it is enough: ids are seldom spelt in many ways. */
static uint64_t hash_person(const gr_person *person)
{
    if (person->id.len > 0)
        return gr_hash(person->id, 1);
    return gr_hash(person->employer, gr_hash(person->name, 2));
}

static uint32_t add_person(gr_people *people, gr_list *list, const gr_person *person)
{
    gr_person copy = { gr_arena_copy(people->arena, person->id),
                       gr_arena_copy(people->arena, person->name),
                       gr_arena_copy(people->arena, person->employer),
                       gr_arena_copy(people->arena, person->email) };

    if (!copy.id.ptr || !copy.name.ptr || !copy.employer.ptr || !copy.email.ptr ||
        !gr_list_push(list, &copy))
        return GR_NONE;
    return (uint32_t)(list->count - 1);
}

static uint32_t add_known(gr_people *people, gr_list *list, gr_table *known,
                          const gr_person *person)
{
    uint32_t i = add_person(people, list, person);

    if (i != GR_NONE && !gr_table_put(known, hash_person(person), i)) {
        gr_list_cut(list, i);
        return GR_NONE;
    }
    return i;
}

uint32_t gr_people_giver(gr_people *people, gr_text id, gr_text name)
{
    gr_person person = { .id = id, .name = name };
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&people->giver_known, hash_person(&person), &cursor)) != GR_NONE) {
        gr_person *other = GR_AT(people->giver, gr_person, i);

        if (is_same_giver(other, &person))
            return better(people, &other->name, name) ? i : GR_NONE;
    }
    return add_known(people, &people->giver, &people->giver_known, &person);
}

gr_person gr_people_giver_at(const gr_people *people, uint32_t number)
{
    return *GR_AT(people->giver, gr_person, number);
}

uint32_t gr_people_recipient(gr_people *people, const gr_person *person)
{
    uint64_t hash = hash_person(person);
    size_t cursor = 0;
    uint32_t i;

    if (person->id.len == 0 && person->name.len == 0)
        return add_person(people, &people->recipient, person);
    while ((i = gr_table_find(&people->recipient_known, hash, &cursor)) != GR_NONE)
        if (is_spelt_alike(GR_AT(people->recipient, gr_person, i), person))
            return i;
    return add_known(people, &people->recipient, &people->recipient_known, person);
}

void gr_people_expect(const gr_people *people, const gr_person *person)
{
    gr_table_expect(&people->recipient_known, hash_person(person));
}

bool gr_people_rule(gr_people *people, uint32_t a, uint32_t b, bool is_same)
{
    const gr_ruled ruled = { a, b, is_same };

    return gr_list_push(&people->ruled, &ruled);
}

bool gr_people_relate(gr_people *people, uint32_t principal, uint32_t other, gr_through through)
{
    const gr_relation relation = { principal, other, through };

    return through == GR_THROUGH_NONE || gr_list_push(&people->relation, &relation);
}

size_t gr_people_count(const gr_people *people)
{
    return people->recipient.count;
}

static void fill_who(const gr_people *people, gr_who *out)
{
    *out = (gr_who){ .recipient = people->settled.person,
                     .recipient_count = people->recipient.count,
                     .same = people->settled.same,
                     .link_first = people->settled.link_first,
                     .link = people->settled.link.items,
                     .through = people->settled.through.items,
                     .giver = people->giver.items,
                     .giver_count = people->giver.count };
}

static gr_status settle(gr_people *people, const bool *alive, gr_list *candidate, gr_who *out,
                        gr_error *err)
{
    const gr_settling_of of = { .names = people->names,
                                .recipient = people->recipient.items,
                                .count = people->recipient.count,
                                .alive = alive,
                                .relation = people->relation.items,
                                .relation_count = people->relation.count,
                                .ruled = people->ruled.items,
                                .ruled_count = people->ruled.count,
                                .candidate = candidate };
    gr_status status;

    gr_settled_free(&people->settled);
    status = gr_settle(&of, &people->settled, err);
    if (status != GR_OK)
        return status;
    fill_who(people, out);
    return GR_OK;
}

gr_status gr_people_settle(gr_people *people, const bool *alive, gr_who *out, gr_error *err)
{
    return settle(people, alive, NULL, out, err);
}

gr_status gr_people_find_candidates(gr_people *people, const bool *alive, gr_list *candidate,
                                    gr_who *out, gr_error *err)
{
    return settle(people, alive, candidate, out, err);
}

const gr_person *gr_people_as_written(const gr_people *people, uint32_t recipient)
{
    return GR_AT(people->recipient, gr_person, recipient);
}

uint32_t gr_people_next(const gr_people *people, uint32_t recipient)
{
    return people->settled.next[recipient];
}

const uint32_t *gr_people_base(const gr_people *people)
{
    return people->settled.base;
}

static bool grow(void **block, size_t size, size_t count)
{
    void *grown = gr_os_resize(*block, size * (count + 1));

    *block = grown ? grown : *block;
    return grown != NULL;
}

gr_status gr_people_extend(gr_people *people, gr_who *who, gr_error *err)
{
    gr_settled *s = &people->settled;
    size_t count = people->recipient.count;

    if (!grow((void **)&s->person, sizeof *s->person, count) ||
        !grow((void **)&s->base, sizeof *s->base, count) ||
        !grow((void **)&s->next, sizeof *s->next, count) ||
        !grow((void **)&s->same, sizeof *s->same, count) ||
        !grow((void **)&s->link_first, sizeof *s->link_first, count))
        return gr_fail_memory(err);
    for (size_t i = who->recipient_count; i < count; i++) {
        s->person[i] = *GR_AT(people->recipient, gr_person, i);
        s->same[i] = s->base[i] = s->next[i] = (uint32_t)i;
        s->link_first[i + 1] = s->link_first[i];
    }
    fill_who(people, who);
    return GR_OK;
}

/* ---- clients ---- */

/* The number of a firm among those met so far, by its folded name; GR_NONE when there is no memory. */
static uint32_t number_firm(gr_table *known, gr_list *firms, gr_text firm)
{
    uint64_t hash = gr_hash(firm, 5);
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(known, hash, &cursor)) != GR_NONE)
        if (gr_text_equal(*GR_AT(*firms, gr_text, i), firm))
            return i;
    i = (uint32_t)firms->count;
    return gr_list_push(firms, &firm) && gr_table_put(known, hash, i) ? i : GR_NONE;
}

static bool number_clients(gr_people *people, gr_who *who, gr_arena *arena)
{
    gr_table known = { 0 };
    gr_list firms = GR_LIST(gr_text);
    bool fits = true;

    for (size_t i = 0; fits && i < who->recipient_count; i++) {
        gr_text employer = who->recipient[who->same[i]].employer;
        gr_text firm = gr_fold_firm(people->names, employer, arena);

        people->client[i] = firm.len > 0 ? number_firm(&known, &firms, firm) : GR_NONE;
        fits = firm.ptr && (firm.len == 0 || people->client[i] != GR_NONE);
    }
    who->client = people->client;
    who->client_count = firms.count;
    gr_list_free(&firms);
    gr_table_free(&known);
    return fits;
}

gr_status gr_people_clients(gr_people *people, gr_who *who, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    bool fits;

    gr_os_free(people->client);
    people->client = gr_os_alloc(sizeof *people->client * (who->recipient_count + 1));
    fits = arena && people->client && number_clients(people, who, arena);
    gr_arena_free(arena);
    return fits ? GR_OK : gr_fail_memory(err);
}
