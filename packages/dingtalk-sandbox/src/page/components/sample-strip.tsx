import { useState } from 'preact/hooks';
import type { Person } from '../../protocol/page-protocol.ts';
import { fetchSample, RefusedError } from '../state/api.ts';
import { SAMPLE_NAMES } from '../state/next-sample.ts';
import { nextSampleFor, sampleSettingFor } from '../state/samples.ts';
import { showToast } from '../state/toasts.ts';
import { words } from '../state/words.ts';
import { CodeIcon, CounterIcon, ReceiptIcon, StorefrontIcon } from './icons.tsx';
import { OddSamples } from './odd-samples.tsx';

interface Props {
  readonly viewer: Person;
  readonly onSend: (files: readonly File[]) => void;
}

const ICONS = { storefront: StorefrontIcon, counter: CounterIcon, closeup: CodeIcon, receipt: ReceiptIcon } as const;

/** Photos to send without having any: the one that is asked for is marked. */
export function SampleStrip({ viewer, onSend }: Props) {
  const [fetching, setFetching] = useState('');
  const next = nextSampleFor(viewer.userId);
  const { samples } = words.value;
  const sendSample = async (fileName: string): Promise<void> => {
    if (fetching) return;
    setFetching(fileName);
    try {
      onSend([await fetchSample(fileName, sampleSettingFor(viewer.userId))]);
    } catch (problem) {
      showToast(problem instanceof RefusedError ? problem.message : samples.failed);
    } finally {
      setFetching('');
    }
  };
  return (
    <fieldset class="samples">
      <legend>{samples.head}</legend>
      {SAMPLE_NAMES.map((name) => {
        const SampleIcon = ICONS[name];
        const fileName = `${name}.jpg`;
        return (
          <button
            key={name}
            type="button"
            class={name === next ? 'sample sample-next' : 'sample'}
            aria-busy={fetching === fileName}
            data-testid={`sample-${name}`}
            onClick={() => void sendSample(fileName)}
          >
            {fetching === fileName ? <span class="spinner" aria-hidden="true" /> : <SampleIcon />}
            <span class="sample-label">
              <span class="hidden">{samples.of} </span>
              {samples[name]}
              {name === next && <span class="hidden"> {samples.next}</span>}
            </span>
          </button>
        );
      })}
      <OddSamples onChoose={(fileName) => void sendSample(fileName)} />
    </fieldset>
  );
}
