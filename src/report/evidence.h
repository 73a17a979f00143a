/* src/report/evidence.h - what stands beside reports in packages and in an examiner's bundle. It decides nothing. */
#ifndef GR_REPORT_EVIDENCE_H
#define GR_REPORT_EVIDENCE_H

#include "base/error.h"
#include "base/writer.h"
#include "model/evidence.h"
#include "model/history.h"

/* Tables as the other tables of a report: RFC 4180, and no cell can start a formula. */
void gr_packages_csv(const gr_package *package, size_t count, gr_writer *writer);
void gr_decisions_csv(const gr_evidence_decision *decision, size_t count, gr_writer *writer);
void gr_trail_csv(const gr_trail_link *link, size_t count, gr_writer *writer);
void gr_rule_sets_csv(const gr_evidence_rules *rules, size_t count, gr_writer *writer);
void gr_rule_choices_csv(const gr_evidence_rules *rules, gr_writer *writer);

gr_status gr_trail_json(const gr_bundle *bundle, gr_writer *writer, gr_error *err);
/* What is in a bundle, and how to check it. */
gr_status gr_bundle_page(const gr_bundle *bundle, gr_writer *writer, gr_error *err);

#endif
