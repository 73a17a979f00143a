/* src/report/people_json.c - who is who, for other programs. */
#include "report/people.h"

#include "base/error.h"
#include "report/json_finding.h"
#include "report/resolution.h"

static json_t *day_or_null(const gr_whois_days *days, gr_day day)
{
    return days->gifts > 0 ? gr_json_day(day) : json_null();
}

static void put_person(gr_json *json, const gr_person *person)
{
    gr_json_put(json, "id", gr_json_text(person->id));
    gr_json_put(json, "name", gr_json_text(person->name));
    gr_json_put(json, "employer", gr_json_text(person->employer));
    gr_json_put(json, "email", gr_json_text(person->email));
}

static void put_name(gr_json *json, const gr_whois_name *name)
{
    gr_json_put(json, "person", gr_json_text(name->mark));
    put_person(json, &name->person);
}

static void open_name(gr_json *json, const char *member, const gr_whois_name *name)
{
    gr_json_open(json, member, '{');
    put_name(json, name);
    gr_json_close(json, '}');
}

static void put_days(gr_json *json, const gr_whois_days *days)
{
    gr_json_put(json, "gifts", gr_json_number(days->gifts));
    gr_json_put(json, "first", day_or_null(days, days->first));
    gr_json_put(json, "last", day_or_null(days, days->last));
}

static void start(gr_json *json)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "giftrule", json_integer(1));
}

static gr_status finish(gr_json *json, gr_error *err)
{
    gr_json_close(json, '}');
    return json->failed ? gr_fail_memory(err) : GR_OK;
}

/* ---- candidates ---- */

static void put_pair(gr_json *json, const gr_whois_pair *p)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "score", json_integer(p->score));
    gr_json_put(json, "possible", json_boolean(p->is_linked));
    gr_json_put(json, "why", gr_json_text(p->why));
    gr_json_open(json, "parts", '{');
    for (size_t i = 0; i < p->part_count; i++)
        gr_json_put(json, p->part[i].part, json_string(p->part[i].accord));
    gr_json_close(json, '}');
    open_name(json, "a", &p->a);
    open_name(json, "b", &p->b);
    gr_json_close(json, '}');
}

gr_status gr_candidates_json(const gr_candidates *told, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    start(&json);
    gr_json_open(&json, "candidates", '[');
    for (size_t i = 0; i < told->pair_count && !writer->failed; i++)
        put_pair(&json, &told->pair[i]);
    gr_json_close(&json, ']');
    return finish(&json, err);
}

/* ---- who somebody is ---- */

static void put_decision(gr_json *json, const gr_identity *said)
{
    gr_json_put(json, "kind", json_string(gr_identity_kind_text(said->kind)));
    gr_json_put(json, "says", json_string(gr_identity_says_text(said->says)));
    gr_json_put(json, "author", gr_json_text(said->author));
    gr_json_put(json, "moment", gr_json_text(said->moment));
    gr_json_put(json, "reason", gr_json_text(said->reason));
}

static void put_spellings(gr_json *json, const gr_whois *w)
{
    gr_json_open(json, "spellings", '[');
    for (size_t i = 0; i < w->spelling_count; i++) {
        gr_json_open(json, NULL, '{');
        put_name(json, &w->spelling[i].name);
        gr_json_put(json, "why", gr_json_text(w->spelling[i].why));
        put_days(json, &w->spelling[i].days);
        gr_json_close(json, '}');
    }
    gr_json_close(json, ']');
}

static void put_employers(gr_json *json, const gr_whois *w)
{
    gr_json_open(json, "employers", '[');
    for (size_t i = 0; i < w->employer_count; i++) {
        gr_json_open(json, NULL, '{');
        gr_json_put(json, "employer", gr_json_text(w->employer[i].employer));
        put_days(json, &w->employer[i].days);
        gr_json_close(json, '}');
    }
    gr_json_close(json, ']');
}

static void put_links(gr_json *json, const gr_whois *w)
{
    gr_json_open(json, "links", '[');
    for (size_t i = 0; i < w->link_count; i++) {
        const gr_whois_link *l = &w->link[i];

        gr_json_open(json, NULL, '{');
        put_name(json, &l->name);
        gr_json_put(json, "through", l->through ? json_string(l->through) : json_null());
        gr_json_put(json, "why", gr_json_text(l->why));
        gr_json_close(json, '}');
    }
    gr_json_close(json, ']');
}

static void put_decisions(gr_json *json, const gr_whois *w)
{
    gr_json_open(json, "decisions", '[');
    for (size_t i = 0; i < w->decision_count; i++) {
        const gr_identity *said = &w->decision[i];

        gr_json_open(json, NULL, '{');
        put_decision(json, said);
        gr_json_put(json, "in_force", json_boolean(!said->is_past));
        gr_json_open(json, "a", '{');
        put_person(json, &said->a);
        gr_json_close(json, '}');
        gr_json_open(json, "b", '{');
        put_person(json, &said->b);
        gr_json_close(json, '}');
        gr_json_close(json, '}');
    }
    gr_json_close(json, ']');
}

gr_status gr_whois_json(const gr_whois *list, size_t count, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    start(&json);
    gr_json_open(&json, "people", '[');
    for (size_t i = 0; i < count && !writer->failed; i++) {
        gr_json_open(&json, NULL, '{');
        put_name(&json, &list[i].name);
        put_days(&json, &list[i].days);
        put_spellings(&json, &list[i]);
        put_employers(&json, &list[i]);
        put_links(&json, &list[i]);
        put_decisions(&json, &list[i]);
        gr_json_close(&json, '}');
    }
    gr_json_close(&json, ']');
    return finish(&json, err);
}

/* ---- what came of a decision ---- */

gr_status gr_identity_json(const gr_identity_told *told, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    start(&json);
    gr_json_open(&json, "decision", '{');
    put_decision(&json, &told->said);
    open_name(&json, "a", &told->a);
    open_name(&json, "b", &told->b);
    gr_json_close(&json, '}');
    gr_json_open(&json, "changes", '[');
    for (size_t i = 0; i < told->change_count && !writer->failed; i++)
        gr_json_put(&json, NULL, gr_json_change(&told->change[i]));
    gr_json_close(&json, ']');
    gr_json_put(&json, "new_rules", json_boolean(told->has_new_rules));
    return finish(&json, err);
}
