/* tests/fault/disk.h - a disk that fails, kills and loses power on demand: a sqlite3 VFS over the system's own. Database,
 * rollback journal and log go through it; the shared memory beside a log is none of a disk's business. */
#ifndef GR_TESTS_DISK_H
#define GR_TESTS_DISK_H

#include "power.h"

typedef enum disk_call {
    DISK_OPEN, /* makes the file, if need be */
    DISK_READ,
    DISK_WRITE,
    DISK_TRUNCATE,
    DISK_SYNC,
    DISK_SYNC_FOLDER,
    DISK_DELETE,
    DISK_ACCESS,
    DISK_SIZE,
    DISK_LOCK,
    DISK_SHARE /* of the log's shared memory */
} disk_call;

/* Calls that leave something on a disk, or that a later one relies on. */
#define DISK_CHANGES                                                                               \
    (1U << DISK_OPEN | 1U << DISK_WRITE | 1U << DISK_TRUNCATE | 1U << DISK_SYNC |                  \
     1U << DISK_SYNC_FOLDER | 1U << DISK_DELETE)

typedef enum disk_end { DISK_FAILS, DISK_KILLS, DISK_LOSES_POWER } disk_end;

/* What is to happen at the n-th of these calls; n counts from 1. */
typedef struct disk_fault {
    unsigned calls; /* bits, 1U << DISK_WRITE and so on */
    size_t n;
    disk_end end;
    bool in_the_middle; /* of a write: half of it is done first */

    bool lasts;       /* DISK_FAILS: the later ones fail too */
    int code, number; /* what SQLite is told, and errno */

    power_loss loss; /* DISK_LOSES_POWER: what is left */
    uint64_t seed;
    bool lies; /* the disk says that it has synced, and has not */
} disk_fault;

void disk_register(void);     /* becomes the VFS that is used when none is named */
const char *disk_plain(void); /* the name of the system's own; NULL: it is the only one */
void disk_set(const disk_fault *fault);
void disk_clear(void);
bool disk_met(void); /* has the n-th call been reached since disk_set? */
/* DISK_LOSES_POWER: the n-th call was not reached, and the power is lost now; the process exits. */
_Noreturn void disk_cut_off(int status);

#endif
