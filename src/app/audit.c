/* src/app/audit.c - the batch audit: one run that is kept, and its report. */
#include "app/assemble.h"

gr_status gr_audit(const gr_rules *rules, const gr_audit_options *options, gr_report **out,
                   gr_error *err)
{
    gr_run run;
    gr_status status = gr_run_make(rules, options, true, &run, err);

    if (status == GR_OK)
        status = gr_assemble(rules, &run, out, err);
    if (status != GR_OK)
        gr_run_free(&run);
    return status;
}
