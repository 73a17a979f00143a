/* tests/unit/report_sample.h - a report made by hand, and a place to write it to; for the tests of every
 * format. */
#ifndef GR_TESTS_REPORT_SAMPLE_H
#define GR_TESTS_REPORT_SAMPLE_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "report/report.h"

enum { ROOM = 256 * 1024, MANY = 43 };

typedef struct output {
    char bytes[ROOM];
    size_t used;
} output;

static inline bool take(void *context, const char *bytes, size_t length)
{
    output *out = context;

    if (length >= sizeof out->bytes - out->used)
        return false;
    memcpy(out->bytes + out->used, bytes, length);
    out->used += length;
    out->bytes[out->used] = '\0';
    return true;
}

static inline int open_output(void **state)
{
    *state = calloc(1, sizeof(output));
    return *state ? 0 : -1;
}

static inline int free_output(void **state)
{
    free(*state);
    return 0;
}

static inline gr_day day_of(int month, int day)
{
    return gr_day_of((gr_date){ 2026, month, day });
}

/* One executive with one violation across two gifts; tests change what they are about. */
typedef struct sample {
    gr_counted counted[MANY];
    gr_text presumption[1], reference[1];
    gr_finding finding[2];
    const gr_finding *shown[2];
    gr_executive executive[2];
    gr_report report;
} sample;

static inline gr_counted gift(const char *id, gr_day day, const char *who, const char *name,
                              int64_t cents, uint32_t line)
{
    return (gr_counted){ .gift = gr_text_of(id),
                         .day = day,
                         .giver_id = gr_text_of(who),
                         .giver_name = gr_text_of(name),
                         .value = { cents, cents, 1 },
                         .source = { "log.xml", line, 1 } };
}

static inline void fill_finding(sample *s)
{
    s->counted[0] = gift("G-0007", day_of(4, 11), "AE-004", "Kit Lane", 20000, 120);
    s->counted[1] = gift("G-0042", day_of(5, 4), "AE-017", "Dana Fox", 12500, 131);
    s->presumption[0] = GR_TEXT("the firm paid, so the gift is in relation to business");
    s->finding[0] =
        (gr_finding){ .id = GR_TEXT("F-0123456789ab"),
                      .verdict = GR_VIOLATION,
                      .kind = GR_TEXT("limit"),
                      .rule = GR_TEXT("finra-3220"),
                      .clause = GR_TEXT("3220(a)"),
                      .limit_clause = GR_TEXT("3220(a)"),
                      .day = day_of(5, 4),
                      .gift = GR_TEXT("G-0042"),
                      .source = { "log.xml", 131, 5 },
                      .recipient_id = GR_TEXT("R-88"),
                      .recipient_name = GR_TEXT("Jane Roe"),
                      .recipient_employer = GR_TEXT("Acme Pension Fund"),
                      .has_limit = true,
                      .period = { GR_CALENDAR, day_of(1, 1), day_of(12, 31) },
                      .limit = { 30000, 1 },
                      .total = { 32500, 32500, 1, false },
                      .over = { 2500, 1 },
                      .currency = GR_TEXT("USD"),
                      .counted = s->counted,
                      .counted_count = 2,
                      .reason = GR_TEXT("Jane Roe received 325.00 in 2026, more than 300.00"),
                      .presumption = s->presumption,
                      .presumption_count = 1 };
}

static inline void fill(sample *s)
{
    memset(s, 0, sizeof *s);
    s->shown[0] = &s->finding[0];
    s->shown[1] = &s->finding[1];
    fill_finding(s);
    s->reference[0] = GR_TEXT("F-0123456789ab");
    s->executive[0] = (gr_executive){ .id = GR_TEXT("AE-004"),
                                      .name = GR_TEXT("Kit Lane"),
                                      .summary = { .gifts = 1, .recipients = 1 },
                                      .reference = s->reference,
                                      .reference_count = 1 };
    s->executive[1] = (gr_executive){ .id = GR_TEXT("AE-017"),
                                      .name = GR_TEXT("Dana Fox"),
                                      .summary = { .gifts = 1, .recipients = 1, .violations = 1 },
                                      .finding = s->shown,
                                      .finding_count = 1 };
    s->report = (gr_report){ .as_of = day_of(11, 23),
                             .generated = 1795424400,
                             .summary = { 2, 1, 2, 1, 0, 0, 0, 0 },
                             .executive = s->executive,
                             .executive_count = 2 };
}

#endif
