/* src/app/directory_meet.c - whom somebody may be: all who share a key are read and settled with the one asked for, and who
 * is one person with that one, or linked, is met. Not everybody of these is: settling without records takes those for
 * alive who are in none that is in force. */
#include "app/directory_inside.h"

#include "app/identities.h"
#include "base/os.h"
#include "ledger/people_find.h"
#include "people/keys.h"

#include <stdlib.h>
#include <string.h>

typedef struct known { /* somebody who shares a key */
    uint32_t number;   /* in the directory; GR_NONE: came since */
    int64_t row;       /* the first, or the one that came since */
    uint32_t person;   /* in people */
} known;

typedef struct meeting {
    gr_directory *d;
    gr_ledger *ledger;
    gr_people *people;
    gr_arena *arena;
    gr_list key;     /* of uint64_t: of the one asked for, rising */
    gr_list other;   /* scratch: of uint64_t */
    gr_list known;   /* of known */
    gr_list decided; /* of gr_known_identity */
    uint32_t asked, reading;
} meeting;

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* ---- who shares a key ---- */

static size_t find_key(const gr_directory *d, uint64_t key)
{
    size_t low = 0, high = d->head->keys;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (d->key[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* What a damaged file says is passed over: the rows it names are looked up in the ledger. */
static bool collect_numbers(const meeting *m, gr_list *numbers)
{
    const gr_directory *d = m->d;

    for (size_t k = 0; k < m->key.count; k++) {
        uint64_t key = *GR_AT(m->key, uint64_t, k);

        if (k > 0 && key == *GR_AT(m->key, uint64_t, k - 1))
            continue;
        for (size_t i = find_key(d, key); i < d->head->keys && d->key[i] == key; i++)
            if (d->holder[i] < d->head->people && !gr_list_push(numbers, &d->holder[i]))
                return false;
    }
    if (numbers->count > 1)
        qsort(numbers->items, numbers->count, sizeof(uint32_t), by_number);
    return true;
}

static gr_status take_party(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    meeting *m = context;
    known one = { m->reading, row, gr_people_recipient(m->people, person) };

    return one.person != GR_NONE && gr_list_push(&m->known, &one) ? GR_OK : gr_fail_memory(err);
}

static gr_status read_numbers(meeting *m, const gr_list *numbers, gr_error *err)
{
    const gr_directory *d = m->d;
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < numbers->count; i++) {
        uint32_t number = *GR_AT(*numbers, uint32_t, i);

        if ((i > 0 && number == *GR_AT(*numbers, uint32_t, i - 1)) ||
            d->first[number] >= d->head->rows)
            continue;
        m->reading = number;
        status = gr_ledger_party_read(m->ledger, d->row[d->first[number]], take_party, m, err);
    }
    return status;
}

/* ---- who came since ---- */

static bool shares(const meeting *m)
{
    for (size_t i = 0; i < m->other.count; i++)
        if (m->key.count > 0 && bsearch(GR_AT(m->other, uint64_t, i), m->key.items, m->key.count,
                                        sizeof(uint64_t), by_key))
            return true;
    return false;
}

static gr_status look_at_new(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    meeting *m = context;

    gr_list_cut(&m->other, 0);
    if (!gr_person_keys(&m->d->rules->names, person, m->d->scratch, &m->other))
        return gr_fail_memory(err);
    gr_arena_reset(m->d->scratch);
    m->reading = GR_NONE;
    return shares(m) ? take_party(m, row, person, err) : GR_OK;
}

/* Everybody who shares a key with person, known so far or not. */
static gr_status read_sharing(meeting *m, const gr_person *person, gr_error *err)
{
    gr_list numbers = GR_LIST(uint32_t);
    gr_status status = GR_OK;

    gr_list_cut(&m->key, 0);
    if (!gr_person_keys(&m->d->rules->names, person, m->d->scratch, &m->key))
        status = gr_fail_memory(err);
    gr_arena_reset(m->d->scratch);
    if (m->key.count > 1)
        qsort(m->key.items, m->key.count, sizeof(uint64_t), by_key);
    if (status == GR_OK && !collect_numbers(m, &numbers))
        status = gr_fail_memory(err);
    if (status == GR_OK)
        status = read_numbers(m, &numbers, err);
    if (status == GR_OK)
        status = gr_ledger_each_party_since(m->ledger, m->d->head->covered, look_at_new, m, err);
    gr_list_free(&numbers);
    return status;
}

/* ---- who it is, or may be ---- */

static bool is_linked(const gr_who *who, uint32_t from, uint32_t to)
{
    for (uint32_t k = who->link_first[from]; k < who->link_first[from + 1]; k++)
        if (who->link[k] == to)
            return true;
    return false;
}

static bool is_met(const meeting *m, const gr_who *who, uint32_t person)
{
    uint32_t asked = who->same[m->asked], other = who->same[person];

    return asked == other || is_linked(who, asked, other) || is_linked(who, other, asked);
}

static bool add_rows(meeting *m, const known *one, gr_acquaintance *out)
{
    const gr_directory *d = m->d;

    if (one->number == GR_NONE)
        return gr_list_push(&out->row, &one->row);
    for (uint32_t i = d->first[one->number]; i < d->first[one->number + 1] && i < d->head->rows;
         i++) {
        int64_t row = d->row[i];

        if (!gr_list_push(&out->row, &row))
            return false;
    }
    return true;
}

static int64_t row_of(const gr_directory *d, uint32_t number)
{
    return number < d->head->people && d->first[number] < d->first[number + 1] &&
                   d->first[number] < d->head->rows
               ? (int64_t)d->row[d->first[number]]
               : 0;
}

/* Both sides of each: one alone would be somebody whom nobody knows. */
static bool add_relations(meeting *m, const known *one, gr_acquaintance *out)
{
    const gr_directory *d = m->d;

    for (uint32_t i = 0; one->number != GR_NONE && i < d->head->relations; i++) {
        const gr_directory_relation *r = &d->relation[i];
        gr_known_relation found = { row_of(d, r->principal), row_of(d, r->other),
                                    (gr_through)r->through };
        known both[] = { { r->principal, 0, 0 }, { r->other, 0, 0 } };

        if ((r->principal != one->number && r->other != one->number) ||
            r->through > GR_THROUGH_CHARITY || found.principal == 0 || found.other == 0)
            continue;
        if (!gr_list_push(&out->relation, &found) || !add_rows(m, &both[0], out) ||
            !add_rows(m, &both[1], out))
            return false;
    }
    return true;
}

/* ---- decisions ---- */

/* Whom somebody has joined with one of these need not share a key with anybody. */
static gr_status read_decided(meeting *m, gr_error *err)
{
    gr_status status = gr_identities_load(m->ledger, m->people, m->arena, &m->decided, err);
    size_t count = m->decided.count;

    for (size_t i = 0; status == GR_OK && i < count; i++) {
        const gr_known_identity *one = GR_AT(m->decided, gr_known_identity, i);

        if (one->said.is_past || one->said.says != GR_IDENTITY_SAME)
            continue;
        status = read_sharing(m, &one->said.a, err);
        if (status == GR_OK)
            status = read_sharing(m, &one->said.b, err);
    }
    return status;
}

static gr_status meet(meeting *m, const gr_person *asked, gr_acquaintance *out, gr_error *err)
{
    gr_who who;
    gr_status status = GR_OK;

    m->asked = gr_people_recipient(m->people, asked);
    if (m->asked == GR_NONE)
        return gr_fail_memory(err);
    status = read_sharing(m, asked, err);
    if (status == GR_OK)
        status = read_decided(m, err);
    if (status == GR_OK)
        status = gr_people_settle(m->people, NULL, &who, err);
    for (size_t i = 0; status == GR_OK && i < m->known.count; i++) {
        const known *one = GR_AT(m->known, known, i);

        if (is_met(m, &who, one->person) && (!add_rows(m, one, out) || !add_relations(m, one, out)))
            status = gr_fail_memory(err);
    }
    return status;
}

gr_status gr_directory_meet(gr_directory *directory, gr_ledger *ledger, const gr_person *asked,
                            gr_acquaintance *out, gr_error *err)
{
    meeting m = { .d = directory,
                  .ledger = ledger,
                  .arena = gr_arena_create(),
                  .key = GR_LIST(uint64_t),
                  .other = GR_LIST(uint64_t),
                  .known = GR_LIST(known),
                  .decided = GR_LIST(gr_known_identity) };
    gr_status status =
        m.arena ? gr_people_create(&directory->rules->names, &m.people, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = meet(&m, asked, out, err);
    gr_people_free(m.people);
    gr_list_free(&m.key);
    gr_list_free(&m.other);
    gr_list_free(&m.known);
    gr_list_free(&m.decided);
    gr_arena_free(m.arena);
    return status;
}
