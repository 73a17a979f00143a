/* tests/property/test_directory.c - whom the directory finds is enough: settling just those with the one asked for says of
 * that one what settling everybody says. Ledgers of few names, so that they meet; with decisions, a roster, and approvals
 * that came since the directory was made. GR_SEED=N repeats a run, GR_ROUNDS=N makes it longer. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "random.h"

#include "app/directory.h"
#include "app/identities.h"
#include "app/intake_inside.h"
#include "app/run.h"
#include "ledger/identity_store.h"
#include "people/people.h"

enum { PEOPLE = 14, ASKED = 12 };

typedef struct town {
    gr_rules *rules;
    char dir[40], log[64], ledger[64], file[72];
} town;

static int set_up(void **state)
{
    static town t;
    const gr_setting settings[] = { { "period", "calendar" }, { "gift-day", "given" } };
    gr_error err = { 0 };

    if (gr_rules_load("rules", settings, GR_COUNT(settings), NULL, NULL, &t.rules, &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    snprintf(t.dir, sizeof t.dir, "%s/giftrule-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(t.dir));
    snprintf(t.log, sizeof t.log, "%s/log.xml", t.dir);
    snprintf(t.ledger, sizeof t.ledger, "%s/ledger", t.dir);
    snprintf(t.file, sizeof t.file, "%s-people", t.ledger);
    *state = &t;
    return 0;
}

static void remove_ledger(const town *t)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal", "-people" };
    char path[80];

    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", t->ledger, ends[i]);
        unlink(path);
    }
}

static int tear_down(void **state)
{
    town *t = *state;

    gr_rules_free(t->rules);
    remove_ledger(t);
    unlink(t->log);
    return rmdir(t->dir);
}

/* ---- people at random ---- */

static const char *const names[] = {
    "Jane Roe",    "ROE, Jane",       "J. Roe",          "Jane Q. Roe",     "Janet Roe",
    "Roe",         "Roe Jane",        "Jane Roe Smith",  "Jane Smith",      "Jane Roe Jr",
    "John Roe",    "Dr. Jane Roe",    "Robert Kowalski", "Robert Kowalsky", "Bob Kowalski",
    "R. Kowalski", "Kowalski Robert", "RobertKowalski",  "Rupert Kowalski"
};
static const char *const employers[] = { "Acme", "ACME, Inc.", "Beta", "" };
static const char *const emails[] = {
    "", "", "", "jroe@acme.example", "JRoe@Acme.example", "bob@acme.example", "gifts@acme.example"
};
static const char *const ids[] = { "", "", "", "R-1", "r-1", "R-2", "R-3" };

#define ANY(random, list) gr_text_of((list)[dice_below(random, GR_COUNT(list))])

static gr_person anybody(dice *random)
{
    return (gr_person){ ANY(random, ids), ANY(random, names), ANY(random, employers),
                        ANY(random, emails) };
}

static void write_person(FILE *file, const gr_person *p, const char *element)
{
    fprintf(file, "<%s", element);
    if (p->id.len > 0)
        fprintf(file, " id='%s'", p->id.ptr);
    fprintf(file, "><name>%s</name>", p->name.ptr);
    if (p->email.len > 0)
        fprintf(file, "<email>%s</email>", p->email.ptr);
    if (p->employer.len > 0)
        fprintf(file, "<employer>%s</employer>", p->employer.ptr);
    fprintf(file, "</%s>", element);
}

static void write_gifts(FILE *file, dice *random)
{
    fputs("<gift-log xmlns='urn:giftrule:gift-log:1'>\n", file);
    for (int i = 0; i < PEOPLE; i++) {
        gr_person p = anybody(random);

        fprintf(file, "<gift id='G%d' date='2026-05-02'><giver id='A'/><payer>firm</payer>", i);
        fprintf(file, "<recipient");
        if (p.id.len > 0)
            fprintf(file, " id='%s'", p.id.ptr);
        fprintf(file, "><name>%s</name>", p.name.ptr);
        if (p.employer.len > 0)
            fprintf(file, "<employer kind='vendor'>%s</employer>", p.employer.ptr);
        if (p.email.len > 0)
            fprintf(file, "<email>%s</email>", p.email.ptr);
        fputs("</recipient><kind>goods</kind><cost>25.00</cost></gift>\n", file);
    }
    fputs("</gift-log>\n", file);
}

static void write_roster(FILE *file, dice *random)
{
    static const char *const through[] = { "spouse", "child", "assistant" };

    fputs("<roster xmlns='urn:giftrule:roster:1' firm='Example'>\n", file);
    for (int i = 0; i < 2; i++) {
        gr_person p = anybody(random);

        fputs("<contact>", file);
        write_person(file, &p, "person");
        fprintf(file, "<relation through='%s'><name>%s</name></relation></contact>\n",
                ANY(random, through).ptr, ANY(random, names).ptr);
    }
    fputs("</roster>\n", file);
}

static void write_approvals(FILE *file, dice *random)
{
    fputs("<approvals xmlns='urn:giftrule:approvals:1'>\n", file);
    for (int i = 0; i < 3; i++) {
        gr_person p = anybody(random);

        fprintf(file, "<approval id='P%d' date='2026-06-01'><giver id='A'/>", i);
        write_person(file, &p, "recipient");
        fputs("<kind>goods</kind><cost>25.00</cost></approval>\n", file);
    }
    fputs("</approvals>\n", file);
}

static void audit(const town *t, void (*write)(FILE *file, dice *random), dice *random)
{
    const char *input = t->log;
    const gr_audit_options options = { .inputs = &input, .input_count = 1, .ledger = t->ledger };
    gr_error err = { 0 };
    gr_run run;
    FILE *file = fopen(t->log, "w");

    assert_non_null(file);
    write(file, random);
    assert_int_equal(fclose(file), 0);
    if (gr_run_make(t->rules, &options, true, &run, &err) != GR_OK)
        fail_msg("%s (%s)", err.message, err.hint);
    assert_int_equal(run.ingest.refused.count, 0);
    gr_run_free(&run);
}

static bool ignore(void *context, const char *bytes, size_t length)
{
    (void)context, (void)bytes, (void)length;
    return true;
}

static void decide(const town *t, dice *random)
{
    static const char *const people[] = {
        "R-1", "r-1", "R-2", "R-3", "Janet Roe", "Rupert Kowalski"
    };
    const gr_identity_options options = { .ledger = t->ledger,
                                          .a = ANY(random, people).ptr,
                                          .b = ANY(random, people).ptr,
                                          .splits = dice_below(random, 2),
                                          .reason = "seen",
                                          .author = "officer" };
    const gr_report_style style = { .format = GR_FORMAT_JSON };
    gr_error err = { 0 };

    (void)gr_identity_decide(t->rules, &options, &style, ignore, NULL, &err);
}

/* ---- settling ---- */

typedef struct settled {
    gr_arena *arena;
    gr_intake intake;
    gr_who who;
    uint32_t asked;
} settled;

static void settle(settled *s, const gr_person *asked)
{
    gr_error err = { 0 };

    s->asked = gr_people_recipient(s->intake.people, asked);
    if (gr_people_settle(s->intake.people, NULL, &s->who, &err) != GR_OK)
        fail_msg("%s", err.message);
}

static void open_intake(const town *t, gr_ledger *ledger, settled *s)
{
    gr_error err = { 0 };

    s->arena = gr_arena_create();
    assert_int_equal(gr_intake_open(t->rules, ledger, s->arena, &s->intake, &err), GR_OK);
}

static void close_intake(settled *s)
{
    gr_fetcher_close(s->intake.fetcher);
    gr_intake_close(&s->intake);
    gr_arena_free(s->arena);
}

static settled settle_all(const town *t, gr_ledger *ledger, const gr_person *asked)
{
    settled s = { 0 };
    gr_error err = { 0 };

    open_intake(t, ledger, &s);
    assert_int_equal(gr_intake_load_people(&s.intake, &err), GR_OK);
    assert_int_equal(gr_intake_relate(&s.intake, &err), GR_OK);
    settle(&s, asked);
    return s;
}

static gr_status take(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    settled *s = context;
    uint32_t number = gr_people_recipient(s->intake.people, person);

    (void)row, (void)err;
    assert_true(number != GR_NONE);
    return gr_list_push(&s->intake.party, &number) ? GR_OK : GR_ENOMEM;
}

static uint32_t read_row(gr_ledger *ledger, settled *s, int64_t row)
{
    gr_error err = { 0 };
    size_t before = s->intake.party.count;

    assert_int_equal(gr_ledger_party_read(ledger, row, take, s, &err), GR_OK);
    assert_int_equal(s->intake.party.count, before + 1);
    return *GR_AT(s->intake.party, uint32_t, before);
}

static settled settle_met(const town *t, gr_ledger *ledger, gr_directory *directory,
                          const gr_person *asked)
{
    settled s = { 0 };
    gr_acquaintance met = { GR_LIST(int64_t), GR_LIST(gr_known_relation) };
    gr_error err = { 0 };

    open_intake(t, ledger, &s);
    assert_int_equal(gr_directory_meet(directory, ledger, asked, &met, &err), GR_OK);
    assert_int_equal(gr_identities_load(ledger, s.intake.people, s.arena, &s.intake.identity, &err),
                     GR_OK);
    for (size_t i = 0; i < met.row.count; i++) {
        assert_true(i == 0 || *GR_AT(met.row, int64_t, i) > *GR_AT(met.row, int64_t, i - 1));
        read_row(ledger, &s, *GR_AT(met.row, int64_t, i));
    }
    for (size_t i = 0; i < met.relation.count; i++) {
        const gr_known_relation *r = GR_AT(met.relation, gr_known_relation, i);

        assert_true(gr_people_relate(s.intake.people, read_row(ledger, &s, r->principal),
                                     read_row(ledger, &s, r->other), r->through));
    }
    gr_list_free(&met.row);
    gr_list_free(&met.relation);
    settle(&s, asked);
    return s;
}

/* ---- what is said of the asked one ---- */

/* 1: one person; 2 and up: linked, through whom; 100 and up: that one is linked to the asked one. */
static int relation_of(const settled *s, uint32_t i)
{
    uint32_t x = s->who.same[s->asked], y = s->who.same[i];
    int says = 0;

    if (x == y)
        return 1;
    for (uint32_t k = s->who.link_first[x]; k < s->who.link_first[x + 1]; k++)
        if (s->who.link[k] == y)
            says = 2 + s->who.through[k];
    for (uint32_t k = s->who.link_first[y]; k < s->who.link_first[y + 1]; k++)
        if (s->who.link[k] == x)
            says += 100 + s->who.through[k];
    return says;
}

static int by_line(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static const char *print(settled *s, gr_arena *arena)
{
    size_t count = gr_people_count(s->intake.people), used = 0;
    const char **line = gr_arena_alloc(arena, sizeof *line * (count + 1));
    gr_text text = GR_TEXT("");

    for (uint32_t i = 0; i < count; i++) {
        const gr_person *p = gr_people_as_written(s->intake.people, i);
        int says = relation_of(s, i);

        if (says != 0)
            line[used++] =
                gr_arena_print(arena, "%.*s|%.*s|%.*s|%.*s: %d", GR_ALL(p->id), GR_ALL(p->name),
                               GR_ALL(p->employer), GR_ALL(p->email), says)
                    .ptr;
    }
    qsort(line, used, sizeof *line, by_line);
    for (size_t i = 0; i < used; i++)
        text = gr_arena_print(arena, "%.*s%s\n", GR_ALL(text), line[i]);
    return text.ptr;
}

static void compare(const town *t, gr_ledger *ledger, gr_directory *directory,
                    const gr_person *asked, uint64_t seed)
{
    gr_arena *arena = gr_arena_create();
    settled all = settle_all(t, ledger, asked), met = settle_met(t, ledger, directory, asked);
    const char *x = print(&all, arena), *y = print(&met, arena);

    if (strcmp(x, y) != 0)
        fail_msg("seed %llu, %s|%s|%s|%s:\neverybody:\n%smet:\n%s", (unsigned long long)seed,
                 asked->id.ptr, asked->name.ptr, asked->employer.ptr, asked->email.ptr, x, y);
    close_intake(&all);
    close_intake(&met);
    gr_arena_free(arena);
}

static ino_t file_of(const town *t)
{
    struct stat about;

    assert_int_equal(stat(t->file, &about), 0);
    return about.st_ino;
}

static void ask(const town *t, gr_ledger *ledger, dice *random, uint64_t seed)
{
    gr_directory *directory;
    gr_error err = { 0 };

    assert_int_equal(gr_directory_open(t->rules, ledger, t->ledger, &directory, &err), GR_OK);
    for (int i = 0; i < ASKED; i++) {
        gr_person asked = anybody(random);

        compare(t, ledger, directory, &asked, seed);
    }
    gr_directory_close(directory);
}

static void ask_anew(const town *t, dice *random, uint64_t seed)
{
    gr_ledger *ledger;
    gr_error err = { 0 };

    assert_int_equal(gr_ledger_open_reading(t->ledger, &ledger, &err), GR_OK);
    ask(t, ledger, random, seed);
    gr_ledger_close(ledger);
}

static gr_status begins(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    (void)context, (void)row, (void)err;
    assert_true(gr_text_is(person->id, "R-2"));
    return GR_OK;
}

typedef struct sought {
    gr_directory *directory;
    gr_ledger *ledger;
} sought;

/* Whoever is typed in full is found. */
static gr_status find_full(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    sought *s = context;
    gr_list rows = GR_LIST(int64_t);

    (void)row;
    assert_int_equal(gr_directory_search(s->directory, s->ledger, person->name, 100, &rows, err),
                     GR_OK);
    assert_true(rows.count > 0);
    gr_list_free(&rows);
    return GR_OK;
}

/* Everybody who is found has what was typed at the beginning of a word; whoever is typed in full is found. */
static void search(const town *t, dice *random)
{
    gr_person typed = anybody(random);
    gr_list rows = GR_LIST(int64_t), all = GR_LIST(int64_t), again = GR_LIST(int64_t);
    gr_directory *directory;
    gr_ledger *ledger;
    gr_error err = { 0 };

    assert_int_equal(gr_ledger_open_reading(t->ledger, &ledger, &err), GR_OK);
    assert_int_equal(gr_directory_open(t->rules, ledger, t->ledger, &directory, &err), GR_OK);
    assert_int_equal(gr_directory_search(directory, ledger, typed.name, 3, &rows, &err), GR_OK);
    assert_int_equal(gr_directory_search(directory, ledger, typed.name, 100, &all, &err), GR_OK);
    assert_true(rows.count == (all.count < 3 ? all.count : 3));
    assert_int_equal(gr_directory_search(directory, ledger, typed.name, 3, &again, &err), GR_OK);
    if (rows.count > 0)
        assert_memory_equal(rows.items, again.items, sizeof(int64_t) * rows.count);
    gr_list_cut(&all, 0);
    assert_int_equal(gr_directory_search(directory, ledger, GR_TEXT("r-2"), 100, &all, &err),
                     GR_OK);
    for (size_t i = 0; i < all.count; i++)
        assert_int_equal(gr_ledger_party_read(ledger, *GR_AT(all, int64_t, i), begins, NULL, &err),
                         GR_OK);
    assert_int_equal(gr_directory_search(directory, ledger, GR_TEXT("zzz"), 100, &again, &err),
                     GR_OK);
    assert_int_equal(again.count, rows.count);
    assert_int_equal(gr_ledger_each_party(ledger, find_full, &(sought){ directory, ledger }, &err),
                     GR_OK);
    gr_directory_close(directory);
    gr_ledger_close(ledger);
    gr_list_free(&rows);
    gr_list_free(&all);
    gr_list_free(&again);
}

static void test_met_is_enough(void **state)
{
    const town *t = *state;
    uint64_t rounds = number_from("GR_ROUNDS", 40), seed = number_from("GR_SEED", 20261128);

    for (uint64_t end = seed + rounds; seed < end; seed++) {
        dice random = { seed };
        ino_t made;

        remove_ledger(t);
        audit(t, write_gifts, &random);
        if (dice_below(&random, 2))
            audit(t, write_roster, &random);
        for (size_t i = dice_below(&random, 4); i > 0; i--)
            decide(t, &random);
        ask_anew(t, &random, seed);
        made = file_of(t);
        search(t, &random);
        audit(t, write_approvals, &random);
        ask_anew(t, &random, seed); /* who came since is looked at besides */
        assert_true(made == file_of(t));
        search(t, &random);
        audit(t, write_gifts, &random); /* gifts changed: it is made anew, as there is one */
        assert_true(made != file_of(t));
        made = file_of(t);
        ask_anew(t, &random, seed);
        assert_true(made == file_of(t));
    }
}

/* Any byte may be another one: what is said then may be wrong where the ledger's own rows are, but nothing breaks. */
static void test_damage(void **state)
{
    const town *t = *state;
    uint64_t rounds = number_from("GR_ROUNDS", 40), seed = number_from("GR_SEED", 20261128);
    dice random = { seed };
    gr_ledger *ledger;
    gr_error err = { 0 };

    remove_ledger(t);
    audit(t, write_gifts, &random);
    audit(t, write_roster, &random);
    ask_anew(t, &random, seed);
    assert_int_equal(gr_ledger_open_reading(t->ledger, &ledger, &err), GR_OK);
    for (uint64_t i = 0; i < 20 * rounds; i++) {
        FILE *file = fopen(t->file, "r+b");
        gr_acquaintance met = { GR_LIST(int64_t), GR_LIST(gr_known_relation) };
        gr_person asked = anybody(&random);
        gr_directory *directory;
        struct stat about;

        assert_non_null(file);
        assert_int_equal(stat(t->file, &about), 0);
        for (int k = 0; k < 200; k++) {
            fseek(file, (long)dice_below(&random, (size_t)about.st_size), SEEK_SET);
            fputc((int)dice_below(&random, 256), file);
        }
        assert_int_equal(fclose(file), 0);
        if (i % 8 == 0)
            assert_int_equal(truncate(t->file, (off_t)dice_below(&random, (size_t)about.st_size)),
                             0);
        assert_int_equal(gr_directory_open(t->rules, ledger, t->ledger, &directory, &err), GR_OK);
        assert_int_equal(gr_directory_meet(directory, ledger, &asked, &met, &err), GR_OK);
        gr_directory_close(directory);
        gr_list_free(&met.row);
        gr_list_free(&met.relation);
    }
    gr_ledger_close(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_met_is_enough, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damage, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
