import { messageTable } from '../../../local/demo/message-table';

test('a line for each message, in columns', () => {
  expect(messageTable([
    { messageId: 'm1', sent: 'My card is 4111', status: 'SENT', milliseconds: 12, read: 'My card is [card number]' },
    { messageId: 'm2', sent: 'You idiot!', status: 'NotFoundException', milliseconds: 103 },
  ])).toEqual([
    'sent              status              after    members read',
    'My card is 4111   SENT                12 ms    My card is [card number]',
    'You idiot!        NotFoundException   103 ms   (nothing)',
  ]);
});
