import { styleOf } from '../html/html.ts';
import { PLAN_STYLE } from '../plan/plan-html-style.ts';

/**
 * A plan's style and what drawings need. The strengths of the heat map are shades of one colour, and the numbers on them
 * at least 4.5:1; what is refused is told by its place in the lane, and in words, not by colour alone.
 */
export const SCHEDULE_STYLE = styleOf(`${PLAN_STYLE.css}
:root {
  --heat0: #eceff3; --heat1: #d3e4f8; --heat2: #a3c8ef; --heat3: #5f9fdd; --heat4: #1f66b0; --heat5: #0b3a73;
  --on1: #12365f; --on2: #0d2b4d; --on3: #06182d; --on4: #fff; --on5: #fff;
  --track: #eceff3; --run: #1f66b0; --refused: #b3261e; --tip: #1b2129; --tip-text: #f4f6f8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --heat0: #1d222a; --heat1: #17324f; --heat2: #1c4a79; --heat3: #2c6cae; --heat4: #66a5e6; --heat5: #b9dafb;
    --on1: #cfe3fa; --on2: #e2effd; --on3: #fff; --on4: #071a2f; --on5: #071a2f;
    --track: #20262f; --run: #6aa9ea; --refused: #ff8f88; --tip: #eef2f6; --tip-text: #14181e;
  }
}
.card { margin: .6rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
svg { display: block; width: 100%; height: auto; overflow: visible; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
svg text { fill: var(--text); }
svg .axis { fill: var(--soft); font-size: 11.5px; }
svg .middle, svg .count { text-anchor: middle; }
svg .end { text-anchor: end; font-variant-numeric: tabular-nums; }
svg .lane { font-size: 13px; font-weight: 600; }
svg .count { font-size: 11.5px; dominant-baseline: central; font-variant-numeric: tabular-nums; }
${[0, 1, 2, 3, 4, 5].map((level) => `.heat${level} { fill: var(--heat${level}); background: var(--heat${level}); } svg .on${level} { fill: var(--on${level}, var(--soft)); }`).join('\n')}
.track { fill: var(--track); }
.grid { stroke: var(--line); stroke-width: 1; }
.mark { fill: var(--run); }
.mark.dense { fill-opacity: .75; }
svg .lost { fill: var(--refused); }
.target { fill: transparent; }
.hit { outline: none; }
.hit:hover .target, .hit:focus .target { stroke: var(--text); stroke-width: 1.5; }
.hit:focus-visible .target { stroke: var(--link); stroke-width: 3; }
.tip { visibility: hidden; pointer-events: none; }
.hit:hover .tip, .hit:focus .tip { visibility: visible; }
svg:hover .hit:focus:not(:hover) .tip { visibility: hidden; }
.tip rect { fill: var(--tip); }
svg .tip text { fill: var(--tip-text); font-size: 12px; }
.tip .first { font-weight: 600; }
.narrow { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1rem; margin: .9rem 0 0; padding: 0; list-style: none; color: var(--soft); font-size: .85rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.swatch { width: 1rem; height: 1rem; border-radius: .2rem; }
.swatch.once { background: var(--run); } .swatch.lost { height: .5rem; background: var(--refused); } .swatch.often { height: .5rem; background: var(--run); opacity: .75; }
.skip { position: absolute; left: -100vw; padding: .3rem .6rem; border-radius: .3rem; background: var(--card); color: var(--link); }
.skip:focus { position: static; display: inline-block; }
.figures { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); color: var(--soft); font-weight: 600; text-align: left; }
td { min-width: 7rem; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td:first-child { min-width: 9.5rem; font-weight: 600; }
td.moment { min-width: 11rem; }
td.number { min-width: 0; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media (max-width: 44rem) {
  .wide { display: none; } .narrow { display: block; } .card { padding: .7rem; }
  thead { position: absolute; left: -100vw; } table, tbody, tr, td { display: block; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); } tr:last-child { border-bottom: 0; }
  td { padding: 0; border: 0; } td.number { text-align: left; } td[data-head]::before { content: attr(data-head) ": "; color: var(--soft); }
}
@media print { .card { break-inside: avoid; } }
`);
