/* tests/fault/test_evidence.c - packages, bundles, and rules from the ledger's own files, with each call failing in turn: an
 * error, no memory kept, nothing left behind in TMPDIR, and the folder that was there before still whole. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "firm.h"

#include "base/folder.h"
#include "base/os.h"

#include "fault.h"
#include "memory.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct place {
    char out[80], temp[80], key[80];
} place;

static bool remove_name(void *context, const char *name, gr_os_kind kind)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", (const char *)context, name);
    if (kind == GR_OS_FOLDER) {
        gr_os_list(path, remove_name, path);
        rmdir(path);
    } else {
        unlink(path);
    }
    return true;
}

static void remove_all(char *path)
{
    gr_os_list(path, remove_name, path);
    rmdir(path);
}

static void make_place(const firm *f, place *p)
{
    char key[65];
    gr_error err;

    snprintf(p->out, sizeof p->out, "%s/out", f->dir);
    snprintf(p->temp, sizeof p->temp, "%s/temp", f->dir);
    snprintf(p->key, sizeof p->key, "%s/key", f->dir);
    assert_int_equal(gr_key_create(p->key, key, &err), GR_OK);
    assert_int_equal(mkdir(p->temp, 0700), 0);
    setenv("TMPDIR", p->temp, 1);
}

static void leave_place(place *p)
{
    remove_all(p->out);
    remove_all(p->temp);
    unlink(p->key);
    unsetenv("TMPDIR");
}

static gr_status packages(const firm *f, const place *p, gr_error *err)
{
    const gr_recall_options options = { .ledger = f->ledger, .gifts = true };
    gr_report *report = NULL;
    size_t count = 0;
    gr_status status = gr_report_recall(&options, &report, err);

    if (status == GR_OK)
        status = gr_packages_save(report, p->key, p->out, &count, err);
    gr_report_free(report);
    return status;
}

static gr_status bundle(const firm *f, const place *p, gr_error *err)
{
    const gr_bundle_options options = { { .ledger = f->ledger }, p->key, p->out };

    return gr_bundle_save(&options, err);
}

static bool count_name(void *context, const char *name, gr_os_kind kind)
{
    (void)kind;
    *(int *)context += strstr(name, "giftrule-") != NULL || strstr(name, ".part") != NULL;
    return true;
}

static int remove_one(const char *name, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about, (void)kind, (void)walk;
    return remove(name);
}

/* The new folder is in its place, and the disk fails before the old one is gone: that is told, and it may be there. */
static bool is_told(const place *p, gr_status status, const gr_error *err)
{
    char name[256];

    if (status != GR_EIO || !strstr(err->message, "the old one cannot be removed"))
        return false;
    snprintf(name, sizeof name, "%s.%ld.part", p->out, (long)getpid());
    return nftw(name, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0;
}

/* The digests of the folder that stands there. */
static void read_list(const place *p, char *out, size_t size)
{
    char path[128];
    FILE *file;
    size_t n;

    snprintf(path, sizeof path, "%s/" GR_FOLDER_LIST, p->out);
    file = fopen(path, "r");
    assert_non_null(file);
    n = fread(out, 1, size - 1, file);
    fclose(file);
    out[n] = '\0';
}

typedef gr_status (*making)(const firm *f, const place *p, gr_error *err);

static size_t try_each(const firm *f, place *p, making make, fault_kind kind, size_t step)
{
    static char before[65536], after[65536];
    size_t tried = 0;

    read_list(p, before, sizeof before);
    for (size_t n = 1;; n = following_point(n, step)) {
        size_t blocks = fault_blocks();
        gr_error err = { 0 };
        gr_status status;
        bool met;
        int left = 0;

        fault_set(kind, n);
        status = make(f, p, &err);
        met = fault_met();
        fault_set(FAULT_NONE, 0);
        assert_int_equal(fault_blocks(), blocks);
        read_list(p, after, sizeof after);
        assert_string_equal(before, after); /* what is new has the same bytes */
        if (!met) {
            assert_int_equal(status, GR_OK);
            return tried;
        }
        if (status != GR_OK && (err.status != status || !err.message[0] || status == GR_EBUG))
            fail_msg("kind %d call %zu: %d %s", (int)kind, n, (int)status, err.message);
        gr_os_list(f->dir, count_name, &left);
        gr_os_list(p->temp, count_name, &left);
        if (left > 0 && !is_told(p, status, &err))
            fail_msg("kind %d call %zu leaves something behind", (int)kind, n);
        tried++;
    }
}

static void test_each(const firm *f, making make)
{
    static const struct {
        fault_kind kind;
        size_t step;
    } kinds[] = { { FAULT_MEMORY, 400 }, { FAULT_OPEN, 9 }, { FAULT_READ, 40 },
                  { FAULT_WRITE, 9 },    { FAULT_SYNC, 5 }, { FAULT_RENAME, 1 } };
    gr_report *report = NULL;
    gr_error err = { 0 };
    place p;

    make_place(f, &p);
    assert_int_equal(firm_audit(f, f->ledger, &report, &err), GR_OK);
    gr_report_free(report);
    if (make(f, &p, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    for (size_t i = 0; i < GR_COUNT(kinds); i++)
        assert_true(try_each(f, &p, make, kinds[i].kind, kinds[i].step) > 0);
    leave_place(&p);
    remove_ledger(f);
}

static void test_packages(void **state)
{
    test_each(*state, packages);
}

static void test_bundle(void **state)
{
    test_each(*state, bundle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_packages, firm_open, firm_close),
        cmocka_unit_test_setup_teardown(test_bundle, firm_open, firm_close),
    };

    memory_of_sqlite_and_jansson(); /* libxml2 keeps its own: see test_rules.c */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
