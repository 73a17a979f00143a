/* src/base/error.c - filling gr_error. Needs no memory and cannot fail; what is too long is cut: a file
 * name in front, since its end says more, a message at the end. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void copy_cut(char *to, size_t size, const char *from)
{
    gr_text text = gr_text_of(from);
    size_t n = gr_text_cut(text, size - 1);

    memcpy(to, from, n);
    to[n] = '\0';
}

static void copy_file(char *to, size_t size, const char *file)
{
    size_t n = file ? strlen(file) : 0;

    if (n < size)
        copy_cut(to, size, file ? file : "");
    else
        snprintf(to, size, "...%s", file + (n - size + 4));
}

gr_status gr_fail(gr_error *err, gr_status status, gr_place at, const char *hint,
                  const char *format, ...)
{
    char message[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    err->status = status;
    err->line = at.line;
    err->column = at.column;
    copy_file(err->file, sizeof err->file, at.file);
    copy_cut(err->message, sizeof err->message, message);
    copy_cut(err->hint, sizeof err->hint, hint);
    return status;
}

gr_status gr_fail_memory(gr_error *err)
{
    return gr_fail(err, GR_ENOMEM, GR_NOWHERE, "give the program more memory", "out of memory");
}

gr_status gr_fail_io(gr_error *err, const char *file, const char *doing)
{
    int number = errno;
    gr_place at = { file, 0, 0 };
    const char *hint = number == ENOENT   ? "check the name"
                       : number == EACCES ? "check the permissions"
                       : number == ENOSPC ? "make room on the device"
                       : number == EISDIR ? "name a file, not a folder"
                                          : "";

    return gr_fail(err, number == ENOSPC || number == EDQUOT ? GR_EFULL : GR_EIO, at, hint,
                   "cannot %s: %s", doing, strerror(number));
}

gr_place gr_error_place(const gr_error *err)
{
    return (gr_place){ err->file[0] ? err->file : NULL, err->line, err->column };
}
