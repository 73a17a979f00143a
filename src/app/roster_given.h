/* src/app/roster_given.h - what others gave to the people of one's clients. The day decides who is responsible: that of the
 * gift, and of a finding the day that it is about. */
#ifndef GR_APP_ROSTER_GIVEN_H
#define GR_APP_ROSTER_GIVEN_H

#include "app/roster_report.h"

/* By place of the account executive in the roster: rows by name, id and employer of the recipient. giver has the place of
 * each giver in the roster, or GR_NONE; book is the rulebook that counts, or GR_NO_BOOK. */
typedef struct gr_given_rows {
    const gr_given *row;
    size_t count;
} gr_given_rows;

gr_status gr_roster_given(const gr_rostering *from, const uint32_t *giver, uint16_t book,
                          gr_given_rows *out, gr_error *err);

#endif
