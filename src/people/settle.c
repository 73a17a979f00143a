/* src/people/settle.c - joins by a table of folded names and employers. Links by keys: everybody gets a key for each
 * way of being possibly somebody else, keys are sorted, and only who shares one is compared. Keys are made for those
 * alone who may meet somebody without id, which is few. */
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
    bool has_namesake;   /* two ids with this name and employer */
    bool is_near;        /* somebody without id has this surname and employer */
} folded;

/* Under some keys somebody "wide" may be any of the others: "J. Roe" is Jane or John, who are not each other. Two
 * with ids never meet. In this order, those who meet stand together. */
typedef enum part {
    PART_WIDE,   /* without id; meets everybody */
    PART_NARROW, /* without id; meets the next only */
    PART_WIDE_WITH_ID,
    PART_NARROW_WITH_ID
} part;

typedef struct key { /* people who share one may be linked */
    uint64_t hash;
    uint32_t person;
    part part;
} key;

typedef struct pair {
    uint32_t a, b;
    gr_through through; /* NONE: possibly the same person */
} pair;

typedef struct settling {
    const gr_names *names;
    const gr_person *recipient; /* as they came */
    gr_person *person;          /* what is shown */
    const bool *alive;
    uint32_t count;
    gr_arena *arena; /* scratch */
    folded *folded;
    gr_settled *out;
    const gr_settling_of *of;
    gr_list keys, pairs;
    gr_table related; /* relations, by the persons of both */
    gr_table wanted;  /* hashes of keys under which somebody meets others; each once */
    gr_status status;
    gr_error *err;
} settling;

static void fail_memory(settling *s)
{
    if (s->status == GR_OK)
        s->status = gr_fail_memory(s->err);
}

static bool is_wanted(const settling *s, uint64_t hash)
{
    size_t cursor = 0;

    return gr_table_find(&s->wanted, hash, &cursor) != GR_NONE;
}

/* Puts a hash once: many people of one name would make the table slow. */
static void want(settling *s, uint64_t hash)
{
    if (!is_wanted(s, hash) && !gr_table_put(&s->wanted, hash, 0))
        fail_memory(s);
}

static bool has_id(const settling *s, uint32_t i)
{
    return s->recipient[i].id.len > 0;
}

static bool is_alive(const settling *s, uint32_t i)
{
    return !s->alive || s->alive[i];
}

static void better(gr_text *now, gr_text offered)
{
    if (gr_fold_is_better(*now, offered))
        *now = offered;
}

static void show(settling *s, uint32_t person, uint32_t i)
{
    better(&s->person[person].name, s->recipient[i].name);
    better(&s->person[person].employer, s->recipient[i].employer);
}

/* ---- one id ---- */

/* Spellings of one id are one person, and compared with others by the fullest of them. */
static bool join_ids(settling *s)
{
    gr_table table = { NULL, 0, 0 };
    bool fits = true;

    for (uint32_t i = 0; fits && i < s->count; i++) {
        uint64_t hash;
        size_t cursor = 0;
        uint32_t k;

        s->person[i] = s->recipient[i];
        s->out->same[i] = i;
        if (!has_id(s, i) || !is_alive(s, i))
            continue;
        hash = gr_hash(s->recipient[i].id, 0);
        while ((k = gr_table_find(&table, hash, &cursor)) != GR_NONE &&
               !gr_text_equal(s->recipient[k].id, s->recipient[i].id))
            ;
        if (k == GR_NONE) {
            fits = gr_table_put(&table, hash, i);
        } else {
            s->out->same[i] = k;
            show(s, k, i);
        }
    }
    gr_table_free(&table);
    return fits;
}

/* ---- folding ---- */

/* Who is not alive, or stands behind another of the same id, is nobody here: a name without a letter meets nobody. */
static bool fold_all(settling *s)
{
    s->folded = gr_os_alloc(sizeof *s->folded * (s->count + 1));
    for (uint32_t i = 0; s->folded && i < s->count; i++) {
        folded *f = &s->folded[i];

        *f = (folded){ .name = GR_TEXT(""), .employer = GR_TEXT("") };
        if (!is_alive(s, i) || s->out->same[i] != i)
            continue;
        f->name = gr_fold_name(s->names, s->person[i].name, s->arena);
        f->employer = gr_fold_firm(s->names, s->person[i].employer, s->arena);
        if (!f->name.ptr || !f->employer.ptr)
            return false;
        gr_fold_split(s->names, f->name, &f->first, &f->last);
    }
    return s->folded != NULL;
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

/* All with an id come first, to know whether more than one share a name; that there are two is enough. */
static bool note_ids(const settling *s, gr_table *table)
{
    for (uint32_t i = 0; i < s->count; i++) {
        size_t count;
        uint32_t other;

        if (!has_id(s, i) || s->folded[i].name.len == 0)
            continue; /* or not alive, or behind another */
        other = find_whole(s, table, i, true, &count);
        if (count > 0)
            s->folded[i].has_namesake = s->folded[other].has_namesake = true;
        if (count < 2 && !gr_table_put(table, hash_whole(&s->folded[i]), i))
            return false;
    }
    return true;
}

static bool join_all(settling *s)
{
    gr_table table = { NULL, 0, 0 };
    bool fits = note_ids(s, &table);

    for (uint32_t i = 0; fits && i < s->count; i++) {
        uint32_t same;

        if (has_id(s, i) || s->folded[i].name.len == 0)
            continue;
        same = find_same(s, &table, i);
        if (same != GR_NONE)
            s->out->same[i] = same;
        else
            fits = gr_table_put(&table, hash_whole(&s->folded[i]), i);
    }
    gr_table_free(&table);
    return fits;
}

/* What is shown of a person: the fullest of the joined spellings. */
static void show_all(settling *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->out->same[i] != i)
            show(s, s->out->same[i], i);
}

/* ---- linking ---- */

/* In which way two may be one person: the seed of its hashes. */
enum {
    WAY_SURNAME = 4, /* never a key: who is near whom */
    WAY_FIRST,
    WAY_LINE,
    WAY_INITIAL,
    WAY_BARE,
    WAY_TURNED,
    WAY_NO_EMPLOYER,
    WAY_ID,
    WAY_RELATED /* never a key */
};

typedef void (*on_key)(settling *s, const key *k);

static bool is_linkable(const settling *s, uint32_t i)
{
    return s->out->same[i] == i && s->folded[i].name.len > 0;
}

static bool is_initial(gr_text first)
{
    return first.len > 0 && gr_fold_initial(first).len == first.len;
}

static void tell(settling *s, on_key use, uint64_t hash, uint32_t person, bool wide)
{
    key k = { hash, person, wide ? PART_WIDE : PART_NARROW };

    if (has_id(s, person))
        k.part = wide ? PART_WIDE_WITH_ID : PART_NARROW_WITH_ID;
    use(s, &k);
}

static uint64_t hash_surname(const folded *f, uint64_t way)
{
    return gr_hash(f->employer, gr_hash(f->last, way));
}

/* Where all are alike, who has no id is the wide one. */
static void tell_surname(settling *s, on_key use, uint32_t i)
{
    const folded *f = &s->folded[i];
    bool alike = !has_id(s, i);
    uint64_t seed = hash_surname(f, WAY_LINE);
    size_t cursor = 0;
    uint32_t line;

    tell(s, use, hash_surname(f, WAY_BARE), i, f->first.len == 0);
    if (f->first.len == 0)
        return;
    tell(s, use, gr_hash(f->first, hash_surname(f, WAY_FIRST)), i, alike);
    tell(s, use, gr_hash(gr_fold_initial(f->first), hash_surname(f, WAY_INITIAL)), i,
         is_initial(f->first));
    while (gr_names_line(s->names, f->first, &cursor, &line))
        tell(s, use, gr_hash((gr_text){ (const char *)&line, sizeof line }, seed), i, alike);
}

/* "Roe Jane" and "Jane Roe" */
static void tell_turned(settling *s, on_key use, uint32_t i)
{
    const folded *f = &s->folded[i];
    bool rising = gr_text_compare(f->first, f->last) < 0;
    uint64_t hash = gr_hash(rising ? f->first : f->last, gr_hash(f->employer, WAY_TURNED));

    if (f->first.len > 0)
        tell(s, use, gr_hash(rising ? f->last : f->first, hash), i, !has_id(s, i));
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

static void want_key(settling *s, const key *k)
{
    if (k->part == PART_WIDE || k->part == PART_WIDE_WITH_ID)
        want(s, k->hash);
}

static void keep_key(settling *s, const key *k)
{
    if (is_wanted(s, k->hash) && !gr_list_push(&s->keys, k))
        fail_memory(s);
}

static void tell_name(settling *s, on_key use, uint32_t i)
{
    const folded *f = &s->folded[i];

    tell(s, use, gr_hash(f->name, WAY_NO_EMPLOYER), i, f->employer.len == 0);
}

/* Who is near somebody without id, and which keys have somebody wide. */
static void want_all(settling *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (is_linkable(s, i) && !has_id(s, i))
            want(s, hash_surname(&s->folded[i], WAY_SURNAME));
    for (uint32_t i = 0; i < s->count && s->status == GR_OK; i++) {
        folded *f = &s->folded[i];

        f->is_near = is_linkable(s, i) && is_wanted(s, hash_surname(f, WAY_SURNAME));
        if (f->is_near)
            tell_surname(s, want_key, i);
        if (is_linkable(s, i) && !has_id(s, i))
            tell_turned(s, want_key, i);
        if (is_linkable(s, i) && f->employer.len == 0)
            tell_name(s, want_key, i);
    }
}

static void keep_all(settling *s)
{
    for (uint32_t i = 0; i < s->count && s->status == GR_OK; i++) {
        const folded *f = &s->folded[i];

        if (!is_linkable(s, i))
            continue;
        if (f->is_near)
            tell_surname(s, keep_key, i);
        tell_turned(s, keep_key, i);
        tell_name(s, keep_key, i);
        if (f->has_namesake &&
            !gr_list_push(&s->keys, &(key){ hash_id(s->recipient[i].id), i, PART_WIDE }))
            fail_memory(s);
    }
}

static bool are_first_names_compatible(const gr_names *names, gr_text a, gr_text b)
{
    if (a.len == 0 || b.len == 0 || gr_text_equal(a, b))
        return true; /* a bare surname; or only what stands between differs */
    if (is_initial(a) || is_initial(b))
        return gr_text_equal(gr_fold_initial(a), gr_fold_initial(b));
    return gr_names_same(names, a, b);
}

static bool is_possible(const settling *s, uint32_t a, uint32_t b)
{
    const folded *x = &s->folded[a], *y = &s->folded[b];

    if (has_id(s, a) && has_id(s, b))
        return is_whole_same(x, y) && hash_id(s->recipient[a].id) == hash_id(s->recipient[b].id);
    if (!gr_text_equal(x->employer, y->employer))
        return (x->employer.len == 0 || y->employer.len == 0) && gr_text_equal(x->name, y->name);
    if (gr_text_equal(x->last, y->last))
        return are_first_names_compatible(s->names, x->first, y->first);
    return gr_text_equal(x->first, y->last) && gr_text_equal(x->last, y->first);
}

static int by_hash(const void *a, const void *b)
{
    const key *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->part != y->part)
        return x->part < y->part ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

static int by_people(const void *a, const void *b)
{
    const pair *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->through > y->through) - (x->through < y->through);
}

/* ---- relations ---- */

static uint64_t hash_two(uint32_t a, uint32_t b)
{
    const uint32_t both[] = { a < b ? a : b, a < b ? b : a };

    return gr_hash((gr_text){ (const char *)both, sizeof both }, WAY_RELATED);
}

/* Who is declared to be somebody's spouse is not that one. */
static bool are_related(const settling *s, uint32_t a, uint32_t b)
{
    const uint32_t *same = s->out->same;
    size_t cursor = 0;
    uint32_t i;

    while (s->related.count > 0 &&
           (i = gr_table_find(&s->related, hash_two(a, b), &cursor)) != GR_NONE) {
        const gr_relation *r = &s->of->relation[i];
        uint32_t x = same[r->principal], y = same[r->other];

        if ((x == a && y == b) || (x == b && y == a))
            return true;
    }
    return false;
}

static void relate_all(settling *s)
{
    for (size_t i = 0; i < s->of->relation_count && s->status == GR_OK; i++) {
        const gr_relation *r = &s->of->relation[i];
        pair p = { s->out->same[r->principal], s->out->same[r->other], r->through };

        if (p.a == p.b || !is_alive(s, r->principal) || !is_alive(s, r->other))
            continue;
        if (!gr_table_put(&s->related, hash_two(p.a, p.b), (uint32_t)i) ||
            !gr_list_push(&s->pairs, &p))
            fail_memory(s);
    }
}

/* ---- pairs ---- */

static void add_pair(settling *s, uint32_t a, uint32_t b)
{
    pair forth = { a, b, GR_THROUGH_NONE }, back = { b, a, GR_THROUGH_NONE };
    gr_text last = s->folded[a].last;

    if (!is_possible(s, a, b) || are_related(s, a, b))
        return;
    if (s->pairs.count + 2 > GR_MAX_LINKS)
        s->status = gr_fail(s->err, GR_ELIMIT, GR_NOWHERE, "give these recipients ids",
                            "too many recipients of the last name '%.*s' are possibly one person",
                            GR_SHOW(last));
    else if (!gr_list_push(&s->pairs, &forth) || !gr_list_push(&s->pairs, &back))
        fail_memory(s);
}

/* Of n people under one key, in the order of their parts, everybody who meets somebody. */
static void add_pairs_of_run(settling *s, const key *run, size_t n)
{
    for (size_t i = 0; i < n && run[i].part <= PART_NARROW; i++) {
        bool wide = run[i].part == PART_WIDE;
        size_t k = i + 1;

        while (!wide && k < n && run[k].part == PART_NARROW)
            k++;
        for (; k < n && s->status == GR_OK && (wide || run[k].part == PART_WIDE_WITH_ID); k++)
            add_pair(s, run[i].person, run[k].person);
    }
}

static void find_pairs(settling *s)
{
    const key *k = s->keys.items;
    size_t end;

    if (s->keys.count > 1)
        qsort(s->keys.items, s->keys.count, sizeof(key), by_hash);
    for (size_t i = 0; i < s->keys.count && s->status == GR_OK; i = end) {
        for (end = i + 1; end < s->keys.count && k[end].hash == k[i].hash;)
            end++;
        add_pairs_of_run(s, k + i, end - i);
    }
    if (s->pairs.count > 1 && s->status == GR_OK)
        qsort(s->pairs.items, s->pairs.count, sizeof(pair), by_people);
}

/* Pairs, sorted and each once, become the links of each person. Of two relations between two people the first of the
 * list of words stands. */
static bool keep_links(settling *s)
{
    const pair *p = s->pairs.items;

    memset(s->out->link_first, 0, sizeof *s->out->link_first * (s->count + 1));
    for (size_t i = 0; i < s->pairs.count; i++) {
        const uint8_t through = (uint8_t)p[i].through;

        if (i > 0 && p[i].a == p[i - 1].a && p[i].b == p[i - 1].b)
            continue;
        if (!gr_list_push(&s->out->link, &p[i].b) || !gr_list_push(&s->out->through, &through))
            return false;
        s->out->link_first[p[i].a + 1]++;
    }
    for (uint32_t i = 0; i < s->count; i++)
        s->out->link_first[i + 1] += s->out->link_first[i];
    return true;
}

static void settle(settling *s)
{
    gr_settled *out = s->out;

    out->person = s->person = gr_os_alloc(sizeof *out->person * (s->count + 1));
    out->same = gr_os_alloc(sizeof *out->same * (s->count + 1));
    out->link_first = gr_os_alloc(sizeof *out->link_first * (s->count + 1));
    if (!s->arena || !out->person || !out->same || !out->link_first || !join_ids(s) ||
        !fold_all(s) || !join_all(s)) {
        fail_memory(s);
        return;
    }
    show_all(s);
    relate_all(s);
    want_all(s);
    keep_all(s);
    find_pairs(s);
    if (s->status == GR_OK && !keep_links(s))
        fail_memory(s);
}

static gr_settled nobody(void)
{
    return (gr_settled){ .link = GR_LIST(uint32_t), .through = GR_LIST(uint8_t) };
}

gr_status gr_settle(const gr_settling_of *of, gr_settled *out, gr_error *err)
{
    gr_settled settled = nobody();
    settling s = { .of = of,
                   .names = of->names,
                   .recipient = of->recipient,
                   .alive = of->alive,
                   .count = (uint32_t)of->count,
                   .arena = gr_arena_create(),
                   .out = &settled,
                   .keys = GR_LIST(key),
                   .pairs = GR_LIST(pair),
                   .err = err };

    settle(&s);
    gr_list_free(&s.keys);
    gr_list_free(&s.pairs);
    gr_table_free(&s.wanted);
    gr_table_free(&s.related);
    gr_os_free(s.folded);
    gr_arena_free(s.arena);
    if (s.status == GR_OK)
        *out = settled;
    else
        gr_settled_free(&settled);
    return s.status;
}

void gr_settled_free(gr_settled *settled)
{
    gr_os_free(settled->person);
    gr_os_free(settled->same);
    gr_os_free(settled->link_first);
    gr_list_free(&settled->link);
    gr_list_free(&settled->through);
    *settled = nobody();
}
