/* src/desk/standin_pages.c - stands in for the pages until they are there. */
#include "desk/desk.h"

__attribute__((weak)) gr_status gr_page_error(gr_visit *visit, unsigned status,
                                              const gr_error *error, gr_error *err)
{
    (void)err;
    visit->reply->status = status;
    gr_write_print(&visit->out, "<p>%u", status);
    (void)error;
    return GR_OK;
}

#define STANDIN(name)                                                                              \
    __attribute__((weak)) gr_status name(gr_visit *visit, gr_error *err)                           \
    {                                                                                              \
        (void)err;                                                                                 \
        gr_write_print(&visit->out, "<p>%s", #name);                                               \
        return GR_OK;                                                                              \
    }

STANDIN(gr_page_sign_in)
STANDIN(gr_page_home)
STANDIN(gr_page_ask)
STANDIN(gr_page_ask_post)
STANDIN(gr_page_allowance)
STANDIN(gr_page_recipients)
STANDIN(gr_page_requests)
STANDIN(gr_page_request)
STANDIN(gr_page_request_post)
STANDIN(gr_page_queue)
STANDIN(gr_page_findings)
STANDIN(gr_page_finding)
STANDIN(gr_page_finding_post)
STANDIN(gr_page_people)
STANDIN(gr_page_people_post)
STANDIN(gr_page_dashboard)
STANDIN(gr_page_reports)
STANDIN(gr_page_report)
STANDIN(gr_page_rules)
STANDIN(gr_page_rule)
STANDIN(gr_page_style)
STANDIN(gr_page_script)
