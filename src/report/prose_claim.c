/* src/report/prose_claim.c - what a rulebook says of some gifts only: its scope, what it leaves out, what else it
 * asks for. All three are claimed by what the record says, on terms that must hold as well. */
#include "report/prose.h"

/* "Its terms: all of these hold: ..."; without: says that there are none. */
static void tell_terms(const gr_prose *prose, const gr_node *node, const char *with,
                       const char *without)
{
    const gr_node *provided = gr_node_child(node, "provided");

    if (!provided || !provided->first) {
        if (without)
            gr_tell_paragraph(prose, without);
        return;
    }
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, with);
    gr_tell_condition(prose, provided->first);
}

/* ---- since when, and until when ---- */

/* Does a duty of the book ask whether an exclusion frees of the record? */
static bool knows_record(const gr_prose *prose)
{
    const gr_node *duty = prose->book ? gr_node_child(prose->book, "duty") : NULL;

    while (duty && !gr_text_is(gr_node_attribute(duty, "freed-by-exclusion"), "record"))
        duty = gr_node_again(duty);
    return duty != NULL;
}

/* Whether what an exclusion covers needs a record; in a rulebook without records it says so only if asked. */
static void tell_record(const gr_prose *prose, const gr_node *law)
{
    gr_text frees = gr_node_attribute(law, "frees-record");

    if (gr_text_is(frees, "yes"))
        gr_tell(prose, " It need not stand in the gift record either.");
    else if (gr_text_is(frees, "unclear"))
        gr_tell(prose, " Whether it must stand in the gift record is unclear.");
    else if (frees.len > 0 || knows_record(prose))
        gr_tell(prose, " It must stand in the gift record all the same.");
}

static void tell_law(const gr_prose *prose, const gr_node *law, bool is_exclusion)
{
    gr_tell_dates(prose, law);
    gr_tell_backing(prose, law);
    gr_tell(prose, ".");
    if (is_exclusion || gr_node_has(law, "frees-record"))
        tell_record(prose, law);
}

static size_t count_laws(const gr_prose *prose, const gr_node *node)
{
    size_t count = 0;

    for (const gr_node *law = gr_node_child(node, "law"); law; law = gr_node_again(law))
        count += gr_in_force(prose, law);
    return count;
}

static void tell_laws(const gr_prose *prose, const gr_node *node, bool is_exclusion)
{
    size_t count = count_laws(prose, node);

    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, count > 1 ? "In force:" : "In force ");
    if (count > 1) {
        gr_document_paragraph_end(prose->document);
        gr_document_list_start(prose->document, GR_LIST_PLAIN);
    }
    for (const gr_node *law = gr_node_child(node, "law"); law; law = gr_node_again(law)) {
        if (!gr_in_force(prose, law))
            continue;
        if (count > 1)
            gr_document_item_start(prose->document, NULL);
        tell_law(prose, law, is_exclusion);
        if (count > 1)
            gr_document_item_end(prose->document);
    }
    if (count > 1)
        gr_document_list_end(prose->document);
    else
        gr_document_paragraph_end(prose->document);
}

static void tell_title(const gr_prose *prose, const char *what, const gr_node *node,
                       const char *title)
{
    char anchor[GR_ANCHOR];
    gr_text id = gr_node_attribute(node, "id");

    gr_document_heading_start(prose->document, 3, gr_prose_anchor(what, id, anchor));
    gr_tell_bold_capital(prose, gr_node_attribute(node, title));
    gr_tell(prose, " (");
    gr_tell_code(prose, id);
    gr_tell(prose, ")");
    gr_document_heading_end(prose->document);
}

/* ---- scope ---- */

void gr_prose_scope(const gr_prose *prose, const gr_node *root)
{
    const gr_node *scope = gr_node_child(root, "scope");
    const gr_node *claimed = scope ? gr_node_child(scope, "claimed") : NULL;

    if (!claimed || !claimed->first) {
        gr_tell_paragraph(prose, "All gifts: the rulebook names no narrower scope.");
        return;
    }
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_document_say(prose->document, GR_TONE_BOLD, GR_TEXT("Only "));
    gr_document_say(prose->document, GR_TONE_BOLD, gr_node_attribute(scope, "title"));
    gr_tell_backing(prose, scope);
    gr_tell(prose, gr_node_child(scope, "provided") ? ". The rulebook looks at a gift if "
                                                    : ". A gift is within its scope if ");
    gr_tell_condition(prose, claimed->first);
    tell_terms(prose, scope, "The gift is then within its scope if ", NULL);
    gr_tell_paragraph(prose, gr_node_child(scope, "provided")
                                 ? "Where that is not known, the gift counts as possible. Of any "
                                   "other gift the rulebook says nothing."
                                 : "Of any other gift the rulebook says nothing.");
}

/* ---- exclusions ---- */

static void tell_exclusion(const gr_prose *prose, const gr_node *exclusion)
{
    const gr_node *claimed = gr_node_child(exclusion, "claimed");

    tell_title(prose, "exclusion", exclusion, "title");
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, "Claimed if ");
    gr_tell_condition(prose, claimed->first);
    tell_terms(prose, exclusion, "It then does not count if ", "It then does not count.");
    if (gr_node_has(exclusion, "refused-kind")) {
        gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
        gr_tell(prose, "A gift for which it was claimed in vain is a finding of the kind ");
        gr_tell_quote(prose, gr_node_attribute(exclusion, "refused-kind"));
        gr_tell(prose, ".");
        gr_document_paragraph_end(prose->document);
    }
    tell_laws(prose, exclusion, true);
}

void gr_prose_exclusions(const gr_prose *prose, const gr_node *root)
{
    gr_tell_paragraph(prose,
                      "Each of these is looked at only if the record itself claims it. Where its "
                      "terms fail the gift counts; where they are not known to hold it counts as "
                      "possible, and the report asks.");
    for (const gr_node *e = gr_node_child(root, "exclusion"); e; e = gr_node_again(e))
        if (gr_has_in_force(prose, e, "law"))
            tell_exclusion(prose, e);
}

/* ---- duties ---- */

static const char *freed(const gr_node *duty)
{
    gr_text by = gr_node_attribute(duty, "freed-by-exclusion");

    return gr_text_is(by, "any") ? "A gift that does not count is free of it."
           : gr_text_is(by, "record")
               ? "A gift that does not count, and need not stand in the gift record, is free of it."
               : "It holds also for a gift that does not count.";
}

static void tell_owed(const gr_prose *prose, const gr_node *duty)
{
    gr_text verdict = gr_node_attribute(duty, "verdict");
    const gr_node *claimed = gr_node_child(duty, "claimed");
    const gr_node *when = claimed ? claimed : gr_node_child(duty, "provided");

    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, gr_text_is(verdict, "violation")      ? "A violation"
                   : gr_text_is(verdict, "needs_review") ? "To be reviewed by a person"
                                                         : "A warning");
    gr_tell(prose, ", as a finding of the kind ");
    gr_tell_quote(prose, gr_node_attribute(duty, "kind"));
    gr_tell(prose, claimed ? "" : ", for every gift that the rulebook is about");
    if (when && when->first) {
        gr_tell(prose, ", if ");
        gr_tell_condition(prose, when->first);
    } else {
        gr_tell(prose, ".");
        gr_document_paragraph_end(prose->document);
    }
}

static void tell_duty(const gr_prose *prose, const gr_node *duty)
{
    tell_title(prose, "duty", duty, "text");
    tell_owed(prose, duty);
    if (gr_node_child(duty, "claimed"))
        tell_terms(prose, duty, "It then applies if ", NULL);
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    if (gr_node_child(duty, "provided"))
        gr_tell(prose, "Where that is not known, a person reviews it. ");
    if (gr_node_has(duty, "ask")) {
        gr_tell(prose, "The report asks ");
        gr_tell_quote(prose, gr_node_attribute(duty, "ask"));
        gr_tell_stop(prose, gr_node_attribute(duty, "ask"));
        gr_tell(prose, " ");
    }
    gr_tell(prose, freed(duty));
    gr_document_paragraph_end(prose->document);
    tell_laws(prose, duty, false);
}

void gr_prose_duties(const gr_prose *prose, const gr_node *root)
{
    gr_tell_paragraph(prose,
                      "Each of these is looked at beside the limits, whatever the sums are.");
    for (const gr_node *d = gr_node_child(root, "duty"); d; d = gr_node_again(d))
        if (gr_has_in_force(prose, d, "law"))
            tell_duty(prose, d);
}

/* ---- exemption ---- */

void gr_prose_exemption(const gr_prose *prose, const gr_node *root)
{
    const gr_node *exemption = gr_node_child(root, "exemption");

    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell_text(prose, gr_node_attribute(exemption, "title"));
    gr_tell(prose, ": gifts given ");
    gr_tell_dates(prose, exemption);
    gr_tell_backing(prose, exemption);
    gr_tell(prose, ". An exemption is entered with its number, in the ledger.");
    gr_document_paragraph_end(prose->document);
}
