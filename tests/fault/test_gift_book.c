/* tests/fault/test_gift_book.c - a report with its gifts, and the reading of all of them, with every call for memory and
 * every read failing in turn: it fails whole and says so, leaks nothing, and leaves no file behind. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include <libxml/parser.h>

#include "app/gift_book.h"
#include "model/report.h"

#include "disk.h"
#include "fault.h"
#include "firm.h"

static gr_status count_line(void *context, const gr_gift_line *line, gr_error *err)
{
    (void)line, (void)err;
    ++*(size_t *)context;
    return GR_OK;
}

typedef gr_status (*making)(const firm *f, gr_report **out, gr_error *err);

typedef struct shelf { /* what a report of a ledger keeps alive */
    gr_arena *arena;
    gr_bookkeeper *keeper;
} shelf;

static void release(void *owned)
{
    shelf kept = *(shelf *)owned;

    gr_bookkeeper_free(kept.keeper);
    gr_arena_free(kept.arena);
}

/* With the rules at hand: reading schemas, libxml2 does not stand the end of memory. */
static gr_status keep_book(const firm *f, gr_report **out, gr_error *err)
{
    const gr_book_wanted wanted = { .rules = f->rules, .run = GR_RUN_LAST };
    gr_arena *arena = gr_arena_create();
    gr_report *report = arena ? gr_arena_zero(arena, sizeof *report) : NULL;
    shelf *kept = report ? gr_arena_zero(arena, sizeof *kept) : NULL;
    gr_ledger *ledger;
    gr_status status = kept ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_ledger_open_reading(f->ledger, &ledger, err);
    if (status == GR_OK)
        status = gr_bookkeeper_open(&wanted, ledger, arena, &kept->keeper, err);
    if (status != GR_OK) {
        gr_arena_free(arena);
        return status;
    }
    kept->arena = report->arena = arena;
    report->owned = kept;
    report->release = release;
    status = gr_bookkeeper_give(kept->keeper, report, err);
    if (status == GR_OK)
        *out = report;
    else
        gr_report_free(report);
    return status;
}

/* By way of a ledger that nobody keeps. */
static gr_status audit(const firm *f, gr_report **out, gr_error *err)
{
    const char *inputs[] = { f->log, f->expenses, f->roster };
    const gr_audit_options options = {
        .inputs = inputs, .input_count = GR_COUNT(inputs), .as_of = "2026-11-23", .gifts = true
    };

    return gr_audit(f->rules, &options, out, err);
}

static gr_status read_book(const gr_report *report, size_t *lines, gr_error *err)
{
    const gr_gift_book *book = report->book;

    *lines = 0;
    return book->each(book, GR_BOOK_BY_DAY, 0, count_line, lines, err);
}

static void assert_nothing_left(void)
{
    char pattern[256];
    glob_t found;

    snprintf(pattern, sizeof pattern, "%s/giftrule-*", getenv("TMPDIR"));
    assert_int_equal(glob(pattern, 0, NULL, &found), GLOB_NOMATCH);
}

/* An input that was refused is told of: then there are fewer gifts. */
static bool fails_well(const firm *f, making make, fault_kind kind, size_t n, size_t right)
{
    size_t before = fault_blocks(), lines = 0;
    gr_report *report = NULL;
    gr_error err = { 0 };
    gr_status status;
    bool met;

    fault_set(kind, n);
    status = make(f, &report, &err);
    if (status == GR_OK)
        status = read_book(report, &lines, &err);
    met = fault_met();
    fault_set(FAULT_NONE, 0);
    if (status == GR_OK && gr_report_summary(report).refused == 0)
        assert_int_equal(lines, right);
    if (status != GR_OK)
        assert_true(met && err.status == status && err.message[0]);
    gr_report_free(report);
    xmlResetLastError();
    assert_int_equal(fault_blocks(), before);
    assert_nothing_left();
    return met;
}

static size_t following(size_t n)
{
    return n < 20 ? n + 1 : n + 1 + n / (getenv("GR_FAULT") ? 40 : 4);
}

static void hold(const firm *f, making make)
{
    static const fault_kind kinds[] = { FAULT_MEMORY, FAULT_OPEN };
    gr_report *report = NULL;
    gr_error err = { 0 };
    size_t right = 0;

    if (make(f, &report, &err) != GR_OK || read_book(report, &right, &err) != GR_OK)
        fail_msg("%s", err.message);
    gr_report_free(report);
    assert_true(right > 0);
    for (size_t k = 0; k < GR_COUNT(kinds); k++)
        for (size_t n = 1; fails_well(f, make, kinds[k], n, right);)
            n = following(n);
}

static void test_ledger(void **state)
{
    const firm *f = *state;
    gr_report *report = NULL;
    gr_error err = { 0 };

    remove_ledger(f);
    assert_int_equal(firm_audit(f, f->ledger, &report, &err), GR_OK);
    gr_report_free(report);
    hold(f, keep_book);
    remove_ledger(f);
}

static void test_audit(void **state)
{
    hold(*state, audit);
}

static int open_all(void **state)
{
    int result = firm_open(state);

    return result == 0 ? setenv("TMPDIR", ((const firm *)*state)->dir, 1) : result;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_ledger),
                                        cmocka_unit_test(test_audit) };

    firm_use_our_memory();
    disk_register();
    return cmocka_run_group_tests(tests, open_all, firm_close);
}
