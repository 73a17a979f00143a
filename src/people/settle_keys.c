/* src/people/settle_keys.c - who is compared with whom, without comparing all with all. Everybody gets a key for each way
 * of being possibly somebody else, and only who shares one is compared. Keys go through a sieve first: it remembers, in a
 * few bits for each hash, whether anybody else has the key at all. A sieve lets some through that nobody shares, and
 * never keeps back one that is shared: so it costs time only. */
#include "base/os.h"
#include "people/keys.h"
#include "people/settling.h"

#include <stdlib.h>
#include <string.h>

typedef struct key {
    uint64_t hash;
    uint32_t node;
    gr_key_part part;
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

typedef void (*on_key)(keeping *k, const key *one);

/* ---- the sieve ---- */

static void note_key(keeping *k, const key *one)
{
    uint8_t *slot = &k->sieve[one->hash & k->mask];

    *slot = (uint8_t)(*slot | (*slot & SEEN ? SEEN_AGAIN : SEEN));
    if (one->part == GR_KEY_WIDE || one->part == GR_KEY_WIDE_WITH_ID || k->s->of->candidate)
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

typedef struct telling {
    keeping *k;
    on_key use;
    uint32_t node;
} telling;

static void tell(void *context, uint64_t hash, gr_key_part part)
{
    const telling *t = context;

    put(t->k, t->use, &(key){ hash, t->node, part });
}

static void tell_all(keeping *k, on_key use, uint32_t i)
{
    gr_settling *s = k->s;
    const gr_person_parts *p = &s->node[i].parts;
    telling t = { k, use, i };

    gr_keys_tell_name(p, tell, &t);
    if (s->node[i].has_namesake)
        tell(&t, gr_key_id(p->id), GR_KEY_WIDE);
    if (s->of->candidate)
        tell(&t, gr_key_anywhere(p), p->id.len > 0 ? GR_KEY_NARROW_WITH_ID : GR_KEY_NARROW);
    if (k->near[i])
        gr_keys_tell_near(s->names, p, tell, &t);
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

/* ---- who is near ---- */

/* Somebody with an id can only meet somebody without; where none are, there is nothing to compare. Uses the sieve before
 * keys do. */
static size_t find_near(keeping *k)
{
    gr_settling *s = k->s;
    size_t count = 0;

    for (uint32_t i = 0; i < s->count; i++)
        if (is_comparable(s, i) && (s->of->candidate || !gr_settling_has_id(s, i)))
            k->sieve[gr_key_employer(&s->node[i].parts) & k->mask] = SEEN;
    for (uint32_t i = 0; i < s->count; i++) {
        k->near[i] =
            is_comparable(s, i) && k->sieve[gr_key_employer(&s->node[i].parts) & k->mask] == SEEN;
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
    for (size_t i = 0; i < n && run[i].part <= GR_KEY_NARROW; i++) {
        bool wide = run[i].part == GR_KEY_WIDE;
        size_t k = i + 1;

        while (!wide && k < n && run[k].part == GR_KEY_NARROW)
            k++;
        for (; k < n && s->status == GR_OK && (wide || run[k].part == GR_KEY_WIDE_WITH_ID); k++)
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
