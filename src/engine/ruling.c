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

bool gr_ruling_make(const gr_ruleset *set, const gr_rulebook *book, gr_facts *facts,
                    const gr_parts *parts, gr_day day, gr_span *span, gr_ruling *out)
{
    gr_worth_found found;

    facts->presumption = book->presumption;
    facts->presumption_count = book->presumption_count;
    facts->claimable = facts->record->known |
                       facts->recipient->known << GR_FACT_FIRST_OF_RECIPIENT | book->presumable;
    facts->tried = 0;
    facts->leaned = 0;
    facts->has_worth = false;
    if (!gr_rulebook_limit(book, day) || !gr_worth_find(set, book, facts, parts, day, &found))
        return false;
    facts->worth = found.span;
    facts->unit_worth = found.unit;
    facts->has_worth = true;
    memset(out, 0, sizeof *out);
    decide(book, facts, day, out);
    out->worth = found.worth;
    out->valuation = found.valuation;
    out->missing = found.missing;
    out->left_out = found.left_out;
    out->leaned = facts->leaned;
    out->converted = found.converted;
    out->no_rate = found.no_rate;
    out->split = found.split;
    out->is_gross = gr_record_knows(facts->record, GR_F_PARENT) &&
                    !gr_record_knows(facts->record, GR_F_COST_TAX) &&
                    !gr_record_knows(facts->record, GR_F_TAX);
    out->shares_computed = facts->record->shares_computed && found.split;
    *span = found.span;
    if (out->treatment == GR_EXCLUDED)
        *span = (gr_span){ 0, 0, 1 };
    else if (out->treatment == GR_POSSIBLE)
        span->low = 0;
    return true;
}

gr_truth gr_ruling_frees_record(const gr_rulebook *book, gr_facts *facts, gr_day day)
{
    gr_truth freed = GR_FALSE;

    for (size_t i = 0; i < book->exclusion_count && freed != GR_TRUE; i++) {
        const gr_law *law;
        const gr_condition *leaf;
        gr_truth one = gr_claim_applies(&book->exclusion[i].claim, facts, day, &law, &leaf);

        if (law && one > law->frees_record)
            one = law->frees_record; /* it must both apply and free */
        freed = one > freed ? one : freed;
    }
    return freed;
}
