/* src/report/simulate_change.c - one change of a simulation: what it is, whom it concerns, the sums of both sides beside
 * each other, and the gifts in them in brief. */
#include "report/simulate_change.h"

#include "report/sections.h"
#include "report/words.h"

static const struct {
    const char *word;
    gr_ink ink;
} verdicts[] = {
    [GR_COMPLIANT] = { "compliant", GR_PLAIN },
    [GR_WARNING] = { "warning", GR_CYAN },
    [GR_NEEDS_REVIEW] = { "to review", GR_YELLOW },
    [GR_VIOLATION] = { "violation", GR_RED },
};

static const char *const silences[GR_SILENCE_COUNT] = {
    [GR_SILENCE_NONE] = "",
    [GR_SILENCE_NO_RULEBOOK] = "none: no such rulebook",
    [GR_SILENCE_NO_PROVISION] = "none: no such limit or duty",
    [GR_SILENCE_NO_ROW] = "none: no limit on its day",
    [GR_SILENCE_NO_GIFT] = "none: no such gift",
    [GR_SILENCE_NOT_COUNTED] = "none: not counted",
    [GR_SILENCE_DUTY_KEPT] = "none",
    [GR_SILENCE_OTHER_DAY] = "none: another day",
    [GR_SILENCE_NOT_KEPT] = "none: sums not kept",
    [GR_SILENCE_NOT_FOUND] = "none: not found",
};

/* ---- what it is ---- */

static void say_differs(gr_page *page, unsigned differs)
{
    static const struct {
        unsigned bit;
        const char *word;
    } parts[] = { { GR_DIFFERS_CLAUSE, "clause" },
                  { GR_DIFFERS_LIMIT, "limit" },
                  { GR_DIFFERS_TOTAL, "total" } };
    bool started = false;

    for (size_t i = 0; i < GR_COUNT(parts); i++) {
        if (!(differs & parts[i].bit))
            continue;
        gr_say_print(page, GR_BOLD, "%s%s", started ? ", " : ", another ", parts[i].word);
        started = true;
    }
}

static void title(gr_page *page, const gr_change *change, const gr_finding *shown)
{
    static const char *const kinds[] = { "NEW: ", "CHANGED: ", "GONE: " };
    gr_ink ink = change->kind == GR_CHANGE_GONE ? GR_PLAIN : verdicts[shown->verdict].ink;
    const gr_finding *was = change->side[GR_IN_USE].finding;

    gr_paragraph_start(page, 2, 6);
    gr_say(page, ink, gr_text_of(kinds[change->kind]));
    gr_say(page, ink, gr_text_of(verdicts[shown->verdict].word));
    if (change->kind == GR_CHANGE_CHANGED && change->differs & GR_DIFFERS_VERDICT)
        gr_say_print(page, GR_BOLD, ", was %s", verdicts[was->verdict].word);
    if (change->kind == GR_CHANGE_CHANGED)
        say_differs(page, change->differs);
    gr_paragraph_end(page);
}

/* ---- its sums ---- */

static bool has_sum(const gr_outcome *outcome)
{
    return outcome->finding && outcome->finding->has_limit;
}

static void cell_verdict(gr_page *page, const gr_outcome *outcome)
{
    gr_cell(page, gr_text_of(outcome->finding ? verdicts[outcome->finding->verdict].word
                                              : silences[outcome->silence]));
}

static void cell_total(gr_page *page, const gr_outcome *outcome)
{
    const gr_finding *f = outcome->finding;
    gr_text unit = f->is_count ? GR_TEXT("gifts") : f->currency;
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

    gr_finding_print(f, f->total.low, f->total.den, low);
    if (f->total.unbounded)
        gr_cell_print(page, "%s to unknown %.*s", low, GR_ALL(unit));
    else if (f->total.low == f->total.high)
        gr_cell_print(page, "%s %.*s", low, GR_ALL(unit));
    else
        gr_cell_print(page, "%s to %s %.*s", low,
                      gr_finding_print(f, f->total.high, f->total.den, high), GR_ALL(unit));
}

static void cell_limit(gr_page *page, const gr_outcome *outcome)
{
    char money[GR_MONEY_TEXT];

    gr_cell_print(page, "%s", gr_finding_print_limit(outcome->finding, money));
}

static void cell_over(gr_page *page, const gr_outcome *outcome)
{
    const gr_finding *f = outcome->finding;
    char money[GR_MONEY_TEXT];
    gr_wide excess;
    int64_t den;

    if (f->over.num > 0)
        gr_cell_print(page, "%s", gr_finding_print(f, f->over.num, f->over.den, money));
    else if (f->total.unbounded)
        gr_cell(page, GR_TEXT("perhaps"));
    else if (gr_finding_excess(f, &excess, &den))
        gr_cell_print(page, "up to %s", gr_finding_print(f, excess, den, money));
    else
        gr_cell(page, GR_TEXT("no"));
}

static void cell_period(gr_page *page, const gr_outcome *outcome)
{
    const gr_period *period = &outcome->finding->period;
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    if (period->from == period->to)
        gr_cell_print(page, "%s", gr_day_print(period->from, from));
    else
        gr_cell_print(page, "%s to %s", gr_day_print(period->from, from),
                      gr_day_print(period->to, to));
}

static void cell_counted(gr_page *page, const gr_outcome *outcome)
{
    size_t count = outcome->finding->counted_count;

    gr_cell_print(page, "%zu %s", count, count == 1 ? "gift" : "gifts");
}

static void cell_clause(gr_page *page, const gr_outcome *outcome)
{
    gr_cell(page, outcome->finding ? outcome->finding->clause : GR_TEXT(""));
}

static void add_row(gr_page *page, const char *name, const gr_change *change,
                    void (*cell)(gr_page *page, const gr_outcome *outcome), bool of_sums)
{
    gr_cell(page, gr_text_of(name));
    for (int side = 0; side < GR_SIDES; side++) {
        if (of_sums && !has_sum(&change->side[side]))
            gr_cell(page, GR_TEXT(""));
        else
            cell(page, &change->side[side]);
    }
    gr_row_end(page);
}

static void sums(gr_page *page, const gr_change *change)
{
    bool any = has_sum(&change->side[GR_IN_USE]) || has_sum(&change->side[GR_SIMULATED]);

    gr_blank(page);
    gr_grid_start(page, 4, "llw");
    gr_cell(page, GR_TEXT(""));
    gr_cell(page, GR_TEXT("in use"));
    gr_cell(page, GR_TEXT("simulated"));
    gr_row_end(page);
    add_row(page, "verdict", change, cell_verdict, false);
    if (any) {
        add_row(page, "total", change, cell_total, true);
        add_row(page, "limit", change, cell_limit, true);
        add_row(page, "over", change, cell_over, true);
        add_row(page, "period", change, cell_period, true);
        add_row(page, "counted", change, cell_counted, true);
    }
    if (change->differs & GR_DIFFERS_CLAUSE)
        add_row(page, "clause", change, cell_clause, false);
    gr_grid_end(page);
    gr_blank(page);
}

/* ---- the gifts in them ---- */

static void say_value(gr_page *page, const gr_finding *f, gr_span value)
{
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

    gr_finding_print(f, value.low, value.den, low);
    if (value.high == GR_UNBOUNDED)
        gr_say_print(page, GR_PLAIN, " %s to unknown", low);
    else if (value.low == value.high)
        gr_say_print(page, GR_PLAIN, " %s", low);
    else
        gr_say_print(page, GR_PLAIN, " %s to %s", low,
                     gr_finding_print(f, value.high, value.den, high));
}

/* Who gave this one and those before it that end in no name. */
static void say_giver(gr_page *page, const gr_finding *f, size_t i)
{
    const gr_counted *c = &f->counted[i], *next = i + 1 < f->counted_count ? c + 1 : NULL;

    if (next && gr_text_equal(c->giver_id, next->giver_id) &&
        gr_text_equal(c->giver_name, next->giver_name)) {
        gr_say(page, GR_PLAIN, GR_TEXT(","));
        return;
    }
    gr_say(page, GR_PLAIN, GR_TEXT(" by "));
    gr_phrase_person(gr_page_voice(page), GR_TONE_PLAIN, c->giver_name, c->giver_id);
    gr_say(page, GR_PLAIN, next ? GR_TEXT(";") : GR_TEXT(""));
}

static void counted(gr_page *page, const char *label, const gr_finding *f)
{
    size_t first = f->counted_count > GR_COUNTED_SHOWN ? f->counted_count - GR_COUNTED_SHOWN : 0;

    if (f->counted_count == 0)
        return;
    gr_paragraph_start(page, 4, 6);
    gr_say(page, GR_BOLD, gr_text_of(label));
    if (first > 0)
        gr_say_print(page, GR_PLAIN, " %zu earlier ones, then", first);
    for (size_t i = first; i < f->counted_count; i++) {
        const gr_counted *c = &f->counted[i];

        gr_say(page, GR_PLAIN, GR_TEXT(" "));
        gr_say(page, GR_PLAIN, c->gift);
        if (!f->is_count)
            say_value(page, f, c->value);
        say_giver(page, f, i);
    }
    gr_paragraph_end(page);
}

static void gifts(gr_page *page, const gr_change *change)
{
    const gr_outcome *in_use = &change->side[GR_IN_USE];
    const gr_outcome *simulated = &change->side[GR_SIMULATED];

    if (change->same_shown) {
        counted(page, "Counted:", simulated->finding);
        return;
    }
    if (has_sum(in_use))
        counted(page, "Counted by the rules in use:", in_use->finding);
    if (has_sum(simulated))
        counted(page, "Counted by the simulated ones:", simulated->finding);
}

static void authority(gr_page *page, const gr_finding *f)
{
    gr_paragraph_start(page, 4, 6);
    if (f->clause.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT("Clause "));
        gr_say(page, GR_PLAIN, f->clause);
        gr_say(page, GR_PLAIN, GR_TEXT(", rule "));
    } else {
        gr_say(page, GR_PLAIN, GR_TEXT("Rule "));
    }
    gr_say(page, GR_PLAIN, f->rule);
    gr_say(page, GR_PLAIN, GR_TEXT(", finding "));
    gr_say(page, GR_PLAIN, f->id);
    gr_paragraph_end(page);
}

void gr_section_change(gr_page *page, const gr_change *change)
{
    int side = change->kind == GR_CHANGE_GONE ? GR_IN_USE : GR_SIMULATED;
    const gr_finding *shown = change->side[side].finding;

    gr_blank(page);
    title(page, change, shown);
    gr_section_subject(page, shown);
    if (!shown->has_limit)
        gr_paragraph(page, 4, NULL, shown->reason);
    sums(page, change);
    gifts(page, change);
    authority(page, shown);
}
