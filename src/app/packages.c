/* src/app/packages.c - a folder for each account executive, ready to be sent. */
#include "base/error.h"
#include "model/report.h"

gr_status gr_packages_save(const gr_report *report, const char *key, const char *path,
                           size_t *count, gr_error *err)
{
    (void)report, (void)key, (void)count;
    return gr_fail(err, GR_EUSAGE, (gr_place){ path, 0, 0 }, "",
                   "packages are still to be written");
}
