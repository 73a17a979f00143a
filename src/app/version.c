/* src/app/version.c - exports that number their versions do so by a moment or a count; anything else is compared as
 * text. Of a moment the seconds count: how their parts and the zone are written differs within one export. */
#include "app/version.h"

#include <stddef.h>

static bool begins_with_date(gr_text text)
{
    static const char form[] = "dddd-dd-dd";

    if (text.len < sizeof form - 1)
        return false;
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == 'd' ? text.ptr[i] < '0' || text.ptr[i] > '9' : text.ptr[i] != form[i])
            return false;
    return true;
}

static bool is_count(gr_text text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 0;
}

static gr_text without_zeros(gr_text text)
{
    while (text.len > 1 && text.ptr[0] == '0')
        text = (gr_text){ text.ptr + 1, text.len - 1 };
    return text;
}

bool gr_version_is_older(gr_text version, gr_text than)
{
    enum { TO_SECONDS = 19 };

    if (begins_with_date(version) && begins_with_date(than)) {
        version.len = version.len < TO_SECONDS ? version.len : TO_SECONDS;
        than.len = than.len < TO_SECONDS ? than.len : TO_SECONDS;
    } else if (is_count(version) && is_count(than)) {
        version = without_zeros(version);
        than = without_zeros(than);
        if (version.len != than.len)
            return version.len < than.len;
    }
    return gr_text_compare(version, than) < 0;
}
