/* src/report/letter.h - texts letter by letter, defended: what is no UTF-8 becomes U+FFFD. */
#ifndef GR_REPORT_LETTER_H
#define GR_REPORT_LETTER_H

#include "base/text.h"

typedef struct gr_letter {
    int32_t code;  /* Unicode code point */
    gr_text bytes; /* its UTF-8; a view into the text, or into a constant */
} gr_letter;

/* Takes the next letter off the front of *rest. False at the end. */
bool gr_letter_next(gr_text *rest, gr_letter *out);
/* As a terminal may see it: white space is a space, what would steer the terminal is U+FFFD. */
bool gr_letter_tame(gr_text *rest, gr_letter *out);
unsigned gr_letter_columns(const gr_letter *letter);
/* The bytes at the front from first (' ' or '!') to '~': one column each, and nothing to tame. Most texts
 * are made of them, and they are written four times as fast in one piece. */
size_t gr_text_plain(gr_text text, char first);
/* The columns of the whole text, tamed. */
unsigned gr_text_columns(gr_text text);
bool gr_text_valid(gr_text text); /* all UTF-8 */

#endif
