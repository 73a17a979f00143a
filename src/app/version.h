/* src/app/version.h - which of two versions of a record came first. */
#ifndef GR_APP_VERSION_H
#define GR_APP_VERSION_H

#include "base/text.h"

bool gr_version_is_older(gr_text version, gr_text than);

#endif
