/* src/report/prose_index.c - which rulebooks there are, and their limits on a day; and how every page of a rule file
 * ends: which file it tells, and room for a signature. */
#include "report/prose.h"

static void tell_book(const gr_prose *prose, const gr_node *root)
{
    gr_prose book = *prose;
    bool any = false;

    book.book = root;
    book.currency = gr_node_attribute(root, "currency");
    gr_document_row_start(prose->document, NULL);
    gr_document_cell_start(prose->document);
    gr_tell_code(prose, gr_node_attribute(root, "id"));
    gr_document_cell_end(prose->document);
    gr_tell_cell(prose, gr_node_attribute(root, "title"));
    gr_document_cell_start(prose->document);
    for (const gr_node *l = gr_node_child(root, "limit"); l; l = gr_node_again(l)) {
        for (const gr_node *r = gr_node_child(l, "row"); r; r = gr_node_again(r)) {
            if (!gr_in_force(prose, r))
                continue;
            gr_tell(prose, any ? "; " : "");
            gr_tell_limit_brief(&book, l, r);
            any = true;
        }
    }
    gr_tell(prose, any ? "" : "no amount");
    gr_tell(prose, gr_binds_firm(prose, root) ? "" : " (does not bind this firm)");
    gr_document_cell_end(prose->document);
    gr_document_row_end(prose->document);
}

void gr_prose_index(const gr_prose *prose, const gr_node *const *root, size_t count)
{
    static const gr_column columns[] = {
        { "rulebook", 'l', true },
        { "title", 'l', false },
        { "in force", 'w', false },
    };

    gr_document_heading_start(prose->document, 1, NULL);
    gr_document_say(prose->document, GR_TONE_BOLD, GR_TEXT("The rulebooks on "));
    gr_document_say(prose->document, GR_TONE_BOLD, prose->day);
    gr_document_heading_end(prose->document);
    gr_document_table_start(prose->document, "The rulebooks and their limits", columns,
                            GR_COUNT(columns));
    for (size_t i = 0; i < count; i++)
        tell_book(prose, root[i]);
    gr_document_table_end(prose->document);
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, "A rulebook is told by giftrule rules show and its name. The policy and the "
                   "detection of gifts are told in the same way, by the names ");
    gr_tell_code(prose, GR_TEXT("policy"));
    gr_tell(prose, " and ");
    gr_tell_code(prose, GR_TEXT("detection"));
    gr_tell(prose, ".");
    gr_document_paragraph_end(prose->document);
}

void gr_prose_end(const gr_prose *prose, const gr_prose_file *file)
{
    if (prose->is_compared)
        return;
    gr_tell_heading(prose, 2, "file", "The file");
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell(prose, "All this stands in ");
    gr_tell_code(prose, file->path);
    gr_tell(prose, ", whose SHA-256 is ");
    gr_tell_code(prose, file->sha256);
    gr_tell(prose, ".");
    gr_document_paragraph_end(prose->document);
    gr_tell_heading(prose, 2, "signature", "Read and approved");
    gr_document_blank(prose->document, "Name");
    gr_document_blank(prose->document, "Day");
    gr_document_blank(prose->document, "Signature");
}
