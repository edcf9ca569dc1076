import { expect, it } from 'vitest';
import { createLinkedImages } from '../../src/delivery/linked-images.ts';

it('with a public address every picture is a link to it, ready at once', async () => {
  const images = createLinkedImages('https://field.example.com', (contentHash) => `signed-${contentHash}`);
  const found = await images.find([
    { kind: 'photo', sha256: 'ab' },
    { kind: 'sheet', photos: ['ab', 'cd'] },
    { kind: 'sheet', photos: ['ab'], example: 'closeup' },
    { kind: 'example', name: 'closeup' },
  ]);
  expect([...found.addresses]).toEqual([
    ['photo:ab', 'https://field.example.com/photos/signed-ab.jpg'],
    ['sheet:ab:cd', 'https://field.example.com/photos/signed-ab.signed-cd.jpg'],
    ['sheet:ab~closeup', 'https://field.example.com/photos/signed-ab~closeup.jpg'],
    ['example:closeup', 'https://field.example.com/examples/closeup.jpg'],
  ]);
  expect(found.awaited).toEqual([]);
});
