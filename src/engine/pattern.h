/* src/engine/pattern.h - regular expressions of rule files, by pcre2. A compiled pattern is immutable and may
 * be shared; a match runs under limits of steps, depth and heap. */
#ifndef GR_ENGINE_PATTERN_H
#define GR_ENGINE_PATTERN_H

#include "base/error.h"

typedef struct gr_pattern gr_pattern;

/* Fails with GR_EINPUT at the given place when source is not a pattern. */
/* is_proved: it was created before; it is not tried once more, and, for a short life, not made fast. */
gr_status gr_pattern_create(gr_text source, gr_place at, bool is_proved, gr_pattern **out,
                            gr_error *err);
void gr_pattern_free(gr_pattern *pattern);

typedef enum gr_match { GR_MATCH_NO, GR_MATCH_YES, GR_MATCH_UNDECIDED } gr_match;

/* GR_MATCH_UNDECIDED when a limit was reached or memory ended: the answer is then unknown. */
gr_match gr_pattern_match(const gr_pattern *pattern, gr_text subject);
/* The same; *found is what matched, a part of subject. */
gr_match gr_pattern_find(const gr_pattern *pattern, gr_text subject, gr_text *found);

#endif
