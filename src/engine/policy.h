/* src/engine/policy.h - the firm's own choices, from rules/policy.xml, with those of one run laid over. */
#ifndef GR_ENGINE_POLICY_H
#define GR_ENGINE_POLICY_H

#include "base/day.h"
#include "base/money.h"
#include "base/problems.h"
#include "model/finding.h"
#include "model/report.h"
#include "rulefile/rulefile.h"

typedef enum gr_gift_day {
    GR_DAY_GIVEN,
    GR_DAY_ORDERED,
    GR_DAY_DELIVERED,
    GR_DAY_UNSTATED
} gr_gift_day;

enum {
    GR_LEAST_RETENTION_YEARS = 3,
    GR_MOST_RETENTION_YEARS = 100,
    GR_MOST_MATCH_DAYS = 60,
    GR_MOST_APPROVAL_DAYS = 366
};

/* Amounts that rule files may name as policy:NAME. */
typedef enum gr_policy_amount {
    GR_POLICY_NOMINAL_VALUE,
    GR_POLICY_CUSTOMARY_BEREAVEMENT,
    GR_POLICY_EXTENSIVE_ENTERTAINMENT,
    GR_POLICY_AMOUNT_COUNT
} gr_policy_amount;

/* detect.ID: the firm's own verdict for a check or a pattern of detection. */
typedef struct gr_detect_choice {
    gr_text id;
    gr_verdict verdict; /* GR_COMPLIANT: it is switched off */
    gr_place at;
} gr_detect_choice;

typedef struct gr_policy {
    gr_basis period; /* GR_UNSTATED: all are tried */
    int fiscal_month, fiscal_day;
    gr_gift_day gift_day;
    gr_text currency;
    gr_amount near_limit; /* a share: num / den */
    gr_amount amount[GR_POLICY_AMOUNT_COUNT];
    gr_text firm_kinds;  /* words */
    gr_text rates;       /* file name */
    int retention_years; /* after the end of the year in which a gift is added up */
    int approval_days;   /* so long is an approval good, from the day of the gift */
    int match_days;      /* so far apart may be the days of one gift in two systems */
    gr_amount match_amount,
        match_share;                /* and its amounts, by the wider of both; share: num / den */
    const gr_detect_choice *detect; /* verdicts of checks and patterns of detection */
    size_t detect_count;
    const gr_choice
        *choice; /* every choice as used, in the order of the table; then of detection */
    size_t choice_count;
} gr_policy;

/* Reads path. A setting that names no choice, or has no value of its kind, is GR_EUSAGE. */
gr_status gr_policy_load(const char *path, const char *schema, const gr_setting *settings,
                         size_t setting_count, gr_arena *arena, gr_problems *problems,
                         gr_policy *out, gr_error *err);

/* Words of firm-kinds. */
#define GR_FIRM_KINDS                                                                              \
    "broker-dealer investment-adviser municipal-advisor bank-dealer investment-company "           \
    "futures-firm"
#define GR_FIRM_KINDS_HINT                                                                         \
    "one or more of broker-dealer, investment-adviser, municipal-advisor, bank-dealer, "           \
    "investment-company, futures-firm"
bool gr_policy_is_firm_kind(gr_text word);
bool gr_policy_has_firm_kind(const gr_policy *policy, gr_text word); /* the firm is of this kind */

/* The number of the amount that rule files call policy:NAME; -1 when there is none. */
int gr_policy_amount_find(gr_text name);
const char *gr_policy_amount_name(gr_policy_amount amount);

#endif
