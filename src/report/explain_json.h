/* src/report/explain_json.h - parts of an explanation as JSON values; each is NULL when there was no memory. */
#ifndef GR_REPORT_EXPLAIN_JSON_H
#define GR_REPORT_EXPLAIN_JSON_H

#include "model/explanation.h"
#include "report/json_stream.h"

json_t *gr_json_gift(const gr_explanation *explanation, const gr_explained_gift *gift);

/* "300.01"; a number of gifts where these are counted. */
json_t *gr_json_amount(bool is_count, gr_wide num, int64_t den);
/* {"certain": .., "possible": .., "exact": ..}; exact: fractions of cents, where there are any. */
json_t *gr_json_interval(bool is_count, gr_wide low, gr_wide high, bool is_unbounded, int64_t den);
json_t *gr_json_backing(const gr_backing *backing);
json_t *gr_json_texts(const gr_text *text, size_t count);
json_t *gr_json_answer(gr_answer answer);
/* Passes the object on, or frees it and gives NULL. */
json_t *gr_json_whole(json_t *object, bool is_complete);

#endif
