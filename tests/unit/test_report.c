/* tests/unit/test_report.c - the report for a terminal, from models made by hand. */
#include "report_sample.h"

#include "report/letter.h"

static bool refuse(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return false;
}

static const char *as_text(output *out, const gr_report *report, unsigned width, bool colour)
{
    gr_writer writer;
    gr_error err = { 0 };

    out->used = 0;
    gr_writer_open(&writer, take, out);
    assert_int_equal(gr_report_text(report, width, colour, &writer, &err), GR_OK);
    assert_true(gr_writer_close(&writer));
    return out->bytes;
}

static void test_text_narrow(void **state)
{
    static const char golden[] = "1 violation\n"
                                 "-----------\n"
                                 "2 gifts by 2 account executives to 1 recipient, as of\n"
                                 "2026-11-23.\n"
                                 "\n"
                                 "Dana Fox (AE-017)\n"
                                 "-----------------\n"
                                 "1 violation, in 1 gift to 1 recipient.\n"
                                 "\n"
                                 "  VIOLATION: 25.00 over the limit of 300.00, across 2 gifts\n"
                                 "      by 2 people\n"
                                 "    Gift G-0042 of 2026-05-04 to Jane Roe (R-88) of Acme\n"
                                 "    Pension Fund, log.xml:131:5\n"
                                 "    Jane Roe received 325.00 in 2026, more than 300.00\n"
                                 "\n"
                                 "    2026-04-11  200.00  Kit Lane (AE-004), G-0007,\n"
                                 "                        log.xml:120\n"
                                 "    2026-05-04  125.00  Dana Fox (AE-017), G-0042,\n"
                                 "                        log.xml:131\n"
                                 "                ------\n"
                                 "    total       325.00  USD, 2026-01-01 to 2026-12-31,\n"
                                 "                        calendar year\n"
                                 "    limit       300.00  3220(a)\n"
                                 "    over         25.00\n"
                                 "\n"
                                 "    Presumed: the firm paid, so the gift is in relation to\n"
                                 "      business\n"
                                 "    Clause 3220(a), rule finra-3220, finding F-0123456789ab\n"
                                 "\n"
                                 "1 account executive has no findings; gifts of 1 of them\n"
                                 "count in findings listed above.\n"
                                 "\n"
                                 "This run\n"
                                 "--------\n"
                                 "  Generated  2026-11-23T09:00:00Z\n"
                                 "  Ledger     none: nothing was kept\n";
    sample s;

    fill(&s);
    assert_string_equal(as_text(*state, &s.report, 60, false), golden);
}

static void test_text_wide(void **state)
{
    static const char golden[] =
        "  REVIEW: perhaps up to 25.00 over the limit of 300.00, across 2 gifts by one person\n"
        "    Gift G-0042 of 2026-05-04 to Jane Roe (R-88) of Acme Pension Fund, log.xml:131:5\n"
        "    Jane Roe received 325.00 in 2026, more than 300.00\n"
        "\n"
        "                certain  possible\n"
        "    2026-04-11   200.00    200.00  Dana Fox (AE-017)  G-0007  log.xml:120\n"
        "    2026-05-04     0.00    125.00  Dana Fox (AE-017)  G-0042  log.xml:131  who paid?\n"
        "                -------  --------\n"
        "    total        200.00    325.00  USD, 2026-01-01 to 2026-12-31, calendar year\n"
        "    limit        300.00    300.00  3220(a)\n"
        "    over                    25.00\n"
        "\n"
        "    Question: Who paid for it?\n"
        "    Answers: the firm: a violation; the giver: compliant\n"
        "    Clause 3220(a), rule finra-3220, finding F-0123456789ab\n";
    sample s;
    gr_finding *f;

    fill(&s);
    f = &s.finding[0];
    f->verdict = GR_NEEDS_REVIEW;
    f->total = (gr_total){ 20000, 32500, 1, false };
    f->over = (gr_amount){ 0, 1 };
    f->presumption_count = 0;
    f->question = GR_TEXT("Who paid for it?");
    f->answers = GR_TEXT("the firm: a violation; the giver: compliant");
    s.counted[0].giver_id = GR_TEXT("AE-017");
    s.counted[0].giver_name = GR_TEXT("Dana Fox");
    s.counted[1].value.low = 0;
    s.counted[1].note = GR_TEXT("who paid?");
    assert_non_null(strstr(as_text(*state, &s.report, 100, false), golden));
}

static void test_text_empty(void **state)
{
    gr_report report = { .as_of = day_of(1, 1) };

    assert_string_equal(as_text(*state, &report, 0, false),
                        "No findings\n-----------\n"
                        "0 gifts by 0 account executives to 0 recipients, as of 2026-01-01.\n\n"
                        "This run\n--------\n"
                        "  Generated  1970-01-01T00:00:00Z\n"
                        "  Ledger     none: nothing was kept\n");
}

static void test_text_colour(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    text = as_text(*state, &s.report, 80, true);
    assert_non_null(strstr(text, "\033[1;31m1 violation\033[0m\n"));
    assert_non_null(strstr(text, "\033[1mDana Fox (AE-017)\033[0m\n"));
    assert_non_null(strstr(text, "  \033[1;31mVIOLATION: \033[0m\033[1m25.00 over"));
}

/* A gift log can be written by somebody who wishes to move the cursor of the reader. */
static void test_text_hostile(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    s.finding[0].recipient_name = GR_TEXT("Ja\033[2Jne\a \xC2\x9B"
                                          "31m\xFF \xE2\x80\xAE"
                                          "00.001 R\r\nGoe\t%s%n");
    s.counted[0].giver_name = GR_TEXT("\033]0;x\a");
    s.counted[0].source.file = "a\nb\x1b.xml";
    text = as_text(*state, &s.report, 100, false);
    assert_non_null(strstr(text, "Ja\xEF\xBF\xBD[2Jne\xEF\xBF\xBD \xEF\xBF\xBD"
                                 "31m\xEF\xBF\xBD \xEF\xBF\xBD"
                                 "00.001 R Goe %s%n (R-88)"));
    for (; *text; text++)
        assert_true((unsigned char)*text >= 0x20 || *text == '\n');
}

static void assert_lines_fit(const char *text, unsigned width)
{
    while (*text) {
        size_t length = strcspn(text, "\n");

        assert_in_range(gr_text_columns((gr_text){ text, length }), 0, width);
        assert_true(length == 0 || text[length - 1] != ' ');
        text += length + (text[length] == '\n');
    }
}

static void test_text_widths(void **state)
{
    sample s;

    fill(&s);
    s.finding[0].recipient_name = GR_TEXT("\xE5\xB1\xB1\xE7\x94\xB0 M\xC3\xBCller");
    s.finding[0].recipient_employer = GR_TEXT(
        "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft");
    s.counted[1].note = GR_TEXT("the tax is not given apart and so the value has two ends");
    for (unsigned width = 40; width <= 200; width++)
        assert_lines_fit(as_text(*state, &s.report, width, false), width);
    assert_lines_fit(as_text(*state, &s.report, 1, false), 40);
}

static void test_text_many(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    for (int i = 0; i < MANY; i++)
        s.counted[i] = gift("G", day_of(1 + i / 28, 1 + i % 28), "AE-017", "Dana Fox", 1000, 1);
    s.finding[0].counted_count = MANY;
    text = as_text(*state, &s.report, 80, false);
    assert_non_null(strstr(text, "across 43 gifts by one person\n"));
    assert_non_null(strstr(text, "    2026-01-03   10.00  Dana Fox (AE-017)  G  log.xml:1\n"
                                 "                250.00  ... and 25 more\n"
                                 "    2026-02-01   10.00  Dana Fox"));
}

static void test_text_unbounded(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    s.finding[0].verdict = GR_NEEDS_REVIEW;
    s.finding[0].over = (gr_amount){ 0, 1 };
    s.finding[0].total = (gr_total){ 20000, 0, 1, true };
    s.counted[1].value = (gr_span){ 0, GR_UNBOUNDED, 1 };
    text = as_text(*state, &s.report, 100, false);
    assert_non_null(strstr(text, "perhaps over the limit of 300.00, by an unknown amount, across"));
    assert_non_null(strstr(text, "    total        200.00   unknown  USD"));
}

static void test_text_near_limit(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    s.finding[0].verdict = GR_WARNING;
    s.finding[0].kind = GR_TEXT("near-limit");
    s.finding[0].total = (gr_total){ 28000, 28000, 1, false };
    text = as_text(*state, &s.report, 80, false);
    assert_non_null(strstr(text, "  Near the limit\n    2026-05-04  280.00  of 300.00  Jane Roe  "
                                 "Acme Pension Fund  G-0042\n"));
}

/* A near one that is decided is told in full; whatever was entered steers no terminal. */
static void test_text_decided(void **state)
{
    const gr_decision decision = { .kind = GR_DECISION_ACCEPT,
                                   .reason = GR_TEXT("paid\x1b[31m back"),
                                   .moment = GR_TEXT("2026-11-23T09:00:00Z") };
    const char *text;
    sample s;

    fill(&s);
    s.finding[0].verdict = GR_WARNING;
    s.finding[0].kind = GR_TEXT("near-limit");
    s.finding[0].over = (gr_amount){ 0, 1 };
    s.finding[0].total = (gr_total){ 28000, 28000, 1, false };
    s.finding[0].decision = &decision;
    s.report.summary = (gr_summary){ .gifts = 2, .decided = 1 };
    text = as_text(*state, &s.report, 120, false);
    assert_non_null(strstr(text, "1 decided"));
    assert_non_null(strstr(text, "WARNING: 280.00 of the limit of 300.00"));
    assert_non_null(strstr(text, "Accepted by somebody who is not named on 2026-11-23: "
                                 "paid\xef\xbf\xbd[31m back"));
    assert_null(strstr(text, "Near the limit"));
    s.finding[0].decision = NULL;
    s.finding[0].past = &decision;
    text = as_text(*state, &s.report, 80, false);
    assert_non_null(strstr(text, "Changed since it was accepted by somebody who is not named on"));
}

static void test_text_quarantine(void **state)
{
    gr_quarantined bad = { .error = { GR_EINPUT, 12, 5, "log.xml", "'x' is not an amount",
                                      "fix it" },
                           .record = GR_TEXT("G-0099") };
    gr_error refused = { GR_EINPUT, 1, 0, "june.xml", "the file is empty", "" };
    const char *text;
    sample s;

    fill(&s);
    s.report.quarantined = &bad;
    s.report.refused = &refused;
    s.report.quarantined_count = s.report.refused_count = 1;
    text = as_text(*state, &s.report, 80, false);
    assert_non_null(strstr(text, "  log.xml:12:5, record G-0099\n    'x' is not an amount\n"
                                 "    Hint: fix it\n"));
    assert_non_null(strstr(text, "  june.xml:1\n    the file is empty\n\n"));
}

static void test_output_refused(void **state)
{
    sample *s = calloc(1, sizeof *s);
    gr_executive *many = calloc(100, sizeof *many);
    gr_writer writer;
    gr_error err = { 0 };

    (void)state;
    assert_true(s && many);
    fill(s);
    for (size_t i = 0; i < 100; i++)
        many[i] = s->executive[1];
    s->report.executive = many;
    s->report.executive_count = 100;
    gr_writer_open(&writer, refuse, NULL);
    assert_int_equal(gr_report_text(&s->report, 80, false, &writer, &err), GR_EIO);
    gr_writer_open(&writer, refuse, NULL);
    assert_int_equal(gr_report_json(&s->report, &writer, &err), GR_EIO);
    free(many);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_text_narrow, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_wide, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_empty, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_colour, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_hostile, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_widths, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_many, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_unbounded, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_near_limit, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_decided, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_quarantine, open_output, free_output),
        cmocka_unit_test(test_output_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
