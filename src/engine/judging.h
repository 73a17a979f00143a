/* src/engine/judging.h - judging at work: who is looked at under which limit. Inside src/engine only. */
#ifndef GR_ENGINE_JUDGING_H
#define GR_ENGINE_JUDGING_H

#include "engine/judge.h"
#include "engine/view.h"

typedef struct gr_judging {
    const gr_tally *tally;
    const gr_who *who;
    gr_judgement *out;
    gr_shares shares;
    const gr_rulebook *book;
    const gr_limit *limit;
    gr_list givers; /* of uint32_t: of one party, where each giver is added up apart */
    gr_group group;
    const gr_counted *counted; /* the group's items as the report shows them; made on first need */
    gr_case near; /* a warning that a later gift of the same period may make needless */
    bool has_near;
    uint32_t *told;   /* of each giver: the last finding that he or she was told of */
    uint32_t telling; /* findings told of so far */
    gr_error *err;
} gr_judging;

/* Makes a finding and adds it to those of j->out: about a limit, with verdict and words, or only near it; about a duty.
 * False: no memory. */
bool gr_find_limit(gr_judging *j, const gr_case *c, gr_verdict verdict, bool is_near);
bool gr_find_breach(gr_judging *j, const gr_breach *breach);

#endif
