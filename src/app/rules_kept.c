/* src/app/rules_kept.c - see rules_kept.h. Kept files are written into a folder of their own below TMPDIR, which only its
 * owner can read, loaded from there as any rule folder is, and removed at once, whether or not that went well. */
#include "app/rules_kept.h"

#include "base/os.h"
#include "ledger/rules_store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, PLACES = 100 };

static bool is_used(const gr_rules_used *used, const gr_rules *rules)
{
    return gr_text_equal(used->sha256, gr_text_of(rules->sha256));
}

/* Choices that were set for the run, as they were given. */
static size_t list_settings(const gr_rules_used *used, gr_setting *out)
{
    size_t n = 0;

    for (size_t i = 0; i < used->choice_count; i++)
        if (used->choice[i].set_for_run)
            out[n++] = (gr_setting){ used->choice[i].name.ptr, used->choice[i].value.ptr };
    return n;
}

/* ---- a place for them ---- */

typedef struct unpacked {
    char at[PATH_BYTES];
    gr_list file; /* of gr_rule_file */
    bool has_rates;
} unpacked;

static gr_status make_place(unpacked *u, gr_error *err)
{
    const char *within = getenv("TMPDIR");

    within = within && *within ? within : "/tmp";
    for (int i = 0; i < PLACES; i++) {
        if (snprintf(u->at, sizeof u->at, "%s/giftrule-rules-%ld-%d", within, (long)getpid(), i) >=
            (int)sizeof u->at - 512)
            errno = ENAMETOOLONG;
        else if (gr_os_make_folder(u->at, 0700) == 0)
            return GR_OK;
        if (errno != EEXIST)
            break;
    }
    u->at[0] = '\0';
    return gr_fail_io(err, within, "make a folder for rule files");
}

/* "policy.xml", "schema/policy.xsd": one folder deep, of what a rule folder has. */
static const char *folder_of(gr_text name)
{
    static const char *const folders[] = { "formats/", "rulebooks/", "schema/" };

    for (size_t i = 0; i < GR_COUNT(folders); i++)
        if (gr_text_starts(name, gr_text_of(folders[i])))
            return folders[i];
    return "";
}

static bool is_good_name(gr_text name)
{
    size_t within = strlen(folder_of(name));
    gr_text rest = gr_text_slice(name, within, name.len);

    return rest.len > 0 && rest.len < 256 && rest.ptr[0] != '.' &&
           !memchr(rest.ptr, '/', rest.len) && strlen(rest.ptr) == rest.len;
}

static gr_status write_file(const unpacked *u, const gr_rule_file *file, gr_error *err)
{
    char path[PATH_BYTES + 512];
    gr_status status = GR_OK;
    int fd;

    if (!is_good_name(file->name))
        return gr_fail(err, GR_EINPUT, GR_NOWHERE, "see: giftrule ledger verify",
                       "a rule file is kept under the name '%.100s'", file->name.ptr);
    snprintf(path, sizeof path, "%s/%s", u->at, folder_of(file->name));
    if (*folder_of(file->name) && gr_os_make_folder(path, 0700) != 0 && errno != EEXIST)
        return gr_fail_io(err, path, "make this folder");
    snprintf(path, sizeof path, "%s/%s", u->at, file->name.ptr);
    fd = gr_os_create(path);
    if (fd < 0)
        return gr_fail_io(err, path, "write");
    if (gr_os_write(fd, file->bytes.ptr, file->bytes.len) < 0)
        status = gr_fail_io(err, path, "write");
    if (gr_os_close(fd) != 0 && status == GR_OK)
        status = gr_fail_io(err, path, "write");
    return status;
}

static gr_status unpack(unpacked *u, gr_error *err)
{
    gr_status status = make_place(u, err);

    for (size_t i = 0; i < u->file.count && status == GR_OK; i++) {
        const gr_rule_file *file = GR_AT(u->file, gr_rule_file, i);

        status = write_file(u, file, err);
        u->has_rates = u->has_rates || gr_text_is(file->name, GR_RATES_OF_RUN);
    }
    return status;
}

static void remove_place(const unpacked *u)
{
    static const char *const folders[] = { "formats", "rulebooks", "schema", "" };
    char path[PATH_BYTES + 512];

    if (!u->at[0])
        return;
    for (size_t i = 0; i < u->file.count; i++) {
        gr_text name = GR_AT(u->file, gr_rule_file, i)->name;

        snprintf(path, sizeof path, "%s/%s", u->at, name.ptr);
        if (is_good_name(name))
            gr_os_remove(path);
    }
    for (size_t i = 0; i < GR_COUNT(folders); i++) {
        snprintf(path, sizeof path, "%s/%s", u->at, folders[i]);
        gr_os_remove_folder(path);
    }
}

/* ---- the two ways ---- */

/* The folder may be of another firm, or of another year: that is no failure, and nobody is told of errors in it. */
static gr_status load_at_hand(const char *folder, const gr_rules_used *used,
                              const gr_setting *setting, size_t count, gr_rules **out,
                              gr_error *err)
{
    gr_problems problems = { 0 };
    gr_rules *rules = NULL;
    gr_status status = gr_rules_load_with(folder, NULL, setting, count, &problems, &rules, err);

    *out = NULL;
    if (status == GR_OK && used->sha256.len > 0 && !is_used(used, rules)) {
        gr_rules_free(rules);
        return GR_OK;
    }
    if (status == GR_OK)
        *out = rules;
    return used->sha256.len > 0 && status != GR_ENOMEM ? GR_OK : status;
}

static gr_status load_unpacked(const unpacked *u, const gr_setting *setting, size_t count,
                               gr_rules **out, gr_error *err)
{
    char rates[PATH_BYTES + 512];
    gr_problems problems = { 0 };

    snprintf(rates, sizeof rates, "%s/" GR_RATES_OF_RUN, u->at);
    return gr_rules_load_with(u->at, u->has_rates ? rates : NULL, setting, count, &problems, out,
                              err);
}

static gr_status fail_wanted(const char *path, const gr_rules_used *used, bool are_kept,
                             gr_error *err)
{
    return gr_fail(
        err, GR_EINPUT, (gr_place){ path, 0, 0 },
        are_kept ? "use the giftrule that judged it, or judge anew: giftrule audit --ledger"
                 : "name their folder with --rules, or judge anew: giftrule audit --ledger",
        are_kept ? "the rules that judged this ledger (%.12s) were read by another giftrule"
                 : "the rules at hand are not those that judged this ledger (%.12s), and it "
                   "kept none",
        used->sha256.ptr);
}

static gr_status load_kept(gr_ledger *ledger, const char *path, const gr_rules_used *used,
                           const gr_setting *setting, size_t count, gr_rules **out, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    unpacked u = { .file = GR_LIST(gr_rule_file) };
    gr_rules *rules = NULL;
    gr_status status = arena ? gr_ledger_rules_files_of(ledger, used->sha256, arena, &u.file, err)
                             : gr_fail_memory(err);

    if (status == GR_OK && u.file.count == 0)
        status = fail_wanted(path, used, false, err);
    if (status == GR_OK)
        status = unpack(&u, err);
    if (status == GR_OK)
        status = load_unpacked(&u, setting, count, &rules, err);
    remove_place(&u);
    if (status == GR_OK && !is_used(used, rules)) {
        gr_rules_free(rules);
        status = fail_wanted(path, used, true, err);
    }
    if (status == GR_OK)
        *out = rules;
    gr_list_free(&u.file);
    gr_arena_free(arena);
    return status;
}

gr_status gr_rules_of_ledger(gr_ledger *ledger, const char *path, int64_t run,
                             const gr_rules_used *used, const char *folder, gr_rules **out,
                             gr_error *err)
{
    gr_setting *setting = gr_os_alloc(sizeof *setting * (used->choice_count + 1));
    size_t count = setting ? list_settings(used, setting) : 0;
    gr_rules *rules = NULL;
    gr_status status = setting ? GR_OK : gr_fail_memory(err);

    (void)run;
    if (status == GR_OK && folder)
        status = load_at_hand(folder, used, setting, count, &rules, err);
    if (status == GR_OK && !rules)
        status = load_kept(ledger, path, used, setting, count, &rules, err);
    gr_os_free(setting);
    if (status == GR_OK)
        *out = rules;
    return status;
}
