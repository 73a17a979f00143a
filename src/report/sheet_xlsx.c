/* src/report/sheet_xlsx.c - a spreadsheet by libxlsxwriter, row after row, in constant memory. Strings are strings here,
 * never formulas or links: only worksheet_write_string() gets them. The same report gives the same bytes: the moment of the
 * run is the only time in the file.
 *
 * The library keeps its sheets in files without a name until the end, and tells too little of what happens to them: so
 * their state is looked at after each row, and the finished spreadsheet is read back. */
#include "report/sheet_xlsx.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <xlsxwriter.h>

#include "base/error.h"
#include "base/list.h"
#include "base/os.h"
#include "report/letter.h"
#include "report/report.h"
#include "report/words.h"

enum {
    ROOM = 4 * GR_XLSX_CELL + 1, /* bytes of the longest cell */
    MARK = 6,                    /* letters of " [cut]" */
    DAYS_TO_1970 = 25569,        /* from the day that Excel counts from */
    FIRST_DAY = 61 - 25569       /* before 1900-03-01 Excel counts a day that never was */
};

typedef struct spreadsheet {
    gr_sheet_out out;
    const char *path;
    char folder[4096], footer[256];
    lxw_workbook *book;
    lxw_worksheet *page;
    gr_list pages; /* of lxw_worksheet * */
    lxw_format *heading, *day, *money, *count, *quiet, *colour[GR_VIOLATION + 1];
    char *room;              /* for a text with a NUL at its end */
    uint32_t row, most_rows; /* the next one */
    unsigned part;           /* of the table, from 1 */
    uint64_t cut;            /* cells of this part */
} spreadsheet;

/* ---- failures ---- */

static void fail_io(spreadsheet *x)
{
    if (x->out.status == GR_OK) {
        errno = errno ? errno : EIO;
        x->out.status = gr_fail_io(&x->out.problem, x->path, "write");
    }
}

static void keep(spreadsheet *x, lxw_error code)
{
    if (code == LXW_NO_ERROR || x->out.status != GR_OK)
        return;
    if (code == LXW_ERROR_MEMORY_MALLOC_FAILED)
        gr_sheet_fail_memory(&x->out);
    else if (code <= LXW_ERROR_ZIP_CLOSE && errno != 0)
        fail_io(x);
    else
        x->out.status = gr_fail(&x->out.problem, code <= LXW_ERROR_ZIP_CLOSE ? GR_EIO : GR_EBUG,
                                (gr_place){ x->path, 0, 0 }, "", "cannot write the spreadsheet: %s",
                                lxw_strerror(code));
}

/* ---- texts ---- */

/* Excel reads "_x0041_" as "A"; so that it shows what stands there, the underscore is written in this way itself. */
static bool is_escape(gr_text rest)
{
    if (rest.len < 6 || rest.ptr[0] != 'x' || rest.ptr[5] != '_')
        return false;
    for (size_t i = 1; i < 5; i++)
        if (!memchr("0123456789abcdefABCDEF", rest.ptr[i], 22))
            return false;
    return true;
}

static gr_text letter_bytes(const gr_letter *letter, gr_text rest)
{
    if (letter->code == '_' && is_escape(rest))
        return GR_TEXT("_x005F_");
    if (letter->code == 0xFFFE || letter->code == 0xFFFF) /* XML has no such letter */
        return GR_TEXT("\xEF\xBF\xBD");
    return letter->bytes;
}

/* Excel counts letters in units of UTF-16. */
static const char *text_cell(spreadsheet *x, gr_text text)
{
    size_t used = gr_text_plain(gr_text_slice(text, 0, GR_XLSX_CELL - MARK), ' '), units, end;
    const char *underscore = memchr(text.len ? text.ptr : "", '_', used);
    gr_letter letter;

    used = underscore ? (size_t)(underscore - text.ptr) : used;
    memcpy(x->room, text.len ? text.ptr : "", used);
    units = end = used; /* end: how much stays if it is cut */
    text = gr_text_slice(text, used, text.len);
    while (gr_letter_tame(&text, &letter)) {
        gr_text bytes = letter_bytes(&letter, text);

        units += letter.code > 0xFFFF ? 2 : bytes.len > 4 ? bytes.len : 1;
        if (units > GR_XLSX_CELL) {
            memcpy(x->room + end, " [cut]", MARK + 1);
            x->cut++;
            return x->room;
        }
        memcpy(x->room + used, bytes.ptr, bytes.len);
        used += bytes.len;
        end = units <= GR_XLSX_CELL - MARK ? used : end;
    }
    x->room[used] = '\0';
    return x->room;
}

/* ---- cells ---- */

static void write_string(spreadsheet *x, gr_text text, lxw_format *format)
{
    keep(x, worksheet_write_string(x->page, x->row, (lxw_col_t)x->out.column, text_cell(x, text),
                                   format));
}

static void write_number(spreadsheet *x, double number, lxw_format *format)
{
    keep(x, worksheet_write_number(x->page, x->row, (lxw_col_t)x->out.column, number, format));
}

/* A spreadsheet knows no other number than a double. It holds every whole number of cents up to 2^53 exactly, and the
 * division gives the double that is nearest to the amount, which is shown with two decimals: it is the amount that every other
 * format prints. Everything was added up and compared before. What is larger stays a text. */
static void write_money(spreadsheet *x, const gr_sheet_cell *cell)
{
    gr_wide most = (gr_wide)1 << 53, cents = gr_sheet_cell_rounded(cell);
    char room[GR_SHEET_NUMBER];

    if (cents < most && cents > -most)
        write_number(x, (double)(int64_t)cents / 100.0, x->money);
    else
        write_string(x, gr_sheet_cell_plain(cell, room), NULL);
}

static void write_given(spreadsheet *x, const gr_sheet_cell *cell)
{
    char room[GR_SHEET_NUMBER];

    switch (cell->type) {
    case GR_SHEET_TEXT:
        write_string(x, cell->text, NULL);
        break;
    case GR_SHEET_DAY:
        if (cell->day >= FIRST_DAY)
            write_number(x, (double)cell->day + DAYS_TO_1970, x->day);
        else
            write_string(x, gr_sheet_cell_plain(cell, room), NULL);
        break;
    case GR_SHEET_MONEY:
        write_money(x, cell);
        break;
    case GR_SHEET_COUNT:
        write_number(x, (double)cell->count, x->count);
        break;
    case GR_SHEET_VERDICT:
        write_string(x, gr_text_of(gr_sheet_verdict_words(cell->verdict)), NULL);
        break;
    }
}

/* Where there is nothing to say nothing is written: an empty cell costs as much as a full one. */
static void cell(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    spreadsheet *x = (spreadsheet *)out;

    if (cell->state == GR_SHEET_GIVEN)
        write_given(x, cell);
    else if (cell->state == GR_SHEET_UNKNOWN)
        write_string(x, GR_TEXT("unknown"), x->quiet);
    else if (cell->state == GR_SHEET_UNBOUNDED)
        write_string(x, GR_TEXT("unbounded"), x->quiet);
}

/* ---- sheets ---- */

static void set_up_print(spreadsheet *x)
{
    lxw_col_t last = (lxw_col_t)(x->out.sheet->column_count - 1);

    worksheet_set_landscape(x->page);
    worksheet_fit_to_pages(x->page, 1, 0);
    keep(x, worksheet_repeat_rows(x->page, 0, 0));
    keep(x, worksheet_set_footer(x->page, x->footer));
    worksheet_freeze_panes(x->page, 1, last > 1 ? 1 : 0);
    keep(x, worksheet_ignore_errors(x->page, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
}

/* "Recipient: title", since columns stand side by side. */
static const char *heading(const gr_sheet_column *column, char room[64])
{
    if (!column->group)
        return column->heading;
    snprintf(room, 64, "%s: %s", column->group, column->heading);
    return room;
}

static void page_start(spreadsheet *x)
{
    const gr_sheet *sheet = x->out.sheet;
    char name[64];

    if (x->part > 1)
        snprintf(name, sizeof name, "%s %u", sheet->title, x->part);
    else
        snprintf(name, sizeof name, "%s", sheet->title);
    errno = 0;
    x->page = workbook_add_worksheet(x->book, name);
    if (!x->page || !x->page->optimize_tmpfile) {
        fail_io(x);
        return;
    }
    if (!gr_list_push(&x->pages, &x->page))
        gr_sheet_fail_memory(&x->out);
    set_up_print(x);
    x->cut = 0;
    for (size_t i = 0; i < sheet->column_count; i++) {
        lxw_col_t at = (lxw_col_t)i;

        keep(x, worksheet_set_column(x->page, at, at, sheet->column[i].width, NULL));
        keep(x,
             worksheet_write_string(x->page, 0, at, heading(&sheet->column[i], name), x->heading));
    }
    x->row = 1;
}

static void colour_verdicts(spreadsheet *x, lxw_col_t column)
{
    char value[32];

    for (size_t i = GR_WARNING; i <= GR_VIOLATION; i++) {
        lxw_conditional_format rule = { .type = LXW_CONDITIONAL_TYPE_CELL,
                                        .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
                                        .value_string = value,
                                        .format = x->colour[i] };

        snprintf(value, sizeof value, "\"%s\"", gr_sheet_verdict_words((gr_verdict)i));
        keep(x, worksheet_conditional_format_range(x->page, 1, column, x->row - 1, column, &rule));
    }
}

static void page_end(spreadsheet *x)
{
    const gr_sheet *sheet = x->out.sheet;
    char note[160];

    keep(x, worksheet_autofilter(x->page, 0, 0, x->row > 1 ? x->row - 1 : 1,
                                 (lxw_col_t)(sheet->column_count - 1)));
    for (size_t i = 0; x->row > 1 && i < sheet->column_count; i++)
        if (sheet->column[i].type == GR_SHEET_VERDICT)
            colour_verdicts(x, (lxw_col_t)i);
    if (x->cut > 0) {
        snprintf(note, sizeof note,
                 "%llu %s with more than %d letters cut; the whole text is in the CSV file",
                 (unsigned long long)x->cut, x->cut == 1 ? "cell" : "cells", GR_XLSX_CELL);
        keep(x, worksheet_write_string(x->page, x->row + 1, 0, note, x->quiet));
    }
}

static void start(gr_sheet_out *out)
{
    spreadsheet *x = (spreadsheet *)out;

    x->part = 1;
    page_start(x);
}

static void row_end(gr_sheet_out *out)
{
    spreadsheet *x = (spreadsheet *)out;

    if (ferror(x->page->optimize_tmpfile))
        fail_io(x);
    x->row++;
    if (x->row < x->most_rows - 2 || !gr_sheet_goes_on(out)) /* two for what is said below */
        return;
    page_end(x);
    x->part++;
    page_start(x);
}

static void end(gr_sheet_out *out)
{
    page_end((spreadsheet *)out);
}

/* ---- the file ---- */

static void make_formats(spreadsheet *x)
{
    static const struct {
        lxw_color_t ink, paper;
    } colours[] = {
        [GR_COMPLIANT] = { 0x1D2126, 0xFFFFFF },
        [GR_WARNING] = { 0x0F4C50, 0xDDF0F0 },
        [GR_NEEDS_REVIEW] = { 0x6B4700, 0xFFF0CC },
        [GR_VIOLATION] = { 0x8C1C0D, 0xFBDAD4 },
    };

    x->heading = workbook_add_format(x->book);
    format_set_bold(x->heading);
    format_set_text_wrap(x->heading);
    format_set_align(x->heading, LXW_ALIGN_VERTICAL_TOP);
    format_set_bg_color(x->heading, 0xF3F0E9);
    format_set_bottom(x->heading, LXW_BORDER_THIN);
    x->day = workbook_add_format(x->book);
    format_set_num_format(x->day, "yyyy-mm-dd");
    x->money = workbook_add_format(x->book);
    format_set_num_format(x->money, "#,##0.00");
    x->count = workbook_add_format(x->book);
    format_set_num_format(x->count, "0");
    x->quiet = workbook_add_format(x->book);
    format_set_font_color(x->quiet, 0x5A636D);
    format_set_italic(x->quiet);
    for (size_t i = GR_WARNING; i <= GR_VIOLATION; i++) {
        x->colour[i] = workbook_add_format(x->book);
        format_set_font_color(x->colour[i], colours[i].ink);
        format_set_bg_color(x->colour[i], colours[i].paper);
    }
}

/* In a footer "&" begins a command, and is written twice to be one. */
static void make_footer(spreadsheet *x, const char *title, const char *moment)
{
    char name[128];
    size_t used = 0;

    for (const char *at = title; *at && used + 2 < sizeof name; at++) {
        if (*at == '&')
            name[used++] = '&';
        name[used++] = *at;
    }
    name[used] = '\0';
    snprintf(x->footer, sizeof x->footer,
             "&L&8%s, giftrule " GR_VERSION ", %s&R&8&A, page &P of &N", name, moment);
}

static void set_properties(spreadsheet *x, const gr_report *report, const char *title)
{
    char moment[GR_MOMENT_TEXT], comment[128], name[64], author[] = "giftrule";
    lxw_doc_properties properties = { .title = name,
                                      .author = author,
                                      .comments = comment,
                                      /* 0 would be the clock's time */
                                      .created = report->generated > 0 ? report->generated : 1 };

    snprintf(name, sizeof name, "%s", title);
    gr_moment_print(report->generated, moment);
    make_footer(x, title, moment);
    snprintf(comment, sizeof comment, "giftrule " GR_VERSION ", generated %s", moment);
    keep(x, workbook_set_properties(x->book, &properties));
}

/* Those files go where the spreadsheet goes: what is meant for an encrypted disk stays there. */
static void folder_of(const char *path, char out[4096])
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        snprintf(out, 4096, ".");
    else
        snprintf(out, 4096, "%.*s", slash == path ? 1 : (int)(slash - path), path);
}

/* The library says on standard error that it cannot create a file; so it is there before the library is asked. */
static gr_status create_file(const char *path, gr_error *err)
{
    int fd = gr_os_create(path);

    if (fd < 0 || gr_os_close(fd) != 0)
        return gr_fail_io(err, path, "write");
    return GR_OK;
}

static gr_status spreadsheet_open(spreadsheet *x, const gr_report *report,
                                  const gr_xlsx_options *options, gr_error *err)
{
    lxw_workbook_options settings = { .constant_memory = LXW_TRUE, .tmpdir = x->folder };

    x->pages = GR_LIST(lxw_worksheet *);
    x->most_rows = options->most_rows > 0 ? options->most_rows : GR_XLSX_ROWS;
    x->out.sum = options->sum;
    x->out.scratch = gr_arena_create();
    x->room = gr_os_alloc(ROOM);
    if (!x->out.scratch || !x->room)
        return gr_fail_memory(err);
    folder_of(x->path, x->folder);
    x->book = workbook_new_opt(x->path, &settings);
    if (!x->book)
        return gr_fail_memory(err);
    make_formats(x);
    set_properties(x, report, options->title);
    return GR_OK;
}

/* How many bytes of rows each sheet has so far; its last row comes at the end. */
static void look_at_pages(spreadsheet *x, int64_t *sizes)
{
    for (size_t i = 0; i < x->pages.count; i++) {
        FILE *file = (*GR_AT(x->pages, lxw_worksheet *, i))->optimize_tmpfile;

        errno = 0;
        if (ferror(file) || fflush(file) != 0)
            fail_io(x);
        sizes[i] = ftell(file);
        /* beyond 4 GB a zip archive needs another form, which some readers do not know */
        if (sizes[i] > INT64_C(4000000000))
            x->book->options.use_zip64 = LXW_TRUE;
    }
}

/* What is not finished is thrown away: the library would do it only when it closes the files of the sheets. */
static void throw_away(spreadsheet *x)
{
    for (size_t i = 0; x->book && i < x->pages.count; i++) {
        lxw_worksheet *page = *GR_AT(x->pages, lxw_worksheet *, i);

        if (page->optimize_tmpfile)
            fclose(page->optimize_tmpfile);
        page->optimize_tmpfile = NULL;
    }
    lxw_workbook_free(x->book);
    x->book = NULL;
}

static gr_status spreadsheet_finish(spreadsheet *x, gr_error *err)
{
    int64_t *sizes = gr_os_alloc((x->pages.count + 1) * sizeof *sizes);
    gr_status status;

    if (!sizes)
        return gr_fail_memory(err);
    look_at_pages(x, sizes);
    if (x->out.status == GR_OK) {
        lxw_workbook *book = x->book;

        x->book = NULL; /* it is freed in any case */
        errno = 0;
        keep(x, workbook_close(book));
    }
    status = x->out.status;
    if (status == GR_OK)
        status = gr_xlsx_check(x->path, sizes, x->pages.count, err);
    else
        *err = x->out.problem;
    gr_os_free(sizes);
    return status;
}

gr_status gr_xlsx_write(const gr_report *report, const gr_xlsx_options *options, const char *path,
                        gr_error *err)
{
    static const gr_sheet_kind xlsx = { start, cell, row_end, end };
    spreadsheet x = { .out.kind = &xlsx, .path = path };
    gr_status status = create_file(path, err);

    if (status != GR_OK)
        return status;
    status = spreadsheet_open(&x, report, options, err);
    for (size_t i = 0; status == GR_OK && i < options->sheet_count; i++)
        status = gr_sheet_write(options->sheet[i], report, &x.out, err);
    if (status == GR_OK)
        status = spreadsheet_finish(&x, err);
    if (x.book)
        throw_away(&x);
    gr_list_free(&x.pages);
    gr_os_free(x.room);
    gr_arena_free(x.out.scratch);
    if (status != GR_OK)
        gr_os_remove(path);
    return status;
}

gr_status gr_report_xlsx(const gr_report *report, const char *path, gr_error *err)
{
    const gr_xlsx_options options = { gr_sheets, GR_SHEETS, "Gift report", NULL, 0 };

    return gr_xlsx_write(report, &options, path, err);
}
