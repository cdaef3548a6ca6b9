import { InvalidArgumentError } from '@quiesce/command';
import { visible } from '../format.js';

/** Names with their texts, which tell one series from another. */
export type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: Labels;
  /** Left out where it is not known. */
  readonly value: number | undefined;
}

/** One metric, with a value for each of its labels. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** A line feed is visible by then. */
function escapeLabel(value: string): string {
  return visible(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/** The name of a series. */
export function seriesOf(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}{${pairs.join(',')}}`;
}

const ownLabels = ['target', 'guest', 'source', 'volume', 'fatal', 'copy', 'outcome'];

/** Checks labels of the caller. */
export function checkLabels(labels: Labels): Labels {
  const wrong = Object.keys(labels).find(
    (name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name.startsWith('__') || ownLabels.includes(name),
  );
  if (wrong !== undefined) {
    const expected = `letters, digits and _ , without __ in front, and none of ${ownLabels.join(', ')}`;
    throw new InvalidArgumentError({ argument: 'labels', value: wrong, expected });
  }
  return labels;
}

/** What makes the metrics of one recipe. */
export interface MetricMaker {
  /** A metric that has one value. */
  readonly one: (name: string, help: string, value: number | undefined) => Metric;
  /** A metric that has several, each with labels of its own. */
  readonly each: (name: string, help: string, samples: readonly Sample[]) => Metric;
}

/** Makes metrics whose names begin so, with labels that all of them have. */
export function metricMaker(prefix: string, common: Labels): MetricMaker {
  return {
    one: (name, help, value) => ({ name: `${prefix}_${name}`, help, samples: [{ labels: common, value }] }),
    each: (name, help, samples) => ({
      name: `${prefix}_${name}`,
      help,
      samples: samples.map(({ labels, value }) => ({ labels: { ...common, ...labels }, value })),
    }),
  };
}

/** Seconds of milliseconds. */
export const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);

/** Unix time in seconds. */
export const at = (moment: Date | undefined): number | undefined => seconds(moment?.getTime());

/** How Prometheus writes yes and no. */
export const flag = (value: boolean): number => (value ? 1 : 0);

function isKnown({ value }: Sample): boolean {
  return value !== undefined && Number.isFinite(value);
}

/** The lines of a metric: none where nothing is known. */
export function render({ help, name, samples }: Metric): string[] {
  const known = samples.filter(isKnown);
  if (known.length === 0) return [];
  const lines = known.map(({ labels, value }) => `${seriesOf(name, labels)} ${String(value)}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}
