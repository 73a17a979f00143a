/* tests/unit/test_ledger_damage.c - ledgers that are cut, or hold garbage, and what is no file at all: told, never a crash,
 * and the file stays as it is. The same of a ledger that may not be written. */
#include "ledger_box.h"

#include <fcntl.h>
#include <sys/stat.h>

enum { GIFTS = 300, LARGEST = 512 * 1024, NOBODY = 65534 };

typedef struct content {
    unsigned char bytes[LARGEST];
    size_t size;
} content;

static void load(const char *path, content *c)
{
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    c->size = fread(c->bytes, 1, sizeof c->bytes, file);
    assert_true(c->size > 0 && c->size < sizeof c->bytes);
    fclose(file);
}

static void store(const char *path, const content *c)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(c->bytes, 1, c->size, file), c->size);
    assert_int_equal(fclose(file), 0);
}

static void make_ledger(const sandbox *box, content *c)
{
    gr_ledger *ledger = open_ledger(box->path);

    begin(ledger);
    for (int i = 0; i < GIFTS; i++) {
        char id[16];

        snprintf(id, sizeof id, "G-%d", i);
        add_gift(ledger, id, i);
    }
    end(ledger, true, "aa");
    gr_ledger_close(ledger);
    load(box->path, c);
}

static void assert_told(const char *path, gr_status status, const gr_error *err)
{
    if (status == GR_OK)
        return;
    assert_int_equal(status, GR_EIO);
    assert_true(err->status == status && err->message[0] && err->hint[0]);
    assert_string_equal(err->file, path);
}

static gr_status pass(void *context, const gr_quarantined *quarantined, gr_error *err)
{
    (void)context;
    (void)quarantined;
    (void)err;
    return GR_OK;
}

static gr_status read_it(const char *path)
{
    gr_ledger *ledger = NULL;
    gr_error err = { 0 };
    gr_status status = gr_ledger_open(path, &ledger, &err);

    assert_told(path, status, &err);
    if (status == GR_OK) {
        seen s = { 0 };

        status = gr_ledger_each_record(ledger, take, &s, &err);
        assert_told(path, status, &err);
        assert_told(path, gr_ledger_each_quarantined(ledger, GR_RUN_LAST, 0, pass, NULL, &err),
                    &err);
    }
    gr_ledger_close(ledger);
    return status;
}

/* Whatever comes of it; a ledger that is damaged may still take something. */
static void write_it(const char *path)
{
    gr_source source = { .file = GR_TEXT("x.xml"), .format = GR_TEXT("gift-log"), .sha256 = "x" };
    gr_ledger *ledger = NULL;
    gr_ledger_kept kept = { GR_LEDGER_NEW, 0 };
    gr_recipient jane;
    gr_error err = { 0 };
    gr_record record = gift("G-7", 1, &jane);

    if (gr_ledger_open(path, &ledger, &err) != GR_OK)
        return;
    if (gr_ledger_begin(ledger, &a_deed, &err) == GR_OK &&
        gr_ledger_source_start(ledger, &err) == GR_OK &&
        gr_ledger_record_add(ledger, GR_TEXT("gift-log"), &record, 1, &kept, &err) == GR_OK &&
        gr_ledger_source_end(ledger, true, &source, &err) == GR_OK)
        assert_told(path, gr_ledger_commit(ledger, GR_TEXT(""), &err), &err);
    gr_ledger_close(ledger);
}

static void assert_unchanged(const char *path, const content *c)
{
    static content now;

    load(path, &now);
    assert_int_equal(now.size, c->size);
    assert_memory_equal(now.bytes, c->bytes, c->size);
}

static void assert_left_alone(const sandbox *box, const content *c, size_t *told)
{
    store(box->path, c);
    *told += read_it(box->path) != GR_OK;
    assert_unchanged(box->path, c);
    write_it(box->path);
}

static void test_cut(void **state)
{
    static content whole, cut;
    sandbox *box = *state;
    size_t told = 0, lengths = 0;

    make_ledger(box, &whole);
    for (size_t n = 1; n < whole.size; n += n < 120 ? 1 : n % 8192 > 8000 ? 37 : 1999, lengths++) {
        cut = whole;
        cut.size = n;
        assert_left_alone(box, &cut, &told);
    }
    assert_true(told * 10 > lengths * 9); /* what only indexes had need not be missed by a reader */
}

static void test_garbage(void **state)
{
    static content whole, damaged;
    sandbox *box = *state;
    size_t told = 0;
    uint64_t seed = 1;

    make_ledger(box, &whole);
    for (size_t at = 0; at + 64 < whole.size; at += at < 120 ? 3 : 1013) {
        damaged = whole;
        for (size_t i = 0; i < 64; i++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            damaged.bytes[at + i] = (unsigned char)(seed >> 56);
        }
        assert_left_alone(box, &damaged, &told);
    }
    assert_true(told > 40);
}

static void assert_refused(const char *path, const char *message)
{
    gr_ledger *ledger = NULL;
    gr_error err = { 0 };
    gr_status status = gr_ledger_open(path, &ledger, &err);

    gr_ledger_close(ledger);
    assert_int_equal(status, GR_EIO);
    assert_told(path, status, &err);
    if (!strstr(err.message, message))
        fail_msg("'%s' instead of '%s'", err.message, message);
}

/* A pipe with nobody at its other end would be waited for. */
static void test_no_file(void **state)
{
    sandbox *box = *state;
    struct stat about;

    assert_int_equal(mkfifo(box->path, 0600), 0);
    alarm(60);
    assert_refused(box->path, "no ledger");
    alarm(0);
    assert_int_equal(stat(box->path, &about), 0);
    assert_true(S_ISFIFO(about.st_mode));
    assert_int_equal(unlink(box->path), 0);
    assert_refused(box->dir, "directory");
    assert_refused("/dev/null", "no ledger");
}

/* ---- what may not be written ---- */

/* Root may write everything: becomes nobody for the while. */
static bool drop_rights(const sandbox *box)
{
    if (geteuid() != 0)
        return true;
    return chown(box->dir, NOBODY, NOBODY) == 0 && chown(box->path, NOBODY, NOBODY) == 0 &&
           seteuid(NOBODY) == 0;
}

static void take_rights_back(void)
{
    if (getuid() == 0)
        assert_int_equal(seteuid(0), 0);
}

/* Adds a gift; gives the first failure. */
static gr_status add_one(const char *path, gr_error *err)
{
    gr_ledger *ledger = NULL;
    gr_ledger_kept kept = { GR_LEDGER_NEW, 0 };
    gr_recipient jane;
    gr_record record = gift("G-new", 1, &jane);
    gr_status status = gr_ledger_open(path, &ledger, err);

    if (status == GR_OK)
        status = gr_ledger_begin(ledger, &a_deed, err);
    if (status == GR_OK)
        status = gr_ledger_source_start(ledger, err);
    if (status == GR_OK)
        status = gr_ledger_record_add(ledger, GR_TEXT("gift-log"), &record, 1, &kept, err);
    gr_ledger_close(ledger);
    return status;
}

static void assert_not_written(const sandbox *box, mode_t folder, mode_t file, const content *c)
{
    gr_error err = { 0 };
    gr_status status;

    assert_int_equal(chmod(box->path, file), 0);
    assert_int_equal(chmod(box->dir, folder), 0);
    if (!drop_rights(box))
        skip();
    status = add_one(box->path, &err);
    take_rights_back();
    assert_int_equal(chmod(box->dir, 0700), 0);
    assert_int_equal(status, GR_EIO);
    assert_told(box->path, status, &err);
    assert_unchanged(box->path, c);
}

static void test_rights(void **state)
{
    static content whole;
    sandbox *box = *state;

    make_ledger(box, &whole);
    assert_not_written(box, 0700, 0400, &whole);
    assert_not_written(box, 0500, 0600, &whole);
    assert_not_written(box, 0500, 0400, &whole);
    assert_not_written(box, 0700, 0000, &whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cut, enter, leave),
        cmocka_unit_test_setup_teardown(test_garbage, enter, leave),
        cmocka_unit_test_setup_teardown(test_no_file, enter, leave),
        cmocka_unit_test_setup_teardown(test_rights, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
