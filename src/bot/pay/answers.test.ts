import { describe, expect, it } from 'vitest';
import { textField } from '../samples.fixture.ts';
import { checkAnswer, firstUnfit } from './answers.ts';

const LOCAL = { pattern: '(20|33|50|55|77|88|9[0-9])[0-9]{7}', maxLength: 9 };

describe("a telephone's number", () => {
  it.each([
    ['+998 90 123 45 67', LOCAL, '901234567'],
    ['998901234567', LOCAL, '901234567'],
    ['90 123-45-67', LOCAL, '901234567'],
    ['901234567', LOCAL, '901234567'],
    ['90 123 45 67', { pattern: '998[0-9]{9}' }, '998901234567'],
    ['+998901234567', {}, '998901234567'],
  ])('typed as %s is taken in the spelling of its field', (typed, field, value) => {
    expect(checkAnswer(textField('phone', field), typed)).toEqual({ kind: 'fine', value });
  });

  it('is one by its plus, whatever its field is called', () => {
    const checked = checkAnswer(textField('account', LOCAL), '+998 90 123 45 67');
    expect(checked).toEqual({ kind: 'fine', value: '901234567' });
  });

  it('is not seen in the number of an account', () => {
    const field = textField('customer_code', { maxLength: 9 });
    expect(checkAnswer(field, '998901234567')).toMatchObject({ kind: 'bad', why: 'length' });
  });

  it('of another country is none', () => {
    expect(checkAnswer(textField('phone', LOCAL), '+7 901 234 56 78').kind).toBe('bad');
  });

  it('that is known in another spelling than the form has now is asked for again', () => {
    const fields = [textField('phone', LOCAL)];
    expect(firstUnfit(fields, { phone: '998901234567' })).toBe(0);
    expect(firstUnfit(fields, { phone: '901234567' })).toBeNull();
  });
});
