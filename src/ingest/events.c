/* src/ingest/events.c - follows the parser's events. Elements that the format does not know are
 * only counted; an element's text is collected only when somebody wants it. The names of the tree
 * are the parser's own copies, so that finding a child is comparing pointers, starting behind the
 * last one found. */
#include "ingest/events.h"

#include <stdio.h>
#include <string.h>

#include <libxml/parserInternals.h>

#include "rulefile/complaint.h"

/* ---- places ---- */

uint64_t gr_reader_here(const gr_reader *r)
{
    const xmlParserInput *in = r->parser->input;

    return in->consumed + (uint64_t)(in->cur - in->base);
}

static gr_place place(gr_reader *r, uint64_t tag_end, uint32_t line)
{
    uint64_t at = gr_window_tag(r->window, tag_end, &line);

    return (gr_place){ r->job->source->file.ptr, line + r->job->line_offset,
                       gr_window_column(r->window, at) };
}

static void stop(gr_reader *r)
{
    xmlStopParser(r->parser);
}

static void refuse(gr_reader *r, gr_status status, gr_place at, const char *hint,
                   const char *message)
{
    if (r->status == GR_OK)
        r->status = gr_fail(r->err, status, at, hint, "%s", message);
    stop(r);
}

/* The tag that is open is at fault. */
void gr_refuse_tag(gr_reader *r, gr_status status, const char *hint, const char *message)
{
    refuse(r, status, place(r, gr_reader_here(r), (uint32_t)r->parser->input->line), hint, message);
}

/* The parser cannot go on from where it stands. */
void gr_refuse_here(gr_reader *r, const char *hint, const char *message)
{
    gr_place at = { r->job->source->file.ptr,
                    (uint32_t)r->parser->input->line + r->job->line_offset,
                    gr_window_column(r->window, gr_reader_here(r)) };

    refuse(r, GR_EINPUT, at, hint, message);
}

static void add_place(gr_reader *r, const gr_frame *f, gr_error *err)
{
    gr_error copy = *err;

    gr_fail(err, copy.status, place(r, f->tag, f->line), copy.hint, "%s", copy.message);
}

/* The builder met the end of memory or a bound. */
static void follow(gr_reader *r)
{
    if (r->builder.status != GR_OK && r->status == GR_OK) {
        r->status = r->builder.status;
        stop(r);
    }
}

/* ---- values ---- */

static int scope_depth(const gr_reader *r)
{
    int depth = r->top;

    while (depth > 0 && !r->frames[depth].shape->is_scope)
        depth--;
    return depth;
}

static __attribute__((cold, noinline)) void unreadable(gr_reader *r, const gr_frame *f,
                                                       const gr_capture *capture, int depth)
{
    add_place(r, f, &r->wrong);
    gr_builder_wrong(&r->builder, capture, depth, &r->wrong);
}

static void use_one(gr_reader *r, const gr_frame *f, const gr_capture *capture, gr_text text)
{
    int depth = capture->inherited ? scope_depth(r) : 0;
    gr_reading reading = gr_builder_take(&r->builder, capture, text, depth, &r->wrong);

    if (reading == GR_READ_WRONG)
        unreadable(r, f, capture, depth);
    else if (reading == GR_READ_MEMORY)
        r->builder.status = gr_fail_memory(r->err);
    else if (reading == GR_READ_VALUE && capture->kind == GR_CAPTURE_CONTROL)
        r->builder.total[capture->index].at = place(r, f->tag, f->line);
}

static void use(gr_reader *r, const gr_frame *f, const gr_capture *capture, uint16_t captures,
                gr_text text)
{
    for (const gr_capture *end = capture + captures; capture < end; capture++)
        use_one(r, f, capture, text);
}

/* ---- attributes ---- */

static void unknown_attribute(gr_reader *r, const gr_frame *f, const xmlChar *name)
{
    char hint[240] = "it has no attributes";
    size_t n = 0;
    gr_error err;

    for (size_t i = 0; i < f->shape->attributes && n < sizeof hint; i++)
        n += (size_t)snprintf(hint + n, sizeof hint - n, "%s%s",
                              i ? ", " : "known attributes: ", f->shape->attribute[i].name);
    gr_fail(&err, GR_EINPUT, GR_NOWHERE, hint, "'%s' has no attribute '%.100s'", f->shape->name,
            (const char *)name);
    add_place(r, f, &err);
    gr_builder_bad(&r->builder, &err);
}

/* libxml2 leaves every '&' of an attribute's value as "&#38;", for a reader of its own that would come later. Put
 * behind the texts that are being collected, for as long as it is used. */
static __attribute__((cold, noinline)) bool unescape(gr_reader *r, gr_text *value)
{
    static const gr_text escaped = { "&#38;", 5 };
    size_t start = r->text->count;

    if (!gr_list_reserve(r->text, value->len)) {
        r->builder.status = gr_fail_memory(r->err);
        follow(r);
        return false;
    }
    for (size_t i = 0; i < value->len;) {
        bool is_one = gr_text_starts(gr_text_slice(*value, i, value->len), escaped);

        ((char *)r->text->items)[r->text->count++] = value->ptr[i];
        i += is_one ? escaped.len : 1;
    }
    *value = (gr_text){ (char *)r->text->items + start, r->text->count - start };
    return true;
}

static void use_value(gr_reader *r, gr_frame *f, const gr_feature *attribute, gr_text value)
{
    size_t before = r->text->count;

    if (value.len > GR_MAX_TEXT)
        gr_refuse_tag(r, GR_ELIMIT, "shorten it at the source", "an attribute is too long");
    else if (value.len == 0 || !memchr(value.ptr, '&', value.len) || unescape(r, &value))
        use(r, f, attribute->capture, attribute->captures, gr_text_trim(value));
    gr_list_cut(r->text, before);
}

/* libxml2 gives name, prefix, namespace, and where the value begins and ends. */
static void use_attribute(gr_reader *r, gr_frame *f, const xmlChar *const *attribute)
{
    const gr_shape *shape = f->shape;
    gr_text value = { (const char *)attribute[3], (size_t)(attribute[4] - attribute[3]) };

    for (size_t i = 0; i < shape->attributes; i++)
        if (shape->attribute[i].name == (const char *)attribute[0]) {
            use_value(r, f, &shape->attribute[i], value);
            return;
        }
    if ((const char *)attribute[0] == r->nil)
        f->is_null = gr_text_is(value, "true") || gr_text_is(value, "1");
    else if (r->format->strict && shape->inside && !attribute[1])
        unknown_attribute(r, f, attribute[0]);
}

/* ---- elements ---- */

static uint16_t cell_position(const gr_reader *r, const gr_frame *f, int attributes,
                              const xmlChar **attribute)
{
    for (int i = 0; i < attributes && r->index; i++) {
        const xmlChar **a = attribute + 5 * i;
        uint64_t n;

        if ((const char *)a[0] == r->index &&
            gr_text_number((gr_text){ (const char *)a[3], (size_t)(a[4] - a[3]) }, 16384, &n))
            return (uint16_t)n;
    }
    return (uint16_t)(f->position < UINT16_MAX ? f->position + 1 : f->position);
}

/* Rows leave out empty cells and say which one comes next. */
static const gr_shape *find_cell(const gr_reader *r, gr_frame *f, const xmlChar *name,
                                 int attributes, const xmlChar **attribute)
{
    const gr_shape *child = r->shape + f->shape->child, *any = NULL;
    bool counted = false;

    for (size_t i = 0; i < f->shape->children; i++) {
        if (child[i].name != (const char *)name)
            continue;
        if (child[i].position > 0 && !counted) {
            f->position = cell_position(r, f, attributes, attribute);
            counted = true;
        }
        if (child[i].position == 0)
            any = &child[i];
    }
    for (size_t i = 0; i < f->shape->children && counted; i++)
        if (child[i].name == (const char *)name && child[i].position == f->position)
            return &child[i];
    return any;
}

static const gr_shape *find(const gr_reader *r, gr_frame *f, const xmlChar *name)
{
    const gr_shape *child = r->shape + f->shape->child;
    size_t n = f->shape->children, at = f->next;

    for (size_t i = 0; i < n; i++, at++) {
        at = at < n ? at : 0;
        if (child[at].name == (const char *)name) {
            f->next = (uint16_t)(at + 1);
            return &child[at];
        }
    }
    return NULL;
}

static void list_children(const gr_reader *r, const gr_frame *f, char *out, size_t size)
{
    const gr_shape *child = r->shape + f->shape->child;
    size_t n =
        (size_t)snprintf(out, size, f->shape->children ? "known:" : "it has no elements inside");

    for (size_t i = 0; i < f->shape->children; i++) {
        if (n + strlen(child[i].name) + sizeof ", ..." > size) {
            snprintf(out + n, size - n, " ...");
            return;
        }
        n += (size_t)snprintf(out + n, size - n, "%s %s", i ? "," : "", child[i].name);
    }
}

/* In a format of our own, a name nobody knows is a slip of the pen, and the record is not to be
 * trusted. */
static void unknown_element(gr_reader *r, const gr_frame *f, const xmlChar *name)
{
    gr_place at;
    gr_error err;
    char hint[240];

    if (strnlen((const char *)name, GR_MAX_NAME + 1) > GR_MAX_NAME) {
        gr_refuse_tag(r, GR_ELIMIT, "shorten it at the source",
                      "the name of an element is too long");
        return;
    }
    r->skip = 1;
    r->collecting = r->collecting && f->shape->deep;
    if (!r->format->strict || r->builder.skip_record || r->top == 0)
        return;
    at = place(r, gr_reader_here(r), (uint32_t)r->parser->input->line);
    list_children(r, f, hint, sizeof hint);
    gr_fail(&err, GR_EINPUT, at, hint, "'%.100s' is not an element of '%s'", (const char *)name,
            f->shape->name);
    if (r->in_record) {
        gr_builder_bad(&r->builder, &err);
        return;
    }
    r->stray = err;
    r->in_stray = true;
    r->begin = gr_window_tag(r->window, gr_reader_here(r), &at.line);
}

static void begin_role(gr_reader *r, const gr_frame *f)
{
    if (f->shape->role == GR_ROLE_RECORD) {
        uint32_t line = f->line;

        r->begin = gr_window_tag(r->window, f->tag, &line);
        r->in_record = true;
        gr_builder_record(&r->builder, &r->format->rule[f->shape->rule], line + r->job->line_offset,
                          gr_window_column(r->window, r->begin));
    } else if (f->shape->role == GR_ROLE_RECIPIENT) {
        gr_builder_recipient(&r->builder);
    }
    if (f->shape->is_scope)
        gr_builder_scope(&r->builder, r->top);
    follow(r);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **ns, int attributes, int defaulted,
                     const xmlChar **attribute)
{
    gr_reader *r = context;
    gr_frame *above = &r->frames[r->top], *f;
    const gr_shape *shape;

    (void)prefix;
    (void)uri;
    (void)namespaces;
    (void)ns;
    (void)defaulted;
    if (++r->depth > GR_MAX_DEPTH) {
        gr_refuse_tag(r, GR_ELIMIT, "no export is nested so deeply",
                      "elements are nested too deeply");
        return;
    }
    if (r->skip > 0) {
        r->skip++;
        return;
    }
    shape = above->shape->cells ? find_cell(r, above, name, attributes, attribute)
                                : find(r, above, name);
    if (!shape) {
        unknown_element(r, above, name);
        return;
    }
    f = above + 1;
    *f = (gr_frame){
        shape, gr_reader_here(r), (uint32_t)r->parser->input->line, (uint32_t)r->text->count, 0, 0,
        false
    };
    r->top++;
    r->collecting = shape->captures > 0;
    if (shape->role != GR_ROLE_NONE || shape->is_scope)
        begin_role(r, f);
    for (int i = 0; i < attributes && r->status == GR_OK; i++)
        use_attribute(r, f, (const xmlChar *const *)attribute + 5 * i);
}

static void long_text(gr_reader *r, const gr_frame *f)
{
    gr_error err;

    r->collecting = false;
    if (!r->in_record) {
        gr_refuse_tag(r, GR_ELIMIT, "shorten it at the source", "a text is too long");
        return;
    }
    gr_fail(&err, GR_ELIMIT, GR_NOWHERE, "shorten it at the source", "'%s' is longer than %d bytes",
            f->shape->name, GR_MAX_TEXT);
    add_place(r, f, &err);
    gr_builder_bad(&r->builder, &err);
}

/* libxml2 may hand over one text in many pieces. */
static void on_text(void *context, const xmlChar *piece, int length)
{
    gr_reader *r = context;
    size_t n = (size_t)length;

    if (!r->collecting)
        return;
    if (r->text->count - r->frames[r->top].text + n > GR_MAX_TEXT) {
        long_text(r, &r->frames[r->top]);
        return;
    }
    if (n > r->text->room - r->text->count && !gr_list_reserve(r->text, n)) {
        r->builder.status = gr_fail_memory(r->err);
        follow(r);
        return;
    }
    memcpy((char *)r->text->items + r->text->count, piece, n);
    r->text->count += n;
}

static void end_record(gr_reader *r)
{
    gr_builder_record_end(&r->builder);
    r->in_record = false;
    gr_list_cut(&r->kept, 0);
}

/* What the window has of the open record goes behind what was kept of it before. */
bool gr_reader_keep(gr_reader *r)
{
    gr_text more = gr_window_cut(r->window, r->begin, gr_reader_here(r));
    size_t room = GR_MAX_RECORD_BYTES - r->kept.count;
    size_t n = more.len < room ? more.len : room;

    if (n > 0 && !gr_list_reserve(&r->kept, n))
        return false;
    if (n > 0)
        memcpy((char *)r->kept.items + r->kept.count, more.ptr, n);
    r->kept.count += n;
    r->begin = gr_reader_here(r);
    return true;
}

gr_text gr_reader_raw(void *context)
{
    gr_reader *r = context;

    if (r->kept.count == 0)
        return gr_window_cut(r->window, r->begin, gr_reader_here(r));
    return gr_reader_keep(r) ? (gr_text){ r->kept.items, r->kept.count } : GR_TEXT("");
}

static void end_unknown(gr_reader *r)
{
    if (r->in_stray)
        gr_builder_quarantine(&r->builder, &r->stray, GR_TEXT(""), gr_reader_raw(r));
    r->in_stray = false;
    gr_list_cut(&r->kept, r->in_record ? r->kept.count : 0);
    r->collecting = r->frames[r->top].shape->captures > 0;
    follow(r);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    gr_reader *r = context;
    gr_frame *f = &r->frames[r->top];
    const gr_shape *shape = f->shape;

    (void)name;
    (void)prefix;
    (void)uri;
    r->depth--;
    if (r->skip > 0) {
        if (--r->skip == 0)
            end_unknown(r);
        return;
    }
    if (shape->captures > 0) {
        gr_text text = { (const char *)r->text->items + f->text, r->text->count - f->text };

        if (!f->is_null)
            use(r, f, shape->capture, shape->captures, gr_text_trim(text));
        r->text->count = f->text;
    }
    if (shape->role == GR_ROLE_RECIPIENT)
        gr_builder_recipient_end(&r->builder);
    else if (shape->role == GR_ROLE_RECORD)
        end_record(r);
    if (shape->is_scope)
        gr_builder_scope_end(&r->builder, r->top);
    r->top--;
    r->collecting = r->frames[r->top].shape->captures > 0;
    follow(r);
}

/* ---- refusals ---- */

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id,
                       const xmlChar *system_id)
{
    (void)name;
    (void)public_id;
    (void)system_id;
    gr_refuse_here(context, "exports carry no DOCTYPE: remove it, or export the file again",
                   "the document has a DOCTYPE");
}

static void cut_short(gr_reader *r)
{
    const gr_batch *batch = r->builder.batch;
    gr_text id = { NULL, 0 };
    char hint[240] = "export the file again", message[200];

    if (batch && batch->count > 0)
        id = gr_record_text(&batch->record[batch->count - 1], GR_F_ID);
    if (id.len > 0)
        snprintf(hint, sizeof hint, "export the file again; the last whole record is '%.*s'",
                 GR_SHOW(id));
    snprintf(message, sizeof message, "the document is cut short inside '%.100s'",
             r->frames[r->top].shape->name);
    gr_refuse_here(r, hint, message);
}

static void on_error(void *context, xmlErrorPtr error)
{
    gr_reader *r = context;
    char text[160], message[240];

    if (error->code == XML_ERR_NO_MEMORY &&
        r->status == GR_OK) /* perhaps before there is a parser */
        r->status = gr_fail_memory(r->err);
    if (error->level < XML_ERR_FATAL || error->domain == XML_FROM_NAMESPACE || r->status != GR_OK)
        return; /* an undeclared prefix is no obstacle: names are matched without it */
    if (r->at_end && r->depth > 0 && r->parser->input->end - r->parser->input->cur <= 1) {
        cut_short(r);
    } else {
        gr_complaint_of_parser(error->message, text, sizeof text);
        snprintf(message, sizeof message, "the document is not well-formed: %s", text);
        gr_refuse_here(r,
                       gr_is_encoding_error(error->code)
                           ? GR_HINT_ENCODING
                           : "mend it at the source, or export it again",
                       message);
    }
}

void gr_events_install(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof *sax);
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = sax->ignorableWhitespace = sax->cdataBlock = on_text;
    sax->internalSubset = on_doctype;
    sax->serror = (xmlStructuredErrorFunc)on_error;
}
