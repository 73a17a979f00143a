/* tests/fault/crash.h - a child does an operation and dies at the n-th call; the parent looks at what it has left. */
#ifndef GR_TESTS_CRASH_H
#define GR_TESTS_CRASH_H

#include "firm.h"

#include "disk.h"

typedef struct crash {
    const char *name;
    disk_fault fault; /* but for n and seed */
    bool is_steady;   /* what is there after a crash at n is there after one at any later n */
    size_t rounds;    /* so many seeds, where chance has a part; a sample has one */
    size_t step;      /* one of so many points is tried in make test */
} crash;

typedef struct crash_result {
    bool met;          /* false: the child came to its end first */
    bool is_after;     /* the ledger holds what was done */
    const char *wrong; /* NULL: the ledger stands */
} crash_result;

crash_result crash_at(const firm *f, const golden *g, const crash *c, size_t n, uint64_t seed);

/* At every n; from surely on the ledger must hold what was done. Gives the first n where it does. Says how many points
 * it has tried. */
size_t must_stand(const firm *f, const golden *g, const crash *c, size_t surely);

/* From now on the ledger before is what a crash leaves last before it would hold what was done: at a call before first. */
void crash_before(const firm *f, golden *g, const crash *c, size_t first);

#endif
