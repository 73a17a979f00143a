/* src/detect/detect.c - see detect.h. */
#include "detect/detect.h"

#include "base/os.h"

struct gr_detector {
    const gr_ruleset *set;
};

gr_status gr_detector_create(const gr_ruleset *set, gr_detector **out, gr_error *err)
{
    gr_detector *detector = gr_os_alloc(sizeof *detector);

    if (!detector)
        return gr_fail_memory(err);
    *detector = (gr_detector){ .set = set };
    *out = detector;
    return GR_OK;
}

void gr_detector_free(gr_detector *detector)
{
    gr_os_free(detector);
}

gr_status gr_detector_take(gr_detector *detector, const gr_record *record, uint32_t gift,
                           uint32_t giver, const uint32_t *recipient, gr_error *err)
{
    (void)detector, (void)record, (void)gift, (void)giver, (void)recipient, (void)err;
    return GR_OK;
}

void gr_detector_cut(gr_detector *detector, uint32_t gift_count)
{
    (void)detector, (void)gift_count;
}

bool gr_detector_needs_all(const gr_detector *detector)
{
    (void)detector;
    return false;
}

gr_status gr_detector_find(gr_detector *detector, const gr_subject *subject, gr_error *err)
{
    (void)detector, (void)subject, (void)err;
    return GR_OK;
}
