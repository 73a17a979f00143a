/* src/reconcile/nearest.h - the nearest miss: the record of the other system that is most like one that was not matched.
 * Inside src/reconcile only. */
#ifndef GR_RECONCILE_NEAREST_H
#define GR_RECONCILE_NEAREST_H

#include "reconcile/matching.h"

/* Records of one system that were not matched, by giver and day, and by person and day. */
typedef struct gr_unmatched {
    bool is_made;
    gr_list by_giver, by_person; /* of gr_keyed */
} gr_unmatched;

#define GR_NOT_MADE ((gr_unmatched){ false, GR_LIST(gr_keyed), GR_LIST(gr_keyed) })

/* Of gifts of the system only. False: no memory. */
bool gr_unmatched_make(const gr_reconciliation *r, gr_system system, gr_unmatched *out);
void gr_unmatched_free(gr_unmatched *unmatched);

/* GR_NONE: none is near. False: no memory. */
bool gr_nearest_find(const gr_reconciliation *r, const gr_unmatched *among, uint32_t record,
                     uint32_t *out);

#endif
