/* tests/fault/fault.h - the system fails on demand: tests/fault/os.c takes the place of base/os.c. */
#ifndef GR_TESTS_FAULT_H
#define GR_TESTS_FAULT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum fault_kind {
    FAULT_NONE,
    FAULT_MEMORY, /* alloc, resize */
    FAULT_OPEN,   /* open, create, make a folder */
    FAULT_READ,   /* and list a folder */
    FAULT_WRITE,
    FAULT_SYNC,
    FAULT_RENAME, /* rename, move, exchange */
    FAULT_REMOVE, /* of files and folders */
    FAULT_KINDS
} fault_kind;

/* The n-th call of this kind fails, and every one after it; n counts from 1. */
void fault_set(fault_kind kind, size_t n);
void fault_set_once(fault_kind kind, size_t n); /* the n-th call only */
enum { FAULT_KILLED = 99 };
void fault_set_kill(fault_kind kind,
                    size_t n); /* the process ends in its place, with that status */
bool fault_met(void);          /* has a call failed since fault_set? */
/* It exchanges no names, and syncs no file system at once. */
void fault_old_system(bool is_old);
size_t fault_blocks(void); /* blocks of memory taken and not given back */

#endif
