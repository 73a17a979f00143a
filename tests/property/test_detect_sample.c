/* tests/property/test_detect_sample.c - how well the shipped detections find what was planted in a year of a firm, and how
 * little else: of each check and pattern the precision and the recall. The table is printed; a value under its bound
 * fails. GR_SEED=N makes other years, GR_ROUNDS=N more of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../detect/planted.h"
#include "app/hearing.h"
#include "random.h"

/* What was measured on several years is a little above. In per cent. */
enum { LEAST_PRECISION = 90, LEAST_RECALL = 95 };

typedef struct score {
    gr_text id;
    unsigned planted, found, right;
} score;

static void hear_text(gr_hearing *h, const char *name, char *text)
{
    gr_error err = { 0 };

    if (gr_hearing_read(h, gr_text_of(name), gr_text_of(text), 0, &err) != GR_OK)
        fail_msg("%s:%u: %s", name, err.line, err.message);
    free(text);
}

static void hear_year(const firm_year *y, gr_hearing *h)
{
    year_text log = { NULL, 0, 0 };
    gr_error err = { 0 };
    char name[32];

    year_print(&log, "<gift-log xmlns=\"urn:giftrule:gift-log:1\" firm=\"Sample\">\n%s</gift-log>",
               y->log.text);
    hear_text(h, "log.xml", log.text);
    for (unsigned g = 0; g < YEAR_ALL_GIVERS; g++) {
        for (unsigned r = 0; r < YEAR_REPORTS; r++) {
            snprintf(name, sizeof name, "report-%u-%u.xml", g, r);
            if (y->report[g][r].text)
                hear_text(h, gr_arena_copy(h->arena, gr_text_of(name)).ptr, year_report(y, g, r));
        }
    }
    assert_int_equal(gr_hearing_judge(h, &err), GR_OK);
}

static bool is_planted(const firm_year *y, const gr_finding *f)
{
    for (size_t i = 0; i < y->planted_count; i++)
        if (y->planted[i].by && gr_text_is(f->provision, y->planted[i].by) &&
            gr_text_is(f->gift, y->planted[i].id))
            return true;
    return false;
}

static bool is_found(const gr_hearing *h, const planted *p)
{
    for (size_t i = 0; i < h->judgement.judged.count; i++) {
        const gr_finding *f = &GR_AT(h->judgement.judged, gr_judged, i)->finding;

        if (gr_text_is(f->rule, "detection") && gr_text_is(f->provision, p->by) &&
            gr_text_is(f->gift, p->id))
            return true;
    }
    return false;
}

static void add_found(score *scores, size_t count, const firm_year *y, const gr_finding *f)
{
    for (size_t i = 0; i < count; i++) {
        if (!gr_text_equal(scores[i].id, f->provision))
            continue;
        scores[i].found++;
        scores[i].right += is_planted(y, f);
    }
    if (!is_planted(y, f))
        print_message("#   not planted: %.*s %.*s: %.*s\n", GR_ALL(f->provision), GR_ALL(f->gift),
                      GR_ALL(f->reason));
}

static void add_planted(score *scores, size_t count, const gr_hearing *h, const planted *p)
{
    for (size_t i = 0; i < count; i++)
        scores[i].planted += gr_text_is(scores[i].id, p->by);
    if (!is_found(h, p))
        print_message("#   not found: %s %s\n", p->by, p->id);
}

static unsigned percent(unsigned part, unsigned whole)
{
    return whole ? part * 100 / whole : 100;
}

static void tell(const score *scores, size_t count)
{
    bool good = true;

    print_message("# %-26s %8s %8s %8s %10s %8s\n", "detection", "planted", "found", "right",
                  "precision", "recall");
    for (size_t i = 0; i < count; i++) {
        const score *s = &scores[i];
        unsigned precision = percent(s->right, s->found), recall = percent(s->right, s->planted);

        print_message("# %-26.*s %8u %8u %8u %9u%% %7u%%\n", GR_ALL(s->id), s->planted, s->found,
                      s->right, precision, recall);
        good = good && precision >= LEAST_PRECISION && recall >= LEAST_RECALL;
    }
    assert_true(good);
}

static void score_year(const gr_rules *rules, uint64_t seed, score *scores, size_t count)
{
    firm_year *y = calloc(1, sizeof *y);
    gr_error err = { 0 };
    gr_hearing h;

    assert_non_null(y);
    y->state = seed;
    year_innocent(y);
    year_plant_all(y);
    assert_int_equal(gr_hearing_open(rules, &h, &err), GR_OK);
    hear_year(y, &h);
    for (size_t i = 0; i < h.judgement.judged.count; i++) {
        const gr_finding *f = &GR_AT(h.judgement.judged, gr_judged, i)->finding;

        if (gr_text_is(f->rule, "detection"))
            add_found(scores, count, y, f);
    }
    for (size_t i = 0; i < y->planted_count; i++)
        if (y->planted[i].by)
            add_planted(scores, count, &h, &y->planted[i]);
    print_message("# year %llu: %zu records\n", (unsigned long long)seed,
                  h.intake.tally->gift.count);
    gr_hearing_close(&h);
    year_free(y);
    free(y);
}

static void test_shipped_detections(void **state)
{
    static const gr_setting on = { "detect.personal-client", "needs_review" }; /* shipped off */
    uint64_t seed = number_from("GR_SEED", 1), years = number_from("GR_ROUNDS", 3);
    gr_rules *rules = NULL;
    gr_error err = { 0 };
    score *scores;
    size_t count;

    (void)state;
    assert_int_equal(gr_rules_load("rules", &on, 1, NULL, NULL, &rules, &err), GR_OK);
    count = rules->set->detection.odd_count;
    scores = calloc(count + 1, sizeof *scores);
    assert_non_null(scores);
    for (size_t i = 0; i < count; i++)
        scores[i].id = rules->set->detection.odd[i].id;
    for (uint64_t year = 0; year < years; year++)
        score_year(rules, seed + year, scores, count);
    tell(scores, count);
    free(scores);
    gr_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_detections),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
