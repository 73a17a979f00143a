/* src/ledger/moment.c - moments as people write them. Runs stand in the order of their moments, since a clock that went
 * back is not followed. */
#include "ledger/moment.h"

#include "base/os.h"
#include "ledger/store.h"

enum { SECONDS_OF_DAY = 86400, MOMENT_LENGTH = 20 };

static gr_status fail(const char *option, const char *text, gr_error *err)
{
    return gr_fail(err, GR_EUSAGE, (gr_place){ option, 0, 0 },
                   "write it like 2026-05-04, 2026-05-04T09:00:00Z, or run:7",
                   "'%.100s' is no moment", text);
}

static bool read_two(gr_text text, size_t at, char before, uint64_t most, int64_t *out)
{
    uint64_t number;

    if (text.ptr[at] != before ||
        !gr_text_number(gr_text_slice(text, at + 1, at + 3), most, &number))
        return false;
    *out = (int64_t)number;
    return true;
}

/* A day means its last second, or UTC to the second. */
static bool read_moment(gr_text text, int64_t *out)
{
    int64_t hour = 23, minute = 59, second = 59;
    gr_error ignored;
    gr_day day;

    if (gr_day_parse(gr_text_slice(text, 0, 10), GR_NOWHERE, &day, &ignored) != GR_OK)
        return false;
    if (text.len != 10 &&
        (text.len != MOMENT_LENGTH || text.ptr[19] != 'Z' || !read_two(text, 10, 'T', 23, &hour) ||
         !read_two(text, 13, ':', 59, &minute) || !read_two(text, 16, ':', 59, &second)))
        return false;
    *out = (int64_t)day * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second;
    return true;
}

static gr_status find_by_moment(gr_ledger *ledger, gr_moment *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT max(run) FROM run WHERE started <= strftime('%Y-%m-%dT%H:%M:%SZ', ?, 'unixepoch')");

    gr_bind_number(&s, out->seconds);
    if (gr_statement_step(&s))
        out->run = sqlite3_column_int64(s.handle, 0);
    return gr_statement_close(&s, err);
}

static gr_status find_run(gr_ledger *ledger, const char *option, const char *text, gr_moment *out,
                          gr_error *err)
{
    gr_statement s;
    uint64_t number;
    bool is_there;
    gr_status status;

    if (!gr_text_number(gr_text_of(text + 4), INT64_MAX, &number))
        return fail(option, text, err);
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT run, CAST(strftime('%s', started) AS INTEGER) FROM run "
                          "WHERE run = ?");
    gr_bind_number(&s, (int64_t)number);
    is_there = gr_statement_step(&s);
    if (is_there)
        *out = (gr_moment){ sqlite3_column_int64(s.handle, 0), sqlite3_column_int64(s.handle, 1) };
    status = gr_statement_close(&s, err);
    if (status == GR_OK && !is_there)
        return gr_fail(err, GR_EUSAGE, (gr_place){ option, 0, 0 }, "see giftrule ledger history",
                       "the ledger has no run %.20s", text + 4);
    return status;
}

gr_status gr_ledger_moment_find(gr_ledger *ledger, const char *option, const char *text,
                                gr_moment *out, gr_error *err)
{
    gr_moment moment = { 0, 0 };
    gr_status status;

    if (!text) {
        moment.seconds = gr_os_now();
        status = gr_ledger_number(ledger, "SELECT max(run) FROM run", &moment.run, err);
    } else if (gr_text_starts(gr_text_of(text), GR_TEXT("run:"))) {
        status = find_run(ledger, option, text, &moment, err);
    } else if (!read_moment(gr_text_of(text), &moment.seconds)) {
        status = fail(option, text, err);
    } else {
        status = find_by_moment(ledger, &moment, err);
    }
    if (status == GR_OK)
        *out = moment;
    return status;
}

gr_status gr_ledger_moment_before(gr_ledger *ledger, int64_t run, gr_moment *out, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "SELECT run, CAST(strftime('%s', started) AS INTEGER) FROM "
                                       "run WHERE run < ? ORDER BY run DESC LIMIT 1");
    gr_moment moment = { 0, 0 };
    gr_status status;

    gr_bind_number(&s, run);
    if (gr_statement_step(&s))
        moment =
            (gr_moment){ sqlite3_column_int64(s.handle, 0), sqlite3_column_int64(s.handle, 1) };
    status = gr_statement_close(&s, err);
    if (status == GR_OK)
        *out = moment;
    return status;
}
