/* src/ledger/amounts.c - see amounts.h. */
#include "ledger/amounts.h"

#include "ledger/store.h"

#include <string.h>

static bool read_digits(gr_text text, gr_wide *out)
{
    bool is_negative = text.len > 0 && text.ptr[0] == '-';
    gr_wide number = 0;

    if (text.len == (size_t)is_negative || text.len > 37)
        return false;
    for (size_t i = is_negative; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        number = number * 10 + (text.ptr[i] - '0');
    }
    *out = is_negative ? -number : number;
    return true;
}

bool gr_fraction_read(sqlite3_stmt *row, int column, gr_fraction *out)
{
    gr_text text = { "", 0 };
    const char *slash;
    gr_wide den;
    size_t at;

    *out = (gr_fraction){ 0, 1, false };
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_NULL:
        out->is_unknown = true;
        return true;
    case SQLITE_INTEGER:
        out->num = sqlite3_column_int64(row, column);
        return true;
    default:
        text = gr_column_text(row, column);
    }
    slash = text.len > 0 ? memchr(text.ptr, '/', text.len) : NULL;
    if (!slash)
        return false;
    at = (size_t)(slash - text.ptr);
    if (!read_digits(gr_text_slice(text, 0, at), &out->num) ||
        !read_digits(gr_text_slice(text, at + 1, text.len), &den) || den < 1 || den > INT64_MAX)
        return false;
    out->den = (int64_t)den;
    return true;
}
