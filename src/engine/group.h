/* src/engine/group.h - all shares that count, or may count, for one party under one limit, in order, with running
 * sums: any period's total is then a difference of two sums. */
#ifndef GR_ENGINE_GROUP_H
#define GR_ENGINE_GROUP_H

#include "engine/period.h"
#include "engine/tally.h"

typedef struct gr_item {
    gr_day day;
    const char *id; /* of the gift's record */
    const gr_entry *entry;
    const gr_other_day *days; /* NULL, or its days differ: it then stands in no running sum */
    bool own;                 /* given to this party; else to a person who is possibly the same, */
    uint8_t through;   /* or a gr_through, to somebody who may have taken it for this party */
    bool is_open;      /* the limit only may add it up */
    gr_wide low, high; /* over the group's den; 0 in high when unbounded, in low when not own */
    gr_wide low_before, high_before; /* sums of all items before this one */
    uint32_t unbounded_before;
    bool is_unbounded; /* nobody knows how much it is */
} gr_item;

typedef struct gr_group {
    gr_list items; /* of gr_item; one more at the end holds the sums of all */
    size_t count;
    size_t many_days; /* items whose days differ */
    int64_t den;
    size_t persons; /* whose items are here */
    gr_day anchor;  /* of the first own item */
    uint32_t party;
} gr_group;

/* Which shares a limit adds up for whom; made once for each limit. A party is the one whose sum it is: a person, or
 * a client where the limit is per client. */
typedef struct gr_shares {
    const gr_tally *tally;
    const gr_who *who;
    const gr_limit *limit;
    uint16_t book;
    uint16_t bit; /* of the limit in rulings */
    size_t parties;
    uint32_t *first, *order; /* entries of party p: order[first[p]] ... order[first[p + 1] - 1] */
} gr_shares;

gr_status gr_shares_create(const gr_tally *tally, const gr_who *who, uint16_t book, size_t limit,
                           gr_shares *out, gr_error *err);
void gr_shares_free(gr_shares *shares);

/* Fills group with what belongs to a party, of one giver only unless giver is GR_NONE; its list is used again. */
gr_status gr_group_fill(const gr_shares *shares, uint32_t party, uint32_t giver, gr_group *group,
                        gr_error *err);

static inline gr_item *gr_group_item(const gr_group *group, size_t i)
{
    return &((gr_item *)group->items.items)[i];
}

/* The first item not before the day; the first item after (day, id). */
size_t gr_group_from(const gr_group *group, gr_day day);
size_t gr_group_after(const gr_group *group, gr_day day, const char *id, uint32_t gift);
/* The sum of the items from start up to, not with, end; those whose days differ are left out. */
gr_total gr_group_total(const gr_group *group, size_t start, size_t end);

/* Does an item whose days differ lie between from and (day, id)? UNKNOWN: on some of its days. */
gr_truth gr_item_within(const gr_item *item, gr_day from, gr_day day, const char *id,
                        uint32_t gift);

#endif
