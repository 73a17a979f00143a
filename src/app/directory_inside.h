/* src/app/directory_inside.h - the file: a head, then five arrays one behind the other. */
#ifndef GR_APP_DIRECTORY_INSIDE_H
#define GR_APP_DIRECTORY_INSIDE_H

#include "app/directory.h"

enum {
    GR_DIRECTORY_NEW_ROWS = 512
}; /* so many may have come since: each costs some microseconds */

typedef struct gr_directory_head {
    char magic[8];
    uint32_t people, rows, keys, relations; /* entries of the arrays */
    int64_t covered;                        /* the last row of a recipient when it was made */
    int64_t run;                            /* and the last run, */
    char hash[72];                          /* whose hash says that it is this ledger */
    int64_t roster;                         /* the last record that is a line of a roster */
    char names[72];                         /* SHA-256 of names.xml */
    uint64_t check;                         /* of all before it */
} gr_directory_head;

typedef struct gr_directory_relation {
    uint32_t principal, other, through; /* numbers of people */
} gr_directory_relation;

struct gr_directory {
    const gr_rules *rules;
    void *bytes; /* mapped, or owned memory */
    size_t size;
    bool is_mapped;
    const gr_directory_head *head;
    const uint64_t *key;    /* rising */
    const uint32_t *holder; /* of each key */
    const uint32_t *first;  /* of each person: where its rows begin; people + 1 */
    const uint32_t *row;
    const gr_directory_relation *relation;
    gr_arena *scratch;
};

/* What it is made of, in the order of the file. */
size_t gr_directory_size(const gr_directory_head *head);
/* Points into bytes; false: they are none of ours, or damaged. */
bool gr_directory_take(gr_directory *directory, void *bytes, size_t size);
uint64_t gr_directory_check(const gr_directory_head *head);
/* Reads the ledger; the bytes are to be freed by gr_os_free(). */
gr_status gr_directory_make(const gr_rules *rules, gr_ledger *ledger, void **bytes, size_t *size,
                            gr_error *err);

#endif
