/* tests/property/test_explain.c - every finding of gift logs made at random is explained, and the explanation leads to
 * it again: the gifts add up, conditions follow from what stands in them, values from worth and division. GR_SEED=N
 * repeats a run, GR_ROUNDS=N makes it longer. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include "verdicts.h"

#include "model/explanation.h"

/* ---- a rule folder with the examples of a firm's own policy switched on ---- */

typedef struct folder {
    char dir[40], books[56], log[56];
    gr_rules *rules[3];
} folder;

static const char *const periods[] = { "calendar", "unstated", "trailing" };

static void link_into(const char *pattern, const char *dir)
{
    char here[2048], target[4096], name[4096];
    glob_t found;

    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        snprintf(target, sizeof target, "%s/%s", here, found.gl_pathv[i]);
        snprintf(name, sizeof name, "%s/%s", dir, strrchr(found.gl_pathv[i], '/') + 1);
        assert_int_equal(symlink(target, name), 0);
    }
    globfree(&found);
}

static gr_rules *load(const char *dir, const char *period)
{
    const gr_setting settings[] = { { "period", period }, { "fiscal-start", "07-01" } };
    gr_error err = { 0 };
    gr_rules *rules = NULL;

    if (gr_rules_load(dir, settings, GR_COUNT(settings), NULL, NULL, &rules, &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    return rules;
}

static int set_up(void **state)
{
    static folder f;

    snprintf(f.dir, sizeof f.dir, "/tmp/giftrule-test-XXXXXX");
    assert_non_null(mkdtemp(f.dir));
    snprintf(f.books, sizeof f.books, "%s/rulebooks", f.dir);
    snprintf(f.log, sizeof f.log, "%s/log.xml", f.dir);
    assert_int_equal(mkdir(f.books, 0700), 0);
    link_into("rules/*.xml", f.dir);
    link_into("rules/[fs][oc]*", f.dir);
    link_into("rules/rulebooks/*.xml", f.books);
    link_into("rules/examples/*.xml", f.books);
    for (size_t i = 0; i < GR_COUNT(periods); i++)
        f.rules[i] = load(f.dir, periods[i]);
    *state = &f;
    return 0;
}

static void remove_all(const char *dir)
{
    char pattern[64];
    glob_t found;

    snprintf(pattern, sizeof pattern, "%s/*", dir);
    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            unlink(found.gl_pathv[i]);
        globfree(&found);
    }
    rmdir(dir);
}

static int tear_down(void **state)
{
    folder *f = *state;

    for (size_t i = 0; i < GR_COUNT(periods); i++)
        gr_rules_free(f->rules[i]);
    remove_all(f->books);
    remove_all(f->dir);
    return 0;
}

/* ---- what follows from what ---- */

/* Nothing is known of what is not stated, except that it is not; what is presumed is known. */
static void check_leaf(const gr_asked *asked)
{
    if (asked->kind == GR_ASKED_JUDGMENT || (asked->value.len == 0 && !asked->is_computed &&
                                             !gr_text_ends(asked->words, GR_TEXT(" stated"))))
        assert_int_equal(asked->answer, GR_ANSWER_UNKNOWN);
    if (asked->is_presumed)
        assert_int_not_equal(asked->answer, GR_ANSWER_UNKNOWN);
}

/* An answer is the lesser or the greater of those inside it, or the contrary of one. Returns where it ends. */
static size_t check_condition(gr_inquiry inquiry, size_t at)
{
    const gr_asked *asked = &inquiry.asked[at];
    gr_answer follows = asked->kind == GR_ASKED_ALL ? GR_ANSWER_TRUE : GR_ANSWER_FALSE;

    if (asked->kind >= GR_ASKED_FIELD)
        check_leaf(asked);
    for (at++; at < inquiry.count && inquiry.asked[at].depth > asked->depth;) {
        gr_answer one = inquiry.asked[at].answer;

        assert_int_equal(inquiry.asked[at].depth, asked->depth + 1);
        at = check_condition(inquiry, at);
        if (asked->kind == GR_ASKED_NOT)
            follows = (gr_answer)(GR_ANSWER_TRUE - one);
        else if (asked->kind == GR_ASKED_ALL ? one < follows : one > follows)
            follows = one;
    }
    if (asked->kind <= GR_ASKED_NOT)
        assert_int_equal(asked->answer, follows);
    return at;
}

static gr_answer answer_of(gr_inquiry inquiry)
{
    if (inquiry.count == 0)
        return GR_ANSWER_TRUE;
    assert_int_equal(check_condition(inquiry, 0), inquiry.count);
    return inquiry.asked[0].answer;
}

static void check_claim(const gr_explained_claim *claim)
{
    gr_answer claimed = answer_of(claim->claimed), provided = answer_of(claim->provided);

    assert_int_equal(claim->answer, claimed == GR_ANSWER_TRUE ? provided : GR_ANSWER_FALSE);
    assert_true(claim->law.clause.len > 0 && claim->law.source.len > 0);
}

static gr_counting counting_by(const gr_explained_gift *gift)
{
    gr_counting counting = GR_COUNTING_ALL;

    if (gift->has_scope && gift->scope.answer == GR_ANSWER_UNKNOWN)
        counting = GR_COUNTING_PERHAPS;
    for (size_t i = 0; i < gift->exclusions.claimed_count; i++) {
        gr_answer answer = gift->exclusions.claimed[i].answer;

        if (answer == GR_ANSWER_TRUE) { /* nobody looked further */
            assert_int_equal(i + 1, gift->exclusions.claimed_count);
            return GR_COUNTING_NOTHING;
        }
        if (answer == GR_ANSWER_UNKNOWN)
            counting = GR_COUNTING_PERHAPS;
    }
    return counting;
}

static void check_claims(const gr_explained_gift *gift)
{
    if (gift->has_scope)
        check_claim(&gift->scope);
    for (size_t i = 0; i < gift->exclusions.claimed_count; i++)
        check_claim(&gift->exclusions.claimed[i]);
    for (size_t i = 0; i < gift->duties.claimed_count; i++) {
        check_claim(&gift->duties.claimed[i]);
        assert_true(gift->duties.claimed[i].broken <= gift->duties.claimed[i].answer);
    }
    for (size_t i = 0; i < gift->presumption_count; i++)
        assert_int_equal(answer_of(gift->presumption[i].when), GR_ANSWER_TRUE);
    if (gift->is_in_scope)
        assert_int_equal(gift->counting, counting_by(gift));
}

/* ---- worth and division ---- */

static bool is_equal(gr_span a, gr_span b)
{
    return gr_amount_compare(gr_span_low(a), gr_span_low(b)) == 0 &&
           gr_amount_compare(gr_span_high(a), gr_span_high(b)) == 0;
}

static gr_span part_of(gr_span whole, int64_t num, int64_t den)
{
    gr_span part = { whole.low * num, whole.high == GR_UNBOUNDED ? GR_UNBOUNDED : whole.high * num,
                     whole.den * den };

    return part;
}

/* By a row that takes the higher of its amounts, or anything between them. */
static void check_row(const gr_explained_worth *row)
{
    gr_amount low = { 0, 1 }, high = { 0, 1 };
    bool any = false, between = gr_text_is(row->how, "between");

    assert_int_equal(answer_of(row->when), row->answer);
    for (size_t i = 0; i < row->amount_count; i++) {
        gr_amount a = gr_span_low(row->amount[i].worth), b = gr_span_high(row->amount[i].worth);
        int order = gr_amount_compare(a, low);

        if (row->amount[i].is_left_out)
            continue;
        if (!any || (between ? order < 0 : order > 0))
            low = a;
        if (!any || gr_amount_compare(b, high) > 0)
            high = b;
        any = true;
    }
    if (any && row->answer != GR_ANSWER_FALSE) {
        assert_int_equal(gr_amount_compare(gr_span_low(row->worth), low), 0);
        assert_int_equal(gr_amount_compare(gr_span_high(row->worth), high), 0);
    }
}

static void check_steps(const gr_explained_amount *amount)
{
    gr_span last =
        amount->step_count > 0 ? amount->step[amount->step_count - 1].after : amount->base;

    assert_true(is_equal(last, amount->worth));
}

static void check_worth(const gr_explained_gift *gift, bool in_sum)
{
    const gr_explained_valuation *v = &gift->valuation;
    const gr_explained_division *d = &gift->division;

    if (!v->is_there)
        return;
    assert_true(v->worth_count > 0 && v->worth[v->worth_count - 1].decides);
    for (size_t i = 0; i < v->worth_count; i++) {
        check_row(&v->worth[i]);
        for (size_t k = 0; k < v->worth[i].amount_count; k++)
            check_steps(&v->worth[i].amount[k]);
    }
    if (!d->any_stated && d->behind == 1)
        assert_true(is_equal(d->part, part_of(v->whole, 1, d->people)));
    if (!in_sum) /* a rulebook may have no limit on that day */
        return;
    if (gift->other_day_count == 0 && gift->counting == GR_COUNTING_ALL)
        assert_true(is_equal(gift->counts, d->part));
    if (gift->counting == GR_COUNTING_PERHAPS)
        assert_true(gift->counts.low == 0);
}

/* ---- the sum ---- */

static gr_verdict worst_view(const gr_explanation *x)
{
    gr_verdict worst = GR_COMPLIANT;
    bool differ = false;

    for (size_t i = 0; i < x->view_count; i++) {
        differ = differ || x->view[i].verdict != x->view[0].verdict;
        worst = x->view[i].verdict > worst ? x->view[i].verdict : worst;
    }
    return differ || x->days_differ ? GR_NEEDS_REVIEW
                                    : worst; /* a day without a limit is no view */
}

static void check_sum(const gr_explanation *x, const gr_finding *f)
{
    gr_wide low = 0, high = 0;
    bool unbounded = false, judged = false;

    assert_int_equal(x->gift_count, f->counted_count);
    for (size_t i = 0; i < x->gift_count; i++) {
        const gr_explained_gift *gift = &x->gift[i];

        assert_true(gr_text_equal(gift->id, f->counted[i].gift));
        assert_int_equal(gift->source.line, f->counted[i].source.line);
        low += gift->low;
        high += gift->high;
        unbounded = unbounded || gift->is_unbounded;
        judged = judged || gift->is_judged;
        assert_true(gift->sum_low == low && gift->sum_high == high);
        if (gift->has_when)
            assert_int_not_equal(answer_of(gift->when), GR_ANSWER_FALSE);
    }
    assert_true(low == f->total.low && unbounded == f->total.unbounded);
    assert_true(unbounded || high == f->total.high);
    assert_true(judged);
    assert_true(gr_text_equal(x->gift[x->gift_count - 1].id, f->gift));
    if (f->verdict > GR_WARNING)
        assert_int_equal(worst_view(x), f->verdict);
}

static void check(const gr_explanation *x, const gr_finding *f)
{
    assert_true(gr_text_equal(x->finding->id, f->id));
    assert_int_equal(x->finding->verdict, f->verdict);
    for (size_t i = 0; i < x->gift_count; i++) {
        check_claims(&x->gift[i]);
        check_worth(&x->gift[i], f->has_limit);
    }
    if (f->has_limit)
        check_sum(x, f);
    else
        assert_int_equal(x->gift_count, x->is_oddity ? 0 : 1);
    if (x->is_oddity)
        assert_true(gr_text_equal(x->rule.id, f->provision) && x->rule_line > 0);
}

/* ---- the law ---- */

static void write_log(const folder *f, made_log *log)
{
    char *text = print_log(log, 0, log->count);
    FILE *file = fopen(f->log, "w");

    assert_non_null(file);
    assert_int_not_equal(fputs(text, file), EOF);
    assert_int_equal(fclose(file), 0);
    free(text);
}

static bool swallow(void *context, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)context += length;
    return true;
}

static void explain(const folder *f, const gr_rules *rules, const gr_finding *finding)
{
    const char *inputs[] = { f->log };
    gr_audit_options options = { .inputs = inputs, .input_count = 1 };
    gr_explanation *x = NULL;
    gr_error err = { 0 };

    if (gr_explain(rules, &options, finding->id.ptr, &x, &err) != GR_OK)
        fail_msg("%s (%s)", err.message, err.hint);
    check(x, finding);
    for (int format = GR_FORMAT_TEXT; format <= GR_FORMAT_JSON; format++) {
        gr_report_style style = { .format = (gr_format)format };
        size_t written = 0;

        assert_int_equal(gr_explanation_write(x, &style, swallow, &written, &err), GR_OK);
        assert_true(written > (x->is_oddity ? 300 : 500));
    }
    gr_explanation_free(x);
}

static void explain_log(const folder *f, const gr_rules *rules, made_log *log)
{
    gr_hearing h;

    write_log(f, log);
    hear(rules, log, 1, &h);
    for (size_t i = 0; i < finding_count(&h); i++) {
        const gr_finding *finding = finding_at(&h, i);

        if (finding->verdict > GR_COMPLIANT)
            explain(f, rules, finding);
        if (finding->has_limit && finding->verdict > GR_WARNING)
            assert_true(limit_verdict(&h, finding->gift, finding) >= finding->verdict);
    }
    gr_hearing_close(&h);
}

static void test_explained(void **state)
{
    static made_log log;
    const folder *f = *state;
    uint64_t seed = number_from("GR_SEED", 20260330), rounds = number_from("GR_ROUNDS", 12);

    for (uint64_t i = 0; i < rounds; i++) {
        dice d = { seed + i };

        print_message("# GR_SEED=%llu GR_ROUNDS=1\n", (unsigned long long)(seed + i));
        make_log(&d, &log, 5, 24);
        explain_log(f, f->rules[i % GR_COUNT(periods)], &log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_explained),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
