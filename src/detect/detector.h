/* src/detect/detector.h - what a detector has kept of the records, for the files of src/detect. */
#ifndef GR_DETECT_DETECTOR_H
#define GR_DETECT_DETECTOR_H

#include "detect/detect.h"
#include "detect/look.h"
#include "detect/words.h"

#define GR_RULE_DETECTION GR_TEXT("detection")

/* A check that a record fits. */
typedef struct gr_hit {
    uint32_t gift, recipient; /* recipient GR_NONE: it is about the record */
    uint32_t odd;
    gr_text details; /* the facts that the reason shows; may be empty */
} gr_hit;

/* A share, or a whole gift, that a pattern may have. */
typedef struct gr_member {
    uint32_t gift, recipient; /* recipient GR_NONE: the whole gift */
    gr_range worth;
} gr_member;

/* The members of one pattern. Keys that are texts lie beside them: of each member key_count times two numbers of
 * words, the one that is compared and the one that is shown. */
typedef struct gr_flock {
    const gr_oddity *odd;
    gr_key key[GR_KEY_COUNT];
    size_t key_count;
    gr_list member; /* of gr_member */
    gr_list text;   /* of uint32_t */
} gr_flock;

/* A first look at a record, for one of the checks and patterns that are on. */
typedef struct gr_glance {
    uint64_t need;  /* bit: fact of the record; it knows one of these, or does not fit */
    uint32_t kinds; /* as those of the oddity */
    uint16_t odd;
    uint16_t records; /* bit: gr_record_kind */
} gr_glance;

typedef struct gr_happening { /* a record of kind event */
    uint32_t gift;
    gr_day day;
    uint32_t client, spelt; /* words */
    uint32_t event;         /* its word */
} gr_happening;

struct gr_detector {
    const gr_tally *tally;
    const gr_oddity *odd;
    size_t odd_count;
    gr_words words;
    gr_arena *arena;   /* of details */
    gr_list hit;       /* of gr_hit, in the order of gifts */
    gr_list happening; /* of gr_happening, in the order of their records */
    gr_flock *flock;   /* one for each of odd; unused where that is no pattern */
    gr_list glance;    /* of gr_glance */
    gr_matched matched;
    gr_list *called; /* one for each of odd; of_name: by recipient, whether the name fits */
};

/* What finding is about. */
typedef struct gr_search {
    gr_detector *detector;
    const gr_subject *subject;
    gr_text currency;
    gr_error *err;
} gr_search;

gr_status gr_checks_find(gr_search *search);
gr_status gr_patterns_find(gr_search *search);

/* Is the record in force, of a day that is asked for, and does it count once? */
bool gr_search_counts(const gr_search *search, uint32_t gift);
bool gr_search_is_asked(const gr_search *search, gr_day day);
/* A finding, started; the caller gives the words. False: no memory. */
bool gr_search_start(const gr_search *search, const gr_oddity *odd, uint32_t gift,
                     uint32_t recipient, gr_judged *out);
bool gr_search_end(const gr_search *search, gr_judged *judged);

/* "the name of the merchant is 'City Florist', the days from ... are 95": of the facts that the reason shows, those that
 * are stated. ptr NULL: no memory. */
gr_text gr_details_print(const gr_oddity *odd, const gr_look *look, size_t recipient,
                         gr_arena *arena);

#endif
