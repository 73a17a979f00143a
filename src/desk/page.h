/* src/desk/page.h - what the pages share: the frame around each, forms and their inputs, words for what is shown often.
 * Everything on a page works without its script. */
#ifndef GR_DESK_PAGE_H
#define GR_DESK_PAGE_H

#include "desk/desk.h"
#include "report/html_page.h"
#include "report/phrase.h"
#include "report/words.h"

enum {
    GR_SCREEN_ROWS = 50,  /* of a list on one page */
    GR_SCREEN_ASKED = 10, /* requests, each judged again, on one page of the queue */
    GR_SCREEN_PAIRS = 20,
    GR_SCREEN_RECIPIENTS = 8, /* of one gift that is asked for in a form */
    GR_SCREEN_SUGGESTED = 12
};

/* One page as it is written. */
typedef struct gr_screen {
    gr_visit *visit;
    gr_html html;
} gr_screen;

/* What is wrong with one input of a form. */
typedef struct gr_complaint {
    gr_text field; /* its name; empty: the whole form */
    gr_text message;
} gr_complaint;

/* ---- the frame (page_frame.c) ---- */

/* Up to the start of the main part. here: the pattern of the route that is to be marked in the navigation. */
gr_status gr_screen_open(gr_screen *screen, gr_visit *visit, const char *here, gr_text title,
                         gr_error *err);
gr_status gr_screen_close(gr_screen *screen, gr_error *err);
void gr_screen_heading(gr_screen *screen, unsigned level, const char *anchor, const char *text);
void gr_screen_say(gr_screen *screen, const char *element, const char *style, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));
/* A label and a text, in a list of them ("dl"); nothing where the text is empty. */
void gr_screen_fact(gr_screen *screen, const char *label, gr_text text);
/* What has been done: told aloud by a screen reader. */
void gr_screen_done(gr_screen *screen, const char *text);
void gr_screen_link(gr_screen *screen, const char *style, const char *text, const char *format, ...)
    __attribute__((format(printf, 4, 5))); /* to that address */
/* Links to the pages before and after of count rows; query: what else the address has, "list=decided", or "". */
void gr_screen_pager(gr_screen *screen, const char *path, gr_text query, size_t page, size_t rows,
                     size_t count);
size_t gr_screen_page(gr_visit *visit); /* of the query, from 0 */
/* The answer is elsewhere: 303. */
gr_status gr_screen_go(gr_visit *visit, gr_error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A failure of an app function becomes a page that says so: the handler returns what this returns. */
bool gr_screen_is_refusal(gr_status status); /* the visitor's to mend */
bool gr_screen_may(const gr_visit *visit, unsigned roles);
/* May the visitor use this route at all? For the navigation. */
bool gr_screen_may_go(const gr_visit *visit, const char *method, const char *pattern);
/* "Jane%20Roe": a word in an address. */
gr_text gr_screen_escape(gr_visit *visit, gr_text text);
const char *gr_screen_text(gr_visit *visit, gr_text text); /* with a final NUL; never NULL */

/* ---- forms (page_form.c) ---- */

typedef struct gr_field {
    const char *name, *label;
    const char *hint;  /* may be NULL */
    const char *type;  /* of the input; NULL: "text"; "area" */
    const char *words; /* separated by spaces: a choice among them; NULL: none */
    const char *form;  /* id of the form that it belongs to, where it stands outside; may be NULL */
    const char *prefix; /* of its id, where a page has several of this name; may be NULL */
    gr_text value;
    bool is_needed;
} gr_field;

typedef struct gr_form {
    gr_screen *screen;
    const gr_list *complaint; /* of gr_complaint; may be NULL */
} gr_form;

/* With the hidden csrf of what is sent. id, style and note may be NULL. */
gr_form gr_form_open(gr_screen *screen, const char *id, const char *style, const gr_list *complaint,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));
void gr_form_close(gr_form *form);
gr_form gr_form_open_search(gr_screen *screen, const char *style, const char *action); /* GET */
void gr_form_field(gr_form *form, const gr_field *field);
void gr_form_fact(gr_form *form, gr_fact fact, uint32_t recipient, gr_text value, bool is_needed,
                  const char *owner);
void gr_form_hidden(gr_form *form, const char *name, gr_text value);
void gr_form_button(gr_form *form, const char *name, const char *value, const char *style,
                    const char *label);
/* At the head of a form: how many things are wrong, with links to the inputs. */
void gr_form_complaints(gr_form *form);
bool gr_complain(gr_list *complaint, gr_visit *visit, gr_text field, const char *format, ...)
    __attribute__((format(printf, 4, 5))); /* false: no memory */
const char *gr_fact_label(gr_fact fact);   /* "Kind of thing" */
/* "gift-card" as people read it: "gift card". */
gr_text gr_word_shown(gr_visit *visit, gr_text word);
/* The name of a fact in a form: "name", of a further recipient "1.name". */
gr_text gr_field_name(gr_visit *visit, gr_fact fact, uint32_t recipient);
/* The fact of an input; GR_FACT_NONE: none. */
gr_fact gr_field_fact(gr_text name, uint32_t *recipient);

/* ---- a gift that is asked for (page_gift.c) ---- */

/* Adds a list of gr_stated: what the form, or the query, states of a gift. *recipients gets how many there are. False:
 * no memory. */
bool gr_gift_stated(gr_visit *visit, bool of_query, gr_list *stated, uint32_t *recipients);
gr_text gr_stated_find(const gr_list *stated, gr_fact fact, uint32_t recipient);
/* The facts of a request, in a list. */
gr_status gr_gift_facts(gr_screen *screen, const gr_request *request, gr_error *err);
/* "85.00 USD" */
gr_text gr_gift_amount(gr_visit *visit, gr_amount amount, gr_text currency);

/* ---- what the rules answer (page_answer.c) ---- */

const char *gr_answer_word(gr_clearance clearance); /* "Approved" */
/* form: id of the form in which missing facts are asked for; NULL: they are only told. */
void gr_answer_write(gr_screen *screen, const gr_preapproval *answer, const char *form);
void gr_answer_allowance(gr_screen *screen, const gr_preapproval *answer); /* in short */

/* ---- requests (page_request.c) ---- */

const char *gr_request_state_shown(gr_request_state state);
void gr_request_badge(gr_screen *screen, gr_request_state state);
/* A table of some of a list of gr_request. */
gr_status gr_request_table(gr_screen *screen, const char *caption, const gr_list *request,
                           size_t from, size_t to, gr_error *err);
/* Those that the visitor may see, the newest first. */
gr_status gr_request_list(gr_visit *visit, bool only_waiting, gr_list *out, gr_error *err);
/* Did the visitor ask for it, or is it for him or her? */
bool gr_request_is_own(const gr_visit *visit, const gr_request *request);
/* What the rules say now of a request that waits. */
gr_status gr_request_judge(gr_visit *visit, const gr_request *request, gr_preapproval *out,
                           gr_error *err);
/* What an officer can do with it: approve, deny, ask for a fact. */
void gr_request_decide_forms(gr_screen *screen, const gr_request *request,
                             const gr_preapproval *answer, const gr_list *complaint);

/* ---- reports (page_report.c) ---- */

/* What this visitor may have reported: of an executive only what is own. *refused: there is nothing for this visitor, and
 * why stands in err. */
gr_status gr_screen_recall(gr_visit *visit, bool gifts, gr_text executive, gr_report **out,
                           gr_error *err);

#endif
