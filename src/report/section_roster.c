/* src/report/section_roster.c - what a roster tells: who an account executive is, what others gave to his or her clients,
 * sums by branch and by supervisor, what does not fit in the roster itself. */
#include "report/sections.h"

#include "report/words.h"

enum { MOST_GIVEN = 20, MOST_REMARKS = 20 }; /* lines here; JSON has all of them */

/* ---- an account executive ---- */

void gr_section_staff(gr_page *page, const gr_staff *staff)
{
    gr_paragraph_start(page, 0, 0);
    gr_phrase_staff(gr_page_voice(page), staff);
    gr_paragraph_end(page);
}

/* A list of any length in one cell, with commas between. */
static gr_text join(gr_page *page, gr_text list, gr_text more)
{
    gr_text joined = gr_arena_print(page->scratch, "%.*s%s%.*s", GR_ALL(list),
                                    list.len > 0 ? ", " : "", GR_ALL(more));

    page->failed = page->failed || !joined.ptr;
    return joined.ptr ? joined : GR_TEXT("");
}

static void cell_worth(gr_page *page, const gr_given *given)
{
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

    gr_amount_print(given->low, low);
    if (given->high.num == GR_UNBOUNDED)
        gr_cell_print(page, "%s or more", low);
    else if (gr_amount_compare(given->low, given->high) == 0)
        gr_cell_print(page, "%s", low);
    else
        gr_cell_print(page, "%s to %s", low, gr_amount_print(given->high, high));
}

static void add_given(gr_page *page, const gr_given *given, bool has_gifts)
{
    gr_text givers = GR_TEXT(""), findings = GR_TEXT("");
    gr_text name = given->recipient_name.len > 0 ? given->recipient_name : given->recipient_id;

    for (size_t i = 0; i < given->giver_count; i++)
        givers = join(page, givers,
                      given->giver[i]->name.len > 0 ? given->giver[i]->name : given->giver[i]->id);
    for (size_t i = 0; i < given->reference_count; i++)
        findings = join(page, findings, given->reference[i]);
    gr_cell(page, name.len > 0 ? name : GR_TEXT("somebody without a name"));
    gr_cell(page, given->employer);
    if (has_gifts && given->gifts > 0) {
        gr_cell_print(page, "%llu %s", (unsigned long long)given->gifts,
                      given->gifts == 1 ? "gift" : "gifts");
        cell_worth(page, given);
        gr_cell(page, givers);
    } else {
        for (int i = 0; i < 3; i++)
            gr_cell(page, GR_TEXT(""));
    }
    gr_cell(page, findings);
    gr_row_end(page);
}

static void given_title(gr_page *page, const gr_rostered *roster)
{
    gr_blank(page);
    gr_paragraph_start(page, 2, 2);
    gr_phrase_given(gr_page_voice(page), roster);
    gr_paragraph_end(page);
}

/* Those with findings first: a busy officer may not get further. */
void gr_section_given(gr_page *page, const gr_executive *who, const gr_rostered *roster)
{
    size_t shown = 0;

    if (who->given_count == 0)
        return;
    given_title(page, roster);
    gr_grid_start(page, 4, "llrrlw");
    for (int found = 1; found >= 0; found--) {
        for (size_t i = 0; i < who->given_count && shown < MOST_GIVEN; i++) {
            if ((who->given[i].reference_count > 0) != found)
                continue;
            add_given(page, &who->given[i], roster->has_gifts);
            shown++;
        }
    }
    gr_grid_end(page);
    if (shown == who->given_count)
        return;
    gr_paragraph_start(page, 4, 4);
    gr_say_print(page, GR_PLAIN, "and to %zu more; the JSON report lists all of them.",
                 who->given_count - shown);
    gr_paragraph_end(page);
}

/* ---- sums ---- */

static void cell_count(gr_page *page, uint64_t count, const char *one, const char *many)
{
    if (count > 0)
        gr_cell_print(page, "%llu %s", (unsigned long long)count, count == 1 ? one : many);
    else
        gr_cell(page, GR_TEXT(""));
}

static void add_sums(gr_page *page, uint64_t staff, const gr_summary *sum)
{
    cell_count(page, staff, "person", "people");
    cell_count(page, sum->gifts, "gift", "gifts");
    cell_count(page, sum->violations, "violation", "violations");
    cell_count(page, sum->needs_review, "to review", "to review");
    cell_count(page, sum->warnings, "warning", "warnings");
    cell_count(page, sum->decided, "decided", "decided");
    gr_row_end(page);
}

static void title(gr_page *page, const char *text)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, gr_text_of(text));
    gr_heading_end(page);
}

static void remember(gr_page *page, const gr_rostered *roster)
{
    if (roster->has_gifts)
        return;
    gr_blank(page);
    gr_paragraph_start(page, 0, 0);
    gr_phrase_forgotten(gr_page_voice(page));
    gr_paragraph_end(page);
}

static void branches(gr_page *page, const gr_rostered *roster)
{
    title(page, "Branches");
    gr_grid_start(page, 2, "lrrrrrr");
    for (size_t i = 0; i < roster->branch_count; i++) {
        const gr_unit *unit = &roster->branch[i];

        gr_cell(page, unit->name.len > 0 ? unit->name : GR_TEXT("no branch is known"));
        add_sums(page, unit->staff, &unit->sum);
    }
    gr_grid_end(page);
}

static void cell_person(gr_page *page, const gr_unit *unit)
{
    if (unit->name.len > 0)
        gr_cell_print(page, "%.*s (%.*s)", GR_ALL(unit->name), GR_ALL(unit->id));
    else
        gr_cell(page, unit->id);
}

static void supervisors(gr_page *page, const gr_rostered *roster)
{
    if (roster->supervisor_count == 0)
        return;
    title(page, "Supervisors");
    gr_grid_start(page, 2, "lrrrrrr");
    for (size_t i = 0; i < roster->supervisor_count; i++) {
        const gr_unit *unit = &roster->supervisor[i];

        cell_person(page, unit);
        add_sums(page, unit->staff, &unit->sum);
        if (unit->all_staff == unit->staff)
            continue;
        gr_cell(page, GR_TEXT("with all below them"));
        add_sums(page, unit->all_staff, &unit->all);
    }
    gr_grid_end(page);
}

/* ---- the roster itself ---- */

void gr_section_remark(gr_page *page, const gr_roster_remark *remark)
{
    gr_paragraph_start(page, 2, 4);
    gr_phrase_place(gr_page_voice(page), GR_TONE_PLAIN, remark->at);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say(page, GR_PLAIN, remark->record);
    gr_paragraph_end(page);
    gr_paragraph(page, 4, remark->is_warning ? "Warning:" : "Note:", remark->message);
    if (remark->hint.len > 0)
        gr_paragraph(page, 4, "Hint:", remark->hint);
}

static void remarks(gr_page *page, const gr_rostered *roster)
{
    size_t shown = 0;

    if (roster->remark_count == 0)
        return;
    title(page, "What does not fit in the roster");
    for (int warning = 1; warning >= 0; warning--)
        for (size_t i = 0; i < roster->remark_count && shown < MOST_REMARKS; i++) {
            if (roster->remark[i].is_warning != warning)
                continue;
            gr_section_remark(page, &roster->remark[i]);
            shown++;
        }
    if (shown == roster->remark_count)
        return;
    gr_paragraph_start(page, 2, 2);
    gr_say_print(page, GR_PLAIN, "and %zu more; giftrule people roster lists all of them.",
                 roster->remark_count - shown);
    gr_paragraph_end(page);
}

void gr_section_roster(gr_page *page, const gr_report *report)
{
    if (!report->roster)
        return;
    remember(page, report->roster);
    branches(page, report->roster);
    supervisors(page, report->roster);
    remarks(page, report->roster);
}
