/* tests/unit/folder_box.h - a place for folders that a test makes, and what stands in them. */
#ifndef GR_TESTS_FOLDER_BOX_H
#define GR_TESTS_FOLDER_BOX_H

#include "base/folder.h"
#include "base/os.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct folder_box {
    char at[64];     /* everything is below it */
    char path[80];   /* the folder that is made */
    char text[4096]; /* of what was read last */
} folder_box;

static inline void box_open(folder_box *box)
{
    /* in memory, where there is room: syncs cost nothing there */
    snprintf(box->at, sizeof box->at, "%s/giftrule-folder-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(box->at));
    snprintf(box->path, sizeof box->path, "%s/out", box->at);
}

static bool box_remove(void *context, const char *name, gr_os_kind kind)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", (const char *)context, name);
    if (kind == GR_OS_FOLDER) {
        gr_os_list(path, box_remove, path);
        rmdir(path);
    } else {
        unlink(path);
    }
    return true;
}

static inline void box_close(folder_box *box)
{
    gr_os_list(box->at, box_remove, box->at);
    rmdir(box->at);
}

static inline const char *box_read(folder_box *box, const char *name)
{
    char path[4096];
    FILE *file;
    size_t n;

    snprintf(path, sizeof path, "%s/%s", box->path, name);
    file = fopen(path, "rb");
    if (!file)
        return NULL;
    n = fread(box->text, 1, sizeof box->text - 1, file);
    fclose(file);
    box->text[n] = '\0';
    return box->text;
}

static inline void box_write(folder_box *box, const char *name, const char *text)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", box->path, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static inline bool box_note(void *context, const char *name, gr_os_kind kind)
{
    (void)name, (void)kind;
    ++*(int *)context;
    return true;
}

/* How many names stand beside the folder, itself counted. */
static inline int box_beside(folder_box *box)
{
    int count = 0;

    assert_int_equal(gr_os_list(box->at, box_note, &count), 0);
    return count;
}

static inline gr_status box_add(gr_folder *folder, const char *name, const char *text,
                                gr_error *err)
{
    gr_writer *writer;
    gr_status status = gr_folder_start_file(folder, name, &writer, err);

    if (status != GR_OK)
        return status;
    gr_write_text(writer, gr_text_of(text));
    return gr_folder_end_file(folder, err);
}

/* A folder of two files, one of them deep; then as many more as are wanted. */
static inline gr_status box_fill(folder_box *box, const char *text, int more, const uint8_t *seed,
                                 gr_error *err)
{
    gr_folder *folder;
    gr_status status = gr_folder_create(box->path, &folder, err);

    if (status != GR_OK)
        return status;
    status = box_add(folder, "b/c/deep.txt", text, err);
    if (status == GR_OK)
        status = box_add(folder, "a.txt", text, err);
    for (int i = 0; i < more && status == GR_OK; i++) {
        char name[32];

        snprintf(name, sizeof name, "more/%d", i);
        status = box_add(folder, name, text, err);
    }
    if (status == GR_OK)
        status = gr_folder_finish(folder, seed, err);
    gr_folder_free(folder);
    return status;
}

#endif
