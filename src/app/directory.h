/* src/app/directory.h - who is known to a ledger, in a file beside it that is looked into without being read: made from the
 * ledger, as settling has it (people/settle.h), and made anew when the ledger has changed otherwise than by approvals. It
 * says nothing that the ledger does not say: who deletes it loses time only. */
#ifndef GR_APP_DIRECTORY_H
#define GR_APP_DIRECTORY_H

#include "app/rules.h"
#include "ledger/ledger.h"
#include "model/person.h"

typedef struct gr_directory gr_directory;

/* The directory of the ledger as it stands now; the ledger is open, and within one reading or writing transaction. */
gr_status gr_directory_open(const gr_rules *rules, gr_ledger *ledger, const char *path,
                            gr_directory **out, gr_error *err);
/* Does it still say what the ledger says? Cheap: asked before every answer. */
gr_status gr_directory_is_current(gr_directory *directory, gr_ledger *ledger, bool *out,
                                  gr_error *err);
void gr_directory_close(gr_directory *directory); /* accepts NULL */

/* Gifts to other may be meant for principal: rows of recipients in the ledger. */
typedef struct gr_known_relation {
    int64_t principal, other;
    gr_through through;
} gr_known_relation;

typedef struct gr_acquaintance {
    gr_list row;      /* of int64_t: recipients of the ledger, as written, each once, rising */
    gr_list relation; /* of gr_known_relation, among those */
} gr_acquaintance;

/* Adds everybody who is, or may be, the one asked for, with all their other spellings; everybody to whom these are linked,
 * from either side, with theirs. Settling just those, with the one asked for among them, comes to the same as settling
 * everybody. Rows that came since the directory was made are among them where they share a key. */
gr_status gr_directory_meet(gr_directory *directory, gr_ledger *ledger, const gr_person *asked,
                            gr_acquaintance *out, gr_error *err);
/* Rows of recipients whose name or id begins with, or whose words begin with, what somebody is typing; at most count, the
 * best first: for searching as one types. Adds to a list of int64_t, one row for each person. */
gr_status gr_directory_search(gr_directory *directory, gr_ledger *ledger, gr_text typed,
                              size_t count, gr_list *rows, gr_error *err);
/* After an audit: makes the file anew where there is one that is not current, so that the next answer need not. A failure
 * says nothing of the audit. */
gr_status gr_directory_refresh(const gr_rules *rules, const char *path, gr_error *err);

#endif
