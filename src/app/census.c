/* src/app/census.c - counting, in passes over the gifts; nothing is decided here. */
#include "app/census.h"

#include "base/os.h"

#include <string.h>

typedef struct counting {
    const gr_tally *tally;
    const gr_who *who;
    gr_day from, to;
    gr_census *out;
} counting;

/* A gift in force, given on the days asked for. */
static bool counts(const counting *c, const gr_gift *gift)
{
    return gr_gift_counts(gift) && gift->day >= c->from && gift->day <= c->to;
}

/* Givers of the shares that count, ordered by recipient: a counting sort. first has two entries more than there are
 * people; when it is done, those of person p begin at first[p]. */
static uint32_t *order_by_person(const counting *c, uint32_t *first)
{
    const gr_tally *tally = c->tally;
    size_t people = c->who->recipient_count;
    uint32_t *giver = gr_os_alloc(sizeof *giver * (tally->share.count + 1));

    if (!giver)
        return NULL;
    memset(first, 0, sizeof *first * (people + 2));
    for (int fill = 0; fill < 2; fill++) { /* first counts, one place on; then places */
        for (uint32_t i = 0; i < tally->gift.count; i++) {
            const gr_gift *gift = GR_AT(tally->gift, gr_gift, i);
            size_t count;
            const uint32_t *recipient = gr_tally_recipients(tally, i, &count);

            for (size_t k = 0; k < count && counts(c, gift); k++) {
                uint32_t *at = &first[c->who->same[recipient[k]] + 1 + (fill == 0)];

                if (fill)
                    giver[*at] = gift->giver;
                ++*at;
            }
        }
        for (size_t p = 0; fill == 0 && p < people; p++)
            first[p + 2] += first[p + 1];
    }
    return giver;
}

/* Different recipients, of each giver and in all. stamped remembers for each giver the last person. */
static void count_recipients(const counting *c, const uint32_t *giver, const uint32_t *first,
                             uint32_t *stamped)
{
    for (uint32_t p = 0; p < c->who->recipient_count; p++) {
        c->out->totals.recipients += first[p + 1] > first[p];
        for (uint32_t i = first[p]; i < first[p + 1]; i++) {
            c->out->giver[giver[i]].recipients += stamped[giver[i]] != p + 1;
            stamped[giver[i]] = p + 1;
        }
    }
}

static void count_gifts(const counting *c)
{
    for (uint32_t i = 0; i < c->tally->gift.count; i++) {
        const gr_gift *gift = GR_AT(c->tally->gift, gr_gift, i);
        bool one = counts(c, gift);

        c->out->giver[gift->giver].gifts += one;
        c->out->totals.gifts += one;
        c->out->totals.expenses += gift->kind == GR_RECORD_EXPENSE && !gift->is_dead;
    }
}

static bool count_people(const counting *c)
{
    size_t givers = c->who->giver_count, people = c->who->recipient_count;
    uint32_t *first = gr_os_alloc(sizeof *first * (people + 2));
    uint32_t *stamped = gr_os_alloc(sizeof *stamped * (givers + 1));
    uint32_t *giver = first ? order_by_person(c, first) : NULL;

    if (stamped)
        memset(stamped, 0, sizeof *stamped * (givers + 1));
    if (giver && stamped)
        count_recipients(c, giver, first, stamped);
    gr_os_free(giver);
    gr_os_free(stamped);
    gr_os_free(first);
    return giver && stamped;
}

gr_status gr_census_take(const gr_intake *intake, const gr_who *who, gr_day from, gr_day to,
                         gr_arena *arena, gr_census *out, gr_error *err)
{
    gr_census census = { .giver =
                             gr_arena_zero(arena, sizeof *census.giver * (who->giver_count + 1)) };
    counting c = { intake->tally, who, from, to, &census };

    if (!census.giver)
        return gr_fail_memory(err);
    for (size_t g = 0; g < who->giver_count; g++) {
        census.giver[g].id = who->giver[g].id;
        census.giver[g].name = who->giver[g].name;
    }
    count_gifts(&c);
    if (!count_people(&c))
        return gr_fail_memory(err);
    *out = census;
    return GR_OK;
}
