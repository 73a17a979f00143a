/* tests/unit/test_fact.c - the table of facts is sound, and its words are found both ways. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "model/fact.h"
#include "model/finding.h"

/* A record keeps one bit for each fact, so there may be no more than 64 of either kind. */
static void test_fact_table(void **state)
{
    (void)state;
    assert_true(GR_GIFT_FACT_COUNT <= 64 && GR_RECIPIENT_FACT_COUNT <= 64);
    for (gr_fact fact = 0; fact < GR_FACT_COUNT; fact++) {
        const gr_fact_info *info = gr_fact_get(fact);
        const char *end = strrchr(info->question, '?');

        assert_int_equal(gr_fact_find(gr_text_of(info->name)), fact);
        assert_int_equal(info->type == GR_FACT_WORD, info->words != NULL);
        assert_non_null(end);
    }
    assert_int_equal(gr_fact_find(GR_TEXT("colour")), GR_FACT_NONE);
    assert_int_equal(gr_fact_find(GR_TEXT("")), GR_FACT_NONE);
    assert_int_equal(gr_fact_find(GR_TEXT("recipient")), GR_FACT_NONE);
}

static void test_fact_words(void **state)
{
    (void)state;
    for (gr_fact fact = 0; fact < GR_FACT_COUNT; fact++) {
        gr_text word;

        if (gr_fact_get(fact)->type != GR_FACT_WORD)
            continue;
        for (int place = 0; (word = gr_fact_word_get(fact, place)).len > 0; place++)
            assert_int_equal(gr_fact_word_find(fact, word), place);
        assert_int_equal(gr_fact_word_find(fact, GR_TEXT("gi")), -1);
        assert_int_equal(gr_fact_word_find(fact, GR_TEXT("")), -1);
    }
}

/* Words that the code knows by place. */
static void test_fact_known_words(void **state)
{
    (void)state;
    assert_int_equal(gr_fact_word_find(GR_F_REIMBURSED, GR_TEXT("yes")), GR_YES);
    assert_int_equal(gr_fact_word_find(GR_F_REIMBURSED, GR_TEXT("no")), GR_NO);
    assert_int_equal(gr_fact_word_find(GR_F_COST_TAX, GR_TEXT("apart")), GR_COST_TAX_APART);
    assert_int_equal(gr_fact_word_find(GR_F_COST_TAX, GR_TEXT("included")), GR_COST_TAX_INCLUDED);
    assert_int_equal(gr_fact_word_find(GR_F_SHARERS, GR_TEXT("none")), GR_SHARERS_NONE);
    assert_int_equal(gr_fact_word_find(GR_F_SHARERS, GR_TEXT("unnamed")), GR_SHARERS_UNNAMED);
}

static void test_verdicts(void **state)
{
    gr_verdict verdict = GR_COMPLIANT;

    (void)state;
    assert_true(gr_verdict_find(GR_TEXT("needs_review"), &verdict));
    assert_int_equal(verdict, GR_NEEDS_REVIEW);
    assert_false(gr_verdict_find(GR_TEXT("fine"), &verdict));
    assert_int_equal(verdict, GR_NEEDS_REVIEW);
    assert_string_equal(gr_verdict_text(GR_VIOLATION), "violation");
    assert_string_equal(gr_basis_text(GR_TRAILING), "trailing");
    assert_string_equal(gr_basis_text(GR_UNSTATED), "unstated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fact_table),
        cmocka_unit_test(test_fact_words),
        cmocka_unit_test(test_fact_known_words),
        cmocka_unit_test(test_verdicts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
