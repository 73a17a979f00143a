/* src/reconcile/seen.c - what is kept of a record as it comes in. Of a gift of the log that is a few numbers, since most
 * runs have nothing else; an expense, or a record with a number of another system, has a detail beside. */
#include "base/digest.h"
#include "reconcile/matching.h"

#include <string.h>

/* On these the value of a gift hangs. The more of them a record states, the better documented it is. The payer is the
 * first: GR_KNOWS_PAYER. */
static const gr_fact value_facts[GR_VALUE_FACTS] = {
    GR_F_PAYER,      GR_F_REIMBURSED, GR_F_KIND,         GR_F_QUANTITY, GR_F_COST,
    GR_F_COST_TAX,   GR_F_TAX,        GR_F_DELIVERY,     GR_F_FEE,      GR_F_MARKET_VALUE,
    GR_F_FACE_VALUE, GR_F_OCCASION,   GR_F_RELATIONSHIP, GR_F_LOGO,     GR_F_HOST_PRESENT,
    GR_F_SHARERS,    GR_F_SHARE,
};

const char *gr_value_fact_name(unsigned bit, gr_fact_prose *prose)
{
    return gr_fact_prose_find(gr_text_of(gr_fact_get(value_facts[bit])->name), prose) ? prose->noun
                                                                                      : "";
}

/* Shares are known when each of several recipients has one. */
static bool are_shares_known(const gr_record *record)
{
    size_t known = 0;

    for (size_t i = 0; i < record->recipient_count; i++)
        known += gr_recipient_knows(&record->recipient[i], GR_F_SHARE);
    return known == record->recipient_count && known > 1;
}

/* The kind of an expense is found out from it, and no document of its own. */
static bool is_stated(const gr_record *record, gr_fact fact, gr_record_kind exported)
{
    if (fact == GR_F_SHARE)
        return are_shares_known(record);
    return gr_record_knows(record, fact) && (fact != GR_F_KIND || exported != GR_RECORD_EXPENSE);
}

static uint32_t known_facts(const gr_record *record, gr_record_kind exported)
{
    uint32_t known = 0;

    for (unsigned i = 0; i < GR_VALUE_FACTS; i++)
        known |= (uint32_t)is_stated(record, value_facts[i], exported) << i;
    return known;
}

/* ---- amounts ---- */

typedef struct pricing {
    const gr_record *record;
    const gr_rate *rate; /* NULL: the amounts are in the policy's currency */
    bool has_no_rate;
} pricing;

static pricing price(const gr_ruleset *set, const gr_record *record)
{
    gr_text currency = gr_record_text(record, GR_F_CURRENCY);
    pricing p = { .record = record };

    if (currency.len == 0 || gr_text_equal(currency, set->policy.currency))
        return p;
    p.rate = gr_record_knows(record, GR_F_DATE)
                 ? gr_rates_find(&set->rates, currency, set->policy.currency,
                                 (gr_day)record->value[GR_F_DATE].number)
                 : NULL;
    p.has_no_rate = !p.rate;
    return p;
}

/* Adds an amount, if it is stated, in the policy's currency. False: its worth cannot be told. */
static bool add(const pricing *p, const gr_value *value, gr_amount *sum)
{
    gr_amount amount;
    int64_t den;

    if (!value)
        return true;
    amount = value->amount;
    if (p->rate && /* a rate of 1.25 is kept as 125 hundredths */
        (__builtin_mul_overflow(p->rate->value.den, 100, &den) ||
         !gr_amount_multiply(amount, p->rate->value.num, den, &amount)))
        return false;
    return !p->has_no_rate && gr_amount_add(*sum, amount, sum);
}

static bool add_fact(const pricing *p, gr_fact fact, gr_amount *sum)
{
    return add(p, gr_record_find(p->record, NULL, fact), sum);
}

static bool add_shares(const pricing *p, gr_amount *sum)
{
    for (size_t i = 0; i < p->record->recipient_count; i++) {
        const gr_recipient *one = &p->record->recipient[i];

        if (!gr_recipient_knows(one, GR_F_SHARE) ||
            !add(p, gr_record_find(p->record, one, GR_F_SHARE), sum))
            return false;
    }
    return p->record->recipient_count > 0;
}

static uint32_t cents(gr_amount amount)
{
    gr_wide whole = ((gr_wide)amount.num + amount.den - 1) / amount.den;

    return whole < GR_CENTS_UNKNOWN ? (uint32_t)whole : GR_CENTS_UNKNOWN;
}

static bool is_tax_included(const gr_record *record)
{
    return gr_record_knows(record, GR_F_COST_TAX) &&
           record->value[GR_F_COST_TAX].number == GR_COST_TAX_INCLUDED;
}

/* What it cost, read in both ways: an expense that was posted with tax is compared with a cost that is logged without. */
static void find_amounts(const gr_ruleset *set, const gr_record *record, gr_seen *out)
{
    pricing p = price(set, record);
    gr_amount cost = { 0, 1 }, extra = { 0, 1 }, part = { 0, 1 }, most;
    bool has_cost =
        gr_record_knows(record, GR_F_COST) ? add_fact(&p, GR_F_COST, &cost) : add_shares(&p, &cost);

    out->least = out->most = GR_CENTS_UNKNOWN;
    if (!has_cost || !add_fact(&p, GR_F_TAX, &part) || !add_fact(&p, GR_F_DELIVERY, &part))
        return;
    extra = part;
    if (!add_fact(&p, GR_F_FEE, &extra))
        return;
    if (is_tax_included(record)) {
        out->most = cents(cost);
        if (!gr_amount_subtract(cost, part, &cost) || cost.num < 0)
            cost = (gr_amount){ 0, 1 };
        out->least = out->most == GR_CENTS_UNKNOWN ? out->most : cents(cost);
    } else if (gr_amount_add(cost, extra, &most)) {
        out->most = cents(most);
        out->least = out->most == GR_CENTS_UNKNOWN ? out->most : cents(cost);
    }
}

/* ---- numbers of other systems ---- */

gr_text gr_number_text(const gr_reconciliation *r, uint32_t at)
{
    return at ? gr_text_of(GR_AT(r->text, char, at)) : GR_TEXT("");
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool gr_number_equal(gr_text a, gr_text b)
{
    size_t i = 0;

    while (i < a.len && i < b.len && upper(a.ptr[i]) == upper(b.ptr[i]))
        i++;
    return i == a.len && i == b.len;
}

uint64_t gr_number_hash(gr_text number)
{
    char piece[64];
    uint64_t hash = 11;

    for (size_t from = 0; from < number.len; from += sizeof piece) {
        gr_text part = gr_text_slice(number, from, from + sizeof piece);

        for (size_t i = 0; i < part.len; i++)
            piece[i] = upper(part.ptr[i]);
        hash = gr_hash((gr_text){ piece, part.len }, hash);
    }
    return hash;
}

static bool keep_text(gr_reconciliation *r, gr_text text, uint32_t *at)
{
    static const char end = '\0';

    if (r->text.count == 0 && !gr_list_push(&r->text, &end)) /* place 0 means: none */
        return false;
    if (r->text.count > UINT32_MAX / 2 || !gr_list_reserve(&r->text, text.len + 1))
        return false;
    *at = (uint32_t)r->text.count;
    memcpy((char *)r->text.items + r->text.count, text.ptr, text.len);
    r->text.count += text.len;
    return gr_list_push(&r->text, &end);
}

static gr_text find_in_texts(const gr_ruleset *set, const gr_record *record, gr_fact number)
{
    const gr_reconciling *rules = &set->reconciling;
    gr_text found;

    for (size_t i = 0; i < rules->number_count; i++) {
        const gr_number_pattern *p = &rules->number[i];

        if (p->number == number && gr_record_knows(record, p->in) &&
            gr_pattern_find(p->pattern, gr_record_text(record, p->in), &found) == GR_MATCH_YES)
            return gr_text_trim(found);
    }
    return GR_TEXT("");
}

/* What is stated goes before what is found; only texts of expenses are searched: a log has a field for it. */
static bool note_number(gr_reconciliation *r, const gr_record *record, gr_fact fact,
                        bool is_searched, uint32_t *at, bool *is_found)
{
    gr_text number = gr_text_trim(gr_record_text(record, fact));

    if (number.len == 0 && is_searched) {
        number = find_in_texts(r->set, record, fact);
        *is_found = number.len > 0;
    }
    return number.len == 0 || keep_text(r, number, at);
}

/* ---- what would be broken, were it in no record ---- */

bool gr_asks_whether_recorded(const gr_condition *c)
{
    bool asks = c && c->kind >= GR_CONDITION_IS && c->kind <= GR_CONDITION_UNKNOWN &&
                c->fact == GR_F_RECORDED;

    for (const gr_condition *child = c && c->kind <= GR_CONDITION_NOT ? c->first : NULL;
         child && !asks; child = child->next)
        asks = gr_asks_whether_recorded(child);
    return asks;
}

static void try_duty(const gr_reconciliation *r, const gr_record *record, size_t place,
                     uint16_t book, uint16_t duty, uint32_t recipient, gr_breach *worst)
{
    const gr_rulebook *b = &r->set->book[book];
    gr_parts parts = gr_parts_of(record);
    gr_day day = (gr_day)record->value[GR_F_DATE].number;
    gr_breach breach = { .gift = worst->gift, .recipient = recipient, .book = book, .duty = duty };
    gr_ruling ruling;
    gr_facts facts;
    gr_span span;
    bool counts;

    memset(&facts, 0, sizeof facts);
    facts.record = record;
    facts.recipient = &record->recipient[place];
    if (gr_ruling_make(r->set, b, &facts, &parts, day, &counts, &span, &ruling) == GR_FALSE)
        return;
    breach.truth = gr_ruling_breaks(b, &b->duty[duty], &ruling, &facts, day, &breach.open);
    if (breach.truth > worst->truth)
        *worst = breach;
}

/* By every rulebook that asks for a record, as if it were known that there is none: exclusions that need no record are
 * looked at by the same functions that judge. */
static void find_duty(const gr_reconciliation *r, const gr_record *record, uint32_t gift,
                      const uint32_t *recipient, gr_breach *out)
{
    gr_record unrecorded = *record;

    *out = (gr_breach){ .gift = gift, .duty = GR_NO_LAW, .book = GR_NO_BOOK, .truth = GR_FALSE };
    if (gr_record_knows(record, GR_F_RECORDED) || !gr_record_knows(record, GR_F_DATE))
        return;
    gr_record_set(&unrecorded, NULL, GR_F_RECORDED, (gr_value){ .number = GR_NO });
    for (uint16_t b = 0; b < r->set->book_count; b++)
        for (uint16_t d = 0; d < r->set->book[b].duty_count; d++)
            for (size_t i = 0; gr_asks_whether_recorded(r->set->book[b].duty[d].claim.claimed) &&
                               i < record->recipient_count;
                 i++)
                try_duty(r, &unrecorded, i, b, d, recipient[i], out);
}

/* ---- taking a record in ---- */

static gr_system system_of(gr_record_kind exported)
{
    switch (exported) {
    case GR_RECORD_GIFT:
        return GR_SYSTEM_LOG;
    case GR_RECORD_EXPENSE:
        return GR_SYSTEM_EXPENSES;
    case GR_RECORD_APPROVAL:
        return GR_SYSTEM_APPROVALS;
    default:
        return GR_SYSTEM_NONE;
    }
}

static uint64_t own_people(const gr_record *record)
{
    uint64_t own = 0;

    for (size_t i = 0; i < record->recipient_count && i < 64; i++) {
        const gr_value *kind = gr_record_find(record, &record->recipient[i], GR_F_EMPLOYER_KIND);

        if (kind && gr_text_is(gr_fact_word_get(GR_F_EMPLOYER_KIND, kind->number), "own-firm"))
            own |= (uint64_t)1 << i;
    }
    return own;
}

static bool needs_detail(const gr_detail *d, gr_system system)
{
    return system != GR_SYSTEM_LOG || d->approval || d->reference || d->own;
}

static bool note_detail(gr_reconciliation *r, const gr_record *record, gr_system system,
                        uint32_t gift, const uint32_t *recipient, gr_seen *seen)
{
    bool is_searched = system == GR_SYSTEM_EXPENSES;
    gr_detail d = { .gift = gift,
                    .texts_before = (uint32_t)r->text.count,
                    .own = own_people(record),
                    .has_end = gr_record_knows(record, GR_F_ENDS) };

    if (!note_number(r, record, GR_F_APPROVAL, is_searched, &d.approval, &d.is_approval_found) ||
        !note_number(r, record, GR_F_REFERENCE, is_searched, &d.reference, &d.is_reference_found))
        return false;
    if (!needs_detail(&d, system))
        return true;
    d.ends = d.has_end ? (gr_day)record->value[GR_F_ENDS].number : 0;
    if (system == GR_SYSTEM_EXPENSES && record->kind == GR_RECORD_GIFT)
        find_duty(r, record, gift, recipient, &d.duty);
    seen->detail = (uint32_t)r->detail.count + 1;
    return gr_list_push(&r->detail, &d);
}

gr_status gr_reconciliation_take(gr_reconciliation *r, const gr_record *record,
                                 gr_record_kind exported, uint32_t gift, const uint32_t *recipient,
                                 gr_error *err)
{
    gr_system system = system_of(exported);
    const gr_value *payer = gr_record_find(record, NULL, GR_F_PAYER);
    gr_seen seen = { .system = (unsigned)system & 3,
                     .is_firm_paid =
                         payer && gr_text_is(gr_fact_word_get(GR_F_PAYER, payer->number), "firm"),
                     .known = known_facts(record, exported) & ((1u << GR_VALUE_FACTS) - 1) };

    if (system != GR_SYSTEM_NONE) {
        find_amounts(r->set, record, &seen);
        if (!note_detail(r, record, system, gift, recipient, &seen))
            return gr_fail_memory(err);
    }
    if (!gr_list_push(&r->seen, &seen))
        return gr_fail_memory(err);
    r->taken[system]++;
    return GR_OK;
}

void gr_reconciliation_cut(gr_reconciliation *r, uint32_t gift_count)
{
    for (size_t i = gift_count; i < r->seen.count; i++)
        r->taken[gr_seen_of(r, (uint32_t)i)->system]--;
    gr_list_cut(&r->seen, gift_count);
    while (r->detail.count > 0) {
        const gr_detail *last = GR_AT(r->detail, gr_detail, r->detail.count - 1);

        if (last->gift < gift_count)
            break;
        gr_list_cut(&r->text, last->texts_before);
        gr_list_cut(&r->detail, r->detail.count - 1);
    }
}
