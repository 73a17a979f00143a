/* src/desk/page_script.c - what a browser fetches beside every page: the style sheet, and a script that only makes pleasant
 * what works without it. It says nothing of its own: what it shows was written by the server. */
#include "desk/desk.h"
#include "report/html_page.h"

gr_status gr_page_style(gr_visit *visit, gr_error *err)
{
    const char *const *const sheets[] = { gr_html_style, gr_html_style_report, gr_html_style_desk };

    (void)err;
    visit->reply->type = "text/css; charset=utf-8";
    visit->reply->is_static = true;
    for (size_t s = 0; s < GR_COUNT(sheets); s++)
        for (size_t i = 0; sheets[s][i]; i++)
            gr_write_text(&visit->out, gr_text_of(sheets[s][i]));
    return GR_OK;
}

/* Nobody sends a form twice by pressing twice. The button that was pressed is sent too, so it is disabled only after
 * the browser has put the form together. */
static const char once[] =
    "'use strict';\n"
    "document.addEventListener('submit', event => {\n"
    "  const form = event.target;\n"
    "  if (form.dataset.sent) { event.preventDefault(); return; }\n"
    "  if (form.method !== 'post') return;\n"
    "  form.dataset.sent = 'yes';\n"
    "  setTimeout(() => form.querySelectorAll('button').forEach(b => { b.disabled = true; }), 0);\n"
    "});\n"
    "addEventListener('pageshow', event => {\n"
    "  if (!event.persisted) return;\n"
    "  document.querySelectorAll('form').forEach(f => { delete f.dataset.sent; });\n"
    "  document.querySelectorAll('button').forEach(b => { b.disabled = false; });\n"
    "});\n"
    "const wrong = document.querySelector('.wrong a');\n"
    "if (wrong) wrong.focus();\n"
    "function later(run, wait) {\n"
    "  let timer;\n"
    "  return () => { clearTimeout(timer); timer = setTimeout(run, wait); };\n"
    "}\n"
    "async function piece(address, signal) {\n"
    "  const reply = await fetch(address, { signal, headers: { Accept: 'text/html' } });\n"
    "  if (!reply.ok || reply.redirected) return null;\n"
    "  return new DOMParser().parseFromString(await reply.text(), 'text/html').body;\n"
    "}\n";

/* What is left, while recipient, day and cost are filled in. */
static const char live[] =
    "const ask = document.getElementById('ask'), live = document.getElementById('live');\n"
    "if (ask && live) {\n"
    "  let last = '', flight;\n"
    "  const look = later(async () => {\n"
    "    const query = new URLSearchParams(new FormData(ask));\n"
    "    query.delete('csrf');\n"
    "    const has = name => (query.get(name) || '').trim() !== '';\n"
    "    if (!has('date') || !has('cost') || !(has('name') || has('recipient-id'))) return;\n"
    "    for (const [name, value] of [...query]) if (!value.trim()) query.delete(name);\n"
    "    if (String(query) === last) return;\n"
    "    last = String(query);\n"
    "    if (flight) flight.abort();\n"
    "    flight = new AbortController();\n"
    "    try {\n"
    "      const body = await piece('/ask/allowance?' + last, flight.signal);\n"
    "      if (body) live.replaceChildren(...body.childNodes);\n"
    "    } catch (error) { if (error.name !== 'AbortError') live.replaceChildren(); }\n"
    "  }, 400);\n"
    "  ask.addEventListener('input', look);\n"
    "  ask.addEventListener('change', look);\n"
    "}\n";

/* A list of recipients below the input of the name, by the pattern of a combobox. */
static const char search[] =
    "function combobox(input, number) {\n"
    "  const list = document.createElement('ul'), before = input.name.slice(0, -4);\n"
    "  let at = -1, flight;\n"
    "  list.id = 'suggest-' + number;\n"
    "  list.className = 'suggest';\n"
    "  list.setAttribute('role', 'listbox');\n"
    "  list.setAttribute('aria-label', 'Recipients in the records');\n"
    "  list.hidden = true;\n"
    "  input.after(list);\n"
    "  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': 'false',\n"
    "    'aria-autocomplete': 'list', 'aria-controls': list.id, autocomplete: 'off' }))\n"
    "    input.setAttribute(name, value);\n"
    "  const options = () => [...list.children];\n"
    "  const close = () => {\n"
    "    list.hidden = true; at = -1;\n"
    "    input.setAttribute('aria-expanded', 'false');\n"
    "    input.removeAttribute('aria-activedescendant');\n"
    "  };\n"
    "  const mark = to => {\n"
    "    const all = options();\n"
    "    at = (to + all.length) % all.length;\n"
    "    all.forEach((o, i) => o.setAttribute('aria-selected', String(i === at)));\n"
    "    input.setAttribute('aria-activedescendant', all[at].id);\n"
    "    all[at].scrollIntoView({ block: 'nearest' });\n"
    "  };\n"
    "  const choose = option => {\n"
    "    const put = (name, value) => {\n"
    "      const field = input.form.elements.namedItem(before + name);\n"
    "      if (field) field.value = value;\n"
    "    };\n"
    "    put('name', option.dataset.name);\n"
    "    put('recipient-id', option.dataset.id);\n"
    "    put('employer', option.dataset.employer);\n"
    "    close();\n"
    "    input.dispatchEvent(new Event('change', { bubbles: true }));\n"
    "  };\n"
    "  const look = later(async () => {\n"
    "    if (input.value.trim().length < 2 || document.activeElement !== input) { close(); return; "
    "}\n"
    "    if (flight) flight.abort();\n"
    "    flight = new AbortController();\n"
    "    try {\n"
    "      const body = await piece('/ask/recipients?q=' + "
    "encodeURIComponent(input.value.trim()),\n"
    "        flight.signal);\n"
    "      const found = body ? [...body.querySelectorAll('li')] : [];\n"
    "      found.forEach((o, i) => { o.id = list.id + '-' + i;\n"
    "        o.setAttribute('aria-selected', 'false'); });\n"
    "      list.replaceChildren(...found);\n"
    "      at = -1;\n"
    "      input.removeAttribute('aria-activedescendant');\n"
    "      list.hidden = found.length === 0;\n"
    "      input.setAttribute('aria-expanded', String(found.length > 0));\n"
    "    } catch (error) { if (error.name !== 'AbortError') close(); }\n"
    "  }, 150);\n"
    "  input.addEventListener('input', look);\n";

static const char keys[] =
    "  input.addEventListener('keydown', event => {\n"
    "    if (list.hidden) return;\n"
    "    if (event.key === 'ArrowDown') mark(at + 1);\n"
    "    else if (event.key === 'ArrowUp') mark(at < 0 ? -1 : at - 1);\n"
    "    else if (event.key === 'Enter' && at >= 0) choose(options()[at]);\n"
    "    else if (event.key === 'Escape') close();\n"
    "    else return;\n"
    "    event.preventDefault();\n"
    "  });\n"
    "  list.addEventListener('mousedown', event => {\n"
    "    const option = event.target.closest('li');\n"
    "    event.preventDefault();\n"
    "    if (option) choose(option);\n"
    "  });\n"
    "  input.addEventListener('blur', close);\n"
    "}\n"
    "if (ask) [...ask.elements].filter(e => /^([0-9]+[.])?name$/.test(e.name)).forEach(combobox);\n"
    /* the words of the fact that is chosen, for its value */
    "const fact = document.getElementById('in-fact'), value = "
    "document.getElementById('in-value');\n"
    "if (fact && value && value.tagName === 'INPUT') {\n"
    "  const words = document.createElement('datalist');\n"
    "  words.id = 'fact-words';\n"
    "  value.after(words);\n"
    "  value.setAttribute('list', words.id);\n"
    "  const fill = () => words.replaceChildren(...(fact.selectedOptions[0].dataset.words || '')\n"
    "    .split(' ').filter(w => w).map(w => new Option(w)));\n"
    "  fact.addEventListener('change', fill);\n"
    "  fill();\n"
    "}\n";

gr_status gr_page_script(gr_visit *visit, gr_error *err)
{
    const char *const pieces[] = { once, live, search, keys };

    (void)err;
    visit->reply->type = "text/javascript; charset=utf-8";
    visit->reply->is_static = true;
    for (size_t i = 0; i < GR_COUNT(pieces); i++)
        gr_write_text(&visit->out, gr_text_of(pieces[i]));
    return GR_OK;
}
