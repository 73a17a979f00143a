/* src/report/sections.h - the parts of the report for people, in their order: sections say what, the page
 * says how. */
#ifndef GR_REPORT_SECTIONS_H
#define GR_REPORT_SECTIONS_H

#include "model/report.h"
#include "report/text_page.h"

void gr_section_summary(gr_page *page, const gr_report *report);
void gr_section_refused(gr_page *page, const gr_report *report);
void gr_section_executives(gr_page *page, const gr_report *report);
void gr_section_finding(gr_page *page, const gr_finding *finding);
void gr_section_counted(gr_page *page, const gr_finding *finding); /* the arithmetic of a finding */
void gr_section_quarantine(gr_page *page, const gr_report *report);
void gr_section_notes(gr_page *page, const gr_report *report);
void gr_section_run(gr_page *page, const gr_report *report);

/* "2 violations, 1 to review, 3 warnings"; nothing when there are none. False then. */
bool gr_say_verdicts(gr_page *page, const gr_summary *summary);
void gr_say_person(gr_page *page, gr_ink ink, gr_text name, gr_text id); /* "Dana Fox (AE-017)" */
void gr_say_recipient(gr_page *page, const gr_finding *finding);
void gr_say_place(gr_page *page, gr_ink ink, gr_place place); /* "file.xml:12:5" */

#endif
