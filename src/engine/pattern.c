/* src/engine/pattern.c - the only file that knows pcre2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "engine/pattern.h"

#include "base/bounds.h"
#include "base/os.h"

#include <stddef.h>
#include <string.h>

#include <pcre2.h>

struct gr_pattern {
    pcre2_code *code;
    pcre2_match_context *limits;
};

static void *take(PCRE2_SIZE size, void *context)
{
    (void)context;
    return gr_os_alloc(size);
}

static void give_back(void *block, void *context)
{
    (void)context;
    gr_os_free(block);
}

static gr_status fail_compile(gr_text source, int number, size_t offset, gr_place at, gr_error *err)
{
    PCRE2_UCHAR message[160];

    if (number == PCRE2_ERROR_HEAP_FAILED)
        return gr_fail_memory(err);
    pcre2_get_error_message(number, message, sizeof message);
    return gr_fail(err, GR_EINPUT, at, "patterns are Perl-compatible regular expressions",
                   "'%.*s' is not a pattern: %s at character %zu", GR_SHOW(source),
                   (const char *)message, offset + 1);
}

/* Compiled with our memory, which the code, and matches of it, then use too. */
static void compile(gr_text source, uint32_t options, gr_pattern *pattern, int *number,
                    PCRE2_SIZE *offset)
{
    pcre2_general_context *memory = pcre2_general_context_create(take, give_back, NULL);
    pcre2_compile_context *context = memory ? pcre2_compile_context_create(memory) : NULL;

    *number = PCRE2_ERROR_HEAP_FAILED;
    *offset = 0;
    if (context) {
        pattern->limits = pcre2_match_context_create(memory);
        pattern->code = pcre2_compile((PCRE2_SPTR)source.ptr, source.len,
                                      PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | options,
                                      number, offset, context);
    }
    pcre2_compile_context_free(context);
    pcre2_general_context_free(memory);
}

void gr_pattern_free(gr_pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_code_free(pattern->code);
    pcre2_match_context_free(pattern->limits);
    gr_os_free(pattern);
}

/* What one match needs fits here; were it taken from the heap, a match could fail for want of memory, and an expense
 * would then not be seen to be a gift. */
typedef struct scratch {
    _Alignas(max_align_t) char bytes[512];
    size_t used;
} scratch;

static void *take_scratch(PCRE2_SIZE size, void *context)
{
    scratch *s = context;
    size_t room = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);

    if (room > sizeof s->bytes - s->used)
        return gr_os_alloc(size);
    s->used += room;
    return s->bytes + s->used - room;
}

static void give_back_scratch(void *block, void *context)
{
    scratch *s = context;

    if ((uintptr_t)block - (uintptr_t)s->bytes >= sizeof s->bytes)
        gr_os_free(block);
}

/* found: NULL where only the answer is asked for. */
static int run(const gr_pattern *pattern, gr_text subject, gr_text *found)
{
    scratch s = { .used = 0 };
    pcre2_general_context *memory =
        pcre2_general_context_create(take_scratch, give_back_scratch, &s);
    pcre2_match_data *data = memory ? pcre2_match_data_create(1, memory) : NULL;
    int result = PCRE2_ERROR_NOMEMORY;

    if (data)
        result = pcre2_match(pattern->code, (PCRE2_SPTR)subject.ptr, subject.len, 0, 0, data,
                             pattern->limits);
    if (result >= 0 && found) {
        const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);

        *found = gr_text_slice(subject, at[0], at[1]);
    }
    pcre2_match_data_free(data);
    pcre2_general_context_free(memory);
    return result;
}

static gr_match match(const gr_pattern *pattern, gr_text subject, gr_text *found)
{
    int result = run(pattern, subject, found);

    return result >= 0                     ? GR_MATCH_YES
           : result == PCRE2_ERROR_NOMATCH ? GR_MATCH_NO
                                           : GR_MATCH_UNDECIDED;
}

gr_match gr_pattern_match(const gr_pattern *pattern, gr_text subject)
{
    return match(pattern, subject, NULL);
}

gr_match gr_pattern_find(const gr_pattern *pattern, gr_text subject, gr_text *found)
{
    return match(pattern, subject, found);
}

/* ---- patterns that explode ---- */

/* Some texts cost such a pattern more steps with every letter, and a match that is given up decides nothing. What
 * costs too much is most often many times one letter of the pattern, or its words over and over, with something at the
 * end that does not fit: these are tried once, with fewer steps allowed than in earnest. */
enum { PROBE = 128, PROBE_STEPS = 6000 };

static bool is_word_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_given_up(const gr_pattern *pattern, char probe[PROBE])
{
    probe[PROBE - 1] = '!';
    return run(pattern, (gr_text){ probe, PROBE }, NULL) == PCRE2_ERROR_MATCHLIMIT;
}

static bool explodes_on_letters(const gr_pattern *pattern, gr_text source)
{
    bool tried[128] = { false };
    char probe[PROBE];

    for (size_t i = 0; i <= source.len; i++) {
        char c = i < source.len ? source.ptr[i] : ' ';

        if ((!is_word_letter(c) && c != ' ' && c != '-' && c != '.') || tried[(unsigned char)c])
            continue;
        tried[(unsigned char)c] = true;
        memset(probe, c, sizeof probe);
        if (is_given_up(pattern, probe))
            return true;
    }
    return false;
}

static bool explodes_on_words(const gr_pattern *pattern, gr_text source)
{
    char probe[PROBE];
    size_t n = 0, before = 1;

    while (n < sizeof probe && n != before) { /* until it is full, or there is no word */
        before = n;
        for (size_t i = 0; i < source.len && n < sizeof probe; i++) {
            if (is_word_letter(source.ptr[i]))
                probe[n++] = source.ptr[i];
            else if (n > 0 && probe[n - 1] != ' ')
                probe[n++] = ' ';
        }
    }
    return n == sizeof probe && is_given_up(pattern, probe);
}

/* Compiled for that without the shortcut by which a text without the pattern's last letter is not tried at all: a longer
 * text will have it. False also when there is no memory: then the pattern itself cannot be compiled. */
static bool explodes(gr_text source)
{
    gr_pattern probed = { NULL, NULL };
    int number;
    PCRE2_SIZE offset;
    bool too_much = false;

    compile(source, PCRE2_NO_START_OPTIMIZE, &probed, &number, &offset);
    if (probed.code && probed.limits) {
        pcre2_set_match_limit(probed.limits, PROBE_STEPS);
        too_much = explodes_on_letters(&probed, source) || explodes_on_words(&probed, source);
    }
    pcre2_code_free(probed.code);
    pcre2_match_context_free(probed.limits);
    return too_much;
}

gr_status gr_pattern_create(gr_text source, gr_place at, bool is_proved, gr_pattern **out,
                            gr_error *err)
{
    gr_pattern *pattern = gr_os_alloc(sizeof *pattern);
    int number;
    PCRE2_SIZE offset;

    if (!pattern)
        return gr_fail_memory(err);
    *pattern = (gr_pattern){ NULL, NULL };
    compile(source, 0, pattern, &number, &offset);
    if (!pattern->code || !pattern->limits) {
        gr_status status =
            pattern->code ? gr_fail_memory(err) : fail_compile(source, number, offset, at, err);

        gr_pattern_free(pattern);
        return status;
    }
    pcre2_set_match_limit(pattern->limits, GR_MAX_MATCH);
    pcre2_set_depth_limit(pattern->limits, GR_MAX_MATCH_DEPTH);
    pcre2_set_heap_limit(pattern->limits, GR_MAX_MATCH_HEAP);
    if (!is_proved)
        pcre2_jit_compile(pattern->code,
                          PCRE2_JIT_COMPLETE); /* without it, matches are only slower */
    if (!is_proved && explodes(source)) {
        gr_pattern_free(pattern);
        return gr_fail(err, GR_EINPUT, at, "do not repeat what may repeat inside, as (a+)+ does",
                       "'%.*s' takes too many steps on some texts", GR_SHOW(source));
    }
    *out = pattern;
    return GR_OK;
}
