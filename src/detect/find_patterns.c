/* src/detect/find_patterns.c - members with the same keys are put together by a hash of them, those who are enough are
 * ordered by what is in their records, and of them clusters are made. Numbers of people and words hang on the order of
 * the input; they are compared for being the same, and never decide an order. */
#include "base/digest.h"
#include "base/os.h"
#include "detect/story.h"

#include <stdlib.h>
#include <string.h>

typedef struct hashed {
    uint64_t hash; /* of the window and the same keys */
    uint32_t member;
} hashed;

typedef struct lined { /* a member among its likes */
    gr_peer peer;
    uint64_t key[GR_KEY_COUNT + 1]; /* the window, and the same keys */
    gr_text id, format;
    uint64_t digest;
    gr_text person; /* name of whose share it is */
} lined;

typedef struct pattern {
    gr_search *s;
    const gr_flock *flock;
    const gr_oddity *odd;
    gr_list hashed, line, peer, cluster;
    gr_table spent;   /* with has_share: places in spending by giver and window */
    gr_list spending; /* of spending_of */
} pattern;

typedef struct spending_of {
    uint64_t giver, window;
    gr_wide high;
    bool is_open;
} spending_of;

static const gr_member *member_at(const pattern *p, size_t i)
{
    return GR_AT(p->flock->member, gr_member, i);
}

static const gr_gift *gift_at(const pattern *p, uint32_t gift)
{
    return GR_AT(p->s->subject->tally->gift, gr_gift, gift);
}

/* ---- keys ---- */

static uint64_t text_key(const pattern *p, size_t member, gr_key key)
{
    size_t i = 0;

    while (p->flock->key[i] != key)
        i++;
    return *GR_AT(p->flock->text, uint32_t, (member * p->flock->key_count + i) * 2);
}

static uint64_t key_of(const pattern *p, size_t member, gr_key key)
{
    const gr_member *m = member_at(p, member);

    switch (key) {
    case GR_KEY_RECIPIENT:
        return p->s->subject->who->same[m->recipient];
    case GR_KEY_GIVER:
        return gift_at(p, m->gift)->giver;
    case GR_KEY_DAY:
        return (uint32_t)gift_at(p, m->gift)->day;
    case GR_KEY_AMOUNT:
        return (uint64_t)m->worth.low;
    default:
        return text_key(p, member, key);
    }
}

static size_t fill_keys(const pattern *p, size_t member, uint32_t keys, uint64_t *out)
{
    size_t n = 0;

    for (unsigned key = 0; key < GR_KEY_COUNT; key++)
        if (keys & GR_KEY_BIT(key))
            out[n++] = key_of(p, member, (gr_key)key);
    return n;
}

static uint64_t window_of(const gr_oddity *odd, gr_day day)
{
    gr_date date = gr_day_date(day);

    return odd->window == GR_WINDOW_DAYS ? 0
           : odd->window == GR_WINDOW_YEAR
               ? (uint64_t)date.year
               : (uint64_t)date.year * 4 + (uint64_t)(date.month - 1) / 3;
}

/* ---- likes ---- */

static int by_hash(const void *a, const void *b)
{
    const hashed *x = a, *y = b;

    return x->hash != y->hash ? (x->hash > y->hash) - (x->hash < y->hash)
                              : (x->member > y->member) - (x->member < y->member);
}

static bool hash_members(pattern *p)
{
    const bool *wanted = p->s->subject->out->wanted;

    for (size_t i = 0; i < p->flock->member.count; i++) {
        const gr_member *m = member_at(p, i);
        uint64_t key[GR_KEY_COUNT + 1] = { window_of(p->odd, gift_at(p, m->gift)->day) };
        size_t n = 1 + fill_keys(p, i, p->odd->same, key + 1);
        hashed one = { gr_hash((gr_text){ (const char *)key, n * sizeof *key }, 0), (uint32_t)i };

        if (!gr_search_counts(p->s, m->gift) ||
            (wanted && !wanted[p->s->subject->who->same[m->recipient]]))
            continue;
        if (!gr_list_push(&p->hashed, &one))
            return false;
    }
    if (p->hashed.count > 1)
        qsort(p->hashed.items, p->hashed.count, sizeof(hashed), by_hash);
    return true;
}

static int by_content(const void *a, const void *b)
{
    const lined *x = a, *y = b;
    int order = memcmp(x->key, y->key, sizeof x->key); /* together is all that matters of them */

    if (order == 0)
        order = (x->peer.day > y->peer.day) - (x->peer.day < y->peer.day);
    if (order == 0)
        order = gr_text_compare(x->id, y->id);
    if (order == 0)
        order = gr_text_compare(x->format, y->format);
    if (order == 0)
        order = (x->digest > y->digest) - (x->digest < y->digest);
    if (order == 0)
        order = (x->peer.gift > y->peer.gift) - (x->peer.gift < y->peer.gift);
    return order ? order : gr_text_compare(x->person, y->person);
}

static lined line_of(const pattern *p, uint32_t member)
{
    const gr_member *m = member_at(p, member);
    const gr_gift *gift = gift_at(p, m->gift);
    const gr_subject *subject = p->s->subject;
    lined one = { .peer = { .day = gift->day,
                            .gift = m->gift,
                            .member = member,
                            .low = m->worth.low,
                            .high = m->worth.high },
                  .key = { window_of(p->odd, gift->day) },
                  .id = gr_tally_id(subject->tally, m->gift),
                  .format = subject->out->source[gift->source].format,
                  .digest = gift->digest };

    fill_keys(p, member, p->odd->same, one.key + 1);
    fill_keys(p, member, p->odd->differ, one.peer.differ);
    if (m->recipient != GR_NONE)
        one.person = subject->who->recipient[m->recipient].name;
    return one;
}

/* ---- what the giver gave in all ---- */

static spending_of *find_spending(pattern *p, uint64_t giver, uint64_t window, bool *fits)
{
    const uint64_t key[] = { giver, window };
    uint64_t hash = gr_hash((gr_text){ (const char *)key, sizeof key }, 0);
    spending_of one = { giver, window, 0, false };
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&p->spent, hash, &cursor)) != GR_NONE) {
        spending_of *found = GR_AT(p->spending, spending_of, i);

        if (found->giver == giver && found->window == window)
            return found;
    }
    i = (uint32_t)p->spending.count;
    *fits = gr_list_push(&p->spending, &one) && gr_table_put(&p->spent, hash, i);
    return *fits ? GR_AT(p->spending, spending_of, i) : NULL;
}

static bool add_spending(pattern *p)
{
    bool fits = true;

    for (size_t i = 0; fits && p->odd->has_share && i < p->hashed.count; i++) {
        const gr_member *m = member_at(p, GR_AT(p->hashed, hashed, i)->member);
        const gr_gift *gift = gift_at(p, m->gift);
        spending_of *all = find_spending(p, gift->giver, window_of(p->odd, gift->day), &fits);

        if (!fits)
            break;
        all->is_open = all->is_open || m->worth.high == GR_UNBOUNDED;
        all->high += m->worth.high == GR_UNBOUNDED ? 0 : m->worth.high;
    }
    return fits;
}

/* ---- enough ---- */

typedef struct enough {
    const gr_oddity *odd;
    gr_wide all; /* with has_share: what the giver gave at most; 0: not known */
} enough;

static bool is_enough(const void *context, gr_day last, gr_wide low)
{
    const enough *e = context;
    gr_amount bound;

    if (e->odd->has_total && (!gr_bound_on(&e->odd->total, last, &bound) ||
                              low * bound.den <= (gr_wide)bound.num * GR_WORTH_DEN))
        return false;
    return !e->odd->has_share ||
           (e->all > 0 && low * e->odd->share.den > e->all * e->odd->share.num);
}

/* ---- findings ---- */

/* The number by which this gift names the person. */
static uint32_t as_named(const gr_subject *s, uint32_t gift, uint32_t person)
{
    size_t count, i = 0;
    const uint32_t *recipient = gr_tally_recipients(s->tally, gift, &count);

    while (i < count && s->who->same[recipient[i]] != person)
        i++;
    return i < count ? recipient[i] : person;
}

/* Each gift once, with what its shares come to. */
static const gr_counted *counted_of(const gr_story *story, size_t *count)
{
    const gr_subject *subject = story->search->subject;
    gr_counted *list = gr_arena_alloc(subject->out->arena, sizeof *list * story->gifts);
    size_t n = 0;

    for (size_t i = 0; list && i < story->count; i++) {
        const gr_peer *peer = &story->peer[i];
        const gr_gift *gift = GR_AT(subject->tally->gift, gr_gift, peer->gift);
        const gr_person *giver = &subject->who->giver[gift->giver];
        gr_span value = { peer->low, peer->high, GR_WORTH_DEN };

        if (i > 0 && peer[-1].gift == peer->gift) {
            gr_span *sum = &list[n - 1].value;

            if (__builtin_add_overflow(sum->low, value.low, &sum->low))
                sum->low = GR_UNBOUNDED - 1;
            if (sum->high == GR_UNBOUNDED || value.high == GR_UNBOUNDED ||
                __builtin_add_overflow(sum->high, value.high, &sum->high))
                sum->high = GR_UNBOUNDED;
            continue;
        }
        list[n] =
            (gr_counted){ .gift = gr_arena_copy(subject->out->arena,
                                                gr_tally_id(subject->tally, peer->gift)),
                          .day = gift->day,
                          .giver_id = giver->id,
                          .giver_name = giver->name,
                          .value = value,
                          .source = { subject->out->source[gift->source].file.ptr, gift->line, 0 },
                          .note = GR_TEXT(""),
                          .recipient = story->recipient == GR_NONE
                                           ? GR_NONE
                                           : as_named(subject, peer->gift, story->recipient) };
        if (!list[n++].gift.ptr)
            return NULL;
    }
    *count = n;
    return list;
}

/* Whoever else gave one of them is told, once. */
static bool add_contributions(const gr_story *story, uint32_t giver)
{
    gr_judgement *out = story->search->subject->out;
    size_t before = out->contribution.count;
    uint32_t finding = (uint32_t)out->judged.count;

    for (size_t i = 0; i < story->count; i++) {
        uint32_t other =
            GR_AT(story->search->subject->tally->gift, gr_gift, story->peer[i].gift)->giver;
        gr_contribution one = { other, finding };
        size_t k = before;

        while (k < out->contribution.count &&
               GR_AT(out->contribution, gr_contribution, k)->giver != other)
            k++;
        if (other != giver && k == out->contribution.count &&
            !gr_list_push(&out->contribution, &one))
            return false;
    }
    return true;
}

static bool tell(pattern *p, const gr_peer *peer, size_t count, gr_wide all)
{
    gr_story story = {
        .search = p->s, .flock = p->flock, .peer = peer, .count = count, .all_high = all
    };
    uint32_t last = peer[count - 1].gift;
    gr_judged judged;
    gr_finding *f = &judged.finding;
    uint32_t recipient;

    if (!gr_search_is_asked(p->s, peer[count - 1].day))
        return true;
    if (!gr_story_start(&story))
        return false;
    recipient =
        story.recipient == GR_NONE ? GR_NONE : as_named(p->s->subject, last, story.recipient);
    if (!gr_search_start(p->s, p->odd, last, recipient, &judged))
        return false;
    f->reason = gr_story_tell(&story);
    f->counted = counted_of(&story, &f->counted_count);
    return f->reason.ptr && f->counted && add_contributions(&story, judged.giver) &&
           gr_search_end(p->s, &judged);
}

/* Those of the same keys, in order: peers first to end of the lines. */
static bool find_in(pattern *p, size_t first, size_t end)
{
    const lined *line = GR_AT(p->line, lined, first);
    enough e = { .odd = p->odd };
    gr_gathering by = { .days = p->odd->window == GR_WINDOW_DAYS ? p->odd->days : 0,
                        .gifts = p->odd->gifts,
                        .differ_count = (size_t)__builtin_popcount(p->odd->differ),
                        .is_enough = is_enough,
                        .context = &e };
    bool fits = true;

    gr_list_cut(&p->peer, 0);
    gr_list_cut(&p->cluster, 0);
    for (size_t i = first; fits && i < end; i++)
        fits = gr_list_push(&p->peer, &GR_AT(p->line, lined, i)->peer);
    if (fits && p->odd->has_share) {
        const spending_of *all =
            find_spending(p, gift_at(p, line->peer.gift)->giver, line->key[0], &fits);

        e.all = all && !all->is_open ? all->high : 0;
    }
    fits = fits && gr_clusters_find(p->peer.items, p->peer.count, &by, &p->cluster);
    for (size_t i = 0; fits && i < p->cluster.count; i++) {
        const gr_cluster *c = GR_AT(p->cluster, gr_cluster, i);

        fits = tell(p, GR_AT(p->peer, gr_peer, c->first), c->end - c->first, e.all);
    }
    return fits;
}

/* Members of one hash: of the same keys, but for the rarest of chances. */
static bool find_among(pattern *p, size_t first, size_t end)
{
    size_t from = 0;
    bool fits = true;

    gr_list_cut(&p->line, 0);
    for (size_t i = first; fits && i < end; i++) {
        lined one = line_of(p, GR_AT(p->hashed, hashed, i)->member);

        fits = gr_list_push(&p->line, &one);
    }
    if (fits)
        qsort(p->line.items, p->line.count, sizeof(lined), by_content);
    for (size_t i = 1; fits && i <= p->line.count; i++) {
        if (i < p->line.count &&
            memcmp(GR_AT(p->line, lined, i)->key, GR_AT(p->line, lined, from)->key,
                   sizeof GR_AT(p->line, lined, i)->key) == 0)
            continue;
        fits = find_in(p, from, i);
        from = i;
    }
    return fits;
}

static bool find_pattern(pattern *p)
{
    size_t first = 0;
    bool fits = hash_members(p) && add_spending(p);

    for (size_t i = 1; fits && i <= p->hashed.count; i++) {
        if (i < p->hashed.count &&
            GR_AT(p->hashed, hashed, i)->hash == GR_AT(p->hashed, hashed, first)->hash)
            continue;
        if (i - first >= p->odd->gifts)
            fits = find_among(p, first, i);
        first = i;
    }
    return fits;
}

static bool is_possible(const gr_search *s, const gr_flock *flock)
{
    return flock->odd->is_pattern && flock->odd->is_on && flock->member.count > 0 &&
           !(s->subject->out->wanted && gr_oddity_is_across(flock->odd));
}

gr_status gr_patterns_find(gr_search *search)
{
    bool fits = true;

    for (size_t i = 0; fits && i < search->detector->odd_count; i++) {
        pattern p = { .s = search,
                      .flock = &search->detector->flock[i],
                      .odd = &search->detector->odd[i],
                      .hashed = GR_LIST(hashed),
                      .line = GR_LIST(lined),
                      .peer = GR_LIST(gr_peer),
                      .cluster = GR_LIST(gr_cluster),
                      .spending = GR_LIST(spending_of) };

        if (is_possible(search, p.flock))
            fits = find_pattern(&p);
        gr_list_free(&p.hashed);
        gr_list_free(&p.line);
        gr_list_free(&p.peer);
        gr_list_free(&p.cluster);
        gr_list_free(&p.spending);
        gr_table_free(&p.spent);
    }
    return fits ? GR_OK : gr_fail_memory(search->err);
}
