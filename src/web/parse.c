/* src/web/parse.c - path, query, forms, cookies and a few headers of a request. No memory is taken; what is not understood
 * whole is refused. tests/fuzz/fuzz_request.c tries it with anything. */
#include "web/parse.h"

#include <string.h>
#include <strings.h>

const char *gr_parsed_text(gr_parsed parsed)
{
    static const char *const texts[] = {
        [GR_PARSED] = "the request is good",
        [GR_PARSE_PERCENT] = "a '%' in the request is not followed by two hexadecimal digits",
        [GR_PARSE_ZERO] = "the request has a NUL character",
        [GR_PARSE_UTF8] = "the request is not UTF-8",
        [GR_PARSE_CONTROL] = "the path has a control character",
        [GR_PARSE_MANY] = "the request has too many parameters",
        [GR_PARSE_NO_PATH] = "the request names no path of this site",
    };

    return texts[parsed];
}

/* Bytes of the letter that begins here; 0: none does. Overlong forms, surrogates and what is past U+10FFFF are none. */
static size_t letter_length(const unsigned char *s, size_t left)
{
    static const struct {
        unsigned char first, last, low, high; /* of the first byte, of the second */
        size_t length;
    } forms[] = {
        { 0x00, 0x7f, 0, 0, 1 },       { 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
        { 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
        { 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
    };

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (s[0] < forms[i].first || s[0] > forms[i].last)
            continue;
        if (forms[i].length > left)
            return 0;
        if (forms[i].length > 1 && (s[1] < forms[i].low || s[1] > forms[i].high))
            return 0;
        for (size_t k = 2; k < forms[i].length; k++)
            if (s[k] < 0x80 || s[k] > 0xbf)
                return 0;
        return forms[i].length;
    }
    return 0;
}

bool gr_utf8_is_valid(const char *text, size_t length)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t n;

    for (size_t i = 0; i < length; i += n) {
        n = letter_length(s + i, length - i);
        if (n == 0)
            return false;
    }
    return true;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* In place; has_plus: of a query or a form, where "+" is a space. */
static gr_parsed decode(char *text, bool has_plus)
{
    char *to = text;

    for (const char *from = text; *from; from++) {
        char c = *from;

        if (c == '%') {
            int high = digit_of(from[1]);
            int low = high < 0 ? -1 : digit_of(from[2]);

            if (low < 0)
                return GR_PARSE_PERCENT;
            c = (char)(high * 16 + low);
            if (c == '\0')
                return GR_PARSE_ZERO;
            from += 2;
        } else if (c == '+' && has_plus) {
            c = ' ';
        }
        *to++ = c;
    }
    *to = '\0';
    return gr_utf8_is_valid(text, (size_t)(to - text)) ? GR_PARSED : GR_PARSE_UTF8;
}

gr_parsed gr_path_decode(char *path)
{
    gr_parsed parsed;

    if (path[0] != '/')
        return GR_PARSE_NO_PATH;
    for (const char *p = path; *p; p++) /* a space must be written %20 */
        if (*p == ' ')
            return GR_PARSE_CONTROL;
    parsed = decode(path, false);
    for (const char *p = path; parsed == GR_PARSED && *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            parsed = GR_PARSE_CONTROL;
    return parsed;
}

size_t gr_pairs_count(const char *text)
{
    size_t n = *text != '\0';

    for (; *text; text++)
        n += *text == '&';
    return n;
}

gr_parsed gr_pairs_decode(char *text, gr_parameter *item, size_t room, size_t *count)
{
    char *next;

    *count = 0;
    for (; text && *text; text = next) {
        char *value, *end = strchr(text, '&');
        gr_parsed parsed;

        next = end ? end + 1 : NULL;
        if (end)
            *end = '\0';
        if (*text == '\0')
            continue;
        if (*count == room)
            return GR_PARSE_MANY;
        value = strchr(text, '=');
        if (value)
            *value++ = '\0';
        parsed = decode(text, true);
        if (parsed == GR_PARSED && value)
            parsed = decode(value, true);
        if (parsed != GR_PARSED)
            return parsed;
        item[(*count)++] = (gr_parameter){ text, value ? value : "" };
    }
    return GR_PARSED;
}

bool gr_cookie_find(const char *header, const char *name, char *value, size_t size)
{
    size_t length = strlen(name), found = 0;

    while (*header) {
        const char *end;

        header += strspn(header, " \t;");
        end = header + strcspn(header, ";");
        if (strncmp(header, name, length) == 0 && header[length] == '=') {
            const char *begin = header + length + 1;
            size_t n = (size_t)(end - begin);

            while (n > 0 && (begin[n - 1] == ' ' || begin[n - 1] == '\t'))
                n--;
            if (++found > 1 || n >= size)
                return false;
            memcpy(value, begin, n);
            value[n] = '\0';
        }
        header = end;
    }
    return found == 1;
}

bool gr_media_is(const char *type, const char *wanted)
{
    size_t n = strcspn(type, "; \t");

    return n == strlen(wanted) && strncasecmp(type, wanted, n) == 0;
}

const char *gr_bearer_find(const char *authorization)
{
    static const char scheme[] = "Bearer ";
    const char *token = authorization + sizeof scheme - 1;

    if (strncasecmp(authorization, scheme, sizeof scheme - 1) != 0)
        return NULL;
    token += strspn(token, " ");
    for (const char *p = token; *p; p++)
        if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f)
            return NULL;
    return *token ? token : NULL;
}

bool gr_host_is_good(const char *host)
{
    size_t n = strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_[]:");

    return n > 0 && n < 256 && host[n] == '\0';
}

bool gr_origin_is_of(const char *origin, const char *host, const char *scheme)
{
    const char *after = strstr(origin, "://");

    if (!after || (scheme && (strlen(scheme) != (size_t)(after - origin) ||
                              strncasecmp(origin, scheme, strlen(scheme)) != 0)))
        return false;
    return strcasecmp(after + 3, host) == 0;
}

bool gr_forwarded_find(const char *header, char *address, size_t size)
{
    const char *comma = strrchr(header, ',');
    const char *begin = comma ? comma + 1 : header;
    size_t n;

    begin += strspn(begin, " \t");
    n = strspn(begin, "0123456789abcdefABCDEF.:");
    if (n == 0 || n >= size || begin[n + strspn(begin + n, " \t")] != '\0')
        return false;
    memcpy(address, begin, n);
    address[n] = '\0';
    return true;
}

/* "//other.example" and "/\other.example" are other sites to a browser. */
bool gr_path_is_own(const char *path)
{
    if (path[0] != '/' || path[1] == '/' || path[1] == '\\')
        return false;
    for (const char *p = path; *p; p++)
        if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f || *p == '\\')
            return false;
    return strlen(path) < 1024;
}
