/* src/ledger/rules_store.h - the rules that have judged, as they stood then. */
#ifndef GR_LEDGER_RULES_STORE_H
#define GR_LEDGER_RULES_STORE_H

#include "base/list.h"
#include "ledger/ledger.h"

/* One rule set. */
typedef struct gr_rules_kept {
    int64_t rules;         /* its row */
    int64_t run, last_run; /* first and last of those asked for that it had judged at their end */
    gr_text sha256;
    gr_text program, started; /* of the first: which giftrule, when */
    const gr_choice *choice;
    size_t choice_count;
    uint64_t file_count; /* 0: a ledger of version 3 or before kept none */
} gr_rules_kept;

/* Those in force at the end of a run from ... to, by row: of gr_rules_kept, in memory of the arena. */
gr_status gr_ledger_rules_between(gr_ledger *ledger, int64_t from, int64_t to, gr_arena *arena,
                                  gr_list *out, gr_error *err);
/* The files of a set, by name: of gr_rule_file. */
gr_status gr_ledger_rules_files(gr_ledger *ledger, int64_t rules, gr_arena *arena, gr_list *out,
                                gr_error *err);
/* The same of the latest set with this digest that has any. */
gr_status gr_ledger_rules_files_of(gr_ledger *ledger, gr_text sha256, gr_arena *arena, gr_list *out,
                                   gr_error *err);
/* Adds the digests of the files by which was judged last to a list of gr_text. */
gr_status gr_ledger_rules_digests(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err);
/* The first run that brought a record of these days; 0: none did. */
gr_status gr_ledger_first_run_of_days(gr_ledger *ledger, gr_day from, gr_day to, int64_t *out,
                                      gr_error *err);

#endif
