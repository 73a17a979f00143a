/* src/app/resolve_check.c - what was entered: each thing once, in words that can be kept, and a fact with a value of its
 * kind. */
#include "app/resolve.h"

#include "base/bounds.h"
#include "report/letter.h"

#include <string.h>

static gr_status usage(gr_resolving *r, const char *option, const char *hint, const char *message)
{
    return gr_fail(r->err, GR_EUSAGE, (gr_place){ option, 0, 0 }, hint, "%s", message);
}

/* White space of any kind and length becomes one blank, none at the ends. */
static gr_text collapse(const char *text, char *room)
{
    gr_text rest = gr_text_of(text), word;
    size_t n = 0;

    while (gr_text_word(&rest, &word)) {
        if (n > 0)
            room[n++] = ' ';
        memcpy(room + n, word.ptr, word.len);
        n += word.len;
    }
    room[n] = '\0';
    return (gr_text){ room, n };
}

static bool is_plain(gr_text text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ')
            return false;
    return gr_text_valid(text);
}

/* text NULL gives the empty one. */
static gr_status clean(gr_resolving *r, const char *option, const char *text, gr_text *out)
{
    char *room;

    *out = GR_TEXT("");
    if (!text)
        return GR_OK;
    if (strlen(text) > GR_MAX_ENTRY)
        return usage(r, option, "make it shorter", "this is longer than 4096 bytes");
    room = gr_arena_alloc(r->arena, strlen(text) + 1);
    if (!room)
        return gr_fail_memory(r->err);
    *out = collapse(text, room);
    return is_plain(*out)
               ? GR_OK
               : usage(r, option, "write it in UTF-8", "there is something in it that is no text");
}

/* ---- the fact ---- */

static gr_status find_fact(gr_resolving *r, gr_text name)
{
    gr_place at = { "--fact", 0, 0 };
    char near[GR_FACT_HINT];

    r->fact.fact = gr_fact_find(name);
    if (r->fact.fact == GR_FACT_NONE)
        return gr_fail(r->err, GR_EUSAGE, at,
                       *gr_fact_near(name, near) ? near : "giftrule explain names what is missing",
                       "there is no fact '%.*s'", GR_SHOW(name));
    if (gr_fact_is_fixed(r->fact.fact))
        return gr_fail(r->err, GR_EUSAGE, at, "correct it at the source",
                       "the record is known by its %.*s, which nobody can supply", GR_SHOW(name));
    return GR_OK;
}

static gr_status check_fact(gr_resolving *r)
{
    gr_text all;
    const char *equals;
    gr_status status = clean(r, "--fact", r->options->fact, &all);

    if (status != GR_OK)
        return status;
    equals = memchr(all.ptr, '=', all.len);
    if (!equals || equals == all.ptr)
        return gr_fail(r->err, GR_EUSAGE, (gr_place){ "--fact", 0, 0 },
                       "write it like --fact payer=firm", "'%.*s' is not NAME=VALUE", GR_SHOW(all));
    status = find_fact(r, gr_text_trim(gr_text_slice(all, 0, (size_t)(equals - all.ptr))));
    r->value = gr_text_trim(gr_text_slice(all, (size_t)(equals - all.ptr) + 1, all.len));
    if (status != GR_OK || r->value.len == 0)
        return status;
    return gr_value_parse(r->fact.fact, r->value, (gr_place){ "--fact", 0, 0 }, &r->fact.value,
                          r->err);
}

/* ---- all ---- */

static gr_status check_choice(gr_resolving *r)
{
    const gr_resolve_options *o = r->options;
    int count = (o->fact != NULL) + o->accept + (o->exempt != NULL) + o->reopen;

    if (count != 1)
        return gr_fail(r->err, GR_EUSAGE, GR_NOWHERE,
                       "one of --fact NAME=VALUE, --accept, --exempt NUMBER, --reopen", "%s",
                       count == 0 ? "it is not said what is decided"
                                  : "one thing is decided at a time");
    if (o->gift && !o->fact)
        return usage(r, "--gift", "leave it out", "this is for --fact only");
    r->out->decision.kind = o->fact     ? GR_DECISION_FACT
                            : o->accept ? GR_DECISION_ACCEPT
                            : o->exempt ? GR_DECISION_EXEMPT
                                        : GR_DECISION_REOPEN;
    return GR_OK;
}

static gr_status clean_all(gr_resolving *r)
{
    const gr_resolve_options *o = r->options;
    const struct {
        const char *option, *text;
        gr_text *out;
    } all[] = {
        { "FINDING", o->finding, &r->finding },   { "--reason", o->reason, &r->reason },
        { "--author", o->author, &r->author },    { "--gift", o->gift, &r->gift },
        { "--exempt", o->exempt, &r->exemption },
    };
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < GR_COUNT(all); i++)
        status = clean(r, all[i].option, all[i].text, all[i].out);
    return status;
}

gr_status gr_resolve_check(gr_resolving *r)
{
    const gr_resolve_options *o = r->options;
    gr_status status = clean_all(r);

    if (status != GR_OK)
        return status;
    if (r->finding.len == 0)
        return gr_fail(r->err, GR_EUSAGE, GR_NOWHERE,
                       "as the report prints it, like F-0123456789ab",
                       "it is not said which finding");
    if (!o->ledger)
        return gr_fail(r->err, GR_EUSAGE, GR_NOWHERE, "name it by --ledger FILE",
                       "it is not said in which ledger");
    status = check_choice(r);
    if (status == GR_OK && r->reason.len == 0)
        status = usage(r, "--reason", "say why, in a sentence that an examiner understands",
                       "nobody decides without a reason");
    if (status == GR_OK && o->exempt && r->exemption.len == 0)
        status = usage(r, "--exempt", "the letter that grants it has one",
                       "the number of the exemption is empty");
    if (status == GR_OK && o->gift && r->gift.len == 0)
        status = usage(r, "--gift", "name a gift that the finding counts", "the gift has no name");
    return status == GR_OK && o->fact ? check_fact(r) : status;
}
