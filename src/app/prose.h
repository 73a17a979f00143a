/* src/app/prose.h - what showing and comparing rule files have in common. */
#ifndef GR_APP_PROSE_H
#define GR_APP_PROSE_H

#include "app/bookshelf.h"

/* Opens the page for style. GR_EUSAGE: not in this format. */
gr_status gr_prose_open(const gr_report_style *style, gr_writer *writer, gr_text title,
                        gr_document **out, gr_error *err);
/* Ends page and writer; the status is that of the first failure, status among them. */
gr_status gr_prose_close(gr_document *document, gr_writer *writer, gr_status status, gr_error *err);

#endif
