/* src/app/checker_largest.c - what else would be answered: at another cost, and if a missing fact were known. Each is tried
 * by judging once more; nothing is concluded. */
#include "app/checker_inside.h"

#include "base/bounds.h"

#include <string.h>

/* A cost that nobody asks about: what is approved even so has no limit. */
#define GR_HIGHEST_COST ((int64_t)100000000 * 100)

static gr_status try_cost(gr_checking *c, int64_t cents, bool *out, gr_error *err)
{
    gr_record copy = *c->planned;
    gr_clearance clearance = GR_DENIED;
    gr_status status;

    gr_record_set(&copy, NULL, GR_F_COST, (gr_value){ .amount = { cents, 1 } });
    status = gr_checking_try(c, &copy, &clearance, err);
    *out = clearance == GR_APPROVED;
    return status;
}

/* Mostly what is left, of as many as share it. */
static int64_t guess(const gr_checking *c, const gr_preapproval *out)
{
    int64_t least = -1;

    for (size_t i = 0; i < out->recipient_count; i++) {
        gr_amount left = out->recipient[i].before.possible;
        int64_t cents = left.num / left.den;

        if (out->recipient[i].has_allowance && (least < 0 || cents < least))
            least = cents;
    }
    return least < 0 ? -1 : least * (int64_t)c->planned->recipient_count;
}

/* low is approved, or nothing; high is not. */
static gr_status search(gr_checking *c, int64_t low, int64_t high, int64_t *out, gr_error *err)
{
    gr_status status = GR_OK;

    while (status == GR_OK && high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        bool is_approved;

        status = try_cost(c, middle, &is_approved, err);
        if (is_approved)
            low = middle;
        else
            high = middle;
    }
    *out = low;
    return status;
}

gr_status gr_checking_largest(gr_checking *c, gr_preapproval *out, gr_error *err)
{
    int64_t first = guess(c, out), low = 0, high = GR_HIGHEST_COST;
    bool fits = false, above = false;
    gr_status status = GR_OK;

    if (!gr_record_knows(c->planned, GR_F_COST))
        return GR_OK;
    if (first > 0 && first < GR_HIGHEST_COST) {
        status = try_cost(c, first, &fits, err);
        if (status == GR_OK && fits)
            status = try_cost(c, first + 1, &above, err);
        if (status == GR_OK && fits && !above)
            low = first, high = first + 1;
        else if (status == GR_OK)
            low = fits ? first + 1 : 0, high = fits ? GR_HIGHEST_COST : first;
    }
    if (status == GR_OK && high == GR_HIGHEST_COST) {
        status = try_cost(c, high, &above, err);
        if (status != GR_OK || above)
            return status; /* no limit is told */
    }
    if (status == GR_OK)
        status = search(c, low, high, &low, err);
    out->has_largest = status == GR_OK;
    out->largest = (gr_amount){ low, 1 };
    return status;
}

/* ---- missing facts ---- */

typedef struct asking {
    gr_checking *c;
    gr_fact_set of_gift;
    gr_fact_set *of_recipient; /* of each */
} asking;

static void note_fact(asking *a, gr_fact fact, uint32_t recipient)
{
    const gr_record *r = a->c->planned;

    if (fact >= GR_FACT_COUNT || gr_record_find(r, &r->recipient[recipient], fact))
        return;
    if (fact < GR_FACT_FIRST_OF_RECIPIENT)
        a->of_gift |= GR_FACT_BIT(fact);
    else
        a->of_recipient[recipient] |= GR_FACT_BIT(fact);
}

static void note_condition(asking *a, const gr_condition *condition, uint32_t recipient)
{
    if (!condition)
        return;
    for (const gr_condition *k = condition->first; k; k = k->next)
        note_condition(a, k, recipient);
    if (condition->kind != GR_CONDITION_FIRM && condition->kind != GR_CONDITION_JUDGMENT &&
        !condition->first)
        note_fact(a, (gr_fact)condition->fact, recipient);
}

static uint32_t place_of(const asking *a, uint32_t recipient)
{
    for (uint32_t i = 0; i < a->c->planned->recipient_count; i++)
        if (a->c->recipient[i] == recipient)
            return i;
    return 0;
}

static void collect(asking *a, uint32_t gift)
{
    const gr_tally *tally = a->c->intake.tally;

    for (size_t b = 0; b < tally->set->book_count; b++) {
        size_t count;
        const gr_entry *entry = gr_tally_entries(tally, b, gift, &count);

        for (size_t i = 0; i < count; i++) {
            const gr_ruling *r = GR_AT(tally->ruling, gr_ruling, entry[i].ruling);
            uint32_t place = place_of(a, entry[i].recipient);

            for (int f = 0; f < GR_FACT_COUNT; f++)
                if (r->missing & GR_FACT_BIT(f))
                    note_fact(a, (gr_fact)f, place);
            note_condition(a, r->open, place);
            note_condition(a, r->when_open, place);
        }
    }
    for (size_t i = 0; i < tally->breach.count; i++) {
        const gr_breach *breach = GR_AT(tally->breach, gr_breach, i);

        if (breach->gift == gift)
            note_condition(a, breach->open, place_of(a, breach->recipient));
    }
}

/* The gift, with one fact more. */
static gr_status try_fact(gr_checking *c, gr_fact fact, uint32_t place, int64_t word,
                          gr_clearance *out, gr_error *err)
{
    gr_record copy = *c->planned;
    gr_recipient *recipients =
        gr_arena_alloc(c->arena, sizeof *recipients * (copy.recipient_count + 1));

    if (!recipients)
        return gr_fail_memory(err);
    memcpy(recipients, copy.recipient, sizeof *recipients * copy.recipient_count);
    copy.recipient = recipients;
    gr_record_set(&copy, &recipients[place], fact, (gr_value){ .number = word });
    return gr_checking_try(c, &copy, out, err);
}

static gr_status ask_fact(gr_checking *c, gr_fact fact, uint32_t place, gr_missing_fact *out,
                          gr_error *err)
{
    gr_if_known *would;
    gr_status status = GR_OK;
    size_t words = 0;

    *out = (gr_missing_fact){ fact, place, gr_text_of(gr_fact_get(fact)->question), NULL, 0 };
    if (gr_fact_get(fact)->type != GR_FACT_WORD)
        return GR_OK;
    while (gr_fact_word_get(fact, (int64_t)words).len > 0)
        words++;
    would = gr_arena_alloc(c->arena, sizeof *would * (words + 1));
    if (!would)
        return gr_fail_memory(err);
    for (size_t w = 0; status == GR_OK && w < words; w++) {
        would[w].value = gr_fact_word_get(fact, (int64_t)w);
        status = try_fact(c, fact, place, (int64_t)w, &would[w].clearance, err);
    }
    out->would = would;
    out->would_count = words;
    return status;
}

gr_status gr_checking_missing(gr_checking *c, uint32_t gift, gr_preapproval *out, gr_error *err)
{
    size_t recipients = c->planned->recipient_count, most;
    asking a = { .c = c };
    gr_missing_fact *all;
    gr_status status = GR_OK;

    a.of_recipient = gr_arena_zero(c->arena, sizeof *a.of_recipient * (recipients + 1));
    if (!a.of_recipient)
        return gr_fail_memory(err);
    collect(&a, gift);
    most = GR_FACT_COUNT * (recipients + 1);
    all = gr_arena_alloc(c->arena, sizeof *all * most);
    if (!all)
        return gr_fail_memory(err);
    gr_checking_undo(c, gift);
    for (int f = 0; status == GR_OK && f < GR_GIFT_FACT_COUNT; f++)
        if (a.of_gift & GR_FACT_BIT(f))
            status = ask_fact(c, (gr_fact)f, 0, &all[out->missing_count++], err);
    for (uint32_t i = 0; i < recipients; i++)
        for (int f = GR_FACT_FIRST_OF_RECIPIENT; status == GR_OK && f < GR_FACT_COUNT; f++)
            if (a.of_recipient[i] & GR_FACT_BIT(f))
                status = ask_fact(c, (gr_fact)f, i, &all[out->missing_count++], err);
    out->missing = all;
    return status;
}
