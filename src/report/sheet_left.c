/* src/report/sheet_left.c - the tables of what could not be read, and of what the rulebooks take for granted. */
#include "report/sheets.h"

static const gr_sheet_column quarantine_columns[] = {
    { "what", "What", GR_SHEET_TEXT, 22, NULL, false },
    { "file", "File", GR_SHEET_TEXT, 24, NULL, false },
    { "line", "Line", GR_SHEET_COUNT, 8, NULL, false },
    { "column", "Column", GR_SHEET_COUNT, 8, NULL, false },
    { "record", "Record", GR_SHEET_TEXT, 14, NULL, false },
    { "message", "What is wrong", GR_SHEET_TEXT, 60, NULL, false },
    { "hint", "What to do", GR_SHEET_TEXT, 60, NULL, false },
};

static void put_error(gr_sheet_out *out, const char *what, const gr_error *error, gr_text record)
{
    gr_sheet_words(out, what);
    gr_sheet_words(out, error->file);
    gr_sheet_count_if_any(out, error->line);
    gr_sheet_count_if_any(out, error->column);
    gr_sheet_text(out, record);
    gr_sheet_words(out, error->message);
    gr_sheet_words(out, error->hint);
    gr_sheet_row_end(out);
}

static gr_status quarantine(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    (void)err;
    for (size_t i = 0; i < report->refused_count && gr_sheet_goes_on(out); i++)
        put_error(out, "input refused", &report->refused[i], GR_TEXT(""));
    for (size_t i = 0; i < report->quarantined_count && gr_sheet_goes_on(out); i++)
        put_error(out, "record in quarantine", &report->quarantined[i].error,
                  report->quarantined[i].record);
    for (size_t i = 0; i < report->note_count && gr_sheet_goes_on(out); i++) {
        gr_sheet_words(out, "passed over, no error");
        gr_sheet_blank(out, GR_SHEET_NOTHING, 4);
        gr_sheet_text(out, report->note[i]);
        gr_sheet_blank(out, GR_SHEET_NOTHING, 1);
        gr_sheet_row_end(out);
    }
    return GR_OK;
}

const gr_sheet gr_sheet_quarantine = { "quarantine", "Quarantine", quarantine_columns,
                                       GR_COUNT(quarantine_columns), quarantine };

static const gr_sheet_column assumption_columns[] = {
    { "number", "No.", GR_SHEET_COUNT, 6, NULL, false },
    { "assumption", "Held without having seen the text of the law", GR_SHEET_TEXT, 120, NULL,
      false },
};

static gr_status assumptions(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    (void)err;
    for (size_t i = 0; i < report->assumption_count && gr_sheet_goes_on(out); i++) {
        gr_sheet_count(out, i + 1);
        gr_sheet_text(out, report->assumption[i]);
        gr_sheet_row_end(out);
    }
    return GR_OK;
}

const gr_sheet gr_sheet_assumptions = { "assumptions", "Assumptions", assumption_columns,
                                        GR_COUNT(assumption_columns), assumptions };
