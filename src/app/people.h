/* src/app/people.h - what the files of `giftrule people` share: everybody, settled, and how somebody is named. */
#ifndef GR_APP_PEOPLE_H
#define GR_APP_PEOPLE_H

#include "app/run.h"
#include "model/whois.h"
#include "people/settle.h"

/* Everybody of a run or of a ledger, with who is who. All borrowed but alive. */
typedef struct gr_company {
    const gr_intake *intake;
    gr_who who;
    bool *
        alive; /* of each recipient: something that is in force names it, or somebody has decided on it; owned */
    uint32_t *stands;      /* of each person: the spelling that stands for it; owned */
    uint32_t *stands_base; /* and for who is one by id, name and employer alone */
    uint32_t count;
    gr_arena *arena;
} gr_company;

/* Reads exports and ledger, and keeps nothing. GR_EINPUT: an export cannot be read, and the list would lack its people.
 * *out is to be freed with gr_run_free(), also after a failure. */
gr_status gr_people_read(const gr_rules *rules, const gr_audit_options *options, gr_run *out,
                         gr_error *err);

/* Passes all pairs on whom nobody has decided, the best first, to take: once. They live during the call. */
typedef gr_status (*gr_on_candidates)(void *context, const gr_candidates *candidates,
                                      gr_error *err);
gr_status gr_candidates_find(const gr_rules *rules, const gr_audit_options *options,
                             gr_on_candidates take, void *context, gr_error *err);

/* After settling. Frees with gr_company_free(), also after a failure. */
gr_status gr_company_open(const gr_intake *intake, const gr_who *who, gr_arena *arena,
                          gr_company *out, gr_error *err);
void gr_company_free(gr_company *company);

/* The name of a recipient as it is written, and of the person that it is. mark.ptr NULL: no memory. */
gr_whois_name gr_company_written(const gr_company *company, uint32_t recipient);
gr_whois_name gr_company_person(const gr_company *company, uint32_t person);

/* One recipient, as it is written, by its mark, the beginning of it, or by an id that only one person has. GR_EINPUT,
 * GR_EUSAGE. */
gr_status gr_company_find(const gr_company *company, const char *named, uint32_t *out,
                          gr_error *err);
/* Adds to persons, a list of uint32_t, who is named so, or has all words of the text in a name. */
gr_status gr_company_search(const gr_company *company, const char *text, gr_list *persons,
                            gr_error *err);

#endif
