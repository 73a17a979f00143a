/* tests/fault/firm.c - the small firm of firm.h. */
#include "firm.h"

#include "memory.h"
#include "model/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxml/parser.h>

#include "base/os.h"

/* ---- bytes: not of our memory, which fails ---- */

void bytes_add(bytes *b, const void *from, size_t count)
{
    if (b->used + count + 1 > b->room) {
        b->room = (b->used + count + 1) * 2;
        b->at = realloc(b->at, b->room);
        assert_non_null(b->at);
    }
    memcpy(b->at + b->used, from, count);
    b->used += count;
    b->at[b->used] = '\0';
}

bool bytes_equal(const bytes *a, const bytes *b)
{
    return a->used == b->used && (a->used == 0 || memcmp(a->at, b->at, a->used) == 0);
}

void bytes_free(bytes *b)
{
    free(b->at);
    *b = (bytes){ 0 };
}

bytes bytes_load(const char *path)
{
    bytes b = { 0 };
    char piece[8192];
    size_t got;
    FILE *file = fopen(path, "rb");

    if (!file)
        return b;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        bytes_add(&b, piece, got);
    fclose(file);
    b.is_there = true;
    return b;
}

void bytes_store(const char *path, const bytes *b)
{
    FILE *file;

    unlink(path);
    if (!b->is_there)
        return;
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(b->at ? b->at : "", 1, b->used, file), b->used);
    assert_int_equal(fclose(file), 0);
}

void write_file(const char *path, const char *text)
{
    bytes b = { (char *)(uintptr_t)text, strlen(text), 0, true };

    bytes_store(path, &b);
}

/* ---- memory of the libraries ---- */

static char *duplicate(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = gr_os_alloc(size);

    return copy ? memcpy(copy, text, size) : NULL;
}

void firm_use_our_memory(void)
{
    xmlMemSetup(gr_os_free, gr_os_alloc, gr_os_resize, duplicate);
    xmlInitParser();
    memory_of_sqlite_and_jansson();
}

/* ---- the firm ---- */

static const char gifts[] =
    "<gift-log xmlns='urn:giftrule:gift-log:1'>"
    "<gift id='G-1' date='2026-05-04'><giver id='AE-1'>Dana Fox</giver><kind>goods</kind>"
    "<recipient id='R-1'><name>Jane Roe</name><employer>Acme</employer></recipient>"
    "<cost>250.00</cost></gift>"
    "<gift id='G-2' date='2026-06-04'><giver id='AE-2'>Lee Park</giver><kind>meal</kind>"
    "<description>a lucite plaque</description><cost>90.00</cost>"
    "<recipient><name>J. Roe</name><employer>Acme, Inc.</employer></recipient>"
    "<recipient><name>ROE, Jane</name><employer>Acme</employer></recipient></gift>"
    "<gift id='G-3' date='2026-07-04'><giver id='AE-1'/><recorded>no</recorded>"
    "<recipient id='R-1'/><cost>80.00</cost></gift>"
    "<gift id='G-4' date='2026-02-30'><giver id='AE-1'/><recipient id='R-1'/></gift>"
    "</gift-log>";

static const char later_gifts[] =
    "<gift-log xmlns='urn:giftrule:gift-log:1'>"
    "<gift id='G-1' date='2026-05-04'><giver id='AE-1'>Dana Fox</giver><kind>goods</kind>"
    "<recipient id='R-1'><name>Jane Roe</name><employer>Acme</employer></recipient>"
    "<cost>320.00</cost></gift>"
    "<gift id='G-5' date='2026-05-01'><giver id='AE-2'>Lee Park</giver><kind>goods</kind>"
    "<recipient id='R-1'/><cost>45.00</cost></gift>"
    "<gift id='G-3' retracted='yes'/>"
    "<gift id='G-4' date='2026-02-28'><giver id='AE-1'/><recipient id='R-1'/>"
    "<cost>10.00</cost></gift>"
    "<gift id='G-6' date='2026-02-31'><giver id='AE-1'/><recipient id='R-1'/></gift>"
    "</gift-log>";

/* What it was is found by patterns in its words. */
static const char expenses[] =
    "<ReportDetails><ExpenseEntriesList><ExpenseEntry><ReportEntryID>E-1</ReportEntryID>"
    "<ExpenseTypeName>Office "
    "supplies</ExpenseTypeName><TransactionDate>2026-08-10</TransactionDate>"
    "<ApprovedAmount>5.0</ApprovedAmount><BusinessPurpose>Client gift for J. Roe</BusinessPurpose>"
    "<AttendeesList><Attendee><FirstName>Jane</FirstName><LastName>Roe</LastName>"
    "<AttendeeID>A</AttendeeID><Company>Acme</Company></Attendee></AttendeesList></ExpenseEntry>"
    "</ExpenseEntriesList><UserLoginID>u</UserLoginID></ReportDetails>";

/* Everybody who gave stands on it; one line is of nobody, and J. Roe had retired before one of the gifts. */
static const char roster[] =
    "<roster xmlns='urn:giftrule:roster:1'>"
    "<executive id='AE-1' branch='Boston' supervisor='AE-2'><name>Dana Fox</name></executive>"
    "<executive id='AE-2' branch='Boston' crd='7'><name>Lee Park</name></executive>"
    "<executive id='u' branch='Boston'/>"
    "<responsibility id='RE-1' client='Acme, Inc.' executive='AE-2'/>"
    "<responsibility id='RE-2' client='R &amp; Co.' executive='AE-3'/>"
    "<contact ended='retired' ends='2026-08-01'><person id='A'><name>Jane Roe</name>"
    "<employer>Acme</employer></person><relation through='spouse'><name>Bo Roe</name></relation>"
    "</contact></roster>";

static gr_status audit(const firm *f, const char *const *inputs, size_t count, const char *ledger,
                       gr_report **out, gr_error *err)
{
    gr_audit_options options = {
        .inputs = inputs, .input_count = count, .ledger = ledger, .as_of = "2026-11-23"
    };

    return gr_audit(f->rules, &options, out, err);
}

gr_status firm_audit(const firm *f, const char *ledger, gr_report **out, gr_error *err)
{
    const char *inputs[] = { f->log, f->expenses, f->roster };

    return audit(f, inputs, GR_COUNT(inputs), ledger, out, err);
}

int firm_open(void **state)
{
    static firm f;
    gr_error err = { 0 };
    gr_report *report = NULL;

    setenv("SOURCE_DATE_EPOCH", "1795392000", 1);
    /* in memory, where there is room: syncs cost nothing there, and the power is not lost in earnest */
    snprintf(f.dir, sizeof f.dir, "%s/giftrule-test-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(f.dir));
    snprintf(f.ledger, sizeof f.ledger, "%s/firm.ledger", f.dir);
    snprintf(f.log, sizeof f.log, "%s/log.xml", f.dir);
    snprintf(f.expenses, sizeof f.expenses, "%s/expenses.xml", f.dir);
    snprintf(f.roster, sizeof f.roster, "%s/roster.xml", f.dir);
    snprintf(f.later, sizeof f.later, "%s/later.xml", f.dir);
    snprintf(f.saved, sizeof f.saved, "%s/report", f.dir);
    write_file(f.log, gifts);
    write_file(f.expenses, expenses);
    write_file(f.roster, roster);
    write_file(f.later, later_gifts);
    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &f.rules, &err), GR_OK);
    assert_int_equal(firm_audit(&f, NULL, &report, &err), GR_OK);
    f.right = gr_report_summary(report);
    gr_report_free(report);
    assert_true(f.right.gifts == 4 && f.right.violations > 0 && f.right.needs_review > 0 &&
                f.right.quarantined == 2);
    *state = &f;
    return 0;
}

int firm_close(void **state)
{
    firm *f = *state;

    gr_rules_free(f->rules);
    remove_ledger(f);
    unlink(f->log);
    unlink(f->expenses);
    unlink(f->roster);
    unlink(f->later);
    unlink(f->saved);
    return rmdir(f->dir);
}

/* ---- the ledger's files ---- */

/* The last is no file but memory that has a name. */
static const char *const ends[] = { "", "-wal", "-journal", "-shm" };

void name_file(const firm *f, size_t i, char path[80])
{
    snprintf(path, 80, "%s%s", f->ledger, ends[i]);
}

void remove_ledger(const firm *f)
{
    char path[80];

    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        name_file(f, i, path);
        unlink(path);
    }
}

/* ---- what it does ---- */

static bool say(void *context, const char *text, size_t count)
{
    bytes_add(context, text, count);
    return true;
}

/* The report is told by the run and is no part of the transaction. */
static gr_status import(const firm *f, const char *const *inputs, size_t count, bytes *said,
                        gr_error *err)
{
    const gr_report_style style = { .format = GR_FORMAT_JSON };
    gr_report *report = NULL;
    gr_status status = audit(f, inputs, count, f->ledger, &report, err);

    said->used = 0;
    if (status == GR_OK && gr_report_summary(report).refused > 0)
        bytes_add(said, "an input was refused", 20);
    else if (status == GR_OK)
        status = gr_report_write(report, &style, say, said, err);
    gr_report_free(report);
    return status;
}

static gr_status import_first(const firm *f, bytes *said, gr_error *err)
{
    const char *inputs[] = { f->log, f->expenses, f->roster };

    return import(f, inputs, GR_COUNT(inputs), said, err);
}

static gr_status import_later(const firm *f, bytes *said, gr_error *err)
{
    const char *inputs[] = { f->later };

    return import(f, inputs, GR_COUNT(inputs), said, err);
}

/* G-2 was a meal, perhaps a hosted one. Whoever does not know whether his decision was kept looks first. */
static const char finding[] = "F-05542ddf8692";

static bool is_open(const gr_report *report)
{
    for (size_t e = 0; e < report->executive_count; e++)
        for (size_t i = 0; i < report->executive[e].finding_count; i++)
            if (gr_text_is(report->executive[e].finding[i]->id, finding))
                return true;
    return false;
}

static gr_status look(const firm *f, bool *open, bytes *said, gr_error *err)
{
    const gr_report_style style = { .format = GR_FORMAT_JSON };
    const gr_recall_options options = { .ledger = f->ledger };
    gr_report *report = NULL;
    gr_status status = gr_report_recall(&options, &report, err);

    said->used = 0;
    if (status != GR_OK)
        return status;
    *open = is_open(report);
    status = gr_report_write(report, &style, say, said, err);
    gr_report_free(report);
    return status;
}

static gr_status decide(const firm *f, bytes *said, gr_error *err)
{
    const gr_resolve_options options = { .ledger = f->ledger,
                                         .finding = finding,
                                         .fact = "host-present=yes",
                                         .reason = "the guest list",
                                         .author = "C. Vale" };
    gr_resolution *resolution = NULL;
    bool open = false;
    gr_status status = look(f, &open, said, err);

    if (status != GR_OK || !open)
        return status;
    status = gr_resolve(f->rules, &options, &resolution, err);
    gr_resolution_free(resolution);
    return status == GR_OK ? look(f, &open, said, err) : status;
}

/* With little memory pages go to the file, or to the log, before the transaction ends. */
enum { LITTLE = 200 * 1024 };

const operation operations[] = {
    { "a first import", NULL, 0, import_first, false },
    { "an amendment", &operations[0], 0, import_later, false },
    { "a first import that needs much room", NULL, LITTLE, import_first, false },
    { "an amendment that needs much room", &operations[0], LITTLE, import_later, false },
    { "a decision", &operations[0], 0, decide, true },
    { "a decision that needs much room", &operations[0], LITTLE, decide, true },
};
const size_t operation_count = GR_COUNT(operations);
