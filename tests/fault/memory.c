/* tests/fault/memory.c - see memory.h. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <malloc.h>

#include <jansson.h>
#include <sqlite3.h>

#include "base/os.h"

#include "memory.h"

static void *sql_alloc(int size)
{
    return gr_os_alloc((size_t)size);
}

static void *sql_resize(void *block, int size)
{
    return gr_os_resize(block, (size_t)size);
}

static int sql_size(void *block)
{
    return block ? (int)malloc_usable_size(block) : 0;
}

static int sql_round(int size)
{
    return (size + 7) & ~7;
}

static int sql_init(void *context)
{
    (void)context;
    return SQLITE_OK;
}

static void sql_shutdown(void *context)
{
    (void)context;
}

void memory_of_sqlite_and_jansson(void)
{
    static const sqlite3_mem_methods methods = { sql_alloc, gr_os_free, sql_resize,   sql_size,
                                                 sql_round, sql_init,   sql_shutdown, NULL };

    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
    assert_int_equal(sqlite3_initialize(), SQLITE_OK);
    json_set_alloc_funcs(gr_os_alloc, gr_os_free);
}
