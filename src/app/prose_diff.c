/* src/app/prose_diff.c - rules diff: two days of one rule folder, or two folders. What has prose is compared by it;
 * of the other files it is told which ones differ. */
#include "app/prose.h"

#include <string.h>
#include <unistd.h>

#include "app/plain_files.h"
#include "base/error.h"
#include "report/prose_diff.h"

typedef struct side {
    gr_bookshelf shelf;
    const char *name; /* as the user wrote it */
    gr_text day;      /* "" when folders are compared */
    char day_text[GR_DAY_TEXT];
    gr_list plain; /* of gr_plain_file: what has no prose */
} side;

typedef struct comparing {
    side before, after;
    gr_arena *arena;
    gr_document *document;
    bool differs, told; /* told: something stands on the page */
    gr_status status;
    gr_error *err;
} comparing;

/* ---- lines of one page ---- */

typedef enum page { PAGE_BOOK, PAGE_POLICY, PAGE_DETECTION } page;

static void no_memory(comparing *c)
{
    if (c->status == GR_OK)
        c->status = gr_fail_memory(c->err);
}

static gr_prose prose_of(const side *s, gr_document *document)
{
    return (gr_prose){ .document = document,
                       .choice = s->shelf.policy.choice,
                       .choice_count = s->shelf.policy.choice_count,
                       .day = s->day,
                       .is_compared = true };
}

static void read_lines(comparing *c, const side *s, page what, const gr_node *book, gr_list *lines)
{
    gr_document *document = NULL;
    gr_error error;
    gr_prose prose;

    if (c->status != GR_OK)
        return;
    if (gr_document_open_lines(lines, c->arena, &document, &error) != GR_OK) {
        no_memory(c);
        return;
    }
    prose = prose_of(s, document);
    if (what == PAGE_BOOK)
        gr_prose_rulebook(&prose, book, NULL);
    else if (what == PAGE_POLICY)
        gr_prose_policy(&prose, NULL);
    else
        gr_prose_detection(&prose, s->shelf.detection.root, NULL);
    if (gr_document_close(document, &error) != GR_OK)
        no_memory(c);
}

/* True when the pages differ. */
static bool compare(comparing *c, page what, gr_text heading, const gr_node *before,
                    const gr_node *after)
{
    gr_list a = GR_LIST(gr_line), b = GR_LIST(gr_line);
    bool differs = false;

    read_lines(c, &c->before, what, before, &a);
    read_lines(c, &c->after, what, after, &b);
    if (c->status == GR_OK && !gr_prose_diff(c->document, heading, &a, &b, c->arena, &differs))
        no_memory(c);
    c->differs = c->differs || differs;
    gr_list_free(&a);
    gr_list_free(&b);
    return differs;
}

/* ---- rulebooks ---- */

static void say(comparing *c, gr_tone tone, gr_text text)
{
    gr_document_say(c->document, tone, text);
}

static void tell_whole(comparing *c, const gr_shelf_file *book, bool is_new)
{
    gr_document_heading_start(c->document, 2, NULL);
    say(c, GR_TONE_BOLD, gr_node_attribute(book->root, "title"));
    gr_document_heading_end(c->document);
    gr_document_paragraph_start(c->document, GR_PARAGRAPH_PLAIN);
    say(c, GR_TONE_BOLD, is_new ? GR_TEXT("new: ") : GR_TEXT("gone: "));
    say(c, is_new ? GR_TONE_NEW : GR_TONE_GONE, GR_TEXT("the whole rulebook "));
    say(c, is_new ? GR_TONE_NEW : GR_TONE_GONE, gr_shelf_id(book));
    gr_document_paragraph_end(c->document);
    c->differs = true;
}

/* A page that says the same, of a file that is not the same. */
static void tell_same(comparing *c, gr_text heading, const gr_prose_file *before,
                      const gr_prose_file *after)
{
    if (gr_text_equal(before->sha256, after->sha256))
        return;
    c->told = true;
    gr_document_heading_start(c->document, 2, NULL);
    say(c, GR_TONE_BOLD, heading);
    gr_document_heading_end(c->document);
    gr_document_paragraph_start(c->document, GR_PARAGRAPH_PLAIN);
    say(c, GR_TONE_PLAIN,
        GR_TEXT("Says the same. Only comments or the layout of the file differ."));
    gr_document_paragraph_end(c->document);
}

static void compare_books(comparing *c)
{
    for (size_t i = 0; i < c->before.shelf.books.count; i++) {
        const gr_shelf_file *a = GR_AT(c->before.shelf.books, gr_shelf_file, i);
        const gr_shelf_file *b = gr_bookshelf_find(&c->after.shelf, gr_shelf_id(a));
        gr_text title = gr_node_attribute((b ? b : a)->root, "title");

        if (!b)
            tell_whole(c, a, false);
        else if (!compare(c, PAGE_BOOK, title, a->root, b->root))
            tell_same(c, title, &a->file, &b->file);
    }
    for (size_t i = 0; i < c->after.shelf.books.count; i++) {
        const gr_shelf_file *b = GR_AT(c->after.shelf.books, gr_shelf_file, i);

        if (!gr_bookshelf_find(&c->before.shelf, gr_shelf_id(b)))
            tell_whole(c, b, true);
    }
}

/* ---- the other files, by their digests ---- */

static const gr_plain_file *find_plain(const gr_list *files, gr_text name)
{
    for (size_t i = 0; i < files->count; i++)
        if (gr_text_equal(GR_AT(*files, gr_plain_file, i)->name, name))
            return GR_AT(*files, gr_plain_file, i);
    return NULL;
}

static void tell_plain(comparing *c, bool *started, const char *what, gr_tone tone, gr_text name)
{
    if (!*started) {
        gr_document_heading_start(c->document, 2, NULL);
        say(c, GR_TONE_BOLD, GR_TEXT("Other files"));
        gr_document_heading_end(c->document);
        gr_document_list_start(c->document, GR_LIST_PLAIN);
    }
    *started = c->differs = true;
    gr_document_item_start(c->document, NULL);
    gr_document_print(c->document, GR_TONE_BOLD, "%s: ", what);
    say(c, tone, name);
    gr_document_item_end(c->document);
}

static void compare_plain(comparing *c, const gr_list *before, const gr_list *after)
{
    bool started = false;

    for (size_t i = 0; i < before->count; i++) {
        const gr_plain_file *a = GR_AT(*before, gr_plain_file, i);
        const gr_plain_file *b = find_plain(after, a->name);

        if (!b)
            tell_plain(c, &started, "gone", GR_TONE_GONE, a->name);
        else if (strcmp(a->sha256, b->sha256) != 0)
            tell_plain(c, &started, "changed", GR_TONE_PLAIN, a->name);
    }
    for (size_t i = 0; i < after->count; i++) {
        const gr_plain_file *b = GR_AT(*after, gr_plain_file, i);

        if (!find_plain(before, b->name))
            tell_plain(c, &started, "new", GR_TONE_NEW, b->name);
    }
    if (started)
        gr_document_list_end(c->document);
}

/* ---- the whole ---- */

static void compare_folders(comparing *c)
{
    const gr_bookshelf *a = &c->before.shelf, *b = &c->after.shelf;

    if (!compare(c, PAGE_POLICY, GR_TEXT("The firm's policy"), NULL, NULL))
        tell_same(c, GR_TEXT("The firm's policy"), &a->policy_file.file, &b->policy_file.file);
    if (!compare(c, PAGE_DETECTION, GR_TEXT("Which expenses are gifts"), NULL, NULL))
        tell_same(c, GR_TEXT("Which expenses are gifts"), &a->detection.file, &b->detection.file);
    compare_plain(c, &c->before.plain, &c->after.plain);
}

static void compare_all(comparing *c)
{
    gr_document_heading_start(c->document, 1, NULL);
    say(c, GR_TONE_BOLD, GR_TEXT("What differs"));
    gr_document_heading_end(c->document);
    gr_document_paragraph_start(c->document, GR_PARAGRAPH_NOTE);
    say(c, GR_TONE_PLAIN,
        c->before.day.len > 0 ? GR_TEXT("The rulebooks as they stood on ")
                              : GR_TEXT("The rule folder "));
    gr_document_say(c->document, GR_TONE_CODE, gr_text_of(c->before.name));
    say(c, GR_TONE_PLAIN, c->before.day.len > 0 ? GR_TEXT(" and on ") : GR_TEXT(" and "));
    gr_document_say(c->document, GR_TONE_CODE, gr_text_of(c->after.name));
    say(c, GR_TONE_PLAIN,
        GR_TEXT(": what is gone stood in the first only, what is new stands in "
                "the second only."));
    gr_document_paragraph_end(c->document);
    compare_books(c);
    if (c->before.day.len == 0)
        compare_folders(c);
    if (c->status == GR_OK && !c->differs && !c->told) {
        gr_document_paragraph_start(c->document, GR_PARAGRAPH_PLAIN);
        say(c, GR_TONE_PLAIN, GR_TEXT("They say the same."));
        gr_document_paragraph_end(c->document);
    }
}

/* ---- what is compared ---- */

static bool is_day(side *s)
{
    gr_error ignored;
    gr_day day;

    if (gr_day_parse(gr_text_of(s->name), GR_NOWHERE, &day, &ignored) != GR_OK)
        return false;
    s->day = gr_text_of(gr_day_print(day, s->day_text));
    return true;
}

static bool is_folder(comparing *c, const side *s)
{
    gr_text path = gr_arena_print(c->arena, "%s/policy.xml", s->name);

    return path.ptr && access(path.ptr, F_OK) == 0;
}

static gr_status fail_neither(const side *s, gr_error *err)
{
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "name two rule folders, or two days like 2026-03-30",
                   "'%s' is neither a day nor a rule folder", s->name);
}

/* Two days or two folders. */
static gr_status read_sides(comparing *c, gr_error *err)
{
    bool first = is_day(&c->before), second = is_day(&c->after);

    if (!first && !is_folder(c, &c->before))
        return fail_neither(&c->before, err);
    if (!second && !is_folder(c, &c->after))
        return fail_neither(&c->after, err);
    if (first != second)
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "name two rule folders, or two days",
                       "a day cannot be compared with a folder");
    return GR_OK;
}

static gr_status open_side(comparing *c, side *s, const gr_prose_options *options, gr_error *err)
{
    gr_problems problems = { .on_error = options->on_error, .context = options->context };
    bool folder = s->day.len == 0;
    gr_status status = gr_bookshelf_open(folder ? s->name : options->dir, options->settings,
                                         options->setting_count, &problems, &s->shelf, err);

    if (status == GR_OK && folder)
        status = gr_plain_files_read(s->shelf.dir, c->arena, &s->plain, err);
    return status == GR_EIO ? (err->status = GR_EINPUT) : status; /* a rule file is an input */
}

static void close_side(side *s)
{
    if (s->shelf.arena)
        gr_bookshelf_close(&s->shelf);
    gr_list_free(&s->plain);
}

static gr_status write_page(comparing *c, const gr_report_style *style, gr_on_output output,
                            void *context, bool *differs, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    status = gr_prose_open(style, &writer, GR_TEXT("What differs between rule files"), &c->document,
                           err);
    if (status != GR_OK)
        return status;
    compare_all(c);
    status = gr_prose_close(c->document, &writer, c->status, err);
    if (status == GR_OK)
        *differs = c->differs;
    return status;
}

gr_status gr_rules_diff(const gr_prose_options *options, const char *before, const char *after,
                        const gr_report_style *style, gr_on_output output, void *context,
                        bool *differs, gr_error *err)
{
    comparing c = { .before = { .name = before, .plain = GR_LIST(gr_plain_file) },
                    .after = { .name = after, .plain = GR_LIST(gr_plain_file) },
                    .arena = gr_arena_create(),
                    .err = err };
    gr_status status = c.arena ? read_sides(&c, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = open_side(&c, &c.before, options, err);
    if (status == GR_OK)
        status = open_side(&c, &c.after, options, err);
    if (status == GR_OK)
        status = write_page(&c, style, output, context, differs, err);
    close_side(&c.before);
    close_side(&c.after);
    gr_arena_free(c.arena);
    return status;
}
