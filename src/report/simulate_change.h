/* src/report/simulate_change.h - one change, as a section of a page. */
#ifndef GR_REPORT_SIMULATE_CHANGE_H
#define GR_REPORT_SIMULATE_CHANGE_H

#include "model/simulation.h"
#include "report/text_page.h"

void gr_section_change(gr_page *page, const gr_change *change);

#endif
