/* src/report/prose_worth.c - what a gift is worth by a rulebook, and what is presumed where the record is silent. */
#include "report/prose.h"

#include <string.h>

/* ---- amounts ---- */

static const struct {
    const char *element, *before, *between;
} ways[] = {
    { "higher-of", "the higher of ", "and" },
    { "between", "something between ", "and" },
    { "first-of", "the first of these that is stated: ", "or else" },
};

static const gr_node *amounts_of(const gr_node *worth, size_t *way)
{
    const gr_node *amounts = NULL;

    for (*way = 0; *way < GR_COUNT(ways); ++*way)
        if ((amounts = gr_node_child(worth, ways[*way].element)) != NULL)
            return amounts;
    return NULL; /* the schema lets no such file pass */
}

/* "the higher of the cost and the face value." */
static void tell_amounts(const gr_prose *prose, const gr_node *worth)
{
    size_t way, k = 0, count;
    const gr_node *amounts = amounts_of(worth, &way);

    if (!amounts)
        return;
    count = gr_node_count(amounts, "amount");
    gr_tell(prose, count == 1 ? "" : way == 0 && count > 2 ? "the highest of " : ways[way].before);
    for (const gr_node *a = gr_node_child(amounts, "amount"); a; a = gr_node_again(a)) {
        gr_tell_between(prose, k++, count, ways[way].between);
        gr_tell_noun(prose, gr_node_attribute(a, "fact"));
    }
    gr_tell(prose, ".");
}

/* What the report says of an amount that is left out because it is not stated. */
static void tell_absent(const gr_prose *prose, const gr_node *worth)
{
    size_t way;
    const gr_node *amounts = amounts_of(worth, &way);

    for (const gr_node *a = amounts ? gr_node_child(amounts, "amount") : NULL; a;
         a = gr_node_again(a)) {
        if (!gr_node_has(a, "absent"))
            continue;
        gr_tell(prose, " Where ");
        gr_tell_known(prose, gr_node_attribute(a, "fact"), false);
        gr_tell(prose, ", it is left out, and the report says ");
        gr_tell_quote(prose, gr_node_attribute(a, "absent"));
        gr_tell_stop(prose, gr_node_attribute(a, "absent"));
    }
}

/* ---- worths ---- */

/* A short condition stands before the amounts, a list behind them. */
static void tell_worth(const gr_prose *prose, const gr_node *worth, bool is_first)
{
    const gr_node *when = gr_node_child(worth, "when");
    bool is_short = when && when->first && gr_condition_is_short(when->first);

    gr_document_item_start(prose->document, NULL);
    gr_tell_bold_capital(prose, gr_node_attribute(worth, "title"));
    gr_tell(prose, ". ");
    if (is_short) {
        gr_tell(prose, "If ");
        gr_tell_clause(prose, when->first);
        gr_tell(prose, ": ");
    } else {
        gr_tell(prose, when ? "It is " : is_first ? "Always " : "In all other cases ");
    }
    tell_amounts(prose, worth);
    tell_absent(prose, worth);
    if (when && when->first && !is_short) {
        gr_tell(prose, " It fits if ");
        gr_tell_condition_item(prose, when->first);
    }
    gr_document_item_end(prose->document);
}

static void tell_cost_without(const gr_prose *prose, gr_text what)
{
    gr_text rest = what, word;
    size_t count = 0, i = 0;

    if (gr_text_is(what, "nothing")) {
        gr_tell(prose, "The cost is taken whole, with tax and delivery.");
        return;
    }
    for (; gr_text_word(&rest, &word); count++)
        ;
    gr_tell(prose, "The cost is taken without ");
    for (rest = what; gr_text_word(&rest, &word); i++) {
        gr_tell_between(prose, i, count, "and");
        gr_tell_text(prose, word);
    }
    gr_tell(prose, ".");
}

static void tell_valuation(const gr_prose *prose, const gr_node *valuation)
{
    char anchor[GR_ANCHOR];

    gr_document_heading_start(
        prose->document, 3, gr_prose_anchor("worth", gr_node_attribute(valuation, "from"), anchor));
    gr_document_say(prose->document, GR_TONE_BOLD, GR_TEXT("Worth "));
    gr_tell_dates(prose, valuation);
    gr_document_heading_end(prose->document);
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    tell_cost_without(prose, gr_node_attribute(valuation, "cost-without"));
    gr_tell(prose, " The first of these that fits says what a gift is worth");
    gr_tell_backing(prose, valuation);
    gr_tell(prose, ":");
    gr_document_paragraph_end(prose->document);
    gr_document_list_start(prose->document, GR_LIST_NUMBERED);
    for (const gr_node *w = gr_node_child(valuation, "worth"); w; w = gr_node_again(w))
        tell_worth(prose, w, w == gr_node_child(valuation, "worth"));
    gr_document_list_end(prose->document);
}

void gr_prose_valuations(const gr_prose *prose, const gr_node *root)
{
    gr_tell_paragraph(prose, "An amount that is needed and is not stated makes the worth "
                             "unknown, unless it is said here to be left out.");
    for (const gr_node *v = gr_node_child(root, "valuation"); v; v = gr_node_again(v))
        if (gr_in_force(prose, v))
            tell_valuation(prose, v);
}

/* ---- presumptions ---- */

static void tell_presumption(const gr_prose *prose, const gr_node *presumption)
{
    gr_text fact = gr_node_attribute(presumption, "fact");

    gr_document_item_start(prose->document, NULL);
    gr_tell(prose, "Where ");
    gr_tell_known(prose, fact, false);
    gr_tell(prose, ", it is presumed that ");
    gr_tell_words(prose, fact, gr_node_attribute(presumption, "is"), false);
    gr_tell(prose, ". The report says ");
    gr_tell_quote(prose, gr_node_attribute(presumption, "text"));
    gr_tell_backing(prose, presumption);
    gr_tell(prose, ".");
    if (presumption->first) {
        gr_tell(prose, " It is presumed only if ");
        gr_tell_condition_item(prose, presumption->first);
    }
    gr_document_item_end(prose->document);
}

void gr_prose_presumptions(const gr_prose *prose, const gr_node *root)
{
    gr_tell_paragraph(prose, "A fact that is stated is never presumed otherwise. What was presumed "
                             "is printed beside each finding that rests on it.");
    gr_document_list_start(prose->document, GR_LIST_PLAIN);
    for (const gr_node *p = gr_node_child(root, "presumption"); p; p = gr_node_again(p))
        tell_presumption(prose, p);
    gr_document_list_end(prose->document);
}
