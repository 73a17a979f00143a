/* src/base/folder.h - several files that appear together or not at all. They are written into a folder beside the one
 * that is wanted, which takes its place at the end. In it stands a list of their SHA-256 digests, which sha256sum -c reads.
 *
 * A folder that is there already is replaced only if it is empty, or holds nothing but files of such a list. */
#ifndef GR_BASE_FOLDER_H
#define GR_BASE_FOLDER_H

#include "base/error.h"
#include "base/signature.h"
#include "base/writer.h"

#define GR_FOLDER_LIST "SHA256SUMS"

typedef struct gr_folder gr_folder;

gr_status gr_folder_create(const char *path, gr_folder **out, gr_error *err);
/* Begins a file, one at a time; name may have folders in it: "executives/ae-017.html". *writer is valid until the end. */
gr_status gr_folder_start_file(gr_folder *folder, const char *name, gr_writer **writer,
                               gr_error *err);
gr_status gr_folder_end_file(gr_folder *folder, gr_error *err);
/* For a file that somebody else writes: where, until the folder is freed or the next call. Then it is to be added. */
gr_status gr_folder_path_of(gr_folder *folder, const char *name, const char **path, gr_error *err);
gr_status gr_folder_add_file(gr_folder *folder, const char *name, gr_error *err);
size_t gr_folder_count(const gr_folder *folder); /* files so far */
/* Writes the list, and with a seed its signature and the public key; then the folder is where it is wanted. */
gr_status gr_folder_finish(gr_folder *folder, const uint8_t *seed, gr_error *err);
void gr_folder_free(gr_folder *folder); /* removes what was not finished; accepts NULL */

#endif
