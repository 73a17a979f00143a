/* src/report/ledger_verification.c - what came out when a ledger was checked: for a terminal, and for other programs. */
#include "report/ledger.h"

#include "base/error.h"
#include "report/json_stream.h"
#include "report/text_page.h"

/* ---- text ---- */

static void verdict(gr_page *page, const gr_verification *v)
{
    bool is_whole = v->faults == 0;

    gr_heading_start(page);
    if (is_whole)
        gr_say(page, GR_BOLD, GR_TEXT("The ledger is whole"));
    else
        gr_say_count(page, GR_RED, v->faults, "fault: the ledger is not as it was written",
                     "faults: the ledger is not as it was written");
    gr_heading_end(page);
    gr_paragraph_start(page, 0, 0);
    gr_say_print(page, GR_PLAIN, "Checked: ");
    gr_say_count(page, GR_PLAIN, v->runs, "entry", "entries");
    gr_say_print(page, GR_PLAIN, " of the trail, ");
    gr_say_count(page, GR_PLAIN, v->rows - v->disposed, "row", "rows");
    if (v->disposed > 0) {
        gr_say_print(page, GR_PLAIN, ", ");
        gr_say_count(page, GR_PLAIN, v->disposed, "imprint of a row disposed of",
                     "imprints of rows disposed of");
    }
    gr_say_print(page, GR_PLAIN, ", the sums of ");
    gr_say_count(page, GR_PLAIN, v->findings, "finding.", "findings.");
    gr_paragraph_end(page);
}

static void head(gr_page *page, const gr_verification *v)
{
    gr_grid_start(page, 2, "lw");
    gr_cell(page, GR_TEXT("Ledger"));
    gr_cell(page, v->ledger);
    gr_row_end(page);
    gr_cell(page, GR_TEXT("Last entry"));
    gr_cell_print(page, "%lld, %.*s", (long long)v->last, GR_ALL(v->last_started));
    gr_row_end(page);
    gr_cell(page, GR_TEXT("Head"));
    gr_cell(page, v->head);
    gr_row_end(page);
    gr_grid_end(page);
    if (!v->totals_known && v->faults == 0)
        gr_paragraph(
            page, 2, NULL,
            GR_TEXT("The sums of the last entry are not compared: records were disposed of "
                    "since all was judged, or it is of an older version."));
}

static void say_entry(gr_page *page, const gr_fault *fault)
{
    gr_say_print(page, GR_BOLD, "Entry %lld", (long long)fault->run);
    if (fault->started.len == 0)
        return;
    gr_say_print(page, GR_PLAIN, ", %.*s, %.*s", GR_ALL(fault->started), GR_ALL(fault->action));
    if (fault->author.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(" by "));
        gr_say(page, GR_PLAIN, fault->author);
    }
}

static void tell_fault(gr_page *page, const gr_fault *fault)
{
    gr_paragraph_start(page, 2, 4);
    if (fault->run > 0)
        say_entry(page, fault);
    else
        gr_say(page, GR_BOLD, GR_TEXT("The file"));
    if (fault->table.len > 0)
        gr_say_print(page, GR_PLAIN, ", table %.*s", GR_ALL(fault->table));
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, fault->text);
    gr_paragraph_end(page);
}

static void faults(gr_page *page, const gr_verification *v)
{
    if (v->fault_count == 0)
        return;
    gr_blank(page);
    if (v->fault[0].run > 0) {
        gr_paragraph_start(page, 0, 0);
        gr_say(page, GR_PLAIN, GR_TEXT("The first entry that does not fit is "));
        gr_say_print(page, GR_BOLD, "%lld", (long long)v->fault[0].run);
        gr_say(page, GR_PLAIN,
               v->fault[0].run > 1 ? GR_TEXT(". What was kept before it is as it was written.")
                                   : GR_TEXT("."));
        gr_paragraph_end(page);
    }
    for (size_t i = 0; i < v->fault_count; i++)
        tell_fault(page, &v->fault[i]);
    if (v->faults > v->fault_count) {
        gr_paragraph_start(page, 2, 2);
        gr_say_print(page, GR_PLAIN, "and %llu more",
                     (unsigned long long)(v->faults - v->fault_count));
        gr_paragraph_end(page);
    }
}

static const char *const seals[] = {
    [GR_SEAL_NONE] = "",
    [GR_SEAL_FITS] = "the signature is right, and the ledger still has what was sealed",
    [GR_SEAL_FORGED] =
        "the signature is wrong: the seal was changed, or it was not made with its key",
    [GR_SEAL_OTHER] = "it was made with another key than the one that was given",
    [GR_SEAL_CHANGED] = "the ledger's past was changed: the entry that was sealed has another hash",
    [GR_SEAL_NEWER] = "the ledger is older than the seal: it has no such entry",
};

static const char *const seal_words[] = {
    [GR_SEAL_NONE] = "none",
    [GR_SEAL_FITS] = "fits",
    [GR_SEAL_FORGED] = "wrong-signature",
    [GR_SEAL_OTHER] = "other-key",
    [GR_SEAL_CHANGED] = "changed",
    [GR_SEAL_NEWER] = "ledger-is-older",
};

static void seal(gr_page *page, const gr_verification *v)
{
    if (v->seal == GR_SEAL_NONE)
        return;
    gr_blank(page);
    gr_paragraph_start(page, 0, 2);
    gr_say_print(page, v->seal == GR_SEAL_FITS ? GR_BOLD : GR_RED, "The seal of entry %lld",
                 (long long)v->sealed.run);
    gr_say_print(page, GR_PLAIN, ", ");
    gr_say(page, GR_PLAIN, v->sealed.moment);
    gr_say_print(page, GR_PLAIN, ": %s.", seals[v->seal]);
    gr_paragraph_end(page);
    gr_grid_start(page, 2, "lw");
    gr_cell(page, GR_TEXT("Hash"));
    gr_cell(page, v->sealed.hash);
    gr_row_end(page);
    gr_cell(page, GR_TEXT("Public key"));
    gr_cell(page, v->sealed.public_key);
    gr_row_end(page);
    gr_grid_end(page);
}

gr_status gr_verification_text(const gr_verification *verification, unsigned width, bool colour,
                               gr_writer *writer, gr_error *err)
{
    gr_page page;
    bool failed = true;

    if (gr_page_open(&page, writer, width, colour)) {
        verdict(&page, verification);
        head(&page, verification);
        faults(&page, verification);
        seal(&page, verification);
        failed = page.failed;
    }
    gr_page_close(&page);
    return failed ? gr_fail_memory(err) : GR_OK;
}

/* ---- JSON ---- */

static json_t *text_or_null(gr_text text)
{
    return text.len > 0 ? gr_json_text(text) : json_null();
}

static void put_fault(gr_json *json, const gr_fault *fault)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "run", fault->run > 0 ? json_integer(fault->run) : json_null());
    gr_json_put(json, "moment", text_or_null(fault->started));
    gr_json_put(json, "author", text_or_null(fault->author));
    gr_json_put(json, "action", text_or_null(fault->action));
    gr_json_put(json, "table", text_or_null(fault->table));
    gr_json_put(json, "message", gr_json_text(fault->text));
    gr_json_close(json, '}');
}

gr_status gr_verification_json(const gr_verification *v, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    gr_json_put(&json, "ledger", gr_json_text(v->ledger));
    gr_json_put(&json, "whole", json_boolean(v->faults == 0));
    gr_json_put(&json, "runs", gr_json_number(v->runs));
    gr_json_put(&json, "rows", gr_json_number(v->rows - v->disposed));
    gr_json_put(&json, "disposed", gr_json_number(v->disposed));
    gr_json_put(&json, "findings", gr_json_number(v->findings));
    gr_json_put(&json, "last_run", json_integer(v->last));
    gr_json_put(&json, "last_moment", text_or_null(v->last_started));
    gr_json_put(&json, "head", text_or_null(v->head));
    gr_json_put(&json, "fault_count", gr_json_number(v->faults));
    gr_json_open(&json, "faults", '[');
    for (size_t i = 0; i < v->fault_count; i++)
        put_fault(&json, &v->fault[i]);
    gr_json_close(&json, ']');
    if (v->seal != GR_SEAL_NONE) {
        gr_json_open(&json, "seal", '{');
        gr_json_put(&json, "standing", json_string(seal_words[v->seal]));
        gr_json_put(&json, "run", json_integer(v->sealed.run));
        gr_json_put(&json, "moment", gr_json_text(v->sealed.moment));
        gr_json_put(&json, "hash", gr_json_text(v->sealed.hash));
        gr_json_put(&json, "public_key", gr_json_text(v->sealed.public_key));
        gr_json_close(&json, '}');
    }
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}
