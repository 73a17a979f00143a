/* src/app/small_file.h - files that are read and written in one piece: keys, seals, the directory of people. */
#ifndef GR_APP_SMALL_FILE_H
#define GR_APP_SMALL_FILE_H

#include "base/arena.h"
#include "base/error.h"

enum { GR_SMALL_FILE = 64 * 1024 }; /* bytes; a larger one is none of ours */

gr_status gr_small_file_read(const char *path, gr_arena *arena, gr_text *out, gr_error *err);
/* Whole or not at all; one that is there is replaced. */
gr_status gr_small_file_write(const char *path, gr_text text, gr_error *err);
/* The same, of any length, for its owner's eyes only. */
gr_status gr_private_file_write(const char *path, gr_text text, gr_error *err);
/* A new one that only its owner can read; one that is there is left alone. */
gr_status gr_secret_file_write(const char *path, gr_text text, gr_error *err);

#endif
