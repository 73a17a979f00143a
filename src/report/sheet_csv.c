/* src/report/sheet_csv.c - tables as RFC 4180 has them: commas, quotes where they are needed, lines that end in CR LF, a
 * heading line of machine names. Nothing in a cell can start a formula or steer a terminal: what would is made a text
 * by an apostrophe in front, as OWASP advises. What nobody knows is an empty cell, an amount without end "unbounded". */
#include "report/sheet_csv.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "report/letter.h"
#include "report/report.h"
#include "report/sheets.h"

static bool is_blank(int32_t code)
{
    return code == ' ' || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200D) ||
           code == 0x202F || code == 0x205F || code == 0x2060 || code == 0x3000 || code == 0xFEFF ||
           code == 0x180E || code == 0xAD;
}

bool gr_csv_starts_formula(gr_text text)
{
    gr_letter letter;

    while (gr_letter_tame(&text, &letter)) {
        switch (letter.code) {
        case '=':
        case '+':
        case '-':
        case '@':
        case 0xFF1D: /* the same, as wide as the letters of Chinese and Japanese */
        case 0xFF0B:
        case 0xFF0D:
        case 0xFF20:
        case 0xFE62: /* and small */
        case 0xFE63:
        case 0xFE66:
        case 0xFE6B:
        case 0x2212: /* a real minus */
            return true;
        default:
            if (!is_blank(letter.code))
                return false;
        }
    }
    return false;
}

/* A semicolon is no separator here, but is one to spreadsheets of half of Europe. */
static bool needs_quotes(gr_text text)
{
    if (text.len > 0 &&
        ((unsigned char)text.ptr[0] <= ' ' || (unsigned char)text.ptr[text.len - 1] <= ' '))
        return true;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == ',' || text.ptr[i] == '"' || text.ptr[i] == ';')
            return true;
    return false;
}

void gr_csv_text(gr_writer *writer, gr_text text)
{
    bool quoted = needs_quotes(text), is_formula = gr_csv_starts_formula(text);
    gr_letter letter;

    if (quoted)
        gr_write(writer, "\"", 1);
    if (is_formula)
        gr_write(writer, "'", 1);
    if (!quoted) {
        size_t plain = gr_text_plain(text, ' ');

        gr_write(writer, text.ptr, plain);
        text = gr_text_slice(text, plain, text.len);
    }
    while (gr_letter_tame(&text, &letter)) {
        if (letter.code == '"')
            gr_write(writer, "\"", 1);
        gr_write_text(writer, letter.bytes);
    }
    if (quoted)
        gr_write(writer, "\"", 1);
}

static void cell(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    char room[GR_SHEET_NUMBER];
    gr_text text;

    if (out->column > 0)
        gr_write(out->writer, ",", 1);
    if (cell->state == GR_SHEET_UNBOUNDED)
        gr_write_text(out->writer, GR_TEXT("unbounded"));
    if (cell->state != GR_SHEET_GIVEN)
        return;
    text = gr_sheet_cell_plain(cell, room);
    if (cell->type == GR_SHEET_TEXT)
        gr_csv_text(out->writer, text);
    else
        gr_write_text(out->writer, text); /* ours: nothing to defend */
}

static void row_end(gr_sheet_out *out)
{
    gr_write(out->writer, "\r\n", 2);
}

static void start(gr_sheet_out *out)
{
    for (size_t i = 0; i < out->sheet->column_count; i++)
        gr_write_print(out->writer, "%s%s", i > 0 ? "," : "", out->sheet->column[i].name);
    row_end(out);
}

static void end(gr_sheet_out *out)
{
    (void)out;
}

gr_status gr_csv_write(const gr_sheet *sheet, const gr_report *report, void *sum, gr_writer *writer,
                       gr_error *err)
{
    static const gr_sheet_kind csv = { start, cell, row_end, end };
    gr_sheet_out out = { .kind = &csv, .writer = writer, .sum = sum, .scratch = gr_arena_create() };
    gr_status status = out.scratch ? gr_sheet_write(sheet, report, &out, err) : gr_fail_memory(err);

    gr_arena_free(out.scratch);
    return status;
}

/* ---- the report ---- */

static gr_status no_such_table(const char *name, gr_error *err)
{
    char names[200] = "one of ";

    for (size_t i = 0; i < GR_SHEETS; i++) {
        size_t used = strlen(names);

        snprintf(names + used, sizeof names - used, "%s%s", i > 0 ? ", " : "", gr_sheets[i]->name);
    }
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE, names, "'%.100s' is not a table", name);
}

gr_status gr_report_csv(const gr_report *report, const char *table, gr_writer *writer,
                        gr_error *err)
{
    if (!table)
        table = gr_sheet_findings.name;
    for (size_t i = 0; i < GR_SHEETS; i++)
        if (strcmp(gr_sheets[i]->name, table) == 0)
            return gr_csv_write(gr_sheets[i], report, NULL, writer, err);
    return no_such_table(table, err);
}

gr_status gr_report_csv_files(const gr_report *report, gr_folder *folder, gr_error *err)
{
    for (size_t i = 0; i < GR_SHEETS; i++) {
        char name[64];
        gr_writer *writer;
        gr_status status;

        snprintf(name, sizeof name, "%s.csv", gr_sheets[i]->name);
        status = gr_folder_start_file(folder, name, &writer, err);
        if (status == GR_OK)
            status = gr_csv_write(gr_sheets[i], report, NULL, writer, err);
        if (status == GR_OK)
            status = gr_folder_end_file(folder, err);
        if (status != GR_OK)
            return status;
    }
    return GR_OK;
}
