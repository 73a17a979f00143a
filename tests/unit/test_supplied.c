/* tests/unit/test_supplied.c - values of facts as people write them, and names that are nearly right. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/supplied.h"

static void test_values(void **state)
{
    static const struct {
        gr_fact fact;
        const char *text, *printed; /* printed NULL: it is refused */
    } cases[] = {
        { GR_F_PAYER, "firm", "firm" },
        { GR_F_PAYER, "Firm", NULL },
        { GR_F_PAYER, "", NULL },
        { GR_F_COST, "412.5", "412.50" },
        { GR_F_COST, "0.001", "0.01" },
        { GR_F_COST, "-1", NULL },
        { GR_F_COST, "1,5", NULL },
        { GR_F_DELIVERED, "2024-02-29", "2024-02-29" },
        { GR_F_DELIVERED, "2026-02-29", NULL },
        { GR_F_DELIVERED, "yesterday", NULL },
        { GR_F_QUANTITY, "12", "12" },
        { GR_F_QUANTITY, "1.5", NULL },
        { GR_F_QUANTITY, "1000000001", NULL },
        { GR_F_CURRENCY, "EUR", "EUR" },
        { GR_F_CURRENCY, "eur", NULL },
        { GR_F_CURRENCY, "EURO", NULL },
        { GR_F_NAME, "Zo\xc3\xab Lang", "Zo\xc3\xab Lang" },
        { GR_F_EMPLOYER_KIND, "bank", "bank" },
        { GR_F_EMPLOYER_KIND, "banks", NULL },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char room[GR_VALUE_TEXT];
        gr_error err = { 0 };
        gr_value value;
        gr_status status = gr_value_parse(cases[i].fact, gr_text_of(cases[i].text),
                                          (gr_place){ "--fact", 0, 0 }, &value, &err);

        if (cases[i].printed) {
            gr_text got;

            assert_int_equal(status, GR_OK);
            got = gr_value_print(cases[i].fact, &value, room);
            assert_true(gr_text_is(got, cases[i].printed));
        } else {
            assert_int_equal(status, GR_EUSAGE);
            assert_int_equal(err.status, GR_EUSAGE);
            assert_string_equal(err.file, "--fact");
            assert_true(err.message[0] && err.hint[0]);
        }
    }
}

static void test_near(void **state)
{
    static const struct {
        const char *name, *near;
    } cases[] = {
        { "payr", "perhaps payer" },
        { "host", "perhaps cost, host-present" },
        { "kind", "perhaps giver-kind, kind, employer-kind" },
        { "contract-sign", "perhaps contract-signed" },
        { "colour", "" },
        { "", "" },
        { "a name that is so long that it is near to nothing at all", "" },
    };
    char near[GR_FACT_HINT];

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++)
        assert_string_equal(gr_fact_near(gr_text_of(cases[i].name), near), cases[i].near);
    for (int f = 0; f < GR_FACT_COUNT;
         f++) { /* every one is near to itself, but for those that nobody supplies */
        gr_text name = gr_text_of(gr_fact_get((gr_fact)f)->name);

        gr_fact_near(name, near);
        assert_true(gr_fact_is_fixed((gr_fact)f) || near[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_near),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
