/* src/app/complete.c - see complete.h. What a record states goes before what others know of it; what officers know goes
 * before what is found out about an expense. */
#include "app/complete.h"

bool gr_record_complete(const gr_completing *by, gr_record *record)
{
    bool is_bare = record->recipient_count == 0 && record->kind <= GR_RECORD_EXPENSE;
    bool is_complete;

    if (by->is_amended && !gr_record_knows(record, GR_F_CHANGED))
        gr_record_set(record, NULL, GR_F_CHANGED, (gr_value){ .number = GR_YES });
    if (is_bare) {
        *by->nobody = (gr_recipient){ .known = 0 };
        record->recipient = by->nobody;
        record->recipient_count = 1;
    }
    is_complete = gr_supplement_lay(by->supplement, by->format, record, by->laid);
    if (record->kind == GR_RECORD_EXPENSE)
        gr_detection_apply(&by->rules->set->detection, record);
    if (is_bare && record->kind != GR_RECORD_GIFT)
        record->recipient_count = 0;
    return is_complete;
}
