/* src/app/bookshelf.c - see bookshelf.h. A file that fails does not keep the others from being checked. */
#include "app/bookshelf.h"

#include "base/error.h"

typedef struct opening {
    gr_bookshelf *shelf;
    gr_problems *problems;
    gr_error *err;
    gr_status status; /* of the first failure that is no problem of a rule file */
} opening;

/* Errors of rule files have been told; a file that is not there is told here. Anything else ends it. */
static bool note(opening *o, gr_status status, const gr_error *error, size_t problems_before)
{
    gr_error told = *error;

    if (status == GR_OK)
        return true;
    if (status == GR_EINPUT && o->problems->count > problems_before)
        return false;
    if (status == GR_EIO || status == GR_EINPUT) {
        told.status = GR_EINPUT;
        gr_problems_add(o->problems, &told);
    } else if (o->status == GR_OK) {
        o->status = status;
        *o->err = told;
    }
    return false;
}

static const char *path_of(opening *o, const char *name)
{
    gr_text path = gr_arena_print(o->shelf->arena, "%s/%s", o->shelf->dir, name);

    if (!path.ptr && o->status == GR_OK)
        o->status = gr_fail_memory(o->err);
    return path.ptr ? path.ptr : "";
}

static bool load(opening *o, const char *path, const char *schema, gr_shelf_file *out)
{
    size_t before = o->problems->count;
    gr_rulefile file = { 0 };
    gr_error error = { 0 };
    gr_text sha256;

    if (!note(
            o,
            gr_rulefile_load(path, path_of(o, schema), o->shelf->arena, o->problems, &file, &error),
            &error, before))
        return false;
    sha256 = gr_arena_copy(o->shelf->arena, gr_text_of(file.sha256));
    *out = (gr_shelf_file){ file.root, { gr_text_of(path), sha256 } };
    return sha256.ptr != NULL || note(o, gr_fail_memory(&error), &error, before);
}

static void load_policy(opening *o, const gr_setting *settings, size_t setting_count)
{
    const char *path = path_of(o, "policy.xml");
    size_t before = o->problems->count;
    gr_error error = { 0 };
    gr_status status =
        gr_policy_load(path, path_of(o, "schema/policy.xsd"), settings, setting_count,
                       o->shelf->arena, o->problems, &o->shelf->policy, &error);

    if (note(o, status, &error, before))
        load(o, path, "schema/policy.xsd", &o->shelf->policy_file); /* for its digest */
}

static void check_id(opening *o, const gr_shelf_file *book)
{
    if (gr_bookshelf_find(o->shelf, gr_shelf_id(book)))
        gr_problem(o->problems, (gr_place){ book->file.path.ptr, 0, 0 },
                   "give each rulebook an id of its own", "there is already a rulebook '%.*s'",
                   GR_SHOW(gr_shelf_id(book)));
}

static void load_books(opening *o)
{
    gr_list paths = GR_LIST(gr_text);
    size_t before = o->problems->count;
    gr_error error = { 0 };
    gr_status status =
        gr_rulefile_list(path_of(o, "rulebooks"), ".xml", o->shelf->arena, &paths, &error);

    note(o, status, &error, before);
    for (size_t i = 0; i < paths.count && o->status == GR_OK; i++) {
        gr_shelf_file book;

        if (!load(o, GR_AT(paths, gr_text, i)->ptr, "schema/rulebook.xsd", &book))
            continue;
        check_id(o, &book);
        if (!gr_list_push(&o->shelf->books, &book))
            note(o, gr_fail_memory(&error), &error, before);
    }
    gr_list_free(&paths);
}

gr_status gr_bookshelf_open(const char *dir, const gr_setting *settings, size_t setting_count,
                            gr_problems *problems, gr_bookshelf *out, gr_error *err)
{
    gr_bookshelf shelf = { .arena = gr_arena_create(), .books = GR_LIST(gr_shelf_file) };
    opening o = { &shelf, problems, err, GR_OK };
    gr_text kept = shelf.arena ? gr_arena_copy(shelf.arena, gr_text_of(dir)) : GR_TEXT("");

    if (!shelf.arena || !kept.ptr) {
        gr_arena_free(shelf.arena);
        return gr_fail_memory(err);
    }
    shelf.dir = kept.ptr;
    load_policy(&o, settings, setting_count);
    if (o.status == GR_OK)
        load(&o, path_of(&o, "detection.xml"), "schema/detection.xsd", &shelf.detection);
    if (o.status == GR_OK)
        load_books(&o);
    if (o.status == GR_OK)
        o.status = gr_problems_end(problems, err);
    if (o.status == GR_OK)
        *out = shelf;
    else
        gr_bookshelf_close(&shelf);
    return o.status;
}

void gr_bookshelf_close(gr_bookshelf *shelf)
{
    gr_list_free(&shelf->books);
    gr_arena_free(shelf->arena);
    shelf->arena = NULL;
}

gr_text gr_shelf_id(const gr_shelf_file *book)
{
    return gr_node_attribute(book->root, "id");
}

const gr_shelf_file *gr_bookshelf_find(const gr_bookshelf *shelf, gr_text id)
{
    for (size_t i = 0; i < shelf->books.count; i++)
        if (gr_text_equal(gr_shelf_id(GR_AT(shelf->books, gr_shelf_file, i)), id))
            return GR_AT(shelf->books, gr_shelf_file, i);
    return NULL;
}
