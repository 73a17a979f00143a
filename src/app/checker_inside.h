/* src/app/checker_inside.h - what the files of the checker share: checker.c has its handles, checker_load.c reads whom a
 * gift is about, checker_judge.c judges with and without it, checker_answer.c tells, checker_largest.c asks what else
 * would be answered, checker_reserve.c books. */
#ifndef GR_APP_CHECKER_INSIDE_H
#define GR_APP_CHECKER_INSIDE_H

#include "app/checker.h"
#include "app/directory.h"
#include "app/intake.h"
#include "engine/judge.h"

/* The format of approvals, given by us or by others. */
#define GR_APPROVALS "approvals"

/* One handle on the ledger. */
typedef struct gr_side {
    gr_ledger *ledger; /* NULL: not open */
    gr_directory *directory;
    gr_fetcher *fetcher; /* knows the sources up to run */
    int64_t run;
} gr_side;

struct gr_checker {
    const gr_rules *rules;
    const char *path;
    gr_side reading, writing;
    bool has_limit; /* there is one that allowances are told of: */
    uint16_t book;
    size_t limit;
};

/* A verdict before the gift, to tell what it changes. */
typedef struct gr_found_before {
    gr_text id;
    gr_verdict verdict;
} gr_found_before;

/* One gift that is asked about. */
typedef struct gr_checking {
    gr_checker *checker;
    gr_side *side;
    const gr_record *planned;
    gr_day as_of;
    gr_text except;
    gr_arena *arena;
    gr_intake intake;
    gr_list source_row; /* of int64_t: of each source of the intake, its row */
    gr_who who;
    uint32_t giver;
    uint32_t *recipient; /* of each of the gift's, its number */
    bool *wanted;        /* of each recipient of the intake: is it judged? */
    bool *kept;          /* and does the ledger know it? */
    uint32_t source;     /* of the planned gift */
    gr_list before;      /* of gr_found_before, by id */
} gr_checking;

/* Everything the gift is about is read, settled and judged without it. *c is to be freed also after a failure. */
gr_status gr_checking_open(gr_checking *c, gr_error *err);
void gr_checking_free(gr_checking *c);

/* Within *_open(): what there is of the ledger; who is who; what was found before. */
gr_status gr_checking_load(gr_checking *c, gr_error *err);

/* Judges with the gift as record has it, which is left in the tally as the last one; out is to be freed. */
gr_status gr_checking_judge(gr_checking *c, const gr_record *record, bool keep_compliant,
                            gr_judgement *out, uint32_t *gift, gr_error *err);
/* Takes the gift out of the tally again. */
void gr_checking_undo(gr_checking *c, uint32_t gift);
/* Is it about this gift, or worse than without it? */
bool gr_checking_is_told(const gr_checking *c, const gr_judged *judged, uint32_t gift);
gr_clearance gr_checking_clearance(const gr_checking *c, const gr_judgement *judgement,
                                   uint32_t gift);
/* The answer if the gift were so. */
gr_status gr_checking_try(gr_checking *c, const gr_record *record, gr_clearance *out,
                          gr_error *err);

/* Allowances of the gift's recipients, as the tally stands; recipient_count entries. */
gr_status gr_checking_allow(gr_checking *c, gr_recipient_answer *out, bool is_after, gr_error *err);

gr_status gr_checking_largest(gr_checking *c, gr_preapproval *out, gr_error *err);
gr_status gr_checking_missing(gr_checking *c, uint32_t gift, gr_preapproval *out, gr_error *err);
gr_status gr_checking_tell(gr_checking *c, const gr_judgement *judgement, uint32_t gift,
                           gr_preapproval *out, gr_error *err);

/* Opens, or freshens, what a side has; within its transaction. */
gr_status gr_side_prepare(gr_checker *checker, gr_side *side, gr_error *err);
void gr_side_close(gr_side *side);
gr_status gr_checker_answer(gr_checker *checker, gr_side *side, const gr_record *planned,
                            gr_day as_of, gr_text except, gr_arena *arena, gr_preapproval *out,
                            gr_error *err);

/* Of an approval in force: the last day on which it counts; GR_DAY_LAST where it was given. */
gr_day gr_approval_end(const gr_checker *checker, const gr_record *approval);
bool gr_approval_is_given(const gr_record *approval);

#endif
