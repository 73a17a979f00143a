/* src/detect/story.h - what a pattern was, in one sentence with its figures. */
#ifndef GR_DETECT_STORY_H
#define GR_DETECT_STORY_H

#include "detect/clusters.h"
#include "detect/detector.h"

/* A cluster, and whose it is. */
typedef struct gr_story {
    const gr_search *search;
    const gr_flock *flock;
    const gr_peer *peer; /* of the cluster, in order */
    size_t count;
    uint32_t recipient; /* the one person who got all of it; GR_NONE: there are several */
    size_t gifts, givers, people;
    gr_wide low, high; /* over GR_WORTH_DEN; high meaningless where is_open */
    bool is_open;
    gr_wide all_high; /* with has_share: what the giver gave at most of such gifts; 0: not known */
} gr_story;

/* Counts what the sentence tells, but for all_high. False: no memory. */
bool gr_story_start(gr_story *story);
/* ptr NULL: no memory. */
gr_text gr_story_tell(const gr_story *story);

#endif
