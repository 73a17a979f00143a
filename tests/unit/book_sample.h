/* tests/unit/book_sample.h - a book of gifts made by hand, of any size, for the tests of what lists gifts. */
#ifndef GR_TESTS_BOOK_SAMPLE_H
#define GR_TESTS_BOOK_SAMPLE_H

#include "report_sample.h"

#include <stdio.h>

/* Lines that count 100.00 each, of gifts to one person each, with running totals over thirty gifts; the second may count,
 * the third is outside. */
typedef struct book_sample {
    sample base;
    gr_limit_step step[1];
    gr_book_person person[1];
    gr_text description; /* of every gift */
    gr_text name;        /* of the recipient; empty: unknown */
    const gr_finding *about[1];
    gr_gift_book book;
} book_sample;

static inline gr_status each_line(const gr_gift_book *book, gr_book_order order, uint32_t of,
                                  gr_on_gift_line on_line, void *context, gr_error *err)
{
    const book_sample *s = book->owned;
    gr_status status = GR_OK;

    (void)order, (void)of;
    for (uint64_t i = 0; i < book->lines && status == GR_OK; i++) {
        char id[32];
        gr_recipient who = { 0 };
        gr_record record = { .kind = GR_RECORD_GIFT, .recipient = &who, .recipient_count = 1 };
        gr_gift_line line = { .number = i + 1,
                              .record = &record,
                              .recipient = &who,
                              .places = 1,
                              .day = day_of(1, 1) + (gr_day)(i * 360 / book->lines),
                              .format = GR_TEXT("gift-log"),
                              .source = { "log.xml", (uint32_t)i * 12 + 7, 3 },
                              .giver_id = GR_TEXT("AE-017"),
                              .giver_name = GR_TEXT("Dana Fox"),
                              .executive = 1,
                              .worth = { 10000, 10000, 1 },
                              .value = { 10000, 10000, 1 },
                              .clause = GR_TEXT("3220(a)"),
                              .has_sum = true,
                              .sum = { { GR_CALENDAR, day_of(1, 1), day_of(12, 31) },
                                       { 0, 0, 1, false },
                                       { 30000, 1 },
                                       GR_COMPLIANT } };

        snprintf(id, sizeof id, "G-%07llu", (unsigned long long)i + 1);
        line.id = gr_text_of(id);
        line.sum.total.low = line.sum.total.high = 10000 * (gr_wide)(i % 30 + 1);
        line.sum.verdict = i % 30 < 3 ? GR_COMPLIANT : GR_VIOLATION;
        if (i == 1) {
            line.standing = GR_LINE_MAY_COUNT;
            line.value.low = 0;
            line.why = GR_TEXT("it is not known who paid");
        } else if (i == 2) {
            line.standing = GR_LINE_OUTSIDE;
            line.value = (gr_span){ 0, 0, 1 };
            line.has_sum = false;
        } else if (i == 3) {
            line.finding = s->about;
            line.finding_count = 1;
        }
        gr_record_set(&record, NULL, GR_F_ID, (gr_value){ .text = line.id });
        gr_record_set(&record, NULL, GR_F_DATE, (gr_value){ .number = line.day });
        gr_record_set(&record, NULL, GR_F_COST, (gr_value){ .amount = { 10000, 1 } });
        gr_record_set(&record, NULL, GR_F_CURRENCY, (gr_value){ .text = GR_TEXT("USD") });
        gr_record_set(&record, NULL, GR_F_DESCRIPTION, (gr_value){ .text = s->description });
        if (s->name.len > 0)
            gr_record_set(&record, &who, GR_F_NAME, (gr_value){ .text = s->name });
        status = on_line(context, &line, err);
    }
    return status;
}

static inline void fill_book(book_sample *s, uint64_t gifts)
{
    int64_t possible = (int64_t)gifts - (gifts > 2);

    memset(s, 0, sizeof *s);
    fill(&s->base);
    s->about[0] = &s->base.finding[0];
    s->description = GR_TEXT("Fruit basket, large");
    s->name = GR_TEXT("Jane Roe");
    s->step[0] = (gr_limit_step){ GR_DAY_FIRST, GR_DAY_LAST, { 30000, 1 } };
    s->person[0] =
        (gr_book_person){ .id = GR_TEXT("R-88"),
                          .name = s->name,
                          .gifts = gifts,
                          .first = day_of(1, 1),
                          .last = day_of(12, 27),
                          .has_sum = true,
                          .sum = { .period = { GR_CALENDAR, day_of(1, 1), day_of(12, 31) },
                                   .total = { 25000, 30000, 1, false },
                                   .limit = { 30000, 1 } },
                          .left_low = { 0, 1 },
                          .left_high = { 5000, 1 } };
    s->book = (gr_gift_book){ .rule = GR_TEXT("finra-3220"),
                              .title = GR_TEXT("FINRA Rule 3220"),
                              .clause = GR_TEXT("3220(a)"),
                              .currency = GR_TEXT("USD"),
                              .step = s->step,
                              .step_count = 1,
                              .from = day_of(1, 1),
                              .to = day_of(12, 31),
                              .person = s->person,
                              .person_count = gifts > 0,
                              .gifts = gifts,
                              .lines = gifts,
                              .counted = { (possible - (gifts > 1)) * (gr_wide)10000,
                                           possible * (gr_wide)10000, 1, false },
                              .owned = s,
                              .each = each_line };
    s->base.report.book = &s->book;
}

#endif
