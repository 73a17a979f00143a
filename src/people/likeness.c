/* src/people/likeness.c - see likeness.h. Every part is compared by itself; only names look at each other's parts, since
 * what is a first name here may be a last name there. */
#include "people/likeness.h"

#include "people/fold.h"

/* ---- parts but the name ---- */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static gr_accord of_ids(gr_text a, gr_text b)
{
    bool alike = a.len == b.len;

    if (a.len == 0 || b.len == 0)
        return GR_ACCORD_NONE;
    if (gr_text_equal(a, b))
        return GR_ACCORD_SAME;
    for (size_t i = 0; alike && i < a.len; i++)
        alike = small(a.ptr[i]) == small(b.ptr[i]);
    return alike ? GR_ACCORD_CASE : GR_ACCORD_DIFFERENT;
}

static gr_accord of_employers(gr_text a, gr_text b)
{
    if (gr_text_equal(a, b))
        return a.len > 0 ? GR_ACCORD_SAME : GR_ACCORD_UNSTATED;
    return a.len == 0 || b.len == 0 ? GR_ACCORD_MISSING : GR_ACCORD_DIFFERENT;
}

static gr_accord of_emails(gr_text a, gr_text b)
{
    if (a.len == 0 || b.len == 0)
        return GR_ACCORD_NONE;
    return gr_text_equal(a, b) ? GR_ACCORD_SAME : GR_ACCORD_DIFFERENT;
}

static gr_accord of_suffixes(gr_text a, gr_text b)
{
    if (gr_text_equal(a, b))
        return a.len > 0 ? GR_ACCORD_SAME : GR_ACCORD_NONE;
    return a.len == 0 || b.len == 0 ? GR_ACCORD_MISSING : GR_ACCORD_DIFFERENT;
}

/* ---- names ---- */

typedef struct both {
    const gr_names *names;
    const gr_person_parts *a, *b;
} both;

/* The first word in the middle, or nothing. */
static gr_text middle_of(const both *p, const gr_person_parts *of)
{
    gr_text rest = gr_parts_between(of), word;

    return gr_parts_middle(p->names, &rest, &word) ? word : GR_TEXT("");
}

static bool are_initials_same(gr_text a, gr_text b)
{
    return gr_text_equal(gr_fold_initial(a), gr_fold_initial(b));
}

static gr_accord of_middles(const both *p)
{
    gr_text a = middle_of(p, p->a), b = middle_of(p, p->b);

    if (a.len == 0 && b.len == 0)
        return GR_ACCORD_NONE;
    if (a.len == 0 || b.len == 0)
        return GR_ACCORD_MISSING;
    if (gr_text_equal(a, b))
        return GR_ACCORD_SAME;
    if (gr_word_is_initial(a) || gr_word_is_initial(b))
        return are_initials_same(a, b) ? GR_ACCORD_INITIAL : GR_ACCORD_DIFFERENT;
    if (gr_names_same(p->names, a, b))
        return GR_ACCORD_NICKNAME;
    return gr_word_is_mistyped(a, b, p->names->weights.shortest_last, false) ? GR_ACCORD_MISTYPED
                                                                             : GR_ACCORD_DIFFERENT;
}

static bool is_used_middle(const both *p)
{
    gr_text a = middle_of(p, p->a), b = middle_of(p, p->b);

    return (!gr_word_is_initial(p->a->first) && gr_text_equal(p->a->first, b)) ||
           (!gr_word_is_initial(p->b->first) && gr_text_equal(p->b->first, a));
}

static gr_accord of_firsts(const both *p)
{
    gr_text a = p->a->first, b = p->b->first;
    bool has_initial = gr_word_is_initial(a) || gr_word_is_initial(b);

    if (a.len == 0 || b.len == 0)
        return GR_ACCORD_MISSING;
    if (gr_text_equal(a, b) && !has_initial)
        return GR_ACCORD_SAME;
    if (has_initial && are_initials_same(a, b))
        return GR_ACCORD_INITIAL;
    if (is_used_middle(p))
        return GR_ACCORD_MIDDLE;
    if (has_initial)
        return GR_ACCORD_DIFFERENT;
    if (gr_names_same(p->names, a, b))
        return GR_ACCORD_NICKNAME;
    return gr_word_is_mistyped(a, b, p->names->weights.shortest_first, true) ? GR_ACCORD_MISTYPED
                                                                             : GR_ACCORD_DIFFERENT;
}

static char next_letter(gr_text s, size_t *i)
{
    while (*i < s.len && s.ptr[*i] == ' ')
        ++*i;
    return *i < s.len ? s.ptr[(*i)++] : '\0';
}

/* The same letters, wherever the spaces are; of b from a word on, and then from its beginning. */
static bool is_written_as(gr_text a, gr_text b, size_t from)
{
    gr_text tail = gr_text_slice(b, from, b.len), head = gr_text_slice(b, 0, from);
    size_t i = 0, k = 0, n = 0;
    char x, y;

    do {
        x = next_letter(a, &i);
        y = next_letter(tail, &k);
        y = y ? y : next_letter(head, &n);
    } while (x == y && x);
    return x == y;
}

static bool is_together(const both *p)
{
    return is_written_as(gr_parts_core(p->a), gr_parts_core(p->b), 0);
}

/* "Roe Jane", "Jane Roe"; "Nguyen Van Anh", "Anh Nguyen"; "Wang Xiaoming", "Xiao Ming Wang". */
static bool is_turned(const both *p)
{
    gr_text a = gr_parts_core(p->a), b = gr_parts_core(p->b);

    if (p->a->first.len == 0 || p->b->first.len == 0)
        return false;
    if (gr_text_equal(p->a->first, p->b->last) && gr_text_equal(p->a->last, p->b->first))
        return true;
    for (size_t i = 1; i < b.len; i++)
        if (b.ptr[i - 1] == ' ' && is_written_as(a, b, i))
            return true;
    return false;
}

static bool has_word(gr_text words, gr_text word)
{
    gr_text one;

    while (gr_text_word(&words, &one))
        if (gr_text_equal(one, word))
            return true;
    return false;
}

/* A first name that says something, and a last name that stands in the middle of the other name. */
static bool is_double(const both *p)
{
    return p->a->first.len > 0 && p->b->first.len > 0 &&
           ((!gr_word_is_initial(p->a->last) && has_word(gr_parts_between(p->b), p->a->last)) ||
            (!gr_word_is_initial(p->b->last) && has_word(gr_parts_between(p->a), p->b->last)));
}

static bool is_only_first(const gr_person_parts *one, const gr_person_parts *other)
{
    return one->first.len == 0 && gr_text_equal(one->last, other->first);
}

static void compare_names(const both *p, gr_accord *part)
{
    bool is_whole = gr_text_equal(p->a->last, p->b->last);

    part[GR_PART_SUFFIX] = of_suffixes(gr_parts_suffix(p->a), gr_parts_suffix(p->b));
    part[GR_PART_MIDDLE] = GR_ACCORD_NONE;
    part[GR_PART_FIRST] = of_firsts(p);
    part[GR_PART_LAST] = GR_ACCORD_SAME;
    if (is_whole && part[GR_PART_FIRST] != GR_ACCORD_DIFFERENT &&
        part[GR_PART_FIRST] != GR_ACCORD_MISTYPED) {
        if (part[GR_PART_FIRST] != GR_ACCORD_MISSING && part[GR_PART_FIRST] != GR_ACCORD_MIDDLE)
            part[GR_PART_MIDDLE] = of_middles(p);
        return;
    }
    if (is_together(p) || is_turned(p)) {
        part[GR_PART_FIRST] = part[GR_PART_LAST] =
            is_together(p) ? GR_ACCORD_TOGETHER : GR_ACCORD_TURNED;
        return;
    }
    if (is_only_first(p->a, p->b) || is_only_first(p->b, p->a)) {
        part[GR_PART_FIRST] = GR_ACCORD_SAME;
        part[GR_PART_LAST] = GR_ACCORD_MISSING;
        return;
    }
    if (!is_whole && is_double(p)) {
        part[GR_PART_LAST] = GR_ACCORD_DOUBLE;
        return;
    }
    part[GR_PART_MIDDLE] =
        part[GR_PART_FIRST] == GR_ACCORD_MISSING ? GR_ACCORD_NONE : of_middles(p);
    if (!is_whole)
        part[GR_PART_LAST] =
            gr_word_is_mistyped(p->a->last, p->b->last, p->names->weights.shortest_last, false)
                ? GR_ACCORD_MISTYPED
                : GR_ACCORD_DIFFERENT;
}

/* ---- all ---- */

bool gr_likeness_agrees(const gr_likeness *like)
{
    for (int p = GR_PART_FIRST; p <= GR_PART_SUFFIX; p++)
        if (like->part[p] == GR_ACCORD_DIFFERENT)
            return false;
    return true;
}

static bool is_sure(const gr_likeness *like, const gr_person_parts *a, const gr_person_parts *b)
{
    if (like->part[GR_PART_ID] == GR_ACCORD_SAME)
        return true;
    if (like->part[GR_PART_ID] != GR_ACCORD_NONE)
        return false;
    if (like->part[GR_PART_EMAIL] == GR_ACCORD_SAME && gr_likeness_agrees(like))
        return true;
    return a->name.len > 0 && gr_text_equal(a->name, b->name) &&
           gr_text_equal(a->employer, b->employer);
}

gr_likeness gr_likeness_of(const gr_names *names, const gr_person_parts *a,
                           const gr_person_parts *b)
{
    const gr_weights *w = &names->weights;
    both p = { names, a, b };
    gr_likeness like = { .part = { 0 } };

    like.part[GR_PART_ID] = of_ids(a->id, b->id);
    like.part[GR_PART_EMPLOYER] = of_employers(a->employer, b->employer);
    like.part[GR_PART_EMAIL] = of_emails(a->email, b->email);
    if (a->name.len > 0 && b->name.len > 0)
        compare_names(&p, like.part);
    for (int i = 0; i < GR_PARTS; i++)
        like.score += w->points[i][like.part[i]];
    if (like.part[GR_PART_EMAIL] == GR_ACCORD_SAME &&
        like.part[GR_PART_ID] != GR_ACCORD_DIFFERENT && like.score < w->possible)
        like.score = w->possible; /* one address makes a link, whatever the names say */
    like.bond = is_sure(&like, a, b)         ? GR_BOND_SURE
                : like.score >= w->possible  ? GR_BOND_POSSIBLE
                : like.score >= w->candidate ? GR_BOND_CANDIDATE
                                             : GR_BOND_NONE;
    return like;
}

static gr_status fold_both(const gr_names *names, const gr_person *a, const gr_person *b,
                           gr_arena **scratch, gr_person_parts out[2], gr_error *err)
{
    gr_arena *arena = gr_arena_create();

    if (!arena || !gr_parts_fold(names, a, arena, &out[0]) ||
        !gr_parts_fold(names, b, arena, &out[1])) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    *scratch = arena;
    return GR_OK;
}

gr_status gr_likeness_find(const gr_names *names, const gr_person *a, const gr_person *b,
                           gr_likeness *out, gr_error *err)
{
    gr_arena *scratch;
    gr_person_parts two[2];
    gr_status status = fold_both(names, a, b, &scratch, two, err);

    if (status != GR_OK)
        return status;
    *out = gr_likeness_of(names, &two[0], &two[1]);
    gr_arena_free(scratch);
    return GR_OK;
}

gr_status gr_likeness_print(const gr_names *names, const gr_person *a, const gr_person *b,
                            gr_arena *arena, gr_text *out, gr_error *err)
{
    gr_arena *scratch;
    gr_person_parts two[2];
    gr_status status = fold_both(names, a, b, &scratch, two, err);

    if (status != GR_OK)
        return status;
    *out = gr_likeness_words(names, &two[0], &two[1], arena);
    gr_arena_free(scratch);
    return out->ptr ? GR_OK : gr_fail_memory(err);
}
