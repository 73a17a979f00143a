/* src/report/accounts.h - who may use the desk, as text and as JSON. Never what is kept of a password. */
#ifndef GR_REPORT_ACCOUNTS_H
#define GR_REPORT_ACCOUNTS_H

#include "base/writer.h"
#include "model/account.h"

gr_status gr_accounts_print(const gr_account *accounts, size_t count, const gr_report_style *style,
                            gr_writer *out, gr_error *err);

#endif
