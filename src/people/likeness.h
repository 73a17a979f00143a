/* src/people/likeness.h - why two recipients were taken for one person, or possibly for one, in words. */
#ifndef GR_PEOPLE_LIKENESS_H
#define GR_PEOPLE_LIKENESS_H

#include "base/error.h"
#include "model/person.h"
#include "people/names.h"

typedef enum gr_likeness {
    GR_LIKE_NOT,
    GR_LIKE_ID,          /* one id */
    GR_LIKE_NAME,        /* the same name and employer, as names are compared */
    GR_LIKE_ID_CASE,     /* the same, under two ids that differ in case only */
    GR_LIKE_NO_EMPLOYER, /* the same name, and one employer is not stated */
    GR_LIKE_SURNAME,     /* one of them has no first name */
    GR_LIKE_FIRST,       /* the same first and last name; what stands between or behind differs */
    GR_LIKE_INITIAL,
    GR_LIKE_NAMES_LINE, /* first names of one line of names.xml */
    GR_LIKE_TURNED      /* first and last name exchanged */
} gr_likeness;

/* In what a and b are like each other. */
gr_status gr_likeness_find(const gr_names *names, const gr_person *a, const gr_person *b,
                           gr_likeness *out, gr_error *err);
/* The same in words, in the arena: "the same name and employer when compared: jane roe, acme fund". */
gr_status gr_likeness_print(const gr_names *names, const gr_person *a, const gr_person *b,
                            gr_arena *arena, gr_text *out, gr_error *err);

#endif
