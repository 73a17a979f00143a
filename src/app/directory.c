/* src/app/directory.c - see directory.h. The file is mapped; whatever it says of places in itself is checked before it is
 * followed, so that a damaged one is made anew. */
#include "app/directory_inside.h"

#include "app/small_file.h"
#include "base/digest.h"
#include "base/os.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ---- what it holds ---- */

bool gr_directory_text(const gr_directory *d, uint64_t at, uint64_t length, gr_text *out)
{
    uint64_t size = d->head.count[GR_DIRECTORY_TEXT];

    if (at > size || length > size - at)
        return false;
    *out =
        (gr_text){ (const char *)gr_directory_part_of(d, GR_DIRECTORY_TEXT) + at, (size_t)length };
    return true;
}

bool gr_directory_person(const gr_directory *d, uint32_t who, gr_person *out, bool *is_certain)
{
    const gr_spelling *s = gr_directory_part_of(d, GR_DIRECTORY_SPELLING);
    gr_text *part[] = { &out->id, &out->name, &out->employer, &out->email };
    uint32_t known = gr_directory_spellings(d);
    uint64_t at;

    *is_certain = false;
    if (who >= known) {
        if (who - known >= d->newcomer.count)
            return false;
        *out = GR_AT(d->newcomer, gr_newcomer, who - known)->person;
        return true;
    }
    *is_certain = s[who].is_certain != 0;
    at = s[who].text;
    for (size_t i = 0; i < GR_COUNT(part); i++) {
        if (!gr_directory_text(d, at, s[who].length[i], part[i]))
            return false;
        at += s[who].length[i];
    }
    return true;
}

bool gr_directory_rows(const gr_directory *d, uint32_t who, gr_list *rows, bool *fits)
{
    const gr_spelling *s = gr_directory_part_of(d, GR_DIRECTORY_SPELLING);
    const int64_t *row = gr_directory_part_of(d, GR_DIRECTORY_ROW);
    uint32_t known = gr_directory_spellings(d);

    if (who >= known) {
        *fits = gr_list_push(rows, &GR_AT(d->newcomer, gr_newcomer, who - known)->row);
        return true;
    }
    if (s[who].row > s[who + 1].row || s[who + 1].row > d->head.count[GR_DIRECTORY_ROW])
        return false;
    *fits = true;
    for (uint32_t i = s[who].row; *fits && i < s[who + 1].row; i++)
        *fits = gr_list_push(rows, &row[i]);
    return true;
}

static void each_newcomer(const gr_directory *d, uint64_t hash, gr_on_bearer take, void *context)
{
    size_t cursor = 0;
    uint32_t i;

    while (d->newcomer_key.count > 0 &&
           (i = gr_table_find(&d->newcomer_table, hash, &cursor)) != GR_NONE) {
        const gr_newcomer_key *key = GR_AT(d->newcomer_key, gr_newcomer_key, i);

        if (key->hash == hash)
            take(context, key->who >> 2, (gr_key_part)(key->who & 3));
    }
}

bool gr_directory_each(const gr_directory *d, uint64_t hash, gr_on_bearer take, void *context)
{
    const uint32_t *bucket = gr_directory_part_of(d, GR_DIRECTORY_BUCKET);
    const gr_directory_key *key = gr_directory_part_of(d, GR_DIRECTORY_KEY);
    uint32_t low = bucket[hash & (GR_DIRECTORY_BUCKETS - 1)];
    uint32_t end = bucket[(hash & (GR_DIRECTORY_BUCKETS - 1)) + 1], high = end;
    uint32_t rest = (uint32_t)(hash >> 16);

    if (low > end || end > d->head.count[GR_DIRECTORY_KEY])
        return false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (key[middle].rest < rest)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < end && key[low].rest == rest; low++) {
        if (key[low].who >> 2 >= gr_directory_spellings(d))
            return false;
        take(context, key[low].who >> 2, (gr_key_part)(key[low].who & 3));
    }
    each_newcomer(d, hash, take, context);
    return true;
}

/* ---- the file ---- */

static bool name_file(const char *ledger, char *out, size_t size)
{
    return snprintf(out, size, "%s-people", ledger) < (int)size;
}

/* A file that is sound and of these names. */
static bool map_file(gr_directory *d, const char *path)
{
    size_t size = 0;
    const void *bytes = gr_os_map(path, &size);

    if (!bytes)
        return false;
    if (!gr_directory_is_sound(bytes, size, &d->head) ||
        memcmp(d->head.names, d->rules->names.sha256, sizeof d->rules->names.sha256) != 0) {
        gr_os_unmap(bytes, size);
        return false;
    }
    d->bytes = bytes;
    d->size = size;
    d->is_mapped = true;
    d->record = d->head.until.record;
    d->recipient = d->head.until.recipient;
    return true;
}

static void let_go(gr_directory *d)
{
    if (d->is_mapped)
        gr_os_unmap(d->bytes, d->size);
    gr_list_free(&d->made);
    gr_list_free(&d->newcomer);
    gr_list_free(&d->newcomer_key);
    gr_table_free(&d->newcomer_table);
    gr_arena_reset(d->arena);
    d->bytes = NULL;
    d->is_mapped = false;
}

/* Of a ledger that has come further than ours, which looks back, the file is left to it. */
static gr_status make(gr_directory *d, gr_ledger *ledger, const char *path, gr_error *err)
{
    int64_t newer = d->bytes ? d->head.until.run : 0;
    gr_error lost;
    gr_status status;

    let_go(d);
    status = gr_directory_make(d->rules, ledger, &d->made, err);
    if (status != GR_OK)
        return status;
    gr_directory_is_sound(d->made.items, d->made.count, &d->head);
    if (d->head.until.run >= newer)
        (void)gr_private_file_write(path, (gr_text){ d->made.items, d->made.count },
                                    &lost); /* else it is used from memory; it names people */
    d->bytes = d->made.items;
    d->size = d->made.count;
    d->record = d->head.until.record;
    d->recipient = d->head.until.recipient;
    return GR_OK;
}

static gr_status open_file(gr_directory *d, gr_ledger *ledger, gr_error *err)
{
    bool is_current = false;
    gr_status status = GR_OK;

    if (map_file(d, d->path))
        status = gr_directory_is_current(d, ledger, &is_current, err);
    return status != GR_OK || is_current ? status : make(d, ledger, d->path, err);
}

gr_status gr_directory_renew(gr_directory *d, gr_ledger *ledger, gr_error *err)
{
    return make(d, ledger, d->path, err);
}

gr_status gr_directory_open(const gr_rules *rules, gr_ledger *ledger, const char *path,
                            gr_directory **out, gr_error *err)
{
    gr_directory *d = gr_os_alloc(sizeof *d);
    gr_status status;

    if (!d)
        return gr_fail_memory(err);
    *d = (gr_directory){ .rules = rules,
                         .made = GR_LIST(char),
                         .arena = gr_arena_create(),
                         .newcomer = GR_LIST(gr_newcomer),
                         .newcomer_key = GR_LIST(gr_newcomer_key) };
    if (!d->arena)
        status = gr_fail_memory(err);
    else if (!name_file(path, d->path, sizeof d->path)) {
        errno = ENAMETOOLONG;
        status = gr_fail_io(err, path, "open");
    } else {
        status = open_file(d, ledger, err);
    }
    if (status == GR_OK)
        *out = d;
    else
        gr_directory_close(d);
    return status;
}

void gr_directory_close(gr_directory *directory)
{
    if (!directory)
        return;
    if (directory->arena)
        let_go(directory);
    gr_arena_free(directory->arena);
    gr_os_free(directory);
}

gr_status gr_directory_is_current(gr_directory *d, gr_ledger *ledger, bool *out, gr_error *err)
{
    int64_t before = d->record;
    gr_status status = gr_ledger_is_known(ledger, &d->head.until, &d->record, out, err);

    if (status == GR_OK && *out && d->record != before)
        status = gr_directory_catch_up(d, ledger, err);
    *out = status == GR_OK && *out && d->newcomer.count <= GR_DIRECTORY_AFTER;
    return status;
}

gr_status gr_directory_refresh(const gr_rules *rules, const char *path, gr_error *err)
{
    char file[4096];
    gr_directory *d = NULL;
    gr_ledger *ledger;
    gr_status status;
    int fd = name_file(path, file, sizeof file) ? gr_os_open(file) : -1;

    if (fd < 0)
        return GR_OK; /* nobody asks before gifts of this ledger */
    gr_os_close(fd);
    status = gr_ledger_open_reading(path, &ledger, err);
    if (status != GR_OK)
        return status;
    status = gr_directory_open(rules, ledger, path, &d, err);
    gr_directory_close(d);
    gr_ledger_close(ledger);
    return status;
}

/* ---- who came since ---- */

typedef struct coming {
    gr_directory *d;
    gr_arena *scratch;
    gr_list spelt; /* of gr_spelt: those of one id */
    gr_text id;
    uint32_t who;
    bool failed, is_damaged;
} coming;

static void tell_newcomer(void *context, uint64_t hash, gr_key_part part)
{
    coming *c = context;
    gr_directory *d = c->d;
    const gr_newcomer_key key = { hash, c->who << 2 | (uint32_t)part };

    c->failed = c->failed || !gr_list_push(&d->newcomer_key, &key) ||
                !gr_table_put(&d->newcomer_table, hash, (uint32_t)d->newcomer_key.count - 1);
}

static void add_spelt(coming *c, uint32_t who)
{
    gr_spelt one;

    if (!gr_directory_person(c->d, who, &one.person, &one.is_certain))
        c->is_damaged = true;
    else if (gr_text_equal(one.person.id, c->id))
        c->failed = c->failed || !gr_list_push(&c->spelt, &one);
}

static void take_alike(void *context, uint32_t who, gr_key_part part)
{
    coming *c = context;
    const gr_spelling *s = gr_directory_part_of(c->d, GR_DIRECTORY_SPELLING);
    uint32_t i = who, known = gr_directory_spellings(c->d), steps = 0;

    (void)part;
    do {
        add_spelt(c, i);
        i = i < known ? s[i].next : who;
    } while (i != who && i < known && steps++ < known);
}

static bool add_newcomer(coming *c, const gr_person *person, int64_t row)
{
    gr_arena *arena = c->d->arena;
    gr_newcomer one = { { gr_arena_copy(arena, person->id), gr_arena_copy(arena, person->name),
                          gr_arena_copy(arena, person->employer),
                          gr_arena_copy(arena, person->email) },
                        row };

    c->who = gr_directory_spellings(c->d) + (uint32_t)c->d->newcomer.count;
    return one.person.id.ptr && one.person.name.ptr && one.person.employer.ptr &&
           one.person.email.ptr && gr_list_push(&c->d->newcomer, &one);
}

static bool tell_all_forms(coming *c)
{
    const gr_names *names = &c->d->rules->names;
    gr_list forms = GR_LIST(gr_person_parts);
    gr_spelt *self = GR_AT(c->spelt, gr_spelt, 0);
    gr_text email = gr_fold_email(self->person.email, c->scratch);
    bool fits =
        email.ptr && gr_directory_forms(names, c->spelt.items, c->spelt.count, c->scratch, &forms);

    if (email.len > 0)
        tell_newcomer(c, gr_key_email(email), GR_KEY_WIDE);
    for (size_t i = 0; fits && i < forms.count; i++)
        gr_directory_tell(names, GR_AT(forms, gr_person_parts, i), tell_newcomer, c);
    gr_list_free(&forms);
    return fits && !c->failed;
}

/* One after the other: of an id that others have, together with those who came before. */
static gr_status take_newcomer(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    coming *c = context;
    gr_spelt self = { *person, false };

    c->d->recipient = row;
    if (person->id.len + person->name.len == 0)
        return GR_OK;
    gr_list_cut(&c->spelt, 0);
    gr_arena_reset(c->scratch);
    c->id = person->id;
    if (!gr_list_push(&c->spelt, &self))
        return gr_fail_memory(err);
    if (person->id.len > 0 && !gr_directory_each(c->d, gr_key_id(person->id), take_alike, c))
        c->is_damaged = true;
    if (c->failed || !add_newcomer(c, person, row) || !tell_all_forms(c))
        return gr_fail_memory(err);
    return GR_OK;
}

/* A damaged one is not current. */
gr_status gr_directory_catch_up(gr_directory *d, gr_ledger *ledger, gr_error *err)
{
    coming c = { .d = d, .scratch = gr_arena_create(), .spelt = GR_LIST(gr_spelt) };
    gr_status status = c.scratch
                           ? gr_ledger_parties_after(ledger, d->recipient, take_newcomer, &c, err)
                           : gr_fail_memory(err);

    gr_list_free(&c.spelt);
    gr_arena_free(c.scratch);
    if (c.is_damaged)
        d->head.until.identity = -1;
    return status;
}
