/* src/model/resolution.h - what came of an officer's decision, as plain data: what every format is written from. */
#ifndef GR_MODEL_RESOLUTION_H
#define GR_MODEL_RESOLUTION_H

#include "base/arena.h"
#include "model/finding.h"

/* Two revisions of one finding, without what they counted. */
typedef struct gr_finding_change {
    gr_finding was, is; /* what identifies it is in both */
    bool is_new;        /* then there is no verdict in was */
    bool is_gone;       /* nor in is: it is not made any more */
} gr_finding_change;

struct gr_resolution {
    gr_arena *arena;
    gr_decision decision;
    gr_text said; /* "payer of G-11 is firm (was unknown)" */
    gr_finding_change
        own;        /* the finding that was decided on; the same twice where nothing was judged */
    bool is_judged; /* everything was judged again */
    const gr_finding *finding; /* as it is now, with what it counts; NULL: not judged, or gone */
    const gr_finding_change *other; /* findings that changed with it, by day and gift */
    size_t other_count;
    bool has_new_rules; /* by which nothing was judged before: they may be why */
    void *owned;        /* the maker's business */
    void (*release)(void *owned);
};

#endif
