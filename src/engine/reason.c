/* src/engine/reason.c - plain sentences, made from the same numbers as the verdict. It decides nothing. */
#include "engine/reason.h"

#include "engine/follow.h"

#include <string.h>

/* ---- names and amounts ---- */

static gr_text name_of(const gr_person *person)
{
    return person->name.len ? person->name : person->id;
}

gr_text gr_reason_name(const gr_who *who, uint32_t recipient, gr_arena *arena)
{
    const gr_person *person = &who->recipient[who->same[recipient]];
    gr_text name = name_of(person);

    if (name.len > 0)
        return gr_arena_copy(arena, name);
    if (person->employer.len > 0)
        return gr_arena_print(arena, "unnamed people at %.*s", GR_ALL(person->employer));
    return gr_arena_copy(arena, GR_TEXT("unnamed people"));
}

/* Of whose sum the case is about. */
static uint32_t whose(const gr_case *c)
{
    return c->item->own ? c->item->entry->recipient : c->group->party;
}

/* An amount of the limit: money, or a number of gifts. */
static const char *print(const gr_case *c, gr_wide num, int64_t den, char out[GR_MONEY_TEXT])
{
    return (c->shares->limit->is_count ? gr_count_print : gr_money_print)(num, den, out);
}

static const char *print_limit(const gr_case *c, char out[GR_MONEY_TEXT])
{
    return print(c, c->chosen->row->amount.num, c->chosen->row->amount.den, out);
}

static const char *sum_words(const gr_case *c, char out[GR_MONEY_TEXT])
{
    const gr_total *total = &c->chosen->total;

    return total->unbounded ? memcpy(out, "an unknown amount", sizeof "an unknown amount")
                            : print(c, total->high, total->den, out);
}

static const char *verdict_words(gr_verdict verdict)
{
    return verdict == GR_VIOLATION      ? "a violation"
           : verdict == GR_NEEDS_REVIEW ? "still open"
                                        : "compliant";
}

static const gr_ruling *ruling_of(const gr_case *c, const gr_item *item)
{
    return GR_AT(c->shares->tally->ruling, gr_ruling, item->entry->ruling);
}

static const gr_rulebook *book_of(const gr_shares *shares)
{
    return &shares->tally->set->book[shares->book];
}

/* ---- why a share counts as it does ---- */

/* Does what it counts hang on which of its days is meant? Of a perhaps excluded one another fact is asked. */
static bool hangs_on_day(const gr_limit *limit, const gr_ruling *r)
{
    return r->treatment != GR_POSSIBLE && (limit->is_count ? r->may_lapse : r->differs_by_day);
}

/* "given to Mary Roe, spouse of Jane Roe" */
static gr_text given_to(const gr_shares *shares, const gr_group *group, const gr_item *item,
                        gr_arena *arena)
{
    static const char *const words[] = { [GR_THROUGH_SPOUSE] = "spouse of",
                                         [GR_THROUGH_CHILD] = "child of",
                                         [GR_THROUGH_HOUSEHOLD] = "of the household of",
                                         [GR_THROUGH_ASSISTANT] = "assistant of",
                                         [GR_THROUGH_CHARITY] = "charity of" };
    gr_text taker = gr_reason_name(shares->who, item->entry->recipient, arena), whom;

    if (!taker.ptr || item->through == GR_THROUGH_NONE)
        return taker.ptr ? gr_arena_print(arena, "given to %s, possibly the same person", taker.ptr)
                         : taker;
    whom = gr_reason_name(shares->who, group->party, arena);
    return whom.ptr ? gr_arena_print(arena, "given to %s, %s %s", taker.ptr, words[item->through],
                                     whom.ptr)
                    : whom;
}

gr_text gr_share_counted_words(const gr_limit *limit, const gr_ruling *r, gr_arena *arena)
{
    gr_fact missing = gr_fact_first(r->missing);

    if (r->treatment == GR_POSSIBLE && !r->exclusion)
        return gr_arena_print(arena, "the rule may not be about it (%.*s)", GR_ALL(r->law->clause));
    if (r->treatment == GR_POSSIBLE)
        return gr_arena_print(arena, "may be excluded: %.*s (%.*s)", GR_ALL(r->exclusion->title),
                              GR_ALL(r->law->clause));
    if (hangs_on_day(limit, r))
        return gr_arena_copy(arena, GR_TEXT("ordered, given or delivered on different days: what "
                                            "it counts hangs on which is meant"));
    if (r->no_rate)
        return gr_arena_copy(arena, GR_TEXT("no exchange rate for its day"));
    if (missing != GR_FACT_NONE)
        return gr_arena_print(arena, "not stated: %s", gr_fact_get(missing)->name);
    if (r->refused)
        return gr_arena_print(arena, "no %.*s: %.*s", GR_ALL(r->refused->title),
                              GR_ALL(r->refused_because->because));
    if (r->is_gross && r->shares_computed)
        return gr_arena_copy(arena,
                             GR_TEXT("equal part of an expense, with any tax and delivery in it"));
    if (r->is_gross)
        return gr_arena_copy(arena, GR_TEXT("an expense, with any tax and delivery in it"));
    if (r->shares_computed)
        return gr_arena_copy(arena,
                             GR_TEXT("equal part, computed: the export has no amount per person"));
    if (r->converted)
        return gr_arena_copy(arena, GR_TEXT("converted by the rates file"));
    return gr_arena_copy(arena, GR_TEXT(""));
}

gr_text gr_reason_item(const gr_shares *shares, const gr_group *group, const gr_item *item,
                       bool is_partly, gr_arena *arena)
{
    const gr_ruling *r = GR_AT(shares->tally->ruling, gr_ruling, item->entry->ruling);

    if (!item->own)
        return given_to(shares, group, item, arena);
    if (is_partly)
        return gr_arena_copy(
            arena,
            GR_TEXT("ordered, given or delivered on different days: it may count before or after"));
    if (item->is_open)
        return gr_arena_print(arena, "may not belong to this sum (%.*s)",
                              GR_ALL(shares->limit->clause));
    return gr_share_counted_words(shares->limit, r, arena);
}

/* ---- presumptions ---- */

static bool add_text(gr_list *list, gr_text text)
{
    for (size_t i = 0; i < list->count; i++)
        if (gr_text_equal(*GR_AT(*list, gr_text, i), text))
            return true;
    return gr_list_push(list, &text);
}

static bool add_presumptions(const gr_rulebook *book, const gr_ruling *r, gr_list *list)
{
    for (size_t i = 0; i < book->presumption_count; i++)
        if (r->leaned >> i & 1 && !add_text(list, book->presumption[i].text))
            return false;
    for (size_t i = 0; r->worth && i < r->worth->amount_count; i++)
        if (r->left_out >> i & 1 && r->worth->amount[i].absent.len > 0 &&
            !add_text(list, r->worth->amount[i].absent))
            return false; /* an amount that gives way to another says nothing */
    return true;
}

/* Of all own gifts that were counted: each presumption once. */
static bool fill_presumptions(const gr_case *c, gr_arena *arena, gr_finding *f)
{
    gr_list list = GR_LIST(gr_text);
    bool good = add_presumptions(book_of(c->shares), ruling_of(c, c->item), &list);
    const gr_item *item;
    size_t cursor = 0;
    gr_wide low;
    gr_text *kept;

    while (good && (item = gr_case_next(c, &cursor, &low)))
        if (item->own)
            good = add_presumptions(book_of(c->shares), ruling_of(c, item), &list);
    kept = good ? gr_arena_alloc(arena, sizeof *kept * (list.count + 1)) : NULL;
    if (kept && list.count)
        memcpy(kept, list.items, sizeof *kept * list.count);
    f->presumption = kept;
    f->presumption_count = kept ? list.count : 0;
    gr_list_free(&list);
    return kept != NULL;
}

/* ---- the sentence ---- */

/* Whose gifts to whom, and when: "Gifts to Jane Roe in the calendar year 2026". */
static gr_text subject(const gr_case *c, gr_arena *arena)
{
    const gr_who *who = c->shares->who;
    uint32_t gift = c->item->entry->gift, recipient = whose(c);
    const gr_person *giver = &who->giver[GR_AT(c->shares->tally->gift, gr_gift, gift)->giver];
    gr_basis basis = c->chosen->period.basis;
    gr_text name = gr_reason_name(who, recipient, arena);
    gr_text period = gr_period_words(c->chosen->period, arena);
    gr_text of = GR_TEXT("");

    if (c->shares->limit->per == GR_PER_CLIENT)
        name = gr_arena_print(arena, "people at %.*s",
                              GR_ALL(who->recipient[who->same[recipient]].employer));
    if (c->shares->limit->per == GR_PER_GIVER)
        of = gr_arena_print(arena, " of %.*s", GR_ALL(name_of(giver)));
    if (!name.ptr || !period.ptr || !of.ptr)
        return (gr_text){ NULL, 0 };
    if (basis == GR_ONE_GIFT)
        return gr_arena_print(arena, "This gift%s to %s", of.ptr, name.ptr);
    return gr_arena_print(arena, "Gifts%s to %s %s %s", of.ptr, name.ptr,
                          basis == GR_ONE_DAY ? "on" : "in", period.ptr);
}

/* "add up to 325.00", of several gifts or of one */
static gr_text sum_of(const gr_case *c, const char *sum, gr_arena *arena)
{
    const char *verb = c->chosen->period.basis == GR_ONE_GIFT ? "counts" : "add up to";

    const char *unit = strcmp(sum, "1") == 0 ? " gift" : " gifts";

    return gr_arena_print(arena, "%s %s%s", verb, sum, c->shares->limit->is_count ? unit : "");
}

static gr_text claim_in_vain(const gr_ruling *r, gr_arena *arena)
{
    if (!r->refused)
        return GR_TEXT("");
    return gr_arena_print(arena, "; it is no %.*s, since %.*s (%.*s)", GR_ALL(r->refused->title),
                          GR_ALL(r->refused_because->because), GR_ALL(r->refused_law->clause));
}

/* Surely over: a violation, or what the limit makes of it. */
static gr_text sentence_over(const gr_case *c, gr_arena *arena, const char *who)
{
    const gr_view *view = c->chosen;
    const gr_limit *limit = c->shares->limit;
    gr_amount bound = view->row->amount;
    gr_wide over = view->total.low * bound.den - (gr_wide)bound.num * view->total.den;
    char sum[GR_MONEY_TEXT], amount[GR_MONEY_TEXT], rest[GR_MONEY_TEXT];
    gr_text claim = claim_in_vain(ruling_of(c, c->item), arena);
    gr_text total = sum_of(c, print(c, view->total.low, view->total.den, sum), arena);
    const char *text = limit->text.len ? limit->text.ptr : "", *mark = limit->text.len ? "; " : "";

    if (!claim.ptr || !total.ptr)
        return (gr_text){ NULL, 0 };
    print_limit(c, amount);
    if (limit->reached_is_over)
        return gr_arena_print(arena, "%s %s, and only less than %s is within the limit%s%s%s", who,
                              total.ptr, amount, mark, text, claim.ptr);
    return gr_arena_print(arena, "%s %s, which is %s over the limit of %s%s%s%s", who, total.ptr,
                          print(c, over, view->total.den * bound.den, rest), amount, mark, text,
                          claim.ptr);
}

static gr_text sentence_review(const gr_case *c, gr_arena *arena, const char *who)
{
    const gr_view *view = c->chosen;
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT], limit[GR_MONEY_TEXT];
    gr_text total = sum_of(c, print(c, view->total.low, view->total.den, low), arena);
    gr_text name = gr_reason_name(c->shares->who, whose(c), arena);

    if (!total.ptr || !name.ptr)
        return (gr_text){ NULL, 0 };
    print_limit(c, limit);
    if (c->bases_differ)
        return gr_arena_print(arena,
                              "%s are over the limit of %s, and not in another "
                              "kind of year; the policy does not say which year counts",
                              who, limit);
    if (c->days_differ)
        return gr_arena_print(arena,
                              "The order, the giving and the arrival of this gift to %s lie on "
                              "different days, and the limit that applies depends on which counts",
                              name.ptr);
    if (gr_is_over(c->shares->limit, view->total.low, view->total.den, view->row->amount))
        return gr_arena_print(arena,
                              "%s %s for certain, over the limit of %s already; whether this one "
                              "counts too hangs on a missing fact",
                              who, total.ptr, limit);
    if (!view->total.unbounded && view->total.low == view->total.high)
        return gr_arena_print(arena,
                              "%s %s, over the limit of %s, but this one "
                              "counts for nothing for certain",
                              who, total.ptr, limit);
    return gr_arena_print(arena,
                          "%s %s for certain and possibly %s%s; the limit "
                          "of %s lies between, so a missing fact decides",
                          who, total.ptr, view->period.basis == GR_ONE_GIFT ? "" : "to ",
                          sum_words(c, high), limit);
}

/* ---- the question ---- */

/* An item of which something is open, and what it surely counts, over the group's den. */
typedef struct open_item {
    const gr_item *item; /* NULL: nothing is open */
    gr_wide low;
} open_item;

/* The item with the most to lose: its worth is unknown altogether, or its interval is the widest. Of
 * equals the judged gift, then the latest. */
static open_item widest_item(const gr_case *c)
{
    open_item widest = { NULL, 0 };
    const gr_item *item;
    size_t cursor = 0;
    gr_wide most = 0, low;

    while ((item = gr_case_next(c, &cursor, &low))) {
        bool open = item->is_unbounded;
        gr_wide width = open ? ((gr_wide)INT64_MAX << 32) : item->high - low;

        if (width > most || (width == most && width > 0 && (item->own || item == c->item))) {
            most = width;
            widest = (open_item){ item, low };
        }
    }
    return widest;
}

static gr_text day_and_gift(const gr_item *item, gr_arena *arena)
{
    char day[GR_DAY_TEXT];

    return gr_arena_print(arena, "Gift %s%sof %s", item->id, item->id[0] ? " " : "",
                          gr_day_print(item->day, day));
}

static gr_text question_about(const gr_case *c, open_item open, gr_arena *arena, gr_text *clause)
{
    const gr_ruling *r = ruling_of(c, open.item);
    gr_text gift = day_and_gift(open.item, arena);
    gr_text ask = GR_TEXT("What was it worth?");

    if (!gift.ptr)
        return gift;
    if (!open.item->own) {
        gr_text name = gr_reason_name(c->shares->who, whose(c), arena);

        *clause = c->shares->limit->clause;
        return name.ptr ? gr_arena_print(arena, "%s: Was it meant for %s?", gift.ptr, name.ptr)
                        : name;
    }
    *clause = r->valuation->clause;
    if (open.low < open.item->low || hangs_on_day(c->shares->limit, r)) {
        ask = GR_TEXT("On which day does it count: ordered, given or delivered?");
        *clause = c->shares->limit->period_clause;
    } else if (open.item->is_open) {
        ask = gr_condition_question(r->when_open);
        *clause = c->shares->limit->clause;
    } else if (r->treatment == GR_POSSIBLE) {
        ask = gr_condition_question(r->open);
        *clause = r->law->clause;
    } else if (r->no_rate) {
        ask = GR_TEXT(
            "What was the exchange rate of its currency on that day? Add it to the rates file");
    } else if (r->missing) {
        ask = gr_text_of(gr_fact_get(gr_fact_first(r->missing))->question);
    }
    return gr_arena_print(arena, "%s: %.*s%s", gift.ptr, (int)ask.len, ask.ptr,
                          ask.ptr[ask.len - 1] == '?' || ask.ptr[ask.len - 1] == '.' ? "" : ".");
}

/* "the total is 210.00: compliant", "the total is 210.00 to 350.00: still open" */
static gr_text outcome(const gr_case *c, gr_total total, bool is_certain, gr_arena *arena)
{
    gr_verdict verdict = gr_verdict_of(c->shares->limit, total, c->chosen->row->amount, is_certain);
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

    print(c, total.low, total.den, low);
    if (total.unbounded)
        return gr_arena_print(arena, "the total is %s or more: %s", low, verdict_words(verdict));
    if (total.low == total.high || verdict == GR_VIOLATION)
        return gr_arena_print(arena, "the total is %s: %s", low, verdict_words(verdict));
    return gr_arena_print(arena, "the total is %s to %s: %s", low,
                          print(c, total.high, total.den, high), verdict_words(verdict));
}

/* Is the total still without a bound when this item is out of it? */
static bool is_unbounded_without(const gr_case *c, const gr_item *item)
{
    const gr_item *other;
    size_t cursor = 0;
    gr_wide low;

    while ((other = gr_case_next(c, &cursor, &low)))
        if (other != item && other->is_unbounded)
            return true;
    return false;
}

/* The total if the open item counted its low end, and if it counted its high end, with the verdict of each. */
static gr_text answers_about(const gr_case *c, open_item open, gr_arena *arena)
{
    bool is_unbounded = open.item->is_unbounded;
    bool is_certain = c->item->low > 0;
    gr_total least = c->chosen->total, most = c->chosen->total;
    char a[GR_MONEY_TEXT], b[GR_MONEY_TEXT];
    gr_text x, y;

    if (is_unbounded) /* what it may be worth at most without breaking the limit */
        return gr_arena_print(
            arena, "The others add up to %s: it decides whether this one takes them over %s",
            print(c, least.low - open.low, least.den, a), print_limit(c, b));
    least.high -= open.item->high - open.low;
    least.unbounded = most.unbounded = is_unbounded_without(c, open.item);
    most.low += open.item->high - open.low;
    x = open.item == c->item && open.low == 0 ? GR_TEXT("it breaks nothing")
                                              : outcome(c, least, is_certain, arena);
    y = outcome(c, most, is_certain || open.item == c->item, arena);
    if (!x.ptr || !y.ptr)
        return (gr_text){ NULL, 0 };
    return gr_arena_print(arena, "If it counts %s, %s; if it counts %s, %s",
                          print(c, open.low, c->group->den, a), x.ptr,
                          print(c, open.item->high, c->group->den, b), y.ptr);
}

static gr_text question_of_identity(const gr_case *c, const gr_item *item, gr_arena *arena)
{
    const gr_who *who = c->shares->who;
    gr_text one = gr_reason_name(who, whose(c), arena);
    gr_text other = gr_reason_name(who, item->entry->recipient, arena);
    gr_text employer = who->recipient[who->same[whose(c)]].employer;

    if (!one.ptr || !other.ptr)
        return (gr_text){ NULL, 0 };
    return gr_arena_print(arena, "Are %s and %s%s%.*s one person?", one.ptr, other.ptr,
                          employer.len ? " of " : "", GR_ALL(employer));
}

/* What the item surely counts if it was given to the same person. */
static gr_wide low_if_same(const gr_case *c, const gr_item *item)
{
    if (c->shares->limit->is_count)
        return gr_ruling_is_certain(ruling_of(c, item)) ? item->high : 0;
    return (gr_wide)item->entry->low * c->group->den / item->entry->den;
}

static gr_text answers_of_identity(const gr_case *c, gr_arena *arena)
{
    gr_total apart = c->chosen->total, one = c->chosen->total;
    const gr_item *item;
    size_t cursor = 0;
    gr_wide low;
    gr_text x, y;

    apart.unbounded = false;
    while ((item = gr_case_next(c, &cursor, &low))) {
        if (item->own || item->through != GR_THROUGH_NONE) {
            apart.unbounded = apart.unbounded || item->is_unbounded;
            continue;
        }
        apart.high -= item->high;
        one.low += item->is_open ? 0 : low_if_same(c, item);
    }
    x = outcome(c, apart, c->item->low > 0, arena);
    y = outcome(c, one, c->item->low > 0, arena);
    if (!x.ptr || !y.ptr)
        return (gr_text){ NULL, 0 };
    return gr_arena_print(arena, "If they are two, %s; if they are one, %s", x.ptr, y.ptr);
}

static gr_text views_in_words(const gr_case *c, gr_arena *arena)
{
    gr_text all = GR_TEXT("");

    for (size_t i = 0; i < c->view_count && all.ptr; i++) {
        char day[GR_DAY_TEXT];
        gr_text period = gr_period_words(c->view[i].period, arena);

        if (!period.ptr)
            return period;
        all = gr_arena_print(arena, "%s%s%s: %s", all.ptr, i ? "; " : "",
                             c->days_differ ? gr_day_print(c->view[i].day, day) : period.ptr,
                             verdict_words(c->view[i].verdict));
    }
    return all;
}

static bool ask(const gr_case *c, gr_arena *arena, gr_finding *f)
{
    open_item open = widest_item(c);

    if (c->bases_differ || c->days_differ) {
        f->clause = c->shares->limit->period_clause;
        f->question =
            c->days_differ
                ? GR_TEXT("Which day counts by the firm's procedures: that of the order, of the "
                          "giving or of the arrival? Set gift-day in the policy")
                : GR_TEXT("Which year do the firm's procedures count: calendar, fiscal, "
                          "anniversary or trailing? Set period in the policy");
        f->answers = views_in_words(c, arena);
        return f->answers.ptr != NULL;
    }
    if (!open.item) /* nothing is open but whether this gift counts at all */
        open = (open_item){ c->item, c->item->low };
    if (!open.item->own && open.item->through == GR_THROUGH_NONE) {
        f->clause = c->shares->limit->period_clause;
        f->question = question_of_identity(c, open.item, arena);
        f->answers = answers_of_identity(c, arena);
    } else {
        f->question = question_about(c, open, arena, &f->clause);
        f->answers = answers_about(c, open, arena);
    }
    return f->question.ptr && f->answers.ptr;
}

/* ---- the findings ---- */

bool gr_reason_limit(const gr_case *c, gr_arena *arena, gr_finding *f)
{
    gr_text who = subject(c, arena);
    const gr_ruling *r = ruling_of(c, c->item);
    bool differ = c->bases_differ || c->days_differ;

    if (!who.ptr || !fill_presumptions(c, arena, f))
        return false;
    if (f->verdict == GR_COMPLIANT) {
        f->reason = GR_TEXT("within the limit");
        return true;
    }
    if (differ || !c->chosen->is_sure) {
        f->reason = sentence_review(c, arena, who.ptr);
        return f->reason.ptr && ask(c, arena, f);
    }
    if (r->refused && r->refused->refused_kind.len > 0) {
        f->kind = r->refused->refused_kind;
        f->clause = r->refused_law->clause;
    }
    if (f->verdict == GR_NEEDS_REVIEW)
        f->question = c->shares->limit->ask;
    f->reason = sentence_over(c, arena, who.ptr);
    return f->reason.ptr != NULL;
}

bool gr_reason_near(const gr_case *c, gr_arena *arena, gr_finding *f)
{
    const gr_view *view = c->chosen;
    gr_amount limit = view->row->amount;
    gr_text who = subject(c, arena);
    char sum[GR_MONEY_TEXT], amount[GR_MONEY_TEXT], left[GR_MONEY_TEXT];
    gr_wide rest = (gr_wide)limit.num * view->total.den - view->total.high * limit.den;
    int64_t den = limit.den * view->total.den;

    if (!who.ptr)
        return false;
    f->kind = GR_TEXT("near-limit");
    rest -= rest % den; /* what is left goes down to whole cents, and stays below the limit */
    if (c->shares->limit->reached_is_over) {
        f->reason = gr_arena_print(arena, "%s add up to %s; only less than %s is within the limit",
                                   who.ptr, print(c, view->total.high, view->total.den, sum),
                                   print_limit(c, amount));
        return f->reason.ptr != NULL;
    }
    f->reason = gr_arena_print(arena, "%s add up to %s of %s; %s is left", who.ptr,
                               print(c, view->total.high, view->total.den, sum),
                               print_limit(c, amount), print(c, rest, den, left));
    return f->reason.ptr != NULL;
}

static bool reason_no_law(gr_arena *arena, const char *name, gr_finding *f)
{
    char day[GR_DAY_TEXT];

    f->reason = gr_arena_print(arena, "No rulebook has a limit for %s, the day of this gift to %s",
                               gr_day_print(f->day, day), name);
    f->question = GR_TEXT("Is the year right?");
    return f->reason.ptr != NULL;
}

/* What is missing goes before what the duty asks: with the answer it may turn out that nothing is owed. */
static gr_text question_of_breach(const gr_breach *breach, const gr_duty *duty)
{
    if (breach->truth == GR_UNKNOWN && breach->differs_by_day)
        return GR_TEXT(
            "On which day does it count: ordered, given or delivered? Set gift-day in the "
            "policy");
    if (breach->truth == GR_UNKNOWN && breach->open)
        return gr_condition_question(breach->open);
    return duty->ask.len ? duty->ask
                         : GR_TEXT("Is it a gift under the rule, or surely excluded from it?");
}

bool gr_reason_breach(const gr_tally *tally, const gr_breach *breach, const gr_who *who,
                      gr_arena *arena, gr_finding *f)
{
    gr_text name = gr_reason_name(who, breach->recipient, arena);
    const gr_duty *duty;

    if (!name.ptr)
        return false;
    if (breach->duty == GR_NO_LAW)
        return reason_no_law(arena, name.ptr, f);
    duty = &tally->set->book[breach->book].duty[breach->duty];
    f->reason = gr_arena_print(arena, "Of this gift to %s: %.*s%s", name.ptr, GR_ALL(duty->text),
                               breach->truth == GR_UNKNOWN
                                   ? "; whether the rule asks for that hangs on a missing fact"
                                   : "");
    if (f->verdict == GR_NEEDS_REVIEW)
        f->question = question_of_breach(breach, duty);
    return f->reason.ptr != NULL;
}
