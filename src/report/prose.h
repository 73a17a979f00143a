/* src/report/prose.h - rule files told in plain English, from their trees: nothing is compiled, nothing judged. What a
 * file says in words of its own is repeated; what it says by the names of elements, facts and words gets a sentence.
 * Every attribute and text of a file is told (tests/unit/test_prose.c). */
#ifndef GR_REPORT_PROSE_H
#define GR_REPORT_PROSE_H

#include "model/report.h"
#include "report/document.h"
#include "rulefile/rulefile.h"

/* What the sentences are about, and where they go. */
typedef struct gr_prose {
    gr_document *document;
    const gr_choice *choice; /* the policy in use: rule files name its amounts */
    size_t choice_count;
    gr_text day; /* only what is in force on it; "": everything, with its days */
    bool
        is_compared; /* without what stands elsewhere: the policy's values, counts, days of the page */
    const gr_node *book; /* the root of the rulebook that is told; NULL: of another file */
    gr_text currency;    /* of its amounts */
} gr_prose;

typedef struct gr_prose_file { /* for the end of a page: which file it tells */
    gr_text path, sha256;
} gr_prose_file;

/* ---- one page each ---- */

void gr_prose_rulebook(const gr_prose *prose, const gr_node *root, const gr_prose_file *file);
void gr_prose_policy(const gr_prose *prose, const gr_prose_file *file);
void gr_prose_detection(const gr_prose *prose, const gr_node *root, const gr_prose_file *file);
void gr_prose_oddities(const gr_prose *prose,
                       const gr_node *root); /* of detection, what looks odd */
/* All rulebooks, with the limits in force on the day of prose. */
void gr_prose_index(const gr_prose *prose, const gr_node *const *root, size_t count);

/* By the kinds of firm that the policy names. */
bool gr_binds_firm(const gr_prose *prose, const gr_node *root);

/* ---- sections of a rulebook ---- */

void gr_prose_scope(const gr_prose *prose, const gr_node *root);
void gr_prose_limits(const gr_prose *prose, const gr_node *root);
void gr_prose_periods(const gr_prose *prose, const gr_node *root);
void gr_prose_valuations(const gr_prose *prose, const gr_node *root);
void gr_prose_exclusions(const gr_prose *prose, const gr_node *root);
void gr_prose_presumptions(const gr_prose *prose, const gr_node *root);
void gr_prose_duties(const gr_prose *prose, const gr_node *root);
void gr_prose_exemption(const gr_prose *prose, const gr_node *root);

/* What a limit is for one gift of the index: "300.00 USD per recipient and year". */
void gr_tell_limit_brief(const gr_prose *prose, const gr_node *limit, const gr_node *row);

/* ---- conditions ---- */

/* Behind "if" in the open paragraph, which it ends. A condition that is not short becomes a list. */
void gr_tell_condition(const gr_prose *prose, const gr_node *condition);
/* The same in an open item, which stays open. */
void gr_tell_condition_item(const gr_prose *prose, const gr_node *condition);
bool gr_condition_is_short(const gr_node *condition);
void gr_tell_clause(const gr_prose *prose, const gr_node *condition); /* a short one, no more */
/* "the kind of thing is a ticket or a meal", "the kind of thing is not ..." */
void gr_tell_words(const gr_prose *prose, gr_text fact, gr_text words, bool negated);
/* "the kind of thing is not stated" */
void gr_tell_known(const gr_prose *prose, gr_text fact, bool known);
void gr_tell_noun(const gr_prose *prose, gr_text fact);
/* 'the description has the word "x"', and the pattern itself. */
void gr_tell_pattern(const gr_prose *prose, gr_text fact, gr_text pattern, bool negated);

/* ---- words ---- */

void gr_tell(const gr_prose *prose, const char *words);
void gr_tell_text(const gr_prose *prose, gr_text text);
void gr_tell_bold_capital(const gr_prose *prose, gr_text text); /* begins with a capital letter */
void gr_tell_quote(const gr_prose *prose, gr_text text);
/* Ends a sentence whose last words are this quotation, or are none when it is ""; a question ends it by itself. */
void gr_tell_stop(const gr_prose *prose, gr_text quote);
void gr_tell_code(const gr_prose *prose, gr_text text);
void gr_tell_paragraph(const gr_prose *prose, const char *words);
void gr_tell_heading(const gr_prose *prose, unsigned level, const char *anchor, const char *words);
void gr_tell_cell(const gr_prose *prose, gr_text text);
/* "a", "a or b", "a, b or c": what stands before item i of count; nothing before the first. */
void gr_tell_between(const gr_prose *prose, size_t i, size_t count, const char *last);
/* "50.00 USD", of a number without unit when count; "the firm's nominal value (50.00 USD)" */
void gr_tell_amount(const gr_prose *prose, gr_text amount, bool is_count);
/* "from 2026-03-30 on", "from 1969-09-01 to 2026-03-29" */
void gr_tell_dates(const gr_prose *prose, const gr_node *dated);
/* " (clause 3220.05, sources SUM26 and BER: known from summaries)", as far as node has these */
void gr_tell_backing(const gr_prose *prose, const gr_node *node);
void gr_tell_sources(const gr_prose *prose, gr_text sources); /* "SUM26 and BER" */
const char *gr_sure_words(gr_text sure);
/* "broker-dealers or bank dealers"; of one firm "a broker-dealer and a bank dealer" */
void gr_tell_firm_kinds(const gr_prose *prose, gr_text kinds, bool many);
/* Which file the page tells, and room for a signature; nothing when it is compared. */
void gr_prose_end(const gr_prose *prose, const gr_prose_file *file);

enum { GR_ANCHOR = 128 };
/* "limit-annual" */
const char *gr_prose_anchor(const char *what, gr_text id, char out[GR_ANCHOR]);

gr_text gr_policy_value(const gr_prose *prose, gr_text name); /* "" when it has no such choice */
/* Whether what has from and to is in force on the day of prose; all is when that has none. */
bool gr_in_force(const gr_prose *prose, const gr_node *dated);
/* Whether a child of this name is. */
bool gr_has_in_force(const gr_prose *prose, const gr_node *node, const char *name);

#endif
