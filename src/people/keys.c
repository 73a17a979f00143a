/* src/people/keys.c - see keys.h. */
#include "people/keys.h"

#include "base/digest.h"
#include "people/fold.h"

/* In which way two may be one person: the seed of its hashes. */
enum {
    WAY_EMPLOYER = 4,
    WAY_LINE,
    WAY_INITIAL,
    WAY_BARE,
    WAY_MIDDLE,
    WAY_TURNED,
    WAY_LETTERS,
    WAY_DOUBLE,
    WAY_LAST_MISTYPED,
    WAY_FIRST_MISTYPED,
    WAY_NO_EMPLOYER,
    WAY_ANYWHERE,
    WAY_ID,
    WAY_WHOLE,
    WAY_EMAIL
};

typedef struct telling {
    const gr_names *names;
    const gr_person_parts *parts;
    bool has_id;
    gr_on_key take;
    void *context;
} telling;

static void tell(const telling *t, uint64_t hash, bool wide)
{
    gr_key_part part = wide ? GR_KEY_WIDE : GR_KEY_NARROW;

    if (t->has_id)
        part = wide ? GR_KEY_WIDE_WITH_ID : GR_KEY_NARROW_WITH_ID;
    t->take(t->context, hash, part);
}

/* ---- at one employer ---- */

static uint64_t hash_number(uint64_t number, uint64_t seed)
{
    return gr_hash((gr_text){ (const char *)&number, sizeof number }, seed);
}

static uint64_t hash_surname(const gr_person_parts *p, uint64_t way)
{
    return gr_hash(p->employer, gr_hash(p->last, way));
}

static uint64_t hash_first(const gr_person_parts *p, uint64_t way)
{
    return gr_hash(p->employer, gr_hash(p->first, way));
}

/* Where all are alike, who has no id is the wide one. */
static void tell_surname(const telling *t)
{
    const gr_person_parts *p = t->parts;
    bool alike = !t->has_id;
    uint64_t seed = hash_surname(p, WAY_LINE), middle = hash_surname(p, WAY_MIDDLE);
    gr_text rest = gr_parts_between(p), word;
    size_t cursor = 0;
    uint32_t line;

    tell(t, hash_surname(p, WAY_BARE), p->first.len == 0);
    if (p->first.len == 0)
        return;
    tell(t, gr_hash(gr_fold_initial(p->first), hash_surname(p, WAY_INITIAL)),
         gr_word_is_initial(p->first));
    while (gr_names_line(t->names, p->first, &cursor, &line))
        tell(t, hash_number(line, seed), alike);
    tell(t, gr_hash(p->first, middle), false);
    if (gr_parts_middle(t->names, &rest, &word))
        tell(t, gr_hash(word, middle), true);
}

static uint64_t scatter(uint64_t letter)
{
    letter *= UINT64_C(0x9E3779B97F4A7C15);
    letter ^= letter >> 29;
    return letter * UINT64_C(0xBF58476D1CE4E5B9);
}

/* "Roe Jane" and "Jane Roe", also twice "Jane Roe", where what stands between differs; and all whose names have the same letters, in whatever order and words. */
static void tell_turned(const telling *t)
{
    const gr_person_parts *p = t->parts;
    bool rising = gr_text_compare(p->first, p->last) < 0, alike = !t->has_id;
    uint64_t hash = gr_hash(rising ? p->first : p->last, gr_hash(p->employer, WAY_TURNED));
    uint64_t letters = 0;
    gr_text core = gr_parts_core(p);

    for (size_t c = 0; c < core.len; c++)
        letters += core.ptr[c] != ' ' ? scatter((unsigned char)core.ptr[c]) : 0;
    tell(t, gr_hash(p->employer, hash_number(letters, WAY_LETTERS)), alike);
    if (p->first.len > 0)
        tell(t, gr_hash(rising ? p->last : p->first, hash), alike);
}

/* A surname of several words meets those that are one of them. */
static void tell_double(const telling *t)
{
    const gr_person_parts *p = t->parts;
    uint64_t seed = hash_first(p, WAY_DOUBLE);
    gr_text rest = gr_parts_between(p), word;

    if (p->first.len == 0)
        return;
    tell(t, gr_hash(p->last, seed), true);
    while (gr_text_word(&rest, &word))
        tell(t, gr_hash(word, seed), false);
}

/* Words that start alike, or end alike. */
static void tell_ends(const telling *t, gr_text word, size_t shortest, uint64_t seed)
{
    bool alike = !t->has_id;
    gr_text front, back;

    if (!gr_word_ends(word, shortest, &front, &back))
        return;
    tell(t, gr_hash(front, seed), alike);
    tell(t, gr_hash(back, seed + 1), alike);
}

static void tell_mistyped(const telling *t)
{
    const gr_weights *w = &t->names->weights;
    const gr_person_parts *p = t->parts;

    if (p->first.len == 0)
        return;
    tell_ends(t, p->last, w->shortest_last, hash_first(p, WAY_LAST_MISTYPED));
    tell_ends(t, p->first, w->shortest_first, hash_surname(p, WAY_FIRST_MISTYPED));
}

void gr_keys_tell_near(const gr_names *names, const gr_person_parts *parts, gr_on_key take,
                       void *context)
{
    const telling t = { names, parts, parts->id.len > 0, take, context };

    tell_surname(&t);
    tell_turned(&t);
    tell_double(&t);
    tell_mistyped(&t);
}

/* ---- others ---- */

void gr_keys_tell_name(const gr_person_parts *p, gr_on_key take, void *context)
{
    const telling t = { NULL, p, p->id.len > 0, take, context };

    tell(&t, gr_hash(p->first, gr_hash(p->last, WAY_NO_EMPLOYER)), p->employer.len == 0);
}

uint64_t gr_key_employer(const gr_person_parts *p)
{
    return gr_hash(p->employer, WAY_EMPLOYER);
}

uint64_t gr_key_anywhere(const gr_person_parts *p)
{
    return gr_hash(p->first, gr_hash(p->last, WAY_ANYWHERE));
}

uint64_t gr_key_whole(const gr_person_parts *p)
{
    return gr_hash(p->employer, gr_hash(p->name, WAY_WHOLE));
}

uint64_t gr_key_email(gr_text email)
{
    return gr_hash(email, WAY_EMAIL);
}

/* ASCII letters, which ids are made of, without case. */
uint64_t gr_key_id(gr_text id)
{
    uint64_t hash = WAY_ID;
    char small[64];

    for (size_t i = 0, n; i < id.len; i += n) {
        for (n = 0; n < sizeof small && i + n < id.len; n++) {
            char c = id.ptr[i + n];

            small[n] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
        hash = gr_hash((gr_text){ small, n }, hash);
    }
    return hash;
}

bool gr_keys_meet(gr_key_part a, gr_key_part b)
{
    gr_key_part first = a < b ? a : b, second = a < b ? b : a;

    return first == GR_KEY_WIDE || (first == GR_KEY_NARROW && second == GR_KEY_WIDE_WITH_ID);
}
