/* tests/property/verdicts.h - gift logs judged in memory, and their findings as lines that compare. */
#ifndef GR_TESTS_VERDICTS_H
#define GR_TESTS_VERDICTS_H

#include "app/hearing.h"

#include "gift_maker.h"

/* Opens h, takes in the log in this many files, and judges it. The caller closes h. */
static inline void hear(const gr_rules *rules, made_log *log, size_t files, gr_hearing *h)
{
    gr_error err = { 0 };

    assert_int_equal(gr_hearing_open(rules, h, &err), GR_OK);
    for (size_t i = 0; i < files; i++) {
        char *text = print_log(log, log->count * i / files, log->count * (i + 1) / files);

        if (gr_hearing_read(h, GR_TEXT("log.xml"), gr_text_of(text), 0, &err) != GR_OK)
            fail_msg("line %u: %s", err.line, err.message);
        free(text);
    }
    assert_int_equal(gr_hearing_judge(h, &err), GR_OK);
}

static size_t finding_count(const gr_hearing *h)
{
    return h->judgement.judged.count;
}

static const gr_finding *finding_at(const gr_hearing *h, size_t i)
{
    return &GR_AT(h->judgement.judged, gr_judged, i)->finding;
}

static bool is_of_provision(const gr_finding *f, const gr_finding *like)
{
    return gr_text_equal(f->rule, like->rule) && gr_text_equal(f->provision, like->provision);
}

static bool is_of_person(const gr_finding *f, const gr_finding *like)
{
    return gr_text_equal(f->recipient_id, like->recipient_id) &&
           gr_text_equal(f->recipient_name, like->recipient_name) &&
           gr_text_equal(f->recipient_employer, like->recipient_employer);
}

/* The limit of rules/examples that adds up all people of a client: a finding stands under one of them. */
static inline bool is_of_client(const gr_finding *f)
{
    return gr_text_is(f->provision, "one-client");
}

/* The worst answer to the question that a finding answers, about its gift and its person; a warning near the limit is no
 * answer. A duty is about the gift, and told about one of its people; so is a client's sum (of_gift). */
static inline gr_verdict verdict_like(const gr_hearing *h, const gr_finding *like, bool of_gift)
{
    gr_verdict worst = GR_COMPLIANT;

    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *f = finding_at(h, i);

        if (f->verdict > GR_WARNING && f->verdict > worst && gr_text_equal(f->gift, like->gift) &&
            f->has_limit == like->has_limit && is_of_provision(f, like) &&
            (of_gift || is_of_person(f, like)))
            worst = f->verdict;
    }
    return worst;
}

/* The worst answer to the questions of all limits for a gift, for all its recipients or one. */
static inline gr_verdict limit_verdict(const gr_hearing *h, gr_text gift, const gr_finding *like)
{
    gr_verdict worst = GR_COMPLIANT;

    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *f = finding_at(h, i);

        if (f->has_limit && f->verdict > GR_WARNING && f->verdict > worst &&
            gr_text_equal(f->gift, gift) &&
            (!like || (gr_text_equal(f->recipient_id, like->recipient_id) &&
                       gr_text_equal(f->recipient_name, like->recipient_name))))
            worst = f->verdict;
    }
    return worst;
}

/* ---- findings as lines ---- */

static gr_text line_of_total(gr_arena *arena, const gr_finding *f)
{
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT], limit[GR_MONEY_TEXT], over[GR_MONEY_TEXT];

    if (!f->has_limit)
        return GR_TEXT("");
    return gr_arena_print(arena, "%s..%s of %s, over %s, year %d %d %d",
                          gr_money_print(f->total.low, f->total.den, low),
                          f->total.unbounded ? ""
                                             : gr_money_print(f->total.high, f->total.den, high),
                          gr_amount_print(f->limit, limit), gr_amount_print(f->over, over),
                          (int)f->period.basis, (int)f->period.from, (int)f->period.to);
}

static gr_text line_of_counted(gr_arena *arena, const gr_finding *f)
{
    gr_text all = GR_TEXT("");

    for (size_t i = 0; f->has_limit && i < f->counted_count; i++) {
        const gr_counted *c = &f->counted[i];
        char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

        all = gr_arena_print(arena, "%s %.*s=%s..%s(%.*s)", all.ptr, GR_ALL(c->gift),
                             gr_amount_print(gr_span_low(c->value), low),
                             gr_amount_print(gr_span_high(c->value), high), GR_ALL(c->note));
    }
    return all;
}

static const char *line_of(gr_arena *arena, const gr_finding *f)
{
    gr_text total = line_of_total(arena, f), counted = line_of_counted(arena, f);
    gr_text start =
        gr_arena_print(arena, "%.*s %s %.*s %.*s: %.*s by %.*s to %.*s/%.*s/%.*s", GR_ALL(f->id),
                       gr_verdict_text(f->verdict), GR_ALL(f->kind), GR_ALL(f->clause),
                       GR_ALL(f->gift), GR_ALL(f->giver_id), GR_ALL(f->recipient_id),
                       GR_ALL(f->recipient_name), GR_ALL(f->recipient_employer));

    return gr_arena_print(arena, "%s; %s; %.*s | %.*s | %.*s | %s", start.ptr, total.ptr,
                          GR_ALL(f->reason), GR_ALL(f->question), GR_ALL(f->answers), counted.ptr)
        .ptr;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All findings, sorted; in the arena of h. */
static const char **lines_of(gr_hearing *h)
{
    const char **lines = gr_arena_zero(h->arena, sizeof *lines * (finding_count(h) + 1));

    for (size_t i = 0; i < finding_count(h); i++)
        lines[i] = line_of(h->arena, finding_at(h, i));
    qsort(lines, finding_count(h), sizeof *lines, by_text);
    return lines;
}

static inline void assert_same_findings(gr_hearing *a, gr_hearing *b)
{
    const char **left = lines_of(a), **right = lines_of(b);

    for (size_t i = 0; i < finding_count(a) || i < finding_count(b); i++)
        assert_string_equal(i < finding_count(a) ? left[i] : "(none)",
                            i < finding_count(b) ? right[i] : "(none)");
}

#endif
