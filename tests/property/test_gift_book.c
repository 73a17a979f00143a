/* tests/property/test_gift_book.c - what lists of gifts say is what was found: each sum is that of the finding, parts add up to
 * the whole, every order lists the same, and a ledger says of each moment that has passed what it said then. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "archive.h"

enum { STEPS = 3, LINE = 512 };

/* ---- one book, printed ---- */

typedef struct listing {
    const gr_gift_book *book;
    FILE *file; /* NULL: only counted */
    size_t lines, of_limit;
    gr_total counted;
    gr_day day;
    uint64_t number;
} listing;

/* Without what may differ: the number, where only a part is listed. */
static void print_line(const gr_gift_line *l, FILE *to)
{
    char day[GR_DAY_TEXT], low[GR_MONEY_TEXT], high[GR_MONEY_TEXT], sum[GR_MONEY_TEXT];

    fprintf(to, "%s %.*s/%u %.*s to %.*s %d %s %s %s %d %.*s", gr_day_print(l->day, day),
            GR_ALL(l->id), l->place, GR_ALL(l->giver_id),
            GR_ALL(gr_recipient_text(l->recipient, GR_F_NAME)), l->standing,
            gr_money_print(l->value.low, l->value.den, low),
            l->value.high == GR_UNBOUNDED ? "?" : gr_money_print(l->value.high, l->value.den, high),
            l->has_sum ? gr_money_print(l->sum.total.low, l->sum.total.den, sum) : "-",
            l->has_sum ? (int)l->sum.verdict : -1, GR_ALL(l->why));
    for (size_t i = 0; i < l->finding_count; i++)
        fprintf(to, " %.*s", GR_ALL(l->finding[i]->id));
    fputc('\n', to);
}

static void add(gr_total *sum, gr_span value)
{
    gr_wide den = (gr_wide)sum->den * value.den;

    sum->low = sum->low * value.den + (gr_wide)value.low * sum->den;
    sum->high = sum->high * value.den;
    if (value.high == GR_UNBOUNDED)
        sum->unbounded = true;
    else
        sum->high += (gr_wide)value.high * sum->den;
    for (gr_wide d = 2; d <= 12; d++) /* shares are thirds, sevenths, ...: keep it small */
        while (den % d == 0 && sum->low % d == 0 && sum->high % d == 0) {
            den /= d;
            sum->low /= d;
            sum->high /= d;
        }
    sum->den = (int64_t)den;
}

/* By the book's own limit: others of the rulebook are of a day, or of a gift. */
static bool is_of_limit(const gr_gift_book *book, const gr_finding *f)
{
    return gr_text_equal(f->rule, book->rule) && f->has_limit && !f->is_count &&
           gr_text_is(f->kind, "limit") && gr_text_equal(f->limit_clause, book->clause) &&
           f->period.basis < GR_YEARS;
}

static bool is_same_sum(const gr_total *a, const gr_total *b)
{
    return a->low * b->den == b->low * a->den && a->unbounded == b->unbounded &&
           (a->unbounded || a->high * b->den == b->high * a->den);
}

static gr_status take_line(void *context, const gr_gift_line *line, gr_error *err)
{
    listing *l = context;

    (void)err;
    if (line->number <= l->number || line->day < l->day)
        fail_msg("line %llu comes after %llu", (unsigned long long)line->number,
                 (unsigned long long)l->number);
    l->number = line->number;
    l->day = line->day;
    l->lines++;
    add(&l->counted, line->value);
    if (l->file)
        print_line(line, l->file);
    for (size_t i = 0; i < line->finding_count; i++) {
        const gr_finding *f = line->finding[i];

        if (!is_of_limit(l->book, f))
            continue;
        l->of_limit++;
        if (!line->has_sum || !is_same_sum(&line->sum.total, &f->total) ||
            line->sum.verdict != f->verdict || line->sum.period.from != f->period.from)
            fail_msg("%.*s has another sum than its finding %.*s", GR_ALL(line->id), GR_ALL(f->id));
    }
    return GR_OK;
}

static listing each(const gr_report *report, gr_book_order order, uint32_t of, FILE *file)
{
    listing l = {
        .book = report->book, .file = file, .counted = { .den = 1 }, .day = GR_DAY_FIRST
    };
    gr_error err = { 0 };

    if (report->book->each(report->book, order, of, take_line, &l, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    return l;
}

static char *print_book(const gr_report *report, listing *all)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);

    assert_non_null(file);
    *all = each(report, GR_BOOK_BY_DAY, 0, file);
    assert_int_equal(fclose(file), 0);
    return text;
}

/* ---- laws of one book ---- */

static size_t count_of_limit(const gr_report *report)
{
    size_t n = 0;

    for (size_t e = 0; e < report->executive_count; e++)
        for (size_t i = 0; i < report->executive[e].finding_count; i++)
            n += is_of_limit(report->book, report->executive[e].finding[i]);
    return n;
}

static void check_orders(const gr_report *report, const listing *all)
{
    const gr_gift_book *book = report->book;
    size_t of_people = 0, of_executives = 0, of_clients = 0;
    uint64_t gifts = 0;

    for (uint32_t p = 0; p < book->person_count; p++)
        of_people += each(report, GR_BOOK_OF_PERSON, p, NULL).lines;
    for (uint32_t e = 0; e < report->executive_count; e++)
        of_executives += each(report, GR_BOOK_OF_EXECUTIVE, e, NULL).lines;
    for (size_t c = 0; c < book->client_count; c++)
        of_clients += book->client[c].person_count;
    for (size_t m = 0; m < book->month_count; m++)
        gifts += book->month[m].gifts;
    assert_int_equal(of_people, all->lines);
    assert_int_equal(of_executives, all->lines);
    assert_int_equal(of_clients, book->person_count);
    assert_int_equal(gifts, book->gifts);
}

static char *check_book(const gr_report *report)
{
    const gr_gift_book *book = report->book;
    listing all;
    char *text;

    assert_non_null(book);
    text = print_book(report, &all);
    assert_int_equal(all.lines, book->lines);
    assert_int_equal(book->gifts, report->summary.gifts);
    assert_int_equal(book->person_count, report->summary.recipients);
    if (!is_same_sum(&all.counted, &book->counted))
        fail_msg("the lines do not add up to what the book counts");
    assert_int_equal(all.of_limit, count_of_limit(report));
    check_orders(report, &all);
    return text;
}

/* ---- a ledger that grows ---- */

static gr_report *audit(const archive *a, const gr_rules *rules, const char *ledger)
{
    const char *inputs[] = { a->export };
    const gr_audit_options options = {
        .inputs = inputs, .input_count = 1, .ledger = ledger, .gifts = true
    };
    gr_report *report = NULL;
    gr_error err = { 0 };

    if (gr_audit(rules, &options, &report, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    return report;
}

static gr_report *recall(const archive *a, const char *as_known_on, const gr_filter *filter)
{
    gr_recall_options options = {
        .ledger = a->ledger, .as_known_on = as_known_on, .rules = "rules", .gifts = true
    };
    gr_report *report = NULL;
    gr_error err = { 0 };

    if (filter)
        options.filter = *filter;
    if (gr_report_recall(&options, &report, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    return report;
}

static void assert_same(const char *what, const char *a, const char *b)
{
    if (strcmp(a, b) != 0)
        fail_msg("%s, a book says\n%.600s\ninstead of\n%.600s", what, a, b);
}

/* Each account executive's gifts, by a filter, are those that the whole book has. */
static void check_filters(const archive *a, const gr_report *whole)
{
    uint64_t lines = 0;

    for (size_t e = 0; e < whole->executive_count; e++) {
        const gr_filter filter = { .executive = whole->executive[e].id.ptr };
        gr_report *one = recall(a, NULL, &filter);

        free(print_book(one, &(listing){ 0 }));
        lines += one->book->lines;
        gr_report_free(one);
    }
    assert_int_equal(lines, whole->book->lines);
}

static void books_say_what_was_found(round_of *r)
{
    archive *a = r->court;
    const gr_rules *rules = rules_of(a, r->firm, r->period);
    char *said[STEPS];

    remove_ledger(a);
    for (size_t step = 0; step < STEPS; step++) {
        size_t from = r->log.count * step / STEPS, to = r->log.count * (step + 1) / STEPS;
        char *text = print_log(&r->log, from, to), *told;
        gr_report *audited, *recalled;

        write_export(a, text);
        free(text);
        set_clock(step);
        audited = audit(a, rules, a->ledger);
        recalled = recall(a, NULL, NULL);
        told = check_book(audited);
        said[step] = check_book(recalled);
        assert_same("recalled", said[step], told);
        if (step == 0)
            check_filters(a, recalled);
        free(told);
        gr_report_free(audited);
        gr_report_free(recalled);
    }
    for (size_t step = 0; step < STEPS; step++) {
        char moment[32];
        gr_report *then = recall(a, print_moment(step, moment), NULL);
        char *told = check_book(then);

        assert_same("looking back", told, said[step]);
        free(told);
        free(said[step]);
        gr_report_free(then);
    }
}

/* Without a ledger it is as with one of its own. */
static void private_is_as_kept(round_of *r)
{
    archive *a = r->court;
    const gr_rules *rules = rules_of(a, r->firm, r->period);
    char *text = print_log(&r->log, 0, r->log.count), *kept, *alone;
    gr_report *with, *without;

    remove_ledger(a);
    write_export(a, text);
    free(text);
    set_clock(0);
    with = audit(a, rules, a->ledger);
    without = audit(a, rules, NULL);
    kept = check_book(with);
    alone = check_book(without);
    assert_same("without a ledger", alone, kept);
    assert_int_equal(without->ledger.len, 0);
    free(kept);
    free(alone);
    gr_report_free(with);
    gr_report_free(without);
}

static void test_found(void **state)
{
    hold(state, "books say what was found", books_say_what_was_found, 12);
}

static void test_private(void **state)
{
    hold(state, "without a ledger as with one", private_is_as_kept, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = { LAW(test_found), LAW(test_private) };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
