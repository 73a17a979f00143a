/* src/desk/memory.c - see memory.h. Every run that is added to the ledger ends what was remembered of the one before: a
 * password that was changed, or an account that was closed, counts from the next call on. */
#include "desk/memory.h"

#include "base/digest.h"
#include "base/os.h"
#include "ledger/approval_find.h"
#include "ledger/roster_read.h"
#include "people/roster.h"

#include <string.h>

enum { GR_MOST_REMEMBERED = 256 };

typedef struct remembered {
    char key
        [GR_DIGEST_HEX]; /* of an account's name or of a token: the token itself is kept nowhere */
    gr_account account;
} remembered;

struct gr_desk_memory {
    gr_arena *arena;   /* of accounts */
    int64_t run;       /* as of which all of it is */
    gr_list visitor;   /* of remembered */
    gr_roster *roster; /* NULL: nobody has asked yet */
    gr_directory *directory;
};

gr_status gr_desk_memory_create(gr_desk_memory **out, gr_error *err)
{
    gr_desk_memory *memory = gr_os_alloc(sizeof *memory);

    if (!memory)
        return gr_fail_memory(err);
    *memory = (gr_desk_memory){ .arena = gr_arena_create(), .visitor = GR_LIST(remembered) };
    if (!memory->arena) {
        gr_os_free(memory);
        return gr_fail_memory(err);
    }
    *out = memory;
    return GR_OK;
}

static void forget(gr_desk_memory *memory)
{
    gr_list_cut(&memory->visitor, 0);
    gr_arena_reset(memory->arena);
    gr_roster_free(memory->roster);
    memory->roster = NULL;
}

void gr_desk_memory_free(gr_desk_memory *memory)
{
    if (!memory)
        return;
    forget(memory);
    gr_directory_close(memory->directory);
    gr_list_free(&memory->visitor);
    gr_arena_free(memory->arena);
    gr_os_free(memory);
}

gr_status gr_desk_memory_freshen(gr_desk *desk, gr_error *err)
{
    int64_t run;
    gr_status status = gr_ledger_run_find(gr_checker_ledger(desk->checker), &run, err);

    if (status != GR_OK)
        return status;
    if (run != desk->memory->run || desk->memory->visitor.count == GR_MOST_REMEMBERED)
        forget(desk->memory);
    desk->memory->run = run;
    return GR_OK;
}

/* ---- who calls ---- */

static void key_of(const gr_call *call, char key[GR_DIGEST_HEX])
{
    const char *what = call->token ? call->token : call->account;
    gr_digest digest;

    gr_digest_start(&digest);
    gr_digest_add(&digest, call->token ? "T" : "A", 1);
    gr_digest_add(&digest, what, strlen(what));
    gr_digest_end(&digest, key);
}

static gr_status remember(gr_desk_memory *memory, const char *key, const gr_account *account,
                          gr_error *err)
{
    remembered one = { .account = *account };
    gr_account *a = &one.account;

    memcpy(one.key, key, sizeof one.key);
    a->name = gr_arena_copy(memory->arena, account->name);
    a->shown = gr_arena_copy(memory->arena, account->shown);
    a->giver = gr_arena_copy(memory->arena, account->giver);
    a->password = GR_TEXT("");
    if (!a->name.ptr || !a->shown.ptr || !a->giver.ptr || !gr_list_push(&memory->visitor, &one))
        return gr_fail_memory(err);
    return GR_OK;
}

gr_status gr_desk_identify(gr_desk *desk, const gr_call *call, gr_account *out, bool *is_known,
                           gr_error *err)
{
    gr_desk_memory *memory = desk->memory;
    gr_ledger *ledger = gr_checker_ledger(desk->checker);
    char key[GR_DIGEST_HEX];
    gr_error unknown = { .status = GR_OK };
    gr_status status;

    *is_known = false;
    if (!call->token && !call->account)
        return GR_OK;
    key_of(call, key);
    for (size_t i = 0; i < memory->visitor.count; i++) {
        const remembered *one = GR_AT(memory->visitor, remembered, i);

        if (memcmp(one->key, key, sizeof key) != 0)
            continue;
        *out = one->account;
        *is_known = true;
        return GR_OK;
    }
    status = call->token
                 ? gr_token_find(ledger, gr_text_of(call->token), desk->arena, out, &unknown)
                 : gr_account_find(ledger, gr_text_of(call->account), desk->arena, out, &unknown);
    if (status == GR_EINPUT || status == GR_EUSAGE)
        return GR_OK; /* whoever it was is nobody, or not any more */
    if (status != GR_OK) {
        *err = unknown;
        return status;
    }
    *is_known = !out->is_closed;
    return *is_known ? remember(memory, key, out, err) : GR_OK;
}

/* ---- whose people ---- */

typedef struct lining {
    gr_roster *roster;
    uint32_t count;
} lining;

static gr_status take_line(void *context, const gr_source *source, const gr_record *record,
                           const gr_kept_record *kept, gr_error *err)
{
    lining *l = context;

    (void)source, (void)kept; /* where it stands is nobody's question here */
    return gr_roster_take(l->roster, record, GR_TEXT(""), l->count++, NULL, err);
}

static gr_status load_roster(gr_desk *desk, gr_error *err)
{
    lining l = { .count = 0 };
    gr_status status = gr_roster_create(&l.roster, err);

    if (status != GR_OK)
        return status;
    status = gr_ledger_each_roster_line(gr_checker_ledger(desk->checker), GR_RUN_LAST, take_line,
                                        &l, err);
    if (status == GR_OK)
        status = gr_roster_settle(l.roster, &desk->rules->names, NULL, NULL, err);
    if (status == GR_OK)
        desk->memory->roster = l.roster;
    else
        gr_roster_free(l.roster);
    return status;
}

/* The roster names the supervisor of each by id, or by name. */
static bool supervises(const gr_roster_facts *facts, const gr_account *who, gr_text giver_id)
{
    uint32_t place = giver_id.len > 0 ? gr_roster_find_id(facts, giver_id) : GR_NONE;
    const gr_roster_executive *one, *chief;

    if (place == GR_NONE)
        return false;
    one = GR_AT(facts->executive, gr_roster_executive, place);
    chief = one->chief != GR_NONE ? GR_AT(facts->executive, gr_roster_executive, one->chief) : NULL;
    if (who->giver.len == 0)
        return who->shown.len > 0 && gr_text_equal(one->supervisor, who->shown);
    return gr_text_equal(one->supervisor, who->giver) ||
           (chief && gr_text_equal(chief->id, who->giver));
}

static bool sees_people(gr_visit *visit, gr_text giver_id)
{
    gr_desk *desk = visit->desk;

    if (!desk->memory->roster && load_roster(desk, &visit->trouble) != GR_OK)
        return false;
    return supervises(gr_roster_get(desk->memory->roster), &visit->who, giver_id);
}

bool gr_visit_is_own(const gr_visit *visit, gr_text account, gr_text giver_id)
{
    const gr_account *who = &visit->who;

    return visit->is_known && ((account.len > 0 && gr_text_equal(account, who->name)) ||
                               (giver_id.len > 0 && who->role != GR_ROLE_SYSTEM &&
                                gr_text_equal(giver_id, who->giver)));
}

bool gr_visit_may_see(gr_visit *visit, gr_text account, gr_text giver_id)
{
    if (!visit->is_known)
        return false;
    switch (visit->who.role) {
    case GR_ROLE_OFFICER:
    case GR_ROLE_AUDITOR:
        return true;
    case GR_ROLE_SUPERVISOR:
        return gr_visit_is_own(visit, account, giver_id) || sees_people(visit, giver_id);
    case GR_ROLE_EXECUTIVE:
        return gr_visit_is_own(visit, account, giver_id);
    case GR_ROLE_SYSTEM: /* who decides, or reads findings, sees everybody's anyway */
        return (visit->who.scopes & (GR_SCOPE_DECIDE | GR_SCOPE_FINDINGS)) != 0 ||
               gr_visit_is_own(visit, account, giver_id);
    case GR_ROLE_ADMINISTRATOR:
    case GR_ROLE_COUNT:
        break;
    }
    return false;
}

/* ---- who is known ---- */

gr_status gr_desk_directory(gr_desk *desk, gr_directory **out, gr_error *err)
{
    gr_desk_memory *memory = desk->memory;
    gr_ledger *ledger = gr_checker_ledger(desk->checker);
    bool is_current = false;
    gr_status status = GR_OK;

    if (memory->directory)
        status = gr_directory_is_current(memory->directory, ledger, &is_current, err);
    if (status == GR_OK && !is_current) {
        gr_directory_close(memory->directory);
        memory->directory = NULL;
        status =
            gr_directory_open(desk->rules, ledger, desk->options.ledger, &memory->directory, err);
    }
    if (status == GR_OK)
        *out = memory->directory;
    return status;
}
