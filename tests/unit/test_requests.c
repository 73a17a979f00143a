/* tests/unit/test_requests.c - requests on their way: every deed in every state, and that a request and its approval are
 * kept together or not at all. The gift is an entertainment of 400.00: nobody knows whether the host was there, and
 * "yes" is approved, "no" is denied, "partly" is referred again. */
#include "desk_box.h"

#include "app/planned.h"
#include "app/requests.h"
#include "ledger/approval_find.h"

#include <sqlite3.h>
#include <sys/wait.h>

#define AS_OF 20785 /* 2026-11-28 */

static const gr_account asker = { .name = { "dana", 4 }, .giver = { "AE-1", 4 } };
static const gr_account officer = { .name = { "olga", 4 }, .role = GR_ROLE_OFFICER };
static const gr_stated yes = { "host-present", "yes", 0 }, no = { "host-present", "no", 0 },
                       partly = { "host-present", "partly", 0 };

typedef struct desk {
    gr_rules *rules;
    gr_checker *checker;
    gr_arena *arena;
} desk;

static desk open_desk(const sandbox *box)
{
    desk d = { .arena = gr_arena_create() };
    gr_error err = { 0 };

    gr_ledger_close(open_ledger(box->path));
    if (gr_rules_load("rules", NULL, 0, NULL, NULL, &d.rules, &err) != GR_OK ||
        gr_checker_open(d.rules, box->path, &d.checker, &err) != GR_OK)
        fail_msg("%s", err.message);
    return d;
}

static void close_desk(desk *d)
{
    gr_checker_close(d->checker);
    gr_rules_free(d->rules);
    gr_arena_free(d->arena);
}

static gr_request ask(desk *d, const char *host, const char *recipient)
{
    const gr_stated stated[] = { { "date", "2026-12-10", 0 },    { "cost", "400.00", 0 },
                                 { "giver-id", "AE-1", 0 },      { "name", recipient, 0 },
                                 { "employer", "Acme", 0 },      { "employer-kind", "vendor", 0 },
                                 { "kind", "entertainment", 0 }, { "host-present", host, 0 } };
    gr_preapproval answer;
    gr_record planned;
    gr_request r;
    gr_error err = { 0 };

    if (gr_planned_read(stated, GR_COUNT(stated) - (host ? 0 : 1), d->arena, &planned, &err) ||
        gr_request_ask(d->checker, &asker, &planned, AS_OF, d->arena, &r, &answer, &err))
        fail_msg("%s", err.message);
    return r;
}

static gr_status change(desk *d, gr_text number, gr_request_deed deed, const gr_account *who,
                        const gr_stated *fact, const char *note, gr_request *out, gr_error *err)
{
    gr_request_change c = { .deed = deed,
                            .who = who,
                            .note = gr_text_of(note),
                            .fact = fact,
                            .fact_count = fact ? 1 : 0,
                            .as_of = AS_OF };

    return gr_request_change_state(d->checker, number, &c, d->arena, out, err);
}

static gr_request must(desk *d, gr_text number, gr_request_deed deed, const gr_account *who,
                       const gr_stated *fact)
{
    gr_request out;
    gr_error err = { 0 };

    if (change(d, number, deed, who, fact, "well", &out, &err) != GR_OK)
        fail_msg("%s", err.message);
    return out;
}

/* A new request in that state. */
static gr_request bring(desk *d, gr_request_state state, const char *recipient)
{
    bool is_approved = state == GR_REQUEST_APPROVED || state == GR_REQUEST_GIVEN;
    gr_request r = ask(d,
                       is_approved                  ? "yes"
                       : state == GR_REQUEST_DENIED ? "no"
                                                    : NULL,
                       recipient);

    if (state == GR_REQUEST_ASKED)
        r = must(d, r.number, GR_REQUEST_ASK, &officer, NULL);
    if (state == GR_REQUEST_WITHDRAWN)
        r = must(d, r.number, GR_REQUEST_WITHDRAW, &asker, NULL);
    if (state == GR_REQUEST_GIVEN)
        r = must(d, r.number, GR_REQUEST_GIVE, &asker, NULL);
    if (r.state != state)
        fail_msg("%s, not %s", gr_request_state_text(r.state), gr_request_state_text(state));
    return r;
}

enum { NEVER = -1 };

static void test_every_deed_in_every_state(void **state)
{
    static const struct {
        const char *name;
        gr_request_deed deed;
        const gr_account *who;
        const gr_stated *fact;
        int then[GR_REQUEST_STATES]; /* open, asked, approved, denied, withdrawn, given */
    } cases[] = {
        { "approve",
          GR_REQUEST_APPROVE,
          &officer,
          NULL,
          { GR_REQUEST_APPROVED, GR_REQUEST_APPROVED, NEVER, NEVER, NEVER, NEVER } },
        { "deny",
          GR_REQUEST_DENY,
          &officer,
          NULL,
          { GR_REQUEST_DENIED, GR_REQUEST_DENIED, NEVER, NEVER, NEVER, NEVER } },
        { "ask",
          GR_REQUEST_ASK,
          &officer,
          NULL,
          { GR_REQUEST_ASKED, NEVER, NEVER, NEVER, NEVER, NEVER } },
        { "withdraw",
          GR_REQUEST_WITHDRAW,
          &asker,
          NULL,
          { GR_REQUEST_WITHDRAWN, GR_REQUEST_WITHDRAWN, GR_REQUEST_WITHDRAWN, NEVER, NEVER,
            NEVER } },
        { "give",
          GR_REQUEST_GIVE,
          &asker,
          NULL,
          { NEVER, NEVER, GR_REQUEST_GIVEN, NEVER, NEVER, NEVER } },
        { "answer yes",
          GR_REQUEST_ANSWER,
          &asker,
          &yes,
          { GR_REQUEST_APPROVED, GR_REQUEST_APPROVED, NEVER, NEVER, NEVER, NEVER } },
        { "answer no",
          GR_REQUEST_ANSWER,
          &asker,
          &no,
          { GR_REQUEST_DENIED, GR_REQUEST_DENIED, NEVER, NEVER, NEVER, NEVER } },
        { "answer partly",
          GR_REQUEST_ANSWER,
          &asker,
          &partly,
          { GR_REQUEST_OPEN, GR_REQUEST_OPEN, NEVER, NEVER, NEVER, NEVER } },
        { "own approve",
          GR_REQUEST_APPROVE,
          &asker,
          NULL,
          { NEVER, NEVER, NEVER, NEVER, NEVER, NEVER } },
        { "own deny", GR_REQUEST_DENY, &asker, NULL, { NEVER, NEVER, NEVER, NEVER, NEVER, NEVER } },
    };
    desk d = open_desk(*state);
    unsigned people = 0;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        for (int s = 0; s < GR_REQUEST_STATES; s++) {
            int then = cases[i].then[s];
            char recipient[32];
            gr_request r, out = { .revision = 0 };
            gr_error err = { 0 };
            gr_status status;

            snprintf(recipient, sizeof recipient, "Person%u Number%u", people, people * 7919);
            people++;
            r = bring(&d, (gr_request_state)s, recipient);
            status = change(&d, r.number, cases[i].deed, cases[i].who, cases[i].fact, "well", &out,
                            &err);
            if (status != (then == NEVER ? GR_EINPUT : GR_OK))
                fail_msg("%s when %s: %d %s", cases[i].name,
                         gr_request_state_text((gr_request_state)s), status, err.message);
            if (then == NEVER) {
                gr_request same;

                assert_true(err.message[0] && err.hint[0]);
                assert_int_equal(gr_request_find(d.checker, r.number, d.arena, &same, &err), GR_OK);
                assert_int_equal(same.revision, r.revision);
                continue;
            }
            if ((int)out.state != then || out.revision != r.revision + 1)
                fail_msg("%s when %s: %s", cases[i].name, gr_request_state_text(r.state),
                         gr_request_state_text(out.state));
            assert_true(gr_text_equal(out.author, cases[i].who->name));
            assert_true(gr_text_equal(out.asked, r.asked));
            assert_int_equal(out.approval.len > 0,
                             then == GR_REQUEST_APPROVED || r.approval.len > 0);
        }
    }
    close_desk(&d);
}

static void test_numbers_and_lists(void **state)
{
    desk d = open_desk(*state);
    gr_list list = GR_LIST(gr_request);
    gr_request a = ask(&d, NULL, "Ann Lee"), b = ask(&d, "yes", "Bob Ray"), none;
    gr_error err = { 0 };

    assert_true(gr_text_is(a.number, "RQ-2026-0001") && gr_text_is(b.number, "RQ-2026-0002"));
    assert_true(gr_text_is(a.account, "dana") && gr_text_is(a.giver_id, "AE-1"));
    assert_true(a.state == GR_REQUEST_OPEN && a.approval.len == 0);
    assert_true(b.state == GR_REQUEST_APPROVED && gr_text_is(b.approval, "PA-2026-0001"));
    assert_true(gr_text_starts(b.answer, GR_TEXT("{")));
    assert_int_equal(
        gr_requests_list(d.checker, &(gr_request_wanted){ .most = 0 }, d.arena, &list, &err),
        GR_OK);
    assert_int_equal(list.count, 2);
    assert_true(gr_text_equal(GR_AT(list, gr_request, 0)->number, b.number)); /* the newest first */
    gr_list_cut(&list, 0);
    gr_requests_list(d.checker, &(gr_request_wanted){ .most = 1 }, d.arena, &list, &err);
    assert_int_equal(list.count, 1);
    gr_list_cut(&list, 0);
    gr_requests_list(d.checker, &(gr_request_wanted){ .only_waiting = true }, d.arena, &list, &err);
    assert_int_equal(list.count, 1);
    assert_true(gr_text_equal(GR_AT(list, gr_request, 0)->number, a.number));
    gr_list_cut(&list, 0);
    gr_requests_list(
        d.checker, &(gr_request_wanted){ .account = GR_TEXT("dana"), .giver_id = GR_TEXT("AE-1") },
        d.arena, &list, &err);
    assert_int_equal(list.count, 2);
    gr_list_cut(&list, 0);
    gr_requests_list(d.checker, &(gr_request_wanted){ .account = GR_TEXT("eve") }, d.arena, &list,
                     &err);
    assert_int_equal(list.count, 0);
    must(&d, a.number, GR_REQUEST_ASK, &officer, NULL);
    must(&d, a.number, GR_REQUEST_ANSWER, &asker, &yes);
    assert_int_equal(gr_request_past(d.checker, a.number, d.arena, &list, &err), GR_OK);
    assert_int_equal(list.count, 3);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(GR_AT(list, gr_request, i)->revision, (int)i + 1);
    assert_int_equal(gr_request_find(d.checker, GR_TEXT("RQ-1"), d.arena, &none, &err), GR_EINPUT);
    assert_int_equal(gr_request_past(d.checker, GR_TEXT("RQ-1"), d.arena, &list, &err), GR_EINPUT);
    gr_list_free(&list);
    close_desk(&d);
}

static void test_own(void **state)
{
    const gr_account other_name = { .name = GR_TEXT("officer2"), .giver = GR_TEXT("AE-1") };
    desk d = open_desk(*state);
    gr_request r = ask(&d, NULL, "Ann Lee"), out;
    gr_error err = { 0 };

    assert_int_equal(
        change(&d, r.number, GR_REQUEST_APPROVE, &other_name, NULL, "well", &out, &err), GR_EINPUT);
    assert_non_null(strstr(err.message, "own request"));
    assert_int_equal(change(&d, r.number, GR_REQUEST_APPROVE, &officer, NULL, " ", &out, &err),
                     GR_EINPUT);
    assert_non_null(strstr(err.message, "a reason"));
    assert_int_equal(change(&d, r.number, GR_REQUEST_ASK, &officer, NULL, "", &out, &err),
                     GR_EINPUT);
    assert_int_equal(change(&d, r.number, GR_REQUEST_ANSWER, &asker, NULL, "", &out, &err),
                     GR_EINPUT);
    close_desk(&d);
}

static gr_request ask_for(desk *d, const char *kind, const char *cost)
{
    const gr_stated stated[] = { { "date", "2026-12-10", 0 }, { "cost", cost, 0 },
                                 { "giver-id", "AE-1", 0 },   { "name", "Ann Lee", 0 },
                                 { "employer", "Acme", 0 },   { "employer-kind", "vendor", 0 },
                                 { "kind", kind, 0 } };
    gr_preapproval answer;
    gr_record planned;
    gr_request r;
    gr_error err = { 0 };

    if (gr_planned_read(stated, GR_COUNT(stated), d->arena, &planned, &err) ||
        gr_request_ask(d->checker, &asker, &planned, AS_OF, d->arena, &r, &answer, &err))
        fail_msg("%s", err.message);
    return r;
}

static int64_t runs_of(desk *d)
{
    int64_t run = -1;
    gr_error err = { 0 };

    assert_int_equal(gr_ledger_run_find(gr_checker_ledger(d->checker), &run, &err), GR_OK);
    return run;
}

/* What was referred is denied once the limit is used up, and then no officer can approve it: nothing is kept. */
static void test_denied_meanwhile(void **state)
{
    desk d = open_desk(*state);
    gr_request out, r;
    gr_error err = { 0 };
    int64_t before;

    assert_int_equal(ask_for(&d, "entertainment", "150.00").state, GR_REQUEST_APPROVED);
    r = ask_for(&d, "goods", "200.00"); /* 200.00 to 350.00 of 300.00 */
    assert_int_equal(r.state, GR_REQUEST_OPEN);
    assert_int_equal(ask_for(&d, "goods", "110.00").state, GR_REQUEST_APPROVED);
    before = runs_of(&d);
    assert_int_equal(change(&d, r.number, GR_REQUEST_APPROVE, &officer, NULL, "well", &out, &err),
                     GR_EINPUT);
    assert_non_null(strstr(err.message, "cannot be approved: Gifts to Ann Lee"));
    assert_int_equal(gr_request_find(d.checker, r.number, d.arena, &out, &err), GR_OK);
    assert_int_equal(out.state, GR_REQUEST_OPEN);
    assert_int_equal(runs_of(&d), before);
    must(&d, r.number, GR_REQUEST_DENY, &officer, NULL);
    close_desk(&d);
}

static void test_withdrawn_counts_no_more(void **state)
{
    desk d = open_desk(*state);
    gr_approval approval;
    gr_request r = ask_for(&d, "goods", "300.00");
    gr_error err = { 0 };

    assert_int_equal(r.state, GR_REQUEST_APPROVED);
    assert_int_equal(ask_for(&d, "goods", "1.00").state, GR_REQUEST_DENIED);
    must(&d, r.number, GR_REQUEST_WITHDRAW, &asker, NULL);
    assert_int_equal(gr_checker_approval(d.checker, r.approval, AS_OF, d.arena, &approval, &err),
                     GR_OK);
    assert_true(approval.is_cancelled);
    assert_int_equal(ask_for(&d, "goods", "300.00").state, GR_REQUEST_APPROVED);
    close_desk(&d);
}

/* Of officers who decide at the same moment one is heard, and one approval is booked. */
static void test_at_once(void **state)
{
    enum { OFFICERS = 6 };
    sandbox *box = *state;
    desk d = open_desk(box);
    gr_request r, out = ask(&d, NULL, "Ann Lee");
    gr_list past = GR_LIST(gr_request);
    gr_error err = { 0 };
    pid_t child[OFFICERS];
    int heard = 0;

    close_desk(&d);
    for (int i = 0; i < OFFICERS; i++) {
        child[i] = fork();
        if (child[i] == 0) {
            desk own = open_desk(box);

            _exit(change(&own, GR_TEXT("RQ-2026-0001"),
                         i % 2 ? GR_REQUEST_DENY : GR_REQUEST_APPROVE, &officer, NULL, "well", &r,
                         &err) == GR_OK
                      ? 0
                  : err.status == GR_EINPUT ? 1
                                            : 2);
        }
    }
    for (int i = 0; i < OFFICERS; i++) {
        int status = -1;

        waitpid(child[i], &status, 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
        heard += WEXITSTATUS(status) == 0;
    }
    assert_int_equal(heard, 1);
    d = open_desk(box);
    assert_int_equal(gr_request_past(d.checker, GR_TEXT("RQ-2026-0001"), d.arena, &past, &err),
                     GR_OK);
    assert_int_equal(past.count, 2);
    out = *GR_AT(past, gr_request, 1);
    assert_int_equal(out.approval.len > 0, out.state == GR_REQUEST_APPROVED);
    gr_list_free(&past);
    close_desk(&d);
}

/* Who did what is in the trail, in words. */
static void test_trail(void **state)
{
    static const char *const says[] = {
        "dana|reserve|400.00 USD of AE-1 to Ann Lee on 2026-12-10: RQ-2026-0001 open",
        "olga|ask|RQ-2026-0001 asked for a fact: well",
        "dana|reserve|400.00 USD of AE-1 to Ann Lee on 2026-12-10: RQ-2026-0001 open: well",
        "olga|reserve|PA-2026-0001: 400.00 USD of AE-1 to Ann Lee on 2026-12-10: RQ-2026-0001 "
        "approved: well",
        "dana|given|PA-2026-0001 was given on 2026-11-28: RQ-2026-0001 given: well",
    };
    sandbox *box = *state;
    desk d = open_desk(box);
    gr_request r = ask(&d, NULL, "Ann Lee");
    sqlite3_stmt *s = NULL;
    sqlite3 *db = NULL;

    must(&d, r.number, GR_REQUEST_ASK, &officer, NULL);
    must(&d, r.number, GR_REQUEST_ANSWER, &asker, &partly);
    must(&d, r.number, GR_REQUEST_APPROVE, &officer, NULL);
    must(&d, r.number, GR_REQUEST_GIVE, &asker, NULL);
    close_desk(&d);
    assert_int_equal(sqlite3_open(box->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT author || '|' || action || '|' || note FROM run "
                                        "ORDER BY run",
                                        -1, &s, NULL),
                     SQLITE_OK);
    for (size_t i = 0; i < GR_COUNT(says); i++) {
        assert_int_equal(sqlite3_step(s), SQLITE_ROW);
        assert_string_equal((const char *)sqlite3_column_text(s, 0), says[i]);
    }
    assert_int_equal(sqlite3_step(s), SQLITE_DONE);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_deed_in_every_state, enter, leave),
        cmocka_unit_test_setup_teardown(test_numbers_and_lists, enter, leave),
        cmocka_unit_test_setup_teardown(test_own, enter, leave),
        cmocka_unit_test_setup_teardown(test_denied_meanwhile, enter, leave),
        cmocka_unit_test_setup_teardown(test_withdrawn_counts_no_more, enter, leave),
        cmocka_unit_test_setup_teardown(test_at_once, enter, leave),
        cmocka_unit_test_setup_teardown(test_trail, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
