/* src/engine/ruleset.c - loads a rule folder. One arena owns every byte; a file that fails does not keep the
 * others from being checked. */
#include "engine/ruleset.h"

#include "base/os.h"

#include <string.h>

typedef struct loader {
    const char *dir, *rates; /* rates: NULL: as the policy says */
    gr_ruleset *set;
    gr_problems *problems;
    gr_error *err;
    gr_status status; /* of the first failure that is no problem of a rule file */
    gr_list told;     /* of gr_rulebook: all that were read, also those for other firms */
} loader;

static const char *path_of(loader *l, const char *name)
{
    gr_text path = gr_arena_print(l->set->arena, "%s/%s", l->dir, name);

    return path.ptr ? path.ptr : "";
}

/* Rule errors have been told; the load goes on to find more. Anything else is remembered once. */
static void note(loader *l, gr_status status, const gr_error *error, size_t problems_before)
{
    if (status == GR_OK || l->status != GR_OK)
        return;
    if (status == GR_EINPUT && l->problems->count > problems_before)
        return;
    if (status == GR_EIO || status == GR_EINPUT) { /* no such file: a rule error too */
        gr_error missing = *error;

        missing.status = GR_EINPUT;
        gr_problems_add(l->problems, &missing);
        return;
    }
    l->status = status;
    *l->err = *error;
}

static void load_rates(loader *l)
{
    gr_text name = l->set->policy.rates;
    bool is_path = memchr(name.ptr, '/', name.len) != NULL;
    gr_error error;
    size_t before = l->problems->count;
    const char *path = l->rates ? l->rates : is_path ? name.ptr : path_of(l, name.ptr);
    gr_status status = gr_rates_load(path, path_of(l, "schema/rates.xsd"), l->set->arena,
                                     l->problems, &l->set->rates, &error);

    note(l, status, &error, before);
}

static bool is_for_firm(const gr_policy *policy, const gr_rulebook *book)
{
    gr_text rest = book->firm_kinds, kind;

    while (gr_text_word(&rest, &kind)) {
        if (gr_text_is(kind, "any") || gr_policy_has_firm_kind(policy, kind))
            return true;
    }
    return false;
}

/* A second rulebook of one id would make findings that cannot be told apart. */
static void check_book_id(loader *l, const gr_rulebook *book, const char *path)
{
    for (size_t i = 0; i < l->set->book_count; i++)
        if (gr_text_equal(l->set->book[i].id, book->id))
            gr_problem(l->problems, (gr_place){ path, 0, 0 }, "give each rulebook an id of its own",
                       "there is already a rulebook '%.*s'", GR_SHOW(book->id));
}

static void load_books(loader *l)
{
    gr_list paths = GR_LIST(gr_text);
    gr_schema schema = { .path = path_of(l, "schema/rulebook.xsd") };
    gr_error error;
    size_t before = l->problems->count;
    gr_status status =
        gr_rulefile_list(path_of(l, "rulebooks"), ".xml", l->set->arena, &paths, &error);

    note(l, status, &error, before);
    l->set->book = gr_arena_zero(l->set->arena, sizeof *l->set->book * (paths.count + 1));
    for (size_t i = 0; l->set->book && i < paths.count && l->status == GR_OK; i++) {
        gr_rulebook *book = &l->set->book[l->set->book_count];

        before = l->problems->count;
        status = gr_rulebook_load(GR_AT(paths, gr_text, i)->ptr, &schema, &l->set->policy,
                                  l->set->arena, l->problems, book, &error);
        note(l, status, &error, before);
        if (status != GR_OK)
            continue;
        check_book_id(l, book, GR_AT(paths, gr_text, i)->ptr);
        if (!gr_list_push(&l->told, book))
            l->status = gr_fail_memory(l->err);
        if (is_for_firm(&l->set->policy, book))
            l->set->book_count++;
        else
            gr_rulebook_free(book);
    }
    gr_schema_close(&schema);
    gr_list_free(&paths);
}

static void load_all(loader *l, const gr_setting *settings, size_t setting_count)
{
    gr_error error;
    size_t before = l->problems->count;
    gr_ruleset *set = l->set;
    gr_status status =
        gr_policy_load(path_of(l, "policy.xml"), path_of(l, "schema/policy.xsd"), settings,
                       setting_count, set->arena, l->problems, &set->policy, &error);

    note(l, status, &error, before);
    if (status != GR_OK)
        return; /* the others need it */
    load_rates(l);
    before = l->problems->count;
    status = gr_detection_load(path_of(l, "detection.xml"), path_of(l, "schema/detection.xsd"),
                               &set->policy, set->arena, l->problems, &set->detection, &error);
    note(l, status, &error, before);
    before = l->problems->count;
    status = gr_reconciling_load(path_of(l, "reconciliation.xml"),
                                 path_of(l, "schema/reconciliation.xsd"), set->arena, l->problems,
                                 &set->reconciling, &error);
    note(l, status, &error, before);
    load_books(l);
    if (status == GR_OK && l->status == GR_OK && l->problems->count == before)
        gr_detection_bind(&set->detection, set->book, set->book_count, l->told.items, l->told.count,
                          l->problems);
    gr_list_free(&l->told);
}

gr_status gr_ruleset_load(const char *dir, const char *rates, const gr_setting *settings,
                          size_t setting_count, gr_problems *problems, gr_ruleset **out,
                          gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    gr_ruleset *set = arena ? gr_arena_zero(arena, sizeof *set) : NULL;
    loader l = { dir, rates, set, problems, err, GR_OK, GR_LIST(gr_rulebook) };
    gr_text kept;

    if (!set) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    set->arena = arena;
    kept =
        gr_arena_copy(arena, gr_text_of(dir)); /* places in rule files outlive the caller's name */
    l.dir = kept.ptr ? kept.ptr : dir;
    load_all(&l, settings, setting_count);
    if (l.status == GR_OK && problems->count == 0 && set->book_count == 0)
        gr_problem(problems, (gr_place){ l.dir, 0, 0 }, "see firm-kinds in policy.xml",
                   "no rulebook is for a firm of these kinds: %s", set->policy.firm_kinds.ptr);
    if (l.status == GR_OK && problems->count > 0)
        l.status = gr_problems_end(problems, err);
    if (l.status != GR_OK) {
        gr_ruleset_free(set);
        return l.status;
    }
    *out = set;
    return GR_OK;
}

void gr_ruleset_free(gr_ruleset *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->book_count; i++)
        gr_rulebook_free(&set->book[i]);
    gr_detection_free(&set->detection);
    gr_reconciling_free(&set->reconciling);
    gr_arena_free(set->arena); /* set lives in it: do not touch it afterwards */
}

bool gr_ruleset_adds_per_client(const gr_ruleset *set)
{
    for (size_t b = 0; b < set->book_count; b++)
        for (size_t i = 0; i < set->book[b].limit_count; i++)
            if (set->book[b].limit[i].per == GR_PER_CLIENT)
                return true;
    return false;
}
