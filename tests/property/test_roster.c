/* tests/property/test_roster.c - accounts move, and the day decides: whatever the lines of a roster and the gifts, and in
 * whatever order they come, what a report tells of others' gifts to one's clients is what an oracle counts that looks at
 * every gift and every line. Days are few, so that most gifts lie on the first or the last day of some line. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "giftrule.h"
#include "random.h"

enum { EXECUTIVES = 5, CLIENTS = 3, PEOPLE = 3, DUTIES = 10, GIFTS = 40, DAYS = 12 };
enum { GIVERS = EXECUTIVES + 1 }; /* the last one is not on the roster */

typedef struct duty {
    size_t executive, client;
    int first, last; /* from day 0; -1, DAYS: open */
} duty;

typedef struct gift {
    size_t giver, client, person;
    int day;
} gift;

typedef struct office {
    dice dice;
    duty duty[DUTIES];
    gift gift[GIFTS];
    size_t duties, gifts;
    char folder[32], roster[64], log[64];
    gr_rules *rules;
} office;

/* ---- making it up ---- */

static void make_up(office *o)
{
    o->duties = dice_below(&o->dice, DUTIES + 1);
    o->gifts = dice_below(&o->dice, GIFTS + 1);
    for (size_t i = 0; i < o->duties; i++) {
        int a = (int)dice_below(&o->dice, DAYS), b = (int)dice_below(&o->dice, DAYS);

        o->duty[i] = (duty){ dice_below(&o->dice, EXECUTIVES), dice_below(&o->dice, CLIENTS),
                             dice_percent(&o->dice, 20) ? -1
                             : a < b                    ? a
                                                        : b,
                             dice_percent(&o->dice, 20) ? DAYS
                             : a < b                    ? b
                                                        : a };
    }
    for (size_t i = 0; i < o->gifts; i++)
        o->gift[i] = (gift){ dice_below(&o->dice, GIVERS), dice_below(&o->dice, CLIENTS),
                             dice_below(&o->dice, PEOPLE), (int)dice_below(&o->dice, DAYS) };
}

static const char *print_day(int day, char out[GR_DAY_TEXT])
{
    return gr_day_print(gr_day_of((gr_date){ 2026, 5, 1 }) + day, out);
}

/* A place to start from and a step without a common divisor: every order of that kind. */
static size_t nth(size_t i, size_t count, size_t start, bool backwards)
{
    size_t k = (i + start) % count;

    return backwards ? count - 1 - k : k;
}

static const char *const names[CLIENTS][2] = { { "Acme Fund", "ACME FUND, L.P." },
                                               { "Birch Bank", "The Birch Bank" },
                                               { "Cedar Trust", "Cedar Trust" } };

static void write_duty(office *o, FILE *to, size_t i)
{
    const duty *d = &o->duty[i];
    char day[GR_DAY_TEXT];

    fprintf(to, "<responsibility id='RE-%zu' client='%s' account='C-%zu' executive='AE-%zu'", i,
            names[d->client][dice_below(&o->dice, 2)], dice_below(&o->dice, 3), d->executive);
    if (d->first >= 0)
        fprintf(to, " starts='%s'", print_day(d->first, day));
    if (d->last < DAYS)
        fprintf(to, " ends='%s'", print_day(d->last, day));
    fputs("/>\n", to);
}

static void write_roster(office *o)
{
    size_t start = dice_below(&o->dice, DUTIES);
    bool backwards = dice_percent(&o->dice, 50), duties_first = dice_percent(&o->dice, 50);
    FILE *to = fopen(o->roster, "w");

    assert_non_null(to);
    fputs("<roster xmlns='urn:giftrule:roster:1'>\n", to);
    for (int part = 0; part < 2; part++) {
        for (size_t i = 0; i < o->duties && (part == 0) == duties_first; i++)
            write_duty(o, to, nth(i, o->duties, start, backwards));
        for (size_t i = 0; i < EXECUTIVES && (part == 1) == duties_first; i++)
            fprintf(to, "<executive id='AE-%zu'/>\n", nth(i, EXECUTIVES, start, backwards));
    }
    fputs("</roster>\n", to);
    assert_int_equal(fclose(to), 0);
}

static void write_log(office *o)
{
    size_t start = dice_below(&o->dice, GIFTS);
    bool backwards = dice_percent(&o->dice, 50);
    FILE *to = fopen(o->log, "w");
    char day[GR_DAY_TEXT];

    assert_non_null(to);
    fputs("<gift-log xmlns='urn:giftrule:gift-log:1'>\n", to);
    for (size_t i = 0; i < o->gifts; i++) {
        size_t k = nth(i, o->gifts, start, backwards);
        const gift *g = &o->gift[k];

        fprintf(to,
                "<gift id='G-%zu' date='%s'><giver id='AE-%zu'/><payer>firm</payer>"
                "<recipient id='R-%zu%zu'><employer kind='institutional-customer'>%s</employer>"
                "</recipient><kind>goods</kind><cost currency='USD'>1.00</cost></gift>\n",
                k, print_day(g->day, day), g->giver, g->client, g->person,
                names[g->client][dice_below(&o->dice, 2)]);
    }
    fputs("</gift-log>\n", to);
    assert_int_equal(fclose(to), 0);
}

/* ---- what is told ---- */

typedef struct text {
    char *bytes;
    size_t count;
} text;

static bool add(void *context, const char *bytes, size_t length)
{
    text *t = context;
    char *more = realloc(t->bytes, t->count + length + 1);

    assert_non_null(more);
    memcpy(more + t->count, bytes, length);
    t->bytes = more;
    t->count += length;
    t->bytes[t->count] = '\0';
    return true;
}

static json_t *audit(office *o)
{
    bool log_first = dice_percent(&o->dice, 50);
    const char *inputs[] = { log_first ? o->log : o->roster, log_first ? o->roster : o->log };
    const gr_audit_options options = { .inputs = inputs, .input_count = 2 };
    const gr_report_style style = { .format = GR_FORMAT_JSON };
    gr_report *report = NULL;
    text t = { NULL, 0 };
    gr_error err = { 0 };
    json_t *root;

    assert_int_equal(gr_audit(o->rules, &options, &report, &err), GR_OK);
    assert_int_equal(gr_report_summary(report).refused + gr_report_summary(report).quarantined, 0);
    assert_int_equal(gr_report_write(report, &style, add, &t, &err), GR_OK);
    gr_report_free(report);
    root = json_loads(t.bytes, 0, NULL);
    assert_non_null(root);
    free(t.bytes);
    return root;
}

/* Gifts of others to a person, as the report tells an account executive; 0: it tells of none. */
static json_int_t told(json_t *root, size_t executive, size_t client, size_t person)
{
    json_t *all = json_object_get(root, "account_executives"), *who, *row;
    char id[32], recipient[32];
    json_int_t gifts = 0;
    size_t i, k;

    snprintf(id, sizeof id, "AE-%zu", executive);
    snprintf(recipient, sizeof recipient, "R-%zu%zu", client, person);
    json_array_foreach(all, i, who)
    {
        if (strcmp(json_string_value(json_object_get(who, "id")), id) != 0)
            continue;
        json_array_foreach(json_object_get(who, "colleagues"), k, row)
        {
            json_t *to = json_object_get(row, "recipient");

            if (strcmp(json_string_value(json_object_get(to, "id")), recipient) == 0)
                gifts += json_integer_value(json_object_get(row, "gifts"));
        }
    }
    return gifts;
}

static size_t told_strangers(json_t *root)
{
    json_t *all = json_object_get(root, "account_executives"), *who, *finding;
    size_t i, k, count = 0;

    json_array_foreach(all, i, who) json_array_foreach(json_object_get(who, "findings"), k, finding)
        count +=
        strcmp(json_string_value(json_object_get(finding, "kind")), "giver-not-on-roster") == 0;
    return count;
}

/* ---- the oracle ---- */

static bool is_responsible(const office *o, size_t executive, size_t client, int day)
{
    for (size_t i = 0; i < o->duties; i++) {
        const duty *d = &o->duty[i];

        if (d->executive == executive && d->client == client && day >= d->first && day <= d->last)
            return true;
    }
    return false;
}

static json_int_t count(const office *o, size_t executive, size_t client, size_t person)
{
    json_int_t gifts = 0;

    for (size_t i = 0; i < o->gifts; i++) {
        const gift *g = &o->gift[i];

        gifts += g->client == client && g->person == person && g->giver != executive &&
                 is_responsible(o, executive, client, g->day);
    }
    return gifts;
}

static bool has_stranger(const office *o)
{
    for (size_t i = 0; i < o->gifts; i++)
        if (o->gift[i].giver == EXECUTIVES)
            return true;
    return false;
}

static void test_day_decides(void **state)
{
    office *o = *state;
    uint64_t seed = number_from("GR_SEED", 1), rounds = number_from("GR_ROUNDS", 60);
    json_int_t all = 0;

    for (uint64_t round = 0; round < rounds; round++) {
        json_t *root;

        o->dice = (dice){ seed + round };
        make_up(o);
        write_roster(o);
        write_log(o);
        root = audit(o);
        for (size_t e = 0; e < EXECUTIVES; e++)
            for (size_t c = 0; c < CLIENTS; c++)
                for (size_t p = 0; p < PEOPLE; p++) {
                    json_int_t expected = count(o, e, c, p);

                    all += expected;
                    if (told(root, e, c, p) != expected)
                        fail_msg("GR_SEED=%llu: AE-%zu, R-%zu%zu: %lld told, %lld counted",
                                 (unsigned long long)(seed + round), e, c, p,
                                 (long long)told(root, e, c, p), (long long)expected);
                }
        if (told_strangers(root) != has_stranger(o))
            fail_msg("GR_SEED=%llu: %zu findings", (unsigned long long)(seed + round),
                     told_strangers(root));
        json_decref(root);
    }
    print_message("# seed %llu, %llu rounds: %lld gifts of others\n", (unsigned long long)seed,
                  (unsigned long long)rounds, (long long)all);
    assert_true(rounds < 20 || all > 100); /* or it has tried nothing */
}

static int set_up(void **state)
{
    static office o;
    gr_error err;

    snprintf(o.folder, sizeof o.folder, "%s", "/tmp/roster-XXXXXX");
    assert_non_null(mkdtemp(o.folder));
    snprintf(o.roster, sizeof o.roster, "%s/roster.xml", o.folder);
    snprintf(o.log, sizeof o.log, "%s/log.xml", o.folder);
    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &o.rules, &err), GR_OK);
    *state = &o;
    return 0;
}

static int tear_down(void **state)
{
    office *o = *state;

    gr_rules_free(o->rules);
    unlink(o->roster);
    unlink(o->log);
    return rmdir(o->folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_day_decides) };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
