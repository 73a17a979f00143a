/* src/report/explain_sum_text.c - how the gifts of an explanation add up, what was left out, and who is who. */
#include "report/explain_page.h"

#include "report/sections.h"
#include "report/words.h"

/* ---- the sum ---- */

static bool is_open(const gr_explanation *x)
{
    for (size_t i = 0; i < x->gift_count; i++)
        if (x->gift[i].is_unbounded || x->gift[i].low != x->gift[i].high)
            return true;
    return false;
}

static void add_amount(gr_page *page, const gr_explanation *x, gr_wide num)
{
    char text[GR_MONEY_TEXT];

    gr_cell_print(page, "%s", gr_finding_print(x->finding, num, x->finding->total.den, text));
}

static void add_high(gr_page *page, const gr_explanation *x, gr_wide num, bool is_unbounded)
{
    if (is_unbounded)
        gr_cell(page, GR_TEXT("unknown"));
    else
        add_amount(page, x, num);
}

static void add_gift(gr_page *page, const gr_explanation *x, const gr_explained_gift *gift,
                     bool open)
{
    gr_cell_day(page, gift->day);
    gr_cell(page, gift->id);
    add_amount(page, x, gift->low);
    if (open)
        add_high(page, x, gift->high, gift->is_unbounded);
    add_amount(page, x, gift->sum_low);
    if (open)
        add_high(page, x, gift->sum_high, gift->sum_unbounded);
    gr_row_end(page);
}

static bool has_fractions(const gr_explanation *x)
{
    gr_wide cent = x->finding->total.den;

    for (size_t i = 0; i < x->gift_count; i++)
        if (x->gift[i].low % cent != 0 || x->gift[i].high % cent != 0)
            return true;
    return false;
}

static void table(gr_page *page, const gr_explanation *x)
{
    static const char *const closed[] = { "", "", "counts", "so far" };
    static const char *const opened[] = { "", "", "certain", "possible", "so far", "possibly" };
    bool open = is_open(x);

    gr_grid_start(page, GR_SHOW_LABEL, open ? "llrrrr" : "llrr");
    for (size_t i = 0; i < (open ? GR_COUNT(opened) : GR_COUNT(closed)); i++)
        gr_cell(page, gr_text_of(open ? opened[i] : closed[i]));
    gr_row_end(page);
    for (size_t i = 0; i < x->gift_count; i++)
        add_gift(page, x, &x->gift[i], open);
    gr_grid_end(page);
    if (has_fractions(x))
        gr_paragraph(page, GR_SHOW_LABEL, NULL,
                     GR_TEXT("What is no whole number of cents is rounded up here, and nowhere "
                             "before the comparison."));
}

static const char *test_words(const gr_explanation *x, bool is_over)
{
    if (x->limit.reached_is_over)
        return is_over ? "is not less than" : "is less than";
    return is_over ? "is more than" : "is not more than";
}

static void say_side(gr_page *page, const gr_explanation *x, const char *side, gr_wide num,
                     bool is_over)
{
    gr_show_line_start(page, side);
    gr_show_amount(page, x->limit.is_count, num, x->finding->total.den);
    gr_say_print(page, GR_PLAIN, " %s ", test_words(x, is_over));
    gr_show_amount(page, x->limit.is_count, x->limit.amount.num, x->limit.amount.den);
    gr_paragraph_end(page);
}

static const char *what_follows(const gr_explanation *x)
{
    if (x->bases_differ)
        return "the kinds of year do not agree, and the policy does not choose: a person must";
    if (x->days_differ)
        return "the days of the gift do not agree, and the policy does not choose: a person must";
    if (x->over == GR_ANSWER_TRUE && x->is_sure)
        return "surely over the limit, whatever the missing facts are";
    if (x->over == GR_ANSWER_TRUE)
        return "surely over the limit, but perhaps the judged gift counts nothing";
    if (x->over == GR_ANSWER_UNKNOWN)
        return "perhaps over the limit: a missing fact decides";
    return "within the limit";
}

static void verdict(gr_page *page, const gr_explanation *x)
{
    const gr_total *total = &x->finding->total;
    bool open = is_open(x);

    say_side(page, x, open ? "Certain" : "Sum", total->low, x->over == GR_ANSWER_TRUE);
    if (open && total->unbounded)
        gr_show_line(page, "Possible", GR_TEXT("nobody knows how much it may be"));
    else if (open)
        say_side(page, x, "Possible", total->high, x->over != GR_ANSWER_FALSE);
    gr_show_line_start(page, "Verdict");
    gr_say_print(page, GR_BOLD, "%s", gr_verdict_text(x->finding->verdict));
    gr_say_print(page, GR_PLAIN, ": %s", what_follows(x));
    if (gr_text_is(x->finding->kind, "near-limit"))
        gr_say(page, GR_PLAIN, GR_TEXT(", and from the policy's share of it on a warning"));
    gr_paragraph_end(page);
}

/* ---- left out ---- */

void gr_show_left_out(gr_page *page, const gr_explanation *x)
{
    if (x->left_out_count == 0)
        return;
    gr_blank(page);
    gr_paragraph_start(page, 0, 0);
    gr_say(page, GR_PLAIN, GR_TEXT("Given in the same time, and counting nothing:"));
    gr_paragraph_end(page);
    gr_grid_start(page, GR_SHOW_LABEL, "llw");
    for (size_t i = 0; i < x->left_out_count; i++) {
        const gr_left_out *one = &x->left_out[i];

        gr_cell_day(page, one->day);
        gr_cell(page, one->id);
        gr_cell_print(page, "%.*s; %s:%u", GR_ALL(one->why), one->source.file, one->source.line);
        gr_row_end(page);
    }
    gr_grid_end(page);
}

void gr_show_sum(gr_page *page, const gr_explanation *x)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("The sum"));
    gr_heading_end(page);
    table(page, x);
    gr_blank(page);
    verdict(page, x);
}

/* ---- who is who ---- */

static void person(gr_page *page, const gr_explained_person *p)
{
    gr_paragraph_start(page, 2, 4);
    gr_phrase_person(gr_page_voice(page), GR_TONE_PLAIN, p->name, p->id);
    if (p->employer.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(" of "));
        gr_say(page, GR_PLAIN, p->employer);
    }
    gr_say(page, GR_PLAIN, GR_TEXT(", in "));
    gr_show_names(page, p->gift, p->gift_count);
    if (p->kinship == GR_KIN_POSSIBLE)
        gr_say(page, GR_PLAIN, GR_TEXT(": possibly the same person"));
    else if (p->kinship == GR_KIN_SAME)
        gr_say(page, GR_PLAIN, GR_TEXT(": the same person"));
    else if (p->kinship == GR_KIN_COLLEAGUE)
        gr_say(page, GR_PLAIN, GR_TEXT(": somebody else at the same client"));
    if (p->kinship != GR_KIN_JUDGED && p->why.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT("; "));
        gr_say(page, GR_PLAIN, p->why);
    }
    gr_paragraph_end(page);
}

void gr_show_people(gr_page *page, const gr_explanation *x)
{
    if (x->person_count < 2)
        return;
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("Who is who"));
    gr_heading_end(page);
    for (size_t i = 0; i < x->person_count; i++)
        person(page, &x->person[i]);
}
