/* src/people/settle.c - joins by a table of folded keys, links by sorting keys that only possible pairs share, so that
 * nobody is compared with everybody. */
#include "people/settle.h"

#include "base/digest.h"
#include "base/os.h"
#include "people/fold.h"

#include <stdlib.h>
#include <string.h>

enum { GR_MAX_LINKS = 20 * 1000 * 1000 };

typedef struct folded {
    gr_text name, employer;
    gr_text first, last; /* of name; first is empty when there is one word only */
} folded;

typedef struct key { /* people who share one may be linked */
    uint64_t hash;
    uint32_t person;
} key;

typedef struct pair {
    uint32_t a, b;
} pair;

typedef struct settling {
    const gr_names *names;
    gr_person *recipient;
    uint32_t count;
    gr_arena *arena; /* scratch */
    folded *folded;
    gr_settled *out;
    gr_list keys, pairs;
    gr_table wanted; /* surnames with employer, and whole names, of people without id */
    bool no_memory;
} settling;

/* ---- folding ---- */

static void split_name(folded *f)
{
    size_t i = f->name.len, k = 0;

    while (i > 0 && f->name.ptr[i - 1] != ' ')
        i--;
    f->last = gr_text_slice(f->name, i, f->name.len);
    while (i > 0 && k < i - 1 && f->name.ptr[k] != ' ')
        k++;
    f->first = gr_text_slice(f->name, 0, i > 0 ? k : 0);
}

static bool fold_all(settling *s)
{
    s->folded = gr_os_alloc(sizeof *s->folded * (s->count + 1));
    for (uint32_t i = 0; s->folded && i < s->count; i++) {
        folded *f = &s->folded[i];

        f->name = gr_fold_name(s->names, s->recipient[i].name, s->arena);
        f->employer = gr_fold_firm(s->names, s->recipient[i].employer, s->arena);
        if (!f->name.ptr || !f->employer.ptr)
            return false;
        split_name(f);
    }
    return s->folded != NULL;
}

static bool has_id(const settling *s, uint32_t i)
{
    return s->recipient[i].id.len > 0;
}

/* ---- joining ---- */

static uint64_t hash_whole(const folded *f)
{
    return gr_hash(f->employer, gr_hash(f->name, 3));
}

static bool is_whole_same(const folded *a, const folded *b)
{
    return gr_text_equal(a->name, b->name) && gr_text_equal(a->employer, b->employer);
}

/* Somebody with an id, or without, of this name and employer; counts how many there are. */
static uint32_t find_whole(const settling *s, const gr_table *table, uint32_t i, bool with_id,
                           size_t *count)
{
    size_t cursor = 0;
    uint32_t k, found = GR_NONE;

    *count = 0;
    while ((k = gr_table_find(table, hash_whole(&s->folded[i]), &cursor)) != GR_NONE) {
        if (has_id(s, k) == with_id && is_whole_same(&s->folded[i], &s->folded[k])) {
            found = k;
            ++*count;
        }
    }
    return found;
}

/* Whom somebody without id stands for: the only one with an id of that name and employer, else the first
 * without; GR_NONE when there is neither. */
static uint32_t find_same(const settling *s, const gr_table *table, uint32_t i)
{
    size_t count;
    uint32_t found = find_whole(s, table, i, true, &count);

    return count == 1 ? found : find_whole(s, table, i, false, &count);
}

static bool join_all(settling *s)
{
    gr_table table = { NULL, 0, 0 };
    bool fits = true;

    for (uint32_t i = 0; fits && i < s->count;
         i++) /* all with an id first, to know how many share a name */
        if (has_id(s, i))
            fits = gr_table_put(&table, hash_whole(&s->folded[i]), i);
    for (uint32_t i = 0; fits && i < s->count; i++) {
        uint32_t same = has_id(s, i) || s->folded[i].name.len == 0 ? i : find_same(s, &table, i);

        s->out->same[i] = same == GR_NONE ? i : same;
        if (same == GR_NONE)
            fits = gr_table_put(&table, hash_whole(&s->folded[i]), i);
    }
    gr_table_free(&table);
    return fits;
}

static void better(gr_text *now, gr_text offered)
{
    if (gr_fold_is_better(*now, offered))
        *now = offered;
}

/* What is shown of a person: the fullest of the joined spellings. */
static void show_all(settling *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        gr_person *person = &s->recipient[s->out->same[i]];

        better(&person->name, s->recipient[i].name);
        better(&person->employer, s->recipient[i].employer);
    }
}

/* ---- linking ---- */

static uint64_t hash_surname(const folded *f)
{
    return gr_hash(f->employer, gr_hash(f->last, 4));
}

static uint64_t hash_name_only(const folded *f)
{
    return gr_hash(f->name, 5);
}

static bool is_linkable(const settling *s, uint32_t i)
{
    return s->out->same[i] == i && s->folded[i].name.len > 0;
}

/* Links need somebody without id: only who shares a surname and employer, or a name, with such a one matters. */
static bool note_wanted(settling *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (is_linkable(s, i) && !has_id(s, i) &&
            (!gr_table_put(&s->wanted, hash_surname(&s->folded[i]), i) ||
             !gr_table_put(&s->wanted, hash_name_only(&s->folded[i]), i)))
            return false;
    return true;
}

static bool is_wanted(const settling *s, uint64_t hash)
{
    size_t cursor = 0;

    return gr_table_find(&s->wanted, hash, &cursor) != GR_NONE;
}

static void add_key(settling *s, uint64_t hash, uint32_t person)
{
    key k = { hash, person };

    s->no_memory = s->no_memory || !gr_list_push(&s->keys, &k);
}

/* Whoever shares a surname and an employer meets under one key; the pair is looked at there. */
static void add_keys(settling *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        uint64_t surname = hash_surname(&s->folded[i]), name = hash_name_only(&s->folded[i]);

        if (!is_linkable(s, i))
            continue;
        if (is_wanted(s, surname))
            add_key(s, surname, i);
        if (is_wanted(s, name))
            add_key(s, name, i);
    }
}

static bool are_first_names_compatible(const gr_names *names, gr_text a, gr_text b)
{
    if (a.len == 0 || b.len == 0 || gr_text_equal(a, b))
        return true; /* a bare surname; or only what stands between differs */
    if (a.len == 1 || b.len == 1)
        return a.ptr[0] == b.ptr[0];
    return gr_names_same(names, a, b);
}

static bool is_possible(const settling *s, uint32_t a, uint32_t b)
{
    const folded *x = &s->folded[a], *y = &s->folded[b];

    if (has_id(s, a) && has_id(s, b))
        return false;
    if (gr_text_equal(x->employer, y->employer))
        return gr_text_equal(x->last, y->last) &&
               are_first_names_compatible(s->names, x->first, y->first);
    return (x->employer.len == 0 || y->employer.len == 0) && gr_text_equal(x->name, y->name);
}

static int by_hash(const void *a, const void *b)
{
    const key *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

static int by_people(const void *a, const void *b)
{
    const pair *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static void add_pairs_of_run(settling *s, const key *run, size_t n)
{
    for (size_t i = 0; i < n && !s->no_memory; i++) {
        for (size_t k = i + 1; k < n; k++) {
            pair forth = { run[i].person, run[k].person }, back = { run[k].person, run[i].person };

            if (is_possible(s, forth.a, forth.b) &&
                (s->pairs.count > GR_MAX_LINKS || !gr_list_push(&s->pairs, &forth) ||
                 !gr_list_push(&s->pairs, &back)))
                s->no_memory = true;
        }
    }
}

static void find_pairs(settling *s)
{
    const key *k = s->keys.items;
    size_t end;

    if (s->keys.count > 1)
        qsort(s->keys.items, s->keys.count, sizeof(key), by_hash);
    for (size_t i = 0; i < s->keys.count; i = end) {
        for (end = i + 1; end < s->keys.count && k[end].hash == k[i].hash;)
            end++;
        add_pairs_of_run(s, k + i, end - i);
    }
    if (s->pairs.count > 1)
        qsort(s->pairs.items, s->pairs.count, sizeof(pair), by_people);
}

/* Pairs, sorted and each once, become the links of each person. */
static bool keep_links(settling *s)
{
    const pair *p = s->pairs.items;

    memset(s->out->link_first, 0, sizeof *s->out->link_first * (s->count + 1));
    for (size_t i = 0; i < s->pairs.count; i++) {
        if (i > 0 && p[i].a == p[i - 1].a && p[i].b == p[i - 1].b)
            continue;
        if (!gr_list_push(&s->out->link, &p[i].b))
            return false;
        s->out->link_first[p[i].a + 1]++;
    }
    for (uint32_t i = 0; i < s->count; i++)
        s->out->link_first[i + 1] += s->out->link_first[i];
    return true;
}

static bool settle(settling *s)
{
    gr_settled *out = s->out;

    out->same = gr_os_alloc(sizeof *out->same * (s->count + 1));
    out->link_first = gr_os_alloc(sizeof *out->link_first * (s->count + 1));
    if (!s->arena || !out->same || !out->link_first || !fold_all(s) || !join_all(s))
        return false;
    show_all(s);
    if (!note_wanted(s))
        return false;
    add_keys(s);
    find_pairs(s);
    return !s->no_memory && keep_links(s);
}

gr_status gr_settle(const gr_names *names, gr_person *recipient, size_t count, gr_settled *out,
                    gr_error *err)
{
    gr_settled settled = { .link = GR_LIST(uint32_t) };
    settling s = { .names = names,
                   .recipient = recipient,
                   .count = (uint32_t)count,
                   .arena = gr_arena_create(),
                   .out = &settled,
                   .keys = GR_LIST(key),
                   .pairs = GR_LIST(pair) };
    bool good = settle(&s);

    gr_list_free(&s.keys);
    gr_list_free(&s.pairs);
    gr_table_free(&s.wanted);
    gr_os_free(s.folded);
    gr_arena_free(s.arena);
    if (!good) {
        gr_settled_free(&settled);
        return gr_fail_memory(err);
    }
    *out = settled;
    return GR_OK;
}

void gr_settled_free(gr_settled *settled)
{
    gr_os_free(settled->same);
    gr_os_free(settled->link_first);
    gr_list_free(&settled->link);
    *settled = (gr_settled){ .link = GR_LIST(uint32_t) };
}
