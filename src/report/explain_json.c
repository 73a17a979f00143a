/* src/report/explain_json.c - an explanation for other programs. One gift is in memory at a time. */
#include "report/explain_json.h"

#include "base/error.h"
#include "report/explain.h"
#include "report/json_finding.h"

static void put_rule(gr_json *json, const gr_explanation *x)
{
    const gr_explained_rule *rule = &x->rule;

    gr_json_open(json, "rule", '{');
    gr_json_put(json, "id", gr_json_text(rule->id));
    gr_json_put(json, "title", gr_json_text(rule->title));
    gr_json_put(json, "authority", gr_json_text(rule->authority));
    gr_json_put(json, "file", gr_json_text(rule->file));
    gr_json_put(json, "sha256", gr_json_text(rule->sha256));
    gr_json_put(json, "firm_kinds", gr_json_text(rule->firm_kinds));
    gr_json_open(json, "sources", '[');
    for (size_t i = 0; i < x->source_count; i++)
        gr_json_put(json, NULL,
                    json_pack("{s:o, s:o}", "id", gr_json_text(x->source[i].id), "title",
                              gr_json_text(x->source[i].title)));
    gr_json_close(json, ']');
    gr_json_close(json, '}');
}

static void put_policy(gr_json *json, const gr_explanation *x)
{
    gr_json_open(json, "policy", '[');
    for (size_t i = 0; i < x->policy_count; i++)
        gr_json_put(json, NULL,
                    json_pack("{s:o, s:o, s:b}", "name", gr_json_text(x->policy[i].name), "value",
                              gr_json_text(x->policy[i].value), "set_for_run",
                              x->policy[i].set_for_run));
    gr_json_close(json, ']');
}

/* ---- the provision ---- */

static json_t *period(const gr_period *p)
{
    return json_pack("{s:s, s:o, s:o}", "basis", gr_basis_text(p->basis), "from",
                     gr_json_day(p->from), "to", gr_json_day(p->to));
}

static void put_period(gr_json *json, const gr_explained_limit *limit)
{
    gr_json_open(json, "period", '{');
    gr_json_put(json, "chosen_by", json_string(limit->period_of_policy ? "policy" : "rulebook"));
    gr_json_put(json, "basis", json_string(gr_basis_text(limit->basis)));
    gr_json_put(json, "first_gift", gr_json_day(limit->anchor));
    gr_json_put(json, "backing", gr_json_backing(&limit->period));
    gr_json_close(json, '}');
}

static void put_limit(gr_json *json, const gr_explanation *x)
{
    static const char *const per[] = { "recipient", "giver", "client" };
    const gr_explained_limit *limit = &x->limit;

    if (!x->has_limit) {
        gr_json_put(json, "limit", json_null());
        return;
    }
    gr_json_open(json, "limit", '{');
    gr_json_put(json, "id", gr_json_text(limit->id));
    gr_json_put(json, "amount",
                gr_json_amount(limit->is_count, limit->amount.num, limit->amount.den));
    gr_json_put(json, "test", json_string(limit->reached_is_over ? "at-least" : "more-than"));
    gr_json_put(json, "of", json_string(limit->is_count ? "count" : "amount"));
    gr_json_put(json, "per", json_string(per[limit->added]));
    gr_json_put(json, "conditional", json_boolean(limit->is_conditional));
    gr_json_put(json, "verdict", json_string(gr_verdict_text(limit->verdict)));
    gr_json_put(json, "text", gr_json_text(limit->text));
    gr_json_put(json, "line", json_integer((json_int_t)limit->line));
    gr_json_put(json, "backing", gr_json_backing(&limit->backing));
    put_period(json, limit);
    gr_json_close(json, '}');
}

static void put_duty(gr_json *json, const gr_explanation *x)
{
    gr_json_put(json, "duty",
                x->has_duty ? json_pack("{s:o, s:o, s:s}", "id", gr_json_text(x->duty), "text",
                                        gr_json_text(x->duty_text), "verdict",
                                        gr_verdict_text(x->duty_verdict))
                            : json_null());
}

static void put_views(gr_json *json, const gr_explanation *x)
{
    gr_json_open(json, "views", '[');
    for (size_t i = 0; i < x->view_count; i++) {
        const gr_explained_view *view = &x->view[i];
        const gr_total *total = &view->total;
        bool is_count = x->limit.is_count;

        gr_json_put(json, NULL,
                    json_pack("{s:o, s:o, s:o, s:o, s:s, s:b}", "date", gr_json_day(view->day),
                              "period", period(&view->period), "limit",
                              gr_json_amount(is_count, view->limit.num, view->limit.den), "total",
                              gr_json_interval(is_count, total->low, total->high, total->unbounded,
                                               total->den),
                              "verdict", gr_verdict_text(view->verdict), "chosen",
                              view->is_chosen));
    }
    gr_json_close(json, ']');
}

/* ---- the gifts and their sum ---- */

static void put_gifts(gr_json *json, const gr_explanation *x)
{
    gr_json_open(json, "gifts", '[');
    for (size_t i = 0; i < x->gift_count && !json->writer->failed; i++)
        gr_json_put(json, NULL, gr_json_gift(x, &x->gift[i]));
    gr_json_close(json, ']');
}

static void put_sum(gr_json *json, const gr_explanation *x)
{
    const gr_total *total = &x->finding->total;

    if (!x->has_limit) {
        gr_json_put(json, "sum", json_null());
        return;
    }
    gr_json_open(json, "sum", '{');
    gr_json_put(
        json, "total",
        gr_json_interval(x->limit.is_count, total->low, total->high, total->unbounded, total->den));
    gr_json_put(json, "over", gr_json_answer(x->over));
    gr_json_put(json, "judged_surely_counts", json_boolean(x->is_sure));
    gr_json_put(json, "periods_disagree", json_boolean(x->bases_differ));
    gr_json_put(json, "days_disagree", json_boolean(x->days_differ));
    gr_json_close(json, '}');
}

static void put_left_out(gr_json *json, const gr_explanation *x)
{
    gr_json_open(json, "left_out", '[');
    for (size_t i = 0; i < x->left_out_count; i++) {
        const gr_left_out *one = &x->left_out[i];

        gr_json_put(json, NULL,
                    json_pack("{s:o, s:o, s:o, s:o, s:o}", "gift", gr_json_text(one->id), "date",
                              gr_json_day(one->day), "giver", gr_json_text(one->giver_id), "source",
                              gr_json_place(one->source), "why", gr_json_text(one->why)));
    }
    gr_json_close(json, ']');
}

static void put_people(gr_json *json, const gr_explanation *x)
{
    static const char *const kinships[] = { "judged", "same", "possibly-same", "same-client" };

    gr_json_open(json, "people", '[');
    for (size_t i = 0; i < x->person_count; i++) {
        const gr_explained_person *p = &x->person[i];

        gr_json_put(json, NULL,
                    json_pack("{s:o, s:o, s:o, s:s, s:o, s:o}", "id", gr_json_text(p->id), "name",
                              gr_json_text(p->name), "employer", gr_json_text(p->employer), "is",
                              kinships[p->kinship], "why", gr_json_text(p->why), "gifts",
                              gr_json_texts(p->gift, p->gift_count)));
    }
    gr_json_close(json, ']');
}

gr_status gr_explanation_json(const gr_explanation *explanation, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    gr_json_put(&json, "finding", gr_json_finding(explanation->finding));
    put_rule(&json, explanation);
    put_policy(&json, explanation);
    put_limit(&json, explanation);
    put_duty(&json, explanation);
    put_views(&json, explanation);
    put_gifts(&json, explanation);
    put_sum(&json, explanation);
    put_left_out(&json, explanation);
    put_people(&json, explanation);
    gr_json_put(&json, "quarantined", gr_json_number(explanation->quarantined));
    gr_json_put(&json, "refused", gr_json_number(explanation->refused_count));
    gr_json_close(&json, '}');
    if (json.failed)
        return gr_fail_memory(err);
    if (writer->failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the explanation cannot be written");
    return GR_OK;
}
