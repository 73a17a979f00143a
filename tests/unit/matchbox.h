/* tests/unit/matchbox.h - small gift logs, expenses and approvals, a line for each record, and what became of them as one
 * line of text. A record is "G-1 2026-05-04 Dana Jane 100.00", with as many names of recipients, joined by +, as there are
 * ("-" is nobody); behind it may stand words such as number=R-88 (of the recipients) tax=8.00 approval=PA-1 reference=E-1 note=PA-1 payer=giver ends=2026-06-30. */
#ifndef GR_TESTS_MATCHBOX_H
#define GR_TESTS_MATCHBOX_H

#include "app/hearing.h"
#include "app/verdicts.h"
#include "reconcile/matching.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BOX_WORDS = 12, BOX_TEXT = 1 << 16 };

typedef struct box_text {
    char bytes[BOX_TEXT];
    size_t count;
} box_text;

static void box_add(box_text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void box_add(box_text *t, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    t->count += (size_t)vsnprintf(t->bytes + t->count, sizeof t->bytes - t->count, format, list);
    va_end(list);
    assert_true(t->count < sizeof t->bytes);
}

/* ---- one record ---- */

typedef struct box_line {
    gr_text word[BOX_WORDS];
    size_t count;
} box_line;

static box_line box_split(gr_text line)
{
    box_line out = { .count = 0 };

    while (out.count < BOX_WORDS && gr_text_word(&line, &out.word[out.count]))
        out.count++;
    assert_true(out.count >= 5);
    return out;
}

static gr_text box_more(const box_line *line, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 5; i < line->count; i++)
        if (line->word[i].len > length && line->word[i].ptr[length] == '=' &&
            strncmp(line->word[i].ptr, name, length) == 0)
            return gr_text_slice(line->word[i], length + 1, line->word[i].len);
    return GR_TEXT("");
}

static void box_add_element(box_text *t, const box_line *line, const char *name)
{
    gr_text value = box_more(line, name);

    if (value.len > 0)
        box_add(t, "<%s>%.*s</%s>", name, GR_ALL(value), name);
}

static bool box_next_name(gr_text *rest, gr_text *name)
{
    const char *plus = memchr(rest->ptr, '+', rest->len);

    if (rest->len == 0 || gr_text_is(*rest, "-"))
        return false;
    *name = gr_text_slice(*rest, 0, plus ? (size_t)(plus - rest->ptr) : rest->len);
    *rest = gr_text_slice(*rest, name->len + 1, rest->len);
    return true;
}

/* Both have the same elements; only those of the gift log are asked for all of them. */
static void box_add_own(box_text *t, const char *element, gr_text text)
{
    static const char *const names[] = {
        "tax", "approval", "reference", "occasion", "logo", "kind"
    };
    box_line line = box_split(text);
    bool is_gift = strcmp(element, "gift") == 0;
    gr_text rest = line.word[3], name, ends = box_more(&line, "ends"),
            payer = box_more(&line, "payer"), number = box_more(&line, "number");

    box_add(t, "<%s id='%.*s' date='%.*s'", element, GR_ALL(line.word[0]), GR_ALL(line.word[1]));
    if (ends.len > 0)
        box_add(t, " ends='%.*s'", GR_ALL(ends));
    box_add(t, "><giver id='AE-%.*s'>%.*s Fox</giver>", GR_ALL(line.word[2]), GR_ALL(line.word[2]));
    while (box_next_name(&rest, &name))
        box_add(t,
                "<recipient id='%.*s'><name>%.*s Roe</name><employer>Acme</employer></recipient>",
                GR_ALL(number), GR_ALL(name));
    if (!gr_text_is(line.word[4], "-"))
        box_add(t, "<cost>%.*s</cost>", GR_ALL(line.word[4]));
    if (is_gift && !gr_text_is(payer, "-"))
        box_add(t, "<payer>%.*s</payer>", GR_ALL(payer.len > 0 ? payer : GR_TEXT("firm")));
    for (size_t i = 0; i < (is_gift ? GR_COUNT(names) : 1); i++)
        box_add_element(t, &line, names[i]);
    box_add(t, "</%s>\n", element);
}

/* A report of one entry, since each report has one owner. meal: it is no gift by itself. */
static void box_add_report(box_text *t, gr_text text)
{
    box_line line = box_split(text);
    gr_text rest = line.word[3], name, note = box_more(&line, "note");
    gr_text number = box_more(&line, "number");
    bool is_meal = box_more(&line, "meal").len > 0;

    box_add(t,
            "<ReportDetails><UserLoginID>%.*s@example.com</UserLoginID><EmployeeName>Fox, "
            "%.*s</EmployeeName><CurrencyCode>USD</CurrencyCode><ExpenseEntriesList><ExpenseEntry>"
            "<ReportEntryID>%.*s</ReportEntryID><ExpenseTypeName>%s</ExpenseTypeName>"
            "<TransactionDate>%.*s</TransactionDate><PostedAmount>%.*s</PostedAmount>"
            "<BusinessPurpose>%.*s</BusinessPurpose><IsPersonal>N</IsPersonal><AttendeesList>",
            GR_ALL(line.word[2]), GR_ALL(line.word[2]), GR_ALL(line.word[0]),
            is_meal ? "Meal" : "Gifts", GR_ALL(line.word[1]), GR_ALL(line.word[4]), GR_ALL(note));
    while (box_next_name(&rest, &name))
        box_add(t,
                "<Attendee><FirstName>%.*s</FirstName><LastName>Roe</LastName>"
                "<Company>Acme</Company><AttendeeID>A-%.*s</AttendeeID>"
                "<ExternalID>%.*s</ExternalID></Attendee>",
                GR_ALL(name), GR_ALL(name), GR_ALL(number));
    box_add(t, "</AttendeesList></ExpenseEntry></ExpenseEntriesList></ReportDetails>\n");
}

/* ---- hearing them ---- */

static void box_hear(gr_hearing *h, const char *name, const box_text *t)
{
    gr_error err = { 0 };

    if (gr_hearing_read(h, gr_text_of(name), (gr_text){ t->bytes, t->count }, 0, &err) != GR_OK)
        fail_msg("%s:%u: %s: %s", err.file, err.line, err.message, t->bytes);
}

/* Lines are parted by ';'. Reads the log's, or those of approvals, as one document. */
static void box_read_own(gr_hearing *h, const char *root, const char *element, const char *lines)
{
    box_text *t = calloc(1, sizeof *t);
    const char *end;

    assert_non_null(t);
    box_add(t, "<%s xmlns='urn:giftrule:%s:1'>", root, root);
    for (; *lines; lines = *end ? end + 1 : end) {
        end = lines + strcspn(lines, ";");
        box_add_own(t, element, (gr_text){ lines, (size_t)(end - lines) });
    }
    box_add(t, "</%s>", root);
    box_hear(h, root, t);
    free(t);
}

static void box_read_expenses(gr_hearing *h, const char *lines)
{
    box_text *t = calloc(1, sizeof *t);
    const char *end;

    assert_non_null(t);
    for (; *lines; lines = *end ? end + 1 : end) {
        end = lines + strcspn(lines, ";");
        t->count = 0;
        box_add_report(t, (gr_text){ lines, (size_t)(end - lines) });
        box_hear(h, "expenses", t);
    }
    free(t);
}

typedef struct box { /* "": none of these were exported */
    const char *log, *expenses, *approvals;
} box;

/* Opens h, and judges what is in the box as of 2027-01-01. The caller closes h. */
static void box_judge(const gr_rules *rules, const box *b, gr_hearing *h)
{
    gr_error err = { 0 };

    assert_int_equal(gr_hearing_open(rules, h, &err), GR_OK);
    h->as_of = gr_day_of((gr_date){ 2027, 1, 1 });
    if (*b->log)
        box_read_own(h, "gift-log", "gift", b->log);
    if (*b->approvals)
        box_read_own(h, "approvals", "approval", b->approvals);
    box_read_expenses(h, b->expenses);
    assert_int_equal(gr_hearing_judge(h, &err), GR_OK);
}

/* ---- what became of them ---- */

static int box_by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

enum { BOX_TOLD = 128, BOX_TOLD_BYTES = 64 };

typedef struct box_told {
    char line[BOX_TOLD][BOX_TOLD_BYTES];
    size_t count;
} box_told;

static void box_tell(box_told *told, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void box_tell(box_told *told, const char *format, ...)
{
    va_list list;

    assert_true(told->count < BOX_TOLD);
    va_start(list, format);
    vsnprintf(told->line[told->count++], BOX_TOLD_BYTES, format, list);
    va_end(list);
}

static void box_tell_pairs(const gr_hearing *h, box_told *told)
{
    static const char *const means[] = { "", "reference", "approval", "content", "amount" };
    const gr_reconciliation *r = h->intake.reconciliation;

    for (uint32_t i = 0; r->partner && i < r->seen.count; i++) {
        uint32_t other = r->partner[i];

        if (gr_seen_of(r, i)->system != GR_SYSTEM_LOG || other == GR_NONE)
            continue;
        box_tell(told, "%s=%s:%s%s", gr_tally_id(h->intake.tally, i).ptr,
                 gr_tally_id(h->intake.tally, other).ptr, means[r->means[i]],
                 gr_gift_of(r, i)->is_double ? ":expense-counts" : "");
    }
}

static void box_tell_findings(const gr_hearing *h, box_told *told)
{
    static const char verdicts[] = { '-', 'w', 'r', 'v' };

    for (size_t i = 0; i < h->judgement.judged.count; i++) {
        const gr_finding *f = &GR_AT(h->judgement.judged, gr_judged, i)->finding;

        if (gr_text_is(f->rule, "reconciliation"))
            box_tell(told, "%.*s:%.*s:%c", GR_ALL(f->provision), GR_ALL(f->gift),
                     verdicts[f->verdict]);
    }
}

/* Pairs and findings, sorted: "G-1=E-1:content not-logged:E-2:v". */
static void box_print(const gr_hearing *h, box_text *out)
{
    box_told *told = calloc(1, sizeof *told);

    assert_non_null(told);
    box_tell_pairs(h, told);
    box_tell_findings(h, told);
    qsort(told->line, told->count, BOX_TOLD_BYTES, box_by_text);
    out->count = 0;
    out->bytes[0] = '\0';
    for (size_t i = 0; i < told->count; i++)
        box_add(out, "%s%s", i ? " " : "", told->line[i]);
    free(told);
}

#endif
