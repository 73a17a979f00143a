/* tests/fuzz/fuzz_request.c - any bytes may come as path, query, form, cookie or header: what is accepted is whole, valid UTF-8,
 * within its room and within what came; what is not is refused, with words. */
#include "web/parse.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void try_path(char *path)
{
    size_t length = strlen(path);
    gr_parsed parsed = gr_path_decode(path);

    must(gr_parsed_text(parsed)[0] != '\0');
    if (parsed != GR_PARSED)
        return;
    must(path[0] == '/' && strlen(path) <= length && gr_utf8_is_valid(path, strlen(path)));
    for (const char *p = path; *p; p++)
        must((unsigned char)*p >= 0x20 && *p != 0x7f);
    if (gr_path_is_own(path))
        must(path[1] != '/' && path[1] != '\\' && strpbrk(path, "\r\n \\") == NULL);
}

static void try_pairs(char *text)
{
    enum { ROOM = 8 };
    const char *end = text + strlen(text);
    gr_parameter item[ROOM];
    size_t most = gr_pairs_count(text), count = 0;
    gr_parsed parsed = gr_pairs_decode(text, item, ROOM, &count);

    must(count <= ROOM && count <= most);
    must(parsed != GR_PARSE_MANY || most > ROOM);
    for (size_t i = 0; i < count; i++) {
        const char *value = item[i].value;

        must(item[i].name >= text && item[i].name < end);
        must(*value == '\0' || (value > item[i].name && value <= end));
        must(gr_utf8_is_valid(item[i].name, strlen(item[i].name)));
        must(gr_utf8_is_valid(value, strlen(value)));
    }
}

static void try_headers(const char *text)
{
    char value[16], address[16];
    const char *token = gr_bearer_find(text);

    if (gr_cookie_find(text, "giftrule", value, sizeof value))
        must(strlen(value) < sizeof value && strstr(text, value) && !strchr(value, ';'));
    if (gr_forwarded_find(text, address, sizeof address))
        must(address[0] != '\0' && strspn(address, "0123456789abcdefABCDEF.:") == strlen(address));
    must(!token || (*token && strcspn(token, " \t\r\n") == strlen(token)));
    must(!gr_media_is(text, "application/json") || strlen(text) >= strlen("application/json"));
    if (gr_host_is_good(text))
        must(strpbrk(text, "/@?# \r\n") == NULL);
    must(!gr_origin_is_of(text, "desk.example", "https") ||
         strlen(text) == strlen("https://desk.example"));
}

/* Each gets a copy that ends where its memory does. */
static void with_copy(const uint8_t *data, size_t size, void (*attempt)(char *))
{
    char *copy = malloc(size + 1);

    must(copy != NULL);
    if (size > 0)
        memcpy(copy, data, size);
    copy[size] = '\0';
    attempt(copy);
    free(copy);
}

static void try_headers_of(char *text)
{
    try_headers(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    with_copy(data, size, try_path);
    with_copy(data, size, try_pairs);
    with_copy(data, size, try_headers_of);
    (void)gr_utf8_is_valid((const char *)data, size);
    return 0;
}
