#include "app/directory.h"
#include "base/os.h"
#include "ledger/fetch.h"
struct gr_directory { int x; };
gr_status gr_directory_open(const gr_rules *r, gr_ledger *l, const char *p, gr_directory **out, gr_error *err){(void)r;(void)l;(void)p; *out=gr_os_alloc(8); return *out?GR_OK:gr_fail_memory(err);}
gr_status gr_directory_is_current(gr_directory *d, gr_ledger *l, bool *out, gr_error *err){(void)d;(void)l;(void)err;*out=true;return GR_OK;}
void gr_directory_close(gr_directory *d){gr_os_free(d);}
static gr_status take(void *c,int64_t row,const gr_person *p,gr_error *err){(void)p; return gr_list_push(c,&row)?GR_OK:gr_fail_memory(err);}
gr_status gr_directory_meet(gr_directory *d, gr_ledger *l, const gr_person *a, gr_acquaintance *out, gr_error *err){(void)d;(void)a; return gr_ledger_each_party(l,take,&out->row,err);}
