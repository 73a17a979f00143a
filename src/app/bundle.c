/* src/app/bundle.c - what an examiner asks for, in one folder. */
#include "base/error.h"
#include "model/report.h"

gr_status gr_bundle_save(const gr_bundle_options *options, gr_error *err)
{
    return gr_fail(err, GR_EUSAGE, (gr_place){ options->path, 0, 0 }, "",
                   "bundles are still to be written");
}
