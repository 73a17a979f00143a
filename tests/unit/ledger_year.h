/* tests/unit/ledger_year.h - a small ledger with everything in it, made by audits as the program makes them: corrections,
 * a retraction, several recipients, a record in quarantine, findings that came, changed and went. */
#ifndef GR_TESTS_LEDGER_YEAR_H
#define GR_TESTS_LEDGER_YEAR_H

#include "ledger_box.h"

#define GIFT(id, day, cost)                                                                        \
    "<gift id=\"" id "\" date=\"" day "\"><giver id=\"A1\">Dana Fox</giver><payer>firm</payer>"    \
    "<recipient id=\"R1\"><name>Jane Roe</name><employer kind=\"vendor\">Acme</employer>"          \
    "</recipient><cost>" cost "</cost><kind>goods</kind></gift>"

static const char *const year_exports[] = {
    GIFT("G0", "2018-05-01", "320.00") GIFT("G1", "2026-05-01", "200.00")
        GIFT("G2", "2026-05-02", "150.00"),
    GIFT("G1", "2026-05-01", "400.00") GIFT(
        "Q1", "2026-05-41",
        "1.00") "<gift id=\"G3\" date=\"2026-06-01\"><giver id=\"A2\"/><recipient><name>Ann "
                "Lee</name>"
                "<employer kind=\"vendor\">Acme</employer></recipient><recipient><name>Bob "
                "Ray</name></recipient>"
                "<recipient id=\"R1\"><name>Jane Roe</name></recipient><cost>1000.00</cost></gift>",
    "<gift id=\"G2\" retracted=\"yes\"/>" GIFT("G4", "2026-07-01", "10.00"),
};

static inline void write_export(const char *path, const char *gifts)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fprintf(file, "<gift-log xmlns=\"urn:giftrule:gift-log:1\">%s</gift-log>", gifts);
    fclose(file);
}

static inline void audit_with(const sandbox *box, const char *gifts, const char *author,
                              const gr_setting *settings, size_t count)
{
    char path[PATH_SIZE + 16];
    const char *inputs[] = { path };
    gr_audit_options options = {
        .inputs = inputs, .input_count = 1, .ledger = box->path, .author = author
    };
    gr_report *report = NULL;
    gr_rules *rules = NULL;
    gr_error err = { 0 };

    snprintf(path, sizeof path, "%s.xml", box->path);
    write_export(path, gifts);
    if (gr_rules_load("rules", settings, count, NULL, NULL, &rules, &err) != GR_OK ||
        gr_audit(rules, &options, &report, &err) != GR_OK)
        fail_msg("%s", err.message);
    gr_report_free(report);
    gr_rules_free(rules);
    unlink(path);
}

static inline void audit_export(const sandbox *box, const char *gifts, const char *author)
{
    audit_with(box, gifts, author, NULL, 0);
}

static bool take_nothing(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return true;
}

/* Disposes of all that is due on the day. */
static inline void dispose(const sandbox *box, const char *as_of, const gr_setting *settings,
                           size_t count)
{
    gr_retention_options options = { .ledger = box->path,
                                     .author = "officer",
                                     .as_of = as_of,
                                     .reason = "a test",
                                     .removes = true };
    gr_report_style style = { .format = GR_FORMAT_TEXT, .width = 80 };
    gr_rules *rules = NULL;
    gr_error err = { 0 };

    if (gr_rules_load("rules", settings, count, NULL, NULL, &rules, &err) != GR_OK ||
        gr_retain(rules, &options, &style, take_nothing, NULL, &err) != GR_OK)
        fail_msg("%s", err.message);
    gr_rules_free(rules);
}

static inline void make_year(const sandbox *box)
{
    for (size_t i = 0; i < GR_COUNT(year_exports); i++)
        audit_export(box, year_exports[i], "clerk");
}

#endif
