/* src/engine/reason.h - the words of a finding: why, what to ask, what either answer would mean. */
#ifndef GR_ENGINE_REASON_H
#define GR_ENGINE_REASON_H

#include "engine/judge.h"
#include "engine/view.h"

/* Fill the texts of f; false when there is no memory. */
bool gr_reason_limit(const gr_case *c, gr_arena *arena, gr_finding *f);
bool gr_reason_near(const gr_case *c, gr_arena *arena, gr_finding *f);
bool gr_reason_breach(const gr_tally *tally, const gr_breach *breach, const gr_who *who,
                      gr_arena *arena, gr_finding *f);
/* Why a share counts as it does; empty when it plainly counts. is_partly: only on some of its days. */
gr_text gr_reason_item(const gr_shares *shares, const gr_group *group, const gr_item *item,
                       bool is_partly, gr_arena *arena);
/* How a recipient is called in a sentence. */
gr_text gr_reason_name(const gr_who *who, uint32_t recipient, gr_arena *arena);

#endif
