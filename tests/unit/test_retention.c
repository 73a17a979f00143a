/* tests/unit/test_retention.c - what goes is gone from the file, what stays is judged as before, and the ledger is whole. */
#include "ledger_year.h"

#include "ledger/verify.h"

static void assert_whole(const char *path)
{
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger = NULL;
    gr_verification v = { 0 };
    gr_error err = { 0 };

    if (gr_ledger_open_verifying(path, &ledger, &err) != GR_OK ||
        gr_ledger_verify(ledger, arena, &v, &err) != GR_OK)
        fail_msg("%s", err.message);
    if (v.faults > 0)
        fail_msg("%lld %s: %s", (long long)v.fault[0].run, v.fault[0].table.ptr,
                 v.fault[0].text.ptr);
    assert_true(v.totals_known);
    gr_ledger_close(ledger);
    gr_arena_free(arena);
}

static bool has(const char *bytes, size_t n, const char *word)
{
    size_t length = strlen(word);

    for (size_t i = 0; i + length <= n; i++)
        if (memcmp(bytes + i, word, length) == 0)
            return true;
    return false;
}

static bool is_in_file(const char *path, const char *word)
{
    static const char *const ends[] = { "", "-wal", "-journal" };
    bool found = false;

    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        char name[PATH_SIZE + 16];
        char *bytes = calloc(1, 8 << 20);
        FILE *file;
        size_t n;

        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        file = fopen(name, "rb");
        n = file ? fread(bytes, 1, (8 << 20) - 1, file) : 0;
        found = found || has(bytes, n, word);
        if (file)
            fclose(file);
        free(bytes);
    }
    return found;
}

static int64_t number(const char *path, const char *sql)
{
    gr_ledger *ledger = open_ledger(path);
    int64_t result = ask(ledger, sql);

    gr_ledger_close(ledger);
    return result;
}

static uint64_t draw(uint64_t *seed, uint64_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (*seed >> 33) % below;
}

/* Gifts of some years to some people, with large sums among them. */
static char *many_gifts(uint64_t *seed, int count, int first_year, int years, const char *name)
{
    size_t size = 0;
    char *all = NULL;
    FILE *out = open_memstream(&all, &size);

    for (int i = 0; i < count; i++) {
        int who = (int)draw(seed, 12);

        fprintf(
            out,
            "<gift id=\"%s%d\" date=\"%d-%02d-%02d\"><giver id=\"A%d\"/><payer>firm</payer>"
            "<recipient id=\"R-%s-%d\"><name>%s %d</name><employer kind=\"vendor\">Acme</employer>"
            "</recipient><cost>%d.00</cost><kind>goods</kind></gift>",
            name, i, first_year + (int)draw(seed, (uint64_t)years), 1 + (int)draw(seed, 12),
            1 + (int)draw(seed, 28), (int)draw(seed, 4), name, who, name, who,
            1 + (int)draw(seed, 60));
    }
    fclose(out);
    return all;
}

static void test_bytes(void **state)
{
    sandbox *box = *state;
    uint64_t seed = 7;
    char *old = many_gifts(&seed, 900, 2015, 4, "Zebulon"),
         *young = many_gifts(&seed, 900, 2025, 2, "Ann");

    audit_export(box, old, "clerk");
    audit_export(box, young, "clerk");
    audit_export(box,
                 GIFT("Zebulon1", "2016-01-01", "900.00") "<gift id=\"Zq\" date=\"2016-13-01\"/>",
                 "clerk");
    assert_true(is_in_file(box->path, "Zebulon"));
    dispose(box, "2026-11-23", NULL, 0);
    assert_whole(box->path);
    assert_false(is_in_file(box->path, "Zebulon"));
    assert_int_equal(number(box->path, "SELECT count(*) FROM record"), 900);
    assert_int_equal(number(box->path, "SELECT count(*) FROM quarantined"), 1); /* it came today */
    dispose(box, "2040-01-01", NULL, 0);
    assert_whole(box->path);
    assert_false(is_in_file(box->path, "Ann"));
    assert_int_equal(number(box->path, "SELECT count(*) FROM record"), 0);
    assert_int_equal(number(box->path, "SELECT count(*) FROM quarantined"), 0);
    audit_export(box, young, "clerk"); /* keys of what is gone are not given again */
    audit_export(box, GIFT("New", "2040-01-01", "10.00"), "clerk");
    assert_whole(box->path);
    free(old);
    free(young);
}

/* All findings in force about gifts of 2020 and later, in one text. */
static void findings(const char *path, char *out, size_t size)
{
    gr_ledger *ledger = open_ledger(path);
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT group_concat(x, ' ') FROM (SELECT id || verdict || coalesce(total_certain, '') AS "
        "x "
        "FROM finding AS f WHERE date >= '2020-01-01' AND verdict <> 'withdrawn' AND NOT EXISTS "
        "(SELECT 1 FROM finding AS n WHERE n.replaces = f.finding) ORDER BY id)");
    gr_error err;

    assert_true(gr_statement_step(&s));
    snprintf(out, size, "%.*s", GR_ALL(gr_column_text(s.handle, 0)));
    gr_statement_close(&s, &err);
    gr_ledger_close(ledger);
}

/* Whatever the firm's year, what stays comes out as before. */
static void test_same_findings(void **state)
{
    static const char *const periods[] = { "calendar", "fiscal", "anniversary", "trailing",
                                           "unstated" };
    size_t gone = 0;

    for (size_t i = 0; i < GR_COUNT(periods); i++) {
        gr_setting settings[] = { { "period", periods[i] }, { "fiscal-start", "07-01" } };
        sandbox *box = *state;
        uint64_t seed = 100 + i;
        char *gifts = many_gifts(&seed, 250, 2012, 13, "Ann");
        char *before = calloc(1, 1 << 20), *after = calloc(1, 1 << 20);
        int64_t records;

        audit_with(box, gifts, "clerk", settings, 2);
        findings(box->path, before, 1 << 20);
        records = number(box->path, "SELECT count(*) FROM record");
        dispose(box, "2026-06-01", settings, 2);
        findings(box->path, after, 1 << 20);
        assert_string_equal(before, after);
        assert_true(strlen(before) > 100);
        assert_whole(box->path);
        gone += (size_t)(records - number(box->path, "SELECT count(*) FROM record"));
        free(gifts);
        free(before);
        free(after);
        leave(state);
        enter(state);
    }
    assert_true(gone > 150);
}

static void hold(const sandbox *box, const char *kind, const char *value)
{
    gr_hold_options options = { box->path, "lex", kind, value, "a suit", 0 };
    int64_t hold_number;
    gr_error err;

    assert_int_equal(gr_hold(&options, &hold_number, &err), GR_OK);
}

static void test_holds(void **state)
{
    static const struct {
        const char *kind, *value;
        bool stays, quarantine_stays;
    } cases[] = {
        { "gift", "G1", true, false },     { "gift", "g3", true, false },
        { "giver", "A2", true, false },    { "giver", "dana fox", true, true },
        { "recipient", "R1", true, true }, { "recipient", "ann lee", true, false },
        { "all", "", true, true },         { "recipient", "Nobody", false, false },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        sandbox *box = *state;
        int64_t left;

        make_year(box);
        hold(box, cases[i].kind, cases[i].value);
        dispose(box, "2040-01-01", NULL, 0);
        assert_whole(box->path);
        left = number(box->path, "SELECT count(*) FROM record");
        if (cases[i].stays != (left > 0))
            fail_msg("%s %s: %lld records stay", cases[i].kind, cases[i].value, (long long)left);
        assert_int_equal(number(box->path, "SELECT count(*) FROM quarantined"),
                         cases[i].quarantine_stays);
        leave(state);
        enter(state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_bytes, enter, leave),
        cmocka_unit_test_setup_teardown(test_same_findings, enter, leave),
        cmocka_unit_test_setup_teardown(test_holds, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
