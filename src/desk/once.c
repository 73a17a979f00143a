/* src/desk/once.c - see once.h. Replies of writes that succeeded are kept: a call that was refused may be repaired and sent
 * again with its key. */
#include "desk/once.h"

#include "base/digest.h"

#include <string.h>

enum { GR_MOST_KEY = 255 };

bool gr_once_is_asked(const gr_visit *visit)
{
    return visit->call->once && visit->route->is_json && visit->route->writes;
}

static void add(gr_digest *digest, const char *text)
{
    gr_digest_add(digest, text, strlen(text) + 1); /* with its end: "a" "bc" is not "ab" "c" */
}

static void digest_call(const gr_call *call, char hex[GR_DIGEST_HEX])
{
    gr_digest digest;

    gr_digest_start(&digest);
    add(&digest, call->method);
    add(&digest, call->path);
    for (size_t i = 0; i < call->query_count; i++) {
        add(&digest, call->query[i].name);
        add(&digest, call->query[i].value);
    }
    gr_digest_add(&digest, call->body ? call->body : "", call->length);
    gr_digest_end(&digest, hex);
}

/* A token may be called as an account is: their keys are not each other's. */
static gr_text owner_of(gr_visit *visit)
{
    return gr_arena_print(visit->arena, "%s:%.*s",
                          visit->who.role == GR_ROLE_SYSTEM ? "token" : "account",
                          GR_ALL(visit->who.name));
}

static gr_status check_key(const gr_visit *visit, gr_error *err)
{
    gr_text key = gr_text_of(visit->call->once);
    bool is_plain = key.len > 0 && key.len <= GR_MOST_KEY;

    for (size_t i = 0; is_plain && i < key.len; i++)
        is_plain = key.ptr[i] > ' ' && key.ptr[i] <= '~';
    return is_plain ? GR_OK
                    : gr_fail(err, GR_EUSAGE, (gr_place){ "Idempotency-Key", 0, 0 },
                              "1 to 255 letters, digits and signs of ASCII, without spaces",
                              "this is no key");
}

gr_status gr_once_repeat(gr_visit *visit, bool *is_done, gr_error *err)
{
    char digest[GR_DIGEST_HEX];
    gr_once once = { .status = 0 };
    gr_text owner = owner_of(visit), type;
    gr_status status = owner.ptr ? check_key(visit, err) : gr_fail_memory(err);

    *is_done = false;
    if (status == GR_OK)
        status = gr_once_find(gr_checker_ledger(visit->desk->checker), owner,
                              gr_text_of(visit->call->once), visit->arena, &once, is_done, err);
    if (status != GR_OK || !*is_done)
        return status;
    digest_call(visit->call, digest);
    if (!gr_text_is(once.digest, digest)) {
        visit->reply->status = 409;
        return gr_fail(err, GR_EUSAGE, (gr_place){ "Idempotency-Key", 0, 0 },
                       "take a new key for each new request",
                       "this key was sent with another request");
    }
    type = gr_arena_copy(visit->arena, once.type);
    if (!type.ptr)
        return gr_fail_memory(err);
    visit->reply->status = (unsigned)once.status;
    visit->reply->type = type.ptr;
    gr_write_text(&visit->out, once.reply);
    return GR_OK;
}

/* What is written so far, the writer's own buffer too. */
static gr_status written(gr_visit *visit, gr_text *out, gr_error *err)
{
    if (!gr_writer_close(&visit->out)) /* it can be written to again */
        return gr_fail_memory(err);
    *out = (gr_text){ visit->desk->body.items ? visit->desk->body.items : "",
                      visit->desk->body.count };
    return GR_OK;
}

gr_status gr_once_note(gr_visit *visit, gr_ledger *ledger, gr_error *err)
{
    char digest[GR_DIGEST_HEX];
    gr_once once = { .key = gr_text_of(visit->call->once),
                     .account = owner_of(visit),
                     .status = (int)visit->reply->status,
                     .type = gr_text_of(visit->reply->type) };
    gr_once before;
    bool is_known = false;
    gr_status status = once.account.ptr ? written(visit, &once.reply, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status =
            gr_once_find(ledger, once.account, once.key, visit->arena, &before, &is_known, err);
    if (status == GR_OK && is_known) { /* somebody was quicker with the same key: all is undone */
        visit->is_forestalled = true;
        return gr_fail(err, GR_EBUSY, (gr_place){ "Idempotency-Key", 0, 0 }, "send it again",
                       "another request with this key is being answered");
    }
    digest_call(visit->call, digest);
    once.digest = gr_text_of(digest);
    if (status == GR_OK)
        status = gr_once_keep(ledger, &once, err);
    visit->is_kept = status == GR_OK;
    return status;
}

static gr_status note(void *context, gr_ledger *ledger, const gr_preapproval *answer, gr_error *err)
{
    (void)answer; /* nothing was asked */
    return gr_once_note(context, ledger, err);
}

/* The write is in the ledger: that its reply could not be kept as well must not make it look undone. Whoever sends it again
 * meets the state that it left. */
void gr_once_note_after(gr_visit *visit)
{
    gr_reserving by = { .author = visit->who.name,
                        .as_of = visit->as_of,
                        .note = GR_TEXT("a reply, for its key"),
                        .also = note,
                        .context = visit };
    gr_error err;

    (void)gr_checker_write(visit->desk->checker, "reply", &by, &err);
    visit->is_forestalled = false;
}
