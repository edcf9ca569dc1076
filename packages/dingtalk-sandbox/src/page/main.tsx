import { render } from 'preact';
import { App } from './components/app.tsx';
import { goLive } from './state/live.ts';
import { followAddress } from './state/place.ts';

const root = document.getElementById('app');
if (!root) throw new Error('the page has no #app');
followAddress();
goLive();
render(<App />, root);
