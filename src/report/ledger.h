/* src/report/ledger.h - writes what is told of a ledger, in one of its formats. It decides nothing. */
#ifndef GR_REPORT_LEDGER_H
#define GR_REPORT_LEDGER_H

#include "base/arena.h"
#include "base/writer.h"
#include "model/diff.h"
#include "model/retention.h"
#include "model/verification.h"

gr_status gr_verification_text(const gr_verification *verification, unsigned width, bool colour,
                               gr_writer *writer, gr_error *err);
gr_status gr_verification_json(const gr_verification *verification, gr_writer *writer,
                               gr_error *err);

gr_status gr_history_text(const gr_history *history, unsigned width, bool colour, gr_writer *writer,
                          gr_error *err);
gr_status gr_history_json(const gr_history *history, gr_writer *writer, gr_error *err);

gr_status gr_retention_text(const gr_retention *retention, unsigned width, bool colour,
                            gr_writer *writer, gr_error *err);

gr_status gr_diff_text(const gr_diff *diff, unsigned width, bool colour, gr_writer *writer,
                       gr_error *err);
gr_status gr_diff_json(const gr_diff *diff, gr_writer *writer, gr_error *err);

/* A seal as a file of JSON: parse and print are inverses. path: for messages. */
gr_status gr_seal_print(const gr_seal_said *seal, gr_writer *writer, gr_error *err);
gr_status gr_seal_parse(gr_text bytes, const char *path, gr_arena *arena, gr_seal_said *out,
                        gr_error *err);

#endif
