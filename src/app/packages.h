/* src/app/packages.h - which packages there are, and in which folders. */
#ifndef GR_APP_PACKAGES_H
#define GR_APP_PACKAGES_H

#include "base/list.h"
#include "model/evidence.h"

typedef struct gr_package_of {
    gr_package told;
    size_t executive; /* place in the report */
} gr_package_of;

/* One for each account executive with something to tell, in the order of the report: of gr_package_of. */
gr_status gr_packages_name(const gr_report *report, gr_arena *arena, gr_list *out, gr_error *err);

#endif
