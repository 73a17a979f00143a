/* src/app/gift_book.h - makes the book of gifts of a report (model/gift_book.h) from a ledger: everything up to one run is
 * read, known again, ruled upon and added up as an audit does, but nothing is found and nothing is written. */
#ifndef GR_APP_GIFT_BOOK_H
#define GR_APP_GIFT_BOOK_H

#include "app/filter.h"
#include "app/intake.h"
#include "model/report.h"

typedef struct gr_bookkeeper gr_bookkeeper;

typedef struct gr_book_wanted {
    const gr_rules *rules; /* by which the ledger was judged then; lives as long as the book */
    int64_t run;
    const char *rule; /* id of a rulebook; NULL: the first with a yearly limit */
    gr_intake *
        intake; /* what that run has just judged, with who is who; lives as long as the book; NULL: the ledger is
                          read */
    const gr_who *who;
    gr_filtering *filtering; /* which gifts are listed; NULL: all. Lives as long as the book */
} gr_book_wanted;

/* Reads the ledger, which was opened for reading, and who is who; the keeper owns the ledger from now on, also after a
 * failure. *out is to be freed. GR_EUSAGE: there is no such rulebook, or it has no yearly limit. */
gr_status gr_bookkeeper_open(const gr_book_wanted *wanted, gr_ledger *ledger, gr_arena *arena,
                             gr_bookkeeper **out, gr_error *err);
/* What it has read, for whoever needs the gifts themselves. */
const gr_intake *gr_bookkeeper_gifts(const gr_bookkeeper *keeper, const gr_who **who);
/* Gives the report its book, of gifts given on its days, once its account executives are known. */
gr_status gr_bookkeeper_give(gr_bookkeeper *keeper, gr_report *report, gr_error *err);
void gr_bookkeeper_free(gr_bookkeeper *keeper); /* accepts NULL */

#endif
