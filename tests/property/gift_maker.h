/* tests/property/gift_maker.h - gift logs made at random, as facts that can be taken out and put in another order,
 * and their XML. Few people, few days, amounts around the limits: so that gifts meet. In one log most people of an
 * employer are of one kind, and most gifts are connected with one product: so that they meet under every rule. */
#ifndef GR_TESTS_GIFT_MAKER_H
#define GR_TESTS_GIFT_MAKER_H

#include "base/day.h"
#include "base/text.h"

#include "random.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_GIFTS = 48, MOST_FACTS = 44, MOST_RECIPIENTS = 3, LOG_BYTES = 128 * 1024 };

typedef struct made_fact {
    const char *name; /* as in rule files */
    char value[32];
} made_fact;

typedef struct made_recipient {
    made_fact fact[12];
    size_t count;
} made_recipient;

typedef struct made_gift {
    char id[8], date[GR_DAY_TEXT];
    unsigned giver;
    made_fact fact[MOST_FACTS];
    size_t count;
    made_recipient recipient[MOST_RECIPIENTS];
    size_t recipient_count;
} made_gift;

enum { EMPLOYERS = 4 }; /* the last one stands for nobody knows which */

typedef struct made_log {
    made_gift gift[MOST_GIFTS];
    size_t count;
    char kind[EMPLOYERS][32]; /* most people's, of each employer */
    char product[32];         /* most gifts' */
} made_log;

/* ---- facts ---- */

static made_fact *find_fact(made_fact *fact, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fact[i].name, name) == 0)
            return &fact[i];
    return NULL;
}

static void put_fact(made_fact *fact, size_t *count, const char *name, const char *value)
{
    made_fact *f = &fact[(*count)++];

    f->name = name;
    snprintf(f->value, sizeof f->value, "%s", value);
}

static void gift_put(made_gift *gift, const char *name, const char *value)
{
    put_fact(gift->fact, &gift->count, name, value);
}

static inline void drop_fact(made_fact *fact, size_t *count, made_fact *which)
{
    size_t at = (size_t)(which - fact);

    --*count;
    memmove(which, which + 1, (*count - at) * sizeof *fact);
}

static const char *pick_word(dice *d, const char *words, char out[32])
{
    gr_text rest = gr_text_of(words), word = { "", 0 };
    size_t count = 0, wanted;

    while (gr_text_word(&rest, &word))
        count++;
    wanted = dice_below(d, count);
    rest = gr_text_of(words);
    for (size_t i = 0; i <= wanted; i++)
        gr_text_word(&rest, &word);
    snprintf(out, 32, "%.*s", GR_ALL(word));
    return out;
}

/* ---- gifts ---- */

/* Words and amounts that a gift may state, each with the percentage of gifts that do. */
static const struct likely {
    const char *name;
    unsigned percent;
    const char *words;
} likely[] = {
    { "cost", 100,
      "10.00 20.00 20.01 33.34 49.99 50.00 50.01 80.00 99.99 100.00 100.01 125.00 150.00 200.00 "
      "240.00 250.00 250.01 299.99 300.00 300.01 410.00 1200.00 0.00" },
    { "kind", 75,
      "goods goods goods desk-item commemorative ticket ticket meal meal entertainment travel "
      "lodging cash cash gift-card service donation other" },
    { "payer", 60, "firm giver third-party" },
    { "occasion", 35,
      "none holiday birthday wedding birth retirement bereavement closing conference disaster" },
    { "relationship", 35, "none friend family" },
    { "logo", 20, "no firm recipient" },
    { "host-present", 35, "yes partly no" },
    { "reimbursed", 20, "yes no" },
    { "sales-target", 15, "yes no" },
    { "approval", 15, "PA-1 PA-2" },
    { "deceased", 15, "employee parent other spouse" },
    { "declaration", 15, "federal state none" },
    { "decorative", 12, "yes no" },
    { "sharers", 5, "none unnamed" },
    { "recorded", 15, "yes no" },
    { "booked-as", 15, "gift meal travel" },
    { "changed-after-approval", 8, "yes no" },
    { "description", 25, "basket Lucite_cube plaque pens" },
    { "quantity", 12, "1 2 10" },
    { "cost-tax", 12, "apart included" },
    { "tax", 20, "0.00 3.10 10.31" },
    { "delivery", 15, "0.00 9.95" },
    { "fee", 6, "5.00 25.00" },
    { "market-value", 12, "50.00 120.00 310.00" },
    { "face-value", 20, "40.00 100.00 301.00" },
    { "giver-kind", 6, "associated-person affiliate other-firm" },
    { "contract", 8, "yes" },
    { "contract-signed", 8, "2024-05-01 2026-11-30" },
    { "contract-nature", 8, "yes no" },
    { "contract-amount", 8, "yes no open" },
    { "contract-consent", 8, "yes no" },
    { "contract-copy", 8, "yes no" },
};

/* The same few people, called in several ways. An id always goes with the same employer. */
static const struct person {
    const char *id, *name, *employer;
} people[] = {
    { "R-1", "Jane Roe", "Acme Fund" },
    { "R-1", "Jane Roe", "Acme Fund" },
    { NULL, "ROE, Jane", "Acme Fund" },
    { NULL, "J. Roe", "ACME FUND" },
    { NULL, "Jane Roe", NULL },
    { "R-2", "Robert Smith", "Beta Bank" },
    { NULL, "Bob Smith", "Beta Bank" },
    { NULL, "Robert Smith", "Beta Bank" },
    { "R-3", "Robert Smith", "Beta Bank" },
    { "R-4", NULL, NULL },
    { NULL, "Zo\xC3\xAB Lang", "Meridian Teachers" },
    { NULL, "Zoe Lang", "Meridian Teachers" },
};

static const char *const employer_kinds =
    "institutional-customer other-broker-dealer other-broker-dealer vendor counterparty "
    "municipal-issuer registered-fund-adviser erisa-plan bank union federal-agency "
    "federal-agency foreign-government finra own-firm retail exchange-member exchange-member";
static const char *const products =
    "none fund variable-contract program offering municipal futures";

static size_t number_of_employer(const char *employer)
{
    static const char *const letters = "ABM"; /* one spelling begins like the other */

    for (size_t i = 0; employer && letters[i]; i++)
        if (employer[0] == letters[i])
            return i;
    return EMPLOYERS - 1;
}

static bool is_recipient_of(made_gift *gift, const struct person *person)
{
    for (size_t i = 0; i < gift->recipient_count; i++) {
        made_recipient *r = &gift->recipient[i];
        const made_fact *name = find_fact(r->fact, r->count, "name");

        if (!name == !person->name && (!name || strcmp(name->value, person->name) == 0))
            return true;
    }
    return false;
}

static void add_recipient(dice *d, const made_log *log, made_gift *gift)
{
    static const struct likely may[] = {
        { "through", 6, "none spouse charity" },
        { "share", 6, "10.00 15.00" },
        { "count", 5, "2 3" },
    };
    const struct person *person = &people[dice_below(d, GR_COUNT(people))];
    made_recipient *r = &gift->recipient[gift->recipient_count];
    char word[32];

    if (is_recipient_of(gift, person))
        return;
    *r = (made_recipient){ .count = 0 };
    if (person->id)
        put_fact(r->fact, &r->count, "recipient-id", person->id);
    if (person->name)
        put_fact(r->fact, &r->count, "name", person->name);
    if (person->employer)
        put_fact(r->fact, &r->count, "employer", person->employer);
    if (dice_percent(d, 75))
        put_fact(r->fact, &r->count, "employer-kind",
                 dice_percent(d, 15) ? pick_word(d, employer_kinds, word)
                                     : log->kind[number_of_employer(person->employer)]);
    if (dice_percent(d, 8))
        put_fact(r->fact, &r->count, "capacity", pick_word(d, employer_kinds, word));
    for (size_t i = 0; i < GR_COUNT(may); i++)
        if (dice_percent(d, may[i].percent))
            put_fact(r->fact, &r->count, may[i].name, pick_word(d, may[i].words, word));
    gift->recipient_count++;
}

/* Days of 2025 to 2027, often those on which something changes. */
static void pick_day(dice *d, char out[GR_DAY_TEXT])
{
    static const char *const days[] = { "2025-12-31", "2026-01-01", "2026-03-29", "2026-03-30",
                                        "2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01" };
    gr_day first = gr_day_of((gr_date){ 2025, 6, 1 });

    if (dice_percent(d, 30))
        snprintf(out, GR_DAY_TEXT, "%s", days[dice_below(d, GR_COUNT(days))]);
    else
        gr_day_print(first + (gr_day)dice_below(d, 800), out);
}

static void make_gift(dice *d, const made_log *log, made_gift *gift, unsigned number)
{
    char word[32], day[GR_DAY_TEXT];

    *gift = (made_gift){ .giver = (unsigned)dice_below(d, 3) };
    snprintf(gift->id, sizeof gift->id, "G-%u", number % 100000);
    pick_day(d, gift->date);
    for (size_t i = 0; i < GR_COUNT(likely); i++)
        if (dice_percent(d, likely[i].percent))
            gift_put(gift, likely[i].name, pick_word(d, likely[i].words, word));
    if (dice_percent(d, 40))
        gift_put(gift, "product",
                 dice_percent(d, 15) ? pick_word(d, products, word) : log->product);
    for (int i = 0; i < 2; i++) {
        if (dice_percent(d, 6)) {
            pick_day(d, day);
            gift_put(gift, i ? "delivered" : "ordered", day);
        }
    }
    if (dice_percent(d, 3))
        gift_put(gift, "currency", "EUR");
    add_recipient(d, log, gift);
    while (gift->recipient_count < MOST_RECIPIENTS && dice_percent(d, 15))
        add_recipient(d, log, gift);
}

static inline void make_log(dice *d, made_log *log, size_t least, size_t most)
{
    log->count = least + dice_below(d, most - least + 1);
    for (size_t i = 0; i < EMPLOYERS; i++)
        pick_word(d, employer_kinds, log->kind[i]);
    pick_word(d, products, log->product);
    for (size_t i = 0; i < log->count; i++)
        make_gift(d, log, &log->gift[i], (unsigned)(i * 7919 % 1000));
}

/* ---- other orders ---- */

static void shuffle(dice *d, void *items, size_t count, size_t size)
{
    static const size_t room = sizeof(made_gift);
    char kept[sizeof(made_gift)], *at = items;

    if (size > room)
        abort();
    for (size_t i = count; i > 1; i--) {
        size_t k = dice_below(d, i);

        memcpy(kept, at + (i - 1) * size, size);
        memmove(at + (i - 1) * size, at + k * size, size);
        memcpy(at + k * size, kept, size);
    }
}

/* Records in another order, and the facts of each: both must mean nothing. */
static inline void shuffle_log(dice *d, made_log *log)
{
    shuffle(d, log->gift, log->count, sizeof log->gift[0]);
    for (size_t i = 0; i < log->count; i++)
        shuffle(d, log->gift[i].fact, log->gift[i].count, sizeof(made_fact));
}

/* ---- XML ---- */

typedef struct page {
    char *text;
    size_t used;
} page;

__attribute__((format(printf, 2, 3))) static void say(page *p, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(p->text + p->used, LOG_BYTES - p->used, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= LOG_BYTES - p->used)
        abort();
    p->used += (size_t)n;
}

static void say_attribute(page *p, made_fact *fact, size_t count, const char *name, const char *as)
{
    const made_fact *f = find_fact(fact, count, name);

    if (f)
        say(p, " %s=\"%s\"", as, f->value);
}

static void say_element(page *p, made_fact *fact, size_t count, const char *name, const char *as)
{
    const made_fact *f = find_fact(fact, count, name);

    if (f)
        say(p, "<%s>%s</%s>", as, f->value, as);
}

static void say_recipient(page *p, made_recipient *r)
{
    static const char *const plain[] = { "name", "through", "share", "count" };
    const made_fact *capacity = find_fact(r->fact, r->count, "capacity");
    const made_fact *employer = find_fact(r->fact, r->count, "employer");

    say(p, "<recipient");
    say_attribute(p, r->fact, r->count, "recipient-id", "id");
    say(p, ">");
    for (size_t i = 0; i < GR_COUNT(plain); i++)
        say_element(p, r->fact, r->count, plain[i], plain[i]);
    if (employer || find_fact(r->fact, r->count, "employer-kind")) {
        say(p, "<employer");
        say_attribute(p, r->fact, r->count, "employer-kind", "kind");
        say(p, ">%s</employer>", employer ? employer->value : "");
    }
    if (capacity)
        say(p, "<capacity kind=\"%s\"/>", capacity->value);
    say(p, "</recipient>\n");
}

static void say_contract(page *p, made_gift *gift)
{
    say(p, "<contract");
    say_attribute(p, gift->fact, gift->count, "contract-signed", "signed");
    say(p, ">");
    say_element(p, gift->fact, gift->count, "contract-nature", "nature");
    say_element(p, gift->fact, gift->count, "contract-amount", "amount");
    say_element(p, gift->fact, gift->count, "contract-consent", "consent");
    say_element(p, gift->fact, gift->count, "contract-copy", "copy");
    say(p, "</contract>");
}

static void say_fact(page *p, made_gift *gift, const made_fact *fact)
{
    static const char *const elsewhere[] = { "currency", "cost-tax", "giver-kind" };

    for (size_t i = 0; i < GR_COUNT(elsewhere); i++)
        if (strcmp(fact->name, elsewhere[i]) == 0)
            return;
    if (strcmp(fact->name, "contract") == 0) {
        say_contract(p, gift);
    } else if (strcmp(fact->name, "cost") == 0) {
        say(p, "<cost");
        say_attribute(p, gift->fact, gift->count, "currency", "currency");
        say_attribute(p, gift->fact, gift->count, "cost-tax", "tax");
        say(p, ">%s</cost>", fact->value);
    } else if (strncmp(fact->name, "contract-", 9) != 0) {
        say(p, "<%s>%s</%s>", fact->name, fact->value, fact->name);
    }
}

static void say_gift(page *p, made_gift *gift)
{
    static const char *const givers[] = { "Dana Fox", "Lee Park", "Kim Orr" };

    say(p, "<gift id=\"%s\" date=\"%s\">\n<giver id=\"AE-%u\"", gift->id, gift->date, gift->giver);
    say_attribute(p, gift->fact, gift->count, "giver-kind", "kind");
    say(p, ">%s</giver>\n", givers[gift->giver]);
    for (size_t i = 0; i < gift->count; i++)
        say_fact(p, gift, &gift->fact[i]);
    for (size_t i = 0; i < gift->recipient_count; i++)
        say_recipient(p, &gift->recipient[i]);
    say(p, "</gift>\n");
}

/* The gifts from first up to, not with, end as one gift log. The caller frees it. */
static char *print_log(made_log *log, size_t first, size_t end)
{
    page p = { malloc(LOG_BYTES), 0 };

    if (!p.text)
        abort();
    say(&p, "<gift-log xmlns=\"urn:giftrule:gift-log:1\" firm=\"Example Securities LLC\">\n");
    for (size_t i = first; i < end; i++)
        say_gift(&p, &log->gift[i]);
    say(&p, "</gift-log>\n");
    return p.text;
}

#endif
