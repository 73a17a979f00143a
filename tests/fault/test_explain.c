/* tests/fault/test_explain.c - explaining a finding with every call for memory failing in turn, from exports and from a
 * ledger, and while it is written. It fails whole, or does without: then it says what it says without faults. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/os.h"
#include "base/text.h"
#include "model/explanation.h"

#include "fault.h"
#include "memory.h"

/* ---- memory of the libraries; libxml2 keeps its own: 2.9 loses a buffer when memory ends while it reads a tree, and
 * how it reads exports is tried in test_audit.c ---- */

/* ---- a small firm ---- */

enum { ROOM = 64 * 1024 };

typedef struct firm {
    char dir[40], log[64], ledger[64];
    char right[2][ROOM], got[ROOM]; /* as text and as JSON */
    size_t used;
    gr_rules *rules;
} firm;

/* Two spellings, one of them possibly the same person; days that differ; a claim in vain; one gift left out. */
static const char gifts[] =
    "<gift-log xmlns='urn:giftrule:gift-log:1'>"
    "<gift id='G-1' date='2026-05-04'><giver id='AE-1'>Dana Fox</giver><occasion>wedding</occasion>"
    "<recipient><name>ROE, Jane</name><employer>Acme, Inc.</employer></recipient>"
    "<cost tax='included'>250.00</cost><tax>10.00</tax></gift>"
    "<gift id='G-2' date='2026-06-04'><giver id='AE-2'>Lee Park</giver><kind>meal</kind>"
    "<cost currency='EUR'>90.01</cost><host-present>no</host-present>"
    "<recipient><name>J. Roe</name><employer>Acme</employer></recipient>"
    "<recipient id='R-1'><name>Jane Roe</name><employer>Acme</employer></recipient></gift>"
    "<gift id='G-3' date='2026-06-14'><giver id='AE-2'>Lee Park</giver><kind>meal</kind>"
    "<cost>90.00</cost><host-present>yes</host-present>"
    "<recipient id='R-1'><name>Jane Roe</name><employer>Acme</employer></recipient></gift>"
    "<gift id='G-4' date='2026-07-04'><giver "
    "id='AE-1'/><kind>goods</kind><ordered>2026-07-01</ordered>"
    "<recipient id='R-1'><name>Jane Roe</name><employer>Acme</employer></recipient>"
    "<cost>310.00</cost></gift></gift-log>";

static bool take(void *context, const char *bytes, size_t length)
{
    firm *f = context;

    if (length >= ROOM - f->used)
        return false;
    memcpy(f->got + f->used, bytes, length);
    f->used += length;
    f->got[f->used] = '\0';
    return true;
}

static gr_status explain(const firm *f, const char *ledger, const char *finding,
                         gr_explanation **out, gr_error *err)
{
    const char *inputs[] = { f->log };
    gr_audit_options options = { .inputs = inputs,
                                 .input_count = ledger ? 0 : 1,
                                 .ledger = ledger };

    return gr_explain(f->rules, &options, finding, out, err);
}

static gr_status write_out(firm *f, const gr_explanation *x, gr_format format, gr_error *err)
{
    gr_report_style style = { .format = format };

    f->used = 0;
    f->got[0] = '\0';
    return gr_explanation_write(x, &style, take, f, err);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_not_equal(fputs(text, file), EOF);
    assert_int_equal(fclose(file), 0);
}

static void keep_in_ledger(const firm *f)
{
    const char *inputs[] = { f->log };
    gr_audit_options options = { .inputs = inputs, .input_count = 1, .ledger = f->ledger };
    gr_report *report = NULL;
    gr_error err = { 0 };

    assert_int_equal(gr_audit(f->rules, &options, &report, &err), GR_OK);
    gr_report_free(report);
}

static const char finding[] = "F-7f6a0c7997f1"; /* of G-4, by 3220(a) */

static int set_up(void **state)
{
    static firm f;
    const gr_setting settings[] = { { "rates", "samples/rules/rates.xml" } };
    gr_explanation *x = NULL;
    gr_error err = { 0 };

    snprintf(f.dir, sizeof f.dir, "/tmp/giftrule-test-XXXXXX");
    assert_non_null(mkdtemp(f.dir));
    snprintf(f.log, sizeof f.log, "%s/log.xml", f.dir);
    snprintf(f.ledger, sizeof f.ledger, "%s/firm.ledger", f.dir);
    write_file(f.log, gifts);
    assert_int_equal(gr_rules_load("rules", settings, 1, NULL, NULL, &f.rules, &err), GR_OK);
    keep_in_ledger(&f);
    if (explain(&f, NULL, finding, &x, &err) != GR_OK)
        fail_msg("%s (%s)", err.message, err.hint);
    assert_true(x->gift_count == 4 && x->person_count == 3 && x->left_out_count == 1);
    for (int format = 0; format < 2; format++) {
        assert_int_equal(write_out(&f, x, (gr_format)format, &err), GR_OK);
        memcpy(f.right[format], f.got, f.used + 1);
    }
    gr_explanation_free(x);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    firm *f = *state;
    char path[80];

    gr_rules_free(f->rules);
    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", f->ledger, ends[i]);
        unlink(path);
    }
    unlink(f->log);
    return rmdir(f->dir);
}

/* ---- explaining ---- */

static void arm(bool once, size_t n)
{
    if (once)
        fault_set_once(FAULT_MEMORY, n);
    else
        fault_set(FAULT_MEMORY, n);
}

static bool fails_well(firm *f, const char *ledger, bool once, size_t n)
{
    gr_explanation *x = NULL;
    gr_error err = { 0 };
    gr_status status;
    bool met;

    arm(once, n);
    status = explain(f, ledger, finding, &x, &err);
    met = fault_met();
    fault_set(FAULT_NONE, 0);
    if (status == GR_OK) {
        assert_int_equal(write_out(f, x, GR_FORMAT_TEXT, &err), GR_OK);
        assert_string_equal(f->got, f->right[GR_FORMAT_TEXT]);
    } else {
        assert_true(met && !x && err.status == status && err.message[0]);
        assert_int_not_equal(status, GR_EBUG);
    }
    gr_explanation_free(x);
    return met;
}

static size_t following(size_t n)
{
    return n < 300 ? n + 1 : n + n / 60;
}

static void test_exports(void **state)
{
    for (int once = 0; once < 2; once++) {
        size_t before = fault_blocks();

        for (size_t n = 1; fails_well(*state, NULL, once, n); n = following(n))
            assert_int_equal(fault_blocks(), before);
    }
}

static void test_ledger(void **state)
{
    firm *f = *state;

    for (int once = 0; once < 2; once++)
        for (size_t n = 1; fails_well(f, f->ledger, once, n); n = following(n))
            ;
}

/* A finding that is no more: the ledger is asked about it. */
static void test_unfound(void **state)
{
    firm *f = *state;
    bool met = true;

    for (size_t n = 1; met; n = following(n)) {
        gr_explanation *x = NULL;
        gr_error err = { 0 };
        gr_status status;

        fault_set(FAULT_MEMORY, n);
        status = explain(f, f->ledger, "F-none", &x, &err);
        met = fault_met();
        fault_set(FAULT_NONE, 0);
        assert_true(status != GR_OK && status != GR_EBUG && err.message[0]);
        assert_true(met || status == GR_EINPUT);
    }
}

/* ---- writing ---- */

static void test_write(void **state)
{
    firm *f = *state;
    gr_explanation *x = NULL;
    gr_error err = { 0 };

    assert_int_equal(explain(f, NULL, finding, &x, &err), GR_OK);
    for (int format = 0; format < 2; format++) {
        bool met = true;
        size_t before = fault_blocks();

        for (size_t n = 1; met; n = following(n)) {
            gr_status status;

            fault_set(FAULT_MEMORY, n);
            status = write_out(f, x, (gr_format)format, &err);
            met = fault_met();
            fault_set(FAULT_NONE, 0);
            assert_int_equal(fault_blocks(), before);
            assert_int_equal(status, met ? GR_ENOMEM : GR_OK);
        }
        assert_string_equal(f->got, f->right[format]);
    }
    gr_explanation_free(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exports),
        cmocka_unit_test(test_ledger),
        cmocka_unit_test(test_unfound),
        cmocka_unit_test(test_write),
    };

    memory_of_sqlite_and_jansson();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
