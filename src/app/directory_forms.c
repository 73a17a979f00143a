/* src/app/directory_forms.c - what people may be taken for: keys are told of each form, so that they are found whichever
 * of their spellings are in force. */
#include "app/directory_inside.h"

#include "people/fold.h"

/* ---- one part of all spellings ---- */

static gr_text text_of(const gr_spelt *spelt, bool employer)
{
    return employer ? spelt->person.employer : spelt->person.name;
}

/* The best of those that are certain is shown, or one that is better and may be there: each once when folded. */
static bool list_shown(const gr_names *names, const gr_spelt *spelt, size_t count, bool employer,
                       gr_arena *arena, gr_list *out)
{
    gr_text best = { NULL, 0 };

    for (size_t i = 0; i < count; i++)
        if (spelt[i].is_certain &&
            (!best.ptr || gr_fold_is_better(best, text_of(&spelt[i], employer))))
            best = text_of(&spelt[i], employer);
    for (size_t i = 0; i < count; i++) {
        gr_text one = text_of(&spelt[i], employer), folded;
        bool is_known = false;

        if (best.ptr && !gr_text_equal(best, one) && !gr_fold_is_better(best, one))
            continue;
        folded = employer ? gr_fold_firm(names, one, arena) : gr_fold_name(names, one, arena);
        for (size_t k = 0; k < out->count; k++)
            is_known = is_known || gr_text_equal(*GR_AT(*out, gr_text, k), folded);
        if (!folded.ptr || (!is_known && !gr_list_push(out, &folded)))
            return false;
    }
    return true;
}

bool gr_directory_forms(const gr_names *names, const gr_spelt *spelt, size_t count, gr_arena *arena,
                        gr_list *forms)
{
    gr_list name = GR_LIST(gr_text), employer = GR_LIST(gr_text);
    bool fits = list_shown(names, spelt, count, false, arena, &name) &&
                list_shown(names, spelt, count, true, arena, &employer);

    for (size_t i = 0; fits && i < name.count; i++) {
        for (size_t k = 0; fits && k < employer.count; k++) {
            gr_person_parts form = { .id = spelt[0].person.id,
                                     .name = *GR_AT(name, gr_text, i),
                                     .employer = *GR_AT(employer, gr_text, k),
                                     .email = GR_TEXT("") };

            gr_fold_split(names, form.name, &form.first, &form.last);
            fits = gr_list_push(forms, &form);
        }
    }
    gr_list_free(&name);
    gr_list_free(&employer);
    return fits;
}

/* An id is a key of who has no name too. */
void gr_directory_tell(const gr_names *names, const gr_person_parts *form, gr_on_key take,
                       void *context)
{
    if (form->id.len > 0)
        take(context, gr_key_id(form->id), GR_KEY_WIDE);
    if (form->name.len == 0)
        return;
    take(context, gr_key_whole(form), GR_KEY_WIDE);
    gr_keys_tell_name(form, take, context);
    gr_keys_tell_near(names, form, take, context);
}
