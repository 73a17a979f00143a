/* src/base/problems.h - all errors of one load, passed on as they are found. */
#ifndef GR_BASE_PROBLEMS_H
#define GR_BASE_PROBLEMS_H

#include "base/error.h"

typedef struct gr_problems {
    gr_on_error on_error; /* may be NULL */
    void *context;
    gr_error first; /* meaningful when count is above 0 */
    size_t count;
    /* Each file that was read, with bytes that live as long as what is loaded; may be NULL. */
    bool (*on_file)(void *keeper, const char *path, gr_text bytes, const char *sha256);
    void *keeper;
    /* Was a file of this digest loaded without an error before, by the same program and schemas? It is not checked once more.
     * NULL: nothing is known. trusts: of the file that was read last. */
    bool (*is_known)(void *keeper, const char *sha256);
    bool trusts;
} gr_problems;

void gr_problems_add(gr_problems *problems, const gr_error *error);
/* Makes an error and adds it. */
void gr_problem(gr_problems *problems, gr_place at, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* GR_OK when there were none; else the first one in *err. */
gr_status gr_problems_end(const gr_problems *problems, gr_error *err);

#endif
