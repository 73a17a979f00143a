/* src/report/people.h - writes who is who in one of its formats. It decides nothing. */
#ifndef GR_REPORT_PEOPLE_H
#define GR_REPORT_PEOPLE_H

#include "base/writer.h"
#include "model/whois.h"

gr_status gr_candidates_text(const gr_candidates *told, unsigned width, bool colour,
                             gr_writer *writer, gr_error *err);
gr_status gr_candidates_json(const gr_candidates *told, gr_writer *writer, gr_error *err);

gr_status gr_whois_text(const gr_whois *whois, size_t count, unsigned width, bool colour,
                        gr_writer *writer, gr_error *err);
gr_status gr_whois_json(const gr_whois *whois, size_t count, gr_writer *writer, gr_error *err);

gr_status gr_identity_text(const gr_identity_told *told, unsigned width, bool colour,
                           gr_writer *writer, gr_error *err);
gr_status gr_identity_json(const gr_identity_told *told, gr_writer *writer, gr_error *err);

#endif
