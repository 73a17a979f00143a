/* src/report/register_lines.c - the columns of the register, and its rows: whatever a record says of a gift and of one
 * recipient's part in it, then how it was judged. What a record does not say is unknown, and shown so. */
#include "report/register.h"

#include "base/error.h"
#include "report/sheets.h"

typedef struct passing {
    gr_sheet_out *out;
    const gr_report *report;
} passing;

typedef void (*put_cells)(const passing *p, const gr_gift_line *line);

static void put_number(const passing *p, const gr_gift_line *line)
{
    gr_sheet_count(p->out, line->number);
}

static void put_day(const passing *p, const gr_gift_line *line)
{
    gr_sheet_day(p->out, line->day);
}

static void put_id(const passing *p, const gr_gift_line *line)
{
    gr_sheet_text_or_unknown(p->out, line->id);
}

static void put_giver_id(const passing *p, const gr_gift_line *line)
{
    gr_sheet_text_or_unknown(p->out, line->giver_id);
}

static void put_giver_name(const passing *p, const gr_gift_line *line)
{
    gr_sheet_text_or_unknown(p->out, line->giver_name);
}

static void put_branch(const passing *p, const gr_gift_line *line)
{
    const gr_staff *staff = line->executive < p->report->executive_count
                                ? p->report->executive[line->executive].staff
                                : NULL;

    gr_sheet_text_or_unknown(p->out, staff ? staff->branch : GR_TEXT(""));
}

static void put_part(const passing *p, const gr_gift_line *line)
{
    gr_sheet_print(p->out, "%u of %u", line->place + 1, line->places);
}

/* All who shared it, by name, or by number where there is no name. */
static void put_all(const passing *p, const gr_gift_line *line)
{
    const gr_record *record = line->record;
    gr_text all = GR_TEXT("");

    for (size_t i = 0; record->recipient_count > 1 && i < record->recipient_count; i++) {
        gr_text name = gr_recipient_text(&record->recipient[i], GR_F_NAME);

        if (name.len == 0)
            name = gr_recipient_text(&record->recipient[i], GR_F_RECIPIENT_ID);
        all = gr_sheet_join(p->out, all, "; ", name.len > 0 ? name : GR_TEXT("not named"));
    }
    gr_sheet_text(p->out, all);
}

static void put_standing(const passing *p, const gr_gift_line *line)
{
    gr_sheet_words(p->out, gr_line_standing_words(line->standing));
}

static void put_worth(const passing *p, const gr_gift_line *line)
{
    gr_sheet_span(p->out, line->worth);
}

static void put_value(const passing *p, const gr_gift_line *line)
{
    gr_sheet_span(p->out, line->value);
}

static void put_currency(const passing *p, const gr_gift_line *line)
{
    (void)line;
    gr_sheet_text(p->out, p->report->book->currency);
}

static void put_why(const passing *p, const gr_gift_line *line)
{
    gr_sheet_text(p->out, line->why);
}

static void put_sum(const passing *p, const gr_gift_line *line)
{
    const gr_line_sum *sum = &line->sum;

    if (!line->has_sum) {
        gr_sheet_blank(p->out, GR_SHEET_NOTHING, 7);
        return;
    }
    gr_sheet_words(p->out, gr_basis_text(sum->period.basis));
    gr_sheet_day(p->out, sum->period.from);
    gr_sheet_day(p->out, sum->period.to);
    gr_sheet_total(p->out, &sum->total);
    gr_sheet_amount(p->out, sum->limit);
    gr_sheet_verdict(p->out, sum->verdict);
}

static void put_clause(const passing *p, const gr_gift_line *line)
{
    gr_sheet_text(p->out, line->clause);
}

/* "F-0123456789ab violation of finra-3220 3220(a); ..." */
static void put_findings(const passing *p, const gr_gift_line *line)
{
    gr_text all = GR_TEXT("");

    for (size_t i = 0; i < line->finding_count; i++) {
        const gr_finding *f = line->finding[i];

        all = gr_sheet_join(p->out, all, "; ", f->id);
        all = gr_sheet_join(p->out, all, " ", gr_text_of(gr_sheet_verdict_words(f->verdict)));
        all = gr_sheet_join(p->out, all, ", ", f->rule);
        all = gr_sheet_join(p->out, all, " ", f->clause);
    }
    gr_sheet_text(p->out, all);
}

/* "F-0123456789ab accepted by Chris Vale 2026-11-23T09:00:00Z: the reason; ..." */
static void put_decisions(const passing *p, const gr_gift_line *line)
{
    gr_text all = GR_TEXT("");

    for (size_t i = 0; i < line->finding_count; i++) {
        const gr_finding *f = line->finding[i];
        const gr_decision *d = f->decision ? f->decision : f->past;

        if (!d)
            continue;
        all = gr_sheet_join(p->out, all, "; ", f->id);
        all = gr_sheet_join(p->out, all, " ", gr_text_of(gr_decision_kind_text(d->kind)));
        all = gr_sheet_join(p->out, all, " number ", d->exemption);
        all = gr_sheet_join(p->out, all, " by ", d->author.len ? d->author : GR_TEXT("unknown"));
        all = gr_sheet_join(p->out, all, " ", d->moment);
        all = gr_sheet_join(p->out, all, ": ", d->reason);
        if (!f->decision)
            all = gr_sheet_join(p->out, all, " ", GR_TEXT("(it has changed since, and is open)"));
    }
    gr_sheet_text(p->out, all);
}

static void put_format(const passing *p, const gr_gift_line *line)
{
    gr_sheet_text(p->out, line->format);
}

static void put_source(const passing *p, const gr_gift_line *line)
{
    gr_sheet_text(p->out, gr_text_of(line->source.file));
    gr_sheet_count_if_any(p->out, line->source.line);
}

#define GIFT   "Gift"
#define GIVER  "Giver"
#define WHO    "Recipient"
#define ITEM   "Item"
#define MONEY  "Money"
#define ABOUT  "Circumstances"
#define JUDGED "Judgement"
#define SOURCE "Source"

/* In place of a fact: the upper end of the column before. */
#define UPPER_END (GR_FACT_COUNT + 1)

/* X(name, heading, group, type, width, fact, function): from a fact of the record, or by a function, which may write
 * several cells: then the others have NULL. */
#define COLUMNS(X)                                                                                 \
    X("number", "No.", GIFT, COUNT, 8, GR_FACT_NONE, put_number)                                   \
    X("day", "day", GIFT, DAY, 11, GR_FACT_NONE, put_day)                                          \
    X("gift", "record", GIFT, TEXT, 13, GR_FACT_NONE, put_id)                                      \
    X("given", "given", GIFT, DAY, 11, GR_F_DATE, NULL)                                            \
    X("ordered", "ordered", GIFT, DAY, 11, GR_F_ORDERED, NULL)                                     \
    X("delivered", "delivered", GIFT, DAY, 11, GR_F_DELIVERED, NULL)                               \
    X("approval", "approval", GIFT, TEXT, 13, GR_F_APPROVAL, NULL)                                 \
    X("recorded", "in the gift log", GIFT, TEXT, 9, GR_F_RECORDED, NULL)                           \
    X("giver_id", "number", GIVER, TEXT, 13, GR_FACT_NONE, put_giver_id)                           \
    X("giver_name", "name", GIVER, TEXT, 20, GR_FACT_NONE, put_giver_name)                         \
    X("giver_kind", "kind", GIVER, TEXT, 17, GR_F_GIVER_KIND, NULL)                                \
    X("branch", "branch", GIVER, TEXT, 16, GR_FACT_NONE, put_branch)                               \
    X("recipient_id", "number", WHO, TEXT, 13, GR_F_RECIPIENT_ID, NULL)                            \
    X("recipient_name", "name", WHO, TEXT, 20, GR_F_NAME, NULL)                                    \
    X("title", "title", WHO, TEXT, 16, GR_F_TITLE, NULL)                                           \
    X("employer", "employer", WHO, TEXT, 24, GR_F_EMPLOYER, NULL)                                  \
    X("employer_kind", "kind of employer", WHO, TEXT, 20, GR_F_EMPLOYER_KIND, NULL)                \
    X("capacity", "capacity", WHO, TEXT, 16, GR_F_CAPACITY, NULL)                                  \
    X("through", "taken by", WHO, TEXT, 12, GR_F_THROUGH, NULL)                                    \
    X("part", "part", WHO, TEXT, 9, GR_FACT_NONE, put_part)                                        \
    X("recipients", "all who shared it", WHO, TEXT, 30, GR_FACT_NONE, put_all)                     \
    X("description", "description", ITEM, TEXT, 30, GR_F_DESCRIPTION, NULL)                        \
    X("kind", "kind", ITEM, TEXT, 13, GR_F_KIND, NULL)                                             \
    X("quantity", "quantity", ITEM, COUNT, 9, GR_F_QUANTITY, NULL)                                 \
    X("logo", "logo", ITEM, TEXT, 9, GR_F_LOGO, NULL)                                              \
    X("decorative", "solely decorative", ITEM, TEXT, 11, GR_F_DECORATIVE, NULL)                    \
    X("occasion", "occasion", ITEM, TEXT, 12, GR_F_OCCASION, NULL)                                 \
    X("payer", "paid by", MONEY, TEXT, 12, GR_F_PAYER, NULL)                                       \
    X("reimbursed", "reimbursed", MONEY, TEXT, 11, GR_F_REIMBURSED, NULL)                          \
    X("cost_currency", "currency", MONEY, TEXT, 9, GR_F_CURRENCY, NULL)                            \
    X("cost", "cost", MONEY, MONEY, 11, GR_F_COST, NULL)                                           \
    X("cost_tax", "tax in the cost", MONEY, TEXT, 10, GR_F_COST_TAX, NULL)                         \
    X("tax", "tax", MONEY, MONEY, 9, GR_F_TAX, NULL)                                               \
    X("delivery", "delivery", MONEY, MONEY, 9, GR_F_DELIVERY, NULL)                                \
    X("fee", "fee", MONEY, MONEY, 9, GR_F_FEE, NULL)                                               \
    X("face_value", "face value", MONEY, MONEY, 11, GR_F_FACE_VALUE, NULL)                         \
    X("market_value", "market value", MONEY, MONEY, 11, GR_F_MARKET_VALUE, NULL)                   \
    X("share", "this part", MONEY, MONEY, 11, GR_F_SHARE, NULL)                                    \
    X("relationship", "relationship", ABOUT, TEXT, 12, GR_F_RELATIONSHIP, NULL)                    \
    X("host_present", "host present", ABOUT, TEXT, 9, GR_F_HOST_PRESENT, NULL)                     \
    X("sales_target", "sales target", ABOUT, TEXT, 9, GR_F_SALES_TARGET, NULL)                     \
    X("deceased", "deceased", ABOUT, TEXT, 12, GR_F_DECEASED, NULL)                                \
    X("declaration", "disaster declared", ABOUT, TEXT, 11, GR_F_DECLARATION, NULL)                 \
    X("contract", "contract", ABOUT, TEXT, 9, GR_F_CONTRACT, NULL)                                 \
    X("standing", "standing", JUDGED, TEXT, 11, GR_FACT_NONE, put_standing)                        \
    X("worth_certain", "worth, at least", JUDGED, MONEY, 11, GR_FACT_NONE, put_worth)              \
    X("worth_possible", "worth, at most", JUDGED, MONEY, 11, UPPER_END, NULL)                      \
    X("value_certain", "counts, certainly", JUDGED, MONEY, 11, GR_FACT_NONE, put_value)            \
    X("value_possible", "counts, possibly", JUDGED, MONEY, 11, UPPER_END, NULL)                    \
    X("currency", "currency", JUDGED, TEXT, 9, GR_FACT_NONE, put_currency)                         \
    X("why", "how", JUDGED, TEXT, 40, GR_FACT_NONE, put_why)                                       \
    X("period", "period", JUDGED, TEXT, 12, GR_FACT_NONE, put_sum)                                 \
    X("period_from", "from", JUDGED, DAY, 11, GR_FACT_NONE, NULL)                                  \
    X("period_to", "to", JUDGED, DAY, 11, UPPER_END, NULL)                                         \
    X("total_certain", "total, certain", JUDGED, MONEY, 11, GR_FACT_NONE, NULL)                    \
    X("total_possible", "total, possible", JUDGED, MONEY, 11, UPPER_END, NULL)                     \
    X("limit", "limit", JUDGED, MONEY, 11, GR_FACT_NONE, NULL)                                     \
    X("verdict", "verdict", JUDGED, VERDICT, 13, GR_FACT_NONE, NULL)                               \
    X("clause", "clause", JUDGED, TEXT, 12, GR_FACT_NONE, put_clause)                              \
    X("findings", "findings", JUDGED, TEXT, 40, GR_FACT_NONE, put_findings)                        \
    X("decisions", "decisions", JUDGED, TEXT, 40, GR_FACT_NONE, put_decisions)                     \
    X("format", "format", SOURCE, TEXT, 12, GR_FACT_NONE, put_format)                              \
    X("file", "file", SOURCE, TEXT, 20, GR_FACT_NONE, put_source)                                  \
    X("line", "line", SOURCE, COUNT, 8, GR_FACT_NONE, NULL)

static const gr_sheet_column columns[] = {
#define X(name, heading, group, type, width, fact, put)                                            \
    { name, heading, GR_SHEET_##type, width, group, (fact) == UPPER_END },
    COLUMNS(X)
#undef X
};

static const struct {
    int fact;
    put_cells put;
} sources[] = {
#define X(name, heading, group, type, width, fact, put) { fact, put },
    COLUMNS(X)
#undef X
};

static gr_status put_line(void *context, const gr_gift_line *line, gr_error *err)
{
    const passing *p = context;

    if (!gr_register_sum_add(p->out->sum, line))
        return gr_fail_memory(err);
    for (size_t i = 0; i < GR_COUNT(sources); i++) {
        if (sources[i].put)
            sources[i].put(p, line);
        else if (sources[i].fact < GR_FACT_COUNT)
            gr_sheet_fact(p->out, line->record, line->recipient, (gr_fact)sources[i].fact);
    }
    gr_sheet_row_end(p->out);
    return gr_sheet_state_of(p->out, err);
}

static gr_status lines(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    passing p = { out, report };
    gr_status status = report->book->each(report->book, GR_BOOK_BY_DAY, 0, put_line, &p, err);

    return status == GR_OK ? gr_register_sum_check(out->sum, report->book, err) : status;
}

const gr_sheet gr_register_lines = { "register", "Register", columns, GR_COUNT(columns), lines };
