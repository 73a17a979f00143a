/* src/report/prose_diff.h - what differs between two documents, line by line, with what each line stands under. */
#ifndef GR_REPORT_PROSE_DIFF_H
#define GR_REPORT_PROSE_DIFF_H

#include "base/arena.h"
#include "report/document.h"

/* Both are lists of gr_line. Writes what differs below headings of level 3; writes nothing, and leaves *differs
 * alone, when nothing does. heading, of level 2, is written before the first difference. False: no memory. */
bool gr_prose_diff(gr_document *document, gr_text heading, const gr_list *before,
                   const gr_list *after, gr_arena *arena, bool *differs);

#endif
