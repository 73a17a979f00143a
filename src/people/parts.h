/* src/people/parts.h - a recipient taken apart, as recipients are compared; and words that are alike but for a letter. */
#ifndef GR_PEOPLE_PARTS_H
#define GR_PEOPLE_PARTS_H

#include "base/arena.h"
#include "model/person.h"
#include "people/names.h"

typedef struct gr_person_parts {
    gr_text id;             /* as it is written */
    gr_text name, employer; /* folded */
    gr_text first, last;    /* of name; first is empty when there is one word only */
    gr_text email;          /* folded */
} gr_person_parts;

/* Texts are the arena's, or the person's. False: no memory. */
bool gr_parts_fold(const gr_names *names, const gr_person *person, gr_arena *arena,
                   gr_person_parts *out);
/* An address without case, white space around it left out; empty when it is none. NULL: no memory. */
gr_text gr_fold_email(gr_text email, gr_arena *arena);

gr_text gr_parts_core(const gr_person_parts *parts);   /* from the first word to the last name */
gr_text gr_parts_suffix(const gr_person_parts *parts); /* "jr"; may be empty */
/* The next word between first and last name, particles left out; *rest starts as gr_parts_between(parts). */
bool gr_parts_middle(const gr_names *names, gr_text *rest, gr_text *word);
gr_text gr_parts_between(const gr_person_parts *parts); /* all between first and last name */

bool gr_word_is_initial(gr_text word);

/* Are they the same but for one letter that is wrong, missing, too much, or exchanged with its neighbour? Not the first
 * one, nor, with keep_last, the last one; nor in a word with digits. */
bool gr_word_is_mistyped(gr_text a, gr_text b, size_t shortest, bool keep_last);

/* The first two letters and the last two: of words that are mistyped one of both is the same, since what is wrong is wrong
 * in one place only. False: the word is too short, or has digits. */
bool gr_word_ends(gr_text word, size_t shortest, gr_text *front, gr_text *back);

#endif
