/* src/app/planned.c - see planned.h. */
#include "app/planned.h"

#include "base/list.h"
#include "model/supplied.h"

#include <stdio.h>
#include <string.h>

enum { GR_MOST_RECIPIENTS = 100 };

/* ---- from what is stated ---- */

static gr_status fail_fact(gr_error *err, const gr_stated *s, const char *hint, const char *what)
{
    return gr_fail(err, GR_EUSAGE, (gr_place){ s->fact, 0, 0 }, hint, "%s", what);
}

static gr_status find_fact(const gr_stated *s, gr_fact *out, gr_error *err)
{
    char near[GR_FACT_HINT];

    *out = gr_fact_find(gr_text_of(s->fact));
    if (*out == GR_FACT_NONE)
        return gr_fail(err, GR_EUSAGE, (gr_place){ s->fact, 0, 0 },
                       gr_fact_near(gr_text_of(s->fact), near), "there is no fact '%.60s'",
                       s->fact);
    if (*out == GR_F_JOIN_KEY || *out == GR_F_VERSION || *out == GR_F_PARENT)
        return fail_fact(err, s, "leave it out", "a planned gift has no such fact");
    return GR_OK;
}

static gr_status put(const gr_stated *s, gr_arena *arena, gr_record *out, gr_error *err)
{
    gr_recipient *recipient = NULL;
    gr_value value;
    gr_text text;
    gr_fact fact;

    if (find_fact(s, &fact, err) != GR_OK)
        return err->status;
    if (fact >= GR_FACT_FIRST_OF_RECIPIENT)
        recipient = &out->recipient[s->recipient];
    if (gr_record_find(out, recipient, fact))
        return fail_fact(err, s, "state it once", "it is stated twice");
    text = gr_arena_copy(arena, gr_text_trim(gr_text_of(s->value)));
    if (!text.ptr)
        return gr_fail_memory(err);
    if (text.len == 0)
        return fail_fact(err, s, "give it a value, or leave it out", "it is empty");
    if (gr_value_parse(fact, text, (gr_place){ s->fact, 0, 0 }, &value, err) != GR_OK)
        return err->status;
    gr_record_set(out, recipient, fact, value);
    return GR_OK;
}

static gr_status need(bool is_there, const char *fact, const char *hint, gr_error *err)
{
    return is_there ? GR_OK
                    : gr_fail(err, GR_EUSAGE, (gr_place){ fact, 0, 0 }, hint, "it is missing");
}

static gr_status check_whole(const gr_record *r, gr_error *err)
{
    gr_status status =
        need(gr_record_knows(r, GR_F_GIVER_ID) || gr_record_knows(r, GR_F_GIVER_NAME), "giver-id",
             "say who gives it, by id or name", err);

    if (status == GR_OK)
        status =
            need(gr_record_knows(r, GR_F_DATE), "date", "say on which day it will be given", err);
    if (status == GR_OK)
        status = need(gr_record_knows(r, GR_F_COST) || gr_record_knows(r, GR_F_MARKET_VALUE) ||
                          gr_record_knows(r, GR_F_FACE_VALUE),
                      "cost", "say what it will cost", err);
    for (size_t i = 0; status == GR_OK && i < r->recipient_count; i++)
        status = need(gr_recipient_knows(&r->recipient[i], GR_F_RECIPIENT_ID) ||
                          gr_recipient_knows(&r->recipient[i], GR_F_NAME),
                      "name", "say who gets it, by name or id", err);
    return status;
}

gr_status gr_planned_read(const gr_stated *stated, size_t count, gr_arena *arena, gr_record *out,
                          gr_error *err)
{
    size_t recipients = 0;
    gr_status status = GR_OK;

    *out = (gr_record){ .kind = GR_RECORD_GIFT };
    for (size_t i = 0; i < count; i++)
        recipients = stated[i].recipient >= recipients ? stated[i].recipient + 1u : recipients;
    if (recipients > GR_MOST_RECIPIENTS)
        return gr_fail(err, GR_ELIMIT, (gr_place){ "recipients", 0, 0 },
                       "ask about fewer people at once", "%zu recipients are too many", recipients);
    out->recipient = gr_arena_zero(arena, sizeof *out->recipient * (recipients + 1));
    out->recipient_count = recipients > 0 ? recipients : 1;
    if (!out->recipient)
        return gr_fail_memory(err);
    for (size_t i = 0; status == GR_OK && i < count; i++)
        status = put(&stated[i], arena, out, err);
    return status == GR_OK ? check_whole(out, err) : status;
}

/* ---- as text ---- */

/* Line breaks end a fact: inside of texts they become spaces. */
static bool add_line(gr_list *out, gr_arena *arena, int recipient, gr_fact fact,
                     const gr_value *value)
{
    char room[GR_VALUE_TEXT];
    gr_text text = gr_value_print(fact, value, room);
    gr_text line = recipient < 0
                       ? gr_arena_print(arena, "%s=%.*s\n", gr_fact_get(fact)->name, GR_ALL(text))
                       : gr_arena_print(arena, "%d %s=%.*s\n", recipient + 1,
                                        gr_fact_get(fact)->name, GR_ALL(text));

    if (!line.ptr)
        return false;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i] == '\n' && i + 1 < line.len ? ' ' : line.ptr[i];

        if (!gr_list_push(out, &c))
            return false;
    }
    return true;
}

gr_text gr_planned_print(const gr_record *record, gr_arena *arena)
{
    gr_list out = GR_LIST(char);
    gr_text text = { NULL, 0 };
    bool fits = true;

    for (int f = 0; fits && f < GR_GIFT_FACT_COUNT; f++)
        if (gr_record_knows(record, (gr_fact)f))
            fits = add_line(&out, arena, -1, (gr_fact)f, &record->value[f]);
    for (size_t i = 0; i < record->recipient_count; i++)
        for (int f = GR_FACT_FIRST_OF_RECIPIENT; fits && f < GR_FACT_COUNT; f++)
            if (gr_recipient_knows(&record->recipient[i], (gr_fact)f))
                fits = add_line(&out, arena, (int)i, (gr_fact)f,
                                &record->recipient[i].value[f - GR_FACT_FIRST_OF_RECIPIENT]);
    if (fits)
        text = gr_arena_copy(arena, (gr_text){ out.items ? out.items : "", out.count });
    gr_list_free(&out);
    return text;
}

static gr_status parse_line(gr_text line, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_stated s = { .recipient = 0 };
    size_t at = 0, equals = 0;
    uint64_t number;
    gr_text fact, value;

    while (at < line.len && line.ptr[at] >= '0' && line.ptr[at] <= '9')
        at++;
    if (at > 0 && at < line.len && line.ptr[at] == ' ' &&
        gr_text_number(gr_text_slice(line, 0, at), GR_MOST_RECIPIENTS, &number) && number > 0) {
        s.recipient = (unsigned)number - 1;
        line = gr_text_slice(line, at + 1, line.len);
    }
    while (equals < line.len && line.ptr[equals] != '=')
        equals++;
    if (equals == line.len)
        return gr_fail(err, GR_EINPUT, GR_NOWHERE, "it is written fact=value",
                       "'%.*s' is no fact of a gift", GR_SHOW(line));
    fact = gr_arena_copy(arena, gr_text_slice(line, 0, equals));
    value = gr_arena_copy(arena, gr_text_slice(line, equals + 1, line.len));
    if (!fact.ptr || !value.ptr)
        return gr_fail_memory(err);
    s.fact = fact.ptr;
    s.value = value.ptr;
    return gr_list_push(out, &s) ? GR_OK : gr_fail_memory(err);
}

gr_status gr_planned_parse(gr_text text, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t start = 0, end; status == GR_OK && start < text.len; start = end + 1) {
        for (end = start; end < text.len && text.ptr[end] != '\n';)
            end++;
        if (end > start)
            status = parse_line(gr_text_slice(text, start, end), arena, out, err);
    }
    return status;
}
