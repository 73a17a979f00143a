/* src/reconcile/misfits.c - what does not fit between gift log and expenses. Nothing is found without evidence that the
 * other system was there at all: an expense is missing in the log only on days of which the log has gifts; a gift is
 * missing among the expenses only where its giver's expenses reach well around its day. */
#include "reconcile/misfit.h"
#include "reconcile/nearest.h"

typedef struct comparing {
    gr_reconciliation *r;
    const gr_subject *subject;
    gr_arena *arena;
    gr_unmatched logs, expenses;
    gr_table log_numbers; /* records of the log by their own numbers; made when one is cited */
} comparing;

/* ---- what was not matched ---- */

static bool find_nearest(comparing *c, uint32_t record, uint32_t *out)
{
    bool is_expense = gr_seen_of(c->r, record)->system == GR_SYSTEM_EXPENSES;
    gr_unmatched *among = is_expense ? &c->logs : &c->expenses;

    if (!among->is_made &&
        !gr_unmatched_make(c->r, is_expense ? GR_SYSTEM_LOG : GR_SYSTEM_EXPENSES, among))
        return false;
    return gr_nearest_find(c->r, among, record, out);
}

/* Adds "; the nearest is G-0042: 3 days later, 20.00 less" to the reason, and the record to what is shown. */
static bool add_nearest(comparing *c, gr_misfit *misfit)
{
    uint32_t nearest;
    gr_text difference;

    if (!find_nearest(c, misfit->record, &nearest))
        return false;
    if (nearest == GR_NONE)
        return true;
    difference = gr_words_difference(c->r, misfit->record, nearest, c->arena);
    if (!difference.ptr)
        return false;
    misfit->reason =
        gr_arena_print(c->arena, "%.*s; the nearest is %.*s: %.*s", GR_ALL(misfit->reason),
                       GR_SHOW(gr_tally_id(c->r->tally, nearest)), GR_ALL(difference));
    gr_misfit_show(c->r, c->subject, misfit, nearest, GR_TEXT("the nearest; not matched"));
    return misfit->reason.ptr != NULL;
}

/* ---- a gift in several expenses ---- */

static bool number_logs(comparing *c)
{
    if (c->log_numbers.count > 0)
        return true;
    for (uint32_t i = 0; i < c->r->seen.count; i++)
        if (gr_is_alive(c->r, i, GR_SYSTEM_LOG) &&
            !gr_table_put(&c->log_numbers, gr_number_hash(gr_tally_id(c->r->tally, i)), i))
            return false;
    return true;
}

/* The record of the log of the same giver whose number the expense names, though that one was matched with another: a text
 * may look like a number by chance. GR_NONE: none. */
static bool find_cited(comparing *c, uint32_t expense, uint32_t *out)
{
    gr_text number = gr_number_text(c->r, gr_detail_of(c->r, expense)->reference);
    size_t cursor = 0;
    uint32_t log;

    *out = GR_NONE;
    if (number.len == 0)
        return true;
    if (!number_logs(c))
        return false;
    while ((log = gr_table_find(&c->log_numbers, gr_number_hash(number), &cursor)) != GR_NONE)
        if (gr_number_equal(gr_tally_id(c->r->tally, log), number) && gr_is_matched(c->r, log) &&
            gr_giver_of(c->r, log) == gr_giver_of(c->r, expense) &&
            (*out == GR_NONE || gr_record_order(c->r, log, *out) < 0))
            *out = log;
    return true;
}

/* What names a record that is there may be a part of that gift: whether it is one more nobody can say but a person. */
static bool add_cited(comparing *c, gr_misfit *misfit, uint32_t cited)
{
    gr_text id = gr_tally_id(c->r->tally, cited);

    if (misfit->verdict > GR_NEEDS_REVIEW)
        misfit->verdict = GR_NEEDS_REVIEW;
    misfit->reason = gr_arena_print(
        c->arena, "%.*s; it names the record %.*s, which was matched with another expense",
        GR_ALL(misfit->reason), GR_SHOW(id));
    misfit->question = gr_arena_print(
        c->arena, "Is it a part of the gift %.*s, or a gift of its own?", GR_SHOW(id));
    gr_misfit_show(c->r, c->subject, misfit, cited, GR_TEXT("the record that is named"));
    return misfit->reason.ptr && misfit->question.ptr;
}

/* The rulebook that asks for a record says how grave it is, and where that stands. */
static void judge_by_duty(const gr_reconciliation *r, const gr_breach *breach, gr_misfit *misfit)
{
    const gr_duty *duty = &r->set->book[breach->book].duty[breach->duty];
    const gr_law *law = gr_claim_law(&duty->claim, gr_gift_of(r, misfit->record)->day);

    misfit->verdict = duty->verdict;
    misfit->clause = law ? law->clause : duty->claim.law[0].clause;
    if (breach->truth == GR_TRUE)
        return;
    if (duty->verdict > GR_NEEDS_REVIEW)
        misfit->verdict = GR_NEEDS_REVIEW;
    misfit->question = breach->open ? gr_condition_question(breach->open)
                                    : GR_TEXT("Is it a gift of which the rule asks for a record?");
}

static bool asks_anybody_for_records(const gr_reconciliation *r, const gr_detail *d)
{
    for (size_t b = 0; b < r->set->book_count; b++)
        for (size_t i = 0; i < r->set->book[b].duty_count; i++)
            if (gr_asks_whether_recorded(r->set->book[b].duty[i].claim.claimed))
                return true;
    return d->duty.truth > GR_FALSE;
}

/* Outside of the days of the log nothing is said: that log was not here. The count tells how many there are. */
static bool tell_not_logged(comparing *c, uint32_t expense)
{
    gr_reconciliation *r = c->r;
    const gr_detail *d = gr_detail_of(r, expense);
    gr_day day = gr_gift_of(r, expense)->day;
    gr_misfit misfit = gr_misfit_of(r, GR_MISMATCH_NOT_LOGGED, expense);
    gr_text about, people;
    uint32_t cited;

    if (r->alive[GR_SYSTEM_LOG] == 0 || day < r->log.first || day > r->log.last)
        return true;
    if (d->duty.truth > GR_FALSE)
        judge_by_duty(r, &d->duty, &misfit);
    else if (asks_anybody_for_records(r, d))
        return true; /* excluded, or known to be recorded: nobody asks for a record of it */
    about = gr_words_record(r, expense, c->arena);
    people = gr_words_people(r, expense, c->arena);
    if (!about.ptr || !people.ptr || !find_cited(c, expense, &cited))
        return false;
    misfit.reason =
        gr_arena_print(c->arena, "The gift log does not have %.*s%s%.*s%s", GR_ALL(about),
                       gr_text_is(people, "nobody") ? ", which names " : " to ", GR_ALL(people),
                       d->duty.truth == GR_UNKNOWN
                           ? "; whether the rule asks for a record of it hangs on a missing fact"
                           : "");
    gr_misfit_show(r, c->subject, &misfit, expense, GR_TEXT("in no record of the gift log"));
    return misfit.reason.ptr &&
           (cited != GR_NONE ? add_cited(c, &misfit, cited) : add_nearest(c, &misfit)) &&
           gr_misfit_tell(r, c->subject, &misfit);
}

/* The expense may be as far from the gift as match-days allows, and must still be of days that were exported. */
static bool is_covered(const gr_reconciliation *r, uint32_t log)
{
    gr_days days = r->expenses[gr_giver_of(r, log)];
    gr_day day = gr_gift_of(r, log)->day;

    return day - r->set->policy.match_days >= days.first &&
           day + r->set->policy.match_days <= days.last;
}

static bool tell_not_expensed(comparing *c, uint32_t log)
{
    gr_reconciliation *r = c->r;
    gr_misfit misfit = gr_misfit_of(r, GR_MISMATCH_NOT_EXPENSED, log);
    gr_text about;
    char first[GR_DAY_TEXT], last[GR_DAY_TEXT];
    gr_days days;

    if (!gr_seen_of(r, log)->is_firm_paid || !is_covered(r, log))
        return true;
    days = r->expenses[gr_giver_of(r, log)];
    about = gr_words_record(r, log, c->arena);
    if (!about.ptr)
        return false;
    misfit.reason = gr_arena_print(
        c->arena,
        "The firm paid %.*s by the gift log, and the expenses of %.*s from %s to %s do "
        "not have it",
        GR_ALL(about), GR_SHOW(gr_words_giver(r, log)), gr_day_print(days.first, first),
        gr_day_print(days.last, last));
    gr_misfit_show(r, c->subject, &misfit, log, GR_TEXT("paid by the firm, and never expensed"));
    return misfit.reason.ptr && add_nearest(c, &misfit) && gr_misfit_tell(r, c->subject, &misfit);
}

/* ---- what was matched ---- */

static void show_both(comparing *c, gr_misfit *misfit, uint32_t log, uint32_t expense)
{
    bool is_log_first = gr_is_first(c->r, log);

    gr_misfit_show(c->r, c->subject, misfit, log,
                   is_log_first ? GR_TEXT("by the gift log: so it counts")
                                : GR_TEXT("by the gift log"));
    gr_misfit_show(c->r, c->subject, misfit, expense, gr_words_means(c->r, expense, c->arena));
}

static const char *which_counts(const comparing *c, uint32_t log)
{
    return gr_is_first(c->r, log) ? "it counts as the gift log has it"
                                  : "it counts as the expense has it";
}

static uint32_t counting(const comparing *c, uint32_t log, uint32_t expense)
{
    return gr_is_first(c->r, log) ? log : expense;
}

static bool tell_amounts(comparing *c, uint32_t log, uint32_t expense)
{
    gr_reconciliation *r = c->r;
    const gr_seen *l = gr_seen_of(r, log), *e = gr_seen_of(r, expense);
    gr_misfit misfit = gr_misfit_of(r, GR_MISMATCH_AMOUNT_DIFFERS, counting(c, log, expense));
    char least[GR_MONEY_TEXT], most[GR_MONEY_TEXT], paid[GR_MONEY_TEXT], gap[GR_MONEY_TEXT];
    bool has_more = l->most > l->least;

    if (gr_gap(r, log, expense) == GR_CENTS_UNKNOWN || gr_amounts_fit(r, log, expense))
        return true;
    misfit.reason = gr_arena_print(
        c->arena, "The gift log states %s %s%s%s%s, the expense %.*s %s: %s %s; %s",
        gr_cents_print(l->least, least), r->set->policy.currency.ptr,
        has_more ? ", with what came on top " : "", has_more ? gr_cents_print(l->most, most) : "",
        has_more ? " at most" : "", GR_SHOW(gr_tally_id(r->tally, expense)),
        gr_cents_print(e->least, paid), gr_cents_print(gr_gap(r, log, expense), gap),
        e->most < l->least ? "less" : "more", which_counts(c, log));
    show_both(c, &misfit, log, expense);
    return gr_misfit_tell(r, c->subject, &misfit);
}

static bool tell_recipients(comparing *c, uint32_t log, uint32_t expense)
{
    gr_reconciliation *r = c->r;
    gr_misfit misfit = gr_misfit_of(r, GR_MISMATCH_RECIPIENT_DIFFERS, counting(c, log, expense));
    gr_text logged, expensed;
    gr_common people;

    if (!gr_common_find(r, log, expense, &people))
        return false;
    if (people == GR_COMMON_SAME || people == GR_COMMON_UNNAMED)
        return true; /* who names nobody says nothing else */
    logged = gr_words_people(r, log, c->arena);
    expensed = gr_words_people(r, expense, c->arena);
    if (!logged.ptr || !expensed.ptr)
        return false;
    misfit.reason = gr_arena_print(c->arena, "The gift log names %.*s, the expense %.*s %.*s; %s",
                                   GR_ALL(logged), GR_SHOW(gr_tally_id(r->tally, expense)),
                                   GR_ALL(expensed), which_counts(c, log));
    if (people == GR_COMMON_POSSIBLE)
        misfit.question = gr_arena_print(c->arena, "Are %.*s and %.*s one person?", GR_ALL(logged),
                                         GR_ALL(expensed));
    show_both(c, &misfit, log, expense);
    return misfit.question.ptr && gr_misfit_tell(r, c->subject, &misfit);
}

/* Does a share of the gift count somewhere between two ends? */
static bool is_uncertain(const gr_reconciliation *r, uint32_t gift)
{
    for (size_t b = 0; b < r->set->book_count; b++) {
        size_t count;
        const gr_entry *entry = gr_tally_entries(r->tally, b, gift, &count);

        for (size_t i = 0; i < count; i++)
            if (entry[i].low < entry[i].high)
                return true;
    }
    return false;
}

static gr_text names_of_facts(uint32_t facts, gr_arena *arena)
{
    gr_text names = GR_TEXT("");

    for (unsigned i = 0; i < GR_VALUE_FACTS && names.ptr; i++) {
        gr_fact_prose prose;

        if (facts >> i & 1)
            names = gr_arena_print(arena, "%.*s%s%s", GR_ALL(names), names.len ? ", " : "",
                                   gr_value_fact_name(i, &prose));
    }
    return names;
}

/* The facts of two records are not put together: the reader is told where the missing ones stand. */
static bool tell_facts(comparing *c, uint32_t log, uint32_t expense)
{
    gr_reconciliation *r = c->r;
    uint32_t first = counting(c, log, expense), second = first == log ? expense : log;
    uint32_t elsewhere = gr_seen_of(r, second)->known & ~gr_seen_of(r, first)->known;
    gr_misfit misfit = gr_misfit_of(r, GR_MISMATCH_FACTS_ELSEWHERE, first);
    gr_text names;

    if (elsewhere == 0 || !is_uncertain(r, first))
        return true;
    names = names_of_facts(elsewhere, c->arena);
    if (!names.ptr)
        return false;
    misfit.reason = gr_arena_print(
        c->arena,
        "The value of %.*s is uncertain, and %.*s, the other record of the same gift, "
        "also states %.*s; %s",
        GR_SHOW(gr_tally_id(r->tally, first)), GR_SHOW(gr_tally_id(r->tally, second)),
        GR_ALL(names), which_counts(c, log));
    show_both(c, &misfit, log, expense);
    return gr_misfit_tell(r, c->subject, &misfit);
}

static bool is_told(const comparing *c, gr_mismatch outcome, uint32_t record)
{
    return gr_misfit_is_told(c->r, c->subject, outcome, record);
}

static bool compare_pair(comparing *c, uint32_t log, uint32_t expense)
{
    uint32_t first = counting(c, log, expense);

    return (!is_told(c, GR_MISMATCH_AMOUNT_DIFFERS, first) || tell_amounts(c, log, expense)) &&
           (!is_told(c, GR_MISMATCH_RECIPIENT_DIFFERS, first) ||
            tell_recipients(c, log, expense)) &&
           (!is_told(c, GR_MISMATCH_FACTS_ELSEWHERE, first) || tell_facts(c, log, expense));
}

static bool look_at(comparing *c, uint32_t record)
{
    const gr_reconciliation *r = c->r;

    if (gr_is_alive(r, record, GR_SYSTEM_LOG)) {
        if (gr_is_matched(r, record))
            return compare_pair(c, record, r->partner[record]);
        return !is_told(c, GR_MISMATCH_NOT_EXPENSED, record) || tell_not_expensed(c, record);
    }
    return !gr_is_alive(r, record, GR_SYSTEM_EXPENSES) || gr_is_matched(r, record) ||
           !gr_is_gift(r, record) || !is_told(c, GR_MISMATCH_NOT_LOGGED, record) ||
           tell_not_logged(c, record);
}

gr_status gr_find_misfits(gr_reconciliation *r, const gr_subject *subject, gr_error *err)
{
    comparing c = { r, subject, subject->out->arena, GR_NOT_MADE, GR_NOT_MADE, { 0 } };
    bool fits = true;

    for (uint32_t i = 0; fits && i < r->seen.count; i++)
        fits = look_at(&c, i);
    gr_unmatched_free(&c.logs);
    gr_unmatched_free(&c.expenses);
    gr_table_free(&c.log_numbers);
    return fits ? GR_OK : gr_fail_memory(err);
}
