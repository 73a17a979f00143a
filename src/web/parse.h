/* src/web/parse.h - what of a request we read ourselves, after libmicrohttpd has found its lines: path, query, forms, cookies,
 * a few headers. Everything is decoded in place, bounded, valid UTF-8 and without NUL, or refused. */
#ifndef GR_WEB_PARSE_H
#define GR_WEB_PARSE_H

#include "giftrule.h"

typedef enum gr_parsed {
    GR_PARSED,
    GR_PARSE_PERCENT, /* '%' without two hexadecimal digits */
    GR_PARSE_ZERO,    /* a NUL */
    GR_PARSE_UTF8,    /* not UTF-8 */
    GR_PARSE_CONTROL, /* a control character in a path */
    GR_PARSE_MANY,    /* more parameters than there is room for */
    GR_PARSE_NO_PATH  /* does not begin with "/" */
} gr_parsed;

const char *gr_parsed_text(gr_parsed parsed); /* what is wrong, as a sentence */

bool gr_utf8_is_valid(const char *text, size_t length);

/* "/people/Jos%C3%A9" becomes "/people/José". What is before the query, which the caller has cut off. */
gr_parsed gr_path_decode(char *path);
/* "a=1&b=x+y": names and values stay in text. room of item; *count gets how many. */
gr_parsed gr_pairs_decode(char *text, gr_parameter *item, size_t room, size_t *count);
/* How many items gr_pairs_decode() can find at most. */
size_t gr_pairs_count(const char *text);

/* The value of the one cookie of this name; false when there is none, or two, or it is longer. */
bool gr_cookie_find(const char *header, const char *name, char *value, size_t size);
/* Is this content type, whatever its parameters, the one that is wanted? */
bool gr_media_is(const char *type, const char *wanted);
/* What follows "Bearer "; NULL: it is no such header. */
const char *gr_bearer_find(const char *authorization);
/* A name or address with an optional port, and no other letters. */
bool gr_host_is_good(const char *host);
/* "https://desk.example" is of "desk.example"; the scheme counts where one is given. */
bool gr_origin_is_of(const char *origin, const char *host, const char *scheme);
/* The last address of "X-Forwarded-For", which the nearest proxy wrote; false when it is none. */
bool gr_forwarded_find(const char *header, char *address, size_t size);
/* May a visitor be sent there after signing in? Only to a path of this site. */
bool gr_path_is_own(const char *path);

#endif
