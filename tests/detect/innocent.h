/* tests/detect/innocent.h - what people of a firm do all year long without anything being odd about it. */
#ifndef GR_TESTS_INNOCENT_H
#define GR_TESTS_INNOCENT_H

#include "firm_year.h"

/* A giver knows the people of three clients. */
static unsigned year_contact(firm_year *y, unsigned giver)
{
    return year_person((giver * 3 + year_below(y, 3)) % YEAR_FIRMS, year_below(y, YEAR_KNOWN));
}

/* Half of the log says when it was entered; mostly within weeks. */
static const char *year_entered(firm_year *y, int day, char out[64])
{
    char date[GR_DAY_TEXT];
    int late = (int)year_from(y, 0, year_below(y, 20) == 0 ? 50 : 20);

    out[0] = '\0';
    if (year_below(y, 2))
        snprintf(out, 64, "<entered>%s</entered>", year_day(day + late, date));
    return out;
}

static void year_small_gift(firm_year *y, unsigned giver)
{
    static const struct {
        const char *what, *kind, *more;
        unsigned low, high;
    } things[] = {
        { "Box of chocolates", "goods", "", 1500, 6000 },
        { "Flowers", "goods", "<occasion>birthday</occasion>", 3500, 9000 },
        { "Cashmere scarf", "goods", "", 6000, 11000 },
        { "Johnny Cash biography", "goods", "<occasion>holiday</occasion>", 1800, 4500 },
        { "Umbrella with our logo", "goods", "<logo>firm</logo>", 900, 2800 },
        { "Notebook and pen with our logo", "desk-item", "<logo>firm</logo>", 600, 1900 },
        { "Bottle of wine", "goods", "<occasion>holiday</occasion>", 2500, 9500 },
        { "Fruit basket", "goods", "", 3000, 8000 },
    };
    static const char *const shops[] = { "Corner Shop", "Hudson Pantry", "City Florist LLC",
                                         "Beacon Street Wines", "Book Nook" };
    unsigned i = year_below(y, GR_COUNT(things));
    int day = (int)year_below(y, 340);
    char entered[64], more[160];

    snprintf(more, sizeof more, "%s%s", things[i].more, year_entered(y, day, entered));
    year_gift(y, giver, day, year_contact(y, giver), things[i].what, things[i].kind,
              year_from(y, things[i].low, things[i].high),
              year_below(y, 10) < 6 ? YEAR_ONE_OF(y, shops) : NULL, more);
}

/* The same hamper for several people of one desk, on one day, from one shop. */
static void year_holiday(firm_year *y, unsigned giver)
{
    unsigned firm = (giver * 3) % YEAR_FIRMS, count = year_from(y, 2, 6);
    unsigned cents = year_from(y, 6000, 15000), first = year_below(y, YEAR_KNOWN);
    int day = (int)year_from(y, 335, 352);

    for (unsigned i = 0; i < count; i++)
        year_gift(y, giver, day, year_person(firm, (first + i) % YEAR_KNOWN), "Holiday hamper",
                  "goods", cents, "Hudson Pantry", "<occasion>holiday</occasion>");
}

static void year_hosted(firm_year *y, unsigned giver)
{
    static const char *const events[] = { "Baseball game", "Concert", "Theatre" };

    for (unsigned n = year_from(y, 2, 5); n > 0; n--)
        year_gift(y, giver, (int)year_below(y, 360), year_contact(y, giver), YEAR_ONE_OF(y, events),
                  "ticket", year_from(y, 6000, 25000), "City Box Office",
                  "<host-present>yes</host-present>");
}

/* Weddings, funerals, a deal that closes. */
static void year_life(firm_year *y, unsigned giver)
{
    if (year_below(y, 10) < 3)
        year_gift(y, giver, (int)year_below(y, 360), year_contact(y, giver), "Wedding present",
                  "goods", year_from(y, 10000, 40000), NULL,
                  "<payer>giver</payer><reimbursed>no</reimbursed><occasion>wedding</occasion>"
                  "<relationship>friend</relationship>");
    if (year_below(y, 10) < 2)
        year_gift(y, giver, (int)year_below(y, 360), year_contact(y, giver), "Wreath", "goods",
                  year_from(y, 9000, 20000), "City Florist",
                  "<occasion>bereavement</occasion><deceased>parent</deceased>");
    if (year_below(y, 10) < 4)
        year_gift(y, giver, (int)year_below(y, 360), year_contact(y, giver), "Fountain pen",
                  "goods", year_from(y, 12000, 29000), "Maison Argent",
                  "<occasion>closing</occasion>");
}

/* ---- expenses ---- */

static void year_travel(firm_year *y, unsigned giver, unsigned month)
{
    static const struct {
        const char *type, *merchant, *purpose;
        unsigned low, high;
    } things[] = {
        { "Airfare", "Skylark Airways", "Client visits", 18000, 60000 },
        { "Hotel", "Harbor House Hotel", "Client visits", 15000, 45000 },
        { "Taxi", "City Cab", "Airport", 2000, 8000 },
        { "Breakfast", "Harbor House Hotel", "On the road", 1200, 3500 },
        { "Lunch", "Corner Deli", "On the road", 1500, 4000 },
        { "Office supplies", "Staples", "Paper and toner", 2000, 15000 },
        { "Training", "Learning Tree", "A gifted trainer", 20000, 90000 },
        { "Mobile phone", "Coastline Wireless", "Monthly bill", 4000, 9000 },
    };

    for (unsigned n = year_from(y, 4, 8); n > 0; n--) {
        unsigned i = year_below(y, GR_COUNT(things));

        year_entry_end(year_entry(y, giver, month, (int)(month * 30 + year_below(y, 28)),
                                  things[i].type, things[i].merchant, things[i].purpose,
                                  year_from(y, things[i].low, things[i].high)));
    }
}

/* A client or two, and whoever invites them. */
static void year_invite(firm_year *y, unsigned giver, unsigned month, const char *type,
                        const char *merchant, const char *purpose, unsigned low, unsigned high)
{
    unsigned guests = year_from(y, 1, 2);
    year_text *t = year_entry(y, giver, month, (int)(month * 30 + year_below(y, 28)), type,
                              merchant, purpose, year_from(y, low, high) * (guests + 1));

    year_colleague(t, giver);
    for (unsigned i = 0; i < guests; i++)
        year_attendee(t, year_contact(y, giver), 0);
    year_entry_end(t);
}

static void year_at_work(firm_year *y, unsigned giver, unsigned month)
{
    static const char *const tables[] = { "Dolphin Grill", "Trattoria Roma", "The Oak Room" };

    if (year_below(y, 10) < 7)
        year_invite(y, giver, month, "Business Meal (attendees)", YEAR_ONE_OF(y, tables), "Lunch",
                    3000, 12000);
    if (year_below(y, 10) < 2)
        year_invite(y, giver, month, "Entertainment - clients", "Harbor Golf Club", "Round of golf",
                    8000, 30000);
    if (year_below(y, 10) < 1)
        year_invite(y, giver, month, "Event tickets", "Majestic Box Office", "Theatre tickets",
                    8000, 20000);
    if (year_below(y, 10) < 2) {
        year_text *t =
            year_entry(y, giver, month, (int)(month * 30 + year_below(y, 28)), "Gifts - clients",
                       "City Florist", "Flowers", year_from(y, 4000, 12000));

        year_attendee(t, year_contact(y, giver), 0);
        year_entry_end(t);
    }
    if (year_below(y, 10) < 1) {
        year_text *t =
            year_entry(y, giver, month, (int)(month * 30 + year_below(y, 28)), "Team lunch",
                       YEAR_ONE_OF(y, tables), "Team", year_from(y, 8000, 40000));

        for (unsigned i = 0; i < 4; i++)
            year_colleague(t, (giver + i) % YEAR_GIVERS);
        year_entry_end(t);
    }
}

static void year_innocent(firm_year *y)
{
    for (unsigned giver = 0; giver < YEAR_GIVERS; giver++) {
        for (unsigned n = year_from(y, 10, 18); n > 0; n--)
            year_small_gift(y, giver);
        year_holiday(y, giver);
        year_hosted(y, giver);
        year_life(y, giver);
        for (unsigned month = 0; month < 12; month++) {
            year_travel(y, giver, month);
            year_at_work(y, giver, month);
        }
    }
}

#endif
