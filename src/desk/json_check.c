/* src/desk/json_check.c - may this gift be given, and its approval from being booked to being given. */
#include "app/planned.h"
#include "desk/json_body.h"
#include "desk/once.h"
#include "report/json_stream.h"
#include "report/preapproval.h"

static const gr_report_style as_json = { .format = GR_FORMAT_JSON };

gr_status gr_json_check(gr_visit *visit, gr_error *err)
{
    gr_preapproval answer;
    gr_record gift;
    gr_status status = gr_body_gift(visit, &gift, err);

    if (status == GR_OK)
        status = gr_checker_ask(visit->desk->checker, &gift, visit->as_of, GR_TEXT(""),
                                visit->arena, &answer, err);
    return status == GR_OK ? gr_preapprovals_print(&answer, 1, false, &as_json, &visit->out, err)
                           : status;
}

/* Within the transaction that books: the reply, and its key. */
static gr_status reply_within(void *context, gr_ledger *ledger, const gr_preapproval *answer,
                              gr_error *err)
{
    gr_visit *visit = context;
    gr_status status = gr_preapprovals_print(answer, 1, false, &as_json, &visit->out, err);

    return status == GR_OK && gr_once_is_asked(visit) ? gr_once_note(visit, ledger, err) : status;
}

gr_status gr_json_reserve(gr_visit *visit, gr_error *err)
{
    gr_reserving by = { .author = visit->who.name,
                        .as_of = visit->as_of,
                        .note = GR_TEXT(""),
                        .also = reply_within,
                        .context = visit };
    gr_preapproval answer;
    gr_record gift;
    gr_status status = gr_body_gift(visit, &gift, err);

    return status == GR_OK
               ? gr_checker_reserve(visit->desk->checker, &gift, &by, visit->arena, &answer, err)
               : status;
}

/* ---- an approval ---- */

static gr_status fail_missing(gr_visit *visit, gr_error *err)
{
    visit->reply->status = 404;
    return gr_fail(err, GR_EINPUT, (gr_place){ "approval", 0, 0 }, "look at its number again",
                   "there is no approval '%.*s', or it is not yours", GR_SHOW(visit->part[0]));
}

/* Somebody else's looks as if it were not there: numbers can be guessed. */
static gr_status find(gr_visit *visit, bool changes, gr_approval *out, gr_error *err)
{
    gr_status status = gr_checker_approval(visit->desk->checker, visit->part[0], visit->as_of,
                                           visit->arena, out, err);
    gr_role role = visit->who.role;
    gr_text giver;

    if (status == GR_EINPUT)
        return fail_missing(visit, err);
    if (status != GR_OK)
        return status;
    giver = gr_record_text(out->record, GR_F_GIVER_ID);
    if (role == GR_ROLE_OFFICER || role == GR_ROLE_SYSTEM ||
        (changes ? gr_visit_is_own(visit, GR_TEXT(""), giver)
                 : gr_visit_may_see(visit, GR_TEXT(""), giver)))
        return GR_OK;
    return fail_missing(visit, err);
}

static const char *state_of(const gr_approval *approval)
{
    return approval->is_used        ? "used"
           : approval->is_cancelled ? "cancelled"
           : approval->is_given     ? "given"
           : approval->is_expired   ? "expired"
                                    : "open";
}

static gr_status tell(gr_visit *visit, const gr_approval *approval, gr_error *err)
{
    gr_text facts = gr_planned_print(approval->record, visit->arena);
    gr_list stated = GR_LIST(gr_stated);
    gr_status status =
        facts.ptr ? gr_planned_parse(facts, visit->arena, &stated, err) : gr_fail_memory(err);
    gr_json json;

    if (status == GR_OK) {
        gr_json_start(visit, &json);
        gr_json_put(&json, "approval", gr_json_text(approval->number));
        gr_json_put(&json, "state", json_string(state_of(approval)));
        gr_json_put(&json, "gift", gr_json_stated(&stated));
        status = gr_json_end(&json, err);
    }
    gr_list_free(&stated);
    return status;
}

gr_status gr_json_approval(gr_visit *visit, gr_error *err)
{
    gr_approval approval;
    gr_status status = find(visit, false, &approval, err);

    return status == GR_OK ? tell(visit, &approval, err) : status;
}

static gr_status end_within(void *context, gr_ledger *ledger, const gr_preapproval *answer,
                            gr_error *err)
{
    gr_visit *visit = context;
    bool is_given = gr_text_ends(gr_text_of(visit->call->path), GR_TEXT("/given"));
    gr_json json;
    gr_status status;

    (void)answer; /* nothing was asked */
    gr_json_start(visit, &json);
    gr_json_put(&json, "approval", gr_json_text(visit->part[0]));
    gr_json_put(&json, "state", json_string(is_given ? "given" : "cancelled"));
    status = gr_json_end(&json, err);
    return status == GR_OK && gr_once_is_asked(visit) ? gr_once_note(visit, ledger, err) : status;
}

static gr_reserving ending(gr_visit *visit, gr_text note)
{
    return (gr_reserving){ .author = visit->who.name,
                           .as_of = visit->as_of,
                           .note = note,
                           .also = end_within,
                           .context = visit };
}

gr_status gr_json_cancel(gr_visit *visit, gr_error *err)
{
    static const char *const names[] = { "reason", NULL };
    const json_t *body;
    gr_text reason = GR_TEXT("");
    gr_approval approval;
    gr_reserving by;
    gr_status status = gr_body_read(visit, true, &body, err);

    if (status == GR_OK)
        status = gr_body_check(body, names, err);
    if (status == GR_OK)
        status = gr_body_text(body, "reason", false, &reason, err);
    if (status == GR_OK)
        status = find(visit, true, &approval, err);
    by = ending(visit, reason);
    return status == GR_OK ? gr_checker_cancel(visit->desk->checker, visit->part[0], &by, err)
                           : status;
}

gr_status gr_json_given(gr_visit *visit, gr_error *err)
{
    static const char *const names[] = { "date", NULL };
    const json_t *body;
    gr_text date = GR_TEXT("");
    gr_approval approval;
    gr_day day = visit->as_of;
    gr_reserving by = ending(visit, GR_TEXT(""));
    gr_status status = gr_body_read(visit, true, &body, err);

    if (status == GR_OK)
        status = gr_body_check(body, names, err);
    if (status == GR_OK)
        status = gr_body_text(body, "date", false, &date, err);
    if (status == GR_OK && date.len > 0 &&
        gr_day_parse(date, (gr_place){ "date", 0, 0 }, &day, err) != GR_OK)
        status = err->status = GR_EUSAGE;
    if (status == GR_OK)
        status = find(visit, true, &approval, err);
    return status == GR_OK ? gr_checker_given(visit->desk->checker, visit->part[0], day, &by, err)
                           : status;
}
