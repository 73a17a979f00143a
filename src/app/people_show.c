/* src/app/people_show.c - giftrule people show: all ways in which a person is called, and why they are one; employers over
 * time; to whom the person is linked, and what was decided. Nothing is kept. */
#include "app/people.h"

#include "app/joined.h"
#include "people/fold.h"
#include "people/likeness.h"
#include "report/people.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 50 };

typedef struct showing {
    gr_run run;
    gr_company company;
    gr_whois_days *days; /* of each recipient */
    gr_error *err;
} showing;

/* ---- gifts ---- */

static void add_day(gr_whois_days *days, gr_day day)
{
    days->first = days->gifts == 0 || day < days->first ? day : days->first;
    days->last = days->gifts == 0 || day > days->last ? day : days->last;
    days->gifts++;
}

static void add_days(gr_whois_days *days, const gr_whois_days *more)
{
    if (more->gifts == 0)
        return;
    days->first = days->gifts == 0 || more->first < days->first ? more->first : days->first;
    days->last = days->gifts == 0 || more->last > days->last ? more->last : days->last;
    days->gifts += more->gifts;
}

static gr_status count_days(showing *s)
{
    const gr_tally *tally = s->run.intake.tally;

    s->days = gr_arena_zero(s->run.arena, sizeof *s->days * (s->company.count + 1));
    for (uint32_t i = 0; s->days && i < tally->gift.count; i++) {
        const gr_gift *gift = GR_AT(tally->gift, gr_gift, i);
        size_t count;
        const uint32_t *recipient = gr_tally_recipients(tally, i, &count);

        for (size_t k = 0; gr_gift_counts(gift) && k < count; k++)
            add_day(&s->days[recipient[k]], gift->day);
    }
    return s->days ? GR_OK : gr_fail_memory(s->err);
}

/* ---- one person ---- */

/* The list as an array of the arena; NULL: no memory. Frees it. */
static void *settle_list(showing *s, gr_list *list, bool fits, size_t *count)
{
    void *array = fits ? gr_arena_alloc(s->run.arena, list->count * list->size + 1) : NULL;

    if (array && list->count > 0)
        memcpy(array, list->items, list->count * list->size);
    *count = array ? list->count : 0;
    gr_list_free(list);
    return array;
}

static int by_name(const void *a, const void *b)
{
    const gr_whois_spelling *x = a, *y = b;
    int order = gr_text_compare(x->name.person.name, y->name.person.name);

    return order ? order : gr_text_compare(x->name.mark, y->name.mark);
}

static bool list_spellings(showing *s, uint32_t person, gr_whois *out)
{
    const gr_company *c = &s->company;
    gr_list list = GR_LIST(gr_whois_spelling);
    bool fits = true;

    for (uint32_t i = 0; fits && i < c->count; i++) {
        gr_whois_spelling one = { .days = s->days[i] };

        if (c->who.same[i] != person || !c->alive[i])
            continue;
        one.name = gr_company_written(c, i);
        one.why =
            i == c->stands[person] ? GR_TEXT("") : gr_joined_why(c->intake, &c->who, i, c->arena);
        fits = one.name.mark.ptr && one.why.ptr && gr_list_push(&list, &one);
        add_days(&out->days, &one.days);
    }
    if (list.count > 1)
        qsort(list.items, list.count, sizeof(gr_whois_spelling), by_name);
    out->spelling = settle_list(s, &list, fits, &out->spelling_count);
    return out->spelling != NULL;
}

static int by_first_day(const void *a, const void *b)
{
    const gr_whois_employer *x = a, *y = b;

    if ((x->days.gifts > 0) != (y->days.gifts > 0))
        return x->days.gifts > 0 ? -1 : 1;
    if (x->days.first != y->days.first)
        return x->days.first < y->days.first ? -1 : 1;
    return gr_text_compare(x->employer, y->employer);
}

/* One firm is one, however it is written; the better of the ways is shown. */
static bool add_employer(showing *s, gr_list *list, gr_list *folded, const gr_whois_spelling *one)
{
    const gr_names *names = &s->run.intake.rules->names;
    gr_text firm = gr_fold_firm(names, one->name.person.employer, s->run.arena);
    gr_whois_employer *known;
    size_t i = 0;

    if (!firm.ptr || firm.len == 0)
        return firm.ptr != NULL;
    while (i < folded->count && !gr_text_equal(*GR_AT(*folded, gr_text, i), firm))
        i++;
    if (i == folded->count &&
        (!gr_list_push(folded, &firm) ||
         !gr_list_push(list, &(gr_whois_employer){ .employer = one->name.person.employer })))
        return false;
    known = GR_AT(*list, gr_whois_employer, i);
    if (gr_fold_is_better(known->employer, one->name.person.employer))
        known->employer = one->name.person.employer;
    add_days(&known->days, &one->days);
    return true;
}

static bool list_employers(showing *s, gr_whois *out)
{
    gr_list list = GR_LIST(gr_whois_employer), folded = GR_LIST(gr_text);
    bool fits = true;

    for (size_t i = 0; fits && i < out->spelling_count; i++)
        fits = add_employer(s, &list, &folded, &out->spelling[i]);
    if (list.count > 1)
        qsort(list.items, list.count, sizeof(gr_whois_employer), by_first_day);
    gr_list_free(&folded);
    out->employer = settle_list(s, &list, fits, &out->employer_count);
    return out->employer != NULL;
}

static bool list_links(showing *s, uint32_t person, gr_whois *out)
{
    const gr_company *c = &s->company;
    const gr_who *who = &c->who;
    gr_list list = GR_LIST(gr_whois_link);
    bool fits = true;

    for (uint32_t k = who->link_first[person]; fits && k < who->link_first[person + 1]; k++) {
        gr_text through = gr_fact_word_get(GR_F_THROUGH, who->through[k]);
        gr_whois_link one = { .name = gr_company_person(c, who->link[k]) };

        if (who->through[k] != GR_THROUGH_NONE)
            one.through = gr_arena_copy(c->arena, through).ptr;
        one.why = gr_joined_link(c->intake, who, c->alive, person, who->link[k], c->arena);
        fits = one.why.ptr && one.name.mark.ptr && gr_list_push(&list, &one);
    }
    out->link = settle_list(s, &list, fits, &out->link_count);
    return out->link != NULL;
}

static bool list_decisions(showing *s, uint32_t person, gr_whois *out)
{
    const gr_company *c = &s->company;
    gr_list list = GR_LIST(gr_identity);
    bool fits = true;

    for (size_t i = 0; fits && i < c->intake->identity.count; i++) {
        const gr_known_identity *one = GR_AT(c->intake->identity, gr_known_identity, i);

        if (c->who.same[one->a] == person || c->who.same[one->b] == person)
            fits = gr_list_push(&list, &one->said);
    }
    out->decision = settle_list(s, &list, fits, &out->decision_count);
    return out->decision != NULL;
}

static gr_status show_person(showing *s, uint32_t person, gr_whois *out)
{
    *out = (gr_whois){ .name = gr_company_person(&s->company, person) };
    if (!out->name.mark.ptr || !list_spellings(s, person, out) || !list_employers(s, out) ||
        !list_links(s, person, out) || !list_decisions(s, person, out))
        return gr_fail_memory(s->err);
    return GR_OK;
}

/* ---- all ---- */

static int by_person(const void *a, const void *b)
{
    const gr_whois *x = a, *y = b;
    int order = gr_text_compare(x->name.person.name, y->name.person.name);

    return order ? order : gr_text_compare(x->name.mark, y->name.mark);
}

static gr_status find_shown(showing *s, const char *text, gr_list *shown)
{
    gr_list persons = GR_LIST(uint32_t);
    gr_status status = gr_company_search(&s->company, text, &persons, s->err);

    if (status == GR_OK && persons.count == 0)
        status = gr_fail(s->err, GR_EINPUT, GR_NOWHERE,
                         "name a person by P-0123456789ab, an id, or words of the name",
                         "nobody is named '%.*s'", GR_SHOW(gr_text_of(text)));
    if (status == GR_OK && persons.count > MOST_SHOWN)
        status = gr_fail(s->err, GR_EUSAGE, GR_NOWHERE, "write more of the name",
                         "%zu people are named '%.*s'", persons.count, GR_SHOW(gr_text_of(text)));
    for (size_t i = 0; status == GR_OK && i < persons.count; i++) {
        gr_whois one;

        status = show_person(s, *GR_AT(persons, uint32_t, i), &one);
        if (status == GR_OK && !gr_list_push(shown, &one))
            status = gr_fail_memory(s->err);
    }
    if (status == GR_OK && shown->count > 1)
        qsort(shown->items, shown->count, sizeof(gr_whois), by_person);
    gr_list_free(&persons);
    return status;
}

static gr_status write(const gr_list *shown, const gr_report_style *style, gr_on_output output,
                       void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_whois_json(shown->items, shown->count, &writer, err);
    else
        status =
            gr_whois_text(shown->items, shown->count, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "who it is cannot be written");
    return status;
}

gr_status gr_person_tell(const gr_rules *rules, const gr_audit_options *options, const char *person,
                         const gr_report_style *style, gr_on_output output, void *context,
                         gr_error *err)
{
    showing s = { .err = err };
    gr_list shown = GR_LIST(gr_whois);
    gr_status status = gr_people_read(rules, options, &s.run, err);

    if (status == GR_OK)
        status = gr_company_open(&s.run.intake, &s.run.who, s.run.arena, &s.company, err);
    if (status == GR_OK)
        status = count_days(&s);
    if (status == GR_OK)
        status = find_shown(&s, person, &shown);
    if (status == GR_OK)
        status = write(&shown, style, output, context, err);
    gr_list_free(&shown);
    gr_company_free(&s.company);
    gr_run_free(&s.run);
    return status;
}
