/* src/app/complete.c - see complete.h. What a record states goes before what others know of it. */
#include "app/complete.h"

void gr_record_complete(const gr_rules *rules, gr_record *record, bool is_amended,
                        gr_recipient *nobody)
{
    if (is_amended && !gr_record_knows(record, GR_F_CHANGED))
        gr_record_set(record, NULL, GR_F_CHANGED, (gr_value){ .number = GR_YES });
    if (record->kind == GR_RECORD_EXPENSE)
        gr_detection_apply(&rules->set->detection, record);
    if (record->kind == GR_RECORD_GIFT && record->recipient_count == 0) {
        record->recipient = nobody;
        record->recipient_count = 1;
    }
}
