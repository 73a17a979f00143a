/* src/app/mask.h - texts in which nobody is named: people that are known are replaced wherever they are mentioned. */
#ifndef GR_APP_MASK_H
#define GR_APP_MASK_H

#include "app/audience.h"

/* One who is mentioned, by one id or one name. */
typedef struct gr_masked {
    gr_text text, instead;
    bool is_giver;
    gr_text id, name; /* of whom it is */
} gr_masked;

struct gr_mask {
    gr_arena *arena;
    gr_arena *making;  /* where pseudonyms are put: arena, or passing while lines pass */
    gr_arena *passing; /* of one line of a book, once it is masked */
    gr_arena *scratch; /* of one line, while it is */
    gr_audience role;
    const gr_report *report;
    gr_list entry; /* of gr_masked */
    gr_table word; /* places in entry, by their first word */
    gr_list near;  /* of gr_masked: those of one finding, who come before others of the same name */
    gr_list room;  /* of char: a text being made */
    struct gr_viewing *viewing; /* the latest view; owned */
    gr_text own_id, own_name;   /* of the account executive who may see himself or herself */
    bool no_memory;
};

/* "Recipient 3f2a9c04b1": the same for the same id, or name and employer, in every report. Whoever knows the name can make
 * it too: it hides people from those who do not know them already. */
gr_text gr_mask_recipient(gr_mask *mask, gr_text id, gr_text name, gr_text employer);
gr_text gr_mask_giver(gr_mask *mask, gr_text id, gr_text name);

/* Texts that are no names of people are left: numbers would be found in amounts. */
void gr_mask_know(gr_mask *mask, gr_list *list, gr_text text, gr_masked one);
bool gr_mask_is_own(const gr_mask *mask, gr_text id, gr_text name);

/* What the role may read of it; where nothing is to be hidden the text itself. On want of memory mask->no_memory. */
gr_text gr_mask_text(gr_mask *mask, gr_arena *arena, gr_text text);
/* Where the role must not see folders, which may be named after people: the name of the file. */
gr_text gr_mask_file(const gr_mask *mask, gr_text path);
const char *gr_mask_path(const gr_mask *mask, const char *path);

#endif
