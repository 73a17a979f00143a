/* tests/fault/test_ingest.c - reading exports with every call for memory failing in turn, the parser's
 * among them: each time an error, no leak, and no source accepted that is not whole. The formats are
 * loaded before: libxml2 2.9 itself falls when a schema meets the end of memory. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <libxml/parser.h>

#include "base/os.h"
#include "ingest/ingest.h"

#include "fault.h"

static char *duplicate(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = gr_os_alloc(size);

    return copy ? memcpy(copy, text, size) : NULL;
}

typedef struct counts {
    gr_batch *batch;
    size_t records, quarantined, accepted;
} counts;

static gr_batch *fresh(void *context)
{
    counts *c = context;

    if (!c->batch)
        c->batch = gr_batch_create();
    else
        gr_batch_reset(c->batch);
    return c->batch;
}

static void put(void *context, gr_batch *batch)
{
    counts *c = context;

    c->records += batch->count;
    c->quarantined += batch->quarantined.count;
    c->accepted += batch->end == GR_BATCH_ACCEPTED;
}

static const char log_export[] = "<gift-log><gift id='1' date='2026-05-04'><giver "
                                 "id='A'>B</giver><recipient id='R'><name>J</name>"
                                 "</recipient><cost currency='USD'>1.50</cost></gift><gift "
                                 "id='2'><payer>x</payer></gift></gift-log>";

/* Its records wait: what holds for them stands after them. */
static const char report_export[] =
    "<ReportDetails><ExpenseEntriesList><ExpenseEntry><ReportEntryID>E</"
    "ReportEntryID><TransactionDate>"
    "2026-01-10</TransactionDate><ApprovedAmount>5.0</"
    "ApprovedAmount><AttendeesList><Attendee><LastName>P"
    "</LastName><AttendeeID>A</AttendeeID></Attendee></AttendeesList></ExpenseEntry><ExpenseEntry/>"
    "</ExpenseEntriesList><UserLoginID>u</UserLoginID></ReportDetails>";

static const char rows_export[] = "<EntryAttendees><Attendee><AttendeeID>A</AttendeeID><Amount>2</"
                                  "Amount></Attendee></EntryAttendees>";

static gr_status read_one(gr_ingest *ingest, const char *export, gr_error *err)
{
    gr_status status = gr_ingest_bytes(ingest, GR_TEXT("export.xml"), gr_text_of(export), 0, err);

    if (status == GR_OK && ingest->refused.count > 0) {
        *err = *GR_AT(ingest->refused, gr_error, 0);
        status = err->status;
    }
    return status;
}

static gr_status read_all(const gr_formats *formats, counts *c, gr_arena *arena, gr_error *err)
{
    gr_ingest ingest = { .formats = formats, .sink = { fresh, put, c }, .arena = arena };
    gr_status status;

    ingest.refused = GR_LIST(gr_error);
    ingest.notes = GR_LIST(gr_text);
    status = read_one(&ingest, log_export, err);
    if (status == GR_OK)
        status = read_one(&ingest, report_export, err);
    if (status == GR_OK)
        status = read_one(&ingest, rows_export, err);
    gr_list_free(&ingest.refused);
    gr_list_free(&ingest.notes);
    return status;
}

static void test_memory(void **state)
{
    gr_arena *lasting = gr_arena_create();
    gr_problems problems = { 0 };
    const gr_formats *formats;
    gr_error why;
    size_t before;
    gr_status status = gr_formats_load("rules/formats", "rules/schema/format.xsd", lasting,
                                       &problems, &formats, &why);

    (void)state;
    assert_int_equal(status, GR_OK);
    before = fault_blocks();
    for (size_t n = 1, met = 1; met; n++) {
        counts c = { 0 };
        gr_error err = { 0 };
        gr_arena *arena;

        fault_set(FAULT_MEMORY, n);
        arena = gr_arena_create();
        status = arena ? read_all(formats, &c, arena, &err) : gr_fail_memory(&err);
        assert_true(status == GR_OK || (fault_met() && err.message[0]));
        assert_true(status != GR_OK || (c.accepted == 3 && c.records == 2 && c.quarantined == 3));
        met = fault_met();
        fault_set(FAULT_NONE, 0);
        gr_arena_free(arena);
        gr_batch_free(c.batch);
        xmlResetLastError();
        assert_int_equal(fault_blocks(), before);
    }
    gr_arena_free(lasting);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_memory) };

    xmlMemSetup(gr_os_free, gr_os_alloc, gr_os_resize, duplicate);
    xmlInitParser();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
