/* tests/fault/test_together.c - several processes with one ledger: who writes is waited for, and all succeed; who reads
 * waits for nobody. Nothing fails here but the luck of the first. */
#include "firm.h"

#include "disk.h"
#include "ledger/store.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 4, ROUNDS = 5 };

/* All start when the pipe is closed. */
static pid_t start(const firm *f, const golden *g, const int gate[2])
{
    bytes said = { 0 };
    gr_error err = { 0 };
    char byte;
    pid_t child = fork();

    if (child != 0)
        return child;
    close(gate[1]);
    if (read(gate[0], &byte, 1) != 0)
        _exit(1);
    if (golden_run(f, g, &said, &err) == GR_OK)
        _exit(bytes_equal(&said, &g->first) || bytes_equal(&said, &g->again) ? 0 : 2);
    print_error("%s\n", err.message);
    _exit(1);
}

static void run_together(const firm *f, const golden *g)
{
    pid_t child[WRITERS];
    int gate[2], status;
    bool is_after = false;
    const char *wrong;

    golden_place(f, g);
    assert_int_equal(pipe(gate), 0);
    for (int i = 0; i < WRITERS; i++)
        child[i] = start(f, g, gate);
    close(gate[0]);
    close(gate[1]);
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    wrong = golden_check(f, g, &is_after);
    if (wrong)
        fail_msg("%s: %s", g->op->name, wrong);
    assert_true(is_after);
}

static void test_writers(void **state)
{
    for (size_t i = 0; i < operation_count; i++) {
        golden g;

        if (operations[i].looks_first)
            continue;
        golden_make(*state, &operations[i], &g);
        for (int round = 0; round < ROUNDS; round++)
            run_together(*state, &g);
        golden_free(&g);
    }
}

/* ---- a reader ---- */

static const gr_deed deed = { 1795392000, { "clerk", 5 }, "audit" };

static _Noreturn void hold_a_run(const firm *f, int tells)
{
    gr_ledger *ledger = NULL;
    gr_error err = { 0 };
    gr_quarantined q = { .record = GR_TEXT("G-9"), .raw = GR_TEXT("<gift/>") };

    if (gr_ledger_open(f->ledger, &ledger, &err) != GR_OK ||
        gr_ledger_begin(ledger, &deed, &err) != GR_OK ||
        gr_ledger_source_start(ledger, &err) != GR_OK ||
        gr_ledger_quarantine_add(ledger, &q, &err) != GR_OK || write(tells, "!", 1) != 1)
        _exit(1);
    for (;;)
        pause();
}

static gr_status count_quarantined(void *context, const gr_quarantined *quarantined, gr_error *err)
{
    size_t *count = context;

    (void)quarantined;
    (void)err;
    (*count)++;
    return GR_OK;
}

static void test_reader(void **state)
{
    const firm *f = *state;
    gr_ledger *ledger = NULL;
    gr_error err = { 0 };
    golden g;
    size_t count = 0;
    int told[2], status;
    char byte;
    pid_t child;

    golden_make(f, &operations[1], &g);
    golden_place(f, &g);
    assert_int_equal(pipe(told), 0);
    child = fork();
    if (child == 0)
        hold_a_run(f, told[1]);
    assert_int_equal(read(told[0], &byte, 1), 1);
    assert_int_equal(gr_ledger_open(f->ledger, &ledger, &err), GR_OK);
    sqlite3_busy_timeout(ledger->db, 0);
    assert_int_equal(
        gr_ledger_each_quarantined(ledger, GR_RUN_LAST, 0, count_quarantined, &count, &err), GR_OK);
    assert_int_equal(count, 1); /* what was committed, and not what is being written */
    assert_int_equal(gr_ledger_begin(ledger, &deed, &err), GR_EBUSY);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(gr_ledger_begin(ledger, &deed, &err), GR_OK);
    gr_ledger_close(ledger);
    close(told[0]);
    close(told[1]);
    golden_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writers),
        cmocka_unit_test(test_reader),
    };

    return cmocka_run_group_tests(tests, firm_open, firm_close);
}
