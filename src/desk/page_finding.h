/* src/desk/page_finding.h - what the two files of findings share. */
#ifndef GR_DESK_PAGE_FINDING_H
#define GR_DESK_PAGE_FINDING_H

#include "desk/page.h"

const gr_finding *gr_screen_finding(const gr_report *report,
                                    gr_text id); /* NULL: it is not in it */
/* The page of the finding that the path names, with what is wrong with a decision that was tried. */
gr_status gr_screen_write_finding(gr_visit *visit, const gr_list *complaint, gr_error *err);
/* The ways to decide on it. */
void gr_finding_decide_forms(gr_screen *screen, const gr_finding *finding,
                             const gr_list *complaint);

#endif
