/* src/app/ledger_backup.c - a copy of the ledger, and the way back. A backup is verified wholly before anything is
 * touched. What is there is replaced in one rename, and so is whole, old or new, whenever the program is stopped; where
 * it knows more than the backup it is kept beside under another name. */
#include "base/os.h"
#include "ledger/restore.h"
#include "ledger/verify.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* "gifts.db-wal" beside gifts.db: SQLite's own. */
static bool is_beside(const char *ledger, const char *output)
{
    static const char *const ends[] = { "-wal", "-shm", "-journal" };
    size_t n = strlen(ledger);

    for (size_t i = 0; i < GR_COUNT(ends); i++)
        if (strncmp(output, ledger, n) == 0 && strcmp(output + n, ends[i]) == 0)
            return true;
    return false;
}

/* Only an older copy of this ledger makes room for a new one: two names exchanged would cost a ledger. */
static gr_status check_replaced(gr_ledger *ledger, const char *output, gr_error *err)
{
    gr_place at = { output, 0, 0 };
    gr_lacking lacking = { 0 };
    gr_ledger *old = NULL;
    struct stat about;
    gr_error why;
    gr_status status;

    if (stat(output, &about) != 0 || (S_ISREG(about.st_mode) && about.st_size == 0))
        return GR_OK;
    status = gr_ledger_open_reading(output, &old, &why);
    if (status == GR_OK)
        status = gr_ledger_lacking(old, ledger, &lacking, &why);
    gr_ledger_close(old);
    if (status == GR_ENOMEM)
        return gr_fail_memory(err);
    if (status != GR_OK)
        return gr_fail(err, GR_EUSAGE, at, "name another file",
                       "this file is no copy of the ledger: it is not replaced");
    if (lacking.first > 0 || lacking.differs > 0)
        return gr_fail(err, GR_EUSAGE, at, "name another file",
                       "this is another ledger, or has what this one lacks: it is not replaced");
    return GR_OK;
}

gr_status gr_backup(const char *ledger, const char *output, gr_error *err)
{
    gr_ledger *handle = NULL;
    gr_status status;

    if (is_same_file(ledger, output) || is_beside(ledger, output))
        return gr_fail(err, GR_EUSAGE, (gr_place){ output, 0, 0 }, "name another file",
                       "the backup would replace the ledger itself");
    status = gr_ledger_open_reading(ledger, &handle, err);
    if (status == GR_OK)
        status = check_replaced(handle, output, err);
    if (status == GR_OK)
        status = gr_ledger_backup(handle, output, err);
    gr_ledger_close(handle);
    return status;
}

/* ---- restoring ---- */

typedef struct restoring {
    const gr_restore_options *o;
    gr_arena *arena;
    gr_ledger *backup;
    gr_text part;  /* the ledger to be, under another name */
    bool is_there; /* a file of the ledger's name */
    bool is_readable;
    gr_lacking lacking;
    char *kept;
    size_t size;
    gr_error *err;
} restoring;

static gr_status verify_backup(restoring *r)
{
    gr_verification v = { .faults = 0 };
    gr_status status = gr_ledger_open_verifying(r->o->from, &r->backup, r->err);

    if (status == GR_OK)
        status = gr_ledger_verify(r->backup, r->arena, &v, r->err);
    if (status != GR_OK || v.faults == 0)
        return status;
    return gr_fail(r->err, GR_EINPUT, (gr_place){ r->o->from, 0, 0 },
                   "see giftrule ledger verify, and take another backup",
                   "the backup is not as it was written: %.100s", v.fault[0].text.ptr);
}

/* What stands there, and what it has that the backup lacks. */
static gr_status look(restoring *r)
{
    struct stat about;
    gr_ledger *there = NULL;
    gr_error why;

    r->is_there = stat(r->o->ledger, &about) == 0 && about.st_size > 0;
    if (!r->is_there)
        return GR_OK;
    if (gr_ledger_open_verifying(r->o->ledger, &there, &why) == GR_OK)
        r->is_readable = gr_ledger_lacking(there, r->backup, &r->lacking, &why) == GR_OK;
    gr_ledger_close(there);
    if (!r->is_readable && why.status == GR_ENOMEM)
        return *r->err = why, GR_ENOMEM;
    return GR_OK;
}

static bool knows_more(const restoring *r)
{
    return r->is_there && (!r->is_readable || r->lacking.first > 0 || r->lacking.differs > 0);
}

static gr_status decide(restoring *r)
{
    static const char hint[] =
        "take a later backup, or give --force with --reason: the old file is then kept";
    gr_place at = { r->o->ledger, 0, 0 };

    if (!knows_more(r) || r->o->force)
        return GR_OK;
    if (!r->is_readable)
        return gr_fail(r->err, GR_EINPUT, at, hint,
                       "what is there cannot be read, so nobody knows what the backup lacks");
    if (r->lacking.differs > 0)
        return gr_fail(r->err, GR_EINPUT, at, hint,
                       "entry %lld of the ledger is another one than that of the backup",
                       (long long)r->lacking.differs);
    return gr_fail(r->err, GR_EINPUT, at, hint,
                   "the ledger has entries that the backup lacks, from %lld to %lld",
                   (long long)r->lacking.first, (long long)r->lacking.until);
}

/* The trail of what is restored says that entries are gone, and why. */
static gr_status note_loss(restoring *r)
{
    const char *path = r->part.ptr;
    gr_deed deed = { gr_os_now(), gr_text_of(r->o->author), "restore" };
    gr_ledger *ledger = NULL;
    gr_text note =
        r->lacking.first > 0
            ? gr_arena_print(r->arena,
                             "without entries %lld to %lld of the ledger that was there: %s",
                             (long long)r->lacking.first, (long long)r->lacking.until, r->o->reason)
            : gr_arena_print(r->arena, "in place of another ledger: %s", r->o->reason);
    gr_status status =
        note.ptr ? gr_ledger_open_present(path, &ledger, r->err) : gr_fail_memory(r->err);

    if (status == GR_OK)
        status = gr_ledger_begin(ledger, &deed, r->err);
    if (status == GR_OK)
        status = gr_ledger_entry_add(ledger, r->err);
    if (status == GR_OK)
        status = gr_ledger_commit(ledger, note, r->err);
    gr_ledger_close(ledger);
    return status == GR_OK ? gr_ledger_retire(path, r->err) : status;
}

/* Another name for the old file; the old one stays too, until the rename. */
static gr_status keep_old(restoring *r)
{
    for (int n = 1; n < 1000; n++) {
        if (snprintf(r->kept, r->size, "%s.replaced-%d", r->o->ledger, n) >= (int)r->size) {
            errno = ENAMETOOLONG;
            break;
        }
        if (gr_os_link(r->o->ledger, r->kept) == 0)
            return GR_OK;
        if (errno != EEXIST)
            break;
    }
    r->kept[0] = '\0';
    return gr_fail_io(r->err, r->o->ledger, "keep");
}

/* A log that belongs to a file that cannot be read, or is gone, must not be taken for that of the new one. */
static gr_status move_log(restoring *r, const char *end)
{
    gr_text from = gr_arena_print(r->arena, "%s%s", r->o->ledger, end);
    gr_text to = r->kept[0] ? gr_arena_print(r->arena, "%s%s", r->kept, end)
                            : gr_arena_print(r->arena, "%s.stray%s", r->o->ledger, end);

    if (!from.ptr || !to.ptr)
        return gr_fail_memory(r->err);
    if (gr_os_rename(from.ptr, to.ptr) != 0 && errno != ENOENT)
        return gr_fail_io(r->err, from.ptr, "move");
    return GR_OK;
}

static gr_status make_room(restoring *r)
{
    static const char *const ends[] = { "-wal", "-shm", "-journal" };
    gr_status status = GR_OK;

    if (r->is_there && r->is_readable)
        status = gr_ledger_retire(r->o->ledger, r->err);
    if (status == GR_OK && knows_more(r))
        status = keep_old(r);
    for (size_t i = 0; status == GR_OK && !r->is_readable && i < GR_COUNT(ends); i++)
        status = move_log(r, ends[i]);
    return status;
}

static gr_status replace(restoring *r)
{
    gr_status status;

    r->part = gr_arena_print(r->arena, "%s.restored", r->o->ledger);
    if (!r->part.ptr)
        return gr_fail_memory(r->err);
    status = gr_ledger_backup(r->backup, r->part.ptr, r->err);
    if (status == GR_OK && knows_more(r))
        status = note_loss(r);
    if (status == GR_OK)
        status = make_room(r);
    if (status == GR_OK && gr_os_rename(r->part.ptr, r->o->ledger) != 0)
        status = gr_fail_io(r->err, r->o->ledger, "write");
    if (status != GR_OK)
        gr_os_remove(r->part.ptr);
    return status;
}

gr_status gr_restore(const gr_restore_options *options, char *kept, size_t size, gr_error *err)
{
    restoring r = {
        .o = options, .arena = gr_arena_create(), .kept = kept, .size = size, .err = err
    };
    gr_status status = r.arena ? GR_OK : gr_fail_memory(err);

    kept[0] = '\0';
    if (options->force && (!options->reason || !*options->reason))
        status = gr_fail(err, GR_EUSAGE, (gr_place){ "--force", 0, 0 }, "say why by --reason TEXT",
                         "what a ledger knows is given up for a reason only");
    if (status == GR_OK && is_same_file(options->from, options->ledger))
        status = gr_fail(err, GR_EUSAGE, (gr_place){ options->from, 0, 0 }, "name the backup",
                         "this is the ledger itself");
    if (status == GR_OK)
        status = verify_backup(&r);
    if (status == GR_OK)
        status = look(&r);
    if (status == GR_OK)
        status = decide(&r);
    if (status == GR_OK)
        status = replace(&r);
    gr_ledger_close(r.backup);
    gr_arena_free(r.arena);
    return status;
}
