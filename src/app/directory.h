/* src/app/directory.h - by what the people of a ledger are found, in a file beside it that is looked into without being
 * read: the keys of everybody (people/keys.h), and whom the roster relates. It says nothing that the ledger does not
 * say: who deletes it loses time only. Who came since it was made is looked at one by one; when they are many, or the
 * roster is another one, it is made anew. */
#ifndef GR_APP_DIRECTORY_H
#define GR_APP_DIRECTORY_H

#include "app/rules.h"
#include "ledger/ledger.h"
#include "model/person.h"

typedef struct gr_directory gr_directory;

/* The directory of the ledger as it stands now; the ledger is open, within one transaction of reading or writing. Where the
 * file cannot be written, it is made in memory. */
gr_status gr_directory_open(const gr_rules *rules, gr_ledger *ledger, const char *path,
                            gr_directory **out, gr_error *err);
/* Can it still be used? Cheap: asked before every answer. */
gr_status gr_directory_is_current(gr_directory *directory, gr_ledger *ledger, bool *out,
                                  gr_error *err);
void gr_directory_close(gr_directory *directory); /* accepts NULL */

/* After a run: makes it anew where there is one that cannot be used any more, so that nobody waits for it later. A failure
 * says nothing of the run. */
gr_status gr_directory_refresh(const gr_rules *rules, const char *path, gr_error *err);

/* Gifts to other may be meant for principal: rows of recipients in the ledger. */
typedef struct gr_known_relation {
    int64_t principal, other;
    gr_through through;
} gr_known_relation;

typedef struct gr_acquaintance {
    gr_list row; /* of int64_t: recipients of the ledger, as written; in no order, some twice */
    gr_list relation; /* of gr_known_relation, of those */
} gr_acquaintance;

/* Adds everybody who is, or may be, the one asked for; and everybody whom the roster relates to these. Settling just those,
 * with the one asked for among them, says of that one what settling everybody would say. */
gr_status gr_directory_meet(gr_directory *directory, gr_ledger *ledger, const gr_person *asked,
                            gr_acquaintance *out, gr_error *err);

#endif
