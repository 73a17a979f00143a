/* src/people/settle_keys.c - who is compared with whom, without comparing all with all. Everybody gets a key for each way
 * of being possibly somebody else, and only who shares one is compared. Keys go through a sieve first: it remembers, in a
 * few bits for each hash, whether anybody else has the key at all. A sieve lets some through that nobody shares, and
 * never keeps back one that is shared: so it costs time only. */
#include "people/settling.h"

#include "base/digest.h"
#include "base/os.h"
#include "people/fold.h"
#include "people/keys.h"

#include <stdlib.h>
#include <string.h>

/* Under some keys somebody "wide" may be any of the others: "J. Roe" is Jane or John, who are not each other. Two
 * with ids never meet. In this order, those who meet stand together. */
typedef enum part {
    PART_WIDE,   /* without id; meets everybody */
    PART_NARROW, /* without id; meets the next only */
    PART_WIDE_WITH_ID,
    PART_NARROW_WITH_ID
} part;

typedef struct key {
    uint64_t hash;
    uint32_t node;
    part part;
} key;

enum { SEEN = 1, SEEN_AGAIN = 2, SEEN_WIDE = 4, SEEN_SHARED = SEEN_AGAIN | SEEN_WIDE };

enum { AHEAD = 32 }; /* keys, while memory fetches their places in the sieve */

typedef struct keeping {
    gr_settling *s;
    uint8_t *sieve;
    uint64_t mask;
    key waiting[AHEAD];
    size_t told; /* so far in this pass */
    gr_list keys;
    bool *near; /* of each node: is somebody without id at the same employer? */
} keeping;

/* In which way two may be one person: the seed of its hashes. */
enum {
    WAY_EMPLOYER = 4, /* never a key: who is near whom */
    WAY_LINE,
    WAY_INITIAL,
    WAY_BARE,
    WAY_MIDDLE,
    WAY_TURNED,
    WAY_LETTERS,
    WAY_DOUBLE,
    WAY_LAST_MISTYPED,
    WAY_FIRST_MISTYPED,
    WAY_NO_EMPLOYER,
    WAY_ANYWHERE,
    WAY_ID,
    WAY_ADDRESS /* of one person by itself only */
};

typedef void (*on_key)(keeping *k, const key *one);

/* ---- the sieve ---- */

static void note_key(keeping *k, const key *one)
{
    uint8_t *slot = &k->sieve[one->hash & k->mask];

    *slot = (uint8_t)(*slot | (*slot & SEEN ? SEEN_AGAIN : SEEN));
    if (one->part == PART_WIDE || one->part == PART_WIDE_WITH_ID || k->s->of->candidate)
        *slot |= SEEN_WIDE;
}

static void keep_key(keeping *k, const key *one)
{
    if ((k->sieve[one->hash & k->mask] & SEEN_SHARED) == SEEN_SHARED &&
        !gr_list_push(&k->keys, one))
        gr_settling_fail(k->s);
}

/* The sieve is larger than the processor's caches: a key is used when AHEAD others have been told. */
static void put(keeping *k, on_key use, const key *one)
{
    key *place = &k->waiting[k->told % AHEAD];

    __builtin_prefetch(&k->sieve[one->hash & k->mask], 1);
    if (k->told >= AHEAD)
        use(k, place);
    *place = *one;
    k->told++;
}

static void use_waiting(keeping *k, on_key use)
{
    size_t first = k->told < AHEAD ? 0 : k->told - AHEAD;

    for (size_t i = first; i < k->told; i++)
        use(k, &k->waiting[i % AHEAD]);
    k->told = 0;
}

/* ---- keys ---- */

static void tell(keeping *k, on_key use, uint64_t hash, uint32_t node, bool wide)
{
    key one = { hash, node, wide ? PART_WIDE : PART_NARROW };

    if (gr_settling_has_id(k->s, node))
        one.part = wide ? PART_WIDE_WITH_ID : PART_NARROW_WITH_ID;
    put(k, use, &one);
}

static uint64_t hash_number(uint64_t number, uint64_t seed)
{
    return gr_hash((gr_text){ (const char *)&number, sizeof number }, seed);
}

static uint64_t hash_surname(const gr_person_parts *p, uint64_t way)
{
    return gr_hash(p->employer, gr_hash(p->last, way));
}

static uint64_t hash_first(const gr_person_parts *p, uint64_t way)
{
    return gr_hash(p->employer, gr_hash(p->first, way));
}

/* Where all are alike, who has no id is the wide one. */
static void tell_surname(keeping *k, on_key use, uint32_t i)
{
    const gr_person_parts *p = &k->s->node[i].parts;
    bool alike = !gr_settling_has_id(k->s, i);
    uint64_t seed = hash_surname(p, WAY_LINE), middle = hash_surname(p, WAY_MIDDLE);
    gr_text rest = gr_parts_between(p), word;
    size_t cursor = 0;
    uint32_t line;

    tell(k, use, hash_surname(p, WAY_BARE), i, p->first.len == 0);
    if (p->first.len == 0)
        return;
    tell(k, use, gr_hash(gr_fold_initial(p->first), hash_surname(p, WAY_INITIAL)), i,
         gr_word_is_initial(p->first));
    while (gr_names_line(k->s->names, p->first, &cursor, &line))
        tell(k, use, hash_number(line, seed), i, alike);
    tell(k, use, gr_hash(p->first, middle), i, false);
    if (gr_parts_middle(k->s->names, &rest, &word))
        tell(k, use, gr_hash(word, middle), i, true);
}

static uint64_t scatter(uint64_t letter)
{
    letter *= UINT64_C(0x9E3779B97F4A7C15);
    letter ^= letter >> 29;
    return letter * UINT64_C(0xBF58476D1CE4E5B9);
}

/* "Roe Jane" and "Jane Roe", also twice "Jane Roe", where what stands between differs; and all whose names have the same letters, in whatever order and words. */
static void tell_turned(keeping *k, on_key use, uint32_t i)
{
    const gr_person_parts *p = &k->s->node[i].parts;
    bool rising = gr_text_compare(p->first, p->last) < 0, alike = !gr_settling_has_id(k->s, i);
    uint64_t hash = gr_hash(rising ? p->first : p->last, gr_hash(p->employer, WAY_TURNED));
    uint64_t letters = 0;
    gr_text core = gr_parts_core(p);

    for (size_t c = 0; c < core.len; c++)
        letters += core.ptr[c] != ' ' ? scatter((unsigned char)core.ptr[c]) : 0;
    tell(k, use, gr_hash(p->employer, hash_number(letters, WAY_LETTERS)), i, alike);
    if (p->first.len > 0)
        tell(k, use, gr_hash(rising ? p->last : p->first, hash), i, alike);
}

/* A surname of several words meets those that are one of them. */
static void tell_double(keeping *k, on_key use, uint32_t i)
{
    const gr_person_parts *p = &k->s->node[i].parts;
    uint64_t seed = hash_first(p, WAY_DOUBLE);
    gr_text rest = gr_parts_between(p), word;

    if (p->first.len == 0)
        return;
    tell(k, use, gr_hash(p->last, seed), i, true);
    while (gr_text_word(&rest, &word))
        tell(k, use, gr_hash(word, seed), i, false);
}

/* Words that start alike, or end alike. */
static void tell_ends(keeping *k, on_key use, uint32_t i, gr_text word, size_t shortest,
                      uint64_t seed)
{
    bool alike = !gr_settling_has_id(k->s, i);
    gr_text front, back;

    if (!gr_word_ends(word, shortest, &front, &back))
        return;
    tell(k, use, gr_hash(front, seed), i, alike);
    tell(k, use, gr_hash(back, seed + 1), i, alike);
}

static void tell_mistyped(keeping *k, on_key use, uint32_t i)
{
    const gr_weights *w = &k->s->names->weights;
    const gr_person_parts *p = &k->s->node[i].parts;

    if (p->first.len == 0)
        return;
    tell_ends(k, use, i, p->last, w->shortest_last, hash_first(p, WAY_LAST_MISTYPED));
    tell_ends(k, use, i, p->first, w->shortest_first, hash_surname(p, WAY_FIRST_MISTYPED));
}

/* ASCII letters, which ids are made of, without case. */
static uint64_t hash_id(gr_text id)
{
    uint64_t hash = WAY_ID;
    char small[64];

    for (size_t i = 0, n; i < id.len; i += n) {
        for (n = 0; n < sizeof small && i + n < id.len; n++) {
            char c = id.ptr[i + n];

            small[n] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
        hash = gr_hash((gr_text){ small, n }, hash);
    }
    return hash;
}

static void tell_all(keeping *k, on_key use, uint32_t i)
{
    gr_settling *s = k->s;
    const gr_person_parts *p = &s->node[i].parts;
    uint64_t name = gr_hash(p->first, gr_hash(p->last, WAY_NO_EMPLOYER));

    tell(k, use, name, i, p->employer.len == 0);
    if (s->node[i].has_namesake)
        put(k, use, &(key){ hash_id(p->id), i, PART_WIDE });
    if (s->of->candidate)
        tell(k, use, gr_hash(p->first, gr_hash(p->last, WAY_ANYWHERE)), i, false);
    if (!k->near[i])
        return;
    tell_surname(k, use, i);
    tell_turned(k, use, i);
    tell_double(k, use, i);
    tell_mistyped(k, use, i);
}

static bool is_comparable(const gr_settling *s, uint32_t i)
{
    return gr_settling_is_node(s, i) && s->node[i].parts.name.len > 0;
}

static void tell_everybody(keeping *k, on_key use)
{
    for (uint32_t i = 0; i < k->s->count && k->s->status == GR_OK; i++)
        if (is_comparable(k->s, i))
            tell_all(k, use, i);
    use_waiting(k, use);
}

/* ---- one person by itself ---- */

static void list_key(keeping *k, const key *one)
{
    if (!gr_list_push(&k->keys, &one->hash))
        gr_settling_fail(k->s);
}

/* As settling tells them of somebody who is near to somebody; the id and the address besides. */
bool gr_person_keys(const gr_names *names, const gr_person *person, gr_arena *scratch, gr_list *out)
{
    gr_node_of node = { .has_namesake = person->id.len > 0 };
    gr_list candidate = GR_LIST(gr_candidate);
    const gr_settling_of of = {
        .names = names, .recipient = person, .count = 1, .candidate = &candidate
    };
    gr_error ignored;
    gr_settling s = { .of = &of,
                      .names = names,
                      .recipient = person,
                      .count = 1,
                      .arena = scratch,
                      .node = &node,
                      .err = &ignored };
    bool near = true;
    keeping k = { .s = &s, .near = &near, .keys = *out };
    static uint8_t sieve[1]; /* asked memory for, and never looked at */

    k.sieve = sieve;
    if (!gr_parts_fold(names, person, scratch, &node.parts))
        return false;
    if (node.parts.name.len > 0)
        tell_all(&k, list_key, 0);
    else if (person->id.len > 0)
        put(&k, list_key, &(key){ hash_id(person->id), 0, PART_WIDE });
    use_waiting(&k, list_key);
    if (node.parts.email.len > 0)
        put(&k, list_key, &(key){ gr_hash(node.parts.email, WAY_ADDRESS), 0, PART_WIDE });
    use_waiting(&k, list_key);
    *out = k.keys;
    return s.status == GR_OK;
}

/* ---- who is near ---- */

static uint64_t hash_employer(const gr_settling *s, uint32_t i)
{
    return gr_hash(s->node[i].parts.employer, WAY_EMPLOYER);
}

/* Somebody with an id can only meet somebody without; where none are, there is nothing to compare. Uses the sieve before
 * keys do. */
static size_t find_near(keeping *k)
{
    gr_settling *s = k->s;
    size_t count = 0;

    for (uint32_t i = 0; i < s->count; i++)
        if (is_comparable(s, i) && (s->of->candidate || !gr_settling_has_id(s, i)))
            k->sieve[hash_employer(s, i) & k->mask] = SEEN;
    for (uint32_t i = 0; i < s->count; i++) {
        k->near[i] = is_comparable(s, i) && k->sieve[hash_employer(s, i) & k->mask] == SEEN;
        count += k->near[i];
    }
    return count;
}

enum { KEYS_OF_ONE = 32, SMALLEST_SIEVE = 1 << 12, LARGEST_SIEVE = 1 << 26 };

static bool open_sieve(keeping *k, size_t keys)
{
    size_t size = SMALLEST_SIEVE;

    while (size < keys && size < LARGEST_SIEVE)
        size *= 2;
    gr_os_free(k->sieve);
    k->sieve = gr_os_alloc(size);
    k->mask = size - 1;
    if (k->sieve)
        memset(k->sieve, 0, size);
    return k->sieve != NULL;
}

/* ---- who meets ---- */

static int by_hash(const void *a, const void *b)
{
    const key *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->part != y->part)
        return x->part < y->part ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

/* Of n people under one key, in the order of their parts, everybody who meets somebody. */
static void meet_run(gr_settling *s, const key *run, size_t n)
{
    for (size_t i = 0; i < n && run[i].part <= PART_NARROW; i++) {
        bool wide = run[i].part == PART_WIDE;
        size_t k = i + 1;

        while (!wide && k < n && run[k].part == PART_NARROW)
            k++;
        for (; k < n && s->status == GR_OK && (wide || run[k].part == PART_WIDE_WITH_ID); k++)
            if (run[i].node != run[k].node)
                gr_settling_meet(s, run[i].node, run[k].node);
    }
}

/* Where candidates are asked for, all who share a key, unless it is a crowd. */
static void meet_all(gr_settling *s, const key *run, size_t n)
{
    if (!s->of->candidate || n > s->names->weights.crowd) {
        meet_run(s, run, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && s->status == GR_OK; k++)
            if (run[i].node != run[k].node)
                gr_settling_meet(s, run[i].node, run[k].node);
}

static void find_pairs(keeping *k)
{
    const key *all = k->keys.items;
    size_t end;

    if (k->keys.count > 1)
        qsort(k->keys.items, k->keys.count, sizeof *all, by_hash);
    for (size_t i = 0; i < k->keys.count && k->s->status == GR_OK; i = end) {
        for (end = i + 1; end < k->keys.count && all[end].hash == all[i].hash;)
            end++;
        if (end - i > 1)
            meet_all(k->s, all + i, end - i);
    }
}

static bool open_keeping(keeping *k)
{
    k->near = gr_os_alloc(k->s->count + 1);
    if (!k->near || !open_sieve(k, k->s->count))
        return false;
    return open_sieve(k, 2 * k->s->count + KEYS_OF_ONE * find_near(k));
}

void gr_settling_compare(gr_settling *s)
{
    keeping k = { .s = s, .keys = GR_LIST(key) };

    if (s->status != GR_OK)
        return;
    if (open_keeping(&k)) {
        tell_everybody(&k, note_key);
        tell_everybody(&k, keep_key);
        find_pairs(&k);
    } else {
        gr_settling_fail(s);
    }
    gr_list_free(&k.keys);
    gr_os_free(k.sieve);
    gr_os_free(k.near);
}
