/* tests/unit/test_simulate.c - what a simulation is asked for through giftrule.h, and what the command line cannot do: days
 * that are asked for, a file that somebody writes to between the two readings, a reader with many gifts. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "giftrule.h"

typedef struct desk {
    char dir[40], log[64], other[64];
    gr_rules *rules;
} desk;

static int set_up(void **state)
{
    static desk d;
    gr_error err = { 0 };

    snprintf(d.dir, sizeof d.dir, "/tmp/giftrule-test-XXXXXX");
    assert_non_null(mkdtemp(d.dir));
    snprintf(d.log, sizeof d.log, "%s/log.xml", d.dir);
    snprintf(d.other, sizeof d.other, "%s/other.part", d.dir);
    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &d.rules, &err), GR_OK);
    *state = &d;
    return 0;
}

static int tear_down(void **state)
{
    desk *d = *state;

    gr_rules_free(d->rules);
    unlink(d->log);
    unlink(d->other);
    return rmdir(d->dir);
}

static void write_log(const char *path, const char *gifts)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fprintf(file, "<gift-log xmlns='urn:giftrule:gift-log:1'>%s</gift-log>", gifts);
    assert_int_equal(fclose(file), 0);
}

static gr_rules *load_with(const char *name, const char *value)
{
    const gr_setting setting = { name, value };
    gr_rules *rules = NULL;
    gr_error err = { 0 };

    assert_int_equal(gr_rules_load("rules", &setting, 1, NULL, NULL, &rules, &err), GR_OK);
    return rules;
}

static bool to_text(void *context, const char *bytes, size_t length)
{
    char *text = context;
    size_t used = strlen(text);

    assert_true(used + length < 64 * 1024);
    memcpy(text + used, bytes, length);
    text[used + length] = '\0';
    return true;
}

static const char *write_as(const gr_simulation *simulation, gr_format format)
{
    static char text[64 * 1024];
    gr_report_style style = { .format = format };
    gr_error err = { 0 };

    text[0] = '\0';
    assert_int_equal(gr_simulation_write(simulation, &style, to_text, text, &err), GR_OK);
    return text;
}

#define GIFT(id, date, more)                                                                       \
    "<gift id='" id "' date='" date "'><giver id='A'/><recipient id='R'/><kind>goods</kind>" more  \
    "</gift>"

/* The gift of May was ordered in April: by that day it is not among those that are asked for. */
static void test_days(void **state)
{
    const desk *d = *state;
    const char *inputs[] = { d->log };
    gr_audit_options options = { .inputs = inputs, .input_count = 1, .from = "2026-05-01" };
    gr_rules *ordered = load_with("gift-day", "ordered"), *given = load_with("gift-day", "given");
    gr_simulation *simulation = NULL;
    gr_simulated sum;
    gr_error err = { 0 };

    write_log(d->log, GIFT("G-1", "2026-05-04", "<ordered>2026-04-20</ordered><cost>310</cost>"));
    assert_int_equal(gr_simulate(given, ordered, &options, &simulation, &err), GR_OK);
    sum = gr_simulation_summary(simulation);
    assert_true(sum.gone == 1 && sum.added + sum.changed + sum.same == 0 && sum.differs);
    assert_non_null(strstr(write_as(simulation, GR_FORMAT_JSON), "\"why\": \"other-day\""));
    assert_non_null(strstr(write_as(simulation, GR_FORMAT_TEXT), "none: another day"));
    assert_non_null(strstr(write_as(simulation, GR_FORMAT_TEXT), "from 2026-05-01 on only"));
    assert_null(gr_simulation_refusal(simulation, 0));
    assert_null(gr_simulation_note(simulation, 0));
    gr_simulation_free(simulation);
    gr_rules_free(ordered);
    gr_rules_free(given);
}

/* Of many gifts that count, the latest are listed. */
static void test_many_counted(void **state)
{
    const desk *d = *state;
    const char *inputs[] = { d->log };
    gr_audit_options options = { .inputs = inputs, .input_count = 1 };
    gr_rules *near = load_with("near-limit", "0.30");
    gr_simulation *simulation = NULL;
    gr_error err = { 0 };
    char gifts[4096] = "";

    for (int i = 10; i < 20; i++) {
        size_t used = strlen(gifts);

        snprintf(gifts + used, sizeof gifts - used, GIFT("G-%d", "2026-05-%d", "<cost>10</cost>"),
                 i, i);
    }
    write_log(d->log, gifts);
    assert_int_equal(gr_simulate(d->rules, near, &options, &simulation, &err), GR_OK);
    assert_int_equal(gr_simulation_summary(simulation).added, 1);
    assert_non_null(strstr(write_as(simulation, GR_FORMAT_TEXT),
                           "Counted: 2 earlier ones, then G-12 10.00, G-13 10.00"));
    assert_null(strstr(write_as(simulation, GR_FORMAT_TEXT), "G-11 "));
    assert_non_null(strstr(write_as(simulation, GR_FORMAT_JSON), "\"gift\": \"G-11\""));
    gr_simulation_free(simulation);
    gr_rules_free(near);
}

/* ---- a file that changes ---- */

typedef struct writer {
    const desk *desk;
    atomic_bool is_over;
} writer;

/* Puts one log in the place of the other, as programs do that write files whole. */
static void *keep_writing(void *context)
{
    writer *w = context;

    for (int i = 0; !atomic_load(&w->is_over); i++) {
        write_log(w->desk->other, i % 2 ? GIFT("G-1", "2026-05-04", "<cost>310</cost>")
                                        : GIFT("G-1", "2026-05-04", "<cost>20</cost>"));
        if (rename(w->desk->other, w->desk->log) != 0)
            return w;
    }
    return NULL;
}

/* Either both readings saw the same, and then the same rules find the same; or it is told that they did not. */
static void test_changing_file(void **state)
{
    const desk *d = *state;
    const char *inputs[] = { d->log };
    gr_audit_options options = { .inputs = inputs, .input_count = 1 };
    writer w = { .desk = d };
    size_t told = 0, well = 0;
    pthread_t thread;
    void *failed;

    write_log(d->log, GIFT("G-1", "2026-05-04", "<cost>20</cost>"));
    assert_int_equal(pthread_create(&thread, NULL, keep_writing, &w), 0);
    for (int i = 0; i < 5000 && (told == 0 || well == 0); i++) {
        gr_simulation *simulation = NULL;
        gr_error err = { 0 };
        gr_status status = gr_simulate(d->rules, d->rules, &options, &simulation, &err);

        if (status == GR_OK) {
            well++;
            assert_false(gr_simulation_summary(simulation).differs);
        } else {
            told++;
            assert_int_equal(status, GR_EINPUT);
            assert_non_null(strstr(err.message, "changed"));
            assert_true(err.hint[0] && strstr(err.file, "log.xml"));
        }
        gr_simulation_free(simulation);
    }
    atomic_store(&w.is_over, true);
    assert_int_equal(pthread_join(thread, &failed), 0);
    assert_null(failed);
    assert_true(told > 0 && well > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_many_counted),
        cmocka_unit_test(test_changing_file),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
