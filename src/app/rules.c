/* src/app/rules.c - loads a rule folder. A part that fails does not keep the others from being checked. */
#include "app/rules.h"

#include "base/digest.h"
#include "ledger/rules_store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct keeping {
    gr_arena *arena;
    gr_list file;   /* of gr_rule_file, named as they were opened */
    gr_list proved; /* of gr_text: digests of files that need not be checked again */
} keeping;

static const char *path_of(gr_arena *arena, const char *dir, const char *name)
{
    gr_text path = gr_arena_print(arena, "%s/%s", dir, name);

    return path.ptr ? path.ptr : "";
}

/* Remembers the first failure, with its error. A file that is not there is told as an error of the rules; all
 * others have been told already, or are no matter of the rules. */
static void note(gr_status status, const gr_error *error, gr_problems *problems, gr_status *first,
                 gr_error *err)
{
    gr_error told = *error;

    if (status == GR_EIO) {
        told.status = status = GR_EINPUT;
        gr_problems_add(problems, &told);
    }
    if (status == GR_OK || *first != GR_OK)
        return;
    *first = status;
    *err = told;
}

/* One message instead of one for every file that is not there. */
static bool is_folder(gr_arena *arena, const char *dir)
{
    struct stat about;

    return stat(path_of(arena, dir, "policy.xml"), &about) == 0 ||
           stat(path_of(arena, dir, "rulebooks"), &about) == 0;
}

static gr_status load(gr_rules *rules, const char *dir, const char *rates,
                      const gr_setting *settings, size_t count, gr_problems *problems,
                      gr_error *err)
{
    gr_status first = GR_OK;
    gr_error error = { 0 };

    if (!is_folder(rules->arena, dir)) {
        gr_problem(problems, (gr_place){ dir, 0, 0 },
                   "name a folder with policy.xml and rulebooks in it", "this is no rule folder");
        return gr_problems_end(problems, err);
    }
    note(gr_ruleset_load(dir, rates, settings, count, problems, &rules->set, &error), &error,
         problems, &first, err);
    note(gr_formats_load(path_of(rules->arena, dir, "formats"),
                         path_of(rules->arena, dir, "schema/format.xsd"), rules->arena, problems,
                         &rules->formats, &error),
         &error, problems, &first, err);
    note(gr_names_load(path_of(rules->arena, dir, "names.xml"),
                       path_of(rules->arena, dir, "schema/names.xsd"), rules->arena, problems,
                       &rules->names, &error),
         &error, problems, &first, err);
    return first;
}

static void add(gr_digest *digest, gr_text text)
{
    gr_digest_add(digest, text.ptr, text.len);
    gr_digest_add(digest, "", 1);
}

static void digest_rules(gr_rules *rules)
{
    const gr_ruleset *set = rules->set;
    gr_digest digest;

    gr_digest_start(&digest);
    add(&digest, gr_text_of(GR_VERSION));
    for (size_t i = 0; i < set->policy.choice_count; i++) {
        add(&digest, set->policy.choice[i].name);
        add(&digest, set->policy.choice[i].value);
    }
    for (size_t i = 0; i < set->book_count; i++)
        add(&digest, gr_text_of(set->book[i].sha256));
    add(&digest, gr_text_of(set->rates.sha256));
    add(&digest, gr_text_of(set->detection.sha256));
    add(&digest, gr_text_of(set->reconciling.sha256));
    add(&digest, gr_text_of(rules->names.sha256));
    gr_digest_end(&digest, rules->sha256);
}

/* ---- the files themselves ---- */

static bool keep_file(void *context, const char *path, gr_text bytes, const char *sha256)
{
    keeping *k = context;
    gr_rule_file file = { gr_arena_copy(k->arena, gr_text_of(path)), bytes,
                          gr_arena_copy(k->arena, gr_text_of(sha256)) };

    return file.name.ptr && file.sha256.ptr && gr_list_push(&k->file, &file);
}

/* Schemas are read by libxml2: their bytes are read once more. */
static gr_status keep_schemas(keeping *k, const char *dir, gr_error *err)
{
    static const char *const names[] = { "conditions", "detection", "format",   "names",
                                         "policy",     "rates",     "rulebook", "reconciliation" };
    gr_status status = GR_OK;

    for (size_t i = 0; i < GR_COUNT(names) && status == GR_OK; i++) {
        gr_text path = gr_arena_print(k->arena, "%s/schema/%s.xsd", dir, names[i]), bytes;
        char sha256[GR_DIGEST_HEX];
        gr_digest digest;

        status = path.ptr ? gr_rulefile_read(path.ptr, k->arena, &bytes, err) : gr_fail_memory(err);
        if (status != GR_OK)
            break;
        gr_digest_start(&digest);
        gr_digest_add(&digest, bytes.ptr, bytes.len);
        gr_digest_end(&digest, sha256);
        status = keep_file(k, path.ptr, bytes, sha256) ? GR_OK : gr_fail_memory(err);
    }
    return status;
}

static int by_name(const void *a, const void *b)
{
    return gr_text_compare(((const gr_rule_file *)a)->name, ((const gr_rule_file *)b)->name);
}

/* Names within the folder, in their order. */
static gr_status settle_files(gr_rules *rules, const char *dir, keeping *k, gr_error *err)
{
    gr_text within = gr_arena_print(k->arena, "%s/", dir), rates = rules->set->policy.rates;
    gr_rule_file *all = gr_arena_alloc(k->arena, (k->file.count + 1) * sizeof *all);

    if (!within.ptr || !all)
        return gr_fail_memory(err);
    for (size_t i = 0; i < k->file.count; i++) {
        all[i] = *GR_AT(k->file, gr_rule_file, i);
        if (memchr(rates.ptr, '/', rates.len) && gr_text_equal(all[i].name, rates))
            all[i].name = GR_TEXT(GR_RATES_OF_RUN);
        else if (gr_text_starts(all[i].name, within))
            all[i].name = gr_text_slice(all[i].name, within.len, all[i].name.len);
    }
    qsort(all, k->file.count, sizeof *all, by_name);
    rules->file = all;
    rules->file_count = k->file.count;
    return GR_OK;
}

/* ---- files that were in order before ---- */

static bool is_proved(void *context, const char *sha256)
{
    const keeping *k = context;

    for (size_t i = 0; i < k->proved.count; i++)
        if (gr_text_is(*GR_AT(k->proved, gr_text, i), sha256))
            return true;
    return false;
}

/* By the files that judged last in the ledger, as long as the schemas are those of then. */
static gr_status find_proved(keeping *k, const char *dir, gr_ledger *ledger, gr_error *err)
{
    gr_error ignored;
    bool are_same = gr_ledger_rules_digests(ledger, k->arena, &k->proved, err) == GR_OK;

    if (!are_same)
        return err->status;
    are_same =
        keep_schemas(k, dir, &ignored) == GR_OK; /* what is missing is told by who needs it */
    for (size_t i = 0; are_same && i < k->file.count; i++)
        are_same = is_proved(k, GR_AT(k->file, gr_rule_file, i)->sha256.ptr);
    gr_list_cut(&k->file, 0);
    if (!are_same)
        gr_list_cut(&k->proved, 0);
    return GR_OK;
}

static gr_status load_proved(const char *dir, const char *rates, gr_ledger *ledger,
                             const gr_setting *settings, size_t setting_count,
                             gr_problems *problems, gr_rules **out, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    gr_rules *rules = arena ? gr_arena_zero(arena, sizeof *rules) : NULL;
    keeping k = { arena, GR_LIST(gr_rule_file), GR_LIST(gr_text) };
    gr_error error = { 0 };
    gr_status status;

    if (!rules) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    rules->arena = arena;
    problems->on_file = keep_file;
    problems->keeper = &k; /* cppcheck-suppress autoVariables */
    status = ledger ? find_proved(&k, dir, ledger, err) : GR_OK;
    problems->is_known = k.proved.count > 0 ? is_proved : NULL;
    if (status == GR_OK)
        status = load(rules, dir, rates, settings, setting_count, problems, err);
    problems->on_file = NULL;
    problems->is_known = NULL;
    problems->keeper = NULL;
    if (status == GR_OK)
        note(keep_schemas(&k, dir, &error), &error, problems, &status, err);
    if (status == GR_OK)
        status = settle_files(rules, dir, &k, err);
    gr_list_free(&k.file);
    gr_list_free(&k.proved);
    if (status != GR_OK) {
        gr_rules_free(rules);
        return status;
    }
    digest_rules(rules);
    *out = rules;
    return GR_OK;
}

gr_status gr_rules_load_with(const char *dir, const char *rates, const gr_setting *settings,
                             size_t setting_count, gr_problems *problems, gr_rules **out,
                             gr_error *err)
{
    return load_proved(dir, rates, NULL, settings, setting_count, problems, out, err);
}

gr_status gr_rules_load_known(const char *dir, gr_ledger *ledger, const gr_setting *settings,
                              size_t setting_count, gr_problems *problems, gr_rules **out,
                              gr_error *err)
{
    return load_proved(dir, NULL, ledger, settings, setting_count, problems, out, err);
}

gr_status gr_rules_load(const char *dir, const gr_setting *settings, size_t setting_count,
                        gr_on_error on_error, void *context, gr_rules **out, gr_error *err)
{
    gr_problems problems = { .on_error = on_error, .context = context };

    return gr_rules_load_with(dir, NULL, settings, setting_count, &problems, out, err);
}

gr_status gr_rules_describe(const gr_rules *rules, gr_arena *arena, gr_rules_used *out,
                            gr_error *err)
{
    const gr_ruleset *set = rules->set;
    gr_rulebook_used *used = gr_arena_alloc(arena, sizeof *used * (set->book_count + 1));
    size_t unsure = 0, n = 0;
    gr_text *assumption;

    for (size_t i = 0; used && i < set->book_count; i++) {
        used[i] = (gr_rulebook_used){ set->book[i].id, set->book[i].title,
                                      gr_text_of(set->book[i].sha256) };
        unsure += set->book[i].unsure_count;
    }
    assumption = gr_arena_alloc(arena, sizeof *assumption * (unsure + 1));
    if (!used || !assumption)
        return gr_fail_memory(err);
    for (size_t i = 0; i < set->book_count; i++)
        for (size_t k = 0; k < set->book[i].unsure_count; k++)
            assumption[n++] = set->book[i].unsure[k];
    *out = (gr_rules_used){ .sha256 = gr_text_of(rules->sha256),
                            .rulebook = used,
                            .rulebook_count = set->book_count,
                            .choice = set->policy.choice,
                            .choice_count = set->policy.choice_count,
                            .assumption = assumption,
                            .assumption_count = unsure,
                            .file = rules->file,
                            .file_count = rules->file_count };
    return GR_OK;
}

void gr_rules_free(gr_rules *rules)
{
    if (!rules)
        return;
    gr_ruleset_free(rules->set);
    gr_names_free(&rules->names);
    gr_arena_free(rules->arena); /* rules lives in it */
}
