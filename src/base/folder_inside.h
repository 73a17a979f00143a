/* src/base/folder_inside.h - between the files of folder.c: what a folder that is being written knows. */
#ifndef GR_BASE_FOLDER_INSIDE_H
#define GR_BASE_FOLDER_INSIDE_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/folder.h"
#include "base/list.h"

#define GR_FOLDER_SIGNATURE GR_FOLDER_LIST ".sig"
#define GR_FOLDER_KEY       "public-key.pem"

enum {
    GR_FOLDER_PATH = 4096,                 /* bytes of a whole name */
    GR_FOLDER_NAME = 1024,                 /* of a name in the folder */
    GR_FOLDER_PIECE = 255,                 /* of it between slashes */
    GR_FOLDER_OLD_LIST = 64 * 1024 * 1024, /* of the list that is read of a folder that is there */
    GR_FOLDER_FEW = 64 /* files that are synced one by one; more: the file system, at once */
};

typedef struct gr_folder_file {
    const char *name;
    char sha256[GR_DIGEST_HEX];
} gr_folder_file;

struct gr_folder {
    gr_arena *arena;
    const char *shown; /* as the user named it */
    const char *path;  /* where it is wanted, links followed */
    const char *part;  /* where it is written */
    const char *above; /* the folder that holds both */
    int mark;          /* the part folder, open since before anything was written; -1: not yet */
    gr_list files;     /* gr_folder_file */
    gr_list folders;   /* const char *: those within, each after the one that holds it */
    const char *name;  /* of the file that is being written; NULL: none */
    int fd, failed;    /* errno */
    gr_digest digest;
    gr_writer writer;
    char at[GR_FOLDER_PATH]; /* the whole name of what was asked for last */
};

bool gr_folder_is_companion(const char *name); /* the list, the signature, the key */
/* GR_EUSAGE: there is something else at path, or something in it that no list of ours names. *is_there: there is a folder
 * with something in it. */
gr_status gr_folder_check_old(const gr_folder *folder, bool *is_there, gr_error *err);
/* Removes a folder that gr_folder_check_old() found good, wherever it is by now. */
gr_status gr_folder_remove_old(const gr_folder *folder, const char *at, gr_error *err);
/* What is written gets its place; what was there is removed. */
gr_status gr_folder_swap(gr_folder *folder, gr_error *err);

#endif
