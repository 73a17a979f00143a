/* src/app/rules_kept.c - see rules_kept.h. */
#include "app/rules_kept.h"

#include "base/os.h"

/* Choices that were set for the run, as they were given. */
static size_t list_settings(const gr_rules_used *used, gr_setting *out)
{
    size_t n = 0;

    for (size_t i = 0; i < used->choice_count; i++)
        if (used->choice[i].set_for_run)
            out[n++] = (gr_setting){ used->choice[i].name.ptr, used->choice[i].value.ptr };
    return n;
}

static gr_status fail_wanted(const char *path, const gr_rules_used *used, gr_error *err)
{
    return gr_fail(err, GR_EINPUT, (gr_place){ path, 0, 0 },
                   "name their folder with --rules, or judge anew: giftrule audit --ledger",
                   "the rules at hand are not those that judged this ledger (%.12s)",
                   used->sha256.ptr);
}

gr_status gr_rules_of_ledger(gr_ledger *ledger, const char *path, int64_t run,
                             const gr_rules_used *used, const char *folder, gr_rules **out,
                             gr_error *err)
{
    gr_setting *setting = gr_os_alloc(sizeof *setting * (used->choice_count + 1));
    gr_rules *rules = NULL;
    gr_status status;

    (void)ledger, (void)run;
    if (!setting)
        return gr_fail_memory(err);
    status = folder ? gr_rules_load(folder, setting, list_settings(used, setting), NULL, NULL,
                                    &rules, err)
                    : fail_wanted(path, used, err);
    gr_os_free(setting);
    if (status == GR_OK && used->sha256.len > 0 &&
        !gr_text_equal(used->sha256, gr_text_of(rules->sha256))) {
        gr_rules_free(rules);
        return fail_wanted(path, used, err);
    }
    if (status == GR_OK)
        *out = rules;
    return status;
}
