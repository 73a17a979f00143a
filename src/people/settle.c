/* src/people/settle.c - the steps of settling, and what is sure: a table of ids, then one of folded names and employers.
 * The rest is in settle_unify.c (addresses, decisions), settle_keys.c (who meets whom) and settle_link.c. */
#include "people/settle.h"

#include "base/digest.h"
#include "base/os.h"
#include "people/fold.h"
#include "people/settling.h"

#include <string.h>

void gr_settling_fail(gr_settling *s)
{
    if (s->status == GR_OK)
        s->status = gr_fail_memory(s->err);
}

static void better(gr_text *now, gr_text offered)
{
    if (gr_fold_is_better(*now, offered))
        *now = offered;
}

/* Of two ids, which only a decision brings together, the first by bytes. */
static void show(gr_settling *s, uint32_t person, uint32_t i)
{
    const gr_person *r = &s->recipient[i];
    gr_person *shown = &s->person[person];

    better(&shown->name, r->name);
    better(&shown->employer, r->employer);
    if (r->id.len > 0 && (shown->id.len == 0 || gr_text_compare(r->id, shown->id) < 0))
        shown->id = r->id;
    if (r->email.len > 0 && (shown->email.len == 0 || gr_text_compare(r->email, shown->email) < 0))
        shown->email = r->email;
}

/* ---- one id ---- */

/* Spellings of one id are one person, and compared with others by the fullest of them. */
static bool join_ids(gr_settling *s)
{
    gr_table table = { NULL, 0, 0 };
    bool fits = true;

    for (uint32_t i = 0; fits && i < s->count; i++) {
        uint64_t hash;
        size_t cursor = 0;
        uint32_t k;

        s->person[i] = s->recipient[i];
        s->out->base[i] = i;
        if (!gr_settling_has_id(s, i) || !gr_settling_is_alive(s, i))
            continue;
        hash = gr_hash(s->recipient[i].id, 0);
        while ((k = gr_table_find(&table, hash, &cursor)) != GR_NONE &&
               !gr_text_equal(s->recipient[k].id, s->recipient[i].id))
            ;
        if (k == GR_NONE) {
            fits = gr_table_put(&table, hash, i);
        } else {
            s->out->base[i] = k;
            show(s, k, i);
        }
    }
    gr_table_free(&table);
    return fits;
}

/* ---- folding ---- */

/* Who is not alive, or stands behind another of the same id, is nobody here: a name without a letter meets nobody. */
static bool fold_all(gr_settling *s)
{
    s->node = gr_os_alloc(sizeof *s->node * (s->count + 1));
    for (uint32_t i = 0; s->node && i < s->count; i++) {
        gr_node_of *n = &s->node[i];

        memset(n, 0, sizeof *n);
        if (gr_settling_is_node(s, i) &&
            !gr_parts_fold(s->names, &s->person[i], s->arena, &n->parts))
            return false;
    }
    return s->node != NULL;
}

/* ---- one name and employer ---- */

static uint64_t hash_whole(const gr_person_parts *p)
{
    return gr_hash(p->employer, gr_hash(p->name, 3));
}

static bool is_whole_same(const gr_person_parts *a, const gr_person_parts *b)
{
    return gr_text_equal(a->name, b->name) && gr_text_equal(a->employer, b->employer);
}

/* Somebody with an id, or without, of this name and employer; counts how many there are. */
static uint32_t find_whole(const gr_settling *s, const gr_table *table, uint32_t i, bool with_id,
                           size_t *count)
{
    size_t cursor = 0;
    uint32_t k, found = GR_NONE;

    *count = 0;
    while ((k = gr_table_find(table, hash_whole(&s->node[i].parts), &cursor)) != GR_NONE) {
        if (gr_settling_has_id(s, k) == with_id &&
            is_whole_same(&s->node[i].parts, &s->node[k].parts)) {
            found = k;
            ++*count;
        }
    }
    return found;
}

/* Whom somebody without id stands for: the only one with an id of that name and employer, else the first
 * without; GR_NONE when there is neither. */
static uint32_t find_same(const gr_settling *s, const gr_table *table, uint32_t i)
{
    size_t count;
    uint32_t found = find_whole(s, table, i, true, &count);

    return count == 1 ? found : find_whole(s, table, i, false, &count);
}

/* All with an id come first, to know whether more than one share a name; that there are two is enough. */
static bool note_ids(const gr_settling *s, gr_table *table)
{
    for (uint32_t i = 0; i < s->count; i++) {
        size_t count;
        uint32_t other;

        if (!gr_settling_has_id(s, i) || s->node[i].parts.name.len == 0)
            continue; /* or not alive, or behind another */
        other = find_whole(s, table, i, true, &count);
        if (count > 0)
            s->node[i].has_namesake = s->node[other].has_namesake = true;
        if (count < 2 && !gr_table_put(table, hash_whole(&s->node[i].parts), i))
            return false;
    }
    return true;
}

static bool join_names(gr_settling *s)
{
    gr_table table = { NULL, 0, 0 };
    bool fits = note_ids(s, &table);

    for (uint32_t i = 0; fits && i < s->count; i++) {
        uint32_t same;

        if (gr_settling_has_id(s, i) || s->node[i].parts.name.len == 0)
            continue;
        same = find_same(s, &table, i);
        if (same != GR_NONE)
            s->out->base[i] = same;
        else
            fits = gr_table_put(&table, hash_whole(&s->node[i].parts), i);
    }
    gr_table_free(&table);
    return fits;
}

void gr_settling_join(gr_settling *s)
{
    if (!join_ids(s) || !fold_all(s) || !join_names(s))
        gr_settling_fail(s);
}

/* ---- all ---- */

/* What is shown of a person: the fullest of the joined spellings. Who is not alive has no say. */
static void show_all(gr_settling *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->out->same[i] != i)
            show(s, s->out->same[i], i);
}

static void make_rings(gr_settling *s)
{
    uint32_t *next = s->out->next;

    for (uint32_t i = 0; i < s->count; i++)
        next[i] = i;
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t person = s->out->same[i];

        if (person == i)
            continue;
        next[i] = next[person];
        next[person] = i;
    }
}

static bool note_ruled(gr_settling *s)
{
    const gr_settling_of *of = s->of;

    if (of->ruled_count == 0)
        return true;
    s->ruled = gr_os_alloc(sizeof *s->ruled * (s->count + 1));
    if (!s->ruled)
        return false;
    memset(s->ruled, 0, sizeof *s->ruled * (s->count + 1));
    for (size_t i = 0; i < of->ruled_count; i++)
        s->ruled[of->ruled[i].a] = s->ruled[of->ruled[i].b] = true;
    return true;
}

static void settle(gr_settling *s)
{
    gr_settled *out = s->out;

    out->person = s->person = gr_os_alloc(sizeof *out->person * (s->count + 1));
    out->base = gr_os_alloc(sizeof *out->base * (s->count + 1));
    out->same = gr_os_alloc(sizeof *out->same * (s->count + 1));
    out->next = gr_os_alloc(sizeof *out->next * (s->count + 1));
    out->link_first = gr_os_alloc(sizeof *out->link_first * (s->count + 1));
    if (!s->arena || !out->person || !out->base || !out->same || !out->next || !out->link_first ||
        !note_ruled(s)) {
        gr_settling_fail(s);
        return;
    }
    gr_settling_join(s);
    if (s->status == GR_OK)
        gr_settling_unify(s);
    if (s->status != GR_OK)
        return;
    show_all(s);
    make_rings(s);
    gr_settling_part(s);
    gr_settling_share(s);
    gr_settling_compare(s);
    if (s->status == GR_OK && !gr_settling_keep(s))
        gr_settling_fail(s);
}

static gr_settled nobody(void)
{
    return (gr_settled){ .link = GR_LIST(uint32_t), .through = GR_LIST(uint8_t) };
}

gr_status gr_settle(const gr_settling_of *of, gr_settled *out, gr_error *err)
{
    gr_settled settled = nobody();
    gr_settling s = { .of = of,
                      .names = of->names,
                      .recipient = of->recipient,
                      .count = (uint32_t)of->count,
                      .arena = gr_arena_create(),
                      .out = &settled,
                      .users = gr_settling_users(),
                      .pairs = GR_LIST(gr_pair),
                      .err = err };

    settle(&s);
    gr_list_free(&s.users);
    gr_list_free(&s.pairs);
    gr_table_free(&s.parted);
    gr_os_free(s.ruled);
    gr_os_free(s.node);
    gr_os_free(s.kin);
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
    gr_os_free(settled->base);
    gr_os_free(settled->same);
    gr_os_free(settled->next);
    gr_os_free(settled->link_first);
    gr_list_free(&settled->link);
    gr_list_free(&settled->through);
    *settled = nobody();
}
