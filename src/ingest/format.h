/* src/ingest/format.h - a format file, compiled: the tree of the elements it knows, and what is to
 * be done with the text of each. Immutable after loading; a reader copies only the tree, to put
 * its parser's own pointers to the names in. The language is described in rules/schema/format.xsd.
 */
#ifndef GR_INGEST_FORMAT_H
#define GR_INGEST_FORMAT_H

#include "ingest/ingest.h"

enum {
    GR_MAX_SETS = 64,     /* of one format: the facts filled are the bits of one word */
    GR_MAX_CHOICES = 16,  /* places where one fact may stand */
    GR_MAX_PARTS = 4,     /* elements that make up one value */
    GR_MAX_TESTS = 32,    /* <skip> and <retract> */
    GR_MAX_CONTROLS = 16, /* control totals */
    GR_MAX_SHAPES = 8192, /* elements one format knows, counted at each of their places */
    GR_MAX_HAS = 8        /* <has> of one format */
};

typedef enum gr_as {
    GR_AS_PLAIN,
    GR_AS_LAST_FIRST,  /* "Roe, Jane" is Jane Roe */
    GR_AS_AFTER_HASH,  /* "12;#Jane Roe" is Jane Roe */
    GR_AS_BEFORE_HASH, /* "12;#Jane Roe" is 12 */
    GR_AS_CENTS,       /* "41250" is 412.50 */
    GR_AS_MINOR,       /* the same, with as many decimals as exponent says */
    GR_AS_COMMA        /* "1.412,50" is 1412.50 */
} gr_as;

typedef enum gr_other { GR_OTHER_ERROR, GR_OTHER_IGNORE, GR_OTHER_KEEP, GR_OTHER_WORD } gr_other;

typedef struct gr_word {
    gr_text from;
    gr_value to;
} gr_word;

/* One fact and how its value is made. */
typedef struct gr_set {
    gr_fact fact;
    gr_fact_type type; /* of the fact */
    gr_as as;
    gr_text pattern; /* of a day, such as "yyyymmdd"; empty: as xs:date */
    gr_text prefix;  /* of a text: put in front of it */
    const gr_word *word;
    size_t word_count;
    gr_other other; /* what becomes of a text that is no word of the list */
    gr_value other_word;
    bool has_value; /* the value to take when no place has one, or when path only says "present" */
    gr_value value;
    bool same;      /* where it stands again it must be the same */
    gr_fact unless; /* not to be used when this fact is known; GR_FACT_NONE */
    uint8_t choices;
    uint8_t parts;     /* 0, or how many elements make up the value */
    uint8_t inherited; /* the best choice that stands outside the record; GR_NO_CHOICE: none does */
    bool of_recipient; /* stands inside <each> */
    gr_place at;
} gr_set;

#define GR_NO_CHOICE UINT8_MAX

typedef enum gr_capture_kind {
    GR_CAPTURE_DIRECT, /* the text is the value, and nothing else can give it: no slot is needed */
    GR_CAPTURE_SET,    /* the text is the value; rank: which choice */
    GR_CAPTURE_PART,   /* rank: which part */
    GR_CAPTURE_EXPONENT, /* of the amount in the same element */
    GR_CAPTURE_MINUS, /* the amounts of this record are negative when the text is one of a list */
    GR_CAPTURE_PRESENCE, /* the element is there: the set's own value */
    GR_CAPTURE_TEST,
    GR_CAPTURE_CONTROL
} gr_capture_kind;

typedef struct gr_capture {
    uint8_t kind, rank;
    bool inherited; /* stands outside the record */
    uint16_t index; /* of the set, test or control */
} gr_capture;

typedef struct gr_feature { /* an attribute that the format knows */
    const char *name;
    const gr_capture *capture;
    uint16_t captures;
} gr_feature;

typedef enum gr_role { GR_ROLE_NONE, GR_ROLE_RECORD, GR_ROLE_RECIPIENT } gr_role;

typedef struct gr_shape { /* an element that the format knows, at one place */
    const char *name;
    const gr_capture *capture;
    const gr_feature *attribute;
    uint16_t captures, attributes;
    uint16_t child, children; /* the first of its children in the format's list, and how many */
    uint16_t position;        /* Cell[3]: 3; 0: any */
    uint8_t role;             /* gr_role */
    uint8_t rule;             /* which record rule, for a record */
    bool is_scope;            /* values or controls stand between it and the records inside it */
    bool inside;              /* a record or in one */
    bool deep;                /* its text is all text inside it */
    bool cells;               /* some of its children are known by their position */
} gr_shape;

typedef enum gr_test_kind {
    GR_TEST_SKIP_RECORD,
    GR_TEST_SKIP_RECIPIENT,
    GR_TEST_RETRACT
} gr_test_kind;

typedef struct gr_test {
    gr_test_kind kind;
    gr_text is;      /* words separated by '|' */
    gr_text but_not; /* the other values there are; empty: any */
} gr_test;

typedef struct gr_control {
    bool sums; /* the costs of the records; else it counts them */
} gr_control;

/* At least one of these facts must be known. */
typedef struct gr_need {
    uint64_t gift; /* bits of facts */
    bool recipient;
    const char *what; /* "a date" */
} gr_need;

typedef struct gr_record_rule {
    bool is_addition;    /* to the recipients of records of another document; else: */
    gr_record_kind kind; /* as it comes, before it may be retracted */
    const char *label;   /* what a record is called in messages: "gift" */
    bool shares_computed;
    bool self_recipient; /* the record itself names a recipient */
    gr_fact unique;      /* recipients alike in this fact are one; GR_FACT_NONE */
    gr_text join;        /* id of the format whose records add to these; empty: none */
    gr_text minus;       /* words that make amounts negative, separated by '|' */
    uint64_t constant;   /* sets to use without any place */
    uint64_t recipient_sets;
    uint64_t inherited; /* sets with a choice outside the record */
    const gr_need *need;
    size_t need_count;
} gr_record_rule;

typedef struct gr_format_file {
    gr_text id, title;
    gr_text root, space; /* to recognise: local names of the root; the namespace is a hint */
    gr_text has[GR_MAX_HAS];
    size_t has_count;
    bool strict;       /* an element or attribute it does not know is an error */
    const char *index; /* attribute that gives the position of a Cell; NULL: none */
    const gr_text *null;
    size_t null_count;
    const gr_text *mask; /* local names never to be kept */
    size_t mask_count;
    const gr_set *set;
    size_t set_count;
    const gr_test *test;
    size_t test_count;
    const gr_control *control;
    size_t control_count;
    const gr_record_rule *rule;
    size_t rule_count;
    const gr_shape *shape; /* shape[0] stands for the document, its children are the roots */
    size_t shape_count;
} gr_format_file;

struct gr_formats {
    const gr_format_file *file;
    size_t count;
};

/* True when text is one of the words in a list separated by '|'. */
bool gr_is_one_of(gr_text text, gr_text list);

#endif
