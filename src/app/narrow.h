/* src/app/narrow.h - a report of one account executive, from one of all: own findings and own gifts, and of others no more
 * than the arithmetic of these needs. */
#ifndef GR_APP_NARROW_H
#define GR_APP_NARROW_H

#include "model/report.h"

/* *out borrows from the report, and lives in memory of the arena; it is not freed by itself. Where the report has a book,
 * the gifts are gone through once. */
gr_status gr_report_narrow(const gr_report *report, size_t executive, gr_arena *arena,
                           gr_report **out, gr_error *err);

#endif
