/* tests/fuzz/fuzz_rules.c - any bytes may stand in a rule file: a rulebook, a policy, detection, rates, names, a format. A
 * refusal says why and where; what is accepted judges a gift log. must() aborts in release builds too, unlike
 * assert(). The other rule files are those of rules/, so it is run from the root of the repository. */
#include "app/hearing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* ---- what stays the same for all inputs ---- */

typedef struct place {
    char dir[40], file[64];
    gr_rules *rules; /* as shipped */
} place;

static place here;

static void leave(void)
{
    unlink(here.file);
    rmdir(here.dir);
    gr_rules_free(here.rules);
}

static void come(void)
{
    gr_error err = { 0 };

    if (here.rules)
        return;
    snprintf(here.dir, sizeof here.dir, "/tmp/giftrule-test-XXXXXX");
    must(mkdtemp(here.dir) != NULL);
    snprintf(here.file, sizeof here.file, "%s/rule.xml", here.dir);
    must(gr_rules_load("rules", NULL, 0, NULL, NULL, &here.rules, &err) == GR_OK);
    must(atexit(leave) == 0);
}

static void write_input(const uint8_t *data, size_t size)
{
    FILE *file = fopen(here.file, "wb");

    must(file && fwrite(data, 1, size, file) == size && fclose(file) == 0);
}

/* ---- a use for what is accepted ---- */

#define GIFT(id, date, more)                                                                       \
    "<gift id='" id "' date='" date "'><giver id='AE-1'>Dana Fox</giver>" more "</gift>\n"
#define JANE                                                                                       \
    "<recipient id='R-1'><name>Jane Roe</name><employer kind='vendor'>Acme</employer></recipient>"
#define OTHERS                                                                                     \
    "<recipient><name>ROE, J.</name><employer>Acme, "                                              \
    "Inc.</employer><share>20.00</share></recipient>"                                              \
    "<recipient><count>3</count></recipient>"

static const char gifts[] = "<gift-log xmlns='urn:giftrule:gift-log:1'>" GIFT(
    "G-1", "2025-12-31", "<cost>99.00</cost><kind>goods</kind>" JANE)
    GIFT("G-2", "2026-03-29", "<cost tax='included'>80.00</cost><logo>firm</logo>" JANE OTHERS)
        GIFT("G-3", "2026-03-30",
             "<cost>150.00</cost><kind>ticket</kind><face-value>170.00</face-value>" JANE)
            GIFT("G-4", "2026-05-04",
                 "<cost "
                 "currency='EUR'>90.00</cost><fee>5.00</fee><ordered>2026-01-02</ordered>" JANE)
                GIFT("G-5", "2026-06-01",
                     "<cost>60.00</cost><kind>meal</kind><booked-as>travel</"
                     "booked-as><recorded>no</recorded>" JANE)
                    GIFT("G-6", "2026-07-01",
                         "<cost>10.00</cost><description>a lucite "
                         "plaque</description><quantity>3</quantity>"
                         "<occasion>wedding</occasion><payer>giver</payer>" JANE
                             OTHERS) "</gift-log>";

static void check_findings(const gr_judgement *judgement)
{
    for (size_t i = 0; i < judgement->judged.count; i++) {
        const gr_finding *f = &GR_AT(judgement->judged, gr_judged, i)->finding;

        must(f->id.len > 0 && f->kind.ptr && f->clause.ptr && f->reason.ptr);
        must(!f->has_limit || f->total.unbounded || f->total.low <= f->total.high);
    }
}

static void use(const gr_rules *rules)
{
    gr_hearing hearing;
    gr_error err = { 0 };
    gr_status status;

    must(gr_hearing_open(rules, &hearing, &err) == GR_OK);
    status = gr_hearing_read(&hearing, GR_TEXT("log.xml"), gr_text_of(gifts), 0, &err);
    if (status == GR_OK) {
        must(gr_hearing_judge(&hearing, &err) == GR_OK);
        check_findings(&hearing.judgement);
    } else {
        must((status == GR_EINPUT || status == GR_ELIMIT) && err.message[0]); /* another format */
    }
    gr_hearing_close(&hearing);
}

/* The same gifts beside an expense and an approval. */
static void use_in_reconciling(const gr_rules *rules)
{
    static const char report[] =
        "<ReportDetails><UserLoginID>dana</UserLoginID><EmployeeName>Fox, Dana</EmployeeName>"
        "<Entries><ExpenseEntry><RpeKey>E-1</RpeKey><ExpName>Gifts</ExpName>"
        "<TransactionDate>2026-03-30</TransactionDate><PostedAmount>150.00</PostedAmount>"
        "<BusinessPurpose>G-0003 PA-2026-0001 to Jane</BusinessPurpose></ExpenseEntry></Entries>"
        "</ReportDetails>";
    static const char approvals[] =
        "<approvals xmlns='urn:giftrule:approvals:1'><approval id='PA-2026-0001' "
        "date='2026-01-01' ends='2026-02-01'><giver id='AE-1'/><cost>9.00</cost></approval>"
        "</approvals>";
    gr_hearing hearing;
    gr_error err = { 0 };

    must(gr_hearing_open(rules, &hearing, &err) == GR_OK);
    hearing.as_of = GR_DAY_LAST;
    must(gr_hearing_read(&hearing, GR_TEXT("log.xml"), gr_text_of(gifts), 0, &err) == GR_OK);
    must(gr_hearing_read(&hearing, GR_TEXT("report"), gr_text_of(report), 0, &err) == GR_OK);
    must(gr_hearing_read(&hearing, GR_TEXT("approvals"), gr_text_of(approvals), 0, &err) == GR_OK);
    must(gr_hearing_judge(&hearing, &err) == GR_OK);
    check_findings(&hearing.judgement);
    gr_hearing_close(&hearing);
}

/* An expense entry, for detection. */
static void detect(const gr_detection *detection)
{
    static const char *const texts[] = { "Gifts - Clients", "Dinner with client", "",
                                         "Two tickets" };

    for (size_t i = 0; i < GR_COUNT(texts); i++) {
        gr_recipient nobody = { 0 };
        gr_record record = { .kind = GR_RECORD_EXPENSE,
                             .recipient = &nobody,
                             .recipient_count = 1 };
        gr_value text = { .text = gr_text_of(texts[i]) };

        gr_record_set(&record, NULL, GR_F_EXPENSE_NAME, text);
        gr_record_set(&record, NULL, GR_F_DESCRIPTION, text);
        gr_detection_apply(detection, &record);
        must(record.kind == GR_RECORD_EXPENSE || gr_record_knows(&record, GR_F_KIND));
    }
}

/* ---- one loader for each kind of rule file ---- */

typedef struct attempt {
    gr_rules rules; /* the shipped ones, with one part replaced */
    gr_ruleset set;
    gr_arena *arena;
    gr_problems problems;
    gr_error err;
} attempt;

static gr_status try_rulebook(attempt *a)
{
    gr_rulebook book;
    gr_schema schema = { .path = "rules/schema/rulebook.xsd" };
    gr_status status = gr_rulebook_load(here.file, &schema, &a->set.policy, a->arena, &a->problems,
                                        &book, &a->err);

    gr_schema_close(&schema);
    if (status != GR_OK)
        return status;
    a->set.book = &book;
    a->set.book_count = 1;
    use(&a->rules);
    gr_rulebook_free(&book);
    return GR_OK;
}

static gr_status try_policy(attempt *a)
{
    gr_status status = gr_policy_load(here.file, "rules/schema/policy.xsd", NULL, 0, a->arena,
                                      &a->problems, &a->set.policy, &a->err);

    if (status == GR_OK)
        use(&a->rules);
    return status;
}

static gr_status try_detection(attempt *a)
{
    gr_detection detection;
    gr_status status = gr_detection_load(here.file, "rules/schema/detection.xsd", &a->set.policy,
                                         a->arena, &a->problems, &detection, &a->err);

    if (status != GR_OK)
        return status;
    detect(&detection);
    gr_detection_free(&detection);
    return GR_OK;
}

static gr_status try_reconciling(attempt *a)
{
    gr_status status = gr_reconciling_load(here.file, "rules/schema/reconciliation.xsd", a->arena,
                                           &a->problems, &a->set.reconciling, &a->err);

    if (status != GR_OK)
        return status;
    use_in_reconciling(&a->rules);
    gr_reconciling_free(&a->set.reconciling);
    return GR_OK;
}

static gr_status try_rates(attempt *a)
{
    gr_status status = gr_rates_load(here.file, "rules/schema/rates.xsd", a->arena, &a->problems,
                                     &a->set.rates, &a->err);

    if (status == GR_OK)
        use(&a->rules);
    return status;
}

static gr_status try_names(attempt *a)
{
    gr_status status = gr_names_load(here.file, "rules/schema/names.xsd", a->arena, &a->problems,
                                     &a->rules.names, &a->err);

    if (status != GR_OK)
        return status;
    use(&a->rules);
    gr_names_free(&a->rules.names);
    return GR_OK;
}

static gr_status try_format(attempt *a)
{
    gr_status status = gr_formats_load(here.dir, "rules/schema/format.xsd", a->arena, &a->problems,
                                       &a->rules.formats, &a->err);

    if (status == GR_OK)
        use(&a->rules);
    return status;
}

static const struct {
    const char *sign;
    gr_status (*load)(attempt *a);
} kinds[] = {
    { "<rulebook", try_rulebook },   { "<policy", try_policy },
    { "<detection", try_detection }, { "<reconciliation", try_reconciling },
    { "<rates", try_rates },         { "<names", try_names },
    { "<format", try_format },
};

static bool has(const uint8_t *data, size_t size, const char *sign)
{
    size_t n = strlen(sign);

    for (size_t i = 0; i + n <= size; i++)
        if (memcmp(data + i, sign, n) == 0)
            return true;
    return false;
}

static size_t kind_of(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < GR_COUNT(kinds); i++)
        if (has(data, size, kinds[i].sign))
            return i;
    return size % GR_COUNT(kinds);
}

static void on_error(void *context, const gr_error *error)
{
    (void)context;
    must(error->message[0] && error->file[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    attempt a = { .problems = { .on_error = on_error } };
    gr_status status;

    come();
    write_input(data, size);
    a.arena = gr_arena_create();
    must(a.arena != NULL);
    a.set = *here.rules->set;
    a.rules = *here.rules;
    a.rules.set = &a.set;
    status = kinds[kind_of(data, size)].load(&a);
    if (status != GR_OK) {
        must(status == GR_EINPUT || status == GR_ELIMIT);
        must(a.err.status == status && a.err.message[0] && a.err.file[0]);
    }
    gr_arena_free(a.arena);
    return 0;
}
