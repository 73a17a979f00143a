/* src/report/explain_claim_text.c - scope, exclusions and duties of one share. Those that nothing claims are named in
 * one line; the others are told in full. */
#include "report/explain_page.h"

static void conditions(gr_page *page, const char *word, gr_inquiry inquiry)
{
    if (inquiry.count == 0)
        return;
    gr_show_below_start(page, 0);
    gr_say_print(page, GR_PLAIN, "%s", word);
    gr_paragraph_end(page);
    gr_show_inquiry(page, inquiry, 1);
}

static void claim_start(gr_page *page, const char *label, const gr_explained_claim *claim)
{
    gr_show_line_start(page, label);
    gr_say(page, GR_PLAIN, claim->id);
    gr_say(page, GR_PLAIN, claim->id.len > 0 ? GR_TEXT(": ") : GR_TEXT(""));
    gr_say(page, GR_PLAIN, claim->title);
    gr_say(page, GR_PLAIN, GR_TEXT("; "));
    gr_show_backing(page, &claim->law);
    gr_paragraph_end(page);
    conditions(page, "claimed by", claim->claimed);
    conditions(page, "provided that", claim->provided);
}

static void outcome(gr_page *page, const char *words, gr_text because, gr_text question)
{
    gr_show_below_start(page, 0);
    gr_say_print(page, GR_BOLD, "%s", words);
    if (because.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(", since "));
        gr_say(page, GR_PLAIN, because);
    }
    if (question.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(". To ask: "));
        gr_say(page, GR_PLAIN, question);
    }
    gr_paragraph_end(page);
}

void gr_show_scope(gr_page *page, const gr_explained_gift *gift)
{
    const gr_explained_claim *claim = &gift->scope;
    static const char *const words[] = { "the rule is not about it", "the rule may be about it",
                                         "the rule is about it" };

    if (!gift->has_scope)
        return;
    claim_start(page, "Scope", claim);
    outcome(page, words[claim->answer], claim->because, claim->question);
}

static void exclusion(gr_page *page, const gr_explained_claim *claim)
{
    static const char *const words[] = { "does not apply: it counts",
                                         "may apply: it counts nothing, or what it is worth",
                                         "applies: it counts nothing" };

    claim_start(page, "Exclusion", claim);
    outcome(page, words[claim->answer], claim->because, claim->question);
}

static void duty(gr_page *page, const gr_explained_claim *claim)
{
    static const char *const words[] = { "not broken", "perhaps broken", "broken" };
    bool is_freed = claim->answer != claim->broken;

    claim_start(page, "Duty", claim);
    outcome(page, words[claim->broken],
            is_freed ? GR_TEXT("what excludes the gift, or may, frees it of the duty")
                     : claim->because,
            claim->question);
}

/* The label is told once. */
static void name(gr_page *page, const char **label, const char *words, const gr_text *id,
                 size_t count)
{
    if (count == 0)
        return;
    gr_show_line_start(page, *label);
    gr_say_print(page, GR_PLAIN, "%s", words);
    gr_show_names(page, id, count);
    gr_paragraph_end(page);
    *label = "";
}

static void name_others(gr_page *page, const char *label, const gr_explained_claims *c)
{
    label = c->claimed_count > 0 ? "" : label;
    name(page, &label, "not claimed: ", c->unclaimed, c->unclaimed_count);
    name(page, &label, "no law on this day: ", c->no_law, c->no_law_count);
    name(page, &label, "not looked at any more: ", c->passed_over, c->passed_over_count);
}

void gr_show_claims(gr_page *page, const gr_explained_gift *gift)
{
    if (!gift->is_in_scope)
        return;
    for (size_t i = 0; i < gift->exclusions.claimed_count; i++)
        exclusion(page, &gift->exclusions.claimed[i]);
    name_others(page, "Exclusions", &gift->exclusions);
    for (size_t i = 0; i < gift->duties.claimed_count; i++)
        duty(page, &gift->duties.claimed[i]);
    name_others(page, "Duties", &gift->duties);
}
