import { render } from 'preact';
import { App } from './components/app.tsx';
import { followLanguage } from './state/follow-language.ts';
import { goLive } from './state/live.ts';
import { followAddress } from './state/place.ts';

const root = document.getElementById('app');
if (!root) throw new Error('the page has no #app');
followAddress();
followLanguage();
goLive();
render(<App />, root);
