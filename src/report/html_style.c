/* src/report/html_style.c - the one style sheet of all pages: for a screen wide or narrow, light or dark, and for paper.
 * Nothing is said by colour alone. In pieces, since C promises only 4095 bytes for one literal. */
#include "report/html_page.h"

static const char colours[] =
    "\n:root{color-scheme:light dark;--paper:#fdfcfa;--ink:#1d2126;--quiet:#5a636d;--line:#d9d5cc;"
    "--tint:#f3f0e9;--accent:#155e63;--red:#a3210f;--yellow:#7a5200;--cyan:#155e63;"
    "--gone:#fbe9e6;--new:#e3f1e6}\n"
    "@media (prefers-color-scheme:dark){:root{--paper:#16191d;--ink:#e4e2dc;--quiet:#a3aab2;"
    "--line:#3a4047;--tint:#20252b;--accent:#7cc4c4;--red:#ff9d8c;--yellow:#e6bd62;--cyan:#7cc4c4;"
    "--gone:#43211d;--new:#1c3826}}\n";

static const char type[] =
    "*{box-sizing:border-box}\n"
    "html{background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%;"
    "scroll-padding-top:1.5rem}\n"
    "body{margin:0;font:1.0625rem/1.55 Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,"
    "serif;overflow-wrap:break-word}\n"
    "main{max-width:46rem;margin:0 auto;padding:3rem 1.5rem 5rem}\n"
    "h1,h2,h3,nav,thead,caption,.note,.blank{font-family:system-ui,'Segoe UI',Roboto,"
    "'Helvetica Neue',Arial,sans-serif}\n"
    "h1{font-size:clamp(1.6rem,1.2rem + 1.8vw,2.25rem);line-height:1.2;letter-spacing:-.015em;"
    "margin:0 0 .5rem;text-wrap:balance}\n"
    "h2{font-size:1.3rem;line-height:1.3;letter-spacing:-.01em;color:var(--accent);"
    "margin:2.4rem 0 .7rem;padding-top:1.1rem;border-top:1px solid var(--line)}\n"
    "h3{font-size:1.02rem;line-height:1.4;margin:2rem 0 .4rem}\n"
    "h3 code{font-weight:400;color:var(--quiet)}\nh3 q{font-style:normal}\n"
    "p{margin:0 0 .7rem}\n"
    ".lead{font-size:1.2rem;line-height:1.5}\n"
    ".note{font-size:.9rem;color:var(--quiet)}\n"
    ".quiet{color:var(--quiet)}\n.red{color:var(--red)}\n.yellow{color:var(--yellow)}\n"
    ".cyan{color:var(--cyan)}\n"
    "code{font:.86em/1.4 ui-monospace,'Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace;"
    "overflow-wrap:anywhere}\n"
    "q{quotes:'\\201C' '\\201D';font-style:italic}\n"
    "a{color:inherit;text-decoration:underline;text-decoration-color:var(--line);"
    "text-underline-offset:.2em}\n"
    "a:hover{color:var(--accent);text-decoration-color:currentColor}\n"
    "a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}\n"
    "del{background:var(--gone);text-decoration:none}\n"
    "ins{background:var(--new);text-decoration:none}\n";

static const char blocks[] =
    "ul,ol{margin:0 0 .8rem;padding-left:1.4rem}\n"
    "li{margin:0 0 .35rem}\nli ul,li ol{margin:.35rem 0 0}\n"
    "li::marker{color:var(--quiet)}\n"
    ".table{overflow-x:auto;margin:.8rem 0 1.2rem}\n"
    "table{border-collapse:collapse;width:100%;font-size:.95rem;font-variant-numeric:tabular-nums}"
    "\n"
    "caption{text-align:left;font-size:.8rem;color:var(--quiet);padding-bottom:.3rem}\n"
    "th,td{text-align:left;vertical-align:top;padding:.4rem 1.5rem .4rem 0;"
    "border-bottom:1px solid var(--line)}\n"
    "th:last-child,td:last-child{padding-right:0}\n"
    "thead th{font-size:.8rem;font-weight:600;color:var(--quiet);border-bottom-width:2px}\n"
    "tbody th{font-weight:600;white-space:nowrap}\n"
    ".right{text-align:right;white-space:nowrap}\n"
    ":target{background:var(--tint)}\nh2:target,h3:target{background:none}\n"
    ".blank{display:flex;gap:1rem;align-items:baseline;font-size:.9rem;margin:1.6rem 0 0}\n"
    ".blank::after{content:'';flex:1;border-bottom:1px solid var(--ink)}\n"
    "nav ul{list-style:none;padding:0;margin:1.5rem 0 0;columns:2 12rem;font-size:.9rem}\n"
    "nav li{margin:0;break-inside:avoid}\n"
    "nav a{display:block;padding:.3rem 0;text-decoration:none;color:var(--quiet)}\n";

static const char screens[] =
    "main:has(th:nth-child(7)){max-width:none}.table:has(th:nth-child(7))>table{font-size:.82rem}\n"
    "main:not(:has(nav)){max-width:54rem}\n"
    "@media (min-width:72rem){main:has(nav){max-width:66rem;padding-left:18rem}\n"
    "main:has(nav) nav{position:fixed;top:3.2rem;left:max(1.5rem,calc(50vw - 31.5rem));width:13rem;"
    "max-height:calc(100vh - 5rem);overflow-y:auto}\nnav ul{columns:auto;margin:0;"
    "border-left:2px solid var(--line)}\nnav a{padding:.3rem 0 .3rem .9rem}}\n"
    "@media (max-width:34rem){body{font-size:1rem}main{padding:2rem 1rem 4rem}"
    "table{font-size:.88rem}th,td{padding-right:.7rem}tbody th{white-space:normal}}\n";

static const char paper[] =
    "@page{size:auto;margin:20mm 18mm;@bottom-right{content:counter(page) ' / ' "
    "counter(pages);font:8pt sans-serif}}\n"
    "@page wide{size:landscape;margin:14mm 12mm}.table:has(th:nth-child(7)){page:wide}\n"
    "@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--quiet:#444;--line:#bbb;"
    "--tint:#fff;--accent:#000;--gone:#fff;--new:#fff}\n"
    "body{font-size:10pt;line-height:1.4}main,main:has(nav){max-width:none;padding:0}\n"
    "nav{display:none}h2{margin-top:1.6rem;padding-top:.8rem}h3{margin-top:1rem}\n"
    "h1,h2,h3,thead,p:has(+ul),p:has(+ol){break-after:avoid}tr,li,.blank{break-inside:avoid}p{"
    "orphans:3;widows:3}\n"
    "section[aria-labelledby=signature]{break-inside:avoid}\n"
    "a{text-decoration:none}del{text-decoration:line-through}ins{text-decoration:underline}\n"
    ".table:has(th:nth-child(7))>table{font-size:7pt;line-height:1.25}"
    ".table:has(th:nth-child(7)) :is(th,td){padding:.15rem .7rem .15rem 0}\n"
    ".table{overflow:visible}}\n";

const char *const gr_html_style[] = { colours, type, blocks, screens, paper, NULL };
