/* src/app/prose.h - what showing and comparing rule files have in common. */
#ifndef GR_APP_PROSE_H
#define GR_APP_PROSE_H

#include "app/bookshelf.h"

/* Opens the page for style. GR_EUSAGE: not in this format. */
gr_status gr_prose_open(const gr_report_style *style, gr_writer *writer, gr_text title,
                        gr_document **out, gr_error *err);
/* Ends page and writer; the status is that of the first failure, status among them. */
gr_status gr_prose_close(gr_document *document, gr_writer *writer, gr_status status, gr_error *err);

/* Tells a rule file, as gr_rules_show(), to the document that open makes and the caller owns: a part of a page, say. It is
 * opened only when all rule files are in order. */
typedef gr_status (*gr_on_prose)(void *context, gr_text title, gr_document **out, gr_error *err);
gr_status gr_rules_tell(const gr_prose_options *options, const char *rule, gr_on_prose open,
                        void *context, gr_error *err);

#endif
