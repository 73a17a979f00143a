/* src/app/directory_inside.h - what the files of the directory share: how it lies in its file, or in memory.
 *
 * A spelling is a recipient as written, by number. Those of one id, and those without id of one folded name and employer,
 * are a ring. The keys of a ring are those of people/keys.h for everything that settling may take its people for: it shows
 * them by the fullest spelling that is in force, and approvals end. Nothing is settled here: whoever might matter is
 * found, and settled by who asked. */
#ifndef GR_APP_DIRECTORY_INSIDE_H
#define GR_APP_DIRECTORY_INSIDE_H

#include "app/directory.h"
#include "ledger/known.h"
#include "people/keys.h"

enum {
    GR_DIRECTORY_VERSION = 1,
    GR_DIRECTORY_BUCKETS = 1 << 16,
    GR_DIRECTORY_AFTER = 4096, /* recipients that came since it was made; of more it is made anew */
    GR_DIRECTORY_RULED = 100   /* of a tie: an officer has said that they are one */
};

typedef struct gr_spelling {
    uint64_t text;       /* where it begins: id, name, employer, e-mail */
    uint32_t length[4];  /* of each of them */
    uint32_t next;       /* the next one of the ring */
    uint32_t row;        /* the first of its rows; those of the next spelling follow */
    uint32_t is_certain; /* in force until somebody imports something */
    uint32_t zero;
} gr_spelling;

typedef struct gr_directory_key { /* in the bucket of the lowest 16 bits of its hash */
    uint32_t rest;                /* of the hash: the next 32 bits */
    uint32_t who;                 /* spelling * 4 + gr_key_part */
} gr_directory_key;

typedef struct gr_tie { /* each stands twice */
    uint32_t of, other;
    uint32_t through;      /* gr_through, or GR_DIRECTORY_RULED */
    uint32_t is_principal; /* of, and not other */
} gr_tie;

typedef struct gr_directory_word { /* by bytes */
    uint64_t text;
    uint32_t length;
    uint32_t bearer; /* the first of them; those of the next word follow */
} gr_directory_word;

typedef enum gr_directory_part {
    GR_DIRECTORY_SPELLING, /* one more than there are */
    GR_DIRECTORY_ROW,      /* int64_t */
    GR_DIRECTORY_BUCKET,   /* uint32_t: one more than there are */
    GR_DIRECTORY_KEY,
    GR_DIRECTORY_TIE,
    GR_DIRECTORY_WORD,   /* one more than there are */
    GR_DIRECTORY_BEARER, /* uint32_t: spellings */
    GR_DIRECTORY_TEXT,   /* bytes */
    GR_DIRECTORY_PARTS
} gr_directory_part;

typedef struct gr_directory_head {
    char magic[8];
    uint32_t version, size;
    char names[72]; /* digest of names.xml */
    gr_known_until until;
    uint64_t at[GR_DIRECTORY_PARTS], count[GR_DIRECTORY_PARTS];
    uint64_t bytes; /* of the whole */
    uint64_t check; /* hash of the head up to here */
} gr_directory_head;

typedef struct gr_newcomer {
    gr_person person;
    int64_t row;
} gr_newcomer;

typedef struct gr_newcomer_key {
    uint64_t hash;
    uint32_t who; /* as above; newcomers follow the spellings */
} gr_newcomer_key;

struct gr_directory {
    const gr_rules *rules;
    char path[4096]; /* of the file */
    const unsigned char *bytes;
    size_t size;
    bool is_mapped;
    gr_list made; /* of char: where it could not be written */
    gr_directory_head head;
    int64_t record, recipient; /* the last ones seen */
    gr_arena *arena;           /* of newcomers */
    gr_list newcomer;          /* of gr_newcomer */
    gr_list newcomer_key;      /* of gr_newcomer_key */
    gr_table newcomer_table;   /* places in newcomer_key */
};

/* The bytes of a directory, added to a list of char. */
gr_status gr_directory_make(const gr_rules *rules, gr_ledger *ledger, gr_list *bytes,
                            gr_error *err);
/* Is this a directory, as far as its head says? */
bool gr_directory_is_sound(const unsigned char *bytes, size_t size, gr_directory_head *head);

static inline const void *gr_directory_part_of(const gr_directory *d, gr_directory_part part)
{
    return d->bytes + d->head.at[part];
}

static inline uint32_t gr_directory_spellings(const gr_directory *d)
{
    return (uint32_t)d->head.count[GR_DIRECTORY_SPELLING] - 1;
}

/* False: the file is damaged, or there is no such spelling. */
bool gr_directory_text(const gr_directory *d, uint64_t at, uint64_t length, gr_text *out);
bool gr_directory_person(const gr_directory *d, uint32_t who, gr_person *out, bool *is_certain);
/* Adds the rows of a spelling, to a list of int64_t. */
bool gr_directory_rows(const gr_directory *d, uint32_t who, gr_list *rows, bool *fits);

/* Passes who stands under a key, in a fixed order. False: damaged. */
typedef void (*gr_on_bearer)(void *context, uint32_t who, gr_key_part part);
bool gr_directory_each(const gr_directory *d, uint64_t hash, gr_on_bearer take, void *context);

/* As what settling may show them, when any of those who are not certain may be missing: folded, in the arena. All have one
 * id, or stand alone. Adds to a list of gr_person_parts. */
typedef struct gr_spelt {
    gr_person person;
    bool is_certain;
} gr_spelt;

bool gr_directory_forms(const gr_names *names, const gr_spelt *spelt, size_t count, gr_arena *arena,
                        gr_list *forms);
/* All keys of one form, but for addresses. */
void gr_directory_tell(const gr_names *names, const gr_person_parts *form, gr_on_key take,
                       void *context);

/* Makes it anew, since it is damaged. */
gr_status gr_directory_renew(gr_directory *d, gr_ledger *ledger, gr_error *err);
/* Takes up who came since. */
gr_status gr_directory_catch_up(gr_directory *d, gr_ledger *ledger, gr_error *err);

#endif
