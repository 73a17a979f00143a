/* src/engine/ruling.c - exclusions in the order of the rulebook. One that surely applies excludes; else one that
 * may apply makes the share possible; else it counts. An exclusion must be claimed by a fact that is
 * there: unclaimed, it does not apply, however little is known. */
#include "engine/ruling.h"

#include <string.h>

static void decide(const gr_rulebook *book, gr_facts *facts, gr_day day, gr_ruling *ruling)
{
    for (size_t i = 0; i < book->exclusion_count; i++) {
        const gr_exclusion *exclusion = &book->exclusion[i];
        const gr_law *law;
        const gr_condition *leaf;
        gr_truth truth = gr_claim_applies(&exclusion->claim, facts, day, &law, &leaf);

        if (truth == GR_TRUE || (truth == GR_UNKNOWN && ruling->treatment == GR_COUNTED)) {
            ruling->treatment = truth == GR_TRUE ? GR_EXCLUDED : GR_POSSIBLE;
            ruling->exclusion = exclusion;
            ruling->law = law;
            ruling->open = truth == GR_TRUE ? NULL : leaf;
        } else if (truth == GR_FALSE && leaf && !ruling->refused) {
            ruling->refused = exclusion;
            ruling->refused_law = law;
            ruling->refused_because = leaf;
        }
        if (truth == GR_TRUE)
            return;
    }
}

/* Which limits add it up; asked once for all of them, since the answer is kept with the ruling. */
static void choose_limits(const gr_rulebook *book, gr_facts *facts, gr_ruling *ruling)
{
    for (size_t i = 0; i < book->limit_count; i++) {
        const gr_condition *leaf = NULL;
        gr_truth truth = book->limit[i].when
                             ? gr_condition_evaluate(book->limit[i].when, facts, &leaf)
                             : GR_TRUE;

        if (truth == GR_TRUE)
            ruling->limits_in |= (uint16_t)(1u << i);
        else if (truth == GR_UNKNOWN)
            ruling->limits_open |= (uint16_t)(1u << i);
        if (truth == GR_UNKNOWN && !ruling->when_open)
            ruling->when_open = leaf;
    }
}

static void prepare(const gr_rulebook *book, gr_facts *facts)
{
    facts->presumption = book->presumption;
    facts->presumption_count = book->presumption_count;
    facts->presumable = book->presumable;
    facts->tried = 0;
    facts->leaned = 0;
    facts->has_worth = false;
    facts->matched = NULL; /* the tally begins with facts of which nothing else is set */
}

static void note_worth(const gr_worth_found *found, const gr_record *record, gr_ruling *out)
{
    out->worth = found->worth;
    out->valuation = found->valuation;
    out->missing = found->missing;
    out->left_out = found->left_out;
    out->converted = found->converted;
    out->no_rate = found->no_rate;
    out->split = found->split;
    out->is_gross = gr_record_knows(record, GR_F_PARENT) &&
                    !gr_record_knows(record, GR_F_COST_TAX) && !gr_record_knows(record, GR_F_TAX);
    out->shares_computed = record->shares_computed && found->split;
}

gr_truth gr_ruling_make(const gr_ruleset *set, const gr_rulebook *book, gr_facts *facts,
                        const gr_parts *parts, gr_day day, bool *counts, gr_span *span,
                        gr_ruling *out)
{
    gr_worth_found found = { 0 };
    const gr_law *law = NULL;
    const gr_condition *open = NULL;
    gr_truth scope = GR_TRUE;
    gr_ruling ruling;

    prepare(book, facts);
    if (book->scope) /* most rules are not about most shares: this is asked before all else */
        scope = gr_claim_applies(&book->scope->claim, facts, day, &law, &open);
    if (scope == GR_FALSE)
        return GR_FALSE;
    memset(&ruling, 0, sizeof ruling);
    if (scope == GR_UNKNOWN) {
        ruling.treatment = GR_POSSIBLE;
        ruling.law = law;
        ruling.open = open;
    }
    facts->has_worth = gr_worth_find(set, book, facts, parts, day, &found);
    facts->worth = found.span;
    facts->unit_worth = found.unit;
    decide(book, facts, day, &ruling);
    *counts = facts->has_worth && gr_rulebook_has_limit(book, day);
    if (*counts)
        choose_limits(book, facts, &ruling);
    note_worth(&found, facts->record, &ruling);
    ruling.leaned = facts->leaned;
    *span = *counts ? found.span : (gr_span){ 0, 0, 1 };
    if (ruling.treatment == GR_EXCLUDED)
        *span = (gr_span){ 0, 0, 1 };
    else if (ruling.treatment == GR_POSSIBLE)
        span->low = 0;
    memcpy(out, &ruling, sizeof ruling); /* with its padding */
    return scope;
}

/* ---- duties ---- */

/* Does an exclusion free the gift of the record duty? */
static gr_truth frees_record(const gr_rulebook *book, gr_facts *facts, gr_day day,
                             const gr_condition **open)
{
    gr_truth freed = GR_FALSE;

    for (size_t i = 0; i < book->exclusion_count && freed != GR_TRUE; i++) {
        const gr_law *law;
        const gr_condition *leaf;
        gr_truth one = gr_claim_applies(&book->exclusion[i].claim, facts, day, &law, &leaf);

        if (law && one > law->frees_record)
            one = law->frees_record; /* it must both apply and free */
        if (one == GR_UNKNOWN && freed == GR_FALSE)
            *open = leaf;
        freed = one > freed ? one : freed;
    }
    return freed;
}

static gr_truth is_freed(const gr_rulebook *book, const gr_duty *duty, const gr_ruling *ruling,
                         gr_facts *facts, gr_day day, const gr_condition **open)
{
    if (duty->freed == GR_FREED_OF_RECORD)
        return frees_record(book, facts, day, open);
    if (duty->freed == GR_FREED_BY_ANY && ruling->exclusion) {
        *open = ruling->open;
        return ruling->treatment == GR_EXCLUDED ? GR_TRUE : GR_UNKNOWN;
    }
    return GR_FALSE;
}

gr_truth gr_ruling_breaks(const gr_rulebook *book, const gr_duty *duty, const gr_ruling *ruling,
                          gr_facts *facts, gr_day day, const gr_condition **open)
{
    const gr_law *law;
    const gr_condition *leaf, *freedom = NULL;
    gr_truth broken = gr_claim_applies(&duty->claim, facts, day, &law, &leaf), owed;

    *open = broken == GR_UNKNOWN ? leaf : NULL;
    if (broken == GR_FALSE)
        return broken;
    owed = (gr_truth)(GR_TRUE - is_freed(book, duty, ruling, facts, day, &freedom));
    if (ruling->treatment == GR_POSSIBLE && !ruling->exclusion && owed > GR_UNKNOWN) {
        owed = GR_UNKNOWN; /* perhaps the rule is not about this gift */
        freedom = ruling->open;
    }
    if (owed == GR_UNKNOWN && !*open)
        *open = freedom;
    return owed < broken ? owed : broken;
}
