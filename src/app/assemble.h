/* src/app/assemble.h - from a finished run to the report model: grouped by account executive, sorted, counted. */
#ifndef GR_APP_ASSEMBLE_H
#define GR_APP_ASSEMBLE_H

#include "app/run.h"
#include "model/report.h"

/* Makes the report; on success it owns the run. */
gr_status gr_assemble(const gr_rules *rules, gr_run *run, gr_report **out, gr_error *err);

#endif
