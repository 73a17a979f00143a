/* tests/property/test_increment.c - a ledger that is judged part by part says what it would say if everything were judged
 * again, after new gifts, amendments, retractions and late entries in any order; and of each moment that has passed it
 * says for good what it said then. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <jansson.h>

#include "app/assemble.h"
#include "archive.h"

enum { STEPS = 5 };

/* ---- what reports say ---- */

static bool append(void *context, const char *bytes, size_t length)
{
    return fwrite(bytes, 1, length, context) == length;
}

static char *print_report(const gr_report *report)
{
    const gr_report_style style = { .format = GR_FORMAT_JSON };
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    gr_error err = { 0 };

    assert_non_null(file);
    assert_int_equal(gr_report_write(report, &style, append, file, &err), GR_OK);
    assert_int_equal(fclose(file), 0);
    return text;
}

static bool has_nothing(const json_t *executive)
{
    const json_t *summary = json_object_get(executive, "summary");

    return json_integer_value(json_object_get(summary, "gifts")) == 0 &&
           json_array_size(json_object_get(executive, "findings")) == 0 &&
           json_array_size(json_object_get(executive, "references")) == 0;
}

/* Of somebody who gave nothing, findings tell the name of their day. */
static void forget_givers(json_t *value)
{
    const char *key;
    json_t *one;
    size_t i;

    json_object_del(value, "giver_name");
    json_object_foreach(value, key, one) forget_givers(one);
    json_array_foreach(value, i, one) forget_givers(one);
}

/* But for what an audit tells of its inputs. */
static char *without_inputs(char *text)
{
    json_t *root = json_loads(text, 0, NULL), *one;
    char *rest;
    size_t i;

    assert_non_null(root);
    json_object_del(json_object_get(root, "run"), "inputs");
    json_object_del(json_object_get(root, "run"), "news");
    json_object_del(json_object_get(root, "summary"), "duplicates");
    json_object_del(json_object_get(root, "summary"), "line"); /* what is new is in it */
    json_object_del(root, "reconciliation"); /* counted where all is judged, and not kept */
    json_object_del(root, "roster");         /* colleagues' gifts are counted there only, too */
    json_array_foreach(json_object_get(root, "account_executives"), i, one)
    {
        json_object_del(one, "colleagues");
        json_object_del(one, "name");
        if (has_nothing(one)) /* who is told of for colleagues' gifts only */
            json_array_remove(json_object_get(root, "account_executives"), i--);
    }
    forget_givers(root);
    rest = json_dumps(root, JSON_INDENT(1));
    json_decref(root);
    free(text);
    return rest;
}

static char *recall(const archive *a, const char *as_known_on)
{
    const gr_recall_options options = { .ledger = a->ledger, .as_known_on = as_known_on };
    gr_report *report = NULL;
    gr_error err = { 0 };
    char *text;

    if (gr_report_recall(&options, &report, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    text = print_report(report);
    gr_report_free(report);
    return text;
}

/* The same judged whole, keeping nothing. */
static char *judge_whole(const archive *a, const gr_rules *rules)
{
    const gr_audit_options options = { .ledger = a->ledger };
    gr_report *report = NULL;
    gr_error err = { 0 };
    gr_run run;
    char *text;

    if (gr_run_make(rules, &options, false, &run, &err) != GR_OK ||
        gr_assemble(rules, &run, &report, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    text = print_report(report);
    gr_report_free(report);
    return text;
}

static char *audit(archive *a, const gr_rules *rules)
{
    const char *inputs[] = { a->export };
    const gr_audit_options options = { .inputs = inputs, .input_count = 1, .ledger = a->ledger };
    gr_report *report = NULL;
    gr_error err = { 0 };
    gr_run run;
    char *text;

    if (gr_run_make(rules, &options, true, &run, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    a->partly += run.is_recalled;
    a->withdrawn += run.is_recalled ? run.news.findings_withdrawn : 0;
    if (gr_assemble(rules, &run, &report, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    text = print_report(report);
    gr_report_free(report);
    return text;
}

/* ---- steps ---- */

/* Gifts that came before come again, most of them changed: another day, sum, giver or recipient; some are taken back. */
static char *print_changes(round_of *r, size_t known)
{
    size_t n = 1 + dice_below(&r->dice, 4);
    made_log *changed = malloc(sizeof *changed);
    size_t size = 1024 + 64 * known;
    char *text, *all;

    assert_non_null(changed);
    changed->count = 0;
    shuffle(&r->dice, r->log.gift, known, sizeof r->log.gift[0]);
    for (size_t i = 0; i < n && i < known; i++) {
        made_gift *gift = &r->log.gift[i];
        made_gift other = r->log.gift[dice_below(&r->dice, known)];

        if (dice_percent(&r->dice, 40))
            gift_put(gift, "cost", dice_percent(&r->dice, 50) ? "310.00" : "12.50");
        if (dice_percent(&r->dice, 30))
            memcpy(gift->date, other.date, sizeof gift->date);
        if (dice_percent(&r->dice, 20))
            gift->giver = (gift->giver + 1) % 3;
        if (dice_percent(&r->dice, 40)) {
            memcpy(gift->recipient, other.recipient, sizeof gift->recipient);
            gift->recipient_count = other.recipient_count;
        }
        if (dice_percent(&r->dice, 30))
            gift_put(gift, "approval", "PA-1");
        changed->gift[changed->count++] = *gift;
    }
    text = print_log(changed, 0, changed->count);
    size += strlen(text);
    all = malloc(size);
    assert_non_null(all);
    text[strlen(text) - strlen("</gift-log>\n")] = '\0';
    snprintf(all, size, "%s", text);
    for (size_t i = n; i < known && dice_percent(&r->dice, 30); i++)
        snprintf(all + strlen(all), size - strlen(all), "<gift id=\"%s\" retracted=\"yes\"/>\n",
                 r->log.gift[i].id);
    snprintf(all + strlen(all), size - strlen(all), "</gift-log>\n");
    free(changed);
    free(text);
    return all;
}

/* From the first line on that differs. */
static void fail_differing(const char *what, const char *got, const char *whole)
{
    size_t i = 0, line = 0;

    for (; got[i] && got[i] == whole[i]; i++)
        if (got[i] == '\n')
            line = i;
    fail_msg("%s, a ledger says%.900s\ninstead of%.900s", what, got + line, whole + line);
}

static void take_step(archive *a, const gr_rules *rules, char *said[], size_t step)
{
    char *by_part = without_inputs(audit(a, rules)), *whole = without_inputs(judge_whole(a, rules)),
         *now;

    if (strcmp(by_part, whole) != 0)
        fail_differing("judged by part", by_part, whole);
    said[step] = recall(a, NULL);
    now = without_inputs(strdup(said[step]));
    if (strcmp(now, whole) != 0)
        fail_differing("recalled", now, whole);
    free(now);
    free(by_part);
    free(whole);
}

/* ---- other systems ---- */

static const char *text_of(made_fact *fact, size_t count, const char *name, const char *silent)
{
    const made_fact *found = find_fact(fact, count, name);

    return found ? found->value : silent;
}

/* A guest of an expense: somebody of a gift, or anybody. */
static void print_guest(page *p, const char *id, const char *name, const char *employer)
{
    const char *space = strrchr(name, ' ');

    say(p,
        "<Attendee><FirstName>%.*s</FirstName><LastName>%s</LastName><ExternalID>%s</ExternalID>"
        "<Company>%s</Company></Attendee>",
        space ? (int)(space - name) : 0, name, space ? space + 1 : name, id, employer);
}

/* Of half of the expenses there may be a gift in the log. */
static void print_expense(round_of *r, page *p, size_t known)
{
    static const char *const types[] = { "Client gift", "Office supplies", "Taxi" };
    made_gift *gift =
        known > 0 && dice_percent(&r->dice, 50) ? &r->log.gift[dice_below(&r->dice, known)] : NULL;
    const struct person *guest = &people[dice_below(&r->dice, GR_COUNT(people))];
    char cost[32];

    snprintf(cost, sizeof cost, "%u.00", (unsigned)dice_below(&r->dice, 400));
    say(p,
        "<ExpenseEntry><ReportEntryID>E-%u</ReportEntryID><ExpenseTypeName>%s</ExpenseTypeName>"
        "<TransactionDate>%s</TransactionDate><ApprovedAmount>%s</ApprovedAmount>"
        "<BusinessPurpose>%s</BusinessPurpose><AttendeesList>",
        (unsigned)dice_below(&r->dice, 12),
        gift ? types[0] : types[dice_below(&r->dice, GR_COUNT(types))],
        gift ? gift->date : "2026-08-11",
        gift && dice_percent(&r->dice, 70) ? text_of(gift->fact, gift->count, "cost", cost) : cost,
        dice_percent(&r->dice, 20) ? "as in PA-1" : "a gift");
    for (size_t i = 0; gift && i < gift->recipient_count; i++) {
        made_recipient *one = &gift->recipient[i];

        print_guest(p, text_of(one->fact, one->count, "recipient-id", ""),
                    text_of(one->fact, one->count, "name", ""),
                    text_of(one->fact, one->count, "employer", ""));
    }
    if (!gift)
        print_guest(p, guest->id ? guest->id : "", guest->name ? guest->name : "",
                    guest->employer ? guest->employer : "");
    say(p, "</AttendeesList><UserLoginID>AE-%u</UserLoginID></ExpenseEntry>",
        gift ? gift->giver : (unsigned)dice_below(&r->dice, 3));
}

static void print_expenses(round_of *r, page *p, size_t known)
{
    say(p, "<ReportDetails><ExpenseEntriesList>");
    for (int i = 0; i < 4; i++)
        print_expense(r, p, known);
    say(p, "</ExpenseEntriesList><UserLoginID>AE-1</UserLoginID></ReportDetails>");
}

static void print_approvals(round_of *r, page *p)
{
    say(p, "<approvals xmlns=\"urn:giftrule:approvals:1\">");
    for (unsigned i = 1; i <= 3; i++)
        say(p,
            "<approval id=\"PA-%u\" date=\"2026-0%u-01\" ends=\"2026-12-31\"><giver id=\"AE-%u\"/>"
            "<recipient id=\"R-%u\"><name>Jane Roe</name></recipient>"
            "<cost currency=\"USD\">%u.00</cost></approval>",
            i, 1 + (unsigned)dice_below(&r->dice, 9), (unsigned)dice_below(&r->dice, 3),
            1 + (unsigned)dice_below(&r->dice, 2), 20 * (unsigned)dice_below(&r->dice, 15));
    say(p, "</approvals>");
}

/* Somebody may be missing, a contact gone; relatives join, and a mandate comes near. */
static void print_roster(round_of *r, page *p)
{
    say(p, "<roster xmlns=\"urn:giftrule:roster:1\">");
    for (unsigned i = 0; i < 3; i++)
        if (i == 0 || dice_percent(&r->dice, 80))
            say(p, "<executive id=\"AE-%u\" branch=\"%s\"><name>Giver %u</name></executive>", i,
                dice_percent(&r->dice, 50) ? "Boston" : "Chicago", i);
    say(p, "<responsibility id=\"RE-1\" client=\"Acme Fund\" executive=\"AE-0\"/>");
    if (dice_percent(&r->dice, 50))
        say(p, "<contact><person id=\"R-1\"><name>Jane Roe</name><employer>Acme Fund</employer>"
               "</person><relation through=\"spouse\"><name>Bob Smith</name>"
               "<employer>Beta Bank</employer></relation></contact>");
    if (dice_percent(&r->dice, 50))
        say(p, "<contact ended=\"retired\" ends=\"2026-05-01\"><person id=\"R-2\">"
               "<name>Robert Smith</name><employer>Beta Bank</employer></person></contact>");
    if (dice_percent(&r->dice, 50))
        say(p, "<event id=\"EV-1\" date=\"2026-07-01\" client=\"Acme Fund\" kind=\"mandate\"/>");
    say(p, "</roster>");
}

static char *print_other(round_of *r, size_t known)
{
    page p = { malloc(LOG_BYTES), 0 };
    unsigned percent = (unsigned)dice_below(&r->dice, 100);

    assert_non_null(p.text);
    if (percent < 60)
        print_expenses(r, &p, known);
    else if (percent < 80)
        print_approvals(r, &p);
    else
        print_roster(r, &p);
    return p.text;
}

/* Some have neither number nor name: somebody else each time. */
static void forget_names(round_of *r)
{
    for (size_t i = 0; i < r->log.count; i++) {
        for (size_t k = 0; k < r->log.gift[i].recipient_count; k++) {
            made_recipient *one = &r->log.gift[i].recipient[k];
            made_fact *id = find_fact(one->fact, one->count, "recipient-id");

            if (!id || strcmp(id->value, "R-4") != 0 || dice_percent(&r->dice, 40))
                continue;
            drop_fact(one->fact, &one->count, id);
            put_fact(one->fact, &one->count, "employer", "Acme Fund");
        }
    }
}

static void parts_are_the_whole(round_of *r)
{
    archive *a = r->court;
    const gr_rules *rules = rules_of(a, r->firm, r->period);
    char *said[STEPS] = { NULL };
    size_t known = 0;

    remove_ledger(a);
    forget_names(r);
    for (size_t step = 0; step < STEPS; step++) {
        size_t more = step == 0 ? r->log.count / 2 : dice_below(&r->dice, r->log.count - known + 1);
        char *text = step > 0 && dice_percent(&r->dice, 50) ? print_changes(r, known) : NULL;

        if (!text && dice_percent(&r->dice, 30))
            text = print_other(r, known);
        if (!text) {
            text = print_log(&r->log, known, known + more);
            known += more;
        }
        write_export(a, text);
        free(text);
        set_clock(step);
        take_step(a, rules, said, step);
    }
    for (size_t step = 0; step < STEPS; step++) {
        char moment[32];
        char *again = recall(a, print_moment(step, moment));

        if (strcmp(again, said[step]) != 0)
            fail_differing("looking back", again, said[step]);
        free(again);
        free(said[step]);
    }
}

static void test_parts(void **state)
{
    const archive *a = *state;

    hold(state, "judged by parts as judged whole", parts_are_the_whole, 60);
    assert_true(a->partly > 0 && a->withdrawn > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { LAW(test_parts) };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
