/* src/model/account.c - the words of roles and scopes. */
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

static const struct {
    uint32_t bit;
    const char *word;
} scopes[] = { { GR_SCOPE_CHECK, "check" },
               { GR_SCOPE_RESERVE, "reserve" },
               { GR_SCOPE_FINDINGS, "findings" },
               { GR_SCOPE_DECIDE, "decide" },
               { GR_SCOPE_REPORTS, "reports" } };

const char *gr_scope_text(uint32_t scope)
{
    for (size_t i = 0; i < GR_COUNT(scopes); i++)
        if (scopes[i].bit == scope)
            return scopes[i].word;
    return NULL;
}

uint32_t gr_scope_find(gr_text text)
{
    for (size_t i = 0; i < GR_COUNT(scopes); i++)
        if (gr_text_is(text, scopes[i].word))
            return scopes[i].bit;
    return 0;
}
