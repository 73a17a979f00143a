/* src/report/prose_policy.c - the policy: each choice of the firm with its value and what that means. */
#include "report/prose.h"

typedef void (*teller)(const gr_prose *prose, gr_text value);

static void firm_kinds(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "The firm is ");
    gr_tell_firm_kinds(prose, value, false);
    gr_tell(prose, "; the rulebooks for these kinds are used.");
}

static void period(const gr_prose *prose, gr_text value)
{
    static const struct {
        const char *word, *meaning;
    } words[] = {
        { "calendar", "is the calendar year, from 1 January to 31 December." },
        { "fiscal", "is the fiscal year of the firm." },
        { "anniversary", "is each recipient's own year, which begins with the first gift." },
        { "trailing", "is the 12 months that end with the day of the gift." },
        { "unstated",
          "is not chosen: each kind of year is tried, and the report asks where they differ." },
    };

    gr_tell(prose, "The year of a limit, where the rulebook leaves it to the firm, ");
    for (size_t i = 0; i < GR_COUNT(words); i++)
        if (gr_text_is(value, words[i].word))
            gr_tell(prose, words[i].meaning);
}

static void fiscal_start(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "The fiscal year begins on ");
    gr_tell_text(prose, value);
    gr_tell(prose, ", month and day. It matters only where the fiscal year is used.");
}

static void gift_day(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "The day of a gift ");
    if (gr_text_is(value, "unstated")) {
        gr_tell(prose, "is not chosen: each day that is stated is tried, and the report asks where "
                       "they differ.");
        return;
    }
    gr_tell(prose, "is the day on which it was ");
    gr_tell_text(prose, value);
    gr_tell(prose, ".");
}

static void currency(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "An amount that names no currency is in ");
    gr_tell_text(prose, value);
    gr_tell(prose, ".");
}

static void nominal_value(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "An item that is worth ");
    gr_tell_text(prose, value);
    gr_tell(prose, " or more is not of nominal value.");
}

static void near_limit(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "A sum of ");
    gr_tell_text(prose, value);
    gr_tell(prose, " of its limit or more gives a warning, though it is allowed.");
}

static void customary_bereavement(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "Whether a bereavement gift that is worth more than ");
    gr_tell_text(prose, value);
    gr_tell(prose, " is still customary, a person decides.");
}

static void extensive_entertainment(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "Whether entertainment that is worth more than ");
    gr_tell_text(prose, value);
    gr_tell(prose, " a head is still proper, a person decides.");
}

static void rates(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "The exchange rates stand in ");
    gr_tell_text(prose, value);
    gr_tell(prose, ".");
}

static void retention_years(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "Records are kept for ");
    gr_tell_text(prose, value);
    gr_tell(prose, " years after the end of the year in which their gifts are added up.");
}

static void match_days(const gr_prose *prose, gr_text value)
{
    gr_tell(prose,
            "One gift may stand in the gift log and in an expense report with days that are ");
    gr_tell_text(prose, value);
    gr_tell(prose, " days apart.");
}

static void match_amount(const gr_prose *prose, gr_text value)
{
    gr_tell(prose, "One gift may stand in two systems with amounts that differ by ");
    gr_tell_text(prose, value);
    gr_tell(prose, "; of an amount and a percentage, by whichever is more.");
}

static const struct {
    const char *name;
    teller tell;
} choices[] = {
    { "firm-kinds", firm_kinds },
    { "period", period },
    { "fiscal-start", fiscal_start },
    { "gift-day", gift_day },
    { "currency", currency },
    { "nominal-value", nominal_value },
    { "near-limit", near_limit },
    { "customary-bereavement", customary_bereavement },
    { "extensive-entertainment", extensive_entertainment },
    { "rates", rates },
    { "retention-years", retention_years },
    { "match-days", match_days },
    { "match-amount", match_amount },
};

/* Of a check or a pattern of detection.xml. */
static void tell_detect(const gr_prose *prose, const gr_choice *choice)
{
    gr_tell(prose, "What ");
    gr_tell_code(prose, gr_text_slice(choice->name, sizeof "detect." - 1, choice->name.len));
    gr_tell(prose, " of detection looks for ");
    if (gr_text_is(choice->value, "off")) {
        gr_tell(prose, "is not looked for.");
        return;
    }
    gr_tell(prose, "gives ");
    gr_tell_code(prose, choice->value);
    gr_tell(prose, ".");
}

static void tell_choice(const gr_prose *prose, const gr_choice *choice)
{
    gr_document_row_start(prose->document, NULL);
    gr_document_cell_start(prose->document);
    gr_tell_code(prose, choice->name);
    gr_document_cell_end(prose->document);
    gr_document_cell_start(prose->document);
    gr_tell_text(prose, choice->value);
    gr_document_cell_end(prose->document);
    gr_document_cell_start(prose->document);
    for (size_t i = 0; i < GR_COUNT(choices); i++)
        if (gr_text_is(choice->name, choices[i].name))
            choices[i].tell(prose, choice->value);
    if (gr_text_starts(choice->name, GR_TEXT("detect.")))
        tell_detect(prose, choice);
    if (choice->set_for_run)
        gr_tell(prose, " Set for this run; the file says otherwise.");
    gr_document_cell_end(prose->document);
    gr_document_row_end(prose->document);
}

void gr_prose_policy(const gr_prose *prose, const gr_prose_file *file)
{
    static const gr_column columns[] = {
        { "choice", 'l', true },
        { "value", 'l', false },
        { "what it means", 'w', false },
    };

    gr_tell_heading(prose, 1, NULL, "The firm's policy");
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_LEAD);
    gr_tell(prose,
            "What the rules leave to the firm, and what the firm has chosen. A choice has no "
            "days: it is used for gifts of any day.");
    gr_document_paragraph_end(prose->document);
    gr_tell_heading(prose, 2, "choices", "The choices");
    gr_document_table_start(prose->document, "The choices of the firm", columns, GR_COUNT(columns));
    for (size_t i = 0; i < prose->choice_count; i++)
        tell_choice(prose, &prose->choice[i]);
    gr_document_table_end(prose->document);
    gr_prose_end(prose, file);
}
