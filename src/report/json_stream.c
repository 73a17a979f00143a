/* src/report/json_stream.c - see json_stream.h. */
#include "report/json_stream.h"

#include <string.h>

#include "base/os.h"
#include "report/letter.h"

static void line(gr_json *json)
{
    gr_write(json->writer, "\n", 1);
    for (unsigned i = 0; i < json->depth; i++)
        gr_write(json->writer, "  ", 2);
}

/* The comma after the member before, and the name. Names are ours: nothing in them to escape. */
static void start(gr_json *json, const char *name)
{
    if (json->started)
        gr_write(json->writer, ",", 1);
    if (json->depth > 0)
        line(json);
    if (name)
        gr_write_print(json->writer, "\"%s\": ", name);
    json->started = true;
}

void gr_json_open(gr_json *json, const char *name, char bracket)
{
    if (json->failed)
        return;
    start(json, name);
    gr_write(json->writer, &bracket, 1);
    json->depth++;
    json->started = false;
}

void gr_json_close(gr_json *json, char bracket)
{
    if (json->failed)
        return;
    json->depth--;
    if (json->started)
        line(json);
    gr_write(json->writer, &bracket, 1);
    json->started = true;
    if (json->depth == 0)
        gr_write(json->writer, "\n", 1);
}

/* A line end inside a text is escaped: each one that comes here is followed by the value's own
 * indentation, to which ours is added. */
static int on_piece(const char *bytes, size_t size, void *context)
{
    gr_json *json = context;
    const char *end;

    while (size > 0 && (end = memchr(bytes, '\n', size)) != NULL) {
        gr_write(json->writer, bytes, (size_t)(end - bytes));
        line(json);
        size -= (size_t)(end - bytes) + 1;
        bytes = end + 1;
    }
    gr_write(json->writer, bytes, size);
    return 0;
}

void gr_json_put(gr_json *json, const char *name, json_t *value)
{
    json->failed = json->failed || !value;
    if (!json->failed) {
        start(json, name);
        json->failed =
            json_dump_callback(value, on_piece, json, JSON_INDENT(2) | JSON_ENCODE_ANY) != 0;
    }
    json_decref(value);
}

static json_t *repaired(gr_text text)
{
    char *bytes = gr_os_alloc(text.len * 3 + 1); /* each wrong byte becomes three */
    size_t used = 0;
    gr_letter letter;
    json_t *value;

    if (!bytes)
        return NULL;
    while (gr_letter_next(&text, &letter)) {
        memcpy(bytes + used, letter.bytes.ptr, letter.bytes.len);
        used += letter.bytes.len;
    }
    value = json_stringn(bytes, used);
    gr_os_free(bytes);
    return value;
}

json_t *gr_json_text(gr_text text)
{
    if (text.len == 0)
        return json_string("");
    return gr_text_valid(text) ? json_stringn_nocheck(text.ptr, text.len) : repaired(text);
}

json_t *gr_json_number(uint64_t number)
{
    return json_integer((json_int_t)(number < INT64_MAX ? number : INT64_MAX));
}

bool gr_json_set(json_t *object, const char *name, json_t *value)
{
    return json_object_set_new_nocheck(object, name, value) == 0;
}
