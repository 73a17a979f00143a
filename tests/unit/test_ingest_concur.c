/* tests/unit/test_ingest_concur.c - expense reports and their attendees: money once per entry,
 * people wherever they stand, shares from a second document. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "ingest_dump.h"

static gr_arena *arena; /* of the formats */

static int load(void **state)
{
    const gr_formats *formats = NULL;
    gr_problems problems = { 0 };
    gr_error err = { 0 };

    arena = gr_arena_create();
    if (gr_formats_load("rules/formats", "rules/schema/format.xsd", arena, &problems, &formats,
                        &err))
        print_error("%s:%u: %s\n", err.file, err.line, err.message);
    *state = (void *)(uintptr_t)formats;
    return formats ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    gr_arena_free(arena);
    return 0;
}

#define HEAD "<ReportDetails><EmployeeName>Fox, Dana </EmployeeName><ReportID>R1</ReportID>"
#define REPORT(entries)                                                                            \
    HEAD "<UserLoginID>AE-1</UserLoginID><CurrencyCode>USD</"                                      \
         "CurrencyCode>\n<ExpenseEntriesList>" entries "</ExpenseEntriesList></ReportDetails>"
#define ENTRY(id, inside)                                                                          \
    "<ExpenseEntry><ReportEntryID>" id "</ReportEntryID>"                                          \
    "<TransactionDate>2026-01-10T00:00:00</TransactionDate>" inside "</ExpenseEntry>"
#define GUEST(key, rest)                                                                           \
    "<Attendee><FirstName>Pat</FirstName><LastName>Davis</LastName><AttendeeID>" key               \
    "</AttendeeID>" rest "</Attendee>"
#define PEOPLE(list)                                                                               \
    "<ItemizationsList><Itemization><ApprovedAmount>9</ApprovedAmount><AttendeesList>" list        \
    "</AttendeesList></Itemization></ItemizationsList>"
#define FACTS "date=2026-01-10 giver-id=AE-1 giver-name=Dana Fox"

static void test_reports(void **state)
{
    static const struct {
        const char *export, *expected;
    } cases[] = {
        { REPORT(""), "" },
        /* the entry's own money counts, itemizations only repeat it; posted goes before approved */
        { REPORT(ENTRY("E1",
                       "<ApprovedAmount>50.00000000</ApprovedAmount><PostedAmount>60</PostedAmount>"
                       "<TransactionAmount>70</TransactionAmount>" PEOPLE(GUEST("A1", "")))),
          "expense 2:21 id=E1 " FACTS " payer=firm currency=USD cost=60.00 parent=R1 -> "
          "name=Pat Davis join-key=A1 computed\n" },
        { REPORT(ENTRY(
              "E1", "<HasVat>Y</HasVat><TransactionAmount>70</TransactionAmount><ApprovedAmount/>"
                    "<PostedAmount>60</PostedAmount><IsPersonal>Y</IsPersonal>")),
          "expense 2:21 id=E1 " FACTS
          " payer=giver currency=USD cost=60.00 cost-tax=included parent=R1\n" },
        /* only the amount as it was spent: then in the currency it was spent in */
        { REPORT(ENTRY("E1", "<TransactionCurrencyName>Euro</TransactionCurrencyName>"
                             "<TransactionAmount>70</TransactionAmount>")),
          "expense 2:21 id=E1 " FACTS " payer=firm currency=EUR cost=70.00 parent=R1\n" },
        { REPORT(ENTRY("E1", "<TransactionCurrencyName>Shells</TransactionCurrencyName>"
                             "<ApprovedAmount>70</ApprovedAmount>")),
          "expense 2:21 id=E1 " FACTS " payer=firm currency=USD cost=70.00 parent=R1\n" },
        { REPORT(ENTRY("E1", "\n<TransactionCurrencyName>Shells</TransactionCurrencyName>"
                             "<TransactionAmount>70</TransactionAmount>")),
          "quarantined 3:1 E1: 'Shells' is not a word for currency (one of 'US, Dollar', 'Dollar, "
          "United "
          "States', Euro, 'UK, Pound Sterling', 'Pound Sterling, United Kingdom', 'Canada, "
          "Dollar', 'Dollar, "
          "Canada', 'Switzerland, Franc', 'Franc, Switzerland', 'Japan, Yen', 'Yen, Japan', "
          "'Mexico, Peso' ...)\n" },
        /* the same attendee under two itemizations is one; the deleted and the absent do not count
         */
        { REPORT(
              ENTRY("E1", PEOPLE(GUEST("A1", "") GUEST("A2", "<IsDeleted>Y</IsDeleted>") GUEST(
                              "A3", "<AttendeeTypeCode>NOSHOWS</AttendeeTypeCode>") GUEST("A1", "")
                                     GUEST("A4", "<AttendeeType>SYSEMP</AttendeeType>")
                                         GUEST("A5", "<AttendeeTypeCode>SPOUSE</AttendeeTypeCode>"
                                                     "<ExternalID>77</ExternalID>")))),
          "expense 2:21 id=E1 " FACTS " payer=firm currency=USD parent=R1 -> name=Pat Davis "
          "join-key=A1 -> name=Pat Davis employer-kind=own-firm join-key=A4 -> recipient-id=77 "
          "name=Pat Davis "
          "through=spouse join-key=A5 computed\n" },
        /* what stands after the list still belongs to its entries, in their order */
        { HEAD "\n<ExpenseEntriesList>" ENTRY("E1", "")
              ENTRY("E2", "") "</ExpenseEntriesList><CurrencyCode>USD</"
                              "CurrencyCode><ReportOwner><EmployeeID>AE-7</EmployeeID>"
                              "</ReportOwner></ReportDetails>",
          "expense 2:21 id=E1 date=2026-01-10 giver-id=AE-7 giver-name=Dana Fox payer=firm "
          "currency=USD "
          "parent=R1\n"
          "expense 2:137 id=E2 date=2026-01-10 giver-id=AE-7 giver-name=Dana Fox payer=firm "
          "currency=USD "
          "parent=R1\n" },
        { "<ReportDetails>\n<ExpenseEntriesList>" ENTRY("E1",
                                                        "") "</ExpenseEntriesList></ReportDetails>",
          "quarantined 2:21 E1: the expense entry has no owner (complete the record at the "
          "source)\n" },
        { HEAD
          "<X_UserID>AE-1</X_UserID><CrnCode>EUR</CrnCode><EntryCount>1</EntryCount>\n<Entries "
          "Count='1'>"
          "<ExpenseEntry><RpeKey>E1</RpeKey><ExpKey>GIFT</ExpKey><TransactionDate>2026-01-10</"
          "TransactionDate>"
          "<LastModifiedDate>0001-01-01T00:00:00</LastModifiedDate><AttendeeDetails><LastName>Li</"
          "LastName>"
          "<ExternalId "
          "i:nil='true'>x</ExternalId></AttendeeDetails></ExpenseEntry></Entries></ReportDetails>",
          "expense 2:20 id=E1 " FACTS " payer=firm currency=EUR expense-type=GIFT parent=R1 -> "
          "name=Li computed\n" },
        { HEAD
          "<X_UserID>AE-1</X_UserID><CrnCode>EUR</CrnCode>\n<Entries "
          "Count='2'><ExpenseEntry><RpeKey>E1</RpeKey>"
          "<TransactionDate>2026-01-10</TransactionDate></ExpenseEntry></Entries></ReportDetails>",
          "expense 2:20 id=E1 " FACTS " payer=firm currency=EUR parent=R1\n"
          "quarantined 2:1 : the document says that it has 2 records, but it has 1 (export again: "
          "records may be "
          "missing or doubled)\n" },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char *got = dump_bytes(*state, gr_text_of(cases[i].export), GR_PIECE, false);
        char *bytewise = dump_bytes(*state, gr_text_of(cases[i].export), 1, false);

        assert_string_equal(got, cases[i].expected);
        assert_string_equal(bytewise, got);
        free(got);
        free(bytewise);
    }
}

/* Bank accounts and card numbers do not reach the quarantine either. */
static void test_mask(void **state)
{
    char *got = dump_bytes(
        *state,
        gr_text_of(REPORT(ENTRY("", "<CardTransaction><c:CardNumber a='1'>4111 1111</c:CardNumber>"
                                    "<X CardNumber='4222'/></CardTransaction>"))),
        GR_PIECE, true);

    assert_non_null(strstr(got, "has no id"));
    assert_non_null(
        strstr(got, "<c:CardNumber a='1'>*********</c:CardNumber><X CardNumber='****'/>"));
    free(got);
}

#define ROWS(head, rows) "<EntryAttendees" head ">" rows "</EntryAttendees>"
#define ROW(key, inside)                                                                           \
    "<Attendee><AttendeeID>" key "</AttendeeID><Amount>2.5</Amount>" inside "</Attendee>"

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
}

/* Reads a report with three entries and a file of rows in a folder of their own. */
static char *read_with_rows(const gr_formats *formats, const char *name, const char *rows)
{
    /* the rows come last among the inputs, and are read first all the same */
    const char *const inputs[] = { "report.xml", name };
    char folder[] = "/tmp/giftrule-test-XXXXXX", here[4096], *got;

    assert_non_null(getcwd(here, sizeof here));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    put_file(inputs[0], REPORT(ENTRY("E1", PEOPLE(GUEST("A1", ""))) ENTRY(
                            "E2", PEOPLE(GUEST("A1", ""))) ENTRY("E3", PEOPLE(GUEST("A3", "")))));
    put_file(inputs[1], rows);
    got = dump_files(formats, inputs, 2);
    unlink(inputs[0]);
    unlink(inputs[1]);
    assert_int_equal(chdir(here), 0);
    rmdir(folder);
    return got;
}

static void test_joins(void **state)
{
    static const struct {
        const char *name, *rows;
        const char *entry,
            *expected; /* the entry that gets a share; what it gets, or what is told */
    } cases[] = {
        { "rows.xml",
          ROWS("",
               ROW("A1",
                   "<EntryID>E2</EntryID><AssociatedAttendeeCount>3</AssociatedAttendeeCount>")),
          "id=E2 ", " share=2.50 count=3 join-key=A1\n" },
        { "rows.xml", ROWS(" EntryID='E2'", ROW("A1", "")), "id=E2 ", " share=2.50 join-key=A1\n" },
        { "rows.xml", ROWS("", ROW("A1", "") "<EntryID>E1</EntryID>"), "id=E1 ",
          " share=2.50 join-key=A1\n" },
        { "E1.xml", ROWS("", ROW("A1", "")), "id=E1 ", " share=2.50 join-key=A1\n" },
        { "rows.xml", ROWS("", ROW("A3", "")), "id=E3 ", " share=2.50 join-key=A3\n" },
        { "rows.xml", ROWS("", ROW("A1", "")), NULL,
          "quarantined 1:17 A1: several entries have the attendee 'A1' " },
        { "rows.xml", ROWS("", ROW("A9", "")), NULL,
          "quarantined 1:17 A9: no entry with the attendee 'A9' is among the inputs " },
        { "rows.xml", ROWS("", ROW("A1", "<EntryID>E9</EntryID>")), NULL,
          "quarantined 1:17 A1: no entry 'E9' with the attendee 'A1' is among the inputs " },
        { "rows.xml", ROWS("", ROW("A3", "<AssociatedAttendeeCount>x</AssociatedAttendeeCount>")),
          NULL, "quarantined 1:74 : 'x' is not a number for count " },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char *got = read_with_rows(*state, cases[i].name, cases[i].rows);
        char *from = cases[i].entry ? strstr(got, cases[i].entry) : got, *share;

        assert_non_null(from);
        share = strstr(got, " share=");
        if (cases[i].entry) {
            assert_non_null(share);
            assert_true(share > from);
            assert_memory_equal(share, cases[i].expected, strlen(cases[i].expected) - 1);
            assert_null(strstr(share + 1, " share="));
        } else {
            assert_non_null(strstr(got, cases[i].expected));
            assert_null(share);
        }
        free(got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reports),
        cmocka_unit_test(test_mask),
        cmocka_unit_test(test_joins),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
