/* src/people/names.c - each name with the number of its line; a name may stand on several. */
#include "people/names.h"

#include "base/digest.h"

typedef struct gr_name_member { /* a name of names.xml and its line */
    gr_text name;
    uint32_t line;
} gr_name_member;

static bool add_line(gr_names *names, gr_text words, uint32_t line)
{
    gr_text rest = words;
    gr_name_member member = { .line = line };

    while (gr_text_word(&rest, &member.name)) {
        uint32_t number = (uint32_t)names->member.count;

        if (!gr_list_push(&names->member, &member) ||
            !gr_table_put(&names->known, gr_hash(member.name, 0), number))
            return false;
    }
    return true;
}

gr_status gr_names_load(const char *path, const char *schema, gr_arena *arena,
                        gr_problems *problems, gr_names *out, gr_error *err)
{
    gr_names names = { .member = GR_LIST(gr_name_member) };
    gr_rulefile file;
    gr_status status = gr_rulefile_load(path, schema, arena, problems, &file, err);

    if (status != GR_OK)
        return status;
    for (const gr_node *n = gr_node_child(file.root, "same"); n; n = gr_node_again(n)) {
        if (!add_line(&names, n->text, n->at.line)) {
            gr_names_free(&names);
            return gr_fail_memory(err);
        }
    }
    *out = names;
    return GR_OK;
}

void gr_names_free(gr_names *names)
{
    gr_list_free(&names->member);
    gr_table_free(&names->known);
}

static bool is_on_line(const gr_names *names, gr_text name, uint32_t line)
{
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&names->known, gr_hash(name, 0), &cursor)) != GR_NONE) {
        const gr_name_member *member = GR_AT(names->member, gr_name_member, i);

        if (member->line == line && gr_text_equal(member->name, name))
            return true;
    }
    return false;
}

bool gr_names_same(const gr_names *names, gr_text a, gr_text b)
{
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&names->known, gr_hash(a, 0), &cursor)) != GR_NONE) {
        const gr_name_member *member = GR_AT(names->member, gr_name_member, i);

        if (gr_text_equal(member->name, a) && is_on_line(names, b, member->line))
            return true;
    }
    return false;
}
