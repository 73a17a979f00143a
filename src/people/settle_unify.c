/* src/people/settle_unify.c - one address, and decisions of officers, make several nodes one person. Whoever would be
 * joined is looked at together with all who would be joined at the same time: if two of them have different ids, or names
 * that contradict each other, or are decided to be two, nobody of them is; they are kin then. So the order in which they
 * came means nothing. */
#include "people/settling.h"

#include "base/digest.h"
#include "base/os.h"

#include <stdlib.h>
#include <string.h>

typedef struct user { /* a node that an address belongs to */
    uint64_t hash;
    uint32_t node;
    gr_text email;
} user;

gr_list gr_settling_users(void)
{
    return GR_LIST(user);
}

/* ---- groups ---- */

uint32_t gr_settling_root(uint32_t *root, uint32_t i)
{
    while (root[i] != i)
        i = root[i] = root[root[i]];
    return i;
}

void gr_settling_unite(const gr_settling *s, uint32_t *root, uint32_t a, uint32_t b)
{
    uint32_t x = gr_settling_root(root, a), y = gr_settling_root(root, b);
    bool x_first =
        gr_settling_has_id(s, x) != gr_settling_has_id(s, y) ? gr_settling_has_id(s, x) : x < y;

    root[x_first ? y : x] = x_first ? x : y;
}

static uint32_t *copy_roots(const uint32_t *root, size_t count)
{
    uint32_t *copy = gr_os_alloc(sizeof *copy * (count + 1));

    return copy ? memcpy(copy, root, sizeof *copy * count) : NULL;
}

/* Of persons, since a decision may have joined one of the two with others. Two rings become one; of one ring they would
 * become two again. */
static void make_kin(gr_settling *s, uint32_t one, uint32_t two)
{
    uint32_t a = s->out->same[one], b = s->out->same[two], next;

    if (!s->kin) {
        s->kin = gr_os_alloc(sizeof *s->kin * (s->count + 1));
        if (!s->kin) {
            gr_settling_fail(s);
            return;
        }
        for (uint32_t i = 0; i < s->count; i++)
            s->kin[i] = i;
    }
    for (uint32_t i = s->kin[a]; i != a; i = s->kin[i])
        if (i == b)
            return;
    next = s->kin[a];
    s->kin[a] = s->kin[b];
    s->kin[b] = next;
}

/* ---- addresses ---- */

static int by_hash(const void *a, const void *b)
{
    const user *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

static bool list_users(gr_settling *s, gr_list *users)
{
    for (uint32_t i = 0; i < s->count; i++) {
        user u = { .node = s->out->base[i] };

        if (s->recipient[i].email.len == 0 || !gr_settling_is_alive(s, i) ||
            s->recipient[i].id.len + s->recipient[i].name.len == 0)
            continue;
        u.email = gr_fold_email(s->recipient[i].email, s->arena);
        if (!u.email.ptr)
            return false;
        u.hash = gr_hash(u.email, 0);
        if (u.email.len > 0 && !gr_list_push(users, &u))
            return false;
    }
    if (users->count > 1)
        qsort(users->items, users->count, sizeof(user), by_hash);
    return true;
}

/* As if both had no other address than this one. */
static gr_likeness compare_users(const gr_settling *s, const user *a, const user *b)
{
    gr_person_parts x = s->node[a->node].parts, y = s->node[b->node].parts;

    x.email = a->email;
    y.email = b->email;
    return gr_likeness_of(s->names, &x, &y);
}

/* Wishes first; when it is known which were granted, the others become kin; when all kin are known, the rest is linked. */
typedef enum pass { PASS_WISH, PASS_KIN, PASS_LINK } pass;

static void meet_users(gr_settling *s, uint32_t *wish, const user *a, const user *b, pass when)
{
    gr_likeness like = compare_users(s, a, b);
    bool is_one = when != PASS_WISH && s->out->same[a->node] == s->out->same[b->node];

    if (a->node == b->node || is_one || !gr_text_equal(a->email, b->email))
        return;
    if (when == PASS_WISH && like.bond == GR_BOND_SURE)
        gr_settling_unite(s, wish, a->node, b->node);
    else if (when == PASS_KIN && like.bond == GR_BOND_SURE)
        make_kin(s, a->node, b->node);
    else if (when == PASS_LINK && like.bond == GR_BOND_POSSIBLE)
        gr_settling_link(s, a->node, b->node);
    if (when == PASS_LINK && like.bond >= GR_BOND_POSSIBLE)
        gr_settling_offer(s, a->node, b->node, &like, true);
}

static size_t end_of_run(const user *u, size_t i, size_t count, size_t *nodes)
{
    size_t end = i + 1;

    for (*nodes = 1; end < count && u[end].hash == u[i].hash; end++)
        *nodes += u[end].node != u[end - 1].node;
    return end;
}

/* An address of many is an office's. */
static void meet_all_users(gr_settling *s, uint32_t *wish, pass when)
{
    const user *u = s->users.items;
    size_t end, nodes;

    for (size_t i = 0; i < s->users.count && s->status == GR_OK; i = end) {
        end = end_of_run(u, i, s->users.count, &nodes);
        if (nodes == 1 || nodes > s->names->weights.mailbox)
            continue;
        for (size_t k = i; k < end; k++)
            for (size_t n = k + 1; n < end; n++)
                if ((k == i || u[k].node != u[k - 1].node) && u[n].node != u[n - 1].node)
                    meet_users(s, wish, &u[k], &u[n], when);
    }
}

/* ---- may they be joined? ---- */

typedef struct member {
    uint32_t root, node;
} member;

static int by_root(const void *a, const void *b)
{
    const member *x = a, *y = b;

    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

static bool add_member(uint32_t *wish, gr_list *members, uint32_t node)
{
    member m = { gr_settling_root(wish, node), node };

    return gr_list_push(members, &m);
}

static void sort_members(gr_list *members)
{
    member *m = members->items;
    size_t kept = 0;

    if (members->count > 1)
        qsort(m, members->count, sizeof *m, by_root);
    for (size_t i = 0; i < members->count; i++)
        if (i == 0 || m[i].node != m[i - 1].node || m[i].root != m[i - 1].root)
            m[kept++] = m[i];
    members->count = kept;
}

static bool is_apart(const gr_settling *s, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < s->of->ruled_count; i++) {
        const gr_ruled *r = &s->of->ruled[i];
        uint32_t x = s->out->base[r->a], y = s->out->base[r->b];

        if (!r->is_same && ((x == a && y == b) || (x == b && y == a)))
            return true;
    }
    return false;
}

static bool may_be_one(const gr_settling *s, uint32_t a, uint32_t b)
{
    gr_likeness like = gr_likeness_of(s->names, &s->node[a].parts, &s->node[b].parts);

    return gr_likeness_agrees(&like) && (!gr_settling_has_id(s, a) || !gr_settling_has_id(s, b)) &&
           !is_apart(s, a, b);
}

static bool may_all_be_one(const gr_settling *s, const member *m, size_t n)
{
    if (n > s->names->weights.mailbox)
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (!may_be_one(s, m[i].node, m[k].node))
                return false;
    return true;
}

static bool are_none_apart(const gr_settling *s, const member *m, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (is_apart(s, m[i].node, m[k].node))
                return false;
    return true;
}

typedef bool (*on_group)(const gr_settling *s, const member *m, size_t n);

/* What was wished for becomes true, group by group, where it may. */
static void grant(gr_settling *s, const gr_list *members, on_group may)
{
    const member *m = members->items;
    size_t end;

    for (size_t i = 0; i < members->count; i = end) {
        for (end = i + 1; end < members->count && m[end].root == m[i].root;)
            end++;
        if (!may(s, m + i, end - i))
            continue;
        for (size_t k = i + 1; k < end; k++)
            gr_settling_unite(s, s->out->same, m[i].node, m[k].node);
    }
}

static bool unify_addresses(gr_settling *s)
{
    uint32_t *wish = copy_roots(s->out->base, s->count);
    gr_list members = GR_LIST(member);
    bool fits = wish != NULL;

    if (fits)
        meet_all_users(s, wish, PASS_WISH);
    for (size_t i = 0; fits && i < s->users.count; i++)
        fits = add_member(wish, &members, GR_AT(s->users, user, i)->node);
    if (fits) {
        sort_members(&members);
        grant(s, &members, may_all_be_one);
    }
    gr_list_free(&members);
    gr_os_free(wish);
    return fits;
}

/* ---- decisions ---- */

/* Whom decisions join, and whom addresses join them with; unless somebody among them is decided to be another one. */
static bool unify_ruled(gr_settling *s)
{
    uint32_t *wish = copy_roots(s->out->same, s->count);
    bool *touched = gr_os_alloc(s->count + 1);
    gr_list members = GR_LIST(member);
    bool fits = wish && touched;

    for (size_t i = 0; fits && i < s->of->ruled_count; i++)
        if (s->of->ruled[i].is_same)
            gr_settling_unite(s, wish, s->out->base[s->of->ruled[i].a],
                              s->out->base[s->of->ruled[i].b]);
    if (fits)
        memset(touched, 0, s->count + 1);
    for (size_t i = 0; fits && i < s->of->ruled_count; i++)
        if (s->of->ruled[i].is_same)
            touched[gr_settling_root(wish, s->out->base[s->of->ruled[i].a])] = true;
    for (uint32_t i = 0; fits && i < s->count; i++)
        if (s->out->base[i] == i && touched[gr_settling_root(wish, i)])
            fits = add_member(wish, &members, i);
    if (fits) {
        sort_members(&members);
        grant(s, &members, are_none_apart);
    }
    gr_list_free(&members);
    gr_os_free(touched);
    gr_os_free(wish);
    return fits;
}

static void flatten(gr_settling *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        s->out->same[i] = gr_settling_root(s->out->same, s->out->base[i]);
}

void gr_settling_unify(gr_settling *s)
{
    bool fits = list_users(s, &s->users);

    memcpy(s->out->same, s->out->base, sizeof *s->out->same * s->count);
    if (fits && s->users.count > 1)
        fits = unify_addresses(s);
    flatten(s);
    if (fits && s->of->ruled_count > 0)
        fits = unify_ruled(s);
    flatten(s);
    if (!fits)
        gr_settling_fail(s);
}

/* ---- who was not joined ---- */

/* Whom a decision joins and another one parts, through others perhaps. */
static void make_ruled_kin(gr_settling *s)
{
    for (size_t i = 0; i < s->of->ruled_count && s->status == GR_OK; i++) {
        uint32_t a = s->out->base[s->of->ruled[i].a], b = s->out->base[s->of->ruled[i].b];

        if (s->of->ruled[i].is_same && s->out->same[a] != s->out->same[b])
            make_kin(s, a, b);
    }
}

void gr_settling_share(gr_settling *s)
{
    meet_all_users(s, NULL, PASS_KIN);
    make_ruled_kin(s);
    for (uint32_t i = 0; s->kin && i < s->count && s->status == GR_OK; i++)
        if (s->kin[i] != i)
            gr_settling_link(s, i, s->kin[i]);
    meet_all_users(s, NULL, PASS_LINK);
}
