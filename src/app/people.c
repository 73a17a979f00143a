/* src/app/people.c - see people.h. A mark is a digest over what is written of a recipient, so that it stays whatever else
 * comes in; every spelling of a person has one, and all of them name that person. */
#include "app/people.h"

#include "base/digest.h"
#include "base/os.h"
#include "people/fold.h"

#include <string.h>

enum { MARK_DIGITS = 12, FEWEST_DIGITS = 4 };

static const gr_person *written(const gr_company *c, uint32_t recipient)
{
    return gr_people_as_written(c->intake->people, recipient);
}

/* ---- what stands for a person ---- */

/* With an id, then the better name, then the better employer; what is left is settled by bytes. */
static bool is_better(const gr_person *now, const gr_person *offered)
{
    const gr_text texts[2][2] = { { now->id, offered->id }, { now->email, offered->email } };

    if ((now->id.len > 0) != (offered->id.len > 0))
        return offered->id.len > 0;
    if (!gr_text_equal(now->name, offered->name))
        return gr_fold_is_better(now->name, offered->name);
    if (!gr_text_equal(now->employer, offered->employer))
        return gr_fold_is_better(now->employer, offered->employer);
    for (size_t i = 0; i < GR_COUNT(texts); i++)
        if (!gr_text_equal(texts[i][0], texts[i][1]))
            return gr_text_compare(texts[i][1], texts[i][0]) < 0;
    return false;
}

static void find_standing(const gr_company *c, const uint32_t *of, uint32_t *out)
{
    for (uint32_t i = 0; i < c->count; i++)
        out[i] = GR_NONE;
    for (uint32_t i = 0; i < c->count; i++) {
        uint32_t *stands = &out[of[i]];

        if (c->alive[i] && (*stands == GR_NONE || is_better(written(c, *stands), written(c, i))))
            *stands = i;
    }
}

gr_status gr_company_open(const gr_intake *intake, const gr_who *who, gr_arena *arena,
                          gr_company *out, gr_error *err)
{
    uint32_t count = (uint32_t)who->recipient_count;

    *out = (gr_company){ .intake = intake,
                         .who = *who,
                         .alive = gr_intake_find_alive(intake),
                         .stands = gr_os_alloc(sizeof *out->stands * (count + 1)),
                         .stands_base = gr_os_alloc(sizeof *out->stands * (count + 1)),
                         .count = count,
                         .arena = arena };
    if (!out->alive || !out->stands || !out->stands_base)
        return gr_fail_memory(err);
    for (size_t i = 0; i < intake->identity.count; i++) {
        const gr_known_identity *one = GR_AT(intake->identity, gr_known_identity, i);

        if (!one->said.is_past && one->said.says != GR_IDENTITY_NOTHING)
            out->alive[one->a] = out->alive[one->b] = true;
    }
    find_standing(out, who->same, out->stands);
    find_standing(out, gr_people_base(intake->people), out->stands_base);
    return GR_OK;
}

void gr_company_free(gr_company *company)
{
    gr_os_free(company->alive);
    gr_os_free(company->stands);
    gr_os_free(company->stands_base);
    company->alive = NULL;
    company->stands = company->stands_base = NULL;
}

gr_status gr_people_read(const gr_rules *rules, const gr_audit_options *options, gr_run *out,
                         gr_error *err)
{
    gr_status status = gr_run_make(rules, options, false, out, err);

    if (status == GR_OK && out->ingest.refused.count > 0) {
        *err = *GR_AT(out->ingest.refused, gr_error, 0);
        status = err->status;
    }
    return status;
}

/* ---- marks ---- */

static void print_mark(const gr_person *person, char out[GR_DIGEST_HEX])
{
    const gr_text parts[] = { person->id, person->name, person->employer, person->email };
    gr_digest digest;

    gr_digest_start(&digest);
    for (size_t i = 0; i < GR_COUNT(parts); i++) {
        if (parts[i].len > 0)
            gr_digest_add(&digest, parts[i].ptr, parts[i].len);
        gr_digest_add(&digest, "", 1);
    }
    gr_digest_end(&digest, out);
    out[MARK_DIGITS] = '\0';
}

gr_whois_name gr_company_written(const gr_company *company, uint32_t recipient)
{
    gr_whois_name name = { .person = *written(company, recipient) };
    char hex[GR_DIGEST_HEX];

    print_mark(&name.person, hex);
    name.mark = gr_arena_print(company->arena, "P-%s", hex);
    return name;
}

gr_whois_name gr_company_person(const gr_company *company, uint32_t person)
{
    uint32_t stands = company->stands[person];

    return gr_company_written(company, stands == GR_NONE ? person : stands);
}

/* ---- finding ---- */

static bool is_somebody(const gr_company *c, uint32_t i)
{
    return c->alive[i] && written(c, i)->id.len + written(c, i)->name.len > 0;
}

static bool is_mark(gr_text named)
{
    bool fits = named.len >= 2 + FEWEST_DIGITS && named.len <= 2 + MARK_DIGITS &&
                gr_text_starts(named, GR_TEXT("P-"));

    for (size_t i = 2; fits && i < named.len; i++)
        fits = memchr("0123456789abcdef", named.ptr[i], 16) != NULL;
    return fits;
}

static gr_status find_mark(const gr_company *c, gr_text named, uint32_t *out, gr_error *err)
{
    gr_text digits = gr_text_slice(named, 2, named.len);

    *out = GR_NONE;
    for (uint32_t i = 0; i < c->count; i++) {
        char hex[GR_DIGEST_HEX];

        if (!is_somebody(c, i))
            continue;
        print_mark(written(c, i), hex);
        if (memcmp(hex, digits.ptr, digits.len) != 0)
            continue;
        if (*out != GR_NONE)
            return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "write more of its digits",
                           "'%.*s' names more than one", GR_SHOW(named));
        *out = i;
    }
    return GR_OK;
}

/* The spelling with this id, of the only person who has it. */
static gr_status find_id(const gr_company *c, gr_text id, uint32_t *out, gr_error *err)
{
    *out = GR_NONE;
    for (uint32_t i = 0; i < c->count; i++) {
        if (!c->alive[i] || !gr_text_equal(written(c, i)->id, id))
            continue;
        if (*out != GR_NONE && c->who.same[*out] != c->who.same[i])
            return gr_fail(err, GR_EUSAGE, GR_NOWHERE,
                           "name the person as giftrule people show prints it: P-0123456789ab",
                           "more than one person has the id '%.*s'", GR_SHOW(id));
        if (*out == GR_NONE || is_better(written(c, *out), written(c, i)))
            *out = i;
    }
    return GR_OK;
}

gr_status gr_company_find(const gr_company *company, const char *named, uint32_t *out,
                          gr_error *err)
{
    gr_text text = gr_text_of(named);
    gr_status status = GR_OK;

    *out = GR_NONE;
    if (text.len > 0)
        status = find_id(company, text, out, err);
    if (status == GR_OK && *out == GR_NONE && is_mark(text))
        status = find_mark(company, text, out, err);
    if (status == GR_OK && *out == GR_NONE)
        return gr_fail(err, GR_EINPUT, GR_NOWHERE,
                       "giftrule people show NAME tells how people are named: P-0123456789ab",
                       "nobody is named '%.*s'", GR_SHOW(text));
    return status;
}

static bool has_word(gr_text words, gr_text word)
{
    gr_text one;

    while (gr_text_word(&words, &one))
        if (gr_text_starts(one, word))
            return true;
    return false;
}

static bool has_words(gr_text name, gr_text words)
{
    gr_text one;

    if (words.len == 0)
        return false;
    while (gr_text_word(&words, &one))
        if (!has_word(name, one))
            return false;
    return true;
}

static bool add_person(const gr_company *c, uint32_t recipient, bool *listed, gr_list *persons)
{
    uint32_t person = c->who.same[recipient];

    if (listed[person])
        return true;
    listed[person] = true;
    return gr_list_push(persons, &person);
}

static gr_status search_names(const gr_company *c, gr_text text, gr_list *persons, gr_error *err)
{
    const gr_names *names = &c->intake->rules->names;
    bool *listed = gr_os_alloc(c->count + 1);
    gr_arena *scratch = gr_arena_create();
    bool fits = listed && scratch;
    gr_text words = fits ? gr_fold_name(names, text, c->arena) : GR_TEXT("");

    if (fits)
        memset(listed, 0, c->count + 1);
    for (uint32_t i = 0; fits && words.ptr && i < c->count; i++) {
        gr_text name;

        if (!is_somebody(c, i) || written(c, i)->name.len == 0)
            continue;
        gr_arena_reset(scratch);
        name = gr_fold_name(names, written(c, i)->name, scratch);
        fits = name.ptr && (!has_words(name, words) || add_person(c, i, listed, persons));
    }
    gr_arena_free(scratch);
    gr_os_free(listed);
    return fits && words.ptr ? GR_OK : gr_fail_memory(err);
}

gr_status gr_company_search(const gr_company *company, const char *text, gr_list *persons,
                            gr_error *err)
{
    gr_error ignored;
    uint32_t one;

    if (gr_company_find(company, text, &one, &ignored) == GR_OK)
        return gr_list_push(persons, &company->who.same[one]) ? GR_OK : gr_fail_memory(err);
    return search_names(company, gr_text_of(text), persons, err);
}
