/* src/report/resolution_json.c - what came of a decision, for other programs. */
#include "report/resolution.h"

#include "base/error.h"
#include "report/json_finding.h"
#include "report/words.h"

/* {"verdict": .., "kind": .., "limit": .., "total": {..}, "over": ..}, or null: it is no finding. */
static json_t *state(const gr_finding *f, bool is_none)
{
    char limit[GR_MONEY_TEXT], low[GR_MONEY_TEXT], high[GR_MONEY_TEXT], over[GR_MONEY_TEXT];

    if (is_none)
        return json_null();
    if (!f->has_limit)
        return json_pack("{s:s, s:o}", "verdict", gr_verdict_text(f->verdict), "kind",
                         gr_json_text(f->kind));
    return json_pack(
        "{s:s, s:o, s:s, s:{s:s, s:s?}, s:s}", "verdict", gr_verdict_text(f->verdict), "kind",
        gr_json_text(f->kind), "limit", gr_finding_print_limit(f, limit), "total", "certain",
        gr_finding_print(f, f->total.low, f->total.den, low), "possible",
        f->total.unbounded ? NULL : gr_finding_print(f, f->total.high, f->total.den, high), "over",
        gr_finding_print(f, f->over.num, f->over.den, over));
}

json_t *gr_json_change(const gr_finding_change *c)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "id", gr_json_text(c->is.id), "rule",
                     gr_json_text(c->is.rule), "gift", gr_json_text(c->is.gift), "date",
                     gr_json_day(c->is.day), "before", state(&c->was, c->is_new), "after",
                     state(&c->is, c->is_gone));
}

gr_status gr_resolution_json(const gr_resolution *resolution, gr_writer *writer, gr_error *err)
{
    const gr_resolution *r = resolution;
    gr_json json = { writer, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    gr_json_put(&json, "decision", gr_json_decision(&r->decision));
    gr_json_put(&json, "said", gr_json_text(r->said));
    gr_json_put(&json, "judged", json_boolean(r->is_judged));
    gr_json_put(&json, "change", gr_json_change(&r->own));
    gr_json_put(&json, "finding", r->finding ? gr_json_finding(r->finding) : json_null());
    gr_json_open(&json, "others", '[');
    for (size_t i = 0; i < r->other_count && !writer->failed; i++)
        gr_json_put(&json, NULL, gr_json_change(&r->other[i]));
    gr_json_close(&json, ']');
    gr_json_put(&json, "new_rules", json_boolean(r->has_new_rules));
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}
