/* tests/bench/generate.c - writes an export of any size to standard output, the same for the same seed.
 *
 *   generate gift-log COUNT [SEED [FIRST]]   gifts numbered from FIRST, about 400 bytes each
 *   generate concur   COUNT [SEED]           entries of an expense report, about 7 kB each
 *   generate people   COUNT [SEED]           gifts, each to a recipient of its own, of whom half have no number
 *   generate expenses COUNT SEED FOLDER      what the gifts of that gift log cost, in one report for each giver: small
 *                                            entries, some days later, one in fifty missing, one in ten with some cents
 *
 * Its world: 5,000 givers; 160,000 recipients of 500 firms, one in ten without a number; gifts of 2025
 * and 2026, mostly small, so that about one in a hundred breaks a limit. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GIVERS = 5000, RECIPIENTS = 160000, FIRMS = 500, DAYS = 730 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const first_names[] = {
    "Ada",   "Alan",   "Alice",  "Amir",  "Ana",   "Andre",  "Anil",   "Anna",   "Ben",    "Bianca",
    "Boris", "Carla",  "Carlos", "Chen",  "Chloe", "Clara",  "Dana",   "Daniel", "David",  "Diego",
    "Dora",  "Edith",  "Elena",  "Eli",   "Emil",  "Emma",   "Erik",   "Eva",    "Fatima", "Felix",
    "Fiona", "Frank",  "Gita",   "Grace", "Greta", "Hana",   "Hugo",   "Ida",    "Igor",   "Ines",
    "Ivan",  "Jack",   "Jane",   "Jin",   "John",  "Jonas",  "Julia",  "Karim",  "Kate",   "Kenji",
    "Laila", "Lars",   "Laura",  "Leo",   "Lina",  "Louis",  "Lucia",  "Luis",   "Maria",  "Mark",
    "Marta", "Mei",    "Mia",    "Milan", "Mona",  "Nadia",  "Nina",   "Noah",   "Olga",   "Omar",
    "Oscar", "Paul",   "Petra",  "Priya", "Rahul", "Rita",   "Robert", "Rosa",   "Samir",  "Sara",
    "Sofia", "Stefan", "Sven",   "Tara",  "Theo",  "Tina",   "Tom",    "Vera",   "Victor", "Wanda",
    "Wei",   "Xenia",  "Yara",   "Yusuf", "Zoe",   "Zoltan",
};
static const char *const last_names[] = {
    "Abbott",  "Adler",   "Ahmed",   "Alvarez", "Bauer",   "Becker",  "Bell",     "Berg",
    "Bianchi", "Blake",   "Boyd",    "Brandt",  "Brooks",  "Carter",  "Castro",   "Chang",
    "Clarke",  "Cohen",   "Costa",   "Cruz",    "Dalton",  "Desai",   "Diaz",     "Doyle",
    "Dubois",  "Eriksen", "Evans",   "Farrell", "Fischer", "Fleming", "Fox",      "Garcia",
    "Gibson",  "Gomez",   "Grant",   "Gupta",   "Haas",    "Hansen",  "Harper",   "Hayes",
    "Herrera", "Hoffman", "Hughes",  "Ibrahim", "Ito",     "Ivanov",  "Jansen",   "Jensen",
    "Joshi",   "Kaplan",  "Keller",  "Khan",    "Kim",     "Klein",   "Kovacs",   "Kumar",
    "Lang",    "Larsen",  "Lee",     "Lindt",   "Lopez",   "Marsh",   "Martin",   "Mehta",
    "Meyer",   "Mills",   "Moreau",  "Moreno",  "Murphy",  "Nagy",    "Nakamura", "Nash",
    "Nolan",   "Novak",   "O'Brien", "Olsen",   "Ortiz",   "Park",    "Patel",    "Perez",
    "Popov",   "Quinn",   "Ramos",   "Reid",    "Rivera",  "Roe",     "Rossi",    "Ruiz",
    "Sato",    "Schmidt", "Shah",    "Silva",   "Singh",   "Sommer",  "Stein",    "Stone",
    "Suzuki",  "Tanaka",  "Torres",  "Turner",  "Ueda",    "Vargas",  "Vogel",    "Wagner",
    "Walsh",   "Weber",   "Weiss",   "Winter",  "Wolf",    "Wong",    "Yamada",   "Young",
    "Zhang",   "Zimmer",
};
static const char *const firm_names[] = {
    "Acme",    "Alder",    "Arbor",  "Beacon", "Birch",   "Bluff",    "Bridge",  "Canyon",
    "Cedar",   "Clearing", "Copper", "Coral",  "Crest",   "Delta",    "Dune",    "Eagle",
    "Elm",     "Ember",    "Falcon", "Fern",   "Garnet",  "Glacier",  "Granite", "Harbor",
    "Hazel",   "Heron",    "Hollow", "Ivory",  "Juniper", "Keystone", "Lantern", "Laurel",
    "Linden",  "Maple",    "Meadow", "Mesa",   "Mill",    "Northern", "Oak",     "Orchard",
    "Pioneer", "Quarry",   "River",  "Sable",  "Summit",  "Timber",   "Union",   "Valley",
    "Willow",  "Zenith",
};
static const struct {
    const char *name, *kind;
} firm_kinds[] = {
    { "Pension Fund", "institutional-customer" },
    { "Securities", "other-broker-dealer" },
    { "Supplies", "vendor" },
    { "Asset Management", "institutional-customer" },
    { "Trust Bank", "bank" },
    { "Trading", "counterparty" },
    { "Endowment", "institutional-customer" },
    { "Clearing", "other-broker-dealer" },
    { "Capital", "institutional-customer" },
    { "Insurance", "institutional-customer" },
};

/* What is given: how often in a thousand, and from how much to how much in cents. */
static const struct {
    int often;
    const char *text, *kind, *more;
    uint32_t from, to;
} things[] = {
    { 340, "Box of chocolates", "goods", "", 500, 1600 },
    { 200, "Fruit basket for the office", "goods", "", 700, 2000 },
    { 120, "Umbrella with the logo of the firm", "goods", "<logo>firm</logo>", 600, 1900 },
    { 110, "Book on the history of markets", "goods", "<occasion>holiday</occasion>", 900, 2400 },
    { 100, "Dinner with the host", "meal", "<host-present>yes</host-present>", 4000, 16000 },
    { 60, "Bottle of wine", "goods", "<occasion>birthday</occasion>", 1000, 3000 },
    { 45, "Flowers", "goods", "<occasion>none</occasion>", 1500, 3500 },
    { 19, "Ticket to a concert", "ticket", "<host-present>no</host-present>", 2000, 7000 },
    { 3, "Ticket to a final", "ticket", "<host-present>no</host-present>", 5000, 14000 },
    { 2, "Fountain pen", "goods", "<occasion>closing</occasion>", 6000, 25000 },
    { 1, "Tickets to a game, host away", "ticket", "<host-present>no</host-present>", 15000,
      60000 },
};

typedef struct random {
    uint64_t state;
} random_state;

/* splitmix64: small, fast, and the same everywhere */
static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static uint32_t below(random_state *r, uint32_t n)
{
    return (uint32_t)(mix(r->state += UINT64_C(0x9E3779B97F4A7C15)) % n);
}

static size_t some_thing(random_state *r)
{
    int at = (int)below(r, 1000);
    size_t i = 0;

    while (i + 1 < COUNT(things) && at >= things[i].often)
        at -= things[i++].often;
    return i;
}

/* Names follow from the number, so that the same person always has the same one. */
static void print_name(uint32_t person)
{
    printf("%s %s", first_names[person % COUNT(first_names)],
           last_names[person / COUNT(first_names) % COUNT(last_names)]);
}

static uint32_t firm_of(uint32_t person)
{
    return (uint32_t)(mix(person) % FIRMS);
}

static const char *day_text(uint32_t since, char out[16])
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    unsigned year = 2025 + since / 365 % 100, month = 0;
    int day = (int)(since % 365);

    while (day >= days[month])
        day -= days[month++];
    snprintf(out, 16, "%04u-%02u-%02u", year % 10000, (month + 1) % 100, (unsigned)(day + 1) % 100);
    return out;
}

static void print_recipient(uint32_t person)
{
    uint32_t firm = firm_of(person);

    if (person % 10 == 7) /* the log knows no number of these */
        fputs("    <recipient>\n      <name>", stdout);
    else
        printf("    <recipient id=\"R-%06" PRIu32 "\">\n      <name>", person);
    print_name(person);
    printf("</name>\n      <employer kind=\"%s\">%s %s</employer>\n    </recipient>\n",
           firm_kinds[firm / COUNT(firm_names)].kind, firm_names[firm % COUNT(firm_names)],
           firm_kinds[firm / COUNT(firm_names)].name);
}

static void print_gift(random_state *r, uint64_t number, uint32_t day)
{
    uint32_t giver = below(r, GIVERS), recipient = below(r, RECIPIENTS);
    size_t thing = some_thing(r);
    uint32_t cents = things[thing].from + below(r, things[thing].to - things[thing].from);
    char text[16];

    printf("  <gift id=\"G-%07" PRIu64 "\" date=\"%s\">\n    <giver id=\"AE-%04" PRIu32 "\">",
           number, day_text(day, text), giver);
    print_name(giver * 2 + 1);
    fputs("</giver>\n    <payer>firm</payer>\n", stdout);
    print_recipient(recipient);
    printf("    <description>%s</description>\n    <kind>%s</kind>\n"
           "    <cost currency=\"USD\">%" PRIu32 ".%02" PRIu32 "</cost>\n",
           things[thing].text, things[thing].kind, cents / 100, cents % 100);
    if (things[thing].more[0])
        printf("    %s\n", things[thing].more);
    if (strcmp(things[thing].kind, "ticket") ==
        0) /* a log that is kept well names the face value */
        printf("    <face-value>%" PRIu32 ".%02" PRIu32 "</face-value>\n", cents / 100,
               cents % 100);
    fputs("  </gift>\n", stdout);
}

/* Logs are kept day by day: gifts come in the order of their days, give or take two weeks. */
static void print_gift_log(random_state *r, uint64_t count, uint64_t first)
{
    puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<gift-log xmlns=\"urn:giftrule:gift-log:1\" firm=\"Example Securities LLC\">");
    for (uint64_t i = 0; i < count; i++)
        print_gift(r, first + i, (uint32_t)(i * (DAYS - 14) / count) + below(r, 14));
    puts("</gift-log>");
}

/* ---- recipients who are all others: 500 each of 4 times 500 firms, named out of 200,000 names ---- */

static const char *const endings[] = { "",     "son",   "mann", "ski", "ez",    "ard", "berg",
                                       "ley",  "ton",   "er",   "ov",  "ini",   "sen", "akis",
                                       "wood", "field", "ham",  "ett", "quist", "ian" };

static void print_person(random_state *r, uint64_t person)
{
    const char *first = first_names[below(r, COUNT(first_names))];
    const char *last = last_names[below(r, COUNT(last_names))];
    const char *ending = endings[below(r, COUNT(endings))];
    uint32_t firm = below(r, 4 * FIRMS), middle = below(r, 52);

    if (person % 2)
        printf("    <recipient id=\"R-%07" PRIu64 "\">\n      <name>", person);
    else
        fputs("    <recipient>\n      <name>", stdout);
    if (person % 50 == 8)
        printf("%c. %s%s", first[0], last, ending);
    else if (middle < 26)
        printf("%s %c. %s%s", first, 'A' + (int)middle, last, ending);
    else
        printf("%s %s%s", first, last, ending);
    printf("</name>\n");
    if (person % 4 == 0)
        printf("      <email>p%" PRIu64 "@firm%" PRIu32 ".example</email>\n", person / 8 * 8, firm);
    printf("      <employer kind=\"%s\">%s %s %" PRIu32 "</employer>\n    </recipient>\n",
           firm_kinds[firm / 4 / COUNT(firm_names)].kind, firm_names[firm / 4 % COUNT(firm_names)],
           firm_kinds[firm / 4 / COUNT(firm_names)].name, firm % 4 + 1);
}

static void print_people(random_state *r, uint64_t count)
{
    puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<gift-log xmlns=\"urn:giftrule:gift-log:1\" firm=\"Example Securities LLC\">");
    for (uint64_t i = 0; i < count; i++) {
        char text[16];

        printf("  <gift id=\"G-%07" PRIu64 "\" date=\"%s\">\n    <giver id=\"AE-%04" PRIu32
               "\"/>\n    <payer>firm</payer>\n",
               i + 1, day_text((uint32_t)(i * (DAYS - 14) / count), text), below(r, GIVERS));
        print_person(r, i);
        puts("    <kind>goods</kind>\n    <cost currency=\"USD\">12.00</cost>\n  </gift>");
    }
    puts("</gift-log>");
}

/* ---- the same gifts, as they were expensed ---- */

typedef struct given {
    uint32_t giver, recipient, day, cents;
    size_t thing;
    uint64_t number;
} given;

/* The gift that print_gift() writes, by the same throws of the dice. */
static given some_gift(random_state *r, uint64_t number, uint32_t day)
{
    given g = { .giver = below(r, GIVERS), .recipient = below(r, RECIPIENTS), .day = day };

    g.number = number;
    g.thing = some_thing(r);
    g.cents = things[g.thing].from + below(r, things[g.thing].to - things[g.thing].from);
    return g;
}

static void write_expense(FILE *file, const given *g)
{
    uint32_t firm = firm_of(g->recipient), late = (uint32_t)(mix(g->number) % 4);
    uint32_t cents = g->cents + (mix(g->number + 1) % 10 == 0 ? 40 : 0);
    char text[16];

    fprintf(file,
            "    <ExpenseEntry>\n      <ReportEntryID>nE%08" PRIu64 "</ReportEntryID>\n"
            "      <ExpenseTypeID>GIFTS</ExpenseTypeID>\n"
            "      <ExpenseTypeName>Gifts</ExpenseTypeName>\n"
            "      <TransactionDate>%sT00:00:00</TransactionDate>\n"
            "      <PostedAmount>%" PRIu32 ".%02" PRIu32 "000000</PostedAmount>\n"
            "      <BusinessPurpose>%s</BusinessPurpose>\n      <IsPersonal>N</IsPersonal>\n"
            "      <AttendeesList><Attendee><FirstName>%s</FirstName><LastName>%s</LastName>"
            "<Company>%s %s</Company>",
            g->number, day_text(g->day + late, text), cents / 100, cents % 100,
            things[g->thing].text, first_names[g->recipient % COUNT(first_names)],
            last_names[g->recipient / COUNT(first_names) % COUNT(last_names)],
            firm_names[firm % COUNT(firm_names)], firm_kinds[firm / COUNT(firm_names)].name);
    if (g->recipient % 10 != 7)
        fprintf(file, "<ExternalID>R-%06" PRIu32 "</ExternalID>", g->recipient);
    fprintf(file,
            "<AttendeeID>n%" PRIu32 "</AttendeeID></Attendee></AttendeesList>\n"
            "    </ExpenseEntry>\n",
            g->recipient);
}

static bool write_report(const char *folder, uint32_t giver, const given *g, size_t count)
{
    uint32_t person = giver * 2 + 1;
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/report-%04" PRIu32 ".xml", folder, giver);
    file = fopen(path, "w");
    if (!file)
        return false;
    fprintf(file,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ReportDetails"
            " xmlns=\"http://www.concursolutions.com/api/expense/expensereport/2012/07\">\n"
            "  <UserLoginID>giver-%04" PRIu32 "@example.com</UserLoginID>\n"
            "  <EmployeeName>%s, %s</EmployeeName>\n  <ReportID>R%04" PRIu32 "</ReportID>\n"
            "  <CurrencyCode>USD</CurrencyCode>\n  <ExpenseEntriesList>\n",
            giver, last_names[person / COUNT(first_names) % COUNT(last_names)],
            first_names[person % COUNT(first_names)], giver);
    for (size_t i = 0; i < count; i++)
        if (mix(g[i].number + 2) % 50 != 0)
            write_expense(file, &g[i]);
    fputs("  </ExpenseEntriesList>\n</ReportDetails>\n", file);
    return fclose(file) == 0;
}

static int by_giver(const void *a, const void *b)
{
    const given *x = a, *y = b;

    if (x->giver != y->giver)
        return x->giver < y->giver ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static bool write_reports(random_state *r, uint64_t count, const char *folder)
{
    given *all = malloc(sizeof *all * count);
    bool fits = all != NULL;

    for (uint64_t i = 0; fits && i < count; i++)
        all[i] = some_gift(r, i + 1, (uint32_t)(i * (DAYS - 14) / count) + below(r, 14));
    if (fits)
        qsort(all, count, sizeof *all, by_giver);
    for (uint64_t i = 0, end; fits && i < count; i = end) {
        for (end = i; end < count && all[end].giver == all[i].giver; end++)
            ;
        fits = write_report(folder, all[i].giver, &all[i], end - i);
    }
    free(all);
    return fits;
}

static void print_empty(const char *name, int count)
{
    for (int i = 1; i <= count; i++)
        printf("          <%s%d />\n", name, i);
}

static void print_attendee(uint32_t person)
{
    uint32_t firm = firm_of(person);

    printf("            <Attendee>\n              <AttendeeType>BUSGUEST</AttendeeType>\n"
           "              <FirstName>%s</FirstName>\n              <LastName>%s</LastName>\n"
           "              <Company>%s %s</Company>\n              <Title>Analyst</Title>\n"
           "              <ExternalID>R-%06" PRIu32 "</ExternalID>\n",
           first_names[person % COUNT(first_names)],
           last_names[person / COUNT(first_names) % COUNT(last_names)],
           firm_names[firm % COUNT(firm_names)], firm_kinds[firm / COUNT(firm_names)].name, person);
    print_empty("Custom", 20);
    printf(
        "              <IsDeleted>N</IsDeleted>\n              <VersionNumber>1</VersionNumber>\n"
        "              <AttendeeID>n%035" PRIu32 "</AttendeeID>\n"
        "              <AttendeeTypeCode>BUSGUEST</AttendeeTypeCode>\n"
        "              <CurrencyCode>USD</CurrencyCode>\n            </Attendee>\n",
        person);
}

/* The parts that an entry and its itemization have in common. */
static void print_expense(uint64_t number, bool gift, const char *day, uint32_t cents)
{
    printf("          <ExpenseTypeID>%s</ExpenseTypeID>\n"
           "          <ExpenseTypeName>%s</ExpenseTypeName>\n"
           "          <TransactionDate>%sT00:00:00</TransactionDate>\n"
           "          <TransactionAmount>%" PRIu32 ".%02" PRIu32 "000000</TransactionAmount>\n"
           "          <PostedAmount>%" PRIu32 ".%02" PRIu32 "000000</PostedAmount>\n"
           "          <ApprovedAmount>%" PRIu32 ".%02" PRIu32 "000000</ApprovedAmount>\n"
           "          <BusinessPurpose>Visit %" PRIu64 "</BusinessPurpose>\n",
           gift ? "GIFTS" : "BUSML", gift ? "Gifts" : "Business Meal (attendees)", day, cents / 100,
           cents % 100, cents / 100, cents % 100, cents / 100, cents % 100, number);
    print_empty("OrgUnit", 6);
    print_empty("Custom", 40);
}

/* What an entry says about itself, and what nobody reads. */
static void print_flags(void)
{
    static const char *const flags[] = {
        "HasVat",        "HasComments",     "IsItemized",           "HasExceptions",
        "IsPersonal",    "HasAllocation",   "IsCreditCardCharge",   "IsPersonalCardCharge",
        "ImageRequired", "ReceiptRequired", "IsTravelAgencyCharge", "HasAppliedCashAdvance",
    };

    fputs("      <FormID>nAaT8pKKOhs7h2wespCW7vyyxJAJcyb5</FormID>\n      <EntryImageID />\n",
          stdout);
    for (size_t i = 0; i < COUNT(flags); i++)
        printf("      <%s>N</%s>\n", flags[i], flags[i]);
    fputs("      <HasAttendees>Y</HasAttendees>\n      <CommentCount>0</CommentCount>\n"
          "      <E-ReceiptID />\n      <LastModified>2026-01-11T01:59:52</LastModified>\n",
          stdout);
}

static void print_allocation(uint64_t number)
{
    printf("          <AllocationsList>\n            <Allocation>\n"
           "              <AllocationID>ng%031" PRIu64 "</AllocationID>\n"
           "              <Percentage>100.00000000%%</Percentage>\n"
           "              <AccountCode1>AC_SALES1</AccountCode1>\n"
           "              <AccountCode2>AC_SALES2</AccountCode2>\n",
           number);
    print_empty("Custom", 20);
    fputs("              <VATDataList />\n            </Allocation>\n"
          "          </AllocationsList>\n",
          stdout);
}

static void print_entry_head(uint64_t number, bool gift)
{
    printf("    <ExpenseEntry>\n      <ReportEntryID>nE%032" PRIu64 "</ReportEntryID>\n"
           "      <SpendCategory>%s</SpendCategory>\n"
           "      <PaymentTypeCode>CASH</PaymentTypeCode>\n"
           "      <PaymentTypeName>Cash</PaymentTypeName>\n"
           "      <TransactionCurrencyName>US, Dollar</TransactionCurrencyName>\n"
           "      <ExchangeRate>1.00000000000000</ExchangeRate>\n"
           "      <VendorDescription>Corner Shop</VendorDescription>\n"
           "      <LocationName>Washington</LocationName>\n"
           "      <LocationCountry>US</LocationCountry>\n",
           number, gift ? "Gifts" : "Entertainment");
}

static void print_entry(random_state *r, uint64_t number, uint32_t day)
{
    bool gift = below(r, 100) < 12;
    uint32_t cents = gift ? 800 + below(r, 4000) : 3000 + below(r, 20000);
    char text[16];

    day_text(day, text);
    print_entry_head(number, gift);
    print_expense(number, gift, text, cents);
    print_flags();
    fputs("      <ItemizationsList>\n        <Itemization>\n"
          "          <ItemType>Regular</ItemType>\n",
          stdout);
    printf("          <ItemizationID>nE%032" PRIu64 "</ItemizationID>\n", number);
    print_expense(number, gift, text, cents);
    print_allocation(number);
    fputs("          <AttendeesList>\n", stdout);
    for (uint32_t n = gift ? 1 : 1 + below(r, 3); n > 0; n--)
        print_attendee(below(r, RECIPIENTS / 20)); /* one employee knows fewer people */
    fputs("          </AttendeesList>\n        </Itemization>\n      </ItemizationsList>\n"
          "    </ExpenseEntry>\n",
          stdout);
}

static void print_concur(random_state *r, uint64_t count)
{
    puts("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ReportDetails"
         " xmlns=\"http://www.concursolutions.com/api/expense/expensereport/2012/07\""
         " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">\n"
         "  <UserLoginID>dana.fox@example.com</UserLoginID>\n"
         "  <EmployeeName>Fox, Dana</EmployeeName>\n  <ReportID>425FE2ADB4954FCA90CD</ReportID>\n"
         "  <ReportName>Visits</ReportName>\n  <CurrencyCode>USD</CurrencyCode>\n"
         "  <ExpenseEntriesList>");
    for (uint64_t i = 0; i < count; i++)
        print_entry(r, i + 1, (uint32_t)(i * (DAYS - 14) / count) + below(r, 14));
    puts("  </ExpenseEntriesList>\n  <Country>US</Country>\n  <ReportOwner>\n"
         "    <EmployeeID>dana.fox@example.com</EmployeeID>\n    <LastName>Fox</LastName>\n"
         "    <FirstName>Dana</FirstName>\n  </ReportOwner>\n</ReportDetails>");
}

int main(int argc, char **argv)
{
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    random_state r = { argc > 3 ? strtoull(argv[3], NULL, 10) : 1 };
    uint64_t first = argc > 4 ? strtoull(argv[4], NULL, 10) : 1;

    if (count > 0 && strcmp(argv[1], "gift-log") == 0)
        print_gift_log(&r, count, first);
    else if (count > 0 && strcmp(argv[1], "people") == 0)
        print_people(&r, count);
    else if (count > 0 && strcmp(argv[1], "concur") == 0)
        print_concur(&r, count);
    else if (count > 0 && argc > 4 && strcmp(argv[1], "expenses") == 0)
        return write_reports(&r, count, argv[4]) ? 0 : 2;
    else
        fputs("usage: generate gift-log|concur|people COUNT [SEED [FIRST]]\n"
              "       generate expenses COUNT SEED FOLDER\n",
              stderr);
    return count > 0 && fflush(stdout) == 0 && !ferror(stdout) ? 0 : 2;
}
