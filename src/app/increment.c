/* src/app/increment.c - see increment.h. In steps: who got something that is new, changed or taken back; whose identity
 * is another one than before, since somebody came or went; to whom they are linked. All of these are judged, with every
 * gift of theirs and of those whom they are linked to. */
#include "app/increment.h"

#include "app/roster_findings.h"
#include "app/shift.h"
#include "app/verdicts.h"
#include "base/os.h"

#include <stdlib.h>
#include <string.h>

typedef struct holding { /* what the sources of a ledger hold */
    const gr_formats *formats;
    bool stands_alone;
} holding;

static gr_status look_at_source(void *context, int64_t row, const gr_source *source, gr_error *err)
{
    holding *h = context;

    (void)row, (void)err;
    h->stands_alone = h->stands_alone && gr_formats_stand_alone(h->formats, source->format);
    return GR_OK;
}

/* Expenses and approvals are matched with gifts of whomever. */
gr_status gr_increment_is_possible(const gr_rules *rules, gr_ledger *ledger, bool *out,
                                   gr_error *err)
{
    holding h = { rules->formats, true };
    gr_status status;

    *out = false;
    if (gr_ruleset_adds_per_client(rules->set))
        return GR_OK;
    status = gr_ledger_is_judged_by(ledger, gr_text_of(rules->sha256), out, err);
    if (status == GR_OK && *out)
        status = gr_ledger_each_source(ledger, look_at_source, &h, err);
    *out = status == GR_OK && *out && h.stands_alone;
    return status;
}

/* ---- identities, before and now ---- */

typedef struct increment {
    const gr_rules *rules;
    gr_ledger *ledger;
    gr_run *run;
    gr_intake *intake;
    uint32_t count;      /* of recipients */
    bool *before, *now;  /* of each recipient: is it in a record in force? */
    bool *changed;       /* somebody's gifts, or identity */
    bool *judged, *met;  /* to be judged; to be read, for those who are judged */
    bool is_all;         /* everybody is judged, with every gift */
    gr_who was;          /* as it was before; same and links only, owned */
    uint32_t gift_count; /* gifts of the tally before the others were read */
} increment;

static bool *create_flags(uint32_t count)
{
    bool *flags = gr_os_alloc(sizeof *flags * (count + 1));

    return flags ? memset(flags, 0, sizeof *flags * (count + 1)) : NULL;
}

static bool is_kept(const increment *n, const gr_gift *gift)
{
    return gift->source < n->intake->first_new;
}

static const gr_gift *gift_at(const increment *n, uint32_t i)
{
    return GR_AT(n->intake->tally->gift, gr_gift, i);
}

/* Everybody of the ledger was alive and is, but for those of whom a record was replaced: they are asked for. */
static gr_status find_alive(increment *n, gr_error *err)
{
    gr_list doubtful = GR_LIST(int64_t);
    const gr_list *party = &n->intake->party;
    gr_status status = gr_ledger_doubtful_parties(n->ledger, &doubtful, err);
    bool *is_doubtful = create_flags((uint32_t)party->count);

    if (status == GR_OK && !is_doubtful)
        status = gr_fail_memory(err);
    for (size_t i = 0; status == GR_OK && i < doubtful.count; i++) {
        int64_t row = *GR_AT(doubtful, int64_t, i);
        bool before = false, now = false;
        uint32_t number;

        if ((size_t)row >= party->count) /* it came with this run, and the tally tells */
            continue;
        is_doubtful[row] = true;
        number = *GR_AT(*party, uint32_t, row);
        if (number == GR_NONE) /* somebody else each time: nobody's identity hangs on it */
            continue;
        status = gr_ledger_party_life(n->ledger, row, &before, &now, err);
        n->before[number] = n->before[number] || before;
        n->now[number] = n->now[number] || now;
    }
    for (size_t row = 0; status == GR_OK && row < party->count; row++) {
        uint32_t number = *GR_AT(*party, uint32_t, row);

        if (number != GR_NONE && !is_doubtful[row])
            n->before[number] = n->now[number] = true;
    }
    gr_os_free(is_doubtful);
    gr_list_free(&doubtful);
    return status;
}

/* New records say who is alive now; what is new, replaced or taken back has changed for everybody who got it. */
static void mark_changed(increment *n)
{
    for (uint32_t i = 0; i < n->gift_count; i++) {
        const gr_gift *gift = gift_at(n, i);
        size_t count;
        const uint32_t *recipient = gr_tally_recipients(n->intake->tally, i, &count);

        for (size_t k = 0; k < count; k++) {
            if (!gift->is_dead && !is_kept(n, gift))
                n->now[recipient[k]] = true;
            if (gift->is_dead == is_kept(n, gift))
                n->changed[recipient[k]] = true;
        }
    }
}

static gr_status copy_who(increment *n, const gr_who *who, gr_error *err)
{
    size_t links = who->link_first[n->count];
    uint32_t *same = gr_os_alloc(sizeof *same * (n->count + 1));
    uint32_t *first = gr_os_alloc(sizeof *first * (n->count + 1));
    uint32_t *link = gr_os_alloc(sizeof *link * (links + 1));
    uint8_t *through = gr_os_alloc(links + 1);

    n->was = (gr_who){ .same = same, .link_first = first, .link = link, .through = through };
    if (!same || !first || !link || !through)
        return gr_fail_memory(err);
    memcpy(same, who->same, sizeof *same * n->count);
    memcpy(first, who->link_first, sizeof *first * (n->count + 1));
    if (links > 0)
        memcpy(link, who->link, sizeof *link * links);
    if (links > 0)
        memcpy(through, who->through, links);
    return GR_OK;
}

static gr_status settle_both(increment *n, gr_error *err)
{
    gr_people *people = n->intake->people;
    gr_status status = gr_intake_relate(n->intake, err); /* other relations: all is judged */

    if (status == GR_OK)
        status = gr_people_settle(people, n->before, &n->run->who, err);

    if (status == GR_OK)
        status = copy_who(n, &n->run->who, err);
    if (status == GR_OK && memcmp(n->before, n->now, sizeof *n->now * n->count) != 0)
        status = gr_people_settle(people, n->now, &n->run->who, err);
    return status;
}

/* ---- who is judged ---- */

static bool has_other_links(const increment *n, uint32_t i)
{
    const gr_who *was = &n->was, *is = &n->run->who;
    uint32_t before = was->link_first[i + 1] - was->link_first[i];
    uint32_t now = is->link_first[i + 1] - is->link_first[i];

    return before != now ||
           (now > 0 && memcmp(was->link + was->link_first[i], is->link + is->link_first[i],
                              sizeof *is->link * now) != 0) ||
           (now > 0 &&
            memcmp(was->through + was->link_first[i], is->through + is->link_first[i], now) != 0);
}

static void mark_identities(increment *n)
{
    for (uint32_t i = 0; i < n->count; i++)
        if (n->before[i] != n->now[i] || n->was.same[i] != n->run->who.same[i] ||
            has_other_links(n, i))
            n->changed[i] = true;
}

/* Whoever is, or was, one person with somebody marked, is marked too. person is scratch of two flags each. */
static void spread(const increment *n, bool *marked, bool *person)
{
    const uint32_t *was = n->was.same, *is = n->run->who.same;
    bool grows = true;

    while (grows) {
        grows = false;
        memset(person, 0, sizeof *person * 2 * n->count);
        for (uint32_t i = 0; i < n->count; i++)
            if (marked[i])
                person[2 * was[i]] = person[2 * is[i] + 1] = true;
        for (uint32_t i = 0; i < n->count; i++) {
            bool is_one = person[2 * was[i]] || person[2 * is[i] + 1];

            grows = grows || (is_one && !marked[i]);
            marked[i] = marked[i] || is_one;
        }
    }
}

static void add_links(const gr_who *who, uint32_t i, bool *to)
{
    for (uint32_t k = who->link_first[i]; k < who->link_first[i + 1]; k++)
        to[who->link[k]] = true;
}

/* What came may hang together with what is kept in other ways than by its recipients. */
static gr_status is_about_all(const increment *n, bool *out, gr_error *err)
{
    const gr_intake *intake = n->intake;

    *out = false;
    for (size_t i = intake->first_new; i < intake->source.count; i++)
        *out = *out || !gr_formats_stand_alone(n->rules->formats,
                                               GR_AT(intake->source, gr_source, i)->format);
    return *out ? GR_OK : gr_roster_findings_need_all(n->intake, out, err);
}

static void choose_all(increment *n)
{
    n->is_all = true;
    memset(n->judged, 1, sizeof *n->judged * n->count);
}

/* Who has a link to somebody that has changed: seen from the other side, since relatives have none back. */
static void add_linked_to(const increment *n, const gr_who *who, bool *to)
{
    for (uint32_t i = 0; i < n->count; i++)
        for (uint32_t k = who->link_first[i]; k < who->link_first[i + 1]; k++)
            to[i] = to[i] || n->changed[who->link[k]];
}

/* What is found of a gift to a relative is found for each of those for whom it may have been meant: all of them are
 * judged, and so is the relative. */
static bool add_related(const increment *n, const gr_who *who, bool *judged)
{
    bool grows = false;

    for (uint32_t i = 0; i < n->count; i++) {
        for (uint32_t k = who->link_first[i]; k < who->link_first[i + 1]; k++) {
            if (who->through[k] == GR_THROUGH_NONE || judged[i] == judged[who->link[k]])
                continue;
            judged[i] = judged[who->link[k]] = grows = true;
        }
    }
    return grows;
}

/* Gifts of somebody count as possible in the sums of those to whom he or she is, or was, linked. */
static gr_status choose(increment *n, gr_error *err)
{
    bool is_all, *person;
    gr_status status = is_about_all(n, &is_all, err);

    if (status != GR_OK || is_all) {
        if (is_all)
            choose_all(n);
        return status;
    }
    person = create_flags(2 * n->count);
    if (!person)
        return gr_fail_memory(err);
    mark_identities(n);
    spread(n, n->changed, person);
    memcpy(n->judged, n->changed, sizeof *n->judged * n->count);
    for (uint32_t i = 0; i < n->count; i++) {
        if (!n->changed[i])
            continue;
        add_links(&n->was, n->was.same[i], n->judged);
        add_links(&n->run->who, n->run->who.same[i], n->judged);
    }
    add_linked_to(n, &n->was, n->judged);
    add_linked_to(n, &n->run->who, n->judged);
    do
        spread(n, n->judged, person);
    while (add_related(n, &n->was, n->judged) || add_related(n, &n->run->who, n->judged));
    memcpy(n->met, n->judged, sizeof *n->met * n->count);
    for (uint32_t i = 0; i < n->count; i++)
        if (n->judged[i])
            add_links(&n->run->who, n->run->who.same[i], n->met);
    spread(n, n->met, person);
    gr_os_free(person);
    return GR_OK;
}

/* ---- their gifts ---- */

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static int64_t *copy_sorted(const gr_list *rows)
{
    int64_t *copy = gr_os_alloc(sizeof *copy * (rows->count + 1));

    if (!copy)
        return NULL;
    if (rows->count > 0)
        memcpy(copy, rows->items, sizeof *copy * rows->count);
    if (rows->count > 1)
        qsort(copy, rows->count, sizeof *copy, by_number);
    return copy;
}

/* In the order in which they came, each once, without those that are here already. */
static gr_status read_rows(increment *n, gr_list *rows, gr_error *err)
{
    size_t here = n->intake->row.count;
    int64_t *known = copy_sorted(&n->intake->row);
    gr_status status = known ? GR_OK : gr_fail_memory(err);
    const int64_t *row = rows->items;

    if (rows->count > 1)
        qsort(rows->items, rows->count, sizeof *row, by_number);
    for (size_t i = 0; status == GR_OK && i < rows->count; i++)
        if ((i == 0 || row[i] != row[i - 1]) &&
            !(here > 0 && bsearch(&row[i], known, here, sizeof *known, by_number)))
            status =
                gr_fetcher_fetch(n->intake->fetcher, row[i], gr_intake_take_kept, n->intake, err);
    gr_os_free(known);
    return status;
}

static gr_status read_gifts(increment *n, gr_error *err)
{
    const gr_list *party = &n->intake->party;
    gr_list rows = GR_LIST(int64_t);
    gr_status status = GR_OK;

    if (n->is_all)
        status = gr_ledger_records_in_force(n->ledger, &rows, err);
    for (size_t row = 0; !n->is_all && status == GR_OK && row < party->count; row++) {
        uint32_t number = *GR_AT(*party, uint32_t, row);

        if (number != GR_NONE && n->met[number])
            status = gr_ledger_records_of(n->ledger, (int64_t)row, &rows, err);
    }
    if (status == GR_OK)
        status = read_rows(n, &rows, err);
    gr_list_free(&rows);
    return status;
}

/* The gifts that were read may have gone to somebody else too, of whom nothing is known: that is nobody of whom anything
 * has changed, and always was one of his or her own, but everybody may be judged. */
static gr_status extend(increment *n, gr_error *err)
{
    size_t count = gr_people_count(n->intake->people);
    bool *judged = gr_os_resize(n->judged, sizeof *judged * (count + 1));
    uint32_t *same;

    if (!judged)
        return gr_fail_memory(err);
    memset(judged + n->count, n->is_all, sizeof *judged * (count - n->count));
    n->judged = judged;
    same = gr_os_resize((void *)(uintptr_t)n->was.same, sizeof *same * (count + 1));
    if (!same)
        return gr_fail_memory(err);
    for (size_t i = n->count; i < count; i++)
        same[i] = (uint32_t)i;
    n->was.same = same;
    return gr_people_extend(n->intake->people, &n->run->who, err);
}

/* ---- verdicts ---- */

static gr_status judge(increment *n, gr_error *err)
{
    gr_run *run = n->run;

    run->judgement = (gr_judgement){ .arena = run->arena,
                                     .source = run->intake.origin.items,
                                     .wanted = n->is_all ? NULL : n->judged,
                                     .from = GR_DAY_FIRST,
                                     .to = GR_DAY_LAST,
                                     .as_of = run->as_of };
    return gr_verdicts_find(&run->intake, &run->who, &run->judgement, err);
}

/* What was found before of those who were judged, in any version of a gift of theirs. */
static gr_status withdraw(increment *n, gr_error *err)
{
    gr_list is_judged = GR_LIST(bool);
    gr_status status = GR_OK;

    for (uint32_t i = 0; status == GR_OK && i < n->intake->tally->gift.count; i++) {
        size_t count;
        const uint32_t *recipient = gr_tally_recipients(n->intake->tally, i, &count);
        gr_judged_record one = { *GR_AT(n->intake->row, int64_t, i), NULL, count };
        bool any = count == 0, fits = true; /* an expense that names nobody is looked at too */

        gr_list_cut(&is_judged, 0);
        for (size_t k = 0; k < count; k++) {
            any = any || n->judged[recipient[k]];
            fits = fits && gr_list_push(&is_judged, &n->judged[recipient[k]]);
        }
        one.is_judged = is_judged.items;
        if (!fits)
            status = gr_fail_memory(err);
        else if (any && is_kept(n, gift_at(n, i)))
            status = gr_ledger_findings_end_of(n->ledger, &one, err);
    }
    gr_list_free(&is_judged);
    return status;
}

static gr_status keep(increment *n, gr_error *err)
{
    gr_rules_used used;
    gr_status status = gr_rules_describe(n->rules, n->run->arena, &used, err);

    if (status == GR_OK)
        status = gr_ledger_rules_add(n->ledger, &used, err);
    if (status == GR_OK)
        status = gr_run_keep_findings(n->rules, n->ledger, n->run, err);
    if (status == GR_OK)
        status = withdraw(n, err);
    if (status == GR_OK)
        status = gr_shift_keep(n->ledger, n->run, &n->was, n->judged, err);
    n->run->news = gr_ledger_findings_news(n->ledger);
    return status;
}

/* ---- all ---- */

static gr_status work(increment *n, gr_error *err)
{
    gr_status status = find_alive(n, err);

    if (status != GR_OK)
        return status;
    mark_changed(n);
    status = settle_both(n, err);
    if (status == GR_OK)
        status = choose(n, err);
    if (status == GR_OK)
        status = read_gifts(n, err);
    if (status == GR_OK && !n->is_all && gr_detector_needs_all(n->intake->detector)) {
        choose_all(n); /* a pattern may have gifts of others too */
        status = read_gifts(n, err);
    }
    if (status == GR_OK)
        status = extend(n, err);
    if (status == GR_OK)
        status = judge(n, err);
    return status == GR_OK ? keep(n, err) : status;
}

gr_status gr_increment_judge(const gr_rules *rules, gr_ledger *ledger, gr_run *run, gr_error *err)
{
    uint32_t count = (uint32_t)gr_people_count(run->intake.people);
    increment n = { .rules = rules,
                    .ledger = ledger,
                    .run = run,
                    .intake = &run->intake,
                    .count = count,
                    .before = create_flags(count),
                    .now = create_flags(count),
                    .changed = create_flags(count),
                    .judged = create_flags(count),
                    .met = create_flags(count),
                    .gift_count = (uint32_t)run->intake.tally->gift.count };
    gr_status status = GR_OK;

    if (!n.before || !n.now || !n.changed || !n.judged || !n.met)
        status = gr_fail_memory(err);
    if (status == GR_OK)
        status = work(&n, err);
    gr_os_free(n.before);
    gr_os_free(n.now);
    gr_os_free(n.changed);
    gr_os_free(n.judged);
    gr_os_free(n.met);
    gr_os_free((void *)(uintptr_t)n.was.same);
    gr_os_free((void *)(uintptr_t)n.was.link_first);
    gr_os_free((void *)(uintptr_t)n.was.link);
    gr_os_free((void *)(uintptr_t)n.was.through);
    return status;
}
