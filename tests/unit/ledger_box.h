/* tests/unit/ledger_box.h - a folder of its own for each test, a ledger in it, and short ways to use it. */
#ifndef GR_TESTS_LEDGER_BOX_H
#define GR_TESTS_LEDGER_BOX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/store.h"

#define PATH_SIZE 64

typedef struct sandbox {
    char dir[32], path[PATH_SIZE];
} sandbox;

static inline int enter(void **state)
{
    sandbox *box = calloc(1, sizeof *box);

    if (!box)
        return -1;
    snprintf(box->dir, sizeof box->dir, "/tmp/giftrule-XXXXXX");
    if (!mkdtemp(box->dir))
        return -1;
    snprintf(box->path, sizeof box->path, "%s/ledger", box->dir);
    *state = box;
    return 0;
}

static inline int leave(void **state)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    sandbox *box = *state;
    char path[PATH_SIZE + 16];

    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", box->path, ends[i]);
        unlink(path);
    }
    rmdir(box->dir);
    free(box);
    return 0;
}

/* ---- helpers ---- */

static inline gr_ledger *open_ledger(const char *path)
{
    gr_ledger *ledger = NULL;
    gr_error err = { 0 };
    gr_status status = gr_ledger_open(path, &ledger, &err);

    if (status != GR_OK)
        print_error("%s\n", err.message);
    assert_int_equal(status, GR_OK);
    return ledger;
}

static const gr_deed a_deed = { 1700000000, { "clerk", 5 }, "audit" };

static inline void begin(gr_ledger *ledger)
{
    gr_error err;

    assert_int_equal(gr_ledger_begin(ledger, &a_deed, &err), GR_OK);
    assert_int_equal(gr_ledger_source_start(ledger, &err), GR_OK);
}

static inline void end(gr_ledger *ledger, bool keep, const char *sha256)
{
    gr_source source = { .file = GR_TEXT("gifts.xml"),
                         .format = GR_TEXT("gift-log"),
                         .records = 3 };
    gr_error err = { 0 };

    snprintf(source.sha256, sizeof source.sha256, "%s", sha256);
    assert_int_equal(gr_ledger_source_end(ledger, keep, &source, &err), GR_OK);
    if (gr_ledger_commit(ledger, GR_TEXT("a test"), &err) != GR_OK)
        fail_msg("%s", err.message);
}

static inline gr_ledger_news add(gr_ledger *ledger, const gr_record *record)
{
    gr_ledger_kept kept = { GR_LEDGER_NEW, 0 };
    gr_error err = { 0 };

    if (gr_ledger_record_add(ledger, GR_TEXT("gift-log"), record, gr_record_digest(record), &kept,
                             &err) != GR_OK)
        fail_msg("%s", err.message);
    return kept.news;
}

static inline gr_record gift(const char *id, int64_t cents, gr_recipient *recipient)
{
    gr_record record = { .recipient = recipient, .recipient_count = 1, .line = 7, .column = 3 };

    *recipient = (gr_recipient){ 0 };
    gr_record_set(&record, NULL, GR_F_ID, (gr_value){ .text = gr_text_of(id) });
    gr_record_set(&record, NULL, GR_F_DATE, (gr_value){ .number = 20577 });
    gr_record_set(&record, NULL, GR_F_COST, (gr_value){ .amount = { cents, 1 } });
    gr_record_set(&record, recipient, GR_F_NAME, (gr_value){ .text = GR_TEXT("Jane Roe") });
    return record;
}

static inline gr_ledger_news add_gift(gr_ledger *ledger, const char *id, int64_t cents)
{
    gr_recipient jane;
    gr_record record = gift(id, cents, &jane);

    return add(ledger, &record);
}

static inline int64_t ask(gr_ledger *ledger, const char *sql)
{
    int64_t number = -1;
    gr_error err = { 0 };

    if (gr_ledger_number(ledger, sql, &number, &err) != GR_OK)
        fail_msg("%s: %s", sql, err.message);
    return number;
}

static inline void assert_sound(gr_ledger *ledger)
{
    assert_int_equal(ask(ledger, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
    assert_int_equal(ask(ledger, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

/* Everything in the ledger in one number: rows of all tables. */
static inline int64_t rows_of(gr_ledger *ledger)
{
    return ask(ledger, "SELECT (SELECT count(*) FROM run) + (SELECT count(*) FROM source) * 1000 + "
                       "(SELECT count(*) FROM record) * 100000 + "
                       "(SELECT count(*) FROM recipient) * 10000000 + "
                       "(SELECT count(*) FROM quarantined) * 100000000 + "
                       "(SELECT count(*) FROM finding) * 1000000000 + "
                       "(SELECT count(*) FROM counted) * 10000000000");
}

/* ---- what was read ---- */

typedef struct seen {
    size_t count;
    uint64_t digest[8]; /* of the first ones */
    uint32_t line[8];
    size_t recipients[8];
    bool computed;
    char file[32], format[32];
} seen;

static inline gr_status take(void *context, const gr_source *source, const gr_record *record,
                             const gr_kept_record *kept, gr_error *err)
{
    seen *s = context;

    (void)err;
    assert_true(kept->row > 0);
    assert_int_equal(kept->digest, gr_record_digest(record));
    if (s->count < GR_COUNT(s->digest)) {
        s->digest[s->count] = gr_record_digest(record);
        s->line[s->count] = record->line;
        s->recipients[s->count] = record->recipient_count;
        s->computed = record->shares_computed;
    }
    snprintf(s->file, sizeof s->file, "%.*s", GR_SHOW(source->file));
    snprintf(s->format, sizeof s->format, "%.*s", GR_SHOW(source->format));
    s->count++;
    return GR_OK;
}

static inline seen read_all(gr_ledger *ledger)
{
    seen s = { 0 };
    gr_error err = { 0 };

    if (gr_ledger_each_record(ledger, take, &s, &err) != GR_OK)
        fail_msg("%s", err.message);
    return s;
}

#endif
