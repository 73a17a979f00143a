/* src/detect/find_checks.c - findings of checks: of single records, and of records near an event. */
#include "detect/detector.h"

static const gr_hit *hit_at(const gr_search *s, size_t i)
{
    return GR_AT(s->detector->hit, gr_hit, i);
}

/* Who is asked for is asked for with the whole gift. An expense that names nobody came in for its own sake. */
static bool is_wanted(const gr_search *s, uint32_t gift)
{
    size_t count, i = 0;
    const bool *wanted = s->subject->out->wanted;
    const uint32_t *recipient = gr_tally_recipients(s->subject->tally, gift, &count);

    while (wanted && i < count && !wanted[recipient[i]])
        i++;
    return !wanted || count == 0 || i < count;
}

/* Of one person who is named twice, the first is told. Hits of one gift are neighbours. */
static bool is_told(const gr_search *s, size_t i)
{
    const gr_hit *hit = hit_at(s, i);
    const uint32_t *same = s->subject->who->same;

    while (i-- > 0 && hit_at(s, i)->gift == hit->gift) {
        const gr_hit *other = hit_at(s, i);

        if (other->odd == hit->odd && (other->recipient == hit->recipient ||
                                       (other->recipient != GR_NONE && hit->recipient != GR_NONE &&
                                        same[other->recipient] == same[hit->recipient])))
            return true;
    }
    return false;
}

/* A check of a record with one recipient is about that one, too. */
static uint32_t recipient_of(const gr_search *s, const gr_hit *hit)
{
    size_t count;
    const uint32_t *recipient = gr_tally_recipients(s->subject->tally, hit->gift, &count);

    return hit->recipient == GR_NONE && count == 1 ? recipient[0] : hit->recipient;
}

/* ---- events ---- */

static int distance(gr_day a, gr_day b)
{
    return a > b ? a - b : b - a;
}

/* Nearer; then the earlier; then by the words, which are in the records. */
static bool is_nearer(const gr_happening *a, const gr_happening *b, gr_day day)
{
    if (distance(a->day, day) != distance(b->day, day))
        return distance(a->day, day) < distance(b->day, day);
    return a->day != b->day ? a->day < b->day : a->event < b->event;
}

/* The nearest event of the recipient's employer; NULL: none is near enough. */
static const gr_happening *find_event(gr_search *s, const gr_hit *hit, const gr_oddity *odd,
                                      bool *fits)
{
    gr_day day = GR_AT(s->subject->tally->gift, gr_gift, hit->gift)->day;
    gr_text employer = s->subject->who->recipient[hit->recipient].employer;
    const gr_happening *best = NULL;
    uint32_t client, spelt;

    if (s->detector->happening.count == 0 || gr_text_trim(employer).len == 0)
        return NULL;
    client = gr_words_put_folded(&s->detector->words, gr_text_trim(employer), &spelt);
    *fits = client != GR_NONE;
    for (size_t i = 0; *fits && i < s->detector->happening.count; i++) {
        const gr_happening *one = GR_AT(s->detector->happening, gr_happening, i);

        if (one->client == client && odd->event >> one->event & 1 &&
            gr_search_counts(s, one->gift) && day >= one->day - odd->before &&
            day <= one->day + odd->after && (!best || is_nearer(one, best, day)))
            best = one;
    }
    return best;
}

/* "3 days before the mandate of 2026-05-04 of Acme Pension Fund" */
static gr_text event_text(const gr_search *s, const gr_hit *hit, const gr_happening *event)
{
    gr_day given = GR_AT(s->subject->tally->gift, gr_gift, hit->gift)->day;
    gr_text word = gr_fact_word_get(GR_F_EVENT, event->event);
    gr_text client = s->subject->who->recipient[hit->recipient].employer;
    int days = distance(given, event->day);
    char day[GR_DAY_TEXT];

    if (days == 0)
        return gr_arena_print(s->subject->out->arena, "on the day of the %.*s of %s, %.*s",
                              GR_ALL(word), gr_day_print(event->day, day), GR_SHOW(client));
    return gr_arena_print(s->subject->out->arena, "%d %s %s the %.*s of %s, %.*s", days,
                          days == 1 ? "day" : "days", given < event->day ? "before" : "after",
                          GR_ALL(word), gr_day_print(event->day, day), GR_SHOW(client));
}

/* ---- findings ---- */

static bool add(const gr_search *s, const gr_hit *hit, gr_text near)
{
    const gr_oddity *odd = &s->detector->odd[hit->odd];
    const char *colon = hit->details.len + near.len > 0 ? ": " : "";
    const char *comma = hit->details.len > 0 && near.len > 0 ? ", " : "";
    gr_judged judged;

    if (!near.ptr || !gr_search_start(s, odd, hit->gift, recipient_of(s, hit), &judged))
        return false;
    judged.finding.reason =
        gr_arena_print(s->subject->out->arena, "%.*s%s%.*s%s%.*s", GR_ALL(odd->reason), colon,
                       GR_ALL(near), comma, GR_ALL(hit->details));
    return judged.finding.reason.ptr && gr_search_end(s, &judged);
}

static bool find_one(gr_search *s, size_t i)
{
    const gr_hit *hit = hit_at(s, i);
    const gr_oddity *odd = &s->detector->odd[hit->odd];
    const gr_happening *event;
    bool fits = true;

    if (!gr_search_counts(s, hit->gift) ||
        !gr_search_is_asked(s, GR_AT(s->subject->tally->gift, gr_gift, hit->gift)->day) ||
        !is_wanted(s, hit->gift) || is_told(s, i))
        return true;
    if (!odd->event)
        return add(s, hit, GR_TEXT(""));
    event = find_event(s, hit, odd, &fits);
    return fits && (!event || add(s, hit, event_text(s, hit, event)));
}

gr_status gr_checks_find(gr_search *search)
{
    for (size_t i = 0; i < search->detector->hit.count; i++)
        if (!find_one(search, i))
            return gr_fail_memory(search->err);
    return GR_OK;
}
