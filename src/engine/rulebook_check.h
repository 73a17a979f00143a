/* src/engine/rulebook_check.h - does a rulebook that is well written also make sense? */
#ifndef GR_ENGINE_RULEBOOK_CHECK_H
#define GR_ENGINE_RULEBOOK_CHECK_H

#include "engine/rulebook.h"

/* Tells what can never apply, and what can never decide. */
void gr_rulebook_check(const gr_rulebook *book, gr_problems *problems);

#endif
