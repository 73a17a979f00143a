/* tests/detect/planted.h - six cases of each detection, of different people and amounts, and what looks like them and is
 * not: nearly as often, nearly as much, for another reason. */
#ifndef GR_TESTS_PLANTED_H
#define GR_TESTS_PLANTED_H

#include "innocent.h"

enum { CASES = 6 };

/* Somebody whom nobody else of the firm gives anything: the last people of clients are kept for this. */
static unsigned year_fresh(firm_year *y)
{
    unsigned n = y->fresh++;

    if (n >= YEAR_FIRMS * (YEAR_PEOPLE - YEAR_KNOWN))
        abort();
    return year_person(n % YEAR_FIRMS, YEAR_KNOWN + n / YEAR_FIRMS);
}

static unsigned year_giver(firm_year *y)
{
    return y->fresh_giver++ % YEAR_GIVERS;
}

static void plant_cash(firm_year *y)
{
    static const char *const texts[] = { "Amazon gift card",  "Starbucks gift certificate",
                                         "Gift voucher, spa", "Prepaid Visa card",
                                         "Store credit",      "Envelope with cash" };
    static const char *const kinds[] = { "gift-card", "goods", "goods", "goods", "other", "cash" };

    for (unsigned i = 0; i < CASES; i++) {
        year_gift(y, year_giver(y), (int)year_below(y, 300), year_fresh(y), texts[i], kinds[i],
                  5000, NULL, "");
        year_plant(y, "cash");
    }
    year_gift(y, year_giver(y), 40, year_fresh(y), "Cashews and dried fruit", "goods", 3000, NULL,
              "");
    year_plant(y, NULL);
    year_gift(y, year_giver(y), 41, year_fresh(y), "Card game, gift wrapped", "goods", 3000, NULL,
              "");
    year_plant(y, NULL);
    for (unsigned i = 0; i < CASES; i++) {
        year_text *t =
            year_entry(y, year_giver(y), 2, 70, i % 2 ? "Client meeting" : "Marketing",
                       i % 3 ? "GiftCards.example" : "Gift Card Mall", "For clients", 10000);

        year_attendee(t, year_fresh(y), 0);
        year_entry_end(t);
        year_plant(y, "cash");
    }
}

static void plant_cash_merchant(firm_year *y)
{
    for (unsigned i = 0; i < CASES; i++) {
        y->category = i % 2 ? "Gift Cards" : "Stored value";
        year_entry_end(year_entry(y, year_giver(y), 2, 71, "Marketing", "Corner Stationers",
                                  "For the booth", 15000));
        year_plant(y, "cash-merchant");
        y->category = "Cards and stationery";
        year_entry_end(year_entry(y, year_giver(y), 2, 72, "Marketing", "Corner Stationers",
                                  "Birthday cards", 3000));
        year_plant(y, NULL);
    }
    y->category = NULL;
}

static void plant_gift_merchant(firm_year *y)
{
    static const char *const merchants[] = { "City Florist",        "Maison Jewellers",
                                             "Hamper Company",      "Swiss Chocolatiers",
                                             "Gift Baskets Direct", "Rose Flowers" };
    static const char *const types[] = { "Office supplies", "Marketing",     "Postage",
                                         "Hotel",           "Miscellaneous", "Sundry" };

    for (unsigned i = 0; i < CASES; i++) {
        year_entry_end(
            year_entry(y, year_giver(y), 3, 100, types[i], merchants[i], "Sundries", 9000));
        year_plant(y, "gift-merchant");
        year_entry_end(year_entry(y, year_giver(y), 4, 130,
                                  i % 2 ? "Office decor" : "Office plants", "City Florist", "Lobby",
                                  9000));
        year_plant(y, NULL);
    }
}

static void plant_tickets(firm_year *y)
{
    for (unsigned i = 0; i < CASES; i++) {
        unsigned giver = year_giver(y);
        year_text *t;

        year_gift(y, giver, 150 + (int)i, year_fresh(y), "Courtside seats", "ticket",
                  16000 + i * 1000, NULL, "");
        year_plant(y, "ticket-host");
        year_gift(y, giver, 160 + (int)i, year_fresh(y), "Local concert", "ticket", 4000, NULL, "");
        year_plant(y, NULL);
        t = year_entry(y, giver, 5, 160, "Event tickets", "Majestic Box Office", "Tickets", 30000);
        year_attendee(t, year_fresh(y), 0);
        year_entry_end(t);
        year_plant(y, "ticket-host");
    }
}

static void plant_guest_counts(firm_year *y)
{
    for (unsigned i = 0; i < CASES; i++) {
        unsigned giver = year_giver(y);
        year_text *t = year_entry(y, giver, 6, 190 + (int)i, "Gifts - clients", "Maison Argent",
                                  "Present", 84000 + i * 500);

        year_attendee(t, year_fresh(y), 2);
        year_entry_end(t);
        year_plant(y, "guest-count-gift");
        /* all three are named */
        t = year_entry(y, giver, 6, 191 + (int)i, "Gifts - clients", "Hudson Pantry", "Presents",
                       60000);
        for (unsigned k = 0; k < 3; k++)
            year_attendee(t, year_fresh(y), 0);
        year_entry_end(t);
        year_plant(y, NULL);
        t = year_entry(y, giver, 6, 192 + (int)i, "Business Meal (attendees)", "The Oak Room",
                       "Dinner", 330000 + i * 1000);
        year_colleague(t, giver);
        year_attendee(t, year_fresh(y), 3);
        year_entry_end(t);
        year_plant(y, "guest-count-meal");
        t = year_entry(y, giver, 6, 193 + (int)i, "Business Meal (attendees)", "The Oak Room",
                       "Dinner", 60000);
        year_colleague(t, giver);
        year_attendee(t, year_fresh(y), 3);
        year_entry_end(t);
        year_plant(y, NULL);
    }
}

static void plant_guests(firm_year *y)
{
    static const char *const names[][2] = { { "Client", "1" },       { "TBD", "TBD" },
                                            { "Various", "Guests" }, { "N/A", "" },
                                            { "Guest", "2" },        { "Unknown", "" } };
    static const char *const real[][2] = { { "Edgar", "Guest" }, { "Anita", "Client" },
                                           { "Nona", "Other" },  { "Na", "Li" },
                                           { "Tab", "Hunter" },  { "Miss", "Case" } };

    for (unsigned i = 0; i < CASES; i++) {
        unsigned giver = year_giver(y);
        year_text *t = year_entry(y, giver, 7, 215, "Business Meal (attendees)", "Dolphin Grill",
                                  "Lunch", 9000);

        year_colleague(t, giver);
        year_called(t, names[i][0], names[i][1]);
        year_entry_end(t);
        year_plant(y, "placeholder-guest");
        t = year_entry(y, giver, 7, 216, "Business Meal (attendees)", "Dolphin Grill", "Lunch",
                       9000);
        year_colleague(t, giver);
        year_called(t, real[i][0], real[i][1]);
        year_entry_end(t);
        year_plant(y, NULL);
        year_entry_end(year_entry(y, giver, 7, 217,
                                  i % 2 ? "Entertainment - clients" : "Client dinner",
                                  "The Oak Room", "Dinner", 40000));
        year_plant(y, "unnamed-guests");
        year_entry_end(
            year_entry(y, giver, 7, 218, "Dinner", "The Oak Room", "On the road", 12000));
        year_plant(y, NULL);
        t = year_entry(y, giver, 7, 219, "Entertainment - clients", "Harbor Golf Club", "Golf",
                       50000);
        year_colleague(t, giver);
        year_colleague(t, (giver + 7) % YEAR_GIVERS);
        year_entry_end(t);
        year_plant(y, "own-staff-only");
        t = year_entry(y, giver, 7, 220, "Staff entertainment", "Harbor Golf Club", "Summer party",
                       50000);
        year_colleague(t, giver);
        year_entry_end(t);
        year_plant(y, NULL);
    }
}

static void plant_late(firm_year *y)
{
    char more[64], date[GR_DAY_TEXT];

    for (unsigned i = 0; i < CASES; i++) {
        snprintf(more, sizeof more, "<entered>%s</entered>", year_day(20 + 65 + (int)i * 30, date));
        year_gift(y, year_giver(y), 20, year_fresh(y), "Bottle of wine", "goods", 4000, NULL, more);
        year_plant(y, "late-entry");
        snprintf(more, sizeof more, "<entered>%s</entered>", year_day(20 + 55, date));
        year_gift(y, year_giver(y), 20, year_fresh(y), "Bottle of wine", "goods", 4000, NULL, more);
        year_plant(y, NULL);
    }
}

static void plant_personal(firm_year *y)
{
    static const char own[] =
        "<payer>giver</payer><occasion>birthday</occasion><relationship>friend</relationship>";

    for (unsigned i = 0; i < CASES; i++) {
        unsigned giver = year_giver(y), friend_of = year_fresh(y);

        year_gift(y, giver, 60, year_fresh(y), "Wedding present", "goods", 20000, NULL,
                  "<payer>giver</payer><reimbursed>yes</reimbursed><occasion>wedding</occasion>");
        year_plant(y, "personal-reimbursed");
        for (int k = 0; k < 3; k++)
            year_gift(y, giver, 30 + k * 80, friend_of, "Present", "goods", 6000, NULL, own);
        year_plant(y, "personal-repeated");
        for (unsigned k = 0; k < 4; k++)
            year_gift(y, (giver + 20) % YEAR_GIVERS, 200 + (int)k * 20, year_person(i + 30, k),
                      "Present", "goods", 6000, NULL, own);
        year_plant(y, "personal-client");
        friend_of = year_fresh(y);
        for (int k = 0; k < 2; k++)
            year_gift(y, giver, 35 + k * 80, friend_of, "Present", "goods", 6000, NULL, own);
        year_plant(y, NULL);
    }
}

static void plant_entertainment(firm_year *y)
{
    for (unsigned i = 0; i < CASES; i++) {
        unsigned often = year_fresh(y), dear = year_fresh(y), less = year_fresh(y),
                 giver = year_giver(y);
        year_text *t;

        for (unsigned k = 0; k < 7; k++) { /* by two colleagues, one after the other */
            unsigned host = (giver + k % 2) % YEAR_GIVERS;

            t = year_entry(y, host, 9, 275 + (int)k * 9, "Business Meal (attendees)",
                           "Trattoria Roma", "Lunch", 12000);
            year_colleague(t, host);
            year_attendee(t, often, 0);
            year_entry_end(t);
        }
        year_plant(y, "entertainment-frequency");
        for (unsigned k = 0; k < 3; k++) {
            t = year_entry(y, giver, 4, 95 + (int)k * 20, "Entertainment - clients",
                           "Harbor Golf Club", "Golf", 130000);
            year_colleague(t, giver);
            year_attendee(t, dear, 0);
            year_entry_end(t);
        }
        year_plant(y, "entertainment-cost");
        for (unsigned k = 0; k < 4; k++) {
            t = year_entry(y, giver, 9, 276 + (int)k * 20, "Business Meal (attendees)",
                           "Trattoria Roma", "Lunch", 16000);
            year_colleague(t, giver);
            year_attendee(t, less, 0);
            year_entry_end(t);
        }
        year_plant(y, NULL);
    }
}

static void plant_splits(firm_year *y)
{
    for (unsigned i = 0; i < CASES; i++) {
        unsigned a = year_giver(y), b = year_giver(y), to = year_fresh(y), firm = i + 3;
        int day = 120 + (int)i * 10;
        year_text *t;

        year_gift(y, a, day, to, "Case of Bordeaux", "goods", 19000 + i * 100, "Grand Cru Wines",
                  "");
        year_gift(y, b, day + 1, to, "Case of Bordeaux", "goods", 19000, "GRAND CRU WINES, Inc.",
                  "");
        year_plant(y, "split-givers");
        to = year_fresh(y); /* two colleagues, months apart */
        year_gift(y, a, day, to, "Case of wine", "goods", 12000, "Grand Cru Wines", "");
        year_gift(y, b, day + 60, to, "Case of wine", "goods", 12000, "Grand Cru Wines", "");
        year_plant(y, NULL);

        for (unsigned k = 0; k < 3; k++)
            year_gift(y, a, day, year_person(firm, 8 + k), "Watch", "goods", 27000 + k,
                      "Time House", "");
        year_plant(y, "split-recipients");
        for (unsigned k = 0; k < 4; k++)
            year_gift(y, b, day, year_person(firm + 12, 7 + k), "Picnic basket", "goods", 14000,
                      "Time House", "");
        year_plant(y, NULL);

        for (unsigned k = 0; k < 2; k++) {
            t = year_entry(y, a, 4 + 12 * k, day + (int)k, "Gifts - clients", "Atelier Nord",
                           "Sculpture", 22000);
            year_attendee(t, year_fresh(y), 0);
            year_entry_end(t);
        }
        year_plant(y, "split-reports");
        for (unsigned k = 0; k < 2; k++) { /* small ones, and two in one report */
            t = year_entry(y, b, 4 + 12 * k, day + (int)k, "Gifts - clients", "Atelier Sud",
                           "Prints", 9000);
            year_attendee(t, year_fresh(y), 0);
            year_entry_end(t);
        }
        year_plant(y, NULL);

        to = year_fresh(y);
        for (int k = 0; k < 3; k++)
            year_gift(y, b, day + k * 2, to, "Golf equipment", "goods", 12000, "Fairway Shop", "");
        year_plant(y, "split-days");
        to = year_fresh(y);
        for (int k = 0; k < 2; k++)
            year_gift(y, b, day + k * 100, to, "Golf balls", "goods", 6000, "Fairway Shop", "");
        year_plant(y, NULL);
    }
}

static void plant_series(firm_year *y)
{
    for (unsigned i = 0; i < CASES; i++) {
        unsigned giver = year_giver(y), to = year_fresh(y), less = year_fresh(y);

        for (int k = 0; k < 4; k++)
            year_gift(y, giver, 90 + k * 50, year_fresh(y), "Decanter", "goods",
                      29000 + i * 100 + (unsigned)k, "Crystal House", "");
        year_plant(y, "just-under-limit");
        for (int k = 0; k < 4; k++) /* the same price, well under */
            year_gift(y, (giver + 30) % YEAR_GIVERS, 90 + k * 50, year_fresh(y), "Vase", "goods",
                      22000, "Crystal House", "");
        year_plant(y, NULL);
        for (int k = 0; k < 9; k++)
            year_gift(y, giver, 5 + k * 30, to, "Tote bag with our logo", "goods", 1800, NULL,
                      "<logo>firm</logo>");
        year_plant(y, "nominal-series");
        for (int k = 0; k < 4; k++)
            year_gift(y, giver, 5 + k * 60, less, "Mug with our logo", "goods", 1800, NULL,
                      "<logo>firm</logo>");
        year_plant(y, NULL);
    }
}

/* Givers of whom nothing else is told: what they spend is one thing. */
static void plant_concentration(firm_year *y)
{
    for (unsigned i = 0; i < CASES; i++) {
        unsigned giver = YEAR_GIVERS + i, other = YEAR_GIVERS + CASES + i, one = year_fresh(y);
        year_text *t;

        for (unsigned k = 0; k < 8; k++) {
            t = year_entry(y, giver, k, (int)k * 30 + 10, "Business Meal (attendees)", "Club Nine",
                           "Lunch", 25000);
            year_attendee(t, one, 0);
            year_entry_end(t);
        }
        year_plant(y, "concentration-recipient");
        for (unsigned k = 0; k < 10; k++) {
            t = year_entry(y, other, k, (int)k * 30 + 10, "Business Meal (attendees)", "Club Nine",
                           "Lunch", 35000);
            year_attendee(t, year_person(i + 25, 8 + k % 5), 0);
            year_entry_end(t);
        }
        year_plant(y, "concentration-client");
    }
}

static void year_plant_all(firm_year *y)
{
    plant_cash(y);
    plant_cash_merchant(y);
    plant_gift_merchant(y);
    plant_tickets(y);
    plant_guest_counts(y);
    plant_guests(y);
    plant_late(y);
    plant_personal(y);
    plant_entertainment(y);
    plant_splits(y);
    plant_series(y);
    plant_concentration(y);
}

#endif
