/* src/app/prose.c - rules show: one rule file, or the list of all, as a page. */
#include "app/prose.h"

#include <string.h>

#include "base/error.h"
#include "base/os.h"

/* ---- pages ---- */

gr_status gr_prose_open(const gr_report_style *style, gr_writer *writer, gr_text title,
                        gr_document **out, gr_error *err)
{
    if (style->format == GR_FORMAT_TEXT)
        return gr_document_open_text(writer, style->width, style->colour, out, err);
    if (style->format == GR_FORMAT_HTML)
        return gr_document_open_html(writer, title, out, err);
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "one of text, html",
                   "rule files are not told in this format");
}

gr_status gr_prose_close(gr_document *document, gr_writer *writer, gr_status status, gr_error *err)
{
    gr_error error;
    gr_status closed = gr_document_close(document, &error);

    if (status == GR_OK && closed != GR_OK) {
        status = closed;
        *err = error;
    }
    if (!gr_writer_close(writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the page cannot be written");
    return status;
}

/* ---- what is to be shown ---- */

typedef struct showing {
    gr_bookshelf shelf;
    gr_prose prose;
    char day[GR_DAY_TEXT];
    const gr_shelf_file *book; /* NULL: another page */
} showing;

static gr_status read_day(showing *s, const char *on, bool today, gr_error *err)
{
    gr_day day;
    int64_t now;

    if (on) {
        if (gr_day_parse(gr_text_of(on), (gr_place){ "--on", 0, 0 }, &day, err) != GR_OK)
            return err->status = GR_EUSAGE;
    } else if (today) {
        now = gr_os_now();
        if (now < 0)
            return gr_fail(err, GR_EUSAGE, (gr_place){ "SOURCE_DATE_EPOCH", 0, 0 },
                           "write the seconds since 1970, or unset it",
                           "this is no number of seconds");
        day = (gr_day)(now / 86400);
    } else {
        return GR_OK;
    }
    s->prose.day = gr_text_of(gr_day_print(day, s->day));
    return GR_OK;
}

static gr_status fail_unknown(const showing *s, const char *rule, gr_error *err)
{
    gr_text names = GR_TEXT("one of policy, detection");

    for (size_t i = 0; i < s->shelf.books.count && names.ptr; i++)
        names = gr_arena_print(s->shelf.arena, "%s, %.*s", names.ptr,
                               GR_ALL(gr_shelf_id(GR_AT(s->shelf.books, gr_shelf_file, i))));
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE, names.ptr ? names.ptr : "", "there is no rule '%s'",
                   rule);
}

static gr_status find(showing *s, const char *rule, gr_error *err)
{
    if (!rule || strcmp(rule, "policy") == 0 || strcmp(rule, "detection") == 0)
        return GR_OK;
    s->book = gr_bookshelf_find(&s->shelf, gr_text_of(rule));
    return s->book ? GR_OK : fail_unknown(s, rule, err);
}

static gr_text title_of(const showing *s, const char *rule)
{
    return s->book          ? gr_node_attribute(s->book->root, "title")
           : !rule          ? GR_TEXT("The rulebooks")
           : rule[0] == 'p' ? GR_TEXT("The firm's policy")
                            : GR_TEXT("Which expenses are gifts");
}

/* ---- showing it ---- */

static gr_status tell_index(showing *s, gr_error *err)
{
    size_t count = s->shelf.books.count;
    const gr_node **root = gr_arena_alloc(s->shelf.arena, (count + 1) * sizeof *root);

    if (!root)
        return gr_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        root[i] = GR_AT(s->shelf.books, gr_shelf_file, i)->root;
    gr_prose_index(&s->prose, root, count);
    return GR_OK;
}

static gr_status tell(showing *s, const char *rule, gr_error *err)
{
    if (!rule)
        return tell_index(s, err);
    if (s->book)
        gr_prose_rulebook(&s->prose, s->book->root, &s->book->file);
    else if (strcmp(rule, "policy") == 0)
        gr_prose_policy(&s->prose, &s->shelf.policy_file.file);
    else
        gr_prose_detection(&s->prose, s->shelf.detection.root, &s->shelf.detection.file);
    return GR_OK;
}

gr_status gr_rules_tell(const gr_prose_options *options, const char *rule, gr_on_prose open,
                        void *context, gr_error *err)
{
    gr_problems problems = { .on_error = options->on_error, .context = options->context };
    showing s = { 0 };
    gr_status status = read_day(&s, options->on, !rule, err);

    if (status == GR_OK)
        status = gr_bookshelf_open(options->dir, options->settings, options->setting_count,
                                   &problems, &s.shelf, err);
    if (status != GR_OK)
        return status;
    s.prose.choice = s.shelf.policy.choice;
    s.prose.choice_count = s.shelf.policy.choice_count;
    status = find(&s, rule, err);
    if (status == GR_OK)
        status = open(context, title_of(&s, rule), &s.prose.document, err);
    if (status == GR_OK)
        status = tell(&s, rule, err);
    gr_bookshelf_close(&s.shelf);
    return status;
}

/* A page of its own. */
typedef struct page {
    const gr_report_style *style;
    gr_writer writer;
    gr_document *document; /* NULL: it was not opened */
} page;

static gr_status open_page(void *context, gr_text title, gr_document **out, gr_error *err)
{
    page *p = context;
    gr_status status = gr_prose_open(p->style, &p->writer, title, &p->document, err);

    *out = p->document;
    return status;
}

gr_status gr_rules_show(const gr_prose_options *options, const char *rule,
                        const gr_report_style *style, gr_on_output output, void *context,
                        gr_error *err)
{
    page p = { .style = style };
    gr_status status;

    gr_writer_open(&p.writer, output, context);
    status = gr_rules_tell(options, rule, open_page, &p, err);
    return p.document ? gr_prose_close(p.document, &p.writer, status, err) : status;
}
