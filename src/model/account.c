/* src/model/account.c - the words of roles. */
#include "model/account.h"

static const char *const roles[GR_ROLE_COUNT] = {
    [GR_ROLE_EXECUTIVE] = "executive",
    [GR_ROLE_SUPERVISOR] = "supervisor",
    [GR_ROLE_OFFICER] = "officer",
    [GR_ROLE_AUDITOR] = "auditor",
    [GR_ROLE_ADMINISTRATOR] = "administrator",
    [GR_ROLE_SYSTEM] = "system",
};

const char *gr_role_text(gr_role role)
{
    return roles[role];
}

bool gr_role_find(gr_text text, gr_role *out)
{
    for (int r = 0; r < GR_ROLE_COUNT; r++) {
        if (gr_text_is(text, roles[r])) {
            *out = (gr_role)r;
            return true;
        }
    }
    return false;
}
