/* tests/property/claims.h - what a rulebook does with the silence of a record, read off the compiled rulebook: so a new
 * rule is under the laws of test_forgetting.c without anybody naming its facts.
 *
 * A fact that is forgotten leaves a condition unknown, and what follows is wider, never narrower. That is the law, and
 * these are its exceptions, each of them by design:
 * - a claim must hold by facts that are stated. A scope or a duty without its claim is silent: less is found (it accuses).
 *   An exclusion without its claim does not apply: more is found, and for sure (it excuses).
 * - what is presumed stands in for what is not stated: no law for the fact itself.
 * - known="yes" and known="no" ask for the silence itself; so does an amount with the word absent: no law.
 * - what the engine takes for nothing where it is not stated: a fee, tax and delivery that a rule adds to the cost, and
 *   the part that cost-tax="included" leaves in it (it accuses or excuses); the quantity of one piece (it excuses).
 * A part of a condition that is false whatever the forgotten fact was is passed over. */
#ifndef GR_TESTS_CLAIMS_H
#define GR_TESTS_CLAIMS_H

#include "court.h"

typedef struct facts_used {
    gr_fact_set all;   /* bit: fact that the conditions look at */
    gr_fact_set known; /* of which they ask whether it is stated */
    bool computed;     /* they look at the worth */
} facts_used;

#define BIT GR_FACT_BIT

static gr_fact_set bit_of(const char *name)
{
    gr_fact fact = gr_fact_find(gr_text_of(name));

    assert_int_not_equal(fact, GR_FACT_NONE);
    return BIT(fact);
}

/* ---- what a made gift states, in the engine's words ---- */

static const made_fact *stated_fact(made_gift *gift, made_recipient *person, gr_fact fact)
{
    const char *name = gr_fact_get(fact)->name;
    const made_fact *f = find_fact(gift->fact, gift->count, name);

    return f ? f : find_fact(person->fact, person->count, name);
}

/* Is a leaf false, whatever is forgotten beside it? */
static bool is_shut_leaf(const gr_condition *c, made_gift *gift, made_recipient *person)
{
    const made_fact *f;

    if (c->fact >= GR_FACT_COUNT)
        return false;
    f = stated_fact(gift, person, (gr_fact)c->fact);
    if (c->kind == GR_CONDITION_IS && f)
        return !(c->words >> gr_fact_word_find((gr_fact)c->fact, gr_text_of(f->value)) & 1);
    return c->kind == GR_CONDITION_UNKNOWN ? f != NULL : c->kind == GR_CONDITION_KNOWN && !f;
}

static bool is_shut(const gr_condition *c, gr_fact_set forgotten, made_gift *gift,
                    made_recipient *person)
{
    for (const gr_condition *child = c->first; c->kind == GR_CONDITION_ALL && child;
         child = child->next)
        if (child->fact < GR_FACT_COUNT && !(BIT(child->fact) & forgotten) &&
            is_shut_leaf(child, gift, person))
            return true;
    return false;
}

static void look_through(const gr_condition *c, gr_fact_set forgotten, made_gift *gift,
                         made_recipient *person, facts_used *out)
{
    if (!c || is_shut(c, forgotten, gift, person))
        return;
    for (const gr_condition *child = c->first; child; child = child->next)
        look_through(child, forgotten, gift, person, out);
    if (c->first)
        return;
    if (c->fact < GR_FACT_COUNT)
        out->all |= BIT(c->fact);
    else if (c->fact == GR_COMPUTED_WORTH || c->fact == GR_COMPUTED_UNIT_WORTH)
        out->computed = true;
    if (c->fact < GR_FACT_COUNT &&
        (c->kind == GR_CONDITION_KNOWN || c->kind == GR_CONDITION_UNKNOWN))
        out->known |= BIT(c->fact);
    if (c->other_fact != GR_FACT_NONE && c->kind == GR_CONDITION_BEFORE)
        out->all |= BIT(c->other_fact);
}

/* ---- what a rulebook makes of it ---- */

typedef struct standing { /* of a forgotten fact under a rulebook */
    bool accuses, excuses, no_law;
} standing;

typedef struct reading {
    const gr_rulebook *book;
    gr_fact_set forgotten;
    made_gift *gift;
    made_recipient *person;
    gr_day day;
} reading;

static facts_used used_by(const reading *r, const gr_condition *c)
{
    facts_used used = { 0 };

    look_through(c, r->forgotten, r->gift, r->person, &used);
    return used;
}

static bool is_known_asked(const reading *r)
{
    const gr_rulebook *b = r->book;
    gr_fact_set known = 0;

    if (b->scope)
        known |=
            used_by(r, b->scope->claim.claimed).known | used_by(r, b->scope->claim.provided).known;
    for (size_t i = 0; i < b->limit_count; i++)
        known |= used_by(r, b->limit[i].when).known;
    for (size_t i = 0; i < b->exclusion_count; i++)
        known |= used_by(r, b->exclusion[i].claim.claimed).known |
                 used_by(r, b->exclusion[i].claim.provided).known;
    for (size_t i = 0; i < b->duty_count; i++)
        known |= used_by(r, b->duty[i].claim.claimed).known |
                 used_by(r, b->duty[i].claim.provided).known;
    for (size_t i = 0; i < b->presumption_count; i++)
        if (!stated_fact(r->gift, r->person, b->presumption[i].fact))
            known |= used_by(r, b->presumption[i].when).known;
    return known & r->forgotten;
}

static bool is_presumed(const reading *r)
{
    for (size_t i = 0; i < r->book->presumption_count; i++)
        if (BIT(r->book->presumption[i].fact) & r->forgotten)
            return true;
    return false;
}

/* Amounts that a valuation does without, and whether it is stated at all. */
static bool is_valued_without(const reading *r, const gr_valuation *v)
{
    for (size_t i = 0; v && i < v->worth_count; i++) {
        if (v->worth[i].when && is_shut(v->worth[i].when, r->forgotten, r->gift, r->person))
            continue;
        if (v->worth[i].when && used_by(r, v->worth[i].when).known & r->forgotten)
            return true;
        for (size_t k = 0; k < v->worth[i].amount_count; k++)
            if (v->worth[i].amount[k].absent.len > 0 &&
                BIT(v->worth[i].amount[k].fact) & r->forgotten)
                return true;
    }
    return false;
}

static bool valued_without(const reading *r)
{
    for (size_t i = 0; i < r->book->valuation_count; i++)
        if (is_valued_without(r, &r->book->valuation[i]))
            return true;
    return false;
}

/* Facts of which the worth is made. */
static gr_fact_set worth_facts(const reading *r)
{
    gr_fact_set all = bit_of("cost") | bit_of("cost-tax") | bit_of("tax") | bit_of("delivery") |
                      bit_of("fee") | bit_of("quantity");

    for (size_t i = 0; i < r->book->valuation_count; i++) {
        const gr_valuation *v = &r->book->valuation[i];

        for (size_t k = 0; k < v->worth_count; k++) {
            all |= used_by(r, v->worth[k].when).all;
            for (size_t n = 0; n < v->worth[k].amount_count; n++)
                all |= BIT(v->worth[k].amount[n].fact);
        }
    }
    return all;
}

static bool adds_tax_or_delivery(const gr_rulebook *book)
{
    for (size_t i = 0; i < book->valuation_count; i++)
        if (!book->valuation[i].without_tax || !book->valuation[i].without_delivery)
            return true;
    return false;
}

static void read_amounts(const reading *r, standing *s)
{
    gr_fact_set parts = bit_of("tax") | bit_of("delivery");

    s->accuses = s->accuses || r->forgotten & bit_of("fee") ||
                 (r->forgotten & parts && adds_tax_or_delivery(r->book));
    s->excuses = s->excuses || r->forgotten & (bit_of("quantity") | bit_of("cost-tax")) ||
                 (r->forgotten & parts && find_fact(r->gift->fact, r->gift->count, "tax") &&
                  find_fact(r->gift->fact, r->gift->count, "delivery"));
}

static void read_claims(const reading *r, standing *s)
{
    const gr_rulebook *b = r->book;
    gr_fact_set worth = worth_facts(r);

    s->accuses = b->scope && used_by(r, b->scope->claim.claimed).all & r->forgotten;
    for (size_t i = 0; i < b->duty_count; i++)
        s->accuses = s->accuses || used_by(r, b->duty[i].claim.claimed).all & r->forgotten;
    for (size_t i = 0; i < b->exclusion_count; i++) {
        facts_used claim = used_by(r, b->exclusion[i].claim.claimed);

        s->excuses =
            s->excuses || claim.all & r->forgotten || (claim.computed && worth & r->forgotten);
    }
}

static inline standing standing_of(const gr_rulebook *book, const char *fact, made_gift *gift,
                                   made_recipient *person)
{
    reading r = { .book = book, .forgotten = bit_of(fact), .gift = gift, .person = person };
    standing s = { .no_law = is_presumed(&r) || is_known_asked(&r) || valued_without(&r) };

    read_claims(&r, &s);
    read_amounts(&r, &s);
    return s;
}

#endif
