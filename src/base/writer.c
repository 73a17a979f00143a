/* src/base/writer.c - see writer.h. */
#include "base/writer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void gr_writer_open(gr_writer *writer, gr_on_output output, void *context)
{
    writer->output = output;
    writer->context = context;
    writer->failed = false;
    writer->used = 0;
}

static void flush(gr_writer *writer)
{
    if (writer->used > 0 && !writer->failed)
        writer->failed = !writer->output(writer->context, writer->buffer, writer->used);
    writer->used = 0;
}

void gr_write(gr_writer *writer, const char *bytes, size_t length)
{
    while (length > 0) {
        size_t room = sizeof writer->buffer - writer->used;
        size_t n = length < room ? length : room;

        memcpy(writer->buffer + writer->used, bytes, n);
        writer->used += n;
        bytes += n;
        length -= n;
        if (writer->used == sizeof writer->buffer)
            flush(writer);
    }
}

void gr_write_text(gr_writer *writer, gr_text text)
{
    gr_write(writer, text.ptr, text.len);
}

void gr_write_print(gr_writer *writer, const char *format, ...)
{
    char line[2048];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n > 0)
        gr_write(writer, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

bool gr_writer_close(gr_writer *writer)
{
    flush(writer);
    return !writer->failed;
}
