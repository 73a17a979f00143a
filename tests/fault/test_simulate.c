/* tests/fault/test_simulate.c - a simulation, and the writing of it, with every call for memory failing in turn: it fails
 * whole and gives everything back, or it is right. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>
#include <libxml/parser.h>

#include "giftrule.h"

#include "base/os.h"
#include "base/text.h"

#include "fault.h"

typedef struct firm {
    char dir[40], log[64];
    gr_rules *in_use, *simulated;
    gr_simulated right; /* what a simulation without faults finds */
} firm;

/* In trailing years G-2 is too much, G-3 by more, and G-7 no longer near the limit; G-4 has two days and a name like
 * another one's, G-6 is in quarantine. */
static const char gifts[] =
    "<gift-log xmlns='urn:giftrule:gift-log:1'>"
    "<gift id='G-1' date='2025-08-04'><giver id='AE-1'>Dana Fox</giver><kind>goods</kind>"
    "<recipient id='R-1'><name>Jane Roe</name><employer>Acme</employer></recipient>"
    "<cost>60.00</cost></gift>"
    "<gift id='G-2' date='2026-02-01'><giver id='AE-2'>Lee Park</giver><kind>goods</kind>"
    "<recipient id='R-1'/><cost>70.00</cost></gift>"
    "<gift id='G-3' date='2026-03-01'><giver id='AE-1'/><kind>goods</kind>"
    "<recipient id='R-1'/><cost>35.00</cost></gift>"
    "<gift id='G-4' date='2026-06-04'><giver id='AE-2'/><kind>meal</kind><cost>250.00</cost>"
    "<delivered>2026-06-08</delivered>"
    "<recipient><name>J. Roe</name><employer>Acme, Inc.</employer></recipient></gift>"
    "<gift id='G-5' date='2027-01-04'><giver id='AE-3'/><kind>goods</kind><cost>310.00</cost>"
    "<recipient id='R-2'/><recorded>no</recorded></gift>"
    "<gift id='G-6' date='2026-02-30'><giver id='AE-1'/><recipient id='R-1'/></gift>"
    "<gift id='G-7' date='2026-02-10'><giver id='AE-1'/><kind>goods</kind><cost>85.00</cost>"
    "<recipient id='R-3'/></gift>"
    "</gift-log>";

static char *duplicate(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = gr_os_alloc(size);

    return copy ? memcpy(copy, text, size) : NULL;
}

static void use_our_memory(void)
{
    xmlMemSetup(gr_os_free, gr_os_alloc, gr_os_resize, duplicate);
    xmlInitParser();
    json_set_alloc_funcs(gr_os_alloc, gr_os_free);
}

static gr_status simulate(const firm *f, gr_simulation **out, gr_error *err)
{
    const char *inputs[] = { f->log };
    gr_audit_options options = { .inputs = inputs, .input_count = 1, .as_of = "2026-11-23" };

    return gr_simulate(f->in_use, f->simulated, &options, out, err);
}

static int set_up(void **state)
{
    const gr_setting settings[] = { { "period", "trailing" }, { "near-limit", "0.95" } };
    static firm f;
    gr_error err = { 0 };
    gr_simulation *simulation = NULL;
    FILE *file;

    snprintf(f.dir, sizeof f.dir, "/tmp/giftrule-test-XXXXXX");
    assert_non_null(mkdtemp(f.dir));
    snprintf(f.log, sizeof f.log, "%s/log.xml", f.dir);
    file = fopen(f.log, "w");
    assert_non_null(file);
    assert_int_not_equal(fputs(gifts, file), EOF);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &f.in_use, &err), GR_OK);
    assert_int_equal(gr_rules_load("rules", settings, 2, NULL, NULL, &f.simulated, &err), GR_OK);
    assert_int_equal(simulate(&f, &simulation, &err), GR_OK);
    f.right = gr_simulation_summary(simulation);
    gr_simulation_free(simulation);
    assert_true(f.right.added > 0 && f.right.gone > 0 && f.right.changed > 0 && f.right.same > 0);
    assert_true(f.right.quarantined == 1 && f.right.differs);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    firm *f = *state;

    gr_rules_free(f->in_use);
    gr_rules_free(f->simulated);
    unlink(f->log);
    return rmdir(f->dir);
}

static void arm(bool once, size_t n)
{
    if (once)
        fault_set_once(FAULT_MEMORY, n);
    else
        fault_set(FAULT_MEMORY, n);
}

/* An input that was refused is told of: so where libxml2 takes the end of memory for a mistake of the export. */
static bool simulate_fails_well(const firm *f, bool once, size_t n)
{
    gr_simulation *simulation = NULL;
    gr_error err = { 0 };
    gr_status status;
    bool met;

    arm(once, n);
    status = simulate(f, &simulation, &err);
    met = fault_met();
    fault_set(FAULT_NONE, 0);
    if (status == GR_OK && gr_simulation_summary(simulation).refused == 0) {
        gr_simulated got = gr_simulation_summary(simulation);

        assert_true(got.added == f->right.added && got.gone == f->right.gone);
        assert_true(got.changed == f->right.changed && got.same == f->right.same);
        assert_true(got.quarantined == 1 && got.differs);
    }
    if (status != GR_OK)
        assert_true(met && err.status == status && err.message[0]);
    gr_simulation_free(simulation);
    return met;
}

static void test_simulate(void **state)
{
    for (int once = 0; once < 2; once++) {
        size_t before = fault_blocks();

        for (size_t n = 1; simulate_fails_well(*state, once, n); n++) {
            xmlResetLastError();
            assert_int_equal(fault_blocks(), before);
        }
    }
}

/* ---- writing ---- */

typedef struct page {
    char text[256 * 1024];
    size_t used;
} page;

static bool to_page(void *context, const char *bytes, size_t length)
{
    page *p = context;

    assert_true(p->used + length < sizeof p->text);
    memcpy(p->text + p->used, bytes, length);
    p->used += length;
    return true;
}

static bool write_fails_well(const gr_simulation *simulation, gr_format format, size_t n,
                             const page *whole)
{
    static page got;
    gr_report_style style = { .format = format };
    gr_error err = { 0 };
    gr_status status;
    bool met;

    got.used = 0;
    fault_set(FAULT_MEMORY, n);
    status = gr_simulation_write(simulation, &style, to_page, &got, &err);
    met = fault_met();
    fault_set(FAULT_NONE, 0);
    if (status == GR_OK)
        assert_true(got.used == whole->used && memcmp(got.text, whole->text, got.used) == 0);
    else
        assert_true(met && err.status == GR_ENOMEM && err.message[0]);
    return met;
}

static void test_write(void **state)
{
    static page whole;
    gr_simulation *simulation = NULL;
    gr_error err = { 0 };

    assert_int_equal(simulate(*state, &simulation, &err), GR_OK);
    for (int format = GR_FORMAT_TEXT; format <= GR_FORMAT_JSON; format++) {
        gr_report_style style = { .format = (gr_format)format };
        size_t before = fault_blocks();

        whole.used = 0;
        assert_int_equal(gr_simulation_write(simulation, &style, to_page, &whole, &err), GR_OK);
        assert_true(whole.used > 2000);
        for (size_t n = 1; write_fails_well(simulation, (gr_format)format, n, &whole); n++)
            assert_int_equal(fault_blocks(), before);
    }
    gr_simulation_free(simulation);
}

/* A reader that goes away is told of, and is no lack of memory. */
static bool to_nobody(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return false;
}

static void test_output(void **state)
{
    gr_simulation *simulation = NULL;
    gr_error err = { 0 };

    assert_int_equal(simulate(*state, &simulation, &err), GR_OK);
    for (int format = GR_FORMAT_TEXT; format <= GR_FORMAT_JSON; format++) {
        gr_report_style style = { .format = (gr_format)format };

        assert_int_equal(gr_simulation_write(simulation, &style, to_nobody, NULL, &err), GR_EIO);
    }
    gr_simulation_free(simulation);
}

/* The file that is read cannot be opened, or not read: an input refused, under one set of rules or both. */
static void test_reading(void **state)
{
    static const fault_kind kinds[] = { FAULT_OPEN, FAULT_READ };
    const firm *f = *state;

    for (size_t k = 0; k < GR_COUNT(kinds); k++) {
        for (size_t n = 1, met = 1; met; n++) {
            gr_simulation *simulation = NULL;
            gr_error err = { 0 };
            gr_status status;

            fault_set_once(kinds[k], n);
            status = simulate(f, &simulation, &err);
            met = fault_met();
            fault_set(FAULT_NONE, 0);
            if (status == GR_OK)
                assert_int_equal(gr_simulation_summary(simulation).refused, met ? 1 : 0);
            gr_simulation_free(simulation);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_simulate),
        cmocka_unit_test(test_write),
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_reading),
    };

    use_our_memory();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
