/* src/model/record.h - one record of an export: a gift or an expense, typed and placed. All texts live in the
 * arena of the batch that carries the record. */
#ifndef GR_MODEL_RECORD_H
#define GR_MODEL_RECORD_H

#include "base/arena.h"
#include "base/day.h"
#include "base/list.h"
#include "base/money.h"
#include "model/fact.h"

typedef union gr_value {
    int64_t number;   /* GR_FACT_DAY, _NUMBER, _WORD */
    gr_text text;     /* GR_FACT_TEXT */
    gr_amount amount; /* GR_FACT_MONEY; in the record's currency */
} gr_value;

/* A fact whose bit in known is not set is unknown; its value is not to be read. */
typedef struct gr_recipient {
    uint64_t known; /* bit: fact - GR_FACT_FIRST_OF_RECIPIENT */
    gr_value value[GR_RECIPIENT_FACT_COUNT];
} gr_recipient;

typedef enum gr_record_kind {
    GR_RECORD_GIFT,
    GR_RECORD_EXPENSE,    /* kept; detection says whether it is a gift */
    GR_RECORD_RETRACTION, /* takes the record of the same id back */
    GR_RECORD_APPROVAL,   /* of a gift to come: nothing is counted */
    /* of a roster: who is who in the firm and at its clients */
    GR_RECORD_EXECUTIVE, /* an account executive: giver, crd, branch, supervisor, starts, ends */
    GR_RECORD_RESPONSIBILITY, /* of an account executive, the giver, for a client */
    GR_RECORD_CONTACT, /* the first recipient works for a client; the others, through whom gifts may go,
                          are family, household or assistant */
    GR_RECORD_EVENT, /* a mandate won, a sale: a client, a date */
    GR_RECORD_KINDS  /* how many there are */
} gr_record_kind;

/* The word for it in format files and ledgers: "gift". */
const char *gr_record_kind_text(gr_record_kind kind);
bool gr_record_kind_find(gr_text text, gr_record_kind *out);

typedef struct gr_record {
    gr_record_kind kind;
    uint32_t line, column; /* of its first tag */
    uint64_t known;        /* bit: fact */
    gr_value value[GR_GIFT_FACT_COUNT];
    gr_recipient *recipient;
    size_t recipient_count;
    bool shares_computed; /* the export had no amount per recipient where its kind can have one */
} gr_record;

/* A record that could not be read: kept whole. */
typedef struct gr_quarantined {
    gr_error error; /* file, line, column, message, hint */
    gr_text record; /* its id, where it had one */
    gr_text raw;    /* as it stood in the export, masked; UTF-8 */
} gr_quarantined;

static inline bool gr_record_knows(const gr_record *record, gr_fact fact)
{
    return record->known >> fact & 1;
}

static inline bool gr_recipient_knows(const gr_recipient *recipient, gr_fact fact)
{
    return recipient->known >> (fact - GR_FACT_FIRST_OF_RECIPIENT) & 1;
}

/* The value of a fact of either kind; NULL when it is unknown. recipient may be NULL. */
const gr_value *gr_record_find(const gr_record *record, const gr_recipient *recipient,
                               gr_fact fact);
/* The text of a fact of type text; empty when unknown. */
gr_text gr_record_text(const gr_record *record, gr_fact fact);
gr_text gr_recipient_text(const gr_recipient *recipient, gr_fact fact);
void gr_record_set(gr_record *record, gr_recipient *recipient, gr_fact fact, gr_value value);
/* A hash over all facts and recipients: the same record again has the same one. */
uint64_t gr_record_digest(const gr_record *record);

/* Where a record came from. */
typedef struct gr_source {
    gr_text file;    /* as the user named it */
    gr_text format;  /* id of the format file */
    char sha256[65]; /* of the bytes on disk; "" until the whole file was read */
    uint64_t bytes, records, quarantined, duplicates;
} gr_source;

/* What of it whoever judges needs to know. */
typedef struct gr_origin {
    gr_text file, format;
} gr_origin;

enum { GR_BATCH_RECORDS = 512 };

/* What goes from one thread to the next: some records of one source, in the order of the file. */
typedef struct gr_batch {
    gr_arena *arena;
    uint32_t source; /* number of the source in the run, from 0 */
    gr_record record[GR_BATCH_RECORDS];
    size_t count;
    gr_list quarantined; /* of gr_quarantined; texts in arena */
    enum { GR_BATCH_MORE, GR_BATCH_ACCEPTED, GR_BATCH_REFUSED } end; /* of the source */
    gr_source result; /* what is known of the source so far; texts live as long as the run */
} gr_batch;

gr_batch *gr_batch_create(void); /* NULL: no memory */
void gr_batch_reset(gr_batch *batch);
void gr_batch_free(gr_batch *batch);

#endif
