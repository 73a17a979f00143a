/* tests/unit/test_explain.c - the steps of an explanation, told for one gift at a time: amounts, division, conditions;
 * its JSON; and what is said when it cannot be made. */
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

#include "app/rules.h"
#include "model/explanation.h"

/* ---- amounts ---- */

static void test_exact(void **state)
{
    static const struct {
        gr_wide num;
        int64_t den;
        const char *text;
    } cases[] = {
        { 0, 1, "0.00" },
        { 30000, 1, "300.00" },
        { 90000, 3, "300.00" },
        { 90001, 3, "300.01 (90001/3 cents)" },
        { 180002, 6, "300.01 (90001/3 cents)" },
        { 1, 7, "0.01 (1/7 cents)" },
        { (gr_wide)INT64_MAX * 4 + 1, 2, "184467440737095516.15 (36893488147419103229/2 cents)" },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char text[GR_EXACT_TEXT];

        assert_string_equal(gr_exact_print(cases[i].num, cases[i].den, text), cases[i].text);
    }
}

/* ---- small gift logs ---- */

typedef struct desk {
    char file[40];
    gr_rules *rules;
    char text[128 * 1024];
    size_t used;
} desk;

static int set_up(void **state)
{
    const gr_setting settings[] = { { "rates", "samples/rules/rates.xml" } };
    desk *d = calloc(1, sizeof *d);
    gr_error err = { 0 };
    int fd;

    assert_non_null(d);
    snprintf(d->file, sizeof d->file, "/tmp/giftrule-test-XXXXXX");
    fd = mkstemp(d->file);
    assert_true(fd >= 0);
    close(fd);
    if (gr_rules_load("rules", settings, GR_COUNT(settings), NULL, NULL, &d->rules, &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    *state = d;
    return 0;
}

static int tear_down(void **state)
{
    desk *d = *state;

    gr_rules_free(d->rules);
    unlink(d->file);
    free(d);
    return 0;
}

static void write_gifts(desk *d, const char *gifts)
{
    FILE *file = fopen(d->file, "w");

    assert_non_null(file);
    assert_true(fprintf(file, "<gift-log xmlns='urn:giftrule:gift-log:1'>%s</gift-log>", gifts) >
                0);
    assert_int_equal(fclose(file), 0);
}

static bool take(void *context, const char *bytes, size_t length)
{
    desk *d = context;

    if (length >= sizeof d->text - d->used)
        return false;
    memcpy(d->text + d->used, bytes, length);
    d->used += length;
    d->text[d->used] = '\0';
    return true;
}

static gr_status explain(desk *d, const char *finding, gr_explanation **out, gr_error *err)
{
    const char *inputs[] = { d->file };
    gr_audit_options options = { .inputs = inputs, .input_count = 1 };

    return gr_explain(d->rules, &options, finding, out, err);
}

static bool is_about(const gr_finding *f, const char *rule, const char *provision)
{
    return gr_text_is(f->rule, rule) && gr_text_is(f->provision, provision);
}

/* The explanation of the first finding by this provision. Ids are found out by asking for all that begin so. */
static gr_explanation *explain_provision(desk *d, const char *rule, const char *provision)
{
    for (unsigned i = 0; i < 256; i++) {
        gr_explanation *x = NULL;
        gr_error err = { 0 };
        char id[8];

        snprintf(id, sizeof id, "F-%02x", i);
        if (explain(d, id, &x, &err) == GR_OK && is_about(x->finding, rule, provision))
            return x;
        gr_explanation_free(x);
    }
    fail_msg("there is no finding by %s %s", rule, provision);
    return NULL;
}

static void write_out(desk *d, const gr_explanation *x, gr_format format)
{
    gr_report_style style = { .format = format, .width = 200 };
    gr_error err = { 0 };

    d->used = 0;
    assert_int_equal(gr_explanation_write(x, &style, take, d, &err), GR_OK);
}

#define GIFT(more)                                                                                 \
    "<gift id='G-1' date='2026-05-04'><giver id='A'/><payer>firm</payer>" more "</gift>"
#define JANE                                                                                       \
    "<recipient id='R-1'><name>Jane Roe</name><employer kind='vendor'>Acme</employer></recipient>"
#define TO(more)                                                                                   \
    "<recipient><name>Joe Doe</name>" more "<employer kind='vendor'>Acme</employer></recipient>"
#define GOODS(cost) "<kind>goods</kind>" cost

static const struct {
    const char *gift, *told;
} steps[] = {
    { GIFT(JANE GOODS(
          "<cost tax='included'>400.00</cost><tax>20.00</tax><delivery>9.95</delivery>")),
      "cost: 400.00; less the tax of 20.00: 380.00; less the delivery of 9.95: 370.05\n" },
    { GIFT(JANE GOODS("<cost tax='included'>400.00</cost>")),
      "cost: 400.00; tax and delivery are in it, and not stated: 0.00 to 400.00\n" },
    { GIFT(JANE GOODS("<cost>400.00</cost><tax>20.00</tax>")), "cost: 400.00\n" },
    { GIFT(JANE GOODS("<cost>400.00</cost><fee>25.00</fee>")),
      "cost: 400.00; perhaps with the fee of 25.00: 400.00 to 425.00\n" },
    { GIFT(JANE GOODS("<cost currency='GBP'>400.00</cost>")), "cost: 400.00 GBP: 534.00\n" },
    { GIFT(JANE GOODS("<cost currency='GBP'>400.00</cost>")),
      "1 GBP is 1.335 USD, from 2026-01-01 to 2026-12-31, samples/rules/rates.xml:" },
    { GIFT(JANE GOODS("<cost currency='CHF'>400.00</cost>")),
      "none of CHF into USD for this day; add it to the rates file\n" },
    { GIFT(JANE GOODS("")), "cost: not stated: 0.00 or more\n" },
    { GIFT(JANE GOODS("")), "cost: What did it cost, without tax and delivery?\n" },
    { GIFT(JANE "<kind>ticket</kind><host-present>no</host-present><cost>40.00</cost>"
                "<face-value>310.00</face-value>"),
      "the higher of\n                 cost: 40.00\n                 face-value: 310.00\n" },
    { GIFT(JANE "<kind>gift-card</kind><cost>250.00</cost><face-value>400.00</face-value>"),
      "anything between\n" },
    { GIFT(JANE TO("") GOODS("<cost>900.01</cost>")),
      "1 of 2 equal parts: 450.01 (90001/2 cents)\n" },
    { GIFT(JANE TO("<share>100.00</share>") GOODS("<cost>800.00</cost>")),
      "1 of 1 equal parts of what the stated shares of 100.00 leave, of the cost of 800.00: "
      "700.00\n" },
    { GIFT(JANE TO("<count>3</count>") GOODS("<cost>2000.00</cost>")),
      "1 of 4 equal parts: 500.00\n" },
    { GIFT(JANE GOODS("<quantity>10</quantity><cost>400.00</cost>")),
      "all of it, given to 1 person: 400.00; one of 10 pieces: 40.00\n" },
    { GIFT(JANE "<description>tombstone</description><kind>commemorative</kind><cost>400.00</cost>"
                "<decorative>no</decorative>"),
      "does not apply: it counts, since it is not solely decorative\n" },
    { GIFT(JANE GOODS(
          "<cost>400.00</cost><contract signed='2026-05-09'><nature>yes</nature></contract>")),
      "false   contract-signed is before date [2026-05-09; date is 2026-05-04]\n" },
    { GIFT(JANE GOODS("<logo>firm</logo><cost>400.00</cost>")),
      "false   unit-worth is under 50.00, the policy's nominal-value [400.00]\n" },
    { GIFT(JANE GOODS("<ordered>2026-04-30</ordered><cost>400.00</cost>")),
      "on 2026-04-30 it would count 400.00; the widest of all its days is taken\n" },
};

static void test_steps(void **state)
{
    desk *d = *state;

    for (size_t i = 0; i < GR_COUNT(steps); i++) {
        gr_explanation *x;

        write_gifts(d, steps[i].gift);
        x = explain_provision(d, "finra-3220", "annual");
        write_out(d, x, GR_FORMAT_TEXT);
        if (!strstr(d->text, steps[i].told))
            fail_msg("it is not told: %s\n%s", steps[i].told, d->text);
        gr_explanation_free(x);
    }
}

/* The same rulebook, if it valued with tax and delivery. */
static void test_put_on(void **state)
{
    desk *d = *state;
    gr_rulebook *book = d->rules->set->book;
    gr_valuation changed[4];
    const gr_valuation *kept;
    gr_explanation *x;

    while (!gr_text_is(book->id, "finra-3220"))
        book++;
    assert_true(book->valuation_count <= GR_COUNT(changed));
    for (size_t i = 0; i < book->valuation_count; i++) {
        changed[i] = book->valuation[i];
        changed[i].without_tax = changed[i].without_delivery = false;
    }
    kept = book->valuation;
    book->valuation = changed;
    write_gifts(d,
                GIFT(JANE GOODS("<cost>400.00</cost><tax>20.00</tax><delivery>9.95</delivery>")));
    x = explain_provision(d, "finra-3220", "annual");
    write_out(d, x, GR_FORMAT_TEXT);
    assert_non_null(strstr(d->text, "cost: 400.00; plus the tax of 20.00: 420.00; plus the "
                                    "delivery of 9.95: 429.95\n"));
    gr_explanation_free(x);
    book->valuation = kept;
}

/* Three recipients behind one name: one part of theirs for certain, possibly all. */
static void test_count(void **state)
{
    desk *d = *state;
    gr_explanation *x;

    write_gifts(d, GIFT(TO("<count>3</count>") GOODS("<cost>600.00</cost>")));
    x = explain_provision(d, "finra-3220", "annual");
    write_out(d, x, GR_FORMAT_TEXT);
    assert_non_null(strstr(d->text,
                           "all of it, given to 3 people; the name stands for 3 people, of "
                           "whom one surely has one part, and possibly all: 200.00 to "
                           "600.00\n"));
    assert_non_null(strstr(d->text, "               worth 600.00\n"));
    assert_true(x->over == GR_ANSWER_UNKNOWN && !x->is_sure);
    gr_explanation_free(x);
}

/* One number twice in a gift: the share that counts is the one that is told. */
static void test_twice(void **state)
{
    desk *d = *state;
    gr_explanation *x;

    write_gifts(
        d, GIFT("<recipient id='R-1'><employer kind='own-firm'>We</employer></recipient>"
                "<recipient id='R-1'><employer kind='vendor'>Acme</employer></recipient>"
                "<recipient id='R-1'><employer kind='vendor'>Beta</employer></recipient>" GOODS(
                    "<cost>1200.00</cost>")));
    x = explain_provision(d, "finra-3220", "annual");
    assert_int_equal(x->gift_count, 2);
    assert_true(gr_text_is(x->gift[0].recipient_employer, "Acme"));
    assert_true(gr_text_is(x->gift[1].recipient_employer, "Beta"));
    assert_int_equal(x->left_out_count, 1); /* the share of our own employee */
    assert_true(x->left_out[0].why.len > 0);
    gr_explanation_free(x);
}

/* What is presumed is told with its reason, and marked where a condition leaned on it. */
static void test_presumed(void **state)
{
    desk *d = *state;
    gr_explanation *x;

    write_gifts(d, GIFT(JANE "<cost>400.00</cost>"));
    x = explain_provision(d, "finra-3220", "annual");
    assert_int_equal(x->gift[0].presumption_count, 1);
    assert_true(gr_text_is(x->gift[0].presumption[0].fact, "kind"));
    assert_true(gr_text_is(x->gift[0].presumption[0].word, "goods"));
    write_out(d, x, GR_FORMAT_TEXT);
    assert_non_null(strstr(d->text, "false   kind is ticket [goods, presumed]\n"));
    gr_explanation_free(x);
}

/* ---- JSON ---- */

static json_t *json_of(desk *d, const gr_explanation *x)
{
    json_error_t error;
    json_t *root;

    write_out(d, x, GR_FORMAT_JSON);
    root = json_loads(d->text, 0, &error);
    if (!root)
        fail_msg("line %d: %s", error.line, error.text);
    return root;
}

static const char *text_at(json_t *object, const char *a, const char *b)
{
    return json_string_value(json_object_get(json_object_get(object, a), b));
}

static void test_json(void **state)
{
    static const char *const names[] = { "finding", "rule",     "policy", "limit",      "duty",
                                         "views",   "gifts",    "sum",    "left_out",   "people",
                                         "refused", "giftrule", "views",  "quarantined" };
    desk *d = *state;
    gr_explanation *x;
    json_t *root, *gift, *exact;

    write_gifts(d, GIFT(JANE TO("") GOODS("<cost>900.01</cost>")));
    x = explain_provision(d, "finra-3220", "annual");
    root = json_of(d, x);
    for (size_t i = 0; i < GR_COUNT(names); i++)
        assert_non_null(json_object_get(root, names[i]));
    assert_string_equal(text_at(root, "finding", "verdict"), "violation");
    assert_string_equal(text_at(root, "limit", "amount"), "300.00");
    assert_true(json_is_null(json_object_get(root, "duty")));
    gift = json_array_get(json_object_get(root, "gifts"), 0);
    assert_string_equal(text_at(gift, "so_far", "certain"), "450.01");
    exact = json_object_get(json_object_get(gift, "so_far"), "exact");
    assert_string_equal(json_string_value(json_object_get(exact, "certain")), "90001/2");
    assert_int_equal(
        json_array_size(json_object_get(json_object_get(gift, "exclusions"), "unclaimed")) > 10,
        true);
    json_decref(root);
    gr_explanation_free(x);
}

static void test_json_of_duty(void **state)
{
    desk *d = *state;
    gr_explanation *x;
    json_t *root;

    write_gifts(d, GIFT(JANE GOODS("<cost>10.00</cost><recorded>no</recorded>")));
    x = explain_provision(d, "finra-3220", "separate-record");
    root = json_of(d, x);
    assert_true(json_is_null(json_object_get(root, "limit")));
    assert_true(json_is_null(json_object_get(root, "sum")));
    assert_string_equal(text_at(root, "duty", "id"), "separate-record");
    json_decref(root);
    gr_explanation_free(x);
}

/* ---- what cannot be ---- */

static bool full(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return false;
}

static void test_output_fails(void **state)
{
    desk *d = *state;
    gr_explanation *x;

    write_gifts(d, GIFT(JANE GOODS("<cost>400.00</cost>")));
    x = explain_provision(d, "finra-3220", "annual");
    for (int format = GR_FORMAT_TEXT; format <= GR_FORMAT_JSON; format++) {
        gr_report_style style = { .format = (gr_format)format };
        gr_error err = { 0 };

        assert_int_equal(gr_explanation_write(x, &style, full, NULL, &err), GR_EIO);
        assert_true(err.message[0]);
    }
    gr_explanation_free(x);
}

static void test_refused(void **state)
{
    static const struct {
        const char *finding;
        gr_status status;
        const char *message;
    } cases[] = {
        { "", GR_EUSAGE, "name the finding" },
        { "F-zz", GR_EINPUT, "there is no finding 'F-zz' here" },
        { "%s", GR_EINPUT, "there is no finding '%s' here" },
        { "F-", GR_EUSAGE, "'F-' is the beginning of 2 findings" },
    };
    desk *d = *state;

    write_gifts(d, GIFT(JANE GOODS("<cost>400.00</cost><recorded>no</recorded>")));
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_explanation *x = NULL;
        gr_error err = { 0 };

        assert_int_equal(explain(d, cases[i].finding, &x, &err), cases[i].status);
        assert_string_equal(err.message, cases[i].message);
        assert_true(err.status == cases[i].status && err.hint[0] && !x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_put_on),       cmocka_unit_test(test_count),
        cmocka_unit_test(test_presumed),     cmocka_unit_test(test_twice),
        cmocka_unit_test(test_json),         cmocka_unit_test(test_json_of_duty),
        cmocka_unit_test(test_output_fails), cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
