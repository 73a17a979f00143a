/* tests/unit/test_ledger.c - the ledger keeps records, quarantine and findings exactly and once, and
 * undoes what is refused. */
#include "ledger_box.h"

/* ---- records ---- */

static gr_value some_value(gr_fact fact, int variant)
{
    static const gr_amount amounts[] = {
        { 0, 1 }, { 12500, 1 }, { 100, 3 }, { INT64_MAX, 1 }, { INT64_MAX, 7 }
    };
    static const gr_day days[] = { GR_DAY_FIRST, 0, 20577, GR_DAY_LAST };

    switch (gr_fact_get(fact)->type) {
    case GR_FACT_TEXT:
        return (gr_value){ .text = variant % 3 == 0   ? GR_TEXT("")
                                   : variant % 3 == 1 ? GR_TEXT("it's \"Mu\xc3\xb1oz\"; -- %s?")
                                                      : gr_text_of(gr_fact_get(fact)->name) };
    case GR_FACT_DAY:
        return (gr_value){ .number = days[variant % 4] };
    case GR_FACT_MONEY:
        return (gr_value){ .amount = amounts[variant % 5] };
    case GR_FACT_WORD:
        return (gr_value){ .number = variant % 2 };
    default:
        return (gr_value){ .number = variant * 1000 };
    }
}

static void fill(gr_record *record, gr_recipient *recipient, int variant)
{
    *record = (gr_record){ .line = 4000000000U, .column = 9, .shares_computed = true };
    for (int f = 0; f < GR_GIFT_FACT_COUNT; f++)
        gr_record_set(record, NULL, (gr_fact)f, some_value((gr_fact)f, variant + f));
    for (int i = 0; i < 3; i++) {
        recipient[i] = (gr_recipient){ 0 };
        for (int f = GR_GIFT_FACT_COUNT; f < GR_FACT_COUNT; f++)
            gr_record_set(record, &recipient[i], (gr_fact)f,
                          some_value((gr_fact)f, variant + f + i));
    }
    record->recipient = recipient;
    record->recipient_count = 3;
}

static void test_every_fact(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_recipient recipient[3];
    gr_record full, none = { .kind = GR_RECORD_EXPENSE, .line = 1 };
    uint64_t digest[6];
    seen s;

    begin(ledger);
    for (int v = 0; v < 5; v++) {
        fill(&full, recipient, v);
        full.kind = v == 4 ? GR_RECORD_RETRACTION : GR_RECORD_GIFT;
        gr_record_set(&full, NULL, GR_F_ID, (gr_value){ .text = { "ABCDE" + v, 1 } });
        digest[v] = gr_record_digest(&full);
        assert_int_equal(add(ledger, &full), GR_LEDGER_NEW);
    }
    digest[5] = gr_record_digest(&none);
    assert_int_equal(add(ledger, &none), GR_LEDGER_NEW);
    assert_int_equal(add(ledger, &none), GR_LEDGER_SAME);
    end(ledger, true, "aa");
    gr_ledger_close(ledger);

    ledger = open_ledger(box->path);
    s = read_all(ledger);
    assert_int_equal(s.count, 6);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(s.digest[i], digest[i]);
        assert_int_equal(s.recipients[i], i < 5 ? 3 : 0);
    }
    assert_int_equal(s.line[0], 4000000000U);
    assert_false(s.computed);
    assert_string_equal(s.file, "gifts.xml");
    assert_string_equal(s.format, "gift-log");
    assert_int_equal(ask(ledger, "SELECT count(*) FROM gift"), 16);
    begin(ledger);
    assert_int_equal(add(ledger, &none), GR_LEDGER_SAME);
    end(ledger, true, "aa");
    assert_sound(ledger);
    gr_ledger_close(ledger);
}

static void test_same_again(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    int64_t before;

    for (int run = 0; run < 3; run++) {
        begin(ledger);
        for (int i = 0; i < 100; i++) {
            char id[16];

            snprintf(id, sizeof id, "G-%d", i * 7919 % 100);
            assert_int_equal(add_gift(ledger, id, 100 + i), run ? GR_LEDGER_SAME : GR_LEDGER_NEW);
            assert_int_equal(add_gift(ledger, id, 100 + i), GR_LEDGER_SAME);
        }
        end(ledger, true, run == 2 ? "other bytes" : "aa");
        if (run == 0)
            before = rows_of(ledger);
        assert_int_equal(rows_of(ledger), before);
        assert_int_equal(read_all(ledger).count, 100);
    }
    assert_int_equal(ask(ledger, "SELECT count(*) FROM recipient"), 1);
    assert_int_equal(ask(ledger, "SELECT count(*) FROM run"), 1);
    assert_sound(ledger);
    gr_ledger_close(ledger);
}

static void test_changed(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);

    begin(ledger);
    assert_int_equal(add_gift(ledger, "G-1", 100), GR_LEDGER_NEW);
    assert_int_equal(add_gift(ledger, "G-1", 200), GR_LEDGER_CHANGED);
    assert_int_equal(add_gift(ledger, "G-2", 100), GR_LEDGER_NEW);
    end(ledger, true, "aa");
    begin(ledger);
    assert_int_equal(add_gift(ledger, "G-1", 300), GR_LEDGER_CHANGED);
    assert_int_equal(add_gift(ledger, "G-1", 300), GR_LEDGER_SAME);
    end(ledger, true, "bb");
    assert_int_equal(read_all(ledger).count, 2);
    assert_int_equal(ask(ledger, "SELECT count(*) FROM record"), 4);
    assert_int_equal(ask(ledger, "SELECT cost FROM gift WHERE id = 'G-1'"), 300);
    assert_int_equal(ask(ledger, "SELECT o.cost FROM record AS n JOIN record AS o "
                                 "ON o.record = n.replaces WHERE n.cost = 300"),
                     200);
    assert_sound(ledger);
    gr_ledger_close(ledger);
}

/* A correction may be taken back: only what is in force is "the same". */
static void test_back_to_earlier(void **state)
{
    static const int64_t cents[] = { 200, 250, 200, 200, 250, 250, 200 };
    sandbox *box = *state;

    for (int in_one_run = 0; in_one_run < 2; in_one_run++) {
        gr_ledger *ledger = open_ledger(box->path);
        char id[] = "G-0";

        id[2] = (char)('0' + in_one_run);
        begin(ledger);
        for (size_t i = 0; i < GR_COUNT(cents); i++) {
            gr_ledger_news want = i == 0                     ? GR_LEDGER_NEW
                                  : cents[i] == cents[i - 1] ? GR_LEDGER_SAME
                                                             : GR_LEDGER_CHANGED;

            assert_int_equal(add_gift(ledger, id, cents[i]), want);
            if (!in_one_run) {
                end(ledger, true, "aa");
                begin(ledger);
            }
        }
        end(ledger, true, "bb");
        assert_int_equal(ask(ledger, "SELECT max(revision) FROM record"), 5);
        assert_int_equal(read_all(ledger).count, in_one_run + 1);
        assert_int_equal(ask(ledger, "SELECT max(cost) FROM gift"), 200);
        assert_sound(ledger);
        gr_ledger_close(ledger);
    }
}

static void retract(gr_ledger *ledger, const char *id, gr_day day, gr_ledger_news want)
{
    gr_record record = { .kind = GR_RECORD_RETRACTION, .line = 9 };

    gr_record_set(&record, NULL, GR_F_ID, (gr_value){ .text = gr_text_of(id) });
    gr_record_set(&record, NULL, GR_F_DATE, (gr_value){ .number = day });
    assert_int_equal(add(ledger, &record), want);
}

static void test_retracted(void **state)
{
    sandbox *box = *state;

    for (int in_one_run = 0; in_one_run < 2; in_one_run++) {
        gr_ledger *ledger = open_ledger(box->path);
        const char *id = in_one_run ? "G-1" : "G-0";

        begin(ledger);
        add_gift(ledger, id, 100);
        add_gift(ledger, id, 200);
        if (!in_one_run) {
            end(ledger, true, "aa");
            begin(ledger);
        }
        retract(ledger, id, 1, GR_LEDGER_CHANGED);
        retract(ledger, id, 1, GR_LEDGER_SAME);
        retract(ledger, id, 2, GR_LEDGER_CHANGED);
        if (!in_one_run) {
            end(ledger, true, "bb");
            begin(ledger);
        }
        assert_int_equal(add_gift(ledger, id, 200),
                         GR_LEDGER_SAME); /* that is what was retracted */
        assert_int_equal(add_gift(ledger, id, 100), GR_LEDGER_CHANGED);
        assert_int_equal(add_gift(ledger, id, 200), GR_LEDGER_CHANGED);
        retract(ledger, "G-none", 1, in_one_run ? GR_LEDGER_CHANGED : GR_LEDGER_NEW);
        assert_int_equal(add_gift(ledger, "G-none", in_one_run), GR_LEDGER_CHANGED);
        end(ledger, true, "cc");
        assert_int_equal(ask(ledger, "SELECT count(*) FROM gift WHERE record_kind <> 'gift'"), 0);
        assert_sound(ledger);
        gr_ledger_close(ledger);
    }
}

/* After an undoing the versions of sources before it are found again, though it had newer ones. */
static void test_refused_versions(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_source source = { .file = GR_TEXT("kept.xml"), .sha256 = "kept" };
    bool is_known = true;
    gr_error err;

    begin(ledger);
    add_gift(ledger, "G-1", 100);
    assert_int_equal(gr_ledger_source_find(ledger, "", &is_known, &err), GR_OK);
    assert_false(is_known); /* not the one now open */
    assert_int_equal(gr_ledger_source_end(ledger, true, &source, &err), GR_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(gr_ledger_source_start(ledger, &err), GR_OK);
        assert_int_equal(add_gift(ledger, "G-1", 200), GR_LEDGER_CHANGED);
        assert_int_equal(add_gift(ledger, "G-1", 300), GR_LEDGER_CHANGED);
        assert_int_equal(add_gift(ledger, "G-2", 300), GR_LEDGER_NEW);
        assert_int_equal(gr_ledger_source_end(ledger, false, &source, &err), GR_OK);
    }
    assert_int_equal(gr_ledger_source_start(ledger, &err), GR_OK);
    assert_int_equal(add_gift(ledger, "G-1", 100), GR_LEDGER_SAME);
    assert_int_equal(add_gift(ledger, "G-2", 300), GR_LEDGER_NEW);
    assert_int_equal(add_gift(ledger, "G-1", 300), GR_LEDGER_CHANGED);
    assert_int_equal(gr_ledger_source_find(ledger, "kept", &is_known, &err), GR_OK);
    assert_true(is_known);
    end(ledger, true, "aa");
    assert_int_equal(ask(ledger, "SELECT count(*) FROM record"), 3);
    assert_int_equal(ask(ledger, "SELECT revision FROM gift WHERE id = 'G-1'"), 2);
    assert_sound(ledger);
    gr_ledger_close(ledger);
}

static void test_formats_apart(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_ledger_kept kept = { GR_LEDGER_SAME, 0 };
    gr_recipient jane;
    gr_record record = gift("G-1", 100, &jane);
    gr_error err;

    begin(ledger);
    assert_int_equal(add(ledger, &record), GR_LEDGER_NEW);
    assert_int_equal(gr_ledger_record_add(ledger, GR_TEXT("other"), &record,
                                          gr_record_digest(&record), &kept, &err),
                     GR_OK);
    assert_int_equal(kept.news, GR_LEDGER_NEW);
    end(ledger, true, "aa");
    assert_int_equal(read_all(ledger).count, 2);
    gr_ledger_close(ledger);
}

static void test_refused_source(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_source source = { .file = GR_TEXT("broken.xml") };
    gr_error err;
    int64_t before;

    begin(ledger);
    for (int i = 0; i < 100; i++)
        add_gift(ledger, "G-refused", i);
    assert_int_equal(gr_ledger_source_end(ledger, false, &source, &err), GR_OK);
    assert_int_equal(gr_ledger_commit(ledger, GR_TEXT(""), &err), GR_OK);
    assert_int_equal(rows_of(ledger), 0);

    begin(ledger);
    add_gift(ledger, "G-1", 100);
    assert_int_equal(gr_ledger_source_end(ledger, false, &source, &err), GR_OK);
    assert_int_equal(gr_ledger_source_start(ledger, &err), GR_OK);
    assert_int_equal(add_gift(ledger, "G-2", 100), GR_LEDGER_NEW); /* takes the row of G-1 */
    assert_int_equal(add_gift(ledger, "G-1", 200), GR_LEDGER_NEW);
    end(ledger, true, "aa");
    assert_int_equal(read_all(ledger).count, 2);
    before = rows_of(ledger);
    begin(ledger);
    add_gift(ledger, "G-3", 100);
    gr_ledger_close(ledger); /* neither ended nor committed */
    ledger = open_ledger(box->path);
    assert_int_equal(rows_of(ledger), before);
    assert_sound(ledger);
    gr_ledger_close(ledger);
}

/* ---- quarantine ---- */

static void quarantine(gr_ledger *ledger, uint32_t line)
{
    gr_quarantined q = { .record = GR_TEXT("G-9"), .raw = GR_TEXT("<gift/>") };
    gr_error err;

    gr_fail(&q.error, GR_EINPUT, (gr_place){ "gifts.xml", line, 2 }, "mend it", "it is broken");
    assert_int_equal(gr_ledger_quarantine_add(ledger, &q, &err), GR_OK);
}

static gr_status count_quarantined(void *context, const gr_quarantined *q, gr_error *err)
{
    (void)err;
    assert_true(gr_text_is(q->raw, "<gift/>") && gr_text_is(q->record, "G-9"));
    assert_string_equal(q->error.message, "it is broken");
    assert_string_equal(q->error.hint, "mend it");
    *(uint32_t *)context += q->error.line;
    return GR_OK;
}

static void test_quarantine(void **state)
{
    static const struct {
        const char *sha256;
        uint32_t lines[2], sum;
    } cases[] = { { "aa", { 10, 20 }, 30 },
                  { "aa", { 10, 20 }, 30 },
                  { "aa", { 20, 30 }, 60 },
                  { "bb", { 10, 10 }, 70 } };
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        uint32_t sum = 0;
        gr_error err;

        begin(ledger);
        quarantine(ledger, cases[i].lines[0]);
        quarantine(ledger, cases[i].lines[1]);
        end(ledger, true, cases[i].sha256);
        assert_int_equal(
            gr_ledger_each_quarantined(ledger, GR_RUN_LAST, 0, count_quarantined, &sum, &err),
            GR_OK);
        assert_int_equal(sum, cases[i].sum);
    }
    assert_int_equal(ask(ledger, "SELECT count(*) FROM run"), 3);
    gr_ledger_close(ledger);
}

/* What came in order later is no longer told; in the first run that is found without an index. */
static void test_quarantine_mended(void **state)
{
    sandbox *box = *state;

    for (int in_one_run = 1; in_one_run >= 0; in_one_run--) {
        gr_ledger *ledger = open_ledger(box->path);
        gr_source source = { .file = GR_TEXT("bad.xml"), .format = GR_TEXT("gift-log") };
        uint32_t lines = 0;
        gr_error err;

        snprintf(source.sha256, sizeof source.sha256, "%d", in_one_run);
        begin(ledger);
        add_gift(ledger, "G-9", 100 + in_one_run); /* not later */
        quarantine(ledger, 10);
        if (in_one_run) {
            assert_int_equal(gr_ledger_source_end(ledger, true, &source, &err), GR_OK);
            assert_int_equal(gr_ledger_source_start(ledger, &err), GR_OK);
        } else {
            end(ledger, true, "aa");
            begin(ledger);
        }
        assert_int_equal(
            gr_ledger_each_quarantined(ledger, GR_RUN_LAST, 0, count_quarantined, &lines, &err),
            GR_OK);
        assert_int_equal(lines, 10);
        add_gift(ledger, "G-9", 200 + in_one_run);
        lines = 0;
        assert_int_equal(
            gr_ledger_each_quarantined(ledger, GR_RUN_LAST, 0, count_quarantined, &lines, &err),
            GR_OK);
        assert_int_equal(lines, 0);
        end(ledger, true, in_one_run ? "bb" : "cc");
        assert_int_equal(ask(ledger, "SELECT count(*) FROM quarantined"), 2 - in_one_run);
        gr_ledger_close(ledger);
    }
}

/* ---- findings ---- */

static void keep_finding(gr_ledger *ledger, gr_finding *f)
{
    gr_error err = { 0 };

    assert_int_equal(gr_ledger_begin(ledger, &a_deed, &err), GR_OK);
    gr_ledger_findings_start(ledger);
    if (gr_ledger_finding_add(ledger, f, 0, GR_TEXT("0123"), &err) != GR_OK ||
        gr_ledger_findings_end(ledger, NULL, &err) != GR_OK)
        fail_msg("%s", err.message);
    assert_int_equal(gr_ledger_commit(ledger, GR_TEXT(""), &err), GR_OK);
}

static void test_findings(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_counted counted[2] = { { .gift = GR_TEXT("G-1"), .value = { 100, 100, 3 } },
                              { .gift = GR_TEXT("G-2"), .value = { 0, GR_UNBOUNDED, 1 } } };
    gr_text presumed[2] = { GR_TEXT("the firm paid"), GR_TEXT("it was business") };
    gr_finding f = { .id = GR_TEXT("F-0123456789ab"),
                     .verdict = GR_NEEDS_REVIEW,
                     .kind = GR_TEXT("limit"),
                     .has_limit = true,
                     .limit = { 30000, 1 },
                     .total = { .low = 32500, .high = (gr_wide)INT64_MAX * 10, .den = 1 },
                     .over = { 2500, 1 },
                     .counted = counted,
                     .counted_count = 2,
                     .presumption = presumed,
                     .presumption_count = 2,
                     .reason = GR_TEXT("it is much") };
    int64_t before;

    keep_finding(ledger, &f);
    before = rows_of(ledger);
    keep_finding(ledger, &f);
    assert_int_equal(rows_of(ledger), before);
    assert_int_equal(ask(ledger, "SELECT total_possible = '92233720368547758070/1' AND verdict = "
                                 "'needs_review' AND length(presumptions) = 29 FROM finding"),
                     1);
    assert_int_equal(ask(ledger, "SELECT count(*) FROM counted WHERE value_certain = '100/3' OR "
                                 "value_possible IS NULL"),
                     2);
    counted[1].day = 1;
    keep_finding(ledger, &f);
    assert_int_equal(ask(ledger, "SELECT replaces FROM finding WHERE revision = 2"), 1);
    f.giver_name =
        GR_TEXT("Dana Fox"); /* names of givers are told as they stand, not kept with it */
    before = rows_of(ledger);
    keep_finding(ledger, &f);
    assert_int_equal(rows_of(ledger), before);
    f.id = GR_TEXT("F-000000000000");
    f.has_limit = false;
    keep_finding(ledger, &f);
    assert_int_equal(
        ask(ledger, "SELECT count(*) FROM finding WHERE period IS NULL AND verdict <> 'withdrawn'"),
        1);
    assert_int_equal(ask(ledger, "SELECT replaces FROM finding WHERE verdict = 'withdrawn'"), 2);
    f.id = GR_TEXT("F-0123456789ab");
    keep_finding(ledger, &f); /* found again after all */
    assert_int_equal(ask(ledger, "SELECT max(revision) FROM finding"), 4);
    assert_sound(ledger);
    gr_ledger_close(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_fact, enter, leave),
        cmocka_unit_test_setup_teardown(test_same_again, enter, leave),
        cmocka_unit_test_setup_teardown(test_changed, enter, leave),
        cmocka_unit_test_setup_teardown(test_back_to_earlier, enter, leave),
        cmocka_unit_test_setup_teardown(test_retracted, enter, leave),
        cmocka_unit_test_setup_teardown(test_refused_versions, enter, leave),
        cmocka_unit_test_setup_teardown(test_formats_apart, enter, leave),
        cmocka_unit_test_setup_teardown(test_refused_source, enter, leave),
        cmocka_unit_test_setup_teardown(test_quarantine, enter, leave),
        cmocka_unit_test_setup_teardown(test_quarantine_mended, enter, leave),
        cmocka_unit_test_setup_teardown(test_findings, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
