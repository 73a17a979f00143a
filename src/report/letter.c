/* src/report/letter.c - see letter.h. Nothing here allocates or fails. */
#include "report/letter.h"

#include <utf8proc.h>

#define REPLACEMENT ((gr_letter){ 0xFFFD, GR_TEXT("\xEF\xBF\xBD") })

bool gr_letter_next(gr_text *rest, gr_letter *out)
{
    utf8proc_ssize_t bytes = 1;
    utf8proc_int32_t code;

    if (rest->len == 0)
        return false;
    code = (unsigned char)rest->ptr[0];
    if (code >= 0x80) {
        size_t room = rest->len < 4 ? rest->len : 4;

        bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)rest->ptr, (utf8proc_ssize_t)room, &code);
    }
    if (bytes > 0)
        *out = (gr_letter){ code, gr_text_slice(*rest, 0, (size_t)bytes) };
    else
        *out = REPLACEMENT;
    *rest = gr_text_slice(*rest, bytes > 0 ? (size_t)bytes : 1, rest->len);
    return true;
}

static bool is_space(int32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x2028 || code == 0x2029;
}

/* Control characters, and the marks that turn the direction of text: with those a name could show
 * another amount than the one that stands there. */
static bool steers_terminal(int32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x61C || code == 0x200E ||
           code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

bool gr_letter_tame(gr_text *rest, gr_letter *out)
{
    if (rest->len > 0 && rest->ptr[0] >= ' ' && rest->ptr[0] <= '~') { /* nearly all letters */
        *out = (gr_letter){ rest->ptr[0], { rest->ptr, 1 } };
        rest->ptr++;
        rest->len--;
        return true;
    }
    if (!gr_letter_next(rest, out))
        return false;
    if (is_space(out->code))
        *out = (gr_letter){ ' ', GR_TEXT(" ") };
    else if (steers_terminal(out->code))
        *out = REPLACEMENT;
    return true;
}

unsigned gr_letter_columns(const gr_letter *letter)
{
    int columns = letter->code < 0x7F ? 1 : utf8proc_charwidth(letter->code);

    return columns > 0 ? (unsigned)columns : 0;
}

size_t gr_text_plain(gr_text text, char first)
{
    size_t n = 0;

    while (n < text.len && text.ptr[n] >= first && text.ptr[n] <= '~')
        n++;
    return n;
}

unsigned gr_text_columns(gr_text text)
{
    gr_letter letter;
    size_t plain = gr_text_plain(text, ' ');
    unsigned columns = (unsigned)plain;

    text = gr_text_slice(text, plain, text.len);
    while (gr_letter_tame(&text, &letter))
        columns += gr_letter_columns(&letter);
    return columns;
}

bool gr_text_valid(gr_text text)
{
    gr_letter letter;
    size_t plain = gr_text_plain(text, ' ');

    text = gr_text_slice(text, plain, text.len);
    while (text.len > 0) {
        const char *at = text.ptr;

        if (gr_letter_next(&text, &letter) && letter.bytes.ptr != at)
            return false;
    }
    return true;
}
