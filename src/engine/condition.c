/* src/engine/condition.c - Kleene's three values, ordered so that AND is the lesser and OR the greater.
 * A missing fact is UNKNOWN and cannot make a condition true on its own. */
#include "engine/condition.h"

#include "base/digest.h"

#include <string.h>

/* Presumptions are looked for when a condition first asks for the fact: most are never asked for. A
 * presumption whose own condition asks for the same fact finds it unknown. */
static int find_presumed(gr_fact fact, gr_facts *facts)
{
    if (!(facts->tried >> fact & 1)) {
        facts->tried |= GR_FACT_BIT(fact);
        facts->presumed[fact] = 0;
        for (size_t i = 0; i < facts->presumption_count && !facts->presumed[fact]; i++) {
            const gr_presumption *p = &facts->presumption[i];

            if (p->fact == fact &&
                (!p->when || gr_condition_evaluate(p->when, facts, NULL) == GR_TRUE))
                facts->presumed[fact] = (int8_t)(i + 1);
        }
    }
    return facts->presumed[fact] - 1;
}

/* The word of a fact, stated or presumed; -1 when unknown. */
static int64_t find_word(const gr_condition *c, gr_facts *facts)
{
    const gr_value *value = gr_record_find(facts->record, facts->recipient, (gr_fact)c->fact);
    int presumed;

    if (value)
        return value->number;
    presumed = find_presumed((gr_fact)c->fact, facts);
    if (presumed < 0)
        return -1;
    facts->leaned |= UINT32_C(1) << presumed;
    gr_cover(facts->seen, facts->presumption[presumed].point, GR_TRUE);
    return facts->presumption[presumed].word;
}

static gr_truth is_word(const gr_condition *c, gr_facts *facts)
{
    int64_t word = find_word(c, facts);

    return word < 0 ? GR_UNKNOWN : c->words >> word & 1 ? GR_TRUE : GR_FALSE;
}

static gr_truth is_known(const gr_condition *c, const gr_facts *facts)
{
    return gr_record_find(facts->record, facts->recipient, (gr_fact)c->fact) ? GR_TRUE : GR_FALSE;
}

static bool holds(gr_condition_kind kind, int order) /* order of the value against the bound */
{
    switch (kind) {
    case GR_CONDITION_UNDER:
        return order < 0;
    case GR_CONDITION_AT_MOST:
        return order <= 0;
    case GR_CONDITION_AT_LEAST:
        return order >= 0;
    default:
        return order > 0;
    }
}

/* An interval lies on one side of the bound, or it is unknown on which. */
static gr_truth compare_span(const gr_condition *c, gr_amount low, gr_amount high)
{
    bool below = holds(c->kind, gr_amount_compare(low, c->amount));
    bool above = holds(c->kind, gr_amount_compare(high, c->amount));

    return below && above ? GR_TRUE : !below && !above ? GR_FALSE : GR_UNKNOWN;
}

static gr_truth compare_reckoned(const gr_condition *c, const gr_reckoned *reckoned)
{
    int place = c->fact - GR_COMPUTED_HEADS;
    gr_amount amount;

    if (!(reckoned->known >> place & 1))
        return GR_UNKNOWN;
    amount = (gr_amount){ reckoned->value[place] * 100, 1 }; /* as numbers of records do */
    return compare_span(c, amount, amount);
}

static gr_truth compare(const gr_condition *c, const gr_facts *facts)
{
    const gr_value *value;
    gr_amount amount;

    if (c->fact == GR_COMPUTED_WORTH || c->fact == GR_COMPUTED_UNIT_WORTH) {
        gr_span span = c->fact == GR_COMPUTED_WORTH ? facts->worth : facts->unit_worth;

        return facts->has_worth ? compare_span(c, gr_span_low(span), gr_span_high(span))
                                : GR_UNKNOWN;
    }
    if (c->fact >= GR_COMPUTED_HEADS)
        return compare_reckoned(c, facts->reckoned);
    value = gr_record_find(facts->record, facts->recipient, (gr_fact)c->fact);
    if (!value)
        return GR_UNKNOWN;
    amount = gr_fact_get((gr_fact)c->fact)->type == GR_FACT_MONEY
                 ? value->amount
                 : (gr_amount){ value->number * 100, 1 }; /* numbers compare as 3.00 does */
    return compare_span(c, amount, amount);
}

static gr_truth is_before(const gr_condition *c, const gr_facts *facts)
{
    const gr_value *left = gr_record_find(facts->record, facts->recipient, (gr_fact)c->fact);
    const gr_value *right = NULL;

    if (c->other_fact != GR_FACT_NONE)
        right = gr_record_find(facts->record, facts->recipient, (gr_fact)c->other_fact);
    if (!left || (c->other_fact != GR_FACT_NONE && !right))
        return GR_UNKNOWN;
    return left->number < (right ? right->number : c->day) ? GR_TRUE : GR_FALSE;
}

static gr_truth match(const gr_condition *c, gr_text text)
{
    switch (gr_pattern_match(c->pattern, text)) {
    case GR_MATCH_YES:
        return GR_TRUE;
    case GR_MATCH_NO:
        return GR_FALSE;
    default:
        return GR_UNKNOWN;
    }
}

static gr_truth match_once(const gr_condition *c, gr_text text, gr_matched *matched)
{
    size_t i = gr_hash(text, c->point) % GR_MATCHED_PLACES;

    if (text.len > GR_MATCHED_TEXT)
        return match(c, text);
    if (matched->place[i].of != c || matched->place[i].len != text.len ||
        memcmp(matched->place[i].text, text.ptr, text.len) != 0) {
        matched->place[i].truth = (uint8_t)match(c, text);
        matched->place[i].of = c;
        matched->place[i].len = (uint8_t)text.len;
        memcpy(matched->place[i].text, text.ptr, text.len);
    }
    return (gr_truth)matched->place[i].truth;
}

static gr_truth matches(const gr_condition *c, const gr_facts *facts)
{
    const gr_value *value = gr_record_find(facts->record, facts->recipient, (gr_fact)c->fact);

    if (!value)
        return GR_UNKNOWN;
    return facts->matched ? match_once(c, value->text, facts->matched) : match(c, value->text);
}

static gr_truth evaluate_leaf(const gr_condition *c, gr_facts *facts)
{
    switch (c->kind) {
    case GR_CONDITION_IS:
        return is_word(c, facts);
    case GR_CONDITION_KNOWN:
        return is_known(c, facts);
    case GR_CONDITION_UNKNOWN:
        return GR_TRUE - is_known(c, facts);
    case GR_CONDITION_BEFORE:
        return is_before(c, facts);
    case GR_CONDITION_MATCHES:
        return matches(c, facts);
    case GR_CONDITION_FIRM:
        return c->words ? GR_TRUE : GR_FALSE;
    case GR_CONDITION_JUDGMENT:
        return GR_UNKNOWN;
    default:
        return compare(c, facts);
    }
}

/* Of several conditions that fail alike, the one that gives a reason is told. */
static bool says_more(const gr_condition *leaf, const gr_condition *than)
{
    return leaf->because.len > 0 && than->because.len == 0;
}

static gr_truth evaluate_all_or_any(const gr_condition *c, gr_facts *facts,
                                    const gr_condition **decider)
{
    bool all = c->kind == GR_CONDITION_ALL;
    gr_truth truth = all ? GR_TRUE : GR_FALSE;

    for (const gr_condition *child = c->first; child; child = child->next) {
        const gr_condition *leaf = NULL;
        gr_truth one = gr_condition_evaluate(child, facts, &leaf);

        if (child == c->first || (all ? one < truth : one > truth)) {
            truth = one;
            *decider = leaf;
        } else if (truth == GR_FALSE && one == GR_FALSE && says_more(leaf, *decider)) {
            *decider = leaf;
        }
        if (truth == (all ? GR_FALSE : GR_TRUE))
            break; /* no further child can change it */
    }
    return truth;
}

gr_truth gr_condition_evaluate(const gr_condition *c, gr_facts *facts, const gr_condition **decider)
{
    const gr_condition *leaf = c;
    gr_truth truth;

    switch (c->kind) { /* the reader has bounded the depth */
    case GR_CONDITION_ALL:
    case GR_CONDITION_ANY:
        truth = evaluate_all_or_any(c, facts, &leaf);
        break;
    case GR_CONDITION_NOT:
        truth = GR_TRUE - gr_condition_evaluate(c->first, facts, &leaf);
        break;
    default:
        truth = evaluate_leaf(c, facts);
        gr_cover(facts->seen, c->point, truth);
        break;
    }
    if (decider)
        *decider = leaf;
    return truth;
}

/* ---- the gate ---- */

static const gr_gate open_gate = { .open = true };

static gr_gate gate_of_leaf(const gr_condition *c)
{
    gr_gate gate = { .count = 1, .fact = { c->fact }, .words = { UINT32_MAX } };

    if (c->fact >= GR_FACT_COUNT || c->kind == GR_CONDITION_UNKNOWN)
        return open_gate;
    if (c->kind == GR_CONDITION_IS)
        gate.words[0] = c->words;
    return gate;
}

static bool add_to_gate(gr_gate *gate, uint8_t fact, uint32_t words)
{
    for (uint8_t i = 0; i < gate->count; i++) {
        if (gate->fact[i] == fact) {
            gate->words[i] |= words;
            return true;
        }
    }
    if (gate->count == GR_MAX_GATE)
        return false;
    gate->fact[gate->count] = fact;
    gate->words[gate->count++] = words;
    return true;
}

static gr_gate gate_of_any(const gr_condition *c)
{
    gr_gate all = { .count = 0 };

    for (const gr_condition *child = c->first; child; child = child->next) {
        gr_gate one = gr_gate_of(child);

        for (uint8_t i = 0; i < one.count; i++)
            one.open = one.open || !add_to_gate(&all, one.fact[i], one.words[i]);
        if (one.open)
            return open_gate;
    }
    return all;
}

gr_gate gr_gate_of(const gr_condition *c)
{
    switch (c->kind) {
    case GR_CONDITION_ALL: /* any child's demand is one of the whole: the first that makes one */
        for (const gr_condition *child = c->first; child; child = child->next)
            if (!gr_gate_of(child).open)
                return gr_gate_of(child);
        return open_gate;
    case GR_CONDITION_ANY:
        return gate_of_any(c);
    case GR_CONDITION_NOT:
        return open_gate;
    default:
        return gate_of_leaf(c);
    }
}

bool gr_gate_lets(const gr_gate *gate, const gr_facts *facts)
{
    if (gate->open)
        return true;
    for (uint8_t i = 0; i < gate->count; i++) {
        const gr_value *value =
            gr_record_find(facts->record, facts->recipient, (gr_fact)gate->fact[i]);

        if (value ? gate->words[i] == UINT32_MAX || gate->words[i] >> value->number & 1
                  : facts->presumable >> gate->fact[i] & 1)
            return true;
    }
    return false;
}

gr_text gr_condition_question(const gr_condition *leaf)
{
    if (leaf->ask.len > 0)
        return leaf->ask;
    if (leaf->fact < GR_FACT_COUNT)
        return gr_text_of(gr_fact_get((gr_fact)leaf->fact)->question);
    return leaf->fact == GR_COMPUTED_UNIT_WORTH ? GR_TEXT("What was one piece of it worth?")
                                                : GR_TEXT("What was it worth?");
}
