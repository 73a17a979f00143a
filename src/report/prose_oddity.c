/* src/report/prose_oddity.c - checks and patterns of detection: what looks odd, when, and what the report then says. */
#include "report/prose.h"

/* ---- amounts ---- */

/* "300.00", "the firm's nominal value (50.00)", "the limit annual of finra-3220" */
static void tell_bound(const gr_prose *prose, gr_text bound)
{
    static const char prefix[] = "limit:";

    if (!gr_text_starts(bound, gr_text_of(prefix))) {
        gr_tell_amount(prose, bound, false);
        return;
    }
    gr_tell(prose, "the limit ");
    gr_tell_code(prose, gr_text_slice(bound, sizeof prefix - 1, bound.len));
    gr_tell(prose, " of its day");
}

static void tell_worth_of(const gr_prose *prose, const gr_node *worth)
{
    static const struct {
        const char *word, *words;
    } known[] = {
        { "share", "the recipient's part" },
        { "gift", "all of it" },
        { "head", "the part of each head" },
        { "named-head", "the part of each head, if only those counted who are named," },
    };
    gr_text of = gr_node_has(worth, "of") ? gr_node_attribute(worth, "of") : GR_TEXT("share");

    for (size_t i = 0; i < GR_COUNT(known); i++) {
        if (gr_text_is(of, known[i].word)) {
            gr_tell(prose, known[i].words);
            return;
        }
    }
    gr_tell_text(prose, of);
}

static void tell_worth(const gr_prose *prose, const gr_node *worth)
{
    static const struct {
        const char *test, *words;
    } tests[] = {
        { "under", " less than " },          { "at-most", " at most " },
        { "at-least", " at least " },        { "above", " more than " },
        { "just-under", " not more than " },
    };

    tell_worth_of(prose, worth);
    gr_tell(prose, " is worth");
    for (size_t i = 0; i < GR_COUNT(tests); i++) {
        if (gr_node_has(worth, tests[i].test)) {
            gr_tell(prose, tests[i].words);
            tell_bound(prose, gr_node_attribute(worth, tests[i].test));
        }
    }
    if (gr_node_has(worth, "by")) {
        gr_tell(prose, ", and less than it by a share of no more than ");
        gr_tell_text(prose, gr_node_attribute(worth, "by"));
    }
}

static void tell_worths(const gr_prose *prose, const gr_node *odd)
{
    for (const gr_node *w = gr_node_child(odd, "worth"); w; w = gr_node_again(w)) {
        gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
        gr_tell(prose, w == gr_node_child(odd, "worth") ? "Only if " : "And if ");
        tell_worth(prose, w);
        gr_tell(prose, ".");
        gr_document_paragraph_end(prose->document);
    }
}

/* ---- what makes a pattern ---- */

static void tell_key(const gr_prose *prose, gr_text key)
{
    static const struct {
        const char *key, *words;
    } known[] = {
        { "recipient", "recipient" },
        { "employer", "employer of the recipient" },
        { "giver", "giver" },
        { "merchant", "merchant" },
        { "description", "description" },
        { "report", "expense report" },
        { "day", "day" },
        { "amount", "amount" },
    };

    for (size_t i = 0; i < GR_COUNT(known); i++) {
        if (gr_text_is(key, known[i].key)) {
            gr_tell(prose, known[i].words);
            return;
        }
    }
    gr_tell_code(prose, key);
}

static void tell_keys(const gr_prose *prose, const gr_node *node)
{
    gr_text rest = gr_node_attribute(node, "keys"), key;
    size_t count = 0, i = 0;

    while (gr_text_word(&rest, &key))
        count++;
    for (rest = gr_node_attribute(node, "keys"); gr_text_word(&rest, &key); i++) {
        gr_tell_between(prose, i, count, "and");
        tell_key(prose, key);
    }
}

static void tell_within(const gr_prose *prose, const gr_node *within)
{
    if (gr_node_has(within, "days")) {
        gr_tell(prose, ", within ");
        gr_tell_text(prose, gr_node_attribute(within, "days"));
        gr_tell(prose, gr_text_is(gr_node_attribute(within, "days"), "1") ? " day" : " days");
    }
    if (gr_node_has(within, "period")) {
        gr_tell(prose, ", within one calendar ");
        gr_tell_text(prose, gr_node_attribute(within, "period"));
    }
}

static void tell_threshold(const gr_prose *prose, const gr_node *threshold)
{
    gr_tell_text(prose, gr_node_attribute(threshold, "gifts"));
    gr_tell(prose, " of them or more");
    if (gr_node_has(threshold, "total-above")) {
        gr_tell(prose, ", together worth more than ");
        tell_bound(prose, gr_node_attribute(threshold, "total-above"));
    }
    if (gr_node_has(threshold, "share-above")) {
        gr_tell(prose, ", together more than the share ");
        gr_tell_text(prose, gr_node_attribute(threshold, "share-above"));
        gr_tell(prose, " of all that their giver gave so in that time");
    }
}

static void tell_gathering(const gr_prose *prose, const gr_node *pattern)
{
    const gr_node *differ = gr_node_child(pattern, "differ");

    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, "It takes ");
    tell_threshold(prose, gr_node_child(pattern, "threshold"));
    tell_within(prose, gr_node_child(pattern, "within"));
    gr_tell(prose, ", with the same ");
    tell_keys(prose, gr_node_child(pattern, "same"));
    if (differ) {
        gr_tell(prose, ", that are not all of one ");
        tell_keys(prose, differ);
    }
    gr_tell(prose, ".");
    gr_document_paragraph_end(prose->document);
}

static void tell_near(const gr_prose *prose, const gr_node *near)
{
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, "Only from ");
    gr_tell_text(prose, gr_node_attribute(near, "before"));
    gr_tell(prose, " days before to ");
    gr_tell_text(prose, gr_node_attribute(near, "after"));
    gr_tell(prose, " days after an event of the recipient's employer, where ");
    gr_tell_words(prose, GR_TEXT("event"), gr_node_attribute(near, "event"), false);
    gr_tell(prose, ".");
    gr_document_paragraph_end(prose->document);
}

/* ---- what is said of it ---- */

/* The firm's own choice; "" when it has none. */
static gr_text chosen(const gr_prose *prose, const gr_node *odd)
{
    static const char prefix[] = "detect.";
    gr_text id = gr_node_attribute(odd, "id");

    for (size_t i = 0; i < prose->choice_count && !prose->is_compared; i++) {
        gr_text name = prose->choice[i].name;

        if (gr_text_starts(name, gr_text_of(prefix)) &&
            gr_text_equal(gr_text_slice(name, sizeof prefix - 1, name.len), id))
            return prose->choice[i].value;
    }
    return GR_TEXT("");
}

static void tell_verdict(const gr_prose *prose, const gr_node *odd)
{
    gr_text verdict = gr_node_attribute(odd, "verdict"), choice = chosen(prose, odd);

    gr_tell(prose, gr_text_is(verdict, "violation")      ? "A violation"
                   : gr_text_is(verdict, "needs_review") ? "To be reviewed by a person"
                                                         : "A warning");
    gr_tell(prose, ", as a finding of the kind ");
    gr_tell_quote(prose, gr_node_attribute(odd, "kind"));
    gr_tell_backing(prose, odd);
    if (gr_text_is(gr_node_attribute(odd, "on"), "no"))
        gr_tell(prose, "; it is switched off");
    if (choice.len > 0) {
        gr_tell(prose, "; the policy of the firm says ");
        gr_tell_code(prose, choice);
    }
    gr_tell(prose, ". ");
}

static const char *records(const gr_node *odd)
{
    gr_text of = gr_node_attribute(odd, "records");

    return gr_text_is(of, "expenses") ? "It looks at expenses that are no gifts, if "
           : gr_text_is(of, "all")    ? "It looks at gifts and at other expenses, if "
                                      : "It looks at gifts, if ";
}

static void tell_reason(const gr_prose *prose, const gr_node *odd)
{
    const gr_node *reason = gr_node_child(odd, "reason"),
                  *question = gr_node_child(odd, "question");
    gr_text rest = gr_node_attribute(reason, "show"), fact;
    size_t count = 0, i = 0;

    while (gr_text_word(&rest, &fact))
        count++;
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, "The report says ");
    gr_tell_quote(prose, reason->text);
    for (rest = gr_node_attribute(reason, "show"); gr_text_word(&rest, &fact); i++) {
        if (i == 0)
            gr_tell(prose, " with ");
        gr_tell_between(prose, i, count, "and");
        gr_tell_noun(prose, fact);
    }
    if (question) {
        gr_tell(prose, ", and asks ");
        gr_tell_quote(prose, question->text);
    }
    gr_tell_stop(prose, question ? question->text : count > 0 ? GR_TEXT("") : reason->text);
    gr_document_paragraph_end(prose->document);
}

static void tell_oddity(const gr_prose *prose, const gr_node *odd)
{
    const gr_node *of = gr_node_child(odd, "of");
    char anchor[GR_ANCHOR];

    gr_document_heading_start(prose->document, 3,
                              gr_prose_anchor("odd", gr_node_attribute(odd, "id"), anchor));
    gr_tell_bold_capital(prose, gr_node_attribute(odd, "title"));
    gr_tell(prose, " (");
    gr_tell_code(prose, gr_node_attribute(odd, "id"));
    gr_tell(prose, ")");
    gr_document_heading_end(prose->document);
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    tell_verdict(prose, odd);
    gr_tell(prose, records(odd));
    gr_tell_condition(prose, of ? of->first : odd->first);
    tell_worths(prose, odd);
    if (of)
        tell_gathering(prose, odd);
    if (gr_node_child(odd, "near"))
        tell_near(prose, gr_node_child(odd, "near"));
    tell_reason(prose, odd);
}

void gr_prose_oddities(const gr_prose *prose, const gr_node *root)
{
    if (!gr_node_child(root, "check") && !gr_node_child(root, "pattern"))
        return;
    gr_tell_heading(prose, 2, "odd", "What looks odd");
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, "Each of these is looked for beside the rulebooks. Only what surely holds is "
                   "found: what is not stated is found only where that is the point. The policy "
                   "can give each another verdict, or switch it off, by a choice that begins with "
                   "detect and names its id.");
    if (gr_node_has(root, "valued-by")) {
        gr_tell(prose, " What a gift is worth, the rulebook ");
        gr_tell_code(prose, gr_node_attribute(root, "valued-by"));
        gr_tell(prose, " says.");
    }
    gr_document_paragraph_end(prose->document);
    for (const gr_node *n = root->first; n; n = n->next)
        if (gr_node_is(n, "check") || gr_node_is(n, "pattern"))
            tell_oddity(prose, n);
}
