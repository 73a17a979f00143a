/* src/report/json_finding.h - one finding as a JSON value. */
#ifndef GR_REPORT_JSON_FINDING_H
#define GR_REPORT_JSON_FINDING_H

#include "model/finding.h"
#include "report/json_stream.h"

json_t *gr_json_finding(const gr_finding *finding);
json_t *gr_json_decision(const gr_decision *decision); /* NULL: no memory */
json_t *gr_json_day(gr_day day);
json_t *gr_json_place(gr_place at); /* {"file": .., "line": ..} */

#endif
