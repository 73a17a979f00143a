/* src/report/sections.h - the parts of the report for people, in their order: sections say what, the page
 * says how. */
#ifndef GR_REPORT_SECTIONS_H
#define GR_REPORT_SECTIONS_H

#include "model/report.h"
#include "report/text_page.h"

void gr_section_summary(gr_page *page, const gr_report *report);
void gr_section_refused(gr_page *page, const gr_report *report);
void gr_section_executives(gr_page *page, const gr_report *report);
void gr_section_roster(gr_page *page, const gr_report *report); /* nothing where there is none */
void gr_section_staff(gr_page *page, const gr_staff *staff);    /* who somebody is, in a line */
void gr_section_given(gr_page *page, const gr_executive *who, const gr_rostered *roster);
void gr_section_remark(gr_page *page, const gr_roster_remark *remark);
void gr_section_finding(gr_page *page, const gr_finding *finding);
void gr_section_decision(gr_page *page,
                         const gr_finding *finding);               /* nothing where there is none */
void gr_section_counted(gr_page *page, const gr_finding *finding); /* the arithmetic of a finding */
void gr_section_quarantine(gr_page *page, const gr_report *report);
void gr_section_notes(gr_page *page, const gr_report *report);
void gr_section_reconciled(gr_page *page, const gr_reconciled *reconciled);
void gr_section_pairs(gr_page *page, const gr_report *report);
void gr_section_run(gr_page *page, const gr_report *report);

/* "2 violations, 1 to review, 3 warnings, 1 decided"; nothing when there are none. False then. */
bool gr_say_verdicts(gr_page *page, const gr_summary *summary);
void gr_say_person(gr_page *page, gr_ink ink, gr_text name, gr_text id); /* "Dana Fox (AE-017)" */
/* "Chris Vale on 2026-11-23": who decided; author may be empty, of moment the day is told. */
void gr_say_signature(gr_page *page, gr_text author, gr_text moment);
/* "25.00 over the limit of 300.00"; of a finding without a limit its kind. */
void gr_say_measure(gr_page *page, gr_ink ink, const gr_finding *finding);
void gr_say_recipient(gr_page *page, const gr_finding *finding);
/* "Gift G-0042 of 2026-05-04 to Jane Roe of Acme Pension Fund, gift-log.xml:120" */
void gr_say_subject(gr_page *page, const gr_finding *finding);
void gr_say_place(gr_page *page, gr_ink ink, gr_place place); /* "file.xml:12:5" */

#endif
