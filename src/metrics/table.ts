/** A number that an operator's Prometheus reads from `/metrics`. */
export interface Metric {
  /** `counter`: only grows, and begins anew with each process; `summary`: seconds of the last ten minutes, by quantile. */
  readonly kind: 'gauge' | 'counter' | 'summary';
  /** `store`: every process tells the same, since it stands in the database; `process`: each tells its own. */
  readonly of: 'process' | 'store';
  readonly help: string;
  readonly unit: 'number' | 'seconds' | 'bytes' | 'ratio' | 'time';
  /** The label that tells several apart, and what is known of its values before the first of them comes. */
  readonly by?: string;
  readonly values?: readonly string[];
  /** Where it stands on the dashboard. */
  readonly row: Row;
}

export const ROWS = ['Connection', 'Taps', 'Delivery', 'Month', 'Pictures', 'Data', 'Store', 'Work'] as const;
export type Row = (typeof ROWS)[number];

/** Every number of the product, by its name in Prometheus: the alerts, the dashboard and `/metrics` are made of this table. */
export const METRICS = {
  dingtalk_connections_live: {
    kind: 'gauge',
    of: 'process',
    unit: 'number',
    row: 'Connection',
    help: 'Connections that are open and not known to be dead',
  },
  dingtalk_connections_opened_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Connection',
    help: 'Connections that were opened: the first ones, and one for each that was replaced',
  },
  dingtalk_last_frame_age_seconds: {
    kind: 'gauge',
    of: 'process',
    unit: 'seconds',
    row: 'Connection',
    help: 'Since DingTalk pushed something last, on any connection',
  },
  dingtalk_clock_ahead_seconds: {
    kind: 'gauge',
    of: 'process',
    unit: 'seconds',
    row: 'Connection',
    help: 'How far the clock of DingTalk is ahead of the one of this machine; 0 up to what a frame takes on its way',
  },
  acks_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Connection',
    by: 'outcome',
    values: ['sent', 'lost', 'refused'],
    help: 'What was pushed: acknowledged, acknowledged on a connection that was gone, or left to be pushed again',
  },
  taps_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Taps',
    by: 'outcome',
    values: ['in_time', 'late'],
    help: 'Taps whose answer left in time to change the card, and those whose did not',
  },
  tap_answer_seconds: {
    kind: 'summary',
    of: 'process',
    unit: 'seconds',
    row: 'Taps',
    help: 'From the push of a tap until its answer left',
  },
  other_installation_signs_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Taps',
    by: 'sign',
    values: ['card', 'stranger'],
    help: 'Taps on cards that were never made here, and people who work nowhere here and send photos, each once an hour: of another installation with the same app, or now and then by chance',
  },
  lanes_at_work: {
    kind: 'gauge',
    of: 'process',
    unit: 'number',
    row: 'Taps',
    help: 'People whose messages are being applied now, or wait for that',
  },
  lane_waits_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Taps',
    help: 'People who were told "Got it. Checking…", since what they sent could not be begun for three seconds',
  },
  outbox_waiting: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Delivery',
    help: 'Cards and jobs for DingTalk that are due, up to a hundred',
  },
  outbox_overdue_seconds: {
    kind: 'gauge',
    of: 'store',
    unit: 'seconds',
    row: 'Delivery',
    help: 'Since when the oldest of them is due; what failed is due when it is tried again',
  },
  dingtalk_outage_seconds: {
    kind: 'gauge',
    of: 'store',
    unit: 'seconds',
    row: 'Delivery',
    help: 'Since when the call to DingTalk fails that fails longest; 0 where none does',
  },
  configuration_faults: {
    kind: 'gauge',
    of: 'process',
    unit: 'number',
    row: 'Delivery',
    help: 'Calls that DingTalk refuses for how the app is set up',
  },
  delivery_dead: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Delivery',
    help: 'Cards, redraws and contact jobs that DingTalk does not take',
  },
  dingtalk_calls_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Delivery',
    by: 'call',
    help: 'Calls to DingTalk by name, whatever came of them; updateCard is the PUT of a card',
  },
  dingtalk_refusals_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Delivery',
    by: 'code',
    help: 'Calls that failed, by the code of the error',
  },
  dingtalk_month_pushes: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Month',
    help: 'Pushes of this month, of all ISOs',
  },
  dingtalk_month_calls: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Month',
    help: 'Calls that count of this month, of all ISOs',
  },
  dingtalk_month_pushes_by_iso: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Month',
    by: 'iso',
    help: 'Pushes of this month because of the people of an ISO',
  },
  dingtalk_month_calls_by_iso: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Month',
    by: 'iso',
    help: 'Calls that count of this month because of the people of an ISO',
  },
  dingtalk_month_used_ratio: {
    kind: 'gauge',
    of: 'store',
    unit: 'ratio',
    row: 'Month',
    by: 'what',
    help: 'How much of what the edition allows in this month is used, 1 being all of it',
  },
  dingtalk_month_runs_out_timestamp_seconds: {
    kind: 'gauge',
    of: 'store',
    unit: 'time',
    row: 'Month',
    by: 'what',
    help: 'When it is used up if the month goes on as it went so far; 0 where it lasts',
  },
  pictures_waiting: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Pictures',
    help: 'Pictures that are to be fetched and checked, up to a hundred',
  },
  pictures_checked_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Pictures',
    by: 'verdict',
    values: ['kept', 'refused'],
    help: 'Pictures that were checked, and what was found',
  },
  pictures_kept_aside: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Pictures',
    help: 'Pictures that ended the process that checked them, until an operator decides',
  },
  picture_process_memory_bytes: {
    kind: 'gauge',
    of: 'process',
    unit: 'bytes',
    row: 'Pictures',
    help: 'What the process that checks pictures held after the last of them; 0 before the first',
  },
  landing_data_age_seconds: {
    kind: 'gauge',
    of: 'store',
    unit: 'seconds',
    row: 'Data',
    help: 'Since the last daily file came; 0 as long as none ever did',
  },
  landing_rows_of_a_day: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Data',
    by: 'outcome',
    help: 'What became of the rows that came within 24 hours',
  },
  landing_quarantined_of_a_day: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Data',
    help: 'Daily files that came within 24 hours and are in quarantine',
  },
  webhooks_waiting: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Data',
    help: 'Events that the receiver of webhooks has not taken yet',
  },
  webhooks_oldest_seconds: {
    kind: 'gauge',
    of: 'store',
    unit: 'seconds',
    row: 'Data',
    help: 'How long ago the oldest of them happened; 0 where none waits',
  },
  field_saves: {
    kind: 'gauge',
    of: 'process',
    unit: 'number',
    row: 'Store',
    help: '1 while what staff send can be saved, else 0',
  },
  field_data_dir_free_bytes: {
    kind: 'gauge',
    of: 'process',
    unit: 'bytes',
    row: 'Store',
    help: 'Room left on the disk of DATA_DIR',
  },
  field_data_dir_low: {
    kind: 'gauge',
    of: 'process',
    unit: 'number',
    row: 'Store',
    help: '1 while that is less than DISK_LOW_MB, else 0',
  },
  transactions_retried_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Store',
    help: 'Transactions that were begun once more, since another one was first or the database asked for it',
  },
  store_examined_documents: {
    kind: 'gauge',
    of: 'process',
    unit: 'number',
    row: 'Store',
    help: 'Documents that the embedded store has looked at since its start; 0 until it is through',
  },
  store_damage: {
    kind: 'gauge',
    of: 'process',
    unit: 'number',
    row: 'Store',
    help: 'What it found that its disk did not keep, twenty at most',
  },
  jobs_done_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Work',
    by: 'job',
    help: 'Jobs of set times that were done',
  },
  tallies_corrected_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Data',
    help: 'Numbers of what people sent that the recount of the night found wrong and put right',
  },
  jobs_failed_total: {
    kind: 'counter',
    of: 'process',
    unit: 'number',
    row: 'Work',
    by: 'job',
    help: 'Jobs of set times that failed',
  },
  isos_without_admin: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Work',
    help: 'ISOs in which nobody can decide anything',
  },
  unknown_code_kinds: {
    kind: 'gauge',
    of: 'store',
    unit: 'number',
    row: 'Work',
    help: 'Kinds of codes that stand in shops and no pattern of the programme knows, until an operator decides',
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;

type OfKind<Kind extends Metric['kind']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];
type Several = { [Name in MetricName]: (typeof METRICS)[Name] extends { by: string } ? Name : never }[MetricName];

export type GaugeName = Exclude<OfKind<'gauge'>, Several>;
export type GaugeNameBy = Extract<OfKind<'gauge'>, Several>;
export type CounterName = Exclude<OfKind<'counter'>, Several>;
export type CounterNameBy = Extract<OfKind<'counter'>, Several>;
export type SummaryName = OfKind<'summary'>;

/** What is counted while it happens; what stands in the database is read when somebody asks. */
export interface Tally {
  count(name: CounterName, times?: number): void;
  /** `label`: the value of the metric's own label. */
  countOf(name: CounterNameBy, label: string, times?: number): void;
  took(name: SummaryName, seconds: number): void;
}
