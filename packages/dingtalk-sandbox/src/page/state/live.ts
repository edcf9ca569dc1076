import { signal } from '@preact/signals';
import type { LiveFrame } from '../../protocol/page-protocol.ts';
import { receive, watchFrame } from './chats.ts';
import { place } from './place.ts';

/** Whether what the page shows is up to date. */
export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');

const FIRST_RETRY_MS = 400;
const LONGEST_RETRY_MS = 8_000;

let socket: WebSocket | undefined;
let watching: string | undefined;
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;

/** Opens the one connection and keeps it open for ever, with a capped back-off. */
export function goLive(): void {
  open();
  addEventListener('online', retryNow);
  document.addEventListener('visibilitychange', retryNow);
  place.subscribe(({ viewer }) => {
    if (viewer !== watching) watch();
  });
}

function open(): void {
  clearTimeout(retry);
  retry = undefined;
  const address = new URL('/sandbox/live', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const opened = new WebSocket(address);
  socket = opened;
  opened.addEventListener('open', () => {
    failures = 0;
    connection.value = 'open';
    watch();
  });
  opened.addEventListener('message', (event) => {
    if (receive(JSON.parse(String(event.data)) as LiveFrame)) watch();
  });
  opened.addEventListener('close', () => {
    connection.value = 'lost';
    failures += 1;
    const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 6));
    retry = setTimeout(open, delay * (0.75 + Math.random() / 2));
  });
}

function watch(): void {
  if (socket?.readyState !== WebSocket.OPEN) return;
  const frame = watchFrame();
  watching = frame.viewer;
  socket.send(JSON.stringify(frame));
}

function retryNow(): void {
  if (retry !== undefined && document.visibilityState === 'visible') open();
}
