/* src/app/shift.c - see shift.h. Of those who were judged every gift is at hand, in force now or before: so both can be
 * counted, and the difference is laid over what stood. */
#include "app/shift.h"

#include "base/os.h"

#include <stdlib.h>
#include <string.h>

typedef struct shifting {
    const gr_intake *intake;
    const gr_who *was, *is;
    const bool *judged;
    int64_t *gifts, *recipients; /* of each giver, more or less than before */
    int64_t all_gifts, all_recipients, all_expenses;
    gr_list pair; /* of uint64_t: person and giver; scratch */
} shifting;

static bool is_kept(const shifting *s, const gr_gift *gift)
{
    return gift->source < s->intake->first_new;
}

/* What takes a record back, fetched because it was asked for, has never been in force itself. */
static bool was_in_force(const shifting *s, uint32_t i)
{
    const gr_gift *gift = GR_AT(s->intake->tally->gift, gr_gift, i);

    return is_kept(s, gift) && (!gift->is_dead || gift->kind != GR_RECORD_RETRACTION);
}

static bool is_in_force(const shifting *s, uint32_t i)
{
    const gr_gift *gift = GR_AT(s->intake->tally->gift, gr_gift, i);

    return !gift->is_dead && !gift->is_double; /* doubles come only where all is judged */
}

static void count_gifts(shifting *s)
{
    for (uint32_t i = 0; i < s->intake->tally->gift.count; i++) {
        const gr_gift *gift = GR_AT(s->intake->tally->gift, gr_gift, i);
        int more = is_in_force(s, i) - was_in_force(s, i);

        if (gift->kind == GR_RECORD_GIFT) {
            s->gifts[gift->giver] += more;
            s->all_gifts += more;
        } else if (gift->kind == GR_RECORD_EXPENSE) {
            s->all_expenses += more;
        }
    }
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Each person and giver once; then people once. */
static void count_pairs(shifting *s, int more)
{
    const uint64_t *pair = s->pair.items;

    if (s->pair.count > 1)
        qsort(s->pair.items, s->pair.count, sizeof *pair, by_number);
    for (size_t i = 0; i < s->pair.count; i++) {
        if (i == 0 || pair[i] != pair[i - 1])
            s->recipients[pair[i] & UINT32_MAX] += more;
        if (i == 0 || pair[i] >> 32 != pair[i - 1] >> 32)
            s->all_recipients += more;
    }
}

static bool add_pairs(shifting *s, const gr_who *who, bool (*counts)(const shifting *, uint32_t))
{
    const gr_tally *tally = s->intake->tally;

    gr_list_cut(&s->pair, 0);
    for (uint32_t i = 0; i < tally->gift.count; i++) {
        const gr_gift *gift = GR_AT(tally->gift, gr_gift, i);
        size_t count;
        const uint32_t *recipient = gr_tally_recipients(tally, i, &count);

        for (size_t k = 0; k < count && gift->kind == GR_RECORD_GIFT && counts(s, i); k++) {
            uint64_t pair;

            if (!s->judged[recipient[k]]) /* nor were those who came in last */
                continue;
            pair = (uint64_t)who->same[recipient[k]] << 32 | gift->giver;
            if (!gr_list_push(&s->pair, &pair))
                return false;
        }
    }
    return true;
}

static bool count_recipients(shifting *s)
{
    if (!add_pairs(s, s->was, was_in_force))
        return false;
    count_pairs(s, -1);
    if (!add_pairs(s, s->is, is_in_force))
        return false;
    count_pairs(s, 1);
    return true;
}

/* ---- laid over what stood ---- */

typedef struct laying {
    shifting *s;
    gr_people *people;
    gr_standing *standing; /* by giver */
} laying;

static gr_status take_standing(void *context, const gr_standing *held, gr_error *err)
{
    laying *l = context;
    uint32_t giver = gr_people_giver(l->people, held->id, held->name);

    if (giver == GR_NONE)
        return gr_fail_memory(err);
    l->standing[giver].gifts = held->gifts;
    l->standing[giver].recipients = held->recipients;
    return GR_OK;
}

static gr_status lay(gr_ledger *ledger, const gr_run *run, shifting *s, gr_arena *arena,
                     gr_error *err)
{
    size_t givers = run->who.giver_count;
    laying l = { s, run->intake.people, gr_arena_zero(arena, sizeof *l.standing * (givers + 1)) };
    gr_totals totals;
    gr_status status =
        l.standing ? gr_ledger_each_standing(ledger, take_standing, &l, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_ledger_totals_find(ledger, &totals, err);
    if (status != GR_OK)
        return status;
    for (size_t g = 0; g < givers; g++) {
        l.standing[g].id = run->who.giver[g].id;
        l.standing[g].name = run->who.giver[g].name;
        l.standing[g].gifts += (uint64_t)s->gifts[g];
        l.standing[g].recipients += (uint64_t)s->recipients[g];
    }
    totals.gifts += (uint64_t)s->all_gifts;
    totals.recipients += (uint64_t)s->all_recipients;
    totals.expenses += (uint64_t)s->all_expenses;
    return gr_ledger_standing_add(ledger, l.standing, givers, false, &totals, err);
}

gr_status gr_shift_keep(gr_ledger *ledger, const gr_run *run, const gr_who *was, const bool *judged,
                        gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    size_t size = sizeof(int64_t) * (run->who.giver_count + 1);
    shifting s = { .intake = &run->intake,
                   .was = was,
                   .is = &run->who,
                   .judged = judged,
                   .gifts = arena ? gr_arena_zero(arena, size) : NULL,
                   .recipients = arena ? gr_arena_zero(arena, size) : NULL,
                   .pair = GR_LIST(uint64_t) };
    gr_status status = s.gifts && s.recipients ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK) {
        count_gifts(&s);
        status = count_recipients(&s) ? lay(ledger, run, &s, arena, err) : gr_fail_memory(err);
    }
    gr_list_free(&s.pair);
    gr_arena_free(arena);
    return status;
}
