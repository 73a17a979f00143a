/* src/people/names.c - each word with its kind and the number of its line; a first name may stand on several. */
#include "people/names.h"

#include "base/digest.h"

#include <string.h>

typedef struct gr_name_member {
    gr_text word;
    gr_name_kind kind;
    uint32_t line;
} gr_name_member;

static bool add_line(gr_names *names, gr_text words, gr_name_kind kind, uint32_t line)
{
    gr_text rest = words;
    gr_name_member member = { .kind = kind, .line = line };

    while (gr_text_word(&rest, &member.word)) {
        uint32_t number = (uint32_t)names->member.count;

        if (!gr_list_push(&names->member, &member) ||
            !gr_table_put(&names->known, gr_hash(member.word, 0), number))
            return false;
    }
    return true;
}

static gr_name_kind kind_of(const gr_node *node)
{
    return gr_node_is(node, "title")        ? GR_NAME_TITLE
           : gr_node_is(node, "credential") ? GR_NAME_CREDENTIAL
           : gr_node_is(node, "suffix")     ? GR_NAME_SUFFIX
           : gr_node_is(node, "particle")   ? GR_NAME_PARTICLE
           : gr_node_is(node, "legal-form") ? GR_NAME_LEGAL_FORM
                                            : GR_NAME_FIRST;
}

gr_status gr_names_load(const char *path, const char *schema, gr_arena *arena,
                        gr_problems *problems, gr_names *out, gr_error *err)
{
    gr_names names = { .member = GR_LIST(gr_name_member) };
    gr_rulefile file;
    size_t before = problems->count;
    gr_status status = gr_rulefile_load(path, schema, arena, problems, &file, err);

    if (status != GR_OK)
        return status;
    gr_weights_read(gr_node_child(file.root, "likeness"), problems, &names.weights);
    if (problems->count > before)
        return gr_problems_end(problems, err);
    for (const gr_node *n = file.root->first; n; n = n->next) {
        if (!gr_node_is(n, "likeness") && !add_line(&names, n->text, kind_of(n), n->at.line)) {
            gr_names_free(&names);
            return gr_fail_memory(err);
        }
    }
    memcpy(names.sha256, file.sha256, sizeof names.sha256);
    *out = names;
    return GR_OK;
}

void gr_names_free(gr_names *names)
{
    gr_list_free(&names->member);
    gr_table_free(&names->known);
}

/* The next member that is this word, of this kind; NULL after the last. *cursor starts at 0. */
static const gr_name_member *find(const gr_names *names, gr_name_kind kind, gr_text word,
                                  size_t *cursor)
{
    uint32_t i;

    while ((i = gr_table_find(&names->known, gr_hash(word, 0), cursor)) != GR_NONE) {
        const gr_name_member *member = GR_AT(names->member, gr_name_member, i);

        if (member->kind == kind && gr_text_equal(member->word, word))
            return member;
    }
    return NULL;
}

bool gr_names_has(const gr_names *names, gr_name_kind kind, gr_text word)
{
    size_t cursor = 0;

    return find(names, kind, word, &cursor) != NULL;
}

bool gr_names_line(const gr_names *names, gr_text first, size_t *cursor, uint32_t *line)
{
    const gr_name_member *member = find(names, GR_NAME_FIRST, first, cursor);

    if (member)
        *line = member->line;
    return member != NULL;
}

bool gr_names_same(const gr_names *names, gr_text a, gr_text b)
{
    const gr_name_member *one, *other;
    size_t i = 0;

    while ((one = find(names, GR_NAME_FIRST, a, &i))) {
        size_t k = 0;

        while ((other = find(names, GR_NAME_FIRST, b, &k)))
            if (one->line == other->line)
                return true;
    }
    return false;
}
