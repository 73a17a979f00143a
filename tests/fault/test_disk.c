/* tests/fault/test_disk.c - every operation with the n-th call of a kind failing, once or from then on: no room, an I/O
 * error, a file that cannot be opened or locked. It is told, and the ledger holds all or nothing. */
#include "firm.h"

#include "disk.h"
#include "fault.h"

#include <errno.h>
#include <string.h>

#include <libxml/xmlerror.h>
#include <sqlite3.h>

typedef struct failure {
    const char *name;
    disk_call call;
    int code, number;
    bool in_the_middle;
    gr_status told;
    size_t step; /* one of so many points is tried in make test */
} failure;

static const failure failures[] = {
    { "a write fails", DISK_WRITE, SQLITE_IOERR_WRITE, EIO, false, GR_EIO, 41 },
    { "a write fails halfway", DISK_WRITE, SQLITE_IOERR_WRITE, EIO, true, GR_EIO, 41 },
    { "no room", DISK_WRITE, SQLITE_FULL, ENOSPC, false, GR_EFULL, 41 },
    { "no room halfway", DISK_WRITE, SQLITE_FULL, ENOSPC, true, GR_EFULL, 41 },
    { "a sync fails", DISK_SYNC, SQLITE_IOERR_FSYNC, EIO, false, GR_EIO, 7 },
    { "a folder cannot be synced", DISK_SYNC_FOLDER, 0, EIO, false, GR_EIO, 7 },
    { "a cut fails", DISK_TRUNCATE, SQLITE_IOERR_TRUNCATE, EIO, false, GR_EIO, 7 },
    { "a removal fails", DISK_DELETE, SQLITE_IOERR_DELETE, EIO, false, GR_EIO, 7 },
    { "a file cannot be opened", DISK_OPEN, SQLITE_CANTOPEN, EMFILE, false, GR_EIO, 7 },
    { "a read fails", DISK_READ, SQLITE_IOERR_READ, EIO, false, GR_EIO, 31 },
    { "a name cannot be looked up", DISK_ACCESS, SQLITE_IOERR_ACCESS, EIO, false, GR_EIO, 11 },
    { "a size cannot be found", DISK_SIZE, SQLITE_IOERR_FSTAT, EIO, false, GR_EIO, 29 },
    { "a lock fails", DISK_LOCK, SQLITE_IOERR_LOCK, ENOLCK, false, GR_EIO, 31 },
    { "a lock is taken", DISK_LOCK, SQLITE_BUSY, 0, false, GR_EBUSY, 31 },
    { "no shared memory", DISK_SHARE, SQLITE_IOERR_SHMMAP, ENOMEM, false, GR_EIO, 7 },
};

typedef struct counts {
    size_t points, told, kept;
} counts;

static void point_out(const golden *g, const failure *fail, bool lasts, size_t n, const char *wrong)
{
    fail_msg("%s, %s%s at call %zu: %s", g->op->name, fail->name, lasts ? " for good" : "", n,
             wrong);
}

/* SQLite can do without some calls: a log that is not removed is no error. Then all is there. */
static bool stands(const firm *f, const golden *g, const failure *fail, bool lasts, size_t n,
                   counts *c)
{
    size_t before = fault_blocks();
    bytes said = { 0 };
    gr_error err = { 0 };
    gr_status status;
    const char *wrong;
    bool met, is_after = false;

    golden_place(f, g);
    disk_set(&(disk_fault){ .calls = 1U << fail->call,
                            .n = n,
                            .lasts = lasts,
                            .in_the_middle = fail->in_the_middle,
                            .code = fail->code,
                            .number = fail->number });
    status = golden_run(f, g, &said, &err);
    met = disk_met();
    disk_clear();
    if (fault_blocks() != before)
        point_out(g, fail, lasts, n, "memory is not given back");
    if (status != GR_OK && (!met || err.status != status || !err.message[0]))
        point_out(g, fail, lasts, n, "it fails without a reason");
    if (status != GR_OK && status != fail->told)
        point_out(g, fail, lasts, n, err.message);
    if (status == GR_OK && !bytes_equal(&said, &g->first))
        point_out(g, fail, lasts, n, "it says something else");
    bytes_free(&said);
    wrong = golden_check(f, g, &is_after);
    if (wrong)
        point_out(g, fail, lasts, n, wrong);
    if (status == GR_OK && !is_after)
        point_out(g, fail, lasts, n, "it is told as done, and is not");
    c->points += met;
    c->told += met && status != GR_OK;
    c->kept += status != GR_OK && is_after;
    return met;
}

static void test_disk(void **state)
{
    const firm *f = *state;

    for (size_t i = 0; i < operation_count; i++) {
        counts c = { 0 };
        golden g;

        golden_make(f, &operations[i], &g);
        for (size_t k = 0; k < GR_COUNT(failures); k++)
            for (int lasts = 0; lasts < 2; lasts++)
                for (size_t n = 1; stands(f, &g, &failures[k], lasts, n, &c);)
                    n = following_point(n, failures[k].step);
        golden_free(&g);
        print_message("# %s: %zu points, %zu told as failures, %zu of them kept all the same\n",
                      operations[i].name, c.points, c.told, c.kept);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_disk) };

    firm_use_our_memory();
    disk_register();
    return cmocka_run_group_tests(tests, firm_open, firm_close);
}
