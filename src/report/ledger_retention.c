/* src/report/ledger_retention.c - which records have been kept long enough, for a terminal. */
#include "report/ledger.h"

#include "base/error.h"
#include "report/text_page.h"

static void count(gr_page *page, const gr_retention *r)
{
    gr_say_count(page, GR_PLAIN, r->records, "record", "records");
    gr_say(page, GR_PLAIN, GR_TEXT(" in "));
    gr_say_count(page, GR_PLAIN, r->versions, "version", "versions");
    if (r->findings > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(", with "));
        gr_say_count(page, GR_PLAIN, r->findings, "finding", "findings");
    }
    if (r->quarantined > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(", and "));
        gr_say_count(page, GR_PLAIN, r->quarantined, "record in quarantine",
                     "records in quarantine");
    }
}

static void summary(gr_page *page, const gr_retention *r)
{
    char day[GR_DAY_TEXT];
    bool is_any = r->versions + r->quarantined > 0;

    gr_heading_start(page);
    if (!is_any)
        gr_say(page, GR_BOLD, r->is_done ? GR_TEXT("Nothing was due") : GR_TEXT("Nothing is due"));
    else
        gr_say(page, GR_BOLD, r->is_done ? GR_TEXT("Disposed of") : GR_TEXT("Due"));
    gr_heading_end(page);
    gr_paragraph_start(page, 0, 0);
    if (is_any) {
        count(page, r);
        gr_say(page, GR_PLAIN, GR_TEXT(": "));
    }
    gr_say_print(page, GR_PLAIN, "given up to %s, as of ", gr_day_print(r->cutoff, day));
    gr_say_print(page, GR_PLAIN, "%s.", gr_day_print(r->as_of, day));
    if (r->held > 0)
        gr_say_print(page, GR_PLAIN, " Held: %llu.", (unsigned long long)r->held);
    if (r->bound > 0)
        gr_say_print(page, GR_PLAIN, " Needed by others that stay: %llu.",
                     (unsigned long long)r->bound);
    gr_paragraph_end(page);
    gr_paragraph_start(page, 0, 0);
    gr_say_print(page, GR_PLAIN, "Records are kept for %d years after the end of ", r->years);
    gr_say(page, GR_PLAIN,
           r->is_rolling
               ? GR_TEXT("the second year from the gift, since years may begin on any day.")
               : GR_TEXT("the year in which the gift is added up."));
    gr_paragraph_end(page);
}

static const char *const bonds[] = {
    [GR_BOND_NONE] = "due",
    [GR_BOND_FINDING] = "stays: a finding that stays counts it",
    [GR_BOND_RECIPIENT] =
        "stays: later gifts to the recipient do, whose years count from the first",
    [GR_BOND_PAIR] = "stays: what another system tells of the same gift stays",
    [GR_BOND_HOLD] = "stays: hold",
};

static void records(gr_page *page, const gr_retention *r)
{
    if (r->due_count == 0 || r->is_done)
        return;
    gr_blank(page);
    gr_grid_start(page, 2, "lllrw");
    for (size_t i = 0; i < r->due_count; i++) {
        const gr_due *due = &r->due[i];

        gr_cell(page, due->day);
        gr_cell(page, due->format);
        gr_cell(page, due->id);
        gr_cell_print(page, "%lld", (long long)due->versions);
        if (due->hold > 0)
            gr_cell_print(page, "%s %lld", bonds[due->bond], (long long)due->hold);
        else
            gr_cell(page, gr_text_of(bonds[due->bond]));
        gr_row_end(page);
    }
    gr_grid_end(page);
    if (r->records + r->held + r->bound > r->due_count) {
        gr_paragraph_start(page, 2, 2);
        gr_say_print(page, GR_PLAIN, "and %llu more",
                     (unsigned long long)(r->records + r->held + r->bound - r->due_count));
        gr_paragraph_end(page);
    }
}

static void holds(gr_page *page, const gr_retention *r)
{
    if (r->hold_count == 0)
        return;
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("Holds"));
    gr_heading_end(page);
    gr_grid_start(page, 2, "rlllw");
    for (size_t i = 0; i < r->hold_count; i++) {
        const gr_hold_told *h = &r->hold[i];

        gr_cell_print(page, "%lld", (long long)h->hold);
        gr_cell(page, gr_text_slice(h->started, 0, 10));
        gr_cell(page, h->author);
        gr_cell_print(page, "%.*s %.*s", GR_ALL(h->kind), GR_ALL(h->value));
        gr_cell(page, h->reason);
        gr_row_end(page);
    }
    gr_grid_end(page);
}

gr_status gr_retention_text(const gr_retention *retention, unsigned width, bool colour,
                            gr_writer *writer, gr_error *err)
{
    gr_page page;
    bool failed = true;

    if (gr_page_open(&page, writer, width, colour)) {
        summary(&page, retention);
        records(&page, retention);
        holds(&page, retention);
        failed = page.failed;
    }
    gr_page_close(&page);
    return failed ? gr_fail_memory(err) : GR_OK;
}
