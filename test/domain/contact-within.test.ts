import { describe, expect, it } from 'vitest';
import { contactNamed, holdsContact, withoutContact } from '../../src/domain/contact.ts';
import { contactWithin } from '../../src/domain/contact-within.ts';
import { fieldsByWhatTheySay } from '../../src/programme/personal-fields.ts';
import { shippedProgramme } from '../support/shipped-programme.ts';

describe('a contact within what a code says', () => {
  it.each([
    ['+66 81 234 4821', 'tel:0812344821'],
    ['0812344821', 'BEGIN:VCARD\r\nTEL;TYPE=CELL:+66-81-234-4821\r\nEND:VCARD'],
    ['0812344821', '00020101021129370016A000000677010111011300668123448215802TH'],
    ['m@shop.example', 'https://menu.example/?to=M%40shop.example&x=1'],
    ['m@shop.example', 'BEGIN:VCARD\nEMAIL;ENCODING=QUOTED-PRINTABLE:m=40shop=\n.example'],
    ['Malee Suda', 'BEGIN:VCARD\nN:Suda;Malee;;;\nEND:VCARD'],
    ['malee suda', 'https://menu.example/?by=Malee+Suda'],
    ['มาลี', `N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${Buffer.from('ร้านมาลี').toString('hex').replace(/../g, '=$&')}`],
    ['李娜', `https://menu.example/${encodeURIComponent('店主李娜')}`],
  ])('is found: %s in %s', (contact, content) => {
    expect(contactWithin(contact)(content)).toBe(true);
  });

  it.each([
    ['0812344821', 'https://codes.example/x/81234482'],
    ['m@shop.example', 'mailto:am@shop.example'],
    ['Malee Suda', 'https://menu.example/malee'],
    ['Mal', 'https://menu.example/malee'],
    ['...', 'https://menu.example/...'],
  ])('is not found: %s in %s', (contact, content) => {
    expect(contactWithin(contact)(content)).toBe(false);
  });
});

describe('what is erased beside a contact', () => {
  it('is whatever is asked of people in the same form, by the names that programmes have for it', () => {
    const { personal, others } = fieldsByWhatTheySay(shippedProgramme());
    expect(personal).toEqual(expect.arrayContaining(['managerName', 'contactPhoneOrEmail', 'registrationNo']));
    expect(others).toEqual(expect.arrayContaining(['nameLocal', 'address', 'tradingName']));
    const isContact = contactNamed('m@shop.example');
    const form = { shopName: 'Baan', boss: 'Malee', reach: 'M@shop.example' };
    const fields = { personal: new Set(['boss']), others: new Set<string>() };
    expect(withoutContact({ shop: form }, isContact, fields)).toEqual({
      shop: { shopName: 'Baan', boss: '', reach: '' },
    });
  });

  it('is neither a shop that is called as its owner, nor what we call things and people', () => {
    const isContact = contactNamed('Lek');
    const fields = { personal: new Set(['boss']), others: new Set(['shopName']) };
    const line = {
      staffRef: 'lek',
      storeKey: 'lek',
      values: { shopName: 'LEK', boss: 'Lek', note: 'lek' },
      said: ['Lek'],
    };
    expect(withoutContact(line, isContact, fields)).toEqual({
      staffRef: 'lek',
      storeKey: 'lek',
      values: { shopName: 'LEK', boss: '', note: '' },
      said: [''],
    });
    expect(holdsContact({ staffRef: 'lek', values: { shopName: 'Lek' } }, isContact, fields)).toBe(false);
    expect(holdsContact({ values: { note: 'lek' } }, isContact, fields)).toBe(true);
  });
});
