/* tests/property/test_audience.c - what a role may not see is in no format. A firm is made up in which every name, id, address
 * and free text is a word that stands nowhere else; then each report is searched for those that are to be hidden, and the
 * officer's for all of them, so that the search can find. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/list.h"
#include "giftrule.h"
#include "random.h"

enum { GIVERS = 5, PEOPLE = 12, GIFTS = 60, WORD = 48, MOST_WORDS = 1200, PATH = 128 };

typedef enum secret {
    OF_GIVER, /* name or id; who: which giver */
    OF_RECIPIENT,
    ADDRESS,
    FREE_TEXT, /* of a gift; who: its giver */
    OF_FOLDER,
    ACCOUNT /* of a client; who: who is responsible */
} secret;

typedef struct word {
    char text[WORD];
    secret kind;
    unsigned who; /* GIVERS: nobody, so that no account executive may see it */
} word;

typedef struct firm {
    char dir[PATH], folder[2 * PATH], log[3 * PATH], roster[3 * PATH], ledger[2 * PATH];
    word word[MOST_WORDS];
    size_t words;
    char giver[GIVERS][2][WORD],
        person[PEOPLE][4][WORD]; /* name and id; name, id, employer, address */
    unsigned number;
} firm;

/* ---- words that stand nowhere else ---- */

static const char *make_word(firm *f, secret kind, unsigned who)
{
    static const char *const starts[] = { "Quez", "Wrix", "Zlop", "Kvar", "Mjup" };
    word *w = &f->word[f->words++];
    unsigned n = f->number++;

    assert_true(f->words < MOST_WORDS);
    snprintf(w->text, sizeof w->text, "%s%c%c%uth", starts[n % 5], 'a' + (int)(n / 5 % 26),
             'a' + (int)(n / 130 % 26), n);
    w->kind = kind;
    w->who = who;
    return w->text;
}

static void make_people(firm *f, dice *d)
{
    for (unsigned i = 0; i < GIVERS; i++) {
        const char *first = make_word(f, OF_GIVER, i);

        snprintf(f->giver[i][0], WORD, "%s %s", first, make_word(f, OF_GIVER, i));
        snprintf(f->giver[i][1], WORD, "%s", make_word(f, OF_GIVER, i));
    }
    for (unsigned i = 0; i < PEOPLE; i++) {
        const char *first = make_word(f, OF_RECIPIENT, i);

        snprintf(f->person[i][0], WORD, dice_percent(d, 20) ? "%s O'%s" : "%s %s", first,
                 make_word(f, OF_RECIPIENT, i));
        snprintf(f->person[i][1], WORD, "%s",
                 dice_percent(d, 70) ? make_word(f, OF_RECIPIENT, i) : "");
        snprintf(f->person[i][2], WORD, "Firm %u", i % 4);
        snprintf(f->person[i][3], WORD, "%s", make_word(f, ADDRESS, i));
    }
}

/* ---- the log ---- */

static void write_recipient(firm *f, dice *d, FILE *to, unsigned who)
{
    char(*p)[WORD] = f->person[who];

    fprintf(to, "<recipient%s%s%s><name>%s</name>", p[1][0] ? " id=\"" : "", p[1],
            p[1][0] ? "\"" : "", p[0]);
    if (dice_percent(d, 60))
        fprintf(to, "<email>%s@example.com</email>", p[3]);
    fprintf(to, "<employer kind=\"institutional-customer\">%s</employer>", p[2]);
    fputs("</recipient>", to);
}

static void write_gift(firm *f, dice *d, FILE *to, unsigned number)
{
    static const char *const costs[] = { "40.00", "120.00", "260.00", "340.00", "900.00" };
    static const char *const kinds[] = { "goods", "gift-card", "ticket", "meal", "cash" };
    unsigned giver = (unsigned)dice_below(d, GIVERS), who = (unsigned)dice_below(d, PEOPLE);

    fprintf(to, "<gift id=\"G-%u\" date=\"2026-%02u-%02u\"><giver id=\"%s\">%s</giver>", number,
            4 + (unsigned)dice_below(d, 7), 1 + (unsigned)dice_below(d, 28), f->giver[giver][1],
            f->giver[giver][0]);
    if (dice_percent(d, 70))
        fputs("<payer>firm</payer>", to);
    write_recipient(f, d, to, who);
    if (dice_percent(d, 20))
        write_recipient(f, d, to, (who + 1) % PEOPLE);
    fprintf(to, "<description>%s's %s</description><kind>%s</kind>", make_word(f, FREE_TEXT, giver),
            make_word(f, FREE_TEXT, giver), kinds[dice_below(d, 5)]);
    fprintf(to, "<merchant>%s</merchant>", make_word(f, FREE_TEXT, giver));
    fprintf(to, "<cost currency=\"USD\">%s</cost>", costs[dice_below(d, 5)]);
    if (dice_percent(d, 20))
        fputs("<relationship>family</relationship><occasion>birthday</occasion>", to);
    fputs("</gift>\n", to);
}

static void write_log(firm *f, dice *d)
{
    FILE *to = fopen(f->log, "w");

    assert_non_null(to);
    fputs("<gift-log xmlns=\"urn:giftrule:gift-log:1\">\n", to);
    for (unsigned i = 0; i < GIFTS; i++)
        write_gift(f, d, to, i);
    /* one that cannot be read, with a value that its message repeats */
    fprintf(to, "<gift id=\"G-bad\" date=\"%s\"><giver id=\"x\"/></gift>",
            make_word(f, FREE_TEXT, GIVERS));
    fputs("</gift-log>\n", to);
    fclose(to);
}

static void write_roster(firm *f)
{
    FILE *to = fopen(f->roster, "w");

    assert_non_null(to);
    fputs("<roster xmlns=\"urn:giftrule:roster:1\">", to);
    for (unsigned i = 0; i < GIVERS; i++)
        fprintf(to, "<executive id=\"%s\" branch=\"Branch %u\"><name>%s</name></executive>",
                f->giver[i][1], i % 2, f->giver[i][0]);
    for (unsigned i = 0; i < 4; i++)
        fprintf(to,
                "<responsibility id=\"RE-%u\" client=\"Firm %u\" account=\"%s\" executive=\"%s\"/>",
                i, i, make_word(f, ACCOUNT, i), f->giver[i][1]);
    fputs("</roster>", to);
    fclose(to);
}

static void make_firm(firm *f, dice *d)
{
    memset(f, 0, sizeof *f);
    snprintf(f->dir, sizeof f->dir, "/tmp/giftrule-test-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->folder, sizeof f->folder, "%s/%s", f->dir, make_word(f, OF_FOLDER, GIVERS));
    assert_int_equal(mkdir(f->folder, 0700), 0);
    snprintf(f->log, sizeof f->log, "%s/log.xml", f->folder);
    snprintf(f->roster, sizeof f->roster, "%s/roster.xml", f->folder);
    snprintf(f->ledger, sizeof f->ledger, "%s/ledger", f->dir);
    make_people(f, d);
    write_log(f, d);
    write_roster(f);
}

static void remove_firm(const firm *f)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    char path[3 * PATH];

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        snprintf(path, sizeof path, "%s%s", f->ledger, ends[i]);
        unlink(path);
    }
    unlink(f->log);
    unlink(f->roster);
    rmdir(f->folder);
    rmdir(f->dir);
}

/* ---- reports ---- */

static bool take(void *context, const char *bytes, size_t length)
{
    gr_list *out = context;

    if (!gr_list_reserve(out, length))
        return false;
    memcpy((char *)out->items + out->count, bytes, length);
    out->count += length;
    return true;
}

/* Adds one format; false: it is still to be written. */
static bool add_format(const gr_report *report, gr_report_style style, gr_list *out)
{
    gr_error err = { 0 };
    gr_status status = gr_report_write(report, &style, take, out, &err);

    if (status == GR_EUSAGE && strstr(err.message, "still to be written"))
        return false;
    if (status != GR_OK)
        fail_msg("%s", err.message);
    return true;
}

/* Everything that can be read without another program: a spreadsheet is compressed, and of the same rows. */
static gr_list print_formats(const gr_report *report)
{
    static const char *const tables[] = { "findings", "counted",    "executives", "recipients",
                                          "gifts",    "quarantine", "assumptions" };
    gr_list out = GR_LIST(char);

    for (gr_format f = GR_FORMAT_TEXT; f <= GR_FORMAT_HTML; f++) {
        add_format(report, (gr_report_style){ .format = f, .width = 10000 }, &out);
        add_format(report, (gr_report_style){ f, 10000, false, GR_REPORT_REGISTER, NULL }, &out);
    }
    add_format(report, (gr_report_style){ .part = GR_REPORT_SUBJECT }, &out);
    add_format(report, (gr_report_style){ GR_FORMAT_CSV, 80, false, GR_REPORT_REGISTER, NULL },
               &out);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        add_format(report, (gr_report_style){ .format = GR_FORMAT_CSV, .table = tables[i] }, &out);
    assert_true(gr_list_push(&out, ""));
    return out;
}

static gr_list told(const firm *f, const char *role, const char *executive)
{
    gr_recall_options options = { .ledger = f->ledger,
                                  .rules = "rules",
                                  .gifts = true,
                                  .filter = { .executive = executive },
                                  .role = role };
    gr_report *report = NULL;
    gr_error err = { 0 };
    gr_list out;

    if (gr_report_recall(&options, &report, &err) != GR_OK)
        fail_msg("%s: %s (%s)", err.file, err.message, err.hint);
    out = print_formats(report);
    gr_report_free(report);
    return out;
}

static void audit(const firm *f, const gr_rules *rules)
{
    const char *inputs[] = { f->log, f->roster };
    gr_audit_options options = { .inputs = inputs, .input_count = 2, .ledger = f->ledger };
    gr_report *report = NULL;
    gr_error err = { 0 };

    if (gr_audit(rules, &options, &report, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    gr_report_free(report);
}

/* An officer's words may name anybody. */
static void decide(firm *f, const gr_rules *rules, const char *whole)
{
    const char *at = strstr(whole, "F-");
    char finding[15];
    gr_resolve_options options = { .ledger = f->ledger,
                                   .finding = finding,
                                   .accept = true,
                                   .author = "officer",
                                   .reason = make_word(f, FREE_TEXT, GIVERS) };
    gr_resolution *resolution = NULL;
    gr_error err = { 0 };

    assert_non_null(at);
    snprintf(finding, sizeof finding, "%.14s", at);
    if (gr_resolve(rules, &options, &resolution, &err) != GR_OK)
        fail_msg("%s (%s)", err.message, err.hint);
    gr_resolution_free(resolution);
}

/* ---- the law ---- */

static size_t count_found(const firm *f, const char *text, secret kind)
{
    size_t n = 0;

    for (size_t i = 0; i < f->words; i++)
        n += f->word[i].kind == kind && strstr(text, f->word[i].text);
    return n;
}

static void assert_hidden(const char *role, const word *w, const char *text)
{
    const char *at = strstr(text, w->text);
    int before = at && at - text > 120 ? 120 : at ? (int)(at - text) : 0;

    if (at)
        fail_msg("the %s reads '%s' (%d of %u): ...%.*s", role, w->text, w->kind, w->who,
                 before + 120, at - before);
}

static void check_auditor(const firm *f)
{
    gr_list text = told(f, "auditor", NULL);

    for (size_t i = 0; i < f->words; i++)
        assert_hidden("auditor", &f->word[i], text.items);
    gr_list_free(&text);
}

static void check_examiner(const firm *f)
{
    gr_list text = told(f, "examiner", NULL);

    for (size_t i = 0; i < f->words; i++)
        if (f->word[i].kind == ADDRESS)
            assert_hidden("examiner", &f->word[i], text.items);
    assert_true(count_found(f, text.items, OF_RECIPIENT) > 0);
    gr_list_free(&text);
}

static void check_executive(const firm *f, unsigned who)
{
    gr_list text = told(f, "executive", f->giver[who][1]);

    for (size_t i = 0; i < f->words; i++) {
        const word *w = &f->word[i];

        if (w->kind == ADDRESS || (w->kind != OF_RECIPIENT && w->who != who))
            assert_hidden("executive", w, text.items);
    }
    assert_non_null(strstr(text.items, f->giver[who][0]));
    gr_list_free(&text);
}

static void test_hidden(void **state)
{
    uint64_t seed = number_from("GR_SEED", 3220), rounds = number_from("GR_ROUNDS", 6);
    gr_rules *rules = NULL;
    gr_error err = { 0 };
    static firm f;

    (void)state;
    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &rules, &err), GR_OK);
    for (uint64_t i = 0; i < rounds; i++) {
        dice d = { seed + i };
        gr_list whole;

        print_message("# GR_SEED=%llu\n", (unsigned long long)(seed + i));
        make_firm(&f, &d);
        audit(&f, rules);
        whole = told(&f, NULL, NULL);
        decide(&f, rules, whole.items);
        assert_true(count_found(&f, whole.items, OF_GIVER) > GIVERS);
        assert_true(count_found(&f, whole.items, OF_RECIPIENT) > PEOPLE);
        assert_true(count_found(&f, whole.items, FREE_TEXT) > GIFTS);
        assert_true(count_found(&f, whole.items, OF_FOLDER) > 0);
        gr_list_free(&whole);
        check_auditor(&f);
        check_examiner(&f);
        for (unsigned who = 0; who < GIVERS; who++)
            check_executive(&f, who);
        remove_firm(&f);
    }
    gr_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_hidden) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
