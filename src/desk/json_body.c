/* src/desk/json_body.c - see json_body.h. */
#include "desk/json_body.h"

#include <stdio.h>
#include <string.h>

#include "app/planned.h"
#include "base/bounds.h"
#include "model/supplied.h"
#include "report/json_stream.h"

enum { GR_HINT = 240, GR_FIELD = 64, GR_MOST_PLANNED = 100 };

/* ---- bodies ---- */

gr_status gr_body_read(gr_visit *visit, bool is_optional, const json_t **out, gr_error *err)
{
    const gr_call *call = visit->call;
    bool is_empty = is_optional && call->length == 0;
    json_error_t error = { .line = 0 };

    visit->desk->sent = is_empty ? json_object()
                                 : json_loadb(call->body ? call->body : "", call->length,
                                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!visit->desk->sent && (is_empty || json_error_code(&error) == json_error_out_of_memory))
        return gr_fail_memory(err);
    if (!visit->desk->sent)
        return gr_fail(err, GR_EUSAGE,
                       (gr_place){ "body", (uint32_t)(error.line > 0 ? error.line : 0),
                                   (uint32_t)(error.column > 0 ? error.column : 0) },
                       "send one object in JSON, of UTF-8, each name in it once",
                       "this is no JSON: %.120s", error.text);
    if (!json_is_object(visit->desk->sent))
        return gr_fail(err, GR_EUSAGE, (gr_place){ "body", 1, 1 }, "put it into braces",
                       "this is no object");
    *out = visit->desk->sent;
    return GR_OK;
}

static void list_names(const char *const *names, char hint[GR_HINT])
{
    size_t used = (size_t)snprintf(hint, GR_HINT, "%s", names[0] ? "one of " : "leave it out");

    for (size_t i = 0; names[i] && used < GR_HINT; i++)
        used += (size_t)snprintf(hint + used, GR_HINT - used, "%s%s", i > 0 ? ", " : "", names[i]);
}

static bool is_among(const char *name, const char *const *names)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

gr_status gr_body_check(const json_t *object, const char *const *names, gr_error *err)
{
    char hint[GR_HINT];
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        if (is_among(name, names))
            continue;
        list_names(names, hint);
        return gr_fail(err, GR_EUSAGE, (gr_place){ name, 0, 0 }, hint, "there is no field '%.60s'",
                       name);
    }
    return GR_OK;
}

/* at: how the member is called in full. */
static gr_status read_text(const json_t *value, const char *at, gr_text *out, gr_error *err)
{
    gr_place place = { at, 0, 0 };

    if (json_is_number(value))
        return gr_fail(err, GR_EUSAGE, place, "write it as a text, such as \"85.00\"",
                       "this is a number, which may have been rounded on its way");
    if (json_is_boolean(value))
        return gr_fail(err, GR_EUSAGE, place, "write \"yes\" or \"no\"", "this is true or false");
    if (!json_is_string(value))
        return gr_fail(err, GR_EUSAGE, place,
                       json_is_null(value) ? "leave it out" : "write one text", "this is no text");
    if (json_string_length(value) > GR_MAX_ENTRY)
        return gr_fail(err, GR_ELIMIT, place, "at most 4096 bytes", "this text is too long");
    *out = (gr_text){ json_string_value(value), json_string_length(value) };
    return GR_OK;
}

gr_status gr_body_text(const json_t *object, const char *name, bool is_needed, gr_text *out,
                       gr_error *err)
{
    const json_t *value = json_object_get(object, name);

    *out = GR_TEXT("");
    if (value && read_text(value, name, out, err) != GR_OK)
        return err->status;
    if (is_needed && gr_text_trim(*out).len == 0)
        return gr_fail(err, GR_EUSAGE, (gr_place){ name, 0, 0 }, "add it", "it is missing");
    return GR_OK;
}

/* ---- facts ---- */

typedef struct stating {
    gr_arena *arena;
    gr_list *out;
    gr_error *err;
    unsigned recipient;
    bool of_recipient;
    const char *where; /* "recipients[0]." */
} stating;

/* The fact of a member's name, in which - and _ are alike; inside of "giver" and of a recipient some are called shortly. */
static gr_fact find_fact(const char *name, const char *prefix, bool of_recipient)
{
    char full[GR_FIELD];
    int n = snprintf(full, sizeof full, "%s%s", prefix, name);
    gr_fact fact;

    if (n < 0 || (size_t)n >= sizeof full)
        return GR_FACT_NONE;
    for (char *c = full; *c; c++)
        if (*c == '_')
            *c = '-';
    fact = of_recipient && strcmp(full, "id") == 0 ? GR_F_RECIPIENT_ID
                                                   : gr_fact_find(gr_text_of(full));
    return fact != GR_FACT_NONE && (fact >= GR_FACT_FIRST_OF_RECIPIENT) == of_recipient
               ? fact
               : GR_FACT_NONE;
}

static gr_status fail_name(const stating *s, const char *name)
{
    char near[GR_FACT_HINT], at[GR_FIELD * 2];
    gr_fact fact = find_fact(name, "", !s->of_recipient);

    snprintf(at, sizeof at, "%s%.60s", s->where, name);
    if (fact != GR_FACT_NONE)
        return gr_fail(
            s->err, GR_EUSAGE, (gr_place){ at, 0, 0 },
            s->of_recipient ? "put it beside the recipients" : "put it into one of the recipients",
            s->of_recipient ? "this is no fact of a recipient" : "this is a fact of a recipient");
    if (strcmp(s->where, "giver.") == 0)
        return gr_fail(s->err, GR_EUSAGE, (gr_place){ at, 0, 0 }, "one of id, name, kind",
                       "there is no field '%.60s'", name);
    return gr_fail(s->err, GR_EUSAGE, (gr_place){ at, 0, 0 },
                   gr_fact_near(gr_text_of(name), near)[0] ? near
                                                           : "leave it out, or spell it so "
                                                             "as the rule files do",
                   "there is no field '%.60s'", name);
}

static gr_status state(stating *s, const char *name, const char *prefix, const json_t *value)
{
    gr_fact fact = find_fact(name, prefix, s->of_recipient);
    char at[GR_FIELD * 2];
    gr_stated one = { .recipient = s->recipient };
    gr_text text;

    if (fact == GR_FACT_NONE)
        return fail_name(s, name);
    snprintf(at, sizeof at, "%s%.60s", s->where, name);
    one.fact = gr_fact_get(fact)->name;
    if (json_is_integer(value) && gr_fact_get(fact)->type == GR_FACT_NUMBER) {
        text = gr_arena_print(s->arena, "%lld", (long long)json_integer_value(value));
        if (!text.ptr)
            return gr_fail_memory(s->err);
    } else if (read_text(value, at, &text, s->err) != GR_OK) {
        return s->err->status;
    }
    one.value = text.ptr;
    return gr_list_push(s->out, &one) ? GR_OK : gr_fail_memory(s->err);
}

static gr_status state_all(stating *s, const json_t *object, const char *prefix, const char *at)
{
    gr_status status = GR_OK;
    const char *name;
    json_t *value;

    if (!json_is_object(object))
        return gr_fail(s->err, GR_EUSAGE, (gr_place){ at, 0, 0 }, "put it into braces",
                       "this is no object");
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        status = state(s, name, prefix, value);
        if (status != GR_OK)
            break;
    }
    return status;
}

static gr_status state_giver(stating *s, const json_t *object)
{
    stating inside = *s;

    inside.where = "giver.";
    return state_all(&inside, object, "giver-", "giver");
}

static gr_status state_recipients(stating *s, const json_t *array)
{
    gr_status status = GR_OK;

    if (!json_is_array(array) || json_array_size(array) == 0)
        return gr_fail(s->err, GR_EUSAGE, (gr_place){ "recipients", 0, 0 },
                       "list who gets it, also a single one", "this is no list of recipients");
    if (json_array_size(array) > GR_MOST_PLANNED)
        return gr_fail(s->err, GR_ELIMIT, (gr_place){ "recipients", 0, 0 },
                       "ask about fewer people at once", "%zu recipients are too many",
                       json_array_size(array));
    for (size_t i = 0; status == GR_OK && i < json_array_size(array); i++) {
        char at[GR_FIELD];
        stating inside = *s;

        snprintf(at, sizeof at, "recipients[%zu].", i);
        inside.where = at;
        inside.of_recipient = true;
        inside.recipient = (unsigned)i;
        status = state_all(&inside, json_array_get(array, i), "", at);
    }
    return status;
}

gr_status gr_body_facts(const json_t *object, gr_arena *arena, gr_list *out, gr_error *err)
{
    stating s = { .arena = arena, .out = out, .err = err, .where = "" };
    gr_status status = GR_OK;
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        if (strcmp(name, "giver") == 0)
            status = state_giver(&s, value);
        else if (strcmp(name, "recipients") == 0)
            status = state_recipients(&s, value);
        else
            status = state(&s, name, "", value);
        if (status != GR_OK)
            break;
    }
    return status;
}

/* ---- whose gift ---- */

static gr_status check_giver(gr_visit *visit, const gr_record *gift, gr_error *err)
{
    if (visit->who.role == GR_ROLE_SYSTEM ||
        gr_visit_may_see(visit, GR_TEXT(""), gr_record_text(gift, GR_F_GIVER_ID)))
        return GR_OK;
    visit->reply->status = 403;
    return gr_fail(err, GR_EUSAGE, (gr_place){ "giver", 0, 0 },
                   "give the id of an account executive for whom you ask",
                   "you may not ask for this giver");
}

static bool has_giver(const json_t *body)
{
    return json_object_get(body, "giver") || json_object_get(body, "giver-id") ||
           json_object_get(body, "giver_id");
}

/* An account executive asks for himself or herself: who it is need not be said. */
gr_status gr_body_gift(gr_visit *visit, gr_record *out, gr_error *err)
{
    gr_list stated = GR_LIST(gr_stated);
    gr_stated own = { "giver-id", visit->who.giver.ptr, 0 };
    const json_t *body;
    gr_status status = gr_body_read(visit, false, &body, err);

    if (status == GR_OK)
        status = gr_body_facts(body, visit->arena, &stated, err);
    if (status == GR_OK && visit->who.role == GR_ROLE_EXECUTIVE && visit->who.giver.len > 0 &&
        !has_giver(body) && !gr_list_push(&stated, &own))
        status = gr_fail_memory(err);
    if (status == GR_OK)
        status = gr_planned_read(stated.items, stated.count, visit->arena, out, err);
    gr_list_free(&stated);
    return status == GR_OK ? check_giver(visit, out, err) : status;
}

/* ---- the reverse ---- */

static bool add_fact(json_t *object, const char *name, const char *value)
{
    char field[GR_FIELD];

    snprintf(field, sizeof field, "%s", name);
    for (char *c = field; *c; c++)
        if (*c == '-')
            *c = '_';
    return gr_json_set(object, field, gr_json_text(gr_text_of(value)));
}

static bool add_stated(json_t *gift, json_t *giver, json_t *recipients, const gr_stated *s)
{
    gr_fact fact = gr_fact_find(gr_text_of(s->fact));

    if (fact < GR_FACT_FIRST_OF_RECIPIENT)
        return strncmp(s->fact, "giver-", 6) == 0 ? add_fact(giver, s->fact + 6, s->value)
                                                  : add_fact(gift, s->fact, s->value);
    while (json_array_size(recipients) <= s->recipient)
        if (json_array_append_new(recipients, json_object()) != 0)
            return false;
    return add_fact(json_array_get(recipients, s->recipient),
                    fact == GR_F_RECIPIENT_ID ? "id" : s->fact, s->value);
}

json_t *gr_json_stated(const gr_list *stated)
{
    json_t *gift = json_object(), *giver = json_object(), *recipients = json_array();
    bool fits = gift && giver && recipients;

    for (size_t i = 0; fits && i < stated->count; i++)
        fits = add_stated(gift, giver, recipients, GR_AT(*stated, gr_stated, i));
    fits = fits && json_object_set(gift, "giver", giver) == 0 &&
           json_object_set(gift, "recipients", recipients) == 0;
    json_decref(giver);
    json_decref(recipients);
    if (fits)
        return gift;
    json_decref(gift);
    return NULL;
}
