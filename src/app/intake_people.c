/* src/app/intake_people.c - who is who among those who came in, as records in force and the roster have it. */
#include "app/intake.h"

#include "base/os.h"

#include <string.h>

/* Who got something that is in force: others, of records that were replaced or refused, are as if they had not come. */
bool *gr_intake_find_alive(const gr_intake *intake)
{
    const gr_tally *tally = intake->tally;
    size_t people = gr_people_count(intake->people);
    bool *alive = gr_os_alloc(sizeof *alive * (people + 1));

    if (!alive)
        return NULL;
    memset(alive, 0, sizeof *alive * (people + 1));
    for (uint32_t i = 0; i < tally->gift.count; i++) {
        size_t count;
        const uint32_t *recipient = gr_tally_recipients(tally, i, &count);

        for (size_t k = 0; k < count; k++)
            alive[recipient[k]] |= !GR_AT(tally->gift, gr_gift, i)->is_dead;
    }
    return alive;
}

static bool is_dead(void *context, uint32_t gift)
{
    const gr_intake *intake = context;

    return GR_AT(intake->tally->gift, gr_gift, gift)->is_dead;
}

gr_status gr_intake_settle_roster(gr_intake *intake, gr_error *err)
{
    return gr_roster_settle(intake->roster, &intake->rules->names, is_dead, intake, err);
}

gr_status gr_intake_relate(gr_intake *intake, gr_error *err)
{
    gr_status status = gr_intake_settle_roster(intake, err);
    const gr_list *all = &gr_roster_get(intake->roster)->relation;

    for (size_t i = 0; status == GR_OK && i < all->count; i++) {
        const gr_roster_relation *r = GR_AT(*all, gr_roster_relation, i);

        if (r->through != GR_THROUGH_NONE &&
            !gr_people_relate(intake->people, r->principal, r->other, (gr_through)r->through))
            return gr_fail_memory(err);
    }
    return status;
}

gr_status gr_intake_settle(gr_intake *intake, gr_who *who, gr_error *err)
{
    bool *alive = gr_intake_find_alive(intake);
    gr_status status = alive ? gr_intake_relate(intake, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_people_settle(intake->people, alive, who, err);
    gr_os_free(alive);
    if (status == GR_OK && gr_ruleset_adds_per_client(intake->rules->set))
        status = gr_people_clients(intake->people, who, err);
    return status;
}

bool gr_intake_is_amended(const gr_intake *intake, uint32_t gift)
{
    size_t low = 0, high = intake->amended.count; /* sorted: numbers rise */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (*GR_AT(intake->amended, uint32_t, middle) < gift)
            low = middle + 1;
        else
            high = middle;
    }
    return low < intake->amended.count && *GR_AT(intake->amended, uint32_t, low) == gift;
}

gr_status gr_intake_find_candidates(gr_intake *intake, gr_list *candidate, gr_who *who,
                                    gr_error *err)
{
    bool *alive = gr_intake_find_alive(intake);
    gr_status status = alive ? gr_intake_relate(intake, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_people_find_candidates(intake->people, alive, candidate, who, err);
    gr_os_free(alive);
    return status;
}
