/* src/app/verdicts.c - see verdicts.h. Matching comes first: a gift that was seen twice counts once. */
#include "app/verdicts.h"

#include "app/joined.h"
#include "app/roster_findings.h"

gr_status gr_verdicts_find(gr_intake *intake, const gr_who *who, gr_judgement *judgement,
                           gr_error *err)
{
    gr_subject subject = { intake->tally, who, judgement };
    gr_status status = gr_reconcile(intake->reconciliation, intake->tally, who, err);

    if (status == GR_OK)
        status = gr_judge(intake->tally, who, judgement, err);
    if (status == GR_OK)
        status = gr_reconciliation_find(intake->reconciliation, &subject, err);
    if (status == GR_OK)
        status = gr_detector_find(intake->detector, &subject, err);
    if (status == GR_OK)
        status = gr_intake_settle_roster(intake, err);
    if (status == GR_OK)
        status = gr_roster_findings_find(intake, &subject, err);
    if (status == GR_OK)
        status = gr_joined_find(intake, who, judgement, err);
    return status;
}
