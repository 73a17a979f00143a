/* tests/fault/power.h - what a disk holds after the power is gone. For every file: the content at its last sync, and
 * the writes since, of which any may have come through, whole or in sectors, in any order. So too with names: a
 * file made may be missing, and one removed may be back, until its folder was synced. */
#ifndef GR_TESTS_POWER_H
#define GR_TESTS_POWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum power_loss {
    POWER_DROPS,    /* nothing that was not synced has come through */
    POWER_REORDERS, /* any of the writes */
    POWER_TEARS,    /* any of their sectors, and parts of sectors; bytes beside a write stay */
    POWER_GARBLES,  /* the same, and sectors of a write may hold anything, beside it too */
    POWER_LOSSES
} power_loss;

enum { POWER_SECTOR = 512 };

/* Files are named by what power_open gives back. No memory: the process ends. */
size_t power_open(const char *path, bool is_new); /* is_new: the system has just made it */
void power_write(size_t file, const void *bytes, size_t count, int64_t at);
void power_truncate(size_t file, int64_t size);
void power_sync(size_t file);
void power_remove(const char *path); /* before the system removes it */
void power_sync_folder(void);        /* there is only one */

/* Now: the files become what is left of them. The process must end. */
void power_off(power_loss loss, uint64_t seed);

/* A number that depends on the seed alone; changes it. */
uint64_t power_random(uint64_t *seed);

#endif
