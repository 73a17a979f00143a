/* src/engine/judge.h - the verdicts on all gifts of a tally. */
#ifndef GR_ENGINE_JUDGE_H
#define GR_ENGINE_JUDGE_H

#include "engine/tally.h"

typedef struct gr_judged {
    gr_finding finding;
    uint32_t giver, recipient, gift; /* numbers, for grouping */
    bool is_through; /* the gift went to somebody else, who may have taken it for the recipient */
} gr_judged;

/* A gift of this giver entered the total of a finding about somebody else's gift. */
typedef struct gr_contribution {
    uint32_t giver, finding; /* finding: index into judged */
} gr_contribution;

typedef struct gr_judgement {
    gr_arena *arena;         /* of all texts; borrowed */
    const gr_origin *source; /* by number of source; borrowed */
    bool keep_compliant;     /* verdicts "compliant" too, for scenarios */
    const bool *wanted;      /* by number of recipient: who is judged; NULL: everybody. Borrowed */
    gr_day from, to;         /* gifts of these days only are judged; all are counted */
    gr_day as_of;            /* what has ended before it has ended; 0: nothing has */
    gr_list judged;          /* of gr_judged, in no particular order but always the same */
    gr_list contribution;    /* of gr_contribution */
    gr_arena *second;        /* of texts that a second thread made; owned */
} gr_judgement;

gr_status gr_judge(const gr_tally *tally, const gr_who *who, gr_judgement *judgement,
                   gr_error *err);
void gr_judgement_free(gr_judgement *judgement); /* the lists, and the second arena */

#endif
