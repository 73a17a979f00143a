/* src/base/writer.h - output in large pieces to whoever takes it. It keeps the first failure, so that
 * call sites read as straight lines. */
#ifndef GR_BASE_WRITER_H
#define GR_BASE_WRITER_H

#include "base/text.h"
#include "giftrule.h"

typedef struct gr_writer {
    gr_on_output output;
    void *context;
    bool failed;
    size_t used;
    char buffer[8192];
} gr_writer;

void gr_writer_open(gr_writer *writer, gr_on_output output, void *context);
void gr_write(gr_writer *writer, const char *bytes, size_t length);
void gr_write_text(gr_writer *writer, gr_text text);
void gr_write_print(gr_writer *writer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool gr_writer_close(gr_writer *writer); /* false when anything failed */

#endif
