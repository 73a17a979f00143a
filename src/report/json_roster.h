/* src/report/json_roster.h - what a roster tells, as members of the JSON report. The names are a contract: add, never
 * rename. Nothing is written where there is no roster. */
#ifndef GR_REPORT_JSON_ROSTER_H
#define GR_REPORT_JSON_ROSTER_H

#include "model/report.h"
#include "report/json_stream.h"

/* Members of an account executive; of the report. */
void gr_json_put_staff(gr_json *json, const gr_executive *who, const gr_rostered *roster);
void gr_json_put_roster(gr_json *json, const gr_report *report);

json_t *gr_json_remark(const gr_roster_remark *remark);
json_t *gr_json_client(const gr_client *client);

#endif
