/* src/report/prose_detection.c - detection: how an expense is booked, and which expenses are gifts. */
#include "report/prose.h"

static void tell_booking(const gr_prose *prose, const gr_node *booking)
{
    gr_document_item_start(prose->document, NULL);
    gr_tell_words(prose, GR_TEXT("booked-as"), gr_node_attribute(booking, "as"), false);
    gr_tell(prose, ", if ");
    gr_tell_condition_item(prose, booking->first);
    gr_document_item_end(prose->document);
}

static void tell_gift(const gr_prose *prose, const gr_node *gift)
{
    gr_document_item_start(prose->document, NULL);
    gr_tell_code(prose, gr_node_attribute(gift, "id"));
    gr_tell(prose, ": it is a gift, and ");
    gr_tell_words(prose, GR_TEXT("kind"), gr_node_attribute(gift, "kind"), false);
    gr_tell(prose, ", if ");
    gr_tell_condition_item(prose, gift->first);
    gr_document_item_end(prose->document);
}

static void tell_list(const gr_prose *prose, const gr_node *root, const char *name,
                      void (*tell)(const gr_prose *, const gr_node *))
{
    gr_document_list_start(prose->document, GR_LIST_NUMBERED);
    for (const gr_node *n = gr_node_child(root, name); n; n = gr_node_again(n))
        tell(prose, n);
    gr_document_list_end(prose->document);
}

void gr_prose_detection(const gr_prose *prose, const gr_node *root, const gr_prose_file *file)
{
    gr_tell_heading(prose, 1, NULL, "Which expenses are gifts");
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_LEAD);
    gr_tell(prose, "How an expense of an export is understood, and when it is taken for a gift. An "
                   "expense that is taken for none is kept as an expense, and is not judged. What "
                   "the export itself states is never replaced.");
    gr_document_paragraph_end(prose->document);
    gr_tell_heading(prose, 2, "bookings", "As what it was booked");
    gr_tell_paragraph(prose, "The first of these that fits:");
    tell_list(prose, root, "booking", tell_booking);
    gr_tell_heading(prose, 2, "gifts", "When it is a gift");
    gr_tell_paragraph(prose, "The first of these that fits:");
    tell_list(prose, root, "gift", tell_gift);
    gr_prose_oddities(prose, root);
    gr_prose_end(prose, file);
}
