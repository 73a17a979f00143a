/* src/app/directory_meet.c - from one who is asked for to all who matter for who that is. In this order: who is one
 * person with the asked one, or would be if nothing spoke against it (an id, a name, an address, a decision), and so on
 * from each of them; for whom gifts to them may be meant, likewise: these are the core. Then everybody who shares any key
 * with the core, or a relation, and who may be one person with those. Of an address that so many have that it says
 * nothing, just enough people to see that. */
#include "app/directory_inside.h"

#include "base/digest.h"
#include "base/os.h"

#include <stdlib.h>
#include <string.h>

typedef enum level { LEVEL_CROWD, LEVEL_MET, LEVEL_CORE } level;

typedef struct member {
    uint32_t who; /* GR_NONE: the asked one */
    level level;
    bool is_closed; /* it was looked for who is one person with it */
    gr_spelt spelt;
} member;

typedef struct hit {
    uint32_t who;
    gr_key_part part;
} hit;

typedef struct meeting {
    const gr_directory *d;
    const gr_names *names;
    gr_arena *arena;
    gr_list member; /* of member */
    gr_table known; /* places in member */
    gr_list hit;    /* of hit: of one key */
    gr_list seen;   /* of uint64_t: keys that were looked up; weak ones apart */
    gr_table seen_table;
    level level; /* of whom the next key brings in */
    bool no_memory, is_damaged;
} meeting;

static bool is_well(const meeting *m)
{
    return !m->no_memory && !m->is_damaged;
}

/* ---- members ---- */

static uint64_t hash_who(uint32_t who)
{
    return gr_hash((gr_text){ (const char *)&who, sizeof who }, 9);
}

static member *find_member(const meeting *m, uint32_t who)
{
    size_t cursor = 0;
    uint32_t i;

    while (m->known.count > 0 && (i = gr_table_find(&m->known, hash_who(who), &cursor)) != GR_NONE)
        if (GR_AT(m->member, member, i)->who == who)
            return GR_AT(m->member, member, i);
    return NULL;
}

static void add_one(meeting *m, uint32_t who)
{
    member one = { .who = who, .level = m->level }, *is = find_member(m, who);

    if (is && is->level < m->level) {
        is->level = m->level;
        is->is_closed = false;
    }
    if (is)
        return;
    if (!gr_directory_person(m->d, who, &one.spelt.person, &one.spelt.is_certain))
        m->is_damaged = true;
    else if (!gr_list_push(&m->member, &one) ||
             !gr_table_put(&m->known, hash_who(who), (uint32_t)m->member.count - 1))
        m->no_memory = true;
}

/* With the whole ring. */
static void add(meeting *m, uint32_t who)
{
    const gr_spelling *s = gr_directory_part_of(m->d, GR_DIRECTORY_SPELLING);
    uint32_t known = gr_directory_spellings(m->d), i = who, steps = 0;
    const member *is = find_member(m, who);

    if (is && is->level >= m->level)
        return;
    do {
        add_one(m, i);
        i = i < known ? s[i].next : who;
        if (i != who && (i >= known || steps++ > known))
            m->is_damaged = true;
    } while (is_well(m) && i != who);
}

/* ---- keys ---- */

static void note(void *context, uint32_t who, gr_key_part part)
{
    meeting *m = context;
    const hit one = { who, part };

    m->no_memory = m->no_memory || !gr_list_push(&m->hit, &one);
}

/* False: it was looked up before, or in vain. */
static bool look_up(meeting *m, uint64_t hash, uint64_t way)
{
    uint64_t mark = gr_hash((gr_text){ (const char *)&hash, sizeof hash }, way);
    size_t cursor = 0;
    uint32_t i;

    gr_list_cut(&m->hit, 0);
    while (m->seen.count > 0 && (i = gr_table_find(&m->seen_table, mark, &cursor)) != GR_NONE)
        if (*GR_AT(m->seen, uint64_t, i) == mark)
            return false;
    if (!gr_list_push(&m->seen, &mark) ||
        !gr_table_put(&m->seen_table, mark, (uint32_t)m->seen.count - 1))
        m->no_memory = true;
    else if (!gr_directory_each(m->d, hash, note, m))
        m->is_damaged = true;
    return is_well(m) && m->hit.count > 0;
}

static void add_hits(meeting *m)
{
    for (size_t i = 0; is_well(m) && i < m->hit.count; i++)
        add(m, GR_AT(m->hit, hit, i)->who);
}

static void add_whole(meeting *m, uint64_t hash)
{
    if (look_up(m, hash, 20 + (uint64_t)m->level))
        add_hits(m);
}

static size_t count_rings(const meeting *m)
{
    size_t count = 0;

    for (size_t i = 0; i < m->hit.count; i++)
        count += i == 0 || GR_AT(m->hit, hit, i)->who != GR_AT(m->hit, hit, i - 1)->who;
    return count;
}

/* Of a ring with an id one without may become part, or be left by it: twice as many are enough in any case. Approvals
 * end: those that came since are all there. */
static void add_users(meeting *m, uint64_t hash)
{
    size_t most = 2 * (size_t)m->names->weights.mailbox + 4, taken = 0;
    uint32_t known = gr_directory_spellings(m->d);
    level before = m->level;

    if (!look_up(m, hash, 30 + (uint64_t)m->level))
        return;
    if (count_rings(m) <= most) {
        add_hits(m);
        return;
    }
    m->level = LEVEL_CROWD;
    for (size_t i = 0; is_well(m) && i < m->hit.count; i++) {
        uint32_t who = GR_AT(m->hit, hit, i)->who;
        const gr_spelling *s = gr_directory_part_of(m->d, GR_DIRECTORY_SPELLING);
        bool counts = who < known && s[who].is_certain;

        if (counts && taken >= most)
            continue;
        taken += counts;
        add(m, who);
    }
    m->level = before;
}

/* ---- who is one person ---- */

static const gr_tie *find_ties(const meeting *m, uint32_t who, const gr_tie **end)
{
    const gr_tie *tie = gr_directory_part_of(m->d, GR_DIRECTORY_TIE);
    size_t low = 0, high = (size_t)m->d->head.count[GR_DIRECTORY_TIE];

    *end = tie + high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (tie[middle].of < who)
            low = middle + 1;
        else
            high = middle;
    }
    return tie + low;
}

static void add_tied(meeting *m, uint32_t who, bool (*wants)(const gr_tie *tie))
{
    const gr_tie *end, *tie = find_ties(m, who, &end);

    for (; is_well(m) && tie < end && tie->of == who; tie++) {
        if (!wants(tie))
            continue;
        if (tie->other >= gr_directory_spellings(m->d))
            m->is_damaged = true;
        else
            add(m, tie->other);
    }
}

static bool is_ruled(const gr_tie *tie)
{
    return tie->through == GR_DIRECTORY_RULED;
}

static bool has_principal(const gr_tie *tie)
{
    return tie->through != GR_DIRECTORY_RULED && !tie->is_principal;
}

static bool is_related(const gr_tie *tie)
{
    return tie->through != GR_DIRECTORY_RULED;
}

/* Everybody here of the id of a member, from it on; a member without one is alone. */
static bool list_spelt(const meeting *m, size_t of, gr_list *out)
{
    gr_text id = GR_AT(m->member, member, of)->spelt.person.id;
    bool fits = gr_list_push(out, &GR_AT(m->member, member, of)->spelt);

    for (size_t i = 0; fits && id.len > 0 && i < m->member.count; i++)
        if (i != of && gr_text_equal(GR_AT(m->member, member, i)->spelt.person.id, id))
            fits = gr_list_push(out, &GR_AT(m->member, member, i)->spelt);
    return fits;
}

/* Its forms with those of its id who are here. Adds to a list of gr_person_parts. */
static void list_forms(meeting *m, size_t of, gr_list *forms)
{
    gr_list spelt = GR_LIST(gr_spelt);

    if (!list_spelt(m, of, &spelt) ||
        !gr_directory_forms(m->names, spelt.items, spelt.count, m->arena, forms))
        m->no_memory = true;
    gr_list_free(&spelt);
}

static void close_one(meeting *m, size_t i)
{
    const member one = *GR_AT(m->member, member, i);
    gr_text email = gr_fold_email(one.spelt.person.email, m->arena);
    gr_list forms = GR_LIST(gr_person_parts);

    m->level = one.level;
    m->no_memory = m->no_memory || !email.ptr;
    if (one.spelt.person.id.len > 0)
        add_whole(m, gr_key_id(one.spelt.person.id));
    if (email.len > 0)
        add_users(m, gr_key_email(email));
    if (one.who != GR_NONE && one.who < gr_directory_spellings(m->d))
        add_tied(m, one.who, is_ruled);
    list_forms(m, i, &forms);
    for (size_t k = 0; is_well(m) && k < forms.count; k++)
        if (GR_AT(forms, gr_person_parts, k)->name.len > 0)
            add_whole(m, gr_key_whole(GR_AT(forms, gr_person_parts, k)));
    gr_list_free(&forms);
}

/* Whoever comes in may show others of the id in another way: until nobody comes in. */
static void close_all(meeting *m)
{
    size_t before;
    bool has_risen = true;

    do {
        before = m->member.count;
        has_risen = false;
        for (size_t i = 0; is_well(m) && i < m->member.count; i++) {
            member *one = GR_AT(m->member, member, i);
            bool was_closed = one->is_closed;

            if (one->level == LEVEL_CROWD)
                continue;
            one->is_closed = true;
            close_one(m, i);
            has_risen = has_risen || !was_closed;
        }
    } while (is_well(m) && (has_risen || m->member.count > before));
}

/* ---- who may be the same ---- */

static void look_for(void *context, uint64_t hash, gr_key_part part)
{
    meeting *m = context;

    if (!is_well(m) || !look_up(m, hash, 40 + (uint64_t)part))
        return;
    for (size_t i = 0; is_well(m) && i < m->hit.count; i++)
        if (gr_keys_meet(part, GR_AT(m->hit, hit, i)->part))
            add(m, GR_AT(m->hit, hit, i)->who);
}

static void meet_core(meeting *m)
{
    gr_list forms = GR_LIST(gr_person_parts);
    size_t count = m->member.count;

    for (size_t i = 0; is_well(m) && i < count; i++)
        if (GR_AT(m->member, member, i)->level == LEVEL_CORE)
            list_forms(m, i, &forms);
    m->level = LEVEL_MET;
    for (size_t i = 0; is_well(m) && i < forms.count; i++)
        gr_directory_tell(m->names, GR_AT(forms, gr_person_parts, i), look_for, m);
    gr_list_free(&forms);
}

static void add_related(meeting *m, bool (*wants)(const gr_tie *tie), level as)
{
    size_t count = m->member.count;

    for (size_t i = 0; is_well(m) && i < count; i++) {
        const member *one = GR_AT(m->member, member, i);

        m->level = as;
        if (one->level == LEVEL_CORE && one->who < gr_directory_spellings(m->d))
            add_tied(m, one->who, wants);
    }
}

static void meet(meeting *m, const gr_person *asked)
{
    member first = { GR_NONE, LEVEL_CORE, false, { *asked, false } };

    if (!gr_list_push(&m->member, &first)) {
        m->no_memory = true;
        return;
    }
    close_all(m);
    add_related(m, has_principal, LEVEL_CORE);
    close_all(m);
    meet_core(m);
    add_related(m, is_related, LEVEL_MET);
    close_all(m);
}

/* ---- what is told ---- */

static int by_row(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void sort_rows(gr_list *rows)
{
    int64_t *row = rows->items;
    size_t kept = 0;

    if (rows->count > 1)
        qsort(row, rows->count, sizeof *row, by_row);
    for (size_t i = 0; i < rows->count; i++)
        if (kept == 0 || row[i] != row[kept - 1])
            row[kept++] = row[i];
    rows->count = kept;
}

static int64_t first_row(const meeting *m, uint32_t who)
{
    const gr_spelling *s = gr_directory_part_of(m->d, GR_DIRECTORY_SPELLING);
    const int64_t *row = gr_directory_part_of(m->d, GR_DIRECTORY_ROW);

    return s[who].row < s[who + 1].row && s[who].row < m->d->head.count[GR_DIRECTORY_ROW]
               ? row[s[who].row]
               : -1;
}

static void tell_relations(meeting *m, uint32_t who, gr_acquaintance *out)
{
    const gr_tie *end, *tie = find_ties(m, who, &end);

    for (; is_well(m) && tie < end && tie->of == who; tie++) {
        gr_known_relation one = { .through = (gr_through)tie->through };

        if (!is_related(tie) || !tie->is_principal || !find_member(m, tie->other))
            continue;
        one.principal = first_row(m, who);
        one.other = first_row(m, tie->other);
        if (one.principal >= 0 && one.other >= 0 && !gr_list_push(&out->relation, &one))
            m->no_memory = true;
    }
}

static void tell(meeting *m, gr_acquaintance *out)
{
    for (size_t i = 0; is_well(m) && i < m->member.count; i++) {
        uint32_t who = GR_AT(m->member, member, i)->who;
        bool fits = true;

        if (who == GR_NONE)
            continue;
        if (!gr_directory_rows(m->d, who, &out->row, &fits))
            m->is_damaged = true;
        m->no_memory = m->no_memory || !fits;
        if (who < gr_directory_spellings(m->d))
            tell_relations(m, who, out);
    }
    sort_rows(&out->row);
}

static gr_status work(const gr_directory *d, const gr_person *asked, gr_acquaintance *out,
                      bool *is_damaged, gr_error *err)
{
    meeting m = { .d = d,
                  .names = &d->rules->names,
                  .arena = gr_arena_create(),
                  .member = GR_LIST(member),
                  .hit = GR_LIST(hit),
                  .seen = GR_LIST(uint64_t) };

    m.no_memory = !m.arena;
    if (m.arena)
        meet(&m, asked);
    if (is_well(&m))
        tell(&m, out);
    gr_list_free(&m.member);
    gr_list_free(&m.hit);
    gr_list_free(&m.seen);
    gr_table_free(&m.known);
    gr_table_free(&m.seen_table);
    gr_arena_free(m.arena);
    *is_damaged = m.is_damaged;
    return m.no_memory ? gr_fail_memory(err) : GR_OK;
}

gr_status gr_directory_meet(gr_directory *directory, gr_ledger *ledger, const gr_person *asked,
                            gr_acquaintance *out, gr_error *err)
{
    bool is_damaged = false;
    gr_status status;

    if (asked->id.len + asked->name.len == 0)
        return GR_OK; /* somebody else each time */
    status = work(directory, asked, out, &is_damaged, err);
    if (status != GR_OK || !is_damaged)
        return status;
    status = gr_directory_renew(directory, ledger, err);
    return status == GR_OK ? work(directory, asked, out, &is_damaged, err) : status;
}
