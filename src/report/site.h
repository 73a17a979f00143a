/* src/report/site.h - the report as pages for a browser: linked pages in a folder, or all in one. Every part of it is
 * written by the same code in both; only where links lead, and how deep headings lie, is different. For report_html.c.
 *
 * Sizes are bounded: what is too much for one page goes on to others, and where one page is all there is it says what it
 * leaves out and where that is to be found. */
#ifndef GR_REPORT_SITE_H
#define GR_REPORT_SITE_H

#include "base/folder.h"
#include "base/list.h"
#include "base/table.h"
#include "report/chart.h"
#include "report/html_page.h"
#include "report/phrase.h"
#include "report/words.h"

enum {
    GR_SITE_FINDINGS = 100, /* told in full on one page */
    GR_SITE_ROWS = 500,     /* of a table on one page */
    GR_SITE_PERSONS = 100,  /* of a client on one page, each with a section perhaps */
    GR_SITE_FEW = 300,      /* people with gifts: so many, and each has a section */
    GR_SITE_CLIENTS = 1000, /* so many clients, and each has a page */
    /* what a report in one page tells at most */
    GR_ONE_FINDINGS = 2000,
    GR_ONE_LINES = 5000,
    GR_ONE_ROWS = 1000,
    GR_ONE_SECTIONS = 1000,
    GR_ONE_EXECUTIVES = 100, /* so many, and each has a section */
    GR_SITE_NAME = 96,
    GR_SITE_FILE = 256
};

/* Where a finding is told. */
typedef struct gr_site_finding {
    const gr_finding *finding;
    uint32_t executive; /* place in the report's list */
    uint32_t part;      /* which page of that one, from 0 */
    uint32_t person;    /* place in the book's list; GR_NONE: it is not known, or nobody */
    bool is_told;       /* else there was no room */
} gr_site_finding;

/* A list of findings of one kind, and its page. */
typedef enum gr_site_list {
    GR_LIST_VIOLATION,
    GR_LIST_REVIEW,
    GR_LIST_WARNING,
    GR_LIST_DECIDED,
    GR_LISTS
} gr_site_list;

typedef struct gr_site {
    const gr_report *report;
    const gr_gift_book *book;
    gr_folder *folder; /* NULL: all in one page */
    gr_writer *writer;
    gr_html page;
    gr_arena *arena;                  /* of the names */
    const char **executive, **client; /* names of their pages; NULL: has none */
    uint32_t *within;                 /* of each person: place among those of the client */
    gr_list finding;                  /* of gr_site_finding, in the order of the report */
    gr_table by_id;
    size_t *first;           /* of each account executive: where the own ones begin in finding */
    gr_site_finding **order; /* by kind, then the latest first */
    size_t kind_first[GR_LISTS + 1];
    unsigned level; /* of the heading of an account executive or a client */
    bool is_below;  /* the page lies in a folder */
    bool
        is_within; /* on a page of the desk: findings have pages there, and account executives lists of theirs */
    bool lists_gifts, no_memory;
    bool *has_section; /* of each person */
} gr_site;

/* ---- names and links (site_names.c) ---- */

bool gr_site_open(gr_site *site, const gr_report *report); /* false: no memory */
void gr_site_free(gr_site *site);
/* "ae-017" from "AE-017"; empty where nothing of it can stand in a name. */
void gr_site_slug(gr_text from, char out[GR_SITE_NAME]);
gr_site_finding *gr_site_find(const gr_site *site, gr_text id); /* NULL: it is not in the report */
/* Starts a link: the caller writes its words and ends the element. In one page the anchor alone. */
void gr_site_link(gr_site *site, const char *file, const char *anchor);
/* The same; false: there is nothing to lead to, and nothing was started. */
bool gr_site_link_finding(gr_site *site, const gr_site_finding *finding);
bool gr_site_link_executive(gr_site *site, uint32_t place);
bool gr_site_link_person(gr_site *site, uint32_t place);
bool gr_site_link_client(gr_site *site, uint32_t place);
void gr_site_refer(void *site, gr_text finding); /* the id as a link; for a voice */
gr_voice gr_site_voice(gr_site *site);
/* Page number part, from 0, of a list of pages: "violations.html", "violations-2.html". */
const char *gr_site_part(const char *stem, const char *what, size_t part, char out[GR_SITE_FILE]);

/* ---- frame (site_frame.c) ---- */

/* Starts a page, in one page nothing. */
gr_status gr_site_page_start(gr_site *site, const char *file, const char *here, gr_text title,
                             gr_error *err);
gr_status gr_site_page_end(gr_site *site, gr_error *err);
void gr_site_heading_start(gr_site *site, unsigned level, const char *anchor);
void gr_site_heading_end(gr_site *site);
void gr_site_heading(gr_site *site, unsigned level, const char *anchor, const char *text);
/* Links to the page before and after, where there are several. */
void gr_site_pager(gr_site *site, const char *stem, const char *what, size_t part, size_t parts);
void gr_site_note(gr_site *site, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gr_site_cell(gr_site *site, gr_text text);
void gr_site_cell_print(gr_site *site, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void gr_site_cell_name(gr_site *site, gr_text name, gr_text id); /* somebody's */
void gr_site_cell_count(gr_site *site, uint64_t count);          /* nothing where it is none */
void gr_site_cell_day(gr_site *site, gr_day day);
void gr_site_cell_span(gr_site *site, gr_wide low, gr_wide high, int64_t den, bool unbounded);
void gr_site_verdict(gr_site *site, gr_verdict verdict, bool decided); /* a small label */

/* ---- parts ---- */

void gr_site_overview(gr_site *site);                  /* site_overview.c */
gr_status gr_site_lists(gr_site *site, gr_error *err); /* site_list.c: pages of findings */
void gr_site_list_rows(gr_site *site, gr_site_list list, size_t from, size_t to);
gr_status gr_site_registers(gr_site *site, gr_error *err); /* site_register.c: who has a page */
void gr_site_executive_table(gr_site *site, size_t from, size_t to, bool with_findings_only);
void gr_site_client_table(gr_site *site, size_t from, size_t to, bool with_findings_only);
void gr_site_finding_article(gr_site *site, const gr_site_finding *finding, unsigned level);
void gr_site_near(gr_site *site, const gr_site_finding *const *near, size_t count);
/* A gift as a row: to whom, or by whom (site_gift.c). */
void gr_site_gifts_start(gr_site *site, const char *caption, bool of_person);
void gr_site_gift_row(gr_site *site, const gr_gift_line *line, bool of_person);
gr_verdict gr_site_worst(const gr_gift_line *line); /* that was found about it, and is open */
gr_status gr_site_executives(gr_site *site, gr_error *err);                 /* site_executive.c */
gr_status gr_site_clients(gr_site *site, gr_error *err);                    /* site_client.c */
gr_status gr_site_recipient(gr_site *site, uint32_t person, gr_error *err); /* its section */
/* Before anything is written that links from a finding to a recipient. */
gr_status gr_site_learn_people(gr_site *site, gr_error *err);
void gr_site_quarantine(gr_site *site, size_t from, size_t to); /* site_run.c */
void gr_site_run(gr_site *site);
gr_status gr_site_quarantine_pages(gr_site *site, gr_error *err);
gr_status gr_site_run_page(gr_site *site, gr_error *err);

#endif
