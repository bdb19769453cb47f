import { styleOf } from '../html/html.ts';

/**
 * The page's only style. Colours are pairs of a light and a dark page, each at least 4.5:1 on what it stands on; no
 * kind is told by colour alone.
 */
export const PLAN_STYLE = styleOf(`
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --line: #d5dae1; --text: #1b2129; --soft: #566070; --link: #0b5cad;
  --red: #a4161a; --red-soft: #fde7e7; --orange: #8f3d00; --orange-soft: #ffeddc; --amber: #6f5200; --amber-soft: #fff3cc;
  --green: #12652f; --green-soft: #e0f5e6; --blue: #1a4f96; --blue-soft: #e3edfb; --grey: #4a5361; --grey-soft: #e9ecf0;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1116; --card: #171b22; --line: #2d343f; --text: #e5e9ef; --soft: #9aa5b4; --link: #77b3f5;
    --red: #ff9b98; --red-soft: #431a1c; --orange: #ffb27a; --orange-soft: #41260f; --amber: #f2cf66; --amber-soft: #3a3010;
    --green: #7fdd9b; --green-soft: #143521; --blue: #94c1ff; --blue-soft: #182f4f; --grey: #b9c2ce; --grey-soft: #272e38;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 62rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
p { margin: .4rem 0; }
code { font-family: var(--mono); font-size: .875em; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; letter-spacing: -.01em; }
h2 { margin: 2rem 0 .6rem; font-size: 1.05rem; }
h1.one { margin-top: 3rem; padding-top: 1.5rem; border-top: 3px solid var(--line); font-size: 1.35rem; }
.contents { padding-left: 1.2rem; }
.contents a { color: var(--link); }
.tool { margin: 0; color: var(--soft); font-size: .8rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; }
.place, .note, .facts, footer { color: var(--soft); font-size: .9rem; }
.verdict { margin-top: 1rem; font-size: 1.1rem; font-weight: 600; }
.aside { font-size: .95rem; }
.badges { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1rem 0 .6rem; font-size: 1.1rem; padding: 0; list-style: none; }
.kind { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; background: var(--grey-soft); color: var(--grey);
  font-size: .85rem; font-weight: 600; white-space: nowrap; }
.kind.delete, .kind.blocked { background: var(--red-soft); color: var(--red); }
.kind.replace, .kind.rename { background: var(--orange-soft); color: var(--orange); }
.kind.update { background: var(--amber-soft); color: var(--amber); }
.kind.create { background: var(--green-soft); color: var(--green); }
.kind.adopt, .kind.release, .kind.pause, .kind.resume { background: var(--blue-soft); color: var(--blue); }
.refused { padding: .7rem 1rem; border: 1px solid var(--red); border-left-width: .3rem; border-radius: .5rem;
  background: var(--red-soft); color: var(--red); }
main > .refused:first-child { margin-top: 1.25rem; }
.warning { padding: .45rem .8rem; border-left: .25rem solid var(--amber); border-radius: .3rem; background: var(--amber-soft); color: var(--amber); }
.mark { color: var(--amber); }
section > details { margin: .5rem 0; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
section > details > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .7rem; padding: .6rem .9rem;
  border-radius: .6rem; cursor: pointer; list-style: none; }
section > details > summary::-webkit-details-marker { display: none; }
section > details > summary::before { content: "▸"; content: "▸" / ""; width: .7rem; color: var(--soft); }
section > details[open] > summary::before { content: "▾"; content: "▾" / ""; }
summary:hover .name { text-decoration: underline; }
summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.name { font-weight: 600; }
.cause { color: var(--soft); font-size: .9rem; }
.body { padding: 0 .9rem .8rem; border-top: 1px solid var(--line); }
.diff { margin: .6rem 0; border: 1px solid var(--line); border-radius: .4rem; overflow: hidden; line-height: 1.55; }
.diff > div { display: flex; padding: 0 .6rem; }
.diff code { flex: 1; min-width: 0; white-space: pre-wrap; }
.sign { flex: none; width: 1.2rem; font-family: var(--mono); font-size: .875em; user-select: none; }
.old { background: var(--red-soft); color: var(--red); }
.now { background: var(--green-soft); color: var(--green); }
.same { color: var(--soft); }
dl.schedule { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .6rem 0; font-size: .9rem; }
dl.schedule dt { color: var(--soft); }
dl.schedule dd { margin: 0; }
dl.schedule .was { color: var(--soft); }
.forecast { font-size: 1rem; color: var(--text); }
.requests { font-size: .9rem; color: var(--soft); }
.requests summary { display: inline-block; cursor: pointer; border-radius: .2rem; text-decoration: underline dotted; }
.requests ol { margin: .3rem 0 0; padding-left: 1.4rem; }
footer { margin-top: 2.5rem; padding-top: .8rem; border-top: 1px solid var(--line); }
@media (max-width: 36rem) { body { padding: 1.25rem .75rem 2rem; } h1 { font-size: 1.3rem; } .cause { flex-basis: 100%; padding-left: 1.4rem; } }
@media print { body { max-width: none; background: none; } section > details { break-inside: avoid; } }
`);
