/* src/base/table.h - finds numbers by hash: an index into whatever its user keeps. It stores no keys;
 * its user compares the real thing. Eight bytes a slot, so that a million entries cost 16 MB. */
#ifndef GR_BASE_TABLE_H
#define GR_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gr_table {
    uint32_t *slots; /* pairs: upper half of the hash, number + 1; 0: free */
    size_t count, size;
} gr_table;

#define GR_NONE UINT32_MAX

/* The next number put under this hash; *cursor starts at 0. GR_NONE when there are no more. */
uint32_t gr_table_find(const gr_table *table, uint64_t hash, size_t *cursor);
bool gr_table_put(gr_table *table, uint64_t hash, uint32_t number); /* false: no memory */
/* What stands under this hash as from stands as to from now on: a newer one takes its place. */
void gr_table_change(gr_table *table, uint64_t hash, uint32_t from, uint32_t to);
/* Asks memory for what a find under this hash will look at. Large tables wait for memory most of the time. */
void gr_table_expect(const gr_table *table, uint64_t hash);
void gr_table_free(gr_table *table);

#endif
