/* src/report/simulate_json.c - a simulation for other programs. A finding is written as the audit's report writes it; one
 * is in memory at a time. */
#include "report/simulate.h"

#include "base/error.h"
#include "report/json_finding.h"
#include "report/words.h"

static const char *const side_names[GR_SIDES] = { "in_use", "simulated" };

static json_t *text_or_null(gr_text text)
{
    return text.len > 0 ? gr_json_text(text) : json_null();
}

static void put_input(gr_json *json, const gr_source *input)
{
    gr_json_put(json, NULL,
                json_pack("{s:o, s:o, s:s, s:o}", "file", gr_json_text(input->file), "format",
                          gr_json_text(input->format), "sha256", input->sha256, "records",
                          gr_json_number(input->records)));
}

static void put_run(gr_json *json, const gr_simulation *s)
{
    char moment[GR_MOMENT_TEXT];

    gr_json_open(json, "run", '{');
    gr_json_put(json, "as_of", gr_json_day(s->as_of));
    gr_json_put(json, "generated", json_string(gr_moment_print(s->generated, moment)));
    gr_json_put(json, "from", s->has_from ? gr_json_day(s->from) : json_null());
    gr_json_put(json, "to", s->has_to ? gr_json_day(s->to) : json_null());
    gr_json_put(json, "ledger", text_or_null(s->ledger));
    gr_json_open(json, "inputs", '[');
    for (size_t i = 0; i < s->input_count; i++)
        put_input(json, &s->input[i]);
    gr_json_close(json, ']');
    gr_json_close(json, '}');
}

static void put_counts(gr_json *json, const gr_change_counts *counts)
{
    gr_json_open(json, "summary", '{');
    gr_json_put(json, "new", gr_json_number(counts->added));
    gr_json_put(json, "gone", gr_json_number(counts->gone));
    gr_json_put(json, "changed", gr_json_number(counts->changed));
    gr_json_put(json, "same", gr_json_number(counts->same));
    gr_json_close(json, '}');
}

static void put_side(gr_json *json, int which, const gr_simulated_side *side)
{
    gr_json_open(json, side_names[which], '{');
    gr_json_put(json, "gifts", gr_json_number(side->gifts));
    gr_json_put(json, "violations", gr_json_number(side->violations));
    gr_json_put(json, "needs_review", gr_json_number(side->needs_review));
    gr_json_put(json, "warnings", gr_json_number(side->warnings));
    gr_json_put(json, "quarantined", gr_json_number(side->quarantined));
    gr_json_put(json, "refused", gr_json_number(side->refused));
    gr_json_close(json, '}');
}

/* ---- which rules differ ---- */

static void put_differences(gr_json *json, const char *name, const char *key,
                            const gr_rule_difference *list, size_t count)
{
    gr_json_open(json, name, '[');
    for (size_t i = 0; i < count; i++) {
        gr_json_open(json, NULL, '{');
        gr_json_put(json, key, gr_json_text(list[i].name));
        for (int side = 0; side < GR_SIDES; side++)
            gr_json_put(json, side_names[side], text_or_null(list[i].side[side]));
        gr_json_close(json, '}');
    }
    gr_json_close(json, ']');
}

/* ---- changes ---- */

/* What was added up without a finding is written like one, but for the id, which it has not. */
static json_t *outcome(const gr_outcome *outcome)
{
    json_t *finding;

    if (!outcome->finding)
        return json_pack("{s:n, s:s}", "verdict", "why", gr_silence_text(outcome->silence));
    finding = gr_json_finding(outcome->finding);
    if (finding && outcome->finding->id.len == 0)
        json_object_del(finding, "id");
    return finding;
}

static json_t *differs(const gr_change *change)
{
    static const struct {
        unsigned bit;
        const char *word;
    } parts[] = { { GR_DIFFERS_VERDICT, "verdict" },
                  { GR_DIFFERS_CLAUSE, "clause" },
                  { GR_DIFFERS_LIMIT, "limit" },
                  { GR_DIFFERS_TOTAL, "total" } };
    json_t *array = json_array();
    bool complete = array != NULL;

    for (size_t i = 0; complete && i < GR_COUNT(parts); i++)
        if (change->differs & parts[i].bit)
            complete = json_array_append_new(array, json_string(parts[i].word)) == 0;
    if (complete)
        return array;
    json_decref(array);
    return NULL;
}

static void put_change(gr_json *json, const gr_change *change)
{
    static const char *const kinds[] = { "new", "changed", "gone" };

    gr_json_open(json, NULL, '{');
    gr_json_put(json, "change", json_string(kinds[change->kind]));
    gr_json_put(json, "differs", differs(change));
    for (int side = 0; side < GR_SIDES; side++)
        gr_json_put(json, side_names[side], outcome(&change->side[side]));
    gr_json_close(json, '}');
}

static void put_executive(gr_json *json, const gr_simulated_executive *who)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "id", gr_json_text(who->id));
    gr_json_put(json, "name", gr_json_text(who->name));
    put_counts(json, &who->counts);
    gr_json_open(json, "changes", '[');
    for (size_t i = 0; i < who->change_count && !json->writer->failed; i++)
        put_change(json, who->change[i]);
    gr_json_close(json, ']');
    gr_json_close(json, '}');
}

/* ---- what was not judged ---- */

static void put_one_unjudged(gr_json *json, const gr_unjudged *u, bool is_record)
{
    const gr_error *error = u->error;

    gr_json_open(json, NULL, '{');
    gr_json_put(json, "file", gr_json_text(gr_text_of(error->file)));
    gr_json_put(json, "line", gr_json_number(error->line));
    gr_json_put(json, "column", gr_json_number(error->column));
    if (is_record)
        gr_json_put(json, "record", gr_json_text(u->record));
    gr_json_put(json, "message", gr_json_text(gr_text_of(error->message)));
    gr_json_put(json, "hint", gr_json_text(gr_text_of(error->hint)));
    gr_json_open(json, "under", '[');
    for (int side = 0; side < GR_SIDES; side++)
        if (u->under[side])
            gr_json_put(json, NULL, json_string(side_names[side]));
    gr_json_close(json, ']');
    gr_json_close(json, '}');
}

static void put_unjudged(gr_json *json, const char *name, const gr_unjudged *list, size_t count,
                         bool are_records)
{
    gr_json_open(json, name, '[');
    for (size_t i = 0; i < count && !json->writer->failed; i++)
        put_one_unjudged(json, &list[i], are_records);
    gr_json_close(json, ']');
}

static void put_notes(gr_json *json, const gr_simulation *s)
{
    gr_json_open(json, "notes", '[');
    for (size_t i = 0; i < s->note_count; i++)
        gr_json_put(json, NULL, gr_json_text(s->note[i]));
    gr_json_close(json, ']');
}

static void put_all(gr_json *json, const gr_simulation *s)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "giftrule", json_integer(1));
    put_run(json, s);
    put_counts(json, &s->counts);
    for (int side = 0; side < GR_SIDES; side++)
        put_side(json, side, &s->side[side]);
    put_differences(json, "policy", "name", s->choice, s->choice_count);
    put_differences(json, "rulebooks", "id", s->rulebook, s->rulebook_count);
    gr_json_open(json, "account_executives", '[');
    for (size_t i = 0; i < s->executive_count && !json->writer->failed; i++)
        put_executive(json, &s->executive[i]);
    gr_json_close(json, ']');
    put_unjudged(json, "quarantine", s->quarantined, s->quarantined_count, true);
    put_unjudged(json, "refused", s->refused, s->refused_count, false);
    put_notes(json, s);
    gr_json_close(json, '}');
}

gr_status gr_simulation_json(const gr_simulation *simulation, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    put_all(&json, simulation);
    if (json.failed)
        return gr_fail_memory(err);
    if (writer->failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the report cannot be written");
    return GR_OK;
}
