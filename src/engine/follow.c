/* src/engine/follow.c - see follow.h. */
#include "engine/follow.h"

#include "engine/reason.h"

/* ---- which limit ---- */

static bool is_yearly(const gr_limit *limit)
{
    return limit->verdict == GR_VIOLATION && limit->per == GR_PER_RECIPIENT && !limit->is_count &&
           (limit->period_of_policy || limit->period < GR_YEARS);
}

static bool find_limit(const gr_rulebook *book, size_t *out)
{
    for (size_t i = 0; i < book->limit_count; i++) {
        if (is_yearly(&book->limit[i])) {
            *out = i;
            return true;
        }
    }
    return false;
}

/* Of a firm with several rulebooks, the one for all recipients speaks before those for some. */
bool gr_followed_find(const gr_ruleset *set, const char *rule, uint16_t *book, size_t *limit)
{
    for (int only_for_all = rule == NULL; only_for_all >= 0; only_for_all--) {
        for (uint16_t b = 0; b < set->book_count; b++) {
            bool is_wanted =
                rule ? gr_text_is(set->book[b].id, rule) : !only_for_all || !set->book[b].scope;

            if (is_wanted && find_limit(&set->book[b], limit)) {
                *book = b;
                return true;
            }
        }
    }
    return false;
}

/* ---- sums ---- */

static void follow_item(const gr_shares *shares, const gr_group *group, const gr_item *item,
                        const gr_following *f)
{
    const gr_entry *entries = shares->tally->entry[shares->book].items;
    gr_case c = { .shares = shares, .group = group, .item = item };
    gr_verdict verdict = gr_case_make(&c);

    f->share(f->context, (size_t)(item->entry - entries), c.view_count > 0 ? c.chosen : NULL,
             verdict);
}

/* As if something were given at the end of that day, after all that was: it is not in the sum itself. */
static void follow_person(const gr_shares *shares, const gr_group *group, const gr_following *f)
{
    const gr_entry none = { .gift = GR_NONE };
    const gr_item last = { .day = f->day, .id = "\377", .entry = &none, .own = true, .low = 1 };
    gr_case c = { .shares = shares, .group = group, .item = &last };

    gr_case_make(&c);
    f->person(f->context, group->party, c.view_count > 0 ? c.chosen : NULL);
}

gr_status gr_follow(const gr_tally *tally, const gr_who *who, uint16_t book, size_t limit,
                    const gr_following *following, gr_error *err)
{
    gr_group group = { .items = GR_LIST(gr_item) };
    gr_shares shares;
    gr_status status = gr_shares_create(tally, who, book, limit, &shares, err);

    if (status != GR_OK)
        return status;
    for (uint32_t p = 0; status == GR_OK && p < shares.parties; p++) {
        if (shares.first[p] == shares.first[p + 1] &&
            !(following->always && *following->always == p))
            continue;
        status = gr_group_fill(&shares, p, GR_NONE, &group, err);
        for (size_t i = 0; status == GR_OK && i < group.count; i++)
            if (gr_group_item(&group, i)->own)
                follow_item(&shares, &group, gr_group_item(&group, i), following);
        if (status == GR_OK)
            follow_person(&shares, &group, following);
    }
    gr_list_free(&group.items);
    gr_shares_free(&shares);
    return status;
}

/* ---- one share ---- */

gr_share_told gr_share_tell(const gr_ruleset *set, uint16_t book, const gr_record *record,
                            const gr_recipient *recipient, gr_day day)
{
    gr_parts parts = gr_parts_of(record);
    gr_share_told told;
    gr_facts facts;
    gr_span span;

    facts.record = record;
    facts.recipient = recipient;
    facts.seen = NULL;
    told.counts = told.has_worth = false;
    told.scope = gr_ruling_make(set, &set->book[book], &facts, &parts, day, &told.counts, &span,
                                &told.ruling);
    told.worth = (gr_span){ 0, GR_UNBOUNDED, 1 };
    if (told.scope == GR_FALSE)
        return told;
    told.has_worth = facts.has_worth;
    if (facts.has_worth)
        told.worth = facts.worth;
    return told;
}

gr_text gr_share_left_out_words(const gr_rulebook *book, size_t limit, const gr_share_told *told,
                                gr_arena *arena)
{
    uint16_t bit = (uint16_t)(1u << limit);

    if (told->scope == GR_FALSE)
        return gr_arena_print(arena, "not among the %.*s", GR_ALL(book->scope->title));
    if (told->ruling.treatment == GR_EXCLUDED)
        return gr_arena_print(arena, "excluded: %.*s (%.*s)", GR_ALL(told->ruling.exclusion->title),
                              GR_ALL(told->ruling.law->clause));
    if (!told->counts)
        return gr_arena_copy(arena, GR_TEXT("the rulebook adds nothing up on its day"));
    if (!((told->ruling.limits_in | told->ruling.limits_open) & bit))
        return gr_arena_copy(arena, GR_TEXT("this limit does not add it up"));
    return gr_arena_copy(arena, GR_TEXT("it is worth nothing"));
}
