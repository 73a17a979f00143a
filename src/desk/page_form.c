/* src/desk/page_form.c - forms: every input has a label, a hint and what is wrong with it tied to it, and every form that is
 * sent carries what only our own pages know. */
#include "desk/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- what is wrong ---- */

bool gr_complain(gr_list *complaint, gr_visit *visit, gr_text field, const char *format, ...)
{
    char room[600];
    va_list args;
    gr_complaint *one;

    va_start(args, format);
    vsnprintf(room, sizeof room, format, args);
    va_end(args);
    one = gr_list_add(complaint);
    if (!one)
        return false;
    one->field = gr_arena_copy(visit->arena, field);
    one->message = gr_arena_copy(visit->arena, gr_text_of(room));
    return one->field.ptr && one->message.ptr;
}

static gr_text complaint_of(const gr_form *form, const char *name)
{
    const gr_complaint *all = form->complaint ? form->complaint->items : NULL;

    for (size_t i = 0; all && i < form->complaint->count; i++)
        if (gr_text_is(all[i].field, name))
            return all[i].message;
    return GR_TEXT("");
}

void gr_form_complaints(gr_form *form)
{
    size_t count = form->complaint ? form->complaint->count : 0;
    gr_html *html = &form->screen->html;

    if (count == 0)
        return;
    gr_html_start(html, "div", "wrong");
    gr_html_attribute(html, "role", "alert");
    gr_screen_say(form->screen, "p", NULL, "%s",
                  count == 1 ? "One thing is to be mended:" : "Some things are to be mended:");
    gr_html_start(html, "ul", NULL);
    for (size_t i = 0; i < count; i++) {
        const gr_complaint *c = GR_AT(*form->complaint, gr_complaint, i);

        gr_html_start(html, "li", NULL);
        if (c->field.len > 0) {
            gr_html_start(html, "a", NULL);
            gr_html_attribute_start(html, "href");
            gr_html_print(html, "#in-");
            gr_html_text(html, c->field);
            gr_html_attribute_end(html);
        }
        gr_html_say(html, GR_TONE_NAME, c->message);
        if (c->field.len > 0)
            gr_html_end(html);
        gr_html_end_line(html);
    }
    gr_html_end(html);
    gr_html_end_line(html);
}

/* ---- forms ---- */

void gr_form_hidden(gr_form *form, const char *name, gr_text value)
{
    gr_html *html = &form->screen->html;

    gr_html_start(html, "input", NULL);
    gr_html_attribute(html, "type", "hidden");
    gr_html_attribute(html, "name", name);
    gr_html_attribute_text(html, "value", value);
    gr_html_end_void(html);
}

gr_form gr_form_open(gr_screen *screen, const char *id, const char *style, const gr_list *complaint,
                     const char *format, ...)
{
    gr_form form = { screen, complaint };
    char action[512];
    va_list args;

    va_start(args, format);
    vsnprintf(action, sizeof action, format, args);
    va_end(args);
    gr_html_start(&screen->html, "form", style);
    gr_html_attribute(&screen->html, "id", id);
    gr_html_attribute(&screen->html, "method", "post");
    gr_html_attribute_text(&screen->html, "action", gr_text_of(action));
    gr_form_hidden(&form, "csrf", gr_text_of(screen->visit->call->csrf));
    return form;
}

gr_form gr_form_open_search(gr_screen *screen, const char *style, const char *action)
{
    gr_html_start(&screen->html, "form", style);
    gr_html_attribute(&screen->html, "method", "get");
    gr_html_attribute(&screen->html, "action", action);
    return (gr_form){ screen, NULL };
}

void gr_form_close(gr_form *form)
{
    gr_html_end_line(&form->screen->html);
}

void gr_form_button(gr_form *form, const char *name, const char *value, const char *style,
                    const char *label)
{
    gr_html *html = &form->screen->html;

    gr_html_start(html, "button", style);
    gr_html_attribute(html, "type", "submit");
    gr_html_attribute(html, "name", name);
    gr_html_attribute(html, "value", value);
    gr_html_text(html, gr_text_of(label));
    gr_html_end_line(html);
}

/* ---- inputs ---- */

typedef struct input {
    gr_html *html;
    const gr_field *field;
    gr_text wrong;
    char id[96];
} input;

static void attributes(const input *in)
{
    gr_html *html = in->html;
    const gr_field *f = in->field;

    gr_html_attribute(html, "id", in->id);
    gr_html_attribute(html, "name", f->name);
    gr_html_attribute(html, "form", f->form);
    if (f->is_needed)
        gr_html_attribute(html, "required", "required");
    if (in->wrong.len > 0)
        gr_html_attribute(html, "aria-invalid", "true");
    if (f->hint || in->wrong.len > 0)
        gr_html_attribute_print(html, "aria-describedby", "%s%s%s%s%s", f->hint ? in->id : "",
                                f->hint ? "-hint" : "", f->hint && in->wrong.len > 0 ? " " : "",
                                in->wrong.len > 0 ? in->id : "", in->wrong.len > 0 ? "-wrong" : "");
}

static void option(gr_html *html, gr_text word, bool is_chosen)
{
    char shown[64];
    size_t length = word.len < sizeof shown ? word.len : sizeof shown - 1;

    for (size_t i = 0; i < length; i++)
        shown[i] = word.ptr[i] == '-' || word.ptr[i] == '_' ? ' ' : word.ptr[i];
    gr_html_start(html, "option", NULL);
    gr_html_attribute_text(html, "value", word);
    if (is_chosen)
        gr_html_attribute(html, "selected", "selected");
    gr_html_text(html, (gr_text){ shown, length });
    gr_html_end(html);
}

static void choice(const input *in)
{
    gr_text rest = gr_text_of(in->field->words), word;

    gr_html_start(in->html, "select", NULL);
    attributes(in);
    gr_html_start(in->html, "option", NULL);
    gr_html_attribute(in->html, "value", "");
    gr_html_print(in->html, "not told");
    gr_html_end(in->html);
    while (gr_text_word(&rest, &word))
        option(in->html, word, gr_text_equal(word, in->field->value));
    gr_html_end(in->html);
}

static void area(const input *in)
{
    gr_html_start(in->html, "textarea", NULL);
    attributes(in);
    gr_html_attribute(in->html, "rows", "2");
    gr_html_attribute(in->html, "maxlength", "2000");
    gr_html_text(in->html, in->field->value);
    gr_html_end(in->html);
}

static void line_of_text(const input *in)
{
    const char *type = in->field->type ? in->field->type : "text";
    bool is_money = strcmp(type, "money") == 0, is_user = strcmp(type, "username") == 0;

    gr_html_start(in->html, "input", NULL);
    attributes(in);
    gr_html_attribute(in->html, "type", is_money || is_user ? "text" : type);
    if (is_money)
        gr_html_attribute(in->html, "inputmode", "decimal");
    gr_html_attribute(in->html, "autocomplete",
                      strcmp(type, "password") == 0 ? "current-password"
                      : is_user                     ? "username"
                                                    : "off");
    if (strcmp(type, "password") != 0)
        gr_html_attribute_text(in->html, "value", in->field->value);
    gr_html_end_void(in->html);
}

static void beside(const input *in, const char *what, const char *style, gr_text text)
{
    if (text.len == 0)
        return;
    gr_html_start(in->html, "span", style);
    gr_html_attribute_print(in->html, "id", "%s-%s", in->id, what);
    gr_html_say(in->html, GR_TONE_NAME, text);
    gr_html_end(in->html);
}

void gr_form_field(gr_form *form, const gr_field *field)
{
    input in = { &form->screen->html, field, complaint_of(form, field->name), "" };

    snprintf(in.id, sizeof in.id, "in-%s%s", field->prefix ? field->prefix : "", field->name);
    gr_html_start(in.html, "div", "field");
    gr_html_start(in.html, "label", NULL);
    gr_html_attribute(in.html, "for", in.id);
    gr_html_text(in.html, gr_text_of(field->label));
    gr_html_end(in.html);
    beside(&in, "hint", "hint", gr_text_of(field->hint));
    if (field->words)
        choice(&in);
    else if (field->type && strcmp(field->type, "area") == 0)
        area(&in);
    else
        line_of_text(&in);
    beside(&in, "wrong", "problem", in.wrong);
    gr_html_end_line(in.html);
}

/* ---- facts ---- */

const char *gr_fact_label(gr_fact fact)
{
    static const struct {
        gr_fact fact;
        const char *label;
    } own[] = {
        { GR_F_DATE, "Day of the gift" },
        { GR_F_COST, "Cost, without tax and delivery" },
        { GR_F_KIND, "What kind of thing" },
        { GR_F_PAYER, "Who pays" },
        { GR_F_GIVER_ID, "Number of who gives it" },
        { GR_F_GIVER_NAME, "Name of who gives it" },
        { GR_F_RECIPIENT_ID, "Recipient's number" },
        { GR_F_NAME, "Recipient's name" },
        { GR_F_EMPLOYER, "Employer" },
        { GR_F_EMPLOYER_KIND, "Kind of employer" },
        { GR_F_DESCRIPTION, "What it is" },
        { GR_F_HOST_PRESENT, "Will somebody of the firm be there as host" },
        { GR_F_SALES_TARGET, "Tied to a sales target" },
        { GR_F_RELATIONSHIP, "Friends or family before business" },
        { GR_F_LOGO, "Logo on it" },
        { GR_F_THROUGH, "Taken by somebody else for the recipient" },
        { GR_F_REIMBURSED, "Does the firm reimburse the giver" },
        { GR_F_GIVER_KIND, "Who the giver is" },
        { GR_F_EMAIL, "E-mail address" },
    };

    for (size_t i = 0; i < GR_COUNT(own); i++)
        if (own[i].fact == fact)
            return own[i].label;
    return gr_fact_get(fact)->question;
}

gr_text gr_word_shown(gr_visit *visit, gr_text word)
{
    gr_text copy = gr_arena_copy(visit->arena, word);

    if (!copy.ptr) {
        visit->out.failed = true;
        return GR_TEXT("");
    }
    for (size_t i = 0; i < copy.len; i++)
        if (copy.ptr[i] == '-' || copy.ptr[i] == '_')
            ((char *)copy.ptr)[i] = ' ';
    return copy;
}

gr_text gr_field_name(gr_visit *visit, gr_fact fact, uint32_t recipient)
{
    const char *name = gr_fact_get(fact)->name;
    gr_text text = recipient == 0
                       ? gr_text_of(name)
                       : gr_arena_print(visit->arena, "%u.%s", (unsigned)recipient, name);

    visit->out.failed = visit->out.failed || !text.ptr;
    return text.ptr ? text : GR_TEXT("");
}

gr_fact gr_field_fact(gr_text name, uint32_t *recipient)
{
    uint64_t number = 0;
    size_t dot = 0;

    while (dot < name.len && name.ptr[dot] != '.')
        dot++;
    *recipient = 0;
    if (dot < name.len) {
        if (!gr_text_number(gr_text_slice(name, 0, dot), GR_SCREEN_RECIPIENTS - 1, &number))
            return GR_FACT_NONE;
        name = gr_text_slice(name, dot + 1, name.len);
    }
    *recipient = (uint32_t)number;
    return gr_fact_find(name);
}

void gr_form_fact(gr_form *form, gr_fact fact, uint32_t recipient, gr_text value, bool is_needed,
                  const char *owner)
{
    const gr_fact_info *info = gr_fact_get(fact);
    gr_field field = { .name = gr_field_name(form->screen->visit, fact, recipient).ptr,
                       .label = owner ? info->question : gr_fact_label(fact), /* asked for alone */
                       .words = info->type == GR_FACT_WORD ? info->words : NULL,
                       .type = info->type == GR_FACT_DAY     ? "date"
                               : info->type == GR_FACT_MONEY ? "money"
                                                             : NULL,
                       .hint = info->type == GR_FACT_MONEY ? "For example 85.00" : NULL,
                       .form = owner,
                       .value = value,
                       .is_needed = is_needed };

    gr_form_field(form, &field);
}
