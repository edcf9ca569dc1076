import { isViewName, type ViewName } from '../cards/views.ts';

/** The view that a row names. One that this release does not have becomes the notice that the card is done. */
export function viewNamed(stored: string): ViewName {
  return isViewName(stored) ? stored : 'notice';
}
