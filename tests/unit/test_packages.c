/* tests/unit/test_packages.c - folders of packages, whatever ids are called; and what one account executive is told: all of
 * his or her own, and nothing of anybody else. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/audience.h"
#include "app/packages.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- names ---- */

static void test_folders(void **state)
{
    static char long_id[301], same_start[301];
    static const struct {
        const char *id, *name, *folder; /* folder: its beginning, where digits follow */
        bool has_digits;
    } cases[] = {
        { "AE-017", "", "ae-017", false },
        { "AE-018", "", "ae-018", false },
        { "../x", "", "x-", true },
        { "a/b", "", "a-b-", true },
        { "a\\b", "", "a-b-", true },
        { "", "", "unnamed-", true },
        { "", "Dana Fox", "dana-fox-", true },
        { "..", "", "unnamed-", true },
        { "Case", "", "case-", true },
        { "case", "", "case-", true },
        { "con", "", "con-", true },
        { "lpt1", "", "lpt1-", true },
        { "a b", "", "a-b-", true },
        { "-a", "", "a-", true },
        { "a--b", "", "a-b-", true },
        { "\xc3\x89mile", "", "mile-", true },
        { "\xe2\x80\xae"
          "evil",
          "", "evil-", true },
        { "x\ny", "", "x-y-", true },
        { "x-0123abcd", "", "x-0123abcd-", true }, /* looks like one with digits */
        { long_id, "", "aaaaaaaaaa", true },
        { same_start, "", "aaaaaaaaaa", true },
    };
    gr_executive who[GR_COUNT(cases)] = { 0 };
    gr_report report = { .executive = who, .executive_count = GR_COUNT(cases) };
    gr_arena *arena = gr_arena_create();
    gr_list packages = GR_LIST(gr_package_of);
    gr_error err;

    (void)state;
    memset(long_id, 'a', 300);
    memset(same_start, 'a', 300);
    same_start[299] = 'b';
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        who[i].id = gr_text_of(cases[i].id);
        who[i].name = gr_text_of(cases[i].name);
        who[i].summary.gifts = 1;
    }
    assert_int_equal(gr_packages_name(&report, arena, &packages, &err), GR_OK);
    assert_int_equal(packages.count, GR_COUNT(cases));
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        const char *folder = GR_AT(packages, gr_package_of, i)->told.folder.ptr;
        size_t n = strlen(cases[i].folder);

        if (strncmp(folder, cases[i].folder, n) != 0 || (folder[n] != '\0') != cases[i].has_digits)
            fail_msg("'%s': %s", cases[i].id, folder);
        assert_int_equal(strspn(folder, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(folder));
        assert_true(strlen(folder) <= 50);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(folder, GR_AT(packages, gr_package_of, k)->told.folder.ptr);
    }
    gr_list_free(&packages);
    gr_arena_free(arena);
}

/* Who has given nothing, and of whom nothing was found, is sent nothing. */
static void test_nothing_to_tell(void **state)
{
    gr_executive who[] = { { .id = GR_TEXT("A1") },
                           { .id = GR_TEXT("A2"), .summary.gifts = 1 },
                           { .id = GR_TEXT("A3"), .finding_count = 1 },
                           { .id = GR_TEXT("A4"), .reference_count = 1 } };
    gr_report report = { .executive = who, .executive_count = GR_COUNT(who) };
    gr_arena *arena = gr_arena_create();
    gr_list packages = GR_LIST(gr_package_of);
    gr_error err;

    (void)state;
    assert_int_equal(gr_packages_name(&report, arena, &packages, &err), GR_OK);
    assert_int_equal(packages.count, 3);
    gr_list_free(&packages);
    gr_arena_free(arena);
}

/* ---- one of all ---- */

typedef struct written {
    char *at;
    size_t size;
    FILE *file;
} written;

static bool take(void *context, const char *bytes, size_t length)
{
    written *w = context;

    return fwrite(bytes, 1, length, w->file) == length;
}

/* All that a package says in words. */
static char *tell(const gr_report *own)
{
    static const struct {
        gr_format format;
        gr_report_part part;
        const char *table;
    } kinds[] = { { GR_FORMAT_JSON, GR_REPORT_WHOLE, NULL },
                  { GR_FORMAT_TEXT, GR_REPORT_WHOLE, NULL },
                  { GR_FORMAT_CSV, GR_REPORT_WHOLE, "findings" },
                  { GR_FORMAT_CSV, GR_REPORT_WHOLE, "counted" },
                  { GR_FORMAT_CSV, GR_REPORT_WHOLE, "gifts" },
                  { GR_FORMAT_TEXT, GR_REPORT_SUBJECT, NULL } };
    written w = { NULL, 0, NULL };
    gr_error err = { 0 };

    w.file = open_memstream(&w.at, &w.size);
    for (size_t i = 0; i < GR_COUNT(kinds); i++) {
        const gr_report_style style = {
            .format = kinds[i].format, .part = kinds[i].part, .table = kinds[i].table, .width = 200
        };

        if (gr_report_write(own, &style, take, &w, &err) != GR_OK)
            fail_msg("%s", err.message);
    }
    fclose(w.file);
    return w.at;
}

/* A word of its own: AE-01 is not in AE-017. */
static bool names(const char *text, gr_text word)
{
    char copy[256];

    snprintf(copy, sizeof copy, "%.*s", GR_ALL(word));
    for (const char *at = text; (at = strstr(at, copy)); at++) {
        char end = at[strlen(copy)];

        if (!(end >= '0' && end <= '9') && !(end >= 'a' && end <= 'z'))
            return true;
    }
    return false;
}

static void recall(const char *ledger, gr_report **out)
{
    static const char *const inputs[] = {
        "samples/gift-log.xml",       "samples/gift-log-late.xml",
        "samples/concur-reports.xml", "samples/concur-entry-attendees.xml",
        "samples/approvals.xml",      "samples/roster/roster.xml"
    };
    static const gr_setting rates = { "rates", "samples/rules/rates.xml" };
    const gr_audit_options audit = { .inputs = inputs,
                                     .input_count = GR_COUNT(inputs),
                                     .ledger = ledger };
    const gr_recall_options options = { .ledger = ledger, .rules = "rules", .gifts = true };
    gr_rules *rules;
    gr_report *report;
    gr_error err = { 0 };

    if (gr_rules_load("rules", &rates, 1, NULL, NULL, &rules, &err) != GR_OK ||
        gr_audit(rules, &audit, &report, &err) != GR_OK)
        fail_msg("%s", err.message);
    gr_report_free(report);
    gr_rules_free(rules);
    if (gr_report_recall(&options, out, &err) != GR_OK)
        fail_msg("%s", err.message);
}

typedef struct sums {
    uint64_t gifts, lines, findings;
    gr_total counted;
} sums;

static gr_status count_people(void *context, const gr_gift_line *line, gr_error *err)
{
    const gr_report *own = context;

    (void)err;
    assert_true(line->person < own->book->person_count);
    assert_int_equal(line->executive, 0);
    for (size_t i = 0; i < line->finding_count; i++) {
        bool is_there = false;

        for (size_t k = 0; k < own->executive->finding_count; k++)
            is_there = is_there || own->executive->finding[k] == line->finding[i];
        assert_true(is_there);
    }
    return GR_OK;
}

static gr_status count_one(void *context, const gr_gift_line *line, gr_error *err)
{
    (void)line, (void)err;
    ++*(uint64_t *)context;
    return GR_OK;
}

/* Every way through the book tells the same lines. */
static void check_book(const gr_report *own, sums *all)
{
    const gr_gift_book *book = own->book;
    uint64_t lines = 0, by_person = 0, gifts = 0;
    gr_error err;

    assert_int_equal(
        book->each(book, GR_BOOK_BY_DAY, 0, count_people, (void *)(uintptr_t)own, &err), GR_OK);
    assert_int_equal(book->each(book, GR_BOOK_OF_EXECUTIVE, 0, count_one, &lines, &err), GR_OK);
    for (uint32_t i = 0; i < book->person_count; i++)
        assert_int_equal(book->each(book, GR_BOOK_OF_PERSON, i, count_one, &by_person, &err),
                         GR_OK);
    assert_int_equal(lines, book->lines);
    assert_int_equal(by_person, book->lines);
    for (size_t i = 0; i < book->month_count; i++)
        gifts += book->month[i].gifts;
    assert_int_equal(gifts, book->gifts);
    for (size_t i = 0; i < book->client_count; i++)
        for (size_t k = 0; k < book->client[i].person_count; k++)
            assert_int_equal(book->person[book->client[i].person[k]].client, i);
    all->gifts += book->gifts;
    all->lines += book->lines;
    all->findings += own->executive->finding_count;
    if (book->lines > 0) {
        gr_total *sum = &all->counted;

        sum->low = sum->low * book->counted.den + book->counted.low * sum->den;
        sum->den *= book->counted.den;
        for (int64_t by = 2; by < 100; by++) /* shares are of few people */
            while (sum->low % by == 0 && sum->den % by == 0) {
                sum->low /= by;
                sum->den /= by;
            }
    }
}

/* One's own supervisor, and a colleague who got something. */
static bool may_be_named(const gr_report *own, const gr_executive *other)
{
    const gr_staff *staff = own->executive->staff;
    bool may = staff && gr_text_equal(staff->supervisor, other->id);

    for (size_t i = 0; i < own->book->person_count; i++)
        may = may || gr_text_equal(own->book->person[i].name, other->name);
    return may;
}

/* Nobody else's id, name or gift is in it; together they are the whole. */
static void test_own_only(void **state)
{
    char ledger[64];
    gr_report *report = NULL;
    sums all = { .counted = { .den = 1 } };
    uint64_t findings = 0;
    size_t colleagues = 0;
    gr_mask *mask = NULL;
    gr_error problem = { 0 };

    (void)state;
    snprintf(ledger, sizeof ledger, "/tmp/giftrule-packages-%ld.db", (long)getpid());
    recall(ledger, &report);
    assert_int_equal(gr_mask_make(GR_FOR_EXECUTIVE, report, NULL, &mask, &problem), GR_OK);
    for (size_t i = 0; i < report->executive_count; i++) {
        gr_arena *arena = gr_arena_create();
        gr_report view, *own = &view;
        gr_error err = { 0 };
        char *text;

        if (gr_mask_view(mask, (uint32_t)i, arena, own, &err) != GR_OK)
            fail_msg("%s", err.message);
        text = tell(own);
        for (size_t k = 0; k < report->executive_count; k++) {
            const gr_executive *other = &report->executive[k];

            if (k == i || may_be_named(own, other))
                continue;
            if ((other->id.len > 0 && names(text, other->id)) ||
                (other->name.len > 0 && names(text, other->name)))
                fail_msg("%.*s is told of %.*s", GR_ALL(own->executive->id), GR_ALL(other->id));
        }
        colleagues += strstr(text, "a colleague") != NULL;
        check_book(own, &all);
        findings += report->executive[i].finding_count;
        free(text);
        gr_arena_free(arena);
    }
    assert_true(colleagues > 0);
    assert_int_equal(all.gifts, report->book->gifts);
    assert_int_equal(all.lines, report->book->lines);
    assert_int_equal(all.findings, findings);
    assert_true(all.counted.low * report->book->counted.den ==
                report->book->counted.low * all.counted.den);
    gr_mask_free(mask);
    gr_report_free(report);
    unlink(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folders),
        cmocka_unit_test(test_nothing_to_tell),
        cmocka_unit_test(test_own_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
