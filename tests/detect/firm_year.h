/* tests/detect/firm_year.h - a year of a firm with 60 account executives: its gift log and their expense reports, mostly
 * innocent, with cases of every detection and look-alikes of them planted in between. Each planted case says by which
 * check or pattern it is to be found, and at which record. Nothing here knows the rules' numbers: amounts are what people
 * spend. */
#ifndef GR_TESTS_FIRM_YEAR_H
#define GR_TESTS_FIRM_YEAR_H

#include "base/day.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    YEAR_GIVERS = 60,
    YEAR_ALL_GIVERS = 72, /* with some who do one thing only */
    YEAR_FIRMS = 40,
    YEAR_PEOPLE = 18, /* of each client; the last of them get only what is planted */
    YEAR_KNOWN = 11,
    YEAR_REPORTS =
        24, /* of each giver: one a month, and one more each month when something is left over */
    YEAR_PLANTED = 400,
    YEAR_ID = 16
};

typedef struct year_text {
    char *text;
    size_t length, room;
} year_text;

typedef struct planted {
    const char *by; /* NULL: a look-alike, which nothing may find */
    char id[YEAR_ID];
} planted;

typedef struct firm_year {
    uint64_t state;
    unsigned gifts, entries, fresh, fresh_giver;
    year_text log, report[YEAR_ALL_GIVERS][YEAR_REPORTS];
    planted planted[YEAR_PLANTED];
    size_t planted_count;
    char id[YEAR_ID];     /* of what was written last */
    const char *category; /* of entries to come; NULL: other */
} firm_year;

/* ---- text and chance ---- */

__attribute__((format(printf, 2, 3))) static void year_print(year_text *t, const char *format, ...)
{
    va_list arguments;
    int n;

    for (;;) {
        va_start(arguments, format);
        n = vsnprintf(t->text ? t->text + t->length : NULL, t->room - t->length, format, arguments);
        va_end(arguments);
        if (n < 0)
            abort();
        if ((size_t)n < t->room - t->length)
            break;
        t->room = t->room * 2 + (size_t)n + 1024;
        t->text = realloc(t->text, t->room);
        if (!t->text)
            abort();
    }
    t->length += (size_t)n;
}

static unsigned year_below(firm_year *y, unsigned n)
{
    uint64_t z = y->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((z ^ z >> 31) % n);
}

static unsigned year_from(firm_year *y, unsigned low, unsigned high)
{
    return low + year_below(y, high - low + 1);
}

#define YEAR_ONE_OF(y, array) ((array)[year_below(y, sizeof(array) / sizeof *(array))])

/* ---- people ---- */

static const char *const year_first[] = { "Ada",   "Alan",  "Bianca", "Boris", "Carla", "Chen",
                                          "Clara", "Diego", "Edith",  "Elena", "Felix", "Fiona",
                                          "Grace", "Hugo",  "Ida",    "Igor",  "Jack",  "Julia",
                                          "Karim", "Laila", "Lars",   "Maria", "Mei",   "Nadia",
                                          "Omar",  "Petra", "Priya",  "Rahul", "Rosa",  "Sven",
                                          "Tara",  "Theo",  "Vera",   "Wei",   "Yara" };
static const char *const year_last[] = {
    "Abbott", "Adler",  "Bauer",  "Brooks", "Carter", "Cohen", "Costa",  "Dalton", "Desai",
    "Evans",  "Fox",    "Garcia", "Grant",  "Guest",  "Gupta", "Hansen", "Hayes",  "Ito",
    "Joshi",  "Kaplan", "Keller", "Khan",   "Lindt",  "Marsh", "Mehta",  "Mills",  "Moreau",
    "Murphy", "Nagy",   "Novak",  "Olsen",  "Ortiz",  "Patel", "Quinn",  "Reid",   "Rossi",
    "Sato",   "Stone",  "Tanaka", "Vogel",  "Walsh",  "Winter"
};
static const char *const year_firm[] = { "Pension Fund", "Asset Management", "Endowment", "Capital",
                                         "Insurance" };
static const char *const year_place[] = { "Acme",  "Alder", "Beacon", "Birch",
                                          "Cedar", "Delta", "Garnet", "Harbor" };

/* Nobody is called alike: a stranger of the same name would be a question of identity. */
static void year_name(unsigned person, char out[64])
{
    snprintf(out, 64, "%s %s", year_first[person % 35], year_last[person / 35 % 42]);
}

static void year_client(unsigned firm, char out[64])
{
    snprintf(out, 64, "%s %s", year_place[firm % 8], year_firm[firm / 8 % 5]);
}

/* The people of the clients come first, the firm's own behind them. */
static unsigned year_person(unsigned firm, unsigned n)
{
    return firm * YEAR_PEOPLE + n;
}

static const char *year_day(int day, char out[GR_DAY_TEXT]) /* from 0, of 2026 */
{
    return gr_day_print(gr_day_of((gr_date){ 2026, 1, 1 }) + day, out);
}

/* ---- records ---- */

/* For the gift log: a person of a client, by number. */
static void year_recipient(year_text *t, unsigned person)
{
    char name[64], client[64];

    year_name(person, name);
    year_client(person / YEAR_PEOPLE, client);
    year_print(t,
               "<recipient id=\"R-%04u\"><name>%s</name><employer kind=\"institutional-customer\">"
               "%s</employer></recipient>",
               person, name, client);
}

static void year_gift_start(firm_year *y, unsigned giver, int day)
{
    char date[GR_DAY_TEXT], name[64];

    snprintf(y->id, sizeof y->id, "G-%05u", ++y->gifts);
    year_name(YEAR_FIRMS * YEAR_PEOPLE + giver, name);
    year_print(&y->log, "<gift id=\"%s\" date=\"%s\"><giver id=\"AE-%03u\">%s</giver>", y->id,
               year_day(day, date), giver, name);
}

/* The most common gift: from the firm, to one person. more: further elements. merchant NULL: not stated. */
static void year_gift(firm_year *y, unsigned giver, int day, unsigned person, const char *what,
                      const char *kind, unsigned cents, const char *merchant, const char *more)
{
    year_gift_start(y, giver, day);
    year_recipient(&y->log, person);
    year_print(&y->log, "<description>%s</description><kind>%s</kind><cost>%u.%02u</cost>", what,
               kind, cents / 100, cents % 100);
    if (merchant)
        year_print(&y->log, "<merchant>%s</merchant>", merchant);
    if (!strstr(more, "<payer>"))
        year_print(&y->log, "<payer>firm</payer>");
    year_print(&y->log, "%s</gift>\n", more);
}

/* For an expense report: a person of a client; with companions who are not named. */
static void year_attendee(year_text *t, unsigned person, unsigned companions)
{
    char name[64], client[64], *space;

    year_name(person, name);
    year_client(person / YEAR_PEOPLE, client);
    space = strchr(name, ' ');
    year_print(t,
               "<Attendee><FirstName>%.*s</FirstName><LastName>%s</LastName><Company>%s</Company>"
               "<ExternalID>R-%04u</ExternalID><AttendeeID>n%04u</AttendeeID>"
               "<AttendeeTypeCode>BUSGUEST</AttendeeTypeCode></Attendee>",
               (int)(space - name), name, space + 1, client, person, person);
    for (unsigned i = 0; i < companions; i++)
        year_print(t,
                   "<Attendee><Company>%s</Company><AttendeeID>n%04u-%u</AttendeeID>"
                   "<AttendeeTypeCode>BUSGUEST</AttendeeTypeCode></Attendee>",
                   client, person, i);
}

static void year_called(year_text *t, const char *first, const char *last)
{
    year_print(t,
               "<Attendee><FirstName>%s</FirstName><LastName>%s</LastName><AttendeeID>c-%s-%s"
               "</AttendeeID><AttendeeTypeCode>BUSGUEST</AttendeeTypeCode></Attendee>",
               first, last, first, last);
}

static void year_colleague(year_text *t, unsigned giver)
{
    char name[64], *space;

    year_name(YEAR_FIRMS * YEAR_PEOPLE + giver, name);
    space = strchr(name, ' ');
    year_print(t,
               "<Attendee><FirstName>%.*s</FirstName><LastName>%s</LastName>"
               "<ExternalID>E-%03u</ExternalID><AttendeeID>e%03u</AttendeeID>"
               "<AttendeeTypeCode>EMPLOYEE</AttendeeTypeCode></Attendee>",
               (int)(space - name), name, space + 1, giver, giver);
}

/* An entry stays open for its attendees until year_entry_end(). */
static year_text *year_entry(firm_year *y, unsigned giver, unsigned report, int day,
                             const char *type, const char *merchant, const char *purpose,
                             unsigned cents)
{
    year_text *t = &y->report[giver][report];
    char date[GR_DAY_TEXT];

    snprintf(y->id, sizeof y->id, "nE%06u", ++y->entries);
    year_print(
        t,
        "<ExpenseEntry><ReportEntryID>%s</ReportEntryID><ExpenseTypeName>%s</ExpenseTypeName>"
        "<SpendCategory>%s</SpendCategory><TransactionDate>%sT00:00:00</TransactionDate>"
        "<PostedAmount>%u.%02u</PostedAmount><VendorDescription>%s</VendorDescription>"
        "<BusinessPurpose>%s</BusinessPurpose><IsPersonal>N</IsPersonal>"
        "<ItemizationsList><Itemization><AttendeesList>",
        y->id, type, y->category ? y->category : "Other", year_day(day, date), cents / 100,
        cents % 100, merchant, purpose);
    return t;
}

static void year_entry_end(year_text *t)
{
    year_print(t, "</AttendeesList></Itemization></ItemizationsList></ExpenseEntry>\n");
}

/* by NULL: of what was written last, nothing may be found. */
static void year_plant(firm_year *y, const char *by)
{
    planted *p = &y->planted[y->planted_count++];

    if (y->planted_count > YEAR_PLANTED)
        abort();
    p->by = by;
    memcpy(p->id, y->id, sizeof p->id);
}

/* The report as the giver submits it, two weeks after the month. The caller frees the text. */
static char *year_report(const firm_year *y, unsigned giver, unsigned report)
{
    const year_text *entries = &y->report[giver][report];
    year_text t = { NULL, 0, 0 };
    char name[64], date[GR_DAY_TEXT], *space;

    year_name(YEAR_FIRMS * YEAR_PEOPLE + giver, name);
    space = strchr(name, ' ');
    year_print(
        &t,
        "<ReportDetails xmlns=\"http://www.concursolutions.com/api/expense/expensereport/2012/07\">"
        "<UserLoginID>AE-%03u</UserLoginID><EmployeeName>%s, %.*s</EmployeeName>"
        "<ReportID>RP-%03u-%02u</ReportID><CurrencyCode>USD</CurrencyCode>"
        "<SubmitDate>%sT10:00:00</SubmitDate><ExpenseEntriesList>\n%s</ExpenseEntriesList>"
        "</ReportDetails>\n",
        giver, space + 1, (int)(space - name), name, giver, report,
        year_day((int)(report % 12) * 30 + 45, date), entries->text);
    return t.text;
}

static void year_free(firm_year *y)
{
    free(y->log.text);
    for (unsigned g = 0; g < YEAR_ALL_GIVERS; g++)
        for (unsigned r = 0; r < YEAR_REPORTS; r++)
            free(y->report[g][r].text);
}

#endif
