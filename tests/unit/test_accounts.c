/* tests/unit/test_accounts.c - who gets in: accounts with passwords, tokens, and answers that are given once. */
#include "desk_box.h"

#include "app/accounts.h"
#include "base/chance.h"
#include "base/password.h"

#include <time.h>

#define PASSWORD "correct horse battery"

static const gr_deed a_deed = { 1795500000, { "crm", 3 }, "reserve" };
static const gr_account dana = { .name = { "dana", 4 },
                                 .shown = { "Dana Fox", 8 },
                                 .role = GR_ROLE_OFFICER,
                                 .giver = { "AE-1", 4 } };

static gr_status put(gr_ledger *ledger, const char *name, gr_role role, const char *password,
                     gr_error *err)
{
    gr_account a = dana;

    a.name = gr_text_of(name);
    a.role = role;
    return gr_account_put(ledger, &a, password, GR_TEXT("root"), err);
}

static void test_names_and_passwords(void **state)
{
    static const struct {
        const char *name, *password;
        gr_status status;
        const char *says;
    } cases[] = {
        { "dana", PASSWORD, GR_OK, "" },
        { "dana.fox@example-1_x.com", PASSWORD, GR_OK, "" },
        { "", PASSWORD, GR_EINPUT, "is no name" },
        { "Dana", PASSWORD, GR_EINPUT, "is no name" },
        { "dana fox", PASSWORD, GR_EINPUT, "is no name" },
        { "d\xc3\xa4na", PASSWORD, GR_EINPUT, "is no name" },
        { "0123456789012345678901234567890123456789012345678901234567890123", PASSWORD, GR_OK, "" },
        { "01234567890123456789012345678901234567890123456789012345678901234", PASSWORD, GR_EINPUT,
          "is no name" },
        { "eve", "elevenbytes", GR_EINPUT, "at least 12" },
        { "eve", "twelve bytes", GR_OK, "" },
        { "eve", "", GR_EINPUT, "at least 12" },
    };
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_error err = { 0 };
        gr_status status = put(ledger, cases[i].name, GR_ROLE_OFFICER, cases[i].password, &err);

        if (status != cases[i].status || !strstr(err.message, cases[i].says))
            fail_msg("%zu: %d %s", i, status, err.message);
        if (status != GR_OK)
            assert_true(err.hint[0] != '\0');
        gr_ledger_close(ledger);
        ledger = open_ledger(box->path);
    }
    gr_ledger_close(ledger);
}

static void refuse(gr_ledger *ledger, const char *name, const char *password, gr_arena *arena)
{
    gr_account a;
    gr_error err = { 0 };

    assert_int_equal(gr_account_verify(ledger, gr_text_of(name), password, arena, &a, &err),
                     GR_EINPUT);
    assert_string_equal(err.message, "this is no name and password of an account");
}

static void test_sign_in(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_arena *arena = gr_arena_create();
    gr_account a, closed = dana;
    gr_error err = { 0 };
    char token[64];

    assert_int_equal(gr_account_put(ledger, &dana, PASSWORD, GR_TEXT("root"), &err), GR_OK);
    assert_int_equal(gr_account_verify(ledger, dana.name, PASSWORD, arena, &a, &err), GR_OK);
    assert_true(gr_text_equal(a.shown, dana.shown) && a.role == GR_ROLE_OFFICER);
    refuse(ledger, "dana", "correct horse batterz", arena);
    refuse(ledger, "dana", "", arena);
    refuse(ledger, "nobody", PASSWORD, arena);
    assert_int_equal(put(ledger, "open", GR_ROLE_OFFICER, NULL, &err), GR_OK);
    refuse(ledger, "open", "", arena); /* without a password: only a proxy lets in */

    assert_int_equal(gr_account_put(ledger, &dana, NULL, GR_TEXT("root"), &err), GR_OK);
    assert_int_equal(gr_account_verify(ledger, dana.name, PASSWORD, arena, &a, &err), GR_OK);
    assert_int_equal(gr_account_put(ledger, &dana, "another long one", GR_TEXT("root"), &err),
                     GR_OK);
    refuse(ledger, "dana", PASSWORD, arena);

    closed.is_closed = true;
    assert_int_equal(gr_account_put(ledger, &closed, NULL, GR_TEXT("root"), &err), GR_OK);
    refuse(ledger, "dana", "another long one", arena);
    assert_int_equal(gr_account_find(ledger, dana.name, arena, &a, &err), GR_EINPUT);

    a = (gr_account){ .name = GR_TEXT("crm"), .scopes = GR_SCOPE_CHECK };
    assert_int_equal(gr_token_make(ledger, &a, GR_TEXT("root"), token, &err), GR_OK);
    refuse(ledger, "crm", token, arena); /* a token is no account, also not for a proxy */
    assert_int_equal(gr_account_find(ledger, GR_TEXT("crm"), arena, &a, &err), GR_EINPUT);
    gr_arena_free(arena);
    gr_ledger_close(ledger);
}

static void test_tokens(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_arena *arena = gr_arena_create();
    gr_account crm = { .name = GR_TEXT("crm"), .shown = GR_TEXT("CRM"), .scopes = 3 }, a;
    gr_list all = GR_LIST(gr_account);
    gr_error err = { 0 };
    char first[64], second[64];

    assert_int_equal(gr_token_make(ledger, &crm, GR_TEXT("root"), first, &err), GR_OK);
    assert_int_equal(strlen(first), 43);
    assert_int_equal(gr_token_find(ledger, gr_text_of(first), arena, &a, &err), GR_OK);
    assert_true(gr_text_is(a.name, "crm") && a.scopes == 3 && a.role == GR_ROLE_SYSTEM);
    assert_int_equal(gr_token_find(ledger, GR_TEXT(""), arena, &a, &err), GR_EINPUT);
    assert_int_equal(gr_token_find(ledger, a.password, arena, &a, &err), GR_EINPUT);

    assert_int_equal(gr_token_make(ledger, &crm, GR_TEXT("root"), second, &err), GR_OK);
    assert_string_not_equal(first, second);
    assert_int_equal(gr_token_find(ledger, gr_text_of(first), arena, &a, &err), GR_EINPUT);
    assert_int_equal(gr_token_find(ledger, gr_text_of(second), arena, &a, &err), GR_OK);

    assert_int_equal(put(ledger, "dana", GR_ROLE_OFFICER, PASSWORD, &err), GR_OK);
    assert_int_equal(gr_accounts_list(ledger, arena, &all, &err), GR_OK);
    assert_int_equal(all.count, 2);
    for (size_t i = 0; i < all.count; i++)
        assert_int_equal(GR_AT(all, gr_account, i)->password.len, 0);
    gr_list_free(&all);

    assert_int_equal(put(ledger, "crm", GR_ROLE_OFFICER, PASSWORD, &err), GR_EINPUT);
    assert_non_null(strstr(err.message, "a token already"));
    gr_arena_free(arena);
    gr_ledger_close(ledger);
}

static void test_public(void **state)
{
    sandbox *box = *state;
    gr_account_options o = { .ledger = box->path, .author = "root", .name = "dana" };
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger;
    gr_account a;
    gr_error err = { 0 };
    char token[64];

    assert_int_equal(gr_account_keep(&o, &err), GR_EINPUT); /* there is no ledger */
    gr_ledger_close(open_ledger(box->path));
    assert_int_equal(gr_account_keep(&o, &err), GR_EUSAGE); /* no role */
    o.role = "system";
    assert_int_equal(gr_account_keep(&o, &err), GR_EUSAGE);
    o.role = "supervisor";
    o.password = PASSWORD;
    o.giver = "AE-7";
    assert_int_equal(gr_account_keep(&o, &err), GR_OK);
    o = (gr_account_options){ .ledger = box->path, .name = "dana", .shown = "Dana Fox" };
    assert_int_equal(gr_account_keep(&o, &err), GR_OK); /* the rest stays */
    o = (gr_account_options){ .ledger = box->path, .name = "crm", .scopes = "check quack" };
    assert_int_equal(gr_token_keep(&o, token, &err), GR_EUSAGE);
    o.scopes = "check reserve";
    assert_int_equal(gr_token_keep(&o, token, &err), GR_OK);
    ledger = open_ledger(box->path);
    assert_int_equal(gr_account_verify(ledger, GR_TEXT("dana"), PASSWORD, arena, &a, &err), GR_OK);
    assert_true(a.role == GR_ROLE_SUPERVISOR && gr_text_is(a.giver, "AE-7") &&
                gr_text_is(a.shown, "Dana Fox"));
    gr_ledger_close(ledger);
    o = (gr_account_options){ .ledger = box->path, .name = "crm", .closes = true };
    assert_int_equal(gr_account_keep(&o, &err), GR_OK);
    ledger = open_ledger(box->path);
    assert_int_equal(gr_token_find(ledger, gr_text_of(token), arena, &a, &err), GR_EINPUT);
    gr_ledger_close(ledger);
    gr_arena_free(arena);
}

static void test_once(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = open_ledger(box->path);
    gr_arena *arena = gr_arena_create();
    gr_once once = { GR_TEXT("crm"),  GR_TEXT("k1"), GR_TEXT("abcd"), 201,
                     GR_TEXT("json"), GR_TEXT("{}") };
    gr_once got;
    gr_error err = { 0 };
    bool is_known = true;

    assert_int_equal(gr_once_find(ledger, once.account, once.key, arena, &got, &is_known, &err),
                     GR_OK);
    assert_false(is_known);
    assert_int_equal(gr_ledger_begin(ledger, &a_deed, &err), GR_OK);
    assert_int_equal(gr_once_keep(ledger, &once, &err), GR_OK);
    assert_int_equal(gr_ledger_commit(ledger, GR_TEXT(""), &err), GR_OK);
    assert_int_equal(gr_once_find(ledger, once.account, once.key, arena, &got, &is_known, &err),
                     GR_OK);
    assert_true(is_known && got.status == 201 && gr_text_is(got.reply, "{}") &&
                gr_text_is(got.digest, "abcd"));
    assert_int_equal(gr_once_find(ledger, GR_TEXT("erp"), once.key, arena, &got, &is_known, &err),
                     GR_OK);
    assert_false(is_known); /* each has keys of its own */
    assert_int_equal(gr_ledger_begin(ledger, &a_deed, &err), GR_OK);
    assert_int_not_equal(gr_once_keep(ledger, &once, &err), GR_OK);
    gr_arena_free(arena);
    gr_ledger_close(ledger);
}

/* The stand-in for accounts that are not there costs what a real one costs. */
static void test_password(void **state)
{
    char kept[GR_PASSWORD_TEXT], again[GR_PASSWORD_TEXT];
    clock_t start = clock();
    double real, none;

    (void)state;
    assert_true(gr_password_make(PASSWORD, kept) && gr_password_make(PASSWORD, again));
    assert_string_not_equal(kept, again);
    assert_true(gr_text_starts(gr_text_of(kept), GR_TEXT("$argon2id$")));
    start = clock();
    assert_true(gr_password_fits(gr_text_of(kept), PASSWORD));
    real = (double)(clock() - start);
    start = clock();
    assert_false(gr_password_fits(GR_TEXT(""), PASSWORD));
    none = (double)(clock() - start);
    if (none < real / 3 || none > real * 3)
        fail_msg("%g and %g", real, none);
    assert_false(gr_password_fits(GR_TEXT("$argon2id$"), ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_names_and_passwords, enter, leave),
        cmocka_unit_test_setup_teardown(test_sign_in, enter, leave),
        cmocka_unit_test_setup_teardown(test_tokens, enter, leave),
        cmocka_unit_test_setup_teardown(test_public, enter, leave),
        cmocka_unit_test_setup_teardown(test_once, enter, leave),
        cmocka_unit_test(test_password),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
