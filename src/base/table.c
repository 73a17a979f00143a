/* src/base/table.c - open addressing, linear probing, at most half full: mostly one line of memory is looked at,
 * also when nothing is found. When it grows, a slot's
 * place is found again from the kept upper half of its hash, so that half also chooses the place. */
#include "base/table.h"
#include "base/os.h"

#include <string.h>

static size_t home(uint32_t upper, size_t size)
{
    return (size_t)(((uint64_t)upper * size) >> 32);
}

uint32_t gr_table_find(const gr_table *table, uint64_t hash, size_t *cursor)
{
    uint32_t upper = (uint32_t)(hash >> 32);

    if (table->size == 0)
        return GR_NONE;
    for (;;) {
        size_t at = (home(upper, table->size) + (*cursor)++) & (table->size - 1);

        if (table->slots[2 * at + 1] == 0)
            return GR_NONE;
        if (table->slots[2 * at] == upper)
            return table->slots[2 * at + 1] - 1;
    }
}

void gr_table_expect(const gr_table *table, uint64_t hash)
{
    if (table->size > 0)
        __builtin_prefetch(&table->slots[2 * home((uint32_t)(hash >> 32), table->size)]);
}

static void place(uint32_t *slots, size_t size, uint32_t upper, uint32_t stored)
{
    size_t at = home(upper, size);

    while (slots[2 * at + 1] != 0)
        at = (at + 1) & (size - 1);
    slots[2 * at] = upper;
    slots[2 * at + 1] = stored;
}

static bool grow(gr_table *table)
{
    size_t size = table->size ? table->size * 2 : 64;
    uint32_t *slots = gr_os_alloc(size * 2 * sizeof *slots);

    if (!slots)
        return false;
    memset(slots, 0, size * 2 * sizeof *slots);
    for (size_t i = 0; i < table->size; i++)
        if (table->slots[2 * i + 1] != 0)
            place(slots, size, table->slots[2 * i], table->slots[2 * i + 1]);
    gr_os_free(table->slots);
    table->slots = slots;
    table->size = size;
    return true;
}

bool gr_table_put(gr_table *table, uint64_t hash, uint32_t number)
{
    if (table->count + 1 > table->size / 2 && !grow(table))
        return false;
    place(table->slots, table->size, (uint32_t)(hash >> 32), number + 1);
    table->count++;
    return true;
}

void gr_table_change(gr_table *table, uint64_t hash, uint32_t from, uint32_t to)
{
    uint32_t upper = (uint32_t)(hash >> 32);
    size_t at;

    if (table->size == 0)
        return;
    at = home(upper, table->size);
    while (table->slots[2 * at + 1] != 0) {
        if (table->slots[2 * at] == upper && table->slots[2 * at + 1] == from + 1) {
            table->slots[2 * at + 1] = to + 1;
            return;
        }
        at = (at + 1) & (table->size - 1);
    }
}

void gr_table_free(gr_table *table)
{
    gr_os_free(table->slots);
    *table = (gr_table){ NULL, 0, 0 };
}
