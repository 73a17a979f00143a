/* tests/property/archive.h - a ledger in a folder of its own that grows in steps, each a minute after the one before. */
#ifndef GR_TESTS_ARCHIVE_H
#define GR_TESTS_ARCHIVE_H

#include "court.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct archive {
    running now;
    char dir[40], export[64], ledger[64];
    gr_rules *rules[FIRMS][PERIODS];
    size_t partly, withdrawn; /* steps of which only a part was judged; findings gone by them */
} archive;

static int set_up(void **state)
{
    static archive a;

    snprintf(a.dir, sizeof a.dir, "/tmp/giftrule-test-XXXXXX");
    assert_non_null(mkdtemp(a.dir));
    snprintf(a.export, sizeof a.export, "%s/log.xml", a.dir);
    snprintf(a.ledger, sizeof a.ledger, "%s/ledger", a.dir);
    *state = &a;
    return 0;
}

/* Whatever stands beside it too, as who was killed has left it. */
static void remove_ledger(const archive *a)
{
    DIR *folder = opendir(a->dir);
    const struct dirent *entry;
    char path[320];

    assert_non_null(folder);
    while ((entry = readdir(folder))) {
        if (strncmp(entry->d_name, "ledger", 6) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", a->dir, entry->d_name);
        unlink(path);
    }
    closedir(folder);
}

static int tear_down(void **state)
{
    archive *a = *state;

    for (size_t f = 0; f < FIRMS; f++)
        for (size_t p = 0; p < PERIODS; p++)
            gr_rules_free(a->rules[f][p]);
    remove_ledger(a);
    unlink(a->export);
    return rmdir(a->dir);
}

/* Without the examples: their limit per client is judged whole every time. */
static const gr_rules *rules_of(archive *a, size_t firm, size_t period)
{
    const gr_setting settings[] = { { "period", periods[period] },
                                    { "fiscal-start", "07-01" },
                                    { "firm-kinds", firms[firm] } };
    gr_error err = { 0 };

    if (!a->rules[firm][period] && gr_rules_load("rules", settings, GR_COUNT(settings), NULL, NULL,
                                                 &a->rules[firm][period], &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    return a->rules[firm][period];
}

/* ---- steps ---- */

/* Each step is a minute after the one before. */
static void set_clock(size_t step)
{
    char seconds[32];

    snprintf(seconds, sizeof seconds, "%zu", 1795392000 + 60 * step);
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", seconds, 1), 0);
}

static inline const char *print_moment(size_t step, char out[32])
{
    snprintf(out, 32, "2026-11-23T00:%02zu:00Z", step);
    return out;
}

static void write_export(const archive *a, const char *text)
{
    FILE *file = fopen(a->export, "w");

    assert_non_null(file);
    assert_int_not_equal(fputs(text, file), EOF);
    assert_int_equal(fclose(file), 0);
}

#endif
