/* src/detect/story.c - "4 gifts by 3 people to Jane Roe from Fine Flowers between 2026-05-04 and 2026-05-06, 1160.00 USD
 * together, each at most 300.00", behind the reason that the rule file gives. */
#include "detect/story.h"

#include "base/os.h"

#include <stdlib.h>

/* ---- counting ---- */

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static size_t count_different(gr_list *numbers)
{
    size_t n = 0;

    if (numbers->count > 1)
        qsort(numbers->items, numbers->count, sizeof(uint32_t), by_number);
    for (size_t i = 0; i < numbers->count; i++)
        n += i == 0 || *GR_AT(*numbers, uint32_t, i) != *GR_AT(*numbers, uint32_t, i - 1);
    return n;
}

/* Those whose share it is; of a whole gift, everybody who got it. */
static bool add_people(const gr_story *s, const gr_peer *peer, gr_list *people)
{
    const gr_subject *subject = s->search->subject;
    uint32_t own = GR_AT(s->flock->member, gr_member, peer->member)->recipient;
    size_t count = 1;
    const uint32_t *recipient =
        own == GR_NONE ? gr_tally_recipients(subject->tally, peer->gift, &count) : &own;

    for (size_t i = 0; i < count; i++)
        if (!gr_list_push(people, &subject->who->same[recipient[i]]))
            return false;
    return true;
}

static void add_up(gr_story *s, const gr_peer *peer)
{
    s->low += peer->low;
    s->is_open = s->is_open || peer->high == GR_UNBOUNDED;
    s->high += s->is_open ? 0 : peer->high;
}

bool gr_story_start(gr_story *s)
{
    gr_list people = GR_LIST(uint32_t), givers = GR_LIST(uint32_t);
    bool fits = true;

    for (size_t i = 0; fits && i < s->count; i++) {
        const gr_gift *gift = GR_AT(s->search->subject->tally->gift, gr_gift, s->peer[i].gift);

        s->gifts += i == 0 || s->peer[i].gift != s->peer[i - 1].gift;
        add_up(s, &s->peer[i]);
        fits = add_people(s, &s->peer[i], &people) && gr_list_push(&givers, &gift->giver);
    }
    s->people = count_different(&people);
    s->givers = count_different(&givers);
    s->recipient = s->people == 1 ? *GR_AT(people, uint32_t, 0) : GR_NONE;
    gr_list_free(&people);
    gr_list_free(&givers);
    return fits;
}

/* ---- words ---- */

static gr_text name_of(const gr_person *person)
{
    return person->name.len > 0 ? person->name
           : person->id.len > 0 ? person->id
                                : GR_TEXT("somebody who is not named");
}

/* The text of a key as the last record spells it; empty: it is no key of the pattern. */
static gr_text same_text(const gr_story *s, gr_key key)
{
    const gr_peer *last = &s->peer[s->count - 1];

    for (size_t i = 0; i < s->flock->key_count; i++)
        if (s->flock->key[i] == key && s->flock->odd->same & GR_KEY_BIT(key))
            return gr_words_get(
                &s->search->detector->words,
                *GR_AT(s->flock->text, uint32_t, (last->member * s->flock->key_count + i) * 2 + 1));
    return GR_TEXT("");
}

static gr_text givers(const gr_story *s, gr_arena *arena)
{
    const gr_subject *subject = s->search->subject;
    uint32_t giver = GR_AT(subject->tally->gift, gr_gift, s->peer[0].gift)->giver;
    gr_text name = name_of(&subject->who->giver[giver]);

    return s->givers == 1 ? gr_arena_print(arena, "%.*s", GR_SHOW(name))
                          : gr_arena_print(arena, "%zu people", s->givers);
}

/* " to Jane Roe", " to 3 people of Acme Pension Fund"; nothing where no attendee is named. */
static gr_text recipients(const gr_story *s, gr_arena *arena)
{
    gr_text employer = same_text(s, GR_KEY_EMPLOYER), name;

    if (s->people == 0)
        return GR_TEXT("");
    if (s->recipient != GR_NONE) {
        name = name_of(&s->search->subject->who->recipient[s->recipient]);
        return gr_arena_print(arena, " to %.*s", GR_SHOW(name));
    }
    return gr_arena_print(arena, " to %zu people%s%.*s", s->people, employer.len ? " of " : "",
                          GR_SHOW(employer));
}

static gr_text when(const gr_story *s, gr_arena *arena)
{
    char first[GR_DAY_TEXT], last[GR_DAY_TEXT];

    gr_day_print(s->peer[0].day, first);
    gr_day_print(s->peer[s->count - 1].day, last);
    return s->peer[0].day == s->peer[s->count - 1].day
               ? gr_arena_print(arena, "on %s", first)
               : gr_arena_print(arena, "between %s and %s", first, last);
}

/* ", 1160.00 USD together", as far as it is known. */
static gr_text together(const gr_story *s, gr_arena *arena)
{
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];
    gr_text currency = s->search->currency;

    gr_money_print(s->low, GR_WORTH_DEN, low);
    if (!s->is_open && s->low == s->high)
        return gr_arena_print(arena, ", %s %.*s together", low, GR_SHOW(currency));
    if (!s->is_open)
        return gr_arena_print(arena, ", from %s to %s %.*s together", low,
                              gr_money_print(s->high, GR_WORTH_DEN, high), GR_SHOW(currency));
    return s->low > 0 ? gr_arena_print(arena, ", %s %.*s together at least", low, GR_SHOW(currency))
                      : GR_TEXT(", of unknown worth together");
}

static gr_text test_words(const gr_worth_test *test, gr_amount bound, gr_arena *arena)
{
    static const char *const whose[] = { "each ", "each ", "each head ", "each named head " };
    const char *words = test->is_just_under                   ? "just under "
                        : test->kind == GR_CONDITION_UNDER    ? "under "
                        : test->kind == GR_CONDITION_AT_MOST  ? "at most "
                        : test->kind == GR_CONDITION_AT_LEAST ? "at least "
                                                              : "above ";
    char amount[GR_MONEY_TEXT];

    return gr_arena_print(arena, ", %s%s%s", whose[test->of], words,
                          gr_amount_print(bound, amount));
}

/* What each of them was, by the bounds on the day of the last. */
static gr_text each(const gr_story *s, gr_arena *arena)
{
    gr_text all = GR_TEXT("");

    for (size_t i = 0; i < s->flock->odd->worth_count && all.ptr; i++) {
        const gr_worth_test *test = &s->flock->odd->worth[i];
        gr_amount bound;
        gr_text one;

        if (!gr_bound_on(&test->bound, s->peer[s->count - 1].day, &bound))
            continue;
        one = test_words(test, bound, arena);
        all = one.ptr ? gr_arena_print(arena, "%.*s%.*s", GR_ALL(all), GR_ALL(one)) : one;
    }
    return all;
}

/* ", 72 per cent of the 1500.00 that the giver gave so in that time": rounded down. */
static gr_text share(const gr_story *s, gr_arena *arena)
{
    char all[GR_MONEY_TEXT];

    if (!s->flock->odd->has_share || s->all_high <= 0)
        return GR_TEXT("");
    return gr_arena_print(arena, ", %d per cent of the %s that the giver gave so in that %s",
                          (int)(s->low * 100 / s->all_high),
                          gr_money_print(s->all_high, GR_WORTH_DEN, all),
                          s->flock->odd->window == GR_WINDOW_QUARTER ? "quarter" : "year");
}

gr_text gr_story_tell(const gr_story *s)
{
    gr_arena *arena = s->search->subject->out->arena;
    const gr_oddity *odd = s->flock->odd;
    gr_text merchant = same_text(s, GR_KEY_MERCHANT);
    const gr_text parts[] = { givers(s, arena),   recipients(s, arena), when(s, arena),
                              together(s, arena), each(s, arena),       share(s, arena) };

    for (size_t i = 0; i < GR_COUNT(parts); i++)
        if (!parts[i].ptr)
            return parts[i];
    return gr_arena_print(arena, "%.*s: %zu %s by %.*s%.*s%s%.*s %.*s%.*s%.*s%.*s",
                          GR_ALL(odd->reason), s->gifts, odd->with_expenses ? "records" : "gifts",
                          GR_ALL(parts[0]), GR_ALL(parts[1]), merchant.len ? " from " : "",
                          GR_SHOW(merchant), GR_ALL(parts[2]), GR_ALL(parts[3]), GR_ALL(parts[4]),
                          GR_ALL(parts[5]));
}
