/* tests/unit/prose_desk.h - rule files read for telling, and told into memory in each format. */
#ifndef GR_TESTS_PROSE_DESK_H
#define GR_TESTS_PROSE_DESK_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/prose.h"

enum { ROOM = 512 * 1024, WIDE = 200 };

typedef struct desk {
    gr_arena *arena;
    gr_prose prose; /* document is set for each telling */
    gr_choice choice[4];
    char page[ROOM], other[ROOM];
    size_t used;
} desk;

static inline bool take(void *context, const char *bytes, size_t length)
{
    desk *d = context;

    if (length >= ROOM - d->used)
        return false;
    memcpy(d->page + d->used, bytes, length);
    d->used += length;
    d->page[d->used] = '\0';
    return true;
}

static inline int open_desk(void **state)
{
    desk *d = calloc(1, sizeof *d);

    if (!d)
        return -1;
    d->arena = gr_arena_create();
    d->choice[0] = (gr_choice){ GR_TEXT("firm-kinds"), GR_TEXT("broker-dealer"), false };
    d->choice[1] = (gr_choice){ GR_TEXT("period"), GR_TEXT("calendar"), false };
    d->choice[2] = (gr_choice){ GR_TEXT("fiscal-start"), GR_TEXT("07-01"), false };
    d->choice[3] = (gr_choice){ GR_TEXT("nominal-value"), GR_TEXT("50.00"), false };
    d->prose.choice = d->choice;
    d->prose.choice_count = GR_COUNT(d->choice);
    d->prose.currency = GR_TEXT("USD");
    *state = d;
    return d->arena ? 0 : -1;
}

static inline int close_desk(void **state)
{
    desk *d = *state;

    gr_arena_free(d->arena);
    free(d);
    return 0;
}

/* The tree of a file; schema may be NULL. */
static inline const gr_node *load_file(desk *d, const char *path, const char *schema)
{
    gr_problems problems = { 0 };
    gr_rulefile file;
    gr_error err = { 0 };
    gr_status status = gr_rulefile_load(path, schema, d->arena, &problems, &file, &err);

    if (status != GR_OK)
        fail_msg("%s: %s", path, err.message);
    return file.root;
}

static inline const gr_node *load_text(desk *d, const char *xml)
{
    char path[] = "/tmp/giftrule-test-XXXXXX";
    int fd = mkstemp(path);
    const gr_node *root;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, xml, strlen(xml)), (ssize_t)strlen(xml));
    close(fd);
    root = load_file(d, path, NULL);
    unlink(path);
    return root;
}

static inline void one_space(char *text)
{
    size_t n = 0;

    for (const char *p = text; *p; p++)
        if (*p != ' ' && *p != '\n')
            text[n++] = *p;
        else if (n > 0 && text[n - 1] != ' ')
            text[n++] = ' ';
    text[n - (n > 0 && text[n - 1] == ' ')] = '\0';
}

typedef void (*telling)(const gr_prose *prose, const gr_node *node);

static inline void as_rulebook(const gr_prose *prose, const gr_node *root)
{
    const gr_prose_file file = { GR_TEXT("book.xml"), GR_TEXT("0123") };

    gr_prose_rulebook(prose, root, &file);
}

static inline void as_detection(const gr_prose *prose, const gr_node *root)
{
    const gr_prose_file file = { GR_TEXT("detection.xml"), GR_TEXT("0123") };

    gr_prose_detection(prose, root, &file);
}

/* What tell says of node, in d->page. */
static inline const char *told(desk *d, gr_format format, telling tell, const gr_node *node)
{
    gr_writer writer;
    gr_error err = { 0 };

    d->used = 0;
    gr_writer_open(&writer, take, d);
    if (format == GR_FORMAT_HTML)
        assert_int_equal(
            gr_document_open_html(&writer, GR_TEXT("A page"), &d->prose.document, &err), GR_OK);
    else
        assert_int_equal(gr_document_open_text(&writer, WIDE, false, &d->prose.document, &err),
                         GR_OK);
    tell(&d->prose, node);
    assert_int_equal(gr_document_close(d->prose.document, &err), GR_OK);
    assert_true(gr_writer_close(&writer));
    return d->page;
}

/* In one line. */
static inline const char *told_flat(desk *d, telling tell, const gr_node *node)
{
    told(d, GR_FORMAT_TEXT, tell, node);
    one_space(d->page);
    return d->page;
}

#endif
