/* src/report/sections.h - the parts of the report for people, in their order: sections say what, the page
 * says how. */
#ifndef GR_REPORT_SECTIONS_H
#define GR_REPORT_SECTIONS_H

#include "model/report.h"
#include "report/phrase.h"
#include "report/text_page.h"

void gr_section_summary(gr_page *page, const gr_report *report);
void gr_section_refused(gr_page *page, const gr_report *report);
void gr_section_executives(gr_page *page, const gr_report *report);
void gr_section_roster(gr_page *page, const gr_report *report); /* nothing where there is none */
void gr_section_staff(gr_page *page, const gr_staff *staff);    /* who somebody is, in a line */
void gr_section_given(gr_page *page, const gr_executive *who, const gr_rostered *roster);
void gr_section_remark(gr_page *page, const gr_roster_remark *remark);
void gr_section_finding(gr_page *page, const gr_finding *finding);
/* Which gift it is about, to whom, where it stands. */
void gr_section_subject(gr_page *page, const gr_finding *finding);
void gr_section_decision(gr_page *page,
                         const gr_finding *finding);               /* nothing where there is none */
void gr_section_counted(gr_page *page, const gr_finding *finding); /* the arithmetic of a finding */
void gr_section_quarantine(gr_page *page, const gr_report *report);
void gr_section_notes(gr_page *page, const gr_report *report);
void gr_section_reconciled(gr_page *page, const gr_reconciled *reconciled);
void gr_section_pairs(gr_page *page, const gr_report *report);
void gr_section_run(gr_page *page, const gr_report *report);

/* The sentences of phrase.h, said in the open paragraph, heading or cell. */
gr_voice gr_page_voice(gr_page *page);

#endif
