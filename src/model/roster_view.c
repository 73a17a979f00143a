/* src/model/roster_view.c - words. */
#include "model/roster_view.h"

const char *gr_roster_trouble_text(gr_roster_trouble trouble)
{
    static const char *const words[] = {
        [GR_TROUBLE_NOTE] = "note", [GR_TROUBLE_WARNING] = "warning", [GR_TROUBLE_ERROR] = "error"
    };

    return words[trouble];
}
