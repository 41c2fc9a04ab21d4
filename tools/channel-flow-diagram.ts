/**
 * Draws how flow, channel, processor and service play together, for the README.
 *
 * `npx tsx tools/channel-flow-diagram.ts`; the task `diagram` does it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { DARK, Drawing, LIGHT, type Theme } from './drawing';

const TITLE = 'A channel flow at work';
const DESCRIPTION = 'A sender sends a message to a channel. The service invokes the processor that the channel flow '
  + 'names, with the message; '
  + 'the processor answers with allow, replace or deny. What it allows or replaced is delivered to the members. The '
    + 'stack makes app '
  + 'instance, channel, flow and association by provider functions, in the name of an admin, gives the processor its '
    + 'permissions, '
  + 'and disassociates all channels before it deletes the flow.';

/** The diagrams by their files. */
export function diagrams(): Record<string, string> {
  return { 'docs/channel-flow-light.svg': draw(LIGHT), 'docs/channel-flow-dark.svg': draw(DARK) };
}

function draw(theme: Theme): string {
  const drawing = new Drawing(theme, 920, 436);

  drawing.write([86, 34], 'title', 'Your chat app');
  drawing.box([16, 84], [140, 48]);
  drawing.write([86, 113], 'note', 'Sender');
  drawing.box([16, 148], [140, 48]);
  drawing.write([86, 177], 'note', 'Members');

  drawing.write([460, 34], 'title', 'Amazon Chime SDK messaging');
  drawing.box([270, 46], [380, 252], { dashed: true });
  drawing.write([286, 70], 'code', 'TaggedAppInstance', { anchor: 'start' });
  drawing.box([290, 84], [340, 112]);
  drawing.write([460, 133], 'code', 'Channel');
  drawing.write([460, 154], 'note', 'holds a message back until it is decided');
  drawing.line([460, 196], [460, 236], { heads: false, strong: false });
  drawing.write([470, 221], 'code', 'ChannelFlowAssociation', { anchor: 'start' });
  drawing.box([290, 236], [340, 48]);
  drawing.write([460, 265], 'code', 'ChannelFlow');

  drawing.write([827, 34], 'title', 'Your account');
  drawing.box([750, 84], [154, 200]);
  drawing.write([827, 166], 'code', 'ChannelFlow-');
  drawing.write([827, 183], 'code', 'Processor');
  drawing.write([827, 206], 'note', 'your function');

  drawing.line([156, 108], [290, 108]);
  drawing.write([213, 99], 'step', '1  message');
  drawing.line([630, 260], [750, 260]);
  drawing.write([700, 251], 'step', '2  invoke');
  drawing.line([750, 140], [630, 140]);
  drawing.write([700, 131], 'step', '3  answer');
  drawing.write([700, 158], 'note', 'allow');
  drawing.write([700, 175], 'note', 'replace');
  drawing.write([700, 192], 'note', 'deny');
  drawing.line([290, 172], [156, 172]);
  drawing.write([213, 163], 'step', '4  delivery');
  drawing.write([213, 190], 'note', 'unless denied');

  drawing.box([16, 360], [888, 62]);
  drawing.write([460, 386], 'title', 'Your stack');
  drawing.write(
    [460, 407], 'note', 'makes what has a construct’s name here; before a flow is deleted, all its channels are freed',
  );
  drawing.line([460, 360], [460, 298], { strong: false });
  drawing.write([472, 325], 'note', 'provider functions, in the name of', { anchor: 'start' });
  drawing.write([472, 343], 'code', 'AppInstanceAdmin', { anchor: 'start' });
  drawing.line([780, 360], [780, 284], { strong: false });
  drawing.write([791, 334], 'note', 'both permissions', { anchor: 'start' });

  return drawing.svg(TITLE, DESCRIPTION);
}

if (require.main === module) {
  mkdirSync('docs', { recursive: true });
  for (const [file, content] of Object.entries(diagrams())) writeFileSync(file, content);
}
