/* src/engine/policy.c - one table of choices: name, how to read it. What is chosen stands in policy.xml only: a
 * choice that it does not make is an error of the file, never a number of ours. */
#include "engine/policy.h"

#include <string.h>

typedef struct choice_kind {
    const char *name, *hint;
    bool (*read)(gr_policy *policy, gr_text value, size_t detail);
    size_t detail; /* for read: which amount */
} choice_kind;

static bool find_word(const char *words, gr_text value, size_t *out)
{
    gr_text rest = gr_text_of(words), word;

    for (size_t i = 0; gr_text_word(&rest, &word); i++) {
        if (gr_text_equal(word, value)) {
            *out = i;
            return true;
        }
    }
    return false;
}

static bool read_period(gr_policy *policy, gr_text value, size_t detail)
{
    size_t i;

    (void)detail;
    if (!find_word("calendar fiscal anniversary trailing unstated", value, &i))
        return false;
    policy->period = (gr_basis)i;
    return true;
}

static bool read_fiscal_start(gr_policy *policy, gr_text value, size_t detail)
{
    uint64_t month, day;
    gr_date date = { 2027, 0, 0 }; /* a common year: 29 February starts no fiscal year */

    (void)detail;
    if (value.len != 5 || value.ptr[2] != '-' ||
        !gr_text_number(gr_text_slice(value, 0, 2), 12, &month) ||
        !gr_text_number(gr_text_slice(value, 3, 5), 31, &day))
        return false;
    date.month = (int)month;
    date.day = (int)day;
    if (!gr_date_exists(date))
        return false;
    policy->fiscal_month = date.month;
    policy->fiscal_day = date.day;
    return true;
}

static bool read_gift_day(gr_policy *policy, gr_text value, size_t detail)
{
    size_t i;

    (void)detail;
    if (!find_word("given ordered delivered unstated", value, &i))
        return false;
    policy->gift_day = (gr_gift_day)i;
    return true;
}

static bool read_currency(gr_policy *policy, gr_text value, size_t detail)
{
    (void)detail;
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] < 'A' || value.ptr[i] > 'Z')
            return false;
    policy->currency = value;
    return value.len == 3;
}

static bool read_amount(gr_policy *policy, gr_text value, size_t detail)
{
    gr_error ignored;

    return gr_money_parse(value, GR_NOWHERE, &policy->amount[detail], &ignored) == GR_OK;
}

static bool read_near_limit(gr_policy *policy, gr_text value, size_t detail)
{
    gr_error ignored;
    gr_amount share, one = { 100, 1 };

    (void)detail; /* "0.80" reads as 80 cents: of a whole of 100 */
    if (gr_money_parse(value, GR_NOWHERE, &share, &ignored) != GR_OK ||
        gr_amount_compare(share, one) > 0)
        return false;
    return gr_amount_multiply(share, 1, 100, &policy->near_limit);
}

bool gr_policy_is_firm_kind(gr_text word)
{
    size_t ignored;

    return find_word(GR_FIRM_KINDS, word, &ignored);
}

bool gr_policy_has_firm_kind(const gr_policy *policy, gr_text word)
{
    gr_text own = policy->firm_kinds, one;

    while (gr_text_word(&own, &one))
        if (gr_text_equal(one, word))
            return true;
    return false;
}

static bool read_firm_kinds(gr_policy *policy, gr_text value, size_t detail)
{
    gr_text rest = value, word;
    size_t count = 0;

    (void)detail;
    for (; gr_text_word(&rest, &word); count++)
        if (!gr_policy_is_firm_kind(word))
            return false;
    policy->firm_kinds = value;
    return count > 0;
}

/* 3220(c) points to SEA Rule 17a-4: no source says less than three years. */
static bool read_retention_years(gr_policy *policy, gr_text value, size_t detail)
{
    uint64_t years;

    (void)detail;
    if (!gr_text_number(value, GR_MOST_RETENTION_YEARS, &years) || years < GR_LEAST_RETENTION_YEARS)
        return false;
    policy->retention_years = (int)years;
    return true;
}

static bool read_match_days(gr_policy *policy, gr_text value, size_t detail)
{
    uint64_t days;

    (void)detail;
    if (!gr_text_number(value, GR_MOST_MATCH_DAYS, &days))
        return false;
    policy->match_days = (int)days;
    return true;
}

static bool read_approval_days(gr_policy *policy, gr_text value, size_t detail)
{
    uint64_t days;

    (void)detail;
    if (!gr_text_number(value, GR_MOST_APPROVAL_DAYS, &days))
        return false;
    policy->approval_days = (int)days;
    return true;
}

/* "1%" reads as 100 hundredths of a percent: of a whole of 10000. */
static bool read_share(gr_text value, gr_amount *out)
{
    gr_amount percent, whole = { 10000, 1 };
    gr_error ignored;

    return gr_money_parse(gr_text_slice(value, 0, value.len - 1), GR_NOWHERE, &percent, &ignored) ==
               GR_OK &&
           gr_amount_compare(percent, whole) <= 0 && gr_amount_multiply(percent, 1, 10000, out);
}

static bool read_match_amount(gr_policy *policy, gr_text value, size_t detail)
{
    gr_text rest = value, word;
    gr_error ignored;
    size_t count = 0;

    (void)detail;
    policy->match_amount = policy->match_share = (gr_amount){ 0, 1 };
    for (; gr_text_word(&rest, &word); count++)
        if (word.ptr[word.len - 1] == '%'
                ? !read_share(word, &policy->match_share)
                : gr_money_parse(word, GR_NOWHERE, &policy->match_amount, &ignored) != GR_OK)
            return false;
    return count == 1 || count == 2;
}

static bool read_rates(gr_policy *policy, gr_text value, size_t detail)
{
    (void)detail;
    policy->rates = value;
    return true;
}

#define AMOUNT_HINT "write it like 50.00"
static const choice_kind kinds[] = {
    { "firm-kinds", GR_FIRM_KINDS_HINT, read_firm_kinds, 0 },
    { "period", "one of calendar, fiscal, anniversary, trailing, unstated", read_period, 0 },
    { "fiscal-start", "month and day, like 07-01; not 02-29", read_fiscal_start, 0 },
    { "gift-day", "one of given, ordered, delivered, unstated", read_gift_day, 0 },
    { "currency", "three capital letters, like USD", read_currency, 0 },
    { "nominal-value", AMOUNT_HINT, read_amount, GR_POLICY_NOMINAL_VALUE },
    { "near-limit", "a share between 0.00 and 1.00, like 0.80", read_near_limit, 0 },
    { "customary-bereavement", AMOUNT_HINT, read_amount, GR_POLICY_CUSTOMARY_BEREAVEMENT },
    { "extensive-entertainment", AMOUNT_HINT, read_amount, GR_POLICY_EXTENSIVE_ENTERTAINMENT },
    { "rates", "a file name", read_rates, 0 },
    { "retention-years", "whole years, from 3 to 100", read_retention_years, 0 },
    { "match-days", "whole days, from 0 to 60", read_match_days, 0 },
    { "match-amount", "an amount, a percentage, or both, like 1.00 1%", read_match_amount, 0 },
    { "approval-days", "whole days, from 0 to 366", read_approval_days, 0 },
};

static const choice_kind *find_kind(gr_text name)
{
    for (size_t i = 0; i < GR_COUNT(kinds); i++)
        if (gr_text_is(name, kinds[i].name))
            return &kinds[i];
    return NULL;
}

static const char *all_names(gr_arena *arena)
{
    gr_text names = GR_TEXT("one of");

    for (size_t i = 0; i < GR_COUNT(kinds) && names.ptr; i++)
        names = gr_arena_print(arena, "%s%s%s", names.ptr, i ? ", " : " ", kinds[i].name);
    return names.ptr ? names.ptr : "";
}

/* ---- verdicts of detection: as many choices as there are checks and patterns, known by their ids later ---- */

static const char detect_prefix[] = "detect.";

static bool is_detect(gr_text name)
{
    return gr_text_starts(name, gr_text_of(detect_prefix));
}

static bool find_detect_verdict(gr_text word, gr_verdict *out)
{
    if (gr_text_is(word, "off")) {
        *out = GR_COMPLIANT;
        return true;
    }
    return gr_verdict_find(word, out) && *out != GR_COMPLIANT;
}

/* detect and its choices have room: of each name one, with those of the run in place of the file's. */
static void lay_detect(gr_policy *policy, gr_choice *choices, gr_text name, gr_text value,
                       bool for_run, gr_place at, gr_arena *arena, gr_problems *problems)
{
    gr_detect_choice *detect = (gr_detect_choice *)(uintptr_t)policy->detect;
    gr_text kept = gr_arena_copy(arena, name), word = gr_arena_copy(arena, value);
    gr_verdict verdict;
    size_t i = 0;

    if (!kept.ptr || !word.ptr || !find_detect_verdict(value, &verdict)) {
        gr_problem(problems, at, "one of off, warning, needs_review, violation",
                   "'%.*s' is not a value of '%.*s'", GR_SHOW(value), GR_SHOW(name));
        return;
    }
    kept = gr_text_slice(kept, sizeof detect_prefix - 1, kept.len);
    while (i < policy->detect_count && !gr_text_equal(detect[i].id, kept))
        i++;
    if (i < policy->detect_count && !for_run) {
        gr_problem(problems, at, "keep one of them", "'%.*s' is chosen twice", GR_SHOW(name));
        return;
    }
    policy->detect_count += i == policy->detect_count;
    detect[i] = (gr_detect_choice){ kept, verdict, at };
    choices[GR_COUNT(kinds) + i] =
        (gr_choice){ { kept.ptr - (sizeof detect_prefix - 1), name.len }, word, for_run };
}

/* Lays one choice over what is there. Keeps its own copy of the value. */
static void lay(gr_policy *policy, gr_choice *choices, gr_text name, gr_text value, bool for_run,
                gr_place at, gr_arena *arena, gr_problems *problems)
{
    const choice_kind *kind = find_kind(name);
    gr_text kept = gr_arena_copy(arena, value);

    if (is_detect(name)) {
        lay_detect(policy, choices, name, value, for_run, at, arena, problems);
    } else if (!kind) {
        gr_problem(problems, at, all_names(arena), "'%.*s' is not a choice of the policy",
                   GR_SHOW(name));
    } else if (!kept.ptr || !kind->read(policy, kept, kind->detail)) {
        gr_problem(problems, at, kind->hint, "'%.*s' is not a value of '%s'", GR_SHOW(value),
                   kind->name);
    } else {
        choices[kind - kinds] = (gr_choice){ gr_text_of(kind->name), kept, for_run };
    }
}

static gr_status lay_settings(gr_policy *policy, gr_choice *choices, const gr_setting *settings,
                              size_t count, gr_arena *arena, gr_error *err)
{
    gr_problems usage = { 0 };
    gr_place at = { "--set", 0, 0 };

    for (size_t i = 0; i < count; i++)
        lay(policy, choices, gr_text_of(settings[i].name), gr_text_of(settings[i].value), true, at,
            arena, &usage);
    if (usage.count == 0)
        return GR_OK;
    *err = usage.first;
    return err->status = GR_EUSAGE;
}

static void check_all_chosen(const gr_choice *choices, gr_place at, gr_problems *problems)
{
    for (size_t i = 0; i < GR_COUNT(kinds); i++)
        if (choices[i].name.len == 0)
            gr_problem(problems, at, kinds[i].hint, "the policy does not choose '%s'",
                       kinds[i].name);
}

/* Room for every choice of the table, and for as many of detection as may come. */
static gr_choice *create_choices(gr_policy *policy, size_t most, gr_arena *arena)
{
    gr_choice *choices = gr_arena_zero(arena, sizeof *choices * (GR_COUNT(kinds) + most));

    policy->choice = choices;
    policy->detect = gr_arena_zero(arena, sizeof *policy->detect * (most + 1));
    return policy->detect ? choices : NULL;
}

gr_status gr_policy_load(const char *path, const char *schema, const gr_setting *settings,
                         size_t setting_count, gr_arena *arena, gr_problems *problems,
                         gr_policy *out, gr_error *err)
{
    gr_choice *choices;
    gr_policy policy = { 0 };
    gr_rulefile file;
    size_t before = problems->count;
    gr_status status = gr_rulefile_load(path, schema, arena, problems, &file, err);

    if (status != GR_OK)
        return status;
    choices = create_choices(&policy, gr_node_count(file.root, "choice") + setting_count, arena);
    if (!choices)
        return gr_fail_memory(err);
    for (const gr_node *node = gr_node_child(file.root, "choice"); node;
         node = gr_node_again(node)) {
        gr_text name = gr_node_attribute(node, "name");
        const choice_kind *kind = find_kind(name);

        if (kind && choices[kind - kinds].name.len > 0)
            gr_problem(problems, node->at, "keep one of them", "'%s' is chosen twice", kind->name);
        else
            lay(&policy, choices, name, gr_node_attribute(node, "value"), false, node->at, arena,
                problems);
    }
    if (problems->count == before)
        check_all_chosen(choices, file.root->at, problems);
    if (problems->count > before)
        return gr_problems_end(problems, err);
    status = lay_settings(&policy, choices, settings, setting_count, arena, err);
    policy.choice_count = GR_COUNT(kinds) + policy.detect_count;
    if (status == GR_OK)
        *out = policy;
    return status;
}

int gr_policy_amount_find(gr_text name)
{
    for (size_t i = 0; i < GR_COUNT(kinds); i++)
        if (kinds[i].read == read_amount && gr_text_is(name, kinds[i].name))
            return (int)kinds[i].detail;
    return -1;
}

const char *gr_policy_amount_name(gr_policy_amount amount)
{
    for (size_t i = 0; i < GR_COUNT(kinds); i++)
        if (kinds[i].read == read_amount && kinds[i].detail == amount)
            return kinds[i].name;
    return "";
}
