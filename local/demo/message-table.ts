import type { SentMessage } from './chat-client';

const HEADINGS = ['sent', 'status', 'after', 'members read'];

/** A line for each message and one of headings, in columns. */
export function messageTable(messages: readonly SentMessage[]): string[] {
  const rows = [HEADINGS, ...messages.map(
    ({ sent, status, milliseconds, read }) => [sent, status, `${milliseconds} ms`, read ?? '(nothing)'],
  )];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map(row => row[column].length)));
  return rows.map(row => row.map((cell, column) => cell.padEnd(widths[column])).join('   ').trimEnd());
}
