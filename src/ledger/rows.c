/* src/ledger/rows.c - rows written in groups. One INSERT of 32 rows costs 1.4 to 1.8 s for a million rows of
 * 54 columns, 32 INSERTs of one row 2.4 to 2.8 s: what a statement begins and ends is dearer than a row. */
#include "ledger/store.h"

typedef struct cell {
    int row, column; /* row: of those that wait, from 0 */
    gr_text text;    /* .ptr NULL: a number */
    int64_t number;
} cell;

bool gr_rows_open(gr_rows *rows)
{
    rows->head = gr_sql_open();
    rows->cell = GR_LIST(cell);
    rows->text = gr_arena_create();
    return rows->text != NULL;
}

/* Some twenty times a record: a call to grow the list is left out where it has room. */
static void add_cell(gr_rows *rows, int column, gr_text text, int64_t number)
{
    if (rows->cell.count == rows->cell.room && !gr_list_reserve(&rows->cell, 1))
        rows->failed = true;
    else
        *GR_AT(rows->cell, cell, rows->cell.count++) =
            (cell){ rows->waiting, column, text, number };
}

void gr_rows_number(gr_rows *rows, int column, int64_t number)
{
    add_cell(rows, column, (gr_text){ NULL, 0 }, number);
}

void gr_rows_word(gr_rows *rows, int column, gr_text text)
{
    add_cell(rows, column, text.len ? text : GR_TEXT(""), 0);
}

void gr_rows_text(gr_rows *rows, int column, gr_text text)
{
    gr_text copy = gr_arena_copy(rows->text, text);

    if (!copy.ptr)
        rows->failed = true;
    else
        add_cell(rows, column, copy, 0);
}

static bool prepare(gr_ledger *ledger, gr_rows *rows, int count, sqlite3_stmt **out)
{
    gr_sql sql = gr_sql_open();
    bool is_done;

    if (*out)
        return true;
    gr_sql_add(&sql, "%s", rows->head.failed ? "" : gr_sql_text(&rows->head));
    for (int row = 0; row < count; row++)
        for (int column = 0; column < rows->columns; column++)
            gr_sql_add(&sql, "%s?", column > 0 ? "," : row > 0 ? "),(" : "(");
    gr_sql_add(&sql, ")");
    is_done = !sql.failed && !rows->head.failed &&
              sqlite3_prepare_v3(ledger->db, gr_sql_text(&sql), -1, SQLITE_PREPARE_PERSISTENT, out,
                                 NULL) == SQLITE_OK;
    gr_sql_free(&sql);
    return is_done;
}

/* Binds and writes the waiting rows from first to before last with one statement; *next is the first
 * cell not yet used. */
static bool write_rows(gr_rows *rows, sqlite3_stmt *handle, int first, int last, size_t *next)
{
    const cell *cells = rows->cell.items;
    int code = SQLITE_OK;

    for (; code == SQLITE_OK && *next < rows->cell.count && cells[*next].row < last; (*next)++) {
        const cell *c = &cells[*next];
        int at = (c->row - first) * rows->columns + c->column + 1;

        if (c->text.ptr)
            code = sqlite3_bind_text64(handle, at, c->text.ptr, c->text.len, SQLITE_STATIC,
                                       SQLITE_UTF8);
        else
            code = sqlite3_bind_int64(handle, at, c->number);
    }
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    return code == SQLITE_DONE;
}

/* A text goes into the imprint as it goes into its cell, a number likewise: trail.c reads both back. */
static void imprint_rows(gr_rows *rows)
{
    const cell *cells = rows->cell.items;
    uint8_t bytes[GR_IMPRINT];
    gr_imprint imprint;
    size_t next = 0;

    for (int row = 0; row < rows->waiting; row++) {
        gr_imprint_start(&imprint);
        for (; next < rows->cell.count && cells[next].row == row; next++) {
            if (cells[next].text.ptr)
                gr_imprint_text(&imprint, cells[next].column, cells[next].text);
            else
                gr_imprint_number(&imprint, cells[next].column, cells[next].number);
        }
        gr_imprint_end(&imprint, bytes);
        gr_part_add(&rows->part, bytes);
    }
}

static bool write_all(gr_ledger *ledger, gr_rows *rows)
{
    bool is_group = rows->waiting == GR_LEDGER_GROUP;
    sqlite3_stmt **handle = is_group ? &rows->group : &rows->one;
    int step = is_group ? GR_LEDGER_GROUP : 1;
    size_t next = 0;

    if (!prepare(ledger, rows, step, handle))
        return false;
    for (int row = 0; row < rows->waiting; row += step)
        if (!write_rows(rows, *handle, row, row + step, &next))
            return false;
    return true;
}

gr_status gr_rows_flush(gr_ledger *ledger, gr_rows *rows, gr_error *err)
{
    gr_status status = GR_OK;

    if (rows->failed || rows->head.failed)
        status = gr_fail_memory(err);
    else if (rows->waiting > 0 && !write_all(ledger, rows))
        status = gr_ledger_fail(ledger, err);
    else
        imprint_rows(rows);
    gr_rows_forget(rows);
    return status;
}

void gr_rows_end(gr_rows *rows)
{
    rows->waiting++;
}

void gr_rows_forget(gr_rows *rows)
{
    rows->waiting = 0;
    rows->failed = false;
    gr_list_cut(&rows->cell, 0);
    if (rows->text)
        gr_arena_reset(rows->text);
}

void gr_rows_close(gr_rows *rows)
{
    sqlite3_finalize(rows->one);
    sqlite3_finalize(rows->group);
    gr_sql_free(&rows->head);
    gr_list_free(&rows->cell);
    gr_arena_free(rows->text);
}
