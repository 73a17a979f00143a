/* src/report/explain_text.c - an explanation for a terminal: the finding, the rule, every gift, the sum, the question.
 * Somebody who goes through it with a pencil comes to the same verdict. */
#include "report/explain.h"

#include "base/error.h"
#include "report/explain_page.h"
#include "report/sections.h"
#include "report/words.h"

/* ---- the rule ---- */

static void limit_line(gr_page *page, const gr_explanation *x)
{
    static const char *const whose[] = { "to one recipient", "of one giver to one recipient",
                                         "to the people of one client" };
    const gr_explained_limit *limit = &x->limit;

    gr_show_line_start(page, "Limit");
    gr_say(page, GR_PLAIN, limit->id);
    gr_say_print(page, GR_PLAIN, ": %s %s %s may not %s ",
                 limit->is_count ? "the number of" : "the sum of",
                 limit->is_conditional ? "some gifts" : "all gifts", whose[limit->added],
                 limit->reached_is_over ? "reach" : "be more than");
    gr_show_amount(page, limit->is_count, limit->amount.num, limit->amount.den);
    if (!limit->is_count) {
        gr_say(page, GR_PLAIN, GR_TEXT(" "));
        gr_say(page, GR_PLAIN, x->finding->currency);
    }
    if (limit->is_conditional)
        gr_say(page, GR_PLAIN, GR_TEXT("; which ones, the conditions below say"));
    gr_say_print(page, GR_PLAIN, "; surely over it: %s", gr_verdict_text(limit->verdict));
    gr_paragraph_end(page);
    gr_show_line_start(page, "In force");
    gr_show_backing(page, &limit->backing);
    gr_say_print(page, GR_PLAIN, "; line %u", limit->line);
    gr_paragraph_end(page);
}

static const char *who_chose(const gr_explained_limit *limit)
{
    if (!limit->period_of_policy)
        return "the rulebook";
    return limit->basis == GR_UNSTATED
               ? "nobody: the policy states none, and all four kinds of year are tried"
               : "the policy";
}

static const char *basis_words(gr_basis basis)
{
    return basis == GR_ANNIVERSARY ? "the recipient's own year"
           : basis == GR_TRAILING  ? "the 12 months up to the gift"
           : basis == GR_ONE_DAY   ? "the day"
           : basis == GR_ONE_GIFT  ? "each gift by itself"
                                   : gr_basis_text(basis);
}

static void period_line(gr_page *page, const gr_explanation *x)
{
    const gr_period *period = &x->finding->period;
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    gr_show_line_start(page, "Period");
    gr_say_print(page, GR_PLAIN, "%s, %s", basis_words(period->basis),
                 gr_day_print(period->from, from));
    if (period->to != period->from)
        gr_say_print(page, GR_PLAIN, " to %s", gr_day_print(period->to, to));
    gr_say_print(page, GR_PLAIN, "; chosen by %s", who_chose(&x->limit));
    if (period->basis == GR_ANNIVERSARY)
        gr_say_print(page, GR_PLAIN, "; the first gift that may count is of %s",
                     gr_day_print(x->limit.anchor, from));
    gr_say(page, GR_PLAIN, GR_TEXT("; "));
    gr_show_backing(page, &x->limit.period);
    gr_paragraph_end(page);
}

static void duty_line(gr_page *page, const gr_explanation *x)
{
    gr_show_line_start(page, x->is_compared ? "Outcome" : "Duty");
    gr_say(page, GR_PLAIN, x->duty);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, x->duty_text);
    gr_say_print(page, GR_PLAIN, "; where that is so: %s", gr_verdict_text(x->duty_verdict));
    if (x->is_compared && x->finding->clause.len > 0)
        gr_say_print(page, GR_PLAIN, ", by clause %.*s", GR_ALL(x->finding->clause));
    gr_paragraph_end(page);
}

static void policy_line(gr_page *page, const gr_explanation *x)
{
    gr_show_line_start(page, "Policy");
    for (size_t i = 0; i < x->policy_count; i++) {
        const gr_choice *choice = &x->policy[i];

        gr_say(page, GR_PLAIN, i ? GR_TEXT("; ") : GR_TEXT(""));
        gr_say(page, GR_PLAIN, choice->name);
        gr_say(page, GR_PLAIN, GR_TEXT(" "));
        gr_say(page, GR_PLAIN, choice->value);
        if (choice->set_for_run)
            gr_say(page, GR_PLAIN, GR_TEXT(" (set for this run)"));
    }
    if (x->policy_count == 0)
        gr_say(page, GR_PLAIN, GR_TEXT("none of its choices had a part in this"));
    gr_paragraph_end(page);
}

void gr_show_rule(gr_page *page, const gr_explanation *x)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("The rule"));
    gr_heading_end(page);
    gr_show_line_start(page, "Rule");
    gr_say(page, GR_PLAIN, x->rule.id);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say(page, GR_PLAIN, x->rule.title);
    if (!gr_text_is(x->rule.firm_kinds, "any"))
        gr_say_print(page, GR_PLAIN, "; for firms of the kind %.*s", GR_ALL(x->rule.firm_kinds));
    gr_paragraph_end(page);
    gr_show_line(page, "File", x->rule.file);
    gr_show_line(page, "SHA-256", x->rule.sha256);
    if (x->has_limit) {
        limit_line(page, x);
        period_line(page, x);
    } else if (x->has_duty) {
        duty_line(page, x);
    }
    if (!x->is_oddity)
        policy_line(page, x);
}

/* ---- what was found to be odd ---- */

static void oddity(gr_page *page, const gr_explanation *x)
{
    gr_show_line_start(page, "Line");
    gr_say_print(page, GR_PLAIN, "%u; giftrule rules show detection tells it in words",
                 x->rule_line);
    gr_paragraph_end(page);
    if (x->finding->counted_count == 0)
        return;
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("What was found"));
    gr_heading_end(page);
    gr_section_counted(page, x->finding);
}

/* ---- views ---- */

typedef struct shown_columns { /* in which the views differ */
    bool days, bases;
} shown_columns;

static shown_columns columns_of(const gr_explanation *x)
{
    shown_columns shown = { false, false };

    for (size_t i = 1; i < x->view_count; i++) {
        shown.days = shown.days || x->view[i].day != x->view[0].day;
        shown.bases = shown.bases || x->view[i].period.basis != x->view[0].period.basis;
    }
    return shown;
}

static void add_view(gr_page *page, const gr_explanation *x, const shown_columns *shown,
                     const gr_explained_view *view)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT], low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];
    const gr_total *total = &view->total;

    gr_cell_print(page, "%s", shown->days ? gr_day_print(view->day, from) : "");
    gr_cell_print(page, "%s", shown->bases ? gr_basis_text(view->period.basis) : "");
    gr_cell_print(page, "%s to %s", gr_day_print(view->period.from, from),
                  gr_day_print(view->period.to, to));
    gr_finding_print(x->finding, total->low, total->den, low);
    if (total->unbounded)
        gr_cell_print(page, "%s or more", low);
    else if (total->low == total->high)
        gr_cell_print(page, "%s", low);
    else
        gr_cell_print(page, "%s to %s", low,
                      gr_finding_print(x->finding, total->high, total->den, high));
    gr_cell_print(page, "of %s",
                  gr_finding_print(x->finding, view->limit.num, view->limit.den, low));
    gr_cell_print(page, "%s%s", gr_verdict_text(view->verdict),
                  view->is_chosen ? ", this one" : "");
    gr_row_end(page);
}

static void views(gr_page *page, const gr_explanation *x)
{
    shown_columns shown = columns_of(x);

    if (x->view_count < 2)
        return;
    gr_blank(page);
    gr_paragraph(page, 0, NULL,
                 GR_TEXT("Every day of the gift and every kind of year that the policy leaves open "
                         "was tried; the worst is the one that is explained:"));
    gr_grid_start(page, GR_SHOW_LABEL, "lllrrl");
    for (size_t i = 0; i < x->view_count; i++)
        add_view(page, x, &shown, &x->view[i]);
    gr_grid_end(page);
}

/* ---- the beginning and the end ---- */

static void headline(gr_page *page, const gr_explanation *x)
{
    const gr_finding *f = x->finding;

    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("Finding "));
    gr_say(page, GR_BOLD, f->id);
    gr_say_print(page, GR_BOLD, ": %s, ", gr_verdict_text(f->verdict));
    gr_say(page, GR_BOLD, f->kind);
    gr_heading_end(page);
    gr_paragraph(page, 0, NULL, f->reason);
}

static void conclusion(gr_page *page, const gr_explanation *x)
{
    gr_blank(page);
    gr_show_line_start(page, "Verdict");
    gr_say_print(page, GR_BOLD, "%s", gr_verdict_text(x->finding->verdict));
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, x->finding->reason);
    gr_paragraph_end(page);
}

static void questions(gr_page *page, const gr_finding *f)
{
    if (f->question.len > 0)
        gr_show_line(page, "Question", f->question);
    if (f->answers.len > 0)
        gr_show_line(page, "Answers", f->answers);
}

static void sources(gr_page *page, const gr_explanation *x)
{
    if (x->source_count == 0)
        return;
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("Sources"));
    gr_heading_end(page);
    gr_grid_start(page, GR_SHOW_LABEL, "lw");
    for (size_t i = 0; i < x->source_count; i++) {
        gr_cell(page, x->source[i].id);
        gr_cell(page, x->source[i].title);
        gr_row_end(page);
    }
    gr_grid_end(page);
}

static void not_read(gr_page *page, const gr_explanation *x)
{
    if (x->quarantined + x->refused_count == 0)
        return;
    gr_blank(page);
    gr_paragraph_start(page, 0, 0);
    if (x->quarantined > 0) {
        gr_say_count(page, GR_PLAIN, x->quarantined, "record in quarantine counts",
                     "records in quarantine count");
        gr_say(page, GR_PLAIN, GR_TEXT(" nowhere. "));
    }
    if (x->refused_count > 0) {
        gr_say_count(page, GR_PLAIN, x->refused_count, "input", "inputs");
        gr_say(page, GR_PLAIN, GR_TEXT(" could not be read."));
    }
    gr_paragraph_end(page);
}

/* What was compared: each with its place, and why it is here. */
static void records(gr_page *page, const gr_finding *f)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("The records"));
    gr_heading_end(page);
    gr_section_counted(page, f);
}

static void write_all(gr_page *page, const gr_explanation *x)
{
    headline(page, x);
    gr_section_decision(page, x->finding);
    gr_show_rule(page, x);
    if (x->is_oddity)
        oddity(page, x);
    views(page, x);
    if (x->is_compared)
        records(page, x->finding);
    for (size_t i = 0; i < x->gift_count && !page->writer->failed; i++)
        gr_show_gift(page, x, i);
    if (x->has_limit)
        gr_show_sum(page, x);
    else
        conclusion(page, x);
    questions(page, x->finding);
    gr_show_left_out(page, x);
    gr_show_people(page, x);
    sources(page, x);
    not_read(page, x);
}

gr_status gr_explanation_text(const gr_explanation *explanation, unsigned width, bool colour,
                              gr_writer *writer, gr_error *err)
{
    gr_page page;
    bool failed = true;

    if (gr_page_open(&page, writer, width, colour)) {
        write_all(&page, explanation);
        failed = page.failed;
    }
    gr_page_close(&page);
    if (failed)
        return gr_fail_memory(err);
    if (writer->failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the explanation cannot be written");
    return GR_OK;
}
