/* src/people/roster.c - see roster.h. */
#include "people/roster.h"

#include "base/os.h"

struct gr_roster {
    uint32_t count; /* of records */
};

gr_status gr_roster_create(gr_roster **out, gr_error *err)
{
    gr_roster *roster = gr_os_alloc(sizeof *roster);

    if (!roster)
        return gr_fail_memory(err);
    *roster = (gr_roster){ 0 };
    *out = roster;
    return GR_OK;
}

void gr_roster_free(gr_roster *roster)
{
    gr_os_free(roster);
}

gr_status gr_roster_take(gr_roster *roster, const gr_record *record, uint32_t gift, uint32_t giver,
                         const uint32_t *recipient, gr_error *err)
{
    (void)roster, (void)record, (void)gift, (void)giver, (void)recipient, (void)err;
    return GR_OK;
}

void gr_roster_cut(gr_roster *roster, uint32_t gift_count)
{
    (void)roster, (void)gift_count;
}
