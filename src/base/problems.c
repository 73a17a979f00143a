/* src/base/problems.c - a load goes on after an error, so that its user mends all of them at once. */
#include "base/problems.h"
#include "base/bounds.h"

#include <stdarg.h>
#include <stdio.h>

void gr_problems_add(gr_problems *problems, const gr_error *error)
{
    if (problems->count++ == 0)
        problems->first = *error;
    if (problems->on_error && problems->count <= GR_MAX_RULE_ERRORS)
        problems->on_error(problems->context, error);
}

void gr_problem(gr_problems *problems, gr_place at, const char *hint, const char *format, ...)
{
    char message[sizeof problems->first.message];
    gr_error error;
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    gr_fail(&error, GR_EINPUT, at, hint, "%s", message);
    gr_problems_add(problems, &error);
}

gr_status gr_problems_end(const gr_problems *problems, gr_error *err)
{
    if (problems->count == 0)
        return GR_OK;
    *err = problems->first;
    return err->status;
}
