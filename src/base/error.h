/* src/base/error.h - how a call says what went wrong: gr_error of giftrule.h, filled by the lowest
 * function that knows the place, passed up unchanged. */
#ifndef GR_BASE_ERROR_H
#define GR_BASE_ERROR_H

#include "giftrule.h"

#include "base/text.h"

/* A place in the user's input. Lines and columns count from 1; 0 when there is none. */
typedef struct gr_place {
    const char *file; /* as the user named it; borrowed */
    uint32_t line, column;
} gr_place;

#define GR_NOWHERE ((gr_place){ NULL, 0, 0 })

/* Fills *err and returns status. hint may be "". */
gr_status gr_fail(gr_error *err, gr_status status, gr_place at, const char *hint,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));
gr_status gr_fail_memory(gr_error *err);
/* From errno after a failed call on a file: "cannot open 'x': ...". doing is the verb. */
gr_status gr_fail_io(gr_error *err, const char *file, const char *doing);

gr_place gr_error_place(const gr_error *err);

#endif
