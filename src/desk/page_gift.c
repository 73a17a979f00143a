/* src/desk/page_gift.c - the facts of a gift on their way from a form, and back to a page. */
#include "desk/page.h"

#include "app/planned.h"

#include <string.h>

gr_text gr_gift_amount(gr_visit *visit, gr_amount amount, gr_text currency)
{
    char money[GR_MONEY_TEXT];
    gr_text text = gr_arena_print(visit->arena, "%s%s%.*s", gr_amount_print(amount, money),
                                  currency.len > 0 ? " " : "", GR_ALL(currency));

    visit->out.failed = visit->out.failed || !text.ptr;
    return text.ptr ? text : GR_TEXT("");
}

gr_text gr_stated_find(const gr_list *stated, gr_fact fact, uint32_t recipient)
{
    const char *name = gr_fact_get(fact)->name;
    bool is_gift = fact < GR_FACT_FIRST_OF_RECIPIENT;

    for (size_t i = 0; i < stated->count; i++) {
        const gr_stated *s = GR_AT(*stated, gr_stated, i);

        if (strcmp(s->fact, name) == 0 && (is_gift || s->recipient == recipient))
            return gr_text_of(s->value);
    }
    return GR_TEXT("");
}

/* Two inputs of one name: the first that says something. */
static bool add(gr_visit *visit, gr_list *stated, const gr_parameter *p, uint32_t *recipients)
{
    gr_text value = gr_text_trim(gr_text_of(p->value));
    uint32_t recipient;
    gr_fact fact = gr_field_fact(gr_text_of(p->name), &recipient);
    gr_stated one;

    if (fact == GR_FACT_NONE)
        return true;
    if (recipient >= *recipients)
        *recipients = recipient + 1;
    if (value.len == 0 || gr_stated_find(stated, fact, recipient).len > 0)
        return true;
    value = gr_arena_copy(visit->arena, value);
    one = (gr_stated){ gr_fact_get(fact)->name, value.ptr, recipient };
    return value.ptr && gr_list_push(stated, &one);
}

/* Recipients of whom nothing is said are left out: the rest move up. */
static void close_gaps(gr_list *stated, uint32_t *recipients)
{
    uint32_t kept = 0;

    for (uint32_t r = 0; r < *recipients; r++) {
        bool is_there = false;

        for (size_t i = 0; i < stated->count; i++) {
            gr_stated *s = GR_AT(*stated, gr_stated, i);

            if (gr_fact_find(gr_text_of(s->fact)) < GR_FACT_FIRST_OF_RECIPIENT || s->recipient != r)
                continue;
            is_there = true;
            s->recipient = kept;
        }
        kept += is_there;
    }
    *recipients = kept > 0 ? kept : 1;
}

bool gr_gift_stated(gr_visit *visit, bool of_query, gr_list *stated, uint32_t *recipients)
{
    const gr_parameter *all = of_query ? visit->call->query : visit->call->form;
    size_t count = of_query ? visit->call->query_count : visit->call->form_count;

    *recipients = 1;
    for (size_t i = 0; i < count; i++)
        if (!add(visit, stated, &all[i], recipients))
            return false;
    close_gaps(stated, recipients);
    return true;
}

/* ---- told ---- */

static void tell_recipients(gr_screen *screen, const gr_list *stated)
{
    static const gr_fact of_whom[] = { GR_F_NAME, GR_F_RECIPIENT_ID, GR_F_EMPLOYER,
                                       GR_F_EMPLOYER_KIND };
    uint32_t recipients = 1;

    for (size_t i = 0; i < stated->count; i++)
        if (GR_AT(*stated, gr_stated, i)->recipient >= recipients)
            recipients = GR_AT(*stated, gr_stated, i)->recipient + 1;
    for (uint32_t r = 0; r < recipients; r++)
        for (size_t k = 0; k < GR_COUNT(of_whom); k++)
            gr_screen_fact(screen, gr_fact_label(of_whom[k]),
                           gr_fact_get(of_whom[k])->type == GR_FACT_WORD
                               ? gr_word_shown(screen->visit, gr_stated_find(stated, of_whom[k], r))
                               : gr_stated_find(stated, of_whom[k], r));
}

static bool is_told_first(gr_fact fact)
{
    return fact == GR_F_NAME || fact == GR_F_RECIPIENT_ID || fact == GR_F_EMPLOYER ||
           fact == GR_F_EMPLOYER_KIND || fact == GR_F_GIVER_ID || fact == GR_F_GIVER_NAME;
}

gr_status gr_gift_facts(gr_screen *screen, const gr_request *request, gr_error *err)
{
    gr_list stated = GR_LIST(gr_stated);
    gr_status status = gr_planned_parse(request->stated, screen->visit->arena, &stated, err);

    if (status == GR_OK) {
        gr_html_start(&screen->html, "dl", "facts");
        gr_html_start(&screen->html, "div", NULL);
        gr_html_element(&screen->html, "dt", NULL, "Given by");
        gr_html_start(&screen->html, "dd", NULL);
        gr_phrase_person(gr_html_voice(&screen->html), GR_TONE_NAME, request->giver_name,
                         request->giver_id);
        gr_html_end(&screen->html);
        gr_html_end_line(&screen->html);
        tell_recipients(screen, &stated);
        for (size_t i = 0; i < stated.count; i++) {
            const gr_stated *s = GR_AT(stated, gr_stated, i);
            gr_fact fact = gr_fact_find(gr_text_of(s->fact));
            bool is_word = fact != GR_FACT_NONE && gr_fact_get(fact)->type == GR_FACT_WORD;
            gr_text value = gr_text_of(s->value);

            if (fact != GR_FACT_NONE && !is_told_first(fact))
                gr_screen_fact(screen, gr_fact_label(fact),
                               is_word ? gr_word_shown(screen->visit, value) : value);
        }
        gr_html_end_line(&screen->html);
    }
    gr_list_free(&stated);
    return status;
}
