/* src/rulefile/rulefile.c - rule files by libxml2: a document, its schema, and a copy of the document
 * as plain nodes. No DTD, no entities, no network; a file that is not well-formed or not valid gives all
 * its errors in one run. */
#include "rulefile/rulefile.h"

#include "base/bounds.h"
#include "base/digest.h"
#include "base/os.h"
#include "rulefile/complaint.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/xmlschemas.h>

/* ---- reading the bytes ---- */

gr_status gr_rulefile_read(const char *path, gr_arena *arena, gr_text *out, gr_error *err)
{
    gr_list bytes = GR_LIST(char);
    gr_status status = GR_OK;
    int fd = gr_os_open(path);
    ssize_t got = 1;

    if (fd < 0)
        return gr_fail_io(err, path, "open");
    while (status == GR_OK && got > 0) {
        if (!gr_list_reserve(&bytes, 16384))
            status = gr_fail_memory(err);
        else if ((got = gr_os_read(fd, (char *)bytes.items + bytes.count, 16384)) < 0)
            status = gr_fail_io(err, path, "read");
        else if ((bytes.count += (size_t)got) > GR_MAX_RULE_FILE)
            status = gr_fail(err, GR_ELIMIT, (gr_place){ path, 0, 0 }, "split it",
                             "the file is longer than %d bytes", GR_MAX_RULE_FILE);
    }
    gr_os_close(fd);
    if (status == GR_OK) {
        *out = gr_arena_copy(arena, (gr_text){ bytes.items, bytes.count });
        status = out->ptr ? GR_OK : gr_fail_memory(err);
    }
    gr_list_free(&bytes);
    return status;
}

/* ---- parsing, with the place of every start tag ---- */

typedef struct load {
    const char *path;
    gr_arena *arena;
    gr_problems *problems;
    bool no_memory;
    bool is_malformed; /* told already */
} load;

/* libxml2 calls when a start tag has ended. Its beginning is the last '<' before, since no '<' may stand in a
 * tag; the whole file is in the buffer. The place is kept in the node's _private. */
static void *pack_place(const xmlParserInput *in)
{
    const xmlChar *at = in->cur;
    uint32_t line = (uint32_t)in->line, column = 1;

    while (at > in->base && *at != '<') {
        at--;
        line -= *at == '\n';
    }
    while (at > in->base && at[-1] != '\n') {
        at--;
        column++;
    }
    return (void *)(uintptr_t)((uint64_t)line << 32 | column);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **ns, int attributes, int defaulted,
                     const xmlChar **attribute)
{
    xmlParserCtxt *parser = context;

    xmlSAX2StartElementNs(context, name, prefix, uri, namespaces, ns, attributes, defaulted,
                          attribute);
    if (parser->node)
        parser->node->_private = pack_place(parser->input);
}

static gr_place place_of(const load *l, const xmlNode *node)
{
    uint64_t packed = (uint64_t)(uintptr_t)node->_private;

    return (gr_place){ l->path, (uint32_t)(packed >> 32), (uint32_t)packed };
}

static void report(load *l, gr_place at, const char *message)
{
    gr_complaint complaint;

    gr_complaint_of_schema(message, &complaint);
    gr_problem(l->problems, at, complaint.hint, "%s", complaint.message);
}

static void on_invalid(void *context, xmlErrorPtr error)
{
    load *l = context;
    gr_place at = { l->path, error->line > 0 ? (uint32_t)error->line : 0, 0 };
    const xmlNode *node = error->node;

    if (node && node->type == XML_ATTRIBUTE_NODE)
        node = node->parent;
    if (node && node->type == XML_ELEMENT_NODE && node->_private)
        at = place_of(l, node);
    report(l, at, error->message);
}

/* The first error only: what follows is mostly about what the parser then believes. */
static void on_malformed(void *context, xmlErrorPtr error)
{
    xmlParserCtxt *parser = context;
    load *l = parser->_private;
    char text[512];

    if (error->level < XML_ERR_ERROR || l->is_malformed)
        return;
    l->is_malformed = true;
    gr_complaint_of_parser(error->message, text, sizeof text);
    gr_problem(l->problems, (gr_place){ l->path, (uint32_t)error->line, (uint32_t)error->int2 },
               "mend it there", "the file is not well-formed: %s", text);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id,
                       const xmlChar *system_id)
{
    xmlParserCtxt *parser = context;
    load *l = parser->_private;

    (void)name;
    (void)public_id;
    (void)system_id;
    gr_problem(l->problems, (gr_place){ l->path, (uint32_t)parser->input->line, 0 },
               "remove the DOCTYPE", "a rule file has no DOCTYPE");
    l->is_malformed = true; /* enough is said */
    xmlStopParser(parser);
}

static void swallow(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

static xmlDoc *parse(load *l, gr_text bytes)
{
    xmlParserCtxt *parser = xmlNewParserCtxt();
    xmlDoc *doc = NULL;

    if (!parser) {
        l->no_memory = true;
        return NULL;
    }
    parser->_private = l;
    parser->sax->startElementNs = on_start;
    parser->sax->internalSubset = on_doctype;
    parser->sax->serror = (xmlStructuredErrorFunc)on_malformed;
    doc = xmlCtxtReadMemory(parser, bytes.ptr, (int)bytes.len, NULL, NULL,
                            XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
    l->no_memory = parser->errNo == XML_ERR_NO_MEMORY;
    xmlFreeParserCtxt(parser);
    if (doc && l->is_malformed) {
        xmlFreeDoc(doc);
        doc = NULL;
    }
    return doc;
}

/* A schema is parsed when the first file needs it: that costs more than to check a file by it. */
static xmlSchema *parse_schema(const load *l, gr_schema *schema)
{
    xmlSchemaParserCtxt *reader = schema->parsed ? NULL : xmlSchemaNewParserCtxt(schema->path);
    load of_schema = *l;

    of_schema.path = schema->path;
    if (reader) {
        xmlSchemaSetParserStructuredErrors(reader, on_invalid, &of_schema);
        schema->parsed = xmlSchemaParse(reader);
        xmlSchemaFreeParserCtxt(reader);
    }
    return schema->parsed;
}

void gr_schema_close(gr_schema *schema)
{
    xmlSchemaFree(schema->parsed);
    schema->parsed = NULL;
}

static gr_status validate(load *l, xmlDoc *doc, gr_schema *schema, gr_error *err)
{
    xmlSchema *parsed = parse_schema(l, schema);
    xmlSchemaValidCtxt *valid = parsed ? xmlSchemaNewValidCtxt(parsed) : NULL;

    if (!valid)
        return gr_fail(err, GR_EINPUT, (gr_place){ schema->path, 0, 0 },
                       "the folder schema belongs to the rule files", "cannot use this schema");
    xmlSchemaSetValidStructuredErrors(valid, on_invalid, l);
    xmlSchemaValidateDoc(valid, doc);
    xmlSchemaFreeValidCtxt(valid);
    return GR_OK;
}

/* ---- the copy as plain nodes ---- */

static gr_text collapse(load *l, const char *text)
{
    char *out = gr_arena_alloc(l->arena, strlen(text) + 1);
    size_t n = 0;

    if (!out) {
        l->no_memory = true;
        return GR_TEXT("");
    }
    for (gr_text rest = gr_text_of(text), word; gr_text_word(&rest, &word); n += word.len) {
        if (n > 0)
            out[n++] = ' ';
        memcpy(out + n, word.ptr, word.len);
    }
    out[n] = '\0';
    return (gr_text){ out, n };
}

static gr_text text_of_node(load *l, const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    gr_text text = GR_TEXT("");

    if (content)
        text = collapse(l, (const char *)content);
    else
        l->no_memory = true;
    xmlFree(content);
    return text;
}

static const gr_attribute *copy_attributes(load *l, const xmlNode *from)
{
    const gr_attribute *first = NULL;
    const gr_attribute **last = &first;

    for (const xmlAttr *a = from->properties; a; a = a->next) {
        gr_attribute *copy = gr_arena_zero(l->arena, sizeof *copy);
        gr_text name = gr_arena_copy(l->arena, gr_text_of((const char *)a->name));

        if (!copy || !name.ptr) {
            l->no_memory = true;
            return first;
        }
        copy->name = name.ptr;
        copy->value = text_of_node(l, (const xmlNode *)a);
        *last = copy;
        last = &copy->next;
    }
    return first;
}

/* Of an element that only holds others the text is nobody's: collecting it at each level is a third of the copy. */
static bool has_words(const xmlNode *node)
{
    for (xmlNode *child = node->children; child; child = child->next)
        if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) &&
            !xmlIsBlankNode(child))
            return true;
    return false;
}

static const gr_node *copy_node(load *l, const xmlNode *from)
{
    gr_node *node = gr_arena_zero(l->arena, sizeof *node);
    gr_text name = gr_arena_copy(l->arena, gr_text_of((const char *)from->name));
    const gr_node **last;

    if (!node || !name.ptr) {
        l->no_memory = true;
        return NULL;
    }
    node->name = name.ptr;
    node->at = place_of(l, from);
    node->text = has_words(from) ? text_of_node(l, from) : GR_TEXT("");
    node->attribute = copy_attributes(l, from);
    last = &node->first;
    for (const xmlNode *child = from->children; child && !l->no_memory; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        *last = copy_node(l, child); /* the parser has bounded the depth */
        if (*last)
            last = (const gr_node **)(uintptr_t) & (*last)->next;
    }
    return node;
}

static gr_status fail_empty(load *l, gr_error *err)
{
    gr_problem(l->problems, (gr_place){ l->path, 1, 1 }, "take it from where it was installed from",
               "the file is empty");
    return gr_problems_end(l->problems, err);
}

gr_status gr_rulefile_load_by(const char *path, gr_schema *schema, gr_arena *arena,
                              gr_problems *problems, gr_rulefile *out, gr_error *err)
{
    load l = { path, arena, problems, false, false };
    size_t before = problems->count;
    gr_rulefile file = { 0 };
    gr_text kept = gr_arena_copy(arena, gr_text_of(path));
    gr_digest digest;
    gr_status status =
        kept.ptr ? gr_rulefile_read(path, arena, &file.bytes, err) : gr_fail_memory(err);
    xmlDoc *doc;

    if (status != GR_OK)
        return status;
    l.path = kept.ptr; /* places outlive the caller's name */
    if (gr_text_trim(file.bytes).len == 0)
        return fail_empty(&l, err);
    gr_digest_start(&digest);
    gr_digest_add(&digest, file.bytes.ptr, file.bytes.len);
    gr_digest_end(&digest, file.sha256);
    problems->trusts = problems->is_known && problems->is_known(problems->keeper, file.sha256);
    xmlSetStructuredErrorFunc(NULL, swallow);
    doc = parse(&l, file.bytes);
    if (doc && schema && !problems->trusts)
        status = validate(&l, doc, schema, err);
    if (doc && status == GR_OK && problems->count == before)
        file.root = copy_node(&l, xmlDocGetRootElement(doc));
    xmlFreeDoc(doc);
    /* the parser does not always say that it had no memory: nothing was wrong, and nothing came */
    if (l.no_memory || (status == GR_OK && !file.root && problems->count == before))
        return gr_fail_memory(err);
    if (status == GR_OK && problems->count > before)
        status = gr_problems_end(problems, err);
    if (status != GR_OK)
        return status;
    if (problems->on_file && !problems->on_file(problems->keeper, l.path, file.bytes, file.sha256))
        return gr_fail_memory(err);
    *out = file;
    return GR_OK;
}

gr_status gr_rulefile_load(const char *path, const char *schema, gr_arena *arena,
                           gr_problems *problems, gr_rulefile *out, gr_error *err)
{
    gr_schema only = { .path = schema };
    gr_status status = gr_rulefile_load_by(path, schema ? &only : NULL, arena, problems, out, err);

    gr_schema_close(&only);
    return status;
}

/* ---- folders and nodes ---- */

static int by_bytes(const void *a, const void *b)
{
    return gr_text_compare(*(const gr_text *)a, *(const gr_text *)b);
}

gr_status gr_rulefile_list(const char *dir, const char *suffix, gr_arena *arena, gr_list *paths,
                           gr_error *err)
{
    DIR *folder = opendir(dir);
    gr_status status = GR_OK;

    if (!folder)
        return gr_fail_io(err, dir, "open this folder");
    for (struct dirent *entry; status == GR_OK && (entry = readdir(folder));) {
        gr_text path;

        if (entry->d_name[0] == '.' || !gr_text_ends(gr_text_of(entry->d_name), gr_text_of(suffix)))
            continue;
        path = gr_arena_print(arena, "%s/%s", dir, entry->d_name);
        if (!path.ptr || !gr_list_push(paths, &path))
            status = gr_fail_memory(err);
    }
    closedir(folder);
    if (paths->count > 1)
        qsort(paths->items, paths->count, sizeof(gr_text), by_bytes);
    return status;
}

static const gr_attribute *find_attribute(const gr_node *node, const char *name)
{
    const gr_attribute *a = node->attribute;

    while (a && strcmp(a->name, name) != 0)
        a = a->next;
    return a;
}

gr_text gr_node_attribute(const gr_node *node, const char *name)
{
    const gr_attribute *a = find_attribute(node, name);

    return a ? a->value : GR_TEXT("");
}

bool gr_node_has(const gr_node *node, const char *name)
{
    return find_attribute(node, name) != NULL;
}

bool gr_node_is(const gr_node *node, const char *name)
{
    return strcmp(node->name, name) == 0;
}

static const gr_node *from_here(const gr_node *node, const char *name)
{
    while (node && strcmp(node->name, name) != 0)
        node = node->next;
    return node;
}

const gr_node *gr_node_child(const gr_node *node, const char *name)
{
    return from_here(node->first, name);
}

const gr_node *gr_node_again(const gr_node *node)
{
    return from_here(node->next, node->name);
}

size_t gr_node_count(const gr_node *node, const char *name)
{
    size_t count = 0;

    for (const gr_node *child = gr_node_child(node, name); child; child = gr_node_again(child))
        count++;
    return count;
}
