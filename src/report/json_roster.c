/* src/report/json_roster.c - see json_roster.h. */
#include "report/json_roster.h"

#include "report/json_finding.h"

static json_t *text_or_null(gr_text text)
{
    return text.len > 0 ? gr_json_text(text) : json_null();
}

static json_t *whole(json_t *object, bool complete)
{
    if (complete)
        return object;
    json_decref(object);
    return NULL;
}

/* ---- an account executive ---- */

json_t *gr_json_client(const gr_client *client)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "name", gr_json_text(client->name), "account",
                     text_or_null(client->account), "from",
                     client->first > GR_DAY_FIRST ? gr_json_day(client->first) : json_null(), "to",
                     client->last < GR_DAY_LAST ? gr_json_day(client->last) : json_null());
}

static json_t *givers(const gr_given *given)
{
    json_t *array = json_array();
    bool complete = array != NULL;

    for (size_t i = 0; complete && i < given->giver_count; i++)
        complete = json_array_append_new(
                       array, json_pack("{s:o, s:o}", "id", gr_json_text(given->giver[i]->id),
                                        "name", gr_json_text(given->giver[i]->name))) == 0;
    return whole(array, complete);
}

static json_t *references(const gr_given *given)
{
    json_t *array = json_array();
    bool complete = array != NULL;

    for (size_t i = 0; complete && i < given->reference_count; i++)
        complete = json_array_append_new(array, gr_json_text(given->reference[i])) == 0;
    return whole(array, complete);
}

static json_t *worth(const gr_given *given)
{
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

    return json_pack("{s:s, s:o}", "certain", gr_amount_print(given->low, low), "possible",
                     given->high.num == GR_UNBOUNDED
                         ? json_null()
                         : json_string(gr_amount_print(given->high, high)));
}

static json_t *given_json(const gr_given *given, bool has_gifts)
{
    json_t *o = json_object();
    json_t *recipient =
        json_pack("{s:o, s:o, s:o}", "id", gr_json_text(given->recipient_id), "name",
                  gr_json_text(given->recipient_name), "employer", gr_json_text(given->employer));

    return whole(o, gr_json_set(o, "recipient", recipient) &&
                        (!has_gifts || (gr_json_set(o, "gifts", gr_json_number(given->gifts)) &&
                                        gr_json_set(o, "counted", worth(given)) &&
                                        gr_json_set(o, "givers", givers(given)))) &&
                        gr_json_set(o, "findings", references(given)));
}

void gr_json_put_staff(gr_json *json, const gr_executive *who, const gr_rostered *roster)
{
    static const gr_staff unknown;
    const gr_staff *staff = who->staff ? who->staff : &unknown;

    if (!roster)
        return;
    gr_json_put(json, "on_roster", json_boolean(who->staff != NULL));
    gr_json_put(json, "crd", text_or_null(staff->crd));
    gr_json_put(json, "branch", text_or_null(staff->branch));
    gr_json_put(json, "supervisor", text_or_null(staff->supervisor));
    gr_json_put(json, "registrations", text_or_null(staff->registration));
    gr_json_open(json, "clients", '[');
    for (size_t i = 0; i < staff->client_count; i++)
        gr_json_put(json, NULL, gr_json_client(&staff->client[i]));
    gr_json_close(json, ']');
    gr_json_open(json, "colleagues", '[');
    for (size_t i = 0; i < who->given_count && !json->writer->failed; i++)
        gr_json_put(json, NULL, given_json(&who->given[i], roster->has_gifts));
    gr_json_close(json, ']');
}

/* ---- the report ---- */

static json_t *sums(uint64_t staff, const gr_summary *sum)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "people", gr_json_number(staff), "gifts",
                     gr_json_number(sum->gifts), "violations", gr_json_number(sum->violations),
                     "needs_review", gr_json_number(sum->needs_review), "warnings",
                     gr_json_number(sum->warnings), "decided", gr_json_number(sum->decided));
}

static json_t *branch(const gr_unit *unit)
{
    json_t *o = json_object();

    return whole(o, gr_json_set(o, "name", text_or_null(unit->name)) &&
                        gr_json_set(o, "summary", sums(unit->staff, &unit->sum)));
}

static json_t *supervisor(const gr_unit *unit)
{
    json_t *o = json_object();

    return whole(o, gr_json_set(o, "id", gr_json_text(unit->id)) &&
                        gr_json_set(o, "name", gr_json_text(unit->name)) &&
                        gr_json_set(o, "direct", sums(unit->staff, &unit->sum)) &&
                        gr_json_set(o, "all", sums(unit->all_staff, &unit->all)));
}

json_t *gr_json_remark(const gr_roster_remark *remark)
{
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "kind",
                     remark->is_warning ? "warning" : "note", "file",
                     gr_json_text(gr_text_of(remark->at.file)), "line",
                     gr_json_number(remark->at.line), "record", gr_json_text(remark->record),
                     "message", gr_json_text(remark->message), "hint", gr_json_text(remark->hint));
}

void gr_json_put_roster(gr_json *json, const gr_report *report)
{
    const gr_rostered *roster = report->roster;

    if (!roster)
        return;
    gr_json_open(json, "branches", '[');
    for (size_t i = 0; i < roster->branch_count; i++)
        gr_json_put(json, NULL, branch(&roster->branch[i]));
    gr_json_close(json, ']');
    gr_json_open(json, "supervisors", '[');
    for (size_t i = 0; i < roster->supervisor_count; i++)
        gr_json_put(json, NULL, supervisor(&roster->supervisor[i]));
    gr_json_close(json, ']');
    gr_json_open(json, "roster", '{');
    gr_json_put(json, "colleagues",
                json_string(roster->has_gifts ? "gifts" : "findings")); /* what is known of them */
    gr_json_put(json, "counted_by", text_or_null(roster->rule));
    gr_json_put(json, "currency", text_or_null(roster->currency));
    gr_json_open(json, "remarks", '[');
    for (size_t i = 0; i < roster->remark_count && !json->writer->failed; i++)
        gr_json_put(json, NULL, gr_json_remark(&roster->remark[i]));
    gr_json_close(json, ']');
    gr_json_close(json, '}');
}
