/* src/model/simulation.c - the words for a set of rules that finds nothing. */
#include "model/simulation.h"

static const char *const silences[GR_SILENCE_COUNT] = {
    [GR_SILENCE_NONE] = "",
    [GR_SILENCE_NO_RULEBOOK] = "no-rulebook",
    [GR_SILENCE_NO_PROVISION] = "no-provision",
    [GR_SILENCE_NO_ROW] = "no-row",
    [GR_SILENCE_NO_GIFT] = "no-gift",
    [GR_SILENCE_NOT_COUNTED] = "not-counted",
    [GR_SILENCE_DUTY_KEPT] = "duty-kept",
    [GR_SILENCE_OTHER_DAY] = "other-day",
    [GR_SILENCE_NOT_KEPT] = "not-kept",
    [GR_SILENCE_NOT_FOUND] = "not-found",
};

const char *gr_silence_text(gr_silence silence)
{
    return silences[silence];
}
