/* src/app/joined.c - see joined.h. Most findings count gifts to somebody who is always called the same: for them this is
 * one look at each counted gift. */
#include "app/joined.h"

#include "people/likeness.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct joining {
    const gr_intake *intake;
    const gr_who *who;
    gr_arena *arena;
    gr_list number; /* of uint32_t: recipients of one finding; scratch */
} joining;

static const gr_person *written(const gr_intake *intake, uint32_t recipient)
{
    return gr_people_as_written(intake->people, recipient);
}

/* ---- spellings of a person ---- */

enum { MOST_SPELLINGS = 32 }; /* more would be compared for a long time */

static size_t list_spellings(const gr_intake *intake, const bool *alive, uint32_t person,
                             uint32_t out[MOST_SPELLINGS])
{
    size_t count = 0;
    uint32_t i = person;

    do {
        if (!alive || alive[i])
            out[count++] = i;
        i = gr_people_next(intake->people, i);
    } while (i != person && count < MOST_SPELLINGS);
    return count;
}

static int compare_written(const gr_person *x, const gr_person *y)
{
    int order = gr_text_compare(x->name, y->name);

    order = order ? order : gr_text_compare(x->employer, y->employer);
    order = order ? order : gr_text_compare(x->id, y->id);
    return order ? order : gr_text_compare(x->email, y->email);
}

/* Of equals the first by what is written: numbers hang on the order in which people came. */
static bool is_more_alike(const gr_intake *intake, const uint32_t *now, const uint32_t *offered)
{
    for (int i = 0; i < 2; i++) {
        int order = compare_written(written(intake, now[i]), written(intake, offered[i]));

        if (order != 0)
            return order > 0;
    }
    return false;
}

/* ---- why ---- */

/* The latest decision that joins this node with somebody; NULL: there is none. */
static const gr_identity *find_decision(const gr_intake *intake, uint32_t recipient)
{
    const uint32_t *base = gr_people_base(intake->people);

    for (size_t i = intake->identity.count; i-- > 0;) {
        const gr_known_identity *one = GR_AT(intake->identity, gr_known_identity, i);

        if (one->said.says == GR_IDENTITY_SAME && !one->said.is_past &&
            (base[one->a] == base[recipient] || base[one->b] == base[recipient]))
            return &one->said;
    }
    return NULL;
}

static gr_text why_decided(const gr_identity *said, gr_arena *arena)
{
    gr_text author = said->author.len > 0 ? said->author : GR_TEXT("somebody who is not named");

    return gr_arena_print(arena, "merged by %.*s on %.10s: %.*s", GR_ALL(author), said->moment.ptr,
                          GR_ALL(said->reason));
}

/* With which of the other spellings it is surely one: with what is shown, else with the first by what is written. */
static bool find_sure(const gr_intake *intake, const gr_who *who, uint32_t recipient,
                      gr_person *out, bool *found)
{
    const gr_names *names = &intake->rules->names;
    uint32_t person = who->same[recipient], all[MOST_SPELLINGS];
    size_t count = list_spellings(intake, NULL, person, all);
    const gr_person *one = written(intake, recipient), *best = NULL;
    gr_likeness like;
    gr_error ignored;

    *out = who->recipient[person];
    if (gr_likeness_find(names, one, out, &like, &ignored) != GR_OK)
        return false;
    *found = like.bond == GR_BOND_SURE;
    for (size_t i = 0; !*found && i < count; i++) {
        const gr_person *other = written(intake, all[i]);

        if (all[i] == recipient || (best && compare_written(best, other) <= 0))
            continue;
        if (gr_likeness_find(names, one, other, &like, &ignored) != GR_OK)
            return false;
        best = like.bond == GR_BOND_SURE ? other : best;
    }
    if (best)
        *out = *best;
    *found = *found || best;
    return true;
}

gr_text gr_joined_why(const gr_intake *intake, const gr_who *who, uint32_t recipient,
                      gr_arena *arena)
{
    uint32_t person = who->same[recipient], node = gr_people_base(intake->people)[recipient];
    const gr_identity *said = node != person ? find_decision(intake, recipient) : NULL;
    gr_error ignored;
    gr_person other;
    bool found = false;
    gr_text why;

    if (said)
        return why_decided(said, arena);
    if (!find_sure(intake, who, recipient, &other, &found))
        return (gr_text){ NULL, 0 };
    if (!found)
        return gr_arena_copy(arena, GR_TEXT("one with another of these spellings"));
    return gr_likeness_print(&intake->rules->names, written(intake, recipient), &other, arena, &why,
                             &ignored) == GR_OK
               ? why
               : (gr_text){ NULL, 0 };
}

/* ---- why somebody's gifts may count ---- */

static bool find_alike(const gr_intake *intake, const bool *alive, const uint32_t of[2],
                       uint32_t best[2])
{
    uint32_t all[2][MOST_SPELLINGS];
    size_t count[2];
    int score = INT_MIN;

    for (int i = 0; i < 2; i++)
        count[i] = list_spellings(intake, alive, of[i], all[i]);
    for (size_t i = 0; i < count[0]; i++) {
        for (size_t k = 0; k < count[1]; k++) {
            const uint32_t two[] = { all[0][i], all[1][k] };
            gr_likeness like;
            gr_error ignored;

            if (gr_likeness_find(&intake->rules->names, written(intake, two[0]),
                                 written(intake, two[1]), &like, &ignored) != GR_OK)
                return false;
            if (like.score < score || (like.score == score && !is_more_alike(intake, best, two)))
                continue;
            score = like.score;
            memcpy(best, two, sizeof two);
        }
    }
    return true;
}

static gr_through through_of(const gr_who *who, uint32_t person, uint32_t other)
{
    for (uint32_t i = who->link_first[person]; i < who->link_first[person + 1]; i++)
        if (who->link[i] == other)
            return (gr_through)who->through[i];
    return GR_THROUGH_NONE;
}

gr_text gr_joined_link(const gr_intake *intake, const gr_who *who, const bool *alive,
                       uint32_t person, uint32_t other, gr_arena *arena)
{
    const uint32_t of[] = { other, person }; /* the one who is told of comes first */
    uint32_t best[] = { other, person };
    gr_through through = through_of(who, person, other);
    gr_error ignored;
    gr_text why;

    if (through != GR_THROUGH_NONE)
        return gr_arena_print(arena, "declared: %.*s",
                              GR_ALL(gr_fact_word_get(GR_F_THROUGH, through)));
    if (!find_alike(intake, alive, of, best) ||
        gr_likeness_print(&intake->rules->names, written(intake, best[0]), written(intake, best[1]),
                          arena, &why, &ignored) != GR_OK)
        return (gr_text){ NULL, 0 };
    return why;
}

/* ---- of one finding ---- */

static bool is_called(const gr_finding *f, const gr_person *person)
{
    return gr_text_equal(person->id, f->recipient_id) &&
           gr_text_equal(person->name, f->recipient_name) &&
           gr_text_equal(person->employer, f->recipient_employer);
}

static bool is_alike(const gr_person *a, const gr_person *b)
{
    return gr_text_equal(a->id, b->id) && gr_text_equal(a->name, b->name) &&
           gr_text_equal(a->employer, b->employer);
}

static bool is_listed(const joining *j, const gr_person *person)
{
    for (size_t i = 0; i < j->number.count; i++)
        if (is_alike(written(j->intake, *GR_AT(j->number, uint32_t, i)), person))
            return true;
    return false;
}

/* Gifts to the person, by any of the ways in which they call her that the finding itself does not. */
static bool list_numbers(joining *j, const gr_judged *judged)
{
    const gr_finding *f = &judged->finding;
    uint32_t last = GR_NONE;

    gr_list_cut(&j->number, 0);
    for (size_t i = 0; i < f->counted_count; i++) {
        uint32_t recipient = f->counted[i].recipient;

        if (recipient == last || recipient == GR_NONE ||
            j->who->same[recipient] != judged->recipient)
            continue;
        last = recipient;
        if (!is_called(f, written(j->intake, recipient)) &&
            !is_listed(j, written(j->intake, recipient)) && !gr_list_push(&j->number, &recipient))
            return false;
    }
    return true;
}

/* In a line of a table, parted by tabs. */
static gr_text in_line(const joining *j, gr_text text)
{
    gr_text copy = gr_arena_copy(j->arena, text);
    char *c = (char *)(uintptr_t)copy.ptr;

    for (size_t i = 0; c && i < copy.len; i++)
        if ((unsigned char)c[i] < ' ')
            c[i] = ' ';
    return copy;
}

static int by_name(const void *a, const void *b)
{
    const gr_joined *x = a, *y = b;
    int order = gr_text_compare(x->name, y->name);

    order = order ? order : gr_text_compare(x->employer, y->employer);
    return order ? order : gr_text_compare(x->id, y->id);
}

static bool fill(joining *j, gr_finding *f)
{
    gr_joined *list = gr_arena_alloc(j->arena, sizeof *list * j->number.count);

    for (size_t i = 0; list && i < j->number.count; i++) {
        uint32_t recipient = *GR_AT(j->number, uint32_t, i);
        const gr_person *person = written(j->intake, recipient);
        gr_text why = gr_joined_why(j->intake, j->who, recipient, j->arena);

        if (!why.ptr)
            return false;
        list[i] = (gr_joined){ in_line(j, person->id), in_line(j, person->name),
                               in_line(j, person->employer), in_line(j, why) };
        if (!list[i].id.ptr || !list[i].name.ptr || !list[i].employer.ptr || !list[i].why.ptr)
            return false;
    }
    if (!list)
        return false;
    qsort(list, j->number.count, sizeof *list, by_name);
    f->joined = list;
    f->joined_count = j->number.count;
    return true;
}

gr_status gr_joined_find(const gr_intake *intake, const gr_who *who, gr_judgement *judgement,
                         gr_error *err)
{
    joining j = { intake, who, judgement->arena, GR_LIST(uint32_t) };
    bool fits = true;

    for (size_t i = 0; fits && i < judgement->judged.count; i++) {
        gr_judged *judged = GR_AT(judgement->judged, gr_judged, i);

        if (judged->recipient == GR_NONE || judged->finding.verdict == GR_COMPLIANT)
            continue;
        fits = list_numbers(&j, judged) && (j.number.count == 0 || fill(&j, &judged->finding));
    }
    gr_list_free(&j.number);
    return fits ? GR_OK : gr_fail_memory(err);
}
