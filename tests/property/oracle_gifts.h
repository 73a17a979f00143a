/* tests/property/oracle_gifts.h - the oracle's gifts: few shapes, of which it knows without the engine what they count under
 * each rulebook. */
#ifndef GR_TESTS_ORACLE_GIFTS_H
#define GR_TESTS_ORACLE_GIFTS_H

#include "court.h"

enum { DEN = 6 }; /* sixths of a cent: gifts here are shared by one, two or three */

#define CHANGE (gr_day_of((gr_date){ 2026, 3, 30 })) /* of Rule 3220 */
#define VAST   (INT64_C(1) << 40)                    /* stands for an end that is not known */

/* ---- gifts of which the worth is plain ---- */

typedef enum thing { GOODS, CASH, CARD, MEAL, UNSAID } thing; /* unsaid: and not presumed either */
typedef enum host { NOBODY_KNOWS, HOSTED, NOT_HOSTED } host;

typedef struct gift_shape {
    const char *facts[4][2];
    enum {
        COUNTS,
        MAY_COUNT,
        COUNTS_NOT,
        TWENTY_OFF,
        NO_END,
        TEN_MORE,
        NOMINAL,
        NOMINAL_MEAL,
        UP_TO_FACE
    } under_3220;
    thing thing;
    host host;
    enum {
        AS_IT_IS,
        WITH_TAX,
        WITH_TWENTY_TAX,
        TICKET,
        WITH_FEE,
        WITH_LOGO,
        OF_FRIEND,
        WITH_FACE
    } price;
} gift_shape;

static const gift_shape shapes[] = {
    { { { "kind", "goods" } }, COUNTS, GOODS, 0, AS_IT_IS },
    { { { NULL } }, COUNTS, GOODS, 0, AS_IT_IS }, /* presumed to be goods */
    { { { "kind", "cash" } }, COUNTS, CASH, 0, AS_IT_IS },
    { { { "kind", "gift-card" } }, COUNTS, CARD, 0, AS_IT_IS },
    { { { "kind", "meal" } }, MAY_COUNT, MEAL, NOBODY_KNOWS, AS_IT_IS },
    { { { "kind", "meal" }, { "host-present", "yes" } }, COUNTS_NOT, MEAL, HOSTED, AS_IT_IS },
    { { { "kind", "meal" }, { "host-present", "no" } }, COUNTS, MEAL, NOT_HOSTED, AS_IT_IS },
    { { { "kind", "goods" }, { "cost-tax", "included" } }, MAY_COUNT, GOODS, 0, WITH_TAX },
    { { { "cost-tax", "included" }, { "tax", "20.00" } }, TWENTY_OFF, GOODS, 0, WITH_TWENTY_TAX },
    { { { "kind", "ticket" }, { "host-present", "no" } }, NO_END, MEAL, NOT_HOSTED, TICKET },
    { { { "kind", "goods" }, { "fee", "10.00" } }, TEN_MORE, GOODS, 0, WITH_FEE },
    { { { "occasion", "wedding" }, { "relationship", "friend" } }, MAY_COUNT, GOODS, 0, OF_FRIEND },
    { { { "occasion", "wedding" }, { "payer", "firm" } }, COUNTS, GOODS, 0, AS_IT_IS },
    { { { "logo", "firm" }, { "quantity", "1" } }, NOMINAL, GOODS, 0, WITH_LOGO },
    { { { "occasion", "disaster" }, { "declaration", "state" } }, COUNTS, GOODS, 0, AS_IT_IS },
    { { { "kind", "meal" }, { "logo", "firm" }, { "quantity", "1" } },
      NOMINAL_MEAL,
      MEAL,
      0,
      WITH_LOGO },
    { { { "face-value", "110.00" } }, UP_TO_FACE, UNSAID, 0, WITH_FACE },
};

/* One gift as the oracle knows it: to R-1 of Acme, with R-8 of Acme and R-9 of Beta sharing. */
typedef struct plan {
    const gift_shape *shape;
    gr_day day;
    unsigned giver;
    int64_t cents, heads;
} plan;

static void add_named(made_gift *gift, const char *name, const char *kind)
{
    made_recipient *r = &gift->recipient[gift->recipient_count++];

    *r = (made_recipient){ .count = 0 };
    put_fact(r->fact, &r->count, "recipient-id", name);
    put_fact(r->fact, &r->count, "employer", strcmp(name, "R-9") == 0 ? "Beta" : "Acme");
    put_fact(r->fact, &r->count, "employer-kind", kind);
}

static plan add_gift(dice *d, made_log *log, gr_day day, const char *kind, bool of_meals)
{
    static const int64_t cents[] = { 0,     999,   1000,  1001,  2000,  2001,  4999,  5000,
                                     5001,  9000,  10000, 10001, 10002, 12500, 12501, 15000,
                                     20001, 25000, 25001, 29999, 30000, 30001, 45000 };
    made_gift *gift = &log->gift[log->count];
    plan p = { &shapes[dice_below(d, GR_COUNT(shapes))], day, (unsigned)dice_below(d, 2),
               cents[dice_below(d, GR_COUNT(cents))], 1 + (int64_t)dice_below(d, 3) };
    char text[32];

    while (of_meals && p.shape->thing != MEAL)
        p.shape = &shapes[dice_below(d, GR_COUNT(shapes))];
    if (of_meals) /* dear ones, for one: a quarter's limit is high */
        p.cents = cents[GR_COUNT(cents) - 1 - dice_below(d, 8)], p.heads = 1;
    *gift = (made_gift){ .giver = p.giver };
    snprintf(gift->id, sizeof gift->id, "G-%u", (unsigned)log->count++);
    gr_day_print(day, gift->date);
    snprintf(text, sizeof text, "%d.%02d", (int)(p.cents / 100), (int)(p.cents % 100));
    gift_put(gift, "cost", text);
    for (size_t i = 0; i < GR_COUNT(p.shape->facts) && p.shape->facts[i][0]; i++)
        gift_put(gift, p.shape->facts[i][0], p.shape->facts[i][1]);
    add_named(gift, "R-1", kind);
    for (int64_t i = 1; i < p.heads; i++)
        add_named(gift, i == 1 ? "R-8" : "R-9", kind);
    return p;
}

/* ---- what one person's part counts ---- */

typedef struct share {
    bool is_there;     /* the limit adds it up at all */
    int64_t low, high; /* sixths of a cent; where gifts are counted, hundredths of a gift */
} share;

static share between(int64_t low, int64_t high)
{
    return (share){ high > 0, low, high };
}

static int64_t at_least_nothing(int64_t amount)
{
    return amount > 0 ? amount : 0;
}

static int64_t part_of(const plan *p)
{
    return p->cents * DEN / p->heads;
}

static int64_t highest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t face_of(const plan *p)
{
    return p->shape->price == WITH_FACE ? 11000 * DEN / p->heads : 0;
}

static share under_3220(const plan *p)
{
    int64_t part = part_of(p);

    if (p->cents ==
        0) /* nothing was paid, nobody knows the market value: it may be any, and extensive */
        return between(0, VAST);
    switch (p->shape->under_3220) {
    case MAY_COUNT:
        return between(0, part);
    case COUNTS_NOT:
        return between(0, 0);
    case TWENTY_OFF:
        part = at_least_nothing(part - 2000 * DEN / p->heads);
        return between(part, part);
    case NO_END:
        return between(part, VAST);
    case TEN_MORE:
        return between(part, part + 1000 * DEN / p->heads);
    case NOMINAL: /* under 50.00 a piece */
        return p->cents < 5000 ? between(0, 0) : between(part, part);
    case NOMINAL_MEAL: /* else perhaps hosted */
        return between(0, p->cents < 5000 ? 0 : part);
    case UP_TO_FACE: /* perhaps a ticket, or a card, which since the change may be worth less than it cost */
        return between(p->day < CHANGE || part < face_of(p) ? part : face_of(p),
                       highest(part, face_of(p)));
    default:
        return between(part, part);
    }
}

/* The cost without tax, and with what may come on top of it. */
static share plain_worth(const plan *p)
{
    int64_t part = part_of(p), off = 2000 * DEN / p->heads, fee = 1000 * DEN / p->heads;

    switch (p->shape->price) {
    case WITH_TAX:
        return between(0, part);
    case WITH_TWENTY_TAX:
        return between(at_least_nothing(part - off), at_least_nothing(part - off));
    case WITH_FEE:
        return between(part, part + fee);
    default:
        return between(part, part);
    }
}

/* What was spent, tax and all. */
static share spent(const plan *p)
{
    return p->shape->price == WITH_TAX || p->shape->price == WITH_TWENTY_TAX
               ? between(part_of(p), part_of(p))
               : plain_worth(p);
}

static share under_firm_gifts(const plan *p)
{
    share s = plain_worth(p);

    s.low = highest(s.low, face_of(p));
    s.high = highest(s.high, face_of(p));
    s.is_there = s.high > 0;
    if (p->shape->thing == MEAL && p->shape->host == HOSTED)
        return between(0, 0);
    if (p->shape->price == WITH_LOGO && part_of(p) < 5000 * DEN)
        return between(0, 0);
    if (p->shape->thing == MEAL && p->shape->host == NOBODY_KNOWS)
        s.low = 0;
    return s;
}

/* The market value where nothing was paid, which nobody states here. */
static share with_market(const plan *p)
{
    return p->cents == 0 ? between(0, VAST) : plain_worth(p);
}

/* Of a ticket the face value, else the market value, else the cost. A friend's gift may be his own. */
static share under_5cfr(const plan *p)
{
    share s = p->shape->price == TICKET ? plain_worth(p) : with_market(p);

    if (p->shape->price == WITH_FACE && p->cents > 0) {
        s.low = part_of(p) < face_of(p) ? part_of(p) : face_of(p);
        s.high = highest(part_of(p), face_of(p));
    }
    if (p->shape->price == OF_FRIEND)
        s.low = 0;
    return s;
}

/* The higher of cost and face value if it is a ticket, which for nothing may still have one. */
static share under_erisa(const plan *p)
{
    share s = p->shape->price == TICKET ? plain_worth(p) : with_market(p);

    s.high = highest(s.high, face_of(p));
    return s;
}

static share under_lm10(const plan *p)
{
    share s = p->cents == 0 ? between(0, VAST) : spent(p);

    if (s.high <= 2000 * DEN) /* perhaps too little to report */
        s.low = 0;
    return s;
}

static share under_entertainment(const plan *p)
{
    share s = spent(p);

    if (p->shape->thing != MEAL || p->shape->host == NOT_HOSTED)
        return between(0, 0);
    if (p->shape->host == NOBODY_KNOWS)
        s.low = 0;
    return s;
}

#endif
