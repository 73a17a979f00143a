/* src/app/directory_make.c - the bytes of a directory, from everybody whom a ledger knows. */
#include "app/directory_inside.h"

#include "app/intake_inside.h"
#include "base/digest.h"
#include "base/os.h"
#include "people/fold.h"

#include <stdlib.h>
#include <string.h>

typedef struct told { /* a key, before it is put in order */
    uint64_t hash;
    uint32_t who;
} told;

typedef struct word { /* of a name, or an id */
    gr_text text;
    uint32_t bearers;
} word;

typedef struct bears {
    uint32_t word, who;
} bears;

typedef struct making {
    const gr_rules *rules;
    gr_ledger *ledger;
    gr_intake *intake;
    uint32_t count; /* of spellings */
    gr_spelling *spelling;
    int64_t *row;
    size_t row_count;
    gr_list text; /* of char */
    gr_list told, tie, word, bears;
    gr_table known;  /* rings, then words */
    gr_arena *arena; /* of words */
    gr_arena *scratch;
    uint32_t who; /* whose keys are told now */
    bool *ruled;
    bool failed; /* no memory */
} making;

static const gr_person *person_at(const making *m, uint32_t i)
{
    return gr_people_as_written(m->intake->people, i);
}

/* ---- spellings and their rows ---- */

static bool add_bytes(gr_list *list, const void *bytes, size_t count)
{
    if (count > 0 && !gr_list_reserve(list, count))
        return false;
    if (count > 0)
        memcpy((char *)list->items + list->count, bytes, count);
    list->count += count;
    return true;
}

static bool add_spelling(making *m, uint32_t i)
{
    const gr_person *p = person_at(m, i);
    const gr_text texts[] = { p->id, p->name, p->employer, p->email };
    gr_spelling *s = &m->spelling[i];
    bool fits = true;

    s->text = m->text.count;
    s->next = i;
    for (size_t k = 0; fits && k < GR_COUNT(texts); k++) {
        s->length[k] = (uint32_t)texts[k].len;
        fits = add_bytes(&m->text, texts[k].ptr, texts[k].len);
    }
    return fits;
}

static void place_rows(making *m)
{
    const gr_list *party = &m->intake->party;
    uint32_t at = 0;

    for (size_t row = 0; row < party->count; row++)
        if (*GR_AT(*party, uint32_t, row) != GR_NONE)
            m->spelling[*GR_AT(*party, uint32_t, row)].row++;
    for (uint32_t i = 0; i <= m->count; i++) {
        uint32_t here = m->spelling[i].row;

        m->spelling[i].row = at;
        at += here;
    }
    for (size_t row = 0; row < party->count; row++)
        if (*GR_AT(*party, uint32_t, row) != GR_NONE)
            m->row[m->spelling[*GR_AT(*party, uint32_t, row)].row++] = (int64_t)row;
    for (uint32_t i = m->count; i > 0; i--) /* each has gone on to where the next one begins */
        m->spelling[i].row = m->spelling[i - 1].row;
    m->spelling[0].row = 0;
    m->row_count = at;
}

static gr_status find_certain(making *m, gr_error *err)
{
    const gr_list *party = &m->intake->party;
    gr_list passing = GR_LIST(int64_t);
    bool *passes = gr_os_alloc(party->count + 1);
    gr_status status = gr_ledger_passing_parties(m->ledger, &passing, err);

    if (status == GR_OK && !passes)
        status = gr_fail_memory(err);
    if (status == GR_OK)
        memset(passes, 0, party->count + 1);
    for (size_t i = 0; status == GR_OK && i < passing.count; i++)
        if ((size_t)*GR_AT(passing, int64_t, i) < party->count)
            passes[*GR_AT(passing, int64_t, i)] = true;
    for (size_t row = 0; status == GR_OK && row < party->count; row++)
        if (!passes[row] && *GR_AT(*party, uint32_t, row) != GR_NONE)
            m->spelling[*GR_AT(*party, uint32_t, row)].is_certain = 1;
    gr_os_free(passes);
    gr_list_free(&passing);
    return status;
}

/* ---- ties ---- */

static bool add_tie(making *m, uint32_t a, uint32_t b, uint32_t through)
{
    const gr_tie forth = { a, b, through, 1 }, back = { b, a, through, 0 };

    return gr_list_push(&m->tie, &forth) && gr_list_push(&m->tie, &back);
}

static int by_person(const void *a, const void *b)
{
    const gr_tie *x = a, *y = b;

    if (x->of != y->of)
        return x->of < y->of ? -1 : 1;
    if (x->other != y->other)
        return x->other < y->other ? -1 : 1;
    if (x->through != y->through)
        return x->through < y->through ? -1 : 1;
    return (x->is_principal > y->is_principal) - (x->is_principal < y->is_principal);
}

static bool add_ties(making *m)
{
    const gr_list *relation = &gr_roster_get(m->intake->roster)->relation;
    const gr_list *identity = &m->intake->identity;
    bool fits = true;

    for (size_t i = 0; fits && i < relation->count; i++) {
        const gr_roster_relation *r = GR_AT(*relation, gr_roster_relation, i);

        if (r->through != GR_THROUGH_NONE)
            fits = add_tie(m, r->principal, r->other, (uint32_t)r->through);
    }
    for (size_t i = 0; fits && i < identity->count; i++) {
        const gr_known_identity *k = GR_AT(*identity, gr_known_identity, i);

        if (k->said.is_past || k->said.says == GR_IDENTITY_NOTHING)
            continue;
        m->ruled[k->a] = m->ruled[k->b] = true;
        m->spelling[k->a].is_certain = m->spelling[k->b].is_certain = 1;
        if (k->said.says == GR_IDENTITY_SAME)
            fits = add_tie(m, k->a, k->b, GR_DIRECTORY_RULED);
    }
    if (m->tie.count > 1)
        qsort(m->tie.items, m->tie.count, sizeof(gr_tie), by_person);
    return fits;
}

/* ---- keys ---- */

static void tell(void *context, uint64_t hash, gr_key_part part)
{
    making *m = context;
    const told one = { hash, m->who << 2 | (uint32_t)part };

    m->failed = m->failed || !gr_list_push(&m->told, &one);
}

static bool tell_email(making *m, gr_text email)
{
    gr_text folded = gr_fold_email(email, m->scratch);

    if (folded.len > 0)
        tell(m, gr_key_email(folded), GR_KEY_WIDE);
    return folded.ptr != NULL;
}

static uint32_t number_word(making *m, gr_text text)
{
    uint64_t hash = gr_hash(text, 1);
    size_t cursor = 0;
    uint32_t i;
    word one = { .text = text };

    while ((i = gr_table_find(&m->known, hash, &cursor)) != GR_NONE)
        if (gr_text_equal(GR_AT(m->word, word, i)->text, text))
            return i;
    one.text = gr_arena_copy(m->arena, text);
    i = (uint32_t)m->word.count;
    return one.text.ptr && gr_list_push(&m->word, &one) && gr_table_put(&m->known, hash, i)
               ? i
               : GR_NONE;
}

static void bear(making *m, gr_text text)
{
    bears one = { number_word(m, text), m->who };

    if (one.word == GR_NONE || !gr_list_push(&m->bears, &one)) {
        m->failed = true;
        return;
    }
    GR_AT(m->word, word, one.word)->bearers++;
}

/* As it is written: whoever types remembers any spelling. */
static bool bear_name(making *m, gr_text name)
{
    gr_text rest = gr_fold_name(&m->rules->names, name, m->scratch), one;

    if (!rest.ptr)
        return false;
    while (gr_text_word(&rest, &one))
        bear(m, one);
    return true;
}

static void bear_id(making *m, gr_text id)
{
    gr_text low = gr_arena_copy(m->scratch, id);
    char *c = (char *)(uintptr_t)low.ptr;

    for (size_t i = 0; c && i < low.len; i++)
        c[i] = c[i] >= 'A' && c[i] <= 'Z' ? (char)(c[i] + ('a' - 'A')) : c[i];
    if (low.len > 0)
        bear(m, low);
    m->failed = m->failed || !c;
}

/* Whoever is decided on is there by himself too, wherever decisions are known. */
static bool tell_forms(making *m, const gr_list *spelt, const gr_list *number)
{
    const gr_spelt *all = spelt->items;
    gr_list forms = GR_LIST(gr_person_parts);
    bool fits = gr_directory_forms(&m->rules->names, all, spelt->count, m->scratch, &forms);

    for (size_t i = 0; fits && spelt->count > 1 && i < spelt->count; i++)
        if (m->ruled[*GR_AT(*number, uint32_t, i)])
            fits = gr_directory_forms(&m->rules->names, &all[i], 1, m->scratch, &forms);
    for (size_t i = 0; fits && i < forms.count; i++)
        gr_directory_tell(&m->rules->names, GR_AT(forms, gr_person_parts, i), tell, m);
    gr_list_free(&forms);
    return fits;
}

static bool tell_ring(making *m, uint32_t first)
{
    gr_list spelt = GR_LIST(gr_spelt), number = GR_LIST(uint32_t);
    uint32_t i = first;
    bool fits = true;

    gr_arena_reset(m->scratch);
    m->who = first;
    do {
        gr_spelt one = { *person_at(m, i), m->spelling[i].is_certain != 0 };

        fits = gr_list_push(&spelt, &one) && gr_list_push(&number, &i) &&
               tell_email(m, one.person.email) && bear_name(m, one.person.name);
        i = m->spelling[i].next;
    } while (fits && i != first);
    if (fits)
        bear_id(m, person_at(m, first)->id);
    fits = fits && tell_forms(m, &spelt, &number);
    gr_list_free(&spelt);
    gr_list_free(&number);
    return fits && !m->failed;
}

/* ---- rings ---- */

static bool hash_ring(making *m, uint32_t i, uint64_t *out)
{
    const gr_person *p = person_at(m, i);
    gr_person_parts parts;

    if (p->id.len > 0) {
        *out = gr_hash(p->id, 77);
        return true;
    }
    gr_arena_reset(m->scratch);
    if (!gr_parts_fold(&m->rules->names, p, m->scratch, &parts))
        return false;
    *out = gr_hash(parts.employer, gr_hash(parts.name, 78));
    return true;
}

/* Who stands first in the ring of its hash; GR_NONE: it is the first itself. */
static uint32_t find_first(const making *m, const uint64_t *hash, uint32_t i)
{
    size_t cursor = 0;
    uint32_t k;

    while ((k = gr_table_find(&m->known, hash[i], &cursor)) != GR_NONE)
        if (hash[k] == hash[i] && gr_text_equal(person_at(m, k)->id, person_at(m, i)->id))
            return k;
    return GR_NONE;
}

/* first[i]: is it the one that stands for its ring? */
static bool make_rings(making *m, bool *is_first)
{
    uint64_t *hash = gr_os_alloc(sizeof *hash * (m->count + 1));
    bool fits = hash != NULL;

    for (uint32_t i = 0; fits && i < m->count; i++) {
        uint32_t first;

        fits = hash_ring(m, i, &hash[i]);
        first = fits ? find_first(m, hash, i) : GR_NONE;
        is_first[i] = first == GR_NONE;
        if (fits && first == GR_NONE) {
            fits = gr_table_put(&m->known, hash[i], i);
        } else if (fits) {
            m->spelling[i].next = m->spelling[first].next;
            m->spelling[first].next = i;
        }
    }
    gr_os_free(hash);
    gr_table_free(&m->known);
    return fits;
}

static bool tell_all(making *m)
{
    bool *is_first = gr_os_alloc(m->count + 1);
    bool fits = is_first && make_rings(m, is_first);

    for (uint32_t i = 0; fits && i < m->count; i++)
        if (is_first[i])
            fits = tell_ring(m, i);
    gr_os_free(is_first);
    gr_table_free(&m->known);
    return fits;
}

/* ---- writing ---- */

static bool add_part(gr_list *bytes, gr_directory_head *head, gr_directory_part part,
                     const void *items, size_t size, size_t count)
{
    static const char zero[8];

    if (bytes->count % 8 != 0 && !add_bytes(bytes, zero, 8 - bytes->count % 8))
        return false;
    head->at[part] = bytes->count;
    head->count[part] = count;
    return add_bytes(bytes, items, size * count);
}

static int by_key(const void *a, const void *b)
{
    const gr_directory_key *x = a, *y = b;

    if (x->rest != y->rest)
        return x->rest < y->rest ? -1 : 1;
    return (x->who > y->who) - (x->who < y->who);
}

static bool add_keys(making *m, gr_list *bytes, gr_directory_head *head)
{
    uint32_t *bucket = gr_os_alloc(sizeof *bucket * (GR_DIRECTORY_BUCKETS + 2));
    gr_directory_key *key = gr_os_alloc(sizeof *key * (m->told.count + 1));
    bool fits = bucket && key;

    if (fits)
        memset(bucket, 0, sizeof *bucket * (GR_DIRECTORY_BUCKETS + 2));
    for (size_t i = 0; fits && i < m->told.count; i++)
        bucket[(GR_AT(m->told, told, i)->hash & (GR_DIRECTORY_BUCKETS - 1)) + 2]++;
    for (size_t b = 2; fits && b < GR_DIRECTORY_BUCKETS + 2; b++)
        bucket[b] += bucket[b - 1];
    for (size_t i = 0; fits && i < m->told.count; i++) {
        const told *t = GR_AT(m->told, told, i);
        uint32_t *at = &bucket[(t->hash & (GR_DIRECTORY_BUCKETS - 1)) + 1];

        key[(*at)++] = (gr_directory_key){ (uint32_t)(t->hash >> 16), t->who };
    }
    gr_list_free(&m->told);
    for (size_t b = 0; fits && b < GR_DIRECTORY_BUCKETS; b++)
        if (bucket[b + 1] - bucket[b] > 1)
            qsort(key + bucket[b], bucket[b + 1] - bucket[b], sizeof *key, by_key);
    fits = fits &&
           add_part(bytes, head, GR_DIRECTORY_BUCKET, bucket, sizeof *bucket,
                    GR_DIRECTORY_BUCKETS + 1) &&
           add_part(bytes, head, GR_DIRECTORY_KEY, key, sizeof *key, bucket[GR_DIRECTORY_BUCKETS]);
    gr_os_free(bucket);
    gr_os_free(key);
    return fits;
}

typedef struct ordered {
    gr_text text;
    uint32_t number;
} ordered;

static int by_word(const void *a, const void *b)
{
    return gr_text_compare(((const ordered *)a)->text, ((const ordered *)b)->text);
}

static bool order_words(making *m, ordered *order, gr_directory_word *out, uint32_t *place,
                        uint32_t *bearer)
{
    uint32_t at = 0;
    bool fits = true;

    for (size_t i = 0; i < m->word.count; i++)
        order[i] = (ordered){ GR_AT(m->word, word, i)->text, (uint32_t)i };
    if (m->word.count > 1)
        qsort(order, m->word.count, sizeof *order, by_word);
    for (size_t i = 0; fits && i < m->word.count; i++) {
        out[i] = (gr_directory_word){ m->text.count, (uint32_t)order[i].text.len, at };
        fits = add_bytes(&m->text, order[i].text.ptr, order[i].text.len);
        place[order[i].number] = at;
        at += GR_AT(m->word, word, order[i].number)->bearers;
    }
    out[m->word.count] = (gr_directory_word){ 0, 0, at };
    for (size_t i = 0; i < m->bears.count; i++) {
        const bears *b = GR_AT(m->bears, bears, i);

        bearer[place[b->word]++] = b->who;
    }
    return fits;
}

static bool add_words(making *m, gr_list *bytes, gr_directory_head *head)
{
    size_t count = m->word.count + 1;
    ordered *order = gr_os_alloc(sizeof *order * count);
    gr_directory_word *out = gr_os_alloc(sizeof *out * count);
    uint32_t *place = gr_os_alloc(sizeof *place * count);
    uint32_t *bearer = gr_os_alloc(sizeof *bearer * (m->bears.count + 1));
    bool fits = order && out && place && bearer && order_words(m, order, out, place, bearer) &&
                add_part(bytes, head, GR_DIRECTORY_WORD, out, sizeof *out, count) &&
                add_part(bytes, head, GR_DIRECTORY_BEARER, bearer, sizeof *bearer, m->bears.count);

    gr_os_free(order);
    gr_os_free(out);
    gr_os_free(place);
    gr_os_free(bearer);
    return fits;
}

static gr_text head_text(const gr_directory_head *head)
{
    return (gr_text){ (const char *)head, offsetof(gr_directory_head, check) };
}

static bool write_all(making *m, const gr_known_until *until, gr_list *bytes)
{
    gr_directory_head head;
    bool fits;

    memset(&head, 0, sizeof head);
    memcpy(head.magic, "GRPEOPLE", sizeof head.magic);
    head.version = GR_DIRECTORY_VERSION;
    head.size = sizeof head;
    memcpy(head.names, m->rules->names.sha256, sizeof m->rules->names.sha256);
    memcpy(&head.until, until, sizeof head.until);
    fits = add_bytes(bytes, &head, sizeof head) &&
           add_part(bytes, &head, GR_DIRECTORY_SPELLING, m->spelling, sizeof *m->spelling,
                    m->count + 1) &&
           add_part(bytes, &head, GR_DIRECTORY_ROW, m->row, sizeof *m->row, m->row_count) &&
           add_keys(m, bytes, &head) &&
           add_part(bytes, &head, GR_DIRECTORY_TIE, m->tie.items, sizeof(gr_tie), m->tie.count) &&
           add_words(m, bytes, &head) &&
           add_part(bytes, &head, GR_DIRECTORY_TEXT, m->text.items, 1, m->text.count);
    head.bytes = bytes->count;
    head.check = gr_hash(head_text(&head), 0);
    if (fits)
        memcpy(bytes->items, &head, sizeof head);
    return fits;
}

bool gr_directory_is_sound(const unsigned char *bytes, size_t size, gr_directory_head *head)
{
    static const size_t item[] = {
        sizeof(gr_spelling),       8, 4, sizeof(gr_directory_key), sizeof(gr_tie),
        sizeof(gr_directory_word), 4, 1
    };

    if (size < sizeof *head)
        return false;
    memcpy(head, bytes, sizeof *head);
    if (memcmp(head->magic, "GRPEOPLE", 8) != 0 || head->version != GR_DIRECTORY_VERSION ||
        head->size != sizeof *head || head->bytes != size ||
        head->check != gr_hash(head_text(head), 0) || head->count[GR_DIRECTORY_SPELLING] == 0 ||
        head->count[GR_DIRECTORY_SPELLING] > 1U << 30 || head->count[GR_DIRECTORY_WORD] == 0 ||
        head->count[GR_DIRECTORY_BUCKET] != GR_DIRECTORY_BUCKETS + 1)
        return false;
    for (size_t i = 0; i < GR_DIRECTORY_PARTS; i++)
        if (head->at[i] % 8 != 0 || head->at[i] > size ||
            head->count[i] > (size - head->at[i]) / item[i])
            return false;
    return true;
}

/* ---- all ---- */

static gr_status make(making *m, gr_list *bytes, gr_error *err)
{
    gr_known_until until;
    gr_status status = gr_ledger_known_until(m->ledger, &until, err);
    bool fits = true;

    m->count = (uint32_t)gr_people_count(m->intake->people);
    if (m->count >= 1U << 30)
        return gr_fail(err, GR_ELIMIT, GR_NOWHERE, "", "there are too many recipients");
    m->spelling = gr_os_alloc(sizeof *m->spelling * (m->count + 1));
    m->row = gr_os_alloc(sizeof *m->row * (m->intake->party.count + 1));
    m->ruled = gr_os_alloc(m->count + 1);
    if (!m->spelling || !m->row || !m->ruled || !m->arena || !m->scratch)
        return gr_fail_memory(err);
    memset(m->spelling, 0, sizeof *m->spelling * (m->count + 1));
    memset(m->ruled, 0, m->count + 1);
    for (uint32_t i = 0; fits && i < m->count; i++)
        fits = add_spelling(m, i);
    place_rows(m);
    if (status == GR_OK)
        status = find_certain(m, err);
    if (status == GR_OK && (!fits || !add_ties(m) || !tell_all(m) || !write_all(m, &until, bytes)))
        status = gr_fail_memory(err);
    return status;
}

static void free_making(making *m)
{
    gr_os_free(m->spelling);
    gr_os_free(m->row);
    gr_os_free(m->ruled);
    gr_list_free(&m->text);
    gr_list_free(&m->told);
    gr_list_free(&m->tie);
    gr_list_free(&m->word);
    gr_list_free(&m->bears);
    gr_table_free(&m->known);
    gr_arena_free(m->arena);
    gr_arena_free(m->scratch);
}

gr_status gr_directory_make(const gr_rules *rules, gr_ledger *ledger, gr_list *bytes, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    gr_intake intake;
    making m = { .rules = rules,
                 .ledger = ledger,
                 .intake = &intake,
                 .text = GR_LIST(char),
                 .told = GR_LIST(told),
                 .tie = GR_LIST(gr_tie),
                 .word = GR_LIST(word),
                 .bears = GR_LIST(bears),
                 .arena = gr_arena_create(),
                 .scratch = gr_arena_create() };
    gr_status status;

    if (!arena)
        status = gr_fail_memory(err);
    else if ((status = gr_intake_open(rules, ledger, arena, &intake, err)) == GR_OK) {
        intake.only_lists = true;
        status = gr_intake_load_people(&intake, err);
        if (status == GR_OK)
            status = gr_intake_settle_roster(&intake, err);
        if (status == GR_OK)
            status = make(&m, bytes, err);
        gr_fetcher_close(intake.fetcher);
        gr_intake_close(&intake);
    }
    free_making(&m);
    gr_arena_free(arena);
    return status;
}
