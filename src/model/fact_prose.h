/* src/model/fact_prose.h - the words in which a sentence speaks of a fact: one row for each fact of fact.h, and for
 * those that the engine computes. Rule files are told in plain English from these. */
#ifndef GR_MODEL_FACT_PROSE_H
#define GR_MODEL_FACT_PROSE_H

#include "model/fact.h"

typedef struct gr_fact_prose {
    const char *noun;        /* "the kind of thing"; "whether ..." where the words are claims */
    const char *is, *is_not; /* before a word: "the kind of thing is"; NULL: no word needs it */
    const char *words;       /* the phrases, in the order of the words; NULL: it has no words */
    const char *values;      /* the words themselves, as fact.h has them */
    gr_fact_type type;
} gr_fact_prose;

/* What is said for one word: "a ticket" behind is or is_not, or a whole clause and its contrary. */
typedef struct gr_fact_phrase {
    bool is_clause;
    gr_text text, contrary; /* contrary: of a clause only */
} gr_fact_phrase;

/* By the name that rule files use, also worth, unit-worth and firm-kind. False: no such fact. */
bool gr_fact_prose_find(gr_text name, gr_fact_prose *out);
/* False: the fact has no such word. */
bool gr_fact_prose_word(const gr_fact_prose *prose, gr_text word, gr_fact_phrase *out);

#endif
