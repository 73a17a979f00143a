/* src/ledger/finding_find.h - what the ledger remembers of a finding: of one that is no longer made, of one that an officer
 * decides on, of those that a run has changed. */
#ifndef GR_LEDGER_FINDING_FIND_H
#define GR_LEDGER_FINDING_FIND_H

#include "ledger/ledger.h"

typedef struct gr_finding_kept {
    gr_text id, rule, rulebook_sha256;
    gr_text started; /* the run that found it last, UTC */
} gr_finding_kept;

/* The latest one whose id begins so; its texts are the arena's. *is_there is false when there is none. */
gr_status gr_ledger_finding_find(gr_ledger *ledger, gr_text beginning, gr_arena *arena,
                                 gr_finding_kept *out, bool *is_there, gr_error *err);

/* One revision of a finding. */
typedef struct gr_finding_known {
    gr_finding finding; /* without what it counted */
    int64_t revision;
    int64_t record;    /* row of the record that was judged; 0: not kept */
    bool is_withdrawn; /* then only what identifies it is there */
} gr_finding_known;

/* The latest revision of the one finding whose id is, or begins, so: one in force, or one that is gone and for whose
 * sake a fact was supplied. Texts are the arena's. GR_EINPUT: there is none; GR_EUSAGE: there are several. */
gr_status gr_ledger_finding_pick(gr_ledger *ledger, gr_text beginning, gr_arena *arena,
                                 gr_finding_known *out, gr_error *err);

/* What the run that is open has written of findings: was is NULL for a new one. Both live during the call, their texts
 * are the arena's. */
typedef gr_status (*gr_on_change)(void *context, const gr_finding_known *was,
                                  const gr_finding_known *is, gr_error *err);
gr_status gr_ledger_each_change(gr_ledger *ledger, gr_arena *arena, gr_on_change take,
                                void *context, gr_error *err);
/* Is the run that is open the first that was judged by its rules? */
gr_status gr_ledger_has_new_rules(gr_ledger *ledger, bool *out, gr_error *err);

#endif
