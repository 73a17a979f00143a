/* src/report/accounts.c - see accounts.h. */
#include "report/accounts.h"

#include "base/error.h"
#include "report/json_stream.h"
#include "report/text_page.h"

static json_t *scopes_of(uint32_t scopes)
{
    json_t *words = json_array();

    for (uint32_t bit = 1; words && bit <= GR_SCOPE_REPORTS; bit <<= 1)
        if (scopes & bit)
            json_array_append_new(words, json_string(gr_scope_text(bit)));
    return words;
}

static json_t *text_or_null(gr_text text)
{
    return text.len > 0 ? gr_json_text(text) : json_null();
}

static gr_status print_json(const gr_account *accounts, size_t count, gr_writer *out, gr_error *err)
{
    gr_json json = { out, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    gr_json_open(&json, "accounts", '[');
    for (size_t i = 0; i < count; i++) {
        const gr_account *a = &accounts[i];

        gr_json_put(&json, NULL,
                    json_pack("{s:o, s:o, s:s, s:o, s:o, s:b}", "name", gr_json_text(a->name),
                              "shown", text_or_null(a->shown), "role", gr_role_text(a->role),
                              "giver", text_or_null(a->giver), "scopes", scopes_of(a->scopes),
                              "closed", a->is_closed));
    }
    gr_json_close(&json, ']');
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}

static const char *scope_word(uint32_t scopes, uint32_t bit)
{
    return scopes & bit ? gr_scope_text(bit) : "";
}

/* Runs of spaces become one. */
static void put_scopes(gr_page *page, uint32_t scopes)
{
    gr_cell_print(page, "%s %s %s %s %s", scope_word(scopes, GR_SCOPE_CHECK),
                  scope_word(scopes, GR_SCOPE_RESERVE), scope_word(scopes, GR_SCOPE_FINDINGS),
                  scope_word(scopes, GR_SCOPE_DECIDE), scope_word(scopes, GR_SCOPE_REPORTS));
}

static gr_status print_text(const gr_account *accounts, size_t count, const gr_report_style *style,
                            gr_writer *out, gr_error *err)
{
    gr_page page;

    if (!gr_page_open(&page, out, style->width, style->colour))
        return gr_fail_memory(err);
    gr_heading_start(&page);
    gr_say_count(&page, GR_BOLD, count, "account", "accounts");
    gr_heading_end(&page);
    gr_grid_start(&page, 2, "lllllw");
    for (size_t i = 0; i < count; i++) {
        const gr_account *a = &accounts[i];

        gr_cell(&page, a->name);
        gr_cell(&page, gr_text_equal(a->name, a->shown) ? GR_TEXT("") : a->shown);
        gr_cell(&page, gr_text_of(gr_role_text(a->role)));
        gr_cell(&page, a->giver);
        gr_cell(&page, a->is_closed ? GR_TEXT("closed") : GR_TEXT(""));
        put_scopes(&page, a->scopes);
        gr_row_end(&page);
    }
    gr_grid_end(&page);
    gr_page_close(&page);
    return page.failed ? gr_fail_memory(err) : GR_OK;
}

gr_status gr_accounts_print(const gr_account *accounts, size_t count, const gr_report_style *style,
                            gr_writer *out, gr_error *err)
{
    return style->format == GR_FORMAT_JSON ? print_json(accounts, count, out, err)
                                           : print_text(accounts, count, style, out, err);
}
