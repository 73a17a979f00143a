/* src/report/json_finding.c - see json_finding.h. The names are a contract: add, never rename. Each maker
 * passes on NULL, and gr_json_set() fails with it, so that one check at the end is enough. */
#include "report/json_finding.h"

#include "report/words.h"

/* The object, or NULL in its place when not all of it could be made. */
static json_t *whole(json_t *object, bool complete)
{
    if (complete)
        return object;
    json_decref(object);
    return NULL;
}

json_t *gr_json_day(gr_day day)
{
    char text[GR_DAY_TEXT];

    return json_string(gr_day_print(day, text));
}

static json_t *interval(json_t *certain, json_t *possible)
{
    return json_pack("{s:o, s:o}", "certain", certain, "possible", possible);
}

/* Amounts are strings: "300.00", or "4" where gifts are counted. */
static json_t *amount(const gr_finding *finding, gr_wide num, int64_t den)
{
    char text[GR_MONEY_TEXT];

    return json_string(gr_finding_print(finding, num, den, text));
}

static json_t *span(const gr_finding *finding, gr_span value)
{
    return interval(amount(finding, value.low, value.den),
                    value.high == GR_UNBOUNDED ? json_null()
                                               : amount(finding, value.high, value.den));
}

static json_t *total(const gr_finding *finding)
{
    const gr_total *sum = &finding->total;

    return interval(amount(finding, sum->low, sum->den),
                    sum->unbounded ? json_null() : amount(finding, sum->high, sum->den));
}

json_t *gr_json_place(gr_place at)
{
    return json_pack("{s:o, s:I}", "file", gr_json_text(gr_text_of(at.file)), "line",
                     (json_int_t)at.line);
}

static json_t *period(const gr_period *year)
{
    return json_pack("{s:s, s:o, s:o}", "basis", gr_basis_text(year->basis), "from",
                     gr_json_day(year->from), "to", gr_json_day(year->to));
}

static json_t *joined(const gr_finding *finding)
{
    json_t *array = json_array();
    bool complete = array != NULL;

    for (size_t i = 0; complete && i < finding->joined_count; i++) {
        const gr_joined *j = &finding->joined[i];
        json_t *one = json_pack("{s:o, s:o, s:o, s:o}", "id", gr_json_text(j->id), "name",
                                gr_json_text(j->name), "employer", gr_json_text(j->employer), "why",
                                gr_json_text(j->why));

        complete = json_array_append_new(array, one) == 0;
    }
    return whole(array, complete);
}

static json_t *recipient(const gr_finding *finding)
{
    json_t *o = json_pack("{s:o, s:o, s:o}", "id", gr_json_text(finding->recipient_id), "name",
                          gr_json_text(finding->recipient_name), "employer",
                          gr_json_text(finding->recipient_employer));

    return o ? whole(o, finding->joined_count == 0 || gr_json_set(o, "joined", joined(finding)))
             : o;
}

static json_t *counted_gift(const gr_finding *finding, const gr_counted *gift)
{
    json_t *o = json_object();
    gr_text giver = gr_giver_key(gift->giver_id, gift->giver_name);

    return whole(o, gr_json_set(o, "gift", gr_json_text(gift->gift)) &&
                        gr_json_set(o, "date", gr_json_day(gift->day)) &&
                        gr_json_set(o, "giver", gr_json_text(giver)) &&
                        gr_json_set(o, "giver_name", gr_json_text(gift->giver_name)) &&
                        gr_json_set(o, "value", span(finding, gift->value)) &&
                        gr_json_set(o, "source", gr_json_place(gift->source)) &&
                        (gift->note.len == 0 || gr_json_set(o, "note", gr_json_text(gift->note))) &&
                        (!gift->through_other || gr_json_set(o, "through_other", json_true())));
}

/* Of one recipient with thousands of gifts over the limit, each finding would list thousands: the report would grow
 * with the square of the gifts. The latest are listed, the earlier ones counted. */
enum { GR_MOST_COUNTED = 1000 };

static size_t left_out(const gr_finding *finding)
{
    return finding->counted_count > GR_MOST_COUNTED ? finding->counted_count - GR_MOST_COUNTED : 0;
}

static json_t *counted(const gr_finding *finding)
{
    json_t *array = json_array();
    bool complete = array != NULL;

    for (size_t i = left_out(finding); complete && i < finding->counted_count; i++)
        complete = json_array_append_new(array, counted_gift(finding, &finding->counted[i])) == 0;
    return whole(array, complete);
}

static json_t *presumptions(const gr_finding *finding)
{
    json_t *array = json_array();
    bool complete = array != NULL;

    for (size_t i = 0; complete && i < finding->presumption_count; i++)
        complete = json_array_append_new(array, gr_json_text(finding->presumption[i])) == 0;
    return whole(array, complete);
}

static bool set_identity(json_t *o, const gr_finding *finding)
{
    return gr_json_set(o, "id", gr_json_text(finding->id)) &&
           gr_json_set(o, "verdict", json_string(gr_verdict_text(finding->verdict))) &&
           gr_json_set(o, "kind", gr_json_text(finding->kind)) &&
           gr_json_set(o, "rule", gr_json_text(finding->rule)) &&
           gr_json_set(o, "provision", gr_json_text(finding->provision)) &&
           gr_json_set(o, "clause", gr_json_text(finding->clause)) &&
           gr_json_set(o, "date", gr_json_day(finding->day)) &&
           gr_json_set(o, "gift", gr_json_text(finding->gift)) &&
           gr_json_set(o, "source", gr_json_place(finding->source)) &&
           gr_json_set(o, "recipient", recipient(finding));
}

static bool set_arithmetic(json_t *o, const gr_finding *finding)
{
    if (finding->has_limit &&
        !(gr_json_set(o, "period", period(&finding->period)) &&
          gr_json_set(o, "limit_clause", gr_json_text(finding->limit_clause)) &&
          gr_json_set(o, "limit", amount(finding, finding->limit.num, finding->limit.den)) &&
          gr_json_set(o, "total", total(finding)) &&
          gr_json_set(o, "over", amount(finding, finding->over.num, finding->over.den))))
        return false;
    if (finding->is_count && !gr_json_set(o, "unit", json_string("gifts")))
        return false;
    return gr_json_set(o, "currency", gr_json_text(finding->currency)) &&
           gr_json_set(o, "counted", counted(finding)) &&
           (left_out(finding) == 0 ||
            gr_json_set(o, "counted_before", json_integer((json_int_t)left_out(finding))));
}

static bool set_words(json_t *o, const gr_finding *finding)
{
    return gr_json_set(o, "reason", gr_json_text(finding->reason)) &&
           (finding->question.len == 0 ||
            gr_json_set(o, "question", gr_json_text(finding->question))) &&
           (finding->answers.len == 0 ||
            gr_json_set(o, "answers", gr_json_text(finding->answers))) &&
           gr_json_set(o, "presumptions", presumptions(finding));
}

json_t *gr_json_decision(const gr_decision *decision)
{
    json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "kind", gr_decision_kind_text(decision->kind),
                          "author", gr_json_text(decision->author), "moment",
                          gr_json_text(decision->moment), "reason", gr_json_text(decision->reason));

    return whole(o, decision->kind != GR_DECISION_EXEMPT ||
                        (gr_json_set(o, "exemption", gr_json_text(decision->exemption)) &&
                         gr_json_set(o, "clause", gr_json_text(decision->clause))));
}

static bool set_decision(json_t *o, const gr_finding *finding)
{
    return (!finding->decision ||
            gr_json_set(o, "decision", gr_json_decision(finding->decision))) &&
           (!finding->past || gr_json_set(o, "decided_before", gr_json_decision(finding->past)));
}

json_t *gr_json_finding(const gr_finding *finding)
{
    json_t *o = json_object();

    return whole(o, set_identity(o, finding) && set_arithmetic(o, finding) &&
                        set_words(o, finding) && set_decision(o, finding));
}
