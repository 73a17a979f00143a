/* src/model/request.c - the words of states. */
#include "model/request.h"

static const char *const states[GR_REQUEST_STATES] = {
    [GR_REQUEST_OPEN] = "open",           [GR_REQUEST_ASKED] = "asked",
    [GR_REQUEST_APPROVED] = "approved",   [GR_REQUEST_DENIED] = "denied",
    [GR_REQUEST_WITHDRAWN] = "withdrawn", [GR_REQUEST_GIVEN] = "given",
};

const char *gr_request_state_text(gr_request_state state)
{
    return states[state];
}

bool gr_request_state_find(gr_text text, gr_request_state *out)
{
    for (int s = 0; s < GR_REQUEST_STATES; s++) {
        if (gr_text_is(text, states[s])) {
            *out = (gr_request_state)s;
            return true;
        }
    }
    return false;
}
