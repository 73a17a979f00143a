/* src/report/prose_limit.c - the limits of a rulebook: what is added up, what is too much, the amounts with their
 * days, and over which period. */
#include "report/prose.h"

#include <string.h>

typedef struct period_words {
    const char *basis, *within, *brief, *what;
} period_words;

/* within: behind "all gifts to one recipient"; brief: behind "per recipient"; what: behind "the limit is for". */
static const period_words periods[] = {
    { "policy", "in one year", "and year", "the year that the firm chooses" },
    { "calendar", "in one year", "and year", "the calendar year, from 1 January to 31 December" },
    { "fiscal", "in one year", "and year", "the fiscal year of the firm" },
    { "anniversary", "in one year", "and year",
      "each recipient's own year, which begins with the first gift" },
    { "trailing", "in any 12 months", "and 12 months",
      "the 12 months that end with the day of the gift" },
    { "quarter", "in one quarter", "and quarter", "the quarter of the calendar year" },
    { "day", "on one day", "and day", "one day, that of the gift" },
    { "gift", "is taken by itself", "and gift", "each gift by itself" },
};

static const period_words *find_period(gr_text basis)
{
    for (size_t i = 0; i < GR_COUNT(periods); i++)
        if (gr_text_is(basis, periods[i].basis))
            return &periods[i];
    return &periods[0]; /* the schema knows no other */
}

static const period_words *period_of(const gr_node *limit)
{
    return find_period(gr_node_attribute(gr_node_child(limit, "period"), "basis"));
}

static bool counts_gifts(const gr_node *limit)
{
    return gr_text_is(gr_node_attribute(limit, "of"), "count");
}

/* ---- what is added up ---- */

static const char *whose(const gr_node *limit)
{
    gr_text per = gr_node_attribute(limit, "per");

    return gr_text_is(per, "giver")    ? "gifts of one giver to one recipient"
           : gr_text_is(per, "client") ? "gifts to the people of one client"
                                       : "gifts to one recipient";
}

static bool stands_alone(const gr_node *limit)
{
    return gr_text_is(gr_node_attribute(gr_node_child(limit, "period"), "basis"), "gift");
}

static void tell_sum(const gr_prose *prose, const gr_node *limit)
{
    const gr_node *when = gr_node_child(limit, "when");
    bool alone = stands_alone(limit);

    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, alone ? "Each of the " : "All ");
    gr_tell(prose, whose(limit));
    gr_tell(prose, " ");
    gr_tell(prose, period_of(limit)->within);
    if (!alone)
        gr_tell(prose, counts_gifts(limit) ? " are counted" : " are added up");
    gr_tell_backing(prose, limit);
    gr_tell(prose, ".");
    if (when && when->first) {
        gr_tell(prose, " A gift is one of them only if ");
        gr_tell_condition(prose, when->first);
    } else {
        gr_document_paragraph_end(prose->document);
    }
}

/* ---- what is too much ---- */

/* "is a violation", and of a sum that just keeps to the limit, if that is allowed, that it is not. */
static void tell_verdict(const gr_prose *prose, const gr_node *limit, bool reached)
{
    gr_text verdict = gr_node_attribute(limit, "verdict");
    bool warns = gr_text_is(verdict, "warning");

    gr_tell(prose, warns                                 ? "gives a warning"
                   : gr_text_is(verdict, "needs_review") ? "is for a person to review"
                                                         : "is a violation");
    if (!reached)
        gr_tell(prose, warns ? "; exactly the limit does not" : "; exactly the limit is not");
}

static void tell_report(const gr_prose *prose, const gr_node *limit)
{
    gr_tell(prose, "The finding is of the kind ");
    gr_tell_quote(prose, gr_node_attribute(limit, "kind"));
    if (gr_node_has(limit, "text")) {
        gr_tell(prose, ", and says ");
        gr_tell_quote(prose, gr_node_attribute(limit, "text"));
    }
    gr_tell(prose, ".");
    if (gr_node_has(limit, "ask")) {
        gr_tell(prose, " It asks ");
        gr_tell_quote(prose, gr_node_attribute(limit, "ask"));
        gr_tell_stop(prose, gr_node_attribute(limit, "ask"));
    }
}

static bool is_zero(const gr_node *row)
{
    gr_text amount = gr_node_attribute(row, "amount");

    return gr_text_is(amount, "0.00") || gr_text_is(amount, "0");
}

/* Nothing at all is allowed, on any day that is told. */
static bool is_ban(const gr_prose *prose, const gr_node *limit)
{
    for (const gr_node *row = gr_node_child(limit, "row"); row; row = gr_node_again(row))
        if (gr_in_force(prose, row) && !is_zero(row))
            return false;
    return gr_text_is(gr_node_attribute(limit, "test"), "more-than");
}

static void tell_too_much(const gr_prose *prose, const gr_node *limit)
{
    bool reached = gr_text_is(gr_node_attribute(limit, "test"), "at-least");
    bool banned = is_ban(prose, limit);
    const char *what = counts_gifts(limit) ? "number" : stands_alone(limit) ? "worth" : "sum";

    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, banned ? "Any " : "A ");
    gr_tell(prose, what);
    gr_tell(prose, banned ? " at all " : reached ? " of the limit or more " : " above the limit ");
    tell_verdict(prose, limit, reached || banned);
    gr_tell(prose, ". ");
    tell_report(prose, limit);
    gr_document_paragraph_end(prose->document);
}

/* ---- the amounts ---- */

static void tell_row(const gr_prose *prose, const gr_node *limit, const gr_node *row)
{
    gr_text to = gr_node_attribute(row, "to");

    gr_document_row_start(prose->document, NULL);
    gr_tell_cell(prose, gr_node_attribute(row, "from"));
    gr_tell_cell(prose, to.len > 0 ? to : GR_TEXT("no end"));
    gr_document_cell_start(prose->document);
    gr_tell_amount(prose, gr_node_attribute(row, "amount"), counts_gifts(limit));
    gr_document_cell_end(prose->document);
    gr_document_cell_start(prose->document);
    gr_tell_sources(prose, gr_node_attribute(row, "source"));
    gr_document_cell_end(prose->document);
    gr_tell_cell(prose, gr_text_of(gr_sure_words(gr_node_attribute(row, "sure"))));
    gr_document_row_end(prose->document);
}

static void tell_rows(const gr_prose *prose, const gr_node *limit)
{
    static const gr_column columns[] = {
        { "from", 'l', true },    { "to", 'l', false },       { "limit", 'r', false },
        { "source", 'l', false }, { "how sure", 'w', false },
    };

    gr_document_table_start(prose->document, "The limit by days", columns, GR_COUNT(columns));
    for (const gr_node *row = gr_node_child(limit, "row"); row; row = gr_node_again(row))
        if (gr_in_force(prose, row))
            tell_row(prose, limit, row);
    gr_document_table_end(prose->document);
}

static void tell_limit(const gr_prose *prose, const gr_node *limit)
{
    char anchor[GR_ANCHOR];
    gr_text id = gr_node_attribute(limit, "id");

    gr_document_heading_start(prose->document, 3, gr_prose_anchor("limit", id, anchor));
    gr_document_say(prose->document, GR_TONE_BOLD, GR_TEXT("The limit "));
    gr_tell_quote(prose, id);
    gr_document_heading_end(prose->document);
    tell_sum(prose, limit);
    tell_too_much(prose, limit);
    tell_rows(prose, limit);
}

void gr_prose_limits(const gr_prose *prose, const gr_node *root)
{
    gr_tell_paragraph(prose, "A gift is judged by the limit of its own day, together with what was "
                             "given before it in the same period.");
    for (const gr_node *limit = gr_node_child(root, "limit"); limit; limit = gr_node_again(limit))
        if (gr_has_in_force(prose, limit, "row"))
            tell_limit(prose, limit);
}

/* ---- the periods ---- */

static void tell_fiscal_start(const gr_prose *prose)
{
    gr_tell(prose, ", which begins on ");
    gr_tell_text(prose, gr_policy_value(prose, GR_TEXT("fiscal-start")));
    gr_tell(prose, " (month and day)");
}

/* What the firm has chosen: the policy's words are those of the rule files, and one more. */
static void tell_policy_period(const gr_prose *prose)
{
    gr_text chosen = gr_policy_value(prose, GR_TEXT("period"));

    gr_tell(prose, ": ");
    if (gr_text_is(chosen, "unstated"))
        gr_tell(prose, "it has chosen none, so each kind of year is tried");
    else
        gr_tell(prose, find_period(chosen)->what);
    if (gr_text_is(chosen, "fiscal"))
        tell_fiscal_start(prose);
}

static bool same_period(const gr_node *a, const gr_node *b)
{
    static const char *const names[] = { "basis", "clause", "source", "sure" };

    a = gr_node_child(a, "period");
    b = gr_node_child(b, "period");
    for (size_t i = 0; i < GR_COUNT(names); i++)
        if (!gr_text_equal(gr_node_attribute(a, names[i]), gr_node_attribute(b, names[i])))
            return false;
    return true;
}

/* The first limit in force that has the period of this one; itself, unless it was told before. */
static const gr_node *first_like(const gr_prose *prose, const gr_node *root, const gr_node *limit)
{
    const gr_node *l = gr_node_child(root, "limit");

    while (l != limit && !(gr_has_in_force(prose, l, "row") && same_period(l, limit)))
        l = gr_node_again(l);
    return l;
}

/* "The limits "annual" and "occasion" are for" */
static void tell_limits_like(const gr_prose *prose, const gr_node *root, const gr_node *limit)
{
    size_t count = 0, i = 0;

    for (const gr_node *l = limit; l; l = gr_node_again(l))
        count += first_like(prose, root, l) == limit && gr_has_in_force(prose, l, "row");
    gr_tell(prose, count > 1 ? "The limits " : "The limit ");
    for (const gr_node *l = limit; l; l = gr_node_again(l)) {
        if (first_like(prose, root, l) != limit || !gr_has_in_force(prose, l, "row"))
            continue;
        gr_tell_between(prose, i++, count, "and");
        gr_tell_quote(prose, gr_node_attribute(l, "id"));
    }
    gr_tell(prose, count > 1 ? " are for " : " is for ");
}

static void tell_period(const gr_prose *prose, const gr_node *root, const gr_node *limit)
{
    const gr_node *period = gr_node_child(limit, "period");

    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    tell_limits_like(prose, root, limit);
    gr_tell(prose, period_of(limit)->what);
    if (gr_text_is(gr_node_attribute(period, "basis"), "policy") && !prose->is_compared)
        tell_policy_period(prose);
    else if (gr_text_is(gr_node_attribute(period, "basis"), "fiscal") && !prose->is_compared)
        tell_fiscal_start(prose);
    gr_tell_backing(prose, period);
    gr_tell(prose, ".");
    gr_document_paragraph_end(prose->document);
}

void gr_prose_periods(const gr_prose *prose, const gr_node *root)
{
    for (const gr_node *limit = gr_node_child(root, "limit"); limit; limit = gr_node_again(limit))
        if (gr_has_in_force(prose, limit, "row") && first_like(prose, root, limit) == limit)
            tell_period(prose, root, limit);
}

/* ---- for the index ---- */

/* "per recipient and year" */
static void tell_per(const gr_prose *prose, const gr_node *limit)
{
    gr_text per = gr_node_attribute(limit, "per");

    gr_tell(prose, gr_text_is(per, "giver")    ? " per giver, recipient "
                   : gr_text_is(per, "client") ? " per client "
                                               : " per recipient ");
    gr_tell(prose, period_of(limit)->brief);
}

static void tell_brief_amount(const gr_prose *prose, const gr_node *limit, const gr_node *row)
{
    bool reached = gr_text_is(gr_node_attribute(limit, "test"), "at-least");

    if (is_zero(row)) {
        gr_tell(prose, "nothing"); /* a ban */
        return;
    }
    gr_tell(prose, reached ? "less than " : "at most ");
    gr_tell_amount(prose, gr_node_attribute(row, "amount"), counts_gifts(limit));
    gr_tell(prose, counts_gifts(limit) ? " gifts" : "");
    tell_per(prose, limit);
}

void gr_tell_limit_brief(const gr_prose *prose, const gr_node *limit, const gr_node *row)
{
    const gr_node *when = gr_node_child(limit, "when");
    gr_text verdict = gr_node_attribute(limit, "verdict");

    tell_brief_amount(prose, limit, row);
    gr_tell(prose, gr_text_is(verdict, "needs_review") ? " without review" : "");
    gr_tell(prose, gr_text_is(verdict, "warning") ? " without a warning" : "");
    if (when && when->first && gr_condition_is_short(when->first)) {
        gr_tell(prose, " if ");
        gr_tell_clause(prose, when->first);
    } else if (when) {
        gr_tell(prose, " of certain gifts");
    }
}
