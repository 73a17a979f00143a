/* tests/unit/test_decisions.c - what officers decided, as the ledger keeps it and as it stood at any run; facts that
 * they supplied; the finding that is meant, and its record. */
#include "ledger_box.h"

#include "app/supplement.h"
#include "ledger/decision_store.h"
#include "ledger/gift_find.h"

/* ---- helpers ---- */

static void start(gr_ledger *ledger)
{
    gr_error err;

    assert_int_equal(gr_ledger_begin(ledger, &a_deed, &err), GR_OK);
}

static void finish(gr_ledger *ledger)
{
    gr_error err = { 0 };

    if (gr_ledger_commit(ledger, GR_TEXT("a test"), &err) != GR_OK)
        fail_msg("%s", err.message);
}

static gr_finding a_finding(const char *id, int64_t total, const gr_counted *counted, size_t count)
{
    return (gr_finding){ .id = gr_text_of(id),
                         .verdict = GR_VIOLATION,
                         .kind = GR_TEXT("limit"),
                         .rule = GR_TEXT("finra-3220"),
                         .clause = GR_TEXT("3220(a)"),
                         .gift = GR_TEXT("G-2"),
                         .source = { "gifts.xml", 7, 3 },
                         .day = 20577,
                         .has_limit = true,
                         .limit = { 30000, 1 },
                         .total = { total, 2 * (gr_wide)total, 3, false },
                         .over = { 5000, 3 },
                         .currency = GR_TEXT("USD"),
                         .counted = counted,
                         .counted_count = count };
}

/* One run in which this, and nothing else, is found. total 0: nothing is found. */
static void find_only(gr_ledger *ledger, const char *id, int64_t total, int64_t record)
{
    const gr_counted counted[] = {
        { .gift = GR_TEXT("G-1"), .day = 1, .value = { 1, 1, 1 }, .source = { "gifts.xml", 7, 3 } },
        { .gift = GR_TEXT("G-2"), .day = 2, .value = { 1, 1, 1 }, .source = { "gifts.xml", 7, 3 } },
    };
    gr_finding f = a_finding(id, total, counted, GR_COUNT(counted));
    gr_error err = { 0 };

    start(ledger);
    gr_ledger_findings_start(ledger);
    if (total > 0)
        assert_int_equal(gr_ledger_finding_add(ledger, &f, record, GR_TEXT("0123"), &err), GR_OK);
    assert_int_equal(gr_ledger_findings_end(ledger, &(gr_news){ 0 }, &err), GR_OK);
    finish(ledger);
}

static void decide(gr_ledger *ledger, const char *id, int64_t revision, gr_decision_kind kind,
                   const char *reason)
{
    const gr_decision d = { .kind = kind,
                            .finding = gr_text_of(id),
                            .revision = revision,
                            .reason = gr_text_of(reason),
                            .clause = kind == GR_DECISION_EXEMPT ? GR_TEXT("3220(d)") : GR_TEXT(""),
                            .exemption =
                                kind == GR_DECISION_EXEMPT ? GR_TEXT("X-1") : GR_TEXT("") };
    gr_error err = { 0 };

    start(ledger);
    assert_int_equal(gr_ledger_decision_add(ledger, &d, &err), GR_OK);
    finish(ledger);
}

typedef struct told {
    size_t count;
    char line[256];
} told;

static gr_status take_decision(void *context, const gr_decision *d, gr_error *err)
{
    told *t = context;
    size_t used = strlen(t->line);

    (void)err;
    t->count++;
    snprintf(t->line + used, sizeof t->line - used, "%.*s %s %.*s%.*s%.*s by %.*s %.*s%s;",
             GR_ALL(d->finding), gr_decision_kind_text(d->kind), GR_ALL(d->reason),
             GR_ALL(d->exemption), GR_ALL(d->clause), GR_ALL(d->author),
             GR_ALL(gr_text_slice(d->moment, 0, 10)), d->is_past ? " past" : "");
    return GR_OK;
}

static void assert_decided(gr_ledger *ledger, int64_t run, const char *want)
{
    told t = { 0, "" };
    gr_error err = { 0 };

    if (gr_ledger_each_decision(ledger, run, take_decision, &t, &err) != GR_OK)
        fail_msg("%s", err.message);
    assert_string_equal(t.line, want);
}

/* ---- decisions ---- */

#define FIRST  "F-1 accept cured by clerk 2023-11-14;"
#define SECOND "F-1 exempt letterX-13220(d) by clerk 2023-11-14"

static void test_in_force(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);

    find_only(ledger, "F-1", 100, 0); /* run 1 */
    assert_decided(ledger, GR_RUN_LAST, "");
    decide(ledger, "F-1", 1, GR_DECISION_ACCEPT, "cured");
    assert_decided(ledger, GR_RUN_LAST, FIRST);
    decide(ledger, "F-1", 1, GR_DECISION_EXEMPT, "letter"); /* run 3: in place of the first */
    assert_decided(ledger, GR_RUN_LAST, SECOND ";");
    find_only(ledger, "F-1", 200, 0); /* run 4: it changes */
    assert_decided(ledger, GR_RUN_LAST, SECOND " past;");
    decide(ledger, "F-1", 2, GR_DECISION_ACCEPT, "again");
    assert_decided(ledger, GR_RUN_LAST, "F-1 accept again by clerk 2023-11-14;");
    decide(ledger, "F-1", 2, GR_DECISION_REOPEN, "no"); /* run 6 */
    assert_decided(ledger, GR_RUN_LAST, "");
    find_only(ledger, "F-1", 0, 0); /* run 7: withdrawn */
    assert_decided(ledger, 7, "");

    assert_decided(ledger, 0, ""); /* looking back */
    assert_decided(ledger, 1, "");
    assert_decided(ledger, 2, FIRST);
    assert_decided(ledger, 3, SECOND ";");
    assert_decided(ledger, 4, SECOND " past;");
    assert_decided(ledger, 5, "F-1 accept again by clerk 2023-11-14;");
    assert_decided(ledger, 6, "");
    assert_int_equal(ask(ledger, "SELECT count(*) FROM decision WHERE replaces IS NOT NULL"), 3);
    assert_int_equal(ask(ledger, "SELECT count(*) FROM part WHERE name = 'decision'"), 4);
    assert_sound(ledger);
    gr_ledger_close(ledger);
}

static void test_damaged(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    told t = { 0, "" };
    gr_supplement supplement = { .known = { NULL, 0, 0 } };
    gr_arena *arena = gr_arena_create();
    gr_error err = { 0 };

    find_only(ledger, "F-1", 100, 0);
    decide(ledger, "F-1", 1, GR_DECISION_ACCEPT, "cured");
    assert_int_equal(
        gr_ledger_execute(ledger,
                          "INSERT INTO decision (run, finding, revision, kind, format, "
                          "gift, fact, value, reason) VALUES (1, 'F-1', 1, 'fact', "
                          "'gift-log', 'G-1', 'payer', 'nobody', '')",
                          &err),
        GR_OK);
    assert_int_equal(gr_supplement_load(&supplement, ledger, arena, &err), GR_EIO);
    assert_non_null(strstr(err.message, "'nobody' stands there as payer"));
    assert_int_equal(gr_ledger_execute(ledger, "UPDATE decision SET fact = 'colour'", &err), GR_OK);
    assert_int_equal(gr_supplement_load(&supplement, ledger, arena, &err), GR_EIO);
    assert_decided(ledger, GR_RUN_LAST, FIRST);
    assert_int_equal(gr_ledger_each_decision(ledger, GR_RUN_LAST, take_decision, &t, &err), GR_OK);
    gr_supplement_free(&supplement);
    gr_arena_free(arena);
    gr_ledger_close(ledger);
}

/* ---- facts ---- */

static void put_fact(gr_ledger *ledger, gr_fact fact, uint32_t position, const char *value)
{
    const gr_decision d = { .kind = GR_DECISION_FACT,
                            .finding = GR_TEXT("F-1"),
                            .revision = 1,
                            .reason = GR_TEXT("told") };
    const gr_supplied s = {
        .format = GR_TEXT("gift-log"), .gift = GR_TEXT("G-1"), .position = position, .fact = fact
    };
    gr_error err = { 0 };

    start(ledger);
    assert_int_equal(gr_ledger_supplied_add(ledger, &d, &s, gr_text_of(value), &err), GR_OK);
    finish(ledger);
}

static gr_status take_supplied(void *context, const gr_supplied *s, gr_error *err)
{
    told *t = context;
    size_t used = strlen(t->line);
    char room[GR_VALUE_TEXT];

    (void)err;
    assert_true(gr_text_is(s->gift, "G-1") && gr_text_is(s->format, "gift-log"));
    snprintf(t->line + used, sizeof t->line - used, "%s %u %.*s;", gr_fact_get(s->fact)->name,
             (unsigned)s->position, GR_ALL(gr_value_print(s->fact, &s->value, room)));
    return GR_OK;
}

static void assert_supplied(gr_ledger *ledger, int64_t run, const char *want)
{
    told t = { 0, "" };
    gr_error err = { 0 };

    if (gr_ledger_each_supplied(ledger, run, take_supplied, &t, &err) != GR_OK)
        fail_msg("%s", err.message);
    assert_string_equal(t.line, want);
}

static void test_supplied(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);

    put_fact(ledger, GR_F_PAYER, 5, "firm"); /* the position is of no meaning for it */
    put_fact(ledger, GR_F_EMPLOYER, 0, "Acme");
    put_fact(ledger, GR_F_EMPLOYER, 1, "Beta");
    assert_supplied(ledger, GR_RUN_LAST, "payer 0 firm;employer 0 Acme;employer 1 Beta;");
    put_fact(ledger, GR_F_PAYER, 0, "giver");
    put_fact(ledger, GR_F_EMPLOYER, 0, "");
    assert_supplied(ledger, GR_RUN_LAST, "employer 1 Beta;payer 0 giver;");
    assert_supplied(ledger, 3, "payer 0 firm;employer 0 Acme;employer 1 Beta;");
    assert_supplied(ledger, 1, "payer 0 firm;");
    assert_supplied(ledger, 0, "");
    assert_decided(ledger, GR_RUN_LAST, ""); /* a fact decides no finding */
    gr_ledger_close(ledger);
}

static void test_laid(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_supplement supplement = { .known = { NULL, 0, 0 } };
    gr_arena *arena = gr_arena_create();
    gr_list laid = GR_LIST(gr_supplied *);
    gr_recipient jane;
    gr_record record = gift("G-1", 100, &jane), other = gift("G-2", 100, &jane);
    gr_error err = { 0 };

    put_fact(ledger, GR_F_PAYER, 0, "firm");
    put_fact(ledger, GR_F_EMPLOYER, 0, "Acme");
    put_fact(ledger, GR_F_EMPLOYER, 1, "there is no second one");
    put_fact(ledger, GR_F_NAME, 0, "it has a name");
    put_fact(ledger, GR_F_COST, 0, "1.00");
    assert_int_equal(gr_supplement_load(&supplement, ledger, arena, &err), GR_OK);
    gr_ledger_close(ledger); /* it needs the ledger no more */
    assert_true(gr_supplement_lay(&supplement, GR_TEXT("gift-log"), &record, &laid));
    assert_int_equal(laid.count, 2);
    assert_int_equal(record.value[GR_F_PAYER].number,
                     gr_fact_word_find(GR_F_PAYER, GR_TEXT("firm")));
    assert_true(gr_text_is(gr_recipient_text(&jane, GR_F_EMPLOYER), "Acme"));
    assert_true(gr_text_is(gr_recipient_text(&jane, GR_F_NAME), "Jane Roe"));
    assert_int_equal(record.value[GR_F_COST].amount.num, 100);
    assert_true(gr_supplement_lay(&supplement, GR_TEXT("gift-log"), &other, &laid));
    record = gift("G-1", 100, &jane);
    assert_true(gr_supplement_lay(&supplement, GR_TEXT("concur"), &record, &laid));
    assert_int_equal(laid.count, 2);
    gr_supplement_free(&supplement);
    gr_list_free(&laid);
    gr_arena_free(arena);
}

/* ---- the finding, and its record ---- */

static gr_status pick(gr_ledger *ledger, const char *id, gr_arena *arena, gr_finding_known *out,
                      gr_error *err)
{
    return gr_ledger_finding_pick(ledger, gr_text_of(id), arena, out, err);
}

static void test_pick(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_arena *arena = gr_arena_create();
    gr_finding_known k;
    gr_error err = { 0 };

    find_only(ledger, "F-1", 100, 0);
    find_only(ledger, "F-1", 200, 0);
    assert_int_equal(pick(ledger, "F-", arena, &k, &err), GR_OK);
    assert_int_equal(k.revision, 2);
    assert_true(gr_text_is(k.finding.id, "F-1") && gr_text_is(k.finding.rule, "finra-3220"));
    assert_true(k.finding.verdict == GR_VIOLATION && k.finding.day == 20577 && !k.is_withdrawn);
    assert_true(k.finding.has_limit && k.finding.limit.num == 30000 && k.finding.over.num == 5000);
    assert_true(k.finding.total.low == 200 && k.finding.total.high == 400);
    assert_true(k.finding.total.den == 3 && k.finding.over.den == 3);
    find_only(ledger, "F-2", 100, 0); /* F-1 is gone */
    assert_int_equal(pick(ledger, "F-1", arena, &k, &err), GR_EINPUT);
    assert_non_null(strstr(err.message, "is not made any more"));
    assert_int_equal(pick(ledger, "F-", arena, &k, &err), GR_OK);
    put_fact(ledger, GR_F_PAYER, 0, "firm"); /* for F-1, which can be meant again therefore */
    assert_int_equal(pick(ledger, "F-1", arena, &k, &err), GR_OK);
    assert_true(k.is_withdrawn);
    assert_int_equal(pick(ledger, "F-", arena, &k, &err), GR_EUSAGE);
    assert_string_equal(err.hint, "one of F-1, F-2");
    assert_int_equal(pick(ledger, "F-%", arena, &k, &err), GR_EINPUT);
    gr_arena_free(arena);
    gr_ledger_close(ledger);
}

static void test_record(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_arena *arena = gr_arena_create();
    gr_finding_known k;
    gr_gift_known g;
    gr_value value;
    bool is_known;
    gr_error err = { 0 };

    begin(ledger);
    add_gift(ledger, "G-1", 100);
    add_gift(ledger, "G-2", 100);
    end(ledger, true, "aa");
    begin(ledger);
    add_gift(ledger, "G-2", 250); /* corrected after it was judged */
    end(ledger, true, "bb");
    find_only(ledger, "F-1", 100, 2);
    assert_int_equal(pick(ledger, "F-1", arena, &k, &err), GR_OK);
    assert_int_equal(gr_ledger_gift_of(ledger, &k, arena, &g, &err), GR_OK);
    assert_true(gr_text_is(g.id, "G-2") && g.row == 3 && g.recipients == 1 && !g.is_retracted);
    assert_int_equal(gr_ledger_gift_fact(ledger, &g, 0, GR_F_COST, arena, &value, &is_known, &err),
                     GR_OK);
    assert_true(is_known && value.amount.num == 250);
    assert_int_equal(gr_ledger_gift_fact(ledger, &g, 0, GR_F_NAME, arena, &value, &is_known, &err),
                     GR_OK);
    assert_true(is_known && gr_text_is(value.text, "Jane Roe"));
    for (uint32_t position = 0; position < 2; position++) {
        assert_int_equal(gr_ledger_gift_fact(ledger, &g, position, GR_F_EMPLOYER, arena, &value,
                                             &is_known, &err),
                         GR_OK);
        assert_false(is_known);
    }
    assert_int_equal(gr_ledger_gift_counted(ledger, &k, GR_TEXT("G-1"), arena, &g, &err), GR_OK);
    assert_true(gr_text_is(g.id, "G-1") && g.row == 1);
    assert_int_equal(gr_ledger_gift_counted(ledger, &k, GR_TEXT("G-3"), arena, &g, &err),
                     GR_EINPUT);
    assert_string_equal(err.hint, "one of G-2, G-1");
    find_only(ledger, "F-1", 200, 0); /* as an older ledger has it */
    assert_int_equal(pick(ledger, "F-1", arena, &k, &err), GR_OK);
    assert_int_equal(gr_ledger_gift_of(ledger, &k, arena, &g, &err), GR_EINPUT);
    gr_arena_free(arena);
    gr_ledger_close(ledger);
}

/* ---- what a run has changed ---- */

static gr_status take_change(void *context, const gr_finding_known *was, const gr_finding_known *is,
                             gr_error *err)
{
    told *t = context;
    size_t used = strlen(t->line);

    (void)err;
    snprintf(t->line + used, sizeof t->line - used, "%.*s %lld to %lld%s;", GR_ALL(is->finding.id),
             was ? (long long)was->revision : 0, (long long)is->revision,
             is->is_withdrawn ? " gone" : "");
    return GR_OK;
}

static void test_changes(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_arena *arena = gr_arena_create();
    gr_finding f = a_finding("F-2", 100, NULL, 0);
    told t = { 0, "" };
    gr_error err = { 0 };

    find_only(ledger, "F-1", 100, 0);
    start(ledger);
    gr_ledger_findings_start(ledger);
    assert_int_equal(gr_ledger_finding_add(ledger, &f, 0, GR_TEXT("0123"), &err), GR_OK);
    assert_int_equal(gr_ledger_findings_end(ledger, &(gr_news){ 0 }, &err), GR_OK);
    assert_int_equal(gr_ledger_each_change(ledger, arena, take_change, &t, &err), GR_OK);
    assert_string_equal(t.line, "F-1 1 to 2 gone;F-2 0 to 1;");
    finish(ledger);
    gr_arena_free(arena);
    gr_ledger_close(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_in_force, enter, leave),
        cmocka_unit_test_setup_teardown(test_damaged, enter, leave),
        cmocka_unit_test_setup_teardown(test_supplied, enter, leave),
        cmocka_unit_test_setup_teardown(test_laid, enter, leave),
        cmocka_unit_test_setup_teardown(test_pick, enter, leave),
        cmocka_unit_test_setup_teardown(test_record, enter, leave),
        cmocka_unit_test_setup_teardown(test_changes, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
