/* src/engine/follow.h - for lists of gifts: where a sum stands after each share, and what a share is under a rulebook. It
 * judges as gr_judge() does, and makes no findings. */
#ifndef GR_ENGINE_FOLLOW_H
#define GR_ENGINE_FOLLOW_H

#include "engine/tally.h"
#include "engine/view.h"

/* The limit that lists of gifts are about: the first of the rulebook that adds up what one recipient got over a year, and
 * is a violation to pass. rule: id of a rulebook; NULL: the first that has one. False: there is none. */
bool gr_followed_find(const gr_ruleset *set, const char *rule, uint16_t *book, size_t *limit);

/* Whom to tell where sums stand. A view is NULL where there is no limit on its day. */
typedef struct gr_following {
    /* With every share that the limit adds up for its own recipient; entry: its place among those of the rulebook. */
    void (*share)(void *context, size_t entry, const gr_view *view, gr_verdict verdict);
    /* Of everybody who got such shares, at the end of a day; person: the number that stands for the person. */
    void (*person)(void *context, uint32_t person, const gr_view *view);
    gr_day day;
    const uint32_t *always; /* a person who is told of also without own shares; NULL: nobody */
    void *context;
} gr_following;

gr_status gr_follow(const gr_tally *tally, const gr_who *who, uint16_t book, size_t limit,
                    const gr_following *following, gr_error *err);

/* What one share is. */
typedef struct gr_share_told {
    gr_truth scope; /* FALSE: the rulebook is not about it, and nothing else is set */
    bool counts;    /* there is something to add up on its day */
    gr_span worth;  /* before exclusions; meaningful where has_worth is set */
    bool has_worth;
    gr_ruling ruling;
} gr_share_told;

gr_share_told gr_share_tell(const gr_ruleset *set, uint16_t book, const gr_record *record,
                            const gr_recipient *recipient, gr_day day);

/* Why it counts as it does, where that is not plain; why it does not. Empty, or without memory .ptr NULL. */
gr_text gr_share_counted_words(const gr_limit *limit, const gr_ruling *ruling, gr_arena *arena);
gr_text gr_share_left_out_words(const gr_rulebook *book, size_t limit, const gr_share_told *told,
                                gr_arena *arena);

#endif
