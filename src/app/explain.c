/* src/app/explain.c - how one finding was reached. The run is made again and keeps nothing; the finding is looked for
 * in it, and what it counted is fetched and judged once more, by the same functions, with every step told. If the
 * steps do not lead to the finding again, that is told as an error of ours, and nothing else is. */
#include "app/explain.h"

#include "app/roster_findings.h"
#include "base/writer.h"
#include "ledger/finding_find.h"
#include "report/explain.h"

#include <stdio.h>
#include <string.h>

gr_status gr_explain_disagrees(gr_explaining *e, const char *what)
{
    return gr_fail(e->err, GR_EBUG, GR_NOWHERE, "report it with the exports and the rules",
                   "the explanation of '%.*s' does not lead to the finding: %s",
                   GR_SHOW(e->judged->finding.id), what);
}

bool gr_explain_want(gr_explaining *e, uint32_t gift)
{
    gr_fetched one = { .gift = gift };

    return gr_list_push(&e->wanted, &one);
}

static void *take(gr_explaining *e, size_t size)
{
    return gr_trace_take(&e->trace, size);
}

/* ---- the finding ---- */

/* The ids of some findings that begin so: "F-0123456789ab, F-0fedcba98765, ..." */
static void print_ids(const gr_list *judged, gr_text beginning, char *out, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < judged->count && n + 24 < size; i++) {
        gr_text id = GR_AT(*judged, gr_judged, i)->finding.id;

        if (gr_text_starts(id, beginning))
            n += (size_t)snprintf(out + n, size - n, "%s%.*s", n ? ", " : "one of ", GR_ALL(id));
    }
}

/* A ledger may remember it, and by which rules it was made. */
static gr_status fail_kept(gr_explaining *e, gr_text beginning)
{
    gr_finding_kept kept;
    gr_ledger *ledger;
    bool is_there = false;
    gr_status status = gr_ledger_open(e->options->ledger, &ledger, e->err);

    if (status != GR_OK)
        return status;
    status = gr_ledger_finding_find(ledger, beginning, e->run->arena, &kept, &is_there, e->err);
    gr_ledger_close(ledger);
    if (status != GR_OK || !is_there)
        return status;
    gr_fail(e->err, GR_EINPUT, (gr_place){ e->options->ledger, 0, 0 }, "",
            "the finding '%.*s' was made at %.*s, and is not made any more", GR_SHOW(kept.id),
            GR_SHOW(kept.started));
    snprintf(e->err->hint, sizeof e->err->hint,
             "by %.*s with SHA-256 %.12s: give these rules and their policy, unless records were "
             "corrected or facts supplied since",
             GR_SHOW(kept.rule), kept.rulebook_sha256.ptr);
    return GR_EINPUT;
}

/* An input that could not be read is the reason, more likely than not. */
static gr_status fail_unfound(gr_explaining *e, gr_text beginning)
{
    gr_status status = GR_OK;

    if (e->run->ingest.refused.count > 0) {
        *e->err = *GR_AT(e->run->ingest.refused, gr_error, 0);
        return e->err->status = GR_EINPUT; /* whatever kept it from being read */
    }
    if (e->options->ledger)
        status = fail_kept(e, beginning);
    if (status != GR_OK)
        return status;
    return gr_fail(e->err, GR_EINPUT, GR_NOWHERE,
                   "give the exports or the ledger, and --rules, --set, --from and --to, of the "
                   "audit that printed it",
                   "there is no finding '%.*s' here", GR_SHOW(beginning));
}

static gr_status find_finding(gr_explaining *e, const char *name)
{
    const gr_list *judged = &e->run->judgement.judged;
    gr_text beginning = gr_text_of(name);
    char ids[200] = "";
    size_t found = 0;

    for (size_t i = 0; i < judged->count; i++) {
        gr_judged *one = GR_AT(*judged, gr_judged, i);

        if (!gr_text_starts(one->finding.id, beginning))
            continue;
        if (!e->judged || !gr_text_equal(one->finding.id, e->judged->finding.id))
            found++;
        e->judged = one;
        if (e->options->input_count ==
            0) /* with exports beside, it may not be the one of the ledger */
            gr_decided_tell(&e->run->decided, &one->finding);
    }
    if (found == 1)
        return GR_OK;
    if (found == 0)
        return fail_unfound(e, beginning);
    print_ids(judged, beginning, ids, sizeof ids);
    return gr_fail(e->err, GR_EUSAGE, GR_NOWHERE, ids, "'%.*s' is the beginning of %zu findings",
                   GR_SHOW(beginning), found);
}

/* ---- what it is about ---- */

static bool is_its_gift(const gr_explaining *e, const gr_gift *gift, gr_text id)
{
    const gr_finding *f = &e->judged->finding;

    return gift->kind == GR_RECORD_GIFT && !gift->is_dead && gift->giver == e->judged->giver &&
           gift->day == f->day && gift->line == f->source.line &&
           e->run->judgement.source[gift->source].file.ptr == f->source.file &&
           gr_text_equal(id, f->gift);
}

static bool find_gift(gr_explaining *e)
{
    const gr_tally *tally = e->run->intake.tally;

    for (uint32_t i = 0; i < tally->gift.count; i++) {
        if (is_its_gift(e, GR_AT(tally->gift, gr_gift, i), gr_tally_id(tally, i))) {
            e->gift = i;
            return true;
        }
    }
    return false;
}

static bool find_limit(gr_explaining *e)
{
    const gr_rulebook *book = e->trace.book;

    for (size_t i = 0; i < book->limit_count; i++)
        if (gr_text_equal(book->limit[i].id, e->judged->finding.provision))
            e->limit = &book->limit[i];
    return e->limit != NULL;
}

static bool is_its_duty(const gr_explaining *e, const gr_breach *breach)
{
    gr_text provision = e->judged->finding.provision;

    if (breach->gift != e->gift || breach->book != e->book ||
        e->run->who.same[breach->recipient] != e->judged->recipient)
        return false;
    return breach->duty == GR_NO_LAW
               ? provision.len == 0
               : gr_text_equal(e->trace.book->duty[breach->duty].id, provision);
}

/* Of two recipients who are one person, the one for whom it is broken more surely was told. */
static bool find_breach(gr_explaining *e)
{
    const gr_list *list = &e->run->intake.tally->breach;

    for (size_t i = 0; i < list->count; i++) {
        const gr_breach *breach = GR_AT(*list, gr_breach, i);

        if (is_its_duty(e, breach) && (!e->breach || breach->truth > e->breach->truth))
            e->breach = breach;
    }
    return e->breach != NULL;
}

static gr_status find_subject(gr_explaining *e)
{
    const gr_ruleset *set = e->rules->set;
    const gr_finding *f = &e->judged->finding;

    while (e->book < set->book_count && !gr_text_equal(set->book[e->book].id, f->rule))
        e->book++;
    if (e->book == set->book_count && gr_text_is(f->rule, GR_RULE_ROSTER))
        return gr_fail(e->err, GR_EINPUT, GR_NOWHERE,
                       "its reason and its question in the report are all that there is to it",
                       "the finding '%.*s' comes from the roster, not from a rulebook",
                       GR_SHOW(f->id));
    if (e->book == set->book_count || !find_gift(e))
        return gr_explain_disagrees(e, "its gift is not found again");
    e->trace.book = &set->book[e->book];
    if (f->has_limit ? !find_limit(e) : !find_breach(e))
        return gr_explain_disagrees(e, "its provision is not found again");
    return gr_explain_want(e, e->gift) ? GR_OK : gr_fail_memory(e->err);
}

/* ---- the rule ---- */

/* The file's own tree, for its words: titles of clauses and sources, and conditions as they are written. */
static gr_status read_rule(gr_explaining *e)
{
    const gr_rulebook *book = e->trace.book;
    const char *path = GR_AT(book->conditions.point, gr_point_info, 0)->at.file;
    gr_problems problems = { .on_error = NULL };
    gr_rulefile file;
    gr_status status = gr_rulefile_load(path, NULL, e->run->arena, &problems, &file, e->err);

    if (status != GR_OK)
        return status;
    if (strcmp(file.sha256, book->sha256) != 0)
        return gr_fail(e->err, GR_EINPUT, (gr_place){ path, 0, 0 }, "try again",
                       "the rule file was changed meanwhile");
    e->trace.root = file.root;
    e->out->rule = (gr_explained_rule){ .id = book->id,
                                        .title = book->title,
                                        .authority = book->authority,
                                        .file = gr_text_of(path),
                                        .sha256 = gr_text_of(book->sha256),
                                        .firm_kinds = book->firm_kinds };
    return GR_OK;
}

static void explain_duty(gr_explaining *e)
{
    const gr_duty *duty;

    if (e->breach->duty == GR_NO_LAW)
        return;
    duty = &e->trace.book->duty[e->breach->duty];
    e->out->has_duty = true;
    e->out->duty = duty->id;
    e->out->duty_text = duty->text;
    e->out->duty_verdict = duty->verdict;
}

/* ---- the policy ---- */

static bool any_gift(const gr_explaining *e, bool (*is)(const gr_explained_gift *))
{
    for (size_t i = 0; i < e->out->gift_count; i++)
        if (is(&e->out->gift[i]))
            return true;
    return false;
}

static bool has_fact(const gr_explained_gift *gift, const char *name)
{
    for (size_t i = 0; i < gift->fact_count; i++)
        if (gr_text_is(gift->fact[i].name, name))
            return true;
    return false;
}

static bool names_no_currency(const gr_explained_gift *gift)
{
    return gift->valuation.is_there && !has_fact(gift, "currency");
}

static bool has_several_days(const gr_explained_gift *gift)
{
    return has_fact(gift, "ordered") || has_fact(gift, "delivered");
}

static bool has_foreign_amounts(const gr_explained_gift *gift)
{
    return gift->valuation.rate.is_asked;
}

/* Did this choice of the policy have a part in the finding? */
static bool did_matter(const gr_explaining *e, gr_text choice)
{
    bool of_policy = e->limit && e->limit->period_of_policy;
    bool any_firm = gr_text_is(e->out->rule.firm_kinds, "any");
    gr_basis basis = e->rules->set->policy.period;
    int amount = gr_policy_amount_find(choice);

    if (gr_text_is(choice, "firm-kinds"))
        return !any_firm;
    if (gr_text_is(choice, "period"))
        return of_policy;
    if (gr_text_is(choice, "fiscal-start"))
        return of_policy && (basis == GR_FISCAL || basis == GR_UNSTATED);
    if (gr_text_is(choice, "match-days") || gr_text_is(choice, "match-amount"))
        return e->out->is_compared;
    if (gr_text_is(choice, "near-limit"))
        return gr_text_is(e->judged->finding.kind, "near-limit");
    if (gr_text_is(choice, "gift-day"))
        return any_gift(e, has_several_days);
    if (gr_text_is(choice, "currency"))
        return any_gift(e, names_no_currency);
    if (gr_text_is(choice, "rates"))
        return any_gift(e, has_foreign_amounts);
    return amount >= 0 && e->trace.policy_amounts >> amount & 1;
}

static void explain_policy(gr_explaining *e)
{
    const gr_policy *policy = &e->rules->set->policy;
    gr_choice *list = take(e, sizeof *list * policy->choice_count);

    e->out->policy = list;
    for (size_t i = 0; list && i < policy->choice_count; i++)
        if (did_matter(e, policy->choice[i].name))
            list[e->out->policy_count++] = policy->choice[i];
}

/* ---- sources ---- */

static void explain_sources(gr_explaining *e)
{
    const gr_list *cited = &e->trace.cited;
    gr_explained_source *list = take(e, sizeof *list * cited->count);

    e->out->source = list;
    for (size_t i = 0; list && i < cited->count; i++) {
        gr_text id = *GR_AT(*cited, gr_text, i);

        list[e->out->source_count++] =
            (gr_explained_source){ id, gr_trace_title(&e->trace, "source", id) };
    }
}

/* ---- all ---- */

static void release(void *owned)
{
    gr_run run = *(gr_run *)owned; /* the run's own arena holds it */

    gr_run_free(&run);
}

/* A check or a pattern of detection: it is named with the file that has it; the finding lists what it found. */
static gr_status explain_oddity(gr_explaining *e)
{
    const gr_detection *detection = &e->rules->set->detection;
    const gr_finding *f = &e->judged->finding;

    for (size_t i = 0; i < detection->odd_count; i++) {
        const gr_oddity *odd = &detection->odd[i];

        if (!gr_text_equal(odd->id, f->provision))
            continue;
        e->out->rule = (gr_explained_rule){ .id = odd->id,
                                            .title = odd->title,
                                            .authority = GR_TEXT(""),
                                            .file = gr_text_of(odd->at.file),
                                            .sha256 = gr_text_of(detection->sha256),
                                            .firm_kinds = GR_TEXT("any") };
        e->out->is_oddity = true;
        e->out->rule_line = odd->at.line;
        return GR_OK;
    }
    return gr_explain_disagrees(e, "its check is not found again");
}

static gr_status explain_judged(gr_explaining *e)
{
    gr_status status;

    if (gr_text_is(e->judged->finding.rule, "detection"))
        return explain_oddity(e);
    status = find_subject(e);
    if (status == GR_OK)
        status = read_rule(e);
    if (status == GR_OK && e->limit)
        status = gr_explain_sum(e);
    if (status == GR_OK && e->breach)
        explain_duty(e);
    if (status == GR_OK)
        status = gr_fetch_records(e->rules, e->options, e->run, &e->wanted, e->err);
    if (status == GR_OK)
        status = gr_explain_gifts(e);
    if (status == GR_OK)
        status = gr_explain_people(e);
    if (status == GR_OK)
        explain_sources(e);
    return status;
}

static gr_status explain(gr_explaining *e)
{
    gr_status status = gr_explain_is_compared(e) ? gr_explain_compared(e) : explain_judged(e);

    if (status == GR_OK)
        explain_policy(e);
    return status == GR_OK && e->trace.no_memory ? gr_fail_memory(e->err) : status;
}

static gr_status explain_finding(gr_explaining *e, const char *finding)
{
    gr_status status = find_finding(e, finding);

    if (status != GR_OK)
        return status;
    e->out = take(e, sizeof *e->out);
    if (!e->out)
        return gr_fail_memory(e->err);
    e->out->finding = &e->judged->finding;
    e->out->quarantined = e->run->intake.quarantined.count;
    e->out->refused = e->run->ingest.refused.items;
    e->out->refused_count = e->run->ingest.refused.count;
    status = explain(e);
    gr_shares_free(&e->shares);
    gr_list_free(&e->group.items);
    gr_list_free(&e->wanted);
    gr_list_free(&e->passed);
    gr_list_free(&e->trace.cited);
    return status;
}

static gr_status check_asked(const gr_audit_options *options, const char *finding, gr_error *err)
{
    if (!*finding)
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "the audit prints it, like F-0123456789ab",
                       "name the finding");
    for (size_t i = 0; i < options->input_count; i++)
        if (strcmp(options->inputs[i], "-") == 0)
            return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "put it into a file, and name that",
                           "what is explained is read twice, and standard input cannot be");
    if (options->input_count == 0 && !options->ledger)
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "name the exports, or --ledger",
                       "it is not said where the finding comes from");
    return GR_OK;
}

gr_status gr_explain(const gr_rules *rules, const gr_audit_options *options, const char *finding,
                     gr_explanation **out, gr_error *err)
{
    gr_status status = check_asked(options, finding, err);
    gr_run run, *kept;
    gr_explaining e = { .rules = rules,
                        .options = options,
                        .run = &run,
                        .group = { .items = GR_LIST(gr_item) },
                        .wanted = GR_LIST(gr_fetched),
                        .passed = GR_LIST(gr_passed),
                        .err = err };

    if (status != GR_OK)
        return status;
    status = gr_run_make(rules, options, false, &run, err);
    e.trace = (gr_trace){ .set = rules->set, .arena = run.arena, .cited = GR_LIST(gr_text) };
    if (status == GR_OK)
        status = explain_finding(&e, finding);
    kept = status == GR_OK ? take(&e, sizeof *kept) : NULL;
    if (status == GR_OK && !kept)
        status = gr_fail_memory(err);
    if (status != GR_OK) {
        gr_run_free(&run);
        return status;
    }
    *kept = run;
    e.out->owned = kept;
    e.out->release = release;
    *out = e.out;
    return GR_OK;
}

void gr_explanation_free(gr_explanation *explanation)
{
    if (explanation)
        explanation->release(explanation->owned);
}

const gr_error *gr_explanation_refusal(const gr_explanation *explanation, size_t i)
{
    return i < explanation->refused_count ? &explanation->refused[i] : NULL;
}

gr_status gr_explanation_write(const gr_explanation *explanation, const gr_report_style *style,
                               gr_on_output output, void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_explanation_json(explanation, &writer, err);
    else
        status = gr_explanation_text(explanation, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the explanation could not be written");
    return status;
}
