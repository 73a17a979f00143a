/* src/report/preapproval_json.c - an answer for other programs: the shape is a contract. */
#include "report/preapproval.h"

#include "base/error.h"
#include "report/json_finding.h"
#include "report/phrase.h"

static json_t *money(gr_amount amount)
{
    char text[GR_MONEY_TEXT];

    return json_string(gr_amount_print(amount, text));
}

static json_t *left(gr_amount amount)
{
    char text[GR_MONEY_TEXT];

    return json_string(gr_left_print(amount, text));
}

static json_t *text_or_null(gr_text text)
{
    return text.len > 0 ? gr_json_text(text) : json_null();
}

static json_t *allowance(const gr_allowance *a)
{
    return json_pack("{s:o, s:o}", "certain", left(a->certain), "possible", left(a->possible));
}

static json_t *allowances(const gr_recipient_answer *r)
{
    return r ? json_pack("{s:o, s:o}", "before", allowance(&r->before), "after",
                         allowance(&r->after))
             : json_null();
}

static json_t *recipient(const gr_recipient_answer *r)
{
    return json_pack("{s:o, s:o, s:o, s:b, s:o, s:o}", "id", text_or_null(r->id), "name",
                     text_or_null(r->name), "employer", text_or_null(r->employer), "known",
                     r->is_known, "limit", r->has_allowance ? money(r->limit) : json_null(),
                     "allowance", allowances(r->has_allowance ? r : NULL));
}

static json_t *total(const gr_rule_answer *r)
{
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

    if (!r->has_limit)
        return json_null();
    return json_pack("{s:s, s:s?}", "certain",
                     r->is_count ? gr_count_print(r->total.low, r->total.den, low)
                                 : gr_money_print(r->total.low, r->total.den, low),
                     "possible",
                     r->total.unbounded ? NULL
                     : r->is_count      ? gr_count_print(r->total.high, r->total.den, high)
                                        : gr_money_print(r->total.high, r->total.den, high));
}

static json_t *limit(const gr_rule_answer *r)
{
    char text[GR_MONEY_TEXT];

    if (!r->has_limit)
        return json_null();
    return json_string(r->is_count ? gr_count_print(r->limit.num, r->limit.den, text)
                                   : gr_amount_print(r->limit, text));
}

static json_t *period(const gr_rule_answer *r)
{
    if (!r->has_limit)
        return json_null();
    return json_pack("{s:s, s:o, s:o}", "basis", gr_basis_text(r->period.basis), "from",
                     gr_json_day(r->period.from), "to", gr_json_day(r->period.to));
}

static json_t *rule(const gr_rule_answer *r)
{
    json_t *out =
        json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o}", "rule", gr_json_text(r->rule), "clause",
                  gr_json_text(r->clause), "verdict", gr_verdict_text(r->verdict), "kind",
                  gr_json_text(r->kind), "limit", limit(r), "total", total(r), "period", period(r));
    bool fits = out && gr_json_set(out, "recipient", json_integer(r->recipient)) &&
                gr_json_set(out, "gift", text_or_null(r->gift)) &&
                gr_json_set(out, "reason", gr_json_text(r->reason)) &&
                gr_json_set(out, "question", text_or_null(r->question)) &&
                gr_json_set(out, "answers", text_or_null(r->answers));

    if (fits)
        return out;
    json_decref(out);
    return NULL;
}

/* {"firm": "approved", "giver": "denied"} */
static json_t *answers_to(const gr_missing_fact *m)
{
    json_t *out = m->would_count > 0 ? json_object() : json_null();

    for (size_t i = 0; out && i < m->would_count; i++) {
        gr_text word = m->would[i].value;

        if (json_object_setn_new_nocheck(out, word.ptr, word.len,
                                         json_string(gr_clearance_text(m->would[i].clearance)))) {
            json_decref(out);
            return NULL;
        }
    }
    return out;
}

static json_t *missing(const gr_missing_fact *m)
{
    bool is_of_recipient = m->fact >= GR_FACT_FIRST_OF_RECIPIENT;

    return json_pack("{s:s, s:o, s:o, s:o}", "fact", gr_fact_get(m->fact)->name, "recipient",
                     is_of_recipient ? json_integer(m->recipient) : json_null(), "question",
                     gr_json_text(m->question), "would", answers_to(m));
}

static json_t *lookalike(const gr_lookalike *l)
{
    return json_pack("{s:I, s:o, s:o, s:o, s:b}", "recipient", (json_int_t)l->recipient, "id",
                     text_or_null(l->id), "name", text_or_null(l->name), "employer",
                     text_or_null(l->employer), "counts", l->is_linked);
}

static void put_lists(gr_json *json, const gr_preapproval *a)
{
    gr_json_open(json, "rules", '[');
    for (size_t i = 0; i < a->rule_count; i++)
        gr_json_put(json, NULL, rule(&a->rule[i]));
    gr_json_close(json, ']');
    gr_json_open(json, "recipients", '[');
    for (size_t i = 0; i < a->recipient_count; i++)
        gr_json_put(json, NULL, recipient(&a->recipient[i]));
    gr_json_close(json, ']');
    gr_json_open(json, "missing", '[');
    for (size_t i = 0; i < a->missing_count; i++)
        gr_json_put(json, NULL, missing(&a->missing[i]));
    gr_json_close(json, ']');
    gr_json_open(json, "candidates", '[');
    for (size_t i = 0; i < a->lookalike_count; i++)
        gr_json_put(json, NULL, lookalike(&a->lookalike[i]));
    gr_json_close(json, ']');
}

static void put_answer(gr_json *json, const gr_preapproval *a)
{
    bool is_booked = a->approval.len > 0;

    gr_json_put(json, "decision", json_string(gr_clearance_text(a->clearance)));
    gr_json_put(json, "approval", text_or_null(a->approval));
    gr_json_put(json, "valid_to", is_booked ? gr_json_day(a->valid_to) : json_null());
    if (a->record.len > 0)
        gr_json_put(json, "gift", gr_json_text(a->record));
    gr_json_put(json, "giver",
                json_pack("{s:o, s:o}", "id", text_or_null(a->giver_id), "name",
                          text_or_null(a->giver_name)));
    gr_json_put(json, "date", gr_json_day(a->day));
    gr_json_put(json, "cost", money(a->cost));
    gr_json_put(json, "currency", gr_json_text(a->currency));
    gr_json_put(json, "allowance", allowances(gr_preapproval_tightest(a)));
    gr_json_put(json, "largest", a->has_largest ? money(a->largest) : json_null());
    put_lists(json, a);
}

static gr_clearance worst_of(const gr_preapproval *answers, size_t count)
{
    gr_clearance worst = GR_APPROVED;

    for (size_t i = 0; i < count; i++)
        worst = answers[i].clearance > worst ? answers[i].clearance : worst;
    return worst;
}

gr_status gr_preapprovals_json(const gr_preapproval *answers, size_t count, bool is_list,
                               gr_writer *out, gr_error *err)
{
    gr_json json = { out, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    if (!is_list) {
        put_answer(&json, &answers[0]);
    } else {
        gr_json_put(&json, "decision", json_string(gr_clearance_text(worst_of(answers, count))));
        gr_json_open(&json, "answers", '[');
        for (size_t i = 0; i < count; i++) {
            gr_json_open(&json, NULL, '{');
            put_answer(&json, &answers[i]);
            gr_json_close(&json, '}');
        }
        gr_json_close(&json, ']');
    }
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}
