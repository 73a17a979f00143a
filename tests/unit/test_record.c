/* tests/unit/test_record.c - facts set and found, and the digest by which a repeated record is known. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/record.h"

static gr_record basket(gr_recipient *recipient)
{
    gr_record record = { .recipient = recipient, .recipient_count = 1, .line = 7 };

    *recipient = (gr_recipient){ 0 };
    gr_record_set(&record, NULL, GR_F_ID, (gr_value){ .text = GR_TEXT("G-0042") });
    gr_record_set(&record, NULL, GR_F_DATE, (gr_value){ .number = 20577 });
    gr_record_set(&record, NULL, GR_F_COST, (gr_value){ .amount = { 12500, 1 } });
    gr_record_set(&record, recipient, GR_F_NAME, (gr_value){ .text = GR_TEXT("Jane Roe") });
    return record;
}

static void test_record_facts(void **state)
{
    gr_recipient jane;
    gr_record record = basket(&jane);

    (void)state;
    assert_true(gr_record_knows(&record, GR_F_COST));
    assert_false(gr_record_knows(&record, GR_F_TAX));
    assert_true(gr_recipient_knows(&jane, GR_F_NAME));
    assert_int_equal(gr_record_find(&record, &jane, GR_F_DATE)->number, 20577);
    assert_true(gr_text_is(gr_record_find(&record, &jane, GR_F_NAME)->text, "Jane Roe"));
    assert_null(gr_record_find(&record, &jane, GR_F_EMPLOYER));
    assert_null(gr_record_find(&record, NULL, GR_F_NAME));
    assert_true(gr_text_is(gr_record_text(&record, GR_F_ID), "G-0042"));
    assert_int_equal(gr_record_text(&record, GR_F_DESCRIPTION).len, 0);
    assert_int_equal(gr_recipient_text(&jane, GR_F_EMAIL).len, 0);
}

/* Every fact has its own bit and its own value, the last of each kind too. */
static void test_record_all_facts(void **state)
{
    gr_recipient recipient = { 0 };
    gr_record record = { .recipient = &recipient, .recipient_count = 1 };

    (void)state;
    for (gr_fact fact = 0; fact < GR_FACT_COUNT; fact++)
        gr_record_set(&record, &recipient, fact, (gr_value){ .number = (int64_t)fact + 1 });
    for (gr_fact fact = 0; fact < GR_FACT_COUNT; fact++)
        assert_int_equal(gr_record_find(&record, &recipient, fact)->number, fact + 1);
}

static void test_record_digest(void **state)
{
    gr_recipient jane, again, two[2];
    gr_record record = basket(&jane), other = basket(&again);
    uint64_t digest = gr_record_digest(&record);

    (void)state;
    other.line = 99; /* the place does not count, nor where the bytes lie */
    other.value[GR_F_ID].text = gr_text_slice(GR_TEXT("xG-0042"), 1, 7);
    assert_true(gr_record_digest(&other) == digest);

    gr_record_set(&other, &again, GR_F_NAME, (gr_value){ .text = GR_TEXT("Jane Row") });
    assert_true(gr_record_digest(&other) != digest);

    other = basket(&again);
    gr_record_set(&other, NULL, GR_F_TAX, (gr_value){ .amount = { 0, 1 } });
    assert_true(gr_record_digest(&other) != digest); /* known to be none is not unknown */

    other = basket(&again);
    other.kind = GR_RECORD_RETRACTION;
    assert_true(gr_record_digest(&other) != digest);

    other = basket(&two[0]);
    two[1] = two[0];
    other.recipient_count = 2;
    assert_true(gr_record_digest(&other) != digest);
}

static void test_batch(void **state)
{
    gr_batch *batch = gr_batch_create();

    (void)state;
    assert_non_null(batch);
    batch->count = 3;
    batch->end = GR_BATCH_REFUSED;
    batch->result.records = 9;
    assert_non_null(gr_list_add(&batch->quarantined));
    gr_batch_reset(batch);
    assert_int_equal(batch->count, 0);
    assert_int_equal(batch->end, GR_BATCH_MORE);
    assert_int_equal(batch->result.records, 0);
    assert_int_equal(batch->quarantined.count, 0);
    gr_batch_free(batch);
    gr_batch_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_record_facts),
        cmocka_unit_test(test_record_all_facts),
        cmocka_unit_test(test_record_digest),
        cmocka_unit_test(test_batch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
