/* src/report/site_names.c - what pages and places are called, and links to them. Names are made of ids and names by
 * their letters and digits; where two would be alike the later one gets a number, so the same report has the same names. */
#include "report/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/os.h"

/* ---- names ---- */

void gr_site_slug(gr_text from, char out[GR_SITE_NAME])
{
    enum { MOST = 48 };
    size_t used = 0;

    for (size_t i = 0; i < from.len && used < MOST; i++) {
        char c = from.ptr[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[used++] = c;
        else if (used > 0 && out[used - 1] != '-')
            out[used++] = '-';
    }
    while (used > 0 && out[used - 1] == '-')
        used--;
    out[used] = '\0';
}

/* One name after another; those given so far stand in names. */
typedef struct namer {
    gr_site *site;
    gr_table seen;
    gr_list names; /* of const char * */
} namer;

static bool is_taken(const namer *n, const char *name)
{
    uint64_t hash = gr_hash(gr_text_of(name), 0);
    size_t cursor = 0;

    for (;;) {
        uint32_t at = gr_table_find(&n->seen, hash, &cursor);

        if (at == GR_NONE)
            return false;
        if (strcmp(*GR_AT(n->names, const char *, at), name) == 0)
            return true;
    }
}

static const char *name_it(namer *n, gr_text from, const char *otherwise)
{
    char slug[GR_SITE_NAME], name[GR_SITE_NAME + 16];
    gr_text kept;

    gr_site_slug(from, slug);
    snprintf(name, sizeof name, "%s", slug[0] ? slug : otherwise);
    for (size_t i = n->names.count + 1; is_taken(n, name); i++)
        snprintf(name, sizeof name, "%s-%zu", slug[0] ? slug : otherwise, i);
    kept = gr_arena_copy(n->site->arena, gr_text_of(name));
    if (!kept.ptr || !gr_list_push(&n->names, &kept.ptr) ||
        !gr_table_put(&n->seen, gr_hash(kept, 0), (uint32_t)n->names.count - 1))
        n->site->no_memory = true;
    return kept.ptr;
}

static const char **array_of(gr_site *site, size_t count)
{
    const char **array = gr_arena_zero(site->arena, (count + 1) * sizeof *array);

    site->no_memory = site->no_memory || !array;
    return array;
}

/* Those with a page, or a section: in one page, of many, only those of whom a finding is told. */
static void name_executives(gr_site *site)
{
    const gr_report *report = site->report;
    namer n = { site, { 0 }, GR_LIST(const char *) };
    bool *tells = gr_arena_zero(site->arena, report->executive_count + 1);

    site->executive = array_of(site, report->executive_count);
    site->no_memory = site->no_memory || !tells;
    for (size_t i = 0; !site->no_memory && i < site->finding.count; i++)
        if (GR_AT(site->finding, gr_site_finding, i)->is_told)
            tells[GR_AT(site->finding, gr_site_finding, i)->executive] = true;
    for (size_t i = 0; !site->no_memory && i < report->executive_count; i++) {
        const gr_executive *who = &report->executive[i];

        if (!site->folder && report->executive_count > GR_ONE_EXECUTIVES && !tells[i])
            continue;
        site->executive[i] = name_it(&n, who->id.len > 0 ? who->id : who->name, "unnamed");
    }
    gr_table_free(&n.seen);
    gr_list_free(&n.names);
}

static bool has_findings(const gr_summary *sum)
{
    return sum->violations + sum->needs_review + sum->warnings + sum->decided > 0;
}

/* Those with a page: all of a few, else those about whom something was found. */
static void name_clients(gr_site *site)
{
    const gr_gift_book *book = site->book;
    namer n = { site, { 0 }, GR_LIST(const char *) };

    site->client = array_of(site, book->client_count);
    for (size_t i = 0; !site->no_memory && i < book->client_count; i++)
        if (book->client_count <= GR_SITE_CLIENTS || has_findings(&book->client[i].findings))
            site->client[i] = name_it(&n, book->client[i].name, "no-employer");
    gr_table_free(&n.seen);
    gr_list_free(&n.names);
}

/* In one page a client has a place of its own only where a recipient has. */
static void forget_clients(gr_site *site)
{
    const gr_gift_book *book = site->book;

    for (size_t i = 0; i < book->client_count; i++) {
        bool has_section = false;

        for (size_t k = 0; k < book->client[i].person_count; k++)
            has_section = has_section || site->has_section[book->client[i].person[k]];
        if (!has_section)
            site->client[i] = NULL;
    }
}

static void place_people(gr_site *site)
{
    const gr_gift_book *book = site->book;
    size_t few = site->folder ? GR_SITE_FEW : GR_SITE_FEW / 4;
    size_t left = site->folder ? SIZE_MAX : GR_ONE_SECTIONS;

    site->within = gr_arena_zero(site->arena, (book->person_count + 1) * sizeof *site->within);
    site->has_section =
        gr_arena_zero(site->arena, (book->person_count + 1) * sizeof *site->has_section);
    if (!site->within || !site->has_section) {
        site->no_memory = true;
        return;
    }
    for (size_t i = 0; i < book->client_count; i++)
        for (size_t k = 0; k < book->client[i].person_count; k++)
            site->within[book->client[i].person[k]] = (uint32_t)k;
    for (size_t i = 0; i < book->person_count; i++) {
        bool wanted = book->person_count <= few || has_findings(&book->person[i].findings);

        if (!wanted || !site->client[book->person[i].client] || left == 0)
            continue;
        site->has_section[i] = true;
        left--;
    }
    if (!site->folder)
        forget_clients(site);
}

/* ---- findings ---- */

static gr_site_list list_of(const gr_finding *finding)
{
    return finding->decision                     ? GR_LIST_DECIDED
           : finding->verdict == GR_VIOLATION    ? GR_LIST_VIOLATION
           : finding->verdict == GR_NEEDS_REVIEW ? GR_LIST_REVIEW
                                                 : GR_LIST_WARNING;
}

static int by_urgency(const void *left, const void *right)
{
    const gr_finding *a = (*(const gr_site_finding *const *)left)->finding;
    const gr_finding *b = (*(const gr_site_finding *const *)right)->finding;

    if (list_of(a) != list_of(b))
        return list_of(a) < list_of(b) ? -1 : 1;
    if (a->day != b->day)
        return a->day > b->day ? -1 : 1;
    return gr_text_compare(a->id, b->id);
}

static void order_findings(gr_site *site)
{
    size_t count = site->finding.count, at = 0;

    site->order = gr_arena_alloc(site->arena, (count + 1) * sizeof *site->order);
    if (!site->order) {
        site->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        site->order[i] = GR_AT(site->finding, gr_site_finding, i);
    if (count > 0)
        qsort(site->order, count, sizeof *site->order, by_urgency);
    for (size_t i = site->folder ? count : GR_ONE_FINDINGS; i < count; i++)
        site->order[i]->is_told = false;
    for (int list = 0; list < GR_LISTS; list++) {
        site->kind_first[list] = at;
        while (at < count && list_of(site->order[at]->finding) == (gr_site_list)list)
            at++;
    }
    site->kind_first[GR_LISTS] = count;
}

static void find_findings(gr_site *site)
{
    site->first = gr_arena_zero(site->arena, (site->report->executive_count + 1) * sizeof(size_t));
    if (!site->first) {
        site->no_memory = true;
        return;
    }
    for (size_t i = 0; i < site->report->executive_count; i++) {
        const gr_executive *who = &site->report->executive[i];
        uint32_t told = 0; /* those near the limit are rows of a table on the first page */

        site->first[i] = site->finding.count;
        for (size_t k = 0; k < who->finding_count; k++) {
            bool near = gr_finding_is_near(who->finding[k]);
            gr_site_finding entry = { who->finding[k], (uint32_t)i,
                                      near ? 0 : told++ / GR_SITE_FINDINGS, GR_NONE, true };

            if (!gr_list_push(&site->finding, &entry) ||
                !gr_table_put(&site->by_id, gr_hash(entry.finding->id, 0),
                              (uint32_t)site->finding.count - 1)) {
                site->no_memory = true;
                return;
            }
        }
    }
}

gr_site_finding *gr_site_find(const gr_site *site, gr_text id)
{
    uint64_t hash = gr_hash(id, 0);
    size_t cursor = 0;

    for (;;) {
        uint32_t at = gr_table_find(&site->by_id, hash, &cursor);
        gr_site_finding *entry = at == GR_NONE ? NULL : GR_AT(site->finding, gr_site_finding, at);

        if (!entry || gr_text_equal(entry->finding->id, id))
            return entry;
    }
}

/* Of a report without gifts: what is told of findings alone needs none. */
static const gr_gift_book no_gifts = { 0 };

bool gr_site_open(gr_site *site, const gr_report *report)
{
    site->report = report;
    site->book = report->book ? report->book : &no_gifts;
    site->finding = GR_LIST(gr_site_finding);
    site->arena = gr_arena_create();
    site->no_memory = !site->arena;
    site->lists_gifts = site->folder || site->book->lines <= GR_ONE_LINES;
    site->level = site->folder ? 1 : 2;
    if (!site->no_memory)
        find_findings(site);
    if (!site->no_memory)
        order_findings(site);
    if (!site->no_memory)
        name_executives(site);
    if (!site->no_memory)
        name_clients(site);
    if (!site->no_memory)
        place_people(site);
    return !site->no_memory;
}

void gr_site_free(gr_site *site)
{
    gr_list_free(&site->finding);
    gr_table_free(&site->by_id);
    gr_arena_free(site->arena);
}

/* ---- links ---- */

const char *gr_site_part(const char *stem, const char *what, size_t part, char out[GR_SITE_FILE])
{
    if (part == 0)
        snprintf(out, GR_SITE_FILE, "%s.html", stem);
    else
        snprintf(out, GR_SITE_FILE, "%s%s-%zu.html", stem, what, part + 1);
    return out;
}

/* "/findings?executive=AE-017"; all but letters and digits as their bytes in hexadecimal. */
static void link_within(gr_site *site, const char *path, gr_text word)
{
    gr_html_start(&site->page, "a", NULL);
    gr_html_attribute_start(&site->page, "href");
    gr_html_print(&site->page, "%s", path);
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     c == '-' || c == '_';

        gr_html_print(&site->page, plain ? "%c" : "%%%02X", c);
    }
    gr_html_attribute_end(&site->page);
}

void gr_site_link(gr_site *site, const char *file, const char *anchor)
{
    if (site->is_within && file[0]) {
        link_within(site,
                    "/findings?list=", gr_text_slice(gr_text_of(file), 0, strcspn(file, ".")));
        return;
    }
    gr_html_start(&site->page, "a", NULL);
    if (!site->folder)
        gr_html_attribute_print(&site->page, "href", "#%s", anchor);
    else
        gr_html_attribute_print(&site->page, "href", "%s%s%s%s", site->is_below ? "../" : "", file,
                                anchor[0] ? "#" : "", anchor);
}

bool gr_site_link_finding(gr_site *site, const gr_site_finding *finding)
{
    char stem[GR_SITE_NAME * 2], file[GR_SITE_FILE], anchor[GR_SITE_NAME];

    if (site->is_within) {
        link_within(site, "/findings/", finding->finding->id);
        return true;
    }
    if (!finding->is_told)
        return false;
    snprintf(stem, sizeof stem, "executives/%s", site->executive[finding->executive]);
    snprintf(anchor, sizeof anchor, "%.*s", GR_ALL(finding->finding->id));
    gr_site_link(site, gr_site_part(stem, ".findings", finding->part, file), anchor);
    return true;
}

bool gr_site_link_executive(gr_site *site, uint32_t place)
{
    char file[GR_SITE_FILE], anchor[GR_SITE_NAME];

    if (site->is_within) {
        if (site->report->executive[place].id.len == 0)
            return false;
        link_within(site, "/findings?executive=", site->report->executive[place].id);
        return true;
    }
    if (!site->executive[place])
        return false;
    snprintf(file, sizeof file, "executives/%s.html", site->executive[place]);
    snprintf(anchor, sizeof anchor, "executive-%u", (unsigned)place + 1);
    gr_site_link(site, file, site->folder ? "" : anchor);
    return true;
}

bool gr_site_link_client(gr_site *site, uint32_t place)
{
    char file[GR_SITE_FILE], anchor[GR_SITE_NAME];

    if (site->is_within || !site->client[place])
        return false;
    snprintf(file, sizeof file, "clients/%s.html", site->client[place]);
    snprintf(anchor, sizeof anchor, "client-%u", (unsigned)place + 1);
    gr_site_link(site, file, site->folder ? "" : anchor);
    return true;
}

bool gr_site_link_person(gr_site *site, uint32_t place)
{
    char stem[GR_SITE_NAME * 2], file[GR_SITE_FILE], anchor[GR_SITE_NAME];
    uint32_t client;

    if (site->is_within || place == GR_NONE || !site->client[site->book->person[place].client])
        return false;
    if (!site->folder && !site->has_section[place])
        return false;
    client = site->book->person[place].client;
    snprintf(stem, sizeof stem, "clients/%s", site->client[client]);
    snprintf(anchor, sizeof anchor, "person-%u", (unsigned)place + 1);
    gr_site_link(site, gr_site_part(stem, ".people", site->within[place] / GR_SITE_PERSONS, file),
                 anchor);
    return true;
}

void gr_site_refer(void *to, gr_text id)
{
    gr_site *site = to;
    const gr_site_finding *finding = gr_site_find(site, id);
    bool linked = finding && gr_site_link_finding(site, finding);

    gr_html_say(&site->page, GR_TONE_CODE, id);
    if (linked)
        gr_html_end(&site->page);
}

static void say(void *to, gr_tone tone, gr_text text)
{
    gr_site *site = to;

    gr_html_say(&site->page, tone, text);
}

gr_voice gr_site_voice(gr_site *site)
{
    return (gr_voice){ say, gr_site_refer, site };
}
