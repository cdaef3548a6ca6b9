/** The style of the page of a report. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #ffffff; --card: #f6f8fa; --ink: #1b1f24; --soft: #59636e;
  --line: #d5dae0; --good: #1a7f37; --warning: #9a6700; --bad: #cf222e; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1318; --card: #181d24; --ink: #e6edf3; --soft: #9aa5b1; --line: #363d46;
    --good: #3fb950; --warning: #d29922; --bad: #f85149; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 0; font-size: clamp(1.3rem, 1rem + 1.5vw, 1.9rem); line-height: 1.25; }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.2rem; }
h3 { margin: 1.25rem 0 .5rem; font-size: 1rem; }
header { border-left: .4rem solid; padding: .25rem 0 .25rem 1rem; }
header p { margin: .35rem 0 0; color: var(--soft); }
.sign { display: inline-block; margin-right: .4em; padding: 0 .45em; border-radius: .25em;
  color: var(--page); font-size: .8em; }
.good { border-color: var(--good); } .good .sign { background: var(--good); }
.warning { border-color: var(--warning); } .warning .sign { background: var(--warning); }
.bad { border-color: var(--bad); } .bad .sign { background: var(--bad); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0; }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem;
  display: flex; flex-direction: column; justify-content: space-between; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; font-size: 1.3rem; font-weight: 600; font-variant-numeric: tabular-nums; }
ul, ol { margin: 0; padding-left: 1.4rem; }
li { margin: .35rem 0; }
.fatal::marker { color: var(--bad); font-weight: 600; }
.word { font-weight: 600; } .fatal .word { color: var(--bad); } .mild .word { color: var(--warning); }
pre { margin: .25rem 0 .75rem; padding: .6rem .8rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .4rem; white-space: pre-wrap; font-size: .9rem; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; overflow-wrap: normal; }
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
td { min-width: 5rem; } td:first-child { min-width: 10rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  table { font-size: .8rem; } th, td { padding-right: .6rem; } td { min-width: 3.5rem; }
}
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print {
  .scroll { overflow: visible; }
  /* Without backgrounds, as browsers print, the word would be white on white. */
  header[class] .sign { background: none; color: var(--ink); border: 2px solid; }
  /* The timeline begins a page of its own where it has no place: its heading can't go with it. */
  h2:not(:has(+ svg)), h3, thead { break-after: avoid; } dl div, li, pre, tr { break-inside: avoid; }
}
`;
