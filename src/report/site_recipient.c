/* src/report/site_recipient.c - one recipient: the running total against the dated limit as a drawing, and every step of
 * it as a table. */
#include "report/site.h"

#include <stdio.h>

enum { MOST_LINES = 400 }; /* of one recipient; the latest */

typedef struct gathered {
    gr_site *site;
    gr_list point; /* of gr_chart_point */
    uint64_t lines, skip;
    bool is_started;
} gathered;

static gr_status on_line(void *context, const gr_gift_line *line, gr_error *err)
{
    gathered *g = context;
    gr_chart_point point = { line->day, line->sum.period, line->sum.total, gr_site_worst(line) };

    g->lines++;
    if (line->has_sum && !gr_list_push(&g->point, &point))
        return gr_fail_memory(err);
    return GR_OK;
}

static gr_status on_row(void *context, const gr_gift_line *line, gr_error *err)
{
    gathered *g = context;

    (void)err;
    if (g->skip > 0) {
        g->skip--;
        return GR_OK;
    }
    gr_site_gift_row(g->site, line, true);
    return GR_OK;
}

/* "315.00 of the limit of 300.00 in the calendar year to 2026-12-31; nothing is left" */
static void standing(gr_site *site, const gr_book_person *person)
{
    gr_html *page = &site->page;
    gr_voice voice = gr_site_voice(site);
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT], from[GR_DAY_TEXT], to[GR_DAY_TEXT];
    const gr_total *total = &person->sum.total;

    gr_html_start(page, "p", NULL);
    if (gr_phrase_verdicts(voice, &person->findings))
        gr_html_print(page, ", in ");
    gr_voice_count(voice, GR_TONE_PLAIN, person->gifts, "gift", "gifts");
    gr_html_print(page, ". ");
    if (person->has_sum) {
        gr_html_print(
            page, "Total of %s to %s (%s): %s", gr_day_print(person->sum.period.from, from),
            gr_day_print(person->sum.period.to, to), gr_basis_words(person->sum.period.basis),
            gr_money_print(total->low, total->den, low));
        if (total->unbounded)
            gr_html_print(page, " or more");
        else if (total->low != total->high)
            gr_html_print(page, " to %s", gr_money_print(total->high, total->den, high));
        gr_html_print(page, ". ");
        gr_html_print(page, "Left to give: %s", gr_amount_print(person->left_low, low));
        if (gr_amount_compare(person->left_low, person->left_high) != 0)
            gr_html_print(page, ", or up to %s if what is uncertain does not count",
                          gr_amount_print(person->left_high, high));
        gr_html_print(page, ".");
    }
    gr_html_end_line(page);
}

static gr_status rows(gr_site *site, uint32_t place, gathered *g, gr_error *err)
{
    gr_status status;

    g->skip = g->lines > MOST_LINES ? g->lines - MOST_LINES : 0;
    if (g->skip > 0)
        gr_site_note(site, "%llu earlier gifts are in the register only.",
                     (unsigned long long)g->skip);
    gr_site_gifts_start(site, "Every gift to this person, by day", true);
    status = site->book->each(site->book, GR_BOOK_OF_PERSON, place, on_row, g, err);
    gr_html_table_end(&site->page);
    return status;
}

static void chart(gr_site *site, const gathered *g, const gr_book_person *person,
                  const char *anchor)
{
    gr_timeline timeline = { .point = g->point.items,
                             .count = g->point.count,
                             .step = site->book->step,
                             .step_count = site->book->step_count,
                             .until = site->report->as_of,
                             .whose = person->name.len > 0 ? person->name : person->id,
                             .currency = site->book->currency,
                             .anchor = anchor };

    if (g->point.count == 0)
        gr_site_note(site, "Nothing counts here, so there is no total to draw.");
    else if (!gr_chart_timeline(&site->page, &timeline))
        site->no_memory = true;
}

gr_status gr_site_recipient(gr_site *site, uint32_t place, gr_error *err)
{
    const gr_book_person *person = &site->book->person[place];
    gathered g = { .site = site, .point = GR_LIST(gr_chart_point) };
    char anchor[GR_SITE_NAME];
    gr_status status;

    snprintf(anchor, sizeof anchor, "person-%u", (unsigned)place + 1);
    gr_html_start(&site->page, "section", "recipient");
    gr_html_attribute(&site->page, "id", anchor);
    gr_html_text(&site->page, GR_TEXT("\n"));
    gr_site_heading_start(site, site->level + 1, NULL);
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, person->name, person->id);
    gr_site_heading_end(site);
    standing(site, person);
    status = site->book->each_sum(site->book, GR_BOOK_OF_PERSON, place, on_line, &g, err);
    if (status == GR_OK) {
        chart(site, &g, person, anchor);
        status = rows(site, place, &g, err);
    }
    gr_html_end_line(&site->page);
    gr_list_free(&g.point);
    return status;
}

/* ---- which finding is about whom ---- */

typedef struct learner {
    gr_site *site;
} learner;

static gr_status learn(void *context, const gr_gift_line *line, gr_error *err)
{
    gr_site *site = ((learner *)context)->site;

    (void)err;
    for (size_t i = 0; i < line->finding_count; i++) {
        const gr_finding *f = line->finding[i];
        gr_site_finding *entry = f->recipient_name.len + f->recipient_id.len > 0
                                     ? gr_site_find(site, f->id)
                                     : NULL; /* about the whole gift */

        if (entry && entry->person == GR_NONE)
            entry->person = line->person;
    }
    return GR_OK;
}

gr_status gr_site_learn_people(gr_site *site, gr_error *err)
{
    learner l = { site };
    gr_status status = GR_OK;

    for (uint32_t i = 0; status == GR_OK && i < site->book->person_count; i++) {
        const gr_summary *sum = &site->book->person[i].findings;

        if (sum->violations + sum->needs_review + sum->warnings + sum->decided > 0)
            status = site->book->each_sum(site->book, GR_BOOK_OF_PERSON, i, learn, &l, err);
    }
    return status;
}
