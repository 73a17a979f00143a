/* src/app/directory_make.c - the directory is made of everybody whom a ledger names, each spelling once. */
#include "app/directory_inside.h"

#include "app/intake.h"
#include "base/os.h"
#include "ledger/approval_find.h"
#include "ledger/people_find.h"
#include "people/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct held {
    uint64_t key;
    uint32_t holder;
} held;

typedef struct making {
    const gr_rules *rules;
    gr_intake intake;
    gr_arena *arena, *scratch;
    gr_list held; /* of held */
    gr_list key;  /* scratch: of uint64_t */
    gr_directory_head head;
    uint32_t *first, *row;
} making;

static int by_key(const void *a, const void *b)
{
    const held *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->holder > y->holder) - (x->holder < y->holder);
}

static gr_status find_keys(making *m, gr_error *err)
{
    size_t count = gr_people_count(m->intake.people);

    for (uint32_t i = 0; i < count; i++) {
        gr_list_cut(&m->key, 0);
        if (m->first[i] == m->first[i + 1])
            continue; /* somebody on whom was decided, and who got nothing */
        if (!gr_person_keys(&m->rules->names, gr_people_as_written(m->intake.people, i), m->scratch,
                            &m->key))
            return gr_fail_memory(err);
        for (size_t k = 0; k < m->key.count; k++)
            if (!gr_list_push(&m->held, &(held){ *GR_AT(m->key, uint64_t, k), i }))
                return gr_fail_memory(err);
        gr_arena_reset(m->scratch);
    }
    if (m->held.count > 1)
        qsort(m->held.items, m->held.count, sizeof(held), by_key);
    return GR_OK;
}

/* Rows of each person, from the list of persons by row. */
static gr_status sort_rows(making *m, gr_error *err)
{
    const gr_list *party = &m->intake.party;
    size_t count = gr_people_count(m->intake.people);
    uint32_t *next = gr_os_alloc(sizeof *next * (count + 1));

    m->first = gr_arena_zero(m->arena, sizeof *m->first * (count + 2));
    m->row = gr_arena_alloc(m->arena, sizeof *m->row * (party->count + 1));
    if (!m->first || !m->row || !next) {
        gr_os_free(next);
        return gr_fail_memory(err);
    }
    for (size_t r = 0; r < party->count; r++)
        if (*GR_AT(*party, uint32_t, r) != GR_NONE)
            m->first[*GR_AT(*party, uint32_t, r) + 1]++;
    for (size_t i = 0; i < count; i++)
        m->first[i + 1] += m->first[i];
    memcpy(next, m->first, sizeof *next * (count + 1));
    for (size_t r = 0; r < party->count; r++)
        if (*GR_AT(*party, uint32_t, r) != GR_NONE)
            m->row[next[*GR_AT(*party, uint32_t, r)]++] = (uint32_t)r;
    gr_os_free(next);
    m->head.people = (uint32_t)count;
    m->head.rows = m->first[count];
    return GR_OK;
}

static gr_status find_stamp(making *m, gr_ledger *ledger, gr_error *err)
{
    gr_ledger_extent extent;
    gr_status status = gr_ledger_extent_find(ledger, &extent, err);

    if (status == GR_OK)
        status = gr_ledger_run_find(ledger, &m->head.run, err);
    if (status == GR_OK)
        status = gr_ledger_run_hash(ledger, m->head.run, m->head.hash, err);
    m->head.covered = extent.recipient;
    m->head.roster = extent.roster;
    snprintf(m->head.names, sizeof m->head.names, "%s", m->rules->names.sha256);
    return status;
}

static gr_status put_together(making *m, void **bytes, size_t *size, gr_error *err)
{
    const gr_list *relation = &gr_roster_get(m->intake.roster)->relation;
    char *at;

    m->head.keys = (uint32_t)m->held.count;
    m->head.relations = (uint32_t)relation->count;
    *size = gr_directory_size(&m->head);
    *bytes = gr_os_alloc(*size);
    if (!*bytes)
        return gr_fail_memory(err);
    memset(*bytes, 0, *size);
    memcpy(*bytes, &m->head, sizeof m->head);
    at = (char *)*bytes + sizeof m->head;
    for (size_t i = 0; i < m->held.count; i++, at += sizeof(uint64_t))
        memcpy(at, &GR_AT(m->held, held, i)->key, sizeof(uint64_t));
    for (size_t i = 0; i < m->held.count; i++, at += sizeof(uint32_t))
        memcpy(at, &GR_AT(m->held, held, i)->holder, sizeof(uint32_t));
    memcpy(at, m->first, (m->head.people + 1) * sizeof(uint32_t));
    at += (m->head.people + 1) * sizeof(uint32_t);
    if (m->head.rows > 0)
        memcpy(at, m->row, m->head.rows * sizeof(uint32_t));
    at += m->head.rows * sizeof(uint32_t);
    for (size_t i = 0; i < relation->count; i++, at += sizeof(gr_directory_relation)) {
        const gr_roster_relation *r = GR_AT(*relation, gr_roster_relation, i);
        const gr_directory_relation one = { r->principal, r->other, (uint32_t)r->through };

        memcpy(at, &one, sizeof one);
    }
    return GR_OK;
}

static gr_status work(making *m, gr_ledger *ledger, void **bytes, size_t *size, gr_error *err)
{
    gr_status status;

    m->intake.ledger = ledger;
    m->intake.only_lists = true;
    status = gr_intake_load_people(&m->intake, err);
    if (status == GR_OK)
        status = gr_intake_settle_roster(&m->intake, err);
    if (status == GR_OK)
        status = sort_rows(m, err);
    if (status == GR_OK)
        status = find_keys(m, err);
    if (status == GR_OK)
        status = find_stamp(m, ledger, err);
    if (status == GR_OK)
        status = put_together(m, bytes, size, err);
    gr_fetcher_close(m->intake.fetcher);
    m->intake.fetcher = NULL;
    return status;
}

gr_status gr_directory_make(const gr_rules *rules, gr_ledger *ledger, void **bytes, size_t *size,
                            gr_error *err)
{
    making m = { .rules = rules,
                 .arena = gr_arena_create(),
                 .scratch = gr_arena_create(),
                 .held = GR_LIST(held),
                 .key = GR_LIST(uint64_t) };
    gr_status status = m.arena && m.scratch ? gr_intake_open(rules, NULL, m.arena, &m.intake, err)
                                            : gr_fail_memory(err);

    if (status == GR_OK) {
        status = work(&m, ledger, bytes, size, err);
        gr_intake_close(&m.intake);
    }
    gr_list_free(&m.held);
    gr_list_free(&m.key);
    gr_arena_free(m.scratch);
    gr_arena_free(m.arena);
    return status;
}
