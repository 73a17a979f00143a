/* src/engine/trace_share.c - one share under one rulebook, in the order in which it is judged: gr_ruling_make() and
 * gr_ruling_breaks() first, as for a tally, and then each of their questions again with the facts that they left. */
#include "engine/trace.h"

#include <string.h>

typedef struct tracing {
    gr_trace *t;
    const gr_traced *share;
    gr_facts facts;
    gr_parts parts;
    gr_ruling ruling;
    gr_span counts;
    bool has_sum; /* there is anything to add up on that day */
} tracing;

static void start(gr_trace *t, const gr_traced *share, tracing *out)
{
    memset(out, 0, sizeof *out);
    out->t = t;
    out->share = share;
    out->facts.record = share->record;
    out->facts.recipient = share->recipient;
    out->parts = gr_parts_of(share->record);
}

static gr_truth rule(tracing *s, gr_day day)
{
    return gr_ruling_make(s->t->set, s->t->book, &s->facts, &s->parts, day, &s->has_sum, &s->counts,
                          &s->ruling);
}

static gr_counting counting_of(const gr_ruling *ruling)
{
    return ruling->treatment == GR_EXCLUDED   ? GR_COUNTING_NOTHING
           : ruling->treatment == GR_POSSIBLE ? GR_COUNTING_PERHAPS
                                              : GR_COUNTING_ALL;
}

/* ---- facts ---- */

static size_t count_bits(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

static size_t count_facts(gr_fact_set facts)
{
    return count_bits((uint64_t)facts) + count_bits((uint64_t)(facts >> 64));
}

/* NULL: the export states it, or it was found out. */
static const gr_supplied *supplied_fact(const gr_traced *share, gr_fact fact)
{
    for (size_t i = 0; i < share->supplied_count; i++) {
        const gr_supplied *one = share->supplied[i];

        if (one->fact == fact &&
            (fact < GR_FACT_FIRST_OF_RECIPIENT || one->position == share->position))
            return one;
    }
    return NULL;
}

static void trace_facts(tracing *s, gr_explained_gift *out)
{
    const gr_record *record = s->share->record;
    const gr_recipient *recipient = s->share->recipient;
    gr_explained_fact *fact = gr_trace_take(
        s->t, sizeof *fact * (count_bits(record->known) + count_bits(recipient->known)));

    out->fact = fact;
    for (int f = 0; fact && f < GR_FACT_COUNT; f++) {
        const gr_value *value = gr_record_find(record, recipient, (gr_fact)f);
        bool of_recipient = f >= GR_FACT_FIRST_OF_RECIPIENT;
        const gr_supplied *supplied = supplied_fact(s->share, (gr_fact)f);

        if (!value)
            continue;
        fact[out->fact_count++] = (gr_explained_fact){
            .name = gr_text_of(gr_fact_get((gr_fact)f)->name),
            .value = gr_trace_value(s->t, (gr_fact)f, value),
            .of_recipient = of_recipient,
            .is_detected = !supplied && !of_recipient && !(s->share->stated >> f & 1),
            .supplied = supplied,
        };
    }
}

static void trace_presumptions(tracing *s, uint32_t leaned, gr_explained_gift *out)
{
    gr_explained_presumption *list = gr_trace_take(s->t, sizeof *list * count_bits(leaned));

    out->presumption = list;
    for (size_t i = 0; list && i < s->t->book->presumption_count; i++) {
        const gr_presumption *p = &s->t->book->presumption[i];

        if (!(leaned >> i & 1))
            continue;
        list[out->presumption_count++] = (gr_explained_presumption){
            .fact = gr_text_of(gr_fact_get(p->fact)->name),
            .word = gr_fact_word_get(p->fact, p->word),
            .text = p->text,
            .backing = gr_trace_backing(s->t, GR_TEXT(""), p->source, p->sure),
            .when = p->when ? gr_trace_condition(s->t, p->when,
                                                 gr_trace_node(s->t, "presumption", i)->first,
                                                 &s->facts)
                            : (gr_inquiry){ NULL, 0 },
        };
    }
}

static void trace_missing(tracing *s, gr_explained_gift *out)
{
    /* without a rate no answer about the currency helps; the valuation says that there is none */
    gr_fact_set missing =
        s->ruling.no_rate ? s->ruling.missing & ~GR_FACT_BIT(GR_F_CURRENCY) : s->ruling.missing;
    gr_text *question = gr_trace_take(s->t, sizeof *question * count_facts(missing));
    gr_text *name = gr_trace_take(s->t, sizeof *name * count_facts(missing));

    out->missing = question;
    out->missed = name;
    for (; question && name && missing; missing &= missing - 1) {
        const gr_fact_info *fact = gr_fact_get(gr_fact_first(missing));

        question[out->missing_count] = gr_text_of(fact->question);
        name[out->missing_count++] = gr_text_of(fact->name);
    }
}

/* ---- scope, exclusions, duties ---- */

static gr_backing backing_of(gr_trace *t, const gr_law *law)
{
    gr_backing b = gr_trace_backing(t, law->clause, law->source, law->sure);

    b.from = law->from;
    b.to = law->to;
    return b;
}

static void trace_claim(tracing *s, const gr_claim *claim, const gr_node *node,
                        gr_explained_claim *out)
{
    const gr_law *law;
    const gr_condition *leaf;

    out->answer = (gr_answer)gr_claim_applies(claim, &s->facts, s->share->day, &law, &leaf);
    law = gr_claim_law(claim, s->share->day);
    if (law)
        out->law = backing_of(s->t, law);
    out->claimed = gr_trace_inside(s->t, claim->claimed, node, "claimed", &s->facts);
    out->provided = gr_trace_inside(s->t, claim->provided, node, "provided", &s->facts);
    if (leaf && out->answer == GR_ANSWER_FALSE)
        out->because = leaf->because;
    if (leaf && out->answer == GR_ANSWER_UNKNOWN)
        out->question = gr_condition_question(leaf);
}

static void trace_scope(tracing *s, gr_explained_gift *out)
{
    const gr_scope *scope = s->t->book->scope;
    gr_facts facts = s->facts;

    out->has_scope = scope != NULL;
    if (!scope)
        return;
    s->facts.has_worth = false; /* the scope is asked before anybody knows the worth */
    out->scope = (gr_explained_claim){ .title = scope->title };
    trace_claim(s, &scope->claim, gr_trace_node(s->t, "scope", 0), &out->scope);
    s->facts = facts;
}

typedef struct sorting { /* of exclusions or duties, into those told in full and those named */
    gr_explained_claim *claimed;
    gr_text *unclaimed, *no_law, *passed_over;
    gr_explained_claims *out;
} sorting;

static bool start_sorting(gr_trace *t, size_t count, gr_explained_claims *out, sorting *s)
{
    *s = (sorting){ gr_trace_take(t, sizeof *s->claimed * count),
                    gr_trace_take(t, sizeof *s->unclaimed * count),
                    gr_trace_take(t, sizeof *s->no_law * count),
                    gr_trace_take(t, sizeof *s->passed_over * count), out };
    out->claimed = s->claimed;
    out->unclaimed = s->unclaimed;
    out->no_law = s->no_law;
    out->passed_over = s->passed_over;
    return s->claimed && s->unclaimed && s->no_law && s->passed_over;
}

/* The claim to fill in; NULL when naming it is enough. */
static gr_explained_claim *sort_claim(tracing *s, const gr_claim *claim, gr_text id, sorting *to)
{
    if (!gr_claim_law(claim, s->share->day)) {
        to->no_law[to->out->no_law_count++] = id;
        return NULL;
    }
    if (claim->claimed && gr_condition_evaluate(claim->claimed, &s->facts, NULL) != GR_TRUE) {
        to->unclaimed[to->out->unclaimed_count++] = id;
        return NULL;
    }
    return &to->claimed[to->out->claimed_count++];
}

static void trace_exclusions(tracing *s, gr_explained_gift *out)
{
    const gr_rulebook *book = s->t->book;
    bool is_over = false;
    sorting to;

    if (!start_sorting(s->t, book->exclusion_count, &out->exclusions, &to))
        return;
    for (size_t i = 0; i < book->exclusion_count; i++) {
        const gr_exclusion *e = &book->exclusion[i];
        gr_explained_claim *claim;

        if (is_over) {
            to.passed_over[out->exclusions.passed_over_count++] = e->id;
            continue;
        }
        claim = sort_claim(s, &e->claim, e->id, &to);
        if (!claim)
            continue;
        *claim = (gr_explained_claim){ .id = e->id, .title = e->title };
        trace_claim(s, &e->claim, gr_trace_node(s->t, "exclusion", i), claim);
        claim->decides = s->ruling.exclusion == e;
        is_over = claim->answer == GR_ANSWER_TRUE;
    }
}

static void trace_duties(tracing *s, const gr_truth *broken, gr_explained_gift *out)
{
    const gr_rulebook *book = s->t->book;
    sorting to;

    if (!start_sorting(s->t, book->duty_count, &out->duties, &to))
        return;
    for (size_t i = 0; i < book->duty_count; i++) {
        const gr_duty *duty = &book->duty[i];
        const gr_node *node = gr_trace_node(s->t, "duty", i);
        gr_explained_claim *claim = sort_claim(s, &duty->claim, duty->id, &to);

        if (!claim)
            continue;
        *claim = (gr_explained_claim){ .id = duty->id,
                                       .title = duty->text,
                                       .freed = gr_node_attribute(node, "freed-by-exclusion"),
                                       .broken = (gr_answer)broken[i] };
        trace_claim(s, &duty->claim, node, claim);
    }
}

/* ---- the share ---- */

static void trace_when(tracing *s, const gr_limit *limit, gr_explained_gift *out)
{
    out->has_when = limit && limit->when;
    if (out->has_when)
        out->when = gr_trace_inside(
            s->t, limit->when, gr_trace_node(s->t, "limit", (size_t)(limit - s->t->book->limit)),
            "when", &s->facts);
}

static void name_share(const gr_traced *share, gr_trace *t, gr_explained_gift *out)
{
    gr_text texts[] = { gr_record_text(share->record, GR_F_ID),
                        gr_record_text(share->record, GR_F_GIVER_ID),
                        gr_record_text(share->record, GR_F_GIVER_NAME),
                        gr_recipient_text(share->recipient, GR_F_RECIPIENT_ID),
                        gr_recipient_text(share->recipient, GR_F_NAME),
                        gr_recipient_text(share->recipient, GR_F_EMPLOYER) };
    gr_text *to[] = { &out->id,           &out->giver_id,       &out->giver_name,
                      &out->recipient_id, &out->recipient_name, &out->recipient_employer };

    for (size_t i = 0; i < GR_COUNT(to); i++)
        *to[i] = gr_trace_print(t, gr_arena_copy(t->arena, texts[i]));
    out->day = share->day;
}

/* Duties in the order of the rulebook, as a tally asks for them. */
static gr_truth *ask_duties(tracing *s)
{
    const gr_rulebook *book = s->t->book;
    gr_truth *broken = gr_trace_take(s->t, sizeof *broken * book->duty_count);
    const gr_condition *open;

    for (size_t i = 0; broken && i < book->duty_count; i++)
        broken[i] =
            gr_ruling_breaks(book, &book->duty[i], &s->ruling, &s->facts, s->share->day, &open);
    return broken;
}

gr_truth gr_trace_share(gr_trace *t, const gr_traced *share, const gr_limit *limit,
                        gr_ruling *ruling, gr_explained_gift *out)
{
    tracing s;
    gr_truth scope;
    const gr_truth *broken;
    gr_facts before_worth;

    start(t, share, &s);
    memset(out, 0, sizeof *out);
    name_share(share, t, out);
    trace_facts(&s, out);
    scope = rule(&s, share->day);
    out->is_in_scope = scope != GR_FALSE;
    broken = out->is_in_scope ? ask_duties(&s) : NULL;
    trace_scope(&s, out);
    if (!broken)
        return scope;
    trace_presumptions(&s, limit ? s.ruling.leaned : s.facts.leaned, out);
    before_worth = s.facts;
    before_worth.has_worth = false;
    gr_trace_worth(t, &before_worth, &s.parts, share->day, out);
    trace_exclusions(&s, out);
    trace_duties(&s, broken, out);
    trace_when(&s, limit, out);
    trace_missing(&s, out);
    out->counting = counting_of(&s.ruling);
    out->counts = s.counts;
    memcpy(ruling, &s.ruling, sizeof *ruling);
    return scope;
}

gr_explained_day gr_trace_day(gr_trace *t, const gr_traced *share, gr_day day)
{
    gr_explained_day out = { .day = day, .counting = GR_COUNTING_NOTHING, .worth = { 0, 0, 1 } };
    tracing s;

    start(t, share, &s);
    if (rule(&s, day) == GR_FALSE || !s.has_sum)
        return out;
    out.counting = counting_of(&s.ruling);
    out.worth = s.counts;
    return out;
}

gr_text gr_trace_left_out(gr_trace *t, const gr_traced *share, const gr_limit *limit)
{
    uint16_t bit = (uint16_t)(1u << (limit - t->book->limit));
    tracing s;

    start(t, share, &s);
    if (rule(&s, share->day) == GR_FALSE)
        return gr_trace_print(
            t, gr_arena_print(t->arena, "not among the %.*s", GR_ALL(t->book->scope->title)));
    if (s.ruling.treatment == GR_EXCLUDED)
        return gr_trace_print(t, gr_arena_print(t->arena, "excluded: %.*s (%.*s)",
                                                GR_ALL(s.ruling.exclusion->title),
                                                GR_ALL(s.ruling.law->clause)));
    if (s.has_sum && !((s.ruling.limits_in | s.ruling.limits_open) & bit))
        return GR_TEXT("this limit does not add it up");
    if (!s.has_sum)
        return GR_TEXT("the rulebook adds nothing up on its day");
    return GR_TEXT("it is worth nothing");
}
