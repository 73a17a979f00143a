/* src/base/day.c - dates of the Gregorian calendar, years 1 to 9999, by arithmetic alone. */
#include "base/day.h"

#include <stdio.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool gr_date_exists(gr_date date)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1)
        return false;
    return date.day <= days[date.month - 1] + (date.month == 2 && is_leap(date.year));
}

/* Years are counted from March, so that the leap day is the last of its year. */
gr_day gr_day_of(gr_date date)
{
    int year = date.year - (date.month <= 2);
    int era = year / 400; /* year is never negative here */
    int of_era = year - era * 400;
    int of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

gr_date gr_day_date(gr_day day)
{
    int since = day + 719468;
    int era = since / 146097;
    int of_era = since - era * 146097;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153;
    gr_date date = { year + era * 400, month < 10 ? month + 3 : month - 9,
                     of_year - (153 * month + 2) / 5 + 1 };

    date.year += date.month <= 2;
    return date;
}

gr_day gr_day_add_years(gr_day day, int years)
{
    gr_date date = gr_day_date(day);

    date.year += years;
    if (date.year < 1)
        return GR_DAY_FIRST;
    if (date.year > 9999)
        return GR_DAY_LAST;
    if (!gr_date_exists(date))
        date.day = 28;
    return gr_day_of(date);
}

static bool digits(const char *s, size_t n, int *out)
{
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        *out = *out * 10 + (s[i] - '0');
    }
    return true;
}

/* A zone: Z, or +hh:mm. True also when there is none. */
static bool is_zone(gr_text s)
{
    int hours, minutes;

    if (s.len == 0 || (s.len == 1 && s.ptr[0] == 'Z'))
        return true;
    return s.len == 6 && (s.ptr[0] == '+' || s.ptr[0] == '-') && s.ptr[3] == ':' &&
           digits(s.ptr + 1, 2, &hours) && digits(s.ptr + 4, 2, &minutes) && hours <= 14 &&
           minutes <= 59;
}

/* What may follow a date: nothing, a zone, or a time and a zone. */
static bool is_time_of_day(gr_text s)
{
    int hour, minute, second;
    size_t n = 9;

    if (is_zone(s))
        return true;
    if (s.len < 9 || (s.ptr[0] != 'T' && s.ptr[0] != ' ') || s.ptr[3] != ':' || s.ptr[6] != ':' ||
        !digits(s.ptr + 1, 2, &hour) || !digits(s.ptr + 4, 2, &minute) ||
        !digits(s.ptr + 7, 2, &second) || hour > 23 || minute > 59 || second > 60)
        return false;
    if (n < s.len && s.ptr[n] == '.')
        for (n++; n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9'; n++)
            ;
    return is_zone(gr_text_slice(s, n, s.len));
}

gr_status gr_day_parse(gr_text s, gr_place at, gr_day *out, gr_error *err)
{
    gr_date date;

    if (s.len < 10 || s.ptr[4] != '-' || s.ptr[7] != '-' || !digits(s.ptr, 4, &date.year) ||
        !digits(s.ptr + 5, 2, &date.month) || !digits(s.ptr + 8, 2, &date.day) ||
        !is_time_of_day(gr_text_slice(s, 10, s.len)))
        return gr_fail(err, GR_EINPUT, at, "write it like 2026-03-30", "'%.*s' is not a date",
                       GR_SHOW(s));
    if (!gr_date_exists(date))
        return gr_fail(err, GR_EINPUT, at, "check the day and the month",
                       "'%.*s' is not a day of the calendar", GR_SHOW(s));
    *out = gr_day_of(date);
    return GR_OK;
}

const char *gr_day_print(gr_day day, char out[GR_DAY_TEXT])
{
    gr_date date;

    day = day < GR_DAY_FIRST ? GR_DAY_FIRST : day;
    day = day > GR_DAY_LAST ? GR_DAY_LAST : day;
    date = gr_day_date(day);
    /* the masks tell the compiler what gr_day_date promises */
    snprintf(out, GR_DAY_TEXT, "%04u-%02u-%02u", (unsigned)date.year % 10000,
             (unsigned)date.month % 100, (unsigned)date.day % 100);
    return out;
}
