/* src/report/prose_words.c - what every section of a told rule file says in the same way: amounts, days, clauses,
 * sources, and how sure a statement is. */
#include "report/prose.h"

#include <stdio.h>
#include <string.h>

#include "model/fact_prose.h"

/* ---- plain words ---- */

void gr_tell(const gr_prose *prose, const char *words)
{
    gr_document_say(prose->document, GR_TONE_PLAIN, gr_text_of(words));
}

void gr_tell_text(const gr_prose *prose, gr_text text)
{
    gr_document_say(prose->document, GR_TONE_PLAIN, text);
}

void gr_tell_bold_capital(const gr_prose *prose, gr_text text)
{
    char copy[2048]; /* a sentence of the schema has at most 400 letters */
    size_t length = gr_text_cut(text, sizeof copy);

    memcpy(copy, text.ptr, length);
    if (length > 0 && copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    gr_document_say(prose->document, GR_TONE_BOLD, (gr_text){ copy, length });
}

void gr_tell_quote(const gr_prose *prose, gr_text text)
{
    gr_document_quote(prose->document, text);
}

void gr_tell_stop(const gr_prose *prose, gr_text quote)
{
    if (!gr_text_ends(quote, GR_TEXT("?")) && !gr_text_ends(quote, GR_TEXT(".")))
        gr_tell(prose, ".");
}

void gr_tell_code(const gr_prose *prose, gr_text text)
{
    gr_document_say(prose->document, GR_TONE_CODE, text);
}

void gr_tell_paragraph(const gr_prose *prose, const char *words)
{
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, words);
    gr_document_paragraph_end(prose->document);
}

const char *gr_prose_anchor(const char *what, gr_text id, char out[GR_ANCHOR])
{
    snprintf(out, GR_ANCHOR, "%s-%.*s", what, GR_SHOW(id));
    return out;
}

void gr_tell_heading(const gr_prose *prose, unsigned level, const char *anchor, const char *words)
{
    gr_document_heading_start(prose->document, level, anchor);
    gr_document_say(prose->document, GR_TONE_BOLD, gr_text_of(words));
    gr_document_heading_end(prose->document);
}

void gr_tell_cell(const gr_prose *prose, gr_text text)
{
    gr_document_cell_start(prose->document);
    gr_tell_text(prose, text);
    gr_document_cell_end(prose->document);
}

void gr_tell_between(const gr_prose *prose, size_t i, size_t count, const char *last)
{
    if (i == 0)
        return;
    if (i + 1 < count) {
        gr_tell(prose, ", ");
        return;
    }
    gr_tell(prose, " ");
    gr_tell(prose, last);
    gr_tell(prose, " ");
}

/* ---- amounts and days ---- */

gr_text gr_policy_value(const gr_prose *prose, gr_text name)
{
    for (size_t i = 0; i < prose->choice_count; i++)
        if (gr_text_equal(prose->choice[i].name, name))
            return prose->choice[i].value;
    return GR_TEXT("");
}

static void tell_unit(const gr_prose *prose, bool is_count)
{
    if (is_count || prose->currency.len == 0)
        return;
    gr_tell(prose, " ");
    gr_tell_text(prose, prose->currency);
}

/* "the firm's nominal value (50.00 USD)": an amount that the firm chooses, and what it chose. */
static void tell_policy_amount(const gr_prose *prose, gr_text name, bool is_count)
{
    static const struct {
        const char *name, *words;
    } known[] = {
        { "nominal-value", "the firm's nominal value" },
        { "customary-bereavement", "the firm's bound for customary bereavement gifts" },
        { "extensive-entertainment", "the firm's bound for extensive entertainment" },
    };
    const char *words = NULL;
    gr_text value = gr_policy_value(prose, name);

    for (size_t i = 0; i < GR_COUNT(known); i++)
        if (gr_text_is(name, known[i].name))
            words = known[i].words;
    if (words) {
        gr_tell(prose, words);
    } else {
        gr_tell(prose, "the firm's choice ");
        gr_tell_code(prose, name);
    }
    if (prose->is_compared)
        return;
    gr_tell(prose, " (");
    gr_tell_text(prose, value.len > 0 ? value : GR_TEXT("not chosen"));
    if (value.len > 0)
        tell_unit(prose, is_count);
    gr_tell(prose, ")");
}

void gr_tell_amount(const gr_prose *prose, gr_text amount, bool is_count)
{
    if (gr_text_starts(amount, GR_TEXT("policy:"))) {
        tell_policy_amount(prose, gr_text_slice(amount, strlen("policy:"), amount.len), is_count);
        return;
    }
    gr_tell_text(prose, amount);
    tell_unit(prose, is_count);
}

bool gr_in_force(const gr_prose *prose, const gr_node *dated)
{
    gr_text from = gr_node_attribute(dated, "from"), to = gr_node_attribute(dated, "to");

    return prose->day.len == 0 || /* days are written so that their order is that of their bytes */
           (gr_text_compare(from, prose->day) <= 0 &&
            (to.len == 0 || gr_text_compare(prose->day, to) <= 0));
}

bool gr_has_in_force(const gr_prose *prose, const gr_node *node, const char *name)
{
    for (const gr_node *n = gr_node_child(node, name); n; n = gr_node_again(n))
        if (gr_in_force(prose, n))
            return true;
    return false;
}

void gr_tell_dates(const gr_prose *prose, const gr_node *dated)
{
    gr_tell(prose, "from ");
    gr_tell_text(prose, gr_node_attribute(dated, "from"));
    if (gr_node_has(dated, "to")) {
        gr_tell(prose, " to ");
        gr_tell_text(prose, gr_node_attribute(dated, "to"));
    } else {
        gr_tell(prose, " on");
    }
}

/* ---- clauses, sources, and how sure it is ---- */

const char *gr_sure_words(gr_text sure)
{
    return gr_text_is(sure, "text")      ? "wording seen"
           : gr_text_is(sure, "summary") ? "known from summaries"
                                         : "derived by us";
}

/* Clauses are parted by semicolons. Takes the next one off the front. */
static bool next_clause(gr_text *rest, gr_text *clause)
{
    const char *end = rest->len > 0 ? memchr(rest->ptr, ';', rest->len) : NULL;
    size_t length = end ? (size_t)(end - rest->ptr) : rest->len;

    if (rest->len == 0)
        return false;
    *clause = gr_text_trim(gr_text_slice(*rest, 0, length));
    *rest = gr_text_slice(*rest, length + 1, rest->len);
    return true;
}

static void tell_clause(const gr_prose *prose, gr_text clause)
{
    size_t number = 1;
    char anchor[32];

    for (const gr_node *n = prose->book ? gr_node_child(prose->book, "clause") : NULL; n;
         n = gr_node_again(n), number++) {
        if (gr_text_equal(gr_node_attribute(n, "id"), clause)) {
            snprintf(anchor, sizeof anchor, "clause-%zu", number);
            gr_document_link(prose->document, GR_TONE_PLAIN, anchor, clause);
            return;
        }
    }
    gr_tell_text(prose, clause);
}

static void tell_clauses(const gr_prose *prose, gr_text clauses)
{
    gr_text rest = clauses, clause;
    size_t count = 0, i = 0;

    while (next_clause(&rest, &clause))
        count++;
    gr_tell(prose, count > 1 ? "clauses " : "clause ");
    for (rest = clauses; next_clause(&rest, &clause); i++) {
        gr_tell_between(prose, i, count, "and");
        tell_clause(prose, clause);
    }
}

static void tell_source(const gr_prose *prose, gr_text source)
{
    size_t number = 1;
    char anchor[32];

    for (const gr_node *n = prose->book ? gr_node_child(prose->book, "source") : NULL; n;
         n = gr_node_again(n), number++) {
        if (gr_text_equal(gr_node_attribute(n, "id"), source)) {
            snprintf(anchor, sizeof anchor, "source-%zu", number);
            gr_document_link(prose->document, GR_TONE_PLAIN, anchor, source);
            return;
        }
    }
    gr_tell_text(prose, source);
}

static size_t count_words(gr_text words)
{
    gr_text word;
    size_t count = 0;

    while (gr_text_word(&words, &word))
        count++;
    return count;
}

void gr_tell_sources(const gr_prose *prose, gr_text sources)
{
    gr_text rest = sources, source;
    size_t count = count_words(sources);

    for (size_t i = 0; gr_text_word(&rest, &source); i++) {
        gr_tell_between(prose, i, count, "and");
        tell_source(prose, source);
    }
}

void gr_tell_backing(const gr_prose *prose, const gr_node *node)
{
    gr_text clause = gr_node_attribute(node, "clause"), source = gr_node_attribute(node, "source");

    if (clause.len + source.len == 0)
        return;
    gr_tell(prose, " (");
    if (clause.len > 0)
        tell_clauses(prose, clause);
    if (source.len > 0) {
        gr_tell(prose, clause.len > 0 ? ", " : "");
        gr_tell(prose, count_words(source) > 1 ? "sources " : "source ");
        gr_tell_sources(prose, source);
        gr_tell(prose, ": ");
        gr_tell(prose, gr_sure_words(gr_node_attribute(node, "sure")));
    }
    gr_tell(prose, ")");
}

/* ---- kinds of firm ---- */

/* "broker-dealers or bank dealers", or what one firm is: "a broker-dealer and a bank dealer". */
void gr_tell_firm_kinds(const gr_prose *prose, gr_text kinds, bool many)
{
    static const struct {
        const char *kind, *many;
    } plural[] = {
        { "broker-dealer", "broker-dealers" },
        { "investment-adviser", "investment advisers" },
        { "municipal-advisor", "municipal advisors" },
        { "bank-dealer", "bank dealers" },
        { "investment-company", "investment companies" },
        { "futures-firm", "futures firms" },
    };
    gr_text rest = kinds, kind;
    size_t count = count_words(kinds);
    gr_fact_prose firm;
    gr_fact_phrase phrase;

    for (size_t i = 0; gr_text_word(&rest, &kind); i++) {
        gr_text words = kind;

        if (gr_fact_prose_find(GR_TEXT("firm-kind"), &firm) &&
            gr_fact_prose_word(&firm, kind, &phrase))
            words = phrase.text;
        for (size_t k = 0; many && k < GR_COUNT(plural); k++)
            if (gr_text_is(kind, plural[k].kind))
                words = gr_text_of(plural[k].many);
        gr_tell_between(prose, i, count, many ? "or" : "and");
        gr_tell_text(prose, words);
    }
}
