/* src/report/phrase.h - the sentences of the report, said once: on a terminal and on a page for a browser they come from
 * here, so that no format can say what another one does not. How a sentence is laid out is the format's business. */
#ifndef GR_REPORT_PHRASE_H
#define GR_REPORT_PHRASE_H

#include "model/report.h"
#include "report/document.h"

/* Whoever says the words. */
typedef struct gr_voice {
    void (*say)(void *to, gr_tone tone, gr_text text);
    void (*refer)(void *to,
                  gr_text finding); /* says the id of a finding; NULL: as any other text */
    void *to;
} gr_voice;

void gr_voice_say(gr_voice voice, gr_tone tone, gr_text text);
void gr_voice_print(gr_voice voice, gr_tone tone, const char *format, ...)
    __attribute__((format(printf, 3, 4))); /* short texts and numbers */
void gr_voice_count(gr_voice voice, gr_tone tone, uint64_t count, const char *one,
                    const char *many);

/* ---- how much there is (phrase_sum.c) ---- */

/* "2 violations, 1 to review, 3 warnings, 1 decided"; nothing when there are none. False then. */
bool gr_phrase_verdicts(gr_voice voice, const gr_summary *summary);
/* The same of the whole report, with quarantine and refused inputs; "No findings". */
void gr_phrase_headline(gr_voice voice, const gr_report *report);
/* For whom it is and what is left out, by what it is limited: before anything else, since whoever reads a part must not take
 * it for the whole. False: it is the whole. */
bool gr_phrase_part(gr_voice voice, const gr_report *report);
void gr_phrase_scope(gr_voice voice, const gr_report *report);
void gr_phrase_own(gr_voice voice, const gr_summary *summary); /* of one account executive */
/* "3 account executives have no findings"; false: there is nothing to be said. */
bool gr_phrase_others(gr_voice voice, uint64_t count, uint64_t contributing);
/* What is new in the ledger. */
void gr_phrase_news(gr_voice voice, const gr_news *news);
void gr_phrase_matched(gr_voice voice, const gr_reconciled *reconciled);
void gr_phrase_approvals(gr_voice voice, const gr_reconciled *reconciled);
void gr_phrase_twin(gr_voice voice, const gr_twin *pair);

/* ---- who (phrase_sum.c) ---- */

void gr_phrase_person(gr_voice voice, gr_tone tone, gr_text name,
                      gr_text id);                           /* "Dana Fox (AE-017)" */
void gr_phrase_staff(gr_voice voice, const gr_staff *staff); /* "Branch Boston, supervisor ..." */
/* "Chris Vale on 2026-11-23": who decided; author may be empty, of moment the day is told. */
void gr_phrase_signature(gr_voice voice, gr_text author, gr_text moment);
void gr_phrase_place(gr_voice voice, gr_tone tone, gr_place place); /* "file.xml:12:5" */

/* ---- one finding (phrase_finding.c) ---- */

const char *gr_verdict_label(gr_verdict verdict); /* "VIOLATION" */
gr_tone gr_verdict_tone(gr_verdict verdict);
const char *gr_basis_words(gr_basis basis); /* "calendar year" */
/* "25.00 over the limit of 300.00"; of a finding without a limit its kind. */
void gr_phrase_measure(gr_voice voice, gr_tone tone, const gr_finding *finding);
/* ", across 3 gifts by 2 people". False: no memory. */
bool gr_phrase_across(gr_voice voice, gr_tone tone, const gr_finding *finding);
/* The line in capitals. False: no memory. */
bool gr_phrase_finding(gr_voice voice, const gr_finding *finding);
void gr_phrase_recipient(gr_voice voice, const gr_finding *finding);
/* "Gift G-0042 of 2026-05-04 to Jane Roe of Acme Pension Fund, gift-log.xml:120" */
void gr_phrase_subject(gr_voice voice, const gr_finding *finding);
void gr_phrase_decision(gr_voice voice, const gr_decision *decision, bool is_past);
void gr_phrase_joined(gr_voice voice, const gr_finding *finding); /* "Also called: ..." */
void gr_phrase_authority(gr_voice voice, const gr_finding *finding);
/* "Gifts of this account executive also count in F-1, F-2, listed under others." */
void gr_phrase_references(gr_voice voice, const gr_executive *who);
/* "USD, 2026-01-01 to 2026-12-31, calendar year" */
void gr_phrase_period(gr_voice voice, const gr_finding *finding);
/* Why a counted gift counts as it does; may be empty. */
gr_text gr_counted_note(const gr_counted *gift);
/* "Given by others to people of these clients, as finra-3220 counts it, in USD" */
void gr_phrase_given(gr_voice voice, const gr_rostered *roster);
/* "120.00", "95.00 to 120.00", "95.00 or more" */
void gr_phrase_span(gr_voice voice, gr_amount low, gr_amount high);
/* That a ledger does not remember what others gave. */
void gr_phrase_forgotten(gr_voice voice);

/* Told in a line of a table, unless there is more to tell. */
bool gr_finding_is_near(const gr_finding *finding);

#endif
