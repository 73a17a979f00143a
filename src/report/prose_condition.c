/* src/report/prose_condition.c - conditions as sentences. A short one is a clause within the sentence; any other is a
 * list, with a list inside for each part that is not short. "not" is told by the contrary of each part, so that no
 * sentence has to be turned round in the head of who reads it. */
#include "report/prose.h"

#include "model/fact_prose.h"

enum { SHORT = 3 }; /* parts of a condition that still read well in one sentence */

/* ---- facts ---- */

static bool starts_with_question_word(const char *noun)
{
    gr_text text = gr_text_of(noun);

    return gr_text_starts(text, GR_TEXT("whether ")) || gr_text_starts(text, GR_TEXT("who "));
}

void gr_tell_noun(const gr_prose *prose, gr_text fact)
{
    gr_fact_prose words;

    if (gr_fact_prose_find(fact, &words)) {
        gr_tell(prose, words.noun);
        return;
    }
    gr_tell(prose, "the fact ");
    gr_tell_code(prose, fact);
}

void gr_tell_known(const gr_prose *prose, gr_text fact, bool known)
{
    gr_fact_prose words;
    const char *verb = known ? "is stated" : "is not stated";

    if (gr_fact_prose_find(fact, &words) && starts_with_question_word(words.noun)) {
        gr_tell(prose, "it ");
        gr_tell(prose, verb);
        gr_tell(prose, " ");
        gr_tell(prose, words.noun);
        return;
    }
    gr_tell_noun(prose, fact);
    gr_tell(prose, " ");
    gr_tell(prose, verb);
}

/* The words of a fact come in two sorts, which are not mixed in one enumeration: those behind its verb, and whole
 * clauses. A word that nobody knows stands as it is written. */
static gr_fact_phrase phrase_of(gr_text fact, gr_text word)
{
    gr_fact_prose words;
    gr_fact_phrase phrase = { false, word, word };

    if (gr_fact_prose_find(fact, &words) && words.words)
        gr_fact_prose_word(&words, word, &phrase);
    return phrase;
}

static size_t count_phrases(gr_text fact, gr_text words, bool clauses)
{
    gr_text word;
    size_t count = 0;

    while (gr_text_word(&words, &word))
        count += phrase_of(fact, word).is_clause == clauses;
    return count;
}

static void tell_verb(const gr_prose *prose, gr_text fact, bool negated)
{
    gr_fact_prose words;

    if (gr_fact_prose_find(fact, &words) && words.is) {
        gr_tell(prose, negated ? words.is_not : words.is);
    } else {
        gr_tell_noun(prose, fact);
        gr_tell(prose, negated ? " is not" : " is");
    }
    gr_tell(prose, " ");
}

static void tell_phrases(const gr_prose *prose, gr_text fact, gr_text words, bool negated,
                         bool clauses)
{
    size_t count = count_phrases(fact, words, clauses), i = 0;
    gr_text word;

    if (count > 0 && !clauses)
        tell_verb(prose, fact, negated);
    while (gr_text_word(&words, &word)) {
        gr_fact_phrase phrase = phrase_of(fact, word);

        if (phrase.is_clause != clauses)
            continue;
        gr_tell_between(prose, i++, count, clauses && negated ? "and" : "or");
        gr_tell_text(prose, clauses && negated ? phrase.contrary : phrase.text);
    }
}

void gr_tell_words(const gr_prose *prose, gr_text fact, gr_text words, bool negated)
{
    tell_phrases(prose, fact, words, negated, false);
    if (count_phrases(fact, words, false) > 0 && count_phrases(fact, words, true) > 0)
        gr_tell(prose, negated ? ", and " : ", or ");
    tell_phrases(prose, fact, words, negated, true);
}

/* ---- fields ---- */

static bool is_count(gr_text fact)
{
    gr_fact_prose words;

    return gr_fact_prose_find(fact, &words) && words.type == GR_FACT_NUMBER;
}

static void tell_bound(const gr_prose *prose, const gr_node *field, const char *test,
                       const char *words, bool negated)
{
    gr_text fact = gr_node_attribute(field, "fact");

    gr_tell_noun(prose, fact);
    gr_tell(prose, negated ? " is not " : " is ");
    gr_tell(prose, words);
    gr_tell(prose, " ");
    gr_tell_amount(prose, gr_node_attribute(field, test), is_count(fact));
}

static void tell_before(const gr_prose *prose, const gr_node *field, bool negated)
{
    gr_text than = gr_node_attribute(field, "before");

    gr_tell_noun(prose, gr_node_attribute(field, "fact"));
    gr_tell(prose, negated ? " is not before " : " is before ");
    if (gr_text_starts(than, GR_TEXT("fact:")))
        gr_tell_noun(prose, gr_text_slice(than, sizeof "fact:" - 1, than.len));
    else
        gr_tell_text(prose, than);
}

static void tell_test(const gr_prose *prose, const gr_node *field, bool negated)
{
    static const struct {
        const char *test, *words;
    } bounds[] = {
        { "under", "less than" },
        { "at-most", "at most" },
        { "at-least", "at least" },
        { "above", "more than" },
    };
    gr_text fact = gr_node_attribute(field, "fact");

    if (gr_node_has(field, "is"))
        gr_tell_words(prose, fact, gr_node_attribute(field, "is"), negated);
    else if (gr_node_has(field, "known"))
        gr_tell_known(prose, fact, gr_text_is(gr_node_attribute(field, "known"), "yes") != negated);
    else if (gr_node_has(field, "before"))
        tell_before(prose, field, negated);
    else if (gr_node_has(field, "matches"))
        gr_tell_pattern(prose, fact, gr_node_attribute(field, "matches"), negated);
    for (size_t i = 0; i < GR_COUNT(bounds); i++)
        if (gr_node_has(field, bounds[i].test))
            tell_bound(prose, field, bounds[i].test, bounds[i].words, negated);
}

/* What the report says when the field fails, and asks when the fact is missing. */
static void tell_remarks(const gr_prose *prose, const gr_node *field)
{
    if (gr_node_has(field, "because")) {
        gr_tell(prose, "; otherwise the report says ");
        gr_tell_quote(prose, gr_node_attribute(field, "because"));
    }
    if (gr_node_has(field, "ask")) {
        gr_tell(prose, "; where that is not stated, the report asks ");
        gr_tell_quote(prose, gr_node_attribute(field, "ask"));
    }
}

static void tell_judgment(const gr_prose *prose, const gr_node *judgment, bool negated)
{
    gr_tell(prose,
            negated ? "a person denies this when asked: " : "a person decides so when asked: ");
    gr_tell_quote(prose, gr_node_attribute(judgment, "ask"));
}

/* ---- conditions ---- */

static bool is_list(const gr_node *node)
{
    return gr_node_is(node, "all") || gr_node_is(node, "any");
}

/* What "not" is about, however often it stands there; *negated is turned for each. */
static const gr_node *behind_not(const gr_node *node, bool *negated)
{
    for (; gr_node_is(node, "not") && node->first; node = node->first)
        *negated = !*negated;
    return node;
}

/* May it stand beside others in one sentence? */
static bool is_plain_leaf(const gr_node *node)
{
    bool ignored = false;

    node = behind_not(node, &ignored);
    return !is_list(node) && !gr_node_has(node, "because") && !gr_node_has(node, "matches") &&
           (gr_node_is(node, "judgment") || !gr_node_has(node, "ask"));
}

static bool is_short(const gr_node *node)
{
    bool ignored = false;
    size_t count = 0;

    node = behind_not(node, &ignored);
    if (!is_list(node))
        return true;
    for (const gr_node *child = node->first; child; child = child->next, count++)
        if (!is_plain_leaf(child))
            return false;
    return count <= SHORT;
}

static void tell_leaf(const gr_prose *prose, const gr_node *node, bool negated)
{
    node = behind_not(node, &negated);
    if (gr_node_is(node, "judgment")) {
        tell_judgment(prose, node, negated);
    } else {
        tell_test(prose, node, negated);
        tell_remarks(prose, node);
    }
}

static bool holds_together(const gr_node *node, bool negated)
{
    return gr_node_is(node, "all") != negated;
}

static void tell_short(const gr_prose *prose, const gr_node *node, bool negated)
{
    node = behind_not(node, &negated);
    if (!is_list(node)) {
        tell_leaf(prose, node, negated);
        return;
    }
    for (const gr_node *child = node->first; child; child = child->next) {
        if (child != node->first)
            gr_tell(prose, holds_together(node, negated) ? ", and " : ", or ");
        tell_leaf(prose, child, negated);
    }
}

/* What a short condition ends with, where that is a quotation; "" where it is not. */
static gr_text last_quote(const gr_node *node)
{
    bool ignored = false;

    node = behind_not(node, &ignored);
    while (is_list(node) && node->first) {
        for (node = node->first; node->next; node = node->next)
            ;
        node = behind_not(node, &ignored);
    }
    return gr_node_has(node, "ask") ? gr_node_attribute(node, "ask")
                                    : gr_node_attribute(node, "because");
}

static void tell_long(const gr_prose *prose, const gr_node *node, bool negated);

static void tell_head(const gr_prose *prose, const gr_node *node, bool negated)
{
    node = behind_not(node, &negated);
    if (!holds_together(node, negated))
        gr_tell(prose, "at least one of these holds:");
    else if (node->first && node->first->next && !node->first->next->next)
        gr_tell(prose, "both of these hold:");
    else
        gr_tell(prose, "all of these hold:");
}

static void tell_item(const gr_prose *prose, const gr_node *node, bool negated)
{
    gr_document_item_start(prose->document, NULL);
    if (is_short(node)) {
        tell_short(prose, node, negated);
    } else {
        tell_head(prose, node, negated);
        tell_long(prose, node, negated);
    }
    gr_document_item_end(prose->document);
}

/* The schema bounds nothing here, the parser bounds the depth of a file. */
static void tell_long(const gr_prose *prose, const gr_node *node, bool negated)
{
    node = behind_not(node, &negated);
    gr_document_list_start(prose->document, GR_LIST_PLAIN);
    for (const gr_node *child = node->first; child; child = child->next)
        tell_item(prose, child, negated);
    gr_document_list_end(prose->document);
}

void gr_tell_condition(const gr_prose *prose, const gr_node *condition)
{
    if (is_short(condition)) {
        tell_short(prose, condition, false);
        gr_tell_stop(prose, last_quote(condition));
        gr_document_paragraph_end(prose->document);
    } else {
        tell_head(prose, condition, false);
        gr_document_paragraph_end(prose->document);
        tell_long(prose, condition, false);
    }
}

bool gr_condition_is_short(const gr_node *condition)
{
    return is_short(condition);
}

void gr_tell_clause(const gr_prose *prose, const gr_node *condition)
{
    tell_short(prose, condition, false);
}

void gr_tell_condition_item(const gr_prose *prose, const gr_node *condition)
{
    if (is_short(condition)) {
        tell_short(prose, condition, false);
        gr_tell_stop(prose, last_quote(condition));
    } else {
        tell_head(prose, condition, false);
        tell_long(prose, condition, false);
    }
}
