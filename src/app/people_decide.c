/* src/app/people_decide.c - giftrule people merge, split: an officer's decision on who is who, kept and followed by
 * judging everything again, in one transaction. What is one person by id, or by name and employer, is nobody's to
 * decide: it is corrected where it comes from. */
#include "app/people.h"

#include "app/joined.h"
#include "base/bounds.h"
#include "ledger/decision_store.h"
#include "ledger/finding_find.h"
#include "ledger/identity_store.h"
#include "report/letter.h"
#include "report/people.h"

#include <string.h>

typedef struct deciding {
    const gr_identity_options *o;
    gr_identity_told told;
    gr_arena *arena;
    gr_list change;   /* of gr_finding_change */
    gr_list replaced; /* of int64_t: decisions that this one takes back */
    gr_error *err;
} deciding;

/* ---- what was entered ---- */

static gr_status usage(deciding *d, const char *option, const char *hint, const char *message)
{
    return gr_fail(d->err, GR_EUSAGE, (gr_place){ option, 0, 0 }, hint, "%s", message);
}

static gr_status check(deciding *d)
{
    const gr_identity_options *o = d->o;
    gr_text reason = gr_text_trim(gr_text_of(o->reason));

    if (!o->ledger)
        return gr_fail(d->err, GR_EUSAGE, GR_NOWHERE, "name it by --ledger FILE",
                       "it is not said in which ledger");
    if (reason.len == 0)
        return usage(d, "--reason", "say why, in a sentence that an examiner understands",
                     "nobody decides without a reason");
    if (reason.len > GR_MAX_ENTRY)
        return usage(d, "--reason", "make it shorter", "this is longer than 4096 bytes");
    if (!gr_text_valid(reason))
        return usage(d, "--reason", "write it in UTF-8",
                     "there is something in it that is no text");
    d->told.said.kind = o->splits ? GR_IDENTITY_SPLIT : GR_IDENTITY_MERGE;
    d->told.said.reason = reason;
    d->told.said.author = gr_text_of(o->author);
    return GR_OK;
}

/* ---- may it be decided so? ---- */

static const char *name_of(const gr_whois_name *name)
{
    return name->mark.ptr;
}

/* A text that ends, for a message. */
static gr_status refuse_known(deciding *d, const gr_identity *said)
{
    return gr_fail(d->err, GR_EINPUT, GR_NOWHERE, "there is nothing to decide",
                   "%.*s has decided so on %.10s already",
                   GR_SHOW(said->author.len ? said->author : GR_TEXT("somebody")),
                   said->moment.ptr);
}

static gr_status refuse_one(deciding *d, const gr_company *c, uint32_t recipient)
{
    gr_text why = gr_joined_why(c->intake, &c->who, recipient, d->arena);

    if (!why.ptr)
        return gr_fail_memory(d->err);
    if (d->o->splits)
        return gr_fail(d->err, GR_EINPUT, GR_NOWHERE,
                       "correct the id, the name or the employer where they come from",
                       "they are one person for certain: %.*s", GR_SHOW(why));
    return gr_fail(d->err, GR_EINPUT, GR_NOWHERE, "there is nothing to decide",
                   "they are one person already: %.*s", GR_SHOW(why));
}

static bool is_between(const gr_company *c, const uint32_t *of, const gr_known_identity *one,
                       uint32_t a, uint32_t b)
{
    uint32_t x = of[one->a], y = of[one->b];

    (void)c;
    return (x == of[a] && y == of[b]) || (x == of[b] && y == of[a]);
}

static bool is_in_force(const gr_known_identity *one)
{
    return !one->said.is_past && one->said.says != GR_IDENTITY_NOTHING;
}

/* Decisions on these two themselves: the same again is refused, the opposite is taken back. */
static gr_status look_at_both(deciding *d, const gr_company *c, uint32_t a, uint32_t b)
{
    const uint32_t *base = gr_people_base(c->intake->people);
    gr_identity_says says = d->o->splits ? GR_IDENTITY_APART : GR_IDENTITY_SAME;

    d->told.said.says = says;
    for (size_t i = 0; i < c->intake->identity.count; i++) {
        const gr_known_identity *one = GR_AT(c->intake->identity, gr_known_identity, i);

        if (!is_in_force(one) || !is_between(c, base, one, a, b))
            continue;
        if (one->said.says == says)
            return refuse_known(d, &one->said);
        d->told.said.says = GR_IDENTITY_NOTHING;
        if (!gr_list_push(&d->replaced, &one->said.number))
            return gr_fail_memory(d->err);
    }
    return GR_OK;
}

/* Somebody with whom one of them is one person is decided to be another one than the other. */
static gr_status look_for_splits(deciding *d, const gr_company *c, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < c->intake->identity.count; i++) {
        const gr_known_identity *one = GR_AT(c->intake->identity, gr_known_identity, i);
        gr_whois_name x, y;

        if (!is_in_force(one) || one->said.says != GR_IDENTITY_APART ||
            !is_between(c, c->who.same, one, a, b))
            continue;
        x = gr_company_written(c, one->a);
        y = gr_company_written(c, one->b);
        if (!x.mark.ptr || !y.mark.ptr)
            return gr_fail_memory(d->err);
        return gr_fail(d->err, GR_EINPUT, GR_NOWHERE,
                       "take that back with giftrule people merge, or leave these two apart",
                       "they hang together with %s and %s, who were decided to be two on %.10s",
                       name_of(&x), name_of(&y), one->said.moment.ptr);
    }
    return GR_OK;
}

/* One person only since others were merged: those decisions stand against it. */
static gr_status look_for_merges(deciding *d, const gr_company *c, uint32_t a)
{
    for (size_t i = 0; i < c->intake->identity.count; i++) {
        const gr_known_identity *one = GR_AT(c->intake->identity, gr_known_identity, i);
        gr_whois_name x, y;

        if (!is_in_force(one) || one->said.says != GR_IDENTITY_SAME ||
            c->who.same[one->a] != c->who.same[a])
            continue;
        x = gr_company_written(c, one->a);
        y = gr_company_written(c, one->b);
        if (!x.mark.ptr || !y.mark.ptr)
            return gr_fail_memory(d->err);
        return gr_fail(d->err, GR_EINPUT, GR_NOWHERE, "split those two first, if that was wrong",
                       "they are one person through %s and %s, who were merged on %.10s",
                       name_of(&x), name_of(&y), one->said.moment.ptr);
    }
    return GR_OK;
}

static gr_status look(deciding *d, const gr_company *c, uint32_t a, uint32_t b)
{
    const uint32_t *base = gr_people_base(c->intake->people);
    bool is_one = c->who.same[a] == c->who.same[b];
    gr_status status;

    if (base[a] == base[b])
        return refuse_one(d, c, a == c->stands[c->who.same[a]] ? b : a);
    status = look_at_both(d, c, a, b);
    if (status != GR_OK || d->told.said.says == GR_IDENTITY_NOTHING)
        return status;
    if (d->o->splits)
        return is_one ? look_for_merges(d, c, a) : GR_OK;
    return is_one ? refuse_one(d, c, a == c->stands[c->who.same[a]] ? b : a)
                  : look_for_splits(d, c, a, b);
}

static gr_status keep_name(deciding *d, const gr_company *c, uint32_t recipient, gr_whois_name *out)
{
    const gr_whois_name name = gr_company_written(c, recipient);
    const gr_text from[] = { name.person.id, name.person.name, name.person.employer,
                             name.person.email, name.mark };
    gr_text *to[] = { &out->person.id, &out->person.name, &out->person.employer, &out->person.email,
                      &out->mark };

    if (!name.mark.ptr)
        return gr_fail_memory(d->err);
    for (size_t i = 0; i < GR_COUNT(from); i++) {
        *to[i] = gr_arena_copy(d->arena, from[i]);
        if (!to[i]->ptr)
            return gr_fail_memory(d->err);
    }
    return GR_OK;
}

static gr_status find_both(deciding *d, const gr_company *c)
{
    uint32_t a, b;
    gr_status status = gr_company_find(c, d->o->a, &a, d->err);

    if (status == GR_OK)
        status = gr_company_find(c, d->o->b, &b, d->err);
    if (status == GR_OK && a == b)
        return gr_fail(d->err, GR_EUSAGE, GR_NOWHERE, "name two", "'%s' and '%s' are the same",
                       d->o->a, d->o->b);
    if (status == GR_OK)
        status = look(d, c, a, b);
    if (status == GR_OK)
        status = keep_name(d, c, a, &d->told.a);
    if (status == GR_OK)
        status = keep_name(d, c, b, &d->told.b);
    d->told.said.a = d->told.a.person;
    d->told.said.b = d->told.b.person;
    return status;
}

/* Who is who before the decision: everybody is looked at, since anybody may be a link between two. */
static gr_status meet(deciding *d, gr_ledger *ledger, const gr_rules *rules)
{
    gr_intake intake;
    gr_company company = { 0 };
    gr_who who;
    gr_status status = gr_intake_open(rules, ledger, d->arena, &intake, d->err);

    if (status != GR_OK)
        return status;
    status = gr_intake_load_ledger(&intake, d->err);
    if (status == GR_OK)
        status = gr_intake_settle(&intake, &who, d->err);
    if (status == GR_OK)
        status = gr_company_open(&intake, &who, d->arena, &company, d->err);
    if (status == GR_OK)
        status = find_both(d, &company);
    gr_company_free(&company);
    gr_intake_close(&intake);
    return status;
}

/* ---- keeping ---- */

static gr_status keep(deciding *d, gr_ledger *ledger)
{
    gr_status status = GR_OK;

    if (d->replaced.count == 0)
        return gr_ledger_identity_add(ledger, &d->told.said, 0, d->err);
    for (size_t i = 0; status == GR_OK && i < d->replaced.count; i++)
        status =
            gr_ledger_identity_add(ledger, &d->told.said, *GR_AT(d->replaced, int64_t, i), d->err);
    return status;
}

typedef struct acting {
    deciding *d;
    const gr_rules *rules;
} acting;

static gr_text shown(const gr_whois_name *name)
{
    return name->person.name.len > 0 ? name->person.name : name->person.id;
}

static gr_status start(void *context, gr_ledger *ledger, gr_text *note, gr_error *err)
{
    acting *act = context;
    deciding *d = act->d;
    gr_status status = meet(d, ledger, act->rules);

    if (status != GR_OK)
        return status;
    *note = gr_arena_print(d->arena, "%.*s (%s) and %.*s (%s)", GR_ALL(shown(&d->told.a)),
                           name_of(&d->told.a), GR_ALL(shown(&d->told.b)), name_of(&d->told.b));
    return note->ptr ? keep(d, ledger) : gr_fail_memory(err);
}

static gr_status take_change(void *context, const gr_finding_known *was, const gr_finding_known *is,
                             gr_error *err)
{
    deciding *d = context;
    gr_finding_change change = { .was = was ? was->finding : is->finding,
                                 .is = is->finding,
                                 .is_new = !was || was->is_withdrawn,
                                 .is_gone = is->is_withdrawn };

    return gr_list_push(&d->change, &change) ? GR_OK : gr_fail_memory(err);
}

static gr_status look_back(void *context, gr_ledger *ledger, gr_error *err)
{
    deciding *d = ((acting *)context)->d;
    gr_status status = gr_ledger_run_moment(ledger, d->arena, &d->told.said.moment, err);

    if (status == GR_OK)
        status = gr_ledger_has_new_rules(ledger, &d->told.has_new_rules, err);
    if (status == GR_OK)
        status = gr_ledger_each_change(ledger, d->arena, take_change, d, err);
    return status;
}

static gr_status write(const gr_identity_told *told, const gr_report_style *style,
                       gr_on_output output, void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_identity_json(told, &writer, err);
    else
        status = gr_identity_text(told, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the decision cannot be told; it is kept");
    return status;
}

static gr_status decide(deciding *d, const gr_rules *rules)
{
    acting both = { d, rules };
    const gr_act act = { .action = d->o->splits ? "split" : "merge",
                         .start = start,
                         .end = look_back,
                         .context = &both };
    const gr_audit_options options = { .ledger = d->o->ledger, .author = d->o->author };
    gr_run run;
    gr_status status = gr_run_act(rules, &options, &act, &run, d->err);

    gr_run_free(&run);
    d->told.change = d->change.items;
    d->told.change_count = d->change.count;
    return status;
}

gr_status gr_identity_decide(const gr_rules *rules, const gr_identity_options *options,
                             const gr_report_style *style, gr_on_output output, void *context,
                             gr_error *err)
{
    deciding d = { .o = options,
                   .arena = gr_arena_create(),
                   .change = GR_LIST(gr_finding_change),
                   .replaced = GR_LIST(int64_t),
                   .err = err };
    gr_status status = d.arena ? check(&d) : gr_fail_memory(err);

    if (status == GR_OK)
        status = decide(&d, rules);
    if (status == GR_OK)
        status = write(&d.told, style, output, context, err);
    gr_list_free(&d.change);
    gr_list_free(&d.replaced);
    gr_arena_free(d.arena);
    return status;
}
