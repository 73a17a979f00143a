/* src/engine/tally.h - every gift of a run and what it counts for each recipient, kept small: 32 bytes a gift,
 * 32 a share that counts. Shares that are surely excluded are not kept. */
#ifndef GR_ENGINE_TALLY_H
#define GR_ENGINE_TALLY_H

#include "base/table.h"
#include "engine/ruling.h"
#include "model/person.h"

typedef struct gr_gift {
    uint64_t digest; /* gr_record_digest() */
    uint32_t id;     /* where its record id stands among the tally's ids */
    uint32_t giver;
    gr_day day;
    uint32_t line;
    uint32_t first_share; /* where its recipients begin in the tally's list */
    uint32_t source : 24;
    uint32_t kind : 4;    /* gr_record_kind; all but gifts are here only to be known again */
    uint32_t is_dead : 1; /* retracted, or replaced by a newer version */
    uint32_t has_other_day : 1;
    uint32_t has_version : 1; /* its version stands behind its id */
    uint32_t is_double : 1;   /* a second record of a gift that counts by another one */
} gr_gift;

typedef struct gr_entry { /* a share that counts, or may count, under one rulebook */
    int64_t low, high;    /* over den; high may be GR_UNBOUNDED */
    uint32_t den;
    uint32_t gift, recipient, ruling;
} gr_entry;

/* Gifts in force, each once however many systems have seen it. */
static inline bool gr_gift_counts(const gr_gift *gift)
{
    return gift->kind == GR_RECORD_GIFT && !gift->is_dead && !gift->is_double;
}

/* A gift of which the order, the giving and the arrival stand on different days, and no policy chooses: its days other
 * than the one given. They are one and the same where it has but two. */
typedef struct gr_other_day {
    uint32_t gift;
    gr_day first, last;
} gr_other_day;

enum { GR_NO_LAW = UINT16_MAX, GR_NO_BOOK = UINT16_MAX };

typedef struct gr_breach { /* a duty that a gift breaks, or may break */
    uint32_t gift, recipient;
    uint16_t book, duty; /* duty GR_NO_LAW: no rulebook has a limit on its day */
    gr_truth truth;      /* TRUE or UNKNOWN */
    bool differs_by_day; /* UNKNOWN, since its days differ and no policy chooses */
    bool
        stands; /* its gift counts by another record, which does not break it: it is told all the same */
    const gr_condition *open; /* UNKNOWN: what is unknown, where one condition is */
} gr_breach;

typedef struct gr_tally {
    const gr_ruleset *set;
    gr_list gift;      /* of gr_gift */
    gr_list ids;       /* of char: record ids and versions, each with a final NUL */
    gr_list share;     /* of uint32_t: the recipients of each gift, also those who count nothing */
    gr_list ruling;    /* of gr_ruling */
    gr_table known;    /* rulings by their bytes */
    gr_list *entry;    /* for each rulebook, of gr_entry */
    gr_list other_day; /* of gr_other_day, by gift */
    gr_list breach;    /* of gr_breach */
    uint32_t last_ruling;
    uint8_t *const *seen; /* for each rulebook, by point; NULL: nobody wants to know. Borrowed */
} gr_tally;

gr_status gr_tally_create(const gr_ruleset *set, gr_tally **out, gr_error *err);
void gr_tally_free(gr_tally *tally);

/* Takes in one record: a gift is valued and ruled upon for each recipient; recipient[i] is the number of
 * record->recipient[i]. *gift gets its number. */
gr_status gr_tally_add(gr_tally *tally, const gr_record *record, uint32_t source, uint64_t digest,
                       uint32_t giver, const uint32_t *recipient, uint32_t *gift, gr_error *err);
void gr_tally_kill(gr_tally *tally, uint32_t gift);
/* The recipients of a gift. */
const uint32_t *gr_tally_recipients(const gr_tally *tally, uint32_t gift, size_t *count);
/* What a gift counts under a rulebook: entries are in the order of gifts. */
const gr_entry *gr_tally_entries(const gr_tally *tally, size_t book, uint32_t gift, size_t *count);
gr_text gr_tally_id(const gr_tally *tally, uint32_t gift);
gr_text gr_tally_version(const gr_tally *tally, uint32_t gift); /* may be empty */

/* The other days of a gift that has_other_day. */
const gr_other_day *gr_tally_other_day(const gr_tally *tally, uint32_t gift);

/* Forgets every gift from the given number on: of a source that is refused after all. */
void gr_tally_cut(gr_tally *tally, uint32_t gift_count);

#endif
