/* tests/fault/fault.h - the system fails on demand: tests/fault/os.c takes the place of base/os.c. */
#ifndef GR_TESTS_FAULT_H
#define GR_TESTS_FAULT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum fault_kind {
    FAULT_NONE,
    FAULT_MEMORY, /* alloc, resize */
    FAULT_OPEN,   /* open, create */
    FAULT_READ,
    FAULT_WRITE,
    FAULT_SYNC,
    FAULT_RENAME,
    FAULT_KINDS
} fault_kind;

/* The n-th call of this kind fails, and every one after it; n counts from 1. */
void fault_set(fault_kind kind, size_t n);
void fault_set_once(fault_kind kind, size_t n); /* the n-th call only */
bool fault_met(void);                           /* has a call failed since fault_set? */
size_t fault_blocks(void);                      /* blocks of memory taken and not given back */

#endif
