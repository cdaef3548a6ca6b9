/**
 * The style of a timeline. All names begin with `quiesce-`: it may stand in any page. Each bar
 * differs from the ground by 3 to 1 at least, and what is full of a snapshot from the snapshot.
 */
export const timelineStyle = `
.quiesce-timeline { --ink: #1b1f24; --soft: #59636e; --line: #d5dae0; --ground: #f0f2f5;
  --ready: #7f8893; --flush: #b07c00; --pause: #d4520b; --snapshot: #6a8acb; --fill: #15336f;
  --copy: #1f6feb; --checksums: #1b7c83; --verify: #1a7f37; --zfs: #8250df; --bad: #cf222e;
  --warn: #9a6700; display: block; overflow: visible; font-family: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  .quiesce-timeline { --ink: #e6edf3; --soft: #9aa5b1; --line: #363d46; --ground: #20262d;
    --ready: #7d8590; --flush: #d29922; --pause: #f0793d; --snapshot: #4f72b5; --fill: #c3d9ff;
    --copy: #4a91f7; --checksums: #39aab3; --verify: #3fb950; --zfs: #a780f0; --bad: #f85149;
    --warn: #d29922; }
}
.quiesce-timeline text { fill: var(--soft); font-size: 12px; }
.quiesce-timeline .quiesce-heading { fill: var(--ink); font-size: 15px; font-weight: 600; }
.quiesce-timeline .quiesce-name { fill: var(--ink); font-size: 13px; font-weight: 600; }
.quiesce-timeline .quiesce-tick { font-size: 11px; font-variant-numeric: tabular-nums; }
.quiesce-timeline line { stroke: var(--line); }
.quiesce-track { fill: var(--ground); }
.quiesce-ready { fill: var(--ready); }
.quiesce-flush { fill: var(--flush); }
.quiesce-pause { fill: var(--pause); }
.quiesce-snapshot { fill: var(--snapshot); }
.quiesce-fill { fill: var(--fill); }
.quiesce-copy { fill: var(--copy); }
.quiesce-checksums { fill: var(--checksums); }
.quiesce-verify { fill: var(--verify); }
.quiesce-zfs { fill: var(--zfs); }
.quiesce-problem { fill: var(--warn); }
.quiesce-failed { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 4 2; }
.quiesce-problem.quiesce-failed { fill: var(--bad); stroke: none; }
`;
