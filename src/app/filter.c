/* src/app/filter.c - see filter.h: what is asked for, and whether something is it. */
#include "app/filter_inside.h"

#include "people/fold.h"

#include <string.h>

/* ---- names as they are compared ---- */

static gr_text fold_copy(gr_filtering *f, const char *name, bool is_firm, gr_arena *arena)
{
    gr_text text = gr_text_of(name);

    return is_firm ? gr_fold_firm(f->names, text, arena) : gr_fold_name(f->names, text, arena);
}

/* A million lines are asked for one name: what is spelt as it was the last time is not folded again. */
static bool is_called(gr_filtering *f, const gr_asked *asked, gr_text name)
{
    gr_text folded;

    if (gr_text_equal(asked->given, name))
        return true;
    if (name.len == 0 || asked->folded.len == 0)
        return false;
    gr_arena_reset(f->scratch);
    folded = asked->is_firm ? gr_fold_firm(f->names, name, f->scratch)
                            : gr_fold_name(f->names, name, f->scratch);
    f->no_memory = f->no_memory || !folded.ptr;
    return folded.ptr && gr_text_equal(folded, asked->folded);
}

bool gr_asked_is(gr_filtering *f, gr_asking what, gr_text id, gr_text name)
{
    const gr_asked *asked = &f->asked[what];

    if (!asked->given.ptr)
        return true;
    return (id.len > 0 && gr_text_equal(asked->given, id)) || is_called(f, asked, name);
}

/* ---- making ---- */

static gr_status read_day(const char *option, const char *text, gr_day silent, bool *has,
                          gr_day *out, gr_error *err)
{
    *has = text != NULL;
    *out = silent;
    if (!text || gr_day_parse(gr_text_of(text), (gr_place){ option, 0, 0 }, out, err) == GR_OK)
        return GR_OK;
    return err->status = GR_EUSAGE;
}

static gr_status read_words(const gr_filter *filter, gr_filtering *f, gr_error *err)
{
    f->has_verdict = filter->verdict != NULL;
    if (f->has_verdict &&
        (!gr_verdict_find(gr_text_of(filter->verdict), &f->verdict) || f->verdict == GR_COMPLIANT))
        return gr_fail(err, GR_EUSAGE, (gr_place){ "--verdict", 0, 0 },
                       "one of violation, needs_review, warning", "'%.100s' is not a verdict",
                       filter->verdict);
    if (read_day("--from", filter->from, GR_DAY_FIRST, &f->has_from, &f->from, err) != GR_OK ||
        read_day("--to", filter->to, GR_DAY_LAST, &f->has_to, &f->to, err) != GR_OK)
        return err->status;
    if (f->to < f->from)
        return gr_fail(err, GR_EUSAGE, (gr_place){ "--to", 0, 0 }, "exchange the two days",
                       "'%.50s' is before '%.50s'", filter->to ? filter->to : "",
                       filter->from ? filter->from : "");
    return GR_OK;
}

static gr_status ask(gr_filtering *f, gr_asking what, const char *given, gr_error *err)
{
    gr_asked *asked = &f->asked[what];

    if (!given)
        return GR_OK;
    asked->is_firm = what == GR_ASK_CLIENT || what == GR_ASK_BRANCH;
    asked->given = gr_arena_copy(f->arena, gr_text_trim(gr_text_of(given)));
    if (what != GR_ASK_RULE)
        asked->folded = fold_copy(f, given, asked->is_firm, f->arena);
    return asked->given.ptr && (what == GR_ASK_RULE || asked->folded.ptr) ? GR_OK
                                                                          : gr_fail_memory(err);
}

gr_status gr_filtering_make(const gr_filter *filter, const gr_names *names, gr_arena *arena,
                            gr_filtering **out, gr_error *err)
{
    const char *given[GR_ASK_COUNT] = { filter->executive, filter->recipient, filter->client,
                                        filter->branch, filter->rule };
    gr_filtering *f = gr_arena_zero(arena, sizeof *f);
    gr_names *none = gr_arena_zero(arena, sizeof *none);
    gr_status status;

    if (!f || !none)
        return gr_fail_memory(err);
    f->arena = arena;
    f->names = names ? names : none;
    status = read_words(filter, f, err);
    for (int i = 0; status == GR_OK && i < GR_ASK_COUNT; i++)
        status = ask(f, (gr_asking)i, given[i], err);
    if (status == GR_OK && !(f->scratch = gr_arena_create()))
        status = gr_fail_memory(err);
    if (status == GR_OK)
        *out = f;
    return status;
}

void gr_filtering_free(gr_filtering *filtering)
{
    if (filtering)
        gr_arena_free(filtering->scratch);
}

/* ---- asking ---- */

bool gr_filtering_is_on(const gr_filtering *f)
{
    bool is_on = f->has_verdict || f->has_from || f->has_to;

    for (int i = 0; i < GR_ASK_COUNT; i++)
        is_on = is_on || f->asked[i].given.ptr;
    return is_on;
}

bool gr_filtering_asks_recipients(const gr_filtering *f)
{
    return f->asked[GR_ASK_RECIPIENT].given.ptr || f->asked[GR_ASK_CLIENT].given.ptr;
}

bool gr_filtering_takes_executive(gr_filtering *f, const gr_executive *executive)
{
    if (f->asked[GR_ASK_BRANCH].given.ptr &&
        (!executive->staff ||
         !gr_asked_is(f, GR_ASK_BRANCH, GR_TEXT(""), executive->staff->branch)))
        return false;
    return gr_asked_is(f, GR_ASK_EXECUTIVE, executive->id, executive->name);
}

bool gr_filtering_takes_recipient(gr_filtering *f, gr_text id, gr_text name)
{
    return gr_asked_is(f, GR_ASK_RECIPIENT, id, name);
}

bool gr_filtering_takes_client(gr_filtering *f, gr_text employer)
{
    return gr_asked_is(f, GR_ASK_CLIENT, GR_TEXT(""), employer);
}

bool gr_filtering_takes_day(const gr_filtering *f, gr_day day)
{
    return day >= f->from && day <= f->to;
}

static bool takes_ruling(const gr_filtering *f, const gr_finding *finding)
{
    gr_text rule = f->asked[GR_ASK_RULE].given;

    return (!rule.ptr || gr_text_equal(rule, finding->rule)) &&
           (!f->has_verdict || f->verdict == finding->verdict);
}

/* Whoever got it may be called otherwise in other records that were counted. */
bool gr_filtering_takes_finding(gr_filtering *f, const gr_finding *finding)
{
    bool is_person =
        gr_filtering_takes_recipient(f, finding->recipient_id, finding->recipient_name);
    bool is_client = gr_filtering_takes_client(f, finding->recipient_employer);

    if (!takes_ruling(f, finding) || !gr_filtering_takes_day(f, finding->day))
        return false;
    for (size_t i = 0; i < finding->joined_count && !(is_person && is_client); i++) {
        const gr_joined *j = &finding->joined[i];

        is_person = is_person || gr_filtering_takes_recipient(f, j->id, j->name);
        is_client = is_client || gr_filtering_takes_client(f, j->employer);
    }
    return is_person && is_client;
}

bool gr_filtering_asks_findings(const gr_filtering *f)
{
    return f->has_verdict;
}

bool gr_filtering_has_failed(const gr_filtering *f)
{
    return f->no_memory;
}

/* Branches are told of account executives; they are sorted by id, then by name. */
static const gr_executive *find_executive(const gr_filtering *f, gr_text id, gr_text name)
{
    size_t low = 0, high = f->everybody_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const gr_executive *one = &f->everybody[middle];
        int order = gr_text_compare(one->id, id);

        if (order == 0 && id.len == 0)
            order = gr_text_compare(one->name, name);
        if (order == 0)
            return one;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool gr_filtering_takes_giver(gr_filtering *f, gr_text id, gr_text name)
{
    const gr_executive *who;

    if (!f->asked[GR_ASK_BRANCH].given.ptr)
        return gr_asked_is(f, GR_ASK_EXECUTIVE, id, name);
    who = find_executive(f, id, name);
    return who && gr_filtering_takes_executive(f, who);
}
