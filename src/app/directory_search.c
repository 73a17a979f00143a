/* src/app/directory_search.c - searching as somebody types: every word typed begins a word of the name, or the id. The
 * rarest of the words says who is looked at. */
#include "app/directory_inside.h"

#include "base/os.h"
#include "people/fold.h"

#include <stdlib.h>
#include <string.h>

/* People who are looked at: of more, those whose words come first. One letter may begin the names of everybody. Of those
 * who have one word of several, most can be passed over without: the bearers of each word stand in rising order. */
enum { MOST_WORDS = 8, MOST_LOOKED_AT = 700, MOST_PASSED_OVER = 30000, FEW_WORDS = 8 };

typedef struct range { /* of the words that begin with a typed one */
    size_t from, to;
} range;

typedef struct found {
    gr_person person;
    uint32_t whole; /* words that are typed in full */
    gr_text name;
    int64_t row;
} found;

typedef struct searching {
    const gr_directory *d;
    gr_arena *arena;
    gr_text typed[MOST_WORDS];
    range begun[MOST_WORDS]; /* by each of them */
    size_t count;
    gr_list found; /* of found */
    bool no_memory, is_damaged;
} searching;

/* ---- words ---- */

static bool word_at(const gr_directory *d, size_t i, gr_text *out)
{
    const gr_directory_word *word = gr_directory_part_of(d, GR_DIRECTORY_WORD);

    return gr_directory_text(d, word[i].text, word[i].length, out);
}

/* The first word not before the text; behind: nor beginning with it. */
static size_t find_word(searching *s, gr_text text, bool behind)
{
    size_t low = 0, high = (size_t)s->d->head.count[GR_DIRECTORY_WORD] - 1;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        gr_text word = GR_TEXT("");
        bool is_before;

        s->is_damaged = s->is_damaged || !word_at(s->d, middle, &word);
        is_before = gr_text_compare(word, text) < 0 || (behind && gr_text_starts(word, text));
        low = is_before ? middle + 1 : low;
        high = is_before ? high : middle;
    }
    return low;
}

/* ---- people ---- */

static bool has_word(gr_text words, gr_text typed, bool *is_whole)
{
    gr_text word;
    bool begins = false;

    *is_whole = false;
    while (gr_text_word(&words, &word)) {
        begins = begins || gr_text_starts(word, typed);
        *is_whole = *is_whole || gr_text_equal(word, typed);
    }
    return begins;
}

static gr_text lower(gr_text id, gr_arena *arena)
{
    gr_text low = gr_arena_copy(arena, id);
    char *c = (char *)(uintptr_t)low.ptr;

    for (size_t i = 0; c && i < low.len; i++)
        c[i] = c[i] >= 'A' && c[i] <= 'Z' ? (char)(c[i] + ('a' - 'A')) : c[i];
    return low;
}

/* Does this spelling have all the words? A person is told by the first that has. */
static bool matches(searching *s, uint32_t who, found *out)
{
    gr_text id, name;
    bool is_certain, all = true;

    out->whole = 0;
    if (!gr_directory_person(s->d, who, &out->person, &is_certain)) {
        s->is_damaged = true;
        return false;
    }
    id = lower(out->person.id, s->arena);
    name = gr_fold_name(&s->d->rules->names, out->person.name, s->arena);
    s->no_memory = s->no_memory || !id.ptr || !name.ptr;
    for (size_t i = 0; !s->no_memory && all && i < s->count; i++) {
        bool by_name, by_id;

        all = has_word(name, s->typed[i], &by_name);
        by_id = gr_text_equal(id, s->typed[i]);
        all = all || gr_text_starts(id, s->typed[i]);
        out->whole += by_name || by_id;
    }
    out->name = name;
    return all && !s->no_memory;
}

/* Of a ring the first spelling with a row that matches. */
static void look_at(searching *s, uint32_t first)
{
    const gr_spelling *spelling = gr_directory_part_of(s->d, GR_DIRECTORY_SPELLING);
    const int64_t *row = gr_directory_part_of(s->d, GR_DIRECTORY_ROW);
    uint32_t known = gr_directory_spellings(s->d), i = first, steps = 0;
    found one;

    do {
        if (i >= known || steps++ > known ||
            spelling[i + 1].row > s->d->head.count[GR_DIRECTORY_ROW]) {
            s->is_damaged = true;
            return;
        }
        if (spelling[i].row < spelling[i + 1].row && matches(s, i, &one)) {
            one.row = row[spelling[i].row];
            s->no_memory = s->no_memory || !gr_list_push(&s->found, &one);
            return;
        }
        i = spelling[i].next;
    } while (i != first);
}

static void look_at_newcomers(searching *s)
{
    uint32_t known = gr_directory_spellings(s->d);

    for (size_t i = 0; i < s->d->newcomer.count && !s->no_memory; i++) {
        found one;

        if (!matches(s, known + (uint32_t)i, &one))
            continue;
        one.row = GR_AT(s->d->newcomer, gr_newcomer, i)->row;
        s->no_memory = !gr_list_push(&s->found, &one);
    }
}

/* The words that begin with a typed one; the place of that which the fewest people have. */
static size_t choose(searching *s)
{
    const gr_directory_word *word = gr_directory_part_of(s->d, GR_DIRECTORY_WORD);
    uint32_t fewest = UINT32_MAX;
    size_t chosen = 0;

    for (size_t i = 0; i < s->count; i++) {
        range r = { find_word(s, s->typed[i], false), find_word(s, s->typed[i], true) };
        uint32_t bearers;

        r.to = r.to < r.from ? r.from : r.to;
        bearers = word[r.to].bearer - word[r.from].bearer;
        s->is_damaged = s->is_damaged || word[r.to].bearer < word[r.from].bearer ||
                        word[r.to].bearer > s->d->head.count[GR_DIRECTORY_BEARER];
        s->begun[i] = r;
        chosen = bearers < fewest ? i : chosen;
        fewest = bearers < fewest ? bearers : fewest;
    }
    return chosen;
}

static bool bears_word(const gr_directory *d, size_t i, uint32_t who)
{
    const gr_directory_word *word = gr_directory_part_of(d, GR_DIRECTORY_WORD);
    const uint32_t *bearer = gr_directory_part_of(d, GR_DIRECTORY_BEARER);
    uint64_t low = word[i].bearer, end = word[i + 1].bearer, high;

    end = end < d->head.count[GR_DIRECTORY_BEARER] ? end : d->head.count[GR_DIRECTORY_BEARER];
    high = end;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;

        low = bearer[middle] < who ? middle + 1 : low;
        high = bearer[middle] < who ? high : middle;
    }
    return low < end && bearer[low] == who;
}

/* Has somebody all other words? Where a few letters begin many words, it is not looked for. */
static bool may_match(const searching *s, size_t chosen, uint32_t who)
{
    bool may = true;

    for (size_t i = 0; may && i < s->count; i++) {
        if (i == chosen || s->begun[i].to - s->begun[i].from > FEW_WORDS)
            continue;
        may = false;
        for (size_t w = s->begun[i].from; !may && w < s->begun[i].to; w++)
            may = bears_word(s->d, w, who);
    }
    return may;
}

static void look_at_known(searching *s)
{
    const gr_directory_word *word = gr_directory_part_of(s->d, GR_DIRECTORY_WORD);
    const uint32_t *bearer = gr_directory_part_of(s->d, GR_DIRECTORY_BEARER);
    size_t chosen = choose(s), looked_at = 0;
    uint32_t at, end;

    if (s->is_damaged)
        return;
    at = word[s->begun[chosen].from].bearer;
    end = word[s->begun[chosen].to].bearer;
    end = end - at > MOST_PASSED_OVER ? at + MOST_PASSED_OVER : end;
    for (; at < end && looked_at < MOST_LOOKED_AT && !s->no_memory && !s->is_damaged; at++) {
        if (!may_match(s, chosen, bearer[at]))
            continue;
        look_at(s, bearer[at]);
        looked_at++;
    }
}

/* ---- the best ---- */

static int by_quality(const void *a, const void *b)
{
    const found *x = a, *y = b;
    int order = gr_text_compare(x->name, y->name);

    if (x->whole != y->whole)
        return x->whole > y->whole ? -1 : 1;
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* Is it written like one that is told already? Who came since may have been there before. */
static bool is_told(const found *all, size_t i)
{
    for (size_t k = i; k > 0 && gr_text_equal(all[k - 1].name, all[i].name); k--)
        if (all[k - 1].row == all[i].row ||
            (gr_text_equal(all[k - 1].person.id, all[i].person.id) &&
             gr_text_equal(all[k - 1].person.employer, all[i].person.employer)))
            return true;
    return false;
}

static bool tell(searching *s, size_t count, gr_list *rows)
{
    const found *all = s->found.items;
    size_t told = 0;

    if (s->found.count > 1)
        qsort(s->found.items, s->found.count, sizeof *all, by_quality);
    for (size_t i = 0; told < count && i < s->found.count; i++) {
        if (is_told(all, i))
            continue;
        if (!gr_list_push(rows, &all[i].row))
            return false;
        told++;
    }
    return true;
}

/* ---- all ---- */

static void look(searching *s, gr_text typed, bool is_one_word)
{
    gr_text rest = typed, word;

    s->count = 0;
    if (is_one_word && typed.len > 0)
        s->typed[s->count++] = typed;
    while (!is_one_word && s->count < MOST_WORDS && gr_text_word(&rest, &word))
        s->typed[s->count++] = word;
    if (s->count == 0)
        return;
    look_at_known(s);
    look_at_newcomers(s);
}

/* As names are folded; and if nobody is called so, as an id is written. */
static bool search(searching *s, gr_text typed, size_t count, gr_list *rows)
{
    gr_text name = gr_fold_name(&s->d->rules->names, typed, s->arena);
    gr_text id = lower(gr_text_trim(typed), s->arena);

    if (!name.ptr || !id.ptr)
        return false;
    look(s, name, false);
    if (s->found.count == 0)
        look(s, id, true);
    return !s->no_memory && (s->is_damaged || tell(s, count, rows));
}

static gr_status work(const gr_directory *d, gr_text typed, size_t count, gr_list *rows,
                      bool *is_damaged, gr_error *err)
{
    searching s = { .d = d, .arena = gr_arena_create(), .found = GR_LIST(found) };
    bool fits = s.arena && search(&s, typed, count, rows);

    *is_damaged = s.is_damaged;
    gr_list_free(&s.found);
    gr_arena_free(s.arena);
    return fits ? GR_OK : gr_fail_memory(err);
}

gr_status gr_directory_search(gr_directory *directory, gr_ledger *ledger, gr_text typed,
                              size_t count, gr_list *rows, gr_error *err)
{
    bool is_damaged = false;
    gr_status status = work(directory, typed, count, rows, &is_damaged, err);

    if (status != GR_OK || !is_damaged)
        return status;
    status = gr_directory_renew(directory, ledger, err);
    return status == GR_OK ? work(directory, typed, count, rows, &is_damaged, err) : status;
}
