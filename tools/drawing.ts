/** The colours of a drawing; the background stays GitHub's. */
export interface Theme {
  readonly text: string;
  readonly muted: string;
  readonly border: string;
  readonly fill: string;
  readonly accent: string;
}

export const LIGHT: Theme = {
  text: '#1f2328', muted: '#59636e', border: '#b0b8c0', fill: '#f6f8fa', accent: '#0969da',
};
export const DARK: Theme = { text: '#f0f6fc', muted: '#9ea7b1', border: '#4d555f', fill: '#1c232c', accent: '#58a6ff' };

type Point = readonly [x: number, y: number];
type Style = 'title' | 'code' | 'note' | 'step';

const SANS = "-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, 'DejaVu Sans', sans-serif";
const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** A drawing of boxes, arrows and words, as SVG without scripts, links or fonts of its own. */
export class Drawing {
  private readonly elements: string[] = [];

  public constructor(private readonly theme: Theme, private readonly width: number, private readonly height: number) {}

  public box([x, y]: Point, [width, height]: Point, { dashed = false } = {}): void {
    const { fill, border } = this.theme;
    this.elements.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" stroke="${border}" `
      + `${dashed ? 'fill="none" stroke-dasharray="5 4"' : `fill="${fill}"`}/>`);
  }

  /** Words around a point, or to its right. */
  public write([x, y]: Point, style: Style, words: string, { anchor = 'middle' as 'start' | 'middle' } = {}): void {
    const { text, muted, accent } = this.theme;
    const look = {
      title: `font-weight="600" font-size="15" fill="${text}"`,
      code: `font-family="${MONO}" font-size="13" fill="${text}"`,
      note: `font-size="13" fill="${muted}"`,
      step: `font-weight="600" font-size="13" fill="${accent}"`,
    }[style];
    this.elements.push(`<text x="${x}" y="${y}" text-anchor="${anchor}" ${look}>${escaped(words)}</text>`);
  }

  /** An arrow, or a line without heads for what belongs together. */
  public line(from: Point, to: Point, { heads = true, strong = true } = {}): void {
    const colour = strong ? this.theme.accent : this.theme.muted;
    this.elements.push(`<path d="M${from} L${to}" stroke="${colour}" stroke-width="1.6" `
      + `fill="none"${strong ? '' : ' stroke-dasharray="5 4"'}/>`);
    if (!heads) return;
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const corner = (turn: number) =>
      [to[0] + 10 * Math.cos(angle + turn), to[1] + 10 * Math.sin(angle + turn)].map(Math.round).join();
    this.elements.push(`<path d="M${to} L${corner(Math.PI - 0.45)} L${corner(Math.PI + 0.45)} Z" fill="${colour}"/>`);
  }

  public svg(title: string, description: string): string {
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${this.width} ${this.height}" width="${this.width}" `
        + `height="${this.height}" role="img" font-family="${SANS}">`,
      `<title>${escaped(title)}</title>`,
      `<desc>${escaped(description)}</desc>`,
      ...this.elements,
      '</svg>',
      '',
    ].join('\n');
  }
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
