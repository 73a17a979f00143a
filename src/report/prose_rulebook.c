/* src/report/prose_rulebook.c - a rulebook as a compliance officer reads it: what it is, whom it binds, which gifts,
 * how much, and what stands behind it. One row of the table for each section. */
#include "report/prose.h"

#include <stdio.h>
#include <string.h>

/* ---- what it is ---- */

typedef struct sureness {
    size_t text, summary, derived;
} sureness;

static void count_sure(const gr_prose *prose, const gr_node *node, sureness *out)
{
    gr_text sure = gr_node_attribute(node, "sure");

    if (!gr_in_force(prose, node) && gr_node_has(node, "from"))
        return;
    out->text += gr_text_is(sure, "text");
    out->summary += gr_text_is(sure, "summary");
    out->derived += gr_text_is(sure, "derived");
    for (const gr_node *child = node->first; child; child = child->next)
        count_sure(prose, child, out);
}

static void tell_sureness(const gr_prose *prose, const gr_node *root)
{
    sureness sure = { 0 };

    count_sure(prose, root, &sure);
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_document_print(prose->document, GR_TONE_PLAIN,
                      "How sure it is: of %zu statements of law, %zu by wording that was seen, %zu "
                      "from summaries, and %zu derived by us without a source that states them.",
                      sure.text + sure.summary + sure.derived, sure.text, sure.summary,
                      sure.derived);
    gr_document_paragraph_end(prose->document);
}

static void what(const gr_prose *prose, const gr_node *root)
{
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_LEAD);
    gr_tell_text(prose, gr_node_child(root, "summary")->text);
    gr_document_paragraph_end(prose->document);
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, "The authority behind it: ");
    gr_tell_text(prose, gr_node_attribute(root, "authority"));
    gr_tell(prose, ". All amounts are in ");
    gr_tell_text(prose, gr_node_attribute(root, "currency"));
    gr_tell(prose, ".");
    gr_document_paragraph_end(prose->document);
    if (!prose->is_compared)
        tell_sureness(prose, root);
}

/* ---- whom it binds ---- */

bool gr_binds_firm(const gr_prose *prose, const gr_node *root)
{
    gr_text kinds = gr_node_attribute(gr_node_child(root, "firm"), "kinds");
    gr_text own = gr_policy_value(prose, GR_TEXT("firm-kinds")), kind, one;

    if (gr_text_is(kinds, "any"))
        return true;
    while (gr_text_word(&kinds, &kind))
        for (gr_text rest = own; gr_text_word(&rest, &one);)
            if (gr_text_equal(kind, one))
                return true;
    return false;
}

static void whom(const gr_prose *prose, const gr_node *root)
{
    gr_text kinds = gr_node_attribute(gr_node_child(root, "firm"), "kinds");
    gr_text own = gr_policy_value(prose, GR_TEXT("firm-kinds"));

    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    if (gr_text_is(kinds, "any")) {
        gr_tell(prose, "Firms of any kind.");
    } else {
        gr_tell(prose, "Firms that are ");
        gr_tell_firm_kinds(prose, kinds, true);
        gr_tell(prose, ".");
    }
    if (!prose->is_compared) {
        gr_tell(prose, " By its policy the firm is ");
        gr_tell_firm_kinds(prose, own, false);
        gr_tell(prose, gr_binds_firm(prose, root) ? ": the rulebook binds it."
                                                  : ": the rulebook does not bind it.");
    }
    gr_document_paragraph_end(prose->document);
}

/* ---- clauses and sources ---- */

/* Is name, one of those parted by sign, in the attribute of a statement that is told? */
static bool is_cited(const gr_prose *prose, const gr_node *node, const char *attribute, char sign,
                     gr_text name)
{
    gr_text rest = gr_node_attribute(node, attribute);

    if (!gr_in_force(prose, node) && gr_node_has(node, "from"))
        return false;
    while (rest.len > 0) {
        const char *end = memchr(rest.ptr, sign, rest.len);
        size_t length = end ? (size_t)(end - rest.ptr) : rest.len;

        if (gr_text_equal(gr_text_trim(gr_text_slice(rest, 0, length)), name))
            return true;
        rest = gr_text_slice(rest, length + 1, rest.len);
    }
    for (const gr_node *child = node->first; child; child = child->next)
        if (is_cited(prose, child, attribute, sign, name))
            return true;
    return false;
}

/* The clauses or the sources of the file; on a day only those that are cited by what is in force. */
static void tell_list(const gr_prose *prose, const gr_node *root, const char *what_is,
                      const char *caption, const char *heading, char sign)
{
    const gr_column columns[] = { { what_is, 'l', true }, { heading, 'w', false } };
    size_t number = 1;
    char anchor[32];

    gr_document_table_start(prose->document, caption, columns, GR_COUNT(columns));
    for (const gr_node *n = gr_node_child(root, what_is); n; n = gr_node_again(n), number++) {
        if (prose->day.len > 0 && !is_cited(prose, root, what_is, sign, gr_node_attribute(n, "id")))
            continue;
        snprintf(anchor, sizeof anchor, "%s-%zu", what_is, number);
        gr_document_row_start(prose->document, anchor);
        gr_tell_cell(prose, gr_node_attribute(n, "id"));
        gr_tell_cell(prose, gr_node_attribute(n, "title"));
        gr_document_row_end(prose->document);
    }
    gr_document_table_end(prose->document);
}

static void clauses(const gr_prose *prose, const gr_node *root)
{
    tell_list(prose, root, "clause", "The clauses that are cited", "what it is about", ';');
}

static void sources(const gr_prose *prose, const gr_node *root)
{
    tell_list(prose, root, "source", "The sources that are named", "what it is", ' ');
}

/* ---- the page ---- */

static bool always(const gr_prose *prose, const gr_node *root)
{
    (void)prose;
    (void)root;
    return true;
}

static bool has_limits(const gr_prose *prose, const gr_node *root)
{
    for (const gr_node *l = gr_node_child(root, "limit"); l; l = gr_node_again(l))
        if (gr_has_in_force(prose, l, "row"))
            return true;
    return false;
}

static bool has_valuations(const gr_prose *prose, const gr_node *root)
{
    return gr_has_in_force(prose, root, "valuation");
}

static bool has_laws(const gr_prose *prose, const gr_node *root, const char *name)
{
    for (const gr_node *n = gr_node_child(root, name); n; n = gr_node_again(n))
        if (gr_has_in_force(prose, n, "law"))
            return true;
    return false;
}

static bool has_exclusions(const gr_prose *prose, const gr_node *root)
{
    return has_laws(prose, root, "exclusion");
}

static bool has_duties(const gr_prose *prose, const gr_node *root)
{
    return has_laws(prose, root, "duty");
}

static bool has_exemption(const gr_prose *prose, const gr_node *root)
{
    return gr_has_in_force(prose, root, "exemption");
}

static bool has_presumptions(const gr_prose *prose, const gr_node *root)
{
    (void)prose;
    return gr_node_child(root, "presumption") != NULL;
}

static const struct {
    gr_content entry;
    bool (*has)(const gr_prose *prose, const gr_node *root);
    void (*tell)(const gr_prose *prose, const gr_node *root);
} sections[] = {
    { { "What it is", "what" }, always, what },
    { { "Whom it binds", "whom" }, always, whom },
    { { "Which gifts", "gifts" }, always, gr_prose_scope },
    { { "The limits", "limits" }, has_limits, gr_prose_limits },
    { { "Over which period", "periods" }, has_limits, gr_prose_periods },
    { { "What a gift is worth", "worth" }, has_valuations, gr_prose_valuations },
    { { "What does not count", "exclusions" }, has_exclusions, gr_prose_exclusions },
    { { "What is presumed", "presumptions" }, has_presumptions, gr_prose_presumptions },
    { { "What else is owed", "duties" }, has_duties, gr_prose_duties },
    { { "What may be exempted", "exemption" }, has_exemption, gr_prose_exemption },
    { { "Clauses", "clauses" }, always, clauses },
    { { "Sources", "sources" }, always, sources },
};

static void tell_contents(const gr_prose *prose, const gr_node *root)
{
    gr_content entry[GR_COUNT(sections)];
    size_t count = 0;

    for (size_t i = 0; i < GR_COUNT(sections); i++)
        if (sections[i].has(prose, root))
            entry[count++] = sections[i].entry;
    gr_document_contents(prose->document, entry, count);
}

static void tell_title(const gr_prose *prose, const gr_node *root)
{
    gr_document_heading_start(prose->document, 1, NULL);
    gr_document_say(prose->document, GR_TONE_BOLD, gr_node_attribute(root, "title"));
    gr_document_heading_end(prose->document);
    if (prose->is_compared)
        return;
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_NOTE);
    gr_tell(prose, "The rulebook ");
    gr_tell_code(prose, gr_node_attribute(root, "id"));
    if (prose->day.len > 0) {
        gr_tell(prose, " as it stood on ");
        gr_tell_text(prose, prose->day);
        gr_tell(prose, ".");
    } else {
        gr_tell(prose, " with all its dated rows.");
    }
    gr_document_paragraph_end(prose->document);
}

void gr_prose_rulebook(const gr_prose *prose, const gr_node *root, const gr_prose_file *file)
{
    gr_prose book = *prose;

    book.book = root;
    book.currency = gr_node_attribute(root, "currency");
    tell_title(&book, root);
    tell_contents(&book, root);
    for (size_t i = 0; i < GR_COUNT(sections); i++) {
        if (!sections[i].has(&book, root))
            continue;
        gr_tell_heading(&book, 2, sections[i].entry.anchor, sections[i].entry.title);
        sections[i].tell(&book, root);
    }
    gr_prose_end(&book, file);
}
