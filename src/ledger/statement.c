/* src/ledger/statement.c - prepared statements, and SQLite's failures in the user's words. */
#include "ledger/store.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- making SQL ---- */

gr_sql gr_sql_open(void)
{
    return (gr_sql){ GR_LIST(char), false };
}

void gr_sql_add(gr_sql *sql, const char *format, ...)
{
    va_list args, again;
    int n;

    va_start(args, format);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, args);
    if (n < 0 || !gr_list_reserve(&sql->text, (size_t)n + 1))
        sql->failed = true;
    if (!sql->failed) {
        vsnprintf((char *)sql->text.items + sql->text.count, (size_t)n + 1, format, again);
        sql->text.count += (size_t)n; /* the final NUL stays behind the end */
    }
    va_end(again);
    va_end(args);
}

/* "giver-id" is giver_id there: a minus would have to be quoted by whoever asks. */
void gr_sql_add_column(gr_sql *sql, const char *before, gr_fact fact)
{
    char name[64];
    size_t n = 0;

    for (const char *c = gr_fact_get(fact)->name; *c && n + 1 < sizeof name; c++)
        name[n++] = *c == '-' ? '_' : *c;
    name[n] = '\0';
    gr_sql_add(sql, "%s\"%s\"", before, name);
}

const char *gr_sql_text(gr_sql *sql)
{
    return sql->failed ? NULL : sql->text.items;
}

void gr_sql_free(gr_sql *sql)
{
    gr_list_free(&sql->text);
}

/* ---- failures ---- */

/* A statement may be closed long after it failed: the connection has spoken of others since. */
static const char *message_of(gr_ledger *ledger, int code)
{
    bool is_last = sqlite3_extended_errcode(ledger->db) == code;

    return is_last ? sqlite3_errmsg(ledger->db) : sqlite3_errstr(code);
}

static gr_status fail_disk(gr_ledger *ledger, int code, gr_place at, gr_error *err)
{
    int number =
        sqlite3_extended_errcode(ledger->db) == code ? sqlite3_system_errno(ledger->db) : 0;

    if (number == ENOSPC || number == EDQUOT)
        return gr_fail(err, GR_EFULL, at, "make room on the device",
                       "no room is left for the ledger");
    return gr_fail(err, GR_EIO, at, "check the device", "the ledger cannot be read or written: %s",
                   number ? strerror(number) : message_of(ledger, code));
}

gr_status gr_ledger_note(gr_ledger *ledger, gr_status status)
{
    if (status != GR_OK)
        ledger->broken = true;
    return status;
}

static gr_status fail_code(gr_ledger *ledger, int code, gr_error *err)
{
    gr_place at = { ledger->path, 0, 0 };

    switch (code & 0xff) {
    case SQLITE_OK: /* it was not SQLite that failed: a text for it could not be made */
    case SQLITE_NOMEM:
        return gr_fail_memory(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: /* others came first each time that the log was to be locked */
        return gr_fail(err, GR_EBUSY, at, "wait until it is done, then run again",
                       "the ledger is in use by another process");
    case SQLITE_FULL:
        return gr_fail(err, GR_EFULL, at, "make room on the device",
                       "no room is left for the ledger");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return gr_fail(err, GR_EIO, at, "check the permissions of the file and of its folder",
                       "the ledger cannot be written");
    case SQLITE_CANTOPEN:
        return gr_fail(err, GR_EIO, at, "check the name, and the permissions of the folder",
                       "the ledger cannot be opened");
    case SQLITE_NOTADB:
        return gr_fail(err, GR_EIO, at, "name another file", "this file is no ledger of giftrule");
    case SQLITE_IOERR:
        return fail_disk(ledger, code, at, err);
    default: /* corrupt, a table that is missing, a constraint that another hand has broken */
        return gr_fail(err, GR_EIO, at, "restore it from a backup", "the ledger is damaged: %s",
                       message_of(ledger, code));
    }
}

gr_status gr_ledger_fail(gr_ledger *ledger, gr_error *err)
{
    return fail_code(ledger, sqlite3_extended_errcode(ledger->db), err);
}

gr_status gr_ledger_damaged(gr_ledger *ledger, const char *what, gr_text value, gr_error *err)
{
    gr_place at = { ledger->path, 0, 0 };

    return gr_fail(err, GR_EIO, at, "restore it from a backup",
                   "the ledger is damaged: '%.*s' stands there as %s", GR_SHOW(value), what);
}

gr_status gr_ledger_execute(gr_ledger *ledger, const char *sql, gr_error *err)
{
    if (!sql)
        return gr_fail_memory(err);
    if (sqlite3_exec(ledger->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return gr_ledger_fail(ledger, err);
    return GR_OK;
}

gr_status gr_ledger_number(gr_ledger *ledger, const char *sql, int64_t *out, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT, sql);
    int64_t number = gr_statement_step(&s) ? sqlite3_column_int64(s.handle, 0) : 0;
    gr_status status = gr_statement_close(&s, err);

    if (status == GR_OK)
        *out = number;
    return status;
}

/* ---- statements ---- */

gr_statement gr_statement_open(gr_ledger *ledger, gr_kept kept, const char *sql)
{
    gr_statement s = { .ledger = ledger, .kept = kept != GR_KEPT_NOT };

    if (s.kept)
        s.handle = ledger->kept[kept];
    if (s.handle)
        return s;
    s.code = sql ? sqlite3_prepare_v3(ledger->db, sql, -1, s.kept ? SQLITE_PREPARE_PERSISTENT : 0,
                                      &s.handle, NULL)
                 : SQLITE_NOMEM;
    if (s.kept)
        ledger->kept[kept] = s.handle;
    return s;
}

static void note(gr_statement *s, int code)
{
    if (s->code == SQLITE_OK)
        s->code = code;
}

void gr_bind_number(gr_statement *s, int64_t number)
{
    s->bound++;
    if (s->code == SQLITE_OK)
        note(s, sqlite3_bind_int64(s->handle, s->bound, number));
}

void gr_bind_text(gr_statement *s, gr_text text)
{
    s->bound++;
    if (s->code == SQLITE_OK)
        note(s, sqlite3_bind_text64(s->handle, s->bound, text.len ? text.ptr : "", text.len,
                                    SQLITE_STATIC, SQLITE_UTF8));
}

void gr_bind_bytes(gr_statement *s, gr_text bytes)
{
    s->bound++;
    if (s->code == SQLITE_OK)
        note(s, sqlite3_bind_blob64(s->handle, s->bound, bytes.len ? bytes.ptr : "", bytes.len,
                                    SQLITE_STATIC));
}

void gr_bind_word(gr_statement *s, const char *text)
{
    gr_bind_text(s, gr_text_of(text));
}

void gr_bind_null(gr_statement *s)
{
    s->bound++; /* a statement is closed with nothing bound */
}

void gr_bind_optional(gr_statement *s, gr_text text)
{
    if (text.len > 0)
        gr_bind_text(s, text);
    else
        gr_bind_null(s);
}

static void bind_copy(gr_statement *s, const char *text)
{
    s->bound++;
    if (s->code == SQLITE_OK)
        note(s, sqlite3_bind_text(s->handle, s->bound, text, -1, SQLITE_TRANSIENT));
}

void gr_bind_day(gr_statement *s, gr_day day)
{
    char text[GR_DAY_TEXT];

    bind_copy(s, gr_day_print(day, text));
}

static char *print_wide(gr_wide number, char *end)
{
    gr_wide left = number < 0 ? -number : number;

    do {
        *--end = (char)('0' + (int)(left % 10));
        left /= 10;
    } while (left > 0);
    if (number < 0)
        *--end = '-';
    return end;
}

void gr_bind_amount(gr_statement *s, gr_wide num, int64_t den)
{
    char text[96], *end = text + 48, *start;

    if (den == 1 && num <= INT64_MAX && num >= INT64_MIN) {
        gr_bind_number(s, (int64_t)num);
        return;
    }
    start = print_wide(num, end);
    snprintf(end, sizeof text - 48, "/%lld", (long long)den);
    bind_copy(s, start);
}

bool gr_statement_step(gr_statement *s)
{
    int code;

    if (s->code != SQLITE_OK)
        return false;
    code = sqlite3_step(s->handle);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        note(s, code);
    return code == SQLITE_ROW;
}

gr_status gr_statement_close(gr_statement *s, gr_error *err)
{
    gr_status status = GR_OK;

    if (s->code == SQLITE_NOMEM)
        status = gr_fail_memory(err);
    else if (s->code != SQLITE_OK)
        status = fail_code(s->ledger, s->code, err);
    if (s->kept && s->handle) {
        sqlite3_reset(s->handle);
        sqlite3_clear_bindings(s->handle); /* its texts are about to die */
    } else {
        sqlite3_finalize(s->handle);
    }
    return status;
}

gr_status gr_statement_end(gr_statement *s, gr_status status, gr_error *err)
{
    gr_error later;
    gr_status closed = gr_statement_close(s, &later);

    if (status != GR_OK || closed == GR_OK)
        return status;
    *err = later;
    return closed;
}

gr_text gr_column_bytes(sqlite3_stmt *handle, int column)
{
    const char *bytes = sqlite3_column_blob(handle, column);

    return bytes ? (gr_text){ bytes, (size_t)sqlite3_column_bytes(handle, column) } : GR_TEXT("");
}

gr_text gr_column_text(sqlite3_stmt *handle, int column)
{
    const char *text = (const char *)sqlite3_column_text(handle, column);

    return text ? (gr_text){ text, (size_t)sqlite3_column_bytes(handle, column) } : GR_TEXT("");
}
