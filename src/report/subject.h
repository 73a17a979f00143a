/* src/report/subject.h - a whole report in one line: for the subject of a mail, a list, a monitor. */
#ifndef GR_REPORT_SUBJECT_H
#define GR_REPORT_SUBJECT_H

#include "model/report.h"

enum { GR_SUBJECT_LETTERS = 100, GR_SUBJECT_TEXT = 4 * GR_SUBJECT_LETTERS + 1 };

/* "3 violations, 2 to review (2 new) - gifts as of 2026-11-28"; what is most urgent comes first, what is too long is cut. */
gr_text gr_subject_print(const gr_report *report, char out[GR_SUBJECT_TEXT]);

#endif
