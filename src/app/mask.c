/* src/app/mask.c - see mask.h. A text is looked through word by word: where one begins that begins somebody's name or id, the
 * longest that stands there whole is replaced. */
#include "app/mask.h"

#include "base/digest.h"
#include "people/fold.h"

#include <string.h>

enum {
    DIGITS = 10
}; /* of a pseudonym: among 50,000 people two are the same once in a thousand firms */

/* ---- pseudonyms ---- */

static gr_text print_pseudonym(gr_mask *m, const char *what, gr_text first, gr_text second)
{
    char hex[GR_DIGEST_HEX];
    gr_digest digest;
    gr_text text;

    gr_digest_start(&digest);
    gr_digest_add(&digest, what, strlen(what) + 1);
    gr_digest_add(&digest, first.ptr, first.len);
    gr_digest_add(&digest, "", 1);
    gr_digest_add(&digest, second.ptr, second.len);
    gr_digest_end(&digest, hex);
    text = gr_arena_print(m->making, "%s %.*s", what, DIGITS, hex);
    m->no_memory = m->no_memory || !text.ptr;
    return text.ptr ? text : GR_TEXT("");
}

/* However records spell it; "ROE, JANE" is Jane Roe. By no names.xml, so that it is the same wherever a report is made. */
static gr_text fold(gr_mask *m, gr_text name, bool is_firm)
{
    static const gr_names none;
    gr_text folded =
        is_firm ? gr_fold_firm(&none, name, m->making) : gr_fold_name(&none, name, m->making);

    m->no_memory = m->no_memory || !folded.ptr;
    return folded.len > 0 ? folded : name; /* of a name without letters nothing is left */
}

gr_text gr_mask_recipient(gr_mask *m, gr_text id, gr_text name, gr_text employer)
{
    if (id.len + name.len == 0)
        return GR_TEXT("");
    return id.len > 0
               ? print_pseudonym(m, "Recipient", id, GR_TEXT(""))
               : print_pseudonym(m, "Recipient", fold(m, name, false), fold(m, employer, true));
}

gr_text gr_mask_giver(gr_mask *m, gr_text id, gr_text name)
{
    if (id.len + name.len == 0)
        return GR_TEXT("");
    if (m->role == GR_FOR_EXECUTIVE)
        return GR_TEXT("a colleague");
    return id.len > 0 ? print_pseudonym(m, "Giver", id, GR_TEXT(""))
                      : print_pseudonym(m, "Giver", fold(m, name, false), GR_TEXT("by name"));
}

bool gr_mask_is_own(const gr_mask *m, gr_text id, gr_text name)
{
    if (m->own_id.len + id.len > 0)
        return gr_text_equal(m->own_id, id);
    return gr_text_equal(m->own_name, name);
}

/* ---- who is known ---- */

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

static size_t word_end(gr_text text, size_t at)
{
    while (at < text.len && is_word(text.ptr[at]))
        at++;
    return at;
}

static bool has_letter(gr_text text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_word(text.ptr[i]) && !(text.ptr[i] >= '0' && text.ptr[i] <= '9'))
            return true;
    return false;
}

static uint64_t hash_word(gr_text text)
{
    return gr_hash(gr_text_slice(text, 0, word_end(text, 0)), 0);
}

static bool is_known(const gr_mask *m, const gr_masked *one)
{
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&m->word, hash_word(one->text), &cursor)) != GR_NONE)
        if (gr_text_equal(GR_AT(m->entry, gr_masked, i)->text, one->text))
            return true;
    return false;
}

static void keep(gr_mask *m, gr_list *list, gr_masked one)
{
    size_t start = 0;

    while (start < one.text.len && !is_word(one.text.ptr[start]))
        start++;
    one.text = gr_text_slice(one.text, start, one.text.len);
    if (one.text.len < 2 || (!has_letter(one.text) && one.text.len < 5))
        return;
    if (list == &m->entry && is_known(m, &one))
        return;
    if (!gr_list_push(list, &one) ||
        (list == &m->entry &&
         !gr_table_put(&m->word, hash_word(one.text), (uint32_t)list->count - 1)))
        m->no_memory = true;
}

/* Reasons show long names cut (GR_SHOW). */
void gr_mask_know(gr_mask *m, gr_list *list, gr_text text, gr_masked one)
{
    one.text = text;
    keep(m, list, one);
    if (text.len > 100) {
        one.text = gr_text_slice(text, 0, gr_text_cut(text, 100));
        keep(m, list, one);
    }
}

/* ---- texts ---- */

static void add(gr_mask *m, const char *bytes, size_t count)
{
    if (!gr_list_reserve(&m->room, count)) {
        m->no_memory = true;
        return;
    }
    memcpy((char *)m->room.items + m->room.count, bytes, count);
    m->room.count += count;
}

static bool stands_there(gr_text text, size_t at, gr_text name)
{
    size_t end = at + name.len;

    return end <= text.len && memcmp(text.ptr + at, name.ptr, name.len) == 0 &&
           (end == text.len || !is_word(text.ptr[end]) || !is_word(name.ptr[name.len - 1]));
}

static bool is_hidden(const gr_mask *m, const gr_masked *one)
{
    return m->role != GR_FOR_EXECUTIVE || !gr_mask_is_own(m, one->id, one->name);
}

static const gr_masked *find_at(const gr_mask *m, gr_text text, size_t at)
{
    const gr_masked *best = NULL;
    size_t cursor = 0;
    uint64_t hash;
    uint32_t i;

    for (size_t k = 0; k < m->near.count; k++) {
        const gr_masked *one = GR_AT(m->near, gr_masked, k);

        if (stands_there(text, at, one->text) && (!best || one->text.len > best->text.len))
            best = one;
    }
    hash = hash_word(gr_text_slice(text, at, text.len));
    while ((i = gr_table_find(&m->word, hash, &cursor)) != GR_NONE) {
        const gr_masked *one = GR_AT(m->entry, gr_masked, i);

        if ((!best || one->text.len > best->text.len) && stands_there(text, at, one->text) &&
            is_hidden(m, one))
            best = one;
    }
    return best;
}

/* "Jane Roe (R-88)" is one person, and told once. */
static size_t skip_again(const gr_mask *m, gr_text text, size_t at, const gr_masked *one)
{
    const gr_masked *again = NULL;
    size_t end;

    if (at + 2 >= text.len || memcmp(text.ptr + at, " (", 2) != 0)
        return at;
    again = find_at(m, text, at + 2);
    end = again ? at + 2 + again->text.len : text.len;
    return end < text.len && text.ptr[end] == ')' && gr_text_equal(again->instead, one->instead)
               ? end + 1
               : at;
}

static void replace_people(gr_mask *m, gr_text text)
{
    size_t i = 0, end;

    while (i < text.len && !m->no_memory) {
        const gr_masked *one = is_word(text.ptr[i]) ? find_at(m, text, i) : NULL;

        if (one) {
            add(m, one->instead.ptr, one->instead.len);
            i = skip_again(m, text, i + one->text.len, one);
            continue;
        }
        end = is_word(text.ptr[i]) ? word_end(text, i) : i + 1;
        add(m, text.ptr + i, end - i);
        i = end;
    }
}

static bool parts_address(char c)
{
    return (unsigned char)c <= ' ' || strchr("<>()[]{},;:\"'", c) != NULL;
}

/* In place of room: what stands around an "@" without a space. */
static void replace_addresses(gr_mask *m)
{
    static const gr_text instead = { "(e-mail address)", 16 };
    char *all = m->room.items;
    gr_text text = { all, m->room.count };
    const char *at = text.len ? memchr(text.ptr, '@', text.len) : NULL;
    size_t from, to;

    while (at && !m->no_memory) {
        from = to = (size_t)(at - text.ptr);
        while (from > 0 && !parts_address(text.ptr[from - 1]))
            from--;
        while (to < text.len && !parts_address(text.ptr[to]))
            to++;
        if (!gr_list_reserve(&m->room, instead.len)) {
            m->no_memory = true;
            return;
        }
        all = m->room.items;
        memmove(all + from + instead.len, all + to, text.len - to);
        memcpy(all + from, instead.ptr, instead.len);
        m->room.count = from + instead.len + (text.len - to);
        text = (gr_text){ all, m->room.count };
        at = memchr(text.ptr + from + instead.len, '@', text.len - from - instead.len);
    }
}

/* Free texts of records stand in quotes: from the first that opens to the last that closes, whatever is between. */
static void replace_quoted(gr_mask *m)
{
    static const gr_text instead = { "(left out)", 10 };
    char *all = m->room.items;
    size_t n = m->room.count, from = 0, to = n;

    while (from < n && !(all[from] == '\'' && (from == 0 || !is_word(all[from - 1]))))
        from++;
    while (to > from && !(all[to - 1] == '\'' && (to == n || !is_word(all[to]))))
        to--;
    if (to < from + 2 || !gr_list_reserve(&m->room, instead.len))
        return;
    all = m->room.items;
    memmove(all + from + instead.len, all + to, n - to);
    memcpy(all + from, instead.ptr, instead.len);
    m->room.count = from + instead.len + (n - to);
}

gr_text gr_mask_text(gr_mask *m, gr_arena *arena, gr_text text)
{
    gr_text made;

    if (text.len == 0 || m->role == GR_FOR_OFFICER)
        return text;
    gr_list_cut(&m->room, 0);
    replace_people(m, text);
    replace_addresses(m);
    if (m->role == GR_FOR_AUDITOR)
        replace_quoted(m);
    made = (gr_text){ m->room.items, m->room.count };
    if (m->no_memory || gr_text_equal(made, text))
        return text;
    made = gr_arena_copy(arena, made);
    m->no_memory = m->no_memory || !made.ptr;
    return made.ptr ? made : GR_TEXT("");
}

/* ---- files ---- */

const char *gr_mask_path(const gr_mask *m, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;

    return m->role >= GR_FOR_AUDITOR && slash ? slash + 1 : path;
}

gr_text gr_mask_file(const gr_mask *m, gr_text path)
{
    size_t at = path.len;

    if (m->role < GR_FOR_AUDITOR)
        return path;
    while (at > 0 && path.ptr[at - 1] != '/')
        at--;
    return gr_text_slice(path, at, path.len);
}
