/* src/ingest/sniff.c - a throw-away parser looks at the first bytes. It knows how encodings are
 * declared and detected, so that we need not; the real parser is then fed with UTF-8 only. */
#include "ingest/sniff.h"

#include "base/bounds.h"
#include "base/os.h"
#include "rulefile/complaint.h"

#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

enum { GR_MAX_FORMATS = 64, GR_PATH = 512 };

typedef struct sniffer {
    xmlParserCtxt *parser;
    const gr_formats *formats;
    const char *name;
    uint32_t line_offset;
    gr_error *err;
    gr_status status;
    char path[GR_PATH]; /* of the element that is open, below the root: "A/B" */
    size_t length;
    int depth;
    char root[GR_MAX_NAME];
    char space[GR_MAX_NAME];
    uint8_t has[GR_MAX_FORMATS]; /* a bit for each <has> that was seen */
    bool bad_encoding;
} sniffer;

bool gr_is_encoding_error(int code)
{
    return code == XML_ERR_INVALID_CHAR || code == XML_ERR_INVALID_ENCODING ||
           code == XML_ERR_UNKNOWN_ENCODING || code == XML_ERR_UNSUPPORTED_ENCODING ||
           code == XML_I18N_CONV_FAILED;
}

static gr_place here(const sniffer *s)
{
    const xmlParserInput *in = s->parser->input;

    if (!in)
        return (gr_place){ s->name, 1 + s->line_offset, 1 };
    return (gr_place){ s->name, (uint32_t)in->line + s->line_offset,
                       (uint32_t)(in->col > 0 ? in->col : 1) };
}

static void refuse(sniffer *s, const char *hint, const char *message)
{
    if (s->status == GR_OK)
        s->status = gr_fail(s->err, GR_EINPUT, here(s), hint, "%s", message);
    xmlStopParser(s->parser);
}

static void copy_name(char *to, size_t size, const xmlChar *from)
{
    gr_text text = gr_text_of((const char *)from);
    size_t n = gr_text_cut(text, size - 1);

    memcpy(to, text.ptr, n);
    to[n] = '\0';
}

/* The attributes and elements that <has> may ask for are compared by their whole path. */
static void see(sniffer *s, gr_text path)
{
    for (size_t i = 0; i < s->formats->count && i < GR_MAX_FORMATS; i++)
        for (size_t j = 0; j < s->formats->file[i].has_count; j++)
            if (gr_text_equal(path, s->formats->file[i].has[j]))
                s->has[i] |= (uint8_t)(1u << j);
}

static void push_step(sniffer *s, const char *mark, const xmlChar *name)
{
    int n = snprintf(s->path + s->length, sizeof s->path - s->length, "%s%s%s",
                     s->length > 0 ? "/" : "", mark, (const char *)name);

    if (n > 0 && s->length + (size_t)n < sizeof s->path) {
        s->length += (size_t)n;
        see(s, (gr_text){ s->path, s->length });
    } else {
        s->path[s->length] = '\0';
    }
}

static void pop_step(sniffer *s)
{
    while (s->length > 0 && s->path[s->length] != '/')
        s->length--;
    s->path[s->length] = '\0';
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **ns, int attributes, int defaulted,
                     const xmlChar **attribute)
{
    sniffer *s = context;

    (void)prefix;
    (void)namespaces;
    (void)ns;
    (void)defaulted;
    if (s->depth++ == 0) {
        copy_name(s->root, sizeof s->root, name);
        copy_name(s->space, sizeof s->space, uri);
    } else if (s->depth < 8) {
        push_step(s, "", name);
    }
    for (int i = 0; i < attributes && s->depth < 8; i++) {
        size_t length = s->length;

        push_step(s, "@", attribute[5 * i]);
        s->length = length;
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    sniffer *s = context;

    (void)name;
    (void)prefix;
    (void)uri;
    if (--s->depth < 7 && s->depth > 0)
        pop_step(s);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id,
                       const xmlChar *system_id)
{
    (void)name;
    (void)public_id;
    (void)system_id;
    refuse(context, "exports carry no DOCTYPE: remove it, or export the file again",
           "the document has a DOCTYPE");
}

/* What goes wrong after the root was seen is told by the real parser, with a better place. */
static void on_error(void *context, xmlErrorPtr error)
{
    sniffer *s = context;
    char text[160], message[240];

    if (error->code == XML_ERR_NO_MEMORY) /* perhaps before there is a parser */
        s->status = gr_fail_memory(s->err);
    if (error->level < XML_ERR_ERROR || s->root[0] || s->status != GR_OK)
        return;
    if (error->code == XML_ERR_INVALID_ENCODING)
        s->bad_encoding = true;
    gr_complaint_of_parser(error->message, text, sizeof text);
    snprintf(message, sizeof message, "the file is not XML: %s",
             error->code == XML_ERR_DOCUMENT_END ? "it ends before its first element" : text);
    refuse(s,
           gr_is_encoding_error(error->code) ? GR_HINT_ENCODING
                                             : "give the file as it was exported",
           message);
}

static void start(sniffer *s, xmlSAXHandler *sax, int options)
{
    memset(sax, 0, sizeof *sax);
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->internalSubset = on_doctype;
    sax->serror = (xmlStructuredErrorFunc)on_error;
    s->parser = xmlCreatePushParserCtxt(sax, s, NULL, 0, NULL);
    if (s->parser)
        xmlCtxtUseOptions(s->parser, XML_PARSE_NONET | options);
}

static gr_status look(sniffer *s, gr_text head, int options, gr_sniffed *out)
{
    xmlSAXHandler sax;
    const char *encoder = NULL;

    s->status = GR_OK;
    s->bad_encoding = false;
    start(s, &sax, options);
    if (!s->parser)
        return gr_fail_memory(s->err);
    for (size_t at = 0; at < head.len && s->status == GR_OK; at += 4096) {
        gr_text piece = gr_text_slice(head, at, at + 4096);

        xmlParseChunk(s->parser, piece.ptr, (int)piece.len, 0);
    }
    if (s->status == GR_OK &&
        !s->root[0]) /* a short document: it may still have something to say */
        xmlParseChunk(s->parser, "", 0, 1);
    if (s->parser->input && s->parser->input->buf && s->parser->input->buf->encoder)
        encoder = s->parser->input->buf->encoder->name;
    snprintf(out->encoding, sizeof out->encoding, "%s", encoder ? encoder : "");
    if (s->parser->errNo == XML_ERR_NO_MEMORY || s->parser->errNo == XML_PARSER_EOF)
        s->status = gr_fail_memory(s->err);
    xmlFreeParserCtxt(s->parser);
    s->parser = NULL;
    return s->status;
}

/* ---- which format ---- */

static bool names_root(gr_text roots, const char *root)
{
    for (gr_text one; gr_text_word(&roots, &one);)
        if (gr_text_is(one, root))
            return true;
    return false;
}

/* The root must match and every <has> be there; the namespace decides between those that are left.
 */
static int score(const sniffer *s, size_t number)
{
    const gr_format_file *file = &s->formats->file[number];
    unsigned wanted = (1u << file->has_count) - 1;

    if (!names_root(file->root, s->root) || (number < GR_MAX_FORMATS && s->has[number] != wanted))
        return -1;
    return 2 * (int)file->has_count + (file->space.len > 0 && gr_text_is(file->space, s->space));
}

static gr_status unknown_format(sniffer *s)
{
    char hint[240] = "known formats:";
    size_t n = strlen(hint);

    for (size_t i = 0; i < s->formats->count; i++) {
        gr_text id = s->formats->file[i].id;

        if (n + id.len + 3 < sizeof hint)
            n += (size_t)snprintf(hint + n, sizeof hint - n, "%s %.*s", i ? "," : "", GR_SHOW(id));
    }
    return gr_fail(s->err, GR_EINPUT, (gr_place){ s->name, 1 + s->line_offset, 1 }, hint,
                   "no format is known for a document whose root element is '%.100s'", s->root);
}

static gr_status choose(sniffer *s, gr_sniffed *out)
{
    int best = -1;

    for (size_t i = 0; i < s->formats->count; i++) {
        int points = score(s, i);

        if (points > best) {
            best = points;
            out->format = &s->formats->file[i];
        }
    }
    return best < 0 ? unknown_format(s) : GR_OK;
}

static bool is_blank(gr_text head)
{
    return gr_text_trim(head).len == 0;
}

gr_status gr_sniff(const gr_formats *formats, const char *name, uint32_t line_offset, gr_text head,
                   gr_sniffed *out, gr_error *err)
{
    sniffer *s = gr_os_alloc(sizeof *s);
    gr_place top = { name, 1 + line_offset, 1 };
    gr_status status;

    if (!s)
        return gr_fail_memory(err);
    memset(s, 0, sizeof *s);
    *s = (sniffer){ .formats = formats, .name = name, .line_offset = line_offset, .err = err };
    if (is_blank(head)) {
        status = gr_fail(err, GR_EINPUT, top, "export the file again", "the file is empty");
    } else {
        status = look(s, head, 0, out);
        if (s->bad_encoding) /* .NET writes "utf-16" into UTF-8: the bytes are right, the name is not */
            status = look(s, head, XML_PARSE_IGNORE_ENC, out);
        if (status == GR_OK && !s->root[0])
            status = gr_fail(err, GR_EINPUT, top, "give the file as it was exported",
                             "the file is cut short before its first element");
        if (status == GR_OK)
            status = choose(s, out);
    }
    gr_os_free(s);
    return status;
}
