/* src/report/preapproval.c - what both formats of an answer share. */
#include "report/preapproval.h"

#include "base/error.h"
#include "report/json_finding.h"
#include "report/text_page.h"

#include <stdio.h>

/* Sums round up, and what is left of a limit rounds down. */
const char *gr_left_print(gr_amount amount, char out[GR_MONEY_TEXT])
{
    return gr_money_print(amount.num / amount.den, 1, out);
}

const gr_recipient_answer *gr_preapproval_tightest(const gr_preapproval *answer)
{
    const gr_recipient_answer *least = NULL;

    for (size_t i = 0; i < answer->recipient_count; i++) {
        const gr_recipient_answer *r = &answer->recipient[i];

        if (r->has_allowance &&
            (!least || gr_amount_compare(r->before.possible, least->before.possible) < 0))
            least = r;
    }
    return least;
}

gr_status gr_preapprovals_print(const gr_preapproval *answers, size_t count, bool is_list,
                                const gr_report_style *style, gr_writer *out, gr_error *err)
{
    return style->format == GR_FORMAT_JSON
               ? gr_preapprovals_json(answers, count, is_list, out, err)
               : gr_preapprovals_text(answers, count, is_list, style, out, err);
}

gr_status gr_approval_ended_print(gr_text number, bool is_given, gr_day day,
                                  const gr_report_style *style, gr_writer *out, gr_error *err)
{
    char text[GR_DAY_TEXT];
    gr_json json = { out, 0, false, false };

    gr_day_print(day, text);
    if (style->format != GR_FORMAT_JSON) {
        gr_page page;
        bool fits = gr_page_open(&page, out, style->width, style->colour);

        gr_paragraph_start(&page, 0, 2);
        gr_say(&page, GR_BOLD, number);
        gr_say_print(&page, GR_PLAIN,
                     is_given ? " was given on %s; it counts until its own record comes in."
                              : " is cancelled, and counts no more.%.0s",
                     text);
        gr_paragraph_end(&page);
        fits = fits && !page.failed;
        gr_page_close(&page);
        return fits ? GR_OK : gr_fail_memory(err);
    }
    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    gr_json_put(&json, "approval", gr_json_text(number));
    gr_json_put(&json, "state", gr_json_text(is_given ? GR_TEXT("given") : GR_TEXT("cancelled")));
    gr_json_put(&json, "given", is_given ? gr_json_day(day) : json_null());
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}
