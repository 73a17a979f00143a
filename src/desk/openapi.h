/* src/desk/openapi.h - include/openapi.json, as the build puts it into the program: line by line. */
#ifndef GR_DESK_OPENAPI_H
#define GR_DESK_OPENAPI_H

extern const char *const gr_openapi_line[]; /* the last one is NULL */

#endif
