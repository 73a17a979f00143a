/* src/app/rules.c - loads a rule folder. A part that fails does not keep the others from being checked. */
#include "app/rules.h"

#include "base/digest.h"

#include <sys/stat.h>

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

static gr_status load(gr_rules *rules, const char *dir, const gr_setting *settings, size_t count,
                      gr_problems *problems, gr_error *err)
{
    gr_status first = GR_OK;
    gr_error error = { 0 };

    if (!is_folder(rules->arena, dir)) {
        gr_problem(problems, (gr_place){ dir, 0, 0 },
                   "name a folder with policy.xml and rulebooks in it", "this is no rule folder");
        return gr_problems_end(problems, err);
    }
    note(gr_ruleset_load(dir, settings, count, problems, &rules->set, &error), &error, problems,
         &first, err);
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

gr_status gr_rules_load(const char *dir, const gr_setting *settings, size_t setting_count,
                        gr_on_error on_error, void *context, gr_rules **out, gr_error *err)
{
    gr_problems problems = { .on_error = on_error, .context = context };
    gr_arena *arena = gr_arena_create();
    gr_rules *rules = arena ? gr_arena_zero(arena, sizeof *rules) : NULL;
    gr_status status;

    if (!rules) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    rules->arena = arena;
    status = load(rules, dir, settings, setting_count, &problems, err);
    if (status != GR_OK) {
        gr_rules_free(rules);
        return status;
    }
    digest_rules(rules);
    *out = rules;
    return GR_OK;
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
                            .assumption_count = unsure };
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
